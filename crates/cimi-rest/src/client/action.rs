//! The body of an action (DSP0263 4.2.1.5).

use serde_json::{Map, Value, json};
use xml_wire::Writer;

use crate::{Format, words};

/// An action: what is to be done, and with what.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    pub(super) rel: String,
    parameters: Vec<(String, ActionValue)>,
    properties: Vec<(String, String)>,
}

/// A parameter of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionValue {
    /// A boolean, such as `force`.
    Boolean(bool),
    /// A text or a URI, such as `destination`.
    Text(String),
    /// A link to a resource, such as `image`.
    Link(String),
}

impl From<&str> for Action {
    /// The action with that URI or last segment, and nothing else.
    fn from(rel: &str) -> Self {
        Self::new(rel)
    }
}

impl Action {
    /// The action with that URI, or its last segment (`start`).
    pub fn new(rel: impl Into<String>) -> Self {
        Self {
            rel: rel.into(),
            parameters: Vec::new(),
            properties: Vec::new(),
        }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: ActionValue) -> Self {
        self.parameters.push((name.into(), value));
        self
    }

    /// Does it even where it is not gentle, as pulling the plug of a machine.
    #[must_use]
    pub fn force(self) -> Self {
        self.with("force", ActionValue::Boolean(true))
    }

    /// Adds an option of the service's own.
    #[must_use]
    pub fn property(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.push((key.into(), value.into()));
        self
    }

    /// The body, for an action that was named by its whole URI.
    pub fn document(&self, format: Format, namespace: &str) -> String {
        self.write(format, namespace, &self.rel)
    }

    /// The body, with the action's URI as the resource offers it.
    pub(super) fn write(&self, format: Format, namespace: &str, uri: &str) -> String {
        match format {
            Format::Json => self.json(namespace, uri),
            Format::Xml => self.xml(namespace, uri),
        }
    }

    fn json(&self, namespace: &str, uri: &str) -> String {
        let mut body = Map::new();
        body.insert(
            words::RESOURCE_URI.to_owned(),
            json!(format!("{namespace}/{}", words::ACTION_TYPE)),
        );
        body.insert(words::ACTION.to_owned(), json!(uri));
        for (name, value) in &self.parameters {
            let value = match value {
                ActionValue::Boolean(value) => json!(value),
                ActionValue::Text(text) => json!(text),
                ActionValue::Link(href) => json!({ words::HREF: href }),
            };
            body.insert(name.clone(), value);
        }
        if !self.properties.is_empty() {
            let properties: Map<String, Value> = self
                .properties
                .iter()
                .map(|(key, value)| (key.clone(), json!(value)))
                .collect();
            body.insert(words::PROPERTIES.to_owned(), properties.into());
        }
        Value::Object(body).to_string()
    }

    fn xml(&self, namespace: &str, uri: &str) -> String {
        let mut out = String::new();
        let mut writer = Writer::new(&mut out);
        writer.start(words::ACTION_TYPE);
        writer.namespace("", namespace);
        writer.element(words::ACTION, uri);
        for (name, value) in &self.parameters {
            writer.start(name);
            match value {
                ActionValue::Boolean(value) => writer.display(value),
                ActionValue::Text(text) => writer.text(text),
                ActionValue::Link(href) => writer.attribute(words::HREF, href),
            }
            writer.end();
        }
        for (key, value) in &self.properties {
            writer.start("property");
            writer.attribute(words::KEY, key);
            writer.text(value);
            writer.end();
        }
        writer.end();
        out
    }
}
