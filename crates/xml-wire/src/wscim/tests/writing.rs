//! Wire documents as snapshots.

use super::*;

#[test]
fn an_answer_has_every_readable_property() {
    let out = written(
        &every_kind(),
        &standalone(WriteContext::answer("root/cimi")),
    );
    expect![[r#"
        <p:XYZ_AllTypes xmlns:p="CIM:XYZ_AllTypes" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common">
        <p:Anything xmlns:e="CIM:XYZ_BigOwner" xsi:type="e:XYZ_BigOwner_Type">
        <e:Boss xmlns:e2="CIM:XYZ_Owner" xsi:type="e2:XYZ_Owner_Type">
        <e2:Name>Bigger</e2:Name>
        </e:Boss>
        <e:Mail xsi:nil="true" />
        <e:Name>Big</e:Name>
        </p:Anything>
        <p:Blob>AAAACP/+/fw=</p:Blob>
        <p:Char>é</p:Char>
        <p:Config xmlns:e="CIM:XYZ_Target" xsi:type="e:XYZ_Target_Type">
        <e:Size>3</e:Size>
        </p:Config>
        <p:Contact xmlns:e="CIM:XYZ_Owner" xsi:type="e:XYZ_Owner_Type">
        <e:Mail>ops@example.org</e:Mail>
        <e:Name>Operations</e:Name>
        </p:Contact>
        <p:Contacts xsi:nil="true" />
        <p:Flag xsi:nil="true" />
        <p:Flags>true</p:Flags>
        <p:Flags>false</p:Flags>
        <p:HexStrings>000000080A0B0C0D</p:HexStrings>
        <p:Id>1</p:Id>
        <p:Large xsi:nil="true" />
        <p:Large2 xsi:nil="true" />
        <p:Load>0.75</p:Load>
        <p:Maximum>INF</p:Maximum>
        <p:Medium xsi:nil="true" />
        <p:Medium2 xsi:nil="true" />
        <p:Must>&lt;yes&gt; &amp; "no"</p:Must>
        <p:Numbers xsi:nil="true" />
        <p:Offset>-12</p:Offset>
        <p:Since>
        <cim:CIM_DateTime>202401311015**.******+060</cim:CIM_DateTime>
        </p:Since>
        <p:Small xsi:nil="true" />
        <p:Target>/root/cimi:XYZ_Target.InstanceID="targets/1\"2"</p:Target>
        <p:Targets>/root/cimi:XYZ_Target.InstanceID="targets/1"</p:Targets>
        <p:Targets>/root/cimi:XYZ_Target.InstanceID="targets/2"</p:Targets>
        <p:Text />
        <p:Texts xsi:nil="true" />
        <p:Times>
        <cim:Datetime>2024-01-31T10:15:00+01:00</cim:Datetime>
        </p:Times>
        <p:Times>
        <cim:Date>2024-01-31Z</cim:Date>
        </p:Times>
        <p:Times>
        <cim:Interval>P1DT13H23M12.125S</cim:Interval>
        </p:Times>
        <p:Total>18446744073709551615</p:Total>
        <p:Total2 xsi:nil="true" />
        </p:XYZ_AllTypes>
    "#]].assert_eq(&lines(&out));
    // Secrets are gone, everything else comes back.
    let mut expected = every_kind();
    expected.unset("Password");
    let config = Instance::new(class("XYZ_Target")).with("Size", 3u64);
    expected.set("Config", config);
    assert_eq!(
        read(&out, class("XYZ_AllTypes")).expect("is readable"),
        expected
    );
}

#[test]
fn a_request_has_what_is_set_and_its_secrets() {
    let context = standalone(WriteContext {
        addressing: Addressing::Recommendation2005,
        ..WriteContext::request("root/cimi")
    });
    let instance = Instance::new(class("XYZ_AllTypes"))
        .with("Id", 7u64)
        .with("Target", "targets/1")
        .with("Text", Value::Null)
        .with("Password", "secret");
    let out = written(&instance, &context);
    expect![[r#"
        <p:XYZ_AllTypes xmlns:p="CIM:XYZ_AllTypes" xmlns:wsa="http://www.w3.org/2005/08/addressing" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common">
        <p:Id>7</p:Id>
        <p:Password>secret</p:Password>
        <p:Target>/root/cimi:XYZ_Target.InstanceID="targets/1"</p:Target>
        <p:Text xsi:nil="true" />
        </p:XYZ_AllTypes>
    "#]].assert_eq(&lines(&out));
    assert_eq!(
        read(&out, class("XYZ_AllTypes")).expect("is readable"),
        instance
    );
}

#[test]
fn options_of_the_client_are_kept() {
    let context = WriteContext {
        nil: Nil::Never,
        key_attributes: true,
        ..WriteContext::answer("root/cimi")
    };
    let instance = Instance::new(class("XYZ_Owner"))
        .with("Name", "n")
        .with("Mail", Value::Null);
    let out = written(&instance, &context);
    expect![[r#"
        <p:XYZ_Owner xmlns:p="CIM:XYZ_Owner">
        <p:Name cim:Key="true">n</p:Name>
        </p:XYZ_Owner>
    "#]]
    .assert_eq(&lines(&out));
}

#[test]
fn a_projection_is_the_content_of_a_fragment() {
    let mut out = String::new();
    let mut writer = Writer::new(&mut out);
    writer.start("wsman:XmlFragment");
    let names = ["text", "Flags", "Missing", "Password", "Large"];
    write_properties(
        &mut writer,
        &every_kind(),
        &names,
        &WriteContext::answer("root/cimi"),
    );
    writer.end();
    expect![[r#"
        <wsman:XmlFragment xmlns:p="CIM:XYZ_AllTypes">
        <p:Flags>true</p:Flags>
        <p:Flags>false</p:Flags>
        <p:Large xsi:nil="true" />
        <p:Text />
        </wsman:XmlFragment>
    "#]]
    .assert_eq(&lines(&out));
}

#[test]
fn association_instances_have_nested_references() {
    let what = ObjectPath {
        namespace: None,
        class: "XYZ_AllTypes".to_owned(),
        keys: vec![("Id".to_owned(), KeyValue::Unsigned(1))],
    };
    let link = Instance::new(class("XYZ_Link"))
        .with("Who", ObjectPath::new("XYZ_Owner", "Name", "Operations"))
        .with("What", what)
        .with("Strong", true);
    let context = standalone(WriteContext::answer("root/cimi"));
    let out = written(&link, &context);
    assert_eq!(read(&out, class("XYZ_Link")).expect("is readable"), link);

    // Its own reference has references as selectors.
    let mut epr = String::new();
    let mut writer = Writer::new(&mut epr);
    writer.start("wsa:EndpointReference");
    writer.namespace("wsa", crate::ns::WSA_2004);
    writer.namespace("wsman", crate::ns::WSMAN);
    write_epr(&mut writer, &link.path(), &context);
    writer.end();
    expect![[r#"
        <wsa:EndpointReference xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">
        <wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address>
        <wsa:ReferenceParameters>
        <wsman:ResourceURI>CIM:XYZ_Link</wsman:ResourceURI>
        <wsman:SelectorSet>
        <wsman:Selector Name="__cimnamespace">root/cimi</wsman:Selector>
        <wsman:Selector Name="Who">
        <wsa:EndpointReference>
        <wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address>
        <wsa:ReferenceParameters>
        <wsman:ResourceURI>CIM:XYZ_Owner</wsman:ResourceURI>
        <wsman:SelectorSet>
        <wsman:Selector Name="__cimnamespace">root/cimi</wsman:Selector>
        <wsman:Selector Name="Name">Operations</wsman:Selector>
        </wsman:SelectorSet>
        </wsa:ReferenceParameters>
        </wsa:EndpointReference>
        </wsman:Selector>
        <wsman:Selector Name="What">
        <wsa:EndpointReference>
        <wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address>
        <wsa:ReferenceParameters>
        <wsman:ResourceURI>CIM:XYZ_AllTypes</wsman:ResourceURI>
        <wsman:SelectorSet>
        <wsman:Selector Name="__cimnamespace">root/cimi</wsman:Selector>
        <wsman:Selector Name="Id">1</wsman:Selector>
        </wsman:SelectorSet>
        </wsa:ReferenceParameters>
        </wsa:EndpointReference>
        </wsman:Selector>
        <wsman:Selector Name="Strong">true</wsman:Selector>
        </wsman:SelectorSet>
        </wsa:ReferenceParameters>
        </wsa:EndpointReference>
    "#]].assert_eq(&lines(&epr));
    let mut reader = Reader::new(&epr, &Limits::default()).expect("is acceptable");
    reader.root().expect("has a root");
    let back = read_epr(&mut reader).expect("is an EPR");
    assert_eq!(
        back.object_path(&reading()).expect("is a path"),
        link.path()
    );
}

fn assert_form(value: &Value, expect: &Expect) {
    let instance = Instance::new(class("XYZ_AllTypes")).with("Since", value.clone());
    let out = written(&instance, &WriteContext::request("root/cimi"));
    let form = out
        .split_once("<p:Since>")
        .and_then(|(_, rest)| rest.split_once("</p:Since>"));
    expect.assert_eq(form.map_or("", |(form, _)| form));
}

#[test]
fn datetimes_keep_their_precision() {
    assert_form(
        &datetime("20240131101500.000001-300"),
        &expect![[r#"<cim:Datetime>2024-01-31T10:15:00.000001-05:00</cim:Datetime>"#]],
    );
    assert_form(
        &datetime("20240131101500.000000+900"),
        &expect![[r#"<cim:CIM_DateTime>20240131101500.000000+900</cim:CIM_DateTime>"#]],
    );
    assert_form(
        &datetime("99991231235959.999999+000"),
        &expect!["<cim:Datetime>9999-12-31T23:59:59.999999Z</cim:Datetime>"],
    );
    assert_form(
        &datetime("00000000000000.000000:000"),
        &expect![[r#"<cim:Interval>PT0S</cim:Interval>"#]],
    );
    assert_form(
        &datetime("0000000001****.******:000"),
        &expect![[r#"<cim:CIM_DateTime>0000000001****.******:000</cim:CIM_DateTime>"#]],
    );
}
