//! What is done over the walk: everything that a client can do with every resource type.

use serde_json::{Value, json};

use super::client::Client;
use crate::bridge::eventually;
use crate::rest::{CIMI, href, items};

/// A body with what all resources have in common.
fn named(name: &str, mut body: Value) -> Value {
    body["name"] = json!(name);
    body["description"] = json!(format!("The {name} of the walk"));
    body["properties"] = json!({ "walk": "yes" });
    body
}

fn link(uri: &str) -> Value {
    json!({ "href": uri })
}

fn type_uri(name: &str) -> String {
    format!("{CIMI}{name}")
}

/// The templates, configurations and images, and what is made of them.
struct Parts {
    machine_config: String,
    credential_template: String,
    credential: String,
    volume_template: String,
    volume: String,
    network_template: String,
    network: String,
    port: String,
    port_template: String,
    address_template: String,
    address: String,
    group: String,
    group_template: String,
    meter_template: String,
    log_template: String,
    machine_image: String,
}

/// Makes one of everything, does everything to it, and takes it away again.
pub(super) fn walk(c: &mut Client<'_, '_>, package: &str) {
    let base = c.base();
    let all = |name: &str| format!("{base}{name}");
    let parts = parts(c);
    let machine = machines(c, &parts);
    volumes(c, &parts);
    networks(c, &parts);
    observers(c, &machine);
    systems(c, &parts, &machine, package);
    metadata(c, &all("resourceMetadata"));
    job_is_stopped(c, &all("machines"));
    // Everything that can be read now, and sent back.
    crawl(c);
    let made = std::mem::take(&mut c.made);
    let memberships: Vec<String> = [
        c.get(&machine)["snapshots"].clone(),
        c.get(&parts.volume)["images"].clone(),
    ]
    .iter()
    .flat_map(|collection| items(&c.get(&href(collection))))
    .map(|item| item["id"].as_str().expect("an id").to_owned())
    .collect();
    let log = href(&c.get(&machine)["eventLog"]);
    let events = href(&c.get(&log)["events"]);
    let event = items(&c.get(&events)).remove(0);
    c.delete(event["id"].as_str().expect("an id"));
    for uri in memberships.iter().chain(made.iter().rev()) {
        c.delete(uri);
    }
    let job = items(&c.get(&all("jobs")))
        .into_iter()
        .find(|job| job["state"] == "SUCCESS");
    c.delete(job.expect("a job")["id"].as_str().expect("an id"));
}

