//! JSON documents to instances (DSP0263 5.4, 5.5), in one pass driven by the class.

mod member;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use cim_core::{Instance, Value};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use self::member::MemberSeed;
use crate::model::{ClassModel, Member, MemberKind, OperationModel, Shape};
use crate::read::{
    DocumentError, ExtensionParts, ReadContext, Sink, Unknown, by_value, choose, keep_extension,
    no_room,
};
use crate::words;

/// Reads a resource or a create request.
pub(crate) fn resource<'t>(
    context: &ReadContext<'_>,
    types: impl Iterator<Item = &'t ClassModel> + Clone,
    body: &[u8],
) -> Result<Instance, DocumentError> {
    let class = choose(types, type_of(body)?.as_deref())?;
    let object = Object {
        class: Some(class),
        type_name: class.type_name,
        shape: &class.shape,
        place: Place::Root,
    };
    let read_it = |is_careful| {
        let mut instance = Instance::new(class.class);
        let is_all = read(context, &object, body, &mut instance, is_careful)?;
        Ok((instance, is_all))
    };
    match read_it(false) {
        Ok((instance, true)) => Ok(instance),
        result if !context.unknown.keeps_untyped() => result.map(|(instance, _)| instance),
        // Something is in it that has no place or another type: once more, keeping such attributes as they came.
        _ => match read_it(true)? {
            (_, false) if context.unknown == Unknown::KeepUntyped => Err(no_room()),
            (instance, _) => Ok(instance),
        },
    }
}

/// Reads one attribute as another service wrote it: its value, and whether that is all of it.
pub(crate) fn attribute(
    context: &ReadContext<'_>,
    member: &Member,
    json: &str,
) -> Option<(Value, bool)> {
    let raw: &RawValue = serde_json::from_str(json).ok()?;
    let state = State::new(context, true);
    let value = member::carefully(&state, member, raw, false);
    Some((value, !state.lost.get()))
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
    read(context, &object, body, slots, false).map(|_| ())
}

/// Reads a whole document; whether all of it is in the sink now.
fn read(
    context: &ReadContext<'_>,
    object: &Object<'_>,
    body: &[u8],
    sink: &mut dyn Sink,
    is_careful: bool,
) -> Result<bool, DocumentError> {
    let state = State::new(context, is_careful);
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
        (None, Ok(())) => Ok(!state.lost.get()),
    }
}

fn syntax(error: &serde_json::Error) -> DocumentError {
    DocumentError::new(format!("the body is not JSON: {error}"))
}

/// The type that a document names, which may stand anywhere in it; most have it first, and are not read further.
fn type_of(body: &[u8]) -> Result<Option<String>, DocumentError> {
    struct TypeVisitor<'t>(&'t mut Option<String>);

    impl<'de> Visitor<'de> for TypeVisitor<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a JSON object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(key) = map.next_key_seed(Key)? {
                if key == words::RESOURCE_URI {
                    *self.0 = Some(map.next_value()?);
                    return Err(de::Error::custom("enough"));
                }
                map.next_value::<IgnoredAny>()?;
            }
            Ok(())
        }
    }

    let mut found = None;
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    match (&mut deserializer).deserialize_map(TypeVisitor(&mut found)) {
        Err(error) if found.is_none() => Err(syntax(&error)),
        _ => Ok(found),
    }
}

/// What must be known before the parameters of an action can be read; it may stand anywhere in the document.
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
    /// Whether attributes are kept as they came where they are more than their value.
    is_careful: bool,
    /// Whether something was left out that nobody has kept.
    lost: Cell<bool>,
}

impl<'c> State<'c> {
    fn new(context: &'c ReadContext<'c>, is_careful: bool) -> Self {
        Self {
            context,
            path: RefCell::default(),
            error: RefCell::default(),
            is_careful,
            lost: Cell::new(false),
        }
    }

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
                if state.is_careful {
                    let kept = object.class.map(|class| (class, &mut extensions));
                    read_carefully(state, object.place, member, &mut map, self.sink, kept)?;
                } else {
                    read_member(state, object.place, member, &mut map, self.sink)?;
                }
            } else if let (Some(class), Some(target)) = (inline_class, &mut inline_target)
                && let Some(member) = class.shape.member(name)
            {
                if state.is_careful {
                    read_carefully(state, Place::Nested, member, &mut map, target, None)?;
                } else {
                    read_member(state, Place::Nested, member, &mut map, target)?;
                }
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
                    // What another service wrote in the place of an attribute.
                    namespace: namespace.filter(|n| *n != words::EXTENSION_NAMESPACE),
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
                if !kept {
                    if !state.context.unknown.keeps_untyped() {
                        return Err(state.fail(object.shape.unknown(object.type_name, name)));
                    }
                    state.lost.set(true);
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
    if is_ignored(place, member) {
        map.next_value::<IgnoredAny>()?;
        return Ok(());
    }
    state.inside(member.name, || {
        let value = map.next_value_seed(MemberSeed {
            state,
            member,
            item: false,
        })?;
        // Services write null for what they do not have.
        let is_nothing = value.is_null() && state.context.unknown.keeps_untyped();
        if is_nothing || sink.put(member.position, value) {
            Ok(())
        } else {
            Err(state.fail("it is given twice"))
        }
    })
}

const fn is_ignored(place: Place, member: &Member) -> bool {
    match member.kind {
        MemberKind::Collection(_) => true,
        // By value, the identity is the link.
        MemberKind::Identity | MemberKind::Operations => matches!(place, Place::Nested),
        _ => false,
    }
}

/// Reads an attribute of another service's document. Where its value cannot hold all that it is, it is kept as it came
/// as well: here, if there is room, and otherwise as part of what this is in.
fn read_carefully<'de, A: MapAccess<'de>>(
    state: &State<'_>,
    place: Place,
    member: &Member,
    map: &mut A,
    sink: &mut dyn Sink,
    room: Option<(&ClassModel, &mut Vec<Value>)>,
) -> Result<(), A::Error> {
    if is_ignored(place, member)
        || matches!(member.kind, MemberKind::Identity | MemberKind::Operations)
    {
        return read_member(state, place, member, map, sink);
    }
    let raw: &RawValue = map.next_value()?;
    let outside = state.lost.replace(false);
    let value = state.inside(member.name, || member::carefully(state, member, raw, false));
    if !value.is_null() {
        sink.put(member.position, value);
    }
    if state.lost.replace(outside) {
        let parts = ExtensionParts {
            namespace: None,
            name: member.name,
            format: words::FORMAT_JSON,
            value: raw.get(),
        };
        let model = state.context.model;
        let is_kept = room.is_some_and(|(class, kept)| keep_extension(model, class, kept, &parts));
        if !is_kept {
            state.lost.set(true);
        }
    }
    Ok(())
}
