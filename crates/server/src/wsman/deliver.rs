//! Sending events to sinks: one task a subscription, so that a sink that is slow or gone delays only
//! itself.
//!
//! A position is kept when the sink has what is before it. It is written with some delay, because a sink
//! that gets an event twice after a crash can tell, and a disk that is flushed for every event cannot be
//! had back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_client::{Client, Credentials, Identity, Scheme, Security, Settings, Trust};
use provider::Provider;
use wsman::client::eventing::{Receipt, receipt};
use wsman::eventing::{
    Delivery, Due, Ended, Endpoint, Entry, Mode, Now, Pace, Retry, seal_bookmark, subscription_end,
};
use wsman::uris::{Addressing, CIM_SCHEMA};
use xml_wire::wscim::{self, Nil, WriteContext};
use xml_wire::{Encoding, Writer};

use super::address::Space;
use super::eventing::{selection_of, write_event};
use super::exchange::message_id;
use super::{Realm, WsmanBinding};
use crate::events::feed::Interest;
use crate::events::row::{Row, Sink, TooLarge};
use crate::events::selection::Selection;
use crate::events::{Subscription, Subscriptions, now, sink};

/// Events taken at once from the stream.
const TAKEN: usize = 64;
/// Events of a batch if the subscriber names no number.
const USUAL_BATCH: usize = 64;
/// Most events of a batch.
const MAX_BATCH: usize = 1000;
/// How long a sink may take for one delivery.
const ANSWER: Duration = Duration::from_secs(30);
/// The largest answer of a sink that is read, in bytes.
const MAX_ANSWER: usize = 64 * 1024;
/// How long a position that moved waits to be written, while events come.
const KEEP: Duration = Duration::from_secs(1);
/// How often it is seen whether a position should be kept though nothing came.
const QUIET: Duration = Duration::from_secs(10);
/// The part of what is retained that a kept position may fall behind where nothing comes: a service that
/// is killed must not find it among what is gone and call that dropped.
const BEHIND: u64 = 16;
/// The longest that a batch is collected.
const LONG: Duration = Duration::from_secs(3600);
/// How long the last delivery may take when the service stops.
const LAST: Duration = Duration::from_secs(3);
/// Octets of an envelope beside its entries.
const FRAME: usize = 2048;

const MEDIA_TYPE: &str = "application/soap+xml;charset=UTF-8";
const MEDIA_TYPE_16: &str = "application/soap+xml;charset=UTF-16";

/// Begins the deliveries of a subscription, from the source that its namespace is.
pub(super) fn begin(
    source: Option<Source>,
    subscriptions: &Arc<Subscriptions>,
    subscription: Arc<Subscription>,
) {
    let Some(source) = source else {
        let this = Arc::clone(subscriptions);
        subscriptions.tasks().spawn(async move {
            let why = "The cloud that was subscribed to is not behind this service any more.";
            end_of(&this, &subscription, End::Impossible(why.to_owned())).await;
        });
        return;
    };
    let this = Arc::clone(subscriptions);
    subscriptions.tasks().spawn(async move {
        let identifier = subscription.identifier();
        let Some(sink) = subscription.row.sink.clone() else {
            return;
        };
        let end = match Courier::new(this.clone(), Arc::clone(&subscription), source, sink).await {
            Ok(mut courier) => courier.run().await,
            Err(end) => end,
        };
        tracing::info!(subscription = identifier, ?end, "deliveries end");
        end_of(&this, &subscription, end).await;
    });
}

/// Where events come from: a namespace.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) provider: Arc<dyn Provider>,
    pub(super) namespace: String,
    wmi_base: String,
}

impl Source {
    pub(super) fn of(realm: &Realm) -> Self {
        Self {
            provider: Arc::clone(&realm.provider),
            namespace: realm.namespace.clone(),
            wmi_base: realm.wmi_base.clone(),
        }
    }

    /// The one that a subscription was made to, if it is still there.
    pub(super) fn of_row(binding: &WsmanBinding, row: &Row) -> Option<Self> {
        let realm = binding.realm_named(&row.namespace);
        (realm.namespace == row.namespace).then(|| Self::of(realm))
    }

    pub(super) fn space(&self) -> Space<'_> {
        Space {
            schema: self.provider.schema(),
            namespace: &self.namespace,
            described: None,
        }
    }
}

/// What time it is for deliveries that began at an instant: the only place where they look at a clock.
fn at(begun: Instant) -> Now {
    Now {
        calendar: now(),
        millis: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
    }
}

/// Why deliveries end.
#[derive(Debug)]
enum End {
    /// The service stops; they go on when it starts again.
    Stopping,
    /// Somebody ended the subscription.
    Unsubscribed,
    /// Its time is over.
    Expired,
    /// The sink wants no more.
    Refused(String),
    /// It could not be reached for too long.
    GaveUp(String),
    /// The source cannot go on.
    Impossible(String),
}

