// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_NetworkTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a network is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_NetworkTemplate",
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
        property::INITIAL_STATE,
        property::NETWORK_CONFIG,
        property::FORWARDING_GROUP,
        property::METER_TEMPLATES,
        property::EVENT_LOG_TEMPLATE,
    ],
    alphabetical: &[6, 3, 0, 1, 12, 7, 10, 8, 2, 11, 9, 5, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What a network is made from.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("networkTemplates")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/NetworkTemplate"])),
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
    /// `InitialState`
    pub const INITIAL_STATE: usize = 8;
    /// `NetworkConfig`
    pub const NETWORK_CONFIG: usize = 9;
    /// `ForwardingGroup`
    pub const FORWARDING_GROUP: usize = 10;
    /// `MeterTemplates`
    pub const METER_TEMPLATES: usize = 11;
    /// `EventLogTemplate`
    pub const EVENT_LOG_TEMPLATE: usize = 12;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const INITIAL_STATE: PropertyDescriptor = PropertyDescriptor {
        name: "InitialState",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "ERROR", ".."],
            names: &["Creating", "Starting", "Started", "Stopping", "Stopped", "Deleting", "Error", "Other"],
        }),
        class_origin: "CIMI_NetworkTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("The state that the network is brought to once it is made. Only a state of rest can be reached.")),
            q::value_map(QualifierValue::Strings(&["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "ERROR", ".."])),
            q::values(QualifierValue::Strings(&["Creating", "Starting", "Started", "Stopping", "Stopped", "Deleting", "Error", "Other"])),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkTemplate.initialState"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NETWORK_CONFIG: PropertyDescriptor = PropertyDescriptor {
        name: "NetworkConfig",
        ty: CimType::String,
        reference_class: Some("CIMI_NetworkConfiguration"),
        embedded: Embedded::Instance("CIMI_NetworkConfiguration"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_NetworkTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Shape of the network.")),
            q::reference(QualifierValue::String("CIMI_NetworkConfiguration")),
            q::embedded_instance(QualifierValue::String("CIMI_NetworkConfiguration")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkTemplate.networkConfig"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const FORWARDING_GROUP: PropertyDescriptor = PropertyDescriptor {
        name: "ForwardingGroup",
        ty: CimType::String,
        reference_class: Some("CIMI_ForwardingGroup"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_NetworkTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("The group of networks that it joins.")),
            q::reference(QualifierValue::String("CIMI_ForwardingGroup")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkTemplate.forwardingGroup"])),
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
        class_origin: "CIMI_NetworkTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Meters to make for the new network.")),
            q::reference(QualifierValue::String("CIMI_MeterTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_MeterTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::cimi_xml_item(QualifierValue::String("meterTemplate")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkTemplate.meterTemplates"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EVENT_LOG_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "EventLogTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_EventLogTemplate"),
        embedded: Embedded::Instance("CIMI_EventLogTemplate"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_NetworkTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Event log to make for the new network.")),
            q::reference(QualifierValue::String("CIMI_EventLogTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_EventLogTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|NetworkTemplate.eventLogTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
