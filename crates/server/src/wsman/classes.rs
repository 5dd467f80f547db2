//! Classes themselves: GetClass, EnumerateClasses and EnumerateClassNames through the cim-xml resource
//! URI, as Windows' CIM cmdlets ask for them (`Get-CimClass`), and as XML Schemas through the ws-cim one.
//! Not in DSP0227.

use cim_core::{ClassDescriptor, Schema};
use provider::Cursor;
use wsman::enumeration::{ClassListing, EnumerationState, Mode};
use wsman::epr::SelectorValue;
use wsman::uris::action;
use wsman::{Answer, Batch, Detail, Fault, Headers, Subcode};
use xml_wire::Writer;
use xml_wire::cim_xml::{ClassParts, write_class};

use super::exchange::Exchange;
use super::options;
use super::page::{Filled, Room};

/// What the resource URI of classes ends with; the last part is `*` or a class.
const CLASS_URI_PATH: &str = "/wbem/cim-xml/2/cim-schema/2/";
/// The same for classes as XML Schemas.
const SCHEMA_URI_PATH: &str = "/wbem/ws-cim/1/cim-schema/2/";
/// What stands before these.
const AUTHORITY: &str = "http://schemas.dmtf.org";
/// The selector that names a class.
const CLASS_NAME: &str = "ClassName";

/// Whether a resource URI means classes.
pub(super) fn is_class_uri(uri: &str) -> bool {
    class_in_uri(uri).is_some()
}

fn class_in_uri(uri: &str) -> Option<&str> {
    let uri = uri.trim();
    let path = if is_schema_uri(uri) {
        SCHEMA_URI_PATH
    } else {
        CLASS_URI_PATH
    };
    let (_, class) = uri.split_once(path)?;
    (!class.contains('/')).then_some(class)
}

/// Whether a resource URI means classes as XML Schemas.
fn is_schema_uri(uri: &str) -> bool {
    uri.contains(SCHEMA_URI_PATH)
}

/// The fault for what cannot be done with a class.
pub(super) fn not_possible() -> Fault {
    Fault::new(Subcode::ActionNotSupported)
        .detail(Detail::ActionMismatch)
        .because("Classes can be read (Get) and listed (Enumerate); they change with the service.")
}

/// GetClass: the body is a CIM-XML `CLASS`, or the `xs:schema` of its representation.
pub(super) fn get(x: &Exchange<'_>, headers: &Headers) -> Result<String, Fault> {
    let (name, _) = addressed(x, headers)?;
    let name = name.filter(|name| !name.is_empty()).ok_or_else(|| {
        Fault::new(Subcode::InvalidSelectors)
            .detail(Detail::InsufficientSelectors)
            .because(format!("Selector {CLASS_NAME} names the class."))
    })?;
    let class = x.space().class(name)?;
    let parts = parts(headers)?;
    let mut answer = x.answer(action::GET);
    answer.body();
    write_whole(x, &mut Writer::new(answer.text()), class, parts);
    x.finish(answer, false)
}

/// What an Enumerate of classes lists: below which class (none: from the top), and how. An empty
/// ClassName, as PowerShell sends it, means every class.
pub(super) fn listing(
    x: &Exchange<'_>,
    headers: &Headers,
) -> Result<(Option<&'static ClassDescriptor>, ClassListing), Fault> {
    let (name, selected) = addressed(x, headers)?;
    let mut listing = parts(headers)?;
    let class = match name {
        None | Some("") => {
            listing.deep |= selected;
            None
        }
        Some(name) => Some(x.space().class(name)?),
    };
    Ok((class, listing))
}

/// The class that is named, and whether a selector named it.
fn addressed<'h>(x: &Exchange<'_>, headers: &'h Headers) -> Result<(Option<&'h str>, bool), Fault> {
    let unexpected = |why: String| {
        Fault::new(Subcode::InvalidSelectors)
            .detail(Detail::UnexpectedSelectors)
            .because(why)
    };
    x.space().check_namespace(None, &headers.selectors)?;
    let mut selected = None;
    for (name, value) in headers.selectors.keys() {
        match value {
            SelectorValue::Text(text) if name.eq_ignore_ascii_case(CLASS_NAME) => {
                selected = Some(text.trim());
            }
            _ => {
                return Err(unexpected(format!(
                    "Selector `{name}` is not possible here; {CLASS_NAME} names a class."
                )));
            }
        }
    }
    let in_uri = class_in_uri(&headers.resource_uri).filter(|class| *class != "*");
    match (in_uri, selected) {
        (Some(a), Some(b)) if !a.eq_ignore_ascii_case(b) => Err(unexpected(format!(
            "The ResourceURI names class {a}, selector {CLASS_NAME} {b}."
        ))),
        (in_uri, selected) => Ok((selected.or(in_uri), selected.is_some())),
    }
}

