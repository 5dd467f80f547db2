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
        PropertyDescriptor {
            name: "Name",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ActionMetadata",
            qualifiers: &[
                q::required!(true),
                q::description!("Short name of the operation."),
                q::cimi_order!(1),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ActionMetadata.name"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Uri",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ActionMetadata",
            qualifiers: &[
                q::required!(true),
                q::description!("URI of the operation."),
                q::cimi_order!(2),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ActionMetadata.uri"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Description",
            ty: CimType::String,
            class_origin: "CIMI_ActionMetadata",
            qualifiers: &[
                q::description!("What the operation does, for people to read."),
                q::cimi_order!(3),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ActionMetadata.description"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Method",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ActionMetadata",
            qualifiers: &[
                q::required!(true),
                q::description!("HTTP method with which it is asked for."),
                q::cimi_order!(4),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ActionMetadata.method"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "InputMessage",
            ty: CimType::String,
            class_origin: "CIMI_ActionMetadata",
            qualifiers: &[
                q::description!("Media type of the request."),
                q::cimi_order!(5),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ActionMetadata.inputMessage"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "OutputMessage",
            ty: CimType::String,
            class_origin: "CIMI_ActionMetadata",
            qualifiers: &[
                q::description!("Media type of the answer."),
                q::cimi_order!(6),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ActionMetadata.outputMessage"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<6>("2 4 3 0 5 1"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("An operation that a resource type has in this cloud."),
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
