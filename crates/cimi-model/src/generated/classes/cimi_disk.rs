// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Disk`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A disk of one machine.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Disk",
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
        property::CAPACITY,
        property::INITIAL_LOCATION,
    ],
    alphabetical: &[6, 8, 3, 0, 1, 7, 9, 2, 5, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A disk of one machine.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("disks")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Disk"])),
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
    /// `Capacity`
    pub const CAPACITY: usize = 8;
    /// `InitialLocation`
    pub const INITIAL_LOCATION: usize = 9;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const CAPACITY: PropertyDescriptor = PropertyDescriptor {
        name: "Capacity",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Disk",
        qualifiers: &[
            q::description(QualifierValue::String("Size of the disk.")),
            q::p_unit(QualifierValue::String("byte * 10^3")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Disk.capacity"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INITIAL_LOCATION: PropertyDescriptor = PropertyDescriptor {
        name: "InitialLocation",
        ty: CimType::String,
        class_origin: "CIMI_Disk",
        qualifiers: &[
            q::description(QualifierValue::String("Where the machine first shows it, such as /dev/sda.")),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Disk.initialLocation"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
