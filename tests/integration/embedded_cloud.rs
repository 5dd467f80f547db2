//! The embedded provider as a cloud that people develop against: what can be configured about it, seen from
//! outside.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::bridge::{Bridge, Setup, eventually};
use crate::http::Answer;
use crate::rest::{CIMI, Rest, href, instance_id, items, operation};

/// Nothing takes time but what a test says.
const QUICK: &str = "create_millis = 1\nstart_millis = 1\nstop_millis = 1\ndelete_millis = 1\n";

fn cloud(provider: &str) -> Bridge {
    Setup::demo()
        .config(&format!("[provider]\n{provider}"))
        .start()
}

fn post(rest: &Rest, collection: &str, body: &Value) -> Answer {
    let listed = rest.get(&rest.collection(collection));
    let add = operation(&listed, "add").expect("`add` is offered");
    rest.json("POST", &add, body)
}

#[track_caller]
fn made(rest: &Rest, collection: &str, body: &Value) -> String {
    let answer = post(rest, collection, body);
    assert!(matches!(answer.status, 201 | 202), "{}", answer.text());
    let job = rest.job(&answer);
    assert_eq!(job["state"], "SUCCESS", "{job}");
    answer.header("location").expect("Location").to_owned()
}

fn machine(cpu: u64) -> Value {
    json!({ "name": "m", "machineTemplate": { "machineConfig": { "cpu": cpu, "memory": 1024 } } })
}

#[test]
fn what_fails_says_why_and_tells_its_log() {
    let bridge = cloud(&format!(
        "{QUICK}contact = \"mailto:ops@cloud.example\"\n[provider.failures]\nstart_percent = 100\n"
    ));
    let rest = Rest::admin(&bridge);
    let uri = made(&rest, "machines", &machine(1));
    let log = json!({ "eventLogTemplate": { "targetResource": { "href": uri } } });
    let log = made(&rest, "eventLogs", &log);
    let job = rest.job(&rest.act(&uri, "start"));
    assert_eq!(job["state"], "FAILED", "{job}");
    assert_eq!(job["progress"], 100);
    assert!(
        job["returnCode"]
            .as_i64()
            .is_some_and(|code| code >= 10_000),
        "{job}"
    );
    let why = job["statusMessage"].as_str().expect("a reason").to_owned();
    assert!(why.len() > 10, "{why}");
    let events = rest.items_of(&href(&rest.get(&log)["events"]));
    let kind = |event: &Value| {
        let uri = event["type"].as_str().expect("a type");
        uri.rsplit('/').next().expect("a segment").to_owned()
    };
    let alarm = events
        .iter()
        .find(|event| kind(event) == "alarm")
        .expect("an alarm");
    assert_eq!(alarm["content"]["detail"], why);
    assert_eq!(alarm["content"]["resource"]["href"], uri);
    assert_eq!(
        (&alarm["severity"], &alarm["outcome"], &alarm["contact"]),
        (
            &json!("critical"),
            &json!("Failure"),
            &json!("mailto:ops@cloud.example")
        )
    );
    let access = events.iter().find(|event| {
        kind(event) == "access" && event["content"]["operation"] == format!("{CIMI}action/start")
    });
    assert_eq!(access.expect("who asked")["content"]["initiator"], "admin");
    assert_eq!(rest.get(&log)["summary"]["critical"], 1);
}

#[test]
fn a_boot_takes_its_time() {
    let bridge = cloud(&format!(
        "{}start_millis = 1500\n",
        QUICK.replace("start_millis = 1\n", "")
    ));
    let rest = Rest::admin(&bridge);
    let uri = made(&rest, "machines", &machine(1));
    let begin = Instant::now();
    rest.act(&uri, "start");
    assert_eq!(rest.state(&uri).as_deref(), Some("STARTING"));
    rest.wait_for(&uri, "STARTED");
    // It may take longer on a busy machine, and never shorter.
    assert!(begin.elapsed() >= Duration::from_millis(1400));
}

#[test]
fn quotas_and_capacity_are_kept() {
    let bridge = cloud(&format!(
        "{QUICK}[provider.quota]\nmachines = 2\ncpus = 6\n[provider.capacity]\ncpus = 13\n"
    ));
    for (name, tenant) in [("ann", "one"), ("bob", "two")] {
        bridge.add_user(
            name,
            "quotas are kept",
            &["--role", "operator", "--tenant", tenant],
        );
    }
    let ann = Rest::user(&bridge, "ann", "quotas are kept");
    let bob = Rest::user(&bridge, "bob", "quotas are kept");
    let refused = |rest: &Rest, body: &Value, word: &str| {
        let answer = post(rest, "machines", body);
        assert_eq!(answer.status, 403, "{}", answer.text());
        let report: Value = serde_json::from_slice(&answer.body).expect("JSON");
        let message = report["statusMessage"].as_str().expect("a reason");
        assert!(message.contains(word), "{message}");
    };
    // The machines of the demonstration have 5 processors.
    made(&ann, "machines", &machine(4));
    refused(&ann, &machine(3), "quota of tenant one is 6 processors");
    let last = made(&ann, "machines", &machine(1));
    refused(&ann, &machine(1), "machines");
    // What is deleted can be had again, and one tenant does not count for the other.
    gone(&ann, &last);
    made(&ann, "machines", &machine(1));
    made(&bob, "machines", &machine(3));
    refused(&bob, &machine(1), "capacity of this cloud is 13 processors");
}

