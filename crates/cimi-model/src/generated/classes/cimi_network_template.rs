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
    properties: &inherit::<_, 13>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "InitialState",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "ERROR", ".."],
                names: &["Creating", "Starting", "Started", "Stopping", "Stopped", "Deleting", "Error", "Other"],
            }),
            class_origin: "CIMI_NetworkTemplate",
            qualifiers: &[
                q::description!("The state that the network is brought to once it is made. Only a state of rest can be reached."),
                q::value_map!(&["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "ERROR", ".."]),
                q::values!(&["Creating", "Starting", "Started", "Stopping", "Stopped", "Deleting", "Error", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkTemplate.initialState"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "NetworkConfig",
            ty: CimType::String,
            reference_class: Some("CIMI_NetworkConfiguration"),
            embedded: Embedded::Instance("CIMI_NetworkConfiguration"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_NetworkTemplate",
            qualifiers: &[
                q::description!("Shape of the network."),
                q::reference!("CIMI_NetworkConfiguration"),
                q::embedded_instance!("CIMI_NetworkConfiguration"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkTemplate.networkConfig"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ForwardingGroup",
            ty: CimType::String,
            reference_class: Some("CIMI_ForwardingGroup"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_NetworkTemplate",
            qualifiers: &[
                q::description!("The group of networks that it joins."),
                q::reference!("CIMI_ForwardingGroup"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkTemplate.forwardingGroup"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MeterTemplates",
            ty: CimType::String,
            is_array: true,
            reference_class: Some("CIMI_MeterTemplate"),
            embedded: Embedded::Instance("CIMI_MeterTemplate"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_NetworkTemplate",
            qualifiers: &[
                q::description!("Meters to make for the new network."),
                q::reference!("CIMI_MeterTemplate"),
                q::embedded_instance!("CIMI_MeterTemplate"),
                q::cimi_by_value!(true),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::cimi_xml_item!("meterTemplate"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkTemplate.meterTemplates"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "EventLogTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_EventLogTemplate"),
            embedded: Embedded::Instance("CIMI_EventLogTemplate"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_NetworkTemplate",
            qualifiers: &[
                q::description!("Event log to make for the new network."),
                q::reference!("CIMI_EventLogTemplate"),
                q::embedded_instance!("CIMI_EventLogTemplate"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(15),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkTemplate.eventLogTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<13>("6 3 0 1 12 7 10 8 2 11 9 5 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What a network is made from."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("networkTemplates"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/NetworkTemplate"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
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
