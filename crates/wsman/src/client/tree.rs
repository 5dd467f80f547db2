//! An element as a tree, for what no class descriptor explains.

use xml_wire::{Element, Event, Reader, XmlError, ns};

use crate::epr::{Epr, Selector, SelectorValue};

/// An element with everything in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Its namespace; empty for none.
    pub namespace: String,
    /// Its local name.
    pub name: String,
    /// Its attributes that are no namespace declarations: namespace, name, value.
    pub attributes: Vec<(String, String, String)>,
    /// The elements in it.
    pub children: Vec<Self>,
    /// The text in it, without that of its children.
    pub text: String,
}

impl Node {
    /// Reads the innermost open element.
    pub(crate) fn read(reader: &mut Reader<'_>, element: &Element<'_>) -> Result<Self, XmlError> {
        let mut open = vec![Self::begin(element)];
        loop {
            match reader.next()? {
                Event::Start(child) => open.push(Self::begin(&child)),
                Event::Text(text) => {
                    if let Some(node) = open.last_mut() {
                        node.text.push_str(&text);
                    }
                }
                Event::End | Event::Eof => {
                    let Some(mut node) = open.pop() else {
                        return Ok(Self::default());
                    };
                    // What only indents.
                    if !node.children.is_empty() && node.text.trim().is_empty() {
                        node.text.clear();
                    }
                    match open.last_mut() {
                        Some(parent) => parent.children.push(node),
                        None => return Ok(node),
                    }
                }
            }
        }
    }

    fn begin(element: &Element<'_>) -> Self {
        let attributes = element.attributes().iter().map(|attribute| {
            let name = attribute.name();
            (
                name.ns().to_owned(),
                name.local().to_owned(),
                attribute.value().to_owned(),
            )
        });
        Self {
            namespace: element.ns().to_owned(),
            name: element.local().to_owned(),
            attributes: attributes.collect(),
            children: Vec::new(),
            text: String::new(),
        }
    }

    /// The first child of this name, in any namespace.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The value of an attribute without a namespace.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attribute_of("", name)
    }

    fn attribute_of(&self, namespace: &str, name: &str) -> Option<&str> {
        let found = self
            .attributes
            .iter()
            .find(|(ns, local, _)| ns == namespace && local == name);
        found.map(|(_, _, value)| value.as_str())
    }

    /// Whether it says `xsi:nil="true"`.
    pub fn is_nil(&self) -> bool {
        self.attribute_of(ns::XSI, "nil")
            .is_some_and(|value| matches!(value.trim(), "true" | "1"))
    }

    /// The time or interval in it, if it is one of WS-CIM (`cim:Datetime` and its kind).
    pub fn datetime(&self) -> Option<&str> {
        match self.children.as_slice() {
            [form] if form.namespace == ns::CIM_COMMON && form.children.is_empty() => {
                Some(form.text.trim())
            }
            _ => None,
        }
    }

    /// The endpoint reference that it is or contains, in either WS-Addressing.
    pub fn reference(&self) -> Option<Epr> {
        let addressing = |node: &Self| matches!(&*node.namespace, ns::WSA_2004 | ns::WSA_2005);
        if let [only] = self.children.as_slice()
            && only.name == "EndpointReference"
            && addressing(only)
        {
            return only.reference();
        }
        let mut epr = Epr::default();
        let mut found = false;
        for child in self.children.iter().filter(|child| addressing(child)) {
            match child.name.as_str() {
                "Address" => {
                    found = true;
                    child.text.trim().clone_into(&mut epr.address);
                }
                "ReferenceParameters" | "ReferenceProperties" => {
                    for parameter in &child.children {
                        match parameter.name.as_str() {
                            "ResourceURI" => {
                                parameter.text.trim().clone_into(&mut epr.resource_uri);
                            }
                            "SelectorSet" => epr.selectors.extend(parameter.selectors()),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        found.then_some(epr)
    }

    /// The selectors of a SelectorSet.
    fn selectors(&self) -> impl Iterator<Item = Selector> + '_ {
        let selectors = self.children.iter().filter(|s| s.name == "Selector");
        selectors.filter_map(|selector| {
            let value = match selector.reference() {
                Some(epr) => SelectorValue::Reference(Box::new(epr)),
                None => SelectorValue::Text(selector.text.trim().to_owned()),
            };
            let name = selector.attribute("Name")?.trim().to_owned();
            Some(Selector { name, value })
        })
    }
}
