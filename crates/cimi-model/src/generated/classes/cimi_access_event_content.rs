// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_AccessEventContent`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Somebody asked for something.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_AccessEventContent",
    superclass: Some("CIMI_EventContent"),
    ancestors: &["CIMI_EventContent"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &inherit::<_, 5>(super::cimi_event_content::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "Operation",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_AccessEventContent",
            qualifiers: &[
                q::required!(true),
                q::description!("The operation, or the HTTP method."),
                q::cimi_order!(1),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AccessEventContent.operation"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Detail",
            ty: CimType::String,
            class_origin: "CIMI_AccessEventContent",
            qualifiers: &[
                q::description!("More about the request."),
                q::cimi_order!(5),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AccessEventContent.detail"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Initiator",
            ty: CimType::String,
            class_origin: "CIMI_AccessEventContent",
            qualifiers: &[
                q::description!("Who asked."),
                q::cimi_order!(6),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AccessEventContent.initiator"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<5>("3 1 4 2 0"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("Somebody asked for something."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_event_content::at::*;
    /// `Operation`
    pub const OPERATION: usize = 2;
    /// `Detail`
    pub const DETAIL: usize = 3;
    /// `Initiator`
    pub const INITIATOR: usize = 4;
}
