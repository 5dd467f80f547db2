// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_VolumeTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a volume is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_VolumeTemplate",
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
        property::VOLUME_CONFIG,
    ],
    alphabetical: &[6, 3, 0, 1, 7, 2, 5, 4, 8],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What a volume is made from.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("volumeTemplates")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/VolumeTemplate"])),
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
    /// `VolumeConfig`
    pub const VOLUME_CONFIG: usize = 8;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const VOLUME_CONFIG: PropertyDescriptor = PropertyDescriptor {
        name: "VolumeConfig",
        ty: CimType::String,
        reference_class: Some("CIMI_VolumeConfiguration"),
        embedded: Embedded::Instance("CIMI_VolumeConfiguration"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_VolumeTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Shape of the volume.")),
            q::reference(QualifierValue::String("CIMI_VolumeConfiguration")),
            q::embedded_instance(QualifierValue::String("CIMI_VolumeConfiguration")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|VolumeTemplate.volumeConfig"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
