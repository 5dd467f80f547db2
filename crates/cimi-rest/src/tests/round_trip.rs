//! What one format says, the other says too: JSON -> CIM -> XML -> CIM -> JSON is the identity.

use cim_core::{CimType, ClassDescriptor, DateTime, Instance, ObjectPath, Value};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use xml_wire::{Limits, Reader, Writer, wscim};

use super::{MODEL, extension, property, read, written};
use crate::{Format, Member, MemberKind, Unknown};

/// By value inside by value inside by value.
const MAX_DEPTH: usize = 3;

/// An instance with every attribute.
pub(super) fn full(class: &'static ClassDescriptor, depth: usize) -> Instance {
    let mut runner = TestRunner::deterministic();
    let tree = instance(class, depth, 0.999_999)
        .new_tree(&mut runner)
        .unwrap();
    proptest::strategy::ValueTree::current(&tree)
}

fn text() -> impl Strategy<Value = String> {
    // XML cannot carry control characters and turns CR into LF.
    "[a-zA-Z0-9 <>&\"'\\\\{}äß€😀/.:-]{1,12}".prop_filter("blank", |t| !t.trim().is_empty())
}

fn id() -> impl Strategy<Value = String> {
    "[a-z]{1,8}/[a-z0-9-]{1,8}"
}

fn scalar(member: &Member) -> BoxedStrategy<Value> {
    let property = member.property.unwrap();
    if let Some(map) = property.value_map {
        let values: Vec<&str> = map.values.iter().copied().filter(|v| *v != "..").collect();
        return proptest::sample::select(values)
            .prop_map(Value::from)
            .boxed();
    }
    if member.name == "intervalDuration" {
        let durations = ["PT1H", "P1D", "P7D", "P1M", "P1Y"];
        return proptest::sample::select(durations.to_vec())
            .prop_map(Value::from)
            .boxed();
    }
    match property.ty {
        CimType::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        CimType::DateTime => (0i64..4_000_000_000_000_000)
            .prop_map(|n| Value::DateTime(DateTime::utc(n)))
            .boxed(),
        // The schema has xs:long.
        ty if ty.unsigned_max().is_some() => {
            let max = property
                .max_value
                .unwrap_or(i64::MAX)
                .min(i64::try_from(ty.unsigned_max().unwrap()).unwrap_or(i64::MAX));
            (0..=max.unsigned_abs()).prop_map(Value::Unsigned).boxed()
        }
        CimType::Sint64 => any::<i64>().prop_map(Value::Signed).boxed(),
        // A hexadecimal text is also an identifier and a word.
        CimType::String => "[0-9a-f]{2}([0-9a-f]{2}){0,4}"
            .prop_map(Value::from)
            .boxed(),
        other => panic!("no strategy for {other}"),
    }
}

fn value(member: &Member, depth: usize, fill: f64) -> Option<BoxedStrategy<Value>> {
    let property = member.property?;
    let target = property.reference_class.unwrap_or_default();
    let link = match property.ty {
        CimType::Reference => id()
            .prop_map(move |id| Value::from(ObjectPath::new(target, "InstanceID", &id)))
            .boxed(),
        _ => id().prop_map(Value::from).boxed(),
    };
    let array = |one: BoxedStrategy<Value>| {
        proptest::collection::vec(one, 1..4)
            .prop_map(Value::Array)
            .boxed()
    };
    Some(match member.kind {
        MemberKind::Identity => id().prop_map(Value::from).boxed(),
        MemberKind::Scalar if matches!(member.name, "name" | "description") => {
            text().prop_map(Value::from).boxed()
        }
        MemberKind::Scalar => scalar(member),
        MemberKind::Scalars => array(scalar(member)),
        MemberKind::Reference => link,
        MemberKind::References => array(link),
        MemberKind::ByValue(_) if depth >= MAX_DEPTH && property.is_array => array(link),
        MemberKind::ByValue(_) if depth >= MAX_DEPTH => link,
        MemberKind::ByValue(class) => {
            let target = instance(class, depth + 1, fill)
                .prop_filter("nothing in it", |i| {
                    i.present()
                        .any(|(p, v)| p.name != "InstanceID" && !v.is_null())
                })
                .prop_map(Value::from);
            let one = prop_oneof![link, target].boxed();
            if property.is_array { array(one) } else { one }
        }
        MemberKind::Any(class) if property.is_array => array(anything(class, member)),
        MemberKind::Any(class) => anything(class, member),
        MemberKind::Structure(class) => {
            let kinds = MODEL.class(class).kinds.iter().copied();
            let kinds = std::iter::once(class).chain(kinds);
            let kinds: Vec<_> = kinds.map(|kind| instance(kind, depth + 1, fill)).collect();
            proptest::strategy::Union::new(kinds)
                .prop_map(Value::from)
                .boxed()
        }
        MemberKind::Structures(class) => array(
            instance(class, depth + 1, fill)
                .prop_map(Value::from)
                .boxed(),
        ),
        MemberKind::Map(_) => proptest::collection::hash_map(text(), text(), 1..4)
            .prop_map(|map| Value::Array(map.iter().map(|(k, v)| property_value(k, v)).collect()))
            .boxed(),
        MemberKind::Operations if depth == 0 => {
            Just(Value::Array(vec!["edit".into(), "http://x/fly".into()])).boxed()
        }
        MemberKind::Operations | MemberKind::Collection(_) => return None,
    })
}

