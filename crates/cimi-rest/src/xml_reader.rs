//! XML documents to instances, in one pass driven by the class; elements in any order, with or without
//! the namespace (spec/cimi-rest 3.1, cimi-interop 2.1).

use std::borrow::Cow;

use cim_core::{CimType, ClassDescriptor, Instance, Value};
use xml_wire::{Content, Element, Limits, RawElement, Reader, Writer, XmlError, decode};

use crate::model::{ClassModel, Member, MemberKind, OperationModel, Shape};
use crate::read::{
    DocumentError, ExtensionParts, ReadContext, Sink, Token, Unknown, as_json, choose,
    keep_extension, no_room, reference, scalar, tolerant_scalar,
};
use crate::{any, words};

/// Reads a resource or a create request.
pub(crate) fn resource<'t>(
    context: &ReadContext<'_>,
    types: &(impl Iterator<Item = &'t ClassModel> + Clone),
    body: &[u8],
) -> Result<Instance, DocumentError> {
    let read_it = |is_careful| {
        document(context, body, |source, root| {
            source.is_careful = is_careful;
            let class = choose(types.clone(), Some(root.local()))?;
            let mut instance = Instance::new(class.class);
            source.object(&Object::of(class, Place::Root), &mut instance, None)?;
            Ok((instance, !source.lost))
        })
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

/// Reads one attribute as another service wrote it, in one element or several: its value, and whether that is all of
/// it.
pub(crate) fn attribute(
    context: &ReadContext<'_>,
    class: &ClassModel,
    member: &Member,
    xml: &str,
) -> Option<(Value, bool)> {
    let whole = format!("<x>{xml}</x>");
    let mut instance = Instance::new(class.class);
    let lost = document(context, whole.as_bytes(), |source, _| {
        source.is_careful = true;
        source.object(&Object::of(class, Place::Nested), &mut instance, None)?;
        Ok(source.lost)
    });
    let is_all = !lost.ok()? && instance.at(class.shape.extensions?).is_none();
    let value = instance.at(member.position).cloned();
    Some((value.unwrap_or(Value::Null), is_all))
}

/// The operation that the body of an action names.
pub(crate) fn action_name(context: &ReadContext<'_>, body: &[u8]) -> Result<String, DocumentError> {
    document(context, body, |source, root| {
        if root.local() != words::ACTION_TYPE {
            return Err(DocumentError::new(format!(
                "a document of type {} is expected, not `{}`",
                words::ACTION_TYPE,
                root.local()
            ))
            .into());
        }
        let mut name = None;
        while let Some(child) = source.reader.child()? {
            if source.is_ours(&child) && child.local() == words::ACTION {
                name = Some(source.reader.trimmed_text()?.into_owned());
            } else {
                source.reader.skip()?;
            }
        }
        name.ok_or_else(|| {
            DocumentError::new(format!(
                "the element `{}` is missing: it holds the URI of the operation",
                words::ACTION
            ))
            .into()
        })
    })
}

/// Whether the root of the body is an action.
pub(crate) fn is_action(context: &ReadContext<'_>, body: &[u8]) -> bool {
    let root = document(context, body, |source, root| {
        source.reader.skip()?;
        Ok(root.local() == words::ACTION_TYPE)
    });
    root.unwrap_or(false)
}

/// Reads the parameters of an action.
pub(crate) fn action(
    context: &ReadContext<'_>,
    operation: &OperationModel,
    body: &[u8],
    slots: &mut Vec<Option<Value>>,
) -> Result<(), DocumentError> {
    document(context, body, |source, _| {
        let object = Object {
            class: None,
            type_name: operation.name,
            shape: &operation.parameters,
            place: Place::Action,
        };
        source.object(&object, slots, None)
    })
}

/// Reads one whole document.
fn document<T>(
    context: &ReadContext<'_>,
    body: &[u8],
    read: impl FnOnce(&mut Source<'_, '_>, &Element<'_>) -> Result<T, Failure>,
) -> Result<T, DocumentError> {
    let decoded = decode(body, context.content_type)
        .map_err(|error| DocumentError::new(format!("the body is not XML: {error}")))?;
    let run = || -> Result<T, Failure> {
        let reader = Reader::new(&decoded.text, &Limits::default())?;
        let mut source = Source {
            reader,
            context,
            is_careful: false,
            lost: false,
        };
        let root = source.reader.root()?;
        if !source.is_ours(&root) {
            return Err(DocumentError::new(format!(
                "the namespace {} is expected, not `{}`",
                context.model.namespace(),
                root.ns()
            ))
            .into());
        }
        let value = read(&mut source, &root)?;
        source.reader.finish()?;
        Ok(value)
    };
    run().map_err(|failure| match failure {
        Failure::Xml(error) => DocumentError::new(error.to_string()),
        Failure::Document(error) => error,
    })
}

/// Why reading stopped: the text itself, or what it says.
enum Failure {
    Xml(XmlError),
    Document(DocumentError),
}

impl From<XmlError> for Failure {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl From<DocumentError> for Failure {
    fn from(error: DocumentError) -> Self {
        Self::Document(error)
    }
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self::Document(DocumentError::new(message))
    }

    /// The failure seen from one step further up.
    fn inside(self, name: &str) -> Self {
        match self {
            Self::Xml(error) => Self::Xml(error),
            Self::Document(mut error) => {
                error.attribute = Some(match error.attribute {
                    Some(rest) => format!("{name}.{rest}"),
                    None => name.to_owned(),
                });
                Self::Document(error)
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Nested,
    Action,
}

/// What an element should contain.
struct Object<'m> {
    /// The class; none for the parameters of an action.
    class: Option<&'m ClassModel>,
    type_name: &'m str,
    shape: &'m Shape,
    place: Place,
}

impl<'m> Object<'m> {
    fn of(class: &'m ClassModel, place: Place) -> Self {
        Self {
            class: Some(class),
            type_name: class.type_name,
            shape: &class.shape,
            place,
        }
    }
}

struct Source<'t, 'c> {
    reader: Reader<'t>,
    context: &'c ReadContext<'c>,
    /// Whether attributes are kept as they came where they are more than their value.
    is_careful: bool,
    /// Whether something was left out that nobody has kept.
    lost: bool,
}

/// An attribute as it came, in one element or several.
struct Said<'m> {
    member: &'m Member,
    xml: String,
    /// Whether its value is not all of it.
    lost: bool,
}

impl<'t, 'c> Source<'t, 'c> {
    fn is_ours(&self, element: &Element<'_>) -> bool {
        matches!(element.ns(), "") || element.ns() == self.context.model.namespace()
    }

    /// Reads the children of the element just opened. `tag` is given for structures, whose members may
    /// be attributes too.
    fn object(
        &mut self,
        object: &Object<'_>,
        sink: &mut dyn Sink,
        tag: Option<&Element<'_>>,
    ) -> Result<(), Failure> {
        let shape = object.shape;
        let inline = shape.inline();
        let inline_class = match inline.map(|m| &m.kind) {
            Some(MemberKind::ByValue(class)) => Some(self.context.model.class(class)),
            _ => None,
        };
        let mut target = inline_class.map(|c| Instance::new(c.class));
        let mut href = None;
        let mut arrays: Vec<(&Member, Vec<Value>)> = Vec::new();
        let mut target_arrays: Vec<(&Member, Vec<Value>)> = Vec::new();
        let mut extensions = Vec::new();
        let mut said: Vec<Said<'_>> = Vec::new();

        for attribute in tag.map_or(&[][..], Element::attributes) {
            let name = attribute.name();
            if !name.ns().is_empty() || name.local() == words::RESOURCE_URI {
                continue;
            }
            if name.local() == words::HREF && inline.is_some() {
                href = Some(attribute.value().to_owned());
            } else if let Some(member) = shape.member(name.local())
                && matches!(member.kind, MemberKind::Scalar)
            {
                match self.scalar(member, attribute.value()) {
                    Err(_) if self.is_careful => self.lost = true,
                    value => put(sink, member, value?)?,
                }
            } else if self.context.unknown.keeps_untyped() {
                self.lost = true;
            } else {
                return Err(Failure::new(shape.unknown(object.type_name, name.local())));
            }
        }
        if let Some(member) = shape.text() {
            let value = self.text_value(object, member)?;
            return if value.is_null() {
                Ok(())
            } else {
                put(sink, member, value)
            };
        }
        while let Some(child) = self.reader.child()? {
            let name = child.local();
            if !self.is_ours(&child) {
                self.foreign(object, &child, &mut extensions)?;
            } else if shape.sharing(name).next().is_some() {
                for member in shape.sharing(name) {
                    if let Some(attribute) = member.shared_value()
                        && let Some(text) = child.attribute("", attribute)
                    {
                        let value = self.scalar(member, text)?;
                        put(sink, member, value)?;
                    }
                }
                self.reader.skip()?;
            } else if object.place == Place::Action && name == words::ACTION {
                self.reader.skip()?;
            } else if self.context.unknown.keeps_untyped()
                && let Some(member) = shape.element(name)
                && matches!(member.kind, MemberKind::Scalar)
                && !self.is_careful
                && !child.is_nil()
            {
                let text = self.reader.text()?.into_owned();
                match tolerant_scalar(member, self.context.links, Token::Text(&text)) {
                    Some(Value::Null) => {}
                    Some(value) => {
                        sink.put(member.position, value);
                    }
                    None if text.trim().is_empty() => {}
                    None => {
                        let parts = ExtensionParts {
                            namespace: None,
                            name,
                            format: words::FORMAT_JSON,
                            value: &as_json(&text),
                        };
                        let model = self.context.model;
                        let class = object.class;
                        let kept = class
                            .is_some_and(|c| keep_extension(model, c, &mut extensions, &parts));
                        self.lost |= !kept;
                    }
                }
            } else if self.is_careful
                && let Some(member) = shape.element(name)
                && !is_ignored(object.place, member)
            {
                self.carefully(object.place, member, &child, sink, &mut arrays, &mut said)?;
            } else if let Some(member) = shape.element(name) {
                self.member(object.place, member, &child, sink, &mut arrays)?;
            } else if let (Some(class), Some(target)) = (inline_class, &mut target)
                && let Some(member) = class.shape.element(name)
            {
                if self.is_careful && !is_ignored(Place::Nested, member) {
                    let mut none = Vec::new();
                    let arrays = &mut target_arrays;
                    self.carefully(Place::Nested, member, &child, target, arrays, &mut none)?;
                    self.lost |= none.iter().any(|said| said.lost);
                } else {
                    self.member(Place::Nested, member, &child, target, &mut target_arrays)?;
                }
            } else if self.context.unknown.keeps_untyped() {
                self.foreign(object, &child, &mut extensions)?;
            } else {
                return Err(Failure::new(shape.unknown(object.type_name, name)));
            }
        }
        if self.is_careful {
            // Nothing is what an empty list is.
            arrays.retain(|(_, items)| !items.is_empty());
            target_arrays.retain(|(_, items)| !items.is_empty());
        }
        for (member, items) in arrays {
            put(sink, member, Value::Array(items))?;
        }
        if let Some(member) = inline {
            if let Some(target) = &mut target {
                for (member, items) in target_arrays {
                    put(target, member, Value::Array(items))?;
                }
            }
            let value = self.by_value(member, href.as_deref(), target);
            if !value.is_null() {
                put(sink, member, value)?;
            }
        }
        for said in said.iter().filter(|said| said.lost) {
            let text = said.xml.as_str();
            // A text is what JSON has there, too.
            let plain = plain_text(said.member, text);
            let parts = ExtensionParts {
                namespace: None,
                name: said.member.name,
                format: match plain {
                    Some(_) => words::FORMAT_JSON,
                    None => words::FORMAT_XML,
                },
                value: plain.as_deref().unwrap_or(text),
            };
            let model = self.context.model;
            let kept = object
                .class
                .is_some_and(|c| keep_extension(model, c, &mut extensions, &parts));
            self.lost |= !kept;
        }
        if let Some(position) = shape.extensions
            && !extensions.is_empty()
        {
            sink.put(position, Value::Array(extensions));
        }
        Ok(())
    }

    fn member<'m>(
        &mut self,
        place: Place,
        member: &'m Member,
        element: &Element<'t>,
        sink: &mut dyn Sink,
        arrays: &mut Vec<(&'m Member, Vec<Value>)>,
    ) -> Result<(), Failure> {
        if is_ignored(place, member) {
            return Ok(self.reader.skip()?);
        }
        let is_array = match member.kind {
            MemberKind::Map(_) | MemberKind::Operations => true,
            _ => member.property.is_some_and(|p| p.is_array),
        };
        if !is_array {
            let value = self
                .value(member, element)
                .map_err(|failure| failure.inside(member.name))?;
            return put(sink, member, value);
        }
        let known = arrays.iter().position(|(m, _)| m.name == member.name);
        let at = known.unwrap_or_else(|| {
            arrays.push((member, Vec::new()));
            arrays.len() - 1
        });
        let value = self.value(member, element).map_err(|failure| {
            let index = arrays.get(at).map_or(0, |(_, items)| items.len());
            failure.inside(&index.to_string()).inside(member.name)
        })?;
        if let (MemberKind::Map(class), Some((_, items)), Value::Instance(entry)) =
            (&member.kind, arrays.get(at), &value)
            && let Some(map) = self.context.model.class(class).map
            && items
                .iter()
                .filter_map(Value::as_instance)
                .any(|i| i.at(map.name) == entry.at(map.name))
        {
            return Err(Failure::new("a name is given twice").inside(member.name));
        }
        if let Some((_, items)) = arrays.get_mut(at)
            && !value.is_null()
        {
            items.push(value);
        }
        Ok(())
    }

    /// Reads an element of another service's document, as far as it has a value.
    fn carefully<'m>(
        &mut self,
        place: Place,
        member: &'m Member,
        element: &Element<'t>,
        sink: &mut dyn Sink,
        arrays: &mut Vec<(&'m Member, Vec<Value>)>,
        said: &mut Vec<Said<'m>>,
    ) -> Result<(), Failure> {
        let xml = standalone(&self.reader.raw(element)?);
        let mut inner = Source {
            reader: Reader::new(&xml, &Limits::default())?,
            context: self.context,
            is_careful: true,
            lost: false,
        };
        let root = inner.reader.root()?;
        let read = inner.member(place, member, &root, sink, arrays);
        if let (Err(failure), MemberKind::Identity | MemberKind::Operations) = (&read, &member.kind)
        {
            return Err(match failure {
                Failure::Xml(error) => Failure::Xml(error.clone()),
                Failure::Document(error) => Failure::Document(error.clone()),
            });
        }
        let lost = inner.lost || read.is_err();
        match said.iter_mut().find(|s| s.member.name == member.name) {
            Some(before) => {
                before.xml.push_str(&xml);
                before.lost |= lost;
            }
            None => said.push(Said { member, xml, lost }),
        }
        Ok(())
    }

    fn value(&mut self, member: &Member, element: &Element<'t>) -> Result<Value, Failure> {
        if element.is_nil() {
            self.reader.skip()?;
            return Ok(Value::Null);
        }
        let links = self.context.links;
        let href = element.attribute("", words::HREF);
        match member.kind {
            MemberKind::Any(class) => {
                let raw = standalone(&self.reader.raw(element)?);
                let mut inner = Reader::new(&raw, &Limits::default())?;
                inner.root()?;
                let (format, text) = match inner.content()? {
                    Content::Child(_) => (words::FORMAT_XML, Cow::Borrowed(raw.as_str())),
                    Content::Text(text) => match any::json_of(&text) {
                        Some(json) => (words::FORMAT_JSON, Cow::Owned(json.into_owned())),
                        None => return Ok(Value::Null),
                    },
                };
                let model = self.context.model;
                Ok(any::keep(model, class, member.name, format, &text))
            }
            MemberKind::Scalars if let Some(attribute) = member.xml_value => {
                let value = element.attribute("", attribute).map(str::to_owned);
                let text = match value {
                    Some(value) => {
                        self.reader.skip()?;
                        value
                    }
                    None => self.reader.text()?.into_owned(),
                };
                self.scalar(member, &text)
            }
            MemberKind::Identity => {
                let uri = self.reader.trimmed_text()?;
                Ok(Value::from(&*links.instance_id(&uri)))
            }
            MemberKind::Scalar | MemberKind::Scalars => {
                let text = self.reader.text()?;
                self.scalar(member, &text)
            }
            MemberKind::Reference | MemberKind::References => match href {
                Some(href) => {
                    // What an expanded link has inside is not ours to change here.
                    self.reader.skip()?;
                    Ok(reference(member, links, href))
                }
                None => {
                    let uri = self.reader.trimmed_text()?;
                    Ok(reference(member, links, &uri))
                }
            },
            MemberKind::ByValue(class) => {
                let target = self.structure(class, None)?;
                Ok(self.by_value(member, href, Some(target)))
            }
            MemberKind::Structure(class) | MemberKind::Structures(class)
                if !self.context.model.class(class).kinds.is_empty() =>
            {
                self.one_of_kinds(class, element)
            }
            MemberKind::Structure(class) | MemberKind::Structures(class) => {
                let structure = self.structure(class, Some(element))?;
                // One that needs a member and has none says that there is no value: XML has no other way
                // to erase an array.
                let is_none = structure.present().next().is_none()
                    && class.properties.iter().any(|p| p.flags.required);
                Ok(if is_none {
                    Value::Null
                } else {
                    structure.into()
                })
            }
            MemberKind::Map(class) => self.entry(class, element),
            MemberKind::Operations => {
                let rel = element.attribute("", words::REL).map(str::to_owned);
                self.reader.skip()?;
                Ok(rel.map_or(Value::Null, Value::from))
            }
            MemberKind::Collection(_) => {
                self.reader.skip()?;
                Ok(Value::Null)
            }
        }
    }

    /// An element without text has no value; white space counts in strings only.
    fn scalar(&self, member: &Member, text: &str) -> Result<Value, Failure> {
        if member.ty() != CimType::String && text.trim().is_empty() {
            return Ok(Value::Null);
        }
        if self.context.unknown.keeps_untyped()
            && let Some(value) = tolerant_scalar(member, self.context.links, Token::Text(text))
        {
            return Ok(value);
        }
        scalar(member, self.context.links, Token::Text(text)).map_err(Failure::new)
    }

    fn structure(
        &mut self,
        class: &'static ClassDescriptor,
        tag: Option<&Element<'_>>,
    ) -> Result<Instance, Failure> {
        let class = self.context.model.class(class);
        let mut instance = Instance::new(class.class);
        self.object(&Object::of(class, Place::Nested), &mut instance, tag)?;
        Ok(instance)
    }

    /// A structure that may be one of several: its members say which.
    fn one_of_kinds(
        &mut self,
        class: &'static ClassDescriptor,
        element: &Element<'t>,
    ) -> Result<Value, Failure> {
        let raw = standalone(&self.reader.raw(element)?);
        let mut names = Vec::new();
        let mut scan = Reader::new(&raw, &Limits::default())?;
        scan.root()?;
        while let Some(child) = scan.child()? {
            names.push(child.local().to_owned());
            scan.skip()?;
        }
        let model = self.context.model;
        let class = any::kind(model, model.class(class), |name| {
            names.iter().any(|n| n == name)
        });
        let mut inner = Source {
            reader: Reader::new(&raw, &Limits::default())?,
            context: self.context,
            is_careful: self.is_careful,
            lost: false,
        };
        let root = inner.reader.root()?;
        let mut instance = Instance::new(class.class);
        let object = Object::of(class, Place::Nested);
        inner.object(&object, &mut instance, Some(&root))?;
        self.lost |= inner.lost;
        Ok(instance.into())
    }

    /// The member that is the text of its structure's element.
    fn text_value(&mut self, object: &Object<'_>, member: &Member) -> Result<Value, Failure> {
        let text = match self.reader.content()? {
            Content::Text(text) => text.into_owned(),
            Content::Child(child) if child.local() == member.name => {
                let text = self.reader.text()?.into_owned();
                if let Some(other) = self.reader.child()? {
                    let unknown = object.shape.unknown(object.type_name, other.local());
                    return Err(Failure::new(unknown));
                }
                text
            }
            Content::Child(child) => {
                let unknown = object.shape.unknown(object.type_name, child.local());
                return Err(Failure::new(unknown));
            }
        };
        match member.kind {
            MemberKind::Any(class) => Ok(any::json_of(&text).map_or(Value::Null, |json| {
                let model = self.context.model;
                any::keep(model, class, member.name, words::FORMAT_JSON, &json)
            })),
            _ => self.scalar(member, &text),
        }
    }

    fn entry(
        &mut self,
        class: &'static ClassDescriptor,
        element: &Element<'_>,
    ) -> Result<Value, Failure> {
        let key = element
            .attribute("", words::KEY)
            .or_else(|| element.attribute("", words::KEY_1_0_0));
        let (Some(key), Some(map)) = (key, self.context.model.class(class).map) else {
            return Err(Failure::new(format!(
                "the XML attribute `{}` is missing: it holds the name",
                words::KEY
            )));
        };
        let mut entry = Instance::new(class);
        entry.set_at(map.name, Value::from(key));
        entry.set_at(map.value, Value::from(&*self.reader.text()?));
        Ok(entry.into())
    }

    /// A link, a target by value, or a linked target with some attributes replaced.
    fn by_value(&self, member: &Member, href: Option<&str>, target: Option<Instance>) -> Value {
        crate::read::by_value(self.context, member, href, target)
    }

    /// An element that the model does not know.
    fn foreign(
        &mut self,
        object: &Object<'_>,
        element: &Element<'t>,
        extensions: &mut Vec<Value>,
    ) -> Result<(), Failure> {
        let refused = || {
            let name = element.name().to_string();
            Failure::new(object.shape.unknown(object.type_name, &name))
        };
        let Some(class) = object
            .class
            .filter(|_| self.context.unknown != Unknown::Refuse)
        else {
            return Err(refused());
        };
        let ours = element.ns() == words::EXTENSION_NAMESPACE;
        let name = element.attribute("", words::EXTENSION_NAME);
        let kept = if let (true, Some(name)) = (ours, name) {
            let value = self.reader.text()?;
            let parts = ExtensionParts {
                namespace: element.attribute("", words::EXTENSION_OF),
                name,
                format: match element.local() {
                    words::FORMAT_XML => words::FORMAT_XML,
                    _ => words::FORMAT_JSON,
                },
                value: &value,
            };
            keep_extension(self.context.model, class, extensions, &parts)
        } else {
            let value = standalone(&self.reader.raw(element)?);
            let parts = ExtensionParts {
                namespace: Some(element.ns()),
                name: element.local(),
                format: words::FORMAT_XML,
                value: &value,
            };
            keep_extension(self.context.model, class, extensions, &parts)
        };
        if !kept && !self.context.unknown.keeps_untyped() {
            return Err(refused());
        }
        self.lost |= !kept;
        Ok(())
    }
}

const fn is_ignored(place: Place, member: &Member) -> bool {
    match member.kind {
        MemberKind::Collection(_) => true,
        MemberKind::Identity | MemberKind::Operations => matches!(place, Place::Nested),
        _ => false,
    }
}

/// The text of a scalar's element, as JSON; `None` if it is more than a text.
fn plain_text(member: &Member, xml: &str) -> Option<String> {
    if !matches!(member.kind, MemberKind::Scalar) {
        return None;
    }
    let mut reader = Reader::new(xml, &Limits::default()).ok()?;
    let root = reader.root().ok()?;
    let text = reader.text().ok()?;
    let is_plain = root.attributes().is_empty();
    reader.finish().ok()?;
    is_plain.then(|| as_json(&text))
}

/// An element with the declarations of its old surroundings that its text needs, and no others: what
/// comes back from us is what was sent.
fn standalone(element: &RawElement<'_>) -> String {
    let text = element.text();
    let needs = |prefix: &str| match prefix {
        "" => text.split('<').skip(1).any(|tag| {
            let name = tag.split([' ', '\t', '\r', '\n', '/', '>']).next();
            name.is_some_and(|n| !n.is_empty() && !n.contains(':') && !n.starts_with('!'))
        }),
        prefix => text
            .match_indices(prefix)
            .any(|(at, _)| text[at + prefix.len()..].starts_with(':')),
    };
    let mut head = String::new();
    let mut writer = Writer::new(&mut head);
    writer.start("x");
    for (prefix, uri) in element.namespaces() {
        if needs(prefix) {
            writer.namespace(prefix, uri);
        }
    }
    let declarations = head.strip_prefix("<x").unwrap_or_default();
    let name_end = text
        .find([' ', '\t', '\r', '\n', '/', '>'])
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(name_end);
    format!("{name}{declarations}{rest}")
}

fn put(sink: &mut dyn Sink, member: &Member, value: Value) -> Result<(), Failure> {
    if sink.put(member.position, value) {
        Ok(())
    } else {
        Err(Failure::new("it is given twice").inside(member.name))
    }
}
