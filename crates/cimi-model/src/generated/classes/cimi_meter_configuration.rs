// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_MeterConfiguration`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The definition of a kind of meter.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_MeterConfiguration",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 15>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "AssociatedTo",
            ty: CimType::String,
            is_array: true,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MeterConfiguration",
            qualifiers: &[
                q::description!("Type URIs of the resources that can be measured so."),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::cimi_xml_item!("associatedTo"),
                q::cimi_xml_value!("href"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MeterConfiguration.associatedTo"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Aspect",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["http://schemas.dmtf.org/cimi/1/aspect/cpu", "http://schemas.dmtf.org/cimi/1/aspect/memory", "http://schemas.dmtf.org/cimi/1/aspect/disk", "http://schemas.dmtf.org/cimi/1/aspect/bandwidth", "http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth", "http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth", ".."],
                names: &["CPU", "Memory", "Disk", "Bandwidth", "Input bandwidth", "Output bandwidth", "Other"],
            }),
            class_origin: "CIMI_MeterConfiguration",
            qualifiers: &[
                q::description!("What is measured. Providers may have others than those listed."),
                q::value_map!(&["http://schemas.dmtf.org/cimi/1/aspect/cpu", "http://schemas.dmtf.org/cimi/1/aspect/memory", "http://schemas.dmtf.org/cimi/1/aspect/disk", "http://schemas.dmtf.org/cimi/1/aspect/bandwidth", "http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth", "http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth", ".."]),
                q::values!(&["CPU", "Memory", "Disk", "Bandwidth", "Input bandwidth", "Output bandwidth", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MeterConfiguration.aspect"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Units",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MeterConfiguration",
            qualifiers: &[
                q::description!("The unit of the values."),
                q::is_p_unit!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MeterConfiguration.units"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "SampleInterval",
            ty: CimType::Uint64,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MeterConfiguration",
            qualifiers: &[
                q::description!("Time from one sample to the next."),
                q::p_unit!("second"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MeterConfiguration.sampleInterval"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "TimeScope",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["Point", "Interval"],
                names: &["Point", "Interval"],
            }),
            class_origin: "CIMI_MeterConfiguration",
            qualifiers: &[
                q::description!("Whether a value stands for a point in time or for an interval."),
                q::value_map!(&["Point", "Interval"]),
                q::values!(&["Point", "Interval"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(15),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MeterConfiguration.timeScope"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "IntervalDuration",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MeterConfiguration",
            qualifiers: &[
                q::description!("Length of the interval that a value stands for."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(16),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MeterConfiguration.intervalDuration"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "IsContinuous",
            ty: CimType::Boolean,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MeterConfiguration",
            qualifiers: &[
                q::description!("Whether the values are continuous."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(17),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MeterConfiguration.isContinuous"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<15>("9 8 6 3 0 1 7 2 13 14 5 11 12 10 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("The definition of a kind of meter."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("meterConfigurations"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MeterConfiguration"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `AssociatedTo`
    pub const ASSOCIATED_TO: usize = 8;
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
}
