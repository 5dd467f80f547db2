// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Sample`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// One measurement.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Sample",
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
            name: "Timestamp",
            ty: CimType::DateTime,
            class_origin: "CIMI_Sample",
            qualifiers: &[
                q::description!("When it was measured, or when the interval ended."),
                q::cimi_access!("RO"),
                q::cimi_order!(11),
                q::cimi_xml_item!("sample"),
                q::cimi_xml_value!("timestamp"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Sample.timestamp"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Value",
            ty: CimType::String,
            class_origin: "CIMI_Sample",
            qualifiers: &[
                q::description!("What was measured."),
                q::cimi_access!("RO"),
                q::cimi_order!(12),
                q::cimi_xml_item!("sample"),
                q::cimi_xml_value!("value"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Sample.value"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<10>("6 3 0 1 7 2 5 8 4 9"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("One measurement."),
        q::cimi_crud!(&["read"]),
        q::cimi_json_group!("samples"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Sample"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `Timestamp`
    pub const TIMESTAMP: usize = 8;
    /// `Value`
    pub const VALUE: usize = 9;
}
