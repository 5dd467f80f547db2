//! Every XML body that the service sends is valid by the official schema, DSP8009.

use std::collections::{BTreeSet, VecDeque};

use roxmltree::{Document, Node};
use serde_json::json;

use crate::bridge::Bridge;
use crate::curl::curl;
use crate::oracle;
use crate::rest::{CIMI, Rest, href};

/// What DSP8009 1.0.2 does not allow although DSP0263 demands it, taken out before validation: the common
/// attributes and the operations of a Disk, and operations inside a Job collection.
fn without_known_defects(document: &str) -> String {
    let parsed = Document::parse(document).expect("well-formed XML");
    let collection = parsed
        .root_element()
        .attribute("resourceURI")
        .unwrap_or_default()
        .to_owned();
    let name = |node: Node<'_, '_>| node.tag_name().name().to_owned();
    let defect = |node: &Node<'_, '_>| {
        let Some(parent) = node.parent() else {
            return false;
        };
        let (name, parent) = (name(*node), name(parent));
        (parent == "Disk" && !["capacity", "format", "initialLocation"].contains(&name.as_str()))
            || (parent == "Job" && name == "operation" && collection.ends_with("JobCollection"))
    };
    let mut text = document.to_owned();
    let mut cuts: Vec<_> = parsed
        .descendants()
        .filter(|node| node.is_element() && defect(node))
        .map(|node| node.range())
        .collect();
    cuts.reverse();
    for cut in cuts {
        text.replace_range(cut, "");
    }
    text
}

#[test]
fn every_xml_body_is_valid_by_dsp8009() {
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
    let mut documents = Vec::new();
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
        documents.push(without_known_defects(&got.body));
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
    documents.push(missing.body);
    // Expanded references and collections.
    let expanded = curl(&[
        "-H",
        "Accept: application/xml",
        &format!("{uri}?$expand=disks"),
    ])
    .is(200);
    assert!(expanded.body.contains("<Disk>"), "{}", expanded.body);
    documents.push(without_known_defects(&expanded.body));

    if let Some(schema) = oracle::schema("cimi/dsp8009_1.0.2.xsd") {
        oracle::validate(&schema, &documents);
    }
}
