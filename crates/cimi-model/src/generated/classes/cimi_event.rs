// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Event`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Something that happened in the cloud.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Event",
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
        property::TYPE,
        property::CONTENT,
        property::OUTCOME,
        property::SEVERITY,
        property::CONTACT,
    ],
    alphabetical: &[6, 13, 10, 3, 0, 1, 7, 2, 11, 5, 12, 8, 9, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("Something that happened in the cloud.")),
        q::cimi_crud(QualifierValue::Strings(&["read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("events")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Event"])),
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
    /// `Type`
    pub const TYPE: usize = 9;
    /// `Content`
    pub const CONTENT: usize = 10;
    /// `Outcome`
    pub const OUTCOME: usize = 11;
    /// `Severity`
    pub const SEVERITY: usize = 12;
    /// `Contact`
    pub const CONTACT: usize = 13;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const TIMESTAMP: PropertyDescriptor = PropertyDescriptor {
        name: "Timestamp",
        ty: CimType::DateTime,
        class_origin: "CIMI_Event",
        qualifiers: &[
            q::description(QualifierValue::String("When it happened, which may be before it was recorded.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Event.timestamp"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const TYPE: PropertyDescriptor = PropertyDescriptor {
        name: "Type",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["http://schemas.dmtf.org/cimi/1/event/state", "http://schemas.dmtf.org/cimi/1/event/alarm", "http://schemas.dmtf.org/cimi/1/event/model", "http://schemas.dmtf.org/cimi/1/event/access", "http://schemas.dmtf.org/cloud/audit/1.0/", ".."],
            names: &["State", "Alarm", "Model", "Access", "Audit", "Other"],
        }),
        class_origin: "CIMI_Event",
        qualifiers: &[
            q::description(QualifierValue::String("What kind of event it is. Providers may have others than those listed.")),
            q::value_map(QualifierValue::Strings(&["http://schemas.dmtf.org/cimi/1/event/state", "http://schemas.dmtf.org/cimi/1/event/alarm", "http://schemas.dmtf.org/cimi/1/event/model", "http://schemas.dmtf.org/cimi/1/event/access", "http://schemas.dmtf.org/cloud/audit/1.0/", ".."])),
            q::values(QualifierValue::Strings(&["State", "Alarm", "Model", "Access", "Audit", "Other"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Event.type"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CONTENT: PropertyDescriptor = PropertyDescriptor {
        name: "Content",
        ty: CimType::String,
        embedded: Embedded::Instance("CIMI_EventContent"),
        class_origin: "CIMI_Event",
        qualifiers: &[
            q::description(QualifierValue::String("What happened, in the structure that belongs to the type.")),
            q::embedded_instance(QualifierValue::String("CIMI_EventContent")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Event.content"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const OUTCOME: PropertyDescriptor = PropertyDescriptor {
        name: "Outcome",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["Pending", "Unknown", "Status", "Success", "Warning", "Failure", ".."],
            names: &["Pending", "Unknown", "Status", "Success", "Warning", "Failure", "Other"],
        }),
        class_origin: "CIMI_Event",
        qualifiers: &[
            q::description(QualifierValue::String("What it means on the whole. Providers may have other values than those listed.")),
            q::value_map(QualifierValue::Strings(&["Pending", "Unknown", "Status", "Success", "Warning", "Failure", ".."])),
            q::values(QualifierValue::Strings(&["Pending", "Unknown", "Status", "Success", "Warning", "Failure", "Other"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Event.outcome"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const SEVERITY: PropertyDescriptor = PropertyDescriptor {
        name: "Severity",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["critical", "high", "medium", "low"],
            names: &["Critical", "High", "Medium", "Low"],
        }),
        class_origin: "CIMI_Event",
        qualifiers: &[
            q::description(QualifierValue::String("How serious it is. Absent where that has no meaning.")),
            q::value_map(QualifierValue::Strings(&["critical", "high", "medium", "low"])),
            q::values(QualifierValue::Strings(&["Critical", "High", "Medium", "Low"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Event.severity"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CONTACT: PropertyDescriptor = PropertyDescriptor {
        name: "Contact",
        ty: CimType::String,
        class_origin: "CIMI_Event",
        qualifiers: &[
            q::description(QualifierValue::String("Whom to turn to.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(16)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Event.contact"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
