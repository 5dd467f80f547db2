// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_MachineImage`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a machine boots from or is installed from, or the state of a machine at one moment.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_MachineImage",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 12>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "State",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["CREATING", "AVAILABLE", "DELETING", "ERROR", ".."],
                names: &["Creating", "Available", "Deleting", "Error", "Other"],
            }),
            class_origin: "CIMI_MachineImage",
            qualifiers: &[
                q::description!("State of the image."),
                q::value_map!(&["CREATING", "AVAILABLE", "DELETING", "ERROR", ".."]),
                q::values!(&["Creating", "Available", "Deleting", "Error", "Other"]),
                q::cimi_access!("RO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineImage.state"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Type",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["IMAGE", "SNAPSHOT", "PARTIAL_SNAPSHOT"],
                names: &["Image", "Snapshot", "Partial snapshot"],
            }),
            class_origin: "CIMI_MachineImage",
            qualifiers: &[
                q::description!("What it holds."),
                q::value_map!(&["IMAGE", "SNAPSHOT", "PARTIAL_SNAPSHOT"]),
                q::values!(&["Image", "Snapshot", "Partial snapshot"]),
                q::cimi_access!("CO"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineImage.type"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ImageLocation",
            ty: CimType::String,
            class_origin: "CIMI_MachineImage",
            qualifiers: &[
                q::description!("Where the data of the image is. When an image is made, the URI of a machine stands for a copy of that machine."),
                q::cimi_access!("CO"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineImage.imageLocation"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "RelatedImage",
            ty: CimType::String,
            reference_class: Some("CIMI_MachineImage"),
            class_origin: "CIMI_MachineImage",
            qualifiers: &[
                q::description!("For a snapshot the one before it; for a partial snapshot the image it builds on; absent otherwise."),
                q::reference!("CIMI_MachineImage"),
                q::cimi_access!("RO"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineImage.relatedImage"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<12>("6 3 0 1 7 10 2 5 11 8 9 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What a machine boots from or is installed from, or the state of a machine at one moment."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("machineImages"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MachineImage"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `State`
    pub const STATE: usize = 8;
    /// `Type`
    pub const TYPE: usize = 9;
    /// `ImageLocation`
    pub const IMAGE_LOCATION: usize = 10;
    /// `RelatedImage`
    pub const RELATED_IMAGE: usize = 11;
}
