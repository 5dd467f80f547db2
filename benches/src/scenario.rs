//! What is asked of the service, how often, and how it compares.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::task::JoinSet;

use crate::client::{Client, Request};
use crate::process::Service;

pub(crate) const SOAP: &str = "application/soap+xml;charset=UTF-8";
pub(crate) const MACHINE: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIMI_Machine";
/// Items in an answer of an enumeration.
const BATCH: usize = 100;
const ENUMERATE: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate";

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// One kind of request.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    name: &'static str,
    step: Step,
    /// Instances in the whole answer; the budget is for each of them where there are several.
    instances: u64,
    /// CPU microseconds that it should cost (design budget).
    budget: Option<f64>,
}

#[derive(Debug, Clone)]
enum Step {
    Request(Request),
    /// Enumerate, then Pull until the end.
    Enumeration,
}

/// A line of the report.
pub(crate) struct Row {
    name: String,
    each: f64,
    latency: Option<f64>,
    per_instance: Option<f64>,
    rate: f64,
    budget: Option<f64>,
}

impl Row {
    /// The head of the report.
    pub(crate) const HEAD: &str = "\
what (connections)                    CPU us/request  us/instance  requests/s  a core/s  budget us  factor";

    /// A measurement of `count` requests.
    pub(crate) fn new(
        name: impl Into<String>,
        count: u64,
        instances: u64,
        cpu: Duration,
        elapsed: Duration,
        budget: Option<f64>,
    ) -> Self {
        let each = cpu.as_secs_f64() * 1e6 / count as f64;
        Self {
            name: name.into(),
            each,
            latency: None,
            per_instance: (instances > 1).then(|| each / instances as f64),
            rate: count as f64 / elapsed.as_secs_f64(),
            budget,
        }
    }
}

impl Row {
    /// CPU microseconds for each request.
    pub(crate) const fn cpu_us(&self) -> f64 {
        self.each
    }

    /// Mean microseconds from a request to its answer over so many connections.
    pub(crate) fn with_latency(mut self, connections: usize) -> Self {
        self.latency = Some(connections as f64 * 1e6 / self.rate);
        self
    }

    /// CPU microseconds of a request.
    pub(crate) const fn cpu(&self) -> f64 {
        self.each
    }

    /// Mean microseconds from a request to its answer, where that was measured.
    pub(crate) fn latency(&self) -> f64 {
        self.latency.unwrap_or_default()
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per_core = 1e6 / self.each;
        write!(f, "{:<38}{:>14.1}", self.name, self.each)?;
        match self.per_instance {
            Some(each) => write!(f, "{each:>13.2}")?,
            None => write!(f, "{:>13}", "-")?,
        }
        write!(f, "{:>12.0}{per_core:>10.0}", self.rate)?;
        match self.budget {
            Some(budget) => {
                let factor = self.per_instance.unwrap_or(self.each) / budget;
                write!(f, "{budget:>11.0}{factor:>8.2}")
            }
            None => write!(f, "{:>11}{:>8}", "-", "-"),
        }
    }
}

