// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_Component`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// An element that is a part of another one.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_Component",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: true,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &[
        property::GROUP_COMPONENT,
        property::PART_COMPONENT,
    ],
    alphabetical: &[0, 1],
    keys: &[0, 1],
    methods: &[],
    qualifiers: &[
        q::association(QualifierValue::Boolean(true)),
        q::r#abstract(QualifierValue::Boolean(true)),
        q::aggregation(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("2.7.0")),
        q::description(QualifierValue::String("An element that is a part of another one.")),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `GroupComponent`
    pub const GROUP_COMPONENT: usize = 0;
    /// `PartComponent`
    pub const PART_COMPONENT: usize = 1;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const GROUP_COMPONENT: PropertyDescriptor = PropertyDescriptor {
        name: "GroupComponent",
        ty: CimType::Reference,
        reference_class: Some("CIM_ManagedElement"),
        flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_Component",
        qualifiers: &[
            q::key(QualifierValue::Boolean(true)),
            q::aggregate(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The whole.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PART_COMPONENT: PropertyDescriptor = PropertyDescriptor {
        name: "PartComponent",
        ty: CimType::Reference,
        reference_class: Some("CIM_ManagedElement"),
        flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_Component",
        qualifiers: &[
            q::key(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The part.")),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
