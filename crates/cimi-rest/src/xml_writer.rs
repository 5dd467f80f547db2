//! Instances to XML documents in the order of DSP8009 1.0.2 (spec/cimi-rest 3), straight into the
//! answer's buffer.

use cim_core::{Instance, Value};
use xml_wire::{Limits, Reader, Writer};

use crate::document::{
    CollectionView, Context, ResourceView, Target, collection_id, id_of, is_base_uri, is_written,
    operation_link, selections, target_id,
};
use crate::model::{ClassModel, Member, MemberKind};
use crate::verbatim::{Verbatim, verbatims};
use crate::{Selection, any, words};

/// Writes a resource as an XML document.
pub fn write_xml(out: &mut String, context: &Context<'_>, view: &ResourceView<'_>) {
    let class = context.model.class(view.instance.class());
    let mut writer = XmlWriter::new(out, context);
    writer.xml.start(class.type_name);
    writer.xml.namespace("", context.model.namespace());
    writer.children(class, view, true);
    writer.xml.end();
}

/// Writes a collection as an XML document; its root is `Collection` whatever the items are.
pub fn write_collection_xml(out: &mut String, context: &Context<'_>, view: &CollectionView<'_>) {
    let mut writer = XmlWriter::new(out, context);
    writer.open_collection(view);
    writer.collection(view);
    writer.xml.end();
}

/// Writes what stands before the items of a collection.
pub(crate) fn begin_collection(out: &mut String, context: &Context<'_>, view: &CollectionView<'_>) {
    let mut writer = XmlWriter::new(out, context);
    writer.open_collection(view);
    writer.collection_head(view);
    // Whoever goes on begins with content.
    writer.xml.raw("");
}

/// Writes some of the items of a collection.
pub(crate) fn add_items(out: &mut String, context: &Context<'_>, view: &CollectionView<'_>) {
    XmlWriter::new(out, context).collection_items(view);
}

/// Writes what stands behind the items of a collection.
pub(crate) fn end_collection(out: &mut String, context: &Context<'_>, view: &CollectionView<'_>) {
    XmlWriter::new(out, context).collection_end(view);
    out.push_str("</");
    out.push_str(words::COLLECTION);
    out.push('>');
}

struct XmlWriter<'o, 'c> {
    xml: Writer<'o>,
    context: &'c Context<'c>,
    /// For URIs and dates on their way into the buffer.
    scratch: String,
}

impl<'o, 'c> XmlWriter<'o, 'c> {
    fn new(out: &'o mut String, context: &'c Context<'c>) -> Self {
        Self {
            xml: Writer::new(out),
            context,
            scratch: String::new(),
        }
    }

    fn open_collection(&mut self, view: &CollectionView<'_>) {
        self.xml.start(words::COLLECTION);
        self.xml.namespace("", self.context.model.namespace());
        self.xml
            .attribute(words::RESOURCE_URI, &view.collection.type_uri);
    }

    fn children(&mut self, class: &ClassModel, view: &ResourceView<'_>, whole: bool) {
        let said = self.said(class, view.instance);
        for member in &class.shape.members {
            if said.contains(&member.name) {
                continue;
            }
            if !member.xml_attribute
                && member.shared_value().is_none()
                && is_written(self.context, member)
                && view.select.has(member.name)
            {
                self.member(class, member, view, whole);
            }
            self.shared(class, member, view);
        }
        if let Some(position) = class.shape.extensions
            && let Some(value) = view.instance.at(position)
        {
            self.extensions(class, value, view);
        }
    }

