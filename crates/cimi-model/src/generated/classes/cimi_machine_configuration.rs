// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_MachineConfiguration`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The virtual hardware of a machine.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_MachineConfiguration",
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
        property::CPU,
        property::MEMORY,
        property::DISKS,
        property::CPU_ARCH,
        property::CPU_SPEED,
    ],
    alphabetical: &[6, 8, 11, 12, 3, 0, 10, 1, 7, 2, 9, 5, 4],
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("The virtual hardware of a machine.")),
        q::cimi_crud(QualifierValue::Strings(&["create", "read", "update", "delete"])),
        q::cimi_json_group(QualifierValue::String("machineConfigurations")),
        q::mapping_strings(QualifierValue::Strings(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MachineConfiguration"])),
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
    /// `Cpu`
    pub const CPU: usize = 8;
    /// `Memory`
    pub const MEMORY: usize = 9;
    /// `Disks`
    pub const DISKS: usize = 10;
    /// `CpuArch`
    pub const CPU_ARCH: usize = 11;
    /// `CpuSpeed`
    pub const CPU_SPEED: usize = 12;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const CPU: PropertyDescriptor = PropertyDescriptor {
        name: "Cpu",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Number of virtual processors.")),
            q::p_unit(QualifierValue::String("count")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(11)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineConfiguration.cpu"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const MEMORY: PropertyDescriptor = PropertyDescriptor {
        name: "Memory",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Size of the memory.")),
            q::p_unit(QualifierValue::String("byte * 2^10")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(12)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineConfiguration.memory"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const DISKS: PropertyDescriptor = PropertyDescriptor {
        name: "Disks",
        ty: CimType::String,
        is_array: true,
        embedded: Embedded::Instance("CIMI_DiskConfiguration"),
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("The disks to make with the machine.")),
            q::embedded_instance(QualifierValue::String("CIMI_DiskConfiguration")),
            q::array_type(QualifierValue::String("Ordered")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(13)),
            q::cimi_xml_item(QualifierValue::String("disk")),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineConfiguration.disks"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CPU_ARCH: PropertyDescriptor = PropertyDescriptor {
        name: "CpuArch",
        ty: CimType::String,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        value_map: Some(ValueMap {
            values: &["68000", "Alpha", "ARM", "Itanium", "MIPS", "PA_RISC", "POWER", "PowerPC", "x86", "x86_64", "z/Architecture", "SPARC", ".."],
            names: &["Motorola 68000", "Alpha", "ARM", "Itanium", "MIPS", "PA-RISC", "POWER", "PowerPC", "x86", "x86-64", "z/Architecture", "SPARC", "Other"],
        }),
        class_origin: "CIMI_MachineConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Architecture of the processors. Providers may have others than those listed.")),
            q::value_map(QualifierValue::Strings(&["68000", "Alpha", "ARM", "Itanium", "MIPS", "PA_RISC", "POWER", "PowerPC", "x86", "x86_64", "z/Architecture", "SPARC", ".."])),
            q::values(QualifierValue::Strings(&["Motorola 68000", "Alpha", "ARM", "Itanium", "MIPS", "PA-RISC", "POWER", "PowerPC", "x86", "x86-64", "z/Architecture", "SPARC", "Other"])),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(14)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineConfiguration.cpuArch"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };

    pub(in super::super) const CPU_SPEED: PropertyDescriptor = PropertyDescriptor {
        name: "CpuSpeed",
        ty: CimType::Uint64,
        flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIMI_MachineConfiguration",
        qualifiers: &[
            q::description(QualifierValue::String("Clock rate of the processors, approximately.")),
            q::p_unit(QualifierValue::String("hertz * 10^6")),
            q::write(QualifierValue::Boolean(true)),
            q::cimi_access(QualifierValue::String("RW")),
            q::cimi_order(QualifierValue::Unsigned(15)),
            q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|MachineConfiguration.cpuSpeed"])),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
