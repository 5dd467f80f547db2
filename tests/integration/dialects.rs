//! Clouds and services of others behind the bridge, imitated by small servers that share nothing with the product
//! (`tests/clouds`): three processes on loopback.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::bridge::{Bridge, Setup, eventually, root};
use crate::rest::{CIMI, Rest, href, instance_id, items};
use crate::soap::{Message, Reply, Wsman};

/// The login of all imitations.
const USER: &str = "mockuser";
const PASSWORD: &str = "mockpassword";

/// A running imitation.
pub(crate) struct Imitated {
    child: Child,
    url: String,
    requests: Arc<Mutex<Vec<Value>>>,
}

impl Drop for Imitated {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Imitated {
    pub(crate) fn start(script: &str, arguments: &[&str]) -> Self {
        let mut child = Command::new("python3")
            .arg(root().join("tests/clouds").join(script))
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 runs");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
        let first = lines.next().expect("a line").expect("a line");
        let url = first
            .strip_prefix("listening ")
            .expect("where it listens")
            .to_owned();
        let requests: Arc<Mutex<Vec<Value>>> = Arc::default();
        let told = Arc::clone(&requests);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Ok(request) = serde_json::from_str(&line) {
                    told.lock().expect("requests").push(request);
                }
            }
        });
        Self {
            child,
            url,
            requests,
        }
    }

    /// How many requests with this method and this in the target there were.
    pub(crate) fn count(&self, method: &str, part: &str) -> usize {
        let requests = self.requests.lock().expect("requests");
        let is_one = |request: &&Value| {
            request["method"] == method
                && request["target"].as_str().is_some_and(|t| t.contains(part))
        };
        requests.iter().filter(is_one).count()
    }

    /// A bridge in front of it.
    pub(crate) fn bridge(&self, kind: &str, path: &str, more: &str) -> Bridge {
        let secret = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(secret.path(), PASSWORD).expect("the password file");
        let config = format!(
            "[[cloud]]\nname = \"stranger\"\nkind = \"{kind}\"\nurl = \"{}{path}\"\nuser = \"{USER}\"\n\
             password_file = \"{}\"\n{more}",
            self.url,
            secret.path().display()
        );
        let setup = Setup {
            demo: false,
            ..Setup::demo().config(&config)
        };
        setup.start()
    }
}

fn enumerate(class: &str, filter: &str) -> Message {
    let filter = match filter {
        "" => String::new(),
        wql => format!(
            "<wsman:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">{wql}</wsman:Filter>"
        ),
    };
    let content =
        format!("<wsman:OptimizeEnumeration/><wsman:MaxElements>1000</wsman:MaxElements>{filter}");
    Message::enumerate(class, &content)
}

fn state_of(wsman: &Wsman, id: &str) -> Option<String> {
    let reply = wsman.call(&Message::get("CIMI_Machine", id));
    (reply.status == 200).then(|| reply.value("State"))
}

fn wait(wsman: &Wsman, id: &str, state: &str) {
    eventually(&format!("{id} is {state}"), || {
        (state_of(wsman, id).as_deref() == Some(state)).then_some(())
    });
}

/// Waits until the job of an answer over WS-Management has ended well.
#[track_caller]
fn succeeds(wsman: &Wsman, answer: &Reply) {
    assert_eq!(answer.value("ReturnValue"), "4096", "{}", answer.xml);
    let job = answer.selector("InstanceID").expect("a job");
    eventually(&format!("{job} ends"), || {
        let job = wsman.call(&Message::get("CIMI_Job", &job)).ok();
        (job.value("State") == "SUCCESS").then_some(())
    });
}

/// Nothing that leaks behind the cloud reaches the client, and it is told which cloud failed.
#[track_caller]
pub(crate) fn clean(text: &str) {
    for secret in ["ruby", "backtrace", "<html", PASSWORD] {
        assert!(!text.contains(secret), "{text}");
    }
}

