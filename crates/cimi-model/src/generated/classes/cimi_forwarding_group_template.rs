// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_ForwardingGroupTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a forwarding group is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_ForwardingGroupTemplate",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &[
        super::cimi_resource::property::DESCRIPTION,
        super::cimi_resource::property::ELEMENT_NAME,
        super::cimi_resource::property::INSTANCE_ID,
        super::cimi_resource::property::CREATED,
        super::cimi_resource::property::UPDATED,
        super::cimi_resource::property::PROPERTIES,
        super::cimi_resource::property::AVAILABLE_OPERATIONS,
        super::cimi_resource::property::EXTENSIONS,
        property::NETWORKS,
    ],
    alphabetical: &[6, 3, 0, 1, 7, 2, 8, 5, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What a forwarding group is made from.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("forwardingGroupTemplates")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/ForwardingGroupTemplate"])),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Description`
    pub const DESCRIPTION: usize = 0;
    /// `ElementName`
    pub const ELEMENT_NAME: usize = 1;
    /// `InstanceID`
    pub const INSTANCE_ID: usize = 2;
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
    /// `Networks`
    pub const NETWORKS: usize = 8;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const NETWORKS: PropertyDescriptor = PropertyDescriptor {
        name: "Networks",
        ty: CimType::String,
        is_array: true,
        reference_class: Some("CIMI_Network"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ForwardingGroupTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("The networks of the group.")),
            q::reference(QualifierValue::String("CIMI_Network")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::cimi_xml_item(QualifierValue::String("network")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ForwardingGroupTemplate.networks"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
