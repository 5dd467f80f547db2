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
        PropertyDescriptor {
            name: "Addresses",
            ty: CimType::String,
            is_array: true,
            reference_class: Some("CIMI_Address"),
            embedded: Embedded::Instance("CIMI_Address"),
            class_origin: "CIMI_TemplateNetworkInterface",
            qualifiers: &[
                q::description!("The addresses of the interface."),
                q::reference!("CIMI_Address"),
                q::embedded_instance!("CIMI_Address"),
                q::cimi_by_value!(true),
                q::array_type!("Ordered"),
                q::cimi_order!(1),
                q::cimi_xml_item!("address"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|TemplateNetworkInterface.addresses"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Network",
            ty: CimType::String,
            reference_class: Some("CIMI_Network"),
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_TemplateNetworkInterface",
            qualifiers: &[
                q::required!(true),
                q::description!("The network that the interface is on."),
                q::reference!("CIMI_Network"),
                q::cimi_order!(2),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|TemplateNetworkInterface.network"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "NetworkPort",
            ty: CimType::String,
            reference_class: Some("CIMI_NetworkPort"),
            class_origin: "CIMI_TemplateNetworkInterface",
            qualifiers: &[
                q::description!("The port that the interface is plugged into."),
                q::reference!("CIMI_NetworkPort"),
                q::cimi_order!(3),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|TemplateNetworkInterface.networkPort"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "State",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["Active", "Passive", "Disabled", ".."],
                names: &["Active", "Passive", "Disabled", "Other"],
            }),
            class_origin: "CIMI_TemplateNetworkInterface",
            qualifiers: &[
                q::required!(true),
                q::description!("Whether the interface is in use."),
                q::value_map!(&["Active", "Passive", "Disabled", ".."]),
                q::values!(&["Active", "Passive", "Disabled", "Other"]),
                q::cimi_order!(4),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|TemplateNetworkInterface.state"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Mtu",
            ty: CimType::Uint64,
            class_origin: "CIMI_TemplateNetworkInterface",
            qualifiers: &[
                q::description!("Largest packet that the interface sends."),
                q::p_unit!("byte"),
                q::cimi_order!(5),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|TemplateNetworkInterface.mtu"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<5>("0 4 1 2 3"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("A network interface that is made together with a machine."),
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
