// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_System`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Machines, volumes, networks and other systems that are made and operated as one.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_System",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 10>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "State",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "PAUSING", "PAUSED", "SUSPENDING", "SUSPENDED", "MIXED", "DELETING", "ERROR", ".."],
                names: &["Creating", "Starting", "Started", "Stopping", "Stopped", "Pausing", "Paused", "Suspending", "Suspended", "Mixed", "Deleting", "Error", "Other"],
            }),
            class_origin: "CIMI_System",
            qualifiers: &[
                q::description!("The state that all machines of the system have; MIXED if they differ or there are none."),
                q::value_map!(&["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "PAUSING", "PAUSED", "SUSPENDING", "SUSPENDED", "MIXED", "DELETING", "ERROR", ".."]),
                q::values!(&["Creating", "Starting", "Started", "Stopping", "Stopped", "Pausing", "Paused", "Suspending", "Suspended", "Mixed", "Deleting", "Error", "Other"]),
                q::cimi_access!("RO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|System.state"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "EventLog",
            ty: CimType::String,
            reference_class: Some("CIMI_EventLog"),
            class_origin: "CIMI_System",
            qualifiers: &[
                q::description!("Events of the system as a whole."),
                q::reference!("CIMI_EventLog"),
                q::cimi_access!("RO"),
                q::cimi_order!(21),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|System.eventLog"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<10>("6 3 0 1 9 7 2 5 8 4"),
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
                        class_origin: "CIMI_System",
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
                        class_origin: "CIMI_System",
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
            class_origin: "CIMI_System",
            qualifiers: &[
                q::description!("Starts every machine in the system, the systems inside it included."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
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
                        name: "Force",
                        ty: CimType::Boolean,
                        class_origin: "CIMI_System",
                        qualifiers: &[
                            q::r#in!(true),
                            q::description!("True to cut the power, false for an orderly shutdown. Absent: the Provider decides."),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.force"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Properties",
                        ty: CimType::String,
                        is_array: true,
                        embedded: Embedded::Instance("CIMI_Property"),
                        class_origin: "CIMI_System",
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
                        class_origin: "CIMI_System",
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
            class_origin: "CIMI_System",
            qualifiers: &[
                q::description!("Stops every machine in the system, the systems inside it included."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/stop"]),
            ],
        },
        MethodDescriptor {
            name: "Restart",
            returns: Some(CimType::Uint32),
            value_map: Some(ValueMap {
                values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
                names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
            }),
            parameters: &[
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Force",
                        ty: CimType::Boolean,
                        class_origin: "CIMI_System",
                        qualifiers: &[
                            q::r#in!(true),
                            q::description!("True to cut the power, false for an orderly shutdown. Absent: the Provider decides."),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.force"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Properties",
                        ty: CimType::String,
                        is_array: true,
                        embedded: Embedded::Instance("CIMI_Property"),
                        class_origin: "CIMI_System",
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
                        class_origin: "CIMI_System",
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
            class_origin: "CIMI_System",
            qualifiers: &[
                q::description!("Restarts every machine in the system, the systems inside it included."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/restart"]),
            ],
        },
        MethodDescriptor {
            name: "Pause",
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
                        class_origin: "CIMI_System",
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
                        class_origin: "CIMI_System",
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
            class_origin: "CIMI_System",
            qualifiers: &[
                q::description!("Pauses every machine in the system, the systems inside it included."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/pause"]),
            ],
        },
        MethodDescriptor {
            name: "Suspend",
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
                        class_origin: "CIMI_System",
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
                        class_origin: "CIMI_System",
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
            class_origin: "CIMI_System",
            qualifiers: &[
                q::description!("Suspends every machine in the system, the systems inside it included."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/suspend"]),
            ],
        },
        MethodDescriptor {
            name: "Export",
            returns: Some(CimType::Uint32),
            value_map: Some(ValueMap {
                values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
                names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
            }),
            parameters: &[
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Format",
                        ty: CimType::String,
                        class_origin: "CIMI_System",
                        qualifiers: &[
                            q::r#in!(true),
                            q::description!("Media type of the package. Absent: application/ovf."),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.format"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Destination",
                        ty: CimType::String,
                        class_origin: "CIMI_System",
                        qualifiers: &[
                            q::r#in!(true),
                            q::description!("Where to put the package. Absent: the Provider says where it is."),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.destination"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Properties",
                        ty: CimType::String,
                        is_array: true,
                        embedded: Embedded::Instance("CIMI_Property"),
                        class_origin: "CIMI_System",
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
                        name: "Package",
                        ty: CimType::String,
                        class_origin: "CIMI_System",
                        qualifiers: &[
                            q::r#in!(false),
                            q::out!(true),
                            q::description!("The descriptor of the package, if no destination was given."),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: false,
                    output: true,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Job",
                        ty: CimType::Reference,
                        reference_class: Some("CIMI_Job"),
                        class_origin: "CIMI_System",
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
            class_origin: "CIMI_System",
            qualifiers: &[
                q::description!("Writes the system, and everything that it contains or uses, into a package."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/export"]),
            ],
        },
        MethodDescriptor {
            name: "Import",
            returns: Some(CimType::Uint32),
            value_map: Some(ValueMap {
                values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
                names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
            }),
            parameters: &[
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Source",
                        ty: CimType::String,
                        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
                        class_origin: "CIMI_System",
                        qualifiers: &[
                            q::required!(true),
                            q::r#in!(true),
                            q::description!("Where the package is."),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.source"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Properties",
                        ty: CimType::String,
                        is_array: true,
                        embedded: Embedded::Instance("CIMI_Property"),
                        class_origin: "CIMI_System",
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
                        class_origin: "CIMI_System",
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
            is_static: true,
            class_origin: "CIMI_System",
            qualifiers: &[
                q::r#static!(true),
                q::description!("Makes a system, and everything in it, of a package."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/import"]),
            ],
        },
    ],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("Machines, volumes, networks and other systems that are made and operated as one."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("systems"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/System"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `State`
    pub const STATE: usize = 8;
    /// `EventLog`
    pub const EVENT_LOG: usize = 9;
}
