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
        PropertyDescriptor {
            name: "Namespace",
            ty: CimType::String,
            class_origin: "CIMI_Extension",
            qualifiers: &[
                q::description!("XML namespace of the attribute. Absent if it came without one."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Name",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Extension",
            qualifiers: &[
                q::required!(true),
                q::description!("Name of the attribute."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Format",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["json", "xml"],
                names: &["JSON", "XML"],
            }),
            class_origin: "CIMI_Extension",
            qualifiers: &[
                q::required!(true),
                q::description!("The language of Value."),
                q::value_map!(&["json", "xml"]),
                q::values!(&["JSON", "XML"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Value",
            ty: CimType::String,
            class_origin: "CIMI_Extension",
            qualifiers: &[
                q::description!("The JSON value or the XML element, complete."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<4>("2 1 0 3"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("An attribute that this model does not know, kept as the text in which it was sent."),
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
