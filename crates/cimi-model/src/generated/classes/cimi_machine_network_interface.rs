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
    properties: &[
        super::cimi_resource::property::DESCRIPTION,
        super::cimi_resource::property::ELEMENT_NAME,
        super::cimi_resource::property::INSTANCE_ID,
        super::cimi_resource::property::CREATED,
        super::cimi_resource::property::UPDATED,
        super::cimi_resource::property::PROPERTIES,
        super::cimi_resource::property::AVAILABLE_OPERATIONS,
        super::cimi_resource::property::EXTENSIONS,
        property::NETWORK,
        property::NETWORK_PORT,
        property::STATE,
        property::MAC_ADDRESS,
        property::MTU,
    ],
    alphabetical: &[6, 3, 0, 1, 7, 2, 11, 12, 8, 9, 5, 10, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A network interface of a machine.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("machineNetworkInterfaces")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MachineNetworkInterface"])),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Description`
    pub const DESCRIPTION: usize = 0;
    /// `ElementName`
    pub const ELEMENT_NAME: usize = 1;
    /// `InstanceID`
    pub const INSTANCE_ID: usize = 2;
    /// `Created`
    pub const CREATED: usize = 3;
    /// `Updated`
    pub const UPDATED: usize = 4;
    /// `Properties`
    pub const PROPERTIES: usize = 5;
    /// `AvailableOperations`
    pub const AVAILABLE_OPERATIONS: usize = 6;
    /// `Extensions`
    pub const EXTENSIONS: usize = 7;
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

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const NETWORK: PropertyDescriptor = PropertyDescriptor {
        name: "Network",
        ty: CimType::String,
        reference_class: Some("CIMI_Network"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineNetworkInterface",
        qualifiers: &[
            q::description(QualifierValue::String("The network that the interface is on.")),
            q::reference(QualifierValue::String("CIMI_Network")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineNetworkInterface.network"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NETWORK_PORT: PropertyDescriptor = PropertyDescriptor {
        name: "NetworkPort",
        ty: CimType::String,
        reference_class: Some("CIMI_NetworkPort"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineNetworkInterface",
        qualifiers: &[
            q::description(QualifierValue::String("The port that the interface is plugged into.")),
            q::reference(QualifierValue::String("CIMI_NetworkPort")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineNetworkInterface.networkPort"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const STATE: PropertyDescriptor = PropertyDescriptor {
        name: "State",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["Active", "Passive", "Disabled", ".."],
            names: &["Active", "Passive", "Disabled", "Other"],
        }),
        class_origin: "CIMI_MachineNetworkInterface",
        qualifiers: &[
            q::description(QualifierValue::String("Whether the interface is in use.")),
            q::value_map(QualifierValue::Strings(&["Active", "Passive", "Disabled", ".."])),
            q::values(QualifierValue::Strings(&["Active", "Passive", "Disabled", "Other"])),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineNetworkInterface.state"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MAC_ADDRESS: PropertyDescriptor = PropertyDescriptor {
        name: "MacAddress",
        ty: CimType::String,
        class_origin: "CIMI_MachineNetworkInterface",
        qualifiers: &[
            q::description(QualifierValue::String("Hardware address of the interface.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineNetworkInterface.macAddress"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MTU: PropertyDescriptor = PropertyDescriptor {
        name: "Mtu",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineNetworkInterface",
        qualifiers: &[
            q::description(QualifierValue::String("Largest packet that the interface sends.")),
            q::p_unit(QualifierValue::String("byte")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(16)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineNetworkInterface.mtu"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
