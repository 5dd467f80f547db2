//! Events as subscribers see them: with clients that somebody else wrote, and with `cimi-bridge watch` and
//! `cimi-bridge sink`.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup, binary, eventually, lasting_address};
use crate::login::certificate;
use crate::oracle;
use crate::rest::{CIMI, Rest};
use crate::sink::Sink;
use crate::soap::{Message, Wsman};

const EVENTING: &str = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
const DMTF: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman";

/// A Subscribe to a class, with this content.
pub(crate) fn subscribe(class: &str, content: &str) -> Message {
    let body = format!("<wse:Subscribe xmlns:wse=\"{EVENTING}\">{content}</wse:Subscribe>");
    Message::new(&format!("{EVENTING}/Subscribe"), class).body(&body)
}

/// `wse:Delivery` to an address, in a mode.
pub(crate) fn delivery(mode: &str, address: &str, more: &str) -> String {
    let mode = match mode {
        "Push" => format!("{EVENTING}/DeliveryModes/Push"),
        mode => format!("{DMTF}/{mode}"),
    };
    format!(
        "<wse:Delivery Mode=\"{mode}\"><wse:NotifyTo><wsa:Address>{address}</wsa:Address></wse:NotifyTo>{more}</wse:Delivery>"
    )
}

fn manage(operation: &str, identifier: &str) -> Message {
    Message::new(&format!("{EVENTING}/{operation}"), "CIM_InstCreation")
        .header(&format!(
            "<wse:Identifier xmlns:wse=\"{EVENTING}\">{identifier}</wse:Identifier>"
        ))
        .body(&format!("<wse:{operation} xmlns:wse=\"{EVENTING}\"/>"))
}

/// Every message to the sinks is valid by the published schemas, and down to the last property by ours.
#[test]
fn pypsrp_subscribes_in_all_four_modes() {
    assert!(valid_deliveries("wsman_events_pypsrp.py") > 20);
}

/// The same with filter, destination and subscription as instances.
#[test]
fn pypsrp_makes_subscriptions_of_instances() {
    assert!(valid_deliveries("wsman_indications_pypsrp.py") > 0);
}

/// Runs a client with sinks, and validates what these get; how many messages that were.
fn valid_deliveries(client: &str) -> usize {
    let messages = tempfile::tempdir().expect("a directory");
    let path = messages.path().to_str().expect("a path");
    oracle::client_with(client, &Bridge::demo(), "EVENTS_DIR", path);
    let documents: Vec<_> = std::fs::read_dir(messages.path())
        .expect("the messages")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "xml"))
        .map(|path| std::fs::read_to_string(path).expect("a message"))
        .collect();
    let directory = tempfile::tempdir().expect("a directory");
    if let Some(schema) = oracle::message_schema(directory.path()) {
        oracle::validate(&schema, &documents);
    }
    documents.len()
}

#[test]
fn meshcentral_subscribes_and_is_logged_in_at_with_digest() {
    oracle::node("wsman_events_meshcentral.js", &Bridge::demo());
}

