//! Class operations as tools over openwsman ask for them: methods of a resource URI of its own, since its
//! release 2.2. Only its source says what they look like: GetClass and EnumerateClassNames, answered by
//! an element of that name in the namespace of the request's ResourceURI.

use cim_core::{ClassDescriptor, Qualifier};
use wsman::epr::SelectorValue;
use wsman::{Content, Detail, Fault, Headers, Subcode};
use xml_wire::Writer;
use xml_wire::cim_xml::{qualifier_texts, qualifier_type};

use super::classes;
use super::exchange::Exchange;

/// The resource URI; a class may stand behind it.
const INTRINSIC: &str = "http://schemas.openwsman.org/wbem/wscim/1/intrinsic";
/// The selector that asks for all classes below, not only the next.
const DEEP: &str = "DeepInheritance";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    /// `GetClass`
    GetClass,
    /// `EnumerateClassNames`
    ClassNames,
    /// Anything else.
    Unknown,
}

/// The class operation that a request is, if its ResourceURI says that it is one.
pub(super) fn operation(headers: &Headers) -> Option<Operation> {
    let rest = headers.resource_uri.trim().strip_prefix(INTRINSIC)?;
    if !(rest.is_empty() || rest.starts_with('/')) {
        return None;
    }
    let name = headers.action.trim().rsplit('/').next();
    Some(match name.unwrap_or_default() {
        "GetClass" => Operation::GetClass,
        "EnumerateClassNames" => Operation::ClassNames,
        _ => Operation::Unknown,
    })
}

/// Carries it out. The body says nothing: an empty `_INPUT` element, as for any method.
pub(super) fn perform(
    x: &Exchange<'_>,
    headers: &Headers,
    operation: Operation,
    content: Option<Content<'_>>,
) -> Result<String, Fault> {
    if let Some(mut content) = content {
        content.parts().0.skip()?;
        content.finish()?;
    }
    let class = class(x, headers)?;
    let deep = deep(x, headers)?;
    let name = match operation {
        Operation::GetClass => "GetClass",
        Operation::ClassNames => "EnumerateClassNames",
        Operation::Unknown => {
            return Err(Fault::new(Subcode::ActionNotSupported).because(format!(
                "Below {INTRINSIC} there are GetClass and EnumerateClassNames."
            )));
        }
    };
    let mut answer = x.answer(headers.action.trim());
    answer.body();
    let mut writer = Writer::new(answer.text());
    writer.start_prefixed("n", name);
    writer.namespace("n", headers.resource_uri.trim());
    match (operation, class) {
        (Operation::GetClass, Some(class)) => write_class(&mut writer, class),
        (Operation::GetClass, None) => {
            return Err(Fault::new(Subcode::DestinationUnreachable)
                .detail(Detail::InvalidResourceUri)
                .because(format!("GetClass needs a class: {INTRINSIC}/<Class>.")));
        }
        _ => {
            for class in classes::listed(x.schema(), class, deep) {
                writer.element("n:name", class.name);
            }
        }
    }
    writer.end();
    x.finish(answer, false)
}

/// The class behind the resource URI.
fn class(x: &Exchange<'_>, headers: &Headers) -> Result<Option<&'static ClassDescriptor>, Fault> {
    let uri = headers.resource_uri.trim();
    let name = uri.strip_prefix(INTRINSIC).unwrap_or_default();
    match name.trim_matches('/') {
        "" => Ok(None),
        name => x.space().class(name).map(Some),
    }
}

fn deep(x: &Exchange<'_>, headers: &Headers) -> Result<bool, Fault> {
    x.space().check_namespace(None, &headers.selectors)?;
    let mut deep = false;
    for (name, value) in headers.selectors.keys() {
        match value {
            SelectorValue::Text(text) if name.eq_ignore_ascii_case(DEEP) => {
                deep = text.trim() == "1" || text.trim().eq_ignore_ascii_case("true");
            }
            _ => {
                return Err(Fault::new(Subcode::InvalidSelectors)
                    .detail(Detail::UnexpectedSelectors)
                    .because(format!(
                        "Selector `{name}` is not possible here; {DEEP} is."
                    )));
            }
        }
    }
    Ok(deep)
}

fn write_class(writer: &mut Writer<'_>, class: &'static ClassDescriptor) {
    writer.element("n:name", class.name);
    write_qualifiers(writer, class.qualifiers);
    writer.start("n:properties");
    for property in class.properties {
        writer.start("n:property");
        writer.element("n:name", property.name);
        let array = if property.is_array { "[]" } else { "" };
        writer.element("n:type", &[property.ty.mof_name(), array].concat());
        for value in qualifier_texts(&property.default) {
            writer.element("n:value", &value);
        }
        write_qualifiers(writer, property.qualifiers);
        writer.end();
    }
    writer.end();
}

fn write_qualifiers(writer: &mut Writer<'_>, qualifiers: &[Qualifier]) {
    writer.start("n:qualifiers");
    for qualifier in qualifiers {
        writer.start("n:qualifier");
        // The name is the first: one client takes it by its place.
        writer.element("n:name", qualifier.name);
        writer.element("n:type", qualifier_type(qualifier));
        for value in qualifier_texts(&qualifier.value) {
            writer.element("n:value", &value);
        }
        writer.end();
    }
    writer.end();
}
