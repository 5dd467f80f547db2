// Generated from MOF by cim-codegen. Change the MOF, not this file.

//! A constructor for each qualifier that the model uses.

use ::cim_core::{Qualifier, QualifierFlavor, QualifierValue};

pub(super) const fn aggregate(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Aggregate",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn aggregation(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Aggregation",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn array_type(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "ArrayType",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn association(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Association",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_access(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_Access",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_by_value(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_ByValue",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_creates(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_Creates",
        value,
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_crud(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_Crud",
        value,
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_from_states(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_FromStates",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_inline(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_Inline",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_json_group(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_JsonGroup",
        value,
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_makes(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_Makes",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_map(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_Map",
        value,
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_order(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_Order",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_reference_property(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_ReferenceProperty",
        value,
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_xml_attribute(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_XmlAttribute",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_xml_item(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_XmlItem",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_xml_text(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_XmlText",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn cimi_xml_value(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "CIMI_XmlValue",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn composition(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Composition",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn description(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Description",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: true,
        },
        propagated: false,
    }
}

pub(super) const fn embedded_instance(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "EmbeddedInstance",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn embedded_object(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "EmbeddedObject",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn exception(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Exception",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn indication(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Indication",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn is_p_unit(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "IsPUnit",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn key(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Key",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn mapping_strings(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "MappingStrings",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn max(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Max",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn max_value(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "MaxValue",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn min(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Min",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn min_value(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "MinValue",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn out(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Out",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn p_unit(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "PUnit",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn r#abstract(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Abstract",
        value,
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn r#in(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "In",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn r#override(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Override",
        value,
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn r#static(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Static",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn read(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Read",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn reference(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Reference",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn required(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Required",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn structure(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Structure",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: false,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn value_map(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "ValueMap",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}

pub(super) const fn values(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Values",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: true,
        },
        propagated: false,
    }
}

pub(super) const fn version(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Version",
        value,
        flavor: QualifierFlavor {
            to_subclass: false,
            overridable: true,
            translatable: true,
        },
        propagated: false,
    }
}

pub(super) const fn write(value: QualifierValue) -> Qualifier {
    Qualifier {
        name: "Write",
        value,
        flavor: QualifierFlavor {
            to_subclass: true,
            overridable: true,
            translatable: false,
        },
        propagated: false,
    }
}
