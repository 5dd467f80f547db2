// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_DiskConfiguration`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A disk that is made together with a machine.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_DiskConfiguration",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &[
        property::CAPACITY,
        property::FORMAT,
        property::INITIAL_LOCATION,
    ],
    alphabetical: &[0, 1, 2],
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("A disk that is made together with a machine.")),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Capacity`
    pub const CAPACITY: usize = 0;
    /// `Format`
    pub const FORMAT: usize = 1;
    /// `InitialLocation`
    pub const INITIAL_LOCATION: usize = 2;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const CAPACITY: PropertyDescriptor = PropertyDescriptor {
        name: "Capacity",
        ty: CimType::Uint64,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_DiskConfiguration",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("Size of the disk.")),
            q::p_unit(QualifierValue::String("byte * 10^3")),
            q::cimi_order(QualifierValue::Unsigned(1)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|DiskConfiguration.capacity"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const FORMAT: PropertyDescriptor = PropertyDescriptor {
        name: "Format",
        ty: CimType::String,
        flags: PropertyFlags { required: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_DiskConfiguration",
        qualifiers: &[
            q::required(QualifierValue::Boolean(true)),
            q::description(QualifierValue::String("File system to put on it, such as ext4.")),
            q::cimi_order(QualifierValue::Unsigned(2)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|DiskConfiguration.format"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const INITIAL_LOCATION: PropertyDescriptor = PropertyDescriptor {
        name: "InitialLocation",
        ty: CimType::String,
        class_origin: "CIMI_DiskConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Where the machine first shows it, such as /dev/sda.")),
            q::cimi_order(QualifierValue::Unsigned(3)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|DiskConfiguration.initialLocation"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