    fn member(
        &mut self,
        class: &ClassModel,
        member: &Member,
        view: &ResourceView<'_>,
        whole: bool,
    ) {
        if let MemberKind::Collection(collection) = &member.kind {
            let Some(owner) = id_of(self.context, view.instance).filter(|_| whole) else {
                return;
            };
            let id = collection_id((!collection.is_extent).then_some(owner), collection.name);
            self.xml.start(member.element);
            self.href(&id);
            if let Some(Target::Collection { count, items, add }) = view.expansion(member.name) {
                let item = self.context.model.class(collection.item);
                let select = view.select.inside(member.name);
                let (own, of_items) = selections(collection, item, &select);
                let shown = of_items.iter().flat_map(|select| {
                    let view = move |item| ResourceView::inlined(item, select);
                    items.iter().map(view)
                });
                self.collection(&CollectionView {
                    collection,
                    id: &id,
                    count: *count,
                    items: &shown.collect::<Vec<_>>(),
                    select: &own,
                    add: *add,
                });
            }
            self.xml.end();
            return;
        }
        if is_base_uri(self.context, class, member) {
            self.xml.element(member.element, self.context.links.base());
            return;
        }
        let Some(value) = view.instance.at(member.position) else {
            return;
        };
        match value {
            // An error report has an empty id; nothing else that is empty is written (5.5.15).
            Value::String(text) if text.is_empty() => {
                if whole && matches!(member.kind, MemberKind::Identity) {
                    self.xml.empty(member.element);
                }
                return;
            }
            Value::Null => {
                // Only requests say that something is to be erased. Of an array an empty element would be an item:
                // none of it is there.
                let is_array = member.property.is_some_and(|property| property.is_array);
                if self.context.request && !is_array {
                    self.xml.empty(member.element);
                }
                return;
            }
            _ => {}
        }
        let select = &*view.select.inside(member.name);
        match &member.kind {
            MemberKind::Identity => {
                if whole {
                    self.uri(value.as_str().unwrap_or_default());
                    self.xml.element(member.element, &self.scratch);
                }
            }
            MemberKind::Operations => {
                if whole {
                    self.operations(member, view.instance, value);
                }
            }
            // Written with the element of the structure itself.
            _ if class.shape.inline().is_some_and(|m| m.name == member.name) => {
                self.target(value, select);
            }
            MemberKind::Reference | MemberKind::References | MemberKind::ByValue(_) => {
                for item in value.elements() {
                    self.xml.start(member.element);
                    self.link(item, view.expansion(member.name), select);
                    self.xml.end();
                }
            }
            MemberKind::Any(_) => {
                for item in value.elements() {
                    self.any(member, item);
                }
            }
            MemberKind::Scalars if let Some(attribute) = member.xml_value => {
                for item in value.elements() {
                    self.xml.start(member.element);
                    self.scalar(item);
                    self.xml.attribute(attribute, &self.scratch);
                    self.xml.end();
                }
            }
            MemberKind::Map(class) => {
                let map = self.context.model.class(class).map;
                for entry in value.elements().iter().filter_map(Value::as_instance) {
                    let text = |at| entry.at(at).and_then(Value::as_str).unwrap_or_default();
                    if let Some(map) = map
                        && select.has(text(map.name))
                    {
                        self.xml.start(member.element);
                        self.xml.attribute(words::KEY, text(map.name));
                        self.xml.text(text(map.value));
                        self.xml.end();
                    }
                }
            }
            _ => {
                for item in value.elements() {
                    self.xml.start(member.element);
                    self.content(item, select);
                    self.xml.end();
                }
            }
        }
    }

    /// The element whose attributes hold this member and others, where this is the first of them.
    fn shared(&mut self, class: &ClassModel, member: &Member, view: &ResourceView<'_>) {
        let first = class.shape.sharing(member.element).next();
        if first.is_none_or(|first| first.name != member.name) {
            return;
        }
        let mut is_open = false;
        for member in class.shape.sharing(member.element) {
            if let Some(value) = view.instance.at(member.position)
                && let Some(attribute) = member.shared_value()
                && !value.is_null()
                && view.select.has(member.name)
            {
                if !is_open {
                    self.xml.start(member.element);
                    is_open = true;
                }
                self.scalar(value);
                self.xml.attribute(attribute, &self.scratch);
            }
        }
        if is_open {
            self.xml.end();
        }
    }

    /// A value for which the model has no type.
    fn any(&mut self, member: &Member, value: &Value) {
        let Some(instance) = value.as_instance() else {
            return;
        };
        let class = self.context.model.class(instance.class());
        let Some((format, text)) = any::kept(class, instance) else {
            return;
        };
        let element = member.xml_element();
        if format == words::FORMAT_XML
            && let Some(element) = element
            && any::is_element(text, element)
        {
            self.xml.raw(text);
            return;
        }
        let text = match format {
            words::FORMAT_JSON => any::xml_text(text),
            _ => text.into(),
        };
        match element {
            Some(element) => self.xml.element(element, &text),
            None => self.xml.text(&text),
        }
    }

