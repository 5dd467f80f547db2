// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_VolumeConfiguration`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The shape of a volume.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_VolumeConfiguration",
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
        property::TYPE,
        property::FORMAT,
        property::CAPACITY,
    ],
    alphabetical: &[6, 10, 3, 0, 1, 7, 9, 2, 5, 8, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("The shape of a volume.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("volumeConfigurations")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/VolumeConfiguration"])),
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
    /// `Type`
    pub const TYPE: usize = 8;
    /// `Format`
    pub const FORMAT: usize = 9;
    /// `Capacity`
    pub const CAPACITY: usize = 10;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const TYPE: PropertyDescriptor = PropertyDescriptor {
        name: "Type",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["http://schemas.dmtf.org/cimi/1/mapped", ".."],
            names: &["Mapped", "Other"],
        }),
        class_origin: "CIMI_VolumeConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Kind of the volume. Providers may have others than those listed.")),
            q::value_map(QualifierValue::Strings(&["http://schemas.dmtf.org/cimi/1/mapped", ".."])),
            q::values(QualifierValue::Strings(&["Mapped", "Other"])),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|VolumeConfiguration.type"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const FORMAT: PropertyDescriptor = PropertyDescriptor {
        name: "Format",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_VolumeConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("File system to put on it, such as ext4. Absent leaves it without one.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|VolumeConfiguration.format"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CAPACITY: PropertyDescriptor = PropertyDescriptor {
        name: "Capacity",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_VolumeConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Size of the volume.")),
            q::p_unit(QualifierValue::String("byte * 10^3")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|VolumeConfiguration.capacity"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
