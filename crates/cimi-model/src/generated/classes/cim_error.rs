// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIM_Error`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Why an operation failed.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIM_Error",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: true,
        is_structure: false,
    },
    properties: &[
        PropertyDescriptor {
            name: "OwningEntity",
            ty: CimType::String,
            class_origin: "CIM_Error",
            qualifiers: &[
                q::description!("Who defined the message that MessageID names."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MessageID",
            ty: CimType::String,
            class_origin: "CIM_Error",
            qualifiers: &[
                q::description!("Identifies the message among those of its owner."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Message",
            ty: CimType::String,
            class_origin: "CIM_Error",
            qualifiers: &[
                q::description!("The message, for people to read."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MessageArguments",
            ty: CimType::String,
            is_array: true,
            class_origin: "CIM_Error",
            qualifiers: &[
                q::description!("The parts of the message that change from case to case."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "PerceivedSeverity",
            ty: CimType::Uint16,
            value_map: Some(ValueMap {
                values: &["0", "1", "2", "3", "4", "5", "6", "7", ".."],
                names: &["Unknown", "Other", "Information", "Degraded/Warning", "Minor", "Major", "Critical", "Fatal/NonRecoverable", "DMTF Reserved"],
            }),
            class_origin: "CIM_Error",
            qualifiers: &[
                q::description!("How bad it is."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "7", ".."]),
                q::values!(&["Unknown", "Other", "Information", "Degraded/Warning", "Minor", "Major", "Critical", "Fatal/NonRecoverable", "DMTF Reserved"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ErrorSource",
            ty: CimType::String,
            class_origin: "CIM_Error",
            qualifiers: &[
                q::description!("Path of the instance or class that the failure is about."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "CIMStatusCode",
            ty: CimType::Uint32,
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", ".."],
                names: &["CIM_ERR_FAILED", "CIM_ERR_ACCESS_DENIED", "CIM_ERR_INVALID_NAMESPACE", "CIM_ERR_INVALID_PARAMETER", "CIM_ERR_INVALID_CLASS", "CIM_ERR_NOT_FOUND", "CIM_ERR_NOT_SUPPORTED", "CIM_ERR_CLASS_HAS_CHILDREN", "CIM_ERR_CLASS_HAS_INSTANCES", "CIM_ERR_INVALID_SUPERCLASS", "CIM_ERR_ALREADY_EXISTS", "CIM_ERR_NO_SUCH_PROPERTY", "CIM_ERR_TYPE_MISMATCH", "CIM_ERR_QUERY_LANGUAGE_NOT_SUPPORTED", "CIM_ERR_INVALID_QUERY", "CIM_ERR_METHOD_NOT_AVAILABLE", "CIM_ERR_METHOD_NOT_FOUND", "CIM_ERR_UNEXPECTED_RESPONSE", "CIM_ERR_INVALID_RESPONSE_DESTINATION", "CIM_ERR_NAMESPACE_NOT_EMPTY", "CIM_ERR_INVALID_ENUMERATION_CONTEXT", "CIM_ERR_INVALID_OPERATION_TIMEOUT", "CIM_ERR_PULL_HAS_BEEN_ABANDONED", "CIM_ERR_PULL_CANNOT_BE_ABANDONED", "CIM_ERR_FILTERED_ENUMERATION_NOT_SUPPORTED", "CIM_ERR_CONTINUATION_ON_ERROR_NOT_SUPPORTED", "CIM_ERR_SERVER_LIMITS_EXCEEDED", "CIM_ERR_SERVER_IS_SHUTTING_DOWN", "CIM_ERR_QUERY_FEATURE_NOT_SUPPORTED", "DMTF Reserved"],
            }),
            class_origin: "CIM_Error",
            qualifiers: &[
                q::required!(true),
                q::description!("Status of the operation."),
                q::value_map!(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", ".."]),
                q::values!(&["CIM_ERR_FAILED", "CIM_ERR_ACCESS_DENIED", "CIM_ERR_INVALID_NAMESPACE", "CIM_ERR_INVALID_PARAMETER", "CIM_ERR_INVALID_CLASS", "CIM_ERR_NOT_FOUND", "CIM_ERR_NOT_SUPPORTED", "CIM_ERR_CLASS_HAS_CHILDREN", "CIM_ERR_CLASS_HAS_INSTANCES", "CIM_ERR_INVALID_SUPERCLASS", "CIM_ERR_ALREADY_EXISTS", "CIM_ERR_NO_SUCH_PROPERTY", "CIM_ERR_TYPE_MISMATCH", "CIM_ERR_QUERY_LANGUAGE_NOT_SUPPORTED", "CIM_ERR_INVALID_QUERY", "CIM_ERR_METHOD_NOT_AVAILABLE", "CIM_ERR_METHOD_NOT_FOUND", "CIM_ERR_UNEXPECTED_RESPONSE", "CIM_ERR_INVALID_RESPONSE_DESTINATION", "CIM_ERR_NAMESPACE_NOT_EMPTY", "CIM_ERR_INVALID_ENUMERATION_CONTEXT", "CIM_ERR_INVALID_OPERATION_TIMEOUT", "CIM_ERR_PULL_HAS_BEEN_ABANDONED", "CIM_ERR_PULL_CANNOT_BE_ABANDONED", "CIM_ERR_FILTERED_ENUMERATION_NOT_SUPPORTED", "CIM_ERR_CONTINUATION_ON_ERROR_NOT_SUPPORTED", "CIM_ERR_SERVER_LIMITS_EXCEEDED", "CIM_ERR_SERVER_IS_SHUTTING_DOWN", "CIM_ERR_QUERY_FEATURE_NOT_SUPPORTED", "DMTF Reserved"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "CIMStatusCodeDescription",
            ty: CimType::String,
            class_origin: "CIM_Error",
            qualifiers: &[
                q::description!("The status of the operation, for people to read."),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<8>("6 7 5 2 3 1 0 4"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::indication!(true),
        q::exception!(true),
        q::version!("2.22.1"),
        q::description!("Why an operation failed."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `OwningEntity`
    pub const OWNING_ENTITY: usize = 0;
    /// `MessageID`
    pub const MESSAGE_ID: usize = 1;
    /// `Message`
    pub const MESSAGE: usize = 2;
    /// `MessageArguments`
    pub const MESSAGE_ARGUMENTS: usize = 3;
    /// `PerceivedSeverity`
    pub const PERCEIVED_SEVERITY: usize = 4;
    /// `ErrorSource`
    pub const ERROR_SOURCE: usize = 5;
    /// `CIMStatusCode`
    pub const CIM_STATUS_CODE: usize = 6;
    /// `CIMStatusCodeDescription`
    pub const CIM_STATUS_CODE_DESCRIPTION: usize = 7;
}