    /// The inside of the element that was just opened.
    fn content(&mut self, value: &Value, select: &Selection) {
        match value {
            Value::Instance(instance) => self.structure(instance, select),
            Value::Reference(_) => self.link(value, None, select),
            other => {
                self.scalar(other);
                self.xml.text(&self.scratch);
            }
        }
    }

    /// Puts the text of a scalar into `scratch`.
    fn scalar(&mut self, value: &Value) {
        use std::fmt::Write as _;
        self.scratch.clear();
        let _ = match value {
            Value::Boolean(b) => write!(self.scratch, "{b}"),
            Value::Unsigned(n) => write!(self.scratch, "{n}"),
            Value::Signed(n) => write!(self.scratch, "{n}"),
            Value::Real(n) => write!(self.scratch, "{n}"),
            Value::Char16(c) => {
                self.scratch.push_str(&String::from_utf16_lossy(&[*c]));
                Ok(())
            }
            Value::String(text) => {
                self.scratch.push_str(text);
                Ok(())
            }
            Value::DateTime(datetime) => {
                datetime.write_xs(&mut self.scratch);
                Ok(())
            }
            Value::Null | Value::Reference(_) | Value::Instance(_) | Value::Array(_) => Ok(()),
        };
    }

    fn structure(&mut self, instance: &Instance, select: &Selection) {
        let class = self.context.model.class(instance.class());
        for member in &class.shape.members {
            if let Some(value) = instance.at(member.position)
                && member.xml_attribute
                && !value.is_null()
                && select.has(member.name)
            {
                self.scalar(value);
                self.xml.attribute(member.name, &self.scratch);
            }
        }
        if let Some(inline) = class.shape.inline()
            && let Some(id) = instance
                .at(inline.position)
                .and_then(|value| target_id(self.context, value))
        {
            self.href(id);
        }
        self.children(class, &ResourceView::part(instance, select), false);
    }

    /// `href`, and the attributes of a target that is given by value or expanded.
    fn link(&mut self, value: &Value, expansion: Option<&Target>, select: &Selection) {
        let id = target_id(self.context, value);
        if let Some(id) = id {
            self.href(id);
        }
        self.target(value, select);
        if !matches!(value, Value::Instance(_))
            && let Some(target) = expansion.and_then(|t| t.resource(self.context, id))
        {
            let class = self.context.model.class(target.instance.class());
            self.children(class, &ResourceView::inlined(target, select), true);
        }
    }

    /// The attributes of a target that is given by value.
    fn target(&mut self, value: &Value, select: &Selection) {
        if let Value::Instance(instance) = value {
            let class = self.context.model.class(instance.class());
            self.children(class, &ResourceView::part(instance, select), false);
        }
    }

    fn operations(&mut self, member: &Member, instance: &Instance, value: &Value) {
        let id = id_of(self.context, instance).unwrap_or_default();
        for name in value.elements().iter().filter_map(Value::as_str) {
            let (rel, action) = operation_link(self.context, instance, name);
            self.operation(member.element, rel, id, action);
        }
    }

    fn operation(&mut self, element: &str, rel: &str, id: &str, action: Option<&str>) {
        self.uri(id);
        if let Some(action) = action {
            self.scratch.push('/');
            self.scratch.push_str(action);
        }
        self.xml.start(element);
        self.xml.attribute(words::REL, rel);
        self.xml.attribute(words::HREF, &self.scratch);
        self.xml.end();
    }

    fn collection(&mut self, view: &CollectionView<'_>) {
        self.collection_head(view);
        self.collection_items(view);
        self.collection_end(view);
    }

    /// All that stands before the items.
    fn collection_head(&mut self, view: &CollectionView<'_>) {
        if view.select.has(words::ID) {
            self.uri(view.id);
            self.xml.element(words::ID, &self.scratch);
        }
        if view.select.has(words::COUNT) {
            self.xml.start(words::COUNT);
            self.xml.unsigned(view.count);
            self.xml.end();
        }
    }

    fn collection_items(&mut self, view: &CollectionView<'_>) {
        for item in view.items {
            let class = self.context.model.class(item.instance.class());
            self.xml.start(class.type_name);
            self.children(class, item, true);
            self.xml.end();
        }
    }

