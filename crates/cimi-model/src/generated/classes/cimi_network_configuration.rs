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
    properties: &[
        super::cimi_resource::property::DESCRIPTION,
        super::cimi_resource::property::ELEMENT_NAME,
        super::cimi_resource::property::INSTANCE_ID,
        super::cimi_resource::property::CREATED,
        super::cimi_resource::property::UPDATED,
        super::cimi_resource::property::PROPERTIES,
        super::cimi_resource::property::AVAILABLE_OPERATIONS,
        super::cimi_resource::property::EXTENSIONS,
        property::NETWORK_TYPE,
        property::MTU,
        property::CLASS_OF_SERVICE,
    ],
    alphabetical: &[6, 10, 3, 0, 1, 7, 2, 9, 8, 5, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("The shape of a network.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("networkConfigurations")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/NetworkConfiguration"])),
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
    /// `NetworkType`
    pub const NETWORK_TYPE: usize = 8;
    /// `Mtu`
    pub const MTU: usize = 9;
    /// `ClassOfService`
    pub const CLASS_OF_SERVICE: usize = 10;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const NETWORK_TYPE: PropertyDescriptor = PropertyDescriptor {
        name: "NetworkType",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["PRIVATE", "PUBLIC", ".."],
            names: &["Private", "Public", "Other"],
        }),
        class_origin: "CIMI_NetworkConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Whether the network can be reached from outside.")),
            q::value_map(QualifierValue::Strings(&["PRIVATE", "PUBLIC", ".."])),
            q::values(QualifierValue::Strings(&["Private", "Public", "Other"])),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkConfiguration.networkType"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MTU: PropertyDescriptor = PropertyDescriptor {
        name: "Mtu",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_NetworkConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Largest packet that the network carries.")),
            q::p_unit(QualifierValue::String("byte")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkConfiguration.mtu"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CLASS_OF_SERVICE: PropertyDescriptor = PropertyDescriptor {
        name: "ClassOfService",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_NetworkConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Grade of the service, in the words of the Provider.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkConfiguration.classOfService"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
