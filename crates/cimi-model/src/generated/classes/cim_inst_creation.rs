// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_InstCreation`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The report that an instance was made.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_InstCreation",
    superclass: Some("CIM_InstIndication"),
    ancestors: &["CIM_InstIndication", "CIM_Indication"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: true,
        is_structure: false,
    },
    properties: super::cim_inst_indication::CLASS.properties,
    alphabetical: &positions::<8>("1 3 0 2 4 5 6 7"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::indication!(true),
        q::version!("2.45.0"),
        q::description!("The report that an instance was made."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cim_inst_indication::at::*;
}
