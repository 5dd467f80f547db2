//! `cimi-bridge watch --log`: an event log over REST, as Server-Sent Events.
//!
//! The stream may break, and the service may be restarted: `Last-Event-ID` says where to go on, and nothing is
//! missed.

use std::time::Duration;

use bytes::Bytes;
use cimi_rest::client::{EventMessage, EventStream};
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use http::{Request, StatusCode, Uri};
use http_client::{Client, Error, Followed};
use serde_json::Value as Json;

use super::commands::say;
use super::service::Form;
use super::{FAULT, LOGIN};
use crate::failure::Failure;

const EVENT_STREAM: &str = "text/event-stream";
/// Where the REST binding of a service is.
const REST: &str = "/cimi/";
/// A service says something every few seconds; one that is silent for so long is gone.
const SILENCE: Duration = Duration::from_secs(60);
/// Between two tries to reach the service: at first, unless it says so itself, and at most.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// Where a log is: its whole URL, or its path or identifier at the service that is usually spoken to.
///
/// # Errors
/// Neither is a URL.
pub(super) fn url_of(log: &str, service: &str) -> Result<String, Failure> {
    if log.starts_with("http://") || log.starts_with("https://") {
        return Ok(log.to_owned());
    }
    let uri: Uri = service
        .parse()
        .map_err(|_| Failure::usage(format_args!("`{service}` is no URL")))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(Failure::usage(format_args!("`{service}` is no URL")));
    };
    let below = if log.starts_with('/') { "" } else { REST };
    Ok(format!("{scheme}://{authority}{below}{log}"))
}

/// Follows a log.
pub(super) struct Following {
    client: Client,
    path: Uri,
    output: Form,
    /// Events still to be shown.
    left: u64,
    /// Behind the last event that was shown.
    bookmark: Option<String>,
}

/// Why a stream is over.
enum Broken {
    /// It may be taken up again.
    Passing(String),
    For(Failure),
}

impl Following {
    /// Of the log that the client's URL is.
    ///
    /// # Errors
    /// The URL has no path.
    pub(super) fn new(
        client: Client,
        output: Form,
        most: u64,
        bookmark: Option<String>,
    ) -> Result<Self, Failure> {
        let url: Uri = client.url().parse().map_err(Failure::usage)?;
        let path = url.path_and_query().map_or("/", |path| path.as_str());
        if path == "/" || path == REST {
            let why = "name the log: its URL, or what is behind /cimi/ in it, such as eventLogs/1";
            return Err(Failure::usage(why));
        }
        Ok(Self {
            path: path.parse().map_err(Failure::usage)?,
            client,
            output,
            left: most,
            bookmark,
        })
    }

    /// Shows events until all that were asked for are shown.
    ///
    /// # Errors
    /// The service refuses, or what it sends is no stream of events.
    pub(super) async fn run(&mut self) -> Result<(), Failure> {
        let mut pause = PAUSE.0;
        while self.left > 0 {
            let mut stream = EventStream::new(self.bookmark.clone());
            let before = self.bookmark.clone();
            let why = match self.one_stream(&mut stream).await {
                Ok(()) => return Ok(()),
                Err(Broken::For(failure)) => return Err(failure),
                Err(Broken::Passing(why)) => why,
            };
            if self.bookmark != before {
                pause = stream.retry().unwrap_or(PAUSE.0).min(PAUSE.1);
            }
            eprintln!("{why}; trying again in {} s", pause.as_secs_f32());
            tokio::time::sleep(pause).await;
            pause = (2 * pause).clamp(PAUSE.0, PAUSE.1);
        }
        Ok(())
    }

    /// Shows what one stream brings.
    async fn one_stream(&mut self, stream: &mut EventStream) -> Result<(), Broken> {
        let request = self.request().map_err(Broken::For)?;
        let mut answer = match self.client.follow(request).await {
            Ok(Followed::Stream(stream)) => stream,
            Ok(Followed::Whole(answer)) => return Err(refused(&answer)),
            Err(error) => return Err(broken(error)),
        };
        let media = answer.head().headers.get(CONTENT_TYPE);
        let media = media
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if !media.starts_with(EVENT_STREAM) {
            let why =
                "this is no event log that can be followed: the answer is no text/event-stream";
            return Err(Broken::For(Failure::coded(FAULT, why)));
        }
        while let Some(piece) = answer.next(SILENCE).await.map_err(broken)? {
            let messages = stream.read(&piece);
            for message in messages.map_err(|e| Broken::For(Failure::new(e)))? {
                let is_event = tell(&message, self.output).map_err(Broken::For)?;
                self.bookmark = message.id;
                self.left -= u64::from(is_event);
                if self.left == 0 {
                    return Ok(());
                }
            }
            // Also where nothing happened it says how far it is.
            self.bookmark = stream.last_id().map(str::to_owned);
        }
        Err(Broken::Passing("the stream ended".to_owned()))
    }

