// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Property`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// One name and value pair of a map. An array of them has each name once.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Property",
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
        property::VALUE,
    ],
    alphabetical: &[0, 1],
    keys: &[0],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("One name and value pair of a map. An array of them has each name once.")),
        q::cimi_map(QualifierValue::Boolean(true)),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Name`
    pub const NAME: usize = 0;
    /// `Value`
    pub const VALUE: usize = 1;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const NAME: PropertyDescriptor = PropertyDescriptor {
        name: "Name",
        ty: CimType::String,
        flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Property",
        qualifiers: &[
            q::key(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The name. Upper and lower case differ.")),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Property.key"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const VALUE: PropertyDescriptor = PropertyDescriptor {
        name: "Value",
        ty: CimType::String,
        class_origin: "CIMI_Property",
        qualifiers: &[
            q::description(QualifierValue::String("The value.")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Property.value"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