/// A value for which the model has no type. Only an element can hold elements.
fn anything(class: &'static ClassDescriptor, member: &Member) -> BoxedStrategy<Value> {
    let name = member.name;
    let keep = move |format: &str, value: &str| {
        let extension = Instance::new(class)
            .with("Name", name)
            .with("Format", format)
            .with("Value", value);
        Value::from(extension)
    };
    let xml = r#"<constraint xmlns="http://schemas.dmtf.org/cimi/1"><value>5</value></constraint>"#;
    let json = [
        "true",
        "5",
        r#"["a",1]"#,
        r#"{"a":null}"#,
        r#""true""#,
        r#""""#,
    ];
    let json = prop_oneof![
        proptest::sample::select(json.to_vec()).prop_map(str::to_owned),
        text().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ]
    .prop_map(move |text| keep("json", &text));
    if member.xml_element().is_some() {
        prop_oneof![json, Just(keep("xml", xml))].boxed()
    } else {
        json.boxed()
    }
}

fn property_value(name: &str, value: &str) -> Value {
    property(name, value)
}

fn extensions() -> impl Strategy<Value = Value> {
    let one = prop_oneof![
        text().prop_map(|t| extension(None, "rack", "json", &serde_json::to_string(&t).unwrap())),
        Just(extension(None, "row", "json", r#"{"a":[1,2.5,null]}"#)),
        Just(extension(
            Some("urn:r"),
            "rack",
            "xml",
            r#"<r:rack xmlns:r="urn:r" a="1">7<r:b>x &amp; y</r:b></r:rack>"#
        )),
    ];
    proptest::collection::vec(one, 0..2).prop_map(Value::Array)
}

/// Instances of a class whose attributes are present with a probability.
pub(super) fn instance(
    class: &'static ClassDescriptor,
    depth: usize,
    fill: f64,
) -> BoxedStrategy<Instance> {
    let model = MODEL.class(class);
    let values: Vec<_> = model
        .shape
        .members
        .iter()
        .filter_map(|m| {
            let strategy = value(m, depth, fill)?;
            // What a structure is shows in what it must have.
            let is_sure = class.flags.is_structure && m.property?.flags.required;
            let fill = if is_sure { 0.999_999 } else { fill };
            Some(proptest::option::weighted(fill, strategy).prop_map(move |v| (m.position, v)))
        })
        .collect();
    let position = model.shape.extensions.filter(|_| depth == 0);
    (values, extensions())
        .prop_map(move |(values, extensions)| {
            let mut instance = Instance::new(class);
            // A part of a system is made from one template.
            let mut templates = 0;
            for (at, value) in values {
                if class.name == "CIMI_ComponentDescriptor"
                    && value.is_some()
                    && class.properties[at].reference_class.is_some()
                {
                    templates += 1;
                }
                if templates < 2 || class.properties[at].reference_class.is_none() {
                    instance.set_at(at, value);
                }
            }
            if let (Some(at), true) = (position, fill < 0.9) {
                instance.set_at(at, extensions);
            }
            instance
        })
        .boxed()
}

pub(super) fn types() -> impl Iterator<Item = &'static ClassDescriptor> {
    MODEL
        .schema()
        .classes()
        .iter()
        .copied()
        .filter(|c| MODEL.class(c).type_uri.is_some() && !c.flags.is_abstract)
}

/// JSON -> CIM -> WS-CIM -> CIM, and the same from XML: equal, where absent, NULL and empty are the same.
#[test]
fn both_formats_survive_ws_cim() {
    for class in types() {
        let name = MODEL.class(class).type_name;
        let mut runner = TestRunner::new(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(16)
        });
        runner
            .run(&instance(class, 0, 0.6), |start| {
                for format in [Format::Json, Format::Xml] {
                    let text = written(format, &start, true);
                    let first = read(format, Unknown::Keep, &[name], &text)
                        .map_err(|e| TestCaseError::fail(format!("{e}: {text}")))?;
                    let (wire, back) = through_ws_cim(&first);
                    let back = back.map_err(|e| TestCaseError::fail(format!("{e}: {wire}")))?;
                    prop_assert_eq!(&back, &first, "{}\n{}", text, wire);
                }
                Ok(())
            })
            .unwrap();
    }
}

