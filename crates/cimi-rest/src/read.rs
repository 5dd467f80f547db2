//! What the readers of both formats share: the ways a value may be written, and precise refusals.

use std::borrow::Cow;

use cim_core::{
    CimType, ClassDescriptor, DateTime, Instance, ObjectPath, PropertyDescriptor, Value, ValueMap,
};

use crate::model::{Access, ClassModel, Member, OperationModel};
use crate::{Format, Links, RestModel, json_reader, words, xml_reader};

/// Against what a document is read.
#[derive(Debug, Clone, Copy)]
pub struct ReadContext<'a> {
    /// The names.
    pub model: &'a RestModel,
    /// The base URI that links are relative to.
    pub links: &'a Links,
    /// What happens to attributes that the model does not know.
    pub unknown: Unknown,
    /// The `Content-Type` of the body, whose charset XML heeds (RFC 7303).
    pub content_type: Option<&'a str>,
}

/// What happens to attributes that the model does not know (DSP0263 5.3, 5.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// They are refused, as a Provider does.
    Refuse,
    /// They are kept as extensions, where the class has room for them.
    Keep,
    /// As [`Unknown::Keep`], and so is a known attribute that is more than its value can hold, such as one of
    /// another type: for what clients send back of such a document. Whether they had it is for the reader's caller
    /// to judge ([`crate::has_verbatim`]).
    KeepUntyped,
    /// As [`Unknown::KeepUntyped`], and what there is no room for is left out: for documents of other services,
    /// of which nothing may be lost and which are not ours to judge (cimi-interop, section 2.4).
    Tolerate,
}

impl Unknown {
    /// Whether a value of another type than its attribute's is kept, too.
    pub(crate) const fn keeps_untyped(self) -> bool {
        matches!(self, Self::KeepUntyped | Self::Tolerate)
    }
}

/// The text of an attribute that cannot be read as what it should be, as JSON.
pub(crate) fn as_json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Why a document was refused. All of these are the client's mistakes (status 400).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", attribute.as_ref().map(|a| format!("attribute {a}: ")).unwrap_or_default())]
pub struct DocumentError {
    /// Where: the path of the attribute, such as `machineTemplate.machineConfig.cpu`.
    pub attribute: Option<String>,
    /// What was wrong and what would be right.
    pub message: String,
}

impl DocumentError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            attribute: None,
            message: message.into(),
        }
    }
}

/// The refusal of what nothing can keep.
pub(crate) fn no_room() -> DocumentError {
    DocumentError::new(
        "it has an attribute of another type, or one that is unknown, where none can be kept",
    )
}

/// Reads a resource or a create request. Its type is one of `types`; where the document does not say
/// which, it is the first.
///
/// # Errors
/// Text that is not of the format, another type, and every attribute that is unknown or has a wrong
/// value.
pub fn read_resource(
    context: &ReadContext<'_>,
    format: Format,
    types: &[&ClassModel],
    body: &[u8],
) -> Result<Instance, DocumentError> {
    read_one_of(context, format, types.iter().copied(), body)
}

/// Reads a resource of another service, of whichever type it says; where it does not say, it is the usual one.
///
/// # Errors
/// As for [`read_resource`].
pub fn read_any_resource(
    context: &ReadContext<'_>,
    format: Format,
    usual: Option<&ClassModel>,
    types: &[&'static ClassDescriptor],
    body: &[u8],
) -> Result<Instance, DocumentError> {
    let model = context.model;
    let others = types.iter().map(|class| model.class(class));
    read_one_of(context, format, usual.into_iter().chain(others), body)
}

fn read_one_of<'t>(
    context: &ReadContext<'_>,
    format: Format,
    types: impl Iterator<Item = &'t ClassModel> + Clone,
    body: &[u8],
) -> Result<Instance, DocumentError> {
    let mut instance = match format {
        Format::Json => json_reader::resource(context, types, body),
        Format::Xml => xml_reader::resource(context, &types, body),
    }?;
    shorten_operations(context.model.class(instance.class()), &mut instance);
    Ok(instance)
}

/// The names of the extensions that are in `given` and not in `stored`: a client may echo attributes
/// beyond the model, but not invent them (DSP0263 5.3).
pub fn new_extensions(model: &RestModel, given: &Instance, stored: &Instance) -> Vec<String> {
    let names = |instance: &Instance| -> Vec<(Option<String>, String)> {
        let position = model.class(instance.class()).shape.extensions;
        let extensions = position.and_then(|at| instance.at(at));
        extensions
            .map_or(&[][..], Value::elements)
            .iter()
            .filter_map(Value::as_instance)
            .filter_map(|extension| {
                let at = model.class(extension.class()).extension?;
                let text = |position| extension.at(position).and_then(Value::as_str);
                let namespace = text(at.namespace).filter(|n| !n.is_empty());
                Some((namespace.map(str::to_owned), text(at.name)?.to_owned()))
            })
            .collect()
    };
    let known = names(stored);
    names(given)
        .into_iter()
        .filter(|name| !known.contains(name))
        .map(|(_, name)| name)
        .collect()
}

