//! `cimi-bridge sink`: receives events from any WS-Management service and writes them as lines of JSON.
//!
//! What is acknowledged is written. A line has everything that a program needs that reads them: what it is,
//! behind which bookmark it stands, and the report itself.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use bytes::Bytes;
use clap::Args;
use http::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use provider::{Principal, Role};
use serde_json::{Map, Value as Json};
use server::{
    Binding, Config, Limits, LogConfig, LogLevel, Operation, Refusal, TlsConfig, Users,
    parse_listen, start_receiver,
};
use tokio::signal::unix::{SignalKind, signal};
use wsman_client::client::eventing::{Delivered, acknowledgement, delivered};
use wsman_client::client::{Node, Object};

use super::show;
use crate::failure::Failure;
use crate::{logging, password};

/// What `--listen` says; clap would take an `Option` for an absent argument.
type Listen = Option<SocketAddr>;

/// The most that one delivery may have, in bytes.
const MAX_DELIVERY: usize = 16 << 20;

const SOAP: HeaderValue = HeaderValue::from_static("application/soap+xml;charset=UTF-8");

/// Receive events and write them as lines of JSON
///
/// Each line is an object: `action` (event, dropped, heartbeat, end), `bookmark` where the service sends
/// them, `event` (the report), `count` of dropped events, `subscription` that has ended. What is acknowledged is written. Any path is
/// taken; Ctrl-C ends it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cimi-bridge sink
  cimi-bridge sink --output events.jsonl --durable
  cimi-bridge sink --listen off --tls-listen 0.0.0.0:5987 --tls-cert certificate.pem --tls-key key.pem \\
      --user sink --password-file secret

`cimi-bridge watch --notify-to http://127.0.0.1:5987/` subscribes for it.")]
pub(crate) struct Sink {
    /// Where to listen for plain HTTP, or `off`; port 0 lets the system choose
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = parse_listen, default_value = "127.0.0.1:5987")]
    listen: Listen,
    /// Where to listen for HTTPS; needs --tls-cert and --tls-key
    #[arg(
        long,
        value_name = "ADDRESS:PORT",
        requires = "tls_cert",
        requires = "tls_key"
    )]
    tls_listen: Option<SocketAddr>,
    /// The certificate and its chain, PEM
    #[arg(long, value_name = "FILE", requires = "tls_listen")]
    tls_cert: Option<PathBuf>,
    /// The private key of the certificate, PEM
    #[arg(long, value_name = "FILE", requires = "tls_listen")]
    tls_key: Option<PathBuf>,
    /// Listen for plain HTTP on an address that other machines reach
    #[arg(long)]
    allow_plain_http: bool,
    /// Whom services have to log in as, with Basic or Digest; without it everybody may send
    #[arg(long, value_name = "NAME", requires = "password_file")]
    user: Option<String>,
    /// A file whose first line is the password
    #[arg(long, value_name = "FILE", requires = "user")]
    password_file: Option<PathBuf>,
    /// The file that lines are added to [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Acknowledge when the lines are on the disk, not only in the hands of the system
    #[arg(long, requires = "output")]
    durable: bool,
    /// Leave out heartbeats
    #[arg(long)]
    no_heartbeats: bool,
}

impl Sink {
    pub(crate) fn run(self) -> Result<(), Failure> {
        logging::start(LogConfig {
            level: LogLevel::Warn,
            ..LogConfig::default()
        })?;
        let mut users = Users::default();
        if let (Some(user), Some(file)) = (&self.user, &self.password_file) {
            let password = password::from_file(file)?;
            users.add(user, Role::Operator, None, &password)?;
            users.enable_digest(user, &password)?;
        }
        let config = self.config();
        let lines = Lines {
            out: Mutex::new(match &self.output {
                Some(path) => Out::File(append(path)?),
                None => Out::Terminal,
            }),
            durable: self.durable,
            no_heartbeats: self.no_heartbeats,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(Failure::new)?;
        runtime.block_on(async {
            let mut interrupt = signal(SignalKind::interrupt()).map_err(Failure::new)?;
            let mut terminate = signal(SignalKind::terminate()).map_err(Failure::new)?;
            let running = start_receiver(&config, &users, Arc::new(lines)).await?;
            for (scheme, address) in [("http", running.http()), ("https", running.https())] {
                if let Some(address) = address {
                    eprintln!("listening {scheme}://{address}/");
                }
            }
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            running.stop().await;
            Ok(())
        })
    }

    fn config(&self) -> Config {
        let tls = self.tls_listen.zip(self.tls_cert.clone());
        Config {
            listen: self.listen,
            allow_plain_http: self.allow_plain_http,
            tls: tls
                .zip(self.tls_key.clone())
                .map(|((listen, certificate), key)| TlsConfig {
                    listen,
                    certificate,
                    key,
                    client_ca: None,
                }),
            limits: Limits {
                body_bytes: MAX_DELIVERY,
                shutdown_seconds: 2,
                // One service may bring the events of many subscriptions at a time.
                requests_per_user: Limits::default().requests,
                ..Limits::default()
            },
            ..Config::default()
        }
    }
}

/// A file to add lines to. What is left of a line that was being written when an earlier sink was killed was
/// never acknowledged; it gets a line of its own.
fn append(path: &Path) -> Result<File, Failure> {
    let open = || {
        let mut file = OpenOptions::new()
            .create(true)
            .read(true)
            .append(true)
            .open(path)?;
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            let mut last = [0];
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                file.write_all(b"\n")?;
            }
        }
        Ok(file)
    };
    open().map_err(|error: std::io::Error| {
        Failure::new(format_args!(
            "{} cannot be written: {error}",
            path.display()
        ))
    })
}

