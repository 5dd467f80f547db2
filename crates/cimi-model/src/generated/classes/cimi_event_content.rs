// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_EventContent`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What an event tells. Events of a type that this model does not know have all of it in Extensions.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_EventContent",
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
            name: "Resource",
            ty: CimType::String,
            reference_class: Some("CIMI_Resource"),
            class_origin: "CIMI_EventContent",
            qualifiers: &[
                q::description!("The resource. It may be gone by now."),
                q::reference!("CIMI_Resource"),
                q::cimi_order!(2),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventContent.resource"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Extensions",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_Extension"),
            class_origin: "CIMI_EventContent",
            qualifiers: &[
                q::description!("Whatever else the event tells, as it came over a binding."),
                q::embedded_instance!("CIMI_Extension"),
                q::array_type!("Ordered"),
                q::cimi_order!(1000),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<2>("1 0"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("What an event tells. Events of a type that this model does not know have all of it in Extensions."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Resource`
    pub const RESOURCE: usize = 0;
    /// `Extensions`
    pub const EXTENSIONS: usize = 1;
}
