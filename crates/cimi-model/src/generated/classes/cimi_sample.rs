// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Sample`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// One measurement.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Sample",
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
        property::TIMESTAMP,
        property::VALUE,
    ],
    alphabetical: &[6, 3, 0, 1, 7, 2, 5, 8, 4, 9],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("One measurement.")),
        q::cimi_crud(QualifierValue::Strings(&["read"])),
        q::cimi_json_group(QualifierValue::String("samples")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Sample"])),
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
    /// `Timestamp`
    pub const TIMESTAMP: usize = 8;
    /// `Value`
    pub const VALUE: usize = 9;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const TIMESTAMP: PropertyDescriptor = PropertyDescriptor {
        name: "Timestamp",
        ty: CimType::DateTime,
        class_origin: "CIMI_Sample",
        qualifiers: &[
            q::description(QualifierValue::String("When it was measured, or when the interval ended.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::cimi_xml_item(QualifierValue::String("sample")),
            q::cimi_xml_value(QualifierValue::String("timestamp")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Sample.timestamp"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const VALUE: PropertyDescriptor = PropertyDescriptor {
        name: "Value",
        ty: CimType::String,
        class_origin: "CIMI_Sample",
        qualifiers: &[
            q::description(QualifierValue::String("What was measured.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::cimi_xml_item(QualifierValue::String("sample")),
            q::cimi_xml_value(QualifierValue::String("value")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Sample.value"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
