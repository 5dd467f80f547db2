//! The promise under attack: sinks that are killed, cut off, slowed and restarted, and a service that is killed,
//! all at random times, while tens of thousands of events happen. Every subscription's record must be complete
//! and in order: events of a stream are numbered without a gap, so what is acknowledged and what is reported
//! as dropped add up to what happened, or one of them is wrong.
//!
//! The same for a bridge in front of a WS-Management service: it is subscribed there, and both are killed.
//!
//! 20,000 events in the normal run, 2,000 behind a bridge; `CIMI_BRIDGE_STORM_EVENTS` names another number (`make
//! storm`: a million). A sink that gets one event a message falls behind by more than the service keeps then, and is told
//! how many are gone; with `CIMI_BRIDGE_STORM_RETAINED` the service keeps so many that it gets them all.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup, eventually, lasting_address};
use crate::http;
use crate::rest::{CIMI, Rest};
use crate::sink::{Sink, lines};
use crate::soap::{Message, Wsman};
use crate::wsman_events::{delivery, subscribe};

const EVENTS: u64 = 20_000;
const EVENTS_BEHIND: u64 = 2_000;
/// Who writes at the same time: their commits share a flush of the disk.
const WRITERS: u64 = 8;
const WQL: &str = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
const RETRY: &str = "<wsman:ConnectionRetry Total=\"1000000\">PT0.1S</wsman:ConnectionRetry>";

