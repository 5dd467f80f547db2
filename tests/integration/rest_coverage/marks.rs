//! Which attributes were seen where: documents are looked through with the names of the descriptors.

use std::collections::BTreeSet;

use cimi_rest::{ClassModel, Format, Member, MemberKind, RestModel};
use roxmltree::Node;
use serde_json::{Map, Value};

/// What was done with an attribute, a collection or an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// A service answered with it, and it had a value.
    Read,
    /// A client sent it, and was not refused.
    Written,
    /// The collection was read.
    Listed,
    /// The operation was done.
    Done,
}

/// One thing that was seen: the class, the attribute or operation, in one format.
type Mark = (&'static str, &'static str, Way, bool);

/// All that was seen.
pub(super) struct Marks<'m> {
    model: &'m RestModel,
    found: BTreeSet<Mark>,
}

impl<'m> Marks<'m> {
    pub(super) fn new(model: &'m RestModel) -> Self {
        Self {
            model,
            found: BTreeSet::new(),
        }
    }

    pub(super) fn has(
        &self,
        class: &ClassModel,
        name: &'static str,
        way: Way,
        format: Format,
    ) -> bool {
        let mark = (class.class.name, name, way, format == Format::Xml);
        self.found.contains(&mark)
    }

    pub(super) fn add(&mut self, class: &ClassModel, name: &'static str, way: Way, format: Format) {
        let mark = (class.class.name, name, way, format == Format::Xml);
        self.found.insert(mark);
    }

    /// The class that a type URI or an element names.
    fn of_type(&self, name: &str) -> Option<&'m ClassModel> {
        self.model
            .resource_type(name.rsplit('/').next().unwrap_or(name))
    }

    /// Looks through a JSON document, whatever it is of.
    pub(super) fn json_document(&mut self, way: Way, document: &Value) {
        let Some(object) = document.as_object() else {
            return;
        };
        let uri = document["resourceURI"].as_str().unwrap_or_default();
        if let Some(class) = self.of_type(uri) {
            self.json(way, class, object);
            return;
        }
        let item = uri
            .strip_suffix("Collection")
            .and_then(|uri| self.of_type(uri));
        if let Some(class) = item {
            let group = class.json_group.unwrap_or_default();
            for item in document[group].as_array().into_iter().flatten() {
                self.json(way, class, item.as_object().expect("an object"));
            }
        }
    }

    /// Looks through an object of a class.
    pub(super) fn json(&mut self, way: Way, class: &'m ClassModel, object: &Map<String, Value>) {
        for (name, value) in object {
            let Some(member) = class.shape.member(name) else {
                if let Some(inline) = class.shape.inline().and_then(|member| self.inside(member)) {
                    let one: Map<_, _> = [(name.clone(), value.clone())].into_iter().collect();
                    self.json(way, inline, &one);
                }
                continue;
            };
            if value.is_null() {
                continue;
            }
            self.add(class, member.name, way, Format::Json);
            let parts: Vec<&Map<String, Value>> = match value {
                Value::Array(items) => items.iter().filter_map(Value::as_object).collect(),
                Value::Object(object) => vec![object],
                _ => continue,
            };
            match &member.kind {
                MemberKind::Map(class) => {
                    let class = self.model.class(class);
                    for member in &class.shape.members {
                        self.add(class, member.name, way, Format::Json);
                    }
                }
                MemberKind::Collection(collection) => {
                    let item = self.model.class(collection.item);
                    let group = collection.json_group(item);
                    for part in parts {
                        for item_object in part
                            .get(group)
                            .and_then(Value::as_array)
                            .into_iter()
                            .flatten()
                        {
                            self.json(way, item, item_object.as_object().expect("an object"));
                        }
                    }
                }
                _ => {
                    for part in parts {
                        if let Some(class) = self.inside(member) {
                            let class = self.kind(class, |name| !part.contains_key(name));
                            self.json(way, class, part);
                        }
                    }
                }
            }
        }
    }

    fn inside(&self, member: &Member) -> Option<&'m ClassModel> {
        match member.kind {
            MemberKind::ByValue(class)
            | MemberKind::Structure(class)
            | MemberKind::Structures(class) => Some(self.model.class(class)),
            _ => None,
        }
    }

    /// Of several kinds, the one with the fewest attributes that are absent.
    fn kind(&self, class: &'m ClassModel, absent: impl Fn(&str) -> bool) -> &'m ClassModel {
        let kinds = class.kinds.iter().map(|kind| self.model.class(kind));
        kinds
            .min_by_key(|kind| {
                let members = kind.shape.members.iter();
                members.filter(|member| absent(member.name)).count()
            })
            .unwrap_or(class)
    }

    /// Looks through an XML document, whatever it is of.
    pub(super) fn xml_document(&mut self, way: Way, text: &str) {
        let document = roxmltree::Document::parse(text).expect("well-formed XML");
        let root = document.root_element();
        if let Some(uri) = root.attribute("resourceURI") {
            for item in root.children().filter(Node::is_element) {
                let name = item.tag_name().name();
                if uri.ends_with(&format!("/{name}Collection"))
                    && let Some(class) = self.of_type(name)
                {
                    self.xml(way, class, item);
                }
            }
        } else if let Some(class) = self.of_type(root.tag_name().name()) {
            self.xml(way, class, root);
        }
    }

    /// Looks through an element of a class.
    pub(super) fn xml(&mut self, way: Way, class: &'m ClassModel, node: Node<'_, '_>) {
        for attribute in node.attributes() {
            let members = class.shape.members.iter();
            let mut named = members.filter(|m| m.xml_attribute || m.element == attribute.name());
            if let Some(member) = named.find(|m| m.name == attribute.name()) {
                self.add(class, member.name, way, Format::Xml);
            }
        }
        if let Some(member) = class.shape.text()
            && node.text().is_some_and(|text| !text.trim().is_empty())
        {
            self.add(class, member.name, way, Format::Xml);
        }
        for child in node.children().filter(Node::is_element) {
            let name = child.tag_name().name();
            let mut shared = false;
            let sharing: Vec<_> = class.shape.sharing(name).collect();
            for member in sharing {
                if let Some(attribute) = member.shared_value()
                    && child.attribute(attribute).is_some()
                {
                    self.add(class, member.name, way, Format::Xml);
                    shared = true;
                }
            }
            if shared {
                continue;
            }
            let Some(member) = class.shape.element(name) else {
                if let Some(inline) = class.shape.inline().and_then(|member| self.inside(member))
                    && let Some(member) = inline.shape.element(name)
                {
                    self.add(inline, member.name, way, Format::Xml);
                    if let Some(class) = self.inside(member) {
                        self.xml(way, class, child);
                    }
                }
                continue;
            };
            self.add(class, member.name, way, Format::Xml);
            match &member.kind {
                MemberKind::Map(class) => {
                    let class = self.model.class(class);
                    for member in &class.shape.members {
                        self.add(class, member.name, way, Format::Xml);
                    }
                }
                MemberKind::Collection(collection) => {
                    let class = self.model.class(collection.item);
                    let items = child
                        .children()
                        .filter(|c| c.tag_name().name() == class.type_name);
                    for item in items {
                        self.xml(way, class, item);
                    }
                }
                _ => {
                    if let Some(class) = self.inside(member) {
                        let class = self.kind(class, |name| {
                            !child.children().any(|c| c.tag_name().name() == name)
                        });
                        self.xml(way, class, child);
                    }
                }
            }
        }
    }
}
