//! The one promise that all others serve: the same machine, managed through either protocol, is the same
//! machine in the other, in every state that it goes through.

use crate::bridge::{Bridge, eventually};
use crate::rest::{Rest, instance_id};
use crate::soap::{Message, Wsman};

/// What each client has seen of one machine: the states in order, without repetitions.
struct Watch<'a> {
    rest: &'a Rest,
    wsman: &'a Wsman,
    uri: String,
    by_rest: Vec<String>,
    by_wsman: Vec<String>,
}

impl<'a> Watch<'a> {
    fn new(rest: &'a Rest, wsman: &'a Wsman, uri: &str) -> Self {
        let uri = uri.to_owned();
        Self {
            rest,
            wsman,
            uri,
            by_rest: Vec::new(),
            by_wsman: Vec::new(),
        }
    }

    /// Looks with both clients until both have seen this state (`GONE` once there is no machine).
    fn until(&mut self, state: &str) {
        let id = instance_id(&self.uri).to_owned();
        eventually(&format!("{} is {state}", self.uri), || {
            let by_rest = self.rest.state(&self.uri).unwrap_or_else(|| "GONE".into());
            note(&mut self.by_rest, by_rest);
            let by_wsman = self.wsman.property("CIMI_Machine", &id, "State");
            note(
                &mut self.by_wsman,
                by_wsman.unwrap_or_else(|| "GONE".into()),
            );
            let both = [self.by_rest.last(), self.by_wsman.last()];
            both.iter()
                .all(|last| last.is_some_and(|last| last == state))
                .then_some(())
        });
    }

    /// Both have seen exactly these states, in this order.
    #[track_caller]
    fn saw(&self, states: &[&str]) {
        assert_eq!(self.by_rest, states, "over REST");
        assert_eq!(self.by_wsman, states, "over WS-Management");
    }
}

fn note(seen: &mut Vec<String>, state: String) {
    if seen.last() != Some(&state) {
        seen.push(state);
    }
}

#[test]
fn a_machine_made_over_rest_is_managed_over_wsman() {
    let bridge = Bridge::demo();
    let (rest, wsman) = (Rest::admin(&bridge), Wsman::admin(&bridge));

    let answer = rest.post_machine("made-over-rest", "STOPPED");
    assert!(matches!(answer.status, 201 | 202), "{}", answer.text());
    let uri = answer.header("location").expect("Location").to_owned();
    assert!(
        uri.starts_with(&format!("{}/cimi/machines/", bridge.url())),
        "{uri}"
    );
    let id = instance_id(&uri).to_owned();

    let mut watch = Watch::new(&rest, &wsman, &uri);
    watch.until("STOPPED");
    assert_eq!(rest.job(&answer)["state"], "SUCCESS");
    assert_eq!(
        wsman
            .property("CIMI_Machine", &id, "ElementName")
            .as_deref(),
        Some("made-over-rest")
    );
    let listed = wsman
        .enumerate("CIMI_Machine", "", "")
        .iter()
        .any(|reply| reply.texts("InstanceID").contains(&id));
    assert!(listed, "{id} is not in the enumeration");

    let started = wsman
        .call(&Message::invoke("CIMI_Machine", &id, "Start", &[]))
        .ok();
    assert_eq!(started.value("ReturnValue"), "4096", "{}", started.xml);
    let job = started
        .selector("InstanceID")
        .expect("a reference to the job");
    watch.until("STARTED");
    eventually("the job ends", || {
        let state = wsman.property("CIMI_Job", &job, "State").expect("the job");
        (state == "SUCCESS").then_some(())
    });

    wsman
        .call(&Message::invoke("CIMI_Machine", &id, "Stop", &[]))
        .ok();
    watch.until("STOPPED");
    wsman.call(&Message::delete("CIMI_Machine", &id)).ok();
    watch.until("GONE");
    watch.saw(&[
        "CREATING", "STOPPED", "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "GONE",
    ]);
}

