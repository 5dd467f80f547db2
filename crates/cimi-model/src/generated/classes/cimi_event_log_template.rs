// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_EventLogTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What an event log is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_EventLogTemplate",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 10>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "TargetResource",
            ty: CimType::String,
            reference_class: Some("CIMI_Resource"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_EventLogTemplate",
            qualifiers: &[
                q::description!("The resource that the events are about."),
                q::reference!("CIMI_Resource"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventLogTemplate.targetResource"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Persistence",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["daily", "weekly", "monthly", "yearly", ".."],
                names: &["Daily", "Weekly", "Monthly", "Yearly", "Other"],
            }),
            class_origin: "CIMI_EventLogTemplate",
            qualifiers: &[
                q::description!("How long events are kept. Providers may have other values than those listed."),
                q::value_map!(&["daily", "weekly", "monthly", "yearly", ".."]),
                q::values!(&["Daily", "Weekly", "Monthly", "Yearly", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventLogTemplate.persistence"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<10>("6 3 0 1 7 2 9 5 8 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What an event log is made from."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("eventLogTemplates"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/EventLogTemplate"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `TargetResource`
    pub const TARGET_RESOURCE: usize = 8;
    /// `Persistence`
    pub const PERSISTENCE: usize = 9;
}
