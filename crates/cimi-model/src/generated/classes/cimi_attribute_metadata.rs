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
        property::NAME,
        property::NAMESPACE,
        property::TYPE,
        property::REQUIRED,
        property::CONSTRAINTS,
    ],
    alphabetical: &[4, 0, 1, 3, 2],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What is to be known of one attribute of a resource type.")),
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

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const NAME: PropertyDescriptor = PropertyDescriptor {
        name: "Name",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_AttributeMetadata",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Name of the attribute.")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AttributeMetadata.name"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NAMESPACE: PropertyDescriptor = PropertyDescriptor {
        name: "Namespace",
        ty: CimType::String,
        class_origin: "CIMI_AttributeMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("XML namespace of an attribute beyond the model.")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AttributeMetadata.namespace"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const TYPE: PropertyDescriptor = PropertyDescriptor {
        name: "Type",
        ty: CimType::String,
        class_origin: "CIMI_AttributeMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("Type of an attribute beyond the model, such as string.")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AttributeMetadata.type"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const REQUIRED: PropertyDescriptor = PropertyDescriptor {
        name: "Required",
        ty: CimType::Boolean,
        class_origin: "CIMI_AttributeMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("Whether the attribute must be given.")),
            q::cimi_order(QualifierValue::Unsigned(4)),
            q::cimi_xml_attribute(QualifierValue::Boolean(true)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AttributeMetadata.required"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CONSTRAINTS: PropertyDescriptor = PropertyDescriptor {
        name: "Constraints",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_Extension"),
        class_origin: "CIMI_AttributeMetadata",
        qualifiers: &[
            q::description(QualifierValue::String("Limits of the values of the attribute, in the words of the Provider.")),
            q::embedded_instance(QualifierValue::String("CIMI_Extension")),
            q::array_type(QualifierValue::String("Ordered")),
            q::cimi_order(QualifierValue::Unsigned(5)),
            q::cimi_xml_item(QualifierValue::String("constraint")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AttributeMetadata.constraints"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
