//! What sinks can ask for and what they can do to the service, over real sockets: certificates, encodings, small
//! envelopes, answers without an end; and what is told: jobs that end, alarms, the events of several clouds.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::bridge::{Bridge, Setup, eventually, root};
use crate::login::certificate;
use crate::rest::{CIMI, Rest};
use crate::sink::Sink;
use crate::soap::Wsman;
use crate::wsman_events::{configure, delivery, names, subscribe};

const DMTF: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman";
const WQL: &str = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
const RETRY: &str = "<wsman:ConnectionRetry Total=\"2\">PT0.05S</wsman:ConnectionRetry>";

fn wql(text: &str) -> String {
    let text = text.replace('<', "&lt;").replace('>', "&gt;");
    format!("<wsman:Filter Dialect=\"{WQL}\">{text}</wsman:Filter>")
}

fn end_to(sink: &Sink) -> String {
    format!(
        "<wse:EndTo><wsa:Address>http://{}/</wsa:Address></wse:EndTo>",
        sink.authority()
    )
}

/// The reason of the end that a sink was told.
fn end_of(ends: &Sink) -> String {
    eventually("the end", || {
        let end = ends
            .lines()
            .into_iter()
            .find(|line| line["action"] == "end");
        end.map(|line| line.to_string())
    })
}

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The service shows its certificate to a sink that asks for one, and cannot deliver there without.
#[test]
fn a_sink_asks_for_a_certificate() {
    let folder = tempfile::tempdir().expect("a directory");
    let place = |name: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir(&path).expect("a directory");
        certificate(&path)
    };
    let ((cert, key), (own_cert, own_key)) = (place("sink"), place("service"));
    let mut child = Command::new("python3")
        .arg(root().join("tests/clients/mutual_sink.py"))
        .args([&cert, &key, &own_cert])
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python runs");
    let mut said = BufReader::new(child.stdout.take().expect("standard output")).lines();
    let _child = Ended(child);
    let port = said.next().expect("a line").expect("text");
    let url = format!("https://127.0.0.1:{port}/");
    let ends = Sink::start(&folder.path().join("ends"), &[]);
    let trusts = format!("[events]\nca_file = \"{cert}\"\n");
    let shows =
        format!("{trusts}client_certificate = \"{own_cert}\"\nclient_key = \"{own_key}\"\n");
    let try_with = |config: &str, profile: &str| {
        let bridge = Setup::demo().config(config).start();
        let auth = format!("<wsman:Auth Profile=\"{DMTF}/secprofile/{profile}\"/>{RETRY}");
        let content = format!("{}{}", end_to(&ends), delivery("Push", &url, &auth));
        let reply = Wsman::admin(&bridge).call(&subscribe("CIMI_MachineConfiguration", &content));
        (bridge, reply)
    };
    let (bridge, reply) = try_with(&shows, "https/mutual");
    reply.ok();
    configure(&Rest::admin(&bridge), "shown");
    let line = said.next().expect("a delivery").expect("text");
    assert_eq!(line, "127.0.0.1 shown");
    // Without a certificate the profile is not possible, and the sink lets nobody in.
    let (_, reply) = try_with(&trusts, "https/mutual");
    let fault = reply.fault();
    assert!(
        fault
            .detail
            .is_some_and(|detail| detail.ends_with("AuthorizationMode"))
    );
    let (bridge, reply) = try_with(&trusts, "https/basic");
    reply.ok();
    configure(&Rest::admin(&bridge), "not shown");
    assert!(end_of(&ends).contains("DeliveryFailure"));
}

/// Head and body of a request.
fn request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let (mut bytes, mut piece) = (Vec::new(), [0; 16 * 1024]);
    loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..at]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.and_then(|text| text.parse().ok()).unwrap_or(0);
            if bytes.len() >= at + 4 + length {
                return Some((head, bytes.split_off(at + 4)));
            }
        }
        match stream.read(&mut piece) {
            Ok(read @ 1..) => bytes.extend_from_slice(&piece[..read]),
            _ => return None,
        }
    }
}

/// A sink that hands on what it gets, and answers as it is told.
fn raw_sink(
    answer: impl Fn(&mut TcpStream) + Send + Sync + 'static,
) -> (String, mpsc::Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address").to_string();
    let (sender, receiver) = mpsc::channel();
    let answer = std::sync::Arc::new(answer);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let (sender, answer) = (sender.clone(), std::sync::Arc::clone(&answer));
            std::thread::spawn(move || {
                while let Some(got) = request(&mut stream) {
                    let _ = sender.send(got);
                    answer(&mut stream);
                }
            });
        }
    });
    (address, receiver)
}

