//! Events of a service that has WS-Eventing: subscribed to in mode Pull, which works through every firewall.
//!
//! Where the subscription stands is text that its caller keeps: the context of the next Pull, and the bookmark that
//! a new subscription begins behind when the service has ended this one.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use cim_core::{CimError, ErrorKind, Instance, Value};
use provider::OperationContext;
use provider::shadow::{Report, ReportKind, Telling, Told};
use serde_json::{Value as Json, json};
use wsman::client::eventing::{Subscribed, Subscription, subscribed};
use wsman::client::{Object, Page, RemoteFault, Requests, read};
use wsman::epr::{CIM_NAMESPACE_SELECTOR, Epr, Selector, SelectorValue};
use wsman::eventing::Mode;
use wsman::uris::{CIM_SCHEMA, ns};
use wsman::{Batch, Doing};

use crate::WsmanProvider;
use crate::wire::{Answer, Asked};

/// The class of all reports.
const REPORTS: &str = "CIM_InstIndication";
/// For how long is subscribed. A subscription that has expired is made anew behind the bookmark.
const EXPIRES: Duration = Duration::from_secs(24 * 3600);
/// How often the service says where it is when nothing happens.
const HEARTBEATS: Duration = Duration::from_secs(60);
/// Events asked for at once.
const PAGE: usize = 200;

/// Where a subscription stands.
struct Place {
    context: String,
    bookmark: Option<String>,
}

impl Place {
    fn text(&self) -> String {
        json!({"context": self.context, "bookmark": self.bookmark}).to_string()
    }

    fn read(text: &str) -> Option<Self> {
        let json: Json = serde_json::from_str(text).ok()?;
        Some(Self {
            context: json["context"].as_str()?.to_owned(),
            bookmark: json["bookmark"].as_str().map(str::to_owned),
        })
    }
}

impl WsmanProvider {
    fn reports(&self) -> Epr {
        Epr {
            address: String::new(),
            resource_uri: format!("{CIM_SCHEMA}{REPORTS}"),
            selectors: vec![Selector {
                name: CIM_NAMESPACE_SELECTOR.to_owned(),
                value: SelectorValue::Text(self.wire.namespace.clone()),
            }],
        }
    }

    async fn subscribe(
        &self,
        context: &OperationContext,
        bookmark: Option<String>,
    ) -> Result<Told, CimError> {
        let wanted = Subscription {
            mode: Mode::Pull,
            expires: Some(EXPIRES),
            heartbeats: Some(HEARTBEATS),
            bookmark: bookmark.clone(),
            send_bookmarks: true,
            ..Subscription::default()
        };
        let target = self.reports();
        let asked = Asked::read(context, Doing::Enumerating);
        let answer = self.wire.try_call(
            asked,
            refuses,
            |requests: &Requests, id: &str| requests.subscribe(id, &target, &wanted),
            subscribed,
        );
        let place = match answer.await? {
            Answer::Done(Subscribed {
                context: Some(context),
                ..
            }) => Place { context, bookmark },
            Answer::Done(_) => {
                return Err(self.wire.error(
                    ErrorKind::NotSupported,
                    "it subscribes without an EnumerationContext in mode Pull",
                ));
            }
            Answer::Expected(fault) if fault.is("InvalidBookmark") => {
                return Err(self.wire.error(ErrorKind::InvalidCursor, fault));
            }
            Answer::Expected(fault) => {
                return Err(self.wire.error(ErrorKind::NotSupported, fault));
            }
        };
        Ok(Told {
            bookmark: Some(place.text()),
            ..Told::default()
        })
    }

