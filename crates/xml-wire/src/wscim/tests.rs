//! The codec on a schema with every kind of value: wire documents as snapshots, what clients send in the
//! field, mistakes, and round trips of arbitrary instances.

use std::sync::LazyLock;

use cim_core::{
    CimType, ClassDescriptor, DateTime, Embedded, ErrorKind, Instance, KeyValue, ObjectPath,
    PropertyDescriptor, Schema, Value,
};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

use super::*;
use crate::{Limits, Reader, Writer};

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let text = [
        include_str!("../../../../mof/qualifiers.mof"),
        include_str!("all_types.mof"),
    ]
    .concat();
    // A method without a return value is Microsoft's.
    let options = cim_mof::Options {
        levels: cim_mof::Levels::of(cim_mof::Dialect::Wmi),
        ..cim_mof::Options::default()
    };
    let compilation = cim_mof::compile_text_with("all_types.mof", &text, &options);
    assert_eq!(
        compilation.error_count(),
        0,
        "{:?}",
        compilation.diagnostics()
    );
    let classes = compilation.lower();
    Schema::new(classes)
});

fn class(name: &str) -> &'static ClassDescriptor {
    SCHEMA.class(name).expect("is in the test schema")
}

fn reading() -> ReadContext<'static> {
    ReadContext {
        schema: &SCHEMA,
        namespace: "root/cimi",
        rest_base: Some("https://cloud.example.org/cimi/"),
    }
}

