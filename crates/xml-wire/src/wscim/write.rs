//! Instances to elements (DSP0230 7 and 9).

use base64::Engine as _;
use cim_core::{CimType, ClassDescriptor, Instance, PropertyDescriptor, Value};

use super::{datetime, reference, scalar};
use crate::{Writer, ns};

/// Which WS-Addressing a message speaks. The envelope binds the prefix `wsa` to its namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Addressing {
    /// The member submission of August 2004 (WS-Management 1.0).
    #[default]
    Submission2004,
    /// The W3C Recommendation (2005).
    Recommendation2005,
}

impl Addressing {
    /// Its namespace.
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::Submission2004 => ns::WSA_2004,
            Self::Recommendation2005 => ns::WSA_2005,
        }
    }

    /// The address that means "where this message came from".
    pub const fn anonymous(self) -> &'static str {
        match self {
            Self::Submission2004 => {
                "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
            }
            Self::Recommendation2005 => "http://www.w3.org/2005/08/addressing/anonymous",
        }
    }

    /// The one with this namespace.
    pub fn of_namespace(ns: &str) -> Option<Self> {
        match ns {
            ns::WSA_2004 => Some(Self::Submission2004),
            ns::WSA_2005 => Some(Self::Recommendation2005),
            _ => None,
        }
    }
}

/// Which properties without a value are written with `xsi:nil`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nil {
    /// Absent and NULL properties: what Get and Pull answer with, so that consoles see all columns.
    #[default]
    All,
    /// NULL but not absent ones: a request that clears some properties and leaves the others.
    Explicit,
    /// None (openwsman's `ExcludeNilProperties`).
    Never,
}

/// How values are written. The defaults of [`WriteContext::answer`] are those of a service's answer.
#[derive(Debug, Clone, Copy)]
pub struct WriteContext<'a> {
    /// The CIM namespace for references that name none, such as `root/cimi`.
    pub namespace: &'a str,
    /// The WS-Addressing of the message.
    pub addressing: Addressing,
    /// What happens to properties without a value. Embedded instances are always written with
    /// [`Nil::Explicit`].
    pub nil: Nil,
    /// Whether properties that may not be read (secrets) are written: in a request they are the point,
    /// in an answer they never are.
    pub write_only: bool,
    /// Whether key properties get `cim:Key="true"` (the option `ShowExtensions`, DSP0227).
    pub key_attributes: bool,
    /// Whether an array without entries says whether it is NULL or empty (Windows' `UsePreciseArrays`).
    pub precise_arrays: bool,
    /// What class URIs, which are also the XML namespaces of representations, begin with:
    /// [`super::CIM_SCHEMA`], or for Windows consoles `http://.../wmi/<namespace>/`.
    pub class_base: &'a str,
    /// Whether endpoint references have the selector `__cimnamespace`; Windows' own URIs name the
    /// namespace themselves.
    pub namespace_selector: bool,
    /// Whether the class element declares the prefixes of [`crate::ns`], because nothing around it
    /// does.
    pub declare: bool,
}

impl<'a> WriteContext<'a> {
    /// How a service answers: all readable properties, those without a value as nil.
    pub const fn answer(namespace: &'a str) -> Self {
        Self {
            namespace,
            addressing: Addressing::Submission2004,
            nil: Nil::All,
            write_only: false,
            key_attributes: false,
            precise_arrays: false,
            class_base: super::CIM_SCHEMA,
            namespace_selector: true,
            declare: false,
        }
    }

    /// How a client asks: only what is set, explicit NULL as nil, secrets included.
    pub const fn request(namespace: &'a str) -> Self {
        Self {
            nil: Nil::Explicit,
            write_only: true,
            ..Self::answer(namespace)
        }
    }
}

/// The prefix of the class namespace on a class element.
const CLASS_PREFIX: &str = "p";

/// Writes an instance as its class element: `<p:CIMI_Machine xmlns:p="...">`, properties in the order
/// of their names.
pub fn write_instance(writer: &mut Writer<'_>, instance: &Instance, context: &WriteContext<'_>) {
    let class = instance.class();
    writer.start_prefixed(CLASS_PREFIX, class.name);
    writer.class_namespace(CLASS_PREFIX, context.class_base, class.name);
    if context.declare {
        writer.namespace("wsa", context.addressing.namespace());
        writer.namespace("wsman", ns::WSMAN);
        writer.namespace("xsi", ns::XSI);
        writer.namespace("cim", ns::CIM_COMMON);
    }
    for (property, value) in alphabetical(instance) {
        Property {
            prefix: CLASS_PREFIX,
            property,
            depth: 0,
        }
        .write(writer, value, context);
    }
    writer.end();
}

