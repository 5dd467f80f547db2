// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_InstModification`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The report that an instance was changed.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_InstModification",
    superclass: Some("CIM_InstIndication"),
    ancestors: &["CIM_InstIndication", "CIM_Indication"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: true,
        is_structure: false,
    },
    properties: &inherit::<_, 10>(super::cim_inst_indication::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "PreviousInstance",
            ty: CimType::String,
            embedded: Embedded::Object,
            class_origin: "CIM_InstModification",
            qualifiers: &[
                q::embedded_object!(true),
                q::description!("The instance as it was before."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ChangedPropertyNames",
            ty: CimType::String,
            is_array: true,
            class_origin: "CIM_InstModification",
            qualifiers: &[
                q::description!("Names of the properties that changed. Absent: not known."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<10>("9 1 3 0 2 8 4 5 6 7"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::indication!(true),
        q::version!("2.45.0"),
        q::description!("The report that an instance was changed."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cim_inst_indication::at::*;
    /// `PreviousInstance`
    pub const PREVIOUS_INSTANCE: usize = 8;
    /// `ChangedPropertyNames`
    pub const CHANGED_PROPERTY_NAMES: usize = 9;
}
