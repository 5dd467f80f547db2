//! Elements to instances (DSP0230 7 and 9, DSP0227 15).
//!
//! Lenient where clients in the field differ (order, prefixes, namespaces of super- and subclasses,
//! repeated elements that are not neighbours, both forms of embedded instances), strict where a value
//! would be lost or misread: an unknown property, a wrong type, a second value for a scalar.

use base64::Engine as _;
use cim_core::{
    CimError, CimType, ClassDescriptor, Embedded, ErrorKind, Instance, ObjectPath,
    PropertyDescriptor, Schema, Value, nearest,
};

use super::reference::{self, find_class, shown};
use super::scalar::{self, ScalarError};
use super::{WsCimError, datetime, is_class_namespace};
use crate::reader::Content;
use crate::{Element, Reader, XmlErrorKind, ns};

/// What values are read against.
#[derive(Debug, Clone, Copy)]
pub struct ReadContext<'a> {
    /// The classes that elements and `xsi:type` may name.
    pub schema: &'a Schema,
    /// The CIM namespace of the request; references into it carry none when they have been read.
    pub namespace: &'a str,
    /// The base URI of the REST binding, with its trailing slash: references below it are understood
    /// too.
    pub rest_base: Option<&'a str>,
}

/// The class whose representation an element is, by its local name.
pub fn class_of_element(
    schema: &Schema,
    element: &Element<'_>,
) -> Option<&'static ClassDescriptor> {
    if is_class_namespace(element.ns()) {
        schema.class(element.local())
    } else {
        None
    }
}

/// Reads the innermost open element, `element`, as an instance of `expected` or a subclass. The
/// element's name or its `xsi:type` may name the subclass; the name of a superclass is accepted.
///
/// Absent properties stay absent, `xsi:nil` becomes NULL. Whether a property may be written is not
/// looked at.
///
/// # Errors
/// Broken XML; an element of another class (`InvalidClass`); an unknown property (`NoSuchProperty`); a
/// value of another type (`TypeMismatch`), beyond its range or given twice (`InvalidParameter`). The
/// subject names the property.
pub fn read_instance(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    expected: &'static ClassDescriptor,
    context: &ReadContext<'_>,
) -> Result<Instance, WsCimError> {
    if !is_class_namespace(element.ns()) {
        return Err(unexpected_element(reader, element, expected.name));
    }
    let named = find_class(context.schema, element.local())?;
    let class = if named.is_a(expected.name) {
        named
    } else if expected.is_a(named.name) {
        expected
    } else {
        return Err(CimError::new(
            ErrorKind::InvalidClass,
            format!(
                "The representation is a {}; a {} is expected.",
                named.name, expected.name
            ),
        )
        .with_subject(named.name)
        .into());
    };
    // Consoles put all kinds of types here: it counts only where it is more precise.
    let class = typed_class(reader, element, context)
        .and_then(Result::ok)
        .filter(|typed| typed.is_a(class.name))
        .unwrap_or(class);
    let mut filling = Filling::new(class, element.ns());
    while let Some(child) = reader.child()? {
        filling.property(reader, &child, context)?;
    }
    filling.finish()
}