/// Why a subscription that somebody ended is over.
fn ended(subscription: &Subscription) -> End {
    match subscription.revoked() {
        Some(why) => End::Impossible(why.to_owned()),
        None => End::Unsubscribed,
    }
}

async fn end_of(subscriptions: &Subscriptions, subscription: &Subscription, end: End) {
    let told = match &end {
        End::Stopping | End::Unsubscribed => return,
        End::Expired => None,
        End::Refused(why) => {
            tracing::info!(why, "a sink wants no more events");
            None
        }
        End::GaveUp(why) => Some((Ended::DeliveryFailure, why)),
        End::Impossible(why) => Some((Ended::SourceCanceling, why)),
    };
    // The store's failure is logged there; the next sweep tries again.
    let _ = subscriptions.remove(subscription).await;
    let Some(sink) = &subscription.row.sink else {
        return;
    };
    let (Some((ended, why)), Some(end_to)) = (told, &sink.end_to) else {
        return;
    };
    let to = Endpoint::from(end_to);
    let text = subscription_end(
        &to,
        addressing(&subscription.row),
        &message_id(),
        &sink.manager,
        &subscription.identifier(),
        ended,
        why,
    );
    let sent = match client(subscriptions, sink, &end_to.address) {
        Ok(client) => client
            .post(Bytes::from(text), MEDIA_TYPE)
            .await
            .map(|_| ())
            .map_err(|e| e.to_string()),
        Err(error) => Err(error),
    };
    if let Err(error) = sent {
        tracing::info!(error, "the end of a subscription could not be told");
    }
}

const fn addressing(row: &Row) -> Addressing {
    if row.addressing_2005 {
        Addressing::V2005
    } else {
        Addressing::V2004
    }
}

/// A client for one address of a sink. It follows no redirects and connects to nothing forbidden.
fn client(subscriptions: &Subscriptions, sink: &Sink, url: &str) -> Result<Client, String> {
    let config = subscriptions.config();
    let login = sink.login.as_deref().and_then(|sealed| {
        let plain = String::from_utf8(subscriptions.seal().open(sealed)?).ok()?;
        let (user, password) = plain.split_once('\0')?;
        Some(Credentials {
            user: user.to_owned(),
            password: password.to_owned(),
            scheme: if sink.digest {
                Scheme::Digest
            } else {
                Scheme::Automatic
            },
        })
    });
    let identity = config
        .client_certificate
        .clone()
        .zip(config.client_key.clone());
    let settings = Settings {
        credentials: login,
        security: Security {
            trust: config.ca_file.clone().map_or(Trust::System, Trust::File),
            identity: identity.map(|(certificate, key)| Identity { certificate, key }),
        },
        timeout: ANSWER,
        max_answer: MAX_ANSWER,
        max_idle: 1,
        address_rule: Some(sink::rule(subscriptions.loopback())),
        ..Settings::new(url)
    };
    Client::new(settings).map_err(|error| error.to_string())
}

/// Delivers the events of one subscription.
struct Courier {
    subscriptions: Arc<Subscriptions>,
    subscription: Arc<Subscription>,
    source: Source,
    sink: Sink,
    mode: Mode,
    selection: Arc<Selection>,
    interest: Interest,
    client: Client,
    to: Endpoint,
    retry: Retry,
    begun: Instant,
    /// The sink has everything up to here.
    position: u64,
    /// This is kept.
    kept: u64,
    kept_at: Instant,
    /// Whether something was delivered since.
    came: bool,
    pace: Pace,
}

impl Courier {
    async fn new(
        subscriptions: Arc<Subscriptions>,
        subscription: Arc<Subscription>,
        source: Source,
        sink: Sink,
    ) -> Result<Self, End> {
        let row = &subscription.row;
        let selection = selection_of(source.space(), row)
            .map_err(|fault| End::Impossible(fault.reason()))
            .map(Arc::new)?;
        let client =
            client(&subscriptions, &sink, &sink.notify_to.address).map_err(End::Impossible)?;
        let feed = subscriptions.feed(&source.provider, &source.namespace, row.tenant.as_deref());
        let interest = tokio::select! {
            () = subscriptions.stopping().cancelled() => return Err(End::Stopping),
            () = subscription.ended.cancelled() => return Err(ended(&subscription)),
            interest = feed.listen(Arc::clone(&selection)) => interest,
        };
        let position = subscriptions.position(&subscription).await;
        let usual = subscriptions.config().patience_seconds;
        let patience = Duration::from_secs(sink.patience_seconds.unwrap_or(usual));
        let begun = Instant::now();
        Ok(Self {
            mode: row.mode(),
            pace: Pace::new(row.heartbeat_millis, at(begun)),
            to: Endpoint::from(&sink.notify_to),
            retry: Retry::new(sink.retry(), patience),
            subscriptions,
            source,
            sink,
            selection,
            interest,
            client,
            begun,
            position,
            kept: position,
            kept_at: begun,
            came: false,
            subscription,
        })
    }