fn gone(rest: &Rest, uri: &str) {
    let job = rest.job(&rest.delete(uri));
    assert_eq!(job["state"], "SUCCESS", "{job}");
    assert_eq!(rest.find(uri), None);
}

#[test]
fn seeds_are_instantiated_as_they_are_and_addresses_are_allocated() {
    let bridge = cloud(QUICK);
    let rest = Rest::admin(&bridge);
    let base = format!("{}/cimi/", bridge.url());
    let template = format!("{base}networkTemplates/demo-lan-template");
    let network = made(
        &rest,
        "networks",
        &json!({ "networkTemplate": { "href": template } }),
    );
    assert_eq!(rest.get(&network)["state"], "STARTED");
    let template = format!("{base}systemTemplates/demo-shop");
    let system = made(
        &rest,
        "systems",
        &json!({ "name": "mine", "systemTemplate": { "href": template } }),
    );
    let members = rest.items_of(&href(&rest.get(&system)["machines"]));
    assert_eq!(members.len(), 3);
    let mut ips = Vec::new();
    for member in &members {
        let machine = rest.get(&href(&member["machine"]));
        for interface in rest.items_of(&href(&machine["networkInterfaces"])) {
            for address in rest.items_of(&href(&interface["addresses"])) {
                let address = rest.get(&href(&address["address"]));
                ips.push(address["ip"].as_str().expect("an IP address").to_owned());
            }
        }
    }
    assert_eq!(ips.len(), 3, "{ips:?}");
    ips.sort();
    ips.dedup();
    assert_eq!(ips.len(), 3, "each has its own");
    // The seeded range gives the next free address, and only what is in it.
    let range = format!("{base}addressTemplates/demo-lan-range");
    let create = json!({ "addressTemplate": { "href": range } });
    let first = rest.get(&made(&rest, "addresses", &create));
    let second = rest.get(&made(&rest, "addresses", &create));
    assert_ne!(first["ip"], second["ip"]);
    for address in [first, second] {
        assert!(
            address["ip"]
                .as_str()
                .is_some_and(|ip| ip.starts_with("10.20.0.")),
            "{address}"
        );
    }
}

#[test]
fn old_jobs_events_and_samples_go_by_number_and_by_age() {
    let bridge = cloud(&format!(
        "{QUICK}events_per_log = 3\nsamples_per_meter = 2\nfinished_jobs = 6\njob_retention_seconds = 3600\n"
    ));
    let rest = Rest::admin(&bridge);
    let uri = made(&rest, "machines", &machine(1));
    let log = made(
        &rest,
        "eventLogs",
        &json!({ "eventLogTemplate": { "targetResource": { "href": uri } } }),
    );
    let meter = json!({ "meterTemplate": { "targetResource": { "href": uri }, "meterConfig": {
        "aspect": format!("{CIMI}aspect/cpu"), "units": "percent", "sampleInterval": 1, "timeScope": "Point",
        "isContinuous": true } } });
    let meter = made(&rest, "meters", &meter);
    for _ in 0..4 {
        rest.job(&rest.act(&uri, "start"));
        rest.job(&rest.act(&uri, "stop"));
    }
    let events = href(&rest.get(&log)["events"]);
    assert_eq!(rest.items_of(&events).len(), 3);
    let low = rest.get(&log)["summary"]["low"].clone();
    assert_eq!(low, 3, "the summary counts what is there");
    eventually("old jobs go", || {
        (rest.items("jobs").len() <= 6).then_some(())
    });
    let samples = href(&rest.get(&meter)["samples"]);
    eventually("the first sample has gone", || {
        let all = rest.items_of(&samples);
        assert!(all.len() <= 2, "{all:?}");
        let first = all.first()?["id"].as_str()?.to_owned();
        (!first.ends_with("/1")).then_some(())
    });

    let bridge = cloud(&format!(
        "{QUICK}event_retention_seconds = 0\nsample_retention_seconds = 0\njob_retention_seconds = 0\n"
    ));
    let rest = Rest::admin(&bridge);
    let answer = post(&rest, "machines", &machine(1));
    let uri = answer.header("location").expect("Location").to_owned();
    rest.wait_for(&uri, "STOPPED");
    eventually("old jobs go", || {
        items(&rest.get(&rest.collection("jobs")))
            .is_empty()
            .then_some(())
    });
    let answer = post(
        &rest,
        "eventLogs",
        &json!({ "eventLogTemplate": { "targetResource": { "href": uri } } }),
    );
    let log = answer.header("location").expect("Location").to_owned();
    rest.act(&uri, "start");
    rest.wait_for(&uri, "STARTED");
    let events = href(&rest.get(&log)["events"]);
    eventually("old events go", || {
        rest.items_of(&events).is_empty().then_some(())
    });
    assert!(instance_id(&uri).starts_with("machines/"));
}
