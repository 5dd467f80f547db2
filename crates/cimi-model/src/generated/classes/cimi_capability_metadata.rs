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
        property::NAME,
        property::URI,
        property::DESCRIPTION,
        property::VALUE,
    ],
    alphabetical: &[2, 0, 1, 3],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("Something that the Provider can do, or a limit that it has.")),
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

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const NAME: PropertyDescriptor = PropertyDescriptor {
        name: "Name",
        ty: CimType::String,
        class_origin: "CIMI_CapabilityMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("Short name of the capability, such as InitialStates.")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|CapabilityMetadata.name"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const URI: PropertyDescriptor = PropertyDescriptor {
        name: "Uri",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_CapabilityMetadata",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("URI of the capability.")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|CapabilityMetadata.uri"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const DESCRIPTION: PropertyDescriptor = PropertyDescriptor {
        name: "Description",
        ty: CimType::String,
        class_origin: "CIMI_CapabilityMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("What the capability means, for people to read.")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|CapabilityMetadata.description"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const VALUE: PropertyDescriptor = PropertyDescriptor {
        name: "Value",
        ty: CimType::String,
        embedded: Embedded::Instance("CIMI_Extension"),
        class_origin: "CIMI_CapabilityMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("Its value, of whatever type the capability has. Absent means true.")),
            q::embedded_instance(QualifierValue::String("CIMI_Extension")),
            q::cimi_order(QualifierValue::Unsigned(4)),
            q::cimi_xml_text(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|CapabilityMetadata.value"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