    async fn run(&mut self) -> End {
        let end = loop {
            let now = at(self.begun);
            if let Err(end) = self.step(now).await {
                break end;
            }
        };
        if matches!(end, End::Stopping) {
            self.position = self.interest.come_to(self.position);
            self.keep().await;
        }
        end
    }

    async fn keep(&mut self) {
        if self.kept != self.position {
            let position = self.position;
            self.subscriptions
                .keep_position(&self.subscription, position)
                .await;
            self.kept = position;
        }
        self.came = false;
        self.kept_at = Instant::now();
    }

    /// Does what is due now, or waits for what is next and does it.
    async fn step(&mut self, now: Now) -> Result<(), End> {
        let wait = match self.pace.due(&self.subscription.expiry(), now) {
            Due::Expired => return Err(End::Expired),
            Due::Heartbeat => return self.send(&[Entry::heartbeat()], self.position).await,
            Due::Nothing(wait) => wait,
        };
        let mut until = Instant::now() + wait.min(QUIET);
        if self.came {
            until = until.min(self.kept_at + KEEP);
        }
        let batch = self.sink.max_elements.unwrap_or(USUAL_BATCH).min(MAX_BATCH);
        let most = if self.mode == Mode::Events {
            batch
        } else {
            TAKEN
        };
        let mut found = self.next(self.position, most, until).await?;
        if found.indications.is_empty() && found.dropped == 0 {
            self.position = found.position;
            let behind = self.position.saturating_sub(self.kept);
            if self.came || behind > self.subscriptions.config().retained / BEHIND {
                self.keep().await;
            }
            return Ok(());
        }
        if self.mode == Mode::Events && self.sink.max_time_millis > 0 {
            let until = Instant::now() + Duration::from_millis(self.sink.max_time_millis).min(LONG);
            while found.indications.len() < most && found.dropped == 0 {
                let left = most - found.indications.len();
                let more = self.next(found.position, left, until).await?;
                if more.indications.is_empty() || more.dropped > 0 {
                    break;
                }
                found.indications.extend(more.indications);
                found.position = more.position;
            }
        }
        let mut entries: Vec<(Entry, u64)> = Vec::with_capacity(found.indications.len() + 1);
        let first = found.indications.first();
        if found.dropped > 0 {
            let before = first.map_or(found.position, |i| i.position.saturating_sub(1));
            entries.push((Entry::dropped(found.dropped), before));
        }
        for indication in &found.indications {
            let entry = self.event(|writer, context, selection| {
                write_event(writer, indication, selection, context);
            });
            if self.fits(entry.len()) {
                entries.push((entry, indication.position));
                continue;
            }
            match self.sink.oversize {
                TooLarge::Notify => entries.push((Entry::dropped(1), indication.position)),
                TooLarge::Skip => {}
                TooLarge::Cancel => {
                    self.send_all(entries).await?;
                    return Err(End::Impossible(
                        "An event does not fit the envelope that was asked for.".to_owned(),
                    ));
                }
            }
        }
        self.send_all(entries).await?;
        self.position = self.position.max(found.position);
        self.came = true;
        if self.kept_at.elapsed() >= KEEP {
            self.keep().await;
        }
        Ok(())
    }

    async fn next(
        &mut self,
        after: u64,
        most: usize,
        until: Instant,
    ) -> Result<crate::events::feed::Found, End> {
        tokio::select! {
            biased;
            () = self.subscriptions.stopping().cancelled() => Err(End::Stopping),
            () = self.subscription.ended.cancelled() => Err(ended(&self.subscription)),
            found = self.interest.next(after, most, until) => found.map_err(|error| {
                End::Impossible(format!("The events cannot be read any more: {error}"))
            }),
        }
    }

    fn event(&self, write: impl FnOnce(&mut Writer<'_>, &WriteContext<'_>, &Selection)) -> Entry {
        let row = &self.subscription.row;
        let context = WriteContext {
            addressing: match addressing(row) {
                Addressing::V2004 => wscim::Addressing::Submission2004,
                Addressing::V2005 => wscim::Addressing::Recommendation2005,
            },
            nil: Nil::Never,
            precise_arrays: row.precise_arrays,
            class_base: if row.wmi {
                &self.source.wmi_base
            } else {
                CIM_SCHEMA
            },
            namespace_selector: !row.wmi,
            ..WriteContext::answer(&self.source.namespace)
        };
        let mut content = String::new();
        write(&mut Writer::new(&mut content), &context, &self.selection);
        Entry::event(content)
    }