fn a_front_of_many(formats: &[&str]) {
    let cloud = Imitated::start("deltacloud.py", formats);
    let bridge = cloud.bridge("rest", "/cimi/", "");
    let (rest, wsman) = (Rest::admin(&bridge), Wsman::admin(&bridge));
    let base = format!("{}/cimi", bridge.url());

    // What is behind, in both protocols.
    let entry = rest.get("/cimi/cloudEntryPoint");
    // What is beyond the model is in the words of the format that it came in.
    let beyond = |value: &Value, name: &str| {
        let members = value.as_object().expect("an object").iter();
        let mut found = members.filter(|(key, _)| key.rsplit('}').next() == Some(name));
        found
            .next()
            .map(|(_, value)| value.to_string())
            .unwrap_or_default()
    };
    assert!(beyond(&entry, "driver").contains("mock"), "{entry}");
    let machines = rest.items("machines");
    assert_eq!(machines.len(), 3);
    assert_eq!(machines[0]["cpu"], 1);
    assert_eq!(machines[0]["memory"], 1_782_579);
    assert!(beyond(&machines[0], "realm").contains("us"));
    let states = wsman.call(&enumerate("CIMI_Machine", "")).ok();
    assert_eq!(states.texts("State"), ["STARTED", "STOPPED", "NEW"]);
    let configs = rest.items("machineConfigs");
    assert_eq!(configs.len(), 2);
    assert!(configs[0]["cpu"].is_number() && !configs[1]["cpu"].is_number());
    let opaque = &configs[1];
    assert_eq!(
        (&opaque["cpu"], &opaque["memory"]),
        (&json!("n/a"), &json!("n/a"))
    );
    let configs = wsman.call(&enumerate("CIMI_MachineConfiguration", "")).ok();
    let mut cpus = configs.texts("Cpu");
    cpus.retain(|cpu| !cpu.is_empty());
    assert_eq!(cpus, ["1"]);
    let system = &rest.items("systems")[0];
    // A date that is none is kept as the text that it is, where it was.
    assert_eq!(system["created"], "2013-02-08 15:25:41 +0000");
    let in_xml = rest.send("GET", &format!("{base}/systems/sys1?$format=xml"), "", b"");
    let there = "<created>2013-02-08 15:25:41 +0000</created>";
    assert!(in_xml.text().contains(there), "{}", in_xml.text());
    let whole = wsman
        .call(&Message::get("CIMI_System", "systems/sys1"))
        .ok();
    assert!(whole.xml.contains("2013-02-08 15:25:41"), "{}", whole.xml);
    let parts = rest.items_of(&href(&system["machines"]));
    assert_eq!(href(&parts[0]["machine"]), format!("{base}/machines/inst1"));

    // What it cannot filter is filtered here.
    let wql = "SELECT * FROM CIMI_Machine WHERE State = 'STOPPED' AND Cpu &lt; 2";
    let stopped = wsman.call(&enumerate("CIMI_Machine", wql)).ok();
    assert_eq!(stopped.texts("InstanceID"), ["machines/inst0"]);
    let filter = "$filter=state='STARTED'%20or%20state='NEW'&$orderby=name:desc&$first=2";
    let found = items(&rest.get(&format!("/cimi/machines?{filter}")));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["name"], "Mock inst1");
    let selected = rest.get("/cimi/machines?$select=name");
    assert_eq!(items(&selected).len(), 3, "{selected}");

    // Actions have URIs of their own, and end at once without a job.
    let stop = Message::invoke("CIMI_Machine", "machines/inst1", "Stop", &[]);
    let stopped = wsman.call(&stop).ok();
    assert_eq!(cloud.count("POST", "/machines/inst1/stop"), 1);
    assert!(["0", "4096"].contains(&stopped.value("ReturnValue").as_str()));
    wait(&wsman, "machines/inst1", "STOPPED");
    let again = wsman.call(&stop).fault();
    clean(&again.reason);
    let machine = format!("{base}/machines/inst1");
    rest.act(&machine, "start");
    rest.wait_for(&machine, "STARTED");

    // A new machine is CREATING for a while.
    let body = json!({
        "resourceURI": format!("{CIMI}MachineCreate"), "name": "made here",
        "machineTemplate": { "machineConfig": { "href": format!("{base}/machine_configurations/m1-small") } },
    });
    let made = rest.json("POST", &rest.collection("machines"), &body);
    assert!([201, 202].contains(&made.status), "{}", made.text());
    let made = made.header("location").expect("Location").to_owned();
    rest.wait_for(&made, "STARTED");
    assert_eq!(rest.get(&made)["name"], "made here");

    // Numbers on create are gigabytes there, and nobody minds.
    let body = json!({ "name": "v", "volumeTemplate": { "volumeConfig": { "capacity": 2 } } });
    let volume = rest.json("POST", &rest.collection("volumes"), &body);
    assert_eq!(volume.status, 201, "{}", volume.text());
    let volume = volume.header("location").expect("Location").to_owned();
    assert_eq!(rest.get(&volume)["capacity"], 2_097_152);
    let wsman_volume = instance_id(&volume).to_owned();
    wsman
        .call(&Message::delete("CIMI_Volume", &wsman_volume))
        .ok();
    assert_eq!(rest.find(&volume), None);
    let gone = wsman.call(&Message::delete("CIMI_Volume", &wsman_volume));
    let gone = gone.fault();
    assert!(gone.reason.contains("`stranger`"), "{}", gone.reason);
    clean(&gone.reason);

    // An image of a machine is made where images are, and names the machine as the cloud does.
    wsman
        .call(&Message::invoke(
            "CIMI_Machine",
            "machines/inst0",
            "Capture",
            &[],
        ))
        .ok();
    let stopped = format!("{base}/machines/inst0");
    let image = json!({ "resourceURI": format!("{CIMI}MachineImage"), "imageLocation": stopped });
    for at in [
        rest.collection("machineImages"),
        format!("{stopped}/capture"),
    ] {
        let made = rest.json("POST", &at, &image);
        assert_eq!(made.status, 201, "{}", made.text());
        let made = made.header("location").expect("Location").to_owned();
        assert!(instance_id(&made).contains("newimg"), "{made}");
    }
    assert_eq!(cloud.count("POST", "/machine_images"), 3);
    assert_eq!(rest.items("machineImages").len(), 4);

    // It has no update, and says so with a page.
    let changed = rest.json("PUT", &machine, &json!({ "name": "x" }));
    assert!((400..600).contains(&changed.status), "{}", changed.text());
    clean(&changed.text());
    let put = Message::put("CIMI_Machine", "machines/inst1", &[("ElementName", "x")]);
    clean(&wsman.call(&put).fault().reason);
    // A link to another host is told, and not followed.
    let start = rest.json(
        "POST",
        &format!("{base}/systems/sys1"),
        &json!({ "resourceURI": format!("{CIMI}Action"), "action": format!("{CIMI}action/start") }),
    );
    assert_eq!(start.status, 502, "{}", start.text());
    assert!(start.text().contains("another host"), "{}", start.text());
    // What it does not have is nowhere, and asking for it does no harm.
    assert!(
        wsman
            .call(&enumerate("CIMI_Job", ""))
            .ok()
            .texts("InstanceID")
            .is_empty()
    );
    rest.act(&machine, "stop");
    rest.wait_for(&machine, "STOPPED");
    wsman
        .call(&Message::delete("CIMI_Machine", "machines/inst1"))
        .ok();
    assert_eq!(rest.find(&machine), None);
}

