// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_EventSummary`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Numbers of events by severity.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_EventSummary",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &[
        property::LOW,
        property::MEDIUM,
        property::HIGH,
        property::CRITICAL,
    ],
    alphabetical: &[3, 2, 0, 1],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("Numbers of events by severity.")),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Low`
    pub const LOW: usize = 0;
    /// `Medium`
    pub const MEDIUM: usize = 1;
    /// `High`
    pub const HIGH: usize = 2;
    /// `Critical`
    pub const CRITICAL: usize = 3;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const LOW: PropertyDescriptor = PropertyDescriptor {
        name: "Low",
        ty: CimType::Uint64,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_EventSummary",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Number of events of low severity.")),
            q::p_unit(QualifierValue::String("count")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|EventSummary.low"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MEDIUM: PropertyDescriptor = PropertyDescriptor {
        name: "Medium",
        ty: CimType::Uint64,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_EventSummary",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Number of events of medium severity.")),
            q::p_unit(QualifierValue::String("count")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|EventSummary.medium"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const HIGH: PropertyDescriptor = PropertyDescriptor {
        name: "High",
        ty: CimType::Uint64,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_EventSummary",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Number of events of high severity.")),
            q::p_unit(QualifierValue::String("count")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|EventSummary.high"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CRITICAL: PropertyDescriptor = PropertyDescriptor {
        name: "Critical",
        ty: CimType::Uint64,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_EventSummary",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Number of events of critical severity.")),
            q::p_unit(QualifierValue::String("count")),
            q::cimi_order(QualifierValue::Unsigned(4)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|EventSummary.critical"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