/// A sink that wants UTF-16 gets it, byte order mark and all, in every mode; and our own sink reads it.
#[test]
fn a_sink_wants_utf_16() {
    let bridge = Bridge::demo();
    let folder = tempfile::tempdir().expect("a directory");
    let own = Sink::start(&folder.path().join("lines"), &[]);
    let (raw, got) = raw_sink(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n");
    });
    let encoding = "<wsman:ContentEncoding>UTF-16</wsman:ContentEncoding>";
    let wsman = Wsman::admin(&bridge);
    for (mode, address) in [
        ("Push", raw.as_str()),
        ("Events", own.authority()),
        ("PushWithAck", own.authority()),
    ] {
        let content = delivery(mode, &format!("http://{address}/"), encoding);
        wsman
            .call(&subscribe("CIMI_MachineConfiguration", &content))
            .ok();
    }
    configure(&Rest::admin(&bridge), "grün 漢字");
    let (head, body) = got
        .recv_timeout(Duration::from_secs(60))
        .expect("a delivery");
    assert!(
        head.contains("content-type: application/soap+xml;charset=utf-16"),
        "{head}"
    );
    assert_eq!(body[..2], [0xff, 0xfe]);
    let units: Vec<u16> = body[2..]
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    let text = String::from_utf16(&units).expect("UTF-16");
    assert!(text.contains("grün 漢字"), "{text}");
    roxmltree::Document::parse(&text).expect("XML");
    eventually("both modes", || {
        (names(&own.lines()) == ["grün 漢字"; 2]).then_some(())
    });
}

/// What is larger than the sink takes is left out, reported or the end, as the sink wants (DSP0226 10.2.5.2).
#[test]
fn a_sink_takes_small_envelopes_only() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let folder = tempfile::tempdir().expect("a directory");
    let policies = ["Notify", "Skip", "CancelSubscription"];
    let sinks = policies.map(|policy| {
        let sink = Sink::start(&folder.path().join(policy), &["--no-heartbeats"]);
        let more =
            format!("<wsman:MaxEnvelopeSize Policy=\"{policy}\">9000</wsman:MaxEnvelopeSize>");
        let url = format!("http://{}/", sink.authority());
        let content = format!("{}{}", end_to(&sink), delivery("Events", &url, &more));
        wsman
            .call(&subscribe("CIMI_MachineConfiguration", &content))
            .ok();
        sink
    });
    let rest = Rest::admin(&bridge);
    configure(&rest, "small");
    let large = json!({"resourceURI": format!("{CIMI}MachineConfiguration"), "name": "large", "cpu": 1, "memory": 1024, "description": "x".repeat(10_000)});
    assert_eq!(
        rest.json("POST", &rest.collection("machineConfigs"), &large)
            .status,
        201
    );
    configure(&rest, "last");
    let is_last =
        |line: &Value| line["action"] == "end" || names(std::slice::from_ref(line)) == ["last"];
    let told = |sink: &Sink| {
        let lines = eventually("the last", || {
            Some(sink.lines()).filter(|lines| lines.last().is_some_and(is_last))
        });
        lines
            .iter()
            .map(|line| {
                let count = line["count"].as_u64().map(|count| count.to_string());
                let name = names(std::slice::from_ref(line))
                    .first()
                    .map(|&name| name.to_owned());
                let action = line["action"].as_str().unwrap_or_default();
                format!("{action} {}", name.or(count).unwrap_or_default())
            })
            .collect::<Vec<_>>()
    };
    let [notify, skip, cancel] = &sinks;
    assert_eq!(told(notify), ["event small", "dropped 1", "event last"]);
    assert_eq!(told(skip), ["event small", "event last"]);
    assert_eq!(told(cancel), ["event small", "end "]);
    assert!(end_of(cancel).contains("SourceCanceling"));
}

/// Sinks whose answers have no end cost the service no memory, and end like those that do not answer.
#[test]
fn answers_without_an_end_are_not_read() {
    let bridge = Bridge::demo();
    let folder = tempfile::tempdir().expect("a directory");
    let ends = Sink::start(&folder.path().join("ends"), &[]);
    let endless = |head: &'static str, piece: &'static [u8]| {
        raw_sink(move |stream| {
            let mut sent = stream.write_all(head.as_bytes());
            // Far more than the service may take; it hangs up long before.
            for _ in 0..4096 {
                sent = sent.and_then(|()| stream.write_all(piece));
            }
        })
    };
    static PIECE: [u8; 65_536] = [b'x'; 65_536];
    static LINES: [u8; 65_536] = [b'a'; 65_536];
    let sinks = [
        endless(
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
            &PIECE,
        ),
        endless("HTTP/1.1 200 OK\r\n\r\n", &PIECE),
        endless("HTTP/1.1 200 OK\r\nX-Header: ", &LINES),
    ];
    let before = resident(bridge.pid());
    for (address, _) in &sinks {
        let content = format!(
            "{}{}",
            end_to(&ends),
            delivery("PushWithAck", &format!("http://{address}/"), RETRY)
        );
        Wsman::admin(&bridge)
            .call(&subscribe("CIMI_MachineConfiguration", &content))
            .ok();
    }
    configure(&Rest::admin(&bridge), "one");
    let told = eventually("all ends", || {
        Some(ends.lines()).filter(|lines| lines.len() >= sinks.len())
    });
    assert!(
        told.iter()
            .all(|line| line.to_string().contains("DeliveryFailure"))
    );
    let grown = resident(bridge.pid()).saturating_sub(before);
    assert!(grown < 64 * 1024, "{grown} KiB more");
}

