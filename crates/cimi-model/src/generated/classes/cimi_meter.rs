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
    properties: &inherit::<_, 19>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "TargetResource",
            ty: CimType::String,
            reference_class: Some("CIMI_Resource"),
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("The resource that is measured."),
                q::reference!("CIMI_Resource"),
                q::cimi_access!("CO"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.targetResource"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Aspect",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["http://schemas.dmtf.org/cimi/1/aspect/cpu", "http://schemas.dmtf.org/cimi/1/aspect/memory", "http://schemas.dmtf.org/cimi/1/aspect/disk", "http://schemas.dmtf.org/cimi/1/aspect/bandwidth", "http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth", "http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth", ".."],
                names: &["CPU", "Memory", "Disk", "Bandwidth", "Input bandwidth", "Output bandwidth", "Other"],
            }),
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("What is measured. Providers may have others than those listed."),
                q::value_map!(&["http://schemas.dmtf.org/cimi/1/aspect/cpu", "http://schemas.dmtf.org/cimi/1/aspect/memory", "http://schemas.dmtf.org/cimi/1/aspect/disk", "http://schemas.dmtf.org/cimi/1/aspect/bandwidth", "http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth", "http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth", ".."]),
                q::values!(&["CPU", "Memory", "Disk", "Bandwidth", "Input bandwidth", "Output bandwidth", "Other"]),
                q::cimi_access!("RO"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.aspect"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Units",
            ty: CimType::String,
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("The unit of the values."),
                q::is_p_unit!(true),
                q::cimi_access!("RO"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.units"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "SampleInterval",
            ty: CimType::Uint64,
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("Time from one sample to the next."),
                q::p_unit!("second"),
                q::cimi_access!("RO"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.sampleInterval"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "TimeScope",
            ty: CimType::String,
            value_map: Some(ValueMap {
                values: &["Point", "Interval"],
                names: &["Point", "Interval"],
            }),
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("Whether a value stands for a point in time or for an interval."),
                q::value_map!(&["Point", "Interval"]),
                q::values!(&["Point", "Interval"]),
                q::cimi_access!("RO"),
                q::cimi_order!(15),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.timeScope"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "IntervalDuration",
            ty: CimType::String,
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("Length of the interval that a value stands for."),
                q::cimi_access!("RO"),
                q::cimi_order!(16),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.intervalDuration"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "IsContinuous",
            ty: CimType::Boolean,
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("Whether the values are continuous."),
                q::cimi_access!("RO"),
                q::cimi_order!(17),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.isContinuous"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MinValue",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("Lowest value to be expected."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(19),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.minValue"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MaxValue",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("Highest value to be expected."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(20),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.maxValue"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "StopTime",
            ty: CimType::DateTime,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("When sampling ends."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(21),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.stopTime"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ExpiresTime",
            ty: CimType::DateTime,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("When the meter is removed."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(22),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Meter.expiresTime"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<19>("9 6 3 0 1 18 7 2 13 14 16 15 5 11 17 8 12 10 4"),
    keys: &[2],
    methods: &[
        MethodDescriptor {
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
                        class_origin: "CIMI_Meter",
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
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("Begins sampling."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/start"]),
            ],
        },
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
                        class_origin: "CIMI_Meter",
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
                        class_origin: "CIMI_Meter",
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
            class_origin: "CIMI_Meter",
            qualifiers: &[
                q::description!("Ends sampling."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/stop"]),
            ],
        },
    ],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("Measurements of one thing about one resource. It ends with that resource."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("meters"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/Meter"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
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
