//! Representations to instances, with everything that the service adds, and without its lies.

use std::sync::atomic::{AtomicBool, Ordering};

use cim_core::{ClassDescriptor, ErrorKind, Instance, ObjectPath, Schema, Value};
use provider::associations::possible_operations;
use provider::{OperationContext, Resource, Role, fingerprint};
use wsman::client::Object;
use wsman::epr::Epr;
use xml_wire::wscim::{CIM_SCHEMA, ReadContext, WsCimError, is_class_namespace, read_instance};
use xml_wire::{Limits, Reader, Writer, XmlError};

/// Attributes of the service that no class here knows, kept as they are.
const EXTENSIONS: &str = "Extensions";
const EXTENSION_CLASS: &str = "CIMI_Extension";
/// What the caller may do; nothing, for readers.
const OPERATIONS: &str = "AvailableOperations";
const STATE: &str = "State";

/// Reads what the service sends.
#[derive(Clone, Copy)]
pub(crate) struct Decoder<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) namespace: &'a str,
    pub(crate) context: &'a OperationContext,
    /// Whether the service has said of a resource what may be done with it.
    pub(crate) tells_operations: &'a AtomicBool,
}

impl Decoder<'_> {
    pub(crate) fn read_context(&self) -> ReadContext<'_> {
        ReadContext {
            schema: self.schema,
            namespace: self.namespace,
            rest_base: None,
        }
    }

    /// The resource that an element represents: an instance of `class` or of one below it, `class` itself
    /// where the service has a subclass that nobody here knows.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence without a full stop.
    pub(crate) fn resource(
        &self,
        object: &Object,
        class: &'static ClassDescriptor,
    ) -> Result<Resource, String> {
        self.resource_at(object, class, None)
    }

    /// The same, for a resource whose place is known: some services leave its keys out.
    ///
    /// # Errors
    /// As [`Decoder::resource`].
    pub(crate) fn resource_at(
        &self,
        object: &Object,
        class: &'static ClassDescriptor,
        place: Option<&ObjectPath>,
    ) -> Result<Resource, String> {
        self.as_resource(self.instance(object, class)?, class, place)
    }

    /// An instance that was sent for one of `class`, as a resource.
    ///
    /// # Errors
    /// As [`Decoder::resource`].
    pub(crate) fn as_resource(
        &self,
        mut instance: Instance,
        class: &'static ClassDescriptor,
        place: Option<&ObjectPath>,
    ) -> Result<Resource, String> {
        let real = instance.class();
        for key in real.key_properties() {
            if instance.value(key.name).is_null()
                && let Some(value) = place.and_then(|path| path.key(key.name)?.to_value(key.ty))
            {
                instance.set(key.name, value);
            }
        }
        if !class.name.is_empty() && !real.is_a(class.name) {
            return Err(format!("it sends a {} for a {}", real.name, class.name));
        }
        for key in real.key_properties() {
            if instance.value(key.name).is_null() {
                return Err(format!("it sends a {} without {}", real.name, key.name));
            }
        }
        self.say_what_is_possible(&mut instance);
        let etag = fingerprint(&instance);
        Ok(Resource { instance, etag })
    }

    /// What the caller may do with a resource, where the service does not say: a client of CIMI REST does nothing that
    /// is not offered.
    fn say_what_is_possible(&self, instance: &mut Instance) {
        // A service that logs everybody in as one user tells what that user may do.
        if self.context.principal.role < Role::Operator {
            instance.set(OPERATIONS, Value::Array(Vec::new()));
        } else if !instance.value(OPERATIONS).elements().is_empty() {
            self.tells_operations.store(true, Ordering::Relaxed);
        } else if !self.tells_operations.load(Ordering::Relaxed) {
            let possible = possible_operations(instance.class(), instance.text(STATE));
            let possible: Vec<Value> = possible.map(Value::from).collect();
            if !possible.is_empty() {
                instance.set(OPERATIONS, Value::Array(possible));
            }
        }
    }

    /// The instance that an element represents, whatever keys it has.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence without a full stop.
    pub(crate) fn instance(
        &self,
        object: &Object,
        class: &'static ClassDescriptor,
    ) -> Result<Instance, String> {
        let wrong = |error: WsCimError| match &error {
            WsCimError::Cim(cause) if cause.subject().is_some() => format!(
                "it sends a {} with a wrong {}: {}",
                object.name(),
                cause.subject().unwrap_or_default(),
                cause.message().trim_end_matches('.')
            ),
            _ => format!("it sends a {} that cannot be read: {error}", object.name()),
        };
        if !is_class_namespace(object.namespace()) {
            return Err(format!(
                "it sends <{}> of namespace `{}` where an instance is expected",
                object.name(),
                object.namespace()
            ));
        }
        let known = match self.schema.class(object.name()) {
            Some(known) => match object.instance(&self.read_context()) {
                Ok(instance) => return Ok(instance),
                Err(WsCimError::Cim(error)) if error.kind() == ErrorKind::NoSuchProperty => known,
                Err(error) => return Err(wrong(error)),
            },
            // Something below the class that was asked for.
            None if !class.name.is_empty() && !class.flags.is_abstract => class,
            None => {
                return Err(format!(
                    "it sends a {}, which is no class that is known here",
                    object.name()
                ));
            }
        };
        self.with_extensions(object, known).map_err(wrong)
    }

    /// An instance with properties that its class does not have: those become extensions.
    fn with_extensions(
        &self,
        object: &Object,
        class: &'static ClassDescriptor,
    ) -> Result<Instance, WsCimError> {
        let (known, others) = self.parted(object, class)?;
        let mut reader = Reader::new(&known, &LIMITS)?;
        let root = reader.root()?;
        let mut instance = read_instance(&mut reader, &root, class, &self.read_context())?;
        if class.property(EXTENSIONS).is_some() {
            let mut all = instance.value(EXTENSIONS).elements().to_vec();
            all.extend(others.into_iter().map(Value::from));
            instance.set(EXTENSIONS, Value::Array(all));
        }
        Ok(instance)
    }

    /// The representation with only what the class has, and the rest.
    fn parted(
        &self,
        object: &Object,
        class: &'static ClassDescriptor,
    ) -> Result<(String, Vec<Instance>), XmlError> {
        let extension = self.schema.class(EXTENSION_CLASS);
        let mut reader = Reader::new(object.xml(), &LIMITS)?;
        reader.root()?;
        let mut out = String::with_capacity(object.xml().len());
        let mut writer = Writer::new(&mut out);
        writer.start_prefixed("p", class.name);
        writer.namespace("p", &[CIM_SCHEMA, class.name].concat());
        let mut others: Vec<Instance> = Vec::new();
        while let Some(child) = reader.child()? {
            let raw = reader.raw(&child)?;
            let text = raw.to_standalone();
            if class.property(child.local()).is_some() {
                writer.raw(&text);
                continue;
            }
            if let Some(extension) = extension {
                let name = child.local();
                let twice = others.iter().position(|o| o.text("Name") == Some(name));
                match twice.and_then(|at| others.get_mut(at)) {
                    // An array: its elements stand behind one another.
                    Some(first) => {
                        let all = [first.text("Value").unwrap_or_default(), &text].concat();
                        first.set("Value", all);
                    }
                    None => others.push(
                        Instance::new(extension)
                            .with("Namespace", child.ns())
                            .with("Name", name)
                            .with("Format", "xml")
                            .with("Value", text),
                    ),
                }
            }
        }
        writer.end();
        Ok((out, others))
    }

    /// The path that a reference of the service names.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence without a full stop.
    pub(crate) fn path(&self, reference: &Epr) -> Result<ObjectPath, String> {
        let path = reference.object_path(&self.read_context());
        let path = path.map_err(|error| {
            let why = error.message().trim_end_matches('.');
            format!("it refers to something that cannot be understood: {why}")
        })?;
        if path.keys.is_empty() {
            return Err(format!(
                "its reference to a {} names no instance",
                path.class
            ));
        }
        Ok(path)
    }
}

/// What is taken of one representation.
const LIMITS: Limits = Limits {
    document_bytes: 64 * 1024 * 1024,
    text_bytes: 16 * 1024 * 1024,
    ..Limits::DEFAULT
};
