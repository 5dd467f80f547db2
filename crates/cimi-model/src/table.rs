//! The words in which the generated tables are written.

pub(crate) use cim_core::{
    CimType, ClassDescriptor, ClassFlags, Embedded, MethodDescriptor, ParameterDescriptor,
    PropertyDescriptor, PropertyFlags, Qualifier, QualifierValue, ValueMap,
};

/// What most properties are; a table names what is different.
pub(crate) const PROPERTY: PropertyDescriptor = PropertyDescriptor {
    name: "",
    ty: CimType::String,
    is_array: false,
    array_size: None,
    reference_class: None,
    embedded: Embedded::No,
    flags: FLAGS,
    value_map: None,
    max_len: None,
    min_value: None,
    max_value: None,
    default: QualifierValue::Null,
    class_origin: "",
    qualifiers: &[],
};

/// `Read` is true by default, all others are false (DSP0004 5.6.3).
pub(crate) const FLAGS: PropertyFlags = PropertyFlags {
    key: false,
    required: false,
    read: true,
    write: false,
    octet_string: false,
};

/// The qualifier as a subclass has it from a superclass.
pub(crate) const fn propagated(qualifier: Qualifier) -> Qualifier {
    Qualifier {
        propagated: true,
        ..qualifier
    }
}