/// Everything that happens; of each report only its number, so that a million lines fit the disk.
fn everything() -> String {
    format!(
        "<wsman:Filter Dialect=\"{WQL}\">SELECT IndicationIdentifier FROM CIM_InstIndication</wsman:Filter>"
    )
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

/// A way to a sink that can be cut: what is on it then is lost.
struct Wire {
    address: String,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    fn to(sink: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address").to_string();
        let open = Arc::<Mutex<Vec<TcpStream>>>::default();
        let (streams, sink) = (Arc::clone(&open), sink.to_owned());
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let Ok(far) = TcpStream::connect(&sink) else {
                    continue;
                };
                let clone = |stream: &TcpStream| stream.try_clone().expect("a clone");
                // Both ends wait for each other otherwise, 40 ms for each delivery.
                for stream in [&near, &far] {
                    let _ = stream.set_nodelay(true);
                }
                let mut kept = streams.lock().expect("streams");
                kept.retain(|stream| stream.peer_addr().is_ok());
                kept.extend([clone(&near), clone(&far)]);
                for (from, to) in [(clone(&near), clone(&far)), (far, near)] {
                    std::thread::spawn(move || pump(from, to));
                }
            }
        });
        Self { address, open }
    }

    fn cut(&self) {
        for stream in self.open.lock().expect("streams").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn pump(mut from: TcpStream, mut to: TcpStream) {
    let mut piece = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut piece) {
        if to.write_all(&piece[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}

/// Tells threads to stop when it is dropped.
struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Changes resources until told to stop, whatever happens to the service.
fn write(number: usize, authority: &Mutex<String>, target: &str, stop: &AtomicBool) {
    let authorization = http::basic(ADMIN, PASSWORD);
    let mut count = 0_u64;
    while !stop.load(Ordering::Relaxed) {
        let at = authority.lock().expect("authority").clone();
        let mut request = || {
            let mut connection = TcpStream::connect(&at).ok()?;
            connection
                .set_read_timeout(Some(Duration::from_secs(10)))
                .ok()?;
            while !stop.load(Ordering::Relaxed) {
                count += 1;
                let body =
                    json!({"description": format!("writer {number}, change {count}")}).to_string();
                let request = format!(
                    "PUT {target}?$select=description HTTP/1.1\r\nHost: {at}\r\nAuthorization: {authorization}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                    body.len()
                );
                connection.write_all(request.as_bytes()).ok()?;
                let (status, text) = answer(&mut connection)?;
                assert!(status < 300 || status == 503, "{status} {text}");
            }
            Some(())
        };
        if request().is_none() {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Status and body of an answer that says its length; `None` if it broke off.
fn answer(stream: &mut TcpStream) -> Option<(u16, String)> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..at]).to_ascii_lowercase();
            let status = head.split(' ').nth(1)?.parse().ok()?;
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.and_then(|text| text.parse().ok()).unwrap_or(0);
            if bytes.len() >= at + 4 + length {
                return Some((
                    status,
                    String::from_utf8_lossy(&bytes[at + 4..]).into_owned(),
                ));
            }
        }
        match stream.read(&mut piece) {
            Ok(read @ 1..) => bytes.extend_from_slice(&piece[..read]),
            _ => return None,
        }
    }
}

/// A subscriber in mode Pull that keeps nothing but its context; it is never in a hurry.
fn pull(
    authority: &Mutex<String>,
    context: String,
    newest: &AtomicU64,
    stop: &AtomicBool,
) -> Vec<Value> {
    let (mut context, mut got) = (context, Vec::new());
    let authorization = http::basic(ADMIN, PASSWORD);
    while !stop.load(Ordering::Relaxed) {
        let at = authority.lock().expect("authority").clone();
        let content = "<wsen:MaxTime>PT1S</wsen:MaxTime><wsen:MaxElements>500</wsen:MaxElements>";
        let message = Message::pull("CIM_InstIndication", &context, content).envelope();
        let request = format!(
            "POST /wsman HTTP/1.1\r\nHost: {at}\r\nAuthorization: {authorization}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{message}",
            crate::soap::CONTENT_TYPE,
            message.len()
        );
        let ask = || {
            let mut connection = TcpStream::connect(&at).ok()?;
            connection
                .set_read_timeout(Some(Duration::from_secs(60)))
                .ok()?;
            connection.write_all(request.as_bytes()).ok()?;
            answer(&mut connection)
        };
        let Some((status, text)) = ask() else {
            // Killed in the middle: the same context gets the same events.
            std::thread::sleep(Duration::from_millis(20));
            continue;
        };
        if status != 200 {
            assert!(text.contains("TimedOut") || status == 503, "{text}");
            continue;
        }
        let document = roxmltree::Document::parse(&text).expect("XML");
        for node in document.descendants() {
            match node.tag_name().name() {
                "IndicationIdentifier" => {
                    got.push(json!({"event": {"IndicationIdentifier": node.text()}}));
                }
                "DroppedEvents" => {
                    let count: u64 = node
                        .text()
                        .and_then(|text| text.parse().ok())
                        .expect("a number");
                    got.push(json!({"action": "dropped", "count": count}));
                }
                "EnumerationContext" => context = node.text().expect("a context").to_owned(),
                _ => {}
            }
        }
        if let Some(position) = got.last().and_then(position) {
            newest.store(position, Ordering::Relaxed);
        }
    }
    got
}

fn position(line: &Value) -> Option<u64> {
    let text = line["event"]["IndicationIdentifier"].as_str()?;
    Some(text.rsplit(':').next()?.parse().expect("a number"))
}

/// What a record says: events, repeats of a crash, and dropped ones.
#[derive(Debug, Default)]
struct Record {
    acknowledged: u64,
    repeated: u64,
    dropped: u64,
    last: u64,
}

/// Reads a record; panics at a gap, and at a step back that no crash explains.
fn read(who: &str, record: &[Value], start: u64) -> Record {
    let mut sum = Record {
        last: start,
        ..Record::default()
    };
    let mut at = start;
    for line in record {
        if line["action"] == "dropped" {
            let count = line["count"].as_u64().expect("a count");
            let new = (at + count).saturating_sub(sum.last).min(count);
            sum.dropped += new;
            at += count;
            sum.last = sum.last.max(at);
            continue;
        }
        let Some(position) = position(line) else {
            continue;
        };
        if position > sum.last {
            assert_eq!(position, at + 1, "{who}: a gap behind {at}, {sum:?}");
            sum.acknowledged += 1;
        } else {
            // Again what came before a crash: from somewhere on, and then without a gap.
            assert!(
                position > start,
                "{who}: {position} is from before the subscription"
            );
            sum.repeated += 1;
        }
        at = position;
        sum.last = sum.last.max(position);
    }
    sum
}

fn wanted(usual: u64) -> u64 {
    number("EVENTS").unwrap_or(usual)
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(format!("CIMI_BRIDGE_STORM_{name}")).ok()?;
    Some(text.parse().expect("a number"))
}

/// Proves E the promise: at least once, in order, complete, while sinks and the service are killed.
#[test]
fn every_record_is_complete_and_in_order() {
    let setup = match number("RETAINED") {
        Some(events) => Setup::demo().config(&format!("[events]\nretained = {events}\n")),
        None => Setup::demo(),
    };
    storm(wanted(EVENTS), setup.start(), None);
}

/// Proves E the promise for a WS-Management service behind a bridge: what it told and what the bridge tells are the same.
#[test]
fn every_record_of_a_cloud_elsewhere_is_complete() {
    let cloud = Setup::demo().listening_at(lasting_address()).start();
    let url = format!("wsman={}/wsman", cloud.url());
    let secret = cloud.data().with_file_name("password");
    let login = ["--cloud-user", ADMIN, "--cloud-password-file"];
    let more = [
        &["--cloud", &url],
        &login[..],
        &[secret.to_str().expect("a path")],
    ]
    .concat();
    let bridge = Setup {
        demo: false,
        ..Setup::demo().arguments(&more)
    };
    storm(wanted(EVENTS_BEHIND), bridge.start(), Some(cloud));
}

/// Events are told by `bridge`; they happen in it, or in the cloud that is behind it.
fn storm(events: u64, mut bridge: Bridge, mut cloud: Option<Bridge>) {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let folder = tempfile::tempdir().expect("a directory");
    let rest = Rest::admin(cloud.as_ref().unwrap_or(&bridge));
    let targets: Vec<String> = (0..WRITERS)
        .map(|number| {
            let body = json!({"resourceURI": format!("{CIMI}MachineConfiguration"), "name": format!("target {number}"), "cpu": 1, "memory": 1024});
            let made = rest.json("POST", &rest.collection("machineConfigs"), &body);
            let location = made.header("location").expect("Location").to_owned();
            format!("/cimi/{}", crate::rest::instance_id(&location))
        })
        .collect();
    let wsman = Wsman::admin(&bridge);
    let pulled = format!(
        "<wse:Delivery Mode=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull\"/>{}",
        everything()
    );
    let context = wsman
        .call(&subscribe("CIM_InstIndication", &pulled))
        .ok()
        .value("EnumerationContext");
    let mut sinks = Vec::new();
    for (mode, more) in [
        ("Push", String::new()),
        ("PushWithAck", String::new()),
        (
            "Events",
            "<wsman:MaxElements>100</wsman:MaxElements>".to_owned(),
        ),
        (
            "Events",
            "<wsman:MaxElements>20</wsman:MaxElements><wsman:MaxTime>PT0.05S</wsman:MaxTime>"
                .to_owned(),
        ),
    ] {
        let sink = Sink::start(&folder.path().join(format!("{mode}-{}", sinks.len())), &[]);
        let wire = Wire::to(sink.authority());
        let to = delivery(
            mode,
            &format!("http://{}/", wire.address),
            &format!("{RETRY}{more}"),
        );
        wsman
            .call(&subscribe(
                "CIM_InstIndication",
                &format!("{to}{}", everything()),
            ))
            .ok();
        sinks.push((sink, wire));
    }
    // The truth of the cloud behind the bridge: one who pulls there.
    let there = cloud.as_ref().map(|cloud| {
        let context = Wsman::admin(cloud)
            .call(&subscribe("CIM_InstIndication", &pulled))
            .ok()
            .value("EnumerationContext");
        (Mutex::new(cloud.authority().to_owned()), context)
    });
    let newest_there = AtomicU64::new(0);
    // All begin behind the same event: nothing happened meanwhile.
    let authority = Mutex::new(bridge.authority().to_owned());
    let (stop, done, newest) = (
        AtomicBool::new(false),
        AtomicBool::new(false),
        AtomicU64::new(0),
    );
    let begun = Instant::now();
    let mut crashes = [0_u64; 4];
    let (pulled, told_there) = std::thread::scope(|scope| {
        // A failure ends the threads as well.
        let _ends = (Ends(&stop), Ends(&done));
        let puller = scope.spawn(|| pull(&authority, context, &newest, &done));
        let puller_there = there.as_ref().map(|(authority, context)| {
            let (newest, done) = (&newest_there, &done);
            scope.spawn(move || pull(authority, context.clone(), newest, done))
        });
        let written = there.as_ref().map_or(&authority, |(there, _)| there);
        for (number, target) in targets.iter().enumerate() {
            let (authority, stop) = (written, &stop);
            scope.spawn(move || write(number, authority, target, stop));
        }
        let start = eventually("events", || {
            Some(newest.load(Ordering::Relaxed)).filter(|n| *n > 0)
        });
        let goal = start + events;
        let mut seen = start;
        // A short storm goes on until everything has happened to it.
        while newest.load(Ordering::Relaxed) < goal || crashes.contains(&0) {
            std::thread::sleep(Duration::from_millis(50 + dice.roll(400)));
            let chosen = usize::try_from(dice.roll(4)).expect("small");
            let (sink, wire) = &mut sinks[chosen];
            match dice.roll(8) {
                0 | 1 => {
                    sink.crash_and_restart();
                    crashes[0] += 1;
                }
                2..=4 => {
                    wire.cut();
                    crashes[1] += 1;
                }
                5 | 6 => {
                    sink.signal("STOP");
                    std::thread::sleep(Duration::from_millis(dice.roll(300)));
                    sink.signal("CONT");
                    crashes[2] += 1;
                }
                _ => {
                    let now = newest.load(Ordering::Relaxed);
                    // Not so often that nothing is done between.
                    if now > seen + events / 20 {
                        seen = now;
                        match &mut cloud {
                            // It is looked for where it was.
                            Some(cloud) if dice.roll(2) == 0 => cloud.crash_and_restart(),
                            _ => {
                                bridge.crash_and_restart();
                                let at = bridge.authority().to_owned();
                                *authority.lock().expect("authority") = at;
                            }
                        }
                        crashes[3] += 1;
                    }
                }
            }
        }
        stop.store(true, Ordering::Relaxed);
        // Until nothing more comes.
        let mut last = 0;
        eventually("quiet", || {
            let now = newest.load(Ordering::Relaxed) + newest_there.load(Ordering::Relaxed);
            let quiet = now == last;
            last = now;
            // What comes over a cloud elsewhere may just be waited for, after a crash on a busy machine.
            let pause = if there.is_some() { 6000 } else { 1500 };
            std::thread::sleep(Duration::from_millis(pause));
            quiet.then_some(())
        });
        done.store(true, Ordering::Relaxed);
        let there = puller_there.map(|puller| puller.join().expect("the puller there"));
        (puller.join().expect("the puller"), there)
    });
    let first = pulled.iter().find_map(position).expect("an event") - 1;
    let truth = read("Pull", &pulled, first);
    assert!(
        truth.repeated == 0 && truth.acknowledged >= events,
        "{truth:?}"
    );
    assert_eq!(truth.acknowledged + truth.dropped, truth.last - first);
    if let Some(told) = told_there {
        let first = told.iter().find_map(position).expect("an event") - 1;
        let there = read("Pull of the cloud", &told, first);
        let happened = there.acknowledged + there.dropped;
        assert_eq!(happened, there.last - first);
        assert_eq!(
            truth.acknowledged + truth.dropped,
            happened,
            "here and there"
        );
    }
    let mut report = format!("Pull: {truth:?}\n");
    for (sink, _) in &sinks {
        let who = sink
            .file
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let record = eventually_all(&sink.file, truth.last, &who);
        let sum = read(&who, &record, first);
        assert_eq!(
            sum.acknowledged + sum.dropped,
            truth.last - first,
            "{who}: {sum:?}"
        );
        assert_eq!(sum.last, truth.last, "{who}");
        report.push_str(&format!("{who}: {sum:?}\n"));
    }
    let [killed, cut, slowed, service] = crashes;
    println!(
        "{} events in {:.0} s; sinks killed {killed} times, cut off {cut}, slowed {slowed}; the service killed {service}\n{report}",
        truth.last - first,
        begun.elapsed().as_secs_f64()
    );
    assert!(killed > 0 && cut > 0 && slowed > 0 && service > 0);
}

/// The record of a sink when it has come to this event; it may take as long as it makes progress.
fn eventually_all(file: &Path, last: u64, who: &str) -> Vec<Value> {
    let mut before = 0;
    let mut since = Instant::now();
    loop {
        let record = lines(file);
        if record
            .iter()
            .rev()
            .find_map(position)
            .is_some_and(|position| position >= last)
        {
            return record;
        }
        if record.len() > before {
            (before, since) = (record.len(), Instant::now());
        }
        assert!(
            since.elapsed() < Duration::from_secs(60),
            "{who} has {} lines and gets no more",
            record.len()
        );
        std::thread::sleep(Duration::from_millis(300));
    }
}
