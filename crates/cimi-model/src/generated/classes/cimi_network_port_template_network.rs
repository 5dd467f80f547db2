// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_NetworkPortTemplateNetwork`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// From a network port template to its network.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_NetworkPortTemplateNetwork",
    superclass: Some("CIMI_ResourceReference"),
    ancestors: &["CIMI_ResourceReference", "CIM_Dependency"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 2>(super::cimi_resource_reference::CLASS.properties, &[
        (0, PropertyDescriptor {
            name: "Antecedent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_Network"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Dependency",
            qualifiers: &[
                q::r#override!("Antecedent"),
                q::description!("The resource referred to."),
                q::max!(1),
                q::key!(true, inherited),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
        (1, PropertyDescriptor {
            name: "Dependent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_NetworkPortTemplate"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Dependency",
            qualifiers: &[
                q::r#override!("Dependent"),
                q::description!("The resource that refers to it."),
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
        q::version!("1.0.0"),
        q::description!("From a network port template to its network."),
        q::cimi_reference_property!("Network"),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource_reference::at::*;
}
