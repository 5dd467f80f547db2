//! References: endpoint references with selectors (DSP0230 9.3, DSP0227 7), and CIMI's references,
//! which are strings.

use cim_core::{
    CimError, CimType, ClassDescriptor, ErrorKind, KeyValue, ObjectPath, Schema, nearest,
};

use super::write::{Addressing, WriteContext};
use super::{ReadContext, WsCimError, parse_class_uri, scalar};
use crate::reader::Content;
use crate::{Element, Reader, Writer, XmlErrorKind, ns};

/// The selector that names the CIM namespace (DSP0227 7.2).
pub const CIM_NAMESPACE_SELECTOR: &str = "__cimnamespace";

/// More selectors than any class has keys.
const MAX_SELECTORS: usize = 64;

/// An endpoint reference to an instance or class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Epr {
    /// `wsa:Address`; empty if there is none.
    pub address: String,
    /// `wsman:ResourceURI` as written.
    pub resource_uri: String,
    /// The selectors as written.
    pub selectors: Vec<Selector>,
}

/// One `wsman:Selector`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: SelectorValue,
}

/// The value of a selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectorValue {
    /// Text, without white space around it.
    Text(String),
    /// A nested endpoint reference.
    Reference(Box<Epr>),
}

impl Epr {
    /// The object path that it means.
    ///
    /// # Errors
    /// A resource URI that names no known class, or selectors that are no keys of it; see
    /// [`object_path`].
    pub fn object_path(&self, context: &ReadContext<'_>) -> Result<ObjectPath, CimError> {
        let Some(uri) = parse_class_uri(&self.resource_uri) else {
            return Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!("The resource URI `{}` names no class.", self.resource_uri),
            ));
        };
        let Some(class) = uri.class else {
            return Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!(
                    "`{}` names all classes; a reference names one.",
                    self.resource_uri
                ),
            ));
        };
        let class = find_class(context.schema, class)?;
        let mut path = object_path(class, &self.selectors, context)?;
        if path.namespace.is_none()
            && let Some(namespace) = uri.namespace
            && !same_namespace(namespace, context.namespace)
        {
            path.namespace = Some(namespace.to_owned());
        }
        Ok(path)
    }
}

/// The class of that name.
///
/// # Errors
/// `InvalidClass`, naming the class that may be meant.
pub(super) fn find_class(
    schema: &Schema,
    name: &str,
) -> Result<&'static ClassDescriptor, CimError> {
    schema.class(name).ok_or_else(|| {
        let hint = schema
            .nearest_class(name)
            .map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
        CimError::new(
            ErrorKind::InvalidClass,
            format!("There is no class `{name}`.{hint}"),
        )
        .with_subject(name)
    })
}

/// `root/cimi`, `/root/cimi` and `root\cimi` are one namespace; case does not count.
fn same_namespace(a: &str, b: &str) -> bool {
    let normal = |text: &str| text.trim_matches(['/', '\\']).replace('\\', "/");
    normal(a).eq_ignore_ascii_case(&normal(b))
}

