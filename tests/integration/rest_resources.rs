//! CIMI REST beyond machines: volumes and their attachments, secrets, and what a query can ask for.

use serde_json::{Value, json};

use crate::bridge::{Bridge, eventually};
use crate::curl::json_of;
use crate::rest::{CIMI, Rest, href, items, operation};
use crate::soap::{Message, Wsman};

#[test]
fn volumes_are_made_attached_and_detached() {
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
