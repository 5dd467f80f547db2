//! Get, Put, Create and Delete (DSP0226 7, DSP0227 6).

use cim_core::{CimError, ClassDescriptor, ErrorKind, Etag, Instance, KeyValue, ObjectPath, Value};
use cim_query::Query;
use provider::{Change, Container, Outcome, PageRequest, Resource, fingerprint};
use wsman::enumeration::Style;
use wsman::epr::{CIM_NAMESPACE_SELECTOR, Selector, SelectorSet, SelectorValue};
use wsman::uris::{action, ns};
use wsman::{Answer, Content, Detail, Doing, Family, Fault, Headers, Subcode};
use xml_wire::Writer;
use xml_wire::wscim::{self, WsCimError, write_epr, write_instance};

use super::address::Space;
use super::exchange::{Exchange, refused};
use super::fragment;
use super::options;

/// WS-Transfer Get.
pub(super) async fn get(x: &Exchange<'_>, headers: Headers) -> Result<String, Fault> {
    let style = options::style(&headers.options)?;
    let (class, family) = x
        .space()
        .one_class(&headers.resource_uri, &headers.selectors)?;
    let path = locate(x, class, &headers.selectors).await?;
    let resource = fetch(x, &path).await?;
    if let Some(fragment) = &headers.fragment {
        return fragment::get(x, &headers, fragment, &resource.instance, family, style);
    }
    let mut answer = x.answer(action::GET);
    if headers.request_epr {
        requested_epr(x, &mut answer, &resource.instance.path(), family);
    }
    represent(x, &mut answer, &resource.instance, family, style);
    x.finish(answer, false)
}

/// WS-Transfer Put: properties that are absent from the body, or may not be written, stay as they are;
/// `xsi:nil` clears (DSP0227 6.4).
pub(super) async fn put(
    x: &Exchange<'_>,
    headers: Headers,
    content: Option<Content<'_>>,
) -> Result<String, Fault> {
    let style = options::style(&headers.options)?;
    let (class, family) = x
        .space()
        .one_class(&headers.resource_uri, &headers.selectors)?;
    if let Some(fragment) = &headers.fragment {
        let path = locate(x, class, &headers.selectors).await?;
        return fragment::put(x, &headers, fragment, &path, content, family, style).await;
    }
    let given = read_representation(x, content, |_| class)?;
    let path = locate(x, class, &headers.selectors).await?;
    let straight = match unseen(x, &headers, class, &path, &given) {
        Some((wanted, version)) => {
            match x
                .provider()
                .modify(&x.context, &path, wanted, version.as_ref())
                .await
            {
                // What was read lately is no longer so.
                Err(error)
                    if version.is_some() && error.kind() == ErrorKind::PreconditionFailed =>
                {
                    None
                }
                other => Some(other.map_err(|e| refused(&e, Doing::Storing))?),
            }
        }
        None => None,
    };
    let (path, stored) = match straight {
        Some(outcome) => (path, Stored::Changed(outcome)),
        None => {
            let current = fetch(x, &path).await?;
            let unless_changed = precondition(&headers, &current)?;
            let path = current.instance.path();
            let wanted = asked_for(changes(&given, &current.instance)?, &headers);
            if wanted.is_empty() {
                (path, Stored::Same(current))
            } else {
                let outcome = x
                    .provider()
                    .modify(&x.context, &path, wanted, unless_changed.as_ref())
                    .await
                    .map_err(|e| refused(&e, Doing::Storing))?;
                (path, Stored::Changed(outcome))
            }
        }
    };
    let (resource, job) = match stored {
        Stored::Same(current) => (current, None),
        Stored::Changed(outcome) => {
            let job = outcome.job.map(|job| (job, outcome.completed));
            let resource = match outcome.resource {
                Some(resource) => resource,
                None => fetch(x, &path).await?,
            };
            (resource, job)
        }
    };
    let mut answer = x.answer(action::PUT);
    if headers.job_requested {
        tell_job(x, &mut answer, job, family);
    }
    if headers.request_epr {
        requested_epr(x, &mut answer, &path, family);
    }
    represent(x, &mut answer, &resource.instance, family, style);
    x.finish(answer, true)
}

