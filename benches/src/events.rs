//! What events cost: how many reach sinks in a second, what each costs for each subscription, what a write costs
//! where there are many subscriptions, and how long an event takes on an idle machine.

use std::error::Error;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::beside::Times;
use crate::client::{Client, Request};
use crate::process::Service;
use crate::scenario::{self, Row};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Sinks that events are sent to at the same time.
const SINKS: [usize; 3] = [1, 100, 1_000];
/// Deliveries of one measurement, over all sinks.
const DELIVERIES: usize = 40_000;
/// Events whose way is timed.
const TIMED: usize = 200;
/// Connections over which is written.
const WRITERS: usize = 8;
/// More subscriptions of one user than usual; and so few jobs that their number stays the same while it is measured.
const CONFIG: &str = "[provider]\nfinished_jobs = 1000\n[events]\nsubscriptions_per_user = 100000\nsubscriptions = 100000\n";

/// Counts what it gets, for any number of subscriptions: one event a message, or some.
struct Sink {
    address: String,
    got: watch::Receiver<usize>,
}

impl Sink {
    async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let (count, got) = watch::channel(0);
        let count = Arc::new(count);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let count = Arc::clone(&count);
                tokio::spawn(async move {
                    // A connection that breaks off is missed by the count.
                    let _ = receive(stream, &count).await;
                });
            }
        });
        Ok(Self { address, got })
    }

    async fn until(&mut self, count: usize) -> Outcome<()> {
        let all = self.got.wait_for(|got| *got >= count);
        let waited = tokio::time::timeout(Duration::from_secs(300), all).await;
        let waited = waited.map(|got| got.map(|_| ()));
        match waited {
            Ok(got) => Ok(got?),
            Err(_) => Err(format!("{} of {count} events came", *self.got.borrow()).into()),
        }
    }
}

async fn receive(stream: TcpStream, count: &watch::Sender<usize>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    let (mut line, mut body) = (String::new(), Vec::new());
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let field = line.trim_end();
            if field.is_empty() {
                break;
            }
            if let Some((name, value)) = field.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        body.resize(length, 0);
        stream.read_exact(&mut body).await?;
        let events = body.windows(MARK.len()).filter(|at| *at == MARK).count();
        count.send_modify(|count| *count += events);
        let answer = acknowledge(&body);
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        let stream = stream.get_mut();
        stream.write_all((head + &answer).as_bytes()).await?;
    }
}

/// What each event has once.
const MARK: &[u8] = b"<p:IndicationIdentifier>";

/// The acknowledgement of a batch; nothing for a message that asks for none.
fn acknowledge(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let is_asked = text.contains("AckRequested");
    let id = text
        .split_once("MessageID>")
        .and_then(|(_, rest)| rest.split('<').next());
    match id.filter(|_| is_asked) {
        None => String::new(),
        Some(id) => format!(
            r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header><a:Action>http://schemas.dmtf.org/wbem/wsman/1/wsman/Ack</a:Action><a:RelatesTo>{id}</a:RelatesTo></s:Header><s:Body/></s:Envelope>"#
        ),
    }
}

/// Subscribes; the identifiers.
async fn subscribe(
    client: &mut Client,
    count: usize,
    mode: &str,
    sink: &Sink,
    class: &str,
    filter: &str,
) -> io::Result<Vec<String>> {
    let body = format!(
        r#"<wse:Subscribe xmlns:wse="http://schemas.xmlsoap.org/ws/2004/08/eventing"><wse:Delivery Mode="{mode}"><wse:NotifyTo><wsa:Address>http://{}/</wsa:Address></wse:NotifyTo></wse:Delivery>{filter}</wse:Subscribe>"#,
        sink.address
    );
    let request = scenario::eventing(client, "Subscribe", class, "", &body);
    let mut identifiers = Vec::with_capacity(count);
    for _ in 0..count {
        let answer = String::from_utf8_lossy(client.send(&request).await?).into_owned();
        let id = answer
            .split_once("Identifier>")
            .and_then(|(_, rest)| rest.split('<').next());
        identifiers.push(id.unwrap_or_default().to_owned());
    }
    Ok(identifiers)
}

async fn unsubscribe(client: &mut Client, identifiers: &[String]) -> io::Result<()> {
    for id in identifiers {
        let header = format!(
            r#"<wse:Identifier xmlns:wse="http://schemas.xmlsoap.org/ws/2004/08/eventing">{id}</wse:Identifier>"#
        );
        let body =
            r#"<wse:Unsubscribe xmlns:wse="http://schemas.xmlsoap.org/ws/2004/08/eventing"/>"#;
        let request = scenario::eventing(client, "Unsubscribe", CLASS, &header, body);
        client.send(&request).await?;
    }
    Ok(())
}

const PUSH: &str = "http://schemas.xmlsoap.org/ws/2004/08/eventing/DeliveryModes/Push";
const BATCHES: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/Events";
const CLASS: &str = "CIMI_MachineConfiguration";
const OTHER: &str = "CIMI_Volume";
const LATENCY: &str = "answer after us";
/// Selects nothing of what happens here.
const NOTHING: &str = r#"<wsman:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">SELECT * FROM CIMI_MachineConfiguration WHERE Cpu = 77</wsman:Filter>"#;

/// Resources to write to, one for each writer; each write is one event.
struct Written {
    paths: Vec<String>,
}

