//! Instances to JSON documents (DSP0263 5.4, 5.5), straight into the answer's buffer.

use std::fmt::Write as _;

use cim_core::{Instance, Value};

use crate::document::{
    CollectionView, Context, ResourceView, Target, collection_id, id_of, is_base_uri, is_written,
    operation_link, selections, target_id,
};
use crate::model::{ClassModel, Member, MemberKind};
use crate::verbatim::{Verbatim, verbatims};
use crate::{Selection, any, words};

/// Writes a resource as a JSON document.
pub fn write_json(out: &mut String, context: &Context<'_>, view: &ResourceView<'_>) {
    Writer { out, context }.resource(view);
}

/// Writes a collection as a JSON document.
pub fn write_collection_json(out: &mut String, context: &Context<'_>, view: &CollectionView<'_>) {
    let mut writer = Writer { out, context };
    let mut object = Object::open(writer.out);
    writer.collection(&mut object, view);
    writer.out.push('}');
}

/// Writes what stands before the items of a collection.
pub(crate) fn begin_collection(out: &mut String, context: &Context<'_>, view: &CollectionView<'_>) {
    let mut object = Object::open(out);
    Writer { out, context }.collection_head(&mut object, view);
}

/// Writes some of the items of a collection; `first` if there was none before.
pub(crate) fn add_items(
    out: &mut String,
    context: &Context<'_>,
    view: &CollectionView<'_>,
    first: bool,
) {
    Writer { out, context }.collection_items(view, first);
}

/// Writes what stands behind the items of a collection, of which there were `any`.
pub(crate) fn end_collection(
    out: &mut String,
    context: &Context<'_>,
    view: &CollectionView<'_>,
    any: bool,
) {
    Writer { out, context }.collection_end(view, any);
    out.push('}');
}

struct Writer<'o, 'c> {
    out: &'o mut String,
    context: &'c Context<'c>,
}

/// Where an object stands with its commas.
struct Object {
    empty: bool,
}

impl Object {
    fn open(out: &mut String) -> Self {
        out.push('{');
        Self { empty: true }
    }

    fn key(&mut self, out: &mut String, name: &str) {
        self.comma(out);
        out.push('"');
        out.push_str(name);
        out.push_str("\":");
    }

    fn comma(&mut self, out: &mut String) {
        if !self.empty {
            out.push(',');
        }
        self.empty = false;
    }
}

impl Writer<'_, '_> {
    /// A whole resource: the root of a document or an item of a collection.
    fn resource(&mut self, view: &ResourceView<'_>) {
        let class = self.context.model.class(view.instance.class());
        let mut object = Object::open(self.out);
        if let Some(uri) = class.type_uri {
            object.key(self.out, words::RESOURCE_URI);
            self.string(uri);
        }
        self.members(&mut object, class, view, true);
        self.out.push('}');
    }

    /// The attributes of an instance; `whole` unless it is given by value inside another one.
    fn members(
        &mut self,
        object: &mut Object,
        class: &ClassModel,
        view: &ResourceView<'_>,
        whole: bool,
    ) {
        let said = self.said(class, view.instance);
        for member in &class.shape.members {
            if is_written(self.context, member)
                && view.select.has(member.name)
                && !said.contains(&member.name)
            {
                self.member(object, class, member, view, whole);
            }
        }
        if let Some(extensions) = class.shape.extensions
            && let Some(value) = view.instance.at(extensions)
        {
            self.extensions(object, class, value, view);
        }
    }

