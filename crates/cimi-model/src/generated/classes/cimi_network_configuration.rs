// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_NetworkConfiguration`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The shape of a network.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_NetworkConfiguration",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 11>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "NetworkType",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["PRIVATE", "PUBLIC", ".."],
                names: &["Private", "Public", "Other"],
            }),
            class_origin: "CIMI_NetworkConfiguration",
            qualifiers: &[
                q::description!("Whether the network can be reached from outside."),
                q::value_map!(&["PRIVATE", "PUBLIC", ".."]),
                q::values!(&["Private", "Public", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkConfiguration.networkType"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Mtu",
            ty: CimType::Uint64,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_NetworkConfiguration",
            qualifiers: &[
                q::description!("Largest packet that the network carries."),
                q::p_unit!("byte"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkConfiguration.mtu"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ClassOfService",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_NetworkConfiguration",
            qualifiers: &[
                q::description!("Grade of the service, in the words of the Provider."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkConfiguration.classOfService"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<11>("6 10 3 0 1 7 2 9 8 5 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("The shape of a network."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("networkConfigurations"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/NetworkConfiguration"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `NetworkType`
    pub const NETWORK_TYPE: usize = 8;
    /// `Mtu`
    pub const MTU: usize = 9;
    /// `ClassOfService`
    pub const CLASS_OF_SERVICE: usize = 10;
}
