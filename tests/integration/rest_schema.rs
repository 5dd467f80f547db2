//! Every XML body that the service sends is valid by the official schema, DSP8009, and by our own.

use std::collections::{BTreeSet, VecDeque};

use roxmltree::{Document, Node};
use serde_json::json;

use crate::bridge::{Bridge, root};
use crate::curl::curl;
use crate::oracle;
use crate::rest::{CIMI, Rest, href};

/// What DSP8009 1.0.2 does not allow although DSP0263 demands it: taken out before validation. The list may
/// only shrink: one that no document of the walk over everything (`rest_coverage`) has any more fails that test.
const KNOWN_DEFECTS: [(&str, IsDefect); 8] = [
    ("a Disk has common attributes and operations", |d| {
        d.parent == "Disk" && !["capacity", "format", "initialLocation"].contains(&d.name)
    }),
    ("a Job in a collection has operations", |d| {
        d.parent == "Job" && d.name == "operation" && d.collection.ends_with("JobCollection")
    }),
    (
        "ResourceMetadata has more common attributes than id and name",
        |d| {
            d.parent == "ResourceMetadata"
                && ["description", "created", "updated", "property"].contains(&d.name)
        },
    ),
    ("ResourceMetadata has several attributes", |d| {
        d.parent == "ResourceMetadata" && d.name == "attribute" && !d.is_first
    }),
    ("an Event has operations", |d| {
        d.parent == "Event" && d.name == "operation"
    }),
    ("a ForwardingGroup has a collection of networks", |d| {
        d.parent == "ForwardingGroup" && d.name == "networks"
    }),
    ("a MachineSnapshot has a snapshot, and no `shapshot`", |d| {
        d.parent == "MachineSnapshot" && d.name == "snapshot"
    }),
    ("a capability has a text", |d| {
        d.parent == "ResourceMetadata" && d.name == "capability"
    }),
];

/// Whether an element is a defect of that name.
type IsDefect = fn(&Defect<'_>) -> bool;

/// Where an element stands.
struct Defect<'d> {
    name: &'d str,
    parent: &'d str,
    /// The type of the collection that is the document.
    collection: &'d str,
    /// Whether no element of this name stands before it.
    is_first: bool,
}

/// A document without what DSP8009 is known to be wrong about; `found` learns what there was.
pub(crate) fn without_known_defects(document: &str, found: &mut BTreeSet<&'static str>) -> String {
    let parsed = Document::parse(document).expect("well-formed XML");
    let collection = parsed.root_element().attribute("resourceURI");
    let mut cuts: Vec<_> = parsed
        .descendants()
        .filter(|node| node.is_element())
        .filter_map(|node: Node<'_, '_>| {
            let name = node.tag_name().name();
            let mut before = node.prev_siblings().skip(1);
            let defect = Defect {
                name,
                parent: node.parent_element()?.tag_name().name(),
                collection: collection.unwrap_or_default(),
                is_first: !before.any(|other| other.tag_name().name() == name),
            };
            let (known, _) = KNOWN_DEFECTS.iter().find(|(_, is)| is(&defect))?;
            found.insert(known);
            Some(node.range())
        })
        .collect();
    cuts.reverse();
    let mut text = document.to_owned();
    for cut in cuts {
        text.replace_range(cut, "");
    }
    text
}

/// Every known defect was met: one that is gone is taken off the list.
#[track_caller]
pub(crate) fn check_defects(found: &BTreeSet<&'static str>) {
    let listed: BTreeSet<_> = KNOWN_DEFECTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        *found, listed,
        "a known defect that is gone is taken off the list"
    );
}

#[test]
fn every_xml_body_is_valid_by_dsp8009_and_by_our_own_schema() {
    let bridge = Bridge::demo();
    let rest = Rest::admin(&bridge);
    // Something of every kind that a newcomer makes: a machine, a volume and its attachment, a credential.
    let uri = rest.create_machine("to be validated", "STARTED");
    rest.wait_for(&uri, "STARTED");
    let volume = rest.items("volumes").remove(0);
    let attach = json!({ "initialLocation": "/dev/vdb", "volume": { "href": volume["id"] } });
    let attached = rest.json("POST", &href(&rest.get(&uri)["volumes"]), &attach);
    assert_eq!(rest.job(&attached)["state"], "SUCCESS");

    // Everything that links lead to from the entry point, in XML.
    let base = format!("{}/cimi/", bridge.url());
    let mut queue = VecDeque::from([format!("{base}cloudEntryPoint")]);
    let mut known: BTreeSet<String> = queue.iter().cloned().collect();
    let mut kinds = BTreeSet::new();
    let mut defects = BTreeSet::new();
    let mut documents = Vec::new();
    // As they are: our schema has none of the defects of DSP8009.
    let mut whole = Vec::new();
    while let Some(uri) = queue.pop_front() {
        let got = curl(&["-H", "Accept: application/xml", &uri]).is(200);
        let document = Document::parse(&got.body).expect("well-formed XML");
        let root = document.root_element();
        kinds.insert(
            root.attribute("resourceURI")
                .unwrap_or(root.tag_name().name())
                .to_owned(),
        );
        for node in document
            .descendants()
            .filter(|node| node.tag_name().name() != "operation")
        {
            let id = (node.tag_name().name() == "id")
                .then(|| node.text())
                .flatten();
            for link in node.attribute("href").into_iter().chain(id) {
                if link.starts_with(&base) && known.insert(link.to_owned()) {
                    queue.push_back(link.to_owned());
                }
            }
        }
        documents.push(without_known_defects(&got.body, &mut defects));
        whole.push(got.body);
    }
    for kind in [
        "CloudEntryPoint",
        "Machine",
        "MachineTemplate",
        "MachineConfiguration",
        "MachineImage",
        "Disk",
        "Volume",
        "MachineVolume",
        "Credential",
        "Job",
    ] {
        assert!(kinds.contains(kind), "no {kind} among {kinds:?}");
        let collection = format!("{CIMI}{kind}Collection");
        assert!(
            kind == "CloudEntryPoint" || kinds.contains(&collection),
            "no {collection} among {kinds:?}"
        );
    }

    // Errors have a body of the same schema.
    let missing = curl(&[
        "-H",
        "Accept: application/xml",
        &format!("{base}machines/nobody"),
    ])
    .is(404);
    documents.push(missing.body.clone());
    whole.push(missing.body);
    // Expanded references and collections.
    let expanded = curl(&[
        "-H",
        "Accept: application/xml",
        &format!("{uri}?$expand=disks"),
    ])
    .is(200);
    assert!(expanded.body.contains("<Disk>"), "{}", expanded.body);
    documents.push(without_known_defects(&expanded.body, &mut defects));
    whole.push(expanded.body);

    oracle::validate(&root().join("xsd/cimi-rest.xsd"), &whole);
    if let Some(schema) = oracle::schema("cimi/dsp8009_1.0.2.xsd") {
        oracle::validate(&schema, &documents);
    }
}
