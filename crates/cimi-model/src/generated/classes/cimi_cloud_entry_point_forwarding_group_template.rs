// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_CloudEntryPointForwardingGroupTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The forwarding group templates of the cloud.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_CloudEntryPointForwardingGroupTemplate",
    superclass: Some("CIMI_HostedResource"),
    ancestors: &["CIMI_HostedResource", "CIM_Dependency"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 2>(super::cimi_hosted_resource::CLASS.properties, &[
        (1, PropertyDescriptor {
            name: "Dependent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_ForwardingGroupTemplate"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Dependency",
            qualifiers: &[
                q::r#override!("Dependent"),
                q::description!("A forwarding group template."),
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
        q::description!("The forwarding group templates of the cloud."),
        q::cimi_order!(34),
        q::mapping_strings!(&["ATTR.DMTF|CIMI.1|CloudEntryPoint.forwardingGroupTemplates"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_hosted_resource::at::*;
}