pub(crate) fn configure(rest: &Rest, name: &str) -> String {
    let body = json!({"resourceURI": format!("{CIMI}MachineConfiguration"), "name": name, "cpu": 1, "memory": 1024});
    let collection = rest.collection("machineConfigs");
    let answer = rest.json("POST", &collection, &body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.header("location").expect("Location").to_owned()
}

fn command(bridge: &Bridge, arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command
        .args(arguments)
        .env("CIMI_BRIDGE_URL", bridge.url())
        .env("CIMI_BRIDGE_USER", ADMIN)
        .env("CIMI_BRIDGE_PASSWORD", PASSWORD)
        .env("CIMI_BRIDGE_PROFILES", "/dev/null")
        .env_remove("CIMI_BRIDGE_PROFILE");
    command
}

pub(crate) fn names(lines: &[Value]) -> Vec<&str> {
    let events = lines.iter().filter_map(|line| line.get("event"));
    events
        .filter_map(|event| event["SourceInstance"]["ElementName"].as_str())
        .collect()
}

/// `cimi-bridge watch --notify-to` subscribes for a sink, whose lines tell all that happened, in every mode.
#[test]
fn the_sink_writes_what_it_acknowledges() {
    let bridge = Bridge::demo();
    let rest = Rest::admin(&bridge);
    let folder = tempfile::tempdir().expect("a directory");
    let sinks: Vec<_> = ["push", "push-with-ack", "events"]
        .iter()
        .map(|mode| {
            let sink = Sink::start(&folder.path().join(mode), &["--durable"]);
            let url = format!("http://{}/", sink.authority());
            let arguments = [
                "watch",
                "CIMI_MachineConfiguration",
                "--notify-to",
                &url,
                "--mode",
                mode,
            ];
            let output = command(&bridge, &arguments).output().expect("it runs");
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(
                said.starts_with("uuid:"),
                "{said}{}",
                String::from_utf8_lossy(&output.stderr)
            );
            sink
        })
        .collect();
    for number in 0..5 {
        configure(&rest, &format!("c{number}"));
    }
    for sink in &sinks {
        let lines = eventually("five events", || {
            Some(sink.lines()).filter(|lines| names(lines).len() >= 5)
        });
        assert_eq!(names(&lines), ["c0", "c1", "c2", "c3", "c4"]);
        let last = lines.last().expect("a line");
        assert_eq!(last["action"], "event");
        assert!(
            last["bookmark"]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            "{last}"
        );
        assert_eq!(last["event"]["@class"], "CIM_InstCreation");
    }
}

/// Over TLS that is verified, with Basic and Digest logins; and not over TLS that does not verify, nor with a
/// wrong password: then the subscription ends, and its end is told.
#[test]
fn sinks_are_trusted_by_certificate_and_trust_by_password() {
    let folder = tempfile::tempdir().expect("a directory");
    let (cert, key) = certificate(folder.path());
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "s3cret").expect("the password");
    let (cert, key, secret) = (cert, key, secret.to_str().expect("a path").to_owned());
    let trusting = Setup::demo()
        .config(&format!("[events]\nca_file = \"{cert}\"\n"))
        .start();
    let doubting = Bridge::demo();
    let tls = lasting_address();
    let arguments = [
        "--tls-listen",
        &tls,
        "--tls-cert",
        &cert,
        "--tls-key",
        &key,
        "--user",
        "device",
        "--password-file",
        &secret,
    ];
    let sink = Sink::start(&folder.path().join("lines"), &arguments);
    let ends = Sink::start(&folder.path().join("ends"), &[]);
    let port = tls.rsplit(':').next().expect("a port");
    let token = |password: &str| {
        format!(
            "<t:IssuedTokens xmlns:t=\"http://schemas.xmlsoap.org/ws/2005/02/trust\" xmlns:se=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd\"><t:RequestSecurityTokenResponse><t:TokenType>http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#UsernameToken</t:TokenType><t:RequestedSecurityToken><se:UsernameToken><se:Username>device</se:Username><se:Password>{password}</se:Password></se:UsernameToken></t:RequestedSecurityToken></t:RequestSecurityTokenResponse></t:IssuedTokens>"
        )
    };
    let retry = "<wsman:ConnectionRetry Total=\"1\">PT0.05S</wsman:ConnectionRetry>";
    let attempt = |bridge: &Bridge, url: &str, profile: &str, password: &str| {
        let auth = format!("<wsman:Auth Profile=\"{DMTF}/secprofile/{profile}\"/>{retry}");
        let end_to = format!(
            "<wse:EndTo><wsa:Address>http://{}/</wsa:Address></wse:EndTo>",
            ends.authority()
        );
        let content = format!("{end_to}{}", delivery("PushWithAck", url, &auth));
        let message = subscribe("CIMI_MachineConfiguration", &content).header(&token(password));
        Wsman::admin(bridge).call(&message).ok().value("Identifier")
    };
    let https = format!("https://127.0.0.1:{port}/");
    let http = format!("http://{}/", sink.authority());
    attempt(&trusting, &https, "https/basic", "s3cret");
    attempt(&trusting, &https, "https/digest", "s3cret");
    attempt(&trusting, &http, "http/digest", "s3cret");
    configure(&Rest::admin(&trusting), "one");
    eventually("three deliveries", || {
        (names(&sink.lines()) == ["one"; 3]).then_some(())
    });
    // What may not be.
    let wrong = [
        attempt(&trusting, &http, "http/digest", "wrong"),
        attempt(&trusting, &https, "https/basic", "wrong"),
        attempt(&doubting, &https, "https/basic", "s3cret"),
    ];
    configure(&Rest::admin(&trusting), "two");
    configure(&Rest::admin(&doubting), "two");
    let told = eventually("the ends are told", || {
        Some(ends.lines()).filter(|lines| lines.len() >= wrong.len())
    });
    for line in &told {
        assert_eq!(line["action"], "end", "{line}");
        assert!(
            line["event"].to_string().contains("/DeliveryFailure"),
            "{line}"
        );
    }
    let reasons = told.iter().map(Value::to_string).collect::<String>();
    assert!(
        reasons.contains("certificate") && reasons.contains("password"),
        "{reasons}"
    );
    for id in wrong {
        let is_it = |line: &Value| line["subscription"] == id.as_str();
        assert!(told.iter().any(is_it), "{reasons}");
    }
    let said = [trusting.output(), doubting.output()].concat();
    assert!(!said.contains("s3cret"), "{said}");
}

