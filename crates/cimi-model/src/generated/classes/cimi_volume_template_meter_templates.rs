// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_VolumeTemplateMeterTemplates`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// From a volume template to the templates of the meters of its volumes.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_VolumeTemplateMeterTemplates",
    superclass: Some("CIMI_ResourceReference"),
    ancestors: &["CIMI_ResourceReference", "CIM_Dependency"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &[
        property::ANTECEDENT,
        property::DEPENDENT,
    ],
    alphabetical: &[0, 1],
    keys: &[0, 1],
    methods: &[],
    qualifiers: &[
        q::association(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("From a volume template to the templates of the meters of its volumes.")),
        q::cimi_reference_property(QualifierValue::String("MeterTemplates")),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Antecedent`
    pub const ANTECEDENT: usize = 0;
    /// `Dependent`
    pub const DEPENDENT: usize = 1;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const ANTECEDENT: PropertyDescriptor = PropertyDescriptor {
        name: "Antecedent",
        ty: CimType::Reference,
        reference_class: Some("CIMI_MeterTemplate"),
        flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_Dependency",
        qualifiers: &[
            q::r#override(QualifierValue::String("Antecedent")),
            q::description(QualifierValue::String("The resource referred to.")),
            q::key(QualifierValue::Boolean(true)).inherited(),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const DEPENDENT: PropertyDescriptor = PropertyDescriptor {
        name: "Dependent",
        ty: CimType::Reference,
        reference_class: Some("CIMI_VolumeTemplate"),
        flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_Dependency",
        qualifiers: &[
            q::r#override(QualifierValue::String("Dependent")),
            q::description(QualifierValue::String("The resource that refers to it.")),
            q::key(QualifierValue::Boolean(true)).inherited(),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
