// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! A constructor for each qualifier that the model uses.

use ::cim_core::{Qualifier, QualifierFlavor, QualifierValue};

pub(super) const fn aggregate(value: bool) -> Qualifier {
    Qualifier {
        name: "Aggregate",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn aggregation(value: bool) -> Qualifier {
    Qualifier {
        name: "Aggregation",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn array_type(value: &'static str) -> Qualifier {
    Qualifier {
        name: "ArrayType",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn association(value: bool) -> Qualifier {
    Qualifier {
        name: "Association",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_access(value: &'static str) -> Qualifier {
    Qualifier {
        name: "CIMI_Access",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_by_value(value: bool) -> Qualifier {
    Qualifier {
        name: "CIMI_ByValue",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_creates(value: &'static str) -> Qualifier {
    Qualifier {
        name: "CIMI_Creates",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_crud(value: &'static [&'static str]) -> Qualifier {
    Qualifier {
        name: "CIMI_Crud",
        value: QualifierValue::Strings(value),
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_from_states(value: &'static [&'static str]) -> Qualifier {
    Qualifier {
        name: "CIMI_FromStates",
        value: QualifierValue::Strings(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_inline(value: bool) -> Qualifier {
    Qualifier {
        name: "CIMI_Inline",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_json_group(value: &'static str) -> Qualifier {
    Qualifier {
        name: "CIMI_JsonGroup",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_makes(value: &'static [&'static str]) -> Qualifier {
    Qualifier {
        name: "CIMI_Makes",
        value: QualifierValue::Strings(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_map(value: bool) -> Qualifier {
    Qualifier {
        name: "CIMI_Map",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_order(value: u64) -> Qualifier {
    Qualifier {
        name: "CIMI_Order",
        value: QualifierValue::Unsigned(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_reference_property(value: &'static str) -> Qualifier {
    Qualifier {
        name: "CIMI_ReferenceProperty",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_xml_attribute(value: bool) -> Qualifier {
    Qualifier {
        name: "CIMI_XmlAttribute",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_xml_item(value: &'static str) -> Qualifier {
    Qualifier {
        name: "CIMI_XmlItem",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_xml_text(value: bool) -> Qualifier {
    Qualifier {
        name: "CIMI_XmlText",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_xml_value(value: &'static str) -> Qualifier {
    Qualifier {
        name: "CIMI_XmlValue",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn composition(value: bool) -> Qualifier {
    Qualifier {
        name: "Composition",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn description(value: &'static str) -> Qualifier {
    Qualifier {
        name: "Description",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: true,
        },
        propagated: false,
    }
}

pub(super) const fn embedded_instance(value: &'static str) -> Qualifier {
    Qualifier {
        name: "EmbeddedInstance",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn embedded_object(value: bool) -> Qualifier {
    Qualifier {
        name: "EmbeddedObject",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn exception(value: bool) -> Qualifier {
    Qualifier {
        name: "Exception",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn indication(value: bool) -> Qualifier {
    Qualifier {
        name: "Indication",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn is_p_unit(value: bool) -> Qualifier {
    Qualifier {
        name: "IsPUnit",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn key(value: bool) -> Qualifier {
    Qualifier {
        name: "Key",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn mapping_strings(value: &'static [&'static str]) -> Qualifier {
    Qualifier {
        name: "MappingStrings",
        value: QualifierValue::Strings(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn max(value: u64) -> Qualifier {
    Qualifier {
        name: "Max",
        value: QualifierValue::Unsigned(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn max_value(value: i64) -> Qualifier {
    Qualifier {
        name: "MaxValue",
        value: QualifierValue::Signed(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn min(value: u64) -> Qualifier {
    Qualifier {
        name: "Min",
        value: QualifierValue::Unsigned(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn min_value(value: i64) -> Qualifier {
    Qualifier {
        name: "MinValue",
        value: QualifierValue::Signed(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn out(value: bool) -> Qualifier {
    Qualifier {
        name: "Out",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn p_unit(value: &'static str) -> Qualifier {
    Qualifier {
        name: "PUnit",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn r#abstract(value: bool) -> Qualifier {
    Qualifier {
        name: "Abstract",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn r#in(value: bool) -> Qualifier {
    Qualifier {
        name: "In",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn r#override(value: &'static str) -> Qualifier {
    Qualifier {
        name: "Override",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn r#static(value: bool) -> Qualifier {
    Qualifier {
        name: "Static",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn read(value: bool) -> Qualifier {
    Qualifier {
        name: "Read",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn reference(value: &'static str) -> Qualifier {
    Qualifier {
        name: "Reference",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn required(value: bool) -> Qualifier {
    Qualifier {
        name: "Required",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn structure(value: bool) -> Qualifier {
    Qualifier {
        name: "Structure",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn value_map(value: &'static [&'static str]) -> Qualifier {
    Qualifier {
        name: "ValueMap",
        value: QualifierValue::Strings(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn values(value: &'static [&'static str]) -> Qualifier {
    Qualifier {
        name: "Values",
        value: QualifierValue::Strings(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: true,
        },
        propagated: false,
    }
}

pub(super) const fn version(value: &'static str) -> Qualifier {
    Qualifier {
        name: "Version",
        value: QualifierValue::String(value),
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: true,
        },
        propagated: false,
    }
}

pub(super) const fn write(value: bool) -> Qualifier {
    Qualifier {
        name: "Write",
        value: QualifierValue::Boolean(value),
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}
