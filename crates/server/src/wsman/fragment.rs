//! Parts of a resource: Get, Put, Create and Delete with `wsman:FragmentTransfer` (DSP0226 7).
//!
//! A fragment is one property, one entry of an array, or a property of an embedded instance. Changing it
//! is changing the property that it is in; what depends on the rest of that property is written only if
//! the resource is still what it was.

use cim_core::{CimError, ErrorKind, Instance, ObjectPath, PropertyDescriptor, Value};
use cim_query::xpath::{Node, Part, Path, Stop, parse_xpath_path};
use provider::{Change, Resource};
use wsman::enumeration::Style;
use wsman::uris::{action, ns};
use wsman::{Content, Detail, Doing, Family, Fault, FragmentTransfer, Headers, Subcode};
use xml_wire::Writer;
use xml_wire::wscim::{self, write_fragment, write_instance, write_text};

use super::exchange::{Exchange, refused};
use super::transfer::{changes, fetch, requested_epr, resource_created, unreadable};

/// How often a change is tried while others change the same resource.
const TRIES: usize = 4;

/// What happens to a fragment.
#[derive(Debug, Clone)]
enum Edit {
    /// It gets this value.
    Set(Value),
    /// These come in before it, or behind the last.
    Insert(Vec<Value>),
    /// It goes.
    Remove,
}

/// Get of a fragment: all elements that the path selects.
pub(super) fn get(
    x: &Exchange<'_>,
    headers: &Headers,
    fragment: &FragmentTransfer,
    instance: &Instance,
    family: Family,
    style: Style,
) -> Result<String, Fault> {
    let path = parse(x, fragment, instance)?;
    let mut answer = x.answer(action::GET);
    if headers.request_epr {
        requested_epr(x, &mut answer, &instance.path(), family);
    }
    answer.fragment(fragment);
    answer.body();
    write(x, answer.text(), &path, instance, family, style);
    x.finish(answer, false)
}

/// Put of a fragment: exactly the element that the path selects is replaced.
pub(super) async fn put(
    x: &Exchange<'_>,
    headers: &Headers,
    fragment: &FragmentTransfer,
    object: &ObjectPath,
    content: Option<Content<'_>>,
    family: Family,
    style: Style,
) -> Result<String, Fault> {
    let current = fetch(x, object).await?;
    let path = parse(x, fragment, &current.instance)?;
    let resource = if path.steps.is_empty() {
        whole(x, &path, &current, content).await?
    } else {
        let (stops, property) = place(&path, &current.instance)?;
        let value = read(x, content, &path, property)?;
        let value = match stops.last() {
            Some(Stop { entry: Some(_), .. }) => one(value, property)?,
            _ => value,
        };
        edit(x, object, current, &path, Edit::Set(value)).await?
    };
    let mut answer = x.answer(action::PUT);
    if headers.request_epr {
        requested_epr(x, &mut answer, &resource.instance.path(), family);
    }
    answer.fragment(fragment);
    answer.body();
    write(x, answer.text(), &path, &resource.instance, family, style);
    x.finish(answer, true)
}

/// Create of a fragment: a value for a property that has none, or entries for an array.
pub(super) async fn create(
    x: &Exchange<'_>,
    fragment: &FragmentTransfer,
    object: &ObjectPath,
    content: Option<Content<'_>>,
    family: Family,
) -> Result<String, Fault> {
    let current = fetch(x, object).await?;
    let path = parse(x, fragment, &current.instance)?;
    let (_, property) = place(&path, &current.instance)?;
    let items = match read(x, content, &path, property)? {
        Value::Array(items) => items,
        value => vec![value],
    };
    let resource = edit(x, object, current, &path, Edit::Insert(items)).await?;
    let mut answer = x.answer(action::CREATE);
    answer.fragment(fragment);
    resource_created(x, &mut answer, &resource.instance.path(), family);
    x.finish(answer, true)
}

