// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Credential`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A login for new machines. The Provider says what it consists of; the attributes here are the usual ones.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Credential",
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
        property::USER_NAME,
        property::PASSWORD,
        property::KEY,
    ],
    alphabetical: &[6, 3, 0, 1, 7, 2, 10, 9, 5, 4, 8],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A login for new machines. The Provider says what it consists of; the attributes here are the usual ones.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("credentials")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Credential"])),
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
    /// `UserName`
    pub const USER_NAME: usize = 8;
    /// `Password`
    pub const PASSWORD: usize = 9;
    /// `Key`
    pub const KEY: usize = 10;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const USER_NAME: PropertyDescriptor = PropertyDescriptor {
        name: "UserName",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Credential",
        qualifiers: &[
            q::description(QualifierValue::String("Name of the first administrator.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(911)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Credential.userName"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PASSWORD: PropertyDescriptor = PropertyDescriptor {
        name: "Password",
        ty: CimType::String,
        flags: PropertyFlags { read: false, write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Credential",
        qualifiers: &[
            q::description(QualifierValue::String("Password of the first administrator. It can be set but never read.")),
            q::read(QualifierValue::Boolean(false)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("WO")),
            q::cimi_order(QualifierValue::Unsigned(912)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Credential.password"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const KEY: PropertyDescriptor = PropertyDescriptor {
        name: "Key",
        ty: CimType::String,
        flags: PropertyFlags { read: false, write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Credential",
        qualifiers: &[
            q::description(QualifierValue::String("Public key of the first administrator, in hexadecimal. It can be set but never read.")),
            q::read(QualifierValue::Boolean(false)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("WO")),
            q::cimi_order(QualifierValue::Unsigned(913)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Credential.key"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
