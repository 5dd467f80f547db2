//! Whether what a client sends may be stored: types, ranges, lengths, value maps, at every depth.

use cim_core::{CimError, Embedded, ErrorKind, Instance, PropertyDescriptor, Value};

use super::model::{Access, access, names};

/// Instances inside instances that a client may send.
const MAX_DEPTH: usize = 8;

/// Refuses a value that may not stand in a property. NULL always may; who needs a value checks that.
pub(crate) fn check_value(property: &PropertyDescriptor, value: &Value) -> Result<(), CimError> {
    check(property, value, property.name, 0)
}

fn check(
    property: &PropertyDescriptor,
    value: &Value,
    path: &str,
    depth: usize,
) -> Result<(), CimError> {
    if !property.accepts(value) {
        let array = if property.is_array { "[]" } else { "" };
        let expected = match property.embedded {
            Embedded::Instance(class) => format!("an embedded {class}"),
            Embedded::Object => "an embedded object".to_owned(),
            Embedded::No => property.ty.to_string(),
        };
        return Err(CimError::new(
            ErrorKind::TypeMismatch,
            format!(
                "{path} is {expected}{array}; {} cannot stand there.",
                value.kind()
            ),
        )
        .with_subject(path));
    }
    for item in value.elements() {
        check_one(property, item, path, depth)?;
    }
    if property.embedded == Embedded::Instance("CIMI_Property") {
        check_names(value, path)?;
    }
    Ok(())
}

fn check_one(
    property: &PropertyDescriptor,
    value: &Value,
    path: &str,
    depth: usize,
) -> Result<(), CimError> {
    let wrong = |why: String| {
        Err(CimError::new(ErrorKind::InvalidParameter, format!("{path}: {why}")).with_subject(path))
    };
    match value {
        Value::String(text) => {
            if let Some(max) = property.max_len
                && text.chars().count() as u64 > max
            {
                return wrong(format!("the text is longer than {max} characters."));
            }
            if let Some(map) = &property.value_map
                && !map.is_open()
                && !map.values.contains(&text.as_str())
            {
                return wrong(format!("`{text}` is none of {}.", map.values.join(", ")));
            }
            if property.reference_class.is_some() && (text.is_empty() || text.contains('\0')) {
                return wrong("a reference is never empty and has no NUL in it.".to_owned());
            }
        }
        Value::Unsigned(_) | Value::Signed(_) => {
            let number = match *value {
                Value::Unsigned(n) => i128::from(n),
                Value::Signed(n) => i128::from(n),
                _ => 0,
            };
            if let Some(min) = property.min_value
                && number < i128::from(min)
            {
                return wrong(format!("{number} is less than {min}."));
            }
            if let Some(max) = property.max_value
                && number > i128::from(max)
            {
                return wrong(format!("{number} is more than {max}."));
            }
        }
        Value::Instance(inner) => {
            if depth >= MAX_DEPTH {
                return wrong(format!("instances are nested deeper than {MAX_DEPTH}."));
            }
            for (property, value) in inner.present() {
                let path = format!("{path}.{}", property.name);
                check(property, value, &path, depth + 1)?;
            }
            // A resource by value may leave out what its class says otherwise; a structure is all there is.
            let class = inner.class();
            if class.flags.is_structure
                && let Some(needed) = class
                    .properties
                    .iter()
                    .find(|p| p.flags.required && inner.value(p.name).is_null())
            {
                return Err(CimError::new(
                    ErrorKind::MissingValue,
                    format!("{path}: {} needs a value for {}.", class.name, needed.name),
                )
                .with_subject(format!("{path}.{}", needed.name)));
            }
        }
        _ => {}
    }
    Ok(())
}

/// A map has every name once.
fn check_names(value: &Value, path: &str) -> Result<(), CimError> {
    let mut seen = std::collections::BTreeSet::new();
    for entry in value.elements().iter().filter_map(Value::as_instance) {
        match entry.text("Name") {
            None => {
                return Err(CimError::new(
                    ErrorKind::MissingValue,
                    format!("An entry of {path} has no Name."),
                )
                .with_subject(path));
            }
            Some(name) if !seen.insert(name) => {
                return Err(CimError::new(
                    ErrorKind::InvalidParameter,
                    format!("{path} has two entries with the name `{name}`."),
                )
                .with_subject(path));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// What of an instance that a client sent a new resource takes over: checked values of properties that
/// the client may set. Others are left out: DSP0263 4.2.1.3 ignores attempts to set them, and whoever
/// copies a resource sends them.
pub(crate) fn settable(instance: &Instance) -> Result<Instance, CimError> {
    let mut taken = Instance::new(instance.class());
    for (at, property) in instance.class().properties.iter().enumerate() {
        let Some(value) = instance.at(at).filter(|value| !value.is_null()) else {
            continue;
        };
        if access(property) == Access::ReadOnly {
            continue;
        }
        check_value(property, value)?;
        taken.set_at(at, value.clone());
    }
    Ok(taken)
}

/// Gives a new resource the default values of its class, and refuses it if something required is
/// missing.
pub(crate) fn complete(instance: &mut Instance) -> Result<(), CimError> {
    for (at, property) in instance.class().properties.iter().enumerate() {
        if instance.at(at).is_none_or(Value::is_null)
            && let Some(value) = property.default_value()
        {
            instance.set_at(at, value);
        }
        if property.flags.required
            && !property.name.eq_ignore_ascii_case(names::ID)
            && instance.at(at).is_none_or(Value::is_null)
        {
            return Err(missing(instance.class().name, property.name));
        }
    }
    Ok(())
}

/// The error for a property that must be given.
pub(crate) fn missing(class: &str, property: &str) -> CimError {
    CimError::new(
        ErrorKind::MissingValue,
        format!("{class} needs a value for {property}."),
    )
    .with_subject(property)
}
