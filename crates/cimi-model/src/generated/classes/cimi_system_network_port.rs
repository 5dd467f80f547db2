// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_SystemNetworkPort`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A network port of a system.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_SystemNetworkPort",
    superclass: Some("CIMI_ResourceMembership"),
    ancestors: &["CIMI_ResourceMembership"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 10>(super::cimi_resource_membership::CLASS.properties, &[
        (8, PropertyDescriptor {
            name: "GroupComponent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_System"),
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::r#override!("GroupComponent"),
                q::aggregate!(true),
                q::description!("The system."),
                q::required!(true, inherited),
                q::cimi_access!("CO", inherited),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
        (9, PropertyDescriptor {
            name: "PartComponent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_NetworkPort"),
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::r#override!("PartComponent"),
                q::description!("The network port."),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|SystemNetworkPort.networkPort"]),
                q::required!(true, inherited),
                q::cimi_access!("CO", inherited),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
    ],
    &[]),
    alphabetical: &positions::<10>("6 3 2 1 7 8 0 9 5 4"),
    keys: &[0],
    methods: &[],
    qualifiers: &[
        q::association!(true),
        q::aggregation!(true),
        q::version!("1.0.0"),
        q::description!("A network port of a system."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("systemNetworkPorts"),
        q::cimi_order!(17),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/SystemNetworkPort", "ATTR.DMTF|CIMI.1|System.networkPorts"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource_membership::at::*;
}
