//! The CIM meta-model (DSP0004) as values: what every room of the project talks about.
//!
//! A *class* is a [`ClassDescriptor`]: a static table, generated from MOF or built when the service
//! starts. An *instance* is an [`Instance`]: values laid out by its class descriptor. There is no
//! I/O here, no async, no clock and no wire format.
//!
//! Reading order: [`CimType`], [`Value`], [`DateTime`], [`ObjectPath`], [`ClassDescriptor`],
//! [`Schema`], [`Instance`], [`CimError`].

mod class;
mod datetime;
mod error;
mod instance;
mod path;
mod qualifier;
mod schema;
#[cfg(test)]
mod tests;
mod types;
mod uri;
mod value;

pub use class::{
    ClassDescriptor, ClassFlags, Embedded, MethodDescriptor, ParameterDescriptor,
    PropertyDescriptor, PropertyFlags, ValueMap, inherit, positions,
};
pub use datetime::{DateTime, DateTimeError};
pub use error::{CimError, ErrorKind};
pub use instance::Instance;
pub use path::{KeyValue, ObjectPath, PathError};
pub use qualifier::{Qualifier, QualifierFlavor, QualifierValue};
pub use schema::{Schema, nearest};
pub use types::CimType;
pub use uri::{iri, name_in_uri};
pub use value::{Text, Value};

/// The version tag of a stored resource; opaque, compared byte for byte (DSP0263 4.1.7.2).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Etag(pub String);

impl std::fmt::Display for Etag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
