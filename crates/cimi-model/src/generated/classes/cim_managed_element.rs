// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_ManagedElement`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Whatever can be managed.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_ManagedElement",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: true,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &[
        PropertyDescriptor {
            name: "Description",
            ty: CimType::String,
            class_origin: "CIM_ManagedElement",
            qualifiers: &[
                q::description!("What the element is for, in the words of its owner."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ElementName",
            ty: CimType::String,
            class_origin: "CIM_ManagedElement",
            qualifiers: &[
                q::description!("A name for people to read. It need not be unique."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<2>("0 1"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::r#abstract!(true),
        q::version!("2.19.0"),
        q::description!("Whatever can be managed."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Description`
    pub const DESCRIPTION: usize = 0;
    /// `ElementName`
    pub const ELEMENT_NAME: usize = 1;
}
