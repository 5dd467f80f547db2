// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_AccessEventContent`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Somebody asked for something.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_AccessEventContent",
    superclass: Some("CIMI_EventContent"),
    ancestors: &["CIMI_EventContent"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &[
        super::cimi_event_content::property::RESOURCE,
        super::cimi_event_content::property::EXTENSIONS,
        property::OPERATION,
        property::DETAIL,
        property::INITIATOR,
    ],
    alphabetical: &[3, 1, 4, 2, 0],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("Somebody asked for something.")),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Resource`
    pub const RESOURCE: usize = 0;
    /// `Extensions`
    pub const EXTENSIONS: usize = 1;
    /// `Operation`
    pub const OPERATION: usize = 2;
    /// `Detail`
    pub const DETAIL: usize = 3;
    /// `Initiator`
    pub const INITIATOR: usize = 4;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const OPERATION: PropertyDescriptor = PropertyDescriptor {
        name: "Operation",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_AccessEventContent",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The operation, or the HTTP method.")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AccessEventContent.operation"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const DETAIL: PropertyDescriptor = PropertyDescriptor {
        name: "Detail",
        ty: CimType::String,
        class_origin: "CIMI_AccessEventContent",
        qualifiers: &[
            q::description(QualifierValue::String("More about the request.")),
            q::cimi_order(QualifierValue::Unsigned(5)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AccessEventContent.detail"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INITIATOR: PropertyDescriptor = PropertyDescriptor {
        name: "Initiator",
        ty: CimType::String,
        class_origin: "CIMI_AccessEventContent",
        qualifiers: &[
            q::description(QualifierValue::String("Who asked.")),
            q::cimi_order(QualifierValue::Unsigned(6)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AccessEventContent.initiator"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