/// Writes only the named properties of an instance (names in any case, unknown ones left out), as the
/// content of the element just opened, which gets the declaration of the class namespace: the
/// `wsman:XmlFragment` of a projection (DSP0227 R8.2.1-10).
pub fn write_properties<S: AsRef<str>>(
    writer: &mut Writer<'_>,
    instance: &Instance,
    names: &[S],
    context: &WriteContext<'_>,
) {
    writer.class_namespace(CLASS_PREFIX, context.class_base, instance.class().name);
    for (property, value) in alphabetical(instance) {
        let wanted = |name: &S| name.as_ref().eq_ignore_ascii_case(property.name);
        if names.iter().any(wanted) {
            Property {
                prefix: CLASS_PREFIX,
                property,
                depth: 0,
            }
            .write(writer, value, context);
        }
    }
}

/// Writes only the text of a value: what `text()` selects of its element, and for a datetime the text
/// in the element inside. References and embedded instances have none.
pub fn write_text(writer: &mut Writer<'_>, property: &PropertyDescriptor, value: &Value) {
    match value {
        Value::DateTime(value) => writer.text(&value.to_xs()),
        Value::Null | Value::Reference(_) | Value::Instance(_) => {}
        Value::String(text) if property.flags.octet_string => {
            writer.text(text.strip_prefix("0x").unwrap_or(text));
        }
        Value::String(text) => writer.text(text),
        Value::Array(items) if property.flags.octet_string => writer.raw(&base64_of(items)),
        Value::Array(items) => {
            for item in items {
                write_text(writer, property, item);
            }
        }
        value => scalar::write(writer, property.ty, value),
    }
}

/// Writes elements for properties with their values, as content of the element just opened, which gets
/// the declarations of the class namespaces: fragment answers (DSP0226 7). One value of an array is one
/// element; a property without a value is one that says nil.
pub fn write_fragment<'v>(
    writer: &mut Writer<'_>,
    parts: impl Iterator<
        Item = (
            &'static ClassDescriptor,
            &'static PropertyDescriptor,
            Option<&'v Value>,
        ),
    > + Clone,
    context: &WriteContext<'_>,
) {
    let mut classes: Vec<&'static str> = Vec::new();
    for (class, ..) in parts.clone() {
        if !classes.contains(&class.name) {
            classes.push(class.name);
        }
    }
    let prefix = |at: usize| match at {
        0 => CLASS_PREFIX.to_owned(),
        _ => format!("{CLASS_PREFIX}{}", at + 1),
    };
    for (at, class) in classes.iter().enumerate() {
        writer.class_namespace(&prefix(at), context.class_base, class);
    }
    for (class, property, value) in parts {
        let at = classes.iter().position(|name| *name == class.name);
        let prefix = prefix(at.unwrap_or_default());
        let one = Property {
            prefix: &prefix,
            property,
            depth: 0,
        };
        match value {
            None | Some(Value::Null) => one.no_value(writer, context, true),
            Some(value @ Value::Array(_)) => one.write(writer, Some(value), context),
            Some(value) => one.one(writer, value, context),
        }
    }
}

fn base64_of(items: &[Value]) -> String {
    let octets: Vec<u8> = items
        .iter()
        .filter_map(|item| item.as_u64().and_then(|n| u8::try_from(n).ok()))
        .collect();
    base64::engine::general_purpose::STANDARD.encode(octets)
}

/// The properties of an instance in the order of DSP0230.
fn alphabetical(
    instance: &Instance,
) -> impl Iterator<Item = (&'static PropertyDescriptor, Option<&Value>)> {
    let properties = instance.class().properties;
    instance.class().alphabetical.iter().filter_map(move |at| {
        let at = usize::from(*at);
        properties
            .get(at)
            .map(|property| (property, instance.at(at)))
    })
}

/// A property or parameter that is being written.
pub(super) struct Property<'p> {
    /// The prefix of the class namespace.
    pub(super) prefix: &'p str,
    pub(super) property: &'p PropertyDescriptor,
    /// How many embedded instances are around it.
    pub(super) depth: usize,
}

