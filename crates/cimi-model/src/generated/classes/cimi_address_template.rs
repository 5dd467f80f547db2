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
    properties: &[
        super::cimi_resource::property::DESCRIPTION,
        super::cimi_resource::property::ELEMENT_NAME,
        super::cimi_resource::property::INSTANCE_ID,
        super::cimi_resource::property::CREATED,
        super::cimi_resource::property::UPDATED,
        super::cimi_resource::property::PROPERTIES,
        super::cimi_resource::property::AVAILABLE_OPERATIONS,
        super::cimi_resource::property::EXTENSIONS,
        property::IP,
        property::HOSTNAME,
        property::ALLOCATION,
        property::DEFAULT_GATEWAY,
        property::DNS,
        property::PROTOCOL,
        property::MASK,
        property::NETWORK,
    ],
    alphabetical: &[10, 6, 3, 11, 0, 12, 1, 7, 9, 2, 8, 14, 15, 5, 13, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What an address is made from.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("addressTemplates")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/AddressTemplate"])),
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

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const IP: PropertyDescriptor = PropertyDescriptor {
        name: "Ip",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_AddressTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("The address itself, such as 192.0.2.1.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AddressTemplate.ip"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const HOSTNAME: PropertyDescriptor = PropertyDescriptor {
        name: "Hostname",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_AddressTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Name of the host that has it.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AddressTemplate.hostname"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const ALLOCATION: PropertyDescriptor = PropertyDescriptor {
        name: "Allocation",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["dynamic", "static", ".."],
            names: &["Dynamic", "Static", "Other"],
        }),
        class_origin: "CIMI_AddressTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("How the address is found.")),
            q::value_map(QualifierValue::Strings(&["dynamic", "static", ".."])),
            q::values(QualifierValue::Strings(&["Dynamic", "Static", "Other"])),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AddressTemplate.allocation"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const DEFAULT_GATEWAY: PropertyDescriptor = PropertyDescriptor {
        name: "DefaultGateway",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_AddressTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Address of the router.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AddressTemplate.defaultGateway"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const DNS: PropertyDescriptor = PropertyDescriptor {
        name: "Dns",
        ty: CimType::String,
        is_array: true,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_AddressTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Addresses of name servers.")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::cimi_xml_item(QualifierValue::String("dns")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AddressTemplate.dns"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PROTOCOL: PropertyDescriptor = PropertyDescriptor {
        name: "Protocol",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["IPv4", "IPv6", ".."],
            names: &["IPv4", "IPv6", "Other"],
        }),
        class_origin: "CIMI_AddressTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Version of IP.")),
            q::value_map(QualifierValue::Strings(&["IPv4", "IPv6", ".."])),
            q::values(QualifierValue::Strings(&["IPv4", "IPv6", "Other"])),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(16)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AddressTemplate.protocol"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MASK: PropertyDescriptor = PropertyDescriptor {
        name: "Mask",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_AddressTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Network mask.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(17)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AddressTemplate.mask"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NETWORK: PropertyDescriptor = PropertyDescriptor {
        name: "Network",
        ty: CimType::String,
        reference_class: Some("CIMI_Network"),
        class_origin: "CIMI_AddressTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("The network that the address belongs to.")),
            q::reference(QualifierValue::String("CIMI_Network")),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(18)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AddressTemplate.network"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
