//! Acknowledged means durable, and a job that a crash interrupts is carried to its end.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use crate::bridge::{Bridge, Setup, eventually};
use crate::http;
use crate::rest::{CIMI, Rest, operation};

#[test]
fn nothing_acknowledged_is_lost_by_a_crash_and_every_job_ends() {
    let mut bridge = Bridge::demo();
    let rest = Rest::admin(&bridge);
    let template = rest.items("machineTemplates").remove(0)["id"].clone();
    let machines = rest.get(&rest.collection("machines"));
    let add = operation(&machines, "add").expect("`add` is offered");

    // Four clients create machines as fast as they can, in the middle of which the power goes.
    let acknowledged: Mutex<Vec<(String, String)>> = Mutex::default();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for client in 0..4 {
            let (add, template) = (&add, &template);
            let (acknowledged, stop, authority) =
                (&acknowledged, &stop, bridge.authority().to_owned());
            scope.spawn(move || {
                let authorization = http::basic(crate::bridge::ADMIN, crate::bridge::PASSWORD);
                for number in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let body = json!({
                        "resourceURI": format!("{CIMI}MachineCreate"),
                        "name": format!("m-{client}-{number}"),
                        "machineTemplate": { "href": template },
                    })
                    .to_string();
                    let Some((location, job)) = create(&authority, add, &authorization, &body)
                    else {
                        break; // the service is gone
                    };
                    acknowledged
                        .lock()
                        .expect("acknowledged")
                        .push((location, job));
                }
            });
        }
        eventually("twenty creates", || {
            (acknowledged.lock().expect("acknowledged").len() >= 20).then_some(())
        });
        let before = bridge.authority().to_owned();
        bridge.crash_and_restart();
        stop.store(true, Ordering::Relaxed);
        assert_ne!(before, "", "the service was reachable");
    });

    let rest = Rest::admin(&bridge);
    let acknowledged = acknowledged.into_inner().expect("acknowledged");
    assert!(acknowledged.len() >= 20);
    for (location, job) in &acknowledged {
        // The new service listens on another port.
        let path = |uri: &str| format!("/cimi/{}", crate::rest::instance_id(uri));
        let (machine, job) = (path(location), path(job));
        let end = eventually(&format!("{job} ends"), || {
            let job = rest.get(&job);
            (job["state"] != "QUEUED" && job["state"] != "RUNNING").then_some(job)
        });
        assert_eq!(end["state"], "SUCCESS", "{end}");
        let state = rest
            .state(&machine)
            .expect("an acknowledged machine is there");
        assert!(
            ["STARTED", "STOPPED"].contains(&state.as_str()),
            "{machine} is {state}"
        );
    }
    // Nothing half-made is left over either: every machine comes to rest.
    eventually("all machines rest", || {
        let machines = rest.items("machines");
        let resting = machines
            .iter()
            .all(|machine| machine["state"] == "STARTED" || machine["state"] == "STOPPED");
        (machines.len() >= 2 + acknowledged.len() && resting).then_some(())
    });
}

/// A create that may find the service gone at any point; `None` then.
fn create(authority: &str, uri: &str, authorization: &str, body: &str) -> Option<(String, String)> {
    use std::io::{Read, Write};
    let path = uri
        .strip_prefix(&format!("http://{authority}"))
        .unwrap_or(uri);
    let mut stream = std::net::TcpStream::connect(authority).ok()?;
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {authority}\r\nAuthorization: {authorization}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    if answer.is_empty() {
        return None;
    }
    assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
    let header = |name: &str| {
        answer.lines().find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    Some((header("location")?, header("cimi-job-uri")?))
}

#[test]
fn a_machine_that_was_starting_when_the_power_went_is_started_afterwards() {
    let mut bridge = Setup::demo()
        .config("[provider]\nstart_millis = 4000\n")
        .start();
    let rest = Rest::admin(&bridge);
    let uri = rest.create_machine("interrupted", "STOPPED");
    rest.wait_for(&uri, "STOPPED");
    rest.act(&uri, "start");
    assert_eq!(rest.state(&uri).as_deref(), Some("STARTING"));
    bridge.crash_and_restart();
    let rest = Rest::admin(&bridge);
    rest.wait_for(
        &format!("/cimi/{}", crate::rest::instance_id(&uri)),
        "STARTED",
    );
}

#[test]
fn an_enumeration_goes_on_after_a_crash() {
    use crate::soap::{Message, Wsman};
    let mut bridge = Bridge::demo();
    let optimised = "<wsman:OptimizeEnumeration/><wsman:MaxElements>1</wsman:MaxElements>";
    let first = Wsman::admin(&bridge)
        .call(&Message::enumerate("CIMI_Machine", optimised))
        .ok();
    assert_eq!(first.texts("InstanceID").len(), 1);
    bridge.crash_and_restart();
    let context = first.value("EnumerationContext");
    let second = Wsman::admin(&bridge)
        .call(&Message::pull("CIMI_Machine", &context, ""))
        .ok();
    assert_eq!(second.texts("InstanceID").len(), 1);
    assert_ne!(first.value("InstanceID"), second.value("InstanceID"));
}

#[test]
fn a_service_that_is_asked_to_end_ends_well() {
    let status = Bridge::demo().terminate();
    assert!(status.success(), "{status}");
}
