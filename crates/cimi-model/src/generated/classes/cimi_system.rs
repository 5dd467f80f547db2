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
    properties: &[
        super::cimi_resource::property::DESCRIPTION,
        super::cimi_resource::property::ELEMENT_NAME,
        super::cimi_resource::property::INSTANCE_ID,
        super::cimi_resource::property::CREATED,
        super::cimi_resource::property::UPDATED,
        super::cimi_resource::property::PROPERTIES,
        super::cimi_resource::property::AVAILABLE_OPERATIONS,
        super::cimi_resource::property::EXTENSIONS,
        property::STATE,
        property::EVENT_LOG,
    ],
    alphabetical: &[6, 3, 0, 1, 9, 7, 2, 5, 8, 4],
    keys: &[2],
    methods: &[
        method::START,
        method::STOP,
        method::RESTART,
        method::PAUSE,
        method::SUSPEND,
        method::EXPORT,
        method::IMPORT,
    ],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("Machines, volumes, networks and other systems that are made and operated as one.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("systems")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/System"])),
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
    /// `State`
    pub const STATE: usize = 8;
    /// `EventLog`
    pub const EVENT_LOG: usize = 9;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const STATE: PropertyDescriptor = PropertyDescriptor {
        name: "State",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "PAUSING", "PAUSED", "SUSPENDING", "SUSPENDED", "MIXED", "DELETING", "ERROR", ".."],
            names: &["Creating", "Starting", "Started", "Stopping", "Stopped", "Pausing", "Paused", "Suspending", "Suspended", "Mixed", "Deleting", "Error", "Other"],
        }),
        class_origin: "CIMI_System",
        qualifiers: &[
            q::description(QualifierValue::String("The state that all machines of the system have; MIXED if they differ or there are none.")),
            q::value_map(QualifierValue::Strings(&["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "PAUSING", "PAUSED", "SUSPENDING", "SUSPENDED", "MIXED", "DELETING", "ERROR", ".."])),
            q::values(QualifierValue::Strings(&["Creating", "Starting", "Started", "Stopping", "Stopped", "Pausing", "Paused", "Suspending", "Suspended", "Mixed", "Deleting", "Error", "Other"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|System.state"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EVENT_LOG: PropertyDescriptor = PropertyDescriptor {
        name: "EventLog",
        ty: CimType::String,
        reference_class: Some("CIMI_EventLog"),
        class_origin: "CIMI_System",
        qualifiers: &[
            q::description(QualifierValue::String("Events of the system as a whole.")),
            q::reference(QualifierValue::String("CIMI_EventLog")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(21)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|System.eventLog"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}

pub(super) mod method {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const START: MethodDescriptor = MethodDescriptor {
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Options that the Provider defines.")),
                        q::embedded_instance(QualifierValue::String("CIMI_Property")),
                        q::array_type(QualifierValue::String("Ordered")),
                        q::cimi_xml_item(QualifierValue::String("property")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.properties"])),
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
                        q::r#in(QualifierValue::Boolean(false)),
                        q::out(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The job that carries the operation out, if the return value is 4096.")),
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
            q::description(QualifierValue::String("Starts every machine in the system, the systems inside it included.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/start"])),
        ],
    };

    pub(in super::super) const STOP: MethodDescriptor = MethodDescriptor {
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("True to cut the power, false for an orderly shutdown. Absent: the Provider decides.")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.force"])),
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Options that the Provider defines.")),
                        q::embedded_instance(QualifierValue::String("CIMI_Property")),
                        q::array_type(QualifierValue::String("Ordered")),
                        q::cimi_xml_item(QualifierValue::String("property")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.properties"])),
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
                        q::r#in(QualifierValue::Boolean(false)),
                        q::out(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The job that carries the operation out, if the return value is 4096.")),
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
            q::description(QualifierValue::String("Stops every machine in the system, the systems inside it included.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/stop"])),
        ],
    };

    pub(in super::super) const RESTART: MethodDescriptor = MethodDescriptor {
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("True to cut the power, false for an orderly shutdown. Absent: the Provider decides.")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.force"])),
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Options that the Provider defines.")),
                        q::embedded_instance(QualifierValue::String("CIMI_Property")),
                        q::array_type(QualifierValue::String("Ordered")),
                        q::cimi_xml_item(QualifierValue::String("property")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.properties"])),
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
                        q::r#in(QualifierValue::Boolean(false)),
                        q::out(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The job that carries the operation out, if the return value is 4096.")),
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
            q::description(QualifierValue::String("Restarts every machine in the system, the systems inside it included.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/restart"])),
        ],
    };

    pub(in super::super) const PAUSE: MethodDescriptor = MethodDescriptor {
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Options that the Provider defines.")),
                        q::embedded_instance(QualifierValue::String("CIMI_Property")),
                        q::array_type(QualifierValue::String("Ordered")),
                        q::cimi_xml_item(QualifierValue::String("property")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.properties"])),
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
                        q::r#in(QualifierValue::Boolean(false)),
                        q::out(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The job that carries the operation out, if the return value is 4096.")),
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
            q::description(QualifierValue::String("Pauses every machine in the system, the systems inside it included.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/pause"])),
        ],
    };

    pub(in super::super) const SUSPEND: MethodDescriptor = MethodDescriptor {
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Options that the Provider defines.")),
                        q::embedded_instance(QualifierValue::String("CIMI_Property")),
                        q::array_type(QualifierValue::String("Ordered")),
                        q::cimi_xml_item(QualifierValue::String("property")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.properties"])),
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
                        q::r#in(QualifierValue::Boolean(false)),
                        q::out(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The job that carries the operation out, if the return value is 4096.")),
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
            q::description(QualifierValue::String("Suspends every machine in the system, the systems inside it included.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/suspend"])),
        ],
    };

    pub(in super::super) const EXPORT: MethodDescriptor = MethodDescriptor {
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Media type of the package. Absent: application/ovf.")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.format"])),
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Where to put the package. Absent: the Provider says where it is.")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.destination"])),
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Options that the Provider defines.")),
                        q::embedded_instance(QualifierValue::String("CIMI_Property")),
                        q::array_type(QualifierValue::String("Ordered")),
                        q::cimi_xml_item(QualifierValue::String("property")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.properties"])),
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
                        q::r#in(QualifierValue::Boolean(false)),
                        q::out(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The descriptor of the package, if no destination was given.")),
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
                        q::r#in(QualifierValue::Boolean(false)),
                        q::out(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The job that carries the operation out, if the return value is 4096.")),
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
            q::description(QualifierValue::String("Writes the system, and everything that it contains or uses, into a package.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/export"])),
        ],
    };

    pub(in super::super) const IMPORT: MethodDescriptor = MethodDescriptor {
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
                        q::required(QualifierValue::Boolean(true)),
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Where the package is.")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.source"])),
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Options that the Provider defines.")),
                        q::embedded_instance(QualifierValue::String("CIMI_Property")),
                        q::array_type(QualifierValue::String("Ordered")),
                        q::cimi_xml_item(QualifierValue::String("property")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.properties"])),
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
                        q::r#in(QualifierValue::Boolean(false)),
                        q::out(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The job that carries the operation out, if the return value is 4096.")),
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
            q::r#static(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Makes a system, and everything in it, of a package.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/import"])),
        ],
    };
}
