//! Three processes: a client that somebody else wrote, a bridge, and the cloud behind it.

use serde_json::{Value, json};

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup, eventually};
use crate::http;
use crate::oracle;
use crate::rest::{CIMI, Rest, href, instance_id, items};

/// A cloud, and a bridge in front of it.
fn pair() -> (Bridge, Bridge) {
    let cloud = Bridge::demo();
    let bridge = Setup::behind(&cloud).start();
    (cloud, bridge)
}

#[test]
fn pypsrp_manages_a_cloud_behind_the_bridge() {
    let (_cloud, bridge) = pair();
    oracle::client("wsman_pypsrp.py", &bridge);
}

#[test]
fn dracclient_manages_a_cloud_behind_the_bridge() {
    let (_cloud, bridge) = pair();
    oracle::client("wsman_dracclient.py", &bridge);
}

#[test]
fn pywinrm_manages_a_cloud_behind_the_bridge() {
    let (_cloud, bridge) = pair();
    oracle::client("wsman_pywinrm.py", &bridge);
}

#[test]
fn napalm_amt_manages_a_cloud_behind_the_bridge() {
    let (_cloud, bridge) = pair();
    oracle::napalm_amt("wsman_napalm_amt.py", &bridge);
}

#[test]
fn meshcentral_manages_a_cloud_behind_the_bridge() {
    let (_cloud, bridge) = pair();
    oracle::node("wsman_meshcentral.js", &bridge);
}

/// The same identifiers and attributes on both sides, and what one changes the other sees.
#[test]
fn the_bridge_shows_the_cloud_as_it_is() {
    let (cloud, bridge) = pair();
    let (there, here) = (Rest::admin(&cloud), Rest::admin(&bridge));
    let strip = |base: &Bridge, value: &Value| -> Value {
        let text = value.to_string().replace(base.url(), "BASE");
        serde_json::from_str(&text).expect("JSON")
    };
    for name in ["machines", "volumes", "machineConfigs", "jobs"] {
        let sorted = |rest: &Rest, base: &Bridge| {
            let mut all: Vec<_> = rest.items(name).iter().map(|i| strip(base, i)).collect();
            all.sort_by_key(|item| item["id"].to_string());
            all
        };
        assert_eq!(sorted(&here, &bridge), sorted(&there, &cloud), "{name}");
    }
    let machine = here.create_machine("made-through-the-bridge", "STOPPED");
    let id = instance_id(&machine);
    let same = format!("{}/cimi/{id}", cloud.url());
    assert_eq!(there.get(&same)["name"], "made-through-the-bridge");
    here.wait_for(&machine, "STOPPED");
    here.act(&machine, "start");
    there.wait_for(&same, "STARTED");
    here.wait_for(&machine, "STARTED");
    let changed = here.json(
        "PUT",
        &format!("{machine}?$select=name"),
        &json!({"name": "renamed"}),
    );
    assert_eq!(changed.status, 200, "{}", changed.text());
    assert_eq!(there.get(&same)["name"], "renamed");
    let disks = items(&here.get(&href(&here.get(&machine)["disks"])));
    assert!(!disks.is_empty());
}

/// Two clouds side by side; one of them dies, and the other does not notice.
#[test]
fn several_clouds_are_one_and_each_its_own() {
    let cloud = Bridge::demo();
    let secret = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(secret.path(), PASSWORD).expect("the password file");
    let mut setup = Setup::demo().config(&format!(
        "[[cloud]]\nname = \"private\"\nkind = \"embedded\"\n\n[[cloud]]\nname = \"public\"\nkind = \"rest\"\n\
         url = \"{}/cimi/\"\nuser = \"{ADMIN}\"\npassword_file = \"{}\"\n",
        cloud.url(),
        secret.path().display()
    ));
    setup.demo = true;
    let bridge = setup.start();
    let rest = Rest::admin(&bridge);
    let base = bridge.url();
    let all = items(&rest.get(&format!("{base}/cimi/machines")));
    let of = |name: &str| {
        let front = format!("{base}/cimi/c/{name}/");
        all.iter()
            .filter(|m| m["id"].as_str().is_some_and(|id| id.starts_with(&front)))
            .count()
    };
    assert_eq!((of("private"), of("public"), all.len()), (2, 2, 4));
    for name in ["private", "public"] {
        let own = items(&rest.get(&format!("{base}/cimi/{name}/machines")));
        assert_eq!(own.len(), 2);
        let entry = rest.get(&format!("{base}/cimi/{name}/cloudEntryPoint"));
        assert_eq!(entry["baseURI"], format!("{base}/cimi/{name}/"));
    }
    let machine = all
        .iter()
        .find(|m| m["id"].as_str().is_some_and(|id| id.contains("/c/public/")))
        .expect("a public machine");
    let disks = items(&rest.get(&href(&machine["disks"])));
    assert!(
        disks[0]["id"]
            .as_str()
            .is_some_and(|id| id.contains("/c/public/"))
    );

    // An image of the one becomes an image of the other, however it is named.
    let body = json!({
        "resourceURI": format!("{CIMI}MachineImage"), "name": "travels",
        "imageLocation": "https://images.example/travels.qcow2",
    });
    let original = rest.json("POST", &format!("{base}/cimi/public/machineImages"), &body);
    let original = original.header("location").expect("Location").to_owned();
    let id = instance_id(&original).trim_start_matches("public/");
    eventually("the image is there", || {
        (rest.get(&original)["state"] == "AVAILABLE").then_some(())
    });
    for location in [original.clone(), format!("{base}/cimi/c/public/{id}")] {
        let body =
            json!({ "resourceURI": format!("{CIMI}MachineImage"), "imageLocation": location });
        let copy = rest.json("POST", &format!("{base}/cimi/private/machineImages"), &body);
        assert!([201, 202].contains(&copy.status), "{}", copy.text());
        let copy = rest.get(copy.header("location").expect("Location"));
        assert_eq!(copy["name"], "travels");
        assert_eq!(
            copy["imageLocation"],
            "https://images.example/travels.qcow2"
        );
    }

    drop(cloud);
    let answer = rest.send("GET", &format!("{base}/cimi/machines"), "", b"");
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert!(
        answer.text().contains("The cloud `public`"),
        "{}",
        answer.text()
    );
    let own = items(&rest.get(&format!("{base}/cimi/private/machines")));
    assert_eq!(own.len(), 2);
}

