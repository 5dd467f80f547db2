//! What operations give.

use cim_core::{CimError, DateTime, Etag, Schema};
use serde_json::{Value as Json, json};

use super::{
    instance, named, path, read_instance, read_named, read_number, read_path, read_text,
    read_value, value, wrong,
};
use crate::{
    Bookmark, Created, Cursor, Event, EventKind, EventPage, Invoked, Outcome, Page, PageItem,
    Resource,
};

/// A resource.
pub fn resource(resource: &Resource) -> Json {
    json!({ "etag": resource.etag.0, "instance": instance(&resource.instance) })
}

/// Reads a [`resource`].
///
/// # Errors
/// See [`wrong`].
pub fn read_resource(schema: &Schema, json: &Json) -> Result<Resource, CimError> {
    Ok(Resource {
        instance: read_instance(schema, &json["instance"])?,
        etag: Etag(read_text(json, "etag")?.to_owned()),
    })
}

/// How a write ended.
pub fn outcome(outcome: &Outcome) -> Json {
    json!({
        "job": outcome.job.as_ref().map(path),
        "completed": outcome.completed,
        "resource": outcome.resource.as_ref().map(resource),
    })
}

/// Reads an [`outcome`].
///
/// # Errors
/// See [`wrong`].
pub fn read_outcome(schema: &Schema, json: &Json) -> Result<Outcome, CimError> {
    let some = |name: &str| Some(&json[name]).filter(|json| !json.is_null());
    Ok(Outcome {
        job: some("job").map(read_path).transpose()?,
        completed: json["completed"]
            .as_bool()
            .ok_or_else(|| wrong("completed"))?,
        resource: some("resource")
            .map(|json| read_resource(schema, json))
            .transpose()?,
    })
}

/// How a create ended.
pub fn created(created: &Created) -> Json {
    json!({ "path": path(&created.path), "outcome": outcome(&created.outcome) })
}

/// Reads [`created`].
///
/// # Errors
/// See [`wrong`].
pub fn read_created(schema: &Schema, json: &Json) -> Result<Created, CimError> {
    Ok(Created {
        path: read_path(&json["path"])?,
        outcome: read_outcome(schema, &json["outcome"])?,
    })
}

/// How a method call ended.
pub fn invoked(invoked: &Invoked) -> Json {
    let outputs = invoked.outputs.iter();
    json!({
        "return_value": value(&invoked.return_value),
        "outputs": named(outputs.map(|(name, value)| (name.as_str(), value))),
        "outcome": outcome(&invoked.outcome),
    })
}

/// Reads [`invoked`].
///
/// # Errors
/// See [`wrong`].
pub fn read_invoked(schema: &Schema, json: &Json) -> Result<Invoked, CimError> {
    Ok(Invoked {
        return_value: read_value(schema, &json["return_value"])?,
        outputs: read_named(schema, &json["outputs"])?,
        outcome: read_outcome(schema, &json["outcome"])?,
    })
}

/// A page of results.
pub fn page(page: &Page) -> Json {
    let items = page.items.iter();
    let items = items.map(|item| json!([resource(&item.resource), item.cursor.0]));
    json!({
        "items": items.collect::<Json>(),
        "next": page.next.as_ref().map(|cursor| &cursor.0),
        "count": page.count,
    })
}

/// Reads a [`page`].
///
/// # Errors
/// See [`wrong`].
pub fn read_page(schema: &Schema, json: &Json) -> Result<Page, CimError> {
    let cursor = |json: &Json| {
        let bytes = serde_json::from_value(json.clone());
        bytes.map(Cursor).map_err(|_| wrong("cursor"))
    };
    let items = json["items"].as_array().ok_or_else(|| wrong("items"))?;
    let items = items.iter().map(|item| {
        Ok(PageItem {
            resource: read_resource(schema, &item[0])?,
            cursor: cursor(&item[1])?,
        })
    });
    Ok(Page {
        items: items.collect::<Result<_, CimError>>()?,
        next: Some(&json["next"])
            .filter(|next| !next.is_null())
            .map(cursor)
            .transpose()?,
        count: json["count"].as_u64(),
    })
}

/// A page of events.
pub fn event_page(page: &EventPage) -> Json {
    let events = page.events.iter().map(|event| {
        let (kind, previous) = match &event.kind {
            EventKind::Creation => ("creation", None),
            EventKind::Modification { previous } => ("modification", Some(instance(previous))),
            EventKind::Deletion => ("deletion", None),
        };
        json!({
            "bookmark": event.bookmark.0,
            "time": event.time.to_string(),
            "kind": kind,
            "previous": previous,
            "instance": instance(&event.instance),
        })
    });
    json!({ "events": events.collect::<Json>(), "next": page.next.0, "dropped": page.dropped })
}

/// Reads an [`event_page`].
///
/// # Errors
/// See [`wrong`].
pub fn read_event_page(schema: &Schema, json: &Json) -> Result<EventPage, CimError> {
    let events = json["events"].as_array().ok_or_else(|| wrong("events"))?;
    let events = events.iter().map(|json| {
        let kind = match read_text(json, "kind")? {
            "creation" => EventKind::Creation,
            "deletion" => EventKind::Deletion,
            "modification" => EventKind::Modification {
                previous: Box::new(read_instance(schema, &json["previous"])?),
            },
            _ => return Err(wrong("kind")),
        };
        let time = DateTime::parse_cim(read_text(json, "time")?);
        Ok(Event {
            bookmark: Bookmark(read_number(json, "bookmark")?),
            time: time.map_err(|_| wrong("time"))?,
            kind,
            instance: read_instance(schema, &json["instance"])?,
        })
    });
    Ok(EventPage {
        events: events.collect::<Result<_, _>>()?,
        next: Bookmark(read_number(json, "next")?),
        dropped: read_number(json, "dropped")?,
    })
}
