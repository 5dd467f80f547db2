//! CIMI REST as curl speaks it, in JSON and XML; what comes back in XML is valid by the official schema.

use std::collections::{BTreeSet, VecDeque};
use std::process::Command;

use roxmltree::{Document, Node};
use serde_json::{Value, json};

use crate::bridge::{ADMIN, Bridge, PASSWORD, eventually};
use crate::oracle;
use crate::rest::{CIMI, Rest, href, items, operation};

/// What curl got.
struct Got {
    status: u16,
    head: String,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    #[track_caller]
    fn json(&self) -> Value {
        assert_eq!(
            self.header("content-type"),
            Some("application/json"),
            "{}",
            self.head
        );
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// Checks the status.
    #[track_caller]
    fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}\n{}", self.head, self.body);
        self
    }
}

/// Runs curl as a user would, with these arguments.
fn curl(arguments: &[&str]) -> Got {
    let output = Command::new("curl")
        .args([
            "--silent",
            "--show-error",
            "--include",
            "--noproxy",
            "*",
            "--max-time",
            "60",
        ])
        .args(["--user", &format!("{ADMIN}:{PASSWORD}")])
        .args(arguments)
        .output()
        .expect("curl is there: `make test` installs it");
    assert!(
        output.status.success(),
        "curl: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    Got {
        status: status.expect("a status"),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

fn json_of(uri: &str) -> Value {
    curl(&["-H", "Accept: application/json", uri])
        .is(200)
        .json()
}

#[test]
fn json_create_start_stop_update_delete() {
    let bridge = Bridge::demo();
    let entry = json_of(&format!("{}/cimi/cloudEntryPoint", bridge.url()));
    assert_eq!(entry["resourceURI"], format!("{CIMI}CloudEntryPoint"));
    assert_eq!(entry["baseURI"], format!("{}/cimi/", bridge.url()));

    // The collection says where to add, and a machine is made from a template, with one value replaced.
    let machines = json_of(&href(&entry["machines"]));
    assert_eq!(machines["resourceURI"], format!("{CIMI}MachineCollection"));
    assert_eq!(machines["count"], 2);
    let templates = json_of(&href(&entry["machineTemplates"]));
    let template = &items(&templates)[0]["id"];
    let create = json!({
        "resourceURI": format!("{CIMI}MachineCreate"),
        "name": "by curl",
        "properties": { "owner": "team-a" },
        "machineTemplate": { "href": template, "initialState": "STOPPED" },
    })
    .to_string();
    let add = operation(&machines, "add").expect("`add` is offered");
    let made = curl(&["-H", "Content-Type: application/json", "-d", &create, &add]);
    assert!(
        matches!(made.status, 201 | 202),
        "{}\n{}",
        made.head,
        made.body
    );
    let uri = made.header("location").expect("Location").to_owned();
    let job = made
        .header("cimi-job-uri")
        .expect("CIMI-Job-URI")
        .to_owned();
    assert!(
        job.starts_with(&format!("{}/cimi/jobs/", bridge.url())),
        "{job}"
    );
    let job = eventually("the job ends", || {
        let job = json_of(&job);
        (job["progress"] == 100).then_some(job)
    });
    assert_eq!(job["state"], "SUCCESS");
    assert_eq!(href(&job["targetResource"]), add);
    let affected = job["affectedResources"]
        .as_array()
        .expect("affected resources");
    assert!(affected.iter().any(|link| href(link) == uri), "{job}");

    let machine = json_of(&uri);
    assert_eq!(machine["properties"]["owner"], "team-a");
    assert_eq!(machine["state"], "STOPPED");
    assert!(
        machine["cpu"].is_u64() && machine["memory"].is_u64(),
        "{machine}"
    );

    // What is offered depends on the state, and what is not offered is a conflict.
    let action = |name: &str| json!({ "resourceURI": format!("{CIMI}Action"), "action": format!("{CIMI}action/{name}") });
    let rel = |name: &str| format!("{CIMI}action/{name}");
    let target = operation(&machine, &rel("start")).expect("start is offered");
    assert_eq!(
        operation(&machine, &rel("stop")),
        None,
        "stop is not offered when stopped"
    );
    let started = curl(&[
        "-H",
        "Content-Type: application/json",
        "-d",
        &action("start").to_string(),
        &target,
    ]);
    assert!(matches!(started.status, 200 | 202), "{}", started.body);
    eventually("it is started", || {
        (json_of(&uri)["state"] == "STARTED").then_some(())
    });
    let again = curl(&[
        "-H",
        "Content-Type: application/json",
        "-d",
        &action("start").to_string(),
        &target,
    ])
    .is(409);
    let error = again.json();
    assert_eq!(error["resourceURI"], format!("{CIMI}Job"));
    assert_eq!(error["state"], "FAILED");
    assert!(
        error["statusMessage"]
            .as_str()
            .expect("a message")
            .contains("STARTED"),
        "{error}"
    );
    let machine = json_of(&uri);
    let target = operation(&machine, &rel("stop")).expect("stop is offered");
    curl(&[
        "-H",
        "Content-Type: application/json",
        "-d",
        &action("stop").to_string(),
        &target,
    ]);
    eventually("it is stopped", || {
        (json_of(&uri)["state"] == "STOPPED").then_some(())
    });

    // A partial update with a precondition: the second with the same ETag comes too late.
    let etag = curl(&[&uri])
        .is(200)
        .header("etag")
        .expect("ETag")
        .to_owned();
    let edit = operation(&json_of(&uri), "edit").expect("`edit` is offered");
    let put = |name: &str| {
        let body = json!({ "name": name }).to_string();
        let condition = format!("If-Match: {etag}");
        let uri = format!("{edit}?$select=name,description");
        curl(&[
            "-X",
            "PUT",
            "-H",
            "Content-Type: application/json",
            "-H",
            &condition,
            "-d",
            &body,
            &uri,
        ])
    };
    put("renamed").is(200);
    put("too late").is(412);
    let machine = json_of(&uri);
    assert_eq!(
        (&machine["name"], machine["properties"]["owner"].as_str()),
        (&json!("renamed"), Some("team-a"))
    );

    // Delete, by the operation that is offered.
    let target = operation(&machine, "delete").expect("`delete` is offered");
    let deleted = curl(&["-X", "DELETE", &target]);
    assert!(matches!(deleted.status, 200 | 202), "{}", deleted.body);
    assert!(deleted.header("cimi-job-uri").is_some());
    eventually("it is gone", || (curl(&[&uri]).status == 404).then_some(()));
}

#[test]
fn xml_create_by_value() {
    let bridge = Bridge::demo();
    let rest = Rest::admin(&bridge);
    let image = rest.items("machineImages").remove(0);
    let body = format!(
        "<MachineCreate xmlns=\"http://schemas.dmtf.org/cimi/1\"><name>by value</name><property key=\"owner\">team-a</property><machineTemplate><initialState>STOPPED</initialState><machineConfig><cpu>2</cpu><memory>4194304</memory><disk><capacity>20000000</capacity><format>ext4</format><initialLocation>/dev/vda</initialLocation></disk></machineConfig><machineImage href={}/></machineTemplate></MachineCreate>",
        image["id"]
    );
    let add = rest.collection("machines");
    let made = curl(&[
        "-H",
        "Content-Type: application/xml",
        "-H",
        "Accept: application/xml",
        "-d",
        &body,
        &add,
    ]);
    assert!(
        matches!(made.status, 201 | 202),
        "{}\n{}",
        made.head,
        made.body
    );
    let uri = made.header("location").expect("Location").to_owned();
    rest.wait_for(&uri, "STOPPED");
    let got = curl(&["-H", "Accept: application/xml", &uri]).is(200);
    assert_eq!(got.header("content-type"), Some("application/xml"));
    let document = Document::parse(&got.body).expect("XML");
    let value = |name: &str| {
        let node = document
            .descendants()
            .find(|node| node.tag_name().name() == name);
        node.and_then(|node| node.text())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(
        document.root_element().tag_name().namespace(),
        Some("http://schemas.dmtf.org/cimi/1")
    );
    assert_eq!(
        [
            value("name"),
            value("cpu"),
            value("memory"),
            value("property")
        ],
        ["by value", "2", "4194304", "team-a"]
    );
    let disks = items(&rest.get(&href(&rest.get(&uri)["disks"])));
    assert_eq!(disks[0]["capacity"], 20_000_000);
}

#[test]
fn volumes_are_made_attached_and_detached() {
    use crate::soap::{Message, Wsman};
    let bridge = Bridge::demo();
    let (rest, wsman) = (Rest::admin(&bridge), Wsman::admin(&bridge));
    let create = json!({
        "resourceURI": format!("{CIMI}VolumeCreate"),
        "name": "by value",
        "volumeTemplate": { "volumeConfig": { "capacity": 5_000_000, "format": "ext4" } },
    });
    let made = rest.json("POST", &rest.collection("volumes"), &create);
    assert!(matches!(made.status, 201 | 202), "{}", made.text());
    assert_eq!(rest.job(&made)["state"], "SUCCESS");
    let volume = made.header("location").expect("Location").to_owned();
    assert_eq!(rest.get(&volume)["capacity"], 5_000_000);

    // In CIMI version 1 an attachment is a resource of its own, a member of both.
    let machine = rest.get("/cimi/machines/demo-backend");
    let volumes = href(&machine["volumes"]);
    let attach = json!({ "initialLocation": "/dev/vdb", "volume": { "href": volume } });
    let target = operation(&rest.get(&volumes), "add").expect("`add` is offered");
    let attached = rest.json("POST", &target, &attach);
    assert!(matches!(attached.status, 201 | 202), "{}", attached.text());
    assert_eq!(rest.job(&attached)["state"], "SUCCESS");
    let membership = items(&rest.get(&volumes)).remove(0);
    assert_eq!(href(&membership["volume"]), volume);
    assert_eq!(membership["initialLocation"], "/dev/vdb");

    // Over WS-Management it is an association with a key, between the two.
    let uri = membership["id"].as_str().expect("an id").to_owned();
    let id = crate::rest::instance_id(&uri);
    let association = wsman.call(&Message::get("CIMI_MachineVolume", id)).ok();
    assert_eq!(association.value("InitialLocation"), "/dev/vdb");
    assert_eq!(
        association.texts("ResourceURI").len(),
        2,
        "{}",
        association.xml
    );
    wsman.call(&Message::delete("CIMI_MachineVolume", id)).ok();
    eventually("it is detached", || {
        items(&rest.get(&volumes)).is_empty().then_some(())
    });
    assert_eq!(
        rest.get(&volume)["name"],
        "by value",
        "the volume itself stays"
    );
}

#[test]
fn a_secret_goes_in_and_never_comes_out() {
    use crate::soap::{Message, Wsman};
    let bridge = Bridge::demo();
    let rest = Rest::admin(&bridge);
    let create = json!({
        "resourceURI": format!("{CIMI}CredentialCreate"),
        "name": "login",
        "credentialTemplate": { "userName": "root", "password": "s3cret-in-clear" },
    });
    let made = rest.json("POST", &rest.collection("credentials"), &create);
    assert!(matches!(made.status, 201 | 202), "{}", made.text());
    let uri = made.header("location").expect("Location").to_owned();
    assert_eq!(rest.job(&made)["state"], "SUCCESS");
    let shown = rest.get(&uri);
    assert_eq!(shown["userName"], "root");
    // A full update without the secret does not clear it, nor does it show.
    let updated = rest.json(
        "PUT",
        &uri,
        &json!({ "name": "login", "userName": "admin" }),
    );
    assert_eq!(updated.status, 200, "{}", updated.text());
    let id = crate::rest::instance_id(&uri);
    let everything = [
        shown.to_string(),
        made.text(),
        updated.text(),
        curl(&["-H", "Accept: application/xml", &uri]).is(200).body,
        rest.get(&rest.collection("credentials")).to_string(),
        rest.get(&rest.collection("jobs")).to_string(),
        Wsman::admin(&bridge)
            .call(&Message::get("CIMI_Credential", id))
            .ok()
            .xml,
        bridge.output(),
    ];
    for text in everything {
        assert!(!text.contains("s3cret-in-clear"), "{text}");
        assert!(!text.to_lowercase().contains("password>"), "{text}");
    }
}

#[test]
fn collections_are_filtered_paged_selected_and_expanded() {
    let bridge = Bridge::demo();
    let rest = Rest::admin(&bridge);
    let machines = format!("{}/cimi/machines", bridge.url());
    let query = |query: &str| json_of(&format!("{machines}?{query}"));
    let started = query("$filter=state=%27STARTED%27");
    assert_eq!(
        (started["count"].as_u64(), items(&started).len()),
        (Some(1), 1)
    );
    let none = query("$filter=state=%27PAUSED%27");
    assert_eq!((none["count"].as_u64(), items(&none).len()), (Some(0), 0));
    let both = query("$filter=state=%27STARTED%27%20or%20cpu%3E1");
    assert_eq!(both["count"], 2);
    // The count is that of the whole, whatever part of it is shown.
    let names = |collection: &Value| -> Vec<_> {
        items(collection)
            .iter()
            .map(|machine| machine["id"].clone())
            .collect()
    };
    let all = names(&query(""));
    let (first, second) = (query("$last=1"), query("$first=2"));
    assert_eq!((&first["count"], &second["count"]), (&json!(2), &json!(2)));
    assert_eq!([names(&first), names(&second)].concat(), all);
    // Selected: what the items have, and nothing else.
    let selected = query("$select=name");
    let machine = items(&selected).remove(0);
    let mut members: Vec<_> = machine
        .as_object()
        .expect("an object")
        .keys()
        .cloned()
        .collect();
    members.sort();
    assert_eq!(members, ["name", "resourceURI"]);
    let uri = all[0].as_str().expect("an id");
    let machine = json_of(&format!("{uri}?$select=state,cpu"));
    assert!(
        machine["state"].is_string() && machine["name"].is_null(),
        "{machine}"
    );
    // Expanded: the target's attributes beside the link.
    let machine = json_of(&format!("{uri}?$expand=disks"));
    assert_eq!(machine["disks"]["count"], 1);
    assert_eq!(items(&machine["disks"]).len(), 1, "{machine}");
    assert_eq!(rest.get(uri)["disks"].as_object().expect("a link").len(), 1);
}

#[test]
fn the_client_chooses_the_format() {
    let bridge = Bridge::demo();
    let uri = format!("{}/cimi/cloudEntryPoint", bridge.url());
    for accept in [
        "application/json",
        "*/*",
        "application/json;q=0.5, text/html",
    ] {
        let got = curl(&["-H", &format!("Accept: {accept}"), &uri]).is(200);
        assert_eq!(
            got.header("content-type"),
            Some("application/json"),
            "{accept}"
        );
    }
    for accept in [
        "application/xml",
        "text/xml",
        "application/xml, application/json;q=0.9",
    ] {
        let got = curl(&["-H", &format!("Accept: {accept}"), &uri]).is(200);
        assert_eq!(
            got.header("content-type"),
            Some("application/xml"),
            "{accept}"
        );
    }
    let format = format!("{uri}?$format=XML");
    let got = curl(&["-H", "Accept: application/json", &format]).is(200);
    assert_eq!(got.header("content-type"), Some("application/xml"));
    curl(&["-H", "Accept: text/html", &uri]).is(406);
    let head = curl(&["--head", &uri]).is(200);
    assert_eq!(head.body, "");
}

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
