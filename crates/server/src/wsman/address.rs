//! From resource URIs and selectors to classes and object paths (DSP0227 5 to 7).

use cim_core::{
    CimType, ClassDescriptor, DateTime, KeyValue, ObjectPath, PropertyDescriptor, Schema,
};
use wsman::epr::{EndpointReference, NAMESPACE_SELECTOR, SelectorSet, SelectorValue};
use wsman::{Detail, Family, Fault, ResourceUri, Subcode, same_namespace};

/// The one CIM namespace that a provider is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Space<'a> {
    /// Its classes.
    pub(super) schema: &'a Schema,
    /// Its name.
    pub(super) namespace: &'a str,
}

/// What a resource URI and its selectors address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    /// The class; `None` for all classes.
    pub(super) class: Option<&'static ClassDescriptor>,
    /// In which URI space the client speaks.
    pub(super) family: Family,
}

impl Space<'_> {
    /// Finds the class, checking the namespace.
    ///
    /// # Errors
    /// `wsa:DestinationUnreachable` for an unknown class or namespace.
    pub(super) fn target(&self, uri: &str, selectors: &SelectorSet) -> Result<Target, Fault> {
        let uri = ResourceUri::parse(uri)?;
        self.check_namespace(uri.namespace, selectors)?;
        let class = uri.class.map(|name| self.class(name)).transpose()?;
        Ok(Target {
            class,
            family: uri.family,
        })
    }

    /// Finds the class of an operation on one class or instance.
    ///
    /// # Errors
    /// As [`Space::target`]; `wsa:ActionNotSupported`/`ActionMismatch` for all classes (DSP0227 R6-1).
    pub(super) fn one_class(
        &self,
        uri: &str,
        selectors: &SelectorSet,
    ) -> Result<(&'static ClassDescriptor, Family), Fault> {
        let target = self.target(uri, selectors)?;
        match target.class {
            Some(class) => Ok((class, target.family)),
            None => Err(Fault::new(Subcode::ActionNotSupported)
                .detail(Detail::ActionMismatch)
                .because("All classes can only be enumerated; name one class in the ResourceURI.")),
        }
    }

    /// The class of this name, in any case.
    ///
    /// # Errors
    /// `wsa:DestinationUnreachable`/`InvalidResourceURI`, naming the class that may have been meant.
    pub(super) fn class(&self, name: &str) -> Result<&'static ClassDescriptor, Fault> {
        self.schema.class(name).ok_or_else(|| {
            let hint = self
                .schema
                .nearest_class(name)
                .map(|near| format!(" Did you mean {near}?"))
                .unwrap_or_default();
            Fault::new(Subcode::DestinationUnreachable)
                .detail(Detail::InvalidResourceUri)
                .because(format!("Class {name} is not known.{hint}"))
        })
    }

    fn check_namespace(&self, in_uri: Option<&str>, selectors: &SelectorSet) -> Result<(), Fault> {
        let selected = selectors.namespace()?;
        if let (Some(a), Some(b)) = (in_uri, selected)
            && !same_namespace(a, b)
        {
            return Err(Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::InvalidValue)
                .because(format!(
                    "The ResourceURI names namespace {a}, selector {NAMESPACE_SELECTOR} {b}."
                )));
        }
        match selected.or(in_uri) {
            Some(name) if !same_namespace(name, self.namespace) => {
                Err(Fault::new(Subcode::DestinationUnreachable).because(format!(
                    "Namespace {name} does not exist; this service has {}.",
                    self.namespace
                )))
            }
            _ => Ok(()),
        }
    }

    /// Selectors other than `__cimnamespace` where no instance is addressed.
    ///
    /// # Errors
    /// `wsman:InvalidSelectors`/`UnexpectedSelectors`.
    pub(super) fn no_keys(selectors: &SelectorSet) -> Result<(), Fault> {
        match selectors.keys().next() {
            None => Ok(()),
            Some((name, _)) => Err(unexpected(format!(
                "Selector `{name}` is not possible here: the class is addressed, not an instance."
            ))),
        }
    }

    /// The path of the instance that the selectors name; `None` if they name none.
    ///
    /// # Errors
    /// `wsman:InvalidSelectors`, with a detail for each way to be wrong (DSP0226 5.1.2.2).
    pub(super) fn object_path(
        &self,
        class: &'static ClassDescriptor,
        selectors: SelectorSet,
    ) -> Result<Option<ObjectPath>, Fault> {
        if selectors.names_no_key() {
            return Ok(None);
        }
        let mut path = ObjectPath::of_class(class.name);
        for (name, value) in selectors.into_keys() {
            let key = self.key_property(class, &name).ok_or_else(|| {
                let keys: Vec<&str> = class.key_properties().map(|k| k.name).collect();
                unexpected(format!(
                    "Selector `{name}` is not a key of {}{}.",
                    class.name,
                    if keys.is_empty() {
                        String::new()
                    } else {
                        format!("; the keys are {}", keys.join(", "))
                    }
                ))
            })?;
            path.keys
                .push((key.name.to_owned(), self.key_value(key, value)?));
        }
        if let Some(missing) = class
            .key_properties()
            .find(|key| path.key(key.name).is_none())
        {
            return Err(Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::InsufficientSelectors)
                .because(format!("Key {} is missing.", missing.name)));
        }
        Ok(Some(path))
    }

    /// The key property of that name. A superclass without keys has those of its subclasses: an
    /// instance may be addressed through any of its superclasses.
    fn key_property(
        &self,
        class: &'static ClassDescriptor,
        name: &str,
    ) -> Option<&'static PropertyDescriptor> {
        let of = |class: &'static ClassDescriptor| {
            class
                .key_properties()
                .find(|key| key.name.eq_ignore_ascii_case(name))
        };
        of(class).or_else(|| {
            class
                .keys
                .is_empty()
                .then(|| self.schema.closure(class.name).into_iter().find_map(of))
                .flatten()
        })
    }

    fn key_value(
        &self,
        key: &'static PropertyDescriptor,
        value: SelectorValue,
    ) -> Result<KeyValue, Fault> {
        let mismatch = |what: String| {
            Err(Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::TypeMismatch)
                .because(what))
        };
        let text = match (value, key.ty) {
            (SelectorValue::Reference(reference), CimType::Reference) => {
                return Ok(KeyValue::Reference(Box::new(self.reference(*reference)?)));
            }
            (SelectorValue::Reference(_), _) => {
                return mismatch(format!(
                    "Key {} is of type {}, not a reference.",
                    key.name, key.ty
                ));
            }
            (SelectorValue::Text(text), CimType::Reference) => {
                // Consoles that cannot write nested references print the object path.
                return match ObjectPath::parse(&text) {
                    Ok(path) if !path.keys.is_empty() => {
                        Ok(KeyValue::Reference(Box::new(self.here(path)?)))
                    }
                    _ => mismatch(format!(
                        "Key {} is a reference: its selector contains a wsa:EndpointReference.",
                        key.name
                    )),
                };
            }
            (SelectorValue::Text(text), _) => text,
        };
        if text.is_empty() {
            return Err(Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::InvalidValue)
                .because(format!("Selector `{}` is empty.", key.name)));
        }
        let wrong = |form: &str| {
            mismatch(format!(
                "`{text}` is no value of key {}, which is {form}.",
                key.name
            ))
        };
        match key.ty {
            CimType::Boolean => match text.as_str() {
                "1" => Ok(KeyValue::Boolean(true)),
                "0" => Ok(KeyValue::Boolean(false)),
                t if t.eq_ignore_ascii_case("true") => Ok(KeyValue::Boolean(true)),
                t if t.eq_ignore_ascii_case("false") => Ok(KeyValue::Boolean(false)),
                _ => wrong("true or false"),
            },
            CimType::DateTime => match DateTime::parse_cim(&text)
                .or_else(|_| DateTime::parse_xs_datetime(&text))
                .or_else(|_| DateTime::parse_xs_duration(&text))
            {
                Ok(time) => Ok(KeyValue::String(time.to_string())),
                Err(_) => wrong("a datetime"),
            },
            ty if ty.is_integer() => {
                let value = match (text.parse::<u64>(), text.parse::<i64>()) {
                    (Ok(n), _) => KeyValue::Unsigned(n),
                    (_, Ok(n)) => KeyValue::Signed(n),
                    _ => return wrong("an integer"),
                };
                match value.to_value(ty) {
                    Some(_) => Ok(value),
                    None => wrong(ty.mof_name()),
                }
            }
            _ => Ok(KeyValue::String(text)),
        }
    }

    /// The path that an endpoint reference names.
    ///
    /// # Errors
    /// As [`Space::target`] and [`Space::object_path`]; also a reference that names no instance.
    pub(super) fn reference(&self, reference: EndpointReference) -> Result<ObjectPath, Fault> {
        let (class, _) = self.one_class(&reference.resource_uri, &reference.selectors)?;
        self.object_path(class, reference.selectors)?
            .ok_or_else(|| {
                Fault::new(Subcode::InvalidSelectors)
                    .detail(Detail::InsufficientSelectors)
                    .because(format!(
                        "A reference to {} has no selectors for its keys.",
                        class.name
                    ))
            })
    }

    /// A path that was written as text, without its namespace, which must be this one.
    fn here(&self, mut path: ObjectPath) -> Result<ObjectPath, Fault> {
        if let Some(namespace) = path.namespace.take()
            && !same_namespace(&namespace, self.namespace)
        {
            return Err(Fault::new(Subcode::DestinationUnreachable)
                .because(format!("Namespace {namespace} does not exist.")));
        }
        Ok(path)
    }
}

fn unexpected(why: String) -> Fault {
    Fault::new(Subcode::InvalidSelectors)
        .detail(Detail::UnexpectedSelectors)
        .because(why)
}
