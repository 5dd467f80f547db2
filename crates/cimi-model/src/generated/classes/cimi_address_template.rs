// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_AddressTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What an address is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_AddressTemplate",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 16>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "Ip",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_AddressTemplate",
            qualifiers: &[
                q::description!("The address itself, such as 192.0.2.1."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AddressTemplate.ip"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Hostname",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_AddressTemplate",
            qualifiers: &[
                q::description!("Name of the host that has it."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AddressTemplate.hostname"]),
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
            class_origin: "CIMI_AddressTemplate",
            qualifiers: &[
                q::description!("How the address is found."),
                q::value_map!(&["dynamic", "static", ".."]),
                q::values!(&["Dynamic", "Static", "Other"]),
                q::cimi_access!("CO"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AddressTemplate.allocation"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "DefaultGateway",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_AddressTemplate",
            qualifiers: &[
                q::description!("Address of the router."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AddressTemplate.defaultGateway"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Dns",
            ty: CimType::String,
            is_array: true,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_AddressTemplate",
            qualifiers: &[
                q::description!("Addresses of name servers."),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(15),
                q::cimi_xml_item!("dns"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AddressTemplate.dns"]),
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
            class_origin: "CIMI_AddressTemplate",
            qualifiers: &[
                q::description!("Version of IP."),
                q::value_map!(&["IPv4", "IPv6", ".."]),
                q::values!(&["IPv4", "IPv6", "Other"]),
                q::cimi_access!("CO"),
                q::cimi_order!(16),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AddressTemplate.protocol"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Mask",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_AddressTemplate",
            qualifiers: &[
                q::description!("Network mask."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(17),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AddressTemplate.mask"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Network",
            ty: CimType::String,
            reference_class: Some("CIMI_Network"),
            class_origin: "CIMI_AddressTemplate",
            qualifiers: &[
                q::description!("The network that the address belongs to."),
                q::reference!("CIMI_Network"),
                q::cimi_access!("CO"),
                q::cimi_order!(18),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AddressTemplate.network"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<16>("10 6 3 11 0 12 1 7 9 2 8 14 15 5 13 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What an address is made from."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("addressTemplates"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/AddressTemplate"]),
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
}
