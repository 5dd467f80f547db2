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
        property::INDICATION_IDENTIFIER,
        property::CORRELATED_INDICATIONS,
        property::INDICATION_TIME,
        property::INDICATION_FILTER_NAME,
        property::SEQUENCE_CONTEXT,
        property::SEQUENCE_NUMBER,
    ],
    alphabetical: &[1, 3, 0, 2, 4, 5],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::indication(QualifierValue::Boolean(true)),
        q::r#abstract(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("2.24.0")),
        q::description(QualifierValue::String("The report of an event.")),
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

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const INDICATION_IDENTIFIER: PropertyDescriptor = PropertyDescriptor {
        name: "IndicationIdentifier",
        ty: CimType::String,
        class_origin: "CIM_Indication",
        qualifiers: &[
            q::description(QualifierValue::String("Identifies this report.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CORRELATED_INDICATIONS: PropertyDescriptor = PropertyDescriptor {
        name: "CorrelatedIndications",
        ty: CimType::String,
        is_array: true,
        class_origin: "CIM_Indication",
        qualifiers: &[
            q::description(QualifierValue::String("Identifiers of earlier reports that have to do with this one.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INDICATION_TIME: PropertyDescriptor = PropertyDescriptor {
        name: "IndicationTime",
        ty: CimType::DateTime,
        class_origin: "CIM_Indication",
        qualifiers: &[
            q::description(QualifierValue::String("When the event was seen.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INDICATION_FILTER_NAME: PropertyDescriptor = PropertyDescriptor {
        name: "IndicationFilterName",
        ty: CimType::String,
        class_origin: "CIM_Indication",
        qualifiers: &[
            q::description(QualifierValue::String("Name of the filter that selected the report for its receiver.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const SEQUENCE_CONTEXT: PropertyDescriptor = PropertyDescriptor {
        name: "SequenceContext",
        ty: CimType::String,
        class_origin: "CIM_Indication",
        qualifiers: &[
            q::description(QualifierValue::String("The sequence in which SequenceNumber counts. A new one begins when numbers may be lost.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const SEQUENCE_NUMBER: PropertyDescriptor = PropertyDescriptor {
        name: "SequenceNumber",
        ty: CimType::Sint64,
        min_value: Some(0),
        class_origin: "CIM_Indication",
        qualifiers: &[
            q::description(QualifierValue::String("Position of the report in its sequence, counted for each receiver.")),
            q::min_value(QualifierValue::Signed(0)),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
