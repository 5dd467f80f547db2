//! What a provider takes and gives, as JSON: for bindings without a form of their own, and for showing an
//! operation to people.
//!
//! It is not CIMI's JSON: names are those of CIM, values say what they are where JSON cannot, and absent is not
//! NULL. Reading is strict; a text from elsewhere gets `InvalidParameter` that names what is wrong.

mod query;
mod results;

pub use query::{query, read_query};
pub use results::{
    created, event_page, invoked, outcome, page, read_created, read_event_page, read_invoked,
    read_outcome, read_page, read_resource, resource,
};

use cim_core::{CimError, DateTime, ErrorKind, Instance, KeyValue, ObjectPath, Schema, Value};
use serde_json::{Map, Value as Json, json};

use crate::Parameters;

/// The error for a text that lacks something, or has something else there.
pub fn wrong(what: &str) -> CimError {
    CimError::new(
        ErrorKind::InvalidParameter,
        format!("{what} is missing, or is not what it should be."),
    )
    .with_subject(what)
}

/// A text.
///
/// # Errors
/// See [`wrong`].
pub fn read_text<'j>(json: &'j Json, name: &str) -> Result<&'j str, CimError> {
    json[name].as_str().ok_or_else(|| wrong(name))
}

/// A number.
///
/// # Errors
/// See [`wrong`].
pub fn read_number(json: &Json, name: &str) -> Result<u64, CimError> {
    json[name].as_u64().ok_or_else(|| wrong(name))
}

/// A value: strings, booleans and unsigned integers as they are, others in an object that names their type.
pub fn value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(b) => json!(b),
        Value::Unsigned(n) => json!(n),
        Value::Signed(n) => json!({ "signed": n }),
        // Bit by bit: NaN and infinity are no JSON.
        Value::Real(n) => json!({ "real": n.to_bits() }),
        Value::Char16(c) => json!({ "char16": c }),
        Value::String(text) => json!(text.as_str()),
        Value::DateTime(time) => json!({ "datetime": time.to_string() }),
        Value::Reference(to) => json!({ "reference": path(to) }),
        Value::Instance(inner) => instance(inner),
        Value::Array(items) => items.iter().map(self::value).collect(),
    }
}

/// Reads a [`value`].
///
/// # Errors
/// See [`wrong`].
pub fn read_value(schema: &Schema, json: &Json) -> Result<Value, CimError> {
    let object = match json {
        Json::Null => return Ok(Value::Null),
        Json::Bool(b) => return Ok(Value::Boolean(*b)),
        Json::Number(n) => {
            let n = n.as_u64().ok_or_else(|| wrong("an unsigned integer"))?;
            return Ok(Value::Unsigned(n));
        }
        Json::String(text) => return Ok(Value::from(text.as_str())),
        Json::Array(items) => {
            let items = items.iter().map(|item| read_value(schema, item));
            return Ok(Value::Array(items.collect::<Result<_, _>>()?));
        }
        Json::Object(object) => object,
    };
    let Some((kind, inner)) = object.iter().next().filter(|_| object.len() == 1) else {
        return read_instance(schema, json).map(Value::from);
    };
    let read = match kind.as_str() {
        "signed" => inner.as_i64().map(Value::Signed),
        "real" => inner.as_u64().map(|n| Value::Real(f64::from_bits(n))),
        "char16" => inner
            .as_u64()
            .and_then(|c| u16::try_from(c).ok())
            .map(Value::Char16),
        "datetime" => inner
            .as_str()
            .and_then(|text| DateTime::parse_cim(text).ok())
            .map(Value::DateTime),
        "reference" => return read_path(inner).map(Value::from),
        _ => None,
    };
    read.ok_or_else(|| wrong(kind))
}

/// An instance: its class, and the properties that are present.
pub fn instance(instance: &Instance) -> Json {
    let values: Map<String, Json> = instance
        .present()
        .map(|(property, value)| (property.name.to_owned(), self::value(value)))
        .collect();
    json!({ "class": instance.class().name, "values": values })
}

/// Reads an [`instance`].
///
/// # Errors
/// See [`wrong`]; `InvalidClass` and `NoSuchProperty`.
pub fn read_instance(schema: &Schema, json: &Json) -> Result<Instance, CimError> {
    let mut instance = Instance::new(class(schema, read_text(json, "class")?)?);
    for (name, json) in json["values"].as_object().into_iter().flatten() {
        if !instance.set(name, read_value(schema, json)?) {
            let message = format!("{} has no property {name}.", instance.class().name);
            return Err(CimError::new(ErrorKind::NoSuchProperty, message).with_subject(name));
        }
    }
    Ok(instance)
}

/// The class of that name.
///
/// # Errors
/// `InvalidClass`, naming the class that may be meant.
pub fn class(schema: &Schema, name: &str) -> Result<&'static cim_core::ClassDescriptor, CimError> {
    schema.class(name).ok_or_else(|| {
        let hint = schema
            .nearest_class(name)
            .map_or(String::new(), |near| format!(" Did you mean {near}?"));
        let message = format!("There is no class {name}.{hint}");
        CimError::new(ErrorKind::InvalidClass, message).with_subject(name)
    })
}

