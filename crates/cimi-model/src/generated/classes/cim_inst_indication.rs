// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_InstIndication`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The report that an instance was made, changed or deleted.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_InstIndication",
    superclass: Some("CIM_Indication"),
    ancestors: &["CIM_Indication"],
    flags: ClassFlags {
        is_abstract: true,
        is_association: false,
        is_indication: true,
        is_structure: false,
    },
    properties: &inherit::<_, 8>(super::cim_indication::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "SourceInstance",
            ty: CimType::String,
            embedded: Embedded::Object,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_InstIndication",
            qualifiers: &[
                q::required!(true),
                q::embedded_object!(true),
                q::description!("The instance: as it is after the event, or as it last was."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "SourceInstanceModelPath",
            ty: CimType::String,
            class_origin: "CIM_InstIndication",
            qualifiers: &[
                q::description!("Path of the instance."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<8>("1 3 0 2 4 5 6 7"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::indication!(true),
        q::r#abstract!(true),
        q::version!("2.45.0"),
        q::description!("The report that an instance was made, changed or deleted."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cim_indication::at::*;
    /// `SourceInstance`
    pub const SOURCE_INSTANCE: usize = 6;
    /// `SourceInstanceModelPath`
    pub const SOURCE_INSTANCE_MODEL_PATH: usize = 7;
}
