// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_VolumeMeter`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The meters of a volume.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_VolumeMeter",
    superclass: Some("CIMI_ResourceContainment"),
    ancestors: &["CIMI_ResourceContainment", "CIM_Component"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 2>(super::cimi_resource_containment::CLASS.properties, &[
        (0, PropertyDescriptor {
            name: "GroupComponent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_Volume"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Component",
            qualifiers: &[
                q::r#override!("GroupComponent"),
                q::aggregate!(true),
                q::description!("The owner."),
                q::max!(1),
                q::key!(true, inherited),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
        (1, PropertyDescriptor {
            name: "PartComponent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_Meter"),
            flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_Component",
            qualifiers: &[
                q::r#override!("PartComponent"),
                q::description!("The part; it ends with its owner."),
                q::key!(true, inherited),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
    ],
    &[]),
    alphabetical: &positions::<2>("0 1"),
    keys: &[0, 1],
    methods: &[],
    qualifiers: &[
        q::association!(true),
        q::aggregation!(true),
        q::composition!(true),
        q::version!("1.0.0"),
        q::description!("The meters of a volume."),
        q::cimi_reference_property!("TargetResource"),
        q::cimi_order!(16),
        q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Volume.meters"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource_containment::at::*;
}
