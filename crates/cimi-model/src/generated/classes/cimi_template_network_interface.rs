// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_TemplateNetworkInterface`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A network interface that is made together with a machine.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_TemplateNetworkInterface",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &[
        property::ADDRESSES,
        property::NETWORK,
        property::NETWORK_PORT,
        property::STATE,
        property::MTU,
    ],
    alphabetical: &[0, 4, 1, 2, 3],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A network interface that is made together with a machine.")),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Addresses`
    pub const ADDRESSES: usize = 0;
    /// `Network`
    pub const NETWORK: usize = 1;
    /// `NetworkPort`
    pub const NETWORK_PORT: usize = 2;
    /// `State`
    pub const STATE: usize = 3;
    /// `Mtu`
    pub const MTU: usize = 4;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const ADDRESSES: PropertyDescriptor = PropertyDescriptor {
        name: "Addresses",
        ty: CimType::String,
        is_array: true,
        reference_class: Some("CIMI_Address"),
        embedded: Embedded::Instance("CIMI_Address"),
        class_origin: "CIMI_TemplateNetworkInterface",
        qualifiers: &[
            q::description(QualifierValue::String("The addresses of the interface.")),
            q::reference(QualifierValue::String("CIMI_Address")),
            q::embedded_instance(QualifierValue::String("CIMI_Address")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::array_type(QualifierValue::String("Ordered")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::cimi_xml_item(QualifierValue::String("address")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|TemplateNetworkInterface.addresses"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NETWORK: PropertyDescriptor = PropertyDescriptor {
        name: "Network",
        ty: CimType::String,
        reference_class: Some("CIMI_Network"),
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_TemplateNetworkInterface",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The network that the interface is on.")),
            q::reference(QualifierValue::String("CIMI_Network")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|TemplateNetworkInterface.network"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NETWORK_PORT: PropertyDescriptor = PropertyDescriptor {
        name: "NetworkPort",
        ty: CimType::String,
        reference_class: Some("CIMI_NetworkPort"),
        class_origin: "CIMI_TemplateNetworkInterface",
        qualifiers: &[
            q::description(QualifierValue::String("The port that the interface is plugged into.")),
            q::reference(QualifierValue::String("CIMI_NetworkPort")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|TemplateNetworkInterface.networkPort"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const STATE: PropertyDescriptor = PropertyDescriptor {
        name: "State",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["Active", "Passive", "Disabled", ".."],
            names: &["Active", "Passive", "Disabled", "Other"],
        }),
        class_origin: "CIMI_TemplateNetworkInterface",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Whether the interface is in use.")),
            q::value_map(QualifierValue::Strings(&["Active", "Passive", "Disabled", ".."])),
            q::values(QualifierValue::Strings(&["Active", "Passive", "Disabled", "Other"])),
            q::cimi_order(QualifierValue::Unsigned(4)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|TemplateNetworkInterface.state"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MTU: PropertyDescriptor = PropertyDescriptor {
        name: "Mtu",
        ty: CimType::Uint64,
        class_origin: "CIMI_TemplateNetworkInterface",
        qualifiers: &[
            q::description(QualifierValue::String("Largest packet that the interface sends.")),
            q::p_unit(QualifierValue::String("byte")),
            q::cimi_order(QualifierValue::Unsigned(5)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|TemplateNetworkInterface.mtu"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
