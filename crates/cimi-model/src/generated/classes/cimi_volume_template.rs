// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_VolumeTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a volume is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_VolumeTemplate",
    superclass: Some("CIMI_Resource"),
    ancestors: &["CIMI_Resource", "CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &inherit::<_, 12>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "VolumeConfig",
            ty: CimType::String,
            reference_class: Some("CIMI_VolumeConfiguration"),
            embedded: Embedded::Instance("CIMI_VolumeConfiguration"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_VolumeTemplate",
            qualifiers: &[
                q::description!("Shape of the volume."),
                q::reference!("CIMI_VolumeConfiguration"),
                q::embedded_instance!("CIMI_VolumeConfiguration"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|VolumeTemplate.volumeConfig"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "VolumeImage",
            ty: CimType::String,
            reference_class: Some("CIMI_VolumeImage"),
            embedded: Embedded::Instance("CIMI_VolumeImage"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_VolumeTemplate",
            qualifiers: &[
                q::description!("What the volume holds at first."),
                q::reference!("CIMI_VolumeImage"),
                q::embedded_instance!("CIMI_VolumeImage"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|VolumeTemplate.volumeImage"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "MeterTemplates",
            ty: CimType::String,
            is_array: true,
            reference_class: Some("CIMI_MeterTemplate"),
            embedded: Embedded::Instance("CIMI_MeterTemplate"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_VolumeTemplate",
            qualifiers: &[
                q::description!("Meters to make for the new volume."),
                q::reference!("CIMI_MeterTemplate"),
                q::embedded_instance!("CIMI_MeterTemplate"),
                q::cimi_by_value!(true),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::cimi_xml_item!("meterTemplate"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|VolumeTemplate.meterTemplates"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "EventLogTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_EventLogTemplate"),
            embedded: Embedded::Instance("CIMI_EventLogTemplate"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_VolumeTemplate",
            qualifiers: &[
                q::description!("Event log to make for the new volume."),
                q::reference!("CIMI_EventLogTemplate"),
                q::embedded_instance!("CIMI_EventLogTemplate"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|VolumeTemplate.eventLogTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<12>("6 3 0 1 11 7 2 10 5 4 8 9"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What a volume is made from."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("volumeTemplates"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/VolumeTemplate"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `VolumeConfig`
    pub const VOLUME_CONFIG: usize = 8;
    /// `VolumeImage`
    pub const VOLUME_IMAGE: usize = 9;
    /// `MeterTemplates`
    pub const METER_TEMPLATES: usize = 10;
    /// `EventLogTemplate`
    pub const EVENT_LOG_TEMPLATE: usize = 11;
}