/// Whether a body is that of an action, and not a resource. What cannot be read is none of the two.
pub fn is_action(context: &ReadContext<'_>, format: Format, body: &[u8]) -> bool {
    match format {
        Format::Json => json_reader::is_action(body),
        Format::Xml => xml_reader::is_action(context, body),
    }
}

/// An action with its parameters.
#[derive(Debug)]
pub struct Action<'a> {
    /// What is to be done.
    pub operation: &'a OperationModel,
    /// The parameters that were given, by name.
    pub parameters: Vec<(String, Value)>,
}

/// Reads the body of an action on a resource of that class.
///
/// # Errors
/// [`ActionError::Unknown`] if the class has no such action, and everything that [`read_resource`]
/// refuses.
pub fn read_action<'a>(
    context: &ReadContext<'_>,
    format: Format,
    class: &'a ClassModel,
    body: &[u8],
) -> Result<Action<'a>, ActionError> {
    let name = match format {
        Format::Json => json_reader::action_name(body),
        Format::Xml => xml_reader::action_name(context, body),
    }?;
    let Some(operation) = class.operation(name.trim()) else {
        return Err(ActionError::Unknown(name));
    };
    let mut slots = vec![None; operation.method.parameters.len()];
    match format {
        Format::Json => json_reader::action(context, operation, body, &mut slots),
        Format::Xml => xml_reader::action(context, operation, body, &mut slots),
    }?;
    let parameters = operation
        .method
        .parameters
        .iter()
        .zip(slots)
        .filter_map(|(p, value)| Some((p.value.name.to_owned(), value?)))
        .collect();
    Ok(Action {
        operation,
        parameters,
    })
}

/// Why an action was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// The resource type has no action of that name.
    #[error("`{0}` is no action of this resource")]
    Unknown(String),
    /// The body is wrong.
    #[error(transparent)]
    Document(#[from] DocumentError),
}

/// Where values go: an instance, or the parameters of a method.
pub(crate) trait Sink {
    /// Sets the value at a position; returns whether there was none before.
    fn put(&mut self, position: usize, value: Value) -> bool;
}

impl Sink for Instance {
    fn put(&mut self, position: usize, value: Value) -> bool {
        let first = self.at(position).is_none();
        self.set_at(position, value);
        first
    }
}

impl Sink for Vec<Option<Value>> {
    fn put(&mut self, position: usize, value: Value) -> bool {
        self.get_mut(position)
            .is_some_and(|slot| slot.replace(value).is_none())
    }
}

/// A scalar as the format has it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Token<'t> {
    Boolean(bool),
    Unsigned(u64),
    Signed(i64),
    Real(f64),
    Text(&'t str),
}

impl Token<'_> {
    fn describe(&self) -> String {
        match self {
            Self::Boolean(b) => format!("the boolean {b}"),
            Self::Unsigned(n) => format!("the number {n}"),
            Self::Signed(n) => format!("the number {n}"),
            Self::Real(n) => format!("the number {n}"),
            Self::Text(text) => {
                let short: String = text.chars().take(40).collect();
                format!("the string \"{short}\"")
            }
        }
    }
}

/// The value of a scalar attribute, or of one item of an array. Numbers and booleans may be quoted
/// (cimi-interop, section 2.4).
///
/// A message quotes what is wrong, unless the attribute is a secret (`Read(false)`).
pub(crate) fn scalar(member: &Member, links: &Links, token: Token<'_>) -> Result<Value, String> {
    any_scalar(member, links, token).map_err(|message| match member.property {
        Some(property) if !property.flags.read => {
            format!("{} is expected", wanted(property.ty))
        }
        _ => message,
    })
}

/// The value of an attribute in a document of another service: a text may be longer than the model says, and
/// none of its enumeration.
pub(crate) fn tolerant_scalar(member: &Member, links: &Links, token: Token<'_>) -> Option<Value> {
    match (any_scalar(member, links, token), token) {
        (Ok(value), _) => Some(value),
        (Err(_), Token::Text(text)) if member.ty() == CimType::String => Some(Value::from(text)),
        (Err(_), Token::Text("True" | "TRUE")) if member.ty() == CimType::Boolean => {
            Some(Value::Boolean(true))
        }
        (Err(_), Token::Text("False" | "FALSE")) if member.ty() == CimType::Boolean => {
            Some(Value::Boolean(false))
        }
        _ => None,
    }
}

