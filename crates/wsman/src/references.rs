//! Reading selectors and endpoint references (DSP0226 5.1).
//!
//! What is wrong with them is noted and the reading goes on: the fault has to relate to a MessageID that
//! may come later.

use xml_wire::{Event, Reader, XmlError};

use crate::epr::{Epr, MAX_NESTING, SelectorSet, SelectorValue};
use crate::fault::{Detail, Fault, Subcode};
use crate::headers::{Problems, bounded};
use crate::request::schema;
use crate::uris::ns;

/// Reads the content of a `wsman:SelectorSet`.
pub(crate) fn read_selector_set(
    reader: &mut Reader<'_>,
    depth: usize,
    problems: &mut Problems,
) -> Result<SelectorSet, XmlError> {
    let mut set = SelectorSet::default();
    let mut empty = true;
    while let Some(selector) = reader.child()? {
        if !selector.is(ns::WSMAN, "Selector") {
            reader.skip()?;
            continue;
        }
        empty = false;
        let name = selector.attribute("", "Name").map(|n| n.trim().to_owned());
        let value = read_selector(reader, depth, problems)?;
        match name.filter(|n| !n.is_empty()) {
            None => problems.note(schema("A wsman:Selector has no Name.")),
            Some(name) => {
                if let Err(fault) = set.add(name, value) {
                    problems.note(fault);
                }
            }
        }
    }
    if empty {
        problems.note(schema("A wsman:SelectorSet is empty."));
    }
    Ok(set)
}

/// The content of a selector: text, or one endpoint reference.
fn read_selector(
    reader: &mut Reader<'_>,
    depth: usize,
    problems: &mut Problems,
) -> Result<SelectorValue, XmlError> {
    let mut text = String::new();
    let mut reference = None;
    loop {
        match reader.next()? {
            Event::Text(piece) => text.push_str(&piece),
            Event::Start(element) => {
                let is_reference = element.local() == "EndpointReference"
                    && matches!(element.ns(), ns::WSA | ns::WSA_2005);
                if !is_reference || reference.is_some() {
                    problems.note(schema(
                        "A wsman:Selector contains a text or one wsa:EndpointReference.",
                    ));
                    reader.skip()?;
                } else if depth >= MAX_NESTING {
                    problems.note(
                        Fault::new(Subcode::EncodingLimit)
                            .detail(Detail::SelectorLimit)
                            .because(format!(
                                "Endpoint references are nested more than {MAX_NESTING} deep."
                            )),
                    );
                    reader.skip()?;
                } else {
                    reference = Some(read_reference(reader, depth + 1, problems)?);
                }
            }
            Event::End | Event::Eof => break,
        }
    }
    Ok(match reference {
        Some(reference) => SelectorValue::Reference(Box::new(reference)),
        // Selectors are typed by people and printed by pretty-printers (DSP0226, white space).
        None => SelectorValue::Text(text.trim().to_owned()),
    })
}

/// Reads the content of an endpoint reference; one that is wrapped once more is accepted.
pub(crate) fn read_reference(
    reader: &mut Reader<'_>,
    depth: usize,
    problems: &mut Problems,
) -> Result<Epr, XmlError> {
    let mut reference = Epr::default();
    while let Some(part) = reader.child()? {
        if !matches!(part.ns(), ns::WSA | ns::WSA_2005) {
            reader.skip()?;
            continue;
        }
        match part.local() {
            "ReferenceParameters" | "ReferenceProperties" => {
                while let Some(parameter) = reader.child()? {
                    if parameter.is(ns::WSMAN, "ResourceURI") {
                        let uri = bounded(reader, "wsman:ResourceURI", problems)?;
                        reference.resource_uri = cim_core::iri(&uri).into_owned();
                    } else if parameter.is(ns::WSMAN, "SelectorSet") {
                        reference.selectors =
                            read_selector_set(reader, depth, problems)?.into_vec();
                    } else {
                        reader.skip()?;
                    }
                }
            }
            "EndpointReference" if depth < MAX_NESTING => {
                reference = read_reference(reader, depth + 1, problems)?;
            }
            _ => reader.skip()?,
        }
    }
    Ok(reference)
}
