//! CIMI REST as curl speaks it, in JSON and XML: machines from their creation to their end.

use roxmltree::Document;
use serde_json::json;

use crate::bridge::{Bridge, eventually};
use crate::curl::{curl, json_of};
use crate::rest::{CIMI, Rest, href, items, operation};

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
