//! Selectors as object paths, and the parameters of methods.

use super::*;

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
