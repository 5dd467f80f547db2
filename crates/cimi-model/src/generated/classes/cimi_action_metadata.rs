// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_ActionMetadata`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// An operation that a resource type has in this cloud.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_ActionMetadata",
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
        property::METHOD,
        property::INPUT_MESSAGE,
        property::OUTPUT_MESSAGE,
    ],
    alphabetical: &[2, 4, 3, 0, 5, 1],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("An operation that a resource type has in this cloud.")),
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
    /// `Method`
    pub const METHOD: usize = 3;
    /// `InputMessage`
    pub const INPUT_MESSAGE: usize = 4;
    /// `OutputMessage`
    pub const OUTPUT_MESSAGE: usize = 5;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const NAME: PropertyDescriptor = PropertyDescriptor {
        name: "Name",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ActionMetadata",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Short name of the operation.")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ActionMetadata.name"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const URI: PropertyDescriptor = PropertyDescriptor {
        name: "Uri",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ActionMetadata",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("URI of the operation.")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ActionMetadata.uri"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const DESCRIPTION: PropertyDescriptor = PropertyDescriptor {
        name: "Description",
        ty: CimType::String,
        class_origin: "CIMI_ActionMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("What the operation does, for people to read.")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ActionMetadata.description"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const METHOD: PropertyDescriptor = PropertyDescriptor {
        name: "Method",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ActionMetadata",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("HTTP method with which it is asked for.")),
            q::cimi_order(QualifierValue::Unsigned(4)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ActionMetadata.method"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INPUT_MESSAGE: PropertyDescriptor = PropertyDescriptor {
        name: "InputMessage",
        ty: CimType::String,
        class_origin: "CIMI_ActionMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("Media type of the request.")),
            q::cimi_order(QualifierValue::Unsigned(5)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ActionMetadata.inputMessage"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const OUTPUT_MESSAGE: PropertyDescriptor = PropertyDescriptor {
        name: "OutputMessage",
        ty: CimType::String,
        class_origin: "CIMI_ActionMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("Media type of the answer.")),
            q::cimi_order(QualifierValue::Unsigned(6)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ActionMetadata.outputMessage"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
