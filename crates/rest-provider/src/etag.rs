//! Versions of resources.
//!
//! A version is computed from the representation: items of collections have no entity tag, some clouds have
//! none at all, and one has a tag that no condition accepts. What the cloud itself calls the version is
//! remembered beside it, so that a conditional change needs no further request; where it is forgotten, the
//! resource is read again.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use cim_core::{Etag, Instance, Value};

/// Versions that are remembered.
const MAX_KNOWN: usize = 4096;

/// Not part of the state: what the caller may do, and a date that some clouds make up with each answer.
const VOLATILE: [&str; 2] = ["AvailableOperations", "Created"];

/// The version of a representation.
pub(crate) fn etag(instance: &Instance) -> Etag {
    let mut hasher = DefaultHasher::new();
    instance.class().name.hash(&mut hasher);
    for (property, value) in instance.present() {
        if !VOLATILE.contains(&property.name) && !value.is_null() {
            property.name.hash(&mut hasher);
            hash(value, &mut hasher);
        }
    }
    Etag(format!("{:016x}", hasher.finish()))
}

fn hash(value: &Value, hasher: &mut DefaultHasher) {
    std::mem::discriminant(value).hash(hasher);
    match value {
        Value::Null => {}
        Value::Boolean(b) => b.hash(hasher),
        Value::Unsigned(n) => n.hash(hasher),
        Value::Signed(n) => n.hash(hasher),
        Value::Real(n) => n.to_bits().hash(hasher),
        Value::Char16(c) => c.hash(hasher),
        Value::String(text) => text.as_str().hash(hasher),
        Value::DateTime(time) => time.to_string().hash(hasher),
        Value::Reference(path) => path.to_string().hash(hasher),
        Value::Array(values) => {
            values.len().hash(hasher);
            values.iter().for_each(|value| hash(value, hasher));
        }
        Value::Instance(inner) => {
            inner.class().name.hash(hasher);
            for (property, value) in inner.present() {
                if !value.is_null() {
                    property.name.hash(hasher);
                    hash(value, hasher);
                }
            }
        }
    }
}

/// What the cloud calls the versions that were read lately.
#[derive(Debug, Default)]
pub(crate) struct Versions(Mutex<HashMap<(String, Etag), String>>);

impl Versions {
    pub(crate) fn remember(&self, id: &str, etag: &Etag, tag: &str) {
        // A weak tag is good for no condition (RFC 9110 13.1.1), nor is one that is not quoted.
        if !tag.starts_with('"') {
            return;
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX_KNOWN {
            known.clear();
        }
        known.insert((id.to_owned(), etag.clone()), tag.to_owned());
    }

    pub(crate) fn tag(&self, id: &str, etag: &Etag) -> Option<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&(id.to_owned(), etag.clone())).cloned()
    }
}
