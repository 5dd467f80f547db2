// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Machine`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A computer in the cloud: processors, memory, and what is attached to it.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Machine",
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
        property::CPU,
        property::MEMORY,
        property::CPU_ARCH,
        property::CPU_SPEED,
        property::LATEST_SNAPSHOT,
        property::EVENT_LOG,
    ],
    alphabetical: &[6, 9, 11, 12, 3, 0, 1, 14, 7, 2, 13, 10, 5, 8, 4],
    keys: &[2],
    methods: &[
        method::START,
        method::STOP,
        method::RESTART,
        method::PAUSE,
        method::SUSPEND,
        method::CAPTURE,
        method::SNAPSHOT,
        method::RESTORE,
    ],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A computer in the cloud: processors, memory, and what is attached to it.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("machines")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Machine"])),
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
    /// `Cpu`
    pub const CPU: usize = 9;
    /// `Memory`
    pub const MEMORY: usize = 10;
    /// `CpuArch`
    pub const CPU_ARCH: usize = 11;
    /// `CpuSpeed`
    pub const CPU_SPEED: usize = 12;
    /// `LatestSnapshot`
    pub const LATEST_SNAPSHOT: usize = 13;
    /// `EventLog`
    pub const EVENT_LOG: usize = 14;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const STATE: PropertyDescriptor = PropertyDescriptor {
        name: "State",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "PAUSING", "PAUSED", "SUSPENDING", "SUSPENDED", "CAPTURING", "RESTORING", "DELETING", "ERROR", ".."],
            names: &["Creating", "Starting", "Started", "Stopping", "Stopped", "Pausing", "Paused", "Suspending", "Suspended", "Capturing", "Restoring", "Deleting", "Error", "Other"],
        }),
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("State of the machine. It changes through operations only.")),
            q::value_map(QualifierValue::Strings(&["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "PAUSING", "PAUSED", "SUSPENDING", "SUSPENDED", "CAPTURING", "RESTORING", "DELETING", "ERROR", ".."])),
            q::values(QualifierValue::Strings(&["Creating", "Starting", "Started", "Stopping", "Stopped", "Pausing", "Paused", "Suspending", "Suspended", "Capturing", "Restoring", "Deleting", "Error", "Other"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Machine.state"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CPU: PropertyDescriptor = PropertyDescriptor {
        name: "Cpu",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Number of virtual processors.")),
            q::p_unit(QualifierValue::String("count")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Machine.cpu"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MEMORY: PropertyDescriptor = PropertyDescriptor {
        name: "Memory",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Size of the memory. A change resizes the machine.")),
            q::p_unit(QualifierValue::String("byte * 2^10")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Machine.memory"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CPU_ARCH: PropertyDescriptor = PropertyDescriptor {
        name: "CpuArch",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["68000", "Alpha", "ARM", "Itanium", "MIPS", "PA_RISC", "POWER", "PowerPC", "x86", "x86_64", "z/Architecture", "SPARC", ".."],
            names: &["Motorola 68000", "Alpha", "ARM", "Itanium", "MIPS", "PA-RISC", "POWER", "PowerPC", "x86", "x86-64", "z/Architecture", "SPARC", "Other"],
        }),
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Architecture of the processors. Providers may have others than those listed.")),
            q::value_map(QualifierValue::Strings(&["68000", "Alpha", "ARM", "Itanium", "MIPS", "PA_RISC", "POWER", "PowerPC", "x86", "x86_64", "z/Architecture", "SPARC", ".."])),
            q::values(QualifierValue::Strings(&["Motorola 68000", "Alpha", "ARM", "Itanium", "MIPS", "PA-RISC", "POWER", "PowerPC", "x86", "x86-64", "z/Architecture", "SPARC", "Other"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Machine.cpuArch"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CPU_SPEED: PropertyDescriptor = PropertyDescriptor {
        name: "CpuSpeed",
        ty: CimType::Uint64,
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Clock rate of the processors, approximately.")),
            q::p_unit(QualifierValue::String("hertz * 10^6")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(16)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Machine.cpuSpeed"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const LATEST_SNAPSHOT: PropertyDescriptor = PropertyDescriptor {
        name: "LatestSnapshot",
        ty: CimType::String,
        reference_class: Some("CIMI_MachineImage"),
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("The newest snapshot, or the one that the machine was last set back to.")),
            q::reference(QualifierValue::String("CIMI_MachineImage")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(19)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Machine.latestSnapshot"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EVENT_LOG: PropertyDescriptor = PropertyDescriptor {
        name: "EventLog",
        ty: CimType::String,
        reference_class: Some("CIMI_EventLog"),
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Events of the machine.")),
            q::reference(QualifierValue::String("CIMI_EventLog")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(22)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Machine.eventLog"])),
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
                    class_origin: "CIMI_Machine",
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
                    class_origin: "CIMI_Machine",
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
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Switches the machine on, or lets it go on after a pause or suspension.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["STOPPED", "PAUSED", "SUSPENDED"])),
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
                    class_origin: "CIMI_Machine",
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
                    class_origin: "CIMI_Machine",
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
                    class_origin: "CIMI_Machine",
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
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Shuts the machine down. It may be asked for again while the machine is stopping, to add force.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["STARTED", "STARTING", "STOPPING", "PAUSED", "SUSPENDED"])),
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
                    class_origin: "CIMI_Machine",
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
                    class_origin: "CIMI_Machine",
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
                    class_origin: "CIMI_Machine",
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
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Stops the machine and starts it again. A stopped machine is just started.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["STARTED", "STOPPED"])),
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
                    class_origin: "CIMI_Machine",
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
                    class_origin: "CIMI_Machine",
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
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Freezes the machine; its memory stays allocated.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["STARTED"])),
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
                    class_origin: "CIMI_Machine",
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
                    class_origin: "CIMI_Machine",
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
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Freezes the machine and writes its memory to storage.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["STARTED"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/suspend"])),
        ],
    };

    pub(in super::super) const CAPTURE: MethodDescriptor = MethodDescriptor {
        name: "Capture",
        returns: Some(CimType::Uint32),
        value_map: Some(ValueMap {
            values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
            names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
        }),
        parameters: &[
            ParameterDescriptor {
                value: PropertyDescriptor {
                    name: "Job",
                    ty: CimType::Reference,
                    reference_class: Some("CIMI_Job"),
                    class_origin: "CIMI_Machine",
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
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Makes an image of the machine, which goes on as before.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["STARTED", "STOPPED", "PAUSED", "SUSPENDED"])),
            q::cimi_makes(QualifierValue::Strings(&["CIMI_MachineImage", "ImageLocation", "Type", "IMAGE"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/capture"])),
        ],
    };

    pub(in super::super) const SNAPSHOT: MethodDescriptor = MethodDescriptor {
        name: "Snapshot",
        returns: Some(CimType::Uint32),
        value_map: Some(ValueMap {
            values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
            names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
        }),
        parameters: &[
            ParameterDescriptor {
                value: PropertyDescriptor {
                    name: "Job",
                    ty: CimType::Reference,
                    reference_class: Some("CIMI_Job"),
                    class_origin: "CIMI_Machine",
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
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Makes a snapshot of the machine, with its memory unless it is stopped.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["STARTED", "STOPPED", "PAUSED", "SUSPENDED"])),
            q::cimi_makes(QualifierValue::Strings(&["CIMI_MachineImage", "ImageLocation", "Type", "SNAPSHOT"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/snapshot"])),
        ],
    };

    pub(in super::super) const RESTORE: MethodDescriptor = MethodDescriptor {
        name: "Restore",
        returns: Some(CimType::Uint32),
        value_map: Some(ValueMap {
            values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
            names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
        }),
        parameters: &[
            ParameterDescriptor {
                value: PropertyDescriptor {
                    name: "Image",
                    ty: CimType::Reference,
                    reference_class: Some("CIMI_MachineImage"),
                    flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
                    class_origin: "CIMI_Machine",
                    qualifiers: &[
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The image to go back to.")),
                        q::required(QualifierValue::Boolean(true)),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.image"])),
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
                    class_origin: "CIMI_Machine",
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
                    class_origin: "CIMI_Machine",
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
        class_origin: "CIMI_Machine",
        qualifiers: &[
            q::description(QualifierValue::String("Sets the machine back to what an image holds.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["STARTED", "STOPPED", "PAUSED", "SUSPENDED"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/restore"])),
        ],
    };
}
