// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_AttributeMetadata`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What is to be known of one attribute of a resource type.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_AttributeMetadata",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &[
        PropertyDescriptor {
            name: "Name",
            ty: CimType::String,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_AttributeMetadata",
            qualifiers: &[
                q::required!(true),
                q::description!("Name of the attribute."),
                q::cimi_order!(1),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AttributeMetadata.name"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Namespace",
            ty: CimType::String,
            class_origin: "CIMI_AttributeMetadata",
            qualifiers: &[
                q::description!("XML namespace of an attribute beyond the model."),
                q::cimi_order!(2),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AttributeMetadata.namespace"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Type",
            ty: CimType::String,
            class_origin: "CIMI_AttributeMetadata",
            qualifiers: &[
                q::description!("Type of an attribute beyond the model, such as string."),
                q::cimi_order!(3),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AttributeMetadata.type"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Required",
            ty: CimType::Boolean,
            class_origin: "CIMI_AttributeMetadata",
            qualifiers: &[
                q::description!("Whether the attribute must be given."),
                q::cimi_order!(4),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AttributeMetadata.required"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Constraints",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_Extension"),
            class_origin: "CIMI_AttributeMetadata",
            qualifiers: &[
                q::description!("Limits of the values of the attribute, in the words of the Provider."),
                q::embedded_instance!("CIMI_Extension"),
                q::array_type!("Ordered"),
                q::cimi_order!(5),
                q::cimi_xml_item!("constraint"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|AttributeMetadata.constraints"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<5>("4 0 1 3 2"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("What is to be known of one attribute of a resource type."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Name`
    pub const NAME: usize = 0;
    /// `Namespace`
    pub const NAMESPACE: usize = 1;
    /// `Type`
    pub const TYPE: usize = 2;
    /// `Required`
    pub const REQUIRED: usize = 3;
    /// `Constraints`
    pub const CONSTRAINTS: usize = 4;
}