    /// All that stands behind the items.
    fn collection_end(&mut self, view: &CollectionView<'_>) {
        if view.add && view.select.has(words::OPERATIONS) {
            let root = self.context.model.root();
            let element = root
                .shape
                .member(words::OPERATIONS)
                .map_or(words::OPERATIONS, |m| m.element);
            self.operation(element, words::ADD, view.id, None);
            let item = self.context.model.class(view.collection.item);
            for action in view.collection.actions(item) {
                self.operation(element, action.uri, view.id, Some(action.name));
            }
        }
    }

    /// Attributes beyond the model: XML elements of a namespace of their own as they came; anything else
    /// as text in an element of ours.
    fn extensions(&mut self, class: &ClassModel, value: &Value, view: &ResourceView<'_>) {
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
            let namespace = text(at.namespace).unwrap_or_default();
            let is_xml = text(at.format) == Some(words::FORMAT_XML);
            if let Some(said) = Verbatim::of(class, at, extension) {
                let Context { model, links, .. } = *self.context;
                if self.is_in_place(&said, view.instance)
                    && said.stands(model, links, class, view.instance)
                {
                    if is_xml {
                        self.xml.raw(value);
                    } else {
                        // In the words of the service, where it said them.
                        let plain = serde_json::from_str::<String>(value);
                        let text = plain.as_deref().unwrap_or(value);
                        self.xml.element(said.member.element, text);
                    }
                    continue;
                }
                if self.context.request {
                    // The value was changed, or the service speaks another format.
                    continue;
                }
            } else if is_xml && self.may_stand(class, value, namespace, name) {
                self.xml.raw(value);
                continue;
            }
            let format = if is_xml {
                words::FORMAT_XML
            } else {
                words::FORMAT_JSON
            };
            self.xml.start_prefixed("x", format);
            self.xml.namespace("x", words::EXTENSION_NAMESPACE);
            self.xml.attribute(words::EXTENSION_NAME, name);
            if !namespace.is_empty() {
                self.xml.attribute(words::EXTENSION_OF, namespace);
            }
            self.xml.text(value);
            self.xml.end();
        }
    }

    /// Whether what a service wrote for an attribute can stand in its place: in answers where that has no value and
    /// the words are a text, and in what the service gets back.
    fn is_in_place(&self, said: &Verbatim<'_, '_>, instance: &Instance) -> bool {
        if !said.is_json() {
            return self.context.request;
        }
        matches!(said.member.kind, MemberKind::Scalar)
            && !said.member.xml_attribute
            && !said.member.xml_text
            && said.member.shared_value().is_none()
            && instance.at(said.member.position).is_none_or(Value::is_null)
            && (said.text.starts_with('"')
                || self.context.request && !said.text.starts_with(['{', '[']))
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
                self.is_in_place(said, instance)
                    && said.stands(context.model, context.links, class, instance)
            })
            .map(|said| said.member.name)
            .collect()
    }

    /// Whether a stored text is one whole element of that name, foreign to the model: another binding
    /// may have stored anything. The service that it came from gets its own elements back as they were.
    fn may_stand(&self, class: &ClassModel, xml: &str, namespace: &str, name: &str) -> bool {
        let foreign = !matches!(namespace, "" | words::EXTENSION_NAMESPACE)
            && namespace != self.context.model.namespace()
            || self.context.request
                && namespace != words::EXTENSION_NAMESPACE
                && class.shape.element(name).is_none();
        let whole = || -> Result<bool, xml_wire::XmlError> {
            let mut reader = Reader::new(xml, &Limits::default())?;
            let root = reader.root()?;
            let named = root.is(namespace, name);
            reader.skip()?;
            reader.finish()?;
            Ok(named)
        };
        foreign && xml.starts_with('<') && !xml.starts_with("<?") && whole().unwrap_or(false)
    }

    fn href(&mut self, id: &str) {
        self.uri(id);
        self.xml.attribute(words::HREF, &self.scratch);
    }

    fn uri(&mut self, id: &str) {
        self.scratch.clear();
        if !id.is_empty() {
            self.scratch.push_str(self.context.links.base_of(id));
            self.scratch.push_str(id);
        }
    }
}