/// Reads the innermost open element as one value of `property` (one entry, if it is an array): `Null`
/// for `xsi:nil`.
///
/// # Errors
/// As [`read_instance`].
pub fn read_property(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    property: &PropertyDescriptor,
    context: &ReadContext<'_>,
) -> Result<Value, WsCimError> {
    if element.is_nil() {
        reader.skip()?;
        return Ok(Value::Null);
    }
    match (property.ty, property.embedded) {
        (CimType::DateTime, _) => read_datetime(reader, property),
        (CimType::Reference, _) => match reader.content()? {
            Content::Child(child) => {
                let epr = reference::read_epr_from(reader, &child)?;
                let path = epr.object_path(context).map_err(|e| about(&e, property))?;
                Ok(Value::Reference(Box::new(path)))
            }
            // Any word is the path of some class; only a class that is known can be meant.
            Content::Text(text) => ObjectPath::parse(text.trim())
                .ok()
                .filter(|path| context.schema.class(&path.class).is_some())
                .map(|path| Value::Reference(Box::new(path)))
                .ok_or_else(|| mismatch(property, &text, "a reference")),
        },
        (CimType::String, Embedded::No) => match property.reference_class {
            Some(class) => read_reference(reader, property, class, context),
            None if property.flags.octet_string => {
                let text = reader.trimmed_text()?;
                hex(&text).ok_or_else(|| mismatch(property, &text, "hexadecimal octets"))
            }
            None => Ok(Value::from(&*reader.text()?)),
        },
        (CimType::String, Embedded::Instance(class)) => {
            let class = context.schema.class(class);
            read_embedded(reader, element, property, class, context)
        }
        (CimType::String, Embedded::Object) => {
            read_embedded(reader, element, property, None, context)
        }
        (ty, _) => {
            let text = reader.text()?;
            scalar::read(ty, &text).map_err(|error| match error {
                ScalarError::Kind(expected) => mismatch(property, &text, expected),
                ScalarError::Range(range) => out_of_range(property, &text, &range),
            })
        }
    }
}

/// Reads what is inside the innermost open element as the elements of one `property`: the whole value, or
/// `None` if there is no element. As [`read_instance`], a single nil is NULL.
///
/// # Errors
/// As [`read_instance`]; also an element of another name.
pub fn read_fragment(
    reader: &mut Reader<'_>,
    property: &PropertyDescriptor,
    context: &ReadContext<'_>,
) -> Result<Option<Value>, WsCimError> {
    let mut slot = None;
    while let Some(element) = reader.child()? {
        let named = element.local().eq_ignore_ascii_case(property.name);
        if !named || !is_class_namespace(element.ns()) {
            return Err(unexpected_element(reader, &element, property.name));
        }
        let value = if is_octets(property) && !element.is_nil() {
            Value::from(&*reader.trimmed_text()?)
        } else if is_empty_array(property, &element) {
            reader.skip()?;
            Value::Array(Vec::new())
        } else {
            read_property(reader, &element, property, context)?
        };
        match (&slot, value) {
            (None, Value::Array(items)) => slot = Some(Value::Array(items)),
            (_, value) => add(&mut slot, property, value)?,
        }
    }
    if is_octets(property) {
        join_octets(&mut slot, property)?;
    }
    Ok(slot)
}

/// Whether a nil says that it stands for an array without entries, not for NULL.
fn is_empty_array(property: &PropertyDescriptor, element: &Element<'_>) -> bool {
    property.is_array
        && element.is_nil()
        && element
            .attribute(ns::MS_WSMAN, "IsEmptyArray")
            .is_some_and(|v| matches!(v.trim(), "true" | "1"))
}

/// Properties of an instance as they come in.
struct Filling<'n> {
    instance: Instance,
    /// The namespace of the class element; what is neither in it nor in any class namespace is an
    /// extension and left out.
    namespace: &'n str,
    /// Where in `class.alphabetical` the next property is likely to be.
    guess: usize,
    /// Some property holds octets that are not put together yet.
    octets: bool,
}

impl<'n> Filling<'n> {
    fn new(class: &'static ClassDescriptor, namespace: &'n str) -> Self {
        Self {
            instance: Instance::new(class),
            namespace,
            guess: 0,
            octets: false,
        }
    }

    fn property(
        &mut self,
        reader: &mut Reader<'_>,
        element: &Element<'_>,
        context: &ReadContext<'_>,
    ) -> Result<(), WsCimError> {
        let ns = element.ns();
        if ns != self.namespace && !is_class_namespace(ns) {
            return Ok(reader.skip()?);
        }
        let (at, property) = self.find(element.local())?;
        let value = if is_octets(property) && !element.is_nil() {
            self.octets = true;
            Value::from(&*reader.trimmed_text()?)
        } else if is_empty_array(property, element) {
            reader.skip()?;
            return match self.instance.slot_mut(at) {
                Some(slot @ None) => {
                    *slot = Some(Value::Array(Vec::new()));
                    Ok(())
                }
                _ => Ok(()),
            };
        } else {
            read_property(reader, element, property, context)?
        };
        match self.instance.slot_mut(at) {
            Some(slot) => add(slot, property, value),
            None => Ok(()),
        }
    }

