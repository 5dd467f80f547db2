// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_ComponentDescriptor`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A part of a new system, or several equal ones.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_ComponentDescriptor",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &[
        PropertyDescriptor {
            name: "Name",
            ty: CimType::String,
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("Name of the part; several parts have it with a number behind it. Other descriptors refer to the part by a number sign and this name."),
                q::cimi_order!(1),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.name"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Description",
            ty: CimType::String,
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is for."),
                q::cimi_order!(2),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.description"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Properties",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_Property"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("Name and value pairs for the part."),
                q::embedded_instance!("CIMI_Property"),
                q::array_type!("Ordered"),
                q::cimi_order!(3),
                q::cimi_xml_item!("property"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.properties"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Type",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::required!(true),
                q::description!("Type URI of the part."),
                q::cimi_order!(4),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.type"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "AddressTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_AddressTemplate"),
            embedded: Embedded::Instance("CIMI_AddressTemplate"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is made from, if it is an address."),
                q::reference!("CIMI_AddressTemplate"),
                q::embedded_instance!("CIMI_AddressTemplate"),
                q::cimi_by_value!(true),
                q::cimi_order!(5),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.addressTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "CredentialTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_CredentialTemplate"),
            embedded: Embedded::Instance("CIMI_CredentialTemplate"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is made from, if it is a credential."),
                q::reference!("CIMI_CredentialTemplate"),
                q::embedded_instance!("CIMI_CredentialTemplate"),
                q::cimi_by_value!(true),
                q::cimi_order!(6),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.credentialTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "EventLogTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_EventLogTemplate"),
            embedded: Embedded::Instance("CIMI_EventLogTemplate"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is made from, if it is an event log."),
                q::reference!("CIMI_EventLogTemplate"),
                q::embedded_instance!("CIMI_EventLogTemplate"),
                q::cimi_by_value!(true),
                q::cimi_order!(7),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.eventLogTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ForwardingGroupTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_ForwardingGroupTemplate"),
            embedded: Embedded::Instance("CIMI_ForwardingGroupTemplate"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is made from, if it is a forwarding group."),
                q::reference!("CIMI_ForwardingGroupTemplate"),
                q::embedded_instance!("CIMI_ForwardingGroupTemplate"),
                q::cimi_by_value!(true),
                q::cimi_order!(8),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.forwardingGroupTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MachineTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_MachineTemplate"),
            embedded: Embedded::Instance("CIMI_MachineTemplate"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is made from, if it is a machine."),
                q::reference!("CIMI_MachineTemplate"),
                q::embedded_instance!("CIMI_MachineTemplate"),
                q::cimi_by_value!(true),
                q::cimi_order!(9),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.machineTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MeterTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_MeterTemplate"),
            embedded: Embedded::Instance("CIMI_MeterTemplate"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is made from, if it is a meter."),
                q::reference!("CIMI_MeterTemplate"),
                q::embedded_instance!("CIMI_MeterTemplate"),
                q::cimi_by_value!(true),
                q::cimi_order!(10),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.meterTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "NetworkPortTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_NetworkPortTemplate"),
            embedded: Embedded::Instance("CIMI_NetworkPortTemplate"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is made from, if it is a network port."),
                q::reference!("CIMI_NetworkPortTemplate"),
                q::embedded_instance!("CIMI_NetworkPortTemplate"),
                q::cimi_by_value!(true),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.networkPortTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "NetworkTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_NetworkTemplate"),
            embedded: Embedded::Instance("CIMI_NetworkTemplate"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is made from, if it is a network."),
                q::reference!("CIMI_NetworkTemplate"),
                q::embedded_instance!("CIMI_NetworkTemplate"),
                q::cimi_by_value!(true),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.networkTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "SystemTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_SystemTemplate"),
            embedded: Embedded::Instance("CIMI_SystemTemplate"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is made from, if it is a system."),
                q::reference!("CIMI_SystemTemplate"),
                q::embedded_instance!("CIMI_Resource"),
                q::cimi_by_value!(true),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.systemTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "VolumeTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_VolumeTemplate"),
            embedded: Embedded::Instance("CIMI_VolumeTemplate"),
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("What the part is made from, if it is a volume."),
                q::reference!("CIMI_VolumeTemplate"),
                q::embedded_instance!("CIMI_VolumeTemplate"),
                q::cimi_by_value!(true),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.volumeTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Quantity",
            ty: CimType::Uint64,
            class_origin: "CIMI_ComponentDescriptor",
            qualifiers: &[
                q::description!("How many such parts to make. Absent means one."),
                q::p_unit!("count"),
                q::cimi_order!(15),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.quantity"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<15>("4 5 1 6 7 8 9 0 10 11 2 14 12 3 13"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("A part of a new system, or several equal ones."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Name`
    pub const NAME: usize = 0;
    /// `Description`
    pub const DESCRIPTION: usize = 1;
    /// `Properties`
    pub const PROPERTIES: usize = 2;
    /// `Type`
    pub const TYPE: usize = 3;
    /// `AddressTemplate`
    pub const ADDRESS_TEMPLATE: usize = 4;
    /// `CredentialTemplate`
    pub const CREDENTIAL_TEMPLATE: usize = 5;
    /// `EventLogTemplate`
    pub const EVENT_LOG_TEMPLATE: usize = 6;
    /// `ForwardingGroupTemplate`
    pub const FORWARDING_GROUP_TEMPLATE: usize = 7;
    /// `MachineTemplate`
    pub const MACHINE_TEMPLATE: usize = 8;
    /// `MeterTemplate`
    pub const METER_TEMPLATE: usize = 9;
    /// `NetworkPortTemplate`
    pub const NETWORK_PORT_TEMPLATE: usize = 10;
    /// `NetworkTemplate`
    pub const NETWORK_TEMPLATE: usize = 11;
    /// `SystemTemplate`
    pub const SYSTEM_TEMPLATE: usize = 12;
    /// `VolumeTemplate`
    pub const VOLUME_TEMPLATE: usize = 13;
    /// `Quantity`
    pub const QUANTITY: usize = 14;
}
