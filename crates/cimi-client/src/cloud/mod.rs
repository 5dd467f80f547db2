//! A whole cloud in one file: everything that a caller sees of a service, to be made again elsewhere.
//!
//! It works on every type of the model, those of a vendor too, because it reads and writes by the class
//! descriptors ([`RestModel`]), not by the typed structures.

mod export;
mod file;
mod import;

pub use export::export;
pub use import::{Made, Report, import};

use cim_core::Instance;
use cimi_rest::{Links, RestModel};

use crate::Error;

/// Everything of a cloud: its collections with their items.
#[derive(Debug, Clone, PartialEq)]
pub struct Cloud {
    /// What the identifiers are relative to, where the cloud was.
    pub base: String,
    /// The collections, owners before what they own.
    pub collections: Vec<Collection>,
}

/// A collection of the cloud.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    /// Its path below the base URI, as `machines` or `machines/1/disks`.
    pub id: String,
    /// Its items.
    pub items: Vec<Instance>,
}

impl Cloud {
    /// How many resources there are.
    pub fn len(&self) -> usize {
        self.collections.iter().map(|c| c.items.len()).sum()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What the identifiers of a service are relative to.
fn links_of(base: &str) -> Result<Links, Error> {
    let unusable = || Error::File(format!("`{base}` is no base URI"));
    let (scheme, rest) = base.split_once("://").ok_or_else(unusable)?;
    let (authority, path) = rest.split_at(rest.find('/').ok_or_else(unusable)?);
    Ok(Links::new(scheme, authority, path))
}

/// The identifier of a resource.
fn id_of<'i>(model: &RestModel, instance: &'i Instance) -> Option<&'i str> {
    let class = model.class(instance.class());
    let identity = class.shape.member("id")?;
    instance.at(identity.position)?.as_str()
}
