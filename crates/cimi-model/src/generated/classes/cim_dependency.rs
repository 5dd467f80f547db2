// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_Dependency`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// An element that depends on another one.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_Dependency",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: true,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &[
        PropertyDescriptor {
            name: "Antecedent",
            ty: CimType::Reference,
            reference_class: Some("CIM_ManagedElement"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Dependency",
            qualifiers: &[
                q::key!(true),
                q::description!("The element that is depended on."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Dependent",
            ty: CimType::Reference,
            reference_class: Some("CIM_ManagedElement"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Dependency",
            qualifiers: &[
                q::key!(true),
                q::description!("The element that depends on it."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<2>("0 1"),
    keys: &[0, 1],
    methods: &[],
    qualifiers: &[
        q::association!(true),
        q::r#abstract!(true),
        q::version!("2.5.0"),
        q::description!("An element that depends on another one."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Antecedent`
    pub const ANTECEDENT: usize = 0;
    /// `Dependent`
    pub const DEPENDENT: usize = 1;
}
