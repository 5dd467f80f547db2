//! Three processes: a client that somebody else wrote, a bridge, and the cloud behind it.

use serde_json::{Value, json};

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup};
use crate::oracle;
use crate::rest::{Rest, href, instance_id, items};

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
