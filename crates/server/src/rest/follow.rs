//! An event log that is followed: Server-Sent Events (WHATWG HTML 9.2) on `GET` of the log, or of its events,
//! with `Accept: text/event-stream`. An extension; ResourceMetadata announces it.
//!
//! Each message has a bookmark as its `id`; who comes back with it in `Last-Event-ID`, as browsers do by
//! themselves, gets what came since, or a message `droppedEvents` that says how many events of the cloud are
//! gone.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use cimi_model::classes::cimi_event;
use cimi_rest::{Context, Links, MemberKind, ResourceView, Route, collection_id, write_json};
use http::header::{self, HeaderValue};
use http::{Method, Response, StatusCode, request};
use tokio::sync::mpsc;
use wsman::eventing::{open_bookmark, seal_bookmark};

use super::exchange::{Exchange, Failure};
use crate::events::feed::{Found, Interest};
use crate::events::selection::Selection;
use crate::events::{Listener, Subscriptions};
use crate::streaming::{Piece, Streamed};

const EVENT_STREAM: &str = "text/event-stream";
/// `Last-Event-ID` of who wants all that is still there.
const EARLIEST: &str = "earliest";
/// How often something is said when nothing happens: proxies close what is silent, and a client that is gone
/// is noticed.
const PULSE: Duration = Duration::from_secs(15);
/// Events looked at together.
const TAKEN: usize = 64;
/// Messages on their way to a client that does not read; then its events wait in the outbox.
const WAITING: usize = 16;

/// Whether a request asks for a stream.
pub(super) fn is_wanted(request: &request::Parts) -> bool {
    let accept = request.headers.get_all(header::ACCEPT).iter();
    request.method == Method::GET
        && accept.filter_map(|line| line.to_str().ok()).any(|line| {
            line.split(',').any(|range| {
                let media = range.split(';').next().unwrap_or_default();
                media.trim().eq_ignore_ascii_case(EVENT_STREAM)
            })
        })
}

/// The answer to a GET that asks for a stream.
pub(super) async fn follow(
    x: &Exchange<'_>,
    route: &Route<'_>,
) -> Result<Response<Bytes>, Failure> {
    let not_here =
        |why: &str| Failure::new(406, format!("{EVENT_STREAM} is not possible here: {why}"));
    let Some((subscriptions, stream)) = &x.binding.subscriptions else {
        return Err(not_here("this service does not follow events."));
    };
    let events_of = |owner: &cimi_rest::ClassModel, id: &str| {
        let mut members = owner.shape.members.iter();
        members.find_map(|member| match &member.kind {
            MemberKind::Collection(inner) if inner.item.is_a(cimi_event::CLASS.name) => {
                Some(collection_id(Some(id), inner.name))
            }
            _ => None,
        })
    };
    let log = match route {
        Route::Resource { class, id } => Some((*class, id.as_str())),
        Route::Collection {
            collection,
            owner: Some((class, id)),
            ..
        } if collection.item.is_a(cimi_event::CLASS.name) => Some((*class, id.as_str())),
        _ => None,
    };
    let Some((class, id, collection)) =
        log.and_then(|(class, id)| Some((class, id, events_of(class, id)?)))
    else {
        return Err(not_here("only event logs can be followed."));
    };
    // Whoever may not see the log may not see what comes.
    x.provider().get(&x.context, &class.path(id)).await?;
    let newest = x.provider().newest_event(&x.context).await?.0;
    let position = match x.header("last-event-id") {
        None => newest,
        Some(EARLIEST) => 0,
        Some(bookmark) => open_bookmark(bookmark, stream, &*x.binding.seal)
            .filter(|position| *position <= newest)
            .ok_or_else(|| Failure::new(400, "Last-Event-ID is not one of this service."))?,
    };
    let principal = &x.context.principal;
    let listener = subscriptions.listener(principal).ok_or_else(|| {
        let mut failure = Failure::new(
            503,
            "This user follows too many streams already; end one first.",
        );
        failure.error.retry_after = Some(10);
        failure
    })?;
    let feed = subscriptions.feed(&x.binding.provider, stream, principal.tenant.as_deref());
    let selection = Selection {
        indication: x.model().schema().class("CIM_InstCreation"),
        source: x.model().schema().class(cimi_event::CLASS.name),
        ..Selection::default()
    };
    let interest = feed.listen(Arc::new(selection)).await;
    let follower = Follower {
        subscriptions: Arc::clone(subscriptions),
        model: Arc::clone(&x.binding.model),
        seal: Arc::clone(&x.binding.seal),
        stream: stream.clone(),
        links: x.links.clone(),
        collection,
        interest,
        position,
        listener,
    };
    let (sender, receiver) = mpsc::channel(WAITING);
    subscriptions.tasks().spawn(follower.run(sender));
    let mut response = x.empty(StatusCode::OK);
    *response.body_mut() = Bytes::from_static(b"retry: 1000\n\n");
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(EVENT_STREAM));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    response
        .extensions_mut()
        .insert(Streamed::endless(receiver));
    Ok(response)
}