fn any_scalar(member: &Member, links: &Links, token: Token<'_>) -> Result<Value, String> {
    let Some(property) = member.property else {
        return Ok(Value::Null);
    };
    let ty = property.ty;
    let wrong = || {
        Err(format!(
            "{} is expected, not {}",
            wanted(ty),
            token.describe()
        ))
    };
    let value = match (ty, token) {
        (CimType::Boolean, Token::Boolean(b)) => Value::Boolean(b),
        (CimType::Boolean, Token::Text(text)) => match text.trim() {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            _ => return wrong(),
        },
        (CimType::String, Token::Text(text)) => {
            return text_value(property, member.access, text);
        }
        (CimType::Reference, Token::Text(text)) => reference(member, links, text),
        (CimType::DateTime, Token::Text(text)) => {
            let text = text.trim();
            let read = if text.starts_with('P') {
                DateTime::parse_xs_duration(text)
            } else {
                DateTime::parse_xs_datetime(text)
            };
            Value::DateTime(read.map_err(|error| error.to_string())?)
        }
        (CimType::Char16, Token::Text(text)) => {
            let mut units = text.encode_utf16();
            match (units.next(), units.next()) {
                (Some(unit), None) => Value::Char16(unit),
                _ => return wrong(),
            }
        }
        (CimType::Real32 | CimType::Real64, token) => match token {
            Token::Real(n) => Value::Real(n),
            Token::Unsigned(n) => Value::Real(n as f64),
            Token::Signed(n) => Value::Real(n as f64),
            Token::Text(text) => match text.trim().parse() {
                Ok(n) => Value::Real(n),
                Err(_) => return wrong(),
            },
            Token::Boolean(_) => return wrong(),
        },
        (ty, token) if ty.is_integer() => {
            let Some(n) = integer(token) else {
                return wrong();
            };
            return integer_value(property, n);
        }
        _ => return wrong(),
    };
    Ok(value)
}

fn integer(token: Token<'_>) -> Option<i128> {
    match token {
        Token::Unsigned(n) => Some(n.into()),
        Token::Signed(n) => Some(n.into()),
        // Exact up to 2^53; JSON has no integers of its own.
        Token::Real(n) if n.fract() == 0.0 && n.abs() <= 9_007_199_254_740_992.0 => Some(n as i128),
        Token::Text(text) => text.trim().parse().ok(),
        Token::Real(_) | Token::Boolean(_) => None,
    }
}

fn integer_value(property: &PropertyDescriptor, n: i128) -> Result<Value, String> {
    let (mut min, mut max, signed) = match (property.ty.unsigned_max(), property.ty.signed_range())
    {
        (Some(max), _) => (0, i128::from(max), false),
        (None, Some((min, max))) => (i128::from(min), i128::from(max), true),
        (None, None) => (0, 0, false),
    };
    min = min.max(property.min_value.map_or(min, i128::from));
    max = max.min(property.max_value.map_or(max, i128::from));
    let fits = (min..=max).contains(&n);
    let value = if signed {
        i64::try_from(n).map(Value::Signed).ok()
    } else {
        u64::try_from(n).map(Value::Unsigned).ok()
    };
    match value {
        Some(value) if fits => Ok(value),
        _ => Err(format!("{n} is not between {min} and {max}")),
    }
}

/// The empty string is no value (DSP0263 5.5.15).
fn text_value(property: &PropertyDescriptor, access: Access, text: &str) -> Result<Value, String> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    if let Some(max) = property.max_len
        && text.chars().count() as u64 > max
    {
        return Err(format!("it is longer than {max} characters"));
    }
    // White space about a word of a list is the document's layout.
    let word = text.trim();
    let listed = |map: ValueMap| map.values.contains(&word);
    let text = if property.value_map.is_some_and(listed) {
        word
    } else {
        text
    };
    // What a client writes to a read-only attribute is ignored, hence not judged.
    if let Some(map) = property.value_map
        && access != Access::ReadOnly
        && !map.is_open()
        && !map.values.contains(&text)
    {
        return Err(format!(
            "one of {} is expected, not \"{text}\"",
            map.values.join(", ")
        ));
    }
    Ok(Value::from(text))
}

