// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Event`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Something that happened in the cloud.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Event",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 14>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "Timestamp",
            ty: CimType::DateTime,
            class_origin: "CIMI_Event",
            qualifiers: &[
                q::description!("When it happened, which may be before it was recorded."),
                q::cimi_access!("RO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Event.timestamp"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Type",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["http://schemas.dmtf.org/cimi/1/event/state", "http://schemas.dmtf.org/cimi/1/event/alarm", "http://schemas.dmtf.org/cimi/1/event/model", "http://schemas.dmtf.org/cimi/1/event/access", "http://schemas.dmtf.org/cloud/audit/1.0/", ".."],
                names: &["State", "Alarm", "Model", "Access", "Audit", "Other"],
            }),
            class_origin: "CIMI_Event",
            qualifiers: &[
                q::description!("What kind of event it is. Providers may have others than those listed."),
                q::value_map!(&["http://schemas.dmtf.org/cimi/1/event/state", "http://schemas.dmtf.org/cimi/1/event/alarm", "http://schemas.dmtf.org/cimi/1/event/model", "http://schemas.dmtf.org/cimi/1/event/access", "http://schemas.dmtf.org/cloud/audit/1.0/", ".."]),
                q::values!(&["State", "Alarm", "Model", "Access", "Audit", "Other"]),
                q::cimi_access!("RO"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Event.type"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Content",
            ty: CimType::String,
            embedded: Embedded::Instance("CIMI_EventContent"),
            class_origin: "CIMI_Event",
            qualifiers: &[
                q::description!("What happened, in the structure that belongs to the type."),
                q::embedded_instance!("CIMI_EventContent"),
                q::cimi_access!("RO"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Event.content"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Outcome",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["Pending", "Unknown", "Status", "Success", "Warning", "Failure", ".."],
                names: &["Pending", "Unknown", "Status", "Success", "Warning", "Failure", "Other"],
            }),
            class_origin: "CIMI_Event",
            qualifiers: &[
                q::description!("What it means on the whole. Providers may have other values than those listed."),
                q::value_map!(&["Pending", "Unknown", "Status", "Success", "Warning", "Failure", ".."]),
                q::values!(&["Pending", "Unknown", "Status", "Success", "Warning", "Failure", "Other"]),
                q::cimi_access!("RO"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Event.outcome"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Severity",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["critical", "high", "medium", "low"],
                names: &["Critical", "High", "Medium", "Low"],
            }),
            class_origin: "CIMI_Event",
            qualifiers: &[
                q::description!("How serious it is. Absent where that has no meaning."),
                q::value_map!(&["critical", "high", "medium", "low"]),
                q::values!(&["Critical", "High", "Medium", "Low"]),
                q::cimi_access!("RO"),
                q::cimi_order!(15),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Event.severity"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Contact",
            ty: CimType::String,
            class_origin: "CIMI_Event",
            qualifiers: &[
                q::description!("Whom to turn to."),
                q::cimi_access!("RO"),
                q::cimi_order!(16),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Event.contact"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<14>("6 13 10 3 0 1 7 2 11 5 12 8 9 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("Something that happened in the cloud."),
        q::cimi_crud!(&["read", "update", "delete"]),
        q::cimi_json_group!("events"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Event"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `Timestamp`
    pub const TIMESTAMP: usize = 8;
    /// `Type`
    pub const TYPE: usize = 9;
    /// `Content`
    pub const CONTENT: usize = 10;
    /// `Outcome`
    pub const OUTCOME: usize = 11;
    /// `Severity`
    pub const SEVERITY: usize = 12;
    /// `Contact`
    pub const CONTACT: usize = 13;
}