/// Delete of a fragment: the property has no value afterwards, or the array one entry less.
pub(super) async fn delete(
    x: &Exchange<'_>,
    fragment: &FragmentTransfer,
    object: &ObjectPath,
) -> Result<String, Fault> {
    let current = fetch(x, object).await?;
    let path = parse(x, fragment, &current.instance)?;
    place(&path, &current.instance)?;
    edit(x, object, current, &path, Edit::Remove).await?;
    let mut answer = x.answer(action::DELETE);
    answer.fragment(fragment);
    answer.body();
    x.finish(answer, true)
}

fn parse(
    x: &Exchange<'_>,
    fragment: &FragmentTransfer,
    instance: &Instance,
) -> Result<Path, Fault> {
    parse_xpath_path(&fragment.path, instance.class(), x.schema())
        .map_err(|e| Fault::from_cim(&e, Doing::Enumerating))
}

/// The one place that the path means, and the property there.
fn place(
    path: &Path,
    instance: &Instance,
) -> Result<(Vec<Stop>, &'static PropertyDescriptor), Fault> {
    let several = || {
        Fault::new(Subcode::CannotProcessFilter).because(
            "What is changed is one property, one entry of an array, or one property of an embedded instance that exists.",
        )
    };
    if matches!(path.part, Part::Attribute(_)) {
        return Err(several());
    }
    let stops = path.place(instance).ok_or_else(several)?;
    let property = property_at(instance, &stops).ok_or_else(several)?;
    Ok((stops, property))
}

fn property_at(instance: &Instance, stops: &[Stop]) -> Option<&'static PropertyDescriptor> {
    let (stop, rest) = stops.split_first()?;
    let property = instance.class().properties.get(stop.at)?;
    if rest.is_empty() {
        return Some(property);
    }
    property_at(inside(instance.at(stop.at)?, stop.entry)?, rest)
}

/// The instance embedded in a value.
fn inside(value: &Value, entry: Option<usize>) -> Option<&Instance> {
    match value {
        Value::Array(items) => items.get(entry.unwrap_or(0)).and_then(Value::as_instance),
        value => value.as_instance(),
    }
}

fn bad_fragment(why: impl Into<String>) -> Fault {
    Fault::new(Subcode::InvalidRepresentation)
        .detail(Detail::InvalidFragment)
        .because(why)
}

/// The value in the body: `wsman:XmlFragment` with elements of the property or, for `text()`, with its
/// text. The element alone is taken, too, because one client sends files as they are.
fn read(
    x: &Exchange<'_>,
    content: Option<Content<'_>>,
    path: &Path,
    property: &'static PropertyDescriptor,
) -> Result<Value, Fault> {
    let mut content = content
        .ok_or_else(|| bad_fragment("The body is empty where wsman:XmlFragment is expected."))?;
    let context = x.read_context();
    let (reader, element) = content.parts();
    let bare = element.local().eq_ignore_ascii_case(property.name)
        && wscim::is_class_namespace(element.ns());
    let read = if element.is(ns::WSMAN, "XmlFragment") {
        if element.is_nil() {
            reader.skip()?;
            Ok(Some(Value::Null))
        } else if path.part == Part::Text {
            wscim::read_property(reader, element, property, &context).map(Some)
        } else {
            wscim::read_fragment(reader, property, &context)
        }
    } else if bare {
        wscim::read_property(reader, element, property, &context).map(Some)
    } else {
        return Err(bad_fragment(format!(
            "The body is <{}>; a fragment is in <XmlFragment> of {}.",
            element.local(),
            ns::WSMAN
        )));
    };
    let value = read.map_err(|e| match unreadable(e, Doing::Storing) {
        fault if fault.subcode() == Subcode::SchemaValidationError => bad_fragment(fault.reason()),
        fault => fault,
    })?;
    content.finish()?;
    match value {
        Some(value @ (Value::Array(_) | Value::Null)) => Ok(value),
        Some(value) if property.is_array => Ok(Value::Array(vec![value])),
        Some(value) => Ok(value),
        None if property.is_array => Ok(Value::Array(Vec::new())),
        None => Err(bad_fragment(format!(
            "wsman:XmlFragment has no element {}; xsi:nil=\"true\" clears the property.",
            property.name
        ))),
    }
}