/// Puts machines into the store until there are `wanted`, and waits until all of them rest.
pub(crate) async fn fill(service: &Service, wanted: usize, connections: usize) -> Outcome<()> {
    let mut client = Client::connect(service).await?;
    let (template, count) = {
        let templates = get(&mut client, "/cimi/machineTemplates").await?;
        let template = templates["machineTemplates"][0]["id"].clone();
        let machines = get(&mut client, "/cimi/machines").await?;
        (
            template,
            machines["count"].as_u64().ok_or("no count")? as usize,
        )
    };
    let mut workers = JoinSet::new();
    for worker in 0..connections {
        let numbers: Vec<_> = (count..wanted)
            .filter(|n| n % connections == worker)
            .collect();
        let mut client = Client::connect(service).await?;
        let template = template.clone();
        workers.spawn(async move {
            for number in numbers {
                let body = serde_json::json!({
                    "name": format!("bench-{number:04}"),
                    "description": "one of many machines, with a sentence to describe it",
                    "properties": { "owner": "team-a", "purpose": "bench" },
                    "machineTemplate": { "href": template, "initialState": "STOPPED" },
                });
                let path = "/cimi/machines";
                let text = body.to_string();
                let create = Request::new(client.login(), "POST", path, "application/json", &text);
                client.send(&create).await?;
            }
            Ok::<_, io::Error>(())
        });
    }
    while let Some(worker) = workers.join_next().await {
        worker??;
    }
    // Until no machine is being made any more: jobs would be counted with the requests. The service has closed
    // a connection that waited for a minute.
    let mut client = Client::connect(service).await?;
    let end = Instant::now() + Duration::from_secs(300);
    loop {
        let filter = "/cimi/machines?$filter=state='CREATING'&$last=1";
        if get(&mut client, filter).await?["count"] == 0 {
            return Ok(());
        }
        if Instant::now() > end {
            return Err("machines are still being made after five minutes".into());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

pub(crate) async fn get(client: &mut Client, path: &str) -> Outcome<Value> {
    let request = Request::new(client.login(), "GET", path, "", "");
    Ok(serde_json::from_slice(client.send(&request).await?)?)
}

/// The requests that have a budget, and the whole collection.
pub(crate) async fn all(client: &mut Client) -> Outcome<Vec<Scenario>> {
    let collection = get(client, "/cimi/machines").await?;
    let count = collection["count"].as_u64().ok_or("no count")?;
    let shown = collection["machines"].as_array().map_or(0, Vec::len) as u64;
    let get = wsman_get(client).await?;
    let login = client.login().to_owned();
    let post = |body: &str| Step::Request(Request::new(&login, "POST", "/wsman", SOAP, body));
    let whole = Request::new(&login, "GET", "/cimi/machines", "", "");
    Ok(vec![
        Scenario {
            name: "Identify",
            step: post(IDENTIFY),
            instances: 1,
            budget: Some(20.0),
        },
        Scenario {
            name: "WS-Man Get of a machine",
            step: Step::Request(get),
            instances: 1,
            budget: Some(35.0),
        },
        Scenario {
            name: "Enumerate and Pull, all machines",
            step: Step::Enumeration,
            instances: count,
            budget: Some(3.0),
        },
        rest_machine(client).await?,
        Scenario {
            name: "REST GET of the collection, JSON",
            step: Step::Request(whole),
            instances: shown,
            budget: None,
        },
    ])
}

/// WS-Management Get of one machine.
pub(crate) async fn wsman_get(client: &mut Client) -> Outcome<Request> {
    const GET: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get";
    let id = first_machine(client).await?;
    let selector = format!(
        "<wsman:SelectorSet><wsman:Selector Name=\"InstanceID\">{id}</wsman:Selector></wsman:SelectorSet>"
    );
    let text = envelope(GET, &selector, "");
    Ok(Request::new(client.login(), "POST", "/wsman", SOAP, &text))
}

/// An enumeration whose filter looks at every machine, long, and finds none.
pub(crate) fn examine_everything(client: &Client) -> Request {
    let query = "select * from CIMI_Machine where Description like '%o%e%a%i%e%n%x'";
    let body = format!(
        "<wsen:Enumerate><wsman:OptimizeEnumeration/><wsman:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">{query}</wsman:Filter></wsen:Enumerate>"
    );
    let text = envelope(ENUMERATE, "", &body);
    Request::new(client.login(), "POST", "/wsman", SOAP, &text)
}

/// What is asked of a collection beyond the whole of it, and what makes something.
pub(crate) async fn rest_more(client: &mut Client) -> Outcome<Vec<Scenario>> {
    let login = client.login().to_owned();
    let read = |path: &str| Request::new(&login, "GET", path, "", "");
    let mut scenarios = Vec::new();
    for (name, path) in [
        (
            "REST GET, $filter takes all",
            "/cimi/machines?$filter=state='STOPPED'or%20cpu%3E0",
        ),
        (
            "REST GET, $filter takes one",
            "/cimi/machines?$filter=name='bench-0500'",
        ),
        (
            "REST GET, $orderby, 10 of them",
            "/cimi/machines?$orderby=name:desc&$last=10",
        ),
    ] {
        let found = get(client, path).await?;
        let shown = found["machines"].as_array().map_or(0, Vec::len) as u64;
        scenarios.push(Scenario {
            name,
            step: Step::Request(read(path)),
            instances: shown,
            budget: None,
        });
    }
    let config = r#"{"name":"made","cpu":2,"memory":1024,"properties":{"owner":"team-a"}}"#;
    let path = "/cimi/machineConfigs";
    let create = Request::new(&login, "POST", path, "application/json", config);
    scenarios.push(Scenario {
        name: "REST POST, create, durable",
        step: Step::Request(create),
        instances: 1,
        budget: None,
    });
    Ok(scenarios)
}

/// Reads the whole collection of machines by pages; answers with how many there are.
pub(crate) async fn walk(client: &mut Client) -> Outcome<u64> {
    const PAGE: u64 = 1_000;
    let mut first = 1;
    loop {
        let path = format!("/cimi/machines?$first={first}&$last={}", first + PAGE - 1);
        let page = get(client, &path).await?;
        let count = page["count"].as_u64().ok_or("no count")?;
        first += PAGE;
        if first > count {
            return Ok(count);
        }
    }
}

/// The enumeration of all machines, of which there are so many.
pub(crate) const fn enumeration(machines: u64) -> Scenario {
    Scenario {
        name: "Enumerate and Pull, all machines",
        step: Step::Enumeration,
        instances: machines,
        budget: None,
    }
}

/// How long it takes until the first items of an enumeration are there, and until the last.
pub(crate) async fn first_and_last(
    service: &Service,
    machines: u64,
) -> Outcome<(Duration, Duration)> {
    let mut client = Client::connect(service).await?;
    let start = Instant::now();
    let mut first = None;
    enumerate_with(&mut client, machines, || {
        first.get_or_insert_with(|| start.elapsed());
    })
    .await?;
    Ok((first.unwrap_or_default(), start.elapsed()))
}

/// GET of one machine in JSON.
pub(crate) async fn rest_machine(client: &mut Client) -> Outcome<Scenario> {
    let id = first_machine(client).await?;
    let request = Request::new(client.login(), "GET", &format!("/cimi/{id}"), "", "");
    let name = "REST GET of a machine, JSON";
    Ok(Scenario {
        name,
        step: Step::Request(request),
        instances: 1,
        budget: Some(20.0),
    })
}

/// The key of a machine, which is its URI below the base.
async fn first_machine(client: &mut Client) -> Outcome<String> {
    let collection = get(client, "/cimi/machines?$last=1").await?;
    let uri = collection["machines"][0]["id"]
        .as_str()
        .ok_or("no machine")?;
    let (_, id) = uri
        .split_once("/cimi/")
        .ok_or("a machine that is not below /cimi/")?;
    Ok(id.to_owned())
}

/// Keeps the connections busy for some time; answers with what it cost.
pub(crate) async fn measure(
    service: &Service,
    scenario: &Scenario,
    connections: usize,
    duration: Duration,
) -> Outcome<Row> {
    run(service, scenario, connections, duration / 4).await?; // warms everything up
    let (before, start) = (service.cpu()?, Instant::now());
    let count = run(service, scenario, connections, duration).await?;
    let (cpu, elapsed) = (service.cpu()? - before, start.elapsed());
    Ok(Row::new(
        format!("{} ({connections})", scenario.name),
        count,
        scenario.instances,
        cpu,
        elapsed,
        scenario.budget,
    )
    .with_latency(connections))
}

/// An enumeration that is begun and never pulled.
pub(crate) fn abandoned(client: &Client) -> Scenario {
    let text = envelope(ENUMERATE, "", "<wsen:Enumerate></wsen:Enumerate>");
    Scenario {
        name: "Enumerate, abandoned",
        step: Step::Request(Request::new(client.login(), "POST", "/wsman", SOAP, &text)),
        instances: 1,
        budget: None,
    }
}

/// Sends a request so many times, over one connection.
pub(crate) async fn repeat(service: &Service, scenario: &Scenario, count: u64) -> Outcome<()> {
    let mut client = Client::connect(service).await?;
    for _ in 0..count {
        if let Step::Request(request) = &scenario.step {
            client.send(request).await?;
        }
    }
    Ok(())
}

async fn run(
    service: &Service,
    scenario: &Scenario,
    connections: usize,
    duration: Duration,
) -> Outcome<u64> {
    let end = Instant::now() + duration;
    let mut workers = JoinSet::new();
    for _ in 0..connections {
        let mut client = Client::connect(service).await?;
        let scenario = scenario.clone();
        workers.spawn(async move {
            let mut count = 0;
            while Instant::now() < end {
                match &scenario.step {
                    Step::Request(request) => {
                        client.send(request).await?;
                    }
                    Step::Enumeration => enumerate(&mut client, scenario.instances).await?,
                }
                count += 1;
            }
            Ok::<u64, io::Error>(count)
        });
    }
    let mut count = 0;
    while let Some(worker) = workers.join_next().await {
        count += worker??;
    }
    Ok(count)
}

const IDENTIFY: &str = r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>"#;

/// A request of WS-Eventing about a class, or with a header that says which subscription is meant.
pub(crate) fn eventing(
    client: &Client,
    operation: &str,
    class: &str,
    header: &str,
    body: &str,
) -> Request {
    let action = format!("http://schemas.xmlsoap.org/ws/2004/08/eventing/{operation}");
    let text = envelope(&action, header, body).replace("CIMI_Machine<", &format!("{class}<"));
    Request::new(client.login(), "POST", "/wsman", SOAP, &text)
}

/// A request as WinRM-like clients write it.
pub(crate) fn envelope(action: &str, headers: &str, body: &str) -> String {
    format!(
        r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsen="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header><wsa:Action s:mustUnderstand="true">{action}</wsa:Action><wsa:To>http://127.0.0.1/wsman</wsa:To><wsman:ResourceURI s:mustUnderstand="true">{MACHINE}</wsman:ResourceURI><wsa:MessageID>uuid:B537C320-3D02-4A1C-BC02-6A76C4E0FDBB</wsa:MessageID><wsa:ReplyTo><wsa:Address s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address></wsa:ReplyTo><wsman:MaxEnvelopeSize s:mustUnderstand="true">512000</wsman:MaxEnvelopeSize><wsman:OperationTimeout>PT60S</wsman:OperationTimeout>{headers}</s:Header><s:Body>{body}</s:Body></s:Envelope>"#
    )
}

/// Enumerates all machines, optimised; checks that none is missing.
async fn enumerate(client: &mut Client, wanted: u64) -> io::Result<()> {
    enumerate_with(client, wanted, || ()).await
}

/// The same; `page` is called after each answer.
async fn enumerate_with(
    client: &mut Client,
    wanted: u64,
    mut page: impl FnMut(),
) -> io::Result<()> {
    const PREFIX: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
    let body = format!(
        "<wsen:Enumerate><wsman:OptimizeEnumeration/><wsman:MaxElements>{BATCH}</wsman:MaxElements></wsen:Enumerate>"
    );
    let mut text = envelope(&format!("{PREFIX}/Enumerate"), "", &body);
    let mut found = 0;
    loop {
        let request = Request::new(client.login(), "POST", "/wsman", SOAP, &text);
        let answer = client.send(&request).await?;
        page();
        let answer = std::str::from_utf8(answer).map_err(io::Error::other)?;
        found += answer.matches(":CIMI_Machine>").count() as u64;
        if answer.contains("EndOfSequence") {
            break;
        }
        let context = between(answer, "EnumerationContext>", "<")
            .ok_or_else(|| io::Error::other("neither a context nor the end"))?;
        let body = format!(
            "<wsen:Pull><wsen:EnumerationContext>{context}</wsen:EnumerationContext><wsen:MaxElements>{BATCH}</wsen:MaxElements></wsen:Pull>"
        );
        text = envelope(&format!("{PREFIX}/Pull"), "", &body);
    }
    if found == wanted {
        return Ok(());
    }
    Err(io::Error::other(format!(
        "{found} machines enumerated, {wanted} are there"
    )))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inner, _)| inner)
}