/// Where lines go.
enum Out {
    File(File),
    Terminal,
}

/// Takes deliveries and writes lines.
struct Lines {
    out: Mutex<Out>,
    durable: bool,
    no_heartbeats: bool,
}

#[async_trait]
impl Binding for Lines {
    async fn call(
        &self,
        _principal: Arc<Principal>,
        request: Request<Bytes>,
        _deadline: Instant,
    ) -> Response<Bytes> {
        let mut response = self.receive(&request);
        response.extensions_mut().insert(Operation("Deliver"));
        response
    }

    fn refuse(&self, _request: &http::request::Parts, refusal: Refusal) -> Response<Bytes> {
        let (status, text) = match refusal {
            Refusal::Unauthenticated => (StatusCode::UNAUTHORIZED, "This sink needs a login.\n"),
            Refusal::Forbidden => (StatusCode::FORBIDDEN, "This is not possible.\n"),
            Refusal::TargetTooLong(_) => (StatusCode::URI_TOO_LONG, "The path is too long.\n"),
            Refusal::BodyTooLarge(_) => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "The delivery is larger than this sink takes.\n",
            ),
            Refusal::BodyTimeout => (StatusCode::REQUEST_TIMEOUT, "The body came too slowly.\n"),
            Refusal::Busy | Refusal::ShuttingDown => {
                (StatusCode::SERVICE_UNAVAILABLE, "Try again later.\n")
            }
        };
        plain(status, text)
    }
}

impl Lines {
    fn receive(&self, request: &Request<Bytes>) -> Response<Bytes> {
        if request.method() != Method::POST {
            let mut response = plain(
                StatusCode::METHOD_NOT_ALLOWED,
                "Events are sent here with POST.\n",
            );
            response
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static("POST"));
            return response;
        }
        let media = request.headers().get(CONTENT_TYPE);
        let media = media.and_then(|value| value.to_str().ok());
        let message = match delivered(request.body(), media) {
            Ok(message) => message,
            Err(error) => {
                let why = error.to_string().replacen("the answer", "it", 1);
                let why = format!("This is no delivery of events: {why}.\n");
                return plain(StatusCode::BAD_REQUEST, why);
            }
        };
        let written = lines(&message, self.no_heartbeats).and_then(|text| self.write(&text));
        if let Err(error) = written {
            tracing::error!(%error, "events cannot be written, and are not acknowledged");
            return plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The events cannot be written.\n",
            );
        }
        if !message.acknowledge {
            return Response::new(Bytes::new());
        }
        let id = format!("uuid:{}", uuid::Uuid::new_v4());
        let mut response = Response::new(Bytes::from(acknowledgement(&message, &id)));
        response.headers_mut().insert(CONTENT_TYPE, SOAP);
        response
    }

    fn write(&self, text: &str) -> Result<(), String> {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let written = match &mut *out {
            Out::Terminal => std::io::stdout().lock().write_all(text.as_bytes()),
            Out::File(file) => {
                let written = file.write_all(text.as_bytes());
                if self.durable {
                    written.and_then(|()| file.sync_data())
                } else {
                    written
                }
            }
        };
        written.map_err(|error| error.to_string())
    }
}

/// The lines that a message becomes.
fn lines(message: &Delivered, no_heartbeats: bool) -> Result<String, String> {
    let mut text = String::new();
    let last = message.events.len().saturating_sub(1);
    for (at, (action, content)) in message.events.iter().enumerate() {
        let what = what(action);
        if what == "heartbeat" && no_heartbeats {
            continue;
        }
        let mut line = Map::new();
        line.insert("action".to_owned(), what.into());
        // It stands behind the whole message.
        if let (Some(bookmark), true) = (&message.bookmark, at == last) {
            line.insert("bookmark".to_owned(), bookmark.as_str().into());
        }
        if let Some(object) = content {
            content_of(what, object, &mut line).map_err(|failure| match failure {
                Failure::Message(why) | Failure::Coded(_, why) => why,
                Failure::Reported => String::new(),
            })?;
        }
        text.push_str(&Json::Object(line).to_string());
        text.push('\n');
    }
    Ok(text)
}

