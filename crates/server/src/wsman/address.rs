//! From resource URIs and selectors to classes and object paths (DSP0227 5 to 7).

use cim_core::{ClassDescriptor, KeyValue, ObjectPath, Schema};
use wsman::epr::{CIM_NAMESPACE_SELECTOR, Epr, SelectorSet, SelectorValue};
use wsman::{Detail, Doing, Family, Fault, ResourceUri, Subcode, same_namespace};
use xml_wire::wscim::{self, ReadContext};

/// The one CIM namespace that a provider is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Space<'a> {
    /// Its classes.
    pub(super) schema: &'a Schema,
    /// Its name.
    pub(super) namespace: &'a str,
    /// Another namespace that references may lead to.
    pub(super) described: Option<&'a str>,
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

    /// Checks that a request means this namespace.
    ///
    /// # Errors
    /// `wsa:DestinationUnreachable` for another one, `wsman:InvalidSelectors` for a contradiction.
    pub(super) fn check_namespace(
        &self,
        in_uri: Option<&str>,
        selectors: &SelectorSet,
    ) -> Result<(), Fault> {
        let selected = selectors.namespace()?;
        if let (Some(a), Some(b)) = (in_uri, selected)
            && !same_namespace(a, b)
        {
            return Err(Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::InvalidValue)
                .because(format!(
                    "The ResourceURI names namespace {a}, selector {CIM_NAMESPACE_SELECTOR} {b}."
                )));
        }
        match selected.or(in_uri) {
            Some(name) if !same_namespace(name, self.namespace) => Err(self.no_namespace(name)),
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
        selectors: &SelectorSet,
    ) -> Result<Option<ObjectPath>, Fault> {
        if selectors.names_no_key() {
            return Ok(None);
        }
        for (name, value) in selectors.keys() {
            // An instance may be addressed through a superclass without keys: then those of its
            // subclasses are possible.
            if class.keys.is_empty() && !self.is_key_below(class, name) {
                return Err(unexpected(format!(
                    "Selector `{name}` is not a key of {} or a class below it.",
                    class.name
                )));
            }
            if matches!(value, SelectorValue::Text(text) if text.is_empty()) {
                return Err(Fault::new(Subcode::InvalidSelectors)
                    .detail(Detail::InvalidValue)
                    .because(format!("Selector `{name}` is empty.")));
            }
        }
        if class.keys.is_empty() && !self.names_all_keys_below(class, selectors) {
            return Err(Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::InsufficientSelectors)
                .because(format!(
                    "The selectors are not all the keys of any class below {}.",
                    class.name
                )));
        }
        let context = ReadContext {
            schema: self.schema,
            namespace: self.namespace,
            rest_base: None,
        };
        let path = wscim::object_path(class, selectors.as_slice(), &context)
            .map_err(|error| Fault::from_cim(&error, Doing::Addressing))?;
        self.check_path(&path)?;
        Ok(Some(path))
    }

    fn is_key_below(&self, class: &ClassDescriptor, name: &str) -> bool {
        self.schema.closure(class.name).into_iter().any(|below| {
            below
                .key_properties()
                .any(|key| key.name.eq_ignore_ascii_case(name))
        })
    }

    /// Whether the selectors are all keys of some class below one without keys.
    fn names_all_keys_below(&self, class: &ClassDescriptor, selectors: &SelectorSet) -> bool {
        self.schema.closure(class.name).into_iter().any(|below| {
            let mut keys = below.key_properties().peekable();
            keys.peek().is_some()
                && keys.all(|key| {
                    selectors
                        .keys()
                        .any(|(name, _)| name.eq_ignore_ascii_case(key.name))
                })
        })
    }

    /// Neither a path nor the references among its keys may lead to another namespace.
    fn check_path(&self, path: &ObjectPath) -> Result<(), Fault> {
        if let Some(namespace) = &path.namespace
            && !same_namespace(namespace, self.namespace)
            && !self.describes(namespace)
        {
            return Err(self.no_namespace(namespace));
        }
        path.keys.iter().try_for_each(|(_, key)| match key {
            KeyValue::Reference(path) => self.check_path(path),
            _ => Ok(()),
        })
    }

    fn describes(&self, namespace: &str) -> bool {
        self.described.is_some_and(|d| same_namespace(d, namespace))
    }

    fn no_namespace(&self, name: &str) -> Fault {
        Fault::new(Subcode::DestinationUnreachable).because(format!(
            "Namespace {name} does not exist; this service has {}.",
            self.namespace
        ))
    }

    /// The path that an endpoint reference names.
    ///
    /// # Errors
    /// As [`Space::target`] and [`Space::object_path`]; also a reference that names no instance.
    pub(super) fn reference(&self, reference: Epr) -> Result<ObjectPath, Fault> {
        let selectors = SelectorSet::from(reference.selectors);
        let uri = ResourceUri::parse(&reference.resource_uri)?;
        // What is described may be referred to, and is found there.
        let elsewhere = selectors.namespace()?.or(uri.namespace);
        let class = match (elsewhere.filter(|name| self.describes(name)), uri.class) {
            (Some(_), Some(class)) => self.class(class)?,
            _ => self.one_class(&reference.resource_uri, &selectors)?.0,
        };
        self.object_path(class, &selectors)?.ok_or_else(|| {
            Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::InsufficientSelectors)
                .because(format!(
                    "A reference to {} has no selectors for its keys.",
                    class.name
                ))
        })
    }
}

fn unexpected(why: String) -> Fault {
    Fault::new(Subcode::InvalidSelectors)
        .detail(Detail::UnexpectedSelectors)
        .because(why)
}