/// The options of class operations; without any, qualifiers are included (DSP0200 5.3.2.1).
fn parts(headers: &Headers) -> Result<ClassListing, Fault> {
    let mut listing = ClassListing {
        parts: ClassParts {
            qualifiers: true,
            ..ClassParts::default()
        },
        deep: false,
        schemas: is_schema_uri(&headers.resource_uri),
    };
    for option in &headers.options {
        let name = options::bare(&option.name);
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let flag = match () {
            () if is("IncludeQualifiers") => &mut listing.parts.qualifiers,
            () if is("IncludeClassOrigin") => &mut listing.parts.class_origin,
            () if is("IncludeInheritedElements") => &mut listing.parts.inherited,
            () if is("IncludeInheritanceHierarchy") => &mut listing.parts.derivation,
            () if is("IncludeSubClasses") => &mut listing.deep,
            () => {
                options::style(std::slice::from_ref(option))?;
                continue;
            }
        };
        options::set(flag, option)?;
    }
    Ok(listing)
}

/// The classes of a listing, by name: the order does not depend on when a context was made.
pub(super) fn listed(
    schema: &Schema,
    class: Option<&ClassDescriptor>,
    deep: bool,
) -> Vec<&'static ClassDescriptor> {
    let mut classes: Vec<&'static ClassDescriptor> = match class {
        None => schema
            .classes()
            .iter()
            .copied()
            .filter(|c| deep || c.superclass.is_none_or(|name| schema.class(name).is_none()))
            .collect(),
        Some(class) if deep => schema.closure(class.name).into_iter().skip(1).collect(),
        Some(class) => schema.subclasses(class.name).collect(),
    };
    classes.sort_unstable_by_key(|class| class.name);
    classes
}

/// Writes classes until enough are there or the next does not fit.
pub(super) fn fill(
    x: &Exchange<'_>,
    answer_so_far: &Answer,
    state: &EnumerationState,
    listing: ClassListing,
    batch: &Batch,
) -> Result<Filled, Fault> {
    let mut room = Room::new(x, answer_so_far, state, batch);
    let parent = state
        .class
        .as_deref()
        .map(|name| x.space().class(name))
        .transpose()?;
    let classes = listed(x.schema(), parent, listing.deep);
    let mut filled = Filled {
        items: String::new(),
        more: None,
        count: u64::try_from(classes.len()).ok(),
    };
    let after = std::str::from_utf8(&state.cursor).unwrap_or_default();
    let wanted = batch.max_elements.map_or(1, usize::from);
    let mut last = Cursor(state.cursor.clone());
    let rest = classes.into_iter().filter(|class| class.name > after);
    for (written, class) in rest.enumerate() {
        if written >= wanted {
            filled.more = Some(last);
            return Ok(filled);
        }
        let mark = filled.items.len();
        write_item(x, &mut filled.items, class, state.mode, listing);
        let cursor = Cursor(class.name.as_bytes().to_vec());
        if !room.take(&filled.items[mark..], &cursor) {
            filled.items.truncate(mark);
            if written == 0 {
                return Err(room.too_small(&class.name));
            }
            filled.more = Some(last);
            return Ok(filled);
        }
        last = cursor;
    }
    Ok(filled)
}

fn write_item(
    x: &Exchange<'_>,
    out: &mut String,
    class: &'static ClassDescriptor,
    mode: Mode,
    listing: ClassListing,
) {
    let mut writer = Writer::new(out);
    if mode == Mode::ObjectAndEpr {
        writer.start("wsman:Item");
    }
    if mode != Mode::Epr {
        write_whole(x, &mut writer, class, listing);
    }
    if mode != Mode::Object {
        let reply = x.reply.addressing;
        writer.start("wsa:EndpointReference");
        writer.element("wsa:Address", reply.anonymous());
        writer.start("wsa:ReferenceParameters");
        let path = if listing.schemas {
            SCHEMA_URI_PATH
        } else {
            CLASS_URI_PATH
        };
        writer.element("wsman:ResourceURI", &[AUTHORITY, path, "*"].concat());
        writer.start("wsman:SelectorSet");
        for (name, value) in [
            (wsman::epr::CIM_NAMESPACE_SELECTOR, x.namespace()),
            (CLASS_NAME, class.name),
        ] {
            writer.start("wsman:Selector");
            writer.attribute("Name", name);
            writer.text(value);
            writer.end();
        }
        writer.end();
        writer.end();
        writer.end();
    }
    if mode == Mode::ObjectAndEpr {
        writer.end();
    }
}

/// Writes a class as it was asked for.
fn write_whole(
    x: &Exchange<'_>,
    writer: &mut Writer<'_>,
    class: &'static ClassDescriptor,
    listing: ClassListing,
) {
    if !listing.schemas {
        return write_class(writer, class, listing.parts);
    }
    if let Some((_, schema)) = x.realm.schemas().iter().find(|(of, _)| of == class.name) {
        writer.raw(schema);
    }
}

/// Number of classes of a listing, for an Enumerate that sends none yet.
pub(super) fn count(
    x: &Exchange<'_>,
    class: Option<&'static ClassDescriptor>,
    listing: ClassListing,
) -> Option<u64> {
    u64::try_from(listed(x.schema(), class, listing.deep).len()).ok()
}

/// Class listings have no filters; their options choose.
pub(super) fn no_filter() -> Fault {
    Fault::new(Subcode::FilteringNotSupported)
        .because("Classes are listed below a class (selector ClassName), without a filter.")
}
