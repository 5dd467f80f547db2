// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_ModelEventContent`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A resource was made, changed or deleted.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_ModelEventContent",
    superclass: Some("CIMI_EventContent"),
    ancestors: &["CIMI_EventContent"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &inherit::<_, 6>(super::cimi_event_content::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "ResName",
            ty: CimType::String,
            class_origin: "CIMI_ModelEventContent",
            qualifiers: &[
                q::description!("Name of the resource."),
                q::cimi_order!(1),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ModelEventContent.resName"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ResType",
            ty: CimType::String,
            class_origin: "CIMI_ModelEventContent",
            qualifiers: &[
                q::description!("Type URI of the resource."),
                q::cimi_order!(3),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ModelEventContent.resType"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Change",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ModelEventContent",
            qualifiers: &[
                q::required!(true),
                q::description!("What was done to the resource."),
                q::cimi_order!(4),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ModelEventContent.change"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Detail",
            ty: CimType::String,
            class_origin: "CIMI_ModelEventContent",
            qualifiers: &[
                q::description!("More about the change."),
                q::cimi_order!(5),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ModelEventContent.detail"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<6>("4 5 1 2 3 0"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("A resource was made, changed or deleted."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_event_content::at::*;
    /// `ResName`
    pub const RES_NAME: usize = 2;
    /// `ResType`
    pub const RES_TYPE: usize = 3;
    /// `Change`
    pub const CHANGE: usize = 4;
    /// `Detail`
    pub const DETAIL: usize = 5;
}
