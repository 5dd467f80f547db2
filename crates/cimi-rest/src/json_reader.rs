//! JSON documents to instances (DSP0263 5.4, 5.5), in one pass driven by the class.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fmt;

use cim_core::{ClassDescriptor, Instance, Value};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::model::{ClassModel, Member, MemberKind, OperationModel, Shape};
use crate::read::{
    DocumentError, ExtensionParts, ReadContext, Sink, Token, Unknown, by_value, choose,
    keep_extension, reference, scalar, tolerant_scalar,
};
use crate::{any, words};

/// Reads a resource or a create request.
pub(crate) fn resource(
    context: &ReadContext<'_>,
    types: &[&ClassModel],
    body: &[u8],
) -> Result<Instance, DocumentError> {
    let class = choose(types, head(body)?.resource_uri.as_deref())?;
    let mut instance = Instance::new(class.class);
    let object = Object {
        class: Some(class),
        type_name: class.type_name,
        shape: &class.shape,
        place: Place::Root,
    };
    read(context, &object, body, &mut instance)?;
    Ok(instance)
}

/// The operation that the body of an action names.
pub(crate) fn action_name(body: &[u8]) -> Result<String, DocumentError> {
    let head = head(body)?;
    if let Some(uri) = head.resource_uri
        && !uri.ends_with(&format!("/{}", words::ACTION_TYPE))
    {
        return Err(DocumentError::new(format!(
            "a document of type {} is expected, not `{uri}`",
            words::ACTION_TYPE
        )));
    }
    head.action.ok_or_else(|| {
        DocumentError::new(format!(
            "the member `{}` is missing: it holds the URI of the operation",
            words::ACTION
        ))
    })
}

/// Whether the body is an action.
pub(crate) fn is_action(body: &[u8]) -> bool {
    head(body).is_ok_and(|head| match head.resource_uri {
        Some(uri) => uri.rsplit('/').next() == Some(words::ACTION_TYPE),
        None => head.action.is_some(),
    })
}

/// Reads the parameters of an action.
pub(crate) fn action(
    context: &ReadContext<'_>,
    operation: &OperationModel,
    body: &[u8],
    slots: &mut Vec<Option<Value>>,
) -> Result<(), DocumentError> {
    let object = Object {
        class: None,
        type_name: operation.name,
        shape: &operation.parameters,
        place: Place::Action,
    };
    read(context, &object, body, slots)
}

fn read(
    context: &ReadContext<'_>,
    object: &Object<'_>,
    body: &[u8],
    sink: &mut dyn Sink,
) -> Result<(), DocumentError> {
    let state = State {
        context,
        path: RefCell::default(),
        error: RefCell::default(),
    };
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let read = ObjectSeed {
        state: &state,
        object,
        sink,
        href: None,
    }
    .deserialize(&mut deserializer)
    .and_then(|()| deserializer.end());
    match (state.error.into_inner(), read) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(syntax(&error)),
        (None, Ok(())) => Ok(()),
    }
}

fn syntax(error: &serde_json::Error) -> DocumentError {
    DocumentError::new(format!("the body is not JSON: {error}"))
}

/// What must be known before the rest can be read; it may stand anywhere in the document.
#[derive(Default)]
struct Head {
    resource_uri: Option<String>,
    action: Option<String>,
}

fn head(body: &[u8]) -> Result<Head, DocumentError> {
    struct HeadVisitor;

    impl<'de> Visitor<'de> for HeadVisitor {
        type Value = Head;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a JSON object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Head, A::Error> {
            let mut head = Head::default();
            while let Some(key) = map.next_key_seed(Key)? {
                match &*key {
                    words::RESOURCE_URI => head.resource_uri = Some(map.next_value()?),
                    words::ACTION => head.action = map.next_value::<Text>()?.0,
                    _ => {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
            }
            Ok(head)
        }
    }

    let mut deserializer = serde_json::Deserializer::from_slice(body);
    (&mut deserializer)
        .deserialize_map(HeadVisitor)
        .map_err(|error| syntax(&error))
}

/// A string, or nothing for any other value.
struct Text(Option<String>);

impl<'de> de::Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &RawValue = de::Deserialize::deserialize(deserializer)?;
        Ok(Self(serde_json::from_str(raw.get()).ok()))
    }
}

