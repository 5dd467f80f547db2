// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Network`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A network that connects machines.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Network",
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
        property::NETWORK_TYPE,
        property::MTU,
        property::CLASS_OF_SERVICE,
        property::FORWARDING_GROUP,
        property::EVENT_LOG,
    ],
    alphabetical: &[6, 11, 3, 0, 1, 13, 7, 12, 2, 10, 9, 5, 8, 4],
    keys: &[2],
    methods: &[
        method::START,
        method::STOP,
    ],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A network that connects machines.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("networks")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Network"])),
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
    /// `NetworkType`
    pub const NETWORK_TYPE: usize = 9;
    /// `Mtu`
    pub const MTU: usize = 10;
    /// `ClassOfService`
    pub const CLASS_OF_SERVICE: usize = 11;
    /// `ForwardingGroup`
    pub const FORWARDING_GROUP: usize = 12;
    /// `EventLog`
    pub const EVENT_LOG: usize = 13;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const STATE: PropertyDescriptor = PropertyDescriptor {
        name: "State",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "ERROR", ".."],
            names: &["Creating", "Starting", "Started", "Stopping", "Stopped", "Deleting", "Error", "Other"],
        }),
        class_origin: "CIMI_Network",
        qualifiers: &[
            q::description(QualifierValue::String("State of the network. It changes through operations only.")),
            q::value_map(QualifierValue::Strings(&["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "DELETING", "ERROR", ".."])),
            q::values(QualifierValue::Strings(&["Creating", "Starting", "Started", "Stopping", "Stopped", "Deleting", "Error", "Other"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Network.state"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NETWORK_TYPE: PropertyDescriptor = PropertyDescriptor {
        name: "NetworkType",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["PRIVATE", "PUBLIC", ".."],
            names: &["Private", "Public", "Other"],
        }),
        class_origin: "CIMI_Network",
        qualifiers: &[
            q::description(QualifierValue::String("Whether the network can be reached from outside.")),
            q::value_map(QualifierValue::Strings(&["PRIVATE", "PUBLIC", ".."])),
            q::values(QualifierValue::Strings(&["Private", "Public", "Other"])),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Network.networkType"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MTU: PropertyDescriptor = PropertyDescriptor {
        name: "Mtu",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Network",
        qualifiers: &[
            q::description(QualifierValue::String("Largest packet that the network carries.")),
            q::p_unit(QualifierValue::String("byte")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Network.mtu"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CLASS_OF_SERVICE: PropertyDescriptor = PropertyDescriptor {
        name: "ClassOfService",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Network",
        qualifiers: &[
            q::description(QualifierValue::String("Grade of the service, in the words of the Provider.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Network.classOfService"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const FORWARDING_GROUP: PropertyDescriptor = PropertyDescriptor {
        name: "ForwardingGroup",
        ty: CimType::String,
        reference_class: Some("CIMI_ForwardingGroup"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Network",
        qualifiers: &[
            q::description(QualifierValue::String("The group of networks among which it routes.")),
            q::reference(QualifierValue::String("CIMI_ForwardingGroup")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(16)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Network.forwardingGroup"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EVENT_LOG: PropertyDescriptor = PropertyDescriptor {
        name: "EventLog",
        ty: CimType::String,
        reference_class: Some("CIMI_EventLog"),
        class_origin: "CIMI_Network",
        qualifiers: &[
            q::description(QualifierValue::String("Events of the network.")),
            q::reference(QualifierValue::String("CIMI_EventLog")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(18)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Network.eventLog"])),
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
                    class_origin: "CIMI_Network",
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
                    class_origin: "CIMI_Network",
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
        class_origin: "CIMI_Network",
        qualifiers: &[
            q::description(QualifierValue::String("Switches the network on.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["STOPPED"])),
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
                    name: "Properties",
                    ty: CimType::String,
                    is_array: true,
                    embedded: Embedded::Instance("CIMI_Property"),
                    class_origin: "CIMI_Network",
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
                    class_origin: "CIMI_Network",
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
        class_origin: "CIMI_Network",
        qualifiers: &[
            q::description(QualifierValue::String("Switches the network off.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["STARTED"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/stop"])),
        ],
    };
}
