//! What an Enumerate asks for, and the state that travels in its context (DSP0226 8, DSP0227 8).

mod state;

pub use self::state::EnumerationState;
use crate::epr::{Epr, SelectorSet};
use xml_wire::cim_xml::ClassParts;

/// What the items of an enumeration are (`wsman:EnumerationMode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Instances; the default.
    #[default]
    Object,
    /// `EnumerateEPR`
    Epr,
    /// `EnumerateObjectAndEPR`
    ObjectAndEpr,
}

/// How instances of subclasses appear (`wsmb:PolymorphismMode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Polymorphism {
    /// As what they are; the default.
    #[default]
    IncludeSubClassProperties,
    /// As the class that was asked for.
    ExcludeSubClassProperties,
    /// Not at all.
    None,
}

/// What items have to satisfy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// A WQL text.
    Wql(String),
    /// A CQL text.
    Cql(String),
    /// An XPath test on the representation.
    XPath(String),
    /// Properties equal to these values.
    Selectors(SelectorSet),
    /// A walk over associations.
    Association(Box<AssociationFilter>),
}

/// `wsmb:AssociatedInstances` or `wsmb:AssociationInstances` (DSP0227 8.2).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AssociationFilter {
    /// Whether the association instances themselves are wanted (`AssociationInstances`).
    pub associations: bool,
    /// The object to start from.
    pub object: Epr,
    /// `AssociationClassName`
    pub association_class: Option<String>,
    /// `Role`
    pub role: Option<String>,
    /// `ResultClassName`
    pub result_class: Option<String>,
    /// `ResultRole`
    pub result_role: Option<String>,
    /// `IncludeResultProperty`; none means all.
    pub result_properties: Vec<String>,
}

/// How a listing of classes looks, as options of the Enumerate said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassListing {
    /// How much of each class is written.
    pub parts: ClassParts,
    /// All classes below, not only the direct subclasses.
    pub deep: bool,
    /// As XML Schemas in place of CIM-XML.
    pub schemas: bool,
}

/// How instances are written, as options of the Enumerate said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// NULL properties are left out (`ExcludeNilProperties`).
    pub without_nil: bool,
    /// Key properties are marked (`ShowExtensions`).
    pub marked_keys: bool,
    /// NULL arrays and empty ones are told apart (Windows' `UsePreciseArrays`).
    pub precise_arrays: bool,
}
