// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! A constructor for each qualifier that the model uses.

macro_rules! q_aggregate {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Aggregate",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Aggregate",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_aggregate as aggregate;

macro_rules! q_aggregation {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Aggregation",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Aggregation",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_aggregation as aggregation;

macro_rules! q_array_type {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "ArrayType",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "ArrayType",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_array_type as array_type;

macro_rules! q_association {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Association",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Association",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_association as association;

macro_rules! q_cimi_access {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_Access",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_Access",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_access as cimi_access;

macro_rules! q_cimi_by_value {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_ByValue",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_ByValue",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_by_value as cimi_by_value;

macro_rules! q_cimi_creates {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_Creates",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_Creates",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_creates as cimi_creates;

macro_rules! q_cimi_crud {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_Crud",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_Crud",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_crud as cimi_crud;

macro_rules! q_cimi_from_states {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_FromStates",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_FromStates",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_from_states as cimi_from_states;

macro_rules! q_cimi_inline {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_Inline",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_Inline",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_inline as cimi_inline;

macro_rules! q_cimi_json_group {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_JsonGroup",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_JsonGroup",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_json_group as cimi_json_group;

macro_rules! q_cimi_makes {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_Makes",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_Makes",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_makes as cimi_makes;

macro_rules! q_cimi_map {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_Map",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_Map",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_map as cimi_map;

macro_rules! q_cimi_order {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_Order",
            value: ::cim_core::QualifierValue::Unsigned($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_Order",
            value: ::cim_core::QualifierValue::Unsigned($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_order as cimi_order;

macro_rules! q_cimi_reference_property {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_ReferenceProperty",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_ReferenceProperty",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_reference_property as cimi_reference_property;

macro_rules! q_cimi_xml_attribute {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_XmlAttribute",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_XmlAttribute",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_xml_attribute as cimi_xml_attribute;

macro_rules! q_cimi_xml_item {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_XmlItem",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_XmlItem",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_xml_item as cimi_xml_item;

macro_rules! q_cimi_xml_text {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_XmlText",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_XmlText",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_xml_text as cimi_xml_text;

macro_rules! q_cimi_xml_value {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "CIMI_XmlValue",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "CIMI_XmlValue",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_cimi_xml_value as cimi_xml_value;

macro_rules! q_composition {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Composition",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Composition",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_composition as composition;

macro_rules! q_description {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Description",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: true },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Description",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: true },
            propagated: true,
        }
    };
}
pub(super) use q_description as description;

macro_rules! q_embedded_instance {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "EmbeddedInstance",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "EmbeddedInstance",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_embedded_instance as embedded_instance;

macro_rules! q_embedded_object {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "EmbeddedObject",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "EmbeddedObject",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_embedded_object as embedded_object;

macro_rules! q_exception {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Exception",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Exception",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_exception as exception;

macro_rules! q_indication {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Indication",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Indication",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_indication as indication;

macro_rules! q_is_p_unit {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "IsPUnit",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "IsPUnit",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_is_p_unit as is_p_unit;

macro_rules! q_key {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Key",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Key",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_key as key;

macro_rules! q_mapping_strings {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "MappingStrings",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "MappingStrings",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_mapping_strings as mapping_strings;

macro_rules! q_max {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Max",
            value: ::cim_core::QualifierValue::Unsigned($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Max",
            value: ::cim_core::QualifierValue::Unsigned($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_max as max;

macro_rules! q_max_value {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "MaxValue",
            value: ::cim_core::QualifierValue::Signed($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "MaxValue",
            value: ::cim_core::QualifierValue::Signed($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_max_value as max_value;

macro_rules! q_min {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Min",
            value: ::cim_core::QualifierValue::Unsigned($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Min",
            value: ::cim_core::QualifierValue::Unsigned($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_min as min;

macro_rules! q_min_value {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "MinValue",
            value: ::cim_core::QualifierValue::Signed($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "MinValue",
            value: ::cim_core::QualifierValue::Signed($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_min_value as min_value;

macro_rules! q_out {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Out",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Out",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_out as out;

macro_rules! q_p_unit {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "PUnit",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "PUnit",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_p_unit as p_unit;

macro_rules! q_abstract {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Abstract",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Abstract",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_abstract as r#abstract;

macro_rules! q_in {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "In",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "In",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_in as r#in;

macro_rules! q_override {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Override",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Override",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_override as r#override;

macro_rules! q_static {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Static",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Static",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_static as r#static;

macro_rules! q_read {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Read",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Read",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_read as read;

macro_rules! q_reference {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Reference",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Reference",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_reference as reference;

macro_rules! q_required {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Required",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Required",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_required as required;

macro_rules! q_structure {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Structure",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Structure",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: false, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_structure as structure;

macro_rules! q_value_map {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "ValueMap",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "ValueMap",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_value_map as value_map;

macro_rules! q_values {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Values",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: true },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Values",
            value: ::cim_core::QualifierValue::Strings($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: true },
            propagated: true,
        }
    };
}
pub(super) use q_values as values;

macro_rules! q_version {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Version",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: true },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Version",
            value: ::cim_core::QualifierValue::String($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: false, overridable: true, translatable: true },
            propagated: true,
        }
    };
}
pub(super) use q_version as version;

macro_rules! q_write {
    ($value:expr) => {
        ::cim_core::Qualifier {
            name: "Write",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: false,
        }
    };
    ($value:expr, inherited) => {
        ::cim_core::Qualifier {
            name: "Write",
            value: ::cim_core::QualifierValue::Boolean($value),
            flavor: ::cim_core::QualifierFlavor { to_subclass: true, overridable: true, translatable: false },
            propagated: true,
        }
    };
}
pub(super) use q_write as write;