/// A watch goes on where it was when the service comes back, shows each event once, and says at its end how to
/// go on.
#[test]
fn a_watch_lives_through_a_crash() {
    let mut bridge = Setup::demo().listening_at(lasting_address()).start();
    let rest = Rest::admin(&bridge);
    for number in 0..3 {
        configure(&rest, &format!("w{number}"));
    }
    let wql = "select * from CIM_InstCreation where SourceInstance isa CIMI_MachineConfiguration and SourceInstance.ElementName like 'w%'";
    let watch = ["watch", "--filter", wql, "--bookmark"];
    let arguments = [
        &watch[..],
        &["earliest", "--output", "json", "--count", "6"],
    ]
    .concat();
    let mut child = command(&bridge, &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
    let mut seen = lines.map(|line| {
        let event: Value = serde_json::from_str(&line.expect("text")).expect("JSON");
        let name = event["SourceInstance"]["ElementName"].as_str();
        name.expect("a name").to_owned()
    });
    let mut names: Vec<String> = seen.by_ref().take(3).collect();
    bridge.crash_and_restart();
    let rest = Rest::admin(&bridge);
    for number in 3..7 {
        configure(&rest, &format!("w{number}"));
    }
    names.extend(seen);
    assert_eq!(names, ["w0", "w1", "w2", "w3", "w4", "w5"]);
    let output = child.wait_with_output().expect("its end");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let bookmark = said.split_once("--bookmark ").expect("a bookmark").1;
    // The rest, as a table.
    let arguments = [&watch[..], &[bookmark.trim(), "--count", "1"]].concat();
    let output = command(&bridge, &arguments).output().expect("it runs");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        shown.contains("  created  CIMI_MachineConfiguration machineConfigs/")
            && shown.trim_end().ends_with("w6"),
        "{shown}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // What cannot be.
    let output = command(&bridge, &["watch", "--filter", "select * from"])
        .output()
        .expect("it runs");
    assert_eq!(
        output.status.code(),
        Some(3),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Nobody gets events who may not log in any more.
#[test]
fn the_subscriptions_of_a_removed_user_end() {
    let bridge = Bridge::demo();
    bridge.add_user("eve", "eve's password", &["--role", "reader"]);
    let folder = tempfile::tempdir().expect("a directory");
    let sink = Sink::start(&folder.path().join("lines"), &["--no-heartbeats"]);
    let url = format!("http://{}/", sink.authority());
    let end_to = format!("<wse:EndTo><wsa:Address>{url}</wsa:Address></wse:EndTo>");
    let content = format!("{end_to}{}", delivery("Push", &url, ""));
    let eve = Wsman::user(&bridge, "eve", "eve's password");
    let id = eve
        .call(&subscribe("CIMI_MachineConfiguration", &content))
        .ok()
        .value("Identifier");
    eve.call(&manage("GetStatus", &id)).ok();
    // Nobody else manages it.
    Wsman::admin(&bridge)
        .call(&manage("Unsubscribe", &id))
        .fault();
    let rest = Rest::admin(&bridge);
    configure(&rest, "seen");
    eventually("an event", || {
        (names(&sink.lines()) == ["seen"]).then_some(())
    });
    let removed = Command::new(binary())
        .args(["user", "remove", "eve", "--data"])
        .arg(bridge.data())
        .status()
        .expect("it runs");
    assert!(removed.success());
    let end = eventually("the end", || {
        sink.lines()
            .into_iter()
            .find(|line| line["action"] == "end")
    });
    assert!(end.to_string().contains("SourceCanceling"), "{end}");
    configure(&rest, "unseen");
    configure(&rest, "unseen, too");
    assert_eq!(names(&sink.lines()), ["seen"]);
}

/// What happens in a cloud elsewhere is told by the bridge in front of it: over REST from looking at it, over
/// WS-Management from subscribing there. Also what happened while the bridge was down.
#[test]
fn events_of_clouds_elsewhere_are_told() {
    let cloud = Bridge::demo();
    let there = Rest::admin(&cloud);
    let url = format!("wsman={}/wsman", cloud.url());
    let secret = cloud.data().with_file_name("password");
    let secret = secret.to_str().expect("a path");
    let login = ["--cloud-user", ADMIN, "--cloud-password-file", secret];
    let over_wsman = Setup {
        demo: false,
        ..Setup::demo().arguments(&[&["--cloud", &url], &login[..]].concat())
    };
    for setup in [Setup::behind(&cloud), over_wsman] {
        let mut bridge = setup.listening_at(lasting_address()).start();
        let folder = tempfile::tempdir().expect("a directory");
        let sink = Sink::start(&folder.path().join("lines"), &["--no-heartbeats"]);
        let url = format!("http://{}/", sink.authority());
        let arguments = ["watch", "CIMI_MachineConfiguration", "--notify-to", &url];
        let output = command(&bridge, &arguments).output().expect("it runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let told = |line: &Value| {
            let event = &line["event"];
            let memory = |name: &str| event[name]["Memory"].as_u64();
            (
                event["@class"].as_str().unwrap_or_default().to_owned(),
                memory("PreviousInstance"),
                memory("SourceInstance"),
            )
        };
        let wait = |count: usize| {
            let lines = eventually("events", || {
                let mut lines = sink.lines();
                // After a crash what came just before it may come again.
                let mut seen = std::collections::HashSet::new();
                lines.retain(|line| seen.insert(line["event"]["IndicationIdentifier"].to_string()));
                (lines.len() >= count).then_some(lines)
            });
            lines.iter().map(told).collect::<Vec<_>>()
        };
        let uri = configure(&there, "elsewhere");
        wait(1);
        let change = |memory: u64| {
            let answer = there.json(
                "PUT",
                &format!("{uri}?$select=memory"),
                &json!({"memory": memory}),
            );
            assert!(answer.status < 300, "{}", answer.text());
        };
        change(2048);
        wait(2);
        // The bridge is down, and things go on.
        bridge.crash_and_restart();
        change(4096);
        wait(3);
        there.delete(&uri);
        let all = wait(4);
        let expected = [
            ("CIM_InstCreation", None, Some(1024)),
            ("CIM_InstModification", Some(1024), Some(2048)),
            ("CIM_InstModification", Some(2048), Some(4096)),
            ("CIM_InstDeletion", None, Some(4096)),
        ];
        let expected = expected.map(|(class, before, now)| (class.to_owned(), before, now));
        assert_eq!(all, expected);
    }
}
