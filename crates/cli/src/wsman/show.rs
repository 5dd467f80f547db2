//! What services say as JSON values: the common ground of tables and JSON output.

use cim_core::{Instance, Value};
use serde_json::{Map, Value as Json};
use wsman_client::client::{Item, Node, Object};

use super::address::shown;
use super::context;
use crate::failure::Failure;

/// Under which name a JSON object says what class it is.
pub(super) const CLASS: &str = "@class";
/// Where the reference to an instance is.
pub(super) const REFERENCE: &str = "@reference";
/// Under which name it says the resource URI, where the class is not known here.
const URI: &str = "@uri";

/// An instance, by its class descriptor if that has all that is in it, and element by element otherwise.
pub(super) fn object(object: &Object) -> Result<Map<String, Json>, Failure> {
    if let Ok(instance) = object.instance(&context()) {
        return Ok(self::instance(&instance));
    }
    let tree = object.tree().map_err(Failure::new)?;
    let mut map = content(&tree);
    map.insert(CLASS.into(), object.name().into());
    map.insert(URI.into(), object.namespace().into());
    Ok(map)
}

/// An item of an enumeration.
pub(super) fn item(item: &Item) -> Result<Map<String, Json>, Failure> {
    let mut map = match &item.object {
        Some(object) => self::object(object)?,
        None => Map::new(),
    };
    if let Some(reference) = &item.reference {
        map.insert(REFERENCE.into(), shown(reference).into());
    }
    Ok(map)
}

fn instance(instance: &Instance) -> Map<String, Json> {
    let mut map = Map::new();
    map.insert(CLASS.into(), instance.class().name.into());
    for (property, value) in instance.present() {
        map.insert(property.name.to_owned(), self::value(value));
    }
    map
}

/// A CIM value.
pub(super) fn value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(value) => Json::Bool(*value),
        Value::Unsigned(value) => Json::from(*value),
        Value::Signed(value) => Json::from(*value),
        Value::Real(value) => Json::from(*value),
        Value::Char16(unit) => Json::String(String::from_utf16_lossy(&[*unit])),
        Value::String(text) => Json::String(text.to_string()),
        Value::DateTime(time) => Json::String(time.to_xs()),
        Value::Reference(path) => Json::String(path.to_string()),
        Value::Instance(instance) => Json::Object(self::instance(instance)),
        Value::Array(values) => Json::Array(values.iter().map(self::value).collect()),
    }
}

/// An element without a descriptor.
fn node(node: &Node) -> Json {
    if node.is_nil() {
        return Json::Null;
    }
    if let Some(time) = node.datetime() {
        return time.into();
    }
    if let Some(reference) = node.reference() {
        return shown(&reference).into();
    }
    let map = content(node);
    if map.is_empty() {
        return node.text.clone().into();
    }
    Json::Object(map)
}

/// Attributes and children of an element; several children of one name are an array.
pub(super) fn content(node: &Node) -> Map<String, Json> {
    let mut map = Map::new();
    for (namespace, name, value) in &node.attributes {
        // How values are written, not what they are.
        if namespace != xml_wire::ns::XSI {
            map.insert(format!("@{name}"), value.clone().into());
        }
    }
    let mut arrays: Vec<&str> = Vec::new();
    for child in &node.children {
        let value = self::node(child);
        match map.get_mut(&child.name) {
            None => {
                map.insert(child.name.clone(), value);
            }
            Some(Json::Array(values)) if arrays.contains(&child.name.as_str()) => {
                values.push(value);
            }
            Some(first) => {
                let first_value = first.take();
                *first = Json::Array(vec![first_value, value]);
                arrays.push(&child.name);
            }
        }
    }
    if !map.is_empty() && !node.text.is_empty() {
        map.insert("#text".into(), node.text.clone().into());
    }
    map
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn known_and_unknown_classes() {
        let text = "<p:CIMI_Machine xmlns:p='http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIMI_Machine'>\
                    <p:CPU>2</p:CPU><p:ElementName>2</p:ElementName></p:CIMI_Machine>";
        let known = object(&Object::parse(text).unwrap()).unwrap();
        assert_eq!(
            Json::Object(known),
            json!({"@class": "CIMI_Machine", "Cpu": 2, "ElementName": "2"})
        );
        // One property that the descriptor does not have, and nothing is lost.
        let text = text.replace("<p:CPU>", "<p:Vendor a='b'>x</p:Vendor><p:CPU>");
        let unknown = object(&Object::parse(&text).unwrap()).unwrap();
        assert_eq!(unknown["Vendor"], json!({"@a": "b", "#text": "x"}));
        assert_eq!(unknown["CPU"], json!("2"));

        let text = "<v:V xmlns:v='urn:v' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><v:A>1</v:A><v:B xsi:nil='true'/>\
                    <v:A>2</v:A><v:A>3</v:A><v:E><v:F>4</v:F></v:E></v:V>";
        let vendor = object(&Object::parse(text).unwrap()).unwrap();
        assert_eq!(
            Json::Object(vendor),
            json!({"@class": "V", "@uri": "urn:v", "A": ["1", "2", "3"], "B": null, "E": {"F": "4"}})
        );
    }
}
