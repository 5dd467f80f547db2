// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_Resource`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// What all resources have in common. Get through this class finds any resource by its InstanceID.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_Resource",
    superclass: Some("CIM_ManagedElement"),
    ancestors: &["CIM_ManagedElement"],
    flags: ClassFlags {
        is_abstract: true,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &[
        property::DESCRIPTION,
        property::ELEMENT_NAME,
        property::INSTANCE_ID,
        property::CREATED,
        property::UPDATED,
        property::PROPERTIES,
        property::AVAILABLE_OPERATIONS,
        property::EXTENSIONS,
    ],
    alphabetical: &[6, 3, 0, 1, 7, 2, 5, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::r#abstract(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("What all resources have in common. Get through this class finds any resource by its InstanceID.")),
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
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const DESCRIPTION: PropertyDescriptor = PropertyDescriptor {
        name: "Description",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_ManagedElement",
        qualifiers: &[
            q::r#override(QualifierValue::String("Description")),
            q::description(QualifierValue::String("What the resource is for, in the words of its owner.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Resource.description"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const ELEMENT_NAME: PropertyDescriptor = PropertyDescriptor {
        name: "ElementName",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_ManagedElement",
        qualifiers: &[
            q::r#override(QualifierValue::String("ElementName")),
            q::description(QualifierValue::String("A name for people to read. It need not be unique.")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Resource.name"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INSTANCE_ID: PropertyDescriptor = PropertyDescriptor {
        name: "InstanceID",
        ty: CimType::String,
        flags: PropertyFlags { key: true, required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Resource",
        qualifiers: &[
            q::key(QualifierValue::Boolean(true)),
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("The resource's identifier, the part of its URI below the base URI. The service makes it.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Resource.id"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CREATED: PropertyDescriptor = PropertyDescriptor {
        name: "Created",
        ty: CimType::DateTime,
        class_origin: "CIMI_Resource",
        qualifiers: &[
            q::description(QualifierValue::String("When the resource was made.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(4)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Resource.created"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const UPDATED: PropertyDescriptor = PropertyDescriptor {
        name: "Updated",
        ty: CimType::DateTime,
        class_origin: "CIMI_Resource",
        qualifiers: &[
            q::description(QualifierValue::String("When an attribute was last changed by a client. Operations such as stop do not move it.")),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(5)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Resource.updated"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const PROPERTIES: PropertyDescriptor = PropertyDescriptor {
        name: "Properties",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_Property"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Resource",
        qualifiers: &[
            q::description(QualifierValue::String("Name and value pairs of the client's own. The service keeps them and gives them no meaning.")),
            q::embedded_instance(QualifierValue::String("CIMI_Property")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(6)),
            q::cimi_xml_item(QualifierValue::String("property")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Resource.properties"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const AVAILABLE_OPERATIONS: PropertyDescriptor = PropertyDescriptor {
        name: "AvailableOperations",
        ty: CimType::String,
        is_array: true,
        value_map: Some(ValueMap {
            values: &["add", "edit", "delete", "capture", "export", "pause", "restart", "restore", "snapshot", "start", "stop", "suspend", ".."],
            names: &["Add", "Edit", "Delete", "Capture", "Export", "Pause", "Restart", "Restore", "Snapshot", "Start", "Stop", "Suspend", "Other"],
        }),
        class_origin: "CIMI_Resource",
        qualifiers: &[
            q::description(QualifierValue::String("The operations that the caller may ask for in the present state, by their short names. An operation of the Provider's own is named by its URI.")),
            q::array_type(QualifierValue::String("Ordered")),
            q::value_map(QualifierValue::Strings(&["add", "edit", "delete", "capture", "export", "pause", "restart", "restore", "snapshot", "start", "stop", "suspend", ".."])),
            q::values(QualifierValue::Strings(&["Add", "Edit", "Delete", "Capture", "Export", "Pause", "Restart", "Restore", "Snapshot", "Start", "Stop", "Suspend", "Other"])),
            q::cimi_access(QualifierValue::String("RO")),
            q::cimi_order(QualifierValue::Unsigned(900)),
            q::cimi_xml_item(QualifierValue::String("operation")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|Resource.operations"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const EXTENSIONS: PropertyDescriptor = PropertyDescriptor {
        name: "Extensions",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_Extension"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_Resource",
        qualifiers: &[
            q::description(QualifierValue::String("Attributes beyond this model, as they came over a binding. They are kept and given back unchanged.")),
            q::embedded_instance(QualifierValue::String("CIMI_Extension")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(1000)),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