/// A link as the property holds it: a path for a true REF, otherwise the bare InstanceID.
pub(crate) fn reference(member: &Member, links: &Links, uri: &str) -> Value {
    let id: Cow<'_, str> = links.instance_id(uri);
    if id.is_empty() {
        return Value::Null;
    }
    match member.ty() {
        CimType::Reference => {
            let class = member.target().unwrap_or_default();
            Value::from(ObjectPath::new(class, words::INSTANCE_ID, &id))
        }
        _ => Value::from(&*id),
    }
}

/// A link, a target by value, or a linked target with some attributes replaced.
pub(crate) fn by_value(
    context: &ReadContext<'_>,
    member: &Member,
    href: Option<&str>,
    target: Option<Instance>,
) -> Value {
    let link = href.map(|href| reference(member, context.links, href));
    match target.filter(|t| t.present().next().is_some()) {
        None => link.unwrap_or(Value::Null),
        Some(mut target) => {
            let class = context.model.class(target.class());
            if let (Some(link), Some(identity)) = (link, class.shape.member(words::ID)) {
                target.set_at(identity.position, link);
            }
            target.into()
        }
    }
}

/// What an attribute of that type looks like.
pub(crate) fn wanted(ty: CimType) -> &'static str {
    match ty {
        CimType::Boolean => "a boolean",
        CimType::DateTime => "a date and time or a duration in a string",
        CimType::Char16 => "a string of one character",
        CimType::Real32 | CimType::Real64 => "a number",
        CimType::String | CimType::Reference => "a string",
        _ => "an integer",
    }
}

/// An attribute beyond the model.
pub(crate) struct ExtensionParts<'a> {
    pub(crate) namespace: Option<&'a str>,
    pub(crate) name: &'a str,
    pub(crate) format: &'static str,
    pub(crate) value: &'a str,
}

/// Adds an attribute beyond the model to an instance.
pub(crate) fn keep_extension(
    model: &RestModel,
    class: &ClassModel,
    sink: &mut Vec<Value>,
    parts: &ExtensionParts<'_>,
) -> bool {
    let Some(target) = class
        .shape
        .extensions
        .and_then(|at| class.class.properties.get(at))
        .and_then(|p| match p.embedded {
            cim_core::Embedded::Instance(name) => model.schema().class(name),
            _ => None,
        })
    else {
        return false;
    };
    let Some(at) = model.class(target).extension else {
        return false;
    };
    let mut extension = Instance::new(target);
    if let Some(namespace) = parts.namespace {
        extension.set_at(at.namespace, Value::from(namespace));
    }
    extension.set_at(at.name, Value::from(parts.name));
    extension.set_at(at.format, Value::from(parts.format));
    extension.set_at(at.value, Value::from(parts.value));
    sink.push(extension.into());
    true
}

/// The operations of a representation: from the URIs of DSP0263 to the short names of the model.
fn shorten_operations(class: &ClassModel, instance: &mut Instance) {
    let Some(member) = class.shape.member(words::OPERATIONS) else {
        return;
    };
    let Some(Value::Array(rels)) = instance.at(member.position) else {
        return;
    };
    let names = rels.iter().filter_map(Value::as_str).map(|rel| {
        let known = class.operations.iter().find(|o| o.uri == rel);
        Value::from(known.map_or(rel, |o| o.name))
    });
    let names = Value::Array(names.collect());
    instance.set_at(member.position, names);
}

/// Which of the accepted types a document names; the first where it names none.
pub(crate) fn choose<'t>(
    types: impl Iterator<Item = &'t ClassModel> + Clone,
    named: Option<&str>,
) -> Result<&'t ClassModel, DocumentError> {
    let first = types
        .clone()
        .next()
        .ok_or_else(|| DocumentError::new("no document is expected here"))?;
    let Some(named) = named else {
        return Ok(first);
    };
    let name = named.rsplit('/').next().unwrap_or(named);
    types
        .clone()
        .find(|t| t.type_name == name)
        // Deployed clients root plain creates `MachineTemplateCreate` too, or `machineImageCreate`, and what
        // makes a machine `Machine`.
        .or_else(|| {
            let plain = name.strip_suffix(words::CREATE).unwrap_or(name);
            types.clone().find(|t| {
                let wanted = t.type_name.strip_suffix(words::CREATE);
                wanted.unwrap_or(t.type_name).eq_ignore_ascii_case(plain)
            })
        })
        .ok_or_else(|| {
            let names: Vec<_> = types.map(|t| t.type_name).collect();
            let short: String = named.chars().take(120).collect();
            DocumentError::new(format!(
                "a document of type {} is expected, not `{short}`",
                names.join(" or ")
            ))
        })
}
