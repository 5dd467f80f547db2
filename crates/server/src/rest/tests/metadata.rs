//! ResourceMetadata: complete, and true. Every capability that is claimed is used here; a new claim without
//! a proof fails the test.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{ACTION, Cloud, XML, path};

const CAPABILITY: &str = "http://schemas.dmtf.org/cimi/1/capability/";

async fn described(cloud: &Cloud) -> BTreeMap<String, Value> {
    let all = cloud.json("/cimi/resourceMetadata").await;
    let items = all["resourceMetadatas"].as_array().unwrap();
    assert_eq!(all["count"].as_u64(), Some(items.len() as u64));
    let name = |item: &Value| item["name"].as_str().unwrap().to_owned();
    items
        .iter()
        .map(|item| (name(item), item.clone()))
        .collect()
}

/// Makes a resource and waits until it is at rest; its path.
async fn made(cloud: &Cloud, collection: &str, body: &Value) -> String {
    let got = cloud
        .send("POST", &format!("/cimi/{collection}"), body)
        .await;
    let status = got.0.status().as_u16();
    assert!(matches!(status, 201 | 202), "{body}: {}", got.text());
    let job = path(got.header("cimi-job-uri").unwrap());
    cloud.until(&job, Some("SUCCESS")).await;
    path(got.header("location").unwrap())
}

