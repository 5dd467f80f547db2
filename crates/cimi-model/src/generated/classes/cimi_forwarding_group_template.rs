// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_ForwardingGroupTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a forwarding group is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_ForwardingGroupTemplate",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 9>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "Networks",
            ty: CimType::String,
            is_array: true,
            reference_class: Some("CIMI_Network"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ForwardingGroupTemplate",
            qualifiers: &[
                q::description!("The networks of the group."),
                q::reference!("CIMI_Network"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::cimi_xml_item!("network"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ForwardingGroupTemplate.networks"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<9>("6 3 0 1 7 2 8 5 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What a forwarding group is made from."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("forwardingGroupTemplates"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/ForwardingGroupTemplate"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `Networks`
    pub const NETWORKS: usize = 8;
}
