// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_NetworkPortTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a network port is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_NetworkPortTemplate",
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
        property::NETWORK,
        property::NETWORK_PORT_CONFIG,
        property::METER_TEMPLATES,
        property::EVENT_LOG_TEMPLATE,
    ],
    alphabetical: &[6, 3, 0, 1, 11, 7, 2, 10, 8, 9, 5, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What a network port is made from.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("networkPortTemplates")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/NetworkPortTemplate"])),
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
    /// `Network`
    pub const NETWORK: usize = 8;
    /// `NetworkPortConfig`
    pub const NETWORK_PORT_CONFIG: usize = 9;
    /// `MeterTemplates`
    pub const METER_TEMPLATES: usize = 10;
    /// `EventLogTemplate`
    pub const EVENT_LOG_TEMPLATE: usize = 11;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const NETWORK: PropertyDescriptor = PropertyDescriptor {
        name: "Network",
        ty: CimType::String,
        reference_class: Some("CIMI_Network"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_NetworkPortTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("The network that the port belongs to.")),
            q::reference(QualifierValue::String("CIMI_Network")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkPortTemplate.network"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NETWORK_PORT_CONFIG: PropertyDescriptor = PropertyDescriptor {
        name: "NetworkPortConfig",
        ty: CimType::String,
        reference_class: Some("CIMI_NetworkPortConfiguration"),
        embedded: Embedded::Instance("CIMI_NetworkPortConfiguration"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_NetworkPortTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Shape of the port.")),
            q::reference(QualifierValue::String("CIMI_NetworkPortConfiguration")),
            q::embedded_instance(QualifierValue::String("CIMI_NetworkPortConfiguration")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkPortTemplate.networkPortConfig"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const METER_TEMPLATES: PropertyDescriptor = PropertyDescriptor {
        name: "MeterTemplates",
        ty: CimType::String,
        is_array: true,
        reference_class: Some("CIMI_MeterTemplate"),
        embedded: Embedded::Instance("CIMI_MeterTemplate"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_NetworkPortTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Meters to make for the new network port.")),
            q::reference(QualifierValue::String("CIMI_MeterTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_MeterTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::cimi_xml_item(QualifierValue::String("meterTemplate")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkPortTemplate.meterTemplates"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EVENT_LOG_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "EventLogTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_EventLogTemplate"),
        embedded: Embedded::Instance("CIMI_EventLogTemplate"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_NetworkPortTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Event log to make for the new network port.")),
            q::reference(QualifierValue::String("CIMI_EventLogTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_EventLogTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkPortTemplate.eventLogTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