pub(super) fn through_ws_cim(instance: &Instance) -> (String, Result<Instance, wscim::WsCimError>) {
    let options = wscim::WriteContext {
        declare: true,
        write_only: true,
        ..wscim::WriteContext::answer("root/cimi")
    };
    let mut text = String::new();
    wscim::write_instance(&mut Writer::new(&mut text), instance, &options);
    let context = wscim::ReadContext {
        schema: MODEL.schema(),
        namespace: "root/cimi",
        rest_base: None,
    };
    let mut reader = Reader::new(&text, &Limits::default()).unwrap();
    let root = reader.root().unwrap();
    let back = wscim::read_instance(&mut reader, &root, instance.class(), &context);
    (text, back)
}

#[test]
fn json_to_xml_and_back_is_the_identity() {
    for class in types() {
        let name = MODEL.class(class).type_name;
        let mut runner = TestRunner::new(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(48)
        });
        let through = |format, instance: &Instance| {
            let text = written(format, instance, true);
            let back = read(format, Unknown::Keep, &[name], &text);
            (text, back)
        };
        runner
            .run(&instance(class, 0, 0.6), |start| {
                let (json, one) = through(Format::Json, &start);
                let one = one.map_err(|e| TestCaseError::fail(format!("{e}: {json}")))?;
                prop_assert_eq!(&one, &start, "{}", json);
                let (xml, two) = through(Format::Xml, &one);
                let two = two.map_err(|e| TestCaseError::fail(format!("{e}: {xml}")))?;
                prop_assert_eq!(&two, &start, "{}", xml);
                prop_assert_eq!(written(Format::Json, &two, true), json);
                Ok(())
            })
            .unwrap();
    }
}

/// Whatever is read can be written, and what was written is read again.
fn settles(format: Format, class: &str, text: &str) {
    if let Ok(read_once) = read(format, Unknown::Keep, &[class], text) {
        let again = written(format, &read_once, true);
        let read_twice = read(format, Unknown::Keep, &[class], &again);
        assert!(read_twice.is_ok(), "{text} became {again}: {read_twice:?}");
    }
}

proptest! {
    #[test]
    fn any_json_settles(text in r#"(\{|\}|\[|\]|,|:|"cpu"|"name"|"properties"|"href"|"disks"|null|1|"x"|-|e){0,24}"#) {
        for class in ["Machine", "MachineCreate", "MachineTemplate"] {
            settles(Format::Json, class, &text);
        }
    }

    #[test]
    fn any_json_members_settle(members in proptest::collection::vec(r#""(cpu|name|a|\{u\}a|id|operations|volumes|machineConfig|rack)":(null|1|"x"|"<a"|\[\]|\{\}|\["x"\]|\[\{"href":"a"\}\]|\{"cpu":1\}|\{"href":"a","name":"b"\})"#, 0..4)) {
        let text = format!("{{{}}}", members.join(","));
        for class in ["Machine", "MachineCreate", "MachineTemplate"] {
            settles(Format::Json, class, &text);
        }
    }

    #[test]
    fn any_xml_settles(text in r#"(<Machine|<MachineTemplate| xmlns="http://schemas.dmtf.org/cimi/1"|>|/>|<cpu>|</cpu>|<volume|<x:y| xmlns:x="u"| href="a"|</Machine>|1|&|text){0,16}"#) {
        for class in ["Machine", "MachineTemplate"] {
            settles(Format::Xml, class, &text);
        }
    }

    #[test]
    fn any_xml_children_settle(children in proptest::collection::vec(r#"<(cpu|name|volume|machineConfig|id|operation|property|x:a)( href="a"| key="k"| rel="edit"|)>(1|<cpu>1</cpu>|<x:b c="1"/>|)</END>"#, 0..4)) {
        let children: String = children
            .iter()
            .map(|c| {
                let name: String = c[1..].chars().take_while(|c| !matches!(c, ' ' | '>')).collect();
                c.replace("END", &name)
            })
            .collect();
        for class in ["Machine", "MachineTemplate"] {
            let text = format!("<{class} xmlns:x=\"urn:x\">{children}</{class}>");
            settles(Format::Xml, class, &text);
        }
    }
}
