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
    properties: &inherit::<_, 13>(super::cimi_resource::CLASS.properties, &[
    ],
    &[
        PropertyDescriptor {
            name: "Cpu",
            ty: CimType::Uint64,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineConfiguration",
            qualifiers: &[
                q::description!("Number of virtual processors."),
                q::p_unit!("count"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(11),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineConfiguration.cpu"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Memory",
            ty: CimType::Uint64,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineConfiguration",
            qualifiers: &[
                q::description!("Size of the memory."),
                q::p_unit!("byte * 2^10"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(12),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineConfiguration.memory"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "Disks",
            ty: CimType::String,
            is_array: true,
            embedded: Embedded::Instance("CIMI_DiskConfiguration"),
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineConfiguration",
            qualifiers: &[
                q::description!("The disks to make with the machine."),
                q::embedded_instance!("CIMI_DiskConfiguration"),
                q::array_type!("Ordered"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(13),
                q::cimi_xml_item!("disk"),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineConfiguration.disks"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "CpuArch",
            ty: CimType::String,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            value_map: Some(ValueMap {
                values: &["68000", "Alpha", "ARM", "Itanium", "MIPS", "PA_RISC", "POWER", "PowerPC", "x86", "x86_64", "z/Architecture", "SPARC", ".."],
                names: &["Motorola 68000", "Alpha", "ARM", "Itanium", "MIPS", "PA-RISC", "POWER", "PowerPC", "x86", "x86-64", "z/Architecture", "SPARC", "Other"],
            }),
            class_origin: "CIMI_MachineConfiguration",
            qualifiers: &[
                q::description!("Architecture of the processors. Providers may have others than those listed."),
                q::value_map!(&["68000", "Alpha", "ARM", "Itanium", "MIPS", "PA_RISC", "POWER", "PowerPC", "x86", "x86_64", "z/Architecture", "SPARC", ".."]),
                q::values!(&["Motorola 68000", "Alpha", "ARM", "Itanium", "MIPS", "PA-RISC", "POWER", "PowerPC", "x86", "x86-64", "z/Architecture", "SPARC", "Other"]),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(14),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineConfiguration.cpuArch"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "CpuSpeed",
            ty: CimType::Uint64,
            flags: PropertyFlags { write: true, ..PropertyFlags::DEFAULT },
            class_origin: "CIMI_MachineConfiguration",
            qualifiers: &[
                q::description!("Clock rate of the processors, approximately."),
                q::p_unit!("hertz * 10^6"),
                q::write!(true),
                q::cimi_access!("RW"),
                q::cimi_order!(15),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|MachineConfiguration.cpuSpeed"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ]),
    alphabetical: &positions::<13>("6 8 11 12 3 0 10 1 7 2 9 5 4"),
    keys: &[2],
    methods: &[],
    qualifiers: &[
        q::version!("1.0.0"),
        q::description!("The virtual hardware of a machine."),
        q::cimi_crud!(&["create", "read", "update", "delete"]),
        q::cimi_json_group!("machineConfigurations"),
        q::mapping_strings!(&["URI.DMTF|CIMI.1|http://schemas.dmtf.org/cimi/1/MachineConfiguration"]),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    pub use super::super::cimi_resource::at::*;
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
