// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_AddressCreate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The request to make an address.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_AddressCreate",
    superclass: Some("CIMI_ResourceCreate"),
    ancestors: &["CIMI_ResourceCreate", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &[
        super::cimi_resource_create::property::DESCRIPTION,
        super::cimi_resource_create::property::ELEMENT_NAME,
        super::cimi_resource_create::property::PROPERTIES,
        super::cimi_resource_create::property::EXTENSIONS,
        property::ADDRESS_TEMPLATE,
    ],
    alphabetical: &[4, 0, 1, 3, 2],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("The request to make an address.")),
        q::cimi_creates(QualifierValue::String("CIMI_Address")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/AddressCreate"])),
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
    /// `AddressTemplate`
    pub const ADDRESS_TEMPLATE: usize = 4;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const ADDRESS_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "AddressTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_AddressTemplate"),
        embedded: Embedded::Instance("CIMI_AddressTemplate"),
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_AddressCreate",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The template, by reference, by value, or by reference with some attributes replaced.")),
            q::reference(QualifierValue::String("CIMI_AddressTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_AddressTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|AddressCreate.addressTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
