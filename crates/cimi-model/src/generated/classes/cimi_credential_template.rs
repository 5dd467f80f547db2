// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_CredentialTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a credential is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_CredentialTemplate",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 11>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "UserName",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_CredentialTemplate",
            qualifiers: &[
                q::description!("Name of the first administrator."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(911),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|CredentialTemplate.userName"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Password",
            ty: CimType::String,
            flags: PropertyFlags { read: false, write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_CredentialTemplate",
            qualifiers: &[
                q::description!("Password of the first administrator. It can be set but never read."),
                q::read!(false),
                q::write!(true),
                q::cimi_access!("WO"),
                q::cimi_order!(912),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|CredentialTemplate.password"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Key",
            ty: CimType::String,
            flags: PropertyFlags { read: false, write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_CredentialTemplate",
            qualifiers: &[
                q::description!("Public key of the first administrator, in hexadecimal. It can be set but never read."),
                q::read!(false),
                q::write!(true),
                q::cimi_access!("WO"),
                q::cimi_order!(913),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|CredentialTemplate.key"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<11>("6 3 0 1 7 2 10 9 5 4 8"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What a credential is made from."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("credentialTemplates"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/CredentialTemplate"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `UserName`
    pub const USER_NAME: usize = 8;
    /// `Password`
    pub const PASSWORD: usize = 9;
    /// `Key`
    pub const KEY: usize = 10;
}
