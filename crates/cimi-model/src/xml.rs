//! CIMI XML documents of the typed structures, through yaserde.
//!
//! This is for clients, import and tests, with documents that one trusts: yaserde builds on a reader
//! without the bounds of the service's own. What yaserde loses by itself is put right here: white space
//! at the ends of a text, carriage returns, a root element of another name, characters that XML cannot
//! carry.

mod extensions;

use std::io::{Read, Write};

use xml::reader::{EventReader, ParserConfig, XmlEvent};
use yaserde::de::Deserializer;
use yaserde::ser::{Config, Serializer};
use yaserde::{Error, YaDeserialize, YaSerialize};

/// A structure that is an XML document of its own.
pub trait Document {
    /// The local name of its root element.
    const ROOT: &'static str;
    /// The namespace of its elements.
    const NAMESPACE: &'static str;
}

/// The document of a resource or request.
///
/// # Errors
/// A text has a character that XML 1.0 cannot carry.
pub fn to_string<T: Document + YaSerialize>(value: &T) -> Result<String, Error> {
    let text = yaserde::ser::to_string_with_config(value, &Config::default())?;
    let illegal = |c: char| {
        c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    if let Some(c) = text.chars().find(|c| illegal(*c)) {
        return Err(Error::custom(format!(
            "XML cannot carry the character U+{:04X}",
            u32::from(c)
        )));
    }
    // A reader would take a bare carriage return for a line end, and a tab in an attribute for a blank.
    Ok(text.replace('\r', "&#13;").replace('\t', "&#9;"))
}

/// Reads the document of a resource or request.
///
/// # Errors
/// It is not well-formed, has another root element, or a value does not fit its attribute.
pub fn from_str<T: Document + YaDeserialize>(text: &str) -> Result<T, Error> {
    let config = ParserConfig::new()
        .trim_whitespace(false)
        .whitespace_to_characters(true)
        .cdata_to_characters(true)
        .ignore_comments(true)
        .coalesce_characters(true);
    let mut reader = Deserializer::new(EventReader::new_with_config(text.as_bytes(), config));
    // White space before the root element is no event.
    match reader.peek()? {
        XmlEvent::StartElement { name, .. }
            if name.local_name == T::ROOT && name.namespace.as_deref() == Some(T::NAMESPACE) =>
        {
            T::deserialize(&mut reader)
        }
        XmlEvent::StartElement { name, .. } => Err(Error::custom(format!(
            "the root element is `{name}`, not `{}` of {}",
            T::ROOT,
            T::NAMESPACE
        ))),
        _ => Err(Error::custom("there is no root element")),
    }
}

/// Writes an element with this text, by the name that the holder of the value has given.
pub(crate) fn write_text<W: Write>(text: &str, writer: &mut Serializer<W>) -> yaserde::Result<()> {
    let name = writer.get_start_event_name();
    let name = name.as_deref().filter(|_| !writer.skip_start_end());
    if let Some(name) = name {
        writer.write(xml::writer::XmlEvent::start_element(name))?;
    }
    writer.write(xml::writer::XmlEvent::characters(text))?;
    if name.is_some() {
        writer.write(xml::writer::XmlEvent::end_element())?;
    }
    Ok(())
}

/// Reads from a start element to before its end element: the text between.
pub(crate) fn read_text<R: Read>(reader: &mut Deserializer<R>) -> yaserde::Result<String> {
    reader.next_event()?;
    let mut text = String::new();
    loop {
        match reader.peek()? {
            XmlEvent::Characters(part) => text.push_str(part),
            XmlEvent::EndElement { .. } => return Ok(text),
            other => return Err(Error::custom(format!("expected text, found {other:?}"))),
        }
        reader.next_event()?;
    }
}
