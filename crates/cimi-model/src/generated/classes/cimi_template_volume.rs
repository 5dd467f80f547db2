// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_TemplateVolume`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// A volume that is attached to a new machine.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_TemplateVolume",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: false,
        is_association: false,
        is_indication: false,
        is_structure: true,
    },
    properties: &[
        PropertyDescriptor {
            name: "Href",
            ty: CimType::String,
            reference_class: Some("CIMI_Volume"),
            class_origin: "CIMI_TemplateVolume",
            qualifiers: &[
                q::description!("The volume."),
                q::reference!("CIMI_Volume"),
                q::cimi_order!(1),
                q::cimi_inline!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|TemplateVolume.href"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
        PropertyDescriptor {
            name: "InitialLocation",
            ty: CimType::String,
            class_origin: "CIMI_TemplateVolume",
            qualifiers: &[
                q::description!("Where the machine first shows it, such as /dev/sdb."),
                q::cimi_order!(2),
                q::cimi_xml_attribute!(true),
                q::mapping_strings!(&["ATTR.DMTF|CIMI.1|TemplateVolume.initialLocation"]),
            ],
            ..PropertyDescriptor::DEFAULT
        },
    ],
    alphabetical: &positions::<2>("0 1"),
    keys: &[],
    methods: &[],
    qualifiers: &[
        q::structure!(true),
        q::version!("1.0.0"),
        q::description!("A volume that is attached to a new machine."),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Href`
    pub const HREF: usize = 0;
    /// `InitialLocation`
    pub const INITIAL_LOCATION: usize = 1;
}