    fn request(&self) -> Result<Request<Bytes>, Failure> {
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = self.path.clone();
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static(EVENT_STREAM));
        if let Some(id) = &self.bookmark {
            let value = HeaderValue::from_str(id)
                .map_err(|_| Failure::usage("a bookmark has printable characters only"))?;
            headers.insert("last-event-id", value);
        }
        Ok(request)
    }

    /// Says how to go on.
    pub(super) fn finish(&self) {
        if let Some(id) = &self.bookmark {
            eprintln!("Go on later with the same command and: --bookmark {id}");
        }
    }
}

fn refused(answer: &http::Response<Bytes>) -> Broken {
    let status = answer.status();
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Broken::Passing(format!("the service answered {status}"));
    }
    // CIMI says why in a job.
    let body: Json = serde_json::from_slice(answer.body()).unwrap_or_default();
    let why = body["statusMessage"].as_str().map(str::to_owned);
    let why = why.unwrap_or_else(|| String::from_utf8_lossy(answer.body()).trim().to_owned());
    Broken::For(Failure::coded(FAULT, format_args!("{status}: {why}")))
}

fn broken(error: Error) -> Broken {
    match error {
        Error::Login { .. } => Broken::For(Failure::coded(LOGIN, error)),
        Error::Tls { .. } | Error::Url { .. } => Broken::For(Failure::new(error)),
        error => Broken::Passing(error.to_string()),
    }
}

/// Prints a message; whether it is an event.
fn tell(message: &EventMessage, output: Form) -> Result<bool, Failure> {
    let read = serde_json::from_str(&message.data);
    let event: Json = read.map_err(|error| {
        Failure::new(format_args!("a message of the stream is no JSON: {error}"))
    })?;
    match message.name.as_str() {
        "event" => {}
        "droppedEvents" => {
            eprintln!("{} events are gone and cannot be shown", event["count"]);
            return Ok(false);
        }
        _ => return Ok(false),
    }
    match output {
        Form::Json => say(&format!("{event}\n"))?,
        Form::Table | Form::Xml => say(&line(&event))?,
    }
    Ok(true)
}

/// `TIME  Success  high  state  machine web-1  STARTED`
fn line(event: &Json) -> String {
    let content = &event["content"];
    let text = |value: &Json| value.as_str().map(str::to_owned);
    let last = |value: &Json| {
        let text = value.as_str()?;
        Some(text.rsplit('/').next().unwrap_or(text).to_owned())
    };
    let who = text(&content["resName"]).or_else(|| text(&content["resource"]["href"]));
    let words = [
        text(&event["timestamp"]),
        text(&event["outcome"]),
        text(&event["severity"]),
        last(&event["type"]),
        who,
        text(&content["change"]),
        text(&content["state"]),
        text(&content["code"]),
        text(&content["detail"]),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    words.join("  ") + "\n"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_log_is_named_in_several_ways() {
        let service = "http://h:1/wsman";
        for (log, url) in [
            ("eventLogs/7", "http://h:1/cimi/eventLogs/7"),
            ("/x/cimi/eventLogs/7", "http://h:1/x/cimi/eventLogs/7"),
            (
                "https://other/cimi/eventLogs/7",
                "https://other/cimi/eventLogs/7",
            ),
        ] {
            assert_eq!(url_of(log, service).unwrap(), url);
        }
        assert!(url_of("eventLogs/7", "nonsense").is_err());
    }

    #[test]
    fn an_event_is_a_line() {
        let event = json!({
            "timestamp": "2026-11-24T10:00:00Z",
            "type": "http://schemas.dmtf.org/cimi/2/event/state",
            "outcome": "Success",
            "severity": "low",
            "content": {"resName": "web-1", "state": "STARTED"},
        });
        assert_eq!(
            line(&event),
            "2026-11-24T10:00:00Z  Success  low  state  web-1  STARTED\n"
        );
    }
}
