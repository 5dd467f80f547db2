//! Every XML body against the official schema, DSP8009 1.0.2, and against that which is generated from the
//! MOF (`xsd/cimi-rest.xsd`), which has none of the defects of the former.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cim_core::{DateTime, Instance, Value};

use super::{MODEL, context, machine, new, template, written, xml};
use crate::{
    CollectionView, Expanded, Format, ResourceView, RestError, Selection, Target, error_report,
    write_collection_xml, write_xml,
};

/// What the schema refuses in documents that are right (spec/cimi-rest, section 14.2): the type, a part of
/// the complaint, and why it does not count.
const KNOWN_DEFECTS: [(&str, &str, &str); 8] = [
    (
        "Disk",
        "}id': This element is not expected. Expected is one of ( {http://schemas.dmtf.org/cimi/1}capacity",
        "its Disk has none of the common attributes",
    ),
    (
        "MachineSnapshot",
        "}snapshot': This element is not expected.",
        "it misspells the element",
    ),
    (
        "ForwardingGroup",
        "}networks': This element is not expected.",
        "it has a list of links in place of the collection, which is what servers and clients have",
    ),
    (
        "ResourceMetadata",
        "}description': This element is not expected.",
        "its ResourceMetadata has only id and name of the common attributes",
    ),
    (
        "ResourceMetadata",
        "}attribute': This element is not expected.",
        "it allows one attribute, where there are as many as need describing",
    ),
    (
        "ResourceMetadata",
        "}capability': Character content other than whitespace is not allowed",
        "the value of a capability is text in the specification and in every service",
    ),
    (
        "Event",
        "}operation': This element is not expected.",
        "its Event has no operations, which version 2 lists",
    ),
    (
        "Sample",
        "}operation': This element is not expected.",
        "its Sample has no operations",
    ),
];

fn schema() -> Option<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let schema = data.join("cimi/dsp8009_1.0.2.xsd");
    let present = schema.exists();
    if !present {
        eprintln!("skipped: {} is not there", schema.display());
    }
    present.then_some(schema)
}

/// Whether a complaint is about something that documents of this type are right to have.
fn is_defect(document: &str, complaint: &str) -> bool {
    KNOWN_DEFECTS
        .iter()
        .any(|(name, part, _)| document.contains(&format!("<{name}")) && complaint.contains(part))
}

/// The schema that is generated from the MOF.
fn own_schema() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xsd/cimi-rest.xsd")
}

fn complaints(schema: &Path, document: &str) -> String {
    let all = all_complaints(schema, document);
    let counted = all.lines().filter(|l| !is_defect(document, l));
    counted.map(|l| format!("{l}\n")).collect()
}

