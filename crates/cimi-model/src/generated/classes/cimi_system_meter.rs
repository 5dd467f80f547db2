// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_SystemMeter`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The meters of a system as a whole, not those of its parts.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_SystemMeter",
    superclass: Some("CIMI_ResourceContainment"),
    ancestors: &["CIMI_ResourceContainment", "CIM_Component"],
    flags: ClassFlags {
        is_abstract: false,
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
        q::aggregation(QualifierValue::Boolean(true)),
        q::composition(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("The meters of a system as a whole, not those of its parts.")),
        q::cimi_reference_property(QualifierValue::String("TargetResource")),
        q::cimi_order(QualifierValue::Unsigned(20)),
        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|System.meters"])),
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
        reference_class: Some("CIMI_System"),
        flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_Component",
        qualifiers: &[
            q::r#override(QualifierValue::String("GroupComponent")),
            q::aggregate(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The owner.")),
            q::max(QualifierValue::Unsigned(1)),
            q::key(QualifierValue::Boolean(true)).inherited(),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PART_COMPONENT: PropertyDescriptor = PropertyDescriptor {
        name: "PartComponent",
        ty: CimType::Reference,
        reference_class: Some("CIMI_Meter"),
        flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_Component",
        qualifiers: &[
            q::r#override(QualifierValue::String("PartComponent")),
            q::description(QualifierValue::String("The part; it ends with its owner.")),
            q::key(QualifierValue::Boolean(true)).inherited(),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