/// The object path that a class and selectors mean. `__cimnamespace` becomes the namespace of the path,
/// unless it is the one of the context. No selectors mean the class itself.
///
/// # Errors
/// A selector that is no key (`NoSuchProperty`), stands twice (`InvalidParameter`) or has a value of
/// another type (`TypeMismatch`), and a missing key (`MissingValue`); the subject names the selector.
pub fn object_path(
    class: &'static ClassDescriptor,
    selectors: &[Selector],
    context: &ReadContext<'_>,
) -> Result<ObjectPath, CimError> {
    let mut path = ObjectPath::of_class(class.name);
    let mut namespace: Option<&str> = None;
    for selector in selectors {
        let name = selector.name.as_str();
        let fail = |kind, message: String| Err(CimError::new(kind, message).with_subject(name));
        if name.eq_ignore_ascii_case(CIM_NAMESPACE_SELECTOR) {
            let SelectorValue::Text(text) = &selector.value else {
                return fail(
                    ErrorKind::TypeMismatch,
                    format!("The selector `{name}` is a text, not a reference."),
                );
            };
            if namespace.replace(text).is_some() {
                return fail(
                    ErrorKind::InvalidParameter,
                    format!("The selector `{name}` is given twice."),
                );
            }
            continue;
        }
        if path.key(name).is_some() {
            return fail(
                ErrorKind::InvalidParameter,
                format!("The selector `{name}` is given twice."),
            );
        }
        let key = class
            .key_properties()
            .find(|p| p.name.eq_ignore_ascii_case(name));
        let (name, value) = match (key, &selector.value) {
            // A class without keys stands for subclasses that have some.
            (None, _) if !class.keys.is_empty() => {
                let keys = || class.key_properties().map(|p| p.name);
                let hint = nearest(name, keys()).map_or_else(
                    || format!("Its keys are {}.", keys().collect::<Vec<_>>().join(", ")),
                    |near| format!("Did you mean `{near}`?"),
                );
                return fail(
                    ErrorKind::NoSuchProperty,
                    format!("`{name}` is no key of class {}. {hint}", class.name),
                );
            }
            (None, SelectorValue::Text(text)) => (name, KeyValue::String(text.clone())),
            (Some(key), SelectorValue::Reference(_)) if key.ty != CimType::Reference => {
                return fail(
                    ErrorKind::TypeMismatch,
                    format!("The selector `{name}` is a {}, not a reference.", key.ty),
                );
            }
            (_, SelectorValue::Reference(epr)) => {
                let target = epr.object_path(context)?;
                (
                    key.map_or(name, |k| k.name),
                    KeyValue::Reference(Box::new(target)),
                )
            }
            (Some(key), SelectorValue::Text(text)) => match key_value(key.ty, text) {
                Some(value) => (key.name, value),
                None => {
                    return fail(
                        ErrorKind::TypeMismatch,
                        format!("The selector `{name}`: `{}` is no {}.", shown(text), key.ty),
                    );
                }
            },
        };
        path.keys.push((name.to_owned(), value));
    }
    if !path.keys.is_empty()
        && let Some(missing) = class.key_properties().find(|p| path.key(p.name).is_none())
    {
        return Err(CimError::new(
            ErrorKind::MissingValue,
            format!("The selector `{}` is missing.", missing.name),
        )
        .with_subject(missing.name));
    }
    path.namespace = namespace
        .filter(|n| !same_namespace(n, context.namespace))
        .map(|n| n.trim_matches(['/', '\\']).replace('\\', "/"));
    Ok(path)
}

fn key_value(ty: CimType, text: &str) -> Option<KeyValue> {
    use CimType as T;
    match ty {
        T::String => Some(KeyValue::String(text.to_owned())),
        T::DateTime => super::datetime::read_bare(text)
            .ok()
            .map(|value| KeyValue::String(value.to_string())),
        // An object path as text, where a nested reference is usual.
        T::Reference => ObjectPath::parse(text)
            .ok()
            .map(|path| KeyValue::Reference(Box::new(path))),
        ty => scalar::read(ty, text).ok().map(KeyValue::from_value),
    }
}

/// At most 60 characters of a value, for messages.
pub(super) fn shown(text: &str) -> String {
    let mut chars = text.chars();
    let mut out: String = chars.by_ref().take(60).collect();
    if chars.next().is_some() {
        out.push('…');
    }
    out
}

/// Reads an endpoint reference: the content of the innermost open element, with or without a
/// `wsa:EndpointReference` around it, in either WS-Addressing namespace.
///
/// # Errors
/// Broken XML, or an element that is no endpoint reference.
pub fn read_epr(reader: &mut Reader<'_>) -> Result<Epr, WsCimError> {
    match reader.content()? {
        Content::Child(child) => read_epr_from(reader, &child),
        Content::Text(_) => Err(reader
            .unexpected(
                "An endpoint reference (wsa:Address, wsa:ReferenceParameters) is expected here",
            )
            .into()),
    }
}