/// A path: its class and its keys.
pub fn path(path: &ObjectPath) -> Json {
    let keys = path.keys.iter().map(|(name, key)| match key {
        KeyValue::String(text) => json!([name, text]),
        KeyValue::Boolean(b) => json!([name, b]),
        KeyValue::Unsigned(n) => json!([name, n]),
        KeyValue::Signed(n) => json!([name, n]),
        KeyValue::Reference(to) => json!([name, self::path(to)]),
    });
    json!({ "class": path.class, "keys": keys.collect::<Json>() })
}

/// Reads a [`path`].
///
/// # Errors
/// See [`wrong`].
pub fn read_path(json: &Json) -> Result<ObjectPath, CimError> {
    let mut path = ObjectPath::of_class(read_text(json, "class")?);
    for key in json["keys"].as_array().into_iter().flatten() {
        let name = key[0].as_str().ok_or_else(|| wrong("keys"))?;
        let value = match &key[1] {
            Json::String(text) => KeyValue::String(text.clone()),
            Json::Bool(b) => KeyValue::Boolean(*b),
            Json::Number(n) => match (n.as_u64(), n.as_i64()) {
                (Some(n), _) => KeyValue::Unsigned(n),
                (None, Some(n)) => KeyValue::Signed(n),
                (None, None) => return Err(wrong(name)),
            },
            to => KeyValue::Reference(Box::new(read_path(to)?)),
        };
        path.keys.push((name.to_owned(), value));
    }
    Ok(path)
}

/// Values by name: parameters, changes.
pub fn named<'v>(values: impl IntoIterator<Item = (&'v str, &'v Value)>) -> Json {
    let values = values.into_iter();
    let values = values.map(|(name, value)| (name.to_owned(), self::value(value)));
    Json::Object(values.collect())
}

/// Reads [`named`] values.
///
/// # Errors
/// See [`wrong`].
pub fn read_named(schema: &Schema, json: &Json) -> Result<Parameters, CimError> {
    let all = json.as_object().into_iter().flatten();
    let all = all.map(|(name, json)| Ok((name.clone(), read_value(schema, json)?)));
    all.collect()
}

/// An error, without what only the log may know.
pub fn error(error: &CimError) -> Json {
    json!({
        "error": error.kind().name(),
        "message": error.message(),
        "subject": error.subject(),
        "retry_after": error.retry_after_seconds(),
    })
}

/// Reads an [`error`]; `None` if it is none.
pub fn read_error(json: &Json) -> Option<CimError> {
    let kind = ErrorKind::from_name(json["error"].as_str()?).unwrap_or(ErrorKind::BackEnd);
    let mut error = CimError::new(kind, json["message"].as_str().unwrap_or_default());
    if let Some(subject) = json["subject"].as_str() {
        error = error.with_subject(subject);
    }
    if let Some(seconds) = json["retry_after"].as_u64() {
        error = error.with_retry_after(u32::try_from(seconds).unwrap_or(u32::MAX));
    }
    Some(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_back_as_it_was() {
        let schema = cimi_model::schema();
        let property = Instance::new(schema.class("CIMI_Property").unwrap()).with("Name", "k");
        let machine = Instance::new(schema.class("CIMI_Machine").unwrap())
            .with("InstanceID", "machines/1")
            .with("Cpu", 2_u64)
            .with("Description", Value::Null)
            .with(
                "Created",
                DateTime::parse_cim("20261124100000.000000+060").unwrap(),
            )
            .with("Properties", Value::Array(vec![Value::from(property)]));
        let read = read_instance(schema, &instance(&machine)).unwrap();
        assert_eq!(
            format!("{read:?}"),
            format!("{machine:?}"),
            "absent is not NULL"
        );

        let mut disk = ObjectPath::of_class("CIMI_MachineDisk");
        let keys = [
            (
                "GroupComponent",
                KeyValue::Reference(Box::new(machine.path())),
            ),
            ("A", KeyValue::Signed(-1)),
            ("B", KeyValue::Unsigned(1)),
            ("C", KeyValue::Boolean(true)),
        ];
        disk.keys
            .extend(keys.map(|(name, key)| (name.to_owned(), key)));
        assert_eq!(read_path(&path(&disk)).unwrap(), disk);
        for given in [
            Value::Signed(-3),
            Value::Real(f64::INFINITY),
            Value::Char16(0xd800),
            Value::from(disk),
        ] {
            assert_eq!(read_value(schema, &value(&given)).unwrap(), given);
        }
        let told = CimError::new(ErrorKind::InUse, "no")
            .with_subject("s")
            .with_retry_after(3);
        let read = read_error(&error(&told)).unwrap();
        assert_eq!(
            (read.kind(), read.subject(), read.retry_after_seconds()),
            (ErrorKind::InUse, Some("s"), Some(3))
        );
        for nonsense in [
            json!(-1),
            json!({"x": 1}),
            json!({"class": "CIMI_Machin", "values": {}}),
        ] {
            read_value(schema, &nonsense).unwrap_err();
        }
    }
}
