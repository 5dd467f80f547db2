//! What a command is about: a class, and keys of an instance.

use cim_core::{CimType, ClassDescriptor, KeyValue, ObjectPath};
use clap::Args;
use wsman::epr::{CIM_NAMESPACE_SELECTOR, Epr, Selector, SelectorValue};
use xml_wire::wscim::{class_uri, parse_class_uri};

use super::known;
use crate::failure::Failure;

/// An instance.
#[derive(Debug, Args)]
pub(super) struct Address {
    /// The class, such as CIMI_Machine, or its whole resource URI
    #[arg(value_name = "CLASS")]
    pub(super) class: String,
    /// Its keys, such as InstanceID=machines/1; a value alone for a class with one key
    #[arg(value_name = "KEY")]
    pub(super) keys: Vec<String>,
}

impl Address {
    pub(super) fn resolve(&self, namespace: Option<&str>) -> Result<Epr, Failure> {
        resolve(&self.class, &self.keys, namespace)
    }
}

/// The descriptor of a class that is known here, by its name or URI.
pub(super) fn descriptor(class: &str) -> Option<&'static ClassDescriptor> {
    let name = if class.contains("://") {
        parse_class_uri(class)?.class?
    } else {
        class
    };
    known().class(name)
}

/// The resource URI of a class.
pub(super) fn resource_uri(class: &str) -> String {
    if class.contains("://") {
        class.to_owned()
    } else {
        class_uri(class)
    }
}

/// The reference that class, keys and namespace mean.
pub(super) fn resolve(
    class: &str,
    keys: &[String],
    namespace: Option<&str>,
) -> Result<Epr, Failure> {
    let descriptor = descriptor(class);
    let mut selectors = Vec::with_capacity(keys.len() + 1);
    if let Some(namespace) = namespace {
        selectors.push(text(CIM_NAMESPACE_SELECTOR, namespace));
    }
    for key in keys {
        selectors.push(selector(class, descriptor, key)?);
    }
    Ok(Epr {
        address: String::new(),
        resource_uri: resource_uri(class),
        selectors,
    })
}

/// `NAME=VALUE`, or the value of the only key.
pub(super) fn selector(
    class: &str,
    descriptor: Option<&'static ClassDescriptor>,
    key: &str,
) -> Result<Selector, Failure> {
    let named = key.split_once('=').filter(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    });
    let Some((name, value)) = named else {
        let keys: Vec<_> = descriptor.map_or(Vec::new(), |d| d.key_properties().collect());
        return match keys.as_slice() {
            [only] => Ok(text(only.name, key)),
            [] => Err(Failure::usage(format_args!(
                "`{key}`: {class} is not known here, so a key needs its name: NAME={key}"
            ))),
            several => {
                let names: Vec<_> = several.iter().map(|key| key.name).collect();
                Err(Failure::usage(format_args!(
                    "`{key}`: {class} has the keys {}; write NAME=VALUE",
                    names.join(", ")
                )))
            }
        };
    };
    let property = descriptor.and_then(|descriptor| descriptor.property(name));
    match property {
        Some((_, property)) if property.ty == CimType::Reference => {
            let path = ObjectPath::parse(value).map_err(|error| {
                Failure::usage(format_args!(
                    "{name} is a reference, and `{value}` is {error}; the form is \
                     CIMI_Machine.InstanceID=\"machines/1\""
                ))
            })?;
            Ok(Selector {
                name: property.name.to_owned(),
                value: SelectorValue::Reference(Box::new(reference(&path))),
            })
        }
        Some((_, property)) => Ok(text(property.name, value)),
        None => Ok(text(name, value)),
    }
}

fn text(name: &str, value: &str) -> Selector {
    Selector {
        name: name.to_owned(),
        value: SelectorValue::Text(value.to_owned()),
    }
}

/// An object path as reference.
pub(super) fn reference(path: &ObjectPath) -> Epr {
    let mut selectors = Vec::with_capacity(path.keys.len() + 1);
    if let Some(namespace) = &path.namespace {
        selectors.push(text(CIM_NAMESPACE_SELECTOR, namespace));
    }
    for (name, value) in &path.keys {
        let value = match value {
            KeyValue::String(text) => SelectorValue::Text(text.clone()),
            KeyValue::Boolean(value) => SelectorValue::Text(value.to_string()),
            KeyValue::Unsigned(value) => SelectorValue::Text(value.to_string()),
            KeyValue::Signed(value) => SelectorValue::Text(value.to_string()),
            KeyValue::Reference(path) => SelectorValue::Reference(Box::new(reference(path))),
        };
        selectors.push(Selector {
            name: name.clone(),
            value,
        });
    }
    Epr {
        address: String::new(),
        resource_uri: class_uri(&path.class),
        selectors,
    }
}

/// A reference as object path, the form in which people see it and can give it back. The whole URI stands
/// there for classes outside of the DMTF's.
pub(super) fn shown(epr: &Epr) -> String {
    path(epr).to_string()
}

fn path(epr: &Epr) -> ObjectPath {
    let class = match parse_class_uri(&epr.resource_uri).and_then(|uri| uri.class) {
        Some(class) if class_uri(class) == epr.resource_uri => class,
        _ => &epr.resource_uri,
    };
    let mut shown = ObjectPath::of_class(class);
    for Selector { name, value } in &epr.selectors {
        match value {
            SelectorValue::Text(text) if name.eq_ignore_ascii_case(CIM_NAMESPACE_SELECTOR) => {
                shown.namespace = Some(text.clone());
            }
            SelectorValue::Text(text) => {
                shown
                    .keys
                    .push((name.clone(), KeyValue::String(text.clone())));
            }
            SelectorValue::Reference(epr) => {
                let key = KeyValue::Reference(Box::new(path(epr)));
                shown.keys.push((name.clone(), key));
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_or_the_only_one() {
        let bare = resolve("CIMI_Machine", &["machines/1".into()], None).unwrap();
        let named = resolve("CIMI_Machine", &["instanceid=machines/1".into()], None).unwrap();
        assert_eq!(bare, named);
        assert_eq!(shown(&bare), "CIMI_Machine.InstanceID=\"machines/1\"");
        let elsewhere = resolve("CIMI_Machine", &["a=b".into()], Some("root/x")).unwrap();
        assert_eq!(shown(&elsewhere), "/root/x:CIMI_Machine.a=\"b\"");
        assert!(resolve("Vendor_X", &["1".into()], None).is_err());
        let vendor = resolve(
            "http://v/wbem/wscim/1/v-schema/1/V_X",
            &["K=1".into()],
            None,
        );
        assert_eq!(
            vendor.unwrap().resource_uri,
            "http://v/wbem/wscim/1/v-schema/1/V_X"
        );
    }

    #[test]
    fn keys_that_are_references_are_paths() {
        let keys = ["GroupComponent=CIMI_Machine.InstanceID=\"machines/1\"".to_owned()];
        let epr = resolve("CIMI_MachineDisk", &keys, None).unwrap();
        assert!(
            matches!(&epr.selectors[0].value, SelectorValue::Reference(e) if e.selectors.len() == 1)
        );
        assert!(resolve("CIMI_MachineDisk", &["GroupComponent=!".into()], None).is_err());
    }
}
