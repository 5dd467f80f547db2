//! An event log that is followed over REST, with curl: Server-Sent Events.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup, binary, eventually, lasting_address};
use crate::curl::curl;
use crate::rest::{CIMI, Rest, href, items};

const STREAM: &str = "Accept: text/event-stream";

/// curl that reads a stream.
struct Stream {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Stream {
    fn open(uri: &str, user: &str, more: &[&str]) -> Self {
        let mut child = Command::new("curl")
            .args([
                "--silent",
                "--no-buffer",
                "--noproxy",
                "*",
                "--max-time",
                "120",
            ])
            .args(["--user", user, "--header", STREAM])
            .args(more)
            .arg(uri)
            .stdout(Stdio::piped())
            .spawn()
            .expect("curl is there: `make test` installs it");
        let stdout = child.stdout.take().expect("standard output");
        let mut stream = Self {
            child,
            lines: BufReader::new(stdout).lines(),
        };
        assert_eq!(stream.line().as_deref(), Some("retry: 1000"));
        stream
    }

    fn line(&mut self) -> Option<String> {
        self.lines.next().map(|line| line.expect("text"))
    }

    /// The next message: id, name and data; `None` at the end of the stream.
    fn next(&mut self) -> Option<(String, String, Value)> {
        let (mut id, mut name, mut data) = (String::new(), String::new(), String::new());
        loop {
            let line = self.line()?;
            match line.split_once(": ") {
                Some(("id", text)) => text.clone_into(&mut id),
                Some(("event", text)) => text.clone_into(&mut name),
                Some(("data", text)) => data.push_str(text),
                // A blank line ends a message, which without data is none.
                None if line.is_empty() && !data.is_empty() => {
                    return Some((id, name, serde_json::from_str(&data).expect("JSON")));
                }
                _ => {}
            }
        }
    }

