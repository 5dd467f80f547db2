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
    properties: &inherit::<_, 12>(super::cimi_resource::CLASS.properties, &[
        (1, PropertyDescriptor {
            name: "ElementName",
            ty: CimType::String,
            flags: PropertyFlags { required: true, write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIM_ManagedElement",
            qualifiers: &[
                q::r#override!("ElementName"),
                q::required!(true),
                q::description!("Short name of the type that is described, such as Machine."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ResourceMetadata.name"]),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
    ],
    &[
        PropertyDescriptor {
            name: "TypeURI",
            ty: CimType::String,
            flags: PropertyFlags { required: true, write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMetadata",
            qualifiers: &[
                q::required!(true),
                q::description!("Type URI of the resources that are described."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ResourceMetadata.typeURI"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Attributes",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_AttributeMetadata"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMetadata",
            qualifiers: &[
                q::description!("What is to be known of attributes, those beyond the model among them."),
                q::embedded_instance!("CIMI_AttributeMetadata"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::cimi_xml_item!("attribute"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ResourceMetadata.attributes"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Capabilities",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_CapabilityMetadata"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMetadata",
            qualifiers: &[
                q::description!("What the Provider can do, and what limits it has."),
                q::embedded_instance!("CIMI_CapabilityMetadata"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::cimi_xml_item!("capability"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ResourceMetadata.capabilities"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Actions",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_ActionMetadata"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMetadata",
            qualifiers: &[
                q::description!("All operations that the type has in this cloud, whoever may ask for them."),
                q::embedded_instance!("CIMI_ActionMetadata"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(15),
                q::cimi_xml_item!("action"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ResourceMetadata.actions"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<12>("11 9 6 10 3 0 1 7 2 5 8 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What a resource type can do in this cloud: its capabilities, and what goes beyond the model."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("resourceMetadatas"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/ResourceMetadata"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `TypeURI`
    pub const TYPE_URI: usize = 8;
    /// `Attributes`
    pub const ATTRIBUTES: usize = 9;
    /// `Capabilities`
    pub const CAPABILITIES: usize = 10;
    /// `Actions`
    pub const ACTIONS: usize = 11;
}