/// A member name without a copy where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// Where the reader is, for messages. serde's errors carry positions in the text; ours carry the
/// attribute, so they wait here while serde unwinds.
struct State<'c> {
    context: &'c ReadContext<'c>,
    path: RefCell<Vec<String>>,
    error: RefCell<Option<DocumentError>>,
}

impl State<'_> {
    fn fail<E: de::Error>(&self, message: impl Into<String>) -> E {
        let path = self.path.borrow().join(".");
        let message = message.into();
        let error = E::custom(&message);
        self.error.borrow_mut().get_or_insert(DocumentError {
            attribute: (!path.is_empty()).then_some(path),
            message,
        });
        error
    }

    /// Runs a part of the reading one step further down.
    fn inside<T>(&self, name: &str, run: impl FnOnce() -> T) -> T {
        self.path.borrow_mut().push(name.to_owned());
        let result = run();
        self.path.borrow_mut().pop();
        result
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Nested,
    Action,
}

/// What an object should be.
struct Object<'m> {
    /// The class; none for the parameters of an action.
    class: Option<&'m ClassModel>,
    type_name: &'m str,
    shape: &'m Shape,
    place: Place,
}

impl<'m> Object<'m> {
    fn nested(class: &'m ClassModel) -> Self {
        Self {
            class: Some(class),
            type_name: class.type_name,
            shape: &class.shape,
            place: Place::Nested,
        }
    }
}

struct ObjectSeed<'s, 'm> {
    state: &'s State<'s>,
    object: &'s Object<'m>,
    sink: &'s mut dyn Sink,
    /// Where the `href` of an object given by value goes.
    href: Option<&'s mut Option<String>>,
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let state = self.state;
        let object = self.object;
        let model = state.context.model;
        let mut extensions = Vec::new();
        let mut unknown = BTreeSet::new();
        // The target whose attributes stand in this structure.
        let inline = object.shape.inline();
        let inline_class = inline.and_then(|m| by_value_class(state, m));
        let mut inline_href: Option<String> = None;
        let mut inline_target = inline_class.map(|c| Instance::new(c.class));

        while let Some(key) = map.next_key_seed(Key)? {
            let name = &*key;
            if name == words::RESOURCE_URI
                || (object.place == Place::Action && name == words::ACTION)
            {
                map.next_value::<IgnoredAny>()?;
            } else if name == words::HREF && (inline.is_some() || self.href.is_some()) {
                let href = state.inside(name, || map.next_value::<Option<String>>())?;
                match &mut self.href {
                    Some(slot) => **slot = href,
                    None => inline_href = href,
                }
            } else if let Some(member) = object.shape.member(name) {
                if state.context.unknown == Unknown::Tolerate
                    && matches!(member.kind, MemberKind::Scalar)
                {
                    let raw: &RawValue = map.next_value()?;
                    match tolerant(state, member, raw) {
                        Some(Value::Null) => {}
                        Some(value) => {
                            self.sink.put(member.position, value);
                        }
                        None => {
                            let parts = ExtensionParts {
                                namespace: None,
                                name,
                                format: words::FORMAT_JSON,
                                value: raw.get(),
                            };
                            let class = object.class;
                            class.map(|c| keep_extension(model, c, &mut extensions, &parts));
                        }
                    }
                } else {
                    read_member(state, object.place, member, &mut map, self.sink)?;
                }
            } else if let (Some(class), Some(target)) = (inline_class, &mut inline_target)
                && let Some(member) = class.shape.member(name)
            {
                read_member(state, Place::Nested, member, &mut map, target)?;
            } else if name == words::HREF && object.place == Place::Root {
                // Some services write it beside the id.
                map.next_value::<IgnoredAny>()?;
            } else {
                let raw: &RawValue = map.next_value()?;
                let (namespace, local) = clark(name);
                let quoted: Option<String> = namespace
                    .and_then(|_| serde_json::from_str(raw.get()).ok())
                    .filter(|text: &String| text.starts_with('<'));
                let parts = ExtensionParts {
                    namespace,
                    name: local,
                    format: match quoted {
                        Some(_) => words::FORMAT_XML,
                        None => words::FORMAT_JSON,
                    },
                    value: quoted.as_deref().unwrap_or(raw.get()),
                };
                if !unknown.insert(key.clone()) {
                    return Err(state.inside(name, || state.fail("it is given twice")));
                }
                let kept = state.context.unknown != Unknown::Refuse
                    && object
                        .class
                        .is_some_and(|class| keep_extension(model, class, &mut extensions, &parts));
                if !kept && state.context.unknown != Unknown::Tolerate {
                    return Err(state.fail(object.shape.unknown(object.type_name, name)));
                }
            }
        }
        if let Some(member) = inline {
            let value = by_value(state.context, member, inline_href.as_deref(), inline_target);
            if !value.is_null() {
                self.sink.put(member.position, value);
            }
        }
        if let Some(position) = object.shape.extensions
            && !extensions.is_empty()
        {
            self.sink.put(position, Value::Array(extensions));
        }
        Ok(())
    }
}

