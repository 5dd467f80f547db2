// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_Dependency`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// An element that depends on another one.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_Dependency",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: true,
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
        q::r#abstract(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("2.5.0")),
        q::description(QualifierValue::String("An element that depends on another one.")),
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
        reference_class: Some("CIM_ManagedElement"),
        flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_Dependency",
        qualifiers: &[
            q::key(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The element that is depended on.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const DEPENDENT: PropertyDescriptor = PropertyDescriptor {
        name: "Dependent",
        ty: CimType::Reference,
        reference_class: Some("CIM_ManagedElement"),
        flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_Dependency",
        qualifiers: &[
            q::key(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The element that depends on it.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
