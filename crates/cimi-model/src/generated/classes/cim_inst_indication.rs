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
    properties: &[
        super::cim_indication::property::INDICATION_IDENTIFIER,
        super::cim_indication::property::CORRELATED_INDICATIONS,
        super::cim_indication::property::INDICATION_TIME,
        super::cim_indication::property::INDICATION_FILTER_NAME,
        super::cim_indication::property::SEQUENCE_CONTEXT,
        super::cim_indication::property::SEQUENCE_NUMBER,
        property::SOURCE_INSTANCE,
        property::SOURCE_INSTANCE_MODEL_PATH,
    ],
    alphabetical: &[1, 3, 0, 2, 4, 5, 6, 7],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::indication(QualifierValue::Boolean(true)),
        q::r#abstract(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("2.45.0")),
        q::description(QualifierValue::String("The report that an instance was made, changed or deleted.")),
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
    /// `SourceInstance`
    pub const SOURCE_INSTANCE: usize = 6;
    /// `SourceInstanceModelPath`
    pub const SOURCE_INSTANCE_MODEL_PATH: usize = 7;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const SOURCE_INSTANCE: PropertyDescriptor = PropertyDescriptor {
        name: "SourceInstance",
        ty: CimType::String,
        embedded: Embedded::Object,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_InstIndication",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::embedded_object(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The instance: as it is after the event, or as it last was.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const SOURCE_INSTANCE_MODEL_PATH: PropertyDescriptor = PropertyDescriptor {
        name: "SourceInstanceModelPath",
        ty: CimType::String,
        class_origin: "CIM_InstIndication",
        qualifiers: &[
            q::description(QualifierValue::String("Path of the instance.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
