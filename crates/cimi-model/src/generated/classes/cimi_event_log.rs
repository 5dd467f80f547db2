// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_EventLog`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The events of one resource.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_EventLog",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 11>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "TargetResource",
            ty: CimType::String,
            reference_class: Some("CIMI_Resource"),
            class_origin: "CIMI_EventLog",
            qualifiers: &[
                q::description!("The resource that the events are about."),
                q::reference!("CIMI_Resource"),
                q::cimi_access!("CO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventLog.targetResource"]),
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
            class_origin: "CIMI_EventLog",
            qualifiers: &[
                q::description!("How long events are kept. Providers may have other values than those listed."),
                q::value_map!(&["daily", "weekly", "monthly", "yearly", ".."]),
                q::values!(&["Daily", "Weekly", "Monthly", "Yearly", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventLog.persistence"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Summary",
            ty: CimType::String,
            embedded: Embedded::Instance("CIMI_EventSummary"),
            class_origin: "CIMI_EventLog",
            qualifiers: &[
                q::description!("How many events of each severity there are at present."),
                q::embedded_instance!("CIMI_EventSummary"),
                q::cimi_access!("RO"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventLog.summary"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<11>("6 3 0 1 7 2 9 5 10 8 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("The events of one resource."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("eventLogs"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/EventLog"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `TargetResource`
    pub const TARGET_RESOURCE: usize = 8;
    /// `Persistence`
    pub const PERSISTENCE: usize = 9;
    /// `Summary`
    pub const SUMMARY: usize = 10;
}
