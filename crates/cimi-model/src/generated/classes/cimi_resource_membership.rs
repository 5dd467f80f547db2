// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_ResourceMembership`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A resource that makes one resource a member of another one's collection, and has attributes of its own. Creating it adds the member, deleting it removes the member; the two resources stay.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_ResourceMembership",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: true,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &[
        PropertyDescriptor {
            name: "InstanceID",
            ty: CimType::String,
            flags: PropertyFlags { key: true, required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::key!(true),
                q::required!(true),
                q::description!("The resource's identifier, the part of its URI below the base URI. The service makes it."),
                q::cimi_access!("RO"),
                q::cimi_order!(1),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Resource.id"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "ElementName",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::description!("A name for people to read. It need not be unique."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(2),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Resource.name"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Description",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::description!("What the resource is for, in the words of its owner."),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(3),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Resource.description"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Created",
            ty: CimType::DateTime,
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::description!("When the resource was made."),
                q::cimi_access!("RO"),
                q::cimi_order!(4),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Resource.created"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Updated",
            ty: CimType::DateTime,
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::description!("When an attribute was last changed by a client. Operations such as stop do not move it."),
                q::cimi_access!("RO"),
                q::cimi_order!(5),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Resource.updated"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Properties",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_Property"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::description!("Name and value pairs of the client's own. The service keeps them and gives them no meaning."),
                q::embedded_instance!("CIMI_Property"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(6),
                q::cimi_xml_item!("property"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Resource.properties"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "AvailableOperations",
            ty: CimType::String,
            is_array: true,
            value_map: Some(ValueMap {
                values: &["add", "edit", "delete", "capture", "export", "pause", "restart", "restore", "snapshot", "start", "stop", "suspend", ".."],
                names: &["Add", "Edit", "Delete", "Capture", "Export", "Pause", "Restart", "Restore", "Snapshot", "Start", "Stop", "Suspend", "Other"],
            }),
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::description!("The operations that the caller may ask for in the present state, by their short names. An operation of the Provider's own is named by its URI."),
                q::array_type!("Ordered"),
                q::value_map!(&["add", "edit", "delete", "capture", "export", "pause", "restart", "restore", "snapshot", "start", "stop", "suspend", ".."]),
                q::values!(&["Add", "Edit", "Delete", "Capture", "Export", "Pause", "Restart", "Restore", "Snapshot", "Start", "Stop", "Suspend", "Other"]),
                q::cimi_access!("RO"),
                q::cimi_order!(900),
                q::cimi_xml_item!("operation"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|Resource.operations"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Extensions",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_Extension"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::description!("Attributes beyond this model, as they came over a binding. They are kept and given back unchanged."),
                q::embedded_instance!("CIMI_Extension"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(1000),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "GroupComponent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_Resource"),
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::aggregate!(true),
                q::required!(true),
                q::description!("The resource whose collection it is."),
                q::cimi_access!("CO"),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "PartComponent",
            ty: CimType::Reference,
            reference_class: Some("CIMI_Resource"),
            flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_ResourceMembership",
            qualifiers: &[
                q::required!(true),
                q::description!("The member."),
                q::cimi_access!("CO"),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<10>("6 3 2 1 7 8 0 9 5 4"),
    keys: &[0],
    methods: &[],
    qualifiers: &[
        q::association!(true),
        q::r#abstract!(true),
        q::aggregation!(true),
        q::version!("1.0.0"),
        q::description!("A resource that makes one resource a member of another one's collection, and has attributes of its own. Creating it adds the member, deleting it removes the member; the two resources stay."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `InstanceID`
    pub const INSTANCE_ID: usize = 0;
    /// `ElementName`
    pub const ELEMENT_NAME: usize = 1;
    /// `Description`
    pub const DESCRIPTION: usize = 2;
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
    /// `GroupComponent`
    pub const GROUP_COMPONENT: usize = 8;
    /// `PartComponent`
    pub const PART_COMPONENT: usize = 9;
}
