// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_TemplateVolume`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A volume that is attached to a new machine.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_TemplateVolume",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &[
        property::HREF,
        property::INITIAL_LOCATION,
    ],
    alphabetical: &[0, 1],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A volume that is attached to a new machine.")),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Href`
    pub const HREF: usize = 0;
    /// `InitialLocation`
    pub const INITIAL_LOCATION: usize = 1;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const HREF: PropertyDescriptor = PropertyDescriptor {
        name: "Href",
        ty: CimType::String,
        reference_class: Some("CIMI_Volume"),
        class_origin: "CIMI_TemplateVolume",
        qualifiers: &[
            q::description(QualifierValue::String("The volume.")),
            q::reference(QualifierValue::String("CIMI_Volume")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::cimi_inline(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|TemplateVolume.href"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INITIAL_LOCATION: PropertyDescriptor = PropertyDescriptor {
        name: "InitialLocation",
        ty: CimType::String,
        class_origin: "CIMI_TemplateVolume",
        qualifiers: &[
            q::description(QualifierValue::String("Where the machine first shows it, such as /dev/sdb.")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|TemplateVolume.initialLocation"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
