// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_ResourceCreate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What all requests to make a resource from a template have in common.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_ResourceCreate",
    superclass: Some("CIM_ManagedElement"),
    ancestors: &["CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: true,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &[
        property::DESCRIPTION,
        property::ELEMENT_NAME,
        property::PROPERTIES,
        property::EXTENSIONS,
    ],
    alphabetical: &[0, 1, 3, 2],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::r#abstract(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What all requests to make a resource from a template have in common.")),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Description`
    pub const DESCRIPTION: usize = 0;
    /// `ElementName`
    pub const ELEMENT_NAME: usize = 1;
    /// `Properties`
    pub const PROPERTIES: usize = 2;
    /// `Extensions`
    pub const EXTENSIONS: usize = 3;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const DESCRIPTION: PropertyDescriptor = PropertyDescriptor {
        name: "Description",
        ty: CimType::String,
        class_origin: "CIM_ManagedElement",
        qualifiers: &[
            q::r#override(QualifierValue::String("Description")),
            q::description(QualifierValue::String("What the resource is for, in the words of its owner.")),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ResourceCreate.description"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const ELEMENT_NAME: PropertyDescriptor = PropertyDescriptor {
        name: "ElementName",
        ty: CimType::String,
        class_origin: "CIM_ManagedElement",
        qualifiers: &[
            q::r#override(QualifierValue::String("ElementName")),
            q::description(QualifierValue::String("A name for people to read. It need not be unique.")),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ResourceCreate.name"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PROPERTIES: PropertyDescriptor = PropertyDescriptor {
        name: "Properties",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_Property"),
        class_origin: "CIMI_ResourceCreate",
        qualifiers: &[
            q::description(QualifierValue::String("Name and value pairs of the client's own. The service keeps them and gives them no meaning.")),
            q::embedded_instance(QualifierValue::String("CIMI_Property")),
            q::array_type(QualifierValue::String("Ordered")),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(6)),
            q::cimi_xml_item(QualifierValue::String("property")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|ResourceCreate.properties"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EXTENSIONS: PropertyDescriptor = PropertyDescriptor {
        name: "Extensions",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_Extension"),
        class_origin: "CIMI_ResourceCreate",
        qualifiers: &[
            q::description(QualifierValue::String("Attributes beyond this model, as they came over a binding. They are kept and given back unchanged.")),
            q::embedded_instance(QualifierValue::String("CIMI_Extension")),
            q::array_type(QualifierValue::String("Ordered")),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(1000)),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
