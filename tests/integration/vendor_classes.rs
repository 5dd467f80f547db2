//! Classes of a vendor, loaded when the service starts (`serve --mof`): their instances live in every
//! binding that has a name for them.

use serde_json::json;

use crate::bridge::{Bridge, Setup, root};
use crate::rest::Rest;
use crate::soap::{Message, TRANSFER, Wsman, element};

const OPTIMISED: &str = "<wsman:OptimizeEnumeration/><wsman:MaxElements>100</wsman:MaxElements>";

fn bridge() -> Bridge {
    let mof = root().join("tests/fixtures/mof/acme.mof");
    let mof = mof.to_str().expect("UTF-8");
    Setup::demo().arguments(&["--mof", mof]).start()
}

#[test]
fn a_resource_of_a_vendor_lives_in_both_bindings() {
    let bridge = bridge();
    let wsman = Wsman::admin(&bridge);
    let rest = Rest::admin(&bridge);

    // Made over WS-Management, with a default from the MOF.
    let reply = wsman
        .call(&Message::create(
            "ACME_Fan",
            "ACME_Fan",
            &[("ElementName", "left"), ("Speed", "1200")],
        ))
        .ok();
    let id = reply.selector("InstanceID").expect("a key");
    assert!(id.starts_with("fans/"), "{id}");
    let reply = wsman.call(&Message::get("ACME_Fan", &id)).ok();
    assert_eq!(reply.value("Speed"), "1200");
    assert_eq!(reply.value("Material"), "1");

    // Seen over REST, in the collection that follows from the name of the class.
    let items = rest.items("fans");
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(items[0]["speed"], 1200);
    assert_eq!(items[0]["name"], "left");
    let uri = items[0]["id"].as_str().expect("a URI").to_owned();
    assert!(uri.ends_with(&id), "{uri}");

    // Changed over REST, seen over WS-Management.
    let mut fan = items[0].clone();
    fan["speed"] = json!(900);
    let answer = rest.json("PUT", &uri, &fan);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let reply = wsman.call(&Message::get("CIMI_Resource", &id)).ok();
    assert_eq!(reply.value("Speed"), "900");

    // Changed over WS-Management, made over REST, enumerated, deleted.
    wsman
        .call(&Message::put("ACME_Fan", &id, &[("Speed", "300")]))
        .ok();
    assert_eq!(rest.get(&uri)["speed"], 300);
    let answer = rest.json(
        "POST",
        &rest.collection("fans"),
        &json!({ "name": "right", "speed": 7, "material": 2 }),
    );
    assert!(matches!(answer.status, 201 | 202), "{}", answer.text());
    let reply = wsman.call(&Message::enumerate("ACME_Fan", OPTIMISED)).ok();
    let mut names = reply.texts("ElementName");
    names.sort();
    assert_eq!(names, ["left", "right"]);
    wsman.call(&Message::delete("ACME_Fan", &id)).ok();
    assert!(rest.find(&uri).is_none());
}

#[test]
fn an_instance_with_keys_of_its_own_lives_in_ws_management() {
    let bridge = bridge();
    let wsman = Wsman::admin(&bridge);
    let rack = |action: &str| {
        Message::new(&format!("{TRANSFER}/{action}"), "ACME_Rack")
            .selector("Room", "cellar \"2\"")
            .selector("Number", "7")
    };
    let body = [
        ("FreeUnits", "12"),
        ("Number", "7"),
        ("Room", "cellar \"2\""),
    ];
    let create = Message::create("ACME_Rack", "ACME_Rack", &body);
    let reply = wsman.call(&create).ok();
    assert_eq!(reply.selector("Number").as_deref(), Some("7"));
    // The same keys again are somebody else's.
    assert_eq!(
        wsman.call(&create).fault().subcode.as_deref(),
        Some("AlreadyExists")
    );
    assert_eq!(wsman.call(&rack("Get")).ok().value("FreeUnits"), "12");
    wsman
        .call(&rack("Put").body(&element("ACME_Rack", "ACME_Rack", &[("FreeUnits", "3")])))
        .ok();
    let reply = wsman.call(&Message::enumerate("ACME_Rack", OPTIMISED)).ok();
    assert_eq!(reply.texts("FreeUnits"), ["3"]);
    assert_eq!(reply.texts("Room"), ["cellar \"2\""]);
    // A key that is missing is an error that says so.
    let fault = wsman
        .call(&Message::create(
            "ACME_Rack",
            "ACME_Rack",
            &[("Number", "8")],
        ))
        .fault();
    assert!(fault.reason.contains("Room"), "{fault:?}");
    wsman.call(&rack("Delete")).ok();
    assert_eq!(wsman.call(&rack("Get")).fault().code, "Sender");
}

#[test]
fn mof_with_mistakes_is_explained_before_anything_is_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let mof = folder.path().join("broken.mof");
    std::fs::write(&mof, "class ACME_Fan : CIMI_Resourse { uint32 Speed; };").expect("a file");
    let data = folder.path().join("data");
    let output = crate::bridge::run(&[
        "serve",
        "--demo",
        "--listen",
        "127.0.0.1:0",
        "--data",
        data.to_str().expect("UTF-8"),
        "--mof",
        mof.to_str().expect("UTF-8"),
    ]);
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("CIMI_Resourse") && said.contains("CIMI_Resource"),
        "{said}"
    );
}
