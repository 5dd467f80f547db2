// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_CapabilityMetadata`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Something that the Provider can do, or a limit that it has.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_CapabilityMetadata",
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
            class_origin: "CIMI_CapabilityMetadata",
            qualifiers: &[
                q::description!("Short name of the capability, such as InitialStates."),
                q::cimi_order!(1),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|CapabilityMetadata.name"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Uri",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_CapabilityMetadata",
            qualifiers: &[
                q::required!(true),
                q::description!("URI of the capability."),
                q::cimi_order!(2),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|CapabilityMetadata.uri"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Description",
            ty: CimType::String,
            class_origin: "CIMI_CapabilityMetadata",
            qualifiers: &[
                q::description!("What the capability means, for people to read."),
                q::cimi_order!(3),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|CapabilityMetadata.description"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Value",
            ty: CimType::String,
            embedded: Embedded::Instance("CIMI_Extension"),
            class_origin: "CIMI_CapabilityMetadata",
            qualifiers: &[
                q::description!("Its value, of whatever type the capability has. Absent means true."),
                q::embedded_instance!("CIMI_Extension"),
                q::cimi_order!(4),
                q::cimi_xml_text!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|CapabilityMetadata.value"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<4>("2 0 1 3"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("Something that the Provider can do, or a limit that it has."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Name`
    pub const NAME: usize = 0;
    /// `Uri`
    pub const URI: usize = 1;
    /// `Description`
    pub const DESCRIPTION: usize = 2;
    /// `Value`
    pub const VALUE: usize = 3;
}
