// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_MeterTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a meter is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_MeterTemplate",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 10>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "TargetResource",
            ty: CimType::String,
            reference_class: Some("CIMI_Resource"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MeterTemplate",
            qualifiers: &[
                q::description!("The resource to measure. Absent where the owner of the new meter says it."),
                q::reference!("CIMI_Resource"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MeterTemplate.targetResource"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MeterConfig",
            ty: CimType::String,
            reference_class: Some("CIMI_MeterConfiguration"),
            embedded: Embedded::Instance("CIMI_MeterConfiguration"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MeterTemplate",
            qualifiers: &[
                q::description!("Definition of the meter."),
                q::reference!("CIMI_MeterConfiguration"),
                q::embedded_instance!("CIMI_MeterConfiguration"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MeterTemplate.meterConfig"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<10>("6 3 0 1 7 2 9 5 8 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What a meter is made from."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("meterTemplates"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MeterTemplate"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `TargetResource`
    pub const TARGET_RESOURCE: usize = 8;
    /// `MeterConfig`
    pub const METER_CONFIG: usize = 9;
}