    /// Clients send properties in order, so the next one is usually the one behind the last.
    fn find(&mut self, name: &str) -> Result<(usize, &'static PropertyDescriptor), WsCimError> {
        let class = self.instance.class();
        let order = class.alphabetical;
        for at in [self.guess, self.guess.wrapping_sub(1)] {
            if let Some(position) = order.get(at).map(|p| usize::from(*p))
                && let Some(property) = class.properties.get(position)
                && property.name == name
            {
                self.guess = at + 1;
                return Ok((position, property));
            }
        }
        let exact = order.binary_search_by(|at| {
            class
                .properties
                .get(usize::from(*at))
                .map_or("", |p| p.name)
                .cmp(name)
        });
        if let Ok(found) = exact {
            self.guess = found + 1;
            let position = usize::from(order[found]);
            return Ok((position, &class.properties[position]));
        }
        // People who know the model by its other binding write its names: `Name` for ElementName.
        class
            .property(name)
            .or_else(|| class.mapped_property(name))
            .ok_or_else(|| no_such_property(class, name).into())
    }

    fn finish(mut self) -> Result<Instance, WsCimError> {
        if self.octets {
            for (at, property) in self.instance.class().properties.iter().enumerate() {
                if is_octets(property)
                    && let Some(slot) = self.instance.slot_mut(at)
                {
                    join_octets(slot, property)?;
                }
            }
        }
        Ok(self.instance)
    }
}

/// `uint8[]` with OctetString travels as one element of base64.
pub(super) fn is_octets(property: &PropertyDescriptor) -> bool {
    property.flags.octet_string && property.is_array && property.ty == CimType::Uint8
}

/// Puts a value that was read where it belongs: the value of a scalar, or the next entry of an array.
/// One nil is a NULL array; nil among others is a NULL entry.
pub(super) fn add(
    slot: &mut Option<Value>,
    property: &PropertyDescriptor,
    value: Value,
) -> Result<(), WsCimError> {
    match slot {
        None if property.is_array && !value.is_null() => *slot = Some(Value::Array(vec![value])),
        None => *slot = Some(value),
        Some(Value::Array(items)) => items.push(value),
        Some(Value::Null) if property.is_array => {
            *slot = Some(Value::Array(vec![Value::Null, value]));
        }
        Some(_) => {
            return Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!("`{}` is given twice, but it is no array.", property.name),
            )
            .with_subject(property.name)
            .into());
        }
    }
    Ok(())
}

/// Turns the texts of an octet array into its octets: base64 in one element, or decimal numbers in one
/// element each.
pub(super) fn join_octets(
    slot: &mut Option<Value>,
    property: &PropertyDescriptor,
) -> Result<(), WsCimError> {
    let Some(Value::Array(items)) = slot else {
        return Ok(());
    };
    if let [Value::String(text)] = items.as_slice() {
        let compact: String = text.split_ascii_whitespace().collect();
        if let Ok(octets) = base64::engine::general_purpose::STANDARD.decode(&compact) {
            let octets = octets
                .into_iter()
                .map(|octet| Value::Unsigned(octet.into()));
            *slot = Some(Value::Array(octets.collect()));
            return Ok(());
        }
    }
    for item in items {
        if let Value::String(text) = item {
            let number = scalar::read(CimType::Uint8, text);
            *item = number.map_err(|_| mismatch(property, text, "base64"))?;
        }
    }
    Ok(())
}

