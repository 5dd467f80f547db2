// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_StateEventContent`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A resource changed its state.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_StateEventContent",
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
            class_origin: "CIMI_StateEventContent",
            qualifiers: &[
                q::description!("Name of the resource."),
                q::cimi_order!(1),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|StateEventContent.resName"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ResType",
            ty: CimType::String,
            class_origin: "CIMI_StateEventContent",
            qualifiers: &[
                q::description!("Type URI of the resource."),
                q::cimi_order!(3),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|StateEventContent.resType"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "State",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_StateEventContent",
            qualifiers: &[
                q::required!(true),
                q::description!("The new state."),
                q::cimi_order!(4),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|StateEventContent.state"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Previous",
            ty: CimType::String,
            class_origin: "CIMI_StateEventContent",
            qualifiers: &[
                q::description!("The state before."),
                q::cimi_order!(5),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|StateEventContent.previous"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<6>("1 5 2 3 0 4"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("A resource changed its state."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_event_content::at::*;
    /// `ResName`
    pub const RES_NAME: usize = 2;
    /// `ResType`
    pub const RES_TYPE: usize = 3;
    /// `State`
    pub const STATE: usize = 4;
    /// `Previous`
    pub const PREVIOUS: usize = 5;
}
