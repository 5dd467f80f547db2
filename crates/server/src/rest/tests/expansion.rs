//! `$expand` along paths, and `$select` of what is inside.

use serde_json::{Value, json};

use super::{Cloud, Settings, XML, path};

/// A machine with a volume attached to it.
async fn with_volume(cloud: &Cloud) -> String {
    let machine = "/cimi/machines/demo-backend";
    let attach =
        json!({ "initialLocation": "/dev/vdb", "volume": { "href": "volumes/demo-archive" } });
    cloud
        .send("POST", &format!("{machine}/volumes"), &attach)
        .await
        .is(201);
    machine.to_owned()
}

#[tokio::test]
async fn links_in_targets_are_expanded() {
    let cloud = Cloud::new().await;
    let machine = with_volume(&cloud).await;
    let attached = |machine: &Value| machine["volumes"]["machineVolumes"][0]["volume"].clone();
    let flat = cloud.json(&format!("{machine}?$expand=volumes")).await;
    assert_eq!(attached(&flat).as_object().unwrap().len(), 1, "{flat}");
    for expand in ["volumes/volume", "volumes/*", "*/volume", "*/*"] {
        let deep = cloud.json(&format!("{machine}?$expand={expand}")).await;
        let volume = attached(&deep);
        assert_eq!(volume["name"], "archive", "{expand}: {volume}");
        assert!(volume["images"]["href"].is_string(), "{volume}");
        assert!(volume["operations"].is_array(), "{volume}");
    }
    // On a collection the path begins at the items.
    let all = cloud
        .json("/cimi/machines?$expand=volumes/volume&$filter=name='backend'")
        .await;
    assert_eq!(attached(&all["machines"][0])["name"], "archive");
    let all = cloud
        .json(&format!("{machine}/volumes?$expand=volume"))
        .await;
    assert_eq!(all["machineVolumes"][0]["volume"]["name"], "archive");
    // The same in XML.
    let xml = cloud
        .call(
            "GET",
            &format!("{machine}?$expand=volumes/volume"),
            &[("accept", XML)],
            "",
        )
        .await
        .is(200)
        .text();
    let volume = xml.split("<volume href=").nth(1).unwrap();
    assert!(volume.contains("<name>archive</name>"), "{xml}");
    let got = cloud
        .get(&format!("{machine}?$expand=a/b/c/d/e/f/g/h/i"))
        .await
        .is(400);
    assert!(
        got.message().contains("at most 8 links"),
        "{}",
        got.message()
    );
}

#[tokio::test]
async fn everything_is_expanded() {
    let cloud = Cloud::new().await;
    let machine = cloud.json("/cimi/machines/demo-frontend?$expand=*").await;
    for name in ["disks", "volumes", "networkInterfaces", "snapshots"] {
        assert!(machine[name]["count"].is_u64(), "{name}: {machine}");
    }
    let template =
        cloud.json("/cimi/machineTemplates?$expand=*").await["machineTemplates"][0].clone();
    for name in ["machineConfig", "machineImage", "credential"] {
        assert!(template[name]["id"].is_string(), "{name}: {template}");
    }
    let entry = cloud
        .json("/cimi/cloudEntryPoint?$expand=machines,machineConfigs")
        .await;
    assert_eq!(entry["machines"]["machines"].as_array().unwrap().len(), 2);
    assert_eq!(
        entry["machineConfigs"]["machineConfigurations"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(entry["volumes"].as_object().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_over_the_bound_stays_a_link() {
    let cloud = Cloud::with(Settings {
        expansions: 3,
        ..Settings::default()
    })
    .await;
    let machines = cloud.json("/cimi/machines?$expand=disks").await["machines"].clone();
    let expanded = machines
        .as_array()
        .unwrap()
        .iter()
        .filter(|m| m["disks"]["count"].is_u64());
    assert_eq!(expanded.count(), 2, "{machines}");
    let few = Cloud::with(Settings {
        expansions: 2,
        ..Settings::default()
    })
    .await;
    let machines = few.json("/cimi/machines?$expand=disks").await["machines"].clone();
    let expanded = machines
        .as_array()
        .unwrap()
        .iter()
        .filter(|m| m["disks"]["count"].is_u64());
    assert_eq!(expanded.count(), 1, "{machines}");
}

#[tokio::test]
async fn parts_of_attributes_are_selected_by_a_path() {
    let cloud = Cloud::new().await;
    let machine = with_volume(&cloud).await;
    let got = cloud
        .json(&format!(
            "{machine}?$select=name,disks/capacity&$expand=disks"
        ))
        .await;
    let uri = "http://cloud.example/cimi/machines/demo-backend/disks";
    assert_eq!(
        got,
        json!({
            "resourceURI": "http://schemas.dmtf.org/cimi/1/Machine",
            "name": "backend",
            "disks": {
                "href": uri,
                "resourceURI": "http://schemas.dmtf.org/cimi/1/DiskCollection",
                "id": uri,
                "count": 1,
                "disks": [{
                    "resourceURI": "http://schemas.dmtf.org/cimi/1/Disk",
                    "capacity": 100_000_000
                }],
                "operations": [{ "rel": "add", "href": uri }]
            }
        })
    );
    // The digest's own example: the two levels of a collection.
    let disks = cloud
        .json(&format!(
            "{machine}/disks?$select=disks/name,disks/capacity,operations"
        ))
        .await;
    assert_eq!(
        disks,
        json!({
            "resourceURI": "http://schemas.dmtf.org/cimi/1/DiskCollection",
            "disks": [{
                "resourceURI": "http://schemas.dmtf.org/cimi/1/Disk",
                "capacity": 100_000_000
            }],
            "operations": [{ "rel": "add", "href": uri }]
        })
    );
    // In structures and maps.
    let config = json!({ "cpu": 1, "memory": 1, "properties": { "a": "1", "b": "2" },
                         "disks": [{ "capacity": 5, "format": "ext4" }] });
    let made = cloud
        .send("POST", "/cimi/machineConfigs", &config)
        .await
        .is(201);
    let uri = path(made.header("location").unwrap());
    let got = cloud
        .json(&format!("{uri}?$select=disks/capacity,properties/b"))
        .await;
    assert_eq!(
        got,
        json!({
            "resourceURI": "http://schemas.dmtf.org/cimi/1/MachineConfiguration",
            "properties": { "b": "2" },
            "disks": [{ "capacity": 5 }]
        })
    );
    let xml = cloud
        .call(
            "GET",
            &format!("{uri}?$select=disks/capacity,properties/b"),
            &[("accept", XML)],
            "",
        )
        .await
        .text();
    assert!(
        xml.contains("<disk><capacity>5</capacity></disk>") && !xml.contains("key=\"a\""),
        "{xml}"
    );
    // An update cannot go so deep.
    let got = cloud
        .send("PUT", &format!("{uri}?$select=disks/capacity"), &json!({}))
        .await
        .is(400);
    assert!(
        got.message().contains("disks/capacity"),
        "{}",
        got.message()
    );
}

#[tokio::test]
async fn drafts_of_the_standard_are_understood() {
    let cloud = Cloud::new().await;
    let new = cloud
        .json("/cimi/machines?$select=name&$filter=state='STARTED'&$expand=disks")
        .await;
    let old = cloud
        .json("/cimi/machines?CIMISelect=name&CimiFilter=state='STARTED'&CIMIExpand=disks")
        .await;
    assert_eq!(new, old);
    assert_eq!(old["machines"][0].as_object().unwrap().len(), 2);
}
