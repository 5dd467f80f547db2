//! Versions for back ends whose protocol has none: how a resource looks is its version.
//!
//! Both ends of WS-Management compute it from the representation, so that a write can be conditional on it
//! although no message carries an entity tag.

use blake2::Blake2s;
use blake2::digest::consts::U16;
use blake2::digest::{Digest, Update};
use cim_core::{Etag, Instance, Value};

/// What depends on who asks, and is no part of the state.
const OF_THE_CALLER: &str = "AvailableOperations";

/// The version of a resource that looks like this. Equal instances have the same: absent, NULL and empty
/// arrays are one.
pub fn fingerprint(instance: &Instance) -> Etag {
    let mut hash = Blake2s::<U16>::new();
    add_instance(&mut hash, instance);
    let mut text = String::with_capacity(32);
    for byte in hash.finalize() {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(half)]));
        }
    }
    Etag(text)
}

fn add_instance(hash: &mut Blake2s<U16>, instance: &Instance) {
    let class = instance.class();
    add(hash, b'I', class.name);
    for at in class.alphabetical {
        let at = usize::from(*at);
        let (Some(property), Some(value)) = (class.properties.get(at), instance.at(at)) else {
            continue;
        };
        let nothing = value.elements().is_empty();
        if nothing || !property.flags.read || property.name == OF_THE_CALLER {
            continue;
        }
        add(hash, b'P', property.name);
        add_value(hash, value);
    }
    Update::update(hash, b"e");
}

fn add_value(hash: &mut Blake2s<U16>, value: &Value) {
    match value {
        Value::Null => Update::update(hash, b"n"),
        Value::Boolean(b) => Update::update(hash, if *b { b"t" } else { b"f" }),
        // The sign is the property's business, not the value's.
        Value::Unsigned(n) => add(hash, b'N', &n.to_string()),
        Value::Signed(n) => add(hash, b'N', &n.to_string()),
        Value::Real(n) => add(hash, b'R', &n.to_string()),
        Value::Char16(c) => add(hash, b'C', &c.to_string()),
        Value::String(text) => add(hash, b'S', text),
        Value::DateTime(time) => add(hash, b'D', &time.to_string()),
        Value::Reference(path) => add(hash, b'L', &path.to_string()),
        Value::Instance(inner) => add_instance(hash, inner),
        Value::Array(items) => {
            add(hash, b'A', &items.len().to_string());
            items.iter().for_each(|item| add_value(hash, item));
        }
    }
}

/// A text behind its length, so that no two different resources say the same.
fn add(hash: &mut Blake2s<U16>, kind: u8, text: &str) {
    Update::update(hash, &[kind]);
    Update::update(hash, &(text.len() as u64).to_le_bytes());
    Update::update(hash, text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_for_what_is_equal_and_differs_otherwise() {
        let class = cimi_model::schema().class("CIMI_Machine").unwrap();
        let machine = || {
            Instance::new(class)
                .with("ElementName", "a")
                .with("Cpu", 1_u64)
        };
        let version = fingerprint(&machine());
        assert_eq!(version.0.len(), 32);
        let same = machine()
            .with("Description", Value::Null)
            .with("AvailableOperations", Value::Array(vec!["delete".into()]))
            .with("Properties", Value::Array(Vec::new()));
        assert_eq!(fingerprint(&same), version);
        for other in [
            machine().with("Cpu", 2_u64),
            machine().with("Description", "a"),
            Instance::new(class)
                .with("Cpu", 1_u64)
                .with("Description", "a"),
        ] {
            assert_ne!(fingerprint(&other), version);
        }
    }
}