/// Resident memory of a process, in KiB.
fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("status"));
    let status = status.expect("the status of a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.expect("a figure").parse().expect("a number")
}

/// A job that ends is a modification of it, whether it went well or not; an alarm is an event that is made.
#[test]
fn jobs_and_alarms_are_told() {
    let bridge = Setup::demo()
        .config("[provider.failures]\nstart_percent = 100\n")
        .start();
    let rest = Rest::admin(&bridge);
    let folder = tempfile::tempdir().expect("a directory");
    let follow = |name: &str, query: &str| {
        let sink = Sink::start(&folder.path().join(name), &["--no-heartbeats"]);
        let to = delivery("Events", &format!("http://{}/", sink.authority()), "");
        let content = format!("{to}{}", wql(query));
        Wsman::admin(&bridge).call(&subscribe("*", &content)).ok();
        sink
    };
    let jobs = follow(
        "jobs",
        "SELECT * FROM CIM_InstModification WHERE SourceInstance ISA CIMI_Job AND SourceInstance.CIMI_Job::State <> PreviousInstance.CIMI_Job::State",
    );
    let alarms = follow(
        "alarms",
        "SELECT * FROM CIM_InstCreation WHERE SourceInstance ISA \"CIMI_Event\" AND SourceInstance.Type LIKE '%/event/alarm'",
    );
    let machine = format!("{}/cimi/machines/demo-backend", bridge.url());
    let log = json!({
        "resourceURI": format!("{CIMI}EventLogCreate"),
        "eventLogTemplate": { "targetResource": { "href": machine } },
    });
    assert_eq!(
        rest.json("POST", &rest.collection("eventLogs"), &log)
            .status,
        201
    );
    rest.act(&machine, "start");
    let ended = |state: &str| {
        eventually("a job that ended", || {
            jobs.lines()
                .into_iter()
                .find(|line| line["event"]["SourceInstance"]["State"] == state)
        })
    };
    let failed = ended("FAILED");
    assert_eq!(failed["event"]["PreviousInstance"]["State"], "RUNNING");
    let alarm = eventually("the alarm", || alarms.lines().into_iter().next());
    let source = &alarm["event"]["SourceInstance"];
    assert_eq!(source["@class"], "CIMI_Event");
    assert!(
        source["Content"].to_string().contains("demo-backend"),
        "{source}"
    );
    rest.delete(&machine);
    ended("SUCCESS");
}

/// One subscription is told of several clouds, under the names that resources have there; one of a cloud of that one.
#[test]
fn several_clouds_are_subscribed_to_as_one() {
    let config = "[[cloud]]\nname = \"one\"\nkind = \"embedded\"\n\n[[cloud]]\nname = \"two\"\nkind = \"embedded\"\n";
    let mut bridge = Setup::demo().config(config).start();
    let folder = tempfile::tempdir().expect("a directory");
    let [all, two] = ["root/cimi", "root/cimi/two"].map(|namespace| {
        let sink = Sink::start(
            &folder.path().join(namespace.replace('/', "-")),
            &["--no-heartbeats"],
        );
        let url = format!("http://{}/", sink.authority());
        let message = subscribe(
            "CIMI_MachineConfiguration",
            &delivery("PushWithAck", &url, RETRY),
        );
        Wsman::admin(&bridge)
            .call(&message.selector("__cimnamespace", namespace))
            .ok();
        sink
    });
    let make = |bridge: &Bridge, cloud: &str, name: &str| {
        let body = json!({"resourceURI": format!("{CIMI}MachineConfiguration"), "name": name, "cpu": 1, "memory": 1024});
        let uri = format!("{}/cimi/{cloud}/machineConfigs", bridge.url());
        let answer = Rest::admin(bridge).json("POST", &uri, &body);
        assert_eq!(answer.status, 201, "{}", answer.text());
    };
    let told = |sink: &Sink, count: usize| {
        let lines = eventually("events", || {
            let mut lines = sink.lines();
            let mut seen = std::collections::HashSet::new();
            lines.retain(|line| seen.insert(line["event"]["IndicationIdentifier"].to_string()));
            Some(lines).filter(|lines| lines.len() >= count)
        });
        let mut told: Vec<_> = lines
            .iter()
            .map(|line| {
                let source = &line["event"]["SourceInstance"];
                let id = source["InstanceID"].as_str().unwrap_or_default();
                let place = id
                    .split_once("machineConfigs/")
                    .map_or(id, |(place, _)| place);
                format!(
                    "{place} {}",
                    source["ElementName"].as_str().unwrap_or_default()
                )
            })
            .collect();
        told.sort();
        told
    };
    make(&bridge, "one", "a");
    make(&bridge, "two", "b");
    assert_eq!(told(&all, 2), ["c/one/ a", "c/two/ b"]);
    assert_eq!(told(&two, 1), [" b"]);
    bridge.crash_and_restart();
    make(&bridge, "two", "c");
    make(&bridge, "one", "d");
    assert_eq!(
        told(&all, 4),
        ["c/one/ a", "c/one/ d", "c/two/ b", "c/two/ c"]
    );
    assert_eq!(told(&two, 2), [" b", " c"]);
}