/// What a Put did.
enum Stored {
    /// It was like that already.
    Same(Resource),
    Changed(Outcome),
}

/// Only the changes that the client says it means, if it says so.
fn asked_for(mut changes: Vec<Change>, headers: &Headers) -> Vec<Change> {
    if let Some(names) = options::modified_properties(&headers.options) {
        changes.retain(|change| {
            names
                .iter()
                .any(|name| name.eq_ignore_ascii_case(change.property.name))
        });
    }
    changes
}

/// What a Put changes of a resource in another service, where that is clear without a look at it: all that the body
/// has, if that is only what may be written; or what differs from what the client read a moment ago, if nobody
/// changed it since. Anything else, and what is wrong, is left to who looks.
fn unseen(
    x: &Exchange<'_>,
    headers: &Headers,
    class: &'static ClassDescriptor,
    path: &ObjectPath,
    given: &Instance,
) -> Option<(Vec<Change>, Option<Etag>)> {
    let provider = x.provider();
    let is_clear = provider.is_remote(path) && headers.if_match.is_none();
    if !is_clear || x.schema().closure(class.name).len() > 1 {
        return None;
    }
    let (wanted, version) = match whole(given, path) {
        Some(all) => (all, None),
        None => {
            let known = provider.read_lately(&x.context, path)?;
            (changes(given, &known.instance).ok()?, Some(known.etag))
        }
    };
    let wanted = asked_for(wanted, headers);
    (!wanted.is_empty()).then_some((wanted, version))
}

/// All that a body has, if nothing of it is read-only or beyond the model, and its keys are those of the path.
fn whole(given: &Instance, path: &ObjectPath) -> Option<Vec<Change>> {
    let mut all = Vec::new();
    for (property, value) in given.present() {
        let is_secret = !property.flags.read;
        if property.flags.key {
            let key = path.key(property.name)?.to_value(property.ty)?;
            if key != *value {
                return None;
            }
        } else if !property.flags.write {
            return None;
        } else if !(is_secret && value.is_null()) {
            // nil leaves a secret, which is never shown.
            all.push(Change {
                property,
                value: value.clone(),
            });
        }
    }
    Some(all)
}

/// WS-Transfer Create. The body is the class of the ResourceURI, a subclass of it, or the class that
/// `CIMI_Creates` it.
///
/// What is a part of something else is created through the association that contains it: the
/// ResourceURI names the association, its one selector the owner, and the body is the part.
pub(super) async fn create(
    x: &Exchange<'_>,
    headers: Headers,
    content: Option<Content<'_>>,
) -> Result<String, Fault> {
    options::style(&headers.options)?;
    let (class, family) = x
        .space()
        .one_class(&headers.resource_uri, &headers.selectors)?;
    if let Some(fragment) = &headers.fragment {
        let path = locate(x, class, &headers.selectors).await?;
        return fragment::create(x, fragment, &path, content, family).await;
    }
    let job_requested = headers.job_requested;
    let (class, container) = if class.flags.is_association && !headers.selectors.names_no_key() {
        let (part, container) = contained(x, class, headers.selectors)?;
        (part, Some(container))
    } else {
        Space::no_keys(&headers.selectors)?;
        (class, None)
    };
    let instance = read_representation(x, content, |named| {
        if creates(named) == Some(class.name) {
            named
        } else {
            class
        }
    })?;
    let given = instance.class();
    let creatable =
        creates(given).is_some() || !(given.flags.is_abstract || given.flags.is_structure);
    if !creatable {
        return Err(Fault::new(Subcode::ActionNotSupported)
            .detail(Detail::ActionMismatch)
            .because(format!("Class {} has no instances of its own.", given.name)));
    }
    let created = x
        .provider()
        .create(&x.context, instance, container)
        .await
        .map_err(|e| refused(&e, Doing::Storing))?;
    let mut answer = x.answer(action::CREATE);
    if job_requested {
        let outcome = created.outcome;
        let job = outcome.job.map(|job| (job, outcome.completed));
        tell_job(x, &mut answer, job, family);
    }
    resource_created(x, &mut answer, &created.path, family);
    x.finish(answer, true)
}

