// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_CloudEntryPoint`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The one resource whose address a client must know. It leads to every collection that the caller may see.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_CloudEntryPoint",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 9>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "BaseURI",
            ty: CimType::String,
            class_origin: "CIMI_CloudEntryPoint",
            qualifiers: &[
                q::description!("The absolute URI to which all relative URIs of the service are relative. It ends with a slash."),
                q::cimi_access!("RO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|CloudEntryPoint.baseURI"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<9>("6 8 3 0 1 7 2 5 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("The one resource whose address a client must know. It leads to every collection that the caller may see."),
        q::cimi_crud!(&["read", "update"]),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/CloudEntryPoint"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `BaseURI`
    pub const BASE_URI: usize = 8;
}
