// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_SystemMachine`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A machine of a system.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_SystemMachine",
    superclass: Some("CIMI_ResourceMembership"),
    ancestors: &["CIMI_ResourceMembership"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &[
        super::cimi_resource_membership::property::INSTANCE_ID,
        super::cimi_resource_membership::property::ELEMENT_NAME,
        super::cimi_resource_membership::property::DESCRIPTION,
        super::cimi_resource_membership::property::CREATED,
        super::cimi_resource_membership::property::UPDATED,
        super::cimi_resource_membership::property::PROPERTIES,
        super::cimi_resource_membership::property::AVAILABLE_OPERATIONS,
        super::cimi_resource_membership::property::EXTENSIONS,
        property::GROUP_COMPONENT,
        property::PART_COMPONENT,
    ],
    alphabetical: &[6, 3, 2, 1, 7, 8, 0, 9, 5, 4],
    keys: &[0],
    methods: &[],
    qualifiers: &[
        q::association(QualifierValue::Boolean(true)),
        q::aggregation(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A machine of a system.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("systemMachines")),
        q::cimi_order(QualifierValue::Unsigned(13)),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/SystemMachine", "ATTR.DMTF|CIMI.1|System.machines"])),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `InstanceID`
    pub const INSTANCE_ID: usize = 0;
    /// `ElementName`
    pub const ELEMENT_NAME: usize = 1;
    /// `Description`
    pub const DESCRIPTION: usize = 2;
    /// `Created`
    pub const CREATED: usize = 3;
    /// `Updated`
    pub const UPDATED: usize = 4;
    /// `Properties`
    pub const PROPERTIES: usize = 5;
    /// `AvailableOperations`
    pub const AVAILABLE_OPERATIONS: usize = 6;
    /// `Extensions`
    pub const EXTENSIONS: usize = 7;
    /// `GroupComponent`
    pub const GROUP_COMPONENT: usize = 8;
    /// `PartComponent`
    pub const PART_COMPONENT: usize = 9;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const GROUP_COMPONENT: PropertyDescriptor = PropertyDescriptor {
        name: "GroupComponent",
        ty: CimType::Reference,
        reference_class: Some("CIMI_System"),
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ResourceMembership",
        qualifiers: &[
            q::r#override(QualifierValue::String("GroupComponent")),
            q::aggregate(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The system.")),
            q::required(QualifierValue::Boolean(true)).inherited(),
            q::cimi_access(QualifierValue::String("CO")).inherited(),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PART_COMPONENT: PropertyDescriptor = PropertyDescriptor {
        name: "PartComponent",
        ty: CimType::Reference,
        reference_class: Some("CIMI_Machine"),
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ResourceMembership",
        qualifiers: &[
            q::r#override(QualifierValue::String("PartComponent")),
            q::description(QualifierValue::String("The machine.")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|SystemMachine.machine"])),
            q::required(QualifierValue::Boolean(true)).inherited(),
            q::cimi_access(QualifierValue::String("CO")).inherited(),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
