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
    properties: &[
        super::cimi_resource::property::DESCRIPTION,
        super::cimi_resource::property::ELEMENT_NAME,
        super::cimi_resource::property::INSTANCE_ID,
        super::cimi_resource::property::CREATED,
        super::cimi_resource::property::UPDATED,
        super::cimi_resource::property::PROPERTIES,
        super::cimi_resource::property::AVAILABLE_OPERATIONS,
        super::cimi_resource::property::EXTENSIONS,
        property::ASSOCIATED_TO,
        property::ASPECT,
        property::UNITS,
        property::SAMPLE_INTERVAL,
        property::TIME_SCOPE,
        property::INTERVAL_DURATION,
        property::IS_CONTINUOUS,
    ],
    alphabetical: &[9, 8, 6, 3, 0, 1, 7, 2, 13, 14, 5, 11, 12, 10, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("The definition of a kind of meter.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("meterConfigurations")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MeterConfiguration"])),
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

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const ASSOCIATED_TO: PropertyDescriptor = PropertyDescriptor {
        name: "AssociatedTo",
        ty: CimType::String,
        is_array: true,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MeterConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Type URIs of the resources that can be measured so.")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::cimi_xml_item(QualifierValue::String("associatedTo")),
            q::cimi_xml_value(QualifierValue::String("href")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MeterConfiguration.associatedTo"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const ASPECT: PropertyDescriptor = PropertyDescriptor {
        name: "Aspect",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["http://schemas.dmtf.org/cimi/1/aspect/cpu", "http://schemas.dmtf.org/cimi/1/aspect/memory", "http://schemas.dmtf.org/cimi/1/aspect/disk", "http://schemas.dmtf.org/cimi/1/aspect/bandwidth", "http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth", "http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth", ".."],
            names: &["CPU", "Memory", "Disk", "Bandwidth", "Input bandwidth", "Output bandwidth", "Other"],
        }),
        class_origin: "CIMI_MeterConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("What is measured. Providers may have others than those listed.")),
            q::value_map(QualifierValue::Strings(&["http://schemas.dmtf.org/cimi/1/aspect/cpu", "http://schemas.dmtf.org/cimi/1/aspect/memory", "http://schemas.dmtf.org/cimi/1/aspect/disk", "http://schemas.dmtf.org/cimi/1/aspect/bandwidth", "http://schemas.dmtf.org/cimi/1/aspect/inputBandwidth", "http://schemas.dmtf.org/cimi/1/aspect/outputBandwidth", ".."])),
            q::values(QualifierValue::Strings(&["CPU", "Memory", "Disk", "Bandwidth", "Input bandwidth", "Output bandwidth", "Other"])),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MeterConfiguration.aspect"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const UNITS: PropertyDescriptor = PropertyDescriptor {
        name: "Units",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MeterConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("The unit of the values.")),
            q::is_p_unit(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MeterConfiguration.units"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const SAMPLE_INTERVAL: PropertyDescriptor = PropertyDescriptor {
        name: "SampleInterval",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MeterConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Time from one sample to the next.")),
            q::p_unit(QualifierValue::String("second")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MeterConfiguration.sampleInterval"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const TIME_SCOPE: PropertyDescriptor = PropertyDescriptor {
        name: "TimeScope",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["Point", "Interval"],
            names: &["Point", "Interval"],
        }),
        class_origin: "CIMI_MeterConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Whether a value stands for a point in time or for an interval.")),
            q::value_map(QualifierValue::Strings(&["Point", "Interval"])),
            q::values(QualifierValue::Strings(&["Point", "Interval"])),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MeterConfiguration.timeScope"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INTERVAL_DURATION: PropertyDescriptor = PropertyDescriptor {
        name: "IntervalDuration",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MeterConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Length of the interval that a value stands for.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(16)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MeterConfiguration.intervalDuration"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const IS_CONTINUOUS: PropertyDescriptor = PropertyDescriptor {
        name: "IsContinuous",
        ty: CimType::Boolean,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MeterConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Whether the values are continuous.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(17)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MeterConfiguration.isContinuous"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