/// The single entry that replaces one of an array.
fn one(value: Value, property: &PropertyDescriptor) -> Result<Value, Fault> {
    match value {
        Value::Array(mut items) if items.len() == 1 => Ok(items.remove(0)),
        Value::Array(items) => Err(bad_fragment(format!(
            "One entry of {} is replaced by one element, not by {}.",
            property.name,
            items.len()
        ))),
        value => Ok(value),
    }
}

/// Put of `/`: the fragment is the whole representation.
async fn whole(
    x: &Exchange<'_>,
    path: &Path,
    current: &Resource,
    content: Option<Content<'_>>,
) -> Result<Resource, Fault> {
    if path.place(&current.instance).is_none() || path.part != Part::Element {
        return Err(Fault::new(Subcode::CannotProcessFilter)
            .because("The expression does not select the resource."));
    }
    let mut content = content
        .ok_or_else(|| bad_fragment("The body is empty where wsman:XmlFragment is expected."))?;
    let (reader, element) = content.parts();
    if !element.is(ns::WSMAN, "XmlFragment") {
        return Err(bad_fragment("The body is no wsman:XmlFragment."));
    }
    let inner = reader
        .child()?
        .ok_or_else(|| bad_fragment("wsman:XmlFragment is empty."))?;
    let class = current.instance.class();
    let given = wscim::read_instance(reader, &inner, class, &x.read_context())
        .map_err(|e| unreadable(e, Doing::Storing))?;
    reader.end()?;
    content.finish()?;
    let wanted = changes(&given, &current.instance)?;
    store(x, &current.instance.path(), current.clone(), wanted, false)
        .await
        .map_err(|e| refused(&e, Doing::Storing))
}

/// Changes the place that the path means. If somebody else changed the resource meanwhile and the result
/// depends on what was there, it is read and changed again.
async fn edit(
    x: &Exchange<'_>,
    object: &ObjectPath,
    mut current: Resource,
    path: &Path,
    edit: Edit,
) -> Result<Resource, Fault> {
    for attempt in 1.. {
        let (stops, _) = place(path, &current.instance)?;
        let Some((top, _)) = stops.split_first() else {
            break;
        };
        let Some(property) = current.instance.class().properties.get(top.at) else {
            break;
        };
        let mut slot = current.instance.at(top.at).cloned();
        apply(&mut slot, property, &stops, &edit)?;
        let value = slot.unwrap_or(Value::Null);
        let unchanged = property.flags.read
            && same(current.instance.at(top.at).unwrap_or(&Value::Null), &value);
        if !unchanged && property.flags.key {
            return Err(Fault::new(Subcode::InvalidRepresentation)
                .detail(Detail::InvalidValues)
                .because(format!("Key {} cannot be changed.", property.name)));
        }
        let wanted = if unchanged {
            Vec::new()
        } else {
            vec![Change { property, value }]
        };
        let depends = !(matches!(edit, Edit::Set(_) | Edit::Remove)
            && matches!(stops.as_slice(), [Stop { entry: None, .. }]));
        match store(x, object, current, wanted, depends).await {
            Err(error) if error.kind() == ErrorKind::PreconditionFailed && attempt < TRIES => {
                current = fetch(x, object).await?;
            }
            stored => return stored.map_err(|e| refused(&e, Doing::Storing)),
        }
    }
    Err(Fault::new(Subcode::InternalError))
}

/// Absent, NULL and an array without entries are the same.
fn same(a: &Value, b: &Value) -> bool {
    let empty = |v: &Value| v.is_null() || matches!(v, Value::Array(items) if items.is_empty());
    a == b || empty(a) && empty(b)
}

async fn store(
    x: &Exchange<'_>,
    object: &ObjectPath,
    current: Resource,
    wanted: Vec<Change>,
    depends: bool,
) -> Result<Resource, CimError> {
    if wanted.is_empty() {
        return Ok(current);
    }
    let if_match = depends.then_some(&current.etag);
    let outcome = x
        .provider()
        .modify(&x.context, object, wanted, if_match)
        .await?;
    match outcome.resource {
        Some(resource) => Ok(resource),
        None => x.provider().get(&x.context, object).await,
    }
}