/// A single value of another service's document; `None` for what cannot be one.
fn tolerant(state: &State<'_>, member: &Member, raw: &RawValue) -> Option<Value> {
    let links = state.context.links;
    let text = raw.get();
    let token = match text.as_bytes().first()? {
        b'n' => return Some(Value::Null),
        b't' => Token::Boolean(true),
        b'f' => Token::Boolean(false),
        b'"' => {
            let text: Cow<'_, str> = match text.get(1..text.len() - 1) {
                Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
                _ => Cow::Owned(serde_json::from_str(text).ok()?),
            };
            return tolerant_scalar(member, links, Token::Text(&text));
        }
        b'[' | b'{' => return None,
        _ => match (text.parse(), text.parse(), text.parse()) {
            (Ok(n), _, _) => Token::Unsigned(n),
            (_, Ok(n), _) => Token::Signed(n),
            (_, _, Ok(n)) => Token::Real(n),
            _ => return None,
        },
    };
    // Some services write texts that look like numbers as such.
    tolerant_scalar(member, links, token)
        .or_else(|| tolerant_scalar(member, links, Token::Text(text)))
}

/// `{namespace}name`, as the writer writes XML elements.
fn clark(name: &str) -> (Option<&str>, &str) {
    match name.strip_prefix('{').and_then(|n| n.rsplit_once('}')) {
        Some((namespace, local)) => (Some(namespace), local),
        None => (None, name),
    }
}

fn by_value_class<'s>(state: &'s State<'_>, member: &Member) -> Option<&'s ClassModel> {
    match member.kind {
        MemberKind::ByValue(class) => Some(state.context.model.class(class)),
        _ => None,
    }
}

fn read_member<'de, A: MapAccess<'de>>(
    state: &State<'_>,
    place: Place,
    member: &Member,
    map: &mut A,
    sink: &mut dyn Sink,
) -> Result<(), A::Error> {
    let is_ignored = match member.kind {
        MemberKind::Collection(_) => true,
        // By value, the identity is the link.
        MemberKind::Identity | MemberKind::Operations => place == Place::Nested,
        _ => false,
    };
    if is_ignored {
        map.next_value::<IgnoredAny>()?;
        return Ok(());
    }
    state.inside(member.name, || {
        let value = map.next_value_seed(MemberSeed {
            state,
            member,
            item: false,
        })?;
        if sink.put(member.position, value) {
            Ok(())
        } else {
            Err(state.fail("it is given twice"))
        }
    })
}

struct MemberSeed<'s> {
    state: &'s State<'s>,
    member: &'s Member,
    /// One item of an array.
    item: bool,
}

