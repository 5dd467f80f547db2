// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Meter`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// Measurements of one thing about one resource. It ends with that resource.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Meter",
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
        property::TARGET_RESOURCE,
        property::ASPECT,
        property::UNITS,
        property::SAMPLE_INTERVAL,
        property::TIME_SCOPE,
        property::INTERVAL_DURATION,
        property::IS_CONTINUOUS,
        property::MIN_VALUE,
        property::MAX_VALUE,
        property::STOP_TIME,
        property::EXPIRES_TIME,
    ],
    alphabetical: &[9, 6, 3, 0, 1, 18, 7, 2, 13, 14, 16, 15, 5, 11, 17, 8, 12, 10, 4],
    keys: &[2],
    methods: &[
        method::START,
        method::STOP,
    ],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("Measurements of one thing about one resource. It ends with that resource.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("meters")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Meter"])),
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
    /// `TargetResource`
    pub const TARGET_RESOURCE: usize = 8;
    /// `Aspect`
    pub const ASPECT: usize = 9;
    /// `Units`
    pub const UNITS: usize = 10;
    /// `SampleInterval`
    pub const SAMPLE_INTERVAL: usize = 11;
    /// `TimeScope`
    pub const TIME_SCOPE: usize = 12;
    /// `IntervalDuration`
    pub const INTERVAL_DURATION: usize = 13;
    /// `IsContinuous`
    pub const IS_CONTINUOUS: usize = 14;
    /// `MinValue`
    pub const MIN_VALUE: usize = 15;
    /// `MaxValue`
    pub const MAX_VALUE: usize = 16;
    /// `StopTime`
    pub const STOP_TIME: usize = 17;
    /// `ExpiresTime`
    pub const EXPIRES_TIME: usize = 18;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const TARGET_RESOURCE: PropertyDescriptor = PropertyDescriptor {
        name: "TargetResource",
        ty: CimType::String,
        reference_class: Some("CIMI_Resource"),
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("The resource that is measured.")),
            q::reference(QualifierValue::String("CIMI_Resource")),
            q::cimi_access(QualifierValue::String("CO")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.targetResource"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const ASPECT: PropertyDescriptor = PropertyDescriptor {
        name: "Aspect",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["http://schemas.dmtf.org/cimi/1/aspect/cpu", "http://schemas.dmtf.org/cimi/1/aspect/memory", "http://schemas.dmtf.org/cimi/1/aspect/disk", "http://schemas.dmtf.org/cimi/1/aspect/bandwidth", "http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth", "http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth", ".."],
            names: &["CPU", "Memory", "Disk", "Bandwidth", "Input bandwidth", "Output bandwidth", "Other"],
        }),
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("What is measured. Providers may have others than those listed.")),
            q::value_map(QualifierValue::Strings(&["http://schemas.dmtf.org/cimi/1/aspect/cpu", "http://schemas.dmtf.org/cimi/1/aspect/memory", "http://schemas.dmtf.org/cimi/1/aspect/disk", "http://schemas.dmtf.org/cimi/1/aspect/bandwidth", "http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth", "http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth", ".."])),
            q::values(QualifierValue::Strings(&["CPU", "Memory", "Disk", "Bandwidth", "Input bandwidth", "Output bandwidth", "Other"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.aspect"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const UNITS: PropertyDescriptor = PropertyDescriptor {
        name: "Units",
        ty: CimType::String,
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("The unit of the values.")),
            q::is_p_unit(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.units"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const SAMPLE_INTERVAL: PropertyDescriptor = PropertyDescriptor {
        name: "SampleInterval",
        ty: CimType::Uint64,
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("Time from one sample to the next.")),
            q::p_unit(QualifierValue::String("second")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.sampleInterval"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const TIME_SCOPE: PropertyDescriptor = PropertyDescriptor {
        name: "TimeScope",
        ty: CimType::String,
        value_map: Some(ValueMap {
            values: &["Point", "Interval"],
            names: &["Point", "Interval"],
        }),
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("Whether a value stands for a point in time or for an interval.")),
            q::value_map(QualifierValue::Strings(&["Point", "Interval"])),
            q::values(QualifierValue::Strings(&["Point", "Interval"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.timeScope"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INTERVAL_DURATION: PropertyDescriptor = PropertyDescriptor {
        name: "IntervalDuration",
        ty: CimType::String,
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("Length of the interval that a value stands for.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(16)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.intervalDuration"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const IS_CONTINUOUS: PropertyDescriptor = PropertyDescriptor {
        name: "IsContinuous",
        ty: CimType::Boolean,
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("Whether the values are continuous.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(17)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.isContinuous"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MIN_VALUE: PropertyDescriptor = PropertyDescriptor {
        name: "MinValue",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("Lowest value to be expected.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(19)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.minValue"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MAX_VALUE: PropertyDescriptor = PropertyDescriptor {
        name: "MaxValue",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("Highest value to be expected.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(20)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.maxValue"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const STOP_TIME: PropertyDescriptor = PropertyDescriptor {
        name: "StopTime",
        ty: CimType::DateTime,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("When sampling ends.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(21)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.stopTime"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EXPIRES_TIME: PropertyDescriptor = PropertyDescriptor {
        name: "ExpiresTime",
        ty: CimType::DateTime,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("When the meter is removed.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(22)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Meter.expiresTime"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}

pub(super) mod method {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const START: MethodDescriptor = MethodDescriptor {
        name: "Start",
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
                    class_origin: "CIMI_Meter",
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
                    class_origin: "CIMI_Meter",
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
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("Begins sampling.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/start"])),
        ],
    };

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
                    class_origin: "CIMI_Meter",
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
                    class_origin: "CIMI_Meter",
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
        class_origin: "CIMI_Meter",
        qualifiers: &[
            q::description(QualifierValue::String("Ends sampling.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/stop"])),
        ],
    };
}
