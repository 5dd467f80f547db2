// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Address`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// An IP address with its settings.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Address",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 17>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "Ip",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Address",
            qualifiers: &[
                q::description!("The address itself, such as 192.0.2.1."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Address.ip"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Hostname",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Address",
            qualifiers: &[
                q::description!("Name of the host that has it."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Address.hostname"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Allocation",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["dynamic", "static", ".."],
                names: &["Dynamic", "Static", "Other"],
            }),
            class_origin: "CIMI_Address",
            qualifiers: &[
                q::description!("How the address is found."),
                q::value_map!(&["dynamic", "static", ".."]),
                q::values!(&["Dynamic", "Static", "Other"]),
                q::cimi_access!("CO"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Address.allocation"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "DefaultGateway",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Address",
            qualifiers: &[
                q::description!("Address of the router."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Address.defaultGateway"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Dns",
            ty: CimType::String,
            is_array: true,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Address",
            qualifiers: &[
                q::description!("Addresses of name servers."),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(15),
                q::cimi_xml_item!("dns"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Address.dns"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Protocol",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["IPv4", "IPv6", ".."],
                names: &["IPv4", "IPv6", "Other"],
            }),
            class_origin: "CIMI_Address",
            qualifiers: &[
                q::description!("Version of IP."),
                q::value_map!(&["IPv4", "IPv6", ".."]),
                q::values!(&["IPv4", "IPv6", "Other"]),
                q::cimi_access!("CO"),
                q::cimi_order!(16),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Address.protocol"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Mask",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Address",
            qualifiers: &[
                q::description!("Network mask."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(17),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Address.mask"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Network",
            ty: CimType::String,
            reference_class: Some("CIMI_Network"),
            class_origin: "CIMI_Address",
            qualifiers: &[
                q::description!("The network that the address belongs to."),
                q::reference!("CIMI_Network"),
                q::cimi_access!("CO"),
                q::cimi_order!(18),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Address.network"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Resource",
            ty: CimType::String,
            reference_class: Some("CIMI_Resource"),
            class_origin: "CIMI_Address",
            qualifiers: &[
                q::description!("The resource that has the address at present."),
                q::reference!("CIMI_Resource"),
                q::cimi_access!("RO"),
                q::cimi_order!(19),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Address.resource"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<17>("10 6 3 11 0 12 1 7 9 2 8 14 15 5 13 16 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("An IP address with its settings."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("addresses"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Address"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `Ip`
    pub const IP: usize = 8;
    /// `Hostname`
    pub const HOSTNAME: usize = 9;
    /// `Allocation`
    pub const ALLOCATION: usize = 10;
    /// `DefaultGateway`
    pub const DEFAULT_GATEWAY: usize = 11;
    /// `Dns`
    pub const DNS: usize = 12;
    /// `Protocol`
    pub const PROTOCOL: usize = 13;
    /// `Mask`
    pub const MASK: usize = 14;
    /// `Network`
    pub const NETWORK: usize = 15;
    /// `Resource`
    pub const RESOURCE: usize = 16;
}