async fn proves(cloud: &Cloud, of: &str, name: &str, value: &Value) {
    let config = json!({ "href": "machineConfigs/demo-small" });
    let image = json!({ "href": "machineImages/demo-debian" });
    let machine = |template: Value| json!({ "name": name, "machineTemplate": template });
    let by_value = json!({ "cpu": 3, "memory": 2048 });
    let private = json!({ "networkType": "PRIVATE" });
    match (of, name) {
        ("CloudEntryPoint", "ExpandParameter") => {
            let got = cloud.json("/cimi/machines?$expand=disks").await;
            assert!(got["machines"][0]["disks"]["count"].is_u64());
        }
        ("CloudEntryPoint", "FilterParameter") => {
            assert_eq!(
                cloud.json("/cimi/machines?$filter=name='backend'").await["count"],
                1
            );
        }
        ("CloudEntryPoint", "FirstParameter") => {
            let got = cloud.json("/cimi/machineConfigs?$first=2&$last=2").await;
            assert_eq!(got["machineConfigurations"].as_array().unwrap().len(), 1);
        }
        ("CloudEntryPoint", "SelectParameter") => {
            let got = cloud.json("/cimi/machines/demo-backend?$select=name").await;
            assert_eq!(got.as_object().unwrap().len(), 2);
        }
        ("CloudEntryPoint", "FormatParameter") => {
            let got = cloud.get("/cimi/machines?$format=xml").await.is(200);
            assert_eq!(got.header("content-type"), Some(XML));
        }
        ("CloudEntryPoint", "OrderByParameter") => {
            let got = cloud.json("/cimi/machineConfigs?$orderby=name:desc").await;
            let names: Vec<_> = got["machineConfigurations"]
                .as_array()
                .unwrap()
                .iter()
                .map(|c| c["name"].as_str().unwrap())
                .collect();
            let mut sorted = names.clone();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            assert_eq!(names, sorted);
        }
        ("CloudEntryPoint", "QueryPathNotation") => {
            let got = cloud
                .json("/cimi/machines/demo-backend/disks?$select=disks/capacity")
                .await;
            assert_eq!(got["disks"][0].as_object().unwrap().len(), 2);
        }
        ("Machine", "DefaultInitialState") => {
            let made = made(
                cloud,
                "machines",
                &machine(json!({ "machineConfig": config, "machineImage": image })),
            )
            .await;
            assert_eq!(&cloud.json(&made).await["state"], value);
        }
        ("Machine", "InitialStates") => {
            for state in value.as_str().unwrap().split(',') {
                let template = json!({ "machineConfig": config, "machineImage": image, "initialState": state });
                let made = made(cloud, "machines", &machine(template)).await;
                assert_eq!(cloud.json(&made).await["state"], state);
            }
            let template =
                json!({ "machineConfig": config, "machineImage": image, "initialState": "PAUSED" });
            cloud
                .send("POST", "/cimi/machines", &machine(template))
                .await
                .is(400);
        }
        ("Machine", "MachineConfigByValue" | "MachineTemplateByValue") => {
            let made = made(
                cloud,
                "machines",
                &machine(json!({ "machineConfig": by_value, "machineImage": image })),
            )
            .await;
            assert_eq!(cloud.json(&made).await["cpu"], 3);
        }
        ("Machine", "MachineCredentialByValue") => {
            let credential = json!({ "userName": "u", "password": "p" });
            let template =
                json!({ "machineConfig": config, "machineImage": image, "credential": credential });
            made(cloud, "machines", &machine(template)).await;
        }
        ("Machine", "MachineImageByValue") => {
            let image = json!({ "imageLocation": "https://images.example/x.qcow2" });
            made(
                cloud,
                "machines",
                &machine(json!({ "machineConfig": config, "machineImage": image })),
            )
            .await;
        }
        ("Machine", "MachineVolumeTemplatesByValue") => {
            let volume =
                json!({ "initialLocation": "/dev/vdb", "volumeConfig": { "capacity": 7000 } });
            let template = json!({ "machineConfig": config, "machineImage": image, "volumeTemplates": [volume] });
            let made = made(cloud, "machines", &machine(template)).await;
            let volumes = cloud.json(&format!("{made}/volumes?$expand=volume")).await;
            assert_eq!(
                volumes["machineVolumes"][0]["volume"]["capacity"], 7000,
                "{volumes}"
            );
        }
        ("Machine", "MachineStopForce") => {
            let uri = "/cimi/machines/demo-frontend";
            let stop = json!({ "action": format!("{ACTION}stop"), "force": true });
            cloud.send("POST", uri, &stop).await.is(202);
            cloud.until(uri, Some("STOPPED")).await;
        }
        ("Machine", "UserData") => {
            assert_eq!(value, "disk");
            let template = json!({ "machineConfig": config, "machineImage": image, "userData": "I2Nsb3VkLWNvbmZpZwo=" });
            let made = made(cloud, "machines", &machine(template)).await;
            let disks = cloud.json(&format!("{made}/disks")).await;
            assert_eq!(disks["count"], 2, "{disks}");
            let medium = &disks["disks"][1];
            assert_eq!(
                (&medium["initialLocation"], &medium["name"]),
                (&json!("/dev/sr0"), &json!("user-data"))
            );
            let template =
                json!({ "machineConfig": config, "machineImage": image, "userData": "no!" });
            let wrong = cloud
                .send("POST", "/cimi/machines", &machine(template))
                .await;
            let message = wrong.is(400).message();
            assert!(
                message.contains("userData") && message.contains("base64"),
                "{message}"
            );
        }
        ("Credential", "CredentialTemplateByValue") => {
            let body = json!({ "credentialTemplate": { "userName": "u", "password": "p" } });
            let made = made(cloud, "credentials", &body).await;
            assert_eq!(cloud.json(&made).await["userName"], "u");
        }
        ("Volume", "VolumeConfigByValue" | "VolumeTemplateByValue") => {
            let body = json!({ "volumeTemplate": { "volumeConfig": { "capacity": 7000 } } });
            let made = made(cloud, "volumes", &body).await;
            assert_eq!(cloud.json(&made).await["capacity"], 7000);
        }
        ("Volume", "VolumeImageByValue") => {
            let image = json!({ "imageLocation": "https://images.example/data.raw" });
            let body = json!({ "volumeTemplate": { "volumeConfig": { "capacity": 7000 }, "volumeImage": image } });
            made(cloud, "volumes", &body).await;
        }
        ("Volume", "VolumeSnapshot") => {
            let body = json!({ "name": "s", "imageLocation": "http://cloud.example/cimi/volumes/demo-archive" });
            let made = made(cloud, "volumeImages", &body).await;
            assert_eq!(cloud.json(&made).await["state"], "AVAILABLE");
        }
        ("Network", "NetworkConfigByValue" | "NetworkTemplateByValue") => {
            let body = json!({ "networkTemplate": { "networkConfig": { "networkType": "PRIVATE", "mtu": 1400 } } });
            let made = made(cloud, "networks", &body).await;
            assert_eq!(cloud.json(&made).await["mtu"], 1400);
        }
        ("NetworkPort", "NetworkPortConfigByValue" | "NetworkPortTemplateByValue") => {
            let body =
                json!({ "networkTemplate": { "networkConfig": { "networkType": "PRIVATE" } } });
            let network = made(cloud, "networks", &body).await;
            let body = json!({ "networkPortTemplate": { "network": { "href": network },
                               "networkPortConfig": { "portType": "ACCESS", "classOfService": "GOLD" } } });
            let made = made(cloud, "networkPorts", &body).await;
            assert_eq!(cloud.json(&made).await["portType"], "ACCESS");
        }
        ("Meter", "MeterConfigByValue" | "MeterTemplateByValue") => {
            let body = json!({ "meterTemplate": { "targetResource": { "href": "machines/demo-backend" },
                               "meterConfig": { "aspect": "http://schemas.dmtf.org/cimi/1/aspect/cpu", "units": "percent",
                                                "sampleInterval": 60, "timeScope": "Point", "isContinuous": true } } });
            let made = made(cloud, "meters", &body).await;
            assert_eq!(cloud.json(&made).await["units"], "percent");
        }
        ("Network", "DefaultInitialState") => {
            let made = made(
                cloud,
                "networks",
                &json!({ "networkTemplate": { "networkConfig": private } }),
            )
            .await;
            assert_eq!(&cloud.json(&made).await["state"], value);
        }
        ("Network", "InitialStates") => {
            let network = |state: &str| json!({ "networkTemplate": { "networkConfig": private, "initialState": state } });
            for state in value.as_str().unwrap().split(',') {
                let made = made(cloud, "networks", &network(state)).await;
                assert_eq!(cloud.json(&made).await["state"], state);
            }
            cloud
                .send("POST", "/cimi/networks", &network("ERROR"))
                .await
                .is(400);
        }
        ("ForwardingGroup", "MixedNetwork") => {
            let mut networks = Vec::new();
            for kind in ["PRIVATE", "PUBLIC"] {
                let body =
                    json!({ "networkTemplate": { "networkConfig": { "networkType": kind } } });
                networks.push(json!({ "href": made(cloud, "networks", &body).await }));
            }
            let body = json!({ "forwardingGroupTemplate": { "networks": networks } });
            let group = made(cloud, "forwardingGroups", &body).await;
            assert_eq!(cloud.json(&format!("{group}/networks")).await["count"], 2);
        }
        ("System", "SystemComponentTemplateByValue") => {
            let component = json!({ "name": "inside", "type": "http://schemas.dmtf.org/cimi/1/Machine",
                                    "machineTemplate": { "machineConfig": by_value } });
            let body = json!({ "systemTemplate": { "componentDescriptors": [component] } });
            let made = made(cloud, "systems", &body).await;
            let machines = cloud
                .json(&format!("{made}/machines?$expand=machine"))
                .await;
            assert_eq!(
                machines["systemMachines"][0]["machine"]["cpu"], 3,
                "{machines}"
            );
        }
        ("EventLog", "Linked") => {
            let machine = made(
                cloud,
                "machines",
                &machine(json!({ "machineConfig": by_value })),
            )
            .await;
            let body = json!({ "eventLogTemplate": { "targetResource": { "href": machine } } });
            let log = made(cloud, "eventLogs", &body).await;
            cloud.get(&log).await.is(200);
            cloud.call("DELETE", &machine, &[], "").await.is(202);
            cloud.until(&machine, None).await;
            cloud.get(&log).await.is(404);
        }
        ("Job", "JobRetention") => {
            assert!(value.as_u64().is_some_and(|minutes| minutes > 0), "{value}");
            let job = cloud
                .send(
                    "PUT",
                    "/cimi/machines/demo-backend?$select=name",
                    &json!({ "name": "backend" }),
                )
                .await;
            cloud
                .get(&path(job.header("cimi-job-uri").unwrap()))
                .await
                .is(200);
        }
        _ => panic!("nothing proves {of}/{name}"),
    }
}