fn standalone(context: WriteContext<'static>) -> WriteContext<'static> {
    WriteContext {
        declare: true,
        ..context
    }
}

fn written(instance: &Instance, context: &WriteContext<'_>) -> String {
    let mut out = String::new();
    write_instance(&mut Writer::new(&mut out), instance, context);
    out
}

fn read(text: &str, class: &'static ClassDescriptor) -> Result<Instance, WsCimError> {
    let mut reader = Reader::new(text, &Limits::default())?;
    let root = reader.root()?;
    let instance = read_instance(&mut reader, &root, class, &reading())?;
    reader.finish()?;
    Ok(instance)
}

/// Reads properties of `XYZ_AllTypes` written with the usual prefixes.
fn read_properties(content: &str) -> Result<Instance, WsCimError> {
    let text = format!(
        "<t:XYZ_AllTypes xmlns:t='{CIM_SCHEMA}XYZ_AllTypes' xmlns:o='{CIM_SCHEMA}XYZ_Owner' \
         xmlns:b='{CIM_SCHEMA}XYZ_BigOwner' xmlns:g='{CIM_SCHEMA}XYZ_Target' xmlns:xsi='{xsi}' \
         xmlns:cim='{cim}' xmlns:wsa='{wsa}' xmlns:wsman='{wsman}'>{content}</t:XYZ_AllTypes>",
        xsi = crate::ns::XSI,
        cim = crate::ns::CIM_COMMON,
        wsa = crate::ns::WSA_2004,
        wsman = crate::ns::WSMAN,
    );
    read(&text, class("XYZ_AllTypes"))
}

fn value_of(name: &str, content: &str) -> Value {
    match read_properties(content) {
        Ok(instance) => instance.value(name).clone(),
        Err(error) => panic!("{content}: {error}"),
    }
}

/// One line an element, for snapshots that people can read.
fn lines(xml: &str) -> String {
    xml.replace("><", ">\n<").replace(CIM_SCHEMA, "CIM:") + "\n"
}

fn datetime(text: &str) -> Value {
    Value::DateTime(DateTime::parse_cim(text).expect("is a datetime"))
}

fn every_kind() -> Instance {
    let owner = Instance::new(class("XYZ_Owner"))
        .with("Name", "Operations")
        .with("Mail", "ops@example.org");
    Instance::new(class("XYZ_AllTypes"))
        .with("Id", 1u64)
        .with("Must", "<yes> & \"no\"")
        .with("Flags", Value::Array(vec![true.into(), false.into()]))
        .with("Total", u64::MAX)
        .with("Offset", Value::Signed(-12))
        .with("Load", Value::Real(0.75))
        .with("Maximum", Value::Real(f64::INFINITY))
        .with("Char", Value::Char16(0xE9))
        .with("Text", "")
        .with("Numbers", Value::Null)
        .with("Since", datetime("202401311015**.******+060"))
        .with(
            "Times",
            Value::Array(vec![
                datetime("20240131101500.000000+060"),
                datetime("20240131******.******+000"),
                datetime("00000001132312.125000:000"),
            ]),
        )
        .with(
            "Blob",
            Value::Array(
                [0u64, 0, 0, 8, 255, 254, 253, 252]
                    .map(Value::from)
                    .to_vec(),
            ),
        )
        .with(
            "HexStrings",
            Value::Array(vec!["0x000000080A0B0C0D".into()]),
        )
        .with("Contact", owner)
        .with(
            "Anything",
            Instance::new(class("XYZ_BigOwner"))
                .with("Name", "Big")
                .with("Mail", Value::Null)
                .with(
                    "Boss",
                    Instance::new(class("XYZ_Owner")).with("Name", "Bigger"),
                ),
        )
        .with("Target", "targets/1\"2")
        .with(
            "Targets",
            Value::Array(vec!["targets/1".into(), "targets/2".into()]),
        )
        .with(
            "Config",
            Instance::new(class("XYZ_Target"))
                .with("Secret", "s")
                .with("Size", 3u64),
        )
        .with("Password", "secret")
}

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

#[test]
fn datetimes_come_in_every_form() {
    let expected = datetime("20240131101500.500000+060");
    for content in [
        "<t:Since><cim:Datetime>2024-01-31T10:15:00.5+01:00</cim:Datetime></t:Since>",
        "<t:Since> <cim:CIM_DateTime>20240131101500.500000+060</cim:CIM_DateTime>\n</t:Since>",
        "<t:Since>2024-01-31T10:15:00.5+01:00</t:Since>",
        "<t:Since> 20240131101500.500000+060 </t:Since>",
    ] {
        assert_eq!(value_of("Since", content), expected);
    }
    let day = "<t:Since><cim:Date>2024-01-31Z</cim:Date></t:Since>";
    assert_eq!(
        value_of("Since", day),
        datetime("20240131******.******+000")
    );
    for content in [
        "<t:Since><cim:Interval>PT1.5S</cim:Interval></t:Since>",
        "<t:Since>PT1.5S</t:Since>",
    ] {
        assert_eq!(
            value_of("Since", content),
            datetime("00000000000001.500000:000")
        );
    }
}

#[test]
fn references_come_in_every_form() {
    let epr = "<wsa:Address>x</wsa:Address><wsa:ReferenceParameters><wsman:ResourceURI>\
        http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/XYZ_Target</wsman:ResourceURI>\
        <wsman:SelectorSet><wsman:Selector Name='__cimnamespace'>/Root\\CIMI</wsman:Selector>\
        <wsman:Selector Name='instanceid'> a/1 </wsman:Selector></wsman:SelectorSet>\
        </wsa:ReferenceParameters>";
    let wrapped = format!("<wsa:EndpointReference>{epr}</wsa:EndpointReference>");
    for text in [
        "a/1",
        " /root/cimi:XYZ_Target.InstanceID=\"a/1\" ",
        "XYZ_Target.InstanceID=\"a/1\"",
        "https://cloud.example.org/cimi/a/1",
        "/cimi/a/1",
        epr,
        &wrapped,
    ] {
        for property in ["Target", "Config"] {
            let content = format!("<t:{property}>{text}</t:{property}>");
            assert_eq!(
                value_of(property, &content),
                Value::from("a/1"),
                "{content}"
            );
        }
    }
    let owner = epr
        .replace("XYZ_Target", "XYZ_Owner")
        .replace("instanceid", "Name");
    let link = |content: &str| {
        let text = format!(
            "<p:XYZ_Link xmlns:p='{CIM_SCHEMA}XYZ_Link' xmlns:wsa='{}' xmlns:wsman='{}'>\
             <p:Who>{content}</p:Who></p:XYZ_Link>",
            crate::ns::WSA_2005,
            crate::ns::WSMAN
        );
        read(&text, class("XYZ_Link")).map(|link| link.value("Who").clone())
    };
    let expected: Value = ObjectPath::new("XYZ_Owner", "Name", "a/1").into();
    for text in [owner.as_str(), "XYZ_Owner.Name=\"a/1\""] {
        assert_eq!(link(text).expect("is readable"), expected);
    }
    for (text, message) in [
        (
            "<wsa:Address/>",
            "The endpoint reference has no wsman:ResourceURI in its wsa:ReferenceParameters \
             (line 1, column 199, byte 198)",
        ),
        ("XYZ owner", "`Who`: `XYZ owner` is not a reference."),
    ] {
        assert_eq!(link(text).expect_err("is refused").to_string(), message);
    }
}

#[test]
fn embedded_instances_come_in_both_forms() {
    let expected: Value = Instance::new(class("XYZ_BigOwner"))
        .with("Name", "n")
        .into();
    for content in [
        "<t:Contact xsi:type='b:XYZ_BigOwner_Type'><b:Name>n</b:Name></t:Contact>",
        "<t:Contact xsi:type='b:XYZ_BigOwner_Type'><o:Name>n</o:Name></t:Contact>",
        "<t:Contact><b:XYZ_BigOwner><b:Name>n</b:Name></b:XYZ_BigOwner></t:Contact>",
        "<t:Contact> <o:XYZ_Owner xsi:type='b:XYZ_BigOwner_Type'><b:Name>n</b:Name></o:XYZ_Owner> </t:Contact>",
    ] {
        assert_eq!(value_of("Contact", content), expected, "{content}");
    }
    let plain: Value = Instance::new(class("XYZ_Owner")).with("Name", "n").into();
    assert_eq!(
        value_of("Contact", "<t:Contact><o:Name>n</o:Name></t:Contact>"),
        plain
    );
    let object = "<t:Anything><o:XYZ_Owner><o:Name>n</o:Name></o:XYZ_Owner></t:Anything>";
    assert_eq!(value_of("Anything", object), plain);
    // By value where a reference could stand too.
    let size: Value = Instance::new(class("XYZ_Target")).with("Size", 3u64).into();
    for content in [
        "<t:Config><g:Size>3</g:Size></t:Config>",
        "<t:Config xsi:type='g:XYZ_Target_Type'><g:Size>3</g:Size></t:Config>",
        "<t:Config xsi:type='cim:cimString'><g:Size>3</g:Size></t:Config>",
    ] {
        assert_eq!(value_of("Config", content), size, "{content}");
    }
    let empty: Value = Instance::new(class("XYZ_Target")).into();
    assert_eq!(
        value_of("Config", "<t:Config xsi:type='g:XYZ_Target_Type'/>"),
        empty
    );
}

#[test]
fn what_clients_in_the_field_do_is_understood() {
    // Case of names, namespaces of other classes or none, extensions, types, interleaved arrays.
    let instance = read_properties(
        "<cim:Location>x</cim:Location><t:Numbers>1</t:Numbers><t:text xsi:type='cim:cimString'>a</t:text>\
         <o:Numbers xsi:type=''> 2 </o:Numbers><Large xmlns=''>5</Large><x:Foo xmlns:x='urn:x'><x:Bar/></x:Foo>\
         <t:Flag>TRUE</t:Flag><t:Must xsi:nil='1'/>",
    )
    .expect("is readable");
    let expected = Instance::new(class("XYZ_AllTypes"))
        .with("Numbers", Value::Array(vec![1u64.into(), 2u64.into()]))
        .with("Text", "a")
        .with("Large", 5u64)
        .with("Flag", true)
        .with("Must", Value::Null);
    assert_eq!(instance, expected);
    assert_eq!(
        instance.get("Must"),
        Some(&Value::Null),
        "nil is not absent"
    );
    assert_eq!(instance.get("Total"), None, "absent is not nil");
    // OctetString as repeated numbers, hex with 0x.
    assert_eq!(
        value_of("Blob", "<t:Blob>0</t:Blob><t:Blob>255</t:Blob>"),
        Value::Array(vec![0u64.into(), 255u64.into()])
    );
    assert_eq!(
        value_of("HexStrings", "<t:HexStrings>0x0A</t:HexStrings>"),
        Value::Array(vec!["0x0A".into()])
    );
    // A subclass named by the element, and the name of a superclass.
    let big = format!("<b:XYZ_BigOwner xmlns:b='{CIM_SCHEMA}XYZ_BigOwner'/>");
    assert_eq!(
        read(&big, class("XYZ_Owner"))
            .expect("is readable")
            .class()
            .name,
        "XYZ_BigOwner"
    );
    let base = format!("<b:XYZ_Owner xmlns:b='{CIM_SCHEMA}XYZ_Owner'/>");
    assert_eq!(
        read(&base, class("XYZ_BigOwner"))
            .expect("is readable")
            .class()
            .name,
        "XYZ_BigOwner"
    );
}

#[test]
fn the_name_that_a_property_is_mapped_from_is_understood() {
    let owner = read(
        &format!(
            "<o:XYZ_Owner xmlns:o='{CIM_SCHEMA}XYZ_Owner'><o:Name>n</o:Name><o:Address>m</o:Address>\
             </o:XYZ_Owner>"
        ),
        class("XYZ_Owner"),
    )
    .expect("is readable");
    assert_eq!(owner.text("Name"), Some("n"));
    assert_eq!(owner.text("Mail"), Some("m"));
}

#[test]
fn a_mistake_names_the_property_and_the_value() {
    let mut out = String::new();
    for content in [
        "<t:Txt>a</t:Txt>",
        "<t:Wholly>a</t:Wholly>",
        "<t:Small>256</t:Small>",
        "<t:Small>many</t:Small>",
        "<t:Small/>",
        "<t:Flag>perhaps</t:Flag>",
        "<t:Offset>-129</t:Offset>",
        "<t:Maximum>1e999</t:Maximum>",
        "<t:Char>ab</t:Char>",
        "<t:Since>yesterday</t:Since>",
        "<t:Since><cim:Interval>P1Y</cim:Interval></t:Since>",
        "<t:Since><cim:Week>2024-W05</cim:Week></t:Since>",
        "<t:Text>a</t:Text><t:Text>b</t:Text>",
        "<t:Text><t:Text/></t:Text>",
        "<t:Blob>no base64!</t:Blob>",
        "<t:HexStrings>0x1</t:HexStrings>",
        "<t:Contact xsi:type='b:XYZ_Owned_Type'/>",
        "<t:Contact xsi:type='b:XYZ_Target_Type'/>",
        "<t:Contact><o:Male>x</o:Male></t:Contact>",
        "<t:Contact>text</t:Contact>",
        "<t:Anything><o:Boss>x</o:Boss></t:Anything>",
        "<t:Anything xsi:type='b:XYZ_BigOwner_Type'><b:Boss><b:Weight>1</b:Weight></b:Boss></t:Anything>",
        "<t:Target>/root/cimi:XYZ_Owner.InstanceID=\"1\"</t:Target>",
        "<t:Target>/root/other:XYZ_Target.InstanceID=\"1\"</t:Target>",
        "<t:Target>/root/cimi:XYZ_Target.InstanceID=1x</t:Target>",
    ] {
        let error = read_properties(content).expect_err(content);
        let face = match &error {
            WsCimError::Cim(e) => format!("{:?} {}", e.kind(), e.subject().unwrap_or("-")),
            WsCimError::Xml(_) => "Xml".to_owned(),
        };
        out += &format!("{content}\n    {face}: {error}\n");
    }
    expect_test::expect_file!["mistakes.txt"].assert_eq(&out);
}

#[test]
fn another_class_is_refused() {
    let text = format!("<g:XYZ_Target xmlns:g='{CIM_SCHEMA}XYZ_Target'/>");
    let error = read(&text, class("XYZ_Owner")).expect_err("is another class");
    assert_eq!(
        error.to_string(),
        "The representation is a XYZ_Target; a XYZ_Owner is expected."
    );
    let text = format!("<g:XYZ_Targt xmlns:g='{CIM_SCHEMA}XYZ_Targt'/>");
    let error = read(&text, class("XYZ_Target")).expect_err("is no class");
    assert_eq!(
        error.to_string(),
        "There is no class `XYZ_Targt`. Did you mean `XYZ_Target`?"
    );
    let error = read("<XYZ_Target xmlns='urn:x'/>", class("XYZ_Target")).expect_err("is foreign");
    assert_eq!(
        error.to_string(),
        "<XYZ_Target> is expected here, not {urn:x}XYZ_Target (line 1, column 1, byte 0)"
    );
}

fn selectors(pairs: &[(&str, &str)]) -> Vec<Selector> {
    pairs
        .iter()
        .map(|(name, value)| Selector {
            name: (*name).to_owned(),
            value: SelectorValue::Text((*value).to_owned()),
        })
        .collect()
}

#[test]
fn selectors_become_a_path() {
    let of = |name: &str, pairs: &[(&str, &str)]| {
        object_path(class(name), &selectors(pairs), &reading())
    };
    assert_eq!(
        of(
            "XYZ_AllTypes",
            &[("__cimnamespace", "root/cimi"), ("id", "+07")]
        )
        .expect("is a path"),
        ObjectPath {
            namespace: None,
            class: "XYZ_AllTypes".to_owned(),
            keys: vec![("Id".to_owned(), KeyValue::Unsigned(7))],
        }
    );
    assert_eq!(
        of("XYZ_Owner", &[("__CIMNamespace", "root\\other")]).expect("is a path"),
        ObjectPath::of_class("XYZ_Owner").in_namespace("root/other")
    );
    for (name, pairs, kind, message) in [
        (
            "XYZ_AllTypes",
            &[("Id", "x")][..],
            ErrorKind::TypeMismatch,
            "The selector `Id`: `x` is no uint32.",
        ),
        (
            "XYZ_AllTypes",
            &[("Id", "1"), ("ID", "2")],
            ErrorKind::InvalidParameter,
            "The selector `ID` is given twice.",
        ),
        (
            "XYZ_Owner",
            &[("Nam", "1")],
            ErrorKind::NoSuchProperty,
            "`Nam` is no key of class XYZ_Owner. Did you mean `Name`?",
        ),
        (
            "XYZ_Link",
            &[("Strong", "true")],
            ErrorKind::MissingValue,
            "The selector `Who` is missing.",
        ),
    ] {
        let error = of(name, pairs).expect_err("is no path");
        assert_eq!((error.kind(), error.message()), (kind, message));
    }
}

#[test]
fn parameters_go_in_and_out() {
    let all = class("XYZ_AllTypes");
    let reset = all.method("Reset").expect("is there");
    let by: Value = Instance::new(class("XYZ_Owner")).with("Name", "n").into();
    let data = Value::Array(vec![1u64.into(), 2u64.into()]);
    let input = vec![
        ("Force".to_owned(), Value::from(true)),
        (
            "Levels".to_owned(),
            Value::Array(vec![1u64.into(), 2u64.into()]),
        ),
        ("By".to_owned(), by),
        ("Data".to_owned(), data.clone()),
    ];
    let context = WriteContext::request("root/cimi");
    let mut out = String::new();
    let mut writer = Writer::new(&mut out);
    writer.start("x");
    for (prefix, uri) in [
        ("xsi", crate::ns::XSI),
        ("wsa", crate::ns::WSA_2004),
        ("wsman", crate::ns::WSMAN),
    ] {
        writer.namespace(prefix, uri);
    }
    write_input(&mut writer, all, reset, &input, &context);
    let output = vec![
        (
            "Job".to_owned(),
            ObjectPath::new("XYZ_Target", "InstanceID", "jobs/1").into(),
        ),
        ("Report".to_owned(), Value::Null),
        ("Data".to_owned(), data),
    ];
    write_output(
        &mut writer,
        all,
        reset,
        &output,
        &Value::Unsigned(4096),
        &context,
    );
    let ping = all.method("Ping").expect("is there");
    write_output(&mut writer, all, ping, &[], &Value::Null, &context);
    writer.end();
    expect![[r#"
        <x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">
        <p:Reset_INPUT xmlns:p="CIM:XYZ_AllTypes">
        <p:Force>true</p:Force>
        <p:Levels>1</p:Levels>
        <p:Levels>2</p:Levels>
        <p:By xmlns:e="CIM:XYZ_Owner" xsi:type="e:XYZ_Owner_Type">
        <e:Name>n</e:Name>
        </p:By>
        <p:Data>AQI=</p:Data>
        </p:Reset_INPUT>
        <p:Reset_OUTPUT xmlns:p="CIM:XYZ_AllTypes">
        <p:Job>
        <wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address>
        <wsa:ReferenceParameters>
        <wsman:ResourceURI>CIM:XYZ_Target</wsman:ResourceURI>
        <wsman:SelectorSet>
        <wsman:Selector Name="__cimnamespace">root/cimi</wsman:Selector>
        <wsman:Selector Name="InstanceID">jobs/1</wsman:Selector>
        </wsman:SelectorSet>
        </wsa:ReferenceParameters>
        </p:Job>
        <p:Report xsi:nil="true" />
        <p:Data>AQI=</p:Data>
        <p:ReturnValue>4096</p:ReturnValue>
        </p:Reset_OUTPUT>
        <p:Ping_OUTPUT xmlns:p="CIM:XYZ_AllTypes" />
        </x>
    "#]].assert_eq(&lines(&out));

    let mut reader = Reader::new(&out, &Limits::default()).expect("is acceptable");
    reader.root().expect("has a root");
    let element = reader.child().expect("is well-formed").expect("is there");
    assert_eq!(
        read_input(&mut reader, &element, reset, &reading()).expect("is readable"),
        input
    );
    let element = reader.child().expect("is well-formed").expect("is there");
    let back = read_output(&mut reader, &element, reset, &reading()).expect("is readable");
    assert_eq!(back, (output, Value::Unsigned(4096)));
    let element = reader.child().expect("is well-formed").expect("is there");
    let back = read_output(&mut reader, &element, ping, &reading()).expect("is readable");
    assert_eq!(back, (Vec::new(), Value::Null));
    reader.finish().expect("ends");
}

#[test]
fn a_parameter_that_is_none_is_refused() {
    let reset = class("XYZ_AllTypes").method("Reset").expect("is there");
    for (content, expected) in [
        (
            "<p:Forc>1</p:Forc>",
            "Method Reset has no input parameter `Forc`. Did you mean `Force`?",
        ),
        ("<p:Job/>", "Method Reset has no input parameter `Job`."),
    ] {
        let text =
            format!("<p:Reset_INPUT xmlns:p='{CIM_SCHEMA}XYZ_AllTypes'>{content}</p:Reset_INPUT>");
        let mut reader = Reader::new(&text, &Limits::default()).expect("is acceptable");
        let root = reader.root().expect("has a root");
        let error = read_input(&mut reader, &root, reset, &reading()).expect_err("is refused");
        assert_eq!(error.to_string(), expected);
    }
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

// Arbitrary instances.

fn xml_text() -> BoxedStrategy<String> {
    proptest::collection::vec(
        prop_oneof![
            8 => proptest::char::range(' ', '~'),
            1 => prop::sample::select(vec!['\t', '\n', '\r', '<', '&', '"', '\u{FFFD}']),
            1 => proptest::char::range('\u{E000}', '\u{FFFD}'),
            1 => proptest::char::range('\u{10000}', '\u{10FFFF}'),
        ],
        0..12,
    )
    .prop_map(|chars| chars.into_iter().collect())
    .boxed()
}

fn any_datetime() -> BoxedStrategy<Value> {
    let timestamp = (
        1i64..=9998,
        1u32..=12,
        1u32..=28,
        0u32..24,
        0u32..60,
        0u32..60,
        0u32..1_000_000,
        -999i32..=999,
    )
        .prop_map(|(y, mo, d, h, mi, s, us, o)| {
            let sign = if o < 0 { '-' } else { '+' };
            format!(
                "{y:04}{mo:02}{d:02}{h:02}{mi:02}{s:02}.{us:06}{sign}{:03}",
                o.abs()
            )
        });
    let interval = (
        0u32..=99_999_999,
        0u32..24,
        0u32..60,
        0u32..60,
        0u32..1_000_000,
    )
        .prop_map(|(d, h, mi, s, us)| format!("{d:08}{h:02}{mi:02}{s:02}.{us:06}:000"));
    // Asterisks from a field boundary on, or from some digit of the microseconds on.
    let cut = prop_oneof![
        4 => Just(21usize),
        2 => prop::sample::select(vec![8usize, 10, 12, 14]),
        1 => 15usize..21,
    ];
    (prop_oneof![timestamp, interval], cut)
        .prop_map(|(text, cut)| {
            let text: String = text
                .char_indices()
                .map(|(at, c)| {
                    if at >= cut && at < 21 && c != '.' {
                        '*'
                    } else {
                        c
                    }
                })
                .collect();
            datetime(&text)
        })
        .boxed()
}

fn scalar(property: &'static PropertyDescriptor, depth: u32) -> BoxedStrategy<Value> {
    match (property.ty, property.embedded) {
        (CimType::String, Embedded::Instance(name)) => {
            let by_value = instance(class(name), depth + 1).prop_map(Value::from);
            match property.reference_class {
                Some(_) => {
                    prop_oneof![by_value, "[a-z/\"\\\\.=]{1,8}".prop_map(Value::from)].boxed()
                }
                None => by_value.boxed(),
            }
        }
        (CimType::String, Embedded::Object) => prop_oneof![
            instance(class("XYZ_BigOwner"), depth + 1),
            instance(class("XYZ_Target"), depth + 1),
        ]
        .prop_map(Value::from)
        .boxed(),
        (CimType::String, Embedded::No) if property.reference_class.is_some() => {
            "[a-z/\"\\\\.=é]{1,8}".prop_map(Value::from).boxed()
        }
        (CimType::String, Embedded::No) if property.flags.octet_string => {
            proptest::string::string_regex("0x([0-9a-fA-F]{2}){0,6}")
                .expect("is a regex")
                .prop_map(Value::from)
                .boxed()
        }
        (CimType::String, Embedded::No) => xml_text().prop_map(Value::from).boxed(),
        (CimType::Boolean, _) => any::<bool>().prop_map(Value::from).boxed(),
        (CimType::Char16, _) => prop_oneof![0x20u16..0xD800, 0xE000u16..0xFFFE]
            .prop_map(Value::Char16)
            .boxed(),
        (CimType::Real32, _) => any::<f32>()
            .prop_filter("NaN equals nothing", |n| !n.is_nan())
            .prop_map(|n| Value::Real(n.into()))
            .boxed(),
        (CimType::Real64, _) => any::<f64>()
            .prop_filter("NaN equals nothing", |n| !n.is_nan())
            .prop_map(Value::Real)
            .boxed(),
        (CimType::DateTime, _) => any_datetime(),
        (CimType::Reference, _) => (xml_text(), any::<bool>())
            .prop_map(|(name, elsewhere)| {
                let path = ObjectPath::new("XYZ_Owner", "Name", name.trim());
                if elsewhere {
                    path.in_namespace("root/other")
                } else {
                    path
                }
                .into()
            })
            .boxed(),
        (ty, _) => match (ty.unsigned_max(), ty.signed_range()) {
            (Some(max), _) => prop_oneof![0..=max, Just(max)]
                .prop_map(Value::Unsigned)
                .boxed(),
            (None, range) => {
                let (min, max) = range.expect("is an integer");
                prop_oneof![min..=max, Just(min)]
                    .prop_map(Value::Signed)
                    .boxed()
            }
        },
    }
}

fn slot(property: &'static PropertyDescriptor, depth: u32) -> BoxedStrategy<Option<Value>> {
    let value = if property.is_array {
        proptest::collection::vec(scalar(property, depth), 1..4)
            .prop_map(Value::Array)
            .boxed()
    } else {
        scalar(property, depth)
    };
    prop_oneof![
        2 => Just(None),
        1 => Just(Some(Value::Null)),
        4 => value.prop_map(Some),
    ]
    .boxed()
}

fn instance(class: &'static ClassDescriptor, depth: u32) -> BoxedStrategy<Instance> {
    if depth > 3 {
        return Just(Instance::new(class)).boxed();
    }
    let slots: Vec<_> = class.properties.iter().map(|p| slot(p, depth)).collect();
    slots
        .prop_map(move |values| {
            let mut instance = Instance::new(class);
            for (at, value) in values.into_iter().enumerate() {
                instance.set_at(at, value);
            }
            instance
        })
        .boxed()
}

/// Equal, and absent exactly where the other is.
fn same(a: &Instance, b: &Instance) -> bool {
    let embedded = |a: &Value, b: &Value| match (a, b) {
        (Value::Instance(a), Value::Instance(b)) => same(a, b),
        (a, b) => a == b,
    };
    a.class().name == b.class().name
        && (0..a.class().properties.len()).all(|at| match (a.at(at), b.at(at)) {
            (None, None) => true,
            (Some(Value::Array(a)), Some(Value::Array(b))) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| embedded(a, b))
            }
            (Some(a), Some(b)) => embedded(a, b),
            _ => false,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Proves 5 any instance survives WS-CIM and back.
    #[test]
    fn an_instance_survives_the_wire(instance in instance(class("XYZ_AllTypes"), 0)) {
        let text = written(&instance, &standalone(WriteContext::request("root/cimi")));
        let back = read(&text, class("XYZ_AllTypes"));
        match back {
            Ok(back) => prop_assert!(same(&back, &instance), "{text}\n{back:?}\n{instance:?}"),
            Err(error) => prop_assert!(false, "{error}\n{text}"),
        }
    }

    /// Proves 5 any instance survives WS-CIM and back.
    #[test]
    fn an_association_survives_the_wire(link in instance(class("XYZ_Link"), 0)) {
        let text = written(&link, &standalone(WriteContext::request("root/cimi")));
        let back = read(&text, class("XYZ_Link"));
        prop_assert!(back.is_ok_and(|back| same(&back, &link)), "{text}");
    }

    #[test]
    fn no_document_panics(
        instance in instance(class("XYZ_AllTypes"), 1),
        at in any::<usize>(),
        with in "[<>/a-z:\"= 0-9é]{0,4}",
        cut in 0usize..12,
    ) {
        let text = written(&instance, &standalone(WriteContext::request("root/cimi")));
        let from = text.floor_char_boundary(at % (text.len() + 1));
        let to = text.ceil_char_boundary((from + cut).min(text.len()));
        let mutated = format!("{}{with}{}", &text[..from], &text[to..]);
        let _ = read(&mutated, class("XYZ_AllTypes"));
    }
}
