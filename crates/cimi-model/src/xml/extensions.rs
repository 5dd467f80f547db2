//! Attributes beyond the model as XML: elements of other namespaces as they are; what came from JSON as
//! text in an element of our own, as the service writes it.

use std::fmt::Write as _;
use std::io::{Read, Write};

use serde_json::Value;
use xml::attribute::OwnedAttribute;
use xml::name::OwnedName;
use xml::namespace::Namespace;
use xml::reader::{EventReader, ParserConfig, XmlEvent};
use xml::writer;
use yaserde::de::Deserializer;
use yaserde::ser::Serializer;
use yaserde::{Error, YaDeserialize, YaSerialize};

use crate::value::Extensions;

/// Elements that hold an attribute that XML has no other form for: `<x:json name="rack">{"row": 1}</x:json>`.
const NAMESPACE: &str = "urn:x-cimi-bridge:extension";
const JSON: &str = "json";
const XML: &str = "xml";

impl YaSerialize for Extensions {
    fn serialize<W: Write>(&self, writer: &mut Serializer<W>) -> yaserde::Result<()> {
        for (name, value) in &self.0 {
            let (namespace, local) = clark(name);
            match value {
                Value::String(text) if namespace.is_some() && is_whole(text, namespace, local) => {
                    write_raw(text, writer)?;
                }
                Value::String(text) if namespace.is_some() && text.starts_with('<') => {
                    write_held(XML, local, namespace, text, writer)?;
                }
                value => write_held(JSON, local, namespace, &value.to_string(), writer)?,
            }
        }
        Ok(())
    }

    fn serialize_attributes(
        &self,
        attributes: Vec<OwnedAttribute>,
        namespace: Namespace,
    ) -> yaserde::Result<(Vec<OwnedAttribute>, Namespace)> {
        Ok((attributes, namespace))
    }
}

impl YaDeserialize for Extensions {
    /// Reads the element of a structure with the children that the structure does not know.
    fn deserialize<R: Read>(reader: &mut Deserializer<R>) -> yaserde::Result<Self> {
        let mut found = Self::default();
        reader.next_event()?;
        loop {
            match reader.next_event()? {
                XmlEvent::StartElement {
                    name, attributes, ..
                } => {
                    let (key, value) = read_one(&name, &attributes, reader)?;
                    found.0.insert(key, value);
                }
                XmlEvent::EndElement { .. } | XmlEvent::EndDocument => return Ok(found),
                _ => {}
            }
        }
    }
}

/// `{namespace}name`, or a name alone.
fn clark(name: &str) -> (Option<&str>, &str) {
    match name.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((namespace, local)) if !local.is_empty() => (Some(namespace), local),
        _ => (None, name),
    }
}

fn key(namespace: Option<&str>, local: &str) -> String {
    match namespace.filter(|n| !n.is_empty()) {
        Some(namespace) => format!("{{{namespace}}}{local}"),
        None => local.to_owned(),
    }
}

/// Reads from behind a start element to behind its end.
fn read_one<R: Read>(
    name: &OwnedName,
    attributes: &[OwnedAttribute],
    reader: &mut Deserializer<R>,
) -> yaserde::Result<(String, Value)> {
    let mut out = Standalone::default();
    out.start(name, attributes);
    let (mut depth, mut text) = (1, String::new());
    while depth > 0 {
        match reader.next_event()? {
            XmlEvent::StartElement {
                name, attributes, ..
            } => {
                depth += 1;
                out.start(&name, &attributes);
            }
            XmlEvent::EndElement { name } => {
                depth -= 1;
                out.end(&name);
            }
            XmlEvent::Characters(part) | XmlEvent::CData(part) => {
                out.text(&part);
                text.push_str(&part);
            }
            XmlEvent::EndDocument => return Err(Error::custom("an element without end")),
            _ => {}
        }
    }
    let attribute = |wanted: &str| {
        let is_it = |a: &&OwnedAttribute| a.name.namespace.is_none() && a.name.local_name == wanted;
        attributes.iter().find(is_it).map(|a| a.value.as_str())
    };
    let is_held = name.namespace.as_deref() == Some(NAMESPACE);
    match attribute("name").filter(|_| is_held) {
        Some(held) => {
            let key = key(attribute("namespace"), held);
            let value = match serde_json::from_str(&text) {
                Ok(value) if name.local_name != XML => value,
                _ => Value::String(text),
            };
            Ok((key, value))
        }
        None => Ok((
            key(name.namespace.as_deref(), &name.local_name),
            Value::String(out.text),
        )),
    }
}

/// An element as a text that needs nothing around it.
#[derive(Default)]
struct Standalone {
    text: String,
    /// The prefix and namespace that each open element declares.
    declared: Vec<Vec<(String, String)>>,
}

impl Standalone {
    fn start(&mut self, name: &OwnedName, attributes: &[OwnedAttribute]) {
        self.declared.push(Vec::new());
        let _ = write!(self.text, "<{}", qualified(name));
        self.declare(name, true);
        for attribute in attributes {
            self.declare(&attribute.name, false);
            let value = xml::escape::escape_str_attribute(&attribute.value);
            let _ = write!(self.text, " {}=\"{value}\"", qualified(&attribute.name));
        }
        self.text.push('>');
    }

