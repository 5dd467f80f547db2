// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_ResourceMetadata`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a resource type can do in this cloud: its capabilities, and what goes beyond the model.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_ResourceMetadata",
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
        property::ELEMENT_NAME,
        super::cimi_resource::property::INSTANCE_ID,
        super::cimi_resource::property::CREATED,
        super::cimi_resource::property::UPDATED,
        super::cimi_resource::property::PROPERTIES,
        super::cimi_resource::property::AVAILABLE_OPERATIONS,
        super::cimi_resource::property::EXTENSIONS,
        property::TYPE_URI,
        property::ATTRIBUTES,
        property::CAPABILITIES,
        property::ACTIONS,
    ],
    alphabetical: &[11, 9, 6, 10, 3, 0, 1, 7, 2, 5, 8, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What a resource type can do in this cloud: its capabilities, and what goes beyond the model.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("resourceMetadatas")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/ResourceMetadata"])),
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
    /// `TypeURI`
    pub const TYPE_URI: usize = 8;
    /// `Attributes`
    pub const ATTRIBUTES: usize = 9;
    /// `Capabilities`
    pub const CAPABILITIES: usize = 10;
    /// `Actions`
    pub const ACTIONS: usize = 11;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const ELEMENT_NAME: PropertyDescriptor = PropertyDescriptor {
        name: "ElementName",
        ty: CimType::String,
        flags: PropertyFlags { required: true, write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_ManagedElement",
        qualifiers: &[
            q::r#override(QualifierValue::String("ElementName")),
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Short name of the type that is described, such as Machine.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ResourceMetadata.name"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const TYPE_URI: PropertyDescriptor = PropertyDescriptor {
        name: "TypeURI",
        ty: CimType::String,
        flags: PropertyFlags { required: true, write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ResourceMetadata",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Type URI of the resources that are described.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ResourceMetadata.typeURI"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const ATTRIBUTES: PropertyDescriptor = PropertyDescriptor {
        name: "Attributes",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_AttributeMetadata"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ResourceMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("What is to be known of attributes, those beyond the model among them.")),
            q::embedded_instance(QualifierValue::String("CIMI_AttributeMetadata")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::cimi_xml_item(QualifierValue::String("attribute")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ResourceMetadata.attributes"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CAPABILITIES: PropertyDescriptor = PropertyDescriptor {
        name: "Capabilities",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_CapabilityMetadata"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ResourceMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("What the Provider can do, and what limits it has.")),
            q::embedded_instance(QualifierValue::String("CIMI_CapabilityMetadata")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::cimi_xml_item(QualifierValue::String("capability")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ResourceMetadata.capabilities"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const ACTIONS: PropertyDescriptor = PropertyDescriptor {
        name: "Actions",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_ActionMetadata"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_ResourceMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("All operations that the type has in this cloud, whoever may ask for them.")),
            q::embedded_instance(QualifierValue::String("CIMI_ActionMetadata")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::cimi_xml_item(QualifierValue::String("action")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ResourceMetadata.actions"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
