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
    properties: &[
        super::cimi_resource::property::DESCRIPTION,
        super::cimi_resource::property::ELEMENT_NAME,
        super::cimi_resource::property::INSTANCE_ID,
        super::cimi_resource::property::CREATED,
        super::cimi_resource::property::UPDATED,
        super::cimi_resource::property::PROPERTIES,
        super::cimi_resource::property::AVAILABLE_OPERATIONS,
        super::cimi_resource::property::EXTENSIONS,
        property::PORT_TYPE,
        property::CLASS_OF_SERVICE,
    ],
    alphabetical: &[6, 9, 3, 0, 1, 7, 2, 8, 5, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("The shape of a network port.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("networkPortConfigurations")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/NetworkPortConfiguration"])),
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
    /// `PortType`
    pub const PORT_TYPE: usize = 8;
    /// `ClassOfService`
    pub const CLASS_OF_SERVICE: usize = 9;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const PORT_TYPE: PropertyDescriptor = PropertyDescriptor {
        name: "PortType",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["ACCESS", "TRUNK", ".."],
            names: &["Access", "Trunk", "Other"],
        }),
        class_origin: "CIMI_NetworkPortConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Whether the port carries one network or several.")),
            q::value_map(QualifierValue::Strings(&["ACCESS", "TRUNK", ".."])),
            q::values(QualifierValue::Strings(&["Access", "Trunk", "Other"])),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkPortConfiguration.portType"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CLASS_OF_SERVICE: PropertyDescriptor = PropertyDescriptor {
        name: "ClassOfService",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_NetworkPortConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Grade of the service, in the words of the Provider.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkPortConfiguration.classOfService"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
