//! `cimi-bridge watch`: what happens, as it happens, over a subscription in mode Pull, or an event log over REST
//! ([`super::follow`]).
//!
//! The service may be restarted, and the way to it may break: the context stays good, and nothing is
//! missed. A subscription that has ended meanwhile is made anew behind the last bookmark.

use std::fmt::Write as _;
use std::num::{NonZeroU64, NonZeroUsize};
use std::time::{Duration, Instant};

use cim_core::DateTime;
use clap::{Args, ValueEnum};
use serde_json::{Map, Value as Json};
use wsman::Batch;
use wsman::epr::Epr;
use wsman::eventing::Mode;
use wsman::uris::{BOOKMARK_EARLIEST, CIM_SCHEMA, dialect};
use wsman_client::client::eventing::Subscription;
use wsman_client::client::{FilterText, Object, Page};
use wsman_client::{Client, Error};

use super::commands::say;
use super::follow::Following;
use super::service::{Form, Service, Session, run};
use super::{address, show};
use crate::failure::Failure;

/// How long the service may wait for the next event.
const WAIT: Duration = Duration::from_secs(25);
/// For how long is subscribed; a longer watch renews.
const EXPIRES: Duration = Duration::from_secs(3600);
/// How often the service says where it is if nothing happens, so that there is a bookmark.
const HEARTBEATS: Duration = Duration::from_secs(300);
/// The longest pause between two tries to reach the service.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Events asked for at once.
const PAGE: usize = 100;

/// How events come to a sink.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Pushed {
    /// One a message
    Push,
    /// One a message, each acknowledged
    PushWithAck,
    /// Batches, each acknowledged
    Events,
}

/// Show what happens as it happens: instances that are made, changed and deleted
///
/// Each event is a line: when, what, which instance, and what changed. It goes on where it was when the
/// service restarts or the way to it breaks. Ctrl-C ends it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cimi-bridge watch
  cimi-bridge watch CIMI_Machine --output json
  cimi-bridge watch --wql 'select * from CIM_InstModification where SourceInstance isa CIMI_Machine
      and SourceInstance.State <> PreviousInstance.State'
  cimi-bridge watch CIMI_Job --notify-to http://console.example.org:5987/
  cimi-bridge watch --log eventLogs/7
  cimi-bridge watch --log https://cloud.example.org/cimi/eventLogs/7 --output json

Exit codes: 0 done, 1 no answer, 2 wrong arguments, 3 the service answered with a fault, 4 it refused the
login.")]
pub(crate) struct Watch {
    /// The class whose instances are watched, or a class of reports such as CIM_InstDeletion [default: all
    /// that happens]
    class: Option<String>,
    /// Follow an event log over REST: its URL, or what is behind /cimi/ in it, at the service of --url
    #[arg(
        long,
        value_name = "LOG",
        conflicts_with_all = ["class", "condition", "notify_to", "namespace"]
    )]
    log: Option<String>,
    /// Only what a WQL query selects
    #[arg(
        long,
        visible_alias = "filter",
        value_name = "QUERY",
        group = "condition"
    )]
    wql: Option<String>,
    /// Only what a CQL query selects
    #[arg(long, value_name = "QUERY", group = "condition")]
    cql: Option<String>,
    /// Only instances that an XPath expression selects
    #[arg(long, value_name = "EXPRESSION", group = "condition")]
    xpath: Option<String>,
    /// Go on behind the event of this bookmark, or `earliest` for all that the service still has
    #[arg(long, value_name = "BOOKMARK", allow_hyphen_values = true)]
    bookmark: Option<String>,
    /// End after so many events; the bookmark behind the last is printed on standard error
    #[arg(long, value_name = "NUMBER")]
    count: Option<NonZeroU64>,
    /// Show nothing here: let the service send the events to a sink (`cimi-bridge sink`), and end
    #[arg(long, value_name = "URL", conflicts_with = "count")]
    notify_to: Option<String>,
    /// How they are sent there
    #[arg(long, value_enum, default_value = "events", requires = "notify_to")]
    mode: Pushed,
    /// For how many seconds they are sent there [default: as long as the service likes]
    #[arg(long, value_name = "SECONDS", requires = "notify_to")]
    expires: Option<NonZeroU64>,
    #[command(flatten)]
    service: Service,
}

