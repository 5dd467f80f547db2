// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_StateEventContent`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A resource changed its state.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_StateEventContent",
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
        property::RES_NAME,
        property::RES_TYPE,
        property::STATE,
        property::PREVIOUS,
    ],
    alphabetical: &[1, 5, 2, 3, 0, 4],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A resource changed its state.")),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Resource`
    pub const RESOURCE: usize = 0;
    /// `Extensions`
    pub const EXTENSIONS: usize = 1;
    /// `ResName`
    pub const RES_NAME: usize = 2;
    /// `ResType`
    pub const RES_TYPE: usize = 3;
    /// `State`
    pub const STATE: usize = 4;
    /// `Previous`
    pub const PREVIOUS: usize = 5;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const RES_NAME: PropertyDescriptor = PropertyDescriptor {
        name: "ResName",
        ty: CimType::String,
        class_origin: "CIMI_StateEventContent",
        qualifiers: &[
            q::description(QualifierValue::String("Name of the resource.")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|StateEventContent.resName"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const RES_TYPE: PropertyDescriptor = PropertyDescriptor {
        name: "ResType",
        ty: CimType::String,
        class_origin: "CIMI_StateEventContent",
        qualifiers: &[
            q::description(QualifierValue::String("Type URI of the resource.")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|StateEventContent.resType"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const STATE: PropertyDescriptor = PropertyDescriptor {
        name: "State",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_StateEventContent",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The new state.")),
            q::cimi_order(QualifierValue::Unsigned(4)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|StateEventContent.state"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PREVIOUS: PropertyDescriptor = PropertyDescriptor {
        name: "Previous",
        ty: CimType::String,
        class_origin: "CIMI_StateEventContent",
        qualifiers: &[
            q::description(QualifierValue::String("The state before.")),
            q::cimi_order(QualifierValue::Unsigned(5)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|StateEventContent.previous"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
