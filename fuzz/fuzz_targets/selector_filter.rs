//! A selector filter (`Name=value` a line): what it lets through is what a representation with these texts is.
#![no_main]

use cim_core::{Instance, Value};
use cim_query::parse_selector_filter;
use libfuzzer_sys::fuzz_target;
use xml_wire::wscim::{CIM_SCHEMA, ReadContext, read_instance};
use xml_wire::{Limits, Reader, Writer};

/// The representation that has these texts as properties, if there is one.
fn instance(pairs: &[(&str, &str)]) -> Option<Instance> {
    let schema = cimi_model::schema();
    let mut text = String::new();
    let mut writer = Writer::new(&mut text);
    writer.start("p:CIMI_Machine");
    writer.namespace("p", &format!("{CIM_SCHEMA}CIMI_Machine"));
    for (name, value) in pairs {
        // Not every name is one of an element.
        name.bytes()
            .all(|b| b.is_ascii_alphanumeric())
            .then_some(())?;
        writer.element(&format!("p:{name}"), value);
    }
    writer.end();
    let context = ReadContext {
        schema,
        namespace: "root/cimi",
        rest_base: None,
    };
    let mut reader = Reader::new(&text, &Limits::DEFAULT).ok()?;
    let root = reader.root().ok()?;
    read_instance(&mut reader, &root, schema.class("CIMI_Machine")?, &context).ok()
}

fuzz_target!(|text: &str| {
    let schema = cimi_model::schema();
    let pairs: Vec<_> = text
        .lines()
        .filter_map(|line| line.split_once('='))
        .collect();
    for class in schema.classes() {
        let _ = parse_selector_filter(class, pairs.iter().copied());
    }
    let Some(class) = schema.class("CIMI_Machine") else {
        return;
    };
    let Ok(predicate) = parse_selector_filter(class, pairs.iter().copied()) else {
        return;
    };
    let Some(instance) = instance(&pairs) else {
        return;
    };
    // Filters do not look at the blanks around a value, and nothing equals what is not a number. What XML cannot
    // carry never comes.
    let carried = |c: char| c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let plain = pairs.iter().all(|(name, value)| {
        value.trim() == *value
            && !value.is_empty()
            && value.chars().all(carried)
            && !matches!(instance.value(name), Value::Real(n) if n.is_nan())
    });
    assert!(!plain || predicate.matches(&instance), "{pairs:?}");
});