    /// Bookmarks and states that the next messages tell, until this state.
    fn states_until(&mut self, last: &str) -> Vec<(String, String)> {
        let mut seen = Vec::new();
        while seen.last().is_none_or(|(_, state)| state != last) {
            let (id, name, event) = self.next().expect("an event");
            assert_eq!(name, "event");
            // Others are of changes that are none of state.
            if let Some(state) = event["content"]["state"].as_str() {
                seen.push((id, state.to_owned()));
            }
        }
        seen
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn states(seen: &[(String, String)]) -> Vec<&str> {
    seen.iter().map(|(_, state)| state.as_str()).collect()
}

/// A log of what happens to a machine.
fn log(rest: &Rest, machine: &str) -> String {
    let body = json!({
        "resourceURI": format!("{CIMI}EventLogCreate"),
        "name": "log",
        "eventLogTemplate": { "targetResource": { "href": machine } },
    });
    let answer = rest.json("POST", &rest.collection("eventLogs"), &body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.header("location").expect("Location").to_owned()
}

#[test]
fn a_log_is_followed_and_taken_up_again() {
    let mut bridge = Setup::demo()
        .config("[provider]\nevents_per_log = 3\n")
        .start();
    let rest = Rest::admin(&bridge);
    let login = format!("{ADMIN}:{PASSWORD}");
    let announced = rest.get("/cimi/resourceMetadata/EventLog");
    let capabilities = announced["capabilities"].as_array().expect("capabilities");
    assert!(
        capabilities
            .iter()
            .any(|one| one["name"] == "ServerSentEvents" && one["value"] == true)
    );

    let machine = format!("{}/cimi/machines/demo-backend", bridge.url());
    rest.act(&machine, "start");
    rest.wait_for(&machine, "STARTED");
    let uri = log(&rest, &machine);
    let mut stream = Stream::open(&uri, &login, &[]);
    let events = href(&rest.get(&uri)["events"]);
    let mut of_collection = Stream::open(&events, &login, &[]);
    rest.act(&machine, "stop");
    let seen = stream.states_until("STOPPED");
    assert_eq!(states(&seen), ["STOPPING", "STOPPED"]);
    assert_eq!(
        states(&of_collection.states_until("STOPPED")),
        ["STOPPING", "STOPPED"]
    );
    drop((stream, of_collection));

    // Meanwhile more happens than the log itself keeps, and the service is killed.
    for (action, state) in [
        ("start", "STARTED"),
        ("stop", "STOPPED"),
        ("start", "STARTED"),
    ] {
        rest.act(&machine, action);
        rest.wait_for(&machine, state);
    }
    bridge.crash_and_restart();
    let rest = Rest::admin(&bridge);
    let path = &uri[uri.find("/cimi/").expect("a path")..];
    let uri = format!("{}{path}", bridge.url());
    let (bookmark, _) = &seen[0];
    let behind = format!("Last-Event-ID: {bookmark}");
    let mut again = Stream::open(&uri, &login, &["--header", &behind]);
    let mut told = Vec::new();
    while told.len() < 7 {
        let (_, _, event) = again.next().expect("an event");
        told.extend(event["content"]["state"].as_str().map(str::to_owned));
    }
    assert_eq!(
        told,
        [
            "STOPPED", "STARTING", "STARTED", "STOPPING", "STOPPED", "STARTING", "STARTED"
        ]
    );

    // The collection of the log: filter and paging.
    let events = rest.items_of(&format!("{path}/events"));
    assert_eq!(events.len(), 3, "as many as it keeps");
    let filter = "?$filter=severity='low'&$first=2&$last=3";
    let found = rest.get(&format!("{path}/events{filter}"));
    assert_eq!(
        (found["count"].as_u64(), items(&found).len()),
        (Some(3), 2),
        "{found}"
    );
    let none = rest.get(&format!("{path}/events?$filter=severity='critical'"));
    assert_eq!(none["count"], 0);

    // What cannot be followed, and from where.
    curl(&["-H", STREAM, &format!("{}/cimi/machines", bridge.url())]).is(406);
    curl(&[
        "-H",
        STREAM,
        &format!("{}/cimi/machines/demo-backend", bridge.url()),
    ])
    .is(406);
    curl(&[
        "-H",
        STREAM,
        &format!("{}/cimi/eventLogs/none", bridge.url()),
    ])
    .is(404);
    for wrong in ["17", "", "x y"] {
        let header = format!("Last-Event-ID: {wrong}");
        if !wrong.is_empty() {
            curl(&["-H", STREAM, "-H", &header, &uri]).is(400);
        }
    }
    // Without the header it is a resource as ever.
    assert_eq!(rest.get(path)["name"], "log");
    // The service stops though somebody follows.
    assert!(bridge.terminate().success());
    while again.next().is_some() {}
}

#[test]
fn streams_are_bounded_and_end_with_their_user() {
    let bridge = Setup::demo()
        .config("[events]\nsubscriptions_per_user = 2\nretained = 20\n")
        .start();
    bridge.add_user("eve", "eve's password", &["--role", "reader"]);
    let rest = Rest::admin(&bridge);
    let machine = format!("{}/cimi/machines/demo-backend", bridge.url());
    let uri = log(&rest, &machine);
    let login = "eve:eve's password";
    let mut first = Stream::open(&uri, login, &[]);
    let second = Stream::open(&uri, login, &[]);
    let third = Command::new("curl")
        .args([
            "--silent",
            "--noproxy",
            "*",
            "--user",
            login,
            "--header",
            STREAM,
            "--output",
            "-",
        ])
        .args(["--write-out", "%{http_code}", &uri])
        .output()
        .expect("curl");
    let third = String::from_utf8_lossy(&third.stdout).into_owned();
    assert!(
        third.ends_with("503") && third.contains("too many"),
        "{third}"
    );
    drop(second);
    eventually("a place is free again", || {
        let mut child = Command::new("curl")
            .args([
                "--silent",
                "--no-buffer",
                "--noproxy",
                "*",
                "--user",
                login,
                "--header",
                STREAM,
                &uri,
            ])
            .stdout(Stdio::piped())
            .spawn()
            .expect("curl");
        let mut line = String::new();
        let mut reader = BufReader::new(child.stdout.take().expect("stdout"));
        reader.read_line(&mut line).expect("a line");
        let _ = child.kill();
        let _ = child.wait();
        line.starts_with("retry").then_some(())
    });
    // What the outbox does not have any more is counted.
    for number in 0..15 {
        rest.json(
            "PUT",
            &format!("{machine}?$select=description"),
            &json!({"description": format!("{number}")}),
        );
    }
    let mut late = Stream::open(
        &uri,
        &format!("{ADMIN}:{PASSWORD}"),
        &["--header", "Last-Event-ID: earliest"],
    );
    let (_, name, data) = late.next().expect("a message");
    assert_eq!(name, "droppedEvents");
    assert!(data["count"].as_u64().expect("a number") > 0);
    let removed = Command::new(binary())
        .args(["user", "remove", "eve", "--data"])
        .arg(bridge.data())
        .status()
        .expect("it runs");
    assert!(removed.success());
    while first.next().is_some() {}
}

/// `cimi-bridge watch --log` follows a log over a kill of the service, shows each event once, and goes on later where
/// it was.
#[test]
fn the_command_follows_a_log() {
    let mut bridge = Setup::demo().listening_at(lasting_address()).start();
    let rest = Rest::admin(&bridge);
    let machine = format!("{}/cimi/machines/demo-backend", bridge.url());
    let uri = log(&rest, &machine);
    let watch = |bridge: &Bridge, log: &str, more: &[&str]| {
        let mut command = Command::new(binary());
        command
            .args(["watch", "--log", log])
            .args(more)
            .env("CIMI_BRIDGE_URL", bridge.url())
            .env("CIMI_BRIDGE_USER", ADMIN)
            .env("CIMI_BRIDGE_PASSWORD", PASSWORD)
            .env("CIMI_BRIDGE_PROFILES", "/dev/null")
            .env_remove("CIMI_BRIDGE_PROFILE");
        command
    };
    let state = |event: &Value| event["content"]["state"].as_str().map(str::to_owned);
    let json = ["--output", "json", "--bookmark", "earliest"];
    let mut child = watch(&bridge, &uri, &[&json[..], &["--count", "12"]].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let stdout = child.stdout.take().expect("standard output");
    let mut events = BufReader::new(stdout)
        .lines()
        .map(|line| serde_json::from_str::<Value>(&line.expect("text")).expect("JSON"));
    rest.act(&machine, "start");
    rest.wait_for(&machine, "STARTED");
    let mut seen: Vec<Value> = Vec::new();
    let mut until = |seen: &mut Vec<Value>, last: &str| {
        while seen.last().and_then(&state).as_deref() != Some(last) {
            seen.push(events.next().expect("an event"));
        }
    };
    until(&mut seen, "STARTED");
    bridge.crash_and_restart();
    let rest = Rest::admin(&bridge);
    for (action, wanted) in [
        ("stop", "STOPPED"),
        ("start", "STARTED"),
        ("stop", "STOPPED"),
    ] {
        rest.act(&machine, action);
        rest.wait_for(&machine, wanted);
        if child.try_wait().expect("its state").is_none() && seen.len() < 12 {
            until(&mut seen, wanted);
        }
    }
    let ids: std::collections::HashSet<_> = seen.iter().map(|e| e["id"].to_string()).collect();
    assert_eq!(ids.len(), seen.len(), "each once: {seen:?}");
    let states: Vec<_> = seen.iter().filter_map(state).collect();
    let expected = [
        "STARTING", "STARTED", "STOPPING", "STOPPED", "STARTING", "STARTED", "STOPPING", "STOPPED",
    ];
    assert_eq!(states, expected[..states.len()], "in order");
    let _ = child.kill();
    let _ = child.wait();
    // From a bookmark, as lines for people, by the identifier of the log.
    let id = &uri[uri.find("eventLogs/").expect("an identifier")..];
    let output = watch(&bridge, id, &["--bookmark", "earliest", "--count", "1"]).output();
    let output = output.expect("it runs");
    let (said, shown) = (text(&output.stderr), text(&output.stdout));
    assert!(
        shown.contains("Success") || shown.contains("STARTING"),
        "{shown}{said}"
    );
    let bookmark = said
        .split_once("--bookmark ")
        .expect("a bookmark")
        .1
        .trim()
        .to_owned();
    let more = ["--output", "json", "--bookmark", &bookmark, "--count", "1"];
    let output = watch(&bridge, id, &more).output().expect("it runs");
    let second: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(second["id"], seen[1]["id"]);
    // What cannot be followed.
    for (log, code, why) in [
        ("eventLogs/none", 3, "404"),
        ("machines/demo-backend", 3, "event"),
        ("", 2, "name the log"),
    ] {
        let output = watch(&bridge, log, &[]).output().expect("it runs");
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{log}: {said}");
        assert!(said.contains(why), "{log}: {said}");
    }
    let wrong = watch(&bridge, id, &[])
        .env("CIMI_BRIDGE_PASSWORD", "wrong")
        .output();
    assert_eq!(wrong.expect("it runs").status.code(), Some(4));
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
