// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Extension`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// An attribute that this model does not know, kept as the text in which it was sent.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Extension",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &[
        property::NAMESPACE,
        property::NAME,
        property::FORMAT,
        property::VALUE,
    ],
    alphabetical: &[2, 1, 0, 3],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("An attribute that this model does not know, kept as the text in which it was sent.")),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Namespace`
    pub const NAMESPACE: usize = 0;
    /// `Name`
    pub const NAME: usize = 1;
    /// `Format`
    pub const FORMAT: usize = 2;
    /// `Value`
    pub const VALUE: usize = 3;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const NAMESPACE: PropertyDescriptor = PropertyDescriptor {
        name: "Namespace",
        ty: CimType::String,
        class_origin: "CIMI_Extension",
        qualifiers: &[
            q::description(QualifierValue::String("XML namespace of the attribute. Absent if it came without one.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NAME: PropertyDescriptor = PropertyDescriptor {
        name: "Name",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Extension",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Name of the attribute.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const FORMAT: PropertyDescriptor = PropertyDescriptor {
        name: "Format",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["json", "xml"],
            names: &["JSON", "XML"],
        }),
        class_origin: "CIMI_Extension",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The language of Value.")),
            q::value_map(QualifierValue::Strings(&["json", "xml"])),
            q::values(QualifierValue::Strings(&["JSON", "XML"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const VALUE: PropertyDescriptor = PropertyDescriptor {
        name: "Value",
        ty: CimType::String,
        class_origin: "CIMI_Extension",
        qualifiers: &[
            q::description(QualifierValue::String("The JSON value or the XML element, complete.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
