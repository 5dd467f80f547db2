//! Classes of a vendor, loaded when the service starts (`serve --mof`): their instances live in every
//! binding that has a name for them.

use serde_json::json;

use crate::bridge::{Bridge, Setup, root};
use crate::rest::{Rest, href, instance_id, items};
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

    // Described, with the types that no standard tells.
    let described = rest.items("resourceMetadata");
    let described = described.iter().find(|item| item["name"] == "ACME_Fan");
    let attributes = described.expect("a description")["attributes"].clone();
    for (name, kind) in [("speed", "integer"), ("cools", "ref")] {
        let of = attributes.as_array().expect("a list").iter();
        let attribute = of.clone().find(|a| a["name"] == name);
        assert_eq!(attribute.expect(name)["type"], kind, "{attributes}");
    }

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

/// What a console asks first: which types there are, in which collections, with which attributes.
#[test]
fn the_classes_of_a_vendor_are_announced() {
    let bridge = bridge();
    let rest = Rest::admin(&bridge);
    let entry = rest.get("/cimi/cloudEntryPoint");
    assert!(entry["fans"]["href"].is_string(), "{entry}");
    let described = rest.items("resourceMetadata");
    let of = |type_uri: &str| {
        let found = described.iter().find(|d| {
            d["typeURI"]
                .as_str()
                .is_some_and(|uri| uri.ends_with(type_uri))
        });
        found.unwrap_or_else(|| panic!("nobody describes {type_uri}"))
    };
    let fan = of("/ACME_Fan");
    assert_eq!(fan["name"], "ACME_Fan");
    let attributes = fan["attributes"].as_array().expect("attributes");
    let attribute = |name: &str| {
        let mut all = attributes.iter();
        all.find(|a| a["name"] == name)
            .unwrap_or_else(|| panic!("{name} is not in {fan}"))
    };
    assert_eq!(attribute("speed")["required"], false);
    attribute("material");
    of("/ACME_Blade");
    // A class with keys of its own has no place in REST, and WS-Management knows it all the same.
    assert!(entry.get("racks").is_none());
    let wsman = Wsman::admin(&bridge);
    let reply = wsman.call(&Message::enumerate("ACME_Rack", OPTIMISED)).ok();
    assert_eq!(reply.texts("Room"), Vec::<String>::new());
}

