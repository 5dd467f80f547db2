// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Volume`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Storage that can be attached to machines.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Volume",
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
        property::STATE,
        property::TYPE,
        property::CAPACITY,
        property::BOOTABLE,
        property::EVENT_LOG,
    ],
    alphabetical: &[6, 11, 10, 3, 0, 1, 12, 7, 2, 5, 8, 9, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("Storage that can be attached to machines.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("volumes")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Volume"])),
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
    /// `State`
    pub const STATE: usize = 8;
    /// `Type`
    pub const TYPE: usize = 9;
    /// `Capacity`
    pub const CAPACITY: usize = 10;
    /// `Bootable`
    pub const BOOTABLE: usize = 11;
    /// `EventLog`
    pub const EVENT_LOG: usize = 12;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const STATE: PropertyDescriptor = PropertyDescriptor {
        name: "State",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["CREATING", "AVAILABLE", "CAPTURING", "RESTORING", "DELETING", "ERROR", ".."],
            names: &["Creating", "Available", "Capturing", "Restoring", "Deleting", "Error", "Other"],
        }),
        class_origin: "CIMI_Volume",
        qualifiers: &[
            q::description(QualifierValue::String("State of the volume.")),
            q::value_map(QualifierValue::Strings(&["CREATING", "AVAILABLE", "CAPTURING", "RESTORING", "DELETING", "ERROR", ".."])),
            q::values(QualifierValue::Strings(&["Creating", "Available", "Capturing", "Restoring", "Deleting", "Error", "Other"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Volume.state"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const TYPE: PropertyDescriptor = PropertyDescriptor {
        name: "Type",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["http://schemas.dmtf.org/cimi/1/mapped", ".."],
            names: &["Mapped", "Other"],
        }),
        class_origin: "CIMI_Volume",
        qualifiers: &[
            q::description(QualifierValue::String("Kind of the volume. Providers may have others than those listed.")),
            q::value_map(QualifierValue::Strings(&["http://schemas.dmtf.org/cimi/1/mapped", ".."])),
            q::values(QualifierValue::Strings(&["Mapped", "Other"])),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Volume.type"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CAPACITY: PropertyDescriptor = PropertyDescriptor {
        name: "Capacity",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Volume",
        qualifiers: &[
            q::description(QualifierValue::String("Size of the volume. It may grow; a Provider may refuse to let it shrink.")),
            q::p_unit(QualifierValue::String("byte * 10^3")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Volume.capacity"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const BOOTABLE: PropertyDescriptor = PropertyDescriptor {
        name: "Bootable",
        ty: CimType::Boolean,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Volume",
        qualifiers: &[
            q::description(QualifierValue::String("Whether a machine can boot from it.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Volume.bootable"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EVENT_LOG: PropertyDescriptor = PropertyDescriptor {
        name: "EventLog",
        ty: CimType::String,
        reference_class: Some("CIMI_EventLog"),
        class_origin: "CIMI_Volume",
        qualifiers: &[
            q::description(QualifierValue::String("Events of the volume.")),
            q::reference(QualifierValue::String("CIMI_EventLog")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(17)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Volume.eventLog"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
