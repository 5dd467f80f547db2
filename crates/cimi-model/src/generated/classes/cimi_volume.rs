// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Volume`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Storage that can be attached to machines.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Volume",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 13>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "State",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["CREATING", "AVAILABLE", "CAPTURING", "RESTORING", "DELETING", "ERROR", ".."],
                names: &["Creating", "Available", "Capturing", "Restoring", "Deleting", "Error", "Other"],
            }),
            class_origin: "CIMI_Volume",
            qualifiers: &[
                q::description!("State of the volume."),
                q::value_map!(&["CREATING", "AVAILABLE", "CAPTURING", "RESTORING", "DELETING", "ERROR", ".."]),
                q::values!(&["Creating", "Available", "Capturing", "Restoring", "Deleting", "Error", "Other"]),
                q::cimi_access!("RO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Volume.state"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Type",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["http://schemas.dmtf.org/cimi/1/mapped", ".."],
                names: &["Mapped", "Other"],
            }),
            class_origin: "CIMI_Volume",
            qualifiers: &[
                q::description!("Kind of the volume. Providers may have others than those listed."),
                q::value_map!(&["http://schemas.dmtf.org/cimi/1/mapped", ".."]),
                q::values!(&["Mapped", "Other"]),
                q::cimi_access!("CO"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Volume.type"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Capacity",
            ty: CimType::Uint64,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Volume",
            qualifiers: &[
                q::description!("Size of the volume. It may grow; a Provider may refuse to let it shrink."),
                q::p_unit!("byte * 10^3"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Volume.capacity"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Bootable",
            ty: CimType::Boolean,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Volume",
            qualifiers: &[
                q::description!("Whether a machine can boot from it."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Volume.bootable"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "EventLog",
            ty: CimType::String,
            reference_class: Some("CIMI_EventLog"),
            class_origin: "CIMI_Volume",
            qualifiers: &[
                q::description!("Events of the volume."),
                q::reference!("CIMI_EventLog"),
                q::cimi_access!("RO"),
                q::cimi_order!(17),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Volume.eventLog"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<13>("6 11 10 3 0 1 12 7 2 5 8 9 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("Storage that can be attached to machines."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("volumes"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Volume"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `State`
    pub const STATE: usize = 8;
    /// `Type`
    pub const TYPE: usize = 9;
    /// `Capacity`
    pub const CAPACITY: usize = 10;
    /// `Bootable`
    pub const BOOTABLE: usize = 11;
    /// `EventLog`
    pub const EVENT_LOG: usize = 12;
}