/// XML as JSON: made, read, changed, filtered, deleted.
#[test]
fn a_resource_of_a_vendor_is_served_in_xml_and_found_by_filters() {
    let bridge = bridge();
    let rest = Rest::admin(&bridge);
    let fans = rest.collection("fans");
    let type_uri = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/ACME_Fan";
    let body = r#"<ACME_Fan xmlns="http://schemas.dmtf.org/cimi/1"><name>left</name><speed>1200</speed><material>2</material></ACME_Fan>"#;
    let made = rest.send("POST", &fans, "application/xml", body.as_bytes());
    assert_eq!(made.status, 201, "{}", made.text());
    for (name, speed) in [("middle", 300), ("right", 900)] {
        let body = json!({ "resourceURI": type_uri, "name": name, "speed": speed });
        let made = rest.json("POST", &fans, &body);
        assert_eq!(made.status, 201, "{}", made.text());
    }
    let found = rest.get(&format!("{fans}?$filter=speed%3E500"));
    let mut names: Vec<_> = items(&found)
        .iter()
        .map(|fan| fan["name"].as_str().unwrap_or_default().to_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["left", "right"]);

    let left = items(&found)
        .into_iter()
        .find(|fan| fan["name"] == "left")
        .expect("the fan");
    assert_eq!(left["material"], 2);
    let uri = left["id"].as_str().expect("a URI").to_owned();
    let xml = crate::curl::curl(&["-H", "Accept: application/xml", &uri])
        .is(200)
        .body;
    assert!(
        xml.contains("<ACME_Fan") && xml.contains("<speed>1200</speed>"),
        "{xml}"
    );
    let changed = xml.replace("<speed>1200</speed>", "<speed>7</speed>");
    let answer = rest.send("PUT", &uri, "application/xml", changed.as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(rest.get(&uri)["speed"], 7);
    let wrong = xml.replace("<speed>1200</speed>", "<speed>fast</speed>");
    let answer = rest.send("PUT", &uri, "application/xml", wrong.as_bytes());
    assert_eq!(answer.status, 400, "{}", answer.text());
    assert!(answer.text().contains("speed"), "{}", answer.text());
    assert!(matches!(rest.delete(&uri).status, 200 | 202 | 204));
    assert!(rest.find(&uri).is_none());
}

#[test]
fn parts_and_members_of_a_vendor_are_collections_and_associations() {
    let mut bridge = bridge();
    let rest = Rest::admin(&bridge);
    let wsman = Wsman::admin(&bridge);
    let made = rest.json(
        "POST",
        &rest.collection("fans"),
        &json!({ "name": "left", "speed": 1 }),
    );
    assert_eq!(made.status, 201, "{}", made.text());
    let fan = rest.items("fans").remove(0);
    let fan_uri = fan["id"].as_str().expect("a URI").to_owned();
    let fan_id = instance_id(&fan_uri).to_owned();

    // A part: made in the collection of its owner, walked to over WS-Management.
    let blades = href(&fan["blades"]);
    let made = rest.json("POST", &blades, &json!({ "name": "first", "length": 30 }));
    assert_eq!(made.status, 201, "{}", made.text());
    let blade = items(&rest.get(&blades)).remove(0);
    assert_eq!(blade["length"], 30);
    let blade_uri = blade["id"].as_str().expect("a URI").to_owned();
    let of_fan = format!(
        "<wsman:OptimizeEnumeration/><wsman:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter\">\
         <a:AssociatedInstances xmlns:a=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd\"><a:Object>\
         <wsa:Address>http://127.0.0.1/wsman</wsa:Address><wsa:ReferenceParameters>\
         <wsman:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/ACME_Fan</wsman:ResourceURI>\
         <wsman:SelectorSet><wsman:Selector Name=\"InstanceID\">{fan_id}</wsman:Selector></wsman:SelectorSet>\
         </wsa:ReferenceParameters></a:Object><a:AssociationClassName>ACME_FanBlade</a:AssociationClassName>\
         </a:AssociatedInstances></wsman:Filter>"
    );
    let reply = wsman.call(&Message::enumerate("*", &of_fan)).ok();
    assert_eq!(
        reply.texts("Length"),
        ["30"],
        "{}",
        reply.text("Items").unwrap_or_default()
    );

    // A member: a resource between two others.
    let machine = rest.create_machine("cooled", "STOPPED");
    let fans_of = href(&rest.get(&machine)["fans"]);
    let made = rest.json(
        "POST",
        &fans_of,
        &json!({ "slot": "rear", "fan": { "href": fan_uri } }),
    );
    assert!(matches!(made.status, 201 | 202), "{}", made.text());
    let member = items(&rest.get(&fans_of)).remove(0);
    assert_eq!(member["slot"], "rear");
    assert_eq!(href(&member["fan"]), fan_uri);
    let reply = wsman
        .call(&Message::enumerate("ACME_MachineFan", OPTIMISED))
        .ok();
    assert_eq!(reply.texts("Slot"), ["rear"]);

    // A method of a vendor has no code behind it, and says so.
    let fault = wsman
        .call(&Message::invoke(
            "ACME_Fan",
            &fan_id,
            "Spin",
            &[("Speed", "3")],
        ))
        .fault();
    assert!(fault.reason.contains("Spin"), "{fault:?}");

    // All of it is there after a power cut, and a part ends with its owner.
    drop((rest, wsman));
    bridge.crash_and_restart();
    let rest = Rest::admin(&bridge);
    let path = |uri: &str| format!("/cimi/{}", instance_id(uri));
    assert_eq!(rest.get(&path(&blade_uri))["length"], 30);
    assert_eq!(rest.get(&path(&fan_uri))["speed"], 1);
    let members = href(&rest.get(&path(&machine))["fans"]);
    assert_eq!(items(&rest.get(&members)).len(), 1);
    let member = items(&rest.get(&members)).remove(0);
    assert!(matches!(
        rest.delete(member["id"].as_str().expect("a URI")).status,
        200 | 202 | 204
    ));
    assert!(matches!(
        rest.delete(&path(&fan_uri)).status,
        200 | 202 | 204
    ));
    assert!(rest.find(&path(&blade_uri)).is_none());
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
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    for part in [
        "error[E0201]",
        "broken.mof:1:18",
        "did you mean `CIMI_Resource`?",
    ] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    assert!(!data.join("store.redb").exists());
}

/// Instances that the MOF declares are there in every binding, with what they refer to, and are made once.
#[test]
fn declared_instances_are_there_and_stay_what_clients_make_of_them() {
    let mof = root().join("tests/fixtures/mof/acme-instances.mof");
    let mof = mof.to_str().expect("UTF-8");
    let mut bridge = Setup::demo().arguments(&["--mof", mof]).start();
    let rest = Rest::admin(&bridge);
    let wsman = Wsman::admin(&bridge);

    // JSON: an alias is a reference, an array has numbers, a structure its members.
    let sensor = rest.get("/cimi/sensors/inlet");
    assert_eq!(instance_id(&href(&sensor["fan"])), "fans/left");
    assert_eq!(
        sensor["last"],
        json!({ "time": "2026-11-25T12:00:00Z", "degrees": -7 })
    );
    assert_eq!(
        sensor["readings"],
        json!([{ "degrees": 1 }, { "degrees": 2 }])
    );
    assert_eq!(sensor["limits"], json!([1, 2.5]));
    let fan = rest.get("/cimi/fans/left");
    assert_eq!(fan["description"], "A \"quoted\" café");
    assert_eq!(fan["material"], 1, "a default of the class");
    assert_eq!(items(&rest.get("/cimi/fans/left/blades"))[0]["length"], 30);
    let members = items(&rest.get("/cimi/machines/web/fans"));
    assert_eq!(members[0]["slot"], "rear");
    assert_eq!(instance_id(&href(&members[0]["fan"])), "fans/left");
    // A machine of the model can be started as any other.
    assert_eq!(rest.get("/cimi/machines/web")["state"], "STOPPED");

    // XML.
    let xml = crate::curl::curl(&[
        "-H",
        "Accept: application/xml",
        &format!("{}/cimi/sensors/inlet", bridge.url()),
    ])
    .is(200)
    .body;
    assert!(
        xml.contains("<last><time>2026-11-25T12:00:00Z</time><degrees>-7</degrees></last>"),
        "{xml}"
    );

    // WS-Management: Get, Enumerate, keys of its own, references.
    let reply = wsman
        .call(&Message::get("ACME_Sensor", "sensors/inlet"))
        .ok();
    assert_eq!(reply.texts("Degrees"), ["-7", "1", "2"]);
    let reply = wsman.call(&Message::enumerate("ACME_Rack", OPTIMISED)).ok();
    assert_eq!(reply.texts("Room"), ["cellar \"2\""]);
    let reply = wsman
        .call(&Message::enumerate("ACME_RackFan", OPTIMISED))
        .ok();
    assert_eq!(reply.texts("Side"), ["front"]);
    let selectors = reply.texts("Selector");
    for key in ["fans/left", "cellar \"2\"", "7"] {
        assert!(selectors.iter().any(|s| s == key), "{key}: {selectors:?}");
    }
    // Got by its keys, which are references, one of them to something with keys of its own in any order.
    let end = |class: &str, keys: &[(&str, &str)]| {
        let selectors: String = keys
            .iter()
            .map(|(name, value)| {
                format!("<wsman:Selector Name=\"{name}\">{value}</wsman:Selector>")
            })
            .collect();
        format!(
            "<wsa:EndpointReference><wsa:Address>http://127.0.0.1/wsman</wsa:Address><wsa:ReferenceParameters>\
             <wsman:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/{class}</wsman:ResourceURI>\
             <wsman:SelectorSet>{selectors}</wsman:SelectorSet></wsa:ReferenceParameters></wsa:EndpointReference>"
        )
    };
    let rack = end("ACME_Rack", &[("Number", "7"), ("Room", "cellar \"2\"")]);
    let fan = end("ACME_Fan", &[("InstanceID", "fans/left")]);
    let reply = wsman
        .call(
            &Message::new(&format!("{TRANSFER}/Get"), "ACME_RackFan").header(&format!(
                "<wsman:SelectorSet><wsman:Selector Name=\"Fan\">{fan}</wsman:Selector>\
                 <wsman:Selector Name=\"Rack\">{rack}</wsman:Selector></wsman:SelectorSet>"
            )),
        )
        .ok();
    assert_eq!(reply.value("Side"), "front");
    let reply = wsman
        .call(&Message::enumerate("ACME_FanBlade", OPTIMISED))
        .ok();
    assert_eq!(reply.texts("PartComponent").len(), 1);

    // What clients change and delete: the first stays changed, the second comes back. Later parts have later numbers.
    wsman
        .call(&Message::put("ACME_Fan", "fans/left", &[("Speed", "300")]))
        .ok();
    wsman
        .call(&Message::delete("ACME_Sensor", "sensors/inlet"))
        .ok();
    let made = rest.json("POST", "/cimi/fans/left/blades", &json!({ "length": 4 }));
    assert_eq!(made.status, 201, "{}", made.text());
    drop((rest, wsman));
    bridge.crash_and_restart();
    let rest = Rest::admin(&bridge);
    assert_eq!(rest.get("/cimi/fans/left")["speed"], 300);
    assert_eq!(rest.items("fans").len(), 1);
    assert_eq!(rest.items("sensors").len(), 1);
    assert_eq!(rest.get("/cimi/fans/left/blades/2")["length"], 4);

    // An association that is nothing but itself goes with what it associates.
    assert!(matches!(
        rest.delete("/cimi/fans/left").status,
        200 | 202 | 204
    ));
    let wsman = Wsman::admin(&bridge);
    let reply = wsman
        .call(&Message::enumerate("ACME_RackFan", OPTIMISED))
        .ok();
    assert_eq!(reply.texts("Side"), Vec::<String>::new());
}

/// An instance with a mistake: nothing is served, and the file and line are named.
#[test]
fn a_declared_instance_with_a_mistake_is_told_with_its_place() {
    let acme = root().join("tests/fixtures/mof/acme.mof");
    let acme = acme.to_str().expect("UTF-8");
    let folder = tempfile::tempdir().expect("a folder");
    let mof = folder.path().join("mine.mof");
    let data = folder.path().join("data");
    for (text, told) in [
        (
            "instance of ACME_Fann { InstanceID = \"fans/1\"; };",
            "mine.mof:2:13",
        ),
        ("instance of ACME_Rack { Room = \"a\"; };", "`Number`"),
        (
            "instance of ACME_Rack { Room = \"a\"; Number = \"b\"; };",
            "mine.mof:2:46",
        ),
        (
            "instance of ACME_Fan { InstanceID = \"left\"; };",
            "mine.mof:2:13: The InstanceID of a ACME_Fan is fans/NAME",
        ),
        (
            "instance of ACME_Fan { InstanceID = \"fans/1\"; Cools = \"machines/none\"; };",
            "mine.mof:2:13: Cools: there is no CIMI_Machine machines/none.",
        ),
        (
            "instance of ACME_Blade { InstanceID = \"fans/none/blades/1\"; };",
            "there is no ACME_Fan fans/none that it is a part of",
        ),
        (
            "instance of CIMI_Job { InstanceID = \"jobs/1\"; };",
            "it cannot be declared",
        ),
        (
            "instance of ACME_FanBlade { GroupComponent = $F; PartComponent = $B; };\n\
             instance of ACME_Fan as $F { InstanceID = \"fans/1\"; };\n\
             instance of ACME_Fan as $G { InstanceID = \"fans/2\"; };\n\
             instance of ACME_Blade as $B { InstanceID = \"fans/2/blades/1\"; };",
            "the InstanceID of a part is fans/1/blades/NAME",
        ),
    ] {
        std::fs::write(&mof, format!("// {told}\n{text}\n")).expect("a file");
        let output = crate::bridge::run(&[
            "serve",
            "--demo",
            "--listen",
            "127.0.0.1:0",
            "--data",
            data.to_str().expect("UTF-8"),
            "--mof",
            acme,
            mof.to_str().expect("UTF-8"),
        ]);
        assert_eq!(output.status.code(), Some(1), "{text}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(told), "{told} is not in\n{said}");
        assert!(said.contains("mine.mof:2:"), "no place is in\n{said}");
    }
}

/// A class with letters that no URI has: they are percent-encoded in namespaces and resource URIs, and both spellings
/// are taken.
#[test]
fn a_class_with_letters_of_any_script_is_served() {
    const ENCODED: &str = "ACME_L%C3%BCfter";
    let folder = tempfile::tempdir().expect("a folder");
    let mof = folder.path().join("letters.mof");
    std::fs::write(
        &mof,
        "class ACME_Lüfter : CIMI_Resource { [Write] uint32 Höhe; };\n\
         instance of ACME_Lüfter { InstanceID = \"lüfters/a\"; Höhe = 3; };",
    )
    .expect("a file");
    let mof = mof.to_str().expect("UTF-8");
    let bridge = Setup::demo().arguments(&["--mof", mof]).start();
    let wsman = Wsman::admin(&bridge);
    for class in [ENCODED, "ACME_Lüfter"] {
        let reply = wsman.call(&Message::get(class, "lüfters/a")).ok();
        assert_eq!(reply.value("Höhe"), "3");
        let namespace = format!("cim-schema/2/{ENCODED}\"");
        assert!(reply.xml.contains(&namespace), "{}", reply.xml);
    }
    let rest = Rest::admin(&bridge);
    let all = rest.items("lüfters");
    assert_eq!(all[0]["höhe"], 3);
    assert_eq!(rest.get("/cimi/l%C3%BCfters/a")["höhe"], 3);
}
