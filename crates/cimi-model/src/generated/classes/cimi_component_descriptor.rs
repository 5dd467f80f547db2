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
        property::NAME,
        property::DESCRIPTION,
        property::PROPERTIES,
        property::TYPE,
        property::ADDRESS_TEMPLATE,
        property::CREDENTIAL_TEMPLATE,
        property::EVENT_LOG_TEMPLATE,
        property::FORWARDING_GROUP_TEMPLATE,
        property::MACHINE_TEMPLATE,
        property::METER_TEMPLATE,
        property::NETWORK_PORT_TEMPLATE,
        property::NETWORK_TEMPLATE,
        property::SYSTEM_TEMPLATE,
        property::VOLUME_TEMPLATE,
        property::QUANTITY,
    ],
    alphabetical: &[4, 5, 1, 6, 7, 8, 9, 0, 10, 11, 2, 14, 12, 3, 13],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A part of a new system, or several equal ones.")),
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

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const NAME: PropertyDescriptor = PropertyDescriptor {
        name: "Name",
        ty: CimType::String,
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("Name of the part; several parts have it with a number behind it. Other descriptors refer to the part by a number sign and this name.")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.name"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const DESCRIPTION: PropertyDescriptor = PropertyDescriptor {
        name: "Description",
        ty: CimType::String,
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is for.")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.description"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PROPERTIES: PropertyDescriptor = PropertyDescriptor {
        name: "Properties",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_Property"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("Name and value pairs for the part.")),
            q::embedded_instance(QualifierValue::String("CIMI_Property")),
            q::array_type(QualifierValue::String("Ordered")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::cimi_xml_item(QualifierValue::String("property")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.properties"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const TYPE: PropertyDescriptor = PropertyDescriptor {
        name: "Type",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Type URI of the part.")),
            q::cimi_order(QualifierValue::Unsigned(4)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.type"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const ADDRESS_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "AddressTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_AddressTemplate"),
        embedded: Embedded::Instance("CIMI_AddressTemplate"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is made from, if it is an address.")),
            q::reference(QualifierValue::String("CIMI_AddressTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_AddressTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(5)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.addressTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CREDENTIAL_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "CredentialTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_CredentialTemplate"),
        embedded: Embedded::Instance("CIMI_CredentialTemplate"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is made from, if it is a credential.")),
            q::reference(QualifierValue::String("CIMI_CredentialTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_CredentialTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(6)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.credentialTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EVENT_LOG_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "EventLogTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_EventLogTemplate"),
        embedded: Embedded::Instance("CIMI_EventLogTemplate"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is made from, if it is an event log.")),
            q::reference(QualifierValue::String("CIMI_EventLogTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_EventLogTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(7)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.eventLogTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const FORWARDING_GROUP_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "ForwardingGroupTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_ForwardingGroupTemplate"),
        embedded: Embedded::Instance("CIMI_ForwardingGroupTemplate"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is made from, if it is a forwarding group.")),
            q::reference(QualifierValue::String("CIMI_ForwardingGroupTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_ForwardingGroupTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(8)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.forwardingGroupTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MACHINE_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "MachineTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_MachineTemplate"),
        embedded: Embedded::Instance("CIMI_MachineTemplate"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is made from, if it is a machine.")),
            q::reference(QualifierValue::String("CIMI_MachineTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_MachineTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(9)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.machineTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const METER_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "MeterTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_MeterTemplate"),
        embedded: Embedded::Instance("CIMI_MeterTemplate"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is made from, if it is a meter.")),
            q::reference(QualifierValue::String("CIMI_MeterTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_MeterTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(10)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.meterTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NETWORK_PORT_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "NetworkPortTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_NetworkPortTemplate"),
        embedded: Embedded::Instance("CIMI_NetworkPortTemplate"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is made from, if it is a network port.")),
            q::reference(QualifierValue::String("CIMI_NetworkPortTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_NetworkPortTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.networkPortTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NETWORK_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "NetworkTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_NetworkTemplate"),
        embedded: Embedded::Instance("CIMI_NetworkTemplate"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is made from, if it is a network.")),
            q::reference(QualifierValue::String("CIMI_NetworkTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_NetworkTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.networkTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const SYSTEM_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "SystemTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_SystemTemplate"),
        embedded: Embedded::Instance("CIMI_SystemTemplate"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is made from, if it is a system.")),
            q::reference(QualifierValue::String("CIMI_SystemTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_Resource")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.systemTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const VOLUME_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "VolumeTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_VolumeTemplate"),
        embedded: Embedded::Instance("CIMI_VolumeTemplate"),
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("What the part is made from, if it is a volume.")),
            q::reference(QualifierValue::String("CIMI_VolumeTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_VolumeTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.volumeTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const QUANTITY: PropertyDescriptor = PropertyDescriptor {
        name: "Quantity",
        ty: CimType::Uint64,
        class_origin: "CIMI_ComponentDescriptor",
        qualifiers: &[
            q::description(QualifierValue::String("How many such parts to make. Absent means one.")),
            q::p_unit(QualifierValue::String("count")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ComponentDescriptor.quantity"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
