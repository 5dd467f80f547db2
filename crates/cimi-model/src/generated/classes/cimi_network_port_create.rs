// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_NetworkPortCreate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The request to make a network port.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_NetworkPortCreate",
    superclass: Some("CIMI_ResourceCreate"),
    ancestors: &["CIMI_ResourceCreate", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &inherit::<_, 5>(super::cimi_resource_create::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "NetworkPortTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_NetworkPortTemplate"),
            embedded: Embedded::Instance("CIMI_NetworkPortTemplate"),
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_NetworkPortCreate",
            qualifiers: &[
                q::required!(true),
                q::description!("The template, by reference, by value, or by reference with some attributes replaced."),
                q::reference!("CIMI_NetworkPortTemplate"),
                q::embedded_instance!("CIMI_NetworkPortTemplate"),
                q::cimi_by_value!(true),
                q::cimi_access!("CO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkPortCreate.networkPortTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<5>("0 1 3 4 2"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("The request to make a network port."),
        q::cimi_creates!("CIMI_NetworkPort"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/NetworkPortCreate"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource_create::at::*;
    /// `NetworkPortTemplate`
    pub const NETWORK_PORT_TEMPLATE: usize = 4;
}
