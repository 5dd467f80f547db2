// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_ResourceContainment`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A resource that is a part of another one and ends with it.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_ResourceContainment",
    superclass: Some("CIM_Component"),
    ancestors: &["CIM_Component"],
    flags: ClassFlags {
        is_abstract: true,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 2>(super::cim_component::CLASS.properties, &[
        (0, PropertyDescriptor {
            name: "GroupComponent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_Resource"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Component",
            qualifiers: &[
                q::r#override!("GroupComponent"),
                q::aggregate!(true),
                q::description!("The owner."),
                q::max!(1),
                q::key!(true, inherited),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
        (1, PropertyDescriptor {
            name: "PartComponent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_Resource"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Component",
            qualifiers: &[
                q::r#override!("PartComponent"),
                q::description!("The part."),
                q::key!(true, inherited),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
    ],
    &[]),
    alphabetical: &positions::<2>("0 1"),
    keys: &[0, 1],
    methods: &[],
    qualifiers: &[
        q::association!(true),
        q::r#abstract!(true),
        q::aggregation!(true),
        q::composition!(true),
        q::version!("1.0.0"),
        q::description!("A resource that is a part of another one and ends with it."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cim_component::at::*;
}
