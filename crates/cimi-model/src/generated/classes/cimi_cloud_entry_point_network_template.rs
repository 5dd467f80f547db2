// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! `CIMI_CloudEntryPointNetworkTemplate`: its table.

use super::qualifiers as q;
use ::cim_core::*;

/// The network templates of the cloud.
pub static CLASS: ClassDescriptor = ClassDescriptor {
    name: "CIMI_CloudEntryPointNetworkTemplate",
    superclass: Some("CIMI_HostedResource"),
    ancestors: &["CIMI_HostedResource", "CIM_Dependency"],
    flags: ClassFlags {
        is_abstract: false,
        is_association: true,
        is_indication: false,
        is_structure: false,
    },
    properties: &[
        super::cimi_hosted_resource::property::ANTECEDENT,
        property::DEPENDENT,
    ],
    alphabetical: &[0, 1],
    keys: &[0, 1],
    methods: &[],
    qualifiers: &[
        q::association(QualifierValue::Boolean(true)),
        q::version(QualifierValue::String("1.0.0")),
        q::description(QualifierValue::String("The network templates of the cloud.")),
        q::cimi_order(QualifierValue::Unsigned(26)),
        q::mapping_strings(QualifierValue::Strings(&["ATTR.DMTF|CIMI.1|CloudEntryPoint.networkTemplates"])),
    ],
};

/// Positions of the properties, for `Instance::at`.
pub mod at {
    /// `Antecedent`
    pub const ANTECEDENT: usize = 0;
    /// `Dependent`
    pub const DEPENDENT: usize = 1;
}

pub(super) mod property {
    use super::super::qualifiers as q;
    use ::cim_core::*;

    pub(in super::super) const DEPENDENT: PropertyDescriptor = PropertyDescriptor {
        name: "Dependent",
        ty: CimType::Reference,
        reference_class: Some("CIMI_NetworkTemplate"),
        flags: PropertyFlags { key: true, ..PropertyFlags::DEFAULT },
        class_origin: "CIM_Dependency",
        qualifiers: &[
            q::r#override(QualifierValue::String("Dependent")),
            q::description(QualifierValue::String("A network template.")),
            q::key(QualifierValue::Boolean(true)).inherited(),
        ],
        ..PropertyDescriptor::DEFAULT
    };
}
