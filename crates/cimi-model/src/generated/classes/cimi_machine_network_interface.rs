// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_MachineNetworkInterface`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A network interface of a machine.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_MachineNetworkInterface",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 13>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "Network",
            ty: CimType::String,
            reference_class: Some("CIMI_Network"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineNetworkInterface",
            qualifiers: &[
                q::description!("The network that the interface is on."),
                q::reference!("CIMI_Network"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineNetworkInterface.network"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "NetworkPort",
            ty: CimType::String,
            reference_class: Some("CIMI_NetworkPort"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineNetworkInterface",
            qualifiers: &[
                q::description!("The port that the interface is plugged into."),
                q::reference!("CIMI_NetworkPort"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineNetworkInterface.networkPort"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "State",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["Active", "Passive", "Disabled", ".."],
                names: &["Active", "Passive", "Disabled", "Other"],
            }),
            class_origin: "CIMI_MachineNetworkInterface",
            qualifiers: &[
                q::description!("Whether the interface is in use."),
                q::value_map!(&["Active", "Passive", "Disabled", ".."]),
                q::values!(&["Active", "Passive", "Disabled", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineNetworkInterface.state"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MacAddress",
            ty: CimType::String,
            class_origin: "CIMI_MachineNetworkInterface",
            qualifiers: &[
                q::description!("Hardware address of the interface."),
                q::cimi_access!("RO"),
                q::cimi_order!(15),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineNetworkInterface.macAddress"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Mtu",
            ty: CimType::Uint64,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineNetworkInterface",
            qualifiers: &[
                q::description!("Largest packet that the interface sends."),
                q::p_unit!("byte"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(16),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineNetworkInterface.mtu"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<13>("6 3 0 1 7 2 11 12 8 9 5 10 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("A network interface of a machine."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("machineNetworkInterfaces"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MachineNetworkInterface"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `Network`
    pub const NETWORK: usize = 8;
    /// `NetworkPort`
    pub const NETWORK_PORT: usize = 9;
    /// `State`
    pub const STATE: usize = 10;
    /// `MacAddress`
    pub const MAC_ADDRESS: usize = 11;
    /// `Mtu`
    pub const MTU: usize = 12;
}
