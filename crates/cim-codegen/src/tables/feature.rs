//! The table of a property, parameter or method.

use cim_core::{
    Embedded, MethodDescriptor, PropertyDescriptor, PropertyFlags, Qualifier, QualifierValue,
    ValueMap,
};

use super::Constructors;
use crate::source::{Source, list, literal, literals};

/// A property, with `front` before it and `back` behind.
pub(crate) fn property(
    out: &mut Source,
    front: &str,
    back: &str,
    property: &PropertyDescriptor,
    constructors: &Constructors,
) {
    out.open(format_args!("{front}PropertyDescriptor {{"));
    out.line(format_args!("name: {},", literal(property.name)));
    out.line(format_args!("ty: CimType::{:?},", property.ty));
    if property.is_array {
        out.line("is_array: true,");
    }
    if let Some(size) = property.array_size {
        out.line(format_args!("array_size: Some({size}),"));
    }
    if let Some(class) = property.reference_class {
        out.line(format_args!("reference_class: Some({}),", literal(class)));
    }
    match property.embedded {
        Embedded::No => {}
        Embedded::Instance(class) => out.line(format_args!(
            "embedded: Embedded::Instance({}),",
            literal(class)
        )),
        Embedded::Object => out.line("embedded: Embedded::Object,"),
    }
    flags(out, property.flags);
    if let Some(map) = property.value_map {
        value_map(out, "value_map: Some(ValueMap {", "}),", map);
    }
    if let Some(n) = property.max_len {
        out.line(format_args!("max_len: Some({n}),"));
    }
    if let Some(n) = property.min_value {
        out.line(format_args!("min_value: Some({n}),"));
    }
    if let Some(n) = property.max_value {
        out.line(format_args!("max_value: Some({n}),"));
    }
    if property.default != QualifierValue::Null {
        out.line(format_args!("default: {},", value(property.default)));
    }
    out.line(format_args!(
        "class_origin: {},",
        literal(property.class_origin)
    ));
    qualifiers(out, property.qualifiers, constructors);
    out.line("..PropertyDescriptor::DEFAULT");
    out.close(format_args!("}}{back}"));
}

fn flags(out: &mut Source, flags: PropertyFlags) {
    let mut different = Vec::new();
    if flags.key {
        different.push("key: true");
    }
    if flags.required {
        different.push("required: true");
    }
    if !flags.read {
        different.push("read: false");
    }
    if flags.write {
        different.push("write: true");
    }
    if flags.octet_string {
        different.push("octet_string: true");
    }
    if !different.is_empty() {
        out.line(format_args!(
            "flags: PropertyFlags {{ {}, ..PropertyFlags::DEFAULT }},",
            list(different)
        ));
    }
}

/// A method, with `front` before it and `back` behind.
pub(crate) fn method(
    out: &mut Source,
    front: &str,
    back: &str,
    method: &MethodDescriptor,
    constructors: &Constructors,
) {
    out.open(format_args!("{front}MethodDescriptor {{"));
    out.line(format_args!("name: {},", literal(method.name)));
    match method.returns {
        Some(ty) => out.line(format_args!("returns: Some(CimType::{ty:?}),")),
        None => out.line("returns: None,"),
    }
    match method.value_map {
        Some(map) => value_map(out, "value_map: Some(ValueMap {", "}),", map),
        None => out.line("value_map: None,"),
    }
    if method.parameters.is_empty() {
        out.line("parameters: &[],");
    } else {
        out.open("parameters: &[");
        for parameter in method.parameters {
            out.open("ParameterDescriptor {");
            property(out, "value: ", ",", &parameter.value, constructors);
            out.line(format_args!("input: {},", parameter.input));
            out.line(format_args!("output: {},", parameter.output));
            out.close("},");
        }
        out.close("],");
    }
    out.line(format_args!("is_static: {},", method.is_static));
    out.line(format_args!(
        "class_origin: {},",
        literal(method.class_origin)
    ));
    qualifiers(out, method.qualifiers, constructors);
    out.close(format_args!("}}{back}"));
}

/// The qualifiers of an element, a line each.
pub(crate) fn qualifiers(out: &mut Source, qualifiers: &[Qualifier], constructors: &Constructors) {
    let items: Vec<String> = qualifiers
        .iter()
        .map(|qualifier| {
            let constructor = constructors
                .get(&(qualifier.name, qualifier.flavor, Kind::of(qualifier.value)))
                .map_or("", String::as_str);
            let inherited = match (qualifier.propagated, qualifier.value) {
                (false, _) => "",
                (true, QualifierValue::Null) => "inherited",
                (true, _) => ", inherited",
            };
            format!("q::{constructor}!({}{inherited})", bare(qualifier.value))
        })
        .collect();
    out.slice("qualifiers: ", &items);
}

fn value_map(out: &mut Source, front: &str, back: &str, map: ValueMap) {
    out.open(front);
    out.line(format_args!("values: {},", literals(map.values)));
    out.line(format_args!("names: {},", literals(map.names)));
    out.close(back);
}

/// What a value is: the name of its variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Null,
    Boolean,
    Unsigned,
    Signed,
    Real,
    String,
    Strings,
    Integers,
    Booleans,
}

impl Kind {
    pub(crate) fn of(value: QualifierValue) -> Self {
        match value {
            QualifierValue::Null => Self::Null,
            QualifierValue::Boolean(_) => Self::Boolean,
            QualifierValue::Unsigned(_) => Self::Unsigned,
            QualifierValue::Signed(_) => Self::Signed,
            QualifierValue::Real(_) => Self::Real,
            QualifierValue::String(_) => Self::String,
            QualifierValue::Strings(_) => Self::Strings,
            QualifierValue::Integers(_) => Self::Integers,
            QualifierValue::Booleans(_) => Self::Booleans,
        }
    }
}

/// A value of [`QualifierValue`].
fn value(value: QualifierValue) -> String {
    match Kind::of(value) {
        Kind::Null => "QualifierValue::Null".to_owned(),
        kind => format!("QualifierValue::{kind:?}({})", bare(value)),
    }
}

/// What the variant holds.
fn bare(value: QualifierValue) -> String {
    match value {
        QualifierValue::Null => String::new(),
        QualifierValue::Boolean(b) => b.to_string(),
        QualifierValue::Unsigned(n) => n.to_string(),
        QualifierValue::Signed(n) => n.to_string(),
        QualifierValue::Real(n) => real(n),
        QualifierValue::String(text) => literal(text),
        QualifierValue::Strings(items) => literals(items),
        QualifierValue::Integers(items) => format!("&[{}]", list(items)),
        QualifierValue::Booleans(items) => format!("&[{}]", list(items)),
    }
}

/// A number as Rust writes it, whatever it is.
fn real(n: f64) -> String {
    if n.is_finite() {
        format!("{n:?}f64")
    } else if n.is_nan() {
        "f64::NAN".to_owned()
    } else if n > 0.0 {
        "f64::INFINITY".to_owned()
    } else {
        "f64::NEG_INFINITY".to_owned()
    }
}
