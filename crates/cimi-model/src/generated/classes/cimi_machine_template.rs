// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_MachineTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a machine is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_MachineTemplate",
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
        property::MACHINE_CONFIG,
        property::MACHINE_IMAGE,
        property::CREDENTIAL,
        property::VOLUMES,
        property::VOLUME_TEMPLATES,
        property::NETWORK_INTERFACES,
        property::USER_DATA,
        property::METER_TEMPLATES,
        property::EVENT_LOG_TEMPLATE,
    ],
    alphabetical: &[6, 3, 11, 0, 1, 17, 7, 8, 2, 9, 10, 16, 14, 5, 4, 15, 13, 12],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What a machine is made from.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("machineTemplates")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MachineTemplate"])),
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
    /// `MachineConfig`
    pub const MACHINE_CONFIG: usize = 9;
    /// `MachineImage`
    pub const MACHINE_IMAGE: usize = 10;
    /// `Credential`
    pub const CREDENTIAL: usize = 11;
    /// `Volumes`
    pub const VOLUMES: usize = 12;
    /// `VolumeTemplates`
    pub const VOLUME_TEMPLATES: usize = 13;
    /// `NetworkInterfaces`
    pub const NETWORK_INTERFACES: usize = 14;
    /// `UserData`
    pub const USER_DATA: usize = 15;
    /// `MeterTemplates`
    pub const METER_TEMPLATES: usize = 16;
    /// `EventLogTemplate`
    pub const EVENT_LOG_TEMPLATE: usize = 17;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const INITIAL_STATE: PropertyDescriptor = PropertyDescriptor {
        name: "InitialState",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "PAUSING", "PAUSED", "SUSPENDING", "SUSPENDED", "CAPTURING", "RESTORING", "DELETING", "ERROR", ".."],
            names: &["Creating", "Starting", "Started", "Stopping", "Stopped", "Pausing", "Paused", "Suspending", "Suspended", "Capturing", "Restoring", "Deleting", "Error", "Other"],
        }),
        class_origin: "CIMI_MachineTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("The state that the machine is brought to once it is made. Only a state of rest can be reached.")),
            q::value_map(QualifierValue::Strings(&["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "PAUSING", "PAUSED", "SUSPENDING", "SUSPENDED", "CAPTURING", "RESTORING", "DELETING", "ERROR", ".."])),
            q::values(QualifierValue::Strings(&["Creating", "Starting", "Started", "Stopping", "Stopped", "Pausing", "Paused", "Suspending", "Suspended", "Capturing", "Restoring", "Deleting", "Error", "Other"])),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineTemplate.initialState"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MACHINE_CONFIG: PropertyDescriptor = PropertyDescriptor {
        name: "MachineConfig",
        ty: CimType::String,
        reference_class: Some("CIMI_MachineConfiguration"),
        embedded: Embedded::Instance("CIMI_MachineConfiguration"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Hardware of the machine.")),
            q::reference(QualifierValue::String("CIMI_MachineConfiguration")),
            q::embedded_instance(QualifierValue::String("CIMI_MachineConfiguration")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineTemplate.machineConfig"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MACHINE_IMAGE: PropertyDescriptor = PropertyDescriptor {
        name: "MachineImage",
        ty: CimType::String,
        reference_class: Some("CIMI_MachineImage"),
        embedded: Embedded::Instance("CIMI_MachineImage"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Image that the machine boots from or is installed from.")),
            q::reference(QualifierValue::String("CIMI_MachineImage")),
            q::embedded_instance(QualifierValue::String("CIMI_MachineImage")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineTemplate.machineImage"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CREDENTIAL: PropertyDescriptor = PropertyDescriptor {
        name: "Credential",
        ty: CimType::String,
        reference_class: Some("CIMI_Credential"),
        embedded: Embedded::Instance("CIMI_Credential"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Login of the first administrator of the machine.")),
            q::reference(QualifierValue::String("CIMI_Credential")),
            q::embedded_instance(QualifierValue::String("CIMI_Credential")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineTemplate.credential"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const VOLUMES: PropertyDescriptor = PropertyDescriptor {
        name: "Volumes",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_TemplateVolume"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Existing volumes to attach.")),
            q::embedded_instance(QualifierValue::String("CIMI_TemplateVolume")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::cimi_xml_item(QualifierValue::String("volume")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineTemplate.volumes"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const VOLUME_TEMPLATES: PropertyDescriptor = PropertyDescriptor {
        name: "VolumeTemplates",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_TemplateVolumeTemplate"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Volumes to make and attach. They have the credential of the machine.")),
            q::embedded_instance(QualifierValue::String("CIMI_TemplateVolumeTemplate")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(16)),
            q::cimi_xml_item(QualifierValue::String("volumeTemplate")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineTemplate.volumeTemplates"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NETWORK_INTERFACES: PropertyDescriptor = PropertyDescriptor {
        name: "NetworkInterfaces",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_TemplateNetworkInterface"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Network interfaces to make.")),
            q::embedded_instance(QualifierValue::String("CIMI_TemplateNetworkInterface")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(17)),
            q::cimi_xml_item(QualifierValue::String("networkInterface")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineTemplate.networkInterfaces"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const USER_DATA: PropertyDescriptor = PropertyDescriptor {
        name: "UserData",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Data for the machine, in base64. The machine finds it at every start.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(18)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineTemplate.userData"])),
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
        class_origin: "CIMI_MachineTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Meters to make for the new machine.")),
            q::reference(QualifierValue::String("CIMI_MeterTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_MeterTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(19)),
            q::cimi_xml_item(QualifierValue::String("meterTemplate")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineTemplate.meterTemplates"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EVENT_LOG_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "EventLogTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_EventLogTemplate"),
        embedded: Embedded::Instance("CIMI_EventLogTemplate"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Event log to make for the new machine.")),
            q::reference(QualifierValue::String("CIMI_EventLogTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_EventLogTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(20)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineTemplate.eventLogTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