impl Property<'_> {
    /// Writes the element or elements for the value; none for a value that is left out.
    pub(super) fn write(
        &self,
        writer: &mut Writer<'_>,
        value: Option<&Value>,
        context: &WriteContext<'_>,
    ) {
        let flags = self.property.flags;
        if !flags.read && !context.write_only {
            return;
        }
        match value {
            None => {
                // Keys and required properties are not nillable (DSP0230 7).
                if context.nil == Nil::All && self.depth == 0 && !flags.key && !flags.required {
                    self.no_value(writer, context, true);
                }
            }
            Some(Value::Null) => {
                if context.nil != Nil::Never || self.depth > 0 {
                    self.no_value(writer, context, true);
                }
            }
            // DSP0230 has no form for an empty array; NULL is what a reader cannot tell from it.
            Some(Value::Array(items)) if items.is_empty() => {
                if context.nil != Nil::Never || self.depth > 0 {
                    self.no_value(writer, context, false);
                }
            }
            Some(Value::Array(items))
                if flags.octet_string && self.property.ty == CimType::Uint8 =>
            {
                self.octets(writer, items);
            }
            Some(Value::Array(items)) => {
                for item in items {
                    self.one(writer, item, context);
                }
            }
            Some(value) => self.one(writer, value, context),
        }
    }

    /// One nil element for what has no value; of an array it may say which kind.
    fn no_value(&self, writer: &mut Writer<'_>, context: &WriteContext<'_>, is_null: bool) {
        writer.start_prefixed(self.prefix, self.property.name);
        if context.precise_arrays && self.property.is_array {
            writer.namespace("m", ns::MS_WSMAN);
            writer.attribute(
                if is_null {
                    "m:IsNullArray"
                } else {
                    "m:IsEmptyArray"
                },
                "true",
            );
        }
        writer.nil();
        writer.end();
    }

    fn nil(&self, writer: &mut Writer<'_>) {
        writer.start_prefixed(self.prefix, self.property.name);
        writer.nil();
        writer.end();
    }

    /// `uint8[]` with OctetString: all of it in one element, in base64.
    fn octets(&self, writer: &mut Writer<'_>, items: &[Value]) {
        writer.start_prefixed(self.prefix, self.property.name);
        writer.raw(&base64_of(items));
        writer.end();
    }

    fn one(&self, writer: &mut Writer<'_>, value: &Value, context: &WriteContext<'_>) {
        let property = self.property;
        if value.is_null() {
            return self.nil(writer);
        }
        let marked = property.flags.key && context.key_attributes;
        match value {
            Value::String(text)
                if !marked
                    && !text.is_empty()
                    && property.reference_class.is_none()
                    && !property.flags.octet_string =>
            {
                return writer.leaf(self.prefix, property.name, text);
            }
            Value::Unsigned(n) if !marked => {
                return writer.unsigned_leaf(self.prefix, property.name, *n);
            }
            _ => {}
        }
        writer.start_prefixed(self.prefix, property.name);
        if marked {
            writer.attribute("cim:Key", "true");
        }
        match value {
            Value::DateTime(value) => datetime::write(writer, *value),
            Value::Reference(path) => reference::write_epr(writer, path, context),
            Value::Instance(instance) => self.embedded(writer, instance, context),
            Value::String(text) => match property.reference_class {
                Some(class) => reference::write_string(writer, text, class, context),
                None if property.flags.octet_string => {
                    writer.text(text.strip_prefix("0x").unwrap_or(text));
                }
                None => writer.text(text),
            },
            value => scalar::write(writer, property.ty, value),
        }
        writer.end();
    }

    /// The property element is the container itself: `xsi:type` names the class (DSP0230 7.2.5.2).
    fn embedded(&self, writer: &mut Writer<'_>, instance: &Instance, context: &WriteContext<'_>) {
        const PREFIXES: [&str; 6] = ["e", "e2", "e3", "e4", "e5", "e6"];
        let deep;
        let prefix = match PREFIXES.get(self.depth) {
            Some(prefix) => *prefix,
            None => {
                deep = format!("e{}", self.depth + 1);
                &deep
            }
        };
        let class = instance.class().name;
        writer.class_namespace(prefix, context.class_base, class);
        writer.type_attribute(prefix, class);
        for (property, value) in alphabetical(instance) {
            let inner = Property {
                prefix,
                property,
                depth: self.depth + 1,
            };
            inner.write(writer, value, context);
        }
    }
}