/// An action of WS-Management in one word; another one as it is.
fn what(action: &str) -> &str {
    match action.rsplit('/').next() {
        Some("Event") => "event",
        Some("DroppedEvents") => "dropped",
        Some("Heartbeat") => "heartbeat",
        Some("SubscriptionEnd") => "end",
        _ => action,
    }
}

fn content_of(what: &str, object: &Object, line: &mut Map<String, Json>) -> Result<(), Failure> {
    if what == "dropped" {
        let tree = object.tree().map_err(Failure::new)?;
        let count: Option<u64> = tree.text.trim().parse().ok();
        line.insert("count".to_owned(), count.into());
        return Ok(());
    }
    if what == "end" {
        let tree = object.tree().map_err(Failure::new)?;
        let identifier = identifier(&tree).map(|node| node.text.trim().to_owned());
        line.insert("subscription".to_owned(), identifier.into());
    }
    line.insert("event".to_owned(), Json::Object(show::object(object)?));
    Ok(())
}

/// `wse:Identifier`, somewhere in the endpoint that manages the subscription.
fn identifier(node: &Node) -> Option<&Node> {
    node.children.iter().find_map(|child| {
        if child.name == "Identifier" {
            Some(child)
        } else {
            identifier(child)
        }
    })
}

fn plain(status: StatusCode, text: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(text.into());
    *response.status_mut() = status;
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, text);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENVELOPE: &str = "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'><s:Header><a:Action>http://schemas.dmtf.org/wbem/wsman/1/wsman/Events</a:Action><a:MessageID>uuid:1</a:MessageID><w:AckRequested/><w:Bookmark>b</w:Bookmark></s:Header><s:Body>BODY</s:Body></s:Envelope>";

    fn sink() -> Lines {
        Lines {
            out: Mutex::new(Out::File(tempfile::tempfile().unwrap())),
            durable: true,
            no_heartbeats: false,
        }
    }

    fn written(lines: &Lines) -> String {
        let mut out = lines.out.lock().unwrap();
        let Out::File(file) = &mut *out else {
            panic!("a file")
        };
        let mut text = String::new();
        file.seek(SeekFrom::Start(0)).unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    }

    fn post(body: String) -> Request<Bytes> {
        Request::post("/any").body(Bytes::from(body)).unwrap()
    }

    #[test]
    fn a_batch_becomes_lines_and_is_acknowledged() {
        let body = "<w:Events><w:Event Action='http://schemas.dmtf.org/wbem/wsman/1/wsman/Event'><p:CIMI_Machine xmlns:p='http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIMI_Machine'><p:ElementName>a</p:ElementName></p:CIMI_Machine></w:Event><w:Event Action='http://schemas.dmtf.org/wbem/wsman/1/wsman/DroppedEvents'><w:DroppedEvents Action='x'>7</w:DroppedEvents></w:Event><w:Event Action='http://schemas.dmtf.org/wbem/wsman/1/wsman/Heartbeat'/></w:Events>";
        let sink = sink();
        let response = sink.receive(&post(ENVELOPE.replace("BODY", body)));
        assert_eq!(response.status(), 200);
        let text = String::from_utf8(response.into_body().to_vec()).unwrap();
        assert!(text.contains("wsman/Ack<") && text.contains("RelatesTo>uuid:1<"));
        assert_eq!(
            written(&sink),
            "{\"action\":\"event\",\"event\":{\"@class\":\"CIMI_Machine\",\"ElementName\":\"a\"}}\n\
             {\"action\":\"dropped\",\"count\":7}\n\
             {\"action\":\"heartbeat\",\"bookmark\":\"b\"}\n"
        );
    }

    #[test]
    fn what_is_no_delivery_is_refused_and_not_written() {
        let sink = sink();
        for body in ["", "hello", "<a/>", &ENVELOPE.replace("Body", "Bdy")[..90]] {
            let response = sink.receive(&post(body.to_owned()));
            assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{body}");
        }
        let get = Request::get("/").body(Bytes::new()).unwrap();
        assert_eq!(sink.receive(&get).status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(written(&sink), "");
    }

    #[test]
    fn a_torn_line_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        std::fs::write(&path, "{\"a\":1}\n{\"a").unwrap();
        append(&path).unwrap().write_all(b"{}\n").unwrap();
        drop(append(&path).unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"{\"a\":1}\n{\"a\n{}\n");
    }
}