    fn told(&self, context: &OperationContext, place: &Place, page: Page) -> Told {
        let mut told = Told::default();
        for object in page.items.iter().filter_map(|item| item.object.as_ref()) {
            if object.name() == "Event" {
                told.dropped += dropped(object);
                continue;
            }
            // What cannot be read is lost here, and counted.
            match self.report(context, object) {
                Some(report) => told.reports.push(report),
                None => told.dropped += 1,
            }
        }
        let place = Place {
            // Without one the subscription has ended, and the next Pull says so.
            context: page.context.unwrap_or_else(|| place.context.clone()),
            bookmark: page.bookmark.or_else(|| place.bookmark.clone()),
        };
        told.bookmark = Some(place.text());
        told
    }

    fn report(&self, context: &OperationContext, object: &Object) -> Option<Report> {
        let class = self.schema.class(object.name())?;
        let mut report = self.decoder(context).instance(object, class).ok()?;
        let mut embedded = |name: &str| -> Option<Instance> {
            let value = report.value(name).clone();
            report.unset(name);
            match value {
                Value::Instance(instance) => Some(*instance),
                _ => None,
            }
        };
        let instance = embedded("SourceInstance")?;
        let previous = embedded("PreviousInstance");
        let class = report.class();
        let kind = if class.is_a("CIM_InstCreation") {
            ReportKind::Creation
        } else if class.is_a("CIM_InstModification") {
            ReportKind::Modification(previous.map(Box::new))
        } else if class.is_a("CIM_InstDeletion") {
            ReportKind::Deletion
        } else {
            return None;
        };
        Some(Report { kind, instance })
    }
}

/// How many events a report says to be gone.
fn dropped(event: &Object) -> u64 {
    let Ok(tree) = event.tree() else { return 0 };
    let count = tree.child("DroppedEvents");
    count.map_or(0, |node| node.text.trim().parse().unwrap_or(1))
}

/// Faults that say that this service, or this class of it, is no source of events.
fn refuses(fault: &RemoteFault) -> bool {
    [
        "InvalidBookmark",
        "ActionNotSupported",
        "UnsupportedFeature",
        "DeliveryModeRequestedUnavailable",
        "EventSourceUnableToProcess",
        "DestinationUnreachable",
        "InvalidMessage",
    ]
    .iter()
    .any(|name| fault.is(name))
}

/// Faults of a Pull that are no trouble: nothing happened, or the subscription is over.
fn is_quiet_or_over(fault: &RemoteFault) -> bool {
    fault.is("TimedOut")
        || fault.is("InvalidEnumerationContext")
        || fault.is("DestinationUnreachable")
}

#[async_trait]
impl Telling for WsmanProvider {
    async fn tell(
        &self,
        context: &OperationContext,
        after: Option<&str>,
        until: Instant,
    ) -> Result<Told, CimError> {
        let Some(after) = after else {
            return self.subscribe(context, None).await;
        };
        let place = Place::read(after).ok_or_else(|| {
            self.wire
                .error(ErrorKind::InvalidCursor, "that is no place in its events")
        })?;
        let batch = Batch {
            max_elements: std::num::NonZeroUsize::new(PAGE),
            max_time: Some(until.saturating_duration_since(Instant::now())),
            ..Batch::default()
        };
        let target = self.reports();
        let begun = Instant::now();
        let asked = Asked::read(context, Doing::Enumerating);
        let answer = self.wire.try_call(
            asked,
            is_quiet_or_over,
            |requests: &Requests, id: &str| requests.pull(id, &target, &place.context, &batch),
            read::page,
        );
        match answer.await? {
            Answer::Done(page) => Ok(self.told(context, &place, page)),
            Answer::Expected(fault) if fault.is_of(ns::WSMAN, "TimedOut") => {
                // One that does not wait is not asked without a pause.
                if begun.elapsed() < Duration::from_millis(200) {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                Ok(Told {
                    bookmark: Some(place.text()),
                    ..Told::default()
                })
            }
            Answer::Expected(fault) => match place.bookmark {
                Some(bookmark) => self.subscribe(context, Some(bookmark)).await,
                None => Err(self.wire.error(ErrorKind::InvalidCursor, fault)),
            },
        }
    }
}
