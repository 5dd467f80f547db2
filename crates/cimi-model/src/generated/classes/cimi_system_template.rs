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
    properties: &[
        super::cimi_resource::property::DESCRIPTION,
        super::cimi_resource::property::ELEMENT_NAME,
        super::cimi_resource::property::INSTANCE_ID,
        super::cimi_resource::property::CREATED,
        super::cimi_resource::property::UPDATED,
        super::cimi_resource::property::PROPERTIES,
        super::cimi_resource::property::AVAILABLE_OPERATIONS,
        super::cimi_resource::property::EXTENSIONS,
        property::COMPONENT_DESCRIPTORS,
        property::METER_TEMPLATES,
        property::EVENT_LOG_TEMPLATE,
        property::IMPORT_IMAGE,
    ],
    alphabetical: &[6, 8, 3, 0, 1, 10, 7, 11, 2, 9, 5, 4],
    keys: &[2],
    methods: &[
        method::EXPORT,
        method::IMPORT,
    ],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What a system is made from.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("systemTemplates")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/SystemTemplate"])),
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
    /// `ComponentDescriptors`
    pub const COMPONENT_DESCRIPTORS: usize = 8;
    /// `MeterTemplates`
    pub const METER_TEMPLATES: usize = 9;
    /// `EventLogTemplate`
    pub const EVENT_LOG_TEMPLATE: usize = 10;
    /// `ImportImage`
    pub const IMPORT_IMAGE: usize = 11;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const COMPONENT_DESCRIPTORS: PropertyDescriptor = PropertyDescriptor {
        name: "ComponentDescriptors",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_ComponentDescriptor"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_SystemTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("What the system consists of. The order has no meaning.")),
            q::embedded_instance(QualifierValue::String("CIMI_ComponentDescriptor")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::cimi_xml_item(QualifierValue::String("componentDescriptor")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|SystemTemplate.componentDescriptors"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const METER_TEMPLATES: PropertyDescriptor = PropertyDescriptor {
        name: "MeterTemplates",
        ty: CimType::String,
        is_array: true,
        reference_class: Some("CIMI_MeterTemplate"),
        embedded: Embedded::Instance("CIMI_MeterTemplate"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_SystemTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Meters to make for the new system.")),
            q::reference(QualifierValue::String("CIMI_MeterTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_MeterTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::cimi_xml_item(QualifierValue::String("meterTemplate")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|SystemTemplate.meterTemplates"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EVENT_LOG_TEMPLATE: PropertyDescriptor = PropertyDescriptor {
        name: "EventLogTemplate",
        ty: CimType::String,
        reference_class: Some("CIMI_EventLogTemplate"),
        embedded: Embedded::Instance("CIMI_EventLogTemplate"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_SystemTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Event log to make for the new system.")),
            q::reference(QualifierValue::String("CIMI_EventLogTemplate")),
            q::embedded_instance(QualifierValue::String("CIMI_EventLogTemplate")),
            q::cimi_by_value(QualifierValue::Boolean(true)),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|SystemTemplate.eventLogTemplate"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const IMPORT_IMAGE: PropertyDescriptor = PropertyDescriptor {
        name: "ImportImage",
        ty: CimType::String,
        class_origin: "CIMI_SystemTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Where the template was imported from, if it was.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|SystemTemplate.importImage"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}

pub(super) mod method {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const EXPORT: MethodDescriptor = MethodDescriptor {
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Media type of the package. Absent: application/ovf.")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.format"])),
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
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Where to put the package. Absent: the Provider says where it is.")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.destination"])),
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
                    name: "Package",
                    ty: CimType::String,
                    class_origin: "CIMI_SystemTemplate",
                    qualifiers: &[
                        q::r#in(QualifierValue::Boolean(false)),
                        q::out(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("The descriptor of the package, if no destination was given.")),
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
        class_origin: "CIMI_SystemTemplate",
        qualifiers: &[
            q::description(QualifierValue::String("Writes the template, and everything that it uses, into a package.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/export"])),
        ],
    };

    pub(in super::super) const IMPORT: MethodDescriptor = MethodDescriptor {
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
                        q::required(QualifierValue::Boolean(true)),
                        q::r#in(QualifierValue::Boolean(true)),
                        q::description(QualifierValue::String("Where the package is.")),
                        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Action.source"])),
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
                    class_origin: "CIMI_SystemTemplate",
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
        is_static: true,
        class_origin: "CIMI_SystemTemplate",
        qualifiers: &[
            q::r#static(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Makes a template, and everything that it uses, of a package.")),
            q::value_map(QualifierValue::Strings(&["0", "1", "2", "3", "4", "5", "6", "4096"])),
            q::values(QualifierValue::Strings(&["Completed", "Not Supported", "Unknown Error", "Timeout", "Failed", "Invalid Parameter", "In Use", "Job Started"])),
            q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/action/import"])),
        ],
    };
}
