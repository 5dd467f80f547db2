// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_MeterTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a meter is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_MeterTemplate",
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
        property::TARGET_RESOURCE,
        property::METER_CONFIG,
    ],
    alphabetical: &[6, 3, 0, 1, 7, 2, 9, 5, 8, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What a meter is made from.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("meterTemplates")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MeterTemplate"])),
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
    /// `TargetResource`
    pub const TARGET_RESOURCE: usize = 8;
    /// `MeterConfig`
    pub const METER_CONFIG: usize = 9;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const TARGET_RESOURCE: PropertyDescriptor = PropertyDescriptor {
        name: "TargetResource",
        ty: CimType::String,
        reference_class: Some("CIMI_Resource"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MeterTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("The resource to measure. Absent where the owner of the new meter says it.")),
            q::reference(QualifierValue::String("CIMI_Resource")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MeterTemplate.targetResource"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const METER_CONFIG: PropertyDescriptor = PropertyDescriptor {
        name: "MeterConfig",
        ty: CimType::String,
        reference_class: Some("CIMI_MeterConfiguration"),
        embedded: Embedded::Instance("CIMI_MeterConfiguration"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MeterTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Definition of the meter.")),
            q::reference(QualifierValue::String("CIMI_MeterConfiguration")),
            q::embedded_instance(QualifierValue::String("CIMI_MeterConfiguration")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MeterTemplate.meterConfig"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