    /// The attributes that a service gets back in its own words.
    fn said<'m>(&self, class: &'m ClassModel, instance: &Instance) -> Vec<&'m str>
    where
        Self: 'm,
    {
        if !self.context.request {
            return Vec::new();
        }
        let context = self.context;
        verbatims(context.model, class, instance)
            .filter(|said| {
                said.is_json() && said.stands(context.model, context.links, class, instance)
            })
            .map(|said| said.member.name)
            .collect()
    }

    fn member(
        &mut self,
        object: &mut Object,
        class: &ClassModel,
        member: &Member,
        view: &ResourceView<'_>,
        whole: bool,
    ) {
        if let MemberKind::Collection(collection) = &member.kind {
            let Some(owner) = id_of(self.context, view.instance).filter(|_| whole) else {
                return;
            };
            object.key(self.out, member.name);
            let owner = (!collection.is_extent).then_some(owner);
            let mut link = self.open_collection_link(owner, collection.name);
            if let Some(Target::Collection { count, items, add }) = view.expansion(member.name) {
                let item = self.context.model.class(collection.item);
                let select = view.select.inside(member.name);
                let (own, of_items) = selections(collection, item, &select);
                let shown = of_items.iter().flat_map(|select| {
                    let view = move |item| ResourceView::inlined(item, select);
                    items.iter().map(view)
                });
                let view = CollectionView {
                    collection,
                    id: &collection_id(owner, collection.name),
                    count: *count,
                    items: &shown.collect::<Vec<_>>(),
                    select: &own,
                    add: *add,
                };
                self.collection(&mut link, &view);
            }
            self.out.push('}');
            return;
        }
        if is_base_uri(self.context, class, member) {
            object.key(self.out, member.name);
            self.string(self.context.links.base());
            return;
        }
        let Some(value) = view.instance.at(member.position) else {
            return;
        };
        match value {
            // An error report has an empty id; nothing else that is empty is written (5.5.15).
            Value::String(text) if text.is_empty() => {
                if whole && matches!(member.kind, MemberKind::Identity) {
                    object.key(self.out, member.name);
                    self.out.push_str("\"\"");
                }
                return;
            }
            Value::Array(items) if items.is_empty() => return,
            Value::Null => {
                // Only requests say that something is to be erased.
                if self.context.request {
                    object.key(self.out, member.name);
                    self.out.push_str("null");
                }
                return;
            }
            _ => {}
        }
        match &member.kind {
            MemberKind::Identity => {
                // By value, the identity is the link beside the attributes.
                if whole {
                    object.key(self.out, member.name);
                    self.uri(value.as_str().unwrap_or_default());
                }
            }
            MemberKind::Operations => {
                if whole {
                    object.key(self.out, member.name);
                    self.operations(view.instance, value);
                }
            }
            _ if class.shape.inline().is_some_and(|m| m.name == member.name) => {
                let select = view.select.inside(member.name);
                self.link_members(object, value, view.expansion(member.name), &select);
            }
            _ => {
                object.key(self.out, member.name);
                let select = view.select.inside(member.name);
                self.value(member, value, view.expansion(member.name), &select);
            }
        }
    }

    fn value(
        &mut self,
        member: &Member,
        value: &Value,
        expansion: Option<&Target>,
        select: &Selection,
    ) {
        match &member.kind {
            MemberKind::Reference | MemberKind::ByValue(_) if !matches!(value, Value::Array(_)) => {
                self.link(value, expansion, select);
            }
            MemberKind::References | MemberKind::Reference | MemberKind::ByValue(_) => {
                self.array(value, |writer, item| writer.link(item, expansion, select));
            }
            MemberKind::Any(_) => match value {
                Value::Array(_) => self.array(value, Self::any),
                one => self.any(one),
            },
            MemberKind::Map(class) => {
                let map = self.context.model.class(class).map;
                let mut object = Object::open(self.out);
                for entry in value.elements().iter().filter_map(Value::as_instance) {
                    let text = |at| entry.at(at).and_then(Value::as_str).unwrap_or_default();
                    if let Some(map) = map
                        && select.has(text(map.name))
                    {
                        object.comma(self.out);
                        self.string(text(map.name));
                        self.out.push(':');
                        self.string(text(map.value));
                    }
                }
                self.out.push('}');
            }
            _ => match value {
                Value::Array(_) => self.array(value, |writer, item| writer.scalar(item, select)),
                one => self.scalar(one, select),
            },
        }
    }

    /// A value for which the model has no type: JSON as it came, XML as a string.
    fn any(&mut self, value: &Value) {
        let kept = value.as_instance().and_then(|instance| {
            let class = self.context.model.class(instance.class());
            any::kept(class, instance)
        });
        match kept {
            Some((words::FORMAT_JSON, text))
                if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() =>
            {
                self.out.push_str(text);
            }
            Some((_, text)) => self.string(text),
            None => self.out.push_str("null"),
        }
    }

    fn array(&mut self, value: &Value, mut item: impl FnMut(&mut Self, &Value)) {
        self.out.push('[');
        for (at, value) in value.elements().iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            item(self, value);
        }
        self.out.push(']');
    }

    /// A scalar, or a structure of which a part may be wanted.
    fn scalar(&mut self, value: &Value, select: &Selection) {
        match value {
            Value::Null | Value::Array(_) => self.out.push_str("null"),
            Value::Boolean(b) => self.out.push_str(if *b { "true" } else { "false" }),
            Value::Unsigned(n) => {
                let _ = write!(self.out, "{n}");
            }
            Value::Signed(n) => {
                let _ = write!(self.out, "{n}");
            }
            Value::Real(n) if n.is_finite() => {
                let _ = write!(self.out, "{n}");
            }
            // JSON has no word for these.
            Value::Real(_) => self.out.push_str("null"),
            Value::Char16(c) => self.string(&String::from_utf16_lossy(&[*c])),
            Value::String(text) => self.string(text),
            Value::DateTime(datetime) => {
                self.out.push('"');
                datetime.write_xs(self.out);
                self.out.push('"');
            }
            Value::Reference(_) => self.link(value, None, select),
            Value::Instance(instance) => self.structure(instance, select),
        }
    }

    fn structure(&mut self, instance: &Instance, select: &Selection) {
        let class = self.context.model.class(instance.class());
        let mut object = Object::open(self.out);
        let view = ResourceView::part(instance, select);
        self.members(&mut object, class, &view, false);
        self.out.push('}');
    }

    fn link(&mut self, value: &Value, expansion: Option<&Target>, select: &Selection) {
        let mut object = Object::open(self.out);
        self.link_members(&mut object, value, expansion, select);
        self.out.push('}');
    }

    /// `href`, and the attributes of a target that is given by value or expanded.
    fn link_members(
        &mut self,
        object: &mut Object,
        value: &Value,
        expansion: Option<&Target>,
        select: &Selection,
    ) {
        let id = target_id(self.context, value);
        if let Some(id) = id {
            object.key(self.out, words::HREF);
            self.uri(id);
        }
        if let Value::Instance(instance) = value {
            let class = self.context.model.class(instance.class());
            let view = ResourceView::part(instance, select);
            self.members(object, class, &view, false);
        } else if let Some(target) = expansion.and_then(|t| t.resource(self.context, id)) {
            let class = self.context.model.class(target.instance.class());
            let view = ResourceView::inlined(target, select);
            self.members(object, class, &view, true);
        }
    }

    fn open_collection_link(&mut self, owner: Option<&str>, name: &str) -> Object {
        let mut object = Object::open(self.out);
        object.key(self.out, words::HREF);
        match owner {
            None => self.uri(name),
            Some(owner) => {
                self.uri(owner);
                self.append_segment(name);
            }
        }
        object
    }

    fn operations(&mut self, instance: &Instance, value: &Value) {
        let id = id_of(self.context, instance).unwrap_or_default();
        self.out.push('[');
        for (at, name) in value
            .elements()
            .iter()
            .filter_map(Value::as_str)
            .enumerate()
        {
            if at > 0 {
                self.out.push(',');
            }
            let (rel, action) = operation_link(self.context, instance, name);
            self.operation(rel, id, action);
        }
        self.out.push(']');
    }

    fn operation(&mut self, rel: &str, id: &str, action: Option<&str>) {
        self.out.push_str("{\"rel\":");
        self.string(rel);
        self.out.push_str(",\"href\":");
        self.uri(id);
        if let Some(action) = action {
            self.append_segment(action);
        }
        self.out.push('}');
    }

    /// One segment more, behind the quote that `uri` closed.
    fn append_segment(&mut self, segment: &str) {
        self.out.pop();
        self.out.push('/');
        self.out.push_str(segment);
        self.out.push('"');
    }

    fn collection(&mut self, object: &mut Object, view: &CollectionView<'_>) {
        self.collection_head(object, view);
        self.collection_items(view, true);
        self.collection_end(view, !view.items.is_empty());
    }

    /// All that stands before the items.
    fn collection_head(&mut self, object: &mut Object, view: &CollectionView<'_>) {
        object.key(self.out, words::RESOURCE_URI);
        self.string(&view.collection.type_uri);
        if view.select.has(words::ID) {
            object.key(self.out, words::ID);
            self.uri(view.id);
        }
        if view.select.has(words::COUNT) {
            object.key(self.out, words::COUNT);
            let _ = write!(self.out, "{}", view.count);
        }
    }

    /// Some of the items; `first` if there was none before.
    fn collection_items(&mut self, view: &CollectionView<'_>, mut first: bool) {
        for item in view.items {
            if std::mem::take(&mut first) {
                let class = self.context.model.class(view.collection.item);
                self.out.push_str(",\"");
                self.out.push_str(view.collection.json_group(class));
                self.out.push_str("\":[");
            } else {
                self.out.push(',');
            }
            self.resource(item);
        }
    }

    /// All that stands behind the items, of which there were `any`.
    fn collection_end(&mut self, view: &CollectionView<'_>, any: bool) {
        if any {
            self.out.push(']');
        }
        if view.add && view.select.has(words::OPERATIONS) {
            self.out.push_str(",\"");
            self.out.push_str(words::OPERATIONS);
            self.out.push_str("\":[");
            self.operation(words::ADD, view.id, None);
            let item = self.context.model.class(view.collection.item);
            for action in view.collection.actions(item) {
                self.out.push(',');
                self.operation(action.uri, view.id, Some(action.name));
            }
            self.out.push(']');
        }
    }

    /// Attributes beyond the model: JSON values as they came; XML elements as strings whose member
    /// name is `{namespace}name`, so that they come back as what they were. What a service wrote in the place of an
    /// attribute stands there if that has no value, and beside it in our own namespace otherwise.
    fn extensions(
        &mut self,
        object: &mut Object,
        class: &ClassModel,
        value: &Value,
        view: &ResourceView<'_>,
    ) {
        for extension in value.elements().iter().filter_map(Value::as_instance) {
            let Some(at) = &self.context.model.class(extension.class()).extension else {
                continue;
            };
            let text = |position| extension.at(position).and_then(Value::as_str);
            let (Some(name), Some(value)) = (text(at.name), text(at.value)) else {
                continue;
            };
            if !view.select.has(name) {
                continue;
            }
            let mut namespace = text(at.namespace);
            if let Some(said) = Verbatim::of(class, at, extension) {
                let Context { model, links, .. } = *self.context;
                let is_in_place = said.is_json()
                    && (self.context.request || is_absent(view.instance, said.member))
                    && said.stands(model, links, class, view.instance);
                if !is_in_place && self.context.request {
                    // The value was changed, or the service speaks another format.
                    continue;
                }
                // Anything else must not pass for the attribute.
                namespace = (!is_in_place).then_some(words::EXTENSION_NAMESPACE);
            } else if namespace.is_none() && class.shape.member(name).is_some() {
                continue;
            }
            object.comma(self.out);
            match namespace {
                Some(namespace) => self.string(&format!("{{{namespace}}}{name}")),
                None => self.string(name),
            }
            self.out.push(':');
            // Another binding may have stored a text that is no JSON.
            if text(at.format) == Some(words::FORMAT_JSON)
                && serde_json::from_str::<serde::de::IgnoredAny>(value).is_ok()
            {
                self.out.push_str(value);
            } else {
                self.string(value);
            }
        }
    }

    fn uri(&mut self, id: &str) {
        self.out.push('"');
        if !id.is_empty() {
            escape(self.out, self.context.links.base_of(id));
            escape(self.out, id);
        }
        self.out.push('"');
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        escape(self.out, text);
        self.out.push('"');
    }
}

fn is_absent(instance: &Instance, member: &Member) -> bool {
    instance.at(member.position).is_none_or(Value::is_null)
}

/// The inside of a JSON string (RFC 8259, 7).
fn escape(out: &mut String, text: &str) {
    // Nearly every text is plain; without an early end this is a few steps of many bytes each.
    let plain = text.bytes().fold(true, |plain, byte| {
        plain & (byte >= 0x20) & (byte != b'"') & (byte != b'\\')
    });
    if plain {
        out.push_str(text);
        return;
    }
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[done..at]);
        done = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            other => {
                let _ = write!(out, "\\u{other:04x}");
            }
        }
    }
    out.push_str(&text[done..]);
}
