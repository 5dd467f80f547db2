//! What clients send in the field, and mistakes.

use super::*;

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
    expect_test::expect_file!["../mistakes.txt"].assert_eq(&out);
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