/// Whether the element is how the content of an endpoint reference may begin.
pub(super) fn begins_epr(element: &Element<'_>) -> bool {
    Addressing::of_namespace(element.ns()).is_some()
}

/// [`read_epr`], the first child being open already.
pub(super) fn read_epr_from(
    reader: &mut Reader<'_>,
    first: &Element<'_>,
) -> Result<Epr, WsCimError> {
    if begins_epr(first) && first.local() == "EndpointReference" {
        let epr = read_epr(reader)?;
        reader.end()?;
        return Ok(epr);
    }
    let start = first.offset();
    let mut epr = Epr {
        address: String::new(),
        resource_uri: String::new(),
        selectors: Vec::new(),
    };
    let mut child = Some(first.clone());
    while let Some(element) = child {
        match element.local() {
            "Address" if begins_epr(&element) => {
                epr.address = reader.trimmed_text()?.into_owned();
            }
            "ReferenceParameters" | "ReferenceProperties" if begins_epr(&element) => {
                while let Some(parameter) = reader.child()? {
                    match (parameter.ns(), parameter.local()) {
                        (ns::WSMAN, "ResourceURI") => {
                            epr.resource_uri = cim_core::iri(&reader.trimmed_text()?).into_owned();
                        }
                        (ns::WSMAN, "SelectorSet") => epr.selectors = read_selector_set(reader)?,
                        _ => reader.skip()?,
                    }
                }
            }
            _ => reader.skip()?,
        }
        child = reader.child()?;
    }
    if epr.resource_uri.is_empty() {
        let kind = XmlErrorKind::Unexpected(
            "The endpoint reference has no wsman:ResourceURI in its wsa:ReferenceParameters".into(),
        );
        return Err(reader.error_at(start, kind).into());
    }
    Ok(epr)
}

/// Reads the selectors in the innermost open element, a `wsman:SelectorSet`.
///
/// # Errors
/// Broken XML; an element that is no selector, one without a name, and more than 64 of them.
pub fn read_selector_set(reader: &mut Reader<'_>) -> Result<Vec<Selector>, WsCimError> {
    let mut selectors = Vec::new();
    while let Some(element) = reader.child()? {
        let fail = |what: &str| {
            reader.error_at(element.offset(), XmlErrorKind::Unexpected(what.to_owned()))
        };
        if !element.is(ns::WSMAN, "Selector") {
            return Err(fail("Only wsman:Selector stands in a wsman:SelectorSet").into());
        }
        let Some(name) = element.attribute("", "Name").map(str::trim) else {
            return Err(fail("The wsman:Selector has no attribute Name").into());
        };
        if selectors.len() >= MAX_SELECTORS {
            let kind = XmlErrorKind::Limit {
                what: "selectors in one set",
                limit: MAX_SELECTORS,
            };
            return Err(reader.error_at(element.offset(), kind).into());
        }
        let value = match reader.content()? {
            Content::Text(text) => SelectorValue::Text(text.trim().to_owned()),
            Content::Child(child) => {
                SelectorValue::Reference(Box::new(read_epr_from(reader, &child)?))
            }
        };
        selectors.push(Selector {
            name: name.to_owned(),
            value,
        });
    }
    Ok(selectors)
}

/// Writes the content of an endpoint reference into the element just opened: the anonymous address, the
/// class URI and the selectors, the namespace first.
pub fn write_epr(writer: &mut Writer<'_>, path: &ObjectPath, context: &WriteContext<'_>) {
    writer.element("wsa:Address", context.addressing.anonymous());
    writer.start("wsa:ReferenceParameters");
    writer.start("wsman:ResourceURI");
    writer.text(context.class_base);
    writer.text(&cim_core::name_in_uri(&path.class));
    writer.end();
    write_selector_set(writer, path, context);
    writer.end();
}

