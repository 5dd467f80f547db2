// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_EventSummary`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Numbers of events by severity.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_EventSummary",
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
            name: "Low",
            ty: CimType::Uint64,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_EventSummary",
            qualifiers: &[
                q::required!(true),
                q::description!("Number of events of low severity."),
                q::p_unit!("count"),
                q::cimi_order!(1),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventSummary.low"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Medium",
            ty: CimType::Uint64,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_EventSummary",
            qualifiers: &[
                q::required!(true),
                q::description!("Number of events of medium severity."),
                q::p_unit!("count"),
                q::cimi_order!(2),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventSummary.medium"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "High",
            ty: CimType::Uint64,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_EventSummary",
            qualifiers: &[
                q::required!(true),
                q::description!("Number of events of high severity."),
                q::p_unit!("count"),
                q::cimi_order!(3),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventSummary.high"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Critical",
            ty: CimType::Uint64,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_EventSummary",
            qualifiers: &[
                q::required!(true),
                q::description!("Number of events of critical severity."),
                q::p_unit!("count"),
                q::cimi_order!(4),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventSummary.critical"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<4>("3 2 0 1"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("Numbers of events by severity."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Low`
    pub const LOW: usize = 0;
    /// `Medium`
    pub const MEDIUM: usize = 1;
    /// `High`
    pub const HIGH: usize = 2;
    /// `Critical`
    pub const CRITICAL: usize = 3;
}
