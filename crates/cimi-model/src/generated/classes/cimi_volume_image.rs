// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_VolumeImage`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a volume is filled with, or the content of a volume at one moment.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_VolumeImage",
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
            name: "State",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["CREATING", "AVAILABLE", "DELETING", "ERROR", ".."],
                names: &["Creating", "Available", "Deleting", "Error", "Other"],
            }),
            class_origin: "CIMI_VolumeImage",
            qualifiers: &[
                q::description!("State of the image."),
                q::value_map!(&["CREATING", "AVAILABLE", "DELETING", "ERROR", ".."]),
                q::values!(&["Creating", "Available", "Deleting", "Error", "Other"]),
                q::cimi_access!("RO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|VolumeImage.state"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ImageLocation",
            ty: CimType::String,
            class_origin: "CIMI_VolumeImage",
            qualifiers: &[
                q::description!("Where the data of the image is. When an image is made, the URI of a volume stands for a copy of that volume."),
                q::cimi_access!("CO"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|VolumeImage.imageLocation"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Bootable",
            ty: CimType::Boolean,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_VolumeImage",
            qualifiers: &[
                q::description!("Whether a machine can boot from volumes that are made from it."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|VolumeImage.bootable"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<11>("6 10 3 0 1 7 9 2 5 8 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What a volume is filled with, or the content of a volume at one moment."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("volumeImages"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/VolumeImage"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `State`
    pub const STATE: usize = 8;
    /// `ImageLocation`
    pub const IMAGE_LOCATION: usize = 9;
    /// `Bootable`
    pub const BOOTABLE: usize = 10;
}