#[test]
fn a_front_of_many_clouds_in_json() {
    a_front_of_many(&["json", "xml"]);
}

#[test]
fn a_front_of_many_clouds_in_xml_where_it_has_no_json() {
    a_front_of_many(&["xml"]);
}

fn a_broker(formats: &[&str]) {
    let cloud = Imitated::start("sirocco.py", formats);
    let path = "/sirocco-rest/cimi/cloudEntryPoint";
    let bridge = cloud.bridge("rest", path, "[cloud.headers]\ntenantName = \"research\"\n");
    let (rest, wsman) = (Rest::admin(&bridge), Wsman::admin(&bridge));

    // Items are links there and resources here; parts are fetched as they are wanted.
    let machines = rest.items("machines");
    assert_eq!(machines.len(), 25);
    assert_eq!(machines[24]["cpu"], 25);
    let page = items(&rest.get("/cimi/machines?$first=3&$last=4"));
    let names: Vec<_> = page.iter().map(|m| m["name"].clone()).collect();
    assert_eq!(names, ["machine 03", "machine 04"]);
    let asked = cloud.count("GET", "/machines/");
    let one = items(&rest.get("/cimi/machines?$filter=cpu=7"));
    assert_eq!(one.len(), 1);
    assert!(cloud.count("GET", "/machines/") - asked < 10, "it filters");
    let wql = "SELECT * FROM CIMI_Machine WHERE Cpu > 20 AND ElementName &lt;> 'machine 22'";
    let some = wsman.call(&enumerate("CIMI_Machine", wql)).ok();
    assert_eq!(some.texts("InstanceID").len(), 4, "{}", some.xml);
    let disks = rest.items_of(&href(&machines[0]["disks"]));
    assert_eq!(disks[0]["capacity"], 5_000_000);

    // Everything is a job.
    let stopped = wsman
        .call(&Message::invoke(
            "CIMI_Machine",
            "machines/m01",
            "Stop",
            &[],
        ))
        .ok();
    succeeds(&wsman, &stopped);
    assert_eq!(state_of(&wsman, "machines/m01").as_deref(), Some("STOPPED"));
    let machine = format!("{}/cimi/machines/m01", bridge.url());
    let started = rest.act(&machine, "start");
    assert_eq!(rest.job(&started)["state"], "SUCCESS");
    let wrong = wsman
        .call(&Message::invoke(
            "CIMI_Machine",
            "machines/m01",
            "Start",
            &[],
        ))
        .fault();
    assert!(
        wrong.reason.contains("STARTED") || wrong.reason.contains("Invalid state"),
        "{}",
        wrong.reason
    );

    // A long create is answered at once, in CREATING, with its job.
    let config = format!("{}/cimi/machineConfigs/c1", bridge.url());
    let body = json!({ "name": "new", "machineTemplate": { "machineConfig": { "href": config } } });
    let made = rest.json("POST", &rest.collection("machines"), &body);
    assert_eq!(made.status, 202, "{}", made.text());
    let location = made.header("location").expect("Location").to_owned();
    assert_eq!(rest.get(&location)["state"], "CREATING");
    let job = rest.job(&made);
    assert_eq!(job["state"], "SUCCESS");
    assert_eq!(href(&job["targetResource"]), location);
    assert_eq!(rest.get(&location)["state"], "STARTED");

    // Some attributes are changed by one request, and the others stay.
    let put = |name: &str| Message::put("CIMI_Machine", "machines/m02", &[("ElementName", name)]);
    wsman.call(&put("once")).ok();
    let before = cloud.count("GET", "/machines/m02");
    wsman.call(&put("renamed")).ok();
    assert_eq!(cloud.count("GET", "/machines/m02"), before);
    assert_eq!(cloud.count("PUT", "/machines/m02"), 2);
    let changed = rest.get(&format!("{}/cimi/machines/m02", bridge.url()));
    assert_eq!(changed["name"], "renamed");
    assert_eq!(changed["properties"]["owner"], "ann");

    // Its errors are texts.
    let refused = wsman
        .call(&Message::invoke(
            "CIMI_Machine",
            "machines/m02",
            "Capture",
            &[],
        ))
        .fault();
    clean(&refused.reason);
    let missing = rest.send("GET", "/cimi/machines/none", "", b"");
    assert_eq!(missing.status, 404);
    let body = json!({ "name": "n", "machineTemplate": { "initialState": "STOPPED" } });
    let refused = rest.json("POST", &rest.collection("machines"), &body);
    assert_eq!(refused.status, 400);
    assert!(
        refused.text().contains("machineConfig is missing"),
        "{}",
        refused.text()
    );
    let deleted = rest.delete(&location);
    assert_eq!(rest.job(&deleted)["state"], "SUCCESS");
    assert_eq!(rest.find(&location), None);
}

