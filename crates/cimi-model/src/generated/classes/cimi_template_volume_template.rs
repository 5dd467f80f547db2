// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_TemplateVolumeTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A volume that is made for a new machine and attached to it.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_TemplateVolumeTemplate",
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
        q::description(QualifierValue::String("A volume that is made for a new machine and attached to it.")),
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
        reference_class: Some("CIMI_VolumeTemplate"),
        embedded: Embedded::Instance("CIMI_VolumeTemplate"),
        class_origin: "CIMI_TemplateVolumeTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("What the volume is made from.")),
            q::reference(QualifierValue::String("CIMI_VolumeTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_VolumeTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::cimi_inline(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|TemplateVolumeTemplate.href"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INITIAL_LOCATION: PropertyDescriptor = PropertyDescriptor {
        name: "InitialLocation",
        ty: CimType::String,
        class_origin: "CIMI_TemplateVolumeTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Where the machine first shows it, such as /dev/sdb.")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|TemplateVolumeTemplate.initialLocation"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