fn parts(c: &mut Client<'_, '_>) -> Parts {
    let base = c.base();
    let all = |name: &str| format!("{base}{name}");
    let disk = json!({ "capacity": 1000, "format": "ext4", "initialLocation": "/dev/vda" });
    let config = json!({ "cpu": 2, "memory": 524_288, "cpuArch": "x86_64", "cpuSpeed": 2000, "disks": [disk] });
    let machine_config = c.create(
        &all("machineConfigs"),
        "MachineConfiguration",
        named("config", config),
    );
    let image = json!({ "type": "IMAGE", "imageLocation": "https://images.example/base.qcow2" });
    let machine_image = c.create(&all("machineImages"), "MachineImage", named("image", image));
    let login = json!({ "userName": "walker", "password": "not to be seen", "key": "00ff" });
    let credential_template = c.create(
        &all("credentialTemplates"),
        "CredentialTemplate",
        named("login template", login.clone()),
    );
    let create = json!({ "credentialTemplate": link(&credential_template) });
    let credential = c.create(
        &all("credentials"),
        "CredentialCreate",
        named("login", create),
    );
    c.create(
        &all("credentials"),
        "Credential",
        named("login by itself", login.clone()),
    );
    c.set(&credential, &login);
    c.set(&credential_template, &login);

    let meter = json!({
        "associatedTo": [type_uri("Machine")],
        "aspect": format!("{CIMI}aspect/cpu"), "units": "percent", "sampleInterval": 1,
        "timeScope": "Point", "intervalDuration": "PT1H", "isContinuous": true,
    });
    let meter_config = c.create(
        &all("meterConfigs"),
        "MeterConfiguration",
        named("meter config", meter),
    );
    let template = json!({ "meterConfig": link(&meter_config) });
    let meter_template = c.create(
        &all("meterTemplates"),
        "MeterTemplate",
        named("meter template", template),
    );
    let template = json!({ "persistence": "daily" });
    let log_template = c.create(
        &all("eventLogTemplates"),
        "EventLogTemplate",
        named("log template", template),
    );

    let config = json!({ "type": "http://schemas.dmtf.org/cimi/1/mapped", "format": "ext4", "capacity": 5000 });
    let volume_config = c.create(
        &all("volumeConfigs"),
        "VolumeConfiguration",
        named("volume config", config),
    );
    let image = json!({ "imageLocation": "https://images.example/data.raw", "bootable": true });
    let volume_image = c.create(
        &all("volumeImages"),
        "VolumeImage",
        named("volume image", image),
    );
    let template = json!({
        "volumeConfig": link(&volume_config), "volumeImage": link(&volume_image),
        "meterTemplates": [link(&meter_template)], "eventLogTemplate": link(&log_template),
    });
    let volume_template = c.create(
        &all("volumeTemplates"),
        "VolumeTemplate",
        named("volume template", template),
    );
    let create = json!({ "volumeTemplate": link(&volume_template) });
    let volume = c.create(&all("volumes"), "VolumeCreate", named("volume", create));

    let config = json!({ "networkType": "PRIVATE", "mtu": 1400, "classOfService": "GOLD" });
    let network_config = c.create(
        &all("networkConfigs"),
        "NetworkConfiguration",
        named("network config", config),
    );
    let create = json!({ "networkTemplate": { "networkConfig": link(&network_config) } });
    let first = c.create(
        &all("networks"),
        "NetworkCreate",
        named("first network", create),
    );
    let template = json!({ "networks": [link(&first)] });
    let group_template = c.create(
        &all("forwardingGroupTemplates"),
        "ForwardingGroupTemplate",
        named("group template", template),
    );
    let create = json!({ "forwardingGroupTemplate": link(&group_template) });
    let group = c.create(
        &all("forwardingGroups"),
        "ForwardingGroupCreate",
        named("group", create),
    );
    let template = json!({
        "initialState": "STARTED", "networkConfig": link(&network_config), "forwardingGroup": link(&group),
        "meterTemplates": [link(&meter_template)], "eventLogTemplate": link(&log_template),
    });
    let network_template = c.create(
        &all("networkTemplates"),
        "NetworkTemplate",
        named("network template", template),
    );
    let create = json!({ "networkTemplate": link(&network_template) });
    let network = c.create(&all("networks"), "NetworkCreate", named("network", create));
    let config = json!({ "portType": "ACCESS", "classOfService": "GOLD" });
    let port_config = c.create(
        &all("networkPortConfigs"),
        "NetworkPortConfiguration",
        named("port config", config),
    );
    let template = json!({
        "network": link(&network), "networkPortConfig": link(&port_config),
        "meterTemplates": [link(&meter_template)], "eventLogTemplate": link(&log_template),
    });
    let port_template = c.create(
        &all("networkPortTemplates"),
        "NetworkPortTemplate",
        named("port template", template),
    );
    let create = json!({ "networkPortTemplate": link(&port_template) });
    let port = c.create(
        &all("networkPorts"),
        "NetworkPortCreate",
        named("port", create),
    );

    let template = json!({
        "ip": "10.7.0.9", "hostname": "walk.example", "allocation": "static", "defaultGateway": "10.7.0.1",
        "dns": ["10.7.0.2"], "protocol": "IPv4", "mask": "255.255.0.0", "network": link(&network),
    });
    let address_template = c.create(
        &all("addressTemplates"),
        "AddressTemplate",
        named("address template", template),
    );
    let create = json!({ "addressTemplate": link(&address_template) });
    let address = c.create(&all("addresses"), "AddressCreate", named("address", create));
    Parts {
        machine_config,
        credential_template,
        credential,
        volume_template,
        volume,
        network_template,
        network,
        port,
        port_template,
        address_template,
        address,
        group,
        group_template,
        meter_template,
        log_template,
        machine_image,
    }
}