#[test]
fn a_broker_with_jobs_in_json() {
    a_broker(&["json", "xml"]);
}

#[test]
fn a_broker_with_jobs_in_xml_where_it_has_no_json() {
    a_broker(&["xml"]);
}

#[test]
fn a_cloud_of_relative_identifiers_that_does_not_ask_for_a_login() {
    let cloud = Imitated::start("stratuslab.py", &[]);
    // Over plain HTTP the login is kept back until the operator says otherwise.
    let careful = cloud.bridge("rest", "/cimi", "");
    let refused = Rest::admin(&careful).send("GET", "/cimi/machineConfigs", "", b"");
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert!(
        refused.text().contains("scheme = \\\"basic\\\""),
        "{}",
        refused.text()
    );
    drop(careful);

    let bridge = cloud.bridge("rest", "/cimi", "scheme = \"basic\"\n");
    let (rest, wsman) = (Rest::admin(&bridge), Wsman::admin(&bridge));
    let base = format!("{}/cimi", bridge.url());
    let configs = rest.items("machineConfigs");
    assert_eq!(
        configs[0]["id"],
        format!("{base}/MachineConfiguration/9f3c")
    );
    assert_eq!(configs[0]["acl"]["owner"]["principal"], "::ADMIN");
    let wql = "SELECT * FROM CIMI_MachineConfiguration WHERE Cpu = 1";
    let found = wsman
        .call(&enumerate("CIMI_MachineConfiguration", wql))
        .ok();
    assert_eq!(found.texts("InstanceID"), ["MachineConfiguration/9f3c"]);

    let made = Message::create(
        "CIMI_MachineConfiguration",
        "CIMI_MachineConfiguration",
        &[
            ("ElementName", "large"),
            ("Cpu", "8"),
            ("Memory", "8388608"),
        ],
    );
    let made = wsman.call(&made).ok();
    let id = made.selector("InstanceID").expect("a reference");
    // It does not know $select: the whole is sent, with what it has beyond the model.
    let put = Message::put("CIMI_MachineConfiguration", &id, &[("Cpu", "16")]);
    let changed = wsman.call(&put).ok();
    assert_eq!(changed.value("Cpu"), "16");
    assert_eq!(changed.value("Memory"), "8388608");
    // Who sends the whole needs nobody to read it first, and what it has beyond the model goes back, too.
    let here = format!("{base}/{id}");
    let mut whole = rest.get(&here);
    whole["cpu"] = json!(4);
    let read = cloud.count("GET", &id);
    let replaced = rest.json("PUT", &here, &whole);
    assert_eq!(replaced.status, 200, "{}", replaced.text());
    assert_eq!(
        cloud.count("GET", &id),
        read,
        "nothing is read before it is replaced"
    );
    let now = rest.get(&here);
    assert_eq!((&now["cpu"], &now["acl"]), (&json!(4), &whole["acl"]));
    wsman
        .call(&Message::delete("CIMI_MachineConfiguration", &id))
        .ok();
    assert_eq!(rest.find(&here), None);
    // The next request is whole, though there were octets behind the last answer.
    assert_eq!(rest.items("machineConfigs").len(), 1);

    let refused = rest.json(
        "POST",
        &rest.collection("machineConfigs"),
        &json!({ "name": "n", "cpu": 1 }),
    );
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(refused.text().contains("missing-required-key"));
    let body = json!({ "name": "v", "volumeTemplate": { "volumeConfig": { "capacity": 5 } } });
    let volume = rest.json("POST", &rest.collection("volumes"), &body);
    assert!([201, 202].contains(&volume.status), "{}", volume.text());
    let location = volume.header("location").expect("Location").to_owned();
    assert_eq!(rest.get(&location)["state"], "CREATING");
    let job = volume.header("cimi-job-uri").expect("its job").to_owned();
    let job = rest.get(&job);
    assert_eq!(job["state"], "QUEUED");
    assert_eq!(href(&job["targetResource"]), location);
    assert_eq!(cloud.count("POST", "/Volume"), 1);
}