/// Tells which job carries out a write, in a header that only another bridge asks for: the standard has no word
/// for it, and there are clients that take the first reference in a message for the one that they want.
fn tell_job(
    x: &Exchange<'_>,
    answer: &mut Answer,
    job: Option<(ObjectPath, bool)>,
    family: Family,
) {
    if let Some((path, completed)) = job {
        answer.job(completed);
        write_epr(
            &mut Writer::new(answer.text()),
            &path,
            &x.write_context(family, Style::default()),
        );
        answer.end_job();
    }
}

/// The version that a write is conditional on, if the request says how the resource has to look.
fn precondition(headers: &Headers, current: &Resource) -> Result<Option<Etag>, Fault> {
    match &headers.if_match {
        None => Ok(None),
        Some(wanted) if fingerprint(&current.instance).0 == *wanted => {
            Ok(Some(current.etag.clone()))
        }
        Some(_) => {
            let error = CimError::new(
                ErrorKind::PreconditionFailed,
                "The resource has been changed since it was read. Read it again.",
            );
            Err(refused(&error, Doing::Storing))
        }
    }
}

/// Opens the body and writes where the new resource is (DSP0226 7.4).
pub(super) fn resource_created(
    x: &Exchange<'_>,
    answer: &mut Answer,
    path: &ObjectPath,
    family: Family,
) {
    answer.body();
    let mut writer = Writer::new(answer.text());
    writer.start("wxf:ResourceCreated");
    writer.namespace("wxf", ns::WXF);
    write_epr(
        &mut writer,
        path,
        &x.write_context(family, Style::default()),
    );
    writer.end();
}

/// What a containment association and the selector of its owner say: the class of the parts, and
/// the container that they come into.
fn contained(
    x: &Exchange<'_>,
    association: &'static ClassDescriptor,
    selectors: SelectorSet,
) -> Result<(&'static ClassDescriptor, Container), Fault> {
    let wrong = |detail, why: String| {
        Err(Fault::new(Subcode::InvalidSelectors)
            .detail(detail)
            .because(why))
    };
    let mut keys = selectors
        .into_vec()
        .into_iter()
        .filter(|s| !s.name.eq_ignore_ascii_case(CIM_NAMESPACE_SELECTOR));
    let (Some(Selector { name, value }), None) = (keys.next(), keys.next()) else {
        return wrong(
            Detail::UnexpectedSelectors,
            format!(
                "Create through {} takes one selector: the owner of what is created.",
                association.name
            ),
        );
    };
    let mut ends = association.references();
    let (owner, part) = match (ends.next(), ends.next()) {
        (Some(a), Some(b)) if a.name.eq_ignore_ascii_case(&name) => (a, b),
        (Some(a), Some(b)) if b.name.eq_ignore_ascii_case(&name) => (b, a),
        _ => {
            return wrong(
                Detail::UnexpectedSelectors,
                format!("Selector `{name}` is no end of {}.", association.name),
            );
        }
    };
    let SelectorValue::Reference(reference) = value else {
        return wrong(
            Detail::TypeMismatch,
            format!(
                "Selector `{}` contains a wsa:EndpointReference.",
                owner.name
            ),
        );
    };
    let owner = x.space().reference(*reference)?;
    let part = x.space().class(part.reference_class.unwrap_or_default())?;
    Ok((part, Container { owner, association }))
}

/// WS-Transfer Delete.
pub(super) async fn delete(x: &Exchange<'_>, headers: Headers) -> Result<String, Fault> {
    options::style(&headers.options)?;
    let (class, family) = x
        .space()
        .one_class(&headers.resource_uri, &headers.selectors)?;
    let path = locate(x, class, &headers.selectors).await?;
    if let Some(fragment) = &headers.fragment {
        return fragment::delete(x, fragment, &path).await;
    }
    let unless_changed = match &headers.if_match {
        Some(_) => precondition(&headers, &fetch(x, &path).await?)?,
        None => None,
    };
    let outcome = x
        .provider()
        .delete(&x.context, &path, unless_changed.as_ref())
        .await
        .map_err(|e| refused(&e, Doing::Addressing))?;
    let mut answer = x.answer(action::DELETE);
    if headers.request_epr {
        answer.text().push_str(
            "<wsman:RequestedEPR><wsman:EPRInvalid></wsman:EPRInvalid></wsman:RequestedEPR>",
        );
    }
    if headers.job_requested {
        let job = outcome.job.map(|job| (job, outcome.completed));
        tell_job(x, &mut answer, job, family);
    }
    answer.body();
    x.finish(answer, true)
}