/// Writes `wsman:SelectorSet` for a path.
pub fn write_selector_set(writer: &mut Writer<'_>, path: &ObjectPath, context: &WriteContext<'_>) {
    writer.start("wsman:SelectorSet");
    if context.namespace_selector || path.namespace.is_some() {
        let namespace = path.namespace.as_deref().unwrap_or(context.namespace);
        selector(writer, CIM_NAMESPACE_SELECTOR);
        writer.text(namespace);
        writer.end();
    }
    for (name, value) in &path.keys {
        selector(writer, name);
        match value {
            KeyValue::String(text) => writer.text(text),
            KeyValue::Boolean(b) => writer.raw(if *b { "true" } else { "false" }),
            KeyValue::Unsigned(n) => writer.unsigned(*n),
            KeyValue::Signed(n) => writer.display(n),
            KeyValue::Reference(path) => {
                writer.start("wsa:EndpointReference");
                write_epr(writer, path, context);
                writer.end();
            }
        }
        writer.end();
    }
    writer.end();
}

fn selector(writer: &mut Writer<'_>, name: &str) {
    writer.start("wsman:Selector");
    writer.attribute("Name", name);
}

/// Writes a CIMI reference (a string that holds an InstanceID) as an object path in the namespace of the
/// request: `/root/cimi:CIMI_Machine.InstanceID="machines/1"`.
pub(super) fn write_string(
    writer: &mut Writer<'_>,
    instance_id: &str,
    class: &str,
    context: &WriteContext<'_>,
) {
    writer.raw("/");
    writer.text(context.namespace);
    writer.raw(":");
    writer.raw(class);
    writer.raw(".InstanceID=\"");
    if instance_id.contains(['"', '\\']) {
        writer.text(&instance_id.replace('\\', "\\\\").replace('"', "\\\""));
    } else {
        writer.text(instance_id);
    }
    writer.raw("\"");
}

/// The InstanceID that a CIMI reference means, in any of its spellings: object path, REST URI below the
/// base of the context, or the bare InstanceID.
///
/// # Errors
/// An object path in another namespace, of a class that cannot be meant, or without InstanceID.
pub fn parse_reference(
    text: &str,
    class: &str,
    context: &ReadContext<'_>,
) -> Result<String, CimError> {
    let text = text.trim();
    if text.contains(".InstanceID=") {
        let fail = |message: String| CimError::new(ErrorKind::InvalidParameter, message);
        let path = ObjectPath::parse(text)
            .map_err(|error| fail(format!("`{}` is {error}.", shown(text))))?;
        return instance_id(&path, class, context);
    }
    if let Some(base) = context.rest_base.filter(|base| !base.is_empty()) {
        if let Some(id) = text.strip_prefix(base) {
            return Ok(id.to_owned());
        }
        // The base without scheme and host.
        let path = base
            .split_once("://")
            .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
        if let Some(id) = path.and_then(|path| text.strip_prefix(path)) {
            return Ok(id.to_owned());
        }
    }
    Ok(text.to_owned())
}

/// The InstanceID of a path that a property declared to refer to `class` may hold.
pub(super) fn instance_id(
    path: &ObjectPath,
    class: &str,
    context: &ReadContext<'_>,
) -> Result<String, CimError> {
    let fail = |message: String| Err(CimError::new(ErrorKind::InvalidParameter, message));
    if let Some(namespace) = &path.namespace
        && !same_namespace(namespace, context.namespace)
    {
        return fail(format!(
            "The reference leads to the namespace `{namespace}`; this one is `{}`.",
            context.namespace
        ));
    }
    let target = find_class(context.schema, &path.class)?;
    let related = target.is_a(class)
        || context
            .schema
            .class(class)
            .is_none_or(|declared| declared.is_a(target.name));
    if !related {
        return fail(format!(
            "The reference leads to a {}; a {class} is expected.",
            target.name
        ));
    }
    match path.instance_id() {
        Some(id) => Ok(id.to_owned()),
        None => fail(format!("The reference `{path}` has no InstanceID.")),
    }
}