#[test]
fn a_machine_made_over_wsman_is_managed_over_rest() {
    let bridge = Bridge::demo();
    let (rest, wsman) = (Rest::admin(&bridge), Wsman::admin(&bridge));

    let template = rest.items("machineTemplates").remove(0);
    let template = instance_id(template["id"].as_str().expect("an id")).to_owned();
    let created = wsman
        .call(&Message::create(
            "CIMI_Machine",
            "CIMI_MachineCreate",
            &[
                ("ElementName", "made-over-wsman"),
                ("MachineTemplate", &template),
            ],
        ))
        .ok();
    assert!(created.has("ResourceCreated"), "{}", created.xml);
    let id = created
        .selector("InstanceID")
        .expect("the key of the new machine");
    let uri = format!("{}/cimi/{id}", bridge.url());
    assert_eq!(rest.get(&uri)["id"], uri.as_str());
    assert_eq!(rest.get(&uri)["name"], "made-over-wsman");
    let listed = rest
        .items("machines")
        .iter()
        .any(|machine| machine["id"] == uri.as_str());
    assert!(listed, "{uri} is not in the collection");

    // The template decides in which state it comes to rest.
    let mut watch = Watch::new(&rest, &wsman, &uri);
    let rest_state = eventually("it comes to rest", || {
        let state = rest.state(&uri).expect("it is there");
        ["STOPPED", "STARTED"]
            .contains(&state.as_str())
            .then_some(state)
    });
    watch.until(&rest_state);
    let mut states = vec![rest_state.as_str()];
    if rest_state == "STARTED" {
        rest.act(&uri, "stop");
        watch.until("STOPPED");
        states.extend(["STOPPING", "STOPPED"]);
    }
    let answer = rest.act(&uri, "start");
    watch.until("STARTED");
    assert_eq!(rest.job(&answer)["state"], "SUCCESS");
    rest.act(&uri, "stop");
    watch.until("STOPPED");
    rest.delete(&uri);
    watch.until("GONE");
    states.extend([
        "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "GONE",
    ]);
    watch.saw(&states);

    let gone = wsman.call(&Message::get("CIMI_Machine", &id)).fault();
    assert_eq!(gone.subcode.as_deref(), Some("DestinationUnreachable"));
    assert_eq!(gone.detail, None);
}

#[test]
fn a_name_changed_on_one_side_is_changed_on_the_other() {
    let bridge = Bridge::demo();
    let (rest, wsman) = (Rest::admin(&bridge), Wsman::admin(&bridge));
    let uri = rest.items("machines")[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let id = instance_id(&uri);

    // A WS-Man Put leaves what it does not name.
    let cpu = rest.get(&uri)["cpu"].clone();
    wsman
        .call(&Message::put(
            "CIMI_Machine",
            id,
            &[("ElementName", "by wsman")],
        ))
        .ok();
    let machine = rest.get(&uri);
    assert_eq!(
        (&machine["name"], &machine["cpu"]),
        (&"by wsman".into(), &cpu)
    );

    // A partial REST update changes what it selects.
    let body = serde_json::json!({ "name": "by rest" });
    let answer = rest.json("PUT", &format!("{uri}?$select=name"), &body);
    assert!(matches!(answer.status, 200 | 202), "{}", answer.text());
    assert_eq!(
        wsman.property("CIMI_Machine", id, "ElementName").as_deref(),
        Some("by rest")
    );
}

#[test]
fn the_demonstration_cloud_has_what_a_newcomer_needs() {
    let bridge = Bridge::demo();
    let rest = Rest::admin(&bridge);
    for collection in ["machineConfigs", "machineImages", "machineTemplates"] {
        assert!(rest.items(collection).len() >= 2, "{collection}");
    }
    let machines = rest.items("machines");
    let mut states: Vec<_> = machines.iter().map(|machine| &machine["state"]).collect();
    states.sort_by_key(|state| state.to_string());
    assert_eq!(states, ["STARTED", "STOPPED"]);
    for machine in &machines {
        let disks = rest.get(&crate::rest::href(&machine["disks"]));
        assert!(
            !crate::rest::items(&disks).is_empty(),
            "a disk of {}",
            machine["id"]
        );
    }
}
