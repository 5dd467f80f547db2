// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_DiskConfiguration`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A disk that is made together with a machine.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_DiskConfiguration",
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
            name: "Capacity",
            ty: CimType::Uint64,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_DiskConfiguration",
            qualifiers: &[
                q::required!(true),
                q::description!("Size of the disk."),
                q::p_unit!("byte * 10^3"),
                q::cimi_order!(1),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|DiskConfiguration.capacity"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Format",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_DiskConfiguration",
            qualifiers: &[
                q::required!(true),
                q::description!("File system to put on it, such as ext4."),
                q::cimi_order!(2),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|DiskConfiguration.format"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "InitialLocation",
            ty: CimType::String,
            class_origin: "CIMI_DiskConfiguration",
            qualifiers: &[
                q::description!("Where the machine first shows it, such as /dev/sda."),
                q::cimi_order!(3),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|DiskConfiguration.initialLocation"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<3>("0 1 2"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("A disk that is made together with a machine."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Capacity`
    pub const CAPACITY: usize = 0;
    /// `Format`
    pub const FORMAT: usize = 1;
    /// `InitialLocation`
    pub const INITIAL_LOCATION: usize = 2;
}
