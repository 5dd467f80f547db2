//! The value of one attribute, in every way that it may be written.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use cim_core::{ClassDescriptor, Instance, Value};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Key, Object, ObjectSeed, State};
use crate::model::{Member, MemberKind};
use crate::read::{Token, by_value, reference, scalar, tolerant_scalar};
use crate::{any, words};

pub(super) struct MemberSeed<'s> {
    pub(super) state: &'s State<'s>,
    pub(super) member: &'s Member,
    /// One item of an array.
    pub(super) item: bool,
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

/// Structures in structures that are looked into; what is deeper is kept as it came.
const MAX_DEPTH: usize = 64;

/// The value of an attribute of another service's document, as far as it has one; what is left out is marked in the
/// state.
pub(super) fn carefully(state: &State<'_>, member: &Member, raw: &RawValue, item: bool) -> Value {
    let seed = MemberSeed {
        state,
        member,
        item,
    };
    let text = raw.get();
    if text == "null" {
        return Value::Null;
    }
    let is_deep = state.path.borrow().len() > MAX_DEPTH;
    let found = if is_deep {
        None
    } else if seed.is_array() {
        let items: Option<Vec<&RawValue>> = serde_json::from_str(text).ok();
        items.and_then(|items| {
            let read = |item: &RawValue| state.inside("", || carefully(state, member, item, true));
            let values: Vec<Value> = items
                .iter()
                .map(|item| read(item))
                .filter(|value| !value.is_null())
                .collect();
            (items.is_empty() || !values.is_empty()).then_some(Value::Array(values))
        })
    } else if matches!(member.kind, MemberKind::Scalar | MemberKind::Scalars) {
        tolerant(state, member, raw)
    } else {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let read = seed.deserialize(&mut deserializer);
        if read.is_err() {
            // That it cannot be read is no error here.
            state.error.take();
        }
        read.ok()
    };
    match found {
        // Nothing is what an empty list is.
        Some(Value::Array(items)) if items.is_empty() => Value::Null,
        // A structure with nothing in it that the model knows is no item everywhere.
        Some(Value::Instance(inner)) if inner.present().next().is_none() => {
            state.lost.set(true);
            Value::Null
        }
        Some(value) => value,
        None => {
            state.lost.set(true);
            Value::Null
        }
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
                if self.state.context.unknown.keeps_untyped()
                    && let Some(value) = tolerant_scalar(self.member, links, token)
                {
                    return Ok(value);
                }
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
                let raw: &RawValue = map.next_value()?;
                let text = serde_json::from_str::<Option<String>>(raw.get());
                match text {
                    Ok(text) if !names.contains(&name) => Ok(text),
                    // What is no text has one, if it is no structure.
                    Err(_) if self.state.is_careful && !raw.get().starts_with(['{', '[']) => {
                        self.state.lost.set(true);
                        let is_new = !names.contains(&name);
                        Ok(is_new.then(|| raw.get().to_owned()))
                    }
                    _ if self.state.is_careful => {
                        self.state.lost.set(true);
                        Ok(None)
                    }
                    Ok(_) => Err(self.state.fail("it is given twice")),
                    Err(_) => Err(self.state.fail("the value must be a string")),
                }
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
