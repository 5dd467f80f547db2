//! Values for which the model has no type (DSP0263: `any`): JSON as it came, and the text or elements
//! that XML has for it.

use std::borrow::Cow;

use cim_core::{ClassDescriptor, Instance, Value};
use serde::de::IgnoredAny;

use crate::model::{ClassModel, RestModel};
use crate::words;

/// Such a value, as the structure that keeps it.
pub(crate) fn keep(
    model: &RestModel,
    class: &'static ClassDescriptor,
    name: &str,
    format: &str,
    text: &str,
) -> Value {
    let mut instance = Instance::new(class);
    if let Some(at) = model.class(class).extension {
        instance.set_at(at.name, Value::from(name));
        instance.set_at(at.format, Value::from(format));
        instance.set_at(at.value, Value::from(text));
    }
    instance.into()
}

/// Format and text of a kept value.
pub(crate) fn kept<'v>(class: &ClassModel, instance: &'v Instance) -> Option<(&'v str, &'v str)> {
    let at = class.extension?;
    let text = |position| instance.at(position).and_then(Value::as_str);
    Some((text(at.format)?, text(at.value)?))
}

/// The XML text of a JSON value: itself, but a string that is no JSON stands without quotes.
pub(crate) fn xml_text(json: &str) -> Cow<'_, str> {
    match serde_json::from_str::<String>(json) {
        Ok(text) if !text.is_empty() && !is_json(&text) => Cow::Owned(text),
        _ => Cow::Borrowed(json),
    }
}

/// The JSON value that an XML text stands for; none for no text.
pub(crate) fn json_of(text: &str) -> Option<Cow<'_, str>> {
    if text.is_empty() {
        None
    } else if is_json(text) {
        Some(Cow::Borrowed(text))
    } else {
        serde_json::to_string(text).ok().map(Cow::Owned)
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Of the kinds that a structure may be, the one whose necessary members are all there.
pub(crate) fn kind<'m>(
    model: &'m RestModel,
    class: &'m ClassModel,
    has: impl Fn(&str) -> bool,
) -> &'m ClassModel {
    let kinds = class.kinds.iter().map(|kind| model.class(kind));
    let mut fitting = kinds.filter(|kind| {
        let mut necessary = kind
            .shape
            .members
            .iter()
            .filter(|m| m.property.is_some_and(|p| p.flags.required))
            .peekable();
        necessary.peek().is_some() && necessary.all(|m| has(m.name))
    });
    fitting.next().unwrap_or(class)
}

/// Whether a JSON string is the XML element of that name, as an answer in JSON has one.
pub(crate) fn is_element(text: &str, name: &str) -> bool {
    let whole = || -> Result<bool, xml_wire::XmlError> {
        let mut reader = xml_wire::Reader::new(text, &xml_wire::Limits::default())?;
        let named = reader.root()?.local() == name;
        reader.skip()?;
        reader.finish()?;
        Ok(named)
    };
    text.starts_with('<') && !text.starts_with("<?") && whole().unwrap_or(false)
}

/// The format of a JSON value, and its text.
pub(crate) fn of_json<'j>(json: &'j str, element: Option<&str>) -> (&'static str, Cow<'j, str>) {
    if let Some(name) = element
        && json.starts_with("\"<")
        && let Ok(text) = serde_json::from_str::<String>(json)
        && is_element(&text, name)
    {
        return (words::FORMAT_XML, Cow::Owned(text));
    }
    (words::FORMAT_JSON, Cow::Borrowed(json))
}

#[cfg(test)]
mod tests {
    use super::{json_of, xml_text};

    #[test]
    fn texts_of_values_come_back() {
        for (json, text) in [
            ("true", "true"),
            ("5", "5"),
            (r#"["a",1]"#, r#"["a",1]"#),
            (r#""STARTED,STOPPED""#, "STARTED,STOPPED"),
            (r#""true""#, r#""true""#),
            (r#""""#, r#""""#),
            (r#"" ""#, " "),
        ] {
            assert_eq!(xml_text(json), text);
            assert_eq!(json_of(text).as_deref(), Some(json));
        }
        assert_eq!(json_of(""), None);
    }
}