impl Watch {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let most = self.count.map_or(u64::MAX, NonZeroU64::get);
        if let Some(log) = &self.log {
            let client = self.service.rest(log)?;
            let output = self.service.output;
            return run(async {
                let mut following = Following::new(client, output, most, self.bookmark)?;
                let ended = tokio::select! {
                    ended = following.run() => ended,
                    _ = tokio::signal::ctrl_c() => Ok(()),
                };
                following.finish();
                ended
            });
        }
        let session = self.service.session()?;
        let has_query = self.wql.is_some() || self.cql.is_some();
        let class = match self.class.as_deref() {
            None if has_query => format!("{CIM_SCHEMA}*"),
            None => "CIM_InstIndication".to_owned(),
            Some("*") => format!("{CIM_SCHEMA}*"),
            Some(class) => class.to_owned(),
        };
        let target = address::resolve(&class, &[], session.namespace.as_deref())?;
        let texts = [
            (dialect::WQL, self.wql),
            (dialect::CQL, self.cql),
            (dialect::XPATH, self.xpath),
        ];
        let filter = texts.into_iter().find_map(|(dialect, text)| {
            Some(FilterText::Text {
                dialect: dialect.to_owned(),
                text: text?,
            })
        });
        let bookmark = self.bookmark.map(|bookmark| match bookmark.as_str() {
            "earliest" => BOOKMARK_EARLIEST.to_owned(),
            _ => bookmark,
        });
        let mut wanted = Subscription {
            mode: Mode::Pull,
            expires: Some(EXPIRES),
            heartbeats: Some(HEARTBEATS),
            filter,
            bookmark,
            send_bookmarks: true,
            ..Subscription::default()
        };
        if let Some(sink) = self.notify_to {
            wanted.mode = match self.mode {
                Pushed::Push => Mode::Push,
                Pushed::PushWithAck => Mode::PushWithAck,
                Pushed::Events => Mode::Events,
            };
            wanted.expires = self.expires.map(|s| Duration::from_secs(s.get()));
            wanted.end_to = Some(sink.clone());
            wanted.notify_to = Some(sink);
            return run(send(&session.client, &target, &wanted));
        }
        run(async {
            let mut watching = Watching::new(session, target, wanted, most);
            let ended = tokio::select! {
                ended = watching.run() => ended,
                _ = tokio::signal::ctrl_c() => Ok(()),
            };
            watching.finish().await;
            ended
        })
    }
}

/// Subscribes for a sink.
async fn send(client: &Client, target: &Epr, wanted: &Subscription) -> Result<(), Failure> {
    let subscribed = client.subscribe(target, wanted).await?;
    let identifier = subscribed.identifier.unwrap_or_default();
    let expires = subscribed.expires.unwrap_or_default();
    say(&format!("{identifier} expires {expires}\n"))
}

/// A watch that goes on.
struct Watching {
    client: Client,
    output: Form,
    target: Epr,
    wanted: Subscription,
    /// Events still to be shown.
    left: u64,
    /// The subscription of the moment: context and identifier.
    current: Option<(String, String)>,
    renewed: Instant,
    pause: Duration,
    /// Behind the last event that was shown.
    bookmark: Option<String>,
}

impl Watching {
    fn new(session: Session, target: Epr, wanted: Subscription, most: u64) -> Self {
        Self {
            client: session.client,
            output: session.output,
            target,
            wanted,
            left: most,
            current: None,
            renewed: Instant::now(),
            pause: Duration::from_secs(1),
            bookmark: None,
        }
    }

