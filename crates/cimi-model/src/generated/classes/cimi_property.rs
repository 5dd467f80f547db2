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
        PropertyDescriptor {
            name: "Name",
            ty: CimType::String,
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Property",
            qualifiers: &[
                q::key!(true),
                q::description!("The name. Upper and lower case differ."),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Property.key"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Value",
            ty: CimType::String,
            class_origin: "CIMI_Property",
            qualifiers: &[
                q::description!("The value."),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Property.value"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<2>("0 1"),
    keys: &[0],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("One name and value pair of a map. An array of them has each name once."),
        q::cimi_map!(true),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Name`
    pub const NAME: usize = 0;
    /// `Value`
    pub const VALUE: usize = 1;
}