/// The path that the selectors name. Without selectors the only instance of the class is meant
/// (DSP0226 5.1.2.2); with several a key has to be named.
pub(super) async fn locate(
    x: &Exchange<'_>,
    class: &'static ClassDescriptor,
    selectors: &SelectorSet,
) -> Result<ObjectPath, Fault> {
    match x.space().object_path(class, selectors) {
        Ok(Some(path)) => return Ok(path),
        Ok(None) => {}
        Err(fault) if fault.fault_detail() == Some(Detail::InsufficientSelectors) => {
            return Err(too_few(x, class, selectors, fault).await?);
        }
        Err(fault) => return Err(fault),
    }
    let page = PageRequest {
        after: None,
        skip: 0,
        max_items: 2,
        max_examined: 1000,
        count: false,
    };
    let found = x
        .provider()
        .query(&x.context, &Query::all(class), page)
        .await
        .map_err(|e| refused(&e, Doing::Addressing))?;
    match found.items.as_slice() {
        [only] if found.next.is_none() => Ok(only.resource.instance.path()),
        [] if found.next.is_none() => Err(Fault::new(Subcode::DestinationUnreachable)
            .because(format!("There is no instance of {}.", class.name))),
        _ => {
            let keys: Vec<&str> = class.key_properties().map(|k| k.name).collect();
            Err(Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::InsufficientSelectors)
                .because(if keys.is_empty() {
                    format!(
                        "{} has several instances: name one by its keys.",
                        class.name
                    )
                } else {
                    format!(
                        "{} has several instances: name one by {}.",
                        class.name,
                        keys.join(", ")
                    )
                }))
        }
    }
}

/// Most instances that are looked at to find out whether a few selectors are ambiguous.
const MAX_COMPARED: usize = 1000;

/// The fault for selectors that are not all keys: `AmbiguousSelectors` if several instances have them, else
/// the one that says what is missing.
async fn too_few(
    x: &Exchange<'_>,
    class: &'static ClassDescriptor,
    selectors: &SelectorSet,
    missing: Fault,
) -> Result<Fault, Fault> {
    let page = PageRequest {
        after: None,
        skip: 0,
        max_items: MAX_COMPARED,
        max_examined: MAX_COMPARED,
        count: false,
    };
    let found = x
        .provider()
        .query(&x.context, &Query::all(class), page)
        .await
        .map_err(|e| refused(&e, Doing::Addressing))?;
    let fitting = found
        .items
        .iter()
        .filter(|item| fits(&item.resource.instance.path(), selectors))
        .count();
    Ok(if fitting > 1 {
        Fault::new(Subcode::InvalidSelectors)
            .detail(Detail::AmbiguousSelectors)
            .because(format!(
                "{fitting} instances of {} have these selectors. {}",
                class.name,
                missing.message()
            ))
    } else {
        missing
    })
}

/// Whether an instance has all the keys that selectors give. References are not compared.
fn fits(path: &ObjectPath, selectors: &SelectorSet) -> bool {
    selectors.keys().all(|(name, value)| {
        let key = path.keys.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        match (value, key) {
            (SelectorValue::Text(text), Some((_, key))) => match key {
                KeyValue::String(key) => key == text,
                KeyValue::Boolean(key) => text.trim().eq_ignore_ascii_case(&key.to_string()),
                KeyValue::Unsigned(key) => text.trim().parse() == Ok(*key),
                KeyValue::Signed(key) => text.trim().parse() == Ok(*key),
                KeyValue::Reference(_) => false,
            },
            _ => false,
        }
    })
}

