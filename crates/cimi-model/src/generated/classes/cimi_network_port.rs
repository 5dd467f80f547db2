// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_NetworkPort`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A place where something can be connected to a network.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_NetworkPort",
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
            name: "State",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "ERROR", ".."],
                names: &["Creating", "Starting", "Started", "Stopping", "Stopped", "Deleting", "Error", "Other"],
            }),
            class_origin: "CIMI_NetworkPort",
            qualifiers: &[
                q::description!("State of the port. It changes through operations only."),
                q::value_map!(&["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "ERROR", ".."]),
                q::values!(&["Creating", "Starting", "Started", "Stopping", "Stopped", "Deleting", "Error", "Other"]),
                q::cimi_access!("RO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkPort.state"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Network",
            ty: CimType::String,
            reference_class: Some("CIMI_Network"),
            class_origin: "CIMI_NetworkPort",
            qualifiers: &[
                q::description!("The network that the port belongs to."),
                q::reference!("CIMI_Network"),
                q::cimi_access!("CO"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkPort.network"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "PortType",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["ACCESS", "TRUNK", ".."],
                names: &["Access", "Trunk", "Other"],
            }),
            class_origin: "CIMI_NetworkPort",
            qualifiers: &[
                q::description!("Whether the port carries one network or several."),
                q::value_map!(&["ACCESS", "TRUNK", ".."]),
                q::values!(&["Access", "Trunk", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkPort.portType"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ClassOfService",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_NetworkPort",
            qualifiers: &[
                q::description!("Grade of the service, in the words of the Provider."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkPort.classOfService"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "EventLog",
            ty: CimType::String,
            reference_class: Some("CIMI_EventLog"),
            class_origin: "CIMI_NetworkPort",
            qualifiers: &[
                q::description!("Events of the port."),
                q::reference!("CIMI_EventLog"),
                q::cimi_access!("RO"),
                q::cimi_order!(16),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|NetworkPort.eventLog"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<13>("6 11 3 0 1 12 7 2 9 10 5 8 4"),
    keys: &[2],
    methods: &[
        MethodDescriptor {
            name: "Start",
            returns: Some(CimType::Uint32),
            value_map: Some(ValueMap {
                values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
                names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
            }),
            parameters: &[
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Properties",
                        ty: CimType::String,
                        is_array: true,
                        embedded: Embedded::Instance("CIMI_Property"),
                        class_origin: "CIMI_NetworkPort",
                        qualifiers: &[
                            q::r#in!(true),
                            q::description!("Options that the Provider defines."),
                            q::embedded_instance!("CIMI_Property"),
                            q::array_type!("Ordered"),
                            q::cimi_xml_item!("property"),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.properties"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Job",
                        ty: CimType::Reference,
                        reference_class: Some("CIMI_Job"),
                        class_origin: "CIMI_NetworkPort",
                        qualifiers: &[
                            q::r#in!(false),
                            q::out!(true),
                            q::description!("The job that carries the operation out, if the return value is 4096."),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: false,
                    output: true,
                },
            ],
            is_static: false,
            class_origin: "CIMI_NetworkPort",
            qualifiers: &[
                q::description!("Switches the port on."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::cimi_from_states!(&["STOPPED"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/start"]),
            ],
        },
        MethodDescriptor {
            name: "Stop",
            returns: Some(CimType::Uint32),
            value_map: Some(ValueMap {
                values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
                names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
            }),
            parameters: &[
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Properties",
                        ty: CimType::String,
                        is_array: true,
                        embedded: Embedded::Instance("CIMI_Property"),
                        class_origin: "CIMI_NetworkPort",
                        qualifiers: &[
                            q::r#in!(true),
                            q::description!("Options that the Provider defines."),
                            q::embedded_instance!("CIMI_Property"),
                            q::array_type!("Ordered"),
                            q::cimi_xml_item!("property"),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.properties"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Job",
                        ty: CimType::Reference,
                        reference_class: Some("CIMI_Job"),
                        class_origin: "CIMI_NetworkPort",
                        qualifiers: &[
                            q::r#in!(false),
                            q::out!(true),
                            q::description!("The job that carries the operation out, if the return value is 4096."),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: false,
                    output: true,
                },
            ],
            is_static: false,
            class_origin: "CIMI_NetworkPort",
            qualifiers: &[
                q::description!("Switches the port off."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::cimi_from_states!(&["STARTED"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/stop"]),
            ],
        },
    ],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("A place where something can be connected to a network."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("networkPorts"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/NetworkPort"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `State`
    pub const STATE: usize = 8;
    /// `Network`
    pub const NETWORK: usize = 9;
    /// `PortType`
    pub const PORT_TYPE: usize = 10;
    /// `ClassOfService`
    pub const CLASS_OF_SERVICE: usize = 11;
    /// `EventLog`
    pub const EVENT_LOG: usize = 12;
}