fn all_complaints(schema: &Path, document: &str) -> String {
    let mut child = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint (apt: libxml2-utils)");
    child
        .stdin
        .take()
        .unwrap()
        .write_all(document.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter(|l| *l != "- validates" && *l != "- fails to validate")
        .map(|l| format!("{l}\n"))
        .collect()
}

fn assert_valid(document: &str) {
    let complaints_of_ours = all_complaints(&own_schema(), document);
    assert!(
        complaints_of_ours.is_empty(),
        "{complaints_of_ours}{document}"
    );
    if let Some(schema) = schema() {
        let complaints = complaints(&schema, document);
        assert!(complaints.is_empty(), "{complaints}{document}");
    }
}

#[test]
fn the_oracle_complains() {
    for (right, wrong) in [
        ("state>", "stat>"),
        ("<cpu>", "<cpu>two "),
        ("<state>", "<name>x</name><state>"),
    ] {
        let document = xml(&machine()).replace(right, wrong);
        assert!(
            !all_complaints(&own_schema(), &document).is_empty(),
            "{document}"
        );
    }
    if let Some(schema) = schema() {
        assert!(
            !complaints(
                &schema,
                &xml(&machine())
                    .replace("<state>", "<stat>")
                    .replace("</state>", "</stat>")
            )
            .is_empty()
        );
    }
}

#[test]
fn resources_are_valid() {
    for instance in [machine(), template()] {
        assert_valid(&xml(&instance));
    }
    let volume = new("MachineVolume")
        .with("InstanceID", "machines/1/volumes/2")
        .with("InitialLocation", "/dev/vdb")
        .with(
            "PartComponent",
            cim_core::ObjectPath::new("CIMI_Volume", "InstanceID", "volumes/2"),
        )
        .with("AvailableOperations", Value::Array(vec!["delete".into()]));
    assert_valid(&xml(&volume));
    let entry_point = new("CloudEntryPoint")
        .with("InstanceID", "cloudEntryPoint")
        .with("ElementName", "a cloud");
    assert_valid(&xml(&entry_point));
    let credential = new("Credential")
        .with("InstanceID", "credentials/1")
        .with("UserName", "root")
        .with("AvailableOperations", Value::Array(vec!["edit".into()]));
    assert_valid(&xml(&credential));
}

#[test]
fn every_type_with_every_attribute_is_valid() {
    let mut wrong = String::new();
    for class in MODEL.schema().classes() {
        let class = MODEL.class(class);
        if class.type_uri.is_none() || class.class.flags.is_abstract {
            continue;
        }
        let instance = super::round_trip::full(class.class, 0);
        wrong += &all_complaints(&own_schema(), &written(Format::Xml, &instance, true));
        if let Some(schema) = schema() {
            wrong += &complaints(&schema, &written(Format::Xml, &instance, true));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn requests_are_valid() {
    let create = new("MachineCreate")
        .with("ElementName", "web-2")
        .with("MachineTemplate", template());
    assert_valid(&written(Format::Xml, &create, true));
    let create = new("MachineCreate").with("MachineTemplate", "machineTemplates/web");
    assert_valid(&written(Format::Xml, &create, true));
}

#[test]
fn collections_are_valid() {
    let machine = machine();
    let items = [ResourceView::whole(&machine), ResourceView::whole(&machine)];
    let view = CollectionView {
        collection: MODEL.entry_point().shape.collection("machines").unwrap(),
        id: "machines",
        count: 2,
        items: &items,
        select: &Selection::All,
        add: true,
    };
    let mut out = String::new();
    write_collection_xml(&mut out, &context(false), &view);
    assert_valid(&out);
}

#[test]
fn expanded_links_are_valid() {
    let machine = machine();
    let disk = new("Disk")
        .with("InstanceID", "machines/42/disks/1")
        .with("Capacity", 1u64);
    let image = new("MachineImage")
        .with("InstanceID", "machineImages/9")
        .with("State", "AVAILABLE");
    let volume = new("MachineVolume").with("InstanceID", "machines/42/volumes/1");
    let collection = |items: Vec<Instance>| Target::Collection {
        count: items.len() as u64,
        items: items.into_iter().map(Into::into).collect(),
        add: true,
    };
    let expanded = [
        Expanded {
            name: "disks",
            target: collection(vec![disk]),
        },
        Expanded {
            name: "volumes",
            target: collection(vec![volume]),
        },
        Expanded {
            name: "latestSnapshot",
            target: Target::Resources(vec![image.into()]),
        },
    ];
    let view = ResourceView {
        instance: &machine,
        select: &Selection::All,
        expanded: &expanded,
    };
    let mut out = String::new();
    write_xml(&mut out, &context(false), &view);
    assert!(out.contains("<Disk>") && out.contains("AVAILABLE"), "{out}");
    assert_valid(&out);
}

#[test]
fn an_error_report_is_valid() {
    let error = RestError::new(409, "pause is not possible in state STOPPED");
    let report = error_report(
        &MODEL,
        &error,
        Some("machines/42"),
        Some("http://schemas.dmtf.org/cimi/1/action/pause"),
        DateTime::utc(1_795_478_400_000_000),
    );
    assert_valid(&xml(&report));
    expect_test::expect![[r#"
        {"resourceURI":"http://schemas.dmtf.org/cimi/1/Job",
        "id":"",
        "state":"FAILED",
        "targetResource":{"href":"http://cloud.example/cimi/machines/42"},
        "affectedResources":[{"href":"http://cloud.example/cimi/machines/42"}],
        "action":"http://schemas.dmtf.org/cimi/1/action/pause",
        "returnCode":10409,
        "progress":100,
        "statusMessage":"pause is not possible in state STOPPED",
        "timeOfStatusChange":"2026-11-24T00:00:00Z"}"#]]
    .assert_eq(&super::json(&report).replace(",\"", ",\n\""));
}
