// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_EventLogCreate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The request to make an event log.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_EventLogCreate",
    superclass: Some("CIMI_ResourceCreate"),
    ancestors: &["CIMI_ResourceCreate", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &inherit::<_, 5>(super::cimi_resource_create::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "EventLogTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_EventLogTemplate"),
            embedded: Embedded::Instance("CIMI_EventLogTemplate"),
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_EventLogCreate",
            qualifiers: &[
                q::required!(true),
                q::description!("The template, by reference, by value, or by reference with some attributes replaced."),
                q::reference!("CIMI_EventLogTemplate"),
                q::embedded_instance!("CIMI_EventLogTemplate"),
                q::cimi_by_value!(true),
                q::cimi_access!("CO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|EventLogCreate.eventLogTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<5>("0 1 4 3 2"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("The request to make an event log."),
        q::cimi_creates!("CIMI_EventLog"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/EventLogCreate"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource_create::at::*;
    /// `EventLogTemplate`
    pub const EVENT_LOG_TEMPLATE: usize = 4;
}
