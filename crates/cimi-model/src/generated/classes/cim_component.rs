// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_Component`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// An element that is a part of another one.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_Component",
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
            name: "GroupComponent",
            ty: CimType::Reference,
            reference_class: Some("CIM_ManagedElement"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Component",
            qualifiers: &[
                q::key!(true),
                q::aggregate!(true),
                q::description!("The whole."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "PartComponent",
            ty: CimType::Reference,
            reference_class: Some("CIM_ManagedElement"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Component",
            qualifiers: &[
                q::key!(true),
                q::description!("The part."),
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
        q::aggregation!(true),
        q::version!("2.7.0"),
        q::description!("An element that is a part of another one."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `GroupComponent`
    pub const GROUP_COMPONENT: usize = 0;
    /// `PartComponent`
    pub const PART_COMPONENT: usize = 1;
}