impl Written {
    async fn make(client: &mut Client) -> Outcome<Self> {
        let mut paths = Vec::new();
        for number in 0..WRITERS {
            let body = format!(r#"{{"name":"written {number}","cpu":1,"memory":1024}}"#);
            let path = "/cimi/machineConfigs";
            let request = Request::new(client.login(), "POST", path, "application/json", &body);
            let made: serde_json::Value = serde_json::from_slice(client.send(&request).await?)?;
            let uri = made["id"].as_str().ok_or("no id")?;
            let (_, id) = uri.split_once("/cimi/").ok_or("a strange id")?;
            paths.push(format!("/cimi/{id}?$select=description"));
        }
        Ok(Self { paths })
    }

    fn request(&self, client: &Client, writer: usize, number: usize) -> Request {
        let body = format!(r#"{{"description":"change {number}"}}"#);
        Request::new(
            client.login(),
            "PUT",
            &self.paths[writer],
            "application/json",
            &body,
        )
    }

    /// Writes so often, over several connections.
    async fn write(self: &Arc<Self>, service: &Service, count: usize) -> Outcome<()> {
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            let mut client = Client::connect(service).await?;
            let this = Arc::clone(self);
            writers.spawn(async move {
                for number in (0..count).filter(|n| n % WRITERS == writer) {
                    let request = this.request(&client, writer, number);
                    client.send(&request).await?;
                }
                Ok::<_, io::Error>(())
            });
        }
        while let Some(done) = writers.join_next().await {
            done??;
        }
        Ok(())
    }
}

/// Measures and prints.
pub(crate) async fn report(bridge: &Path, duration: Duration) -> Outcome<()> {
    let service = Service::configured(bridge, CONFIG).await?;
    let mut client = Client::connect(&service).await?;
    let written = Arc::new(Written::make(&mut client).await?);
    written.write(&service, 2_000).await?; // warms everything up

    println!("{}{LATENCY:>18}", Row::HEAD);
    let alone = write(&service, &written, "a write, no subscriptions", duration).await?;
    println!("{alone}{:>18.0}", alone.latency());
    let sink = Sink::start().await?;
    // The first has the outbox read, once for all; the others show what each of many costs.
    let mut followed = 0.0;
    for (count, class, filter, name) in [
        (1, OTHER, "", "a write, 1 subscribed elsewhere"),
        (1_000, OTHER, "", "a write, 1,000 subscribed elsewhere"),
        (1_000, CLASS, NOTHING, "a write, 1,000 filters say no"),
    ] {
        let all = subscribe(&mut client, count, PUSH, &sink, class, filter).await?;
        let row = write(&service, &written, name, duration).await?;
        println!("{row}{:>18.0}", row.latency());
        if count == 1 {
            followed = row.cpu_us();
        }
        client = Client::connect(&service).await?;
        unsubscribe(&mut client, &all).await?;
    }
    // The store has grown meanwhile: what that costs is no subscription's.
    let again = write(&service, &written, "a write, none again", duration).await?;
    println!("{again}{:>18.0}", again.latency());

    println!();
    println!(
        "sinks, mode         events/s delivered   CPU us/event and subscription, write and reading of the outbox left out"
    );
    for sinks in SINKS {
        for (name, mode) in [("Push", PUSH), ("Events", BATCHES)] {
            let mut sink = Sink::start().await?;
            client = Client::connect(&service).await?;
            let all = subscribe(&mut client, sinks, mode, &sink, CLASS, "").await?;
            let count = (DELIVERIES / sinks).clamp(WRITERS, 10_000);
            let (before, start) = (service.cpu()?, Instant::now());
            written.write(&service, count).await?;
            sink.until(count * sinks).await?;
            let (cpu, elapsed) = (service.cpu()? - before, start.elapsed());
            let deliveries = (count * sinks) as f64;
            let writes = followed * count as f64;
            println!(
                "{sinks:>5}, {name:<10}{:>18.0}{:>18.1}",
                deliveries / elapsed.as_secs_f64(),
                (cpu.as_secs_f64() * 1e6 - writes).max(0.0) / deliveries
            );
            client = Client::connect(&service).await?;
            unsubscribe(&mut client, &all).await?;
        }
    }

    println!();
    let mut sink = Sink::start().await?;
    client = Client::connect(&service).await?;
    let all = subscribe(&mut client, 1, PUSH, &sink, CLASS, "").await?;
    let (mut from_commit, mut from_request) = (Vec::new(), Vec::new());
    for number in 0..TIMED {
        let request = written.request(&client, 0, number);
        let start = Instant::now();
        client.send(&request).await?;
        let committed = start.elapsed();
        sink.until(number + 1).await?;
        let delivered = start.elapsed();
        from_commit.push(delivered.saturating_sub(committed));
        from_request.push(delivered);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    println!(
        "{}",
        Times::of("from the answer to the delivery", from_commit)
    );
    println!(
        "{}",
        Times::of("from the request to the delivery", from_request)
    );
    unsubscribe(&mut client, &all).await?;
    Ok(())
}

/// What a write costs.
async fn write(
    service: &Service,
    written: &Arc<Written>,
    name: &str,
    duration: Duration,
) -> Outcome<Row> {
    let (before, start) = (service.cpu()?, Instant::now());
    let mut count = 0;
    while start.elapsed() < duration {
        written.write(service, 50 * WRITERS).await?;
        count += 50 * WRITERS as u64;
    }
    let (cpu, elapsed) = (service.cpu()? - before, start.elapsed());
    Ok(Row::new(name, count, 1, cpu, elapsed, None).with_latency(WRITERS))
}