/// `0x0000000A...`, in CIM's own form, from hexadecimal digits with or without `0x`.
fn hex(text: &str) -> Option<Value> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let digits = digits.unwrap_or(text);
    let fine = digits.len().is_multiple_of(2) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    fine.then(|| Value::from(["0x", digits].concat()))
}

fn read_datetime(
    reader: &mut Reader<'_>,
    property: &PropertyDescriptor,
) -> Result<Value, WsCimError> {
    let (text, value) = match reader.content()? {
        Content::Text(text) => {
            let value = datetime::read_bare(&text);
            (text, value)
        }
        Content::Child(child) => {
            let form = child.local();
            let at = child.offset();
            let known = child.ns() == ns::CIM_COMMON;
            let text = reader.text()?;
            reader.end()?;
            match datetime::read(form, &text).filter(|_| known) {
                Some(value) => (text, value),
                None => {
                    let kind = XmlErrorKind::Unexpected(format!(
                        "<{form}> is no form of a datetime; cim:Datetime, cim:Interval, cim:Date and \
                         cim:CIM_DateTime are"
                    ));
                    return Err(reader.error_at(at, kind).into());
                }
            }
        }
    };
    value
        .map(Value::DateTime)
        .map_err(|_| mismatch(property, &text, "a datetime"))
}

/// A CIMI reference: text in any of its spellings, or an endpoint reference.
fn read_reference(
    reader: &mut Reader<'_>,
    property: &PropertyDescriptor,
    class: &str,
    context: &ReadContext<'_>,
) -> Result<Value, WsCimError> {
    let id = match reader.content()? {
        Content::Text(text) => reference::parse_reference(&text, class, context),
        Content::Child(child) => {
            let epr = reference::read_epr_from(reader, &child)?;
            epr.object_path(context)
                .and_then(|path| reference::instance_id(&path, class, context))
        }
    };
    Ok(Value::from(id.map_err(|e| about(&e, property))?))
}

/// An embedded instance in the form of DSP0230 (the property element is the container) or of OpenPegasus
/// (the class element stands inside). Where the property also refers (`Reference` beside
/// `EmbeddedInstance`), text and endpoint references are taken as the reference.
fn read_embedded(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    property: &PropertyDescriptor,
    declared: Option<&'static ClassDescriptor>,
    context: &ReadContext<'_>,
) -> Result<Value, WsCimError> {
    let typed = match typed_class(reader, element, context) {
        Some(Err(error)) => return Err(WsCimError::from(error).inside(property.name)),
        Some(Ok(class)) => Some(checked(class, declared, property)?),
        None => None,
    };
    let first = match (reader.content()?, property.reference_class) {
        (Content::Child(child), Some(class)) if reference::begins_epr(&child) => {
            let epr = reference::read_epr_from(reader, &child)?;
            let id = epr
                .object_path(context)
                .and_then(|path| reference::instance_id(&path, class, context));
            return Ok(Value::from(id.map_err(|e| about(&e, property))?));
        }
        (Content::Child(child), _) => Some(child),
        (Content::Text(text), Some(class)) if typed.is_none() || !crate::chars::is_blank(&text) => {
            let id = reference::parse_reference(&text, class, context);
            return Ok(Value::from(id.map_err(|e| about(&e, property))?));
        }
        (Content::Text(text), _) if crate::chars::is_blank(&text) => None,
        // An embedded object may be text in a format of its own.
        (Content::Text(text), _) if property.embedded == Embedded::Object => {
            return Ok(Value::from(&*text));
        }
        (Content::Text(text), _) => {
            return Err(mismatch(property, &text, "an embedded instance"));
        }
    };
    if let Some(child) = &first
        && let Some(class) = nested_class(context.schema, child, typed.or(declared))
    {
        let class = checked(class, declared, property)?;
        let inner = read_instance(reader, child, class, context);
        let inner = inner.map_err(|e| e.inside(property.name))?;
        reader.end()?;
        return Ok(Value::Instance(Box::new(inner)));
    }
    let Some(class) = typed.or(declared) else {
        return Err(CimError::new(
            ErrorKind::TypeMismatch,
            format!(
                "`{}`: the class of the embedded instance is not given; say it with \
                 xsi:type=\"prefix:Class_Type\".",
                property.name
            ),
        )
        .with_subject(property.name)
        .into());
    };
    // The namespace of the embedded class is not that of the element; any class namespace will do.
    let mut filling = Filling::new(class, "");
    let mut next = first;
    while let Some(child) = next {
        filling
            .property(reader, &child, context)
            .map_err(|e| e.inside(property.name))?;
        next = reader.child()?;
    }
    let instance = filling.finish().map_err(|e| e.inside(property.name))?;
    Ok(Value::Instance(Box::new(instance)))
}

