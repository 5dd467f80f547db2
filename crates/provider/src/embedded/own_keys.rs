//! Classes with keys of their own.
//!
//! A resource of CIMI has one key, the InstanceID, and the service makes it. A class of a vendor that
//! derives from no `CIMI_Resource` may have any keys, and the client gives them; so may an association that
//! the model does not compute, whose keys are references. In the store its instances are known by one name as
//! all others are: the keying class and the keys, as text.

use cim_core::{CimError, ClassDescriptor, ErrorKind, KeyValue, ObjectPath, Schema};

use super::model::names;

/// The longest name in bytes; keys of the store are short.
const MAX_NAME: usize = 2048;

/// Whether instances of the class are named by keys that are not the service's.
pub(crate) fn has(class: &ClassDescriptor) -> bool {
    let flags = class.flags;
    !class.keys.is_empty()
        && !flags.is_structure
        && !flags.is_indication
        && ![
            names::RESOURCE,
            names::MEMBERSHIP,
            names::HOSTED,
            names::CONTAINMENT,
            names::REFERENCE,
        ]
        .iter()
        .any(|base| class.is_a(base))
}

/// The name of an instance in the store. It is the same whatever class of the line the path names:
/// keys come from the class that first has them (DSP0004 5.6.3.20).
///
/// # Errors
/// A key is missing, is not one of the class, or has no value of its type.
pub(crate) fn id(
    schema: &Schema,
    class: &ClassDescriptor,
    path: &ObjectPath,
) -> Result<String, CimError> {
    let name = canonical(schema, class, path)?.to_string();
    if name.contains('\0') || name.len() > MAX_NAME {
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            format!(
                "The keys of a {} take at most {MAX_NAME} bytes, and have no NUL in them.",
                class.name
            ),
        ));
    }
    Ok(name)
}

/// A path in the one form that all paths of the same instance have: no namespace, the keying class, each key
/// with its type, in the order of the class. References in keys are in that form, too.
fn canonical(
    schema: &Schema,
    class: &ClassDescriptor,
    path: &ObjectPath,
) -> Result<ObjectPath, CimError> {
    let wrong = |name: &str, why: String| {
        Err(CimError::new(ErrorKind::InvalidParameter, why).with_subject(name))
    };
    for (name, _) in &path.keys {
        if !class
            .key_properties()
            .any(|key| key.name.eq_ignore_ascii_case(name))
        {
            return wrong(name, format!("`{name}` is no key of {}.", class.name));
        }
    }
    let mut keys = Vec::with_capacity(class.keys.len());
    let mut origin = class.name;
    for key in class.key_properties() {
        origin = key.class_origin;
        let Some(given) = path.key(key.name) else {
            return wrong(
                key.name,
                format!("The path has no {}, a key of {}.", key.name, class.name),
            );
        };
        let value = given.to_value(key.ty).or_else(|| from_text(given, key.ty));
        let Some(value) = value else {
            return wrong(key.name, format!("{} is a {}.", key.name, key.ty));
        };
        let value = match KeyValue::from_value(value) {
            // How deep they lie in each other, whoever read the path has seen to.
            KeyValue::Reference(target) => {
                let Some(class) = schema.class(&target.class) else {
                    return wrong(key.name, format!("There is no class {}.", target.class));
                };
                KeyValue::Reference(Box::new(canonical(schema, class, &target)?))
            }
            other => other,
        };
        keys.push((key.name.to_owned(), value));
    }
    Ok(ObjectPath {
        namespace: None,
        class: origin.to_owned(),
        keys,
    })
}

/// Selectors come as text where nothing says otherwise.
fn from_text(given: &KeyValue, ty: cim_core::CimType) -> Option<cim_core::Value> {
    let text = given.as_str()?;
    let key = match text {
        "true" => KeyValue::Boolean(true),
        "false" => KeyValue::Boolean(false),
        text => match (text.parse(), text.parse()) {
            (Ok(n), _) => KeyValue::Unsigned(n),
            (_, Ok(n)) => KeyValue::Signed(n),
            _ => return None,
        },
    };
    key.to_value(ty)
}