fn a_device(arguments: &[&str]) {
    let device = Imitated::start("plain_wsman.py", arguments);
    let bridge = device.bridge("wsman", "/wsman", "");
    let (rest, wsman) = (Rest::admin(&bridge), Wsman::admin(&bridge));

    // Enumerations that are not optimised, three at a time.
    let machines = rest.items("machines");
    assert_eq!(machines.len(), 7);
    assert_eq!(machines[6]["name"], "machine 7");
    assert_eq!(machines[6]["cpu"], 7);
    let mut message = Message::enumerate(
        "CIMI_Machine",
        "<wsman:OptimizeEnumeration/><wsman:MaxElements>2</wsman:MaxElements>",
    );
    let mut found = Vec::new();
    loop {
        let reply = wsman.call(&message).ok();
        found.extend(reply.texts("InstanceID"));
        if reply.has("EndOfSequence") {
            break;
        }
        let context = reply.value("EnumerationContext");
        message = Message::pull(
            "CIMI_Machine",
            &context,
            "<wsen:MaxElements>2</wsen:MaxElements>",
        );
    }
    let all: Vec<_> = (1..=7).map(|n| format!("machines/{n}")).collect();
    assert_eq!(found, all);
    // Filters that it refuses.
    let one = items(&rest.get("/cimi/machines?$filter=cpu=4"));
    assert_eq!(one[0]["name"], "machine 4");
    let wql = "SELECT * FROM CIMI_Machine WHERE Cpu > 5";
    let some = wsman.call(&enumerate("CIMI_Machine", wql)).ok();
    assert_eq!(some.texts("Cpu"), ["6", "7"]);

    // Writes, and a condition that it does not know.
    let machine = format!("{}/cimi/machines/3", bridge.url());
    let changed = rest.json(
        "PUT",
        &format!("{machine}?$select=name"),
        &json!({ "name": "renamed" }),
    );
    assert_eq!(changed.status, 200, "{}", changed.text());
    assert_eq!(rest.get(&machine)["name"], "renamed");
    // It tells nobody what is possible: that follows from the class and the state.
    let rels = |machine: &Value| -> Vec<String> {
        let operations = machine["operations"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let rels = operations.iter().filter_map(|o| o["rel"].as_str());
        rels.map(|rel| rel.rsplit('/').next().unwrap_or(rel).to_owned())
            .collect()
    };
    let offered = rels(&rest.get(&machine));
    for rel in ["edit", "delete", "stop", "restart"] {
        assert!(offered.iter().any(|o| o == rel), "{rel}: {offered:?}");
    }
    assert!(!offered.iter().any(|o| o == "start"), "{offered:?}");
    let stop =
        json!({ "resourceURI": format!("{CIMI}Action"), "action": format!("{CIMI}action/stop") });
    let stopped = rest.json("POST", &machine, &stop);
    assert_eq!(stopped.status, 202, "{}", stopped.text());
    assert_eq!(rest.job(&stopped)["state"], "SUCCESS");
    rest.wait_for(&machine, "STOPPED");
    let stopped = rest.get(&machine);
    assert!(rels(&stopped).iter().any(|o| o == "start"), "{stopped}");
    let wrong = wsman
        .call(&Message::invoke("CIMI_Machine", "machines/3", "Stop", &[]))
        .fault();
    clean(&wrong.reason);
    // Long creates return at once, with the resource in CREATING and its job.
    let new = [("ElementName", "new"), ("Cpu", "1"), ("Memory", "1024")];
    let made = wsman
        .call(&Message::create("CIMI_Machine", "CIMI_Machine", &new))
        .ok();
    let id = made.selector("InstanceID").expect("a reference");
    assert_eq!(state_of(&wsman, &id).as_deref(), Some("CREATING"));
    let jobs = wsman.call(&enumerate("CIMI_Job", "")).ok();
    let target = format!("InstanceID=\"{id}\"");
    let targets = jobs.texts("TargetResource");
    assert!(targets.iter().any(|t| t.contains(&target)), "{targets:?}");
    let missing = rest.send("GET", "/cimi/machines/none", "", b"");
    assert_eq!(missing.status, 404, "{}", missing.text());
    assert_eq!(rest.send("DELETE", &machine, "", b"").status, 200);
    assert_eq!(rest.find(&machine), None);
}

#[test]
fn a_device_that_can_do_the_least() {
    a_device(&[]);
}

#[test]
fn a_device_without_keys_in_its_items() {
    a_device(&["--bare"]);
}