    /// Declares the prefix of a name, unless it is; an attribute without prefix has no namespace.
    fn declare(&mut self, name: &OwnedName, is_element: bool) {
        let prefix = name.prefix.as_deref().unwrap_or("");
        let namespace = name.namespace.as_deref().unwrap_or("");
        if prefix == "xml" || prefix.is_empty() && !is_element {
            return;
        }
        let known = self
            .declared
            .iter()
            .rev()
            .flatten()
            .find(|(p, _)| p == prefix);
        if known.map_or("", |(_, n)| n) == namespace {
            return;
        }
        let value = xml::escape::escape_str_attribute(namespace);
        let _ = match prefix {
            "" => write!(self.text, " xmlns=\"{value}\""),
            _ => write!(self.text, " xmlns:{prefix}=\"{value}\""),
        };
        if let Some(innermost) = self.declared.last_mut() {
            innermost.push((prefix.to_owned(), namespace.to_owned()));
        }
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(&xml::escape::escape_str_pcdata(text));
    }

    fn end(&mut self, name: &OwnedName) {
        self.declared.pop();
        let _ = write!(self.text, "</{}>", qualified(name));
    }
}

fn qualified(name: &OwnedName) -> String {
    match name.prefix.as_deref() {
        Some(prefix) if !prefix.is_empty() => format!("{prefix}:{}", name.local_name),
        _ => name.local_name.clone(),
    }
}

fn events(text: &str) -> EventReader<&[u8]> {
    let config = ParserConfig::new()
        .whitespace_to_characters(true)
        .cdata_to_characters(true)
        .ignore_comments(true);
    EventReader::new_with_config(text.as_bytes(), config)
}

/// Whether a text is one whole element of that name, and none of ours.
fn is_whole(text: &str, namespace: Option<&str>, local: &str) -> bool {
    if !text.starts_with('<') || text.starts_with("<?") || namespace == Some(NAMESPACE) {
        return false;
    }
    let mut is_first = true;
    for event in events(text) {
        match event {
            Ok(XmlEvent::StartElement { name, .. }) if is_first => {
                is_first = false;
                if name.local_name != local || name.namespace.as_deref() != namespace {
                    return false;
                }
            }
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    !is_first
}

/// Writes an element as it stands there.
fn write_raw<W: Write>(text: &str, writer: &mut Serializer<W>) -> yaserde::Result<()> {
    for event in events(text) {
        let event = event.map_err(Error::custom)?;
        let is_content = !matches!(
            event,
            XmlEvent::StartDocument { .. } | XmlEvent::EndDocument
        );
        if let Some(event) = event.as_writer_event().filter(|_| is_content) {
            writer.write(event)?;
        }
    }
    Ok(())
}

fn write_held<W: Write>(
    format: &str,
    name: &str,
    namespace: Option<&str>,
    text: &str,
    writer: &mut Serializer<W>,
) -> yaserde::Result<()> {
    let element = format!("x:{format}");
    let mut start = writer::XmlEvent::start_element(element.as_str())
        .ns("x", NAMESPACE)
        .attr("name", name);
    if let Some(namespace) = namespace {
        start = start.attr("namespace", namespace);
    }
    writer.write(start)?;
    writer.write(writer::XmlEvent::characters(text))?;
    writer.write(writer::XmlEvent::end_element())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::types::Machine;
    use crate::xml::{from_str, to_string};

    #[test]
    fn what_the_model_does_not_know_goes_through_both_formats() {
        let text = r#"<Machine xmlns="http://schemas.dmtf.org/cimi/1" xmlns:a="urn:acme"><name>m</name><a:rack row="1" a:b="&quot;">x &lt; y<a:unit>7</a:unit></a:rack><cpu>2</cpu><plain xmlns="urn:other"/><x:json xmlns:x="urn:x-cimi-bridge:extension" name="labels">{"a":[1,true,null]}</x:json></Machine>"#;
        let machine: Machine = from_str(text).unwrap();
        assert_eq!(machine.cpu, Some(2));
        let extensions = serde_json::to_value(&machine.extensions).unwrap();
        assert_eq!(
            extensions,
            json!({
                "labels": {"a": [1, true, null]},
                "{urn:acme}rack": "<a:rack xmlns:a=\"urn:acme\" row=\"1\" a:b=\"&quot;\">x &lt; y<a:unit>7</a:unit></a:rack>",
                "{urn:other}plain": "<plain xmlns=\"urn:other\"></plain>",
            })
        );
        let written = to_string(&machine).unwrap();
        let again: Machine = from_str(&written).unwrap();
        assert_eq!(again, machine, "{written}");
        let json = serde_json::to_string(&machine).unwrap();
        assert_eq!(serde_json::from_str::<Machine>(&json).unwrap(), machine);
    }

    #[test]
    fn a_text_that_is_no_such_element_is_held() {
        let mut machine = Machine::default();
        for (name, value) in [
            ("{urn:acme}rack", json!("<a:rack xmlns:a='urn:acme'>")),
            ("{urn:acme}other", json!("<a:rack xmlns:a='urn:acme'/>")),
            ("{urn:acme}text", json!("no element")),
            ("plain", json!("<b/>")),
            ("number", json!(1.5)),
        ] {
            machine.extensions.0.insert(name.to_owned(), value);
        }
        let written = to_string(&machine).unwrap();
        assert_eq!(from_str::<Machine>(&written).unwrap(), machine, "{written}");
    }
}
