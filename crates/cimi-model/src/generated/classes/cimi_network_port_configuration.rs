// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_NetworkPortConfiguration`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The shape of a network port.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_NetworkPortConfiguration",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 10>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "PortType",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["ACCESS", "TRUNK", ".."],
                names: &["Access", "Trunk", "Other"],
            }),
            class_origin: "CIMI_NetworkPortConfiguration",
            qualifiers: &[
                q::description!("Whether the port carries one network or several."),
                q::value_map!(&["ACCESS", "TRUNK", ".."]),
                q::values!(&["Access", "Trunk", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkPortConfiguration.portType"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ClassOfService",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_NetworkPortConfiguration",
            qualifiers: &[
                q::description!("Grade of the service, in the words of the Provider."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkPortConfiguration.classOfService"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<10>("6 9 3 0 1 7 2 8 5 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("The shape of a network port."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("networkPortConfigurations"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/NetworkPortConfiguration"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `PortType`
    pub const PORT_TYPE: usize = 8;
    /// `ClassOfService`
    pub const CLASS_OF_SERVICE: usize = 9;
}
