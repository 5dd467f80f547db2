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
    properties: &[
        super::cimi_resource::property::DESCRIPTION,
        super::cimi_resource::property::ELEMENT_NAME,
        super::cimi_resource::property::INSTANCE_ID,
        super::cimi_resource::property::CREATED,
        super::cimi_resource::property::UPDATED,
        super::cimi_resource::property::PROPERTIES,
        super::cimi_resource::property::AVAILABLE_OPERATIONS,
        super::cimi_resource::property::EXTENSIONS,
        property::STATE,
        property::TARGET_RESOURCE,
        property::AFFECTED_RESOURCES,
        property::ACTION,
        property::RETURN_CODE,
        property::PROGRESS,
        property::STATUS_MESSAGE,
        property::TIME_OF_STATUS_CHANGE,
        property::PARENT_JOB,
        property::NESTED_JOBS,
    ],
    alphabetical: &[11, 10, 6, 3, 0, 1, 7, 2, 17, 16, 13, 5, 12, 8, 14, 9, 15, 4],
    keys: &[2],
    methods: &[
        method::STOP,
    ],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("The record of an operation, under way or finished. An error response has the form of a job too.")),
        q::cimi_crud(QualifierValue::Strings(&["read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("jobs")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Job"])),
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

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const STATE: PropertyDescriptor = PropertyDescriptor {
        name: "State",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["QUEUED", "RUNNING", "FAILED", "SUCCESS", "STOPPING", "STOPPED"],
            names: &["Queued", "Running", "Failed", "Success", "Stopping", "Stopped"],
        }),
        class_origin: "CIMI_Job",
        qualifiers: &[
            q::description(QualifierValue::String("How far the job is.")),
            q::value_map(QualifierValue::Strings(&["QUEUED", "RUNNING", "FAILED", "SUCCESS", "STOPPING", "STOPPED"])),
            q::values(QualifierValue::Strings(&["Queued", "Running", "Failed", "Success", "Stopping", "Stopped"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Job.state"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const TARGET_RESOURCE: PropertyDescriptor = PropertyDescriptor {
        name: "TargetResource",
        ty: CimType::String,
        reference_class: Some("CIMI_Resource"),
        class_origin: "CIMI_Job",
        qualifiers: &[
            q::description(QualifierValue::String("The resource that the operation was asked of. For an addition to a collection, the collection.")),
            q::reference(QualifierValue::String("CIMI_Resource")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Job.targetResource"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const AFFECTED_RESOURCES: PropertyDescriptor = PropertyDescriptor {
        name: "AffectedResources",
        ty: CimType::String,
        is_array: true,
        reference_class: Some("CIMI_Resource"),
        class_origin: "CIMI_Job",
        qualifiers: &[
            q::description(QualifierValue::String("All resources that the operation touched, the target among them; for an addition also the new resource. Deleted ones are left out.")),
            q::reference(QualifierValue::String("CIMI_Resource")),
            q::array_type(QualifierValue::String("Ordered")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::cimi_xml_item(QualifierValue::String("affectedResource")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Job.affectedResources"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const ACTION: PropertyDescriptor = PropertyDescriptor {
        name: "Action",
        ty: CimType::String,
        class_origin: "CIMI_Job",
        qualifiers: &[
            q::description(QualifierValue::String("URI of the operation.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Job.action"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const RETURN_CODE: PropertyDescriptor = PropertyDescriptor {
        name: "ReturnCode",
        ty: CimType::Sint64,
        class_origin: "CIMI_Job",
        qualifiers: &[
            q::description(QualifierValue::String("Result of the operation. 0 to 9999 belong to the CIMI specification, other values to the Provider.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Job.returnCode"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PROGRESS: PropertyDescriptor = PropertyDescriptor {
        name: "Progress",
        ty: CimType::Uint8,
        min_value: Some(0),
        max_value: Some(100),
        class_origin: "CIMI_Job",
        qualifiers: &[
            q::description(QualifierValue::String("How much is done. 100 as soon as the job runs no longer, however it ended.")),
            q::p_unit(QualifierValue::String("percent")),
            q::min_value(QualifierValue::Signed(0)),
            q::max_value(QualifierValue::Signed(100)),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(16)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Job.progress"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const STATUS_MESSAGE: PropertyDescriptor = PropertyDescriptor {
        name: "StatusMessage",
        ty: CimType::String,
        class_origin: "CIMI_Job",
        qualifiers: &[
            q::description(QualifierValue::String("What happened, for people to read; the cause of a failure for example.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(17)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Job.statusMessage"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const TIME_OF_STATUS_CHANGE: PropertyDescriptor = PropertyDescriptor {
        name: "TimeOfStatusChange",
        ty: CimType::DateTime,
        class_origin: "CIMI_Job",
        qualifiers: &[
            q::description(QualifierValue::String("When the state last changed.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(18)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Job.timeOfStatusChange"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PARENT_JOB: PropertyDescriptor = PropertyDescriptor {
        name: "ParentJob",
        ty: CimType::String,
        reference_class: Some("CIMI_Job"),
        class_origin: "CIMI_Job",
        qualifiers: &[
            q::description(QualifierValue::String("The job that this one is a part of.")),
            q::reference(QualifierValue::String("CIMI_Job")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(19)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Job.parentJob"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const NESTED_JOBS: PropertyDescriptor = PropertyDescriptor {
        name: "NestedJobs",
        ty: CimType::String,
        is_array: true,
        reference_class: Some("CIMI_Job"),
        class_origin: "CIMI_Job",
        qualifiers: &[
            q::description(QualifierValue::String("The jobs that this one consists of. It succeeds only if all of them do.")),
            q::reference(QualifierValue::String("CIMI_Job")),
            q::array_type(QualifierValue::String("Ordered")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(20)),
            q::cimi_xml_item(QualifierValue::String("nestedJob")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Job.nestedJobs"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}

pub(super) mod method {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const STOP: MethodDescriptor = MethodDescriptor {
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Options that the Provider defines.")),
                        q::embedded_instance(QualifierValue::String("CIMI_Property")),
                        q::array_type(QualifierValue::String("Ordered")),
                        q::cimi_xml_item(QualifierValue::String("property")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.properties"])),
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
                        q::r#in(QualifierValue::Boolean(false)),
                        q::out(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The job that carries the operation out, if the return value is 4096.")),
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
            q::description(QualifierValue::String("Asks for the job to be cancelled. What it did until then may remain.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::cimi_from_states(QualifierValue::Strings(&["QUEUED", "RUNNING"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/stop"])),
        ],
    };
}
