// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_SystemTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What a system is made from.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_SystemTemplate",
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
            name: "ComponentDescriptors",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_ComponentDescriptor"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_SystemTemplate",
            qualifiers: &[
                q::description!("What the system consists of. The order has no meaning."),
                q::embedded_instance!("CIMI_ComponentDescriptor"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::cimi_xml_item!("componentDescriptor"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|SystemTemplate.componentDescriptors"]),
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
            class_origin: "CIMI_SystemTemplate",
            qualifiers: &[
                q::description!("Meters to make for the new system."),
                q::reference!("CIMI_MeterTemplate"),
                q::embedded_instance!("CIMI_MeterTemplate"),
                q::cimi_by_value!(true),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::cimi_xml_item!("meterTemplate"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|SystemTemplate.meterTemplates"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "EventLogTemplate",
            ty: CimType::String,
            reference_class: Some("CIMI_EventLogTemplate"),
            embedded: Embedded::Instance("CIMI_EventLogTemplate"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_SystemTemplate",
            qualifiers: &[
                q::description!("Event log to make for the new system."),
                q::reference!("CIMI_EventLogTemplate"),
                q::embedded_instance!("CIMI_EventLogTemplate"),
                q::cimi_by_value!(true),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|SystemTemplate.eventLogTemplate"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ImportImage",
            ty: CimType::String,
            class_origin: "CIMI_SystemTemplate",
            qualifiers: &[
                q::description!("Where the template was imported from, if it was."),
                q::cimi_access!("RO"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|SystemTemplate.importImage"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<12>("6 8 3 0 1 10 7 11 2 9 5 4"),
    keys: &[2],
    methods: &[
        MethodDescriptor {
            name: "Export",
            returns: Some(CimType::Uint32),
            value_map: Some(ValueMap {
                values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
                names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
            }),
            parameters: &[
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Format",
                        ty: CimType::String,
                        class_origin: "CIMI_SystemTemplate",
                        qualifiers: &[
                            q::r#in!(true),
                            q::description!("Media type of the package. Absent: application/ovf."),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.format"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Destination",
                        ty: CimType::String,
                        class_origin: "CIMI_SystemTemplate",
                        qualifiers: &[
                            q::r#in!(true),
                            q::description!("Where to put the package. Absent: the Provider says where it is."),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.destination"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Properties",
                        ty: CimType::String,
                        is_array: true,
                        embedded: Embedded::Instance("CIMI_Property"),
                        class_origin: "CIMI_SystemTemplate",
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
                        name: "Package",
                        ty: CimType::String,
                        class_origin: "CIMI_SystemTemplate",
                        qualifiers: &[
                            q::r#in!(false),
                            q::out!(true),
                            q::description!("The descriptor of the package, if no destination was given."),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: false,
                    output: true,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Job",
                        ty: CimType::Reference,
                        reference_class: Some("CIMI_Job"),
                        class_origin: "CIMI_SystemTemplate",
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
            class_origin: "CIMI_SystemTemplate",
            qualifiers: &[
                q::description!("Writes the template, and everything that it uses, into a package."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/export"]),
            ],
        },
        MethodDescriptor {
            name: "Import",
            returns: Some(CimType::Uint32),
            value_map: Some(ValueMap {
                values: &["0", "1", "2", "3", "4", "5", "6", "4096"],
                names: &["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"],
            }),
            parameters: &[
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Source",
                        ty: CimType::String,
                        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
                        class_origin: "CIMI_SystemTemplate",
                        qualifiers: &[
                            q::required!(true),
                            q::r#in!(true),
                            q::description!("Where the package is."),
                            q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Action.source"]),
                        ],
                        ..PropertyDescriptor::DEFAULT
                    },
                    input: true,
                    output: false,
                },
                ParameterDescriptor {
                    value: PropertyDescriptor {
                        name: "Properties",
                        ty: CimType::String,
                        is_array: true,
                        embedded: Embedded::Instance("CIMI_Property"),
                        class_origin: "CIMI_SystemTemplate",
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
                        class_origin: "CIMI_SystemTemplate",
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
            is_static: true,
            class_origin: "CIMI_SystemTemplate",
            qualifiers: &[
                q::r#static!(true),
                q::description!("Makes a template, and everything that it uses, of a package."),
                q::value_map!(&["0", "1", "2", "3", "4", "5", "6", "4096"]),
                q::values!(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"]),
                q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/import"]),
            ],
        },
    ],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("What a system is made from."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("systemTemplates"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/SystemTemplate"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
    /// `ComponentDescriptors`
    pub const COMPONENT_DESCRIPTORS: usize = 8;
    /// `MeterTemplates`
    pub const METER_TEMPLATES: usize = 9;
    /// `EventLogTemplate`
    pub const EVENT_LOG_TEMPLATE: usize = 10;
    /// `ImportImage`
    pub const IMPORT_IMAGE: usize = 11;
}
