// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_MachineVolume`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A volume attached to a machine. Creating it attaches the volume, deleting it detaches it.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_MachineVolume",
    superclass: Some("CIMI_ResourceMembership"),
    ancestors: &["CIMI_ResourceMembership"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 11>(super::cimi_resource_membership::CLASS.properties, &[
        (8, PropertyDescriptor {
            name: "GroupComponent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_Machine"),
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::r#override!("GroupComponent"),
                q::aggregate!(true),
                q::description!("The machine."),
                q::required!(true, inherited),
                q::cimi_access!("CO", inherited),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
        (9, PropertyDescriptor {
            name: "PartComponent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_Volume"),
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::r#override!("PartComponent"),
                q::description!("The volume."),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineVolume.volume"]),
                q::required!(true, inherited),
                q::cimi_access!("CO", inherited),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
    ],
    &[
        PropertyDescriptor {
            name: "InitialLocation",
            ty: CimType::String,
            class_origin: "CIMI_MachineVolume",
            qualifiers: &[
                q::description!("Where the machine first shows it, such as /dev/sdb."),
                q::cimi_access!("CO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineVolume.initialLocation"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<11>("6 3 2 1 7 8 10 0 9 5 4"),
    keys: &[0],
    methods: &[],
    qualifiers: &[
        q::association!(true),
        q::aggregation!(true),
        q::version!("1.0.0"),
        q::description!("A volume attached to a machine. Creating it attaches the volume, deleting it detaches it."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("machineVolumes"),
        q::cimi_order!(17),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MachineVolume", "ATTR.DMTF|CIMI.1|Machine.volumes"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource_membership::at::*;
    /// `InitialLocation`
    pub const INITIAL_LOCATION: usize = 10;
}
