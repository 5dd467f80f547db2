//! A representation as the service wrote it.

use std::fmt::Write as _;

use cim_core::Instance;
use xml_wire::wscim::{ReadContext, WsCimError, read_instance};
use xml_wire::{Element, Limits, Reader, Writer, XmlError};

use super::tree::Node;

/// What a client takes of one document. A service was asked for less, but does not have to obey.
pub(crate) const ANSWER_LIMITS: Limits = Limits {
    document_bytes: 64 * 1024 * 1024,
    text_bytes: 16 * 1024 * 1024,
    ..Limits::DEFAULT
};

/// A class element (`<p:CIMI_Machine>`), method output or anything else that stood in a body: a document of
/// its own, byte for byte what the service wrote but for the namespace declarations around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    namespace: String,
    name: String,
    xml: String,
}

impl Object {
    pub(crate) fn read<'a>(
        reader: &mut Reader<'a>,
        element: &Element<'a>,
    ) -> Result<Self, XmlError> {
        let xml = reader.raw(element)?.to_standalone();
        Ok(Self {
            namespace: element.ns().to_owned(),
            name: element.local().to_owned(),
            xml,
        })
    }

    /// Reads a document that is one element.
    ///
    /// # Errors
    /// It is no XML, or more than the one element.
    pub fn parse(text: &str) -> Result<Self, XmlError> {
        let mut reader = Reader::new(text, &ANSWER_LIMITS)?;
        let root = reader.root()?;
        let object = Self::read(&mut reader, &root)?;
        reader.finish()?;
        Ok(object)
    }

    /// The local name of its element: the class of an instance.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The namespace of its element: the resource URI of an instance's class.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Its text, a document without XML declaration.
    pub fn xml(&self) -> &str {
        &self.xml
    }

    /// Decodes it by the descriptor of its class.
    ///
    /// # Errors
    /// The schema of the context does not know the class, one of the properties, or a value's type: then
    /// [`Object::tree`] still has everything.
    pub fn instance(&self, context: &ReadContext<'_>) -> Result<Instance, WsCimError> {
        let mut reader = Reader::new(&self.xml, &ANSWER_LIMITS)?;
        let root = reader.root()?;
        let class = context.schema.class(&self.name).ok_or_else(|| {
            let kind = cim_core::ErrorKind::InvalidClass;
            cim_core::CimError::new(kind, format!("There is no class `{}`.", self.name))
        })?;
        read_instance(&mut reader, &root, class, context)
    }

    /// Decodes it as a method's output by the descriptor of the method.
    ///
    /// # Errors
    /// As for [`Object::instance`].
    pub fn output(
        &self,
        method: &'static cim_core::MethodDescriptor,
        context: &ReadContext<'_>,
    ) -> Result<(Vec<(String, cim_core::Value)>, cim_core::Value), WsCimError> {
        let mut reader = Reader::new(&self.xml, &ANSWER_LIMITS)?;
        let root = reader.root()?;
        xml_wire::wscim::read_output(&mut reader, &root, method, context)
    }

    /// Decodes it without knowing the class.
    ///
    /// # Errors
    /// None in practice: it has been read once already.
    pub fn tree(&self) -> Result<Node, XmlError> {
        let mut reader = Reader::new(&self.xml, &ANSWER_LIMITS)?;
        let root = reader.root()?;
        Node::read(&mut reader, &root)
    }

    /// The same with the elements of one property replaced, for Get, change and Put. `write` writes the new
    /// elements; they stand where the old ones stood, or at the end. The prefix for the class is passed.
    ///
    /// # Errors
    /// As for [`Object::tree`].
    pub fn with_property(
        &self,
        property: &str,
        write: impl FnOnce(&mut Writer<'_>, &str),
    ) -> Result<Self, XmlError> {
        let mut reader = Reader::new(&self.xml, &ANSWER_LIMITS)?;
        let root = reader.root()?;
        let prefix = root.name().prefix().to_owned();
        let mut out = String::with_capacity(self.xml.len() + 64);
        // The start tag as it is; one that ends the element as well is opened.
        let head = self.xml.get(..reader.position()).unwrap_or_default();
        let head = head.trim_end_matches('>').trim_end_matches('/').trim_end();
        out.push_str(head);
        out.push('>');
        let mut writer = Writer::new(&mut out);
        let mut write = Some(write);
        while let Some(child) = reader.child()? {
            let raw = reader.raw(&child)?;
            if child.local().eq_ignore_ascii_case(property) {
                if let Some(write) = write.take() {
                    write(&mut writer, &prefix);
                }
            } else {
                writer.raw(raw.text());
            }
        }
        if let Some(write) = write.take() {
            write(&mut writer, &prefix);
        }
        if prefix.is_empty() {
            let _ = write!(out, "</{}>", self.name);
        } else {
            let _ = write!(out, "</{prefix}:{}>", self.name);
        }
        Self::parse(&out)
    }
}