pub(super) async fn fetch(x: &Exchange<'_>, path: &ObjectPath) -> Result<Resource, Fault> {
    x.provider()
        .get(&x.context, path)
        .await
        .map_err(|e| refused(&e, Doing::Addressing))
}

/// Adds `wsman:RequestedEPR` to the header (DSP0226 6.5).
pub(super) fn requested_epr(
    x: &Exchange<'_>,
    answer: &mut Answer,
    path: &ObjectPath,
    family: Family,
) {
    let mut writer = Writer::new(answer.text());
    writer.start("wsman:RequestedEPR");
    writer.start("wsa:EndpointReference");
    write_epr(
        &mut writer,
        path,
        &x.write_context(family, Style::default()),
    );
    writer.end();
    writer.end();
}

fn represent(
    x: &Exchange<'_>,
    answer: &mut Answer,
    instance: &Instance,
    family: Family,
    style: Style,
) {
    answer.body();
    write_instance(
        &mut Writer::new(answer.text()),
        instance,
        &x.write_context(family, style),
    );
}

/// The class whose instances a create request makes.
fn creates(class: &ClassDescriptor) -> Option<&'static str> {
    class.qualifier("CIMI_Creates")?.value.as_str()
}

/// Reads the representation in the body. `expected` says, from the class that its element names, which
/// class it has to be.
fn read_representation(
    x: &Exchange<'_>,
    content: Option<Content<'_>>,
    expected: impl FnOnce(&'static ClassDescriptor) -> &'static ClassDescriptor,
) -> Result<Instance, Fault> {
    let mut content = content.ok_or_else(|| {
        Fault::new(Subcode::InvalidRepresentation)
            .detail(Detail::MissingValues)
            .because("The body is empty where a representation is expected.")
    })?;
    let named = wscim::class_of_element(x.schema(), content.element()).ok_or_else(|| {
        Fault::new(Subcode::InvalidRepresentation)
            .detail(Detail::InvalidNamespace)
            .because(format!(
                "<{}> is not the representation of a class of this service.",
                content.element().name()
            ))
    })?;
    let expected = expected(named);
    let (reader, element) = content.parts();
    let instance = wscim::read_instance(reader, element, expected, &x.read_context())
        .map_err(|e| unreadable(e, Doing::Storing))?;
    content.finish()?;
    Ok(instance)
}

/// The fault for content that is no representation of what it should be.
pub(super) fn unreadable(error: WsCimError, doing: Doing) -> Fault {
    match error {
        WsCimError::Xml(error) => error.into(),
        WsCimError::Cim(error)
            if error.kind() == ErrorKind::InvalidClass && doing == Doing::Storing =>
        {
            Fault::new(Subcode::InvalidRepresentation)
                .detail(Detail::InvalidNamespace)
                .because(error.message())
        }
        WsCimError::Cim(error) => refused(&error, doing),
    }
}

/// What a Put changes: what is there, may be written, and differs.
pub(super) fn changes(given: &Instance, current: &Instance) -> Result<Vec<Change>, Fault> {
    let class = current.class();
    let mut changes = Vec::new();
    for (property, value) in given.present() {
        let Some((at, property)) = class.property(property.name) else {
            let error = CimError::new(
                ErrorKind::NoSuchProperty,
                format!("{} has no such property.", class.name),
            );
            return Err(refused(&error.with_subject(property.name), Doing::Storing));
        };
        let unchanged = match current.at(at) {
            Some(now) => now == value,
            // A secret is never shown: it may be set, and nil leaves it (so that Get, change, Put does).
            None => value.is_null(),
        };
        if unchanged {
            continue;
        }
        if property.flags.key {
            return Err(Fault::new(Subcode::InvalidRepresentation)
                .detail(Detail::InvalidValues)
                .because(format!(
                    "Key {} cannot be changed; the body has another value than the resource.",
                    property.name
                )));
        }
        // Read-only values come back from clients that read, change one value and write everything.
        if !property.flags.write || is_empty(value) && current.at(at).is_none_or(Value::is_null) {
            continue;
        }
        changes.push(Change {
            property,
            value: value.clone(),
        });
    }
    Ok(changes)
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Null) || matches!(value, Value::Array(items) if items.is_empty())
}