#[tokio::test]
async fn every_capability_that_is_claimed_is_there() {
    let cloud = Cloud::new().await;
    let mut proved = 0;
    for (of, item) in described(&cloud).await {
        for capability in item["capabilities"].as_array().into_iter().flatten() {
            let name = capability["name"].as_str().unwrap();
            let own = format!("urn:x-cimi-bridge:capability/{of}/{name}");
            if capability["uri"] == own {
                // With its reconnections: `rest_event_stream` of the integration tests.
                assert_eq!((of.as_str(), name), ("EventLog", "ServerSentEvents"));
                continue;
            }
            assert_eq!(capability["uri"], format!("{CAPABILITY}{of}/{name}"));
            // Absent means true.
            if capability["value"] != json!(false) {
                proves(&cloud, &of, name, &capability["value"]).await;
                proved += 1;
            }
        }
    }
    assert!(proved >= 30, "{proved}");
}

#[tokio::test]
async fn every_type_with_something_to_say_is_described() {
    let cloud = Cloud::new().await;
    let all = described(&cloud).await;
    for name in [
        "CloudEntryPoint",
        "Machine",
        "Volume",
        "Credential",
        "Job",
        "Network",
        "Meter",
        "MachineTemplate",
    ] {
        assert!(all.contains_key(name), "{name}: {:?}", all.keys());
    }
    assert!(!all.contains_key("MachineCreate") && !all.contains_key("DiskConfiguration"));
    for (name, item) in &all {
        assert_eq!(
            item["typeURI"],
            format!("http://schemas.dmtf.org/cimi/1/{name}")
        );
        let said = ["attributes", "capabilities", "actions"];
        assert!(said.iter().any(|list| item[list].is_array()), "{item}");
    }
    // All actions, whoever may ask for them in whichever state.
    let machine = &all["Machine"];
    let actions: Vec<_> = machine["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["name"].as_str().unwrap())
        .collect();
    let template = all["SystemTemplate"]["actions"].as_array().unwrap();
    let of_template: Vec<_> = template
        .iter()
        .map(|a| a["name"].as_str().unwrap())
        .collect();
    assert_eq!(of_template, ["export", "import"]);
    for action in [
        "start", "stop", "restart", "pause", "suspend", "capture", "snapshot", "restore",
    ] {
        assert!(actions.contains(&action), "{actions:?}");
    }
    assert_eq!(machine["actions"][0]["method"], "POST");
    // What an attribute must be is what is asked of it.
    let of_metadata = &all["ResourceMetadata"]["attributes"];
    let type_uri = of_metadata
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["name"] == "typeURI")
        .unwrap();
    assert_eq!(type_uri["required"], true);
    let got = cloud
        .send("POST", "/cimi/resourceMetadata", &json!({ "name": "x" }))
        .await
        .is(400);
    assert!(got.message().contains("typeURI"), "{}", got.message());
    // One of them, in XML.
    let uri = path(machine["id"].as_str().unwrap());
    let xml = cloud
        .call("GET", &uri, &[("accept", XML)], "")
        .await
        .is(200)
        .text();
    let capability = format!(
        "<capability name=\"MachineStopForce\" uri=\"{CAPABILITY}Machine/MachineStopForce\">true</capability>"
    );
    assert!(xml.contains(&capability), "{xml}");
}

#[tokio::test]
async fn what_administrators_change_stays() {
    let cloud = Cloud::new().await;
    let uri = "/cimi/resourceMetadata/Volume";
    cloud
        .send("PUT", &format!("{uri}?$select=capabilities"), &json!({}))
        .await
        .is(200);
    cloud
        .call("DELETE", "/cimi/resourceMetadata/Machine", &[], "")
        .await
        .is(200);
    cloud.provider.publish_metadata().await.unwrap();
    assert!(cloud.json(uri).await.get("capabilities").is_none());
    cloud.get("/cimi/resourceMetadata/Machine").await.is(404);
}
