// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_InstDeletion`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The report that an instance was deleted.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_InstDeletion",
    superclass: Some("CIM_InstIndication"),
    ancestors: &["CIM_InstIndication", "CIM_Indication"],
    flags: ClassFlags {
        is_abstract: false,
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
        super::cim_inst_indication::property::SOURCE_INSTANCE,
        super::cim_inst_indication::property::SOURCE_INSTANCE_MODEL_PATH,
    ],
    alphabetical: &[1, 3, 0, 2, 4, 5, 6, 7],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::indication(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("2.45.0")),
        q::description(QualifierValue::String("The report that an instance was deleted.")),
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