/// A machine with everything, its parts, and all its actions.
fn machines(c: &mut Client<'_, '_>, parts: &Parts) -> String {
    let all = format!("{}machines", c.base());
    let attached = c.create(
        &format!("{}volumes", c.base()),
        "VolumeCreate",
        named(
            "attached",
            json!({ "volumeTemplate": link(&parts.volume_template) }),
        ),
    );
    let template = json!({
        "initialState": "STOPPED", "machineConfig": link(&parts.machine_config),
        "machineImage": link(&parts.machine_image), "credential": link(&parts.credential),
        "volumes": [{ "href": attached, "initialLocation": "/dev/vdb" }],
        "volumeTemplates": [{ "href": parts.volume_template, "initialLocation": "/dev/vdc" }],
        "networkInterfaces": [{
            "addresses": [link(&parts.address)], "network": link(&parts.network),
            "networkPort": link(&parts.port), "state": "Active", "mtu": 1400,
        }],
        "userData": "aGVsbG8=", "meterTemplates": [link(&parts.meter_template)],
        "eventLogTemplate": link(&parts.log_template),
    });
    let templates = format!("{}machineTemplates", c.base());
    let template = c.create(
        &templates,
        "MachineTemplate",
        named("machine template", template),
    );
    let create = json!({ "machineTemplate": link(&template) });
    let machine = c.create(&all, "MachineCreate", named("machine", create));
    let parts_of = c.get(&machine);
    let disk = json!({ "capacity": 2000, "initialLocation": "/dev/vdd" });
    c.create(&href(&parts_of["disks"]), "Disk", named("disk", disk));
    let volume = json!({ "initialLocation": "/dev/vde", "volume": link(&parts.volume) });
    c.create(
        &href(&parts_of["volumes"]),
        "MachineVolume",
        named("attachment", volume),
    );
    let interface = json!({
        "network": link(&parts.network), "networkPort": link(&parts.port), "state": "Active", "mtu": 1300,
    });
    let interfaces = href(&parts_of["networkInterfaces"]);
    let interface = c.create(
        &interfaces,
        "MachineNetworkInterface",
        named("interface", interface),
    );
    let create =
        json!({ "addressTemplate": { "network": link(&parts.network), "protocol": "IPv4" } });
    let another = c.create(
        &format!("{}addresses", c.base()),
        "AddressCreate",
        named("another", create),
    );
    let addresses = href(&c.get(&interface)["addresses"]);
    let address = json!({ "address": link(&another) });
    c.create(
        &addresses,
        "MachineNetworkInterfaceAddress",
        named("its address", address),
    );

    c.act(
        &machine,
        "start",
        json!({ "properties": { "why": "walk" } }),
    );
    c.act(&machine, "restart", json!({ "force": true }));
    c.act(&machine, "pause", json!({}));
    c.act(&machine, "start", json!({}));
    c.act(&machine, "suspend", json!({}));
    c.act(&machine, "snapshot", json!({}));
    c.act(&machine, "start", json!({}));
    c.act(&machine, "snapshot", json!({}));
    c.act(&machine, "stop", json!({ "force": true }));
    c.act(&machine, "capture", json!({}));
    // Half of the restores fail here, and leave their machine in ERROR: both ways are met.
    let (mut failed, mut restored) = (false, false);
    for _ in 0..100 {
        let template = json!({
            "machineConfig": { "cpu": 1, "memory": 1024 }, "eventLogTemplate": link(&parts.log_template),
        });
        let fragile = c.create(
            &all,
            "MachineCreate",
            named("fragile", json!({ "machineTemplate": template })),
        );
        c.act(&fragile, "snapshot", json!({}));
        let snapshot = c.get(&fragile)["latestSnapshot"].clone();
        let (_, job) = c.try_act(&fragile, "restore", json!({ "image": snapshot }));
        failed |= job["state"] == "FAILED";
        restored |= job["state"] == "SUCCESS";
        if failed && restored {
            break;
        }
    }
    assert!(failed && restored, "a hundred restores of the same kind");
    machine
}

fn volumes(c: &mut Client<'_, '_>, parts: &Parts) {
    let image = json!({ "imageLocation": parts.volume });
    let images = format!("{}volumeImages", c.base());
    c.create(&images, "VolumeImage", named("image of a volume", image));
}

fn networks(c: &mut Client<'_, '_>, parts: &Parts) {
    for uri in [&parts.network, &parts.port] {
        if c.get(uri)["state"] == "STARTED" {
            c.act(uri, "stop", json!({}));
        }
        c.act(uri, "start", json!({ "properties": { "why": "walk" } }));
        c.act(uri, "stop", json!({}));
    }
    let network = c.get(&parts.network);
    let create = json!({ "networkPortTemplate": { "network": link(&parts.network) } });
    let port = c.create(
        &format!("{}networkPorts", c.base()),
        "NetworkPortCreate",
        named("second port", create),
    );
    let listed = items(&c.get(&href(&network["networkPorts"])));
    if !listed
        .iter()
        .any(|item| item["networkPort"]["href"] == port)
    {
        let member = json!({ "networkPort": link(&port) });
        c.create(
            &href(&network["networkPorts"]),
            "NetworkNetworkPort",
            named("member", member),
        );
    }
    let create = json!({ "networkTemplate": { "networkConfig": { "networkType": "PUBLIC" } } });
    let network = c.create(
        &format!("{}networks", c.base()),
        "NetworkCreate",
        named("second network", create),
    );
    let networks = href(&c.get(&parts.group)["networks"]);
    let member = json!({ "network": link(&network) });
    c.create(&networks, "ForwardingGroupNetwork", named("member", member));
}

