// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_AlarmEventContent`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Something went wrong.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_AlarmEventContent",
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
        property::CODE,
        property::DETAIL,
    ],
    alphabetical: &[4, 5, 1, 2, 3, 0],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("Something went wrong.")),
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
    /// `Code`
    pub const CODE: usize = 4;
    /// `Detail`
    pub const DETAIL: usize = 5;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const RES_NAME: PropertyDescriptor = PropertyDescriptor {
        name: "ResName",
        ty: CimType::String,
        class_origin: "CIMI_AlarmEventContent",
        qualifiers: &[
            q::description(QualifierValue::String("Name of the resource.")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AlarmEventContent.resName"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const RES_TYPE: PropertyDescriptor = PropertyDescriptor {
        name: "ResType",
        ty: CimType::String,
        class_origin: "CIMI_AlarmEventContent",
        qualifiers: &[
            q::description(QualifierValue::String("Type URI of the resource.")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AlarmEventContent.resType"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CODE: PropertyDescriptor = PropertyDescriptor {
        name: "Code",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_AlarmEventContent",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Code of the alarm, in the words of the Provider.")),
            q::cimi_order(QualifierValue::Unsigned(4)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AlarmEventContent.code"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const DETAIL: PropertyDescriptor = PropertyDescriptor {
        name: "Detail",
        ty: CimType::String,
        class_origin: "CIMI_AlarmEventContent",
        qualifiers: &[
            q::description(QualifierValue::String("More about the alarm.")),
            q::cimi_order(QualifierValue::Unsigned(5)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AlarmEventContent.detail"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