impl<'de> DeserializeSeed<'de> for MemberSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.member.kind {
            MemberKind::Any(class) if !self.is_array() => {
                let raw: &RawValue = de::Deserialize::deserialize(deserializer)?;
                Ok(self.any(class, raw))
            }
            MemberKind::Structure(class) | MemberKind::Structures(class)
                if !self.is_array() && !self.state.context.model.class(class).kinds.is_empty() =>
            {
                let raw: &RawValue = de::Deserialize::deserialize(deserializer)?;
                self.one_of_kinds(class, raw)
            }
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl MemberSeed<'_> {
    fn is_array(&self) -> bool {
        !self.item
            && match self.member.kind {
                MemberKind::Scalars
                | MemberKind::References
                | MemberKind::Structures(_)
                | MemberKind::Operations => true,
                MemberKind::ByValue(_) | MemberKind::Any(_) => {
                    self.member.property.is_some_and(|p| p.is_array)
                }
                _ => false,
            }
    }

    fn wanted(&self) -> &'static str {
        if self.is_array() {
            return "an array";
        }
        match self.member.kind {
            MemberKind::Identity => "a URI in a string",
            MemberKind::Reference | MemberKind::References => "a link {\"href\": \"...\"}",
            MemberKind::ByValue(_) => "a link {\"href\": \"...\"} or an object",
            MemberKind::Map(_) => "an object with string values",
            MemberKind::Any(_) => "a value",
            MemberKind::Structure(_) | MemberKind::Structures(_) | MemberKind::Operations => {
                "an object"
            }
            MemberKind::Scalar | MemberKind::Scalars | MemberKind::Collection(_) => {
                crate::read::wanted(self.member.ty())
            }
        }
    }

    fn wrong<E: de::Error>(&self, found: &str) -> E {
        self.state
            .fail(format!("{} is expected, not {found}", self.wanted()))
    }

    fn token<E: de::Error>(self, token: Token<'_>) -> Result<Value, E> {
        if self.is_array() {
            return Err(self.wrong("a single value"));
        }
        let links = self.state.context.links;
        match (&self.member.kind, token) {
            (MemberKind::Scalar | MemberKind::Scalars, token) => {
                scalar(self.member, links, token).map_err(|message| self.state.fail(message))
            }
            (MemberKind::Identity, Token::Text(uri)) => Ok(Value::from(&*links.instance_id(uri))),
            // Some services write the bare URI.
            (
                MemberKind::Reference | MemberKind::References | MemberKind::ByValue(_),
                Token::Text(uri),
            ) => Ok(reference(self.member, links, uri)),
            (_, Token::Text(_)) => Err(self.wrong("a string")),
            (_, Token::Boolean(_)) => Err(self.wrong("a boolean")),
            _ => Err(self.wrong("a number")),
        }
    }

    fn any(&self, class: &'static ClassDescriptor, raw: &RawValue) -> Value {
        if raw.get() == "null" {
            return Value::Null;
        }
        // What is an element in XML is one whole element in a string here.
        let element = self.member.xml_element();
        let (format, text) = any::of_json(raw.get(), element);
        let model = self.state.context.model;
        any::keep(model, class, self.member.name, format, &text)
    }

    /// A structure that may be one of several: its members say which.
    fn one_of_kinds<E: de::Error>(
        &self,
        class: &'static ClassDescriptor,
        raw: &RawValue,
    ) -> Result<Value, E> {
        if raw.get() == "null" {
            return Ok(Value::Null);
        }
        let names: HashMap<Cow<'_, str>, IgnoredAny> =
            serde_json::from_str(raw.get()).map_err(|_| self.wrong("another value"))?;
        let model = self.state.context.model;
        let class = any::kind(model, model.class(class), |name| names.contains_key(name));
        let mut instance = Instance::new(class.class);
        let mut deserializer = serde_json::Deserializer::from_str(raw.get());
        ObjectSeed {
            state: self.state,
            object: &Object::nested(class),
            sink: &mut instance,
            href: None,
        }
        .deserialize(&mut deserializer)
        .map_err(E::custom)?;
        Ok(instance.into())
    }

    fn structure<'de, A: MapAccess<'de>>(
        &self,
        class: &'static ClassDescriptor,
        href: Option<&mut Option<String>>,
        map: A,
    ) -> Result<Instance, A::Error> {
        let class = self.state.context.model.class(class);
        let mut instance = Instance::new(class.class);
        ObjectSeed {
            state: self.state,
            object: &Object::nested(class),
            sink: &mut instance,
            href,
        }
        .visit_map(map)?;
        Ok(instance)
    }

    fn link<'de, A: MapAccess<'de>>(&self, mut map: A) -> Result<Value, A::Error> {
        let mut href: Option<String> = None;
        while let Some(key) = map.next_key_seed(Key)? {
            if key == words::HREF {
                href = map.next_value()?;
            } else {
                // An expanded link echoed: the target's attributes are not ours to change here.
                map.next_value::<IgnoredAny>()?;
            }
        }
        match href {
            Some(href) => Ok(reference(self.member, self.state.context.links, &href)),
            None => Err(self.state.fail("a link needs the member `href`")),
        }
    }

    fn map<'de, A: MapAccess<'de>>(
        &self,
        class: &'static ClassDescriptor,
        mut map: A,
    ) -> Result<Value, A::Error> {
        let Some(at) = self.state.context.model.class(class).map else {
            return Err(self.wrong("an object"));
        };
        let mut names: Vec<Cow<'de, str>> = Vec::new();
        let mut entries = Vec::new();
        while let Some(name) = map.next_key_seed(Key)? {
            let text = self.state.inside(&name, || {
                if names.contains(&name) {
                    return Err(self.state.fail("it is given twice"));
                }
                let raw: &RawValue = map.next_value()?;
                serde_json::from_str::<Option<String>>(raw.get())
                    .map_err(|_| self.state.fail("the value must be a string"))
            })?;
            if let Some(text) = text {
                let mut entry = Instance::new(class);
                entry.set_at(at.name, Value::from(&*name));
                entry.set_at(at.value, Value::from(text));
                entries.push(entry.into());
            }
            names.push(name);
        }
        Ok(Value::Array(entries))
    }

    /// One of the listed operations, as its short name.
    fn operation<'de, A: MapAccess<'de>>(&self, mut map: A) -> Result<Value, A::Error> {
        let mut rel: Option<String> = None;
        while let Some(key) = map.next_key_seed(Key)? {
            if key == words::REL {
                rel = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(rel.map_or(Value::Null, Value::from))
    }
}

impl<'de> Visitor<'de> for MemberSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wanted())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, b: bool) -> Result<Value, E> {
        self.token(Token::Boolean(b))
    }

    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Value, E> {
        self.token(Token::Unsigned(n))
    }

    fn visit_i64<E: de::Error>(self, n: i64) -> Result<Value, E> {
        self.token(Token::Signed(n))
    }

    fn visit_f64<E: de::Error>(self, n: f64) -> Result<Value, E> {
        self.token(Token::Real(n))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        self.token(Token::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        if !self.is_array() {
            return Err(self.wrong("an array"));
        }
        let mut items = Vec::new();
        loop {
            let at = items.len();
            let item = self.state.inside(&at.to_string(), || {
                seq.next_element_seed(MemberSeed {
                    state: self.state,
                    member: self.member,
                    item: true,
                })
            })?;
            match item {
                None => break,
                Some(Value::Null) => {}
                Some(value) => items.push(value),
            }
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        if self.is_array() {
            return Err(self.wrong("an object"));
        }
        match self.member.kind {
            MemberKind::Reference | MemberKind::References => self.link(map),
            MemberKind::ByValue(class) => {
                let mut href = None;
                let target = self.structure(class, Some(&mut href), map)?;
                Ok(by_value(
                    self.state.context,
                    self.member,
                    href.as_deref(),
                    Some(target),
                ))
            }
            MemberKind::Structure(class) | MemberKind::Structures(class) => {
                Ok(self.structure(class, None, map)?.into())
            }
            MemberKind::Map(class) => self.map(class, map),
            MemberKind::Operations => self.operation(map),
            _ => Err(self.wrong("an object")),
        }
    }
}