/// Carries out an edit in the value of a property.
fn apply(
    slot: &mut Option<Value>,
    property: &'static PropertyDescriptor,
    stops: &[Stop],
    edit: &Edit,
) -> Result<(), Fault> {
    let Some((stop, rest)) = stops.split_first() else {
        return Ok(());
    };
    if !rest.is_empty() {
        let embedded = match slot {
            Some(Value::Array(items)) => items.get_mut(stop.entry.unwrap_or(0)),
            Some(value) => Some(value),
            None => None,
        };
        let (Some(Value::Instance(instance)), Some(next)) = (embedded, rest.first()) else {
            return Err(bad_fragment(format!("{} is empty.", property.name)));
        };
        let class = instance.class();
        // What is not shown cannot be written back.
        if class.properties.iter().any(|p| !p.flags.read) {
            return Err(Fault::new(Subcode::UnsupportedFeature)
                .detail(Detail::FragmentLevelAccess)
                .because(format!(
                    "{} has a secret that is not shown: Put {} as a whole.",
                    class.name, property.name
                )));
        }
        let (Some(inner), Some(slot)) = (class.properties.get(next.at), instance.slot_mut(next.at))
        else {
            return Err(bad_fragment(format!(
                "{} has no such property.",
                class.name
            )));
        };
        return apply(slot, inner, rest, edit);
    }
    let beyond = |n: usize, length: usize| {
        bad_fragment(format!(
            "{} has {length} entries; there is no place {} in it.",
            property.name,
            n + 1
        ))
    };
    let mut items = match slot.take() {
        Some(Value::Array(items)) => items,
        None | Some(Value::Null) => Vec::new(),
        Some(other) => vec![other],
    };
    let length = items.len();
    match (edit, stop.entry) {
        (Edit::Set(value), None) => {
            *slot = Some(value.clone());
            return Ok(());
        }
        (Edit::Remove, None) => {
            if property.flags.required || property.flags.key {
                return Err(Fault::new(Subcode::InvalidRepresentation)
                    .detail(Detail::MissingValues)
                    .because(format!("{} is required.", property.name)));
            }
            *slot = Some(Value::Null);
            return Ok(());
        }
        (Edit::Set(value), Some(n)) => match items.get_mut(n) {
            Some(item) => *item = value.clone(),
            None => return Err(beyond(n, length)),
        },
        (Edit::Remove, Some(n)) if n < length => {
            items.remove(n);
        }
        (Edit::Remove, Some(n)) => return Err(beyond(n, length)),
        (Edit::Insert(new), entry) if property.is_array => {
            let n = entry.unwrap_or(length);
            if n > length {
                return Err(beyond(n, length));
            }
            items.splice(n..n, new.iter().cloned());
        }
        (Edit::Insert(_), _) if length > 0 => {
            return Err(Fault::new(Subcode::AlreadyExists).because(format!(
                "{} has a value already; Put replaces it.",
                property.name
            )));
        }
        (Edit::Insert(new), _) => {
            *slot = new.first().cloned();
            return Ok(());
        }
    }
    *slot = Some(Value::Array(items));
    Ok(())
}

/// Writes `wsman:XmlFragment` with what the path selects; nil if that is nothing.
fn write(
    x: &Exchange<'_>,
    out: &mut String,
    path: &Path,
    instance: &Instance,
    family: Family,
    style: Style,
) {
    let context = x.write_context(family, style);
    let mut writer = Writer::new(out);
    writer.start("wsman:XmlFragment");
    let nodes = path.select(instance);
    let is_nil = |node: &Node<'_>| node.value.is_none();
    match &path.part {
        Part::Element if path.steps.is_empty() && path.place(instance).is_some() => {
            write_instance(&mut writer, instance, &context);
        }
        Part::Text if !nodes.iter().all(is_nil) => {
            for node in &nodes {
                if let Some(value) = node.value {
                    write_text(&mut writer, node.property, value);
                }
            }
        }
        Part::Attribute(name) if name == "nil" && nodes.iter().any(is_nil) => writer.text("true"),
        Part::Element if !nodes.is_empty() => {
            let parts = nodes.iter().map(|n| (n.owner.class(), n.property, n.value));
            write_fragment(&mut writer, parts, &context);
        }
        _ => writer.nil(),
    }
    writer.end();
}
