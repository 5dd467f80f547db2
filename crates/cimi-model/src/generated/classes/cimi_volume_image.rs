// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_VolumeImage`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a volume is filled with, or the content of a volume at one moment.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_VolumeImage",
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
        property::IMAGE_LOCATION,
        property::BOOTABLE,
    ],
    alphabetical: &[6, 10, 3, 0, 1, 7, 9, 2, 5, 8, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What a volume is filled with, or the content of a volume at one moment.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("volumeImages")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/VolumeImage"])),
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
    /// `ImageLocation`
    pub const IMAGE_LOCATION: usize = 9;
    /// `Bootable`
    pub const BOOTABLE: usize = 10;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const STATE: PropertyDescriptor = PropertyDescriptor {
        name: "State",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["CREATING", "AVAILABLE", "DELETING", "ERROR", ".."],
            names: &["Creating", "Available", "Deleting", "Error", "Other"],
        }),
        class_origin: "CIMI_VolumeImage",
        qualifiers: &[
            q::description(QualifierValue::String("State of the image.")),
            q::value_map(QualifierValue::Strings(&["CREATING", "AVAILABLE", "DELETING", "ERROR", ".."])),
            q::values(QualifierValue::Strings(&["Creating", "Available", "Deleting", "Error", "Other"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|VolumeImage.state"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const IMAGE_LOCATION: PropertyDescriptor = PropertyDescriptor {
        name: "ImageLocation",
        ty: CimType::String,
        class_origin: "CIMI_VolumeImage",
        qualifiers: &[
            q::description(QualifierValue::String("Where the data of the image is. When an image is made, the URI of a volume stands for a copy of that volume.")),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|VolumeImage.imageLocation"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const BOOTABLE: PropertyDescriptor = PropertyDescriptor {
        name: "Bootable",
        ty: CimType::Boolean,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_VolumeImage",
        qualifiers: &[
            q::description(QualifierValue::String("Whether a machine can boot from volumes that are made from it.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|VolumeImage.bootable"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
