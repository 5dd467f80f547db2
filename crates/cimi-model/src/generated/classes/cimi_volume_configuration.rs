// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_VolumeConfiguration`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The shape of a volume.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_VolumeConfiguration",
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
            name: "Type",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["http://schemas.dmtf.org/cimi/1/mapped", ".."],
                names: &["Mapped", "Other"],
            }),
            class_origin: "CIMI_VolumeConfiguration",
            qualifiers: &[
                q::description!("Kind of the volume. Providers may have others than those listed."),
                q::value_map!(&["http://schemas.dmtf.org/cimi/1/mapped", ".."]),
                q::values!(&["Mapped", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|VolumeConfiguration.type"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Format",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_VolumeConfiguration",
            qualifiers: &[
                q::description!("File system to put on it, such as ext4. Absent leaves it without one."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|VolumeConfiguration.format"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Capacity",
            ty: CimType::Uint64,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_VolumeConfiguration",
            qualifiers: &[
                q::description!("Size of the volume."),
                q::p_unit!("byte * 10^3"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|VolumeConfiguration.capacity"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<11>("6 10 3 0 1 7 9 2 5 8 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("The shape of a volume."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("volumeConfigurations"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/VolumeConfiguration"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `Type`
    pub const TYPE: usize = 8;
    /// `Format`
    pub const FORMAT: usize = 9;
    /// `Capacity`
    pub const CAPACITY: usize = 10;
}
