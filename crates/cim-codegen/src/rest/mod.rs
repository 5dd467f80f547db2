//! What the qualifiers of a descriptor say about its CIMI REST form.

pub(crate) mod shape;

use cim_core::{ClassDescriptor, Qualifier, QualifierValue};

/// How `MappingStrings` begins that names an attribute: `ATTR.DMTF|CIMI.1|Machine.cpuArch`.
const ATTRIBUTE: &str = "ATTR.DMTF|CIMI.1|";
/// How `MappingStrings` begins that names a type or action: `URI.DMTF|CIMI.1|http://...`.
const URI: &str = "URI.DMTF|CIMI.1|";

fn value(qualifiers: &[Qualifier], name: &str) -> Option<QualifierValue> {
    qualifiers
        .iter()
        .find(|q| q.name.eq_ignore_ascii_case(name))
        .map(|q| q.value)
}

fn mapping(qualifiers: &[Qualifier], kind: &str) -> Option<&'static str> {
    value(qualifiers, "MappingStrings")?
        .strings()
        .iter()
        .find_map(|text| text.strip_prefix(kind))
}

/// The type and the name of the attribute that an element stands for: (`Machine`, `cpuArch`).
pub(crate) fn attribute(qualifiers: &[Qualifier]) -> Option<(&'static str, &'static str)> {
    mapping(qualifiers, ATTRIBUTE)?.rsplit_once('.')
}

/// The type URI of a resource type.
pub(crate) fn type_uri(class: &ClassDescriptor) -> Option<&'static str> {
    mapping(class.qualifiers, URI)
}

/// The name of a resource type: the last segment of its URI, which is also its XML root element.
pub(crate) fn type_name(class: &ClassDescriptor) -> Option<&'static str> {
    type_uri(class)?.rsplit('/').next()
}

/// The namespace of a type URI: all before its last segment.
pub(crate) fn namespace(type_uri: &str) -> &str {
    type_uri
        .rsplit_once('/')
        .map_or(type_uri, |(before, _)| before)
}

/// `CIMI_Order`: the position in the XML sequence.
pub(crate) fn order(qualifiers: &[Qualifier]) -> u64 {
    value(qualifiers, "CIMI_Order")
        .and_then(|v| v.as_u64())
        .unwrap_or(u64::MAX)
}

/// `CIMI_XmlItem`: the element name of one item of an array.
pub(crate) fn xml_item(qualifiers: &[Qualifier]) -> Option<&'static str> {
    value(qualifiers, "CIMI_XmlItem")?.as_str()
}

/// `CIMI_XmlValue`: the attribute of the element in which the value stands.
pub(crate) fn xml_value(qualifiers: &[Qualifier]) -> Option<&'static str> {
    value(qualifiers, "CIMI_XmlValue")?.as_str()
}

/// Whether a structure holds what the model has no type for: a text and the language that it is in.
pub(crate) fn is_extension(class: &ClassDescriptor) -> bool {
    let has = |name| class.property(name).is_some();
    class.flags.is_structure && has("Format") && has("Value") && has("Namespace")
}

/// `CIMI_Access`
pub(crate) fn access(qualifiers: &[Qualifier]) -> Option<&'static str> {
    value(qualifiers, "CIMI_Access")?.as_str()
}

/// Whether a boolean qualifier of that name is true.
pub(crate) fn flag(qualifiers: &[Qualifier], name: &str) -> bool {
    value(qualifiers, name) == Some(QualifierValue::Boolean(true))
}