    async fn run(&mut self) -> Result<(), Failure> {
        while self.left > 0 {
            let page = match self.next().await {
                Ok(page) => page,
                // The subscription is no more, and the bookmark says where to go on.
                Err(error) if has_ended(&error) && self.bookmark.is_some() => {
                    self.current = None;
                    continue;
                }
                // The service restarts, or the way to it is broken: nothing is lost, the context is good.
                Err(error) if self.current.is_some() && may_pass(&error) => {
                    eprintln!("{error}; trying again in {} s", self.pause.as_secs());
                    tokio::time::sleep(self.pause).await;
                    self.pause = (2 * self.pause).min(LONGEST_PAUSE);
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            self.pause = Duration::from_secs(1);
            if let Some(page) = page {
                self.show(page)?;
            }
        }
        Ok(())
    }

    /// The next events; `None` if nothing happened.
    async fn next(&mut self) -> Result<Option<Page>, Error> {
        let Some((context, identifier)) = &self.current else {
            if let Some(bookmark) = &self.bookmark {
                self.wanted.bookmark = Some(bookmark.clone());
            }
            let subscribed = self.client.subscribe(&self.target, &self.wanted).await?;
            self.renewed = Instant::now();
            self.current = Some((
                subscribed.context.unwrap_or_default(),
                subscribed.identifier.unwrap_or_default(),
            ));
            return Ok(None);
        };
        if self.renewed.elapsed() > EXPIRES / 2 {
            self.client
                .renew_subscription(&self.target, identifier, EXPIRES)
                .await?;
            self.renewed = Instant::now();
        }
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let batch = Batch {
            max_elements: NonZeroUsize::new(left.min(PAGE)),
            max_time: Some(WAIT),
            ..Batch::default()
        };
        self.client.pull_events(&self.target, context, &batch).await
    }

    fn show(&mut self, page: Page) -> Result<(), Failure> {
        for object in page.items.iter().filter_map(|item| item.object.as_ref()) {
            self.left -= u64::from(tell(object, self.output)?);
        }
        self.bookmark = page.bookmark.or(self.bookmark.take());
        match (page.context, &mut self.current) {
            (Some(next), Some((context, _))) => *context = next,
            _ => {
                self.current = None;
                return Err(Failure::new("the service ended the subscription"));
            }
        }
        Ok(())
    }

    /// Ends the subscription, and says how to go on.
    async fn finish(&self) {
        if let Some((_, identifier)) = &self.current {
            // Otherwise it ends by itself after a while.
            let _ = self.client.unsubscribe(&self.target, identifier).await;
        }
        if let Some(bookmark) = &self.bookmark {
            eprintln!("Go on later with the same command and: --bookmark {bookmark}");
        }
    }
}

/// Whether the subscription is over, and a new one may be made.
fn has_ended(error: &Error) -> bool {
    error.fault().is_some_and(|fault| {
        [
            "InvalidEnumerationContext",
            "TimedOut",
            "UnableToRenew",
            "DestinationUnreachable",
        ]
        .iter()
        .any(|name| fault.is(name))
    })
}

fn may_pass(error: &Error) -> bool {
    match error {
        Error::Fault(fault) => fault.is("EndpointUnavailable") || fault.is("QuotaLimit"),
        Error::Http(http_client::Error::Login { .. } | http_client::Error::Tls { .. }) => false,
        Error::Http(_) => true,
        Error::Status { status, .. } => status.is_server_error(),
        _ => false,
    }
}

/// Prints an event; whether it is one.
fn tell(object: &Object, output: Form) -> Result<bool, Failure> {
    if object.name() == "Event" {
        let tree = object.tree().map_err(Failure::new)?;
        if let Some(dropped) = tree.child("DroppedEvents") {
            eprintln!(
                "{} events are gone and cannot be shown",
                dropped.text.trim()
            );
        }
        return Ok(false);
    }
    match output {
        Form::Xml => say(&format!("{}\n", object.xml()))?,
        Form::Json => {
            let map = show::object(object)?;
            say(&format!("{}\n", Json::Object(map)))?;
        }
        Form::Table => say(&line(&show::object(object)?))?,
    }
    Ok(true)
}

/// `TIME  changed  CIMI_Machine machines/1  State: STOPPED -> STARTED`
fn line(event: &Map<String, Json>) -> String {
    let text = |map: &Map<String, Json>, name: &str| map.get(name).map_or_else(String::new, plain);
    let what = match event.get(show::CLASS).and_then(Json::as_str) {
        Some("CIM_InstCreation" | "__InstanceCreationEvent") => "created",
        Some("CIM_InstModification" | "__InstanceModificationEvent") => "changed",
        Some("CIM_InstDeletion" | "__InstanceDeletionEvent") => "deleted",
        other => other.unwrap_or("event"),
    };
    let time = event.get("TIME_CREATED").and_then(since_1601);
    let time = time.unwrap_or_else(|| text(event, "IndicationTime"));
    let mut line = format!("{time}  {what:<7}");
    let source = event.get("SourceInstance");
    if let Some(Json::Object(source)) = source.or_else(|| event.get("TargetInstance")) {
        line.push_str("  ");
        line.push_str(&text(source, show::CLASS));
        line.push(' ');
        line.push_str(&text(source, "InstanceID"));
        if let Some(Json::Object(before)) = event.get("PreviousInstance") {
            // Not every service names what changed.
            let names: Vec<&str> = match event.get("ChangedPropertyNames") {
                Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).collect(),
                _ => {
                    let more = before.keys().filter(|name| !source.contains_key(*name));
                    let names = source.keys().chain(more).map(String::as_str);
                    let changed = |name: &&str| before.get(*name) != source.get(*name);
                    names.filter(changed).collect()
                }
            };
            for name in names {
                let (old, new) = (text(before, name), text(source, name));
                let _ = write!(line, "  {name}: {old} -> {new}");
            }
        } else {
            let name = text(source, "ElementName");
            if !name.is_empty() {
                line.push_str("  ");
                line.push_str(&name);
            }
        }
    }
    line.push('\n');
    line
}

/// The time of an event of WMI, which counts 100 nanoseconds since 1601.
fn since_1601(ticks: &Json) -> Option<String> {
    let ticks: i64 = plain(ticks).parse().ok()?;
    let micros = (ticks / 10).checked_sub(11_644_473_600_000_000)?;
    Some(DateTime::utc(micros).to_xs())
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => "-".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_is_a_line() {
        let Json::Object(event) = json!({
            "@class": "CIM_InstModification",
            "IndicationTime": "2026-11-24T10:00:00Z",
            "ChangedPropertyNames": ["State", "Cpu"],
            "SourceInstance": {"@class": "CIMI_Machine", "InstanceID": "machines/1", "State": "STARTED", "Cpu": 2},
            "PreviousInstance": {"@class": "CIMI_Machine", "InstanceID": "machines/1", "State": "STOPPED"}
        }) else {
            panic!("an object")
        };
        assert_eq!(
            line(&event),
            "2026-11-24T10:00:00Z  changed  CIMI_Machine machines/1  State: STOPPED -> STARTED  Cpu:  -> 2\n"
        );
        let Json::Object(event) = json!({
            "@class": "__InstanceModificationEvent",
            "TIME_CREATED": "134084484000000000",
            "TargetInstance": {"@class": "CIMI_Machine", "InstanceID": "machines/1", "State": "STARTED"},
            "PreviousInstance": {"@class": "CIMI_Machine", "InstanceID": "machines/1", "State": "STOPPED"}
        }) else {
            panic!("an object")
        };
        assert_eq!(
            line(&event),
            "2025-11-24T09:00:00Z  changed  CIMI_Machine machines/1  State: STOPPED -> STARTED\n"
        );
    }
}
