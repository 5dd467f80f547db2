// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Job`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The record of an operation, under way or finished. An error response has the form of a job too.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Job",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 18>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "State",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["QUEUED", "RUNNING", "FAILED", "SUCCESS", "STOPPING", "STOPPED"],
                names: &["Queued", "Running", "Failed", "Success", "Stopping", "Stopped"],
            }),
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("How far the job is."),
                q::value_map!(&["QUEUED", "RUNNING", "FAILED", "SUCCESS", "STOPPING", "STOPPED"]),
                q::values!(&["Queued", "Running", "Failed", "Success", "Stopping", "Stopped"]),
                q::cimi_access!("RO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Job.state"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "TargetResource",
            ty: CimType::String,
            reference_class: Some("CIMI_Resource"),
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("The resource that the operation was asked of. For an addition to a collection, the collection."),
                q::reference!("CIMI_Resource"),
                q::cimi_access!("RO"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Job.targetResource"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "AffectedResources",
            ty: CimType::String,
            is_array: true,
            reference_class: Some("CIMI_Resource"),
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("All resources that the operation touched, the target among them; for an addition also the new resource. Deleted ones are left out."),
                q::reference!("CIMI_Resource"),
                q::array_type!("Ordered"),
                q::cimi_access!("RO"),
                q::cimi_order!(13),
                q::cimi_xml_item!("affectedResource"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Job.affectedResources"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Action",
            ty: CimType::String,
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("URI of the operation."),
                q::cimi_access!("RO"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Job.action"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ReturnCode",
            ty: CimType::Sint64,
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("Result of the operation. 0 to 9999 belong to the CIMI specification, other values to the Provider."),
                q::cimi_access!("RO"),
                q::cimi_order!(15),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Job.returnCode"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Progress",
            ty: CimType::Uint8,
            min_value: Some(0),
            max_value: Some(100),
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("How much is done. 100 as soon as the job runs no longer, however it ended."),
                q::p_unit!("percent"),
                q::min_value!(0),
                q::max_value!(100),
                q::cimi_access!("RO"),
                q::cimi_order!(16),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Job.progress"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "StatusMessage",
            ty: CimType::String,
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("What happened, for people to read; the cause of a failure for example."),
                q::cimi_access!("RO"),
                q::cimi_order!(17),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Job.statusMessage"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "TimeOfStatusChange",
            ty: CimType::DateTime,
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("When the state last changed."),
                q::cimi_access!("RO"),
                q::cimi_order!(18),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Job.timeOfStatusChange"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ParentJob",
            ty: CimType::String,
            reference_class: Some("CIMI_Job"),
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("The job that this one is a part of."),
                q::reference!("CIMI_Job"),
                q::cimi_access!("RO"),
                q::cimi_order!(19),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Job.parentJob"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "NestedJobs",
            ty: CimType::String,
            is_array: true,
            reference_class: Some("CIMI_Job"),
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("The jobs that this one consists of. It succeeds only if all of them do."),
                q::reference!("CIMI_Job"),
                q::array_type!("Ordered"),
                q::cimi_access!("RO"),
                q::cimi_order!(20),
                q::cimi_xml_item!("nestedJob"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Job.nestedJobs"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<18>("11 10 6 3 0 1 7 2 17 16 13 5 12 8 14 9 15 4"),
    keys: &[2],
    methods: &[
        MethodDescriptor {
            name: "Stop",
            returns: Some(CimType::Uint32),
            value_map: Some(ValueMap {
                values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
                names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
            }),
            parameters: &[
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Properties",
                        ty: CimType::String,
                        is_array: true,
                        embedded: Embedded::Instance("CIMI_Property"),
                        class_origin: "CIMI_Job",
                        qualifiers: &[
                            q::r#in!(true),
                            q::description!("Options that the Provider defines."),
                            q::embedded_instance!("CIMI_Property"),
                            q::array_type!("Ordered"),
                            q::cimi_xml_item!("property"),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.properties"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Job",
                        ty: CimType::Reference,
                        reference_class: Some("CIMI_Job"),
                        class_origin: "CIMI_Job",
                        qualifiers: &[
                            q::r#in!(false),
                            q::out!(true),
                            q::description!("The job that carries the operation out, if the return value is 4096."),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: false,
                    output: true,
                },
            ],
            is_static: false,
            class_origin: "CIMI_Job",
            qualifiers: &[
                q::description!("Asks for the job to be cancelled. What it did until then may remain."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::cimi_from_states!(&["QUEUED", "RUNNING"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/stop"]),
            ],
        },
    ],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("The record of an operation, under way or finished. An error response has the form of a job too."),
        q::cimi_crud!(&["read", "update", "delete"]),
        q::cimi_json_group!("jobs"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Job"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `State`
    pub const STATE: usize = 8;
    /// `TargetResource`
    pub const TARGET_RESOURCE: usize = 9;
    /// `AffectedResources`
    pub const AFFECTED_RESOURCES: usize = 10;
    /// `Action`
    pub const ACTION: usize = 11;
    /// `ReturnCode`
    pub const RETURN_CODE: usize = 12;
    /// `Progress`
    pub const PROGRESS: usize = 13;
    /// `StatusMessage`
    pub const STATUS_MESSAGE: usize = 14;
    /// `TimeOfStatusChange`
    pub const TIME_OF_STATUS_CHANGE: usize = 15;
    /// `ParentJob`
    pub const PARENT_JOB: usize = 16;
    /// `NestedJobs`
    pub const NESTED_JOBS: usize = 17;
}