/// A meter with samples and all that can be set of it, and a log by itself.
fn observers(c: &mut Client<'_, '_>, machine: &str) {
    let base = c.base();
    let config = json!({
        "aspect": format!("{CIMI}aspect/cpu"), "units": "percent", "sampleInterval": 1, "timeScope": "Point",
        "intervalDuration": "PT1H", "isContinuous": true,
    });
    let template = json!({ "targetResource": link(machine), "meterConfig": config });
    let template = c.create(
        &format!("{base}meterTemplates"),
        "MeterTemplate",
        named("meter template of one", template),
    );
    let create = json!({ "meterTemplate": link(&template) });
    let meter = c.create(
        &format!("{base}meters"),
        "MeterCreate",
        named("meter", create),
    );
    let samples = href(&c.get(&meter)["samples"]);
    eventually("there is a sample", || {
        let listed = c.get(&samples);
        (!items(&listed).is_empty()).then_some(())
    });
    c.act(&meter, "stop", json!({}));
    c.act(&meter, "start", json!({ "properties": { "why": "walk" } }));
    c.set(
        &meter,
        &json!({ "minValue": "0", "maxValue": "100", "stopTime": "2090-01-01T00:00:00Z",
                 "expiresTime": "2091-01-01T00:00:00Z" }),
    );
    let template = json!({ "targetResource": link(machine), "persistence": "weekly" });
    let template = c.create(
        &format!("{base}eventLogTemplates"),
        "EventLogTemplate",
        named("log template of one", template),
    );
    let create = json!({ "eventLogTemplate": link(&template) });
    c.create(
        &format!("{base}eventLogs"),
        "EventLogCreate",
        named("log", create),
    );
}

fn systems(c: &mut Client<'_, '_>, parts: &Parts, machine: &str, package: &str) {
    let base = c.base();
    let all = |name: &str| format!("{base}{name}");
    let component = |name: &str, of: &str, attribute: &str, template: Value| {
        named(
            name,
            json!({ "type": type_uri(of), attribute: template, "quantity": 1 }),
        )
    };
    let inside = component(
        "alone",
        "Machine",
        "machineTemplate",
        json!({ "machineConfig": link(&parts.machine_config) }),
    );
    let components = json!([
        component(
            "login",
            "Credential",
            "credentialTemplate",
            link(&parts.credential_template)
        ),
        component(
            "lan",
            "Network",
            "networkTemplate",
            link(&parts.network_template)
        ),
        component(
            "port",
            "NetworkPort",
            "networkPortTemplate",
            json!({ "href": parts.port_template, "network": link("#lan") })
        ),
        component(
            "address",
            "Address",
            "addressTemplate",
            json!({ "href": parts.address_template, "ip": null, "allocation": "dynamic" })
        ),
        component(
            "group",
            "ForwardingGroup",
            "forwardingGroupTemplate",
            link(&parts.group_template)
        ),
        component(
            "web",
            "Machine",
            "machineTemplate",
            json!({ "machineConfig": link(&parts.machine_config), "credential": link("#login") })
        ),
        component(
            "data",
            "Volume",
            "volumeTemplate",
            link(&parts.volume_template)
        ),
        component(
            "inner",
            "System",
            "systemTemplate",
            json!({ "componentDescriptors": [inside] })
        ),
        component(
            "use",
            "Meter",
            "meterTemplate",
            json!({ "href": parts.meter_template, "targetResource": link("#web") })
        ),
        component(
            "diary",
            "EventLog",
            "eventLogTemplate",
            json!({ "href": parts.log_template, "targetResource": link("#web") })
        ),
    ]);
    let template = json!({
        "componentDescriptors": components, "meterTemplates": [link(&parts.meter_template)],
        "eventLogTemplate": link(&parts.log_template),
    });
    let template = c.create(
        &all("systemTemplates"),
        "SystemTemplate",
        named("system template", template),
    );
    let create = json!({ "systemTemplate": link(&template) });
    let system = c.create(&all("systems"), "SystemCreate", named("system", create));
    for action in [
        "start", "pause", "start", "suspend", "start", "restart", "stop",
    ] {
        c.act(&system, action, json!({}));
    }
    // What there is already becomes a part, too.
    let login = component(
        "login",
        "Credential",
        "credentialTemplate",
        link(&parts.credential_template),
    );
    let small = json!({ "systemTemplate": { "componentDescriptors": [login] } });
    let other = c.create(&all("systems"), "SystemCreate", named("other", small));
    for (collection, member, of, target) in [
        ("systems", "SystemSystem", "system", other.as_str()),
        ("machines", "SystemMachine", "machine", machine),
        ("volumes", "SystemVolume", "volume", &parts.volume),
        ("networks", "SystemNetwork", "network", &parts.network),
        (
            "networkPorts",
            "SystemNetworkPort",
            "networkPort",
            &parts.port,
        ),
        ("addresses", "SystemAddress", "address", &parts.address),
        (
            "credentials",
            "SystemCredential",
            "credential",
            &parts.credential,
        ),
        (
            "forwardingGroups",
            "SystemForwardingGroup",
            "forwardingGroup",
            &parts.group,
        ),
    ] {
        let collection = href(&c.get(&system)[collection]);
        c.create(
            &collection,
            member,
            named("member", json!({ of: link(target) })),
        );
    }
    for uri in [&system, &template] {
        let answer = c.act(uri, "export", json!({ "format": "application/ovf" }));
        assert!(answer.header("location").is_some(), "{:?}", answer.headers);
    }
    for (collection, name) in [("systems", "System"), ("systemTemplates", "SystemTemplate")] {
        let answer = c.act(&all(collection), "import", json!({ "source": package }));
        let uri = answer.header("location").expect("Location").to_owned();
        let imported = c.get(&uri);
        assert_eq!(imported["resourceURI"], type_uri(name));
        if name == "SystemTemplate" {
            assert_eq!(imported["importImage"], package);
        }
        c.made.push(uri);
    }
}

