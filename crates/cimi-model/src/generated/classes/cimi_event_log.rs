// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_EventLog`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The events of one resource.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_EventLog",
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
        property::PERSISTENCE,
        property::SUMMARY,
    ],
    alphabetical: &[6, 3, 0, 1, 7, 2, 9, 5, 10, 8, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("The events of one resource.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("eventLogs")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/EventLog"])),
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
    /// `Persistence`
    pub const PERSISTENCE: usize = 9;
    /// `Summary`
    pub const SUMMARY: usize = 10;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const TARGET_RESOURCE: PropertyDescriptor = PropertyDescriptor {
        name: "TargetResource",
        ty: CimType::String,
        reference_class: Some("CIMI_Resource"),
        class_origin: "CIMI_EventLog",
        qualifiers: &[
            q::description(QualifierValue::String("The resource that the events are about.")),
            q::reference(QualifierValue::String("CIMI_Resource")),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|EventLog.targetResource"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PERSISTENCE: PropertyDescriptor = PropertyDescriptor {
        name: "Persistence",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["daily", "weekly", "monthly", "yearly", ".."],
            names: &["Daily", "Weekly", "Monthly", "Yearly", "Other"],
        }),
        class_origin: "CIMI_EventLog",
        qualifiers: &[
            q::description(QualifierValue::String("How long events are kept. Providers may have other values than those listed.")),
            q::value_map(QualifierValue::Strings(&["daily", "weekly", "monthly", "yearly", ".."])),
            q::values(QualifierValue::Strings(&["Daily", "Weekly", "Monthly", "Yearly", "Other"])),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|EventLog.persistence"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const SUMMARY: PropertyDescriptor = PropertyDescriptor {
        name: "Summary",
        ty: CimType::String,
        embedded: Embedded::Instance("CIMI_EventSummary"),
        class_origin: "CIMI_EventLog",
        qualifiers: &[
            q::description(QualifierValue::String("How many events of each severity there are at present.")),
            q::embedded_instance(QualifierValue::String("CIMI_EventSummary")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|EventLog.summary"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
