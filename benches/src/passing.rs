//! The calls that a bridge passes on, one request upstream for each: reads, writes, deletions and actions, in both
//! bindings. Each connection has a machine of its own, so that no write waits for another.

use std::io;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::task::JoinSet;

use crate::client::{Client, Request};
use crate::process::Service;
use crate::scenario::{MACHINE, Outcome, Row, SOAP, envelope, get};

const TRANSFER: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
const CONFIG: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIMI_MachineConfiguration";

/// A call that is passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    RestGet,
    RestGetXml,
    WsmanGet,
    RestPut,
    WsmanPut,
    RestDelete,
    WsmanDelete,
    RestInvoke,
    WsmanInvoke,
}

impl Call {
    pub(crate) const ALL: [Self; 9] = [
        Self::RestGet,
        Self::RestGetXml,
        Self::WsmanGet,
        Self::RestPut,
        Self::WsmanPut,
        Self::RestDelete,
        Self::WsmanDelete,
        Self::RestInvoke,
        Self::WsmanInvoke,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::RestGet => "REST GET",
            Self::RestGetXml => "REST GET, XML",
            Self::WsmanGet => "WS-Man Get",
            Self::RestPut => "REST PUT",
            Self::WsmanPut => "WS-Man Put",
            Self::RestDelete => "REST DELETE",
            Self::WsmanDelete => "WS-Man Delete",
            Self::RestInvoke => "REST start, stop",
            Self::WsmanInvoke => "WS-Man Start, Stop",
        }
    }

    /// What is sent in turn, to the machine with this identifier.
    fn requests(self, login: &str, id: &str) -> [Request; 2] {
        let path = format!("/cimi/{id}");
        let soap = |action: &str, body: &str| {
            let text = envelope(action, &selector(id), body);
            Request::new(login, "POST", "/wsman", SOAP, &text)
        };
        let rest = |method: &str, path: &str, body: &str| {
            Request::new(login, method, path, "application/json", body)
        };
        let both = |request: Request| [request.clone(), request];
        match self {
            Self::RestGet => both(rest("GET", &path, "")),
            Self::RestGetXml => both(Request::new(login, "GET", &path, "application/xml", "")),
            Self::WsmanGet => both(soap(&format!("{TRANSFER}/Get"), "")),
            Self::RestPut => ["one", "other"].map(|text| {
                let body = format!(r#"{{"description":"{text}"}}"#);
                rest("PUT", &format!("{path}?$select=description"), &body)
            }),
            Self::WsmanPut => ["one", "other"].map(|text| {
                let body = format!(
                    "<p:CIMI_Machine xmlns:p=\"{MACHINE}\"><p:Description>{text}</p:Description></p:CIMI_Machine>"
                );
                soap(&format!("{TRANSFER}/Put"), &body)
            }),
            Self::RestDelete => both(rest("DELETE", &path, "")),
            Self::WsmanDelete => {
                let text = envelope(&format!("{TRANSFER}/Delete"), &selector(id), "");
                let text = text.replace(MACHINE, CONFIG);
                both(Request::new(login, "POST", "/wsman", SOAP, &text))
            }
            Self::RestInvoke => ["start", "stop"].map(|action| {
                let uri = format!("http://schemas.dmtf.org/cimi/1/action/{action}");
                rest("POST", &path, &format!(r#"{{"action":"{uri}"}}"#))
            }),
            Self::WsmanInvoke => ["Start", "Stop"].map(|method| {
                let body = format!("<p:{method}_INPUT xmlns:p=\"{MACHINE}\"/>");
                soap(&format!("{MACHINE}/{method}"), &body)
            }),
        }
    }

    const fn deletes(self) -> bool {
        matches!(self, Self::RestDelete | Self::WsmanDelete)
    }

    const fn invokes(self) -> bool {
        matches!(self, Self::RestInvoke | Self::WsmanInvoke)
    }

    /// Keeps the connections busy for some time; what it cost the service.
    pub(crate) async fn measure(
        self,
        cloud: &Service,
        service: &Service,
        name: String,
        connections: usize,
        duration: Duration,
        budget: Option<f64>,
    ) -> Outcome<Row> {
        self.run(cloud, service, connections, duration / 4).await?; // warms everything up
        let (before, start) = (service.cpu()?, Instant::now());
        let count = self.run(cloud, service, connections, duration).await?;
        let (cpu, elapsed) = (service.cpu()? - before, start.elapsed());
        let name = format!("{name} ({connections})");
        Ok(Row::new(name, count, 1, cpu, elapsed, budget).with_latency(connections))
    }

    async fn run(
        self,
        cloud: &Service,
        service: &Service,
        connections: usize,
        duration: Duration,
    ) -> Outcome<u64> {
        let ids = machines(cloud, connections).await?;
        let end = Instant::now() + duration;
        let mut workers = JoinSet::new();
        for id in ids {
            let mut client = Client::connect(service).await?;
            let mut maker = Client::connect(cloud).await?;
            workers.spawn(async move {
                let mut count = 0;
                let login = client.login().to_owned();
                let requests = self.requests(&login, &id);
                while Instant::now() < end {
                    if self.deletes() {
                        let made = make(&mut maker).await?;
                        let [delete, _] = self.requests(&login, &made);
                        client.send(&delete).await?;
                        count += 1;
                        continue;
                    }
                    for request in &requests {
                        if self.invokes() {
                            // A machine that is not there yet refuses: a call like any other.
                            client.exchange(request).await?;
                        } else {
                            client.send(request).await?;
                        }
                        count += 1;
                    }
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
}

fn selector(id: &str) -> String {
    format!(
        "<wsman:SelectorSet><wsman:Selector Name=\"InstanceID\">{id}</wsman:Selector></wsman:SelectorSet>"
    )
}

/// The identifiers of so many machines.
async fn machines(cloud: &Service, count: usize) -> Outcome<Vec<String>> {
    let mut client = Client::connect(cloud).await?;
    let path = format!("/cimi/machines?$last={count}");
    let collection = get(&mut client, &path).await?;
    let items = collection["machines"].as_array().ok_or("no machines")?;
    let ids: Vec<_> = items.iter().filter_map(below_base).collect();
    if ids.len() < count {
        return Err(format!("{count} machines are needed").into());
    }
    Ok(ids)
}

/// The key of a resource, which is its URI below the base.
fn below_base(resource: &Value) -> Option<String> {
    let (_, id) = resource["id"].as_str()?.split_once("/cimi/")?;
    Some(id.to_owned())
}

/// Makes what is to be deleted, without the bridge.
async fn make(cloud: &mut Client) -> io::Result<String> {
    let body = r#"{"name":"to be deleted","cpu":1,"memory":1024}"#;
    let path = "/cimi/machineConfigs";
    let create = Request::new(cloud.login(), "POST", path, "application/json", body);
    let made: Value = serde_json::from_slice(cloud.send(&create).await?)?;
    below_base(&made).ok_or_else(|| io::Error::other("what was made has no id"))
}
