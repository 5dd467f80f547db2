//! Bytes of a message, up to the last event.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xml_wire::{Event, Limits, Reader, XmlError, decode};

/// The events of a document as text.
fn events(text: &str) -> Result<String, XmlError> {
    let mut reader = Reader::new(text, &Limits::DEFAULT)?;
    let mut out = String::new();
    loop {
        match reader.next()? {
            Event::Start(element) => {
                out += &format!("<{} ", element.name());
                for attribute in element.attributes() {
                    out += &format!("{}={:?} ", attribute.name(), attribute.value());
                }
            }
            Event::End => out.push('>'),
            Event::Text(text) => out += &format!("{text:?}"),
            Event::Eof => return Ok(out),
        }
    }
}

fn raw(text: &str) -> Result<String, XmlError> {
    let mut reader = Reader::new(text, &Limits::DEFAULT)?;
    let root = reader.root()?;
    let raw = reader.raw(&root)?;
    Ok(raw.to_standalone())
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(decoded) = decode(bytes, None) else {
        return;
    };
    let text = &decoded.text;
    match events(text) {
        Ok(seen) => {
            let raw = raw(text).expect("what was read once is read again");
            // A default of no namespace is added where it was only implied; that changes no event.
            assert_eq!(events(&raw).expect("a raw element is a document"), seen);
        }
        Err(error) => assert!(error.offset() <= text.len()),
    }
});
