//! What a shadow keeps: a row for each resource (its etag and representation), one for each class that was
//! looked at as a whole, the bookmark of a back end that tells; and the events. All JSON, so that an
//! operator can read it.

use std::collections::HashMap;
use std::ops::ControlFlow;

use cim_core::{CimError, DateTime, ErrorKind, Etag, Instance, Schema};
use serde_json::{Value as Json, json};
use store::{Batch, Scan, Store, Write};

use super::failed;
use crate::{Bookmark, Event, EventKind, EventPage, plain};

const BOOKMARK: &[u8] = b"m";

/// The row of a resource.
pub(super) fn key(class: &str, path: &str) -> Vec<u8> {
    [b"r", class.as_bytes(), b"\0", path.as_bytes()].concat()
}

fn whole(class: &str) -> Vec<u8> {
    [b"b", class.as_bytes()].concat()
}

/// Whether a class was looked at as a whole, some time.
pub(super) async fn is_known(store: &dyn Store, class: &str) -> Result<bool, CimError> {
    let found = store.get(&whole(class)).await;
    Ok(found.map_err(|error| failed(&error))?.is_some())
}

/// Remembers that it was.
pub(super) fn know(class: &str) -> Write {
    Write::Put {
        key: whole(class),
        value: Vec::new(),
    }
}

/// The etags of all resources of a class, by path.
pub(super) async fn etags(
    store: &dyn Store,
    class: &str,
) -> Result<HashMap<String, Etag>, CimError> {
    let prefix = key(class, "");
    let mut found = HashMap::new();
    store
        .scan(Scan::prefix(&prefix), &mut |key, _, value| {
            let path = key.get(prefix.len()..).unwrap_or_default();
            if let (Ok(path), Some(etag)) = (std::str::from_utf8(path), etag(value)) {
                found.insert(path.to_owned(), etag);
            }
            ControlFlow::Continue(())
        })
        .await
        .map_err(|error| failed(&error))?;
    Ok(found)
}

fn etag(value: &[u8]) -> Option<Etag> {
    let row: Json = serde_json::from_slice(value).ok()?;
    Some(Etag(row.get("etag")?.as_str()?.to_owned()))
}

/// A resource as it was last time.
pub(super) async fn instance(
    store: &dyn Store,
    schema: &Schema,
    class: &str,
    path: &str,
) -> Result<Option<Instance>, CimError> {
    let found = store.get(&key(class, path)).await;
    let Some((_, value)) = found.map_err(|error| failed(&error))? else {
        return Ok(None);
    };
    let row: Json = serde_json::from_slice(&value).unwrap_or_default();
    // What a former release or another model wrote is as if it had not been there.
    Ok(plain::read_instance(schema, &row["instance"]).ok())
}

/// The row of a resource as it is.
pub(super) fn put(path: &str, instance: &Instance, etag: &Etag) -> Write {
    let row = json!({"etag": etag.0, "instance": plain::instance(instance)});
    Write::Put {
        key: key(instance.class().name, path),
        value: row.to_string().into_bytes(),
    }
}

/// An event.
pub(super) fn event(time: &DateTime, kind: &EventKind, instance: &Instance) -> Vec<u8> {
    let (kind, previous) = match kind {
        EventKind::Creation => ("created", Json::Null),
        EventKind::Modification { previous } => ("changed", plain::instance(previous)),
        EventKind::Deletion => ("deleted", Json::Null),
    };
    let time = plain::value(&cim_core::Value::DateTime(*time));
    json!({"time": time, "kind": kind, "instance": plain::instance(instance), "previous": previous})
        .to_string()
        .into_bytes()
}

/// The mark of events that the back end has lost.
pub(super) fn lost(count: u64) -> Vec<u8> {
    json!({ "lost": count }).to_string().into_bytes()
}

/// What stands in the outbox.
enum Entry {
    Event(Box<Event>),
    Lost(u64),
}

fn entry(schema: &Schema, position: u64, value: &[u8]) -> Option<Entry> {
    let json: Json = serde_json::from_slice(value).ok()?;
    if let Some(count) = json.get("lost").and_then(Json::as_u64) {
        return Some(Entry::Lost(count));
    }
    let instance = plain::read_instance(schema, json.get("instance")?).ok()?;
    let kind = match json.get("kind")?.as_str()? {
        "created" => EventKind::Creation,
        "changed" => EventKind::Modification {
            previous: Box::new(plain::read_instance(schema, json.get("previous")?).ok()?),
        },
        _ => EventKind::Deletion,
    };
    let cim_core::Value::DateTime(time) = plain::read_value(schema, json.get("time")?).ok()? else {
        return None;
    };
    Some(Entry::Event(Box::new(Event {
        bookmark: Bookmark(position),
        time,
        kind,
        instance,
    })))
}

/// Events after a bookmark. What was lost ends a page, or is alone in one.
pub(super) async fn page(
    store: &dyn Store,
    schema: &Schema,
    after: Bookmark,
    max: usize,
) -> Result<EventPage, CimError> {
    let newest = *store.watch().borrow();
    if after.0 > newest {
        return Err(CimError::new(
            ErrorKind::InvalidCursor,
            "The bookmark is of an event that did not happen.",
        ));
    }
    let mut page = EventPage {
        next: after,
        ..EventPage::default()
    };
    let window = store
        .events(after.0, &mut |position, value| {
            if page.events.len() >= max {
                return ControlFlow::Break(());
            }
            match entry(schema, position, value) {
                Some(Entry::Event(event)) => page.events.push(*event),
                Some(Entry::Lost(_)) if !page.events.is_empty() => return ControlFlow::Break(()),
                Some(Entry::Lost(count)) => {
                    page.dropped += count;
                    page.next = Bookmark(position);
                    return ControlFlow::Break(());
                }
                // It cannot be told any more.
                None => page.dropped += 1,
            }
            page.next = Bookmark(position);
            ControlFlow::Continue(())
        })
        .await
        .map_err(|error| failed(&error))?;
    let gone = window.first.saturating_sub(after.0.saturating_add(1));
    page.dropped = page.dropped.saturating_add(gone);
    if gone > 0 {
        page.next = page.next.max(Bookmark(window.first.saturating_sub(1)));
    }
    Ok(page)
}

/// Where a back end that tells is to go on.
pub(super) async fn bookmark(store: &dyn Store) -> Result<Option<String>, CimError> {
    let found = store.get(BOOKMARK).await.map_err(|error| failed(&error))?;
    Ok(found.and_then(|(_, value)| String::from_utf8(value).ok()))
}

/// The row that says so.
pub(super) fn put_bookmark(bookmark: &str) -> Write {
    Write::Put {
        key: BOOKMARK.to_vec(),
        value: bookmark.as_bytes().to_vec(),
    }
}

/// It does not know it any more.
pub(super) async fn forget_bookmark(store: &dyn Store) -> Result<(), CimError> {
    let batch = Batch {
        writes: vec![Write::Delete {
            key: BOOKMARK.to_vec(),
        }],
        ..Batch::default()
    };
    let written = store.write(batch).await;
    written.map(|_| ()).map_err(|error| failed(&error))
}
