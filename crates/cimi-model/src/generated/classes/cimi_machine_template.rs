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
    properties: &inherit::<_, 18>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "InitialState",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "PAUSING", "PAUSED", "SUSPENDING", "SUSPENDED", "CAPTURING", "RESTORING", "DELETING", "ERROR", ".."],
                names: &["Creating", "Starting", "Started", "Stopping", "Stopped", "Pausing", "Paused", "Suspending", "Suspended", "Capturing", "Restoring", "Deleting", "Error", "Other"],
            }),
            class_origin: "CIMI_MachineTemplate",
            qualifiers: &[
                q::description!("The state that the machine is brought to once it is made. Only a state of rest can be reached."),
                q::value_map!(&["CREATING", "STARTING", "STARTED", "STOPPING", "STOPPED", "PAUSING", "PAUSED", "SUSPENDING", "SUSPENDED", "CAPTURING", "RESTORING", "DELETING", "ERROR", ".."]),
                q::values!(&["Creating", "Starting", "Started", "Stopping", "Stopped", "Pausing", "Paused", "Suspending", "Suspended", "Capturing", "Restoring", "Deleting", "Error", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineTemplate.initialState"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MachineConfig",
            ty: CimType::String,
            reference_class: Some("CIMI_MachineConfiguration"),
            embedded: Embedded::Instance("CIMI_MachineConfiguration"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineTemplate",
            qualifiers: &[
                q::description!("Hardware of the machine."),
                q::reference!("CIMI_MachineConfiguration"),
                q::embedded_instance!("CIMI_MachineConfiguration"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineTemplate.machineConfig"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MachineImage",
            ty: CimType::String,
            reference_class: Some("CIMI_MachineImage"),
            embedded: Embedded::Instance("CIMI_MachineImage"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineTemplate",
            qualifiers: &[
                q::description!("Image that the machine boots from or is installed from."),
                q::reference!("CIMI_MachineImage"),
                q::embedded_instance!("CIMI_MachineImage"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineTemplate.machineImage"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Credential",
            ty: CimType::String,
            reference_class: Some("CIMI_Credential"),
            embedded: Embedded::Instance("CIMI_Credential"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineTemplate",
            qualifiers: &[
                q::description!("Login of the first administrator of the machine."),
                q::reference!("CIMI_Credential"),
                q::embedded_instance!("CIMI_Credential"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineTemplate.credential"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Volumes",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_TemplateVolume"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineTemplate",
            qualifiers: &[
                q::description!("Existing volumes to attach."),
                q::embedded_instance!("CIMI_TemplateVolume"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(15),
                q::cimi_xml_item!("volume"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineTemplate.volumes"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "VolumeTemplates",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_TemplateVolumeTemplate"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineTemplate",
            qualifiers: &[
                q::description!("Volumes to make and attach. They have the credential of the machine."),
                q::embedded_instance!("CIMI_TemplateVolumeTemplate"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(16),
                q::cimi_xml_item!("volumeTemplate"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineTemplate.volumeTemplates"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "NetworkInterfaces",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_TemplateNetworkInterface"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineTemplate",
            qualifiers: &[
                q::description!("Network interfaces to make."),
                q::embedded_instance!("CIMI_TemplateNetworkInterface"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(17),
                q::cimi_xml_item!("networkInterface"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineTemplate.networkInterfaces"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "UserData",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineTemplate",
            qualifiers: &[
                q::description!("Data for the machine, in base64. The machine finds it at every start."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(18),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineTemplate.userData"]),
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
            class_origin: "CIMI_MachineTemplate",
            qualifiers: &[
                q::description!("Meters to make for the new machine."),
                q::reference!("CIMI_MeterTemplate"),
                q::embedded_instance!("CIMI_MeterTemplate"),
                q::cimi_by_value!(true),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(19),
                q::cimi_xml_item!("meterTemplate"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineTemplate.meterTemplates"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "EventLogTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_EventLogTemplate"),
            embedded: Embedded::Instance("CIMI_EventLogTemplate"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineTemplate",
            qualifiers: &[
                q::description!("Event log to make for the new machine."),
                q::reference!("CIMI_EventLogTemplate"),
                q::embedded_instance!("CIMI_EventLogTemplate"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(20),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineTemplate.eventLogTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<18>("6 3 11 0 1 17 7 8 2 9 10 16 14 5 4 15 13 12"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What a machine is made from."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("machineTemplates"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MachineTemplate"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
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