fn metadata(c: &mut Client<'_, '_>, collection: &str) {
    let body = json!({
        "typeURI": "https://vendor.example/types/Rack",
        "attributes": [{ "name": "height", "namespace": "https://vendor.example/ns", "type": "integer",
                         "required": false, "constraints": [{ "minimum": 1 }] }],
        "capabilities": [{ "name": "Deep", "uri": "https://vendor.example/capability/Deep",
                           "description": "Whether it is", "value": true }],
        "actions": [{ "name": "turn", "uri": "https://vendor.example/action/turn", "description": "Turns it",
                      "method": "POST", "inputMessage": "application/json", "outputMessage": "application/json" }],
    });
    c.create(collection, "ResourceMetadata", named("Rack", body));
}

/// A job is stopped before it has done its work; some are too quick for that.
fn job_is_stopped(c: &mut Client<'_, '_>, machines: &str) {
    for _ in 0..50 {
        let create =
            json!({ "machineTemplate": { "machineConfig": { "cpu": 1, "memory": 1024 } } });
        let answer = c.post(machines, "MachineCreate", named("stopped", create));
        let job = answer
            .header("cimi-job-uri")
            .expect("CIMI-Job-URI")
            .to_owned();
        if c.stop_job(&job) {
            return;
        }
    }
    panic!("fifty jobs could not be stopped");
}

/// Reads everything that links lead to, and edits two of each type.
fn crawl(c: &mut Client<'_, '_>) {
    let mut queue = std::collections::VecDeque::from([format!("{}cloudEntryPoint", c.base())]);
    let mut known: std::collections::BTreeSet<String> = queue.iter().cloned().collect();
    let mut edited = std::collections::BTreeMap::<String, usize>::new();
    let base = c.base();
    while let Some(uri) = queue.pop_front() {
        let document = c.get(&uri);
        let kind = document["resourceURI"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        if !kind.is_empty() && !kind.ends_with("Collection") {
            let number = edited.entry(kind).or_default();
            *number += 1;
            if *number <= 2 {
                c.edit(&uri);
            }
        }
        let mut found = Vec::new();
        links(&document, &mut found);
        for link in found {
            if link.starts_with(&base) && known.insert(link.clone()) {
                queue.push_back(link);
            }
        }
    }
}

/// The links of a document, operations left out.
fn links(document: &Value, found: &mut Vec<String>) {
    match document {
        Value::Array(items) => items.iter().for_each(|item| links(item, found)),
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(uri) if name == "href" || name == "id" => found.push(uri.clone()),
                    _ if name == "operations" => {}
                    value => links(value, found),
                }
            }
        }
        _ => {}
    }
}