    /// Whether entries of so many octets in UTF-8 fit an envelope.
    fn fits(&self, octets: usize) -> bool {
        let width = if self.subscription.row.utf16 { 2 } else { 1 };
        let frame = FRAME + self.to.address.len() + self.to.reference_parameters.len();
        (octets + frame) * width <= self.sink.max_envelope
    }

    /// Sends entries in as few messages as the mode and the envelope allow.
    async fn send_all(&mut self, entries: Vec<(Entry, u64)>) -> Result<(), End> {
        let mut batch: Vec<Entry> = Vec::new();
        let (mut octets, mut behind) = (0, self.position);
        for (entry, position) in entries {
            let full = self.mode != Mode::Events || !self.fits(octets + entry.len());
            if full && !batch.is_empty() {
                self.send(&batch, behind).await?;
                batch.clear();
                octets = 0;
            }
            octets += entry.len();
            behind = position;
            batch.push(entry);
        }
        if batch.is_empty() {
            return Ok(());
        }
        self.send(&batch, behind).await
    }

    /// Sends one message until the sink has it; then everything up to `behind` is done.
    async fn send(&mut self, entries: &[Entry], behind: u64) -> Result<(), End> {
        let row = &self.subscription.row;
        let bookmark = row
            .send_bookmarks
            .then(|| seal_bookmark(&self.source.namespace, behind, self.subscriptions.seal()));
        let (encoding, media) = if row.utf16 {
            (Encoding::Utf16Le, MEDIA_TYPE_16)
        } else {
            (Encoding::Utf8, MEDIA_TYPE)
        };
        // The same message when it is tried again: so a sink can tell.
        let id = message_id();
        let delivery = Delivery {
            to: &self.to,
            addressing: addressing(row),
            message_id: &id,
            mode: self.mode,
            bookmark: bookmark.as_deref(),
        };
        let body = Bytes::from(xml_wire::encode(delivery.message(entries), encoding));
        loop {
            let tried = self.attempt(body.clone(), media, &id).await?;
            let why = match tried {
                Receipt::Acknowledged => break,
                Receipt::Refused(why) => return Err(End::Refused(why)),
                Receipt::Other(why) => why,
            };
            let pause = self.retry.failed(at(self.begun).millis);
            tracing::debug!(sink = self.to.address, why, ?pause, "a delivery failed");
            let Some(pause) = pause else {
                return Err(End::GaveUp(why));
            };
            let left = self.subscription.expiry().at;
            let left = left.saturating_sub(at(self.begun).calendar);
            tokio::select! {
                () = self.subscriptions.stopping().cancelled() => return Err(End::Stopping),
                () = self.subscription.ended.cancelled() => return Err(ended(&self.subscription)),
                () = tokio::time::sleep(pause.min(Duration::from_secs(left))) => {}
            }
            if self.subscription.expiry().is_over(at(self.begun).calendar) {
                return Err(End::Expired);
            }
        }
        self.retry.succeeded();
        self.position = self.position.max(behind);
        self.pace.sent(at(self.begun));
        Ok(())
    }

    /// One try, as long as the subscription lives.
    async fn attempt(&self, body: Bytes, media: &'static str, id: &str) -> Result<Receipt, End> {
        let attempt = self.try_once(body, media, id);
        tokio::pin!(attempt);
        tokio::select! {
            biased;
            () = self.subscription.ended.cancelled() => Err(ended(&self.subscription)),
            tried = &mut attempt => Ok(tried),
            // What is on its way may still be acknowledged: then it is not sent again.
            () = self.subscriptions.stopping().cancelled() => {
                let last = tokio::time::timeout(LAST, attempt).await;
                last.map_err(|_| End::Stopping)
            }
        }
    }

    async fn try_once(&self, body: Bytes, media: &'static str, id: &str) -> Receipt {
        let answer = match self.client.post(body, media).await {
            Ok(answer) => answer,
            Err(error) => return Receipt::Other(error.to_string()),
        };
        let status = answer.status();
        let media = answer
            .headers()
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let has_body = !answer.body().is_empty();
        if has_body && (self.mode.is_acknowledged() || !status.is_success()) {
            let read = receipt(answer.body(), media, id);
            if status.is_success() || matches!(read, Receipt::Refused(_)) {
                return read;
            }
        }
        if !status.is_success() {
            Receipt::Other(format!("the sink answered {status}"))
        } else if self.mode.is_acknowledged() {
            Receipt::Other("the sink did not acknowledge".to_owned())
        } else {
            Receipt::Acknowledged
        }
    }
}
