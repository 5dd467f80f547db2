//! What another service says beyond the model arrives, and goes back as it came: through JSON and XML fronts and
//! WS-CIM, at every level.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};

use super::round_trip::{full, through_ws_cim, types};
use super::{MODEL, read, written};
use crate::{Context, Format, Member, MemberKind, ResourceView, Unknown, has_verbatim, write_json};
use cim_core::{Instance, Value};

/// What is in the place of a value, or beside it.
fn odd() -> Vec<Json> {
    vec![
        json!({"odd": {"a": [1, null, "x<y"]}}),
        json!(["odd", 1]),
        json!("odd & <b>"),
        json!(1.5e300),
        json!(-12_345_678_901_234_567_i64),
        json!(true),
    ]
}

/// The places of a document that are the cloud's to say, as paths: those to replace, and objects to add something to.
fn places(document: &Json, members: &[Member], at: &str, found: &mut Vec<(String, bool)>) {
    let Some(object) = document.as_object() else {
        return;
    };
    found.push((at.to_owned(), true));
    for (name, value) in object {
        let Some(member) = members.iter().find(|m| m.name == name) else {
            continue;
        };
        let here = format!("{at}/{name}");
        let inside = match member.kind {
            MemberKind::Identity | MemberKind::Operations | MemberKind::Collection(_) => continue,
            MemberKind::Structure(class)
            | MemberKind::Structures(class)
            | MemberKind::ByValue(class) => &MODEL.class(class).shape.members[..],
            _ => &[],
        };
        found.push((here.clone(), false));
        if matches!(member.kind, MemberKind::Map(_)) {
            let names = value.as_object().into_iter().flatten();
            found.extend(names.map(|(name, _)| (format!("{here}/{name}"), false)));
        }
        if let Some(items) = value.as_array() {
            for (n, item) in items.iter().enumerate() {
                found.push((format!("{here}/{n}"), false));
                // What is beside a link is the target's.
                if !inside.is_empty() {
                    places(item, inside, &format!("{here}/{n}"), found);
                }
            }
        } else if !inside.is_empty() {
            places(value, inside, &here, found);
        }
    }
}

/// What a cloud is sent, without what only says where to read it.
fn sent(format: Format, instance: &Instance) -> String {
    written(format, instance, true)
}

/// A resource through one front and back.
fn through(format: Format, name: &str, instance: &Instance) -> Result<Instance, TestCaseError> {
    let mut text = String::new();
    let context = Context {
        model: &MODEL,
        links: &super::LINKS,
        request: false,
    };
    let view = ResourceView::whole(instance);
    match format {
        Format::Json => write_json(&mut text, &context, &view),
        Format::Xml => crate::write_xml(&mut text, &context, &view),
    }
    read(format, Unknown::Keep, &[name], &text)
        .or_else(|_| read(format, Unknown::KeepUntyped, &[name], &text))
        .map_err(|e| TestCaseError::fail(format!("{e}: {text}")))
}

/// Without the secrets, which no front shows.
fn readable(instance: &Instance) -> Instance {
    let members = &MODEL.class(instance.class()).shape.members;
    let is_secret = |name: &str| {
        let mut with_name = members
            .iter()
            .filter(|m| m.property.is_some_and(|p| p.name == name));
        with_name.any(|member| !member.is_readable())
    };
    let inside = |value: &Value| match value {
        Value::Instance(inner) => readable(inner).into(),
        other => other.clone(),
    };
    let mut shown = Instance::new(instance.class());
    for (property, value) in instance.present().filter(|(p, _)| !is_secret(p.name)) {
        let value = match value {
            Value::Array(items) => Value::Array(items.iter().map(inside).collect()),
            other => inside(other),
        };
        shown.set(property.name, value);
    }
    shown
}

