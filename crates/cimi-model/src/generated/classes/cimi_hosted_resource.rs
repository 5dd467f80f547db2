// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_HostedResource`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A resource in one of the collections of the entry point.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_HostedResource",
    superclass: Some("CIM_Dependency"),
    ancestors: &["CIM_Dependency"],
    flags: ClassFlags {
        is_abstract: true,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 2>(super::cim_dependency::CLASS.properties, &[
        (0, PropertyDescriptor {
            name: "Antecedent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_CloudEntryPoint"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Dependency",
            qualifiers: &[
                q::r#override!("Antecedent"),
                q::description!("The entry point."),
                q::min!(1),
                q::max!(1),
                q::key!(true, inherited),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
        (1, PropertyDescriptor {
            name: "Dependent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_Resource"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Dependency",
            qualifiers: &[
                q::r#override!("Dependent"),
                q::description!("The resource that it leads to."),
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
        q::version!("1.0.0"),
        q::description!("A resource in one of the collections of the entry point."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cim_dependency::at::*;
}