/// Sends what comes into a log.
struct Follower {
    subscriptions: Arc<Subscriptions>,
    model: Arc<cimi_rest::RestModel>,
    seal: Arc<dyn cim_query::Seal>,
    stream: String,
    links: Links,
    /// Below which path the events of the log are.
    collection: String,
    interest: Interest,
    position: u64,
    listener: Listener,
}

impl Follower {
    async fn run(mut self, sender: mpsc::Sender<Piece>) {
        loop {
            let until = Instant::now() + PULSE;
            let found = tokio::select! {
                () = self.subscriptions.stopping().cancelled() => return,
                () = self.listener.ended() => return,
                () = sender.closed() => return,
                found = self.interest.next(self.position, TAKEN, until) => found,
            };
            let found = match found {
                Ok(found) => found,
                Err(error) => {
                    tracing::info!(%error, "a stream of events ends");
                    return;
                }
            };
            let text = self.messages(&found);
            self.position = found.position;
            let sent = tokio::select! {
                () = self.listener.ended() => return,
                () = self.subscriptions.stopping().cancelled() => return,
                sent = sender.send(Piece::More(text.into())) => sent,
            };
            if sent.is_err() {
                return;
            }
        }
    }

    /// What is said of events.
    fn messages(&self, found: &Found) -> String {
        let mut text = String::new();
        if found.dropped > 0 {
            let first = found.indications.first();
            let before = first.map_or(found.position, |i| i.position.saturating_sub(1));
            let count = format!("{{\"count\":{}}}", found.dropped);
            self.message(&mut text, before, "droppedEvents", &count);
        }
        for indication in &found.indications {
            let Some(event) = indication.source() else {
                continue;
            };
            // URIs of this binding are made so: an item is below its collection.
            let is_in_log = event
                .text("InstanceID")
                .and_then(|id| id.strip_prefix(self.collection.as_str()))
                .is_some_and(|rest| rest.starts_with('/'));
            if !is_in_log {
                continue;
            }
            let mut json = String::new();
            let context = Context {
                model: &self.model,
                links: &self.links,
                request: false,
            };
            write_json(&mut json, &context, &ResourceView::whole(event));
            self.message(&mut text, indication.position, "event", &json);
        }
        if text.is_empty() {
            // A comment, and where the stream is.
            let bookmark = seal_bookmark(&self.stream, found.position, &*self.seal);
            let _ = write!(text, ": nothing happened\nid: {bookmark}\n\n");
        }
        text
    }

    fn message(&self, out: &mut String, position: u64, name: &str, data: &str) {
        let bookmark = seal_bookmark(&self.stream, position, &*self.seal);
        let _ = write!(out, "id: {bookmark}\nevent: {name}\n");
        for line in data.lines() {
            let _ = writeln!(out, "data: {line}");
        }
        out.push('\n');
    }
}