#[test]
fn what_a_json_cloud_says_goes_back_untouched() {
    let mut surprises = 0;
    // What the entry point says of itself follows from where it is asked.
    for class in types().filter(|class| class.name != "CIMI_CloudEntryPoint") {
        let name = MODEL.class(class).type_name;
        let members = &MODEL.class(class).shape.members;
        let whole: Json = serde_json::from_str(&sent(Format::Json, &full(class, 0))).unwrap();
        let mut all = Vec::new();
        places(&whole, members, "", &mut all);
        let cases = all.len();
        let mut runner = TestRunner::new(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(64)
        });
        let case = (
            proptest::collection::vec((0..cases, 0..odd().len()), 1..4),
            any::<bool>(),
        );
        runner
            .run(&case, |(changes, through_fronts)| {
                let mut document = whole.clone();
                for (at, what) in changes {
                    let (path, is_beside) = &all[at];
                    let Some(place) = document.pointer_mut(path) else {
                        continue;
                    };
                    let odd = odd().swap_remove(what);
                    match place.as_object_mut() {
                        Some(object) if *is_beside => {
                            object.insert("x-odd".into(), odd);
                        }
                        _ if *is_beside => {}
                        _ => *place = odd,
                    }
                }
                let text = document.to_string();
                let found = read(Format::Json, Unknown::Tolerate, &[name], &text)
                    .map_err(|e| TestCaseError::fail(format!("{e}: {text}")))?;
                let mut back = found.clone();
                if through_fronts && readable(&found) == found {
                    let (wire, again) = through_ws_cim(&back);
                    back = again.map_err(|e| TestCaseError::fail(format!("{e}: {wire}")))?;
                    prop_assert_eq!(&back, &found, "{}", wire);
                    for format in [Format::Json, Format::Xml] {
                        let again = through(format, name, &back)?;
                        prop_assert_eq!(
                            readable(&again),
                            readable(&back),
                            "{:?}: {}",
                            format,
                            text
                        );
                    }
                }
                let again: Json = serde_json::from_str(&sent(Format::Json, &back)).unwrap();
                same(&document, &again, "")?;
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        surprises += cases;
    }
    assert!(surprises > 500, "{surprises}");
}

/// Whether a document went back as it came; texts of numbers and the like are one spelling of them.
fn same(came: &Json, went: &Json, at: &str) -> Result<(), TestCaseError> {
    if came == went {
        return Ok(());
    }
    if let (Json::Object(came), Json::Object(went)) = (came, went) {
        for name in came.keys().chain(went.keys()) {
            let here = format!("{at}/{name}");
            let both = (came.get(name), went.get(name));
            let (Some(one), Some(other)) = both else {
                // Nothing is what an empty list is.
                prop_assert!(
                    both.0
                        .or(both.1)
                        .is_some_and(|v| *v == json!([]) || v.is_null()),
                    "{} came as {:?} and went as {:?}",
                    here,
                    both.0,
                    both.1
                );
                continue;
            };
            same(one, other, &here)?;
        }
        return Ok(());
    }
    if came.is_string() && went.get("href").is_some() {
        // A bare URI is a link, too.
        return Ok(());
    }
    if let (Json::Array(came), Json::Array(went)) = (came, went)
        && came.len() == went.len()
    {
        for (one, other) in came.iter().zip(went) {
            same(one, other, at)?;
        }
        return Ok(());
    }
    let text = |value: &Json| match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    // A relative URI is written out.
    if at.ends_with("/href") && text(went).ends_with(&text(came)) {
        return Ok(());
    }
    prop_assert_eq!(text(came), text(went), "{} came and went differently", at);
    Ok(())
}

#[test]
fn a_changed_value_goes_and_not_what_was_there_before() {
    let text = r#"{"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineConfiguration","id":"machineConfigs/1",
        "cpu":"many","disks":[{"capacity":5,"vendor":{"x":1}}]}"#;
    let came = read(
        Format::Json,
        Unknown::Tolerate,
        &["MachineConfiguration"],
        text,
    )
    .unwrap();
    assert!(has_verbatim(&MODEL, &came));
    let disks = came.value("Disks").elements();
    assert_eq!(
        disks[0].as_instance().unwrap().value("Capacity").as_u64(),
        Some(5)
    );
    let back: Json = serde_json::from_str(&sent(Format::Json, &came)).unwrap();
    assert_eq!(back["cpu"], "many");
    assert_eq!(back["disks"], json!([{"capacity": 5, "vendor": {"x": 1}}]));

    let mut disk = disks[0].as_instance().unwrap().clone();
    disk.set("Capacity", 6_u64);
    let changed = came
        .clone()
        .with("Cpu", 2_u64)
        .with("Disks", Value::Array(vec![disk.into()]));
    let back: Json = serde_json::from_str(&sent(Format::Json, &changed)).unwrap();
    assert_eq!(back["cpu"], 2);
    assert_eq!(back["disks"], json!([{"capacity": 6}]));
}

#[test]
fn what_an_xml_cloud_says_goes_back_untouched() {
    let inside = [
        "<cpu>many</cpu>",
        "<cpu><cores>2</cores></cpu>",
        "<disk><capacity>5</capacity><vendor a=\"1\">x &amp; y</vendor></disk><disk><capacity>6</capacity></disk>",
        "<disk><capacity>5</capacity></disk><disk><capacity>five</capacity></disk>",
        "<disk>text</disk>",
        "<property key=\"a\"><b/></property>",
        "<property key=\"a\">b</property><property>c</property>",
        "<vendor xmlns:v=\"urn:v\"><v:a/></vendor>",
        "<v:vendor xmlns:v=\"urn:v\">1</v:vendor>",
        "<vendor>plain</vendor>",
    ];
    for xml in inside {
        let text = format!(
            "<MachineConfiguration xmlns=\"http://schemas.dmtf.org/cimi/1\"><id>machineConfigs/1</id>{xml}</MachineConfiguration>"
        );
        let name = "MachineConfiguration";
        let came = read(Format::Xml, Unknown::Tolerate, &[name], &text).unwrap();
        let (wire, back) = through_ws_cim(&came);
        assert_eq!(back.unwrap(), came, "{wire}");
        let mut back = came.clone();
        for format in [Format::Json, Format::Xml] {
            back = through(format, name, &back).unwrap();
            assert_eq!(back, came, "{format:?}: {text}");
        }
        let again = sent(Format::Xml, &back);
        let again = again.replace(" xmlns=\"http://schemas.dmtf.org/cimi/1\"", "");
        for piece in xml.split_inclusive('>').filter(|p| !p.contains("xmlns")) {
            assert!(
                again.contains(piece),
                "{piece} of {text} is missing in {again}"
            );
        }
        // Nothing stands there twice.
        for element in ["<cpu", "<capacity", "<property", "vendor"] {
            let count = |text: &str| text.matches(element).count();
            assert_eq!(count(&again), count(xml), "{element} in {again}");
        }
    }
}
