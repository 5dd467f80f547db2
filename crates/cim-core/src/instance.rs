//! Instances: values laid out by their class descriptor.

use crate::{ClassDescriptor, KeyValue, ObjectPath, PropertyDescriptor, Value};

/// An instance of a class.
///
/// Each property of the class has one slot. An empty slot is *absent*: the sender said nothing about
/// it. `Some(Value::Null)` is an explicit NULL. The difference matters to Put, Create and template
/// overrides; readers that do not care use [`Instance::value`].
#[derive(Clone)]
pub struct Instance {
    class: &'static ClassDescriptor,
    values: Box<[Option<Value>]>,
}

const NULL: &Value = &Value::Null;

impl Instance {
    /// An instance with every property absent.
    pub fn new(class: &'static ClassDescriptor) -> Self {
        Self {
            class,
            values: (0..class.properties.len()).map(|_| None).collect(),
        }
    }

    /// Its class.
    pub const fn class(&self) -> &'static ClassDescriptor {
        self.class
    }

    /// The value at a position of `class().properties`; `None` if absent.
    pub fn at(&self, position: usize) -> Option<&Value> {
        self.values.get(position).and_then(Option::as_ref)
    }

    /// Sets the value at a position of `class().properties`; a position beyond them is ignored.
    pub fn set_at(&mut self, position: usize, value: impl Into<Option<Value>>) {
        if let Some(slot) = self.values.get_mut(position) {
            *slot = value.into();
        }
    }

    /// The slot at a position of `class().properties`, for readers that fill an instance piece by
    /// piece.
    pub fn slot_mut(&mut self, position: usize) -> Option<&mut Option<Value>> {
        self.values.get_mut(position)
    }

    /// The value of the named property; `None` if absent or if the class has no such property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.class.property(name).and_then(|(at, _)| self.at(at))
    }

    /// The value of the named property; NULL if absent or if the class has no such property.
    pub fn value(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(NULL)
    }

    /// The text of the named string property.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value(name).as_str()
    }

    /// Sets the named property; returns whether the class has it.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) -> bool {
        match self.class.property(name) {
            Some((at, _)) => {
                self.values[at] = Some(value.into());
                true
            }
            None => false,
        }
    }

    /// Makes the named property absent.
    pub fn unset(&mut self, name: &str) {
        if let Some((at, _)) = self.class.property(name) {
            self.values[at] = None;
        }
    }

    /// The instance with one property set; for building instances in one expression.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let known = self.set(name, value);
        debug_assert!(known, "class {} has no property {name}", self.class.name);
        self
    }

    /// The properties that are present, with their descriptors, in descriptor order.
    pub fn present(&self) -> impl Iterator<Item = (&'static PropertyDescriptor, &Value)> {
        self.class
            .properties
            .iter()
            .zip(self.values.iter())
            .filter_map(|(property, value)| value.as_ref().map(|value| (property, value)))
    }

    /// The path of the instance: its class and key values, without a namespace.
    pub fn path(&self) -> ObjectPath {
        let keys = self.class.keys.iter().map(|at| {
            let at = usize::from(*at);
            let value = self.at(at).cloned().unwrap_or(Value::Null);
            (
                self.class.properties[at].name.to_owned(),
                KeyValue::from_value(value),
            )
        });
        ObjectPath {
            namespace: None,
            class: self.class.name.to_owned(),
            keys: keys.collect(),
        }
    }

    /// The same values as an instance of another class of the same line: properties that both have
    /// are kept. Used to answer as a superclass.
    pub fn as_class(&self, class: &'static ClassDescriptor) -> Self {
        let mut other = Self::new(class);
        for (at, property) in class.properties.iter().enumerate() {
            other.values[at] = self.get(property.name).cloned();
        }
        other
    }
}

/// The class name and the present values; the whole descriptor would drown them. Secrets (properties
/// that may not be read) are not shown: this goes to logs.
impl std::fmt::Debug for Instance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct(self.class.name);
        for (property, value) in self.present() {
            if property.flags.read {
                out.field(property.name, value);
            } else {
                out.field(property.name, &"(secret)");
            }
        }
        out.finish()
    }
}

/// Equal class and equal values; absent and NULL are the same here, and an empty array is NULL, because
/// no reader can tell them apart (spec/cimi-cim 7).
impl PartialEq for Instance {
    fn eq(&self, other: &Self) -> bool {
        fn normal(value: &Option<Value>) -> &Value {
            match value {
                None => NULL,
                Some(Value::Array(items)) if items.is_empty() => NULL,
                Some(value) => value,
            }
        }
        self.class.name == other.class.name
            && self.values.len() == other.values.len()
            && self
                .values
                .iter()
                .zip(&other.values)
                .all(|(a, b)| normal(a) == normal(b))
    }
}
