// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_ForwardingGroup`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Networks among which packets are routed.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_ForwardingGroup",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: super::cimi_resource::CLASS.properties,
    alphabetical: &positions::<8>("6 3 0 1 7 2 5 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("Networks among which packets are routed."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("forwardingGroups"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/ForwardingGroup"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
}