/// The class if the child is a class element rather than a property of `outer`.
fn nested_class(
    schema: &Schema,
    child: &Element<'_>,
    outer: Option<&'static ClassDescriptor>,
) -> Option<&'static ClassDescriptor> {
    let class = class_of_element(schema, child)?;
    let is_property = outer.is_some_and(|outer| outer.property(child.local()).is_some());
    (!is_property).then_some(class)
}

/// The embedded class, if it may stand where `declared` is.
fn checked(
    class: &'static ClassDescriptor,
    declared: Option<&'static ClassDescriptor>,
    property: &PropertyDescriptor,
) -> Result<&'static ClassDescriptor, WsCimError> {
    match declared {
        Some(declared) if !class.is_a(declared.name) => Err(CimError::new(
            ErrorKind::TypeMismatch,
            format!(
                "`{}` embeds a {}, not a {}.",
                property.name, declared.name, class.name
            ),
        )
        .with_subject(property.name)
        .into()),
        _ => Ok(class),
    }
}

/// The class that `xsi:type="prefix:Class_Type"` names; `None` if there is no such type.
fn typed_class(
    reader: &Reader<'_>,
    element: &Element<'_>,
    context: &ReadContext<'_>,
) -> Option<Result<&'static ClassDescriptor, CimError>> {
    let (ns, local) = reader.resolve(element.attribute(ns::XSI, "type")?)?;
    let name = local.strip_suffix("_Type")?;
    is_class_namespace(ns).then(|| find_class(context.schema, name))
}

pub(super) fn unexpected_element(
    reader: &Reader<'_>,
    element: &Element<'_>,
    expected: &str,
) -> WsCimError {
    let what = format!("<{expected}> is expected here, not {}", element.name());
    reader
        .error_at(element.offset(), XmlErrorKind::Unexpected(what))
        .into()
}

pub(super) fn no_such_property(class: &ClassDescriptor, name: &str) -> CimError {
    let hint = nearest(name, class.properties.iter().map(|p| p.name))
        .map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
    CimError::new(
        ErrorKind::NoSuchProperty,
        format!(
            "Class {} has no property `{}`.{hint}",
            class.name,
            shown(name)
        ),
    )
    .with_subject(shown(name))
}

fn mismatch(property: &PropertyDescriptor, text: &str, expected: &str) -> WsCimError {
    CimError::new(
        ErrorKind::TypeMismatch,
        format!(
            "`{}`: `{}` is not {expected}.",
            property.name,
            shown(text.trim())
        ),
    )
    .with_subject(property.name)
    .into()
}

fn out_of_range(property: &PropertyDescriptor, text: &str, range: &str) -> WsCimError {
    CimError::new(
        ErrorKind::InvalidParameter,
        format!(
            "`{}`: `{}` is out of range; {range}.",
            property.name,
            shown(text.trim())
        ),
    )
    .with_subject(property.name)
    .into()
}

/// The error with the property that it is about.
fn about(error: &CimError, property: &PropertyDescriptor) -> WsCimError {
    WsCimError::from(CimError::new(
        error.kind(),
        format!("`{}`: {}", property.name, error.message()),
    ))
    .inside(property.name)
}
