// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_Indication`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The report of an event.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_Indication",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: true,
        is_association: false,
        is_indication: true,
        is_structure: false,
    },
    properties: &[
        PropertyDescriptor {
            name: "IndicationIdentifier",
            ty: CimType::String,
            class_origin: "CIM_Indication",
            qualifiers: &[
                q::description!("Identifies this report."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "CorrelatedIndications",
            ty: CimType::String,
            is_array: true,
            class_origin: "CIM_Indication",
            qualifiers: &[
                q::description!("Identifiers of earlier reports that have to do with this one."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "IndicationTime",
            ty: CimType::DateTime,
            class_origin: "CIM_Indication",
            qualifiers: &[
                q::description!("When the event was seen."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "IndicationFilterName",
            ty: CimType::String,
            class_origin: "CIM_Indication",
            qualifiers: &[
                q::description!("Name of the filter that selected the report for its receiver."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "SequenceContext",
            ty: CimType::String,
            class_origin: "CIM_Indication",
            qualifiers: &[
                q::description!("The sequence in which SequenceNumber counts. A new one begins when numbers may be lost."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "SequenceNumber",
            ty: CimType::Sint64,
            min_value: Some(0),
            class_origin: "CIM_Indication",
            qualifiers: &[
                q::description!("Position of the report in its sequence, counted for each receiver."),
                q::min_value!(0),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<6>("1 3 0 2 4 5"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::indication!(true),
        q::r#abstract!(true),
        q::version!("2.24.0"),
        q::description!("The report of an event."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `IndicationIdentifier`
    pub const INDICATION_IDENTIFIER: usize = 0;
    /// `CorrelatedIndications`
    pub const CORRELATED_INDICATIONS: usize = 1;
    /// `IndicationTime`
    pub const INDICATION_TIME: usize = 2;
    /// `IndicationFilterName`
    pub const INDICATION_FILTER_NAME: usize = 3;
    /// `SequenceContext`
    pub const SEQUENCE_CONTEXT: usize = 4;
    /// `SequenceNumber`
    pub const SEQUENCE_NUMBER: usize = 5;
}
