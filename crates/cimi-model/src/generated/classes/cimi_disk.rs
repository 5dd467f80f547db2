// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Disk`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A disk of one machine.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Disk",
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
            name: "Capacity",
            ty: CimType::Uint64,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Disk",
            qualifiers: &[
                q::description!("Size of the disk."),
                q::p_unit!("byte * 10^3"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Disk.capacity"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "InitialLocation",
            ty: CimType::String,
            class_origin: "CIMI_Disk",
            qualifiers: &[
                q::description!("Where the machine first shows it, such as /dev/sda."),
                q::cimi_access!("CO"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Disk.initialLocation"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<10>("6 8 3 0 1 7 9 2 5 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("A disk of one machine."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("disks"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Disk"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `Capacity`
    pub const CAPACITY: usize = 8;
    /// `InitialLocation`
    pub const INITIAL_LOCATION: usize = 9;
}
