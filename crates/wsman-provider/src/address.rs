//! From object paths to endpoint references, and what of a path can be refused without asking.

use cim_core::{CimError, ClassDescriptor, ErrorKind, KeyValue, ObjectPath, Schema};
use wsman::epr::{CIM_NAMESPACE_SELECTOR, Epr, Selector, SelectorValue};
use wsman::uris::CIM_SCHEMA;

/// The reference to a class, without keys.
pub(crate) fn class_target(class: &str, namespace: &str) -> Epr {
    target_of(format!("{CIM_SCHEMA}{class}"), namespace)
}

/// The reference to a resource URI, without keys.
pub(crate) fn target_of(resource_uri: String, namespace: &str) -> Epr {
    Epr {
        address: String::new(),
        resource_uri,
        selectors: vec![text_selector(CIM_NAMESPACE_SELECTOR, namespace)],
    }
}

fn text_selector(name: &str, value: &str) -> Selector {
    Selector {
        name: name.to_owned(),
        value: SelectorValue::Text(value.to_owned()),
    }
}

/// The reference to an instance.
pub(crate) fn target(path: &ObjectPath, namespace: &str) -> Epr {
    let mut epr = class_target(&path.class, path.namespace.as_deref().unwrap_or(namespace));
    epr.selectors
        .extend(path.keys.iter().map(|(name, key)| Selector {
            name: name.clone(),
            value: selector_value(key, namespace),
        }));
    epr
}

/// The value of a selector for a key.
pub(crate) fn selector_value(key: &KeyValue, namespace: &str) -> SelectorValue {
    SelectorValue::Text(match key {
        KeyValue::String(text) => text.clone(),
        KeyValue::Boolean(b) => b.to_string(),
        KeyValue::Unsigned(n) => n.to_string(),
        KeyValue::Signed(n) => n.to_string(),
        KeyValue::Reference(path) => {
            return SelectorValue::Reference(Box::new(target(path, namespace)));
        }
    })
}

/// The class of that name.
///
/// # Errors
/// [`ErrorKind::InvalidClass`], naming the class that may be meant.
pub(crate) fn class(schema: &Schema, name: &str) -> Result<&'static ClassDescriptor, CimError> {
    schema.class(name).ok_or_else(|| {
        let hint = schema
            .nearest_class(name)
            .map_or(String::new(), |near| format!(" Did you mean {near}?"));
        CimError::new(
            ErrorKind::InvalidClass,
            format!("There is no class {name}.{hint}"),
        )
        .with_subject(name)
    })
}

/// The class of a path that has to name one instance, and the path in the schema's spelling.
///
/// # Errors
/// [`ErrorKind::InvalidClass`]; [`ErrorKind::InvalidParameter`] for keys that are missing or of another class:
/// the service would take a path without keys for the only instance of the class.
pub(crate) fn instance(
    schema: &Schema,
    path: &ObjectPath,
) -> Result<(&'static ClassDescriptor, ObjectPath), CimError> {
    let class = class(schema, &path.class)?;
    // An instance may be addressed through a superclass without keys; then those of a subclass are meant.
    let possible = |given: &ClassDescriptor| {
        given.keys.len() == path.keys.len()
            && given
                .key_properties()
                .all(|key| path.key(key.name).is_some())
    };
    let fits = if class.keys.is_empty() {
        let below = schema.closure(class.name);
        below.into_iter().any(|c| !c.keys.is_empty() && possible(c))
    } else {
        possible(class)
    };
    if !fits || path.keys.is_empty() {
        let keys: Vec<&str> = class.key_properties().map(|key| key.name).collect();
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            format!(
                "The path {path} names no instance: the key of {} is {}.",
                class.name,
                if keys.is_empty() {
                    "that of the class below it".to_owned()
                } else {
                    keys.join(", ")
                }
            ),
        ));
    }
    let path = ObjectPath {
        class: class.name.to_owned(),
        ..path.clone()
    };
    Ok((class, path))
}
