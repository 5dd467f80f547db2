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
    properties: &inherit::<_, 4>(super::cim_managed_element::CLASS.properties, &[
        (0, PropertyDescriptor {
            name: "Description",
            ty: CimType::String,
            class_origin: "CIM_ManagedElement",
            qualifiers: &[
                q::r#override!("Description"),
                q::description!("What the resource is for, in the words of its owner."),
                q::cimi_access!("CO"),
                q::cimi_order!(3),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ResourceCreate.description"]),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
        (1, PropertyDescriptor {
            name: "ElementName",
            ty: CimType::String,
            class_origin: "CIM_ManagedElement",
            qualifiers: &[
                q::r#override!("ElementName"),
                q::description!("A name for people to read. It need not be unique."),
                q::cimi_access!("CO"),
                q::cimi_order!(2),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ResourceCreate.name"]),
            ],
            ..PropertyDescriptor::DEFAULT
        }),
    ],
    &[
        PropertyDescriptor {
            name: "Properties",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_Property"),
            class_origin: "CIMI_ResourceCreate",
            qualifiers: &[
                q::description!("Name and value pairs of the client's own. The service keeps them and gives them no meaning."),
                q::embedded_instance!("CIMI_Property"),
                q::array_type!("Ordered"),
                q::cimi_access!("CO"),
                q::cimi_order!(6),
                q::cimi_xml_item!("property"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|ResourceCreate.properties"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Extensions",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_Extension"),
            class_origin: "CIMI_ResourceCreate",
            qualifiers: &[
                q::description!("Attributes beyond this model, as they came over a binding. They are kept and given back unchanged."),
                q::embedded_instance!("CIMI_Extension"),
                q::array_type!("Ordered"),
                q::cimi_access!("CO"),
                q::cimi_order!(1000),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<4>("0 1 3 2"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::r#abstract!(true),
        q::version!("1.0.0"),
        q::description!("What all requests to make a resource from a template have in common."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cim_managed_element::at::*;
    /// `Properties`
    pub const PROPERTIES: usize = 2;
    /// `Extensions`
    pub const EXTENSIONS: usize = 3;
}