/// One request in all its forms, for administrators only, without anybody's password.
#[test]
fn a_request_is_explained_on_the_way_through_the_bridge() {
    let (_cloud, bridge) = pair();
    bridge.add_user("olga", "another secret", &["--role", "operator"]);
    let machine =
        instance_id(&items(&Rest::admin(&bridge).get("/cimi/machines"))[0]["id"].to_string())
            .trim_end_matches('"')
            .to_owned();
    let get = |user: &str, password: &str, form: &str| {
        let login = http::basic(user, password);
        let headers = [
            ("Authorization", login.as_str()),
            ("CIMI-Bridge-Explain", form),
        ];
        http::send(
            bridge.authority(),
            "GET",
            &format!("/cimi/{machine}"),
            &headers,
            b"",
        )
    };
    let told = get(ADMIN, PASSWORD, "json");
    assert_eq!(told.status, 200, "{}", told.text());
    let steps: Value = serde_json::from_slice(&told.body).expect("JSON");
    let places: Vec<_> = steps
        .as_array()
        .expect("steps")
        .iter()
        .map(|step| step["place"].clone())
        .collect();
    let expected = [
        "request",
        "operation",
        "sent",
        "received",
        "outcome",
        "answer",
    ];
    let mut wanted = expected.iter();
    let mut next = wanted.next();
    for place in &places {
        if next.is_some_and(|name| place == name) {
            next = wanted.next();
        }
    }
    assert_eq!(next, None, "{places:?}");
    let text = get(ADMIN, PASSWORD, "text").text();
    assert!(
        text.contains("GET /cimi/") && text.contains("sent to the cloud behind"),
        "{text}"
    );
    for told in [told.text(), text] {
        assert!(
            !told.contains(PASSWORD) && !told.to_lowercase().contains("authorization"),
            "{told}"
        );
    }
    let refused = get("olga", "another secret", "json");
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert!(!refused.text().contains("\"place\""), "{}", refused.text());
}

/// Callers reach the cloud as who they are: with their own login, or with the one that they are mapped to.
#[test]
fn logins_are_passed_on_or_mapped() {
    let cloud = Bridge::demo();
    cloud.add_user("reader", "first secret", &["--role", "reader"]);
    cloud.add_user("anna-there", "second secret", &["--role", "operator"]);
    let create = |rest: &Rest| {
        let body = json!({ "resourceURI": format!("{CIMI}VolumeConfiguration"), "name": "n", "capacity": 1 });
        rest.json("POST", "/cimi/volumeConfigs", &body).status
    };
    // As they come. The cloud decides, whatever role there is here.
    let own = format!(
        "[[cloud]]\nname = \"far\"\nkind = \"rest\"\nurl = \"{}/cimi/\"\ncredentials = \"caller\"\n",
        cloud.url()
    );
    let setup = Setup {
        demo: false,
        ..Setup::demo().config(&own)
    };
    let bridge = setup.start();
    bridge.add_user("reader", "first secret", &["--role", "admin"]);
    assert_eq!(create(&Rest::admin(&bridge)), 201);
    let reader = Rest::user(&bridge, "reader", "first secret");
    assert_eq!(reader.items("machines").len(), 2);
    assert_eq!(create(&reader), 403);
    drop(bridge);

    let secret = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(secret.path(), "second secret\n").expect("the password file");
    let mapped = format!(
        "[[cloud]]\nname = \"far\"\nkind = \"wsman\"\nurl = \"{}/wsman\"\n[[cloud.login]]\ncaller = \"anna\"\n\
         user = \"anna-there\"\npassword_file = \"{}\"\n",
        cloud.url(),
        secret.path().display()
    );
    let setup = Setup {
        demo: false,
        ..Setup::demo().config(&mapped)
    };
    let bridge = setup.start();
    bridge.add_user("anna", "her own", &["--role", "operator"]);
    let anna = Rest::user(&bridge, "anna", "her own");
    assert_eq!(create(&anna), 201);
    let nobody = Rest::admin(&bridge).send("GET", "/cimi/machines", "", b"");
    assert_eq!(nobody.status, 403, "{}", nobody.text());
    assert!(nobody.text().contains("`far`"), "{}", nobody.text());
    assert!(!bridge.output().contains("secret"));
}
