//! The field types of the typed structures: what CIMI REST has beyond text, numbers and booleans.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A point in time (`xs:dateTime`) or a length of time (`xs:duration`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateTime(pub cim_core::DateTime);

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_xs())
    }
}

impl FromStr for DateTime {
    type Err = cim_core::DateTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim_start().starts_with('P') {
            cim_core::DateTime::parse_xs_duration(text).map(Self)
        } else {
            cim_core::DateTime::parse_xs_datetime(text).map(Self)
        }
    }
}

/// A value that may be sent but is never answered, and never logged.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    /// Hides a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for whoever has to use it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// A reference to a resource or collection (DSP0263 5.5.8).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
pub struct Link {
    /// Its URI, absolute or relative to the base URI of the service.
    #[cfg_attr(feature = "xml", yaserde(attribute = true))]
    pub href: String,
}

/// What may be done with a resource at present (DSP0263 4.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
pub struct Operation {
    /// The operation: `add`, `edit`, `delete`, or the URI of an action.
    #[cfg_attr(feature = "xml", yaserde(attribute = true))]
    pub rel: String,
    /// Where to ask for it.
    #[cfg_attr(feature = "xml", yaserde(attribute = true))]
    pub href: String,
}

/// An entry of a map (DSP0263 5.5.9).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
pub struct Property {
    /// Its key.
    #[cfg_attr(feature = "xml", yaserde(attribute = true))]
    pub key: String,
    /// Its value.
    #[cfg_attr(feature = "xml", yaserde(text = true, default = "no_text"))]
    pub value: String,
}

#[cfg(feature = "xml")]
fn no_text() -> String {
    String::new()
}

/// A URI that is text in JSON and the attribute `href` in XML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[serde(transparent)]
pub struct Uri {
    /// The URI.
    #[cfg_attr(feature = "xml", yaserde(attribute = true))]
    pub href: String,
}

/// A value for which the model has no type, in JSON only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Anything(pub serde_json::Value);

#[cfg(feature = "xml")]
pub(crate) fn nothing<T: Default>() -> T {
    T::default()
}

/// A value of any type, as the text that XML has for it: JSON, except that a string which is no JSON
/// itself stands without quotes.
pub(crate) mod json_text {
    use serde::de::{Deserialize, Deserializer};
    use serde::ser::{Error, Serialize, Serializer};
    use serde_json::Value;

    pub(crate) fn serialize<S: Serializer>(
        text: &Option<String>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let text = text.as_deref().ok_or_else(|| S::Error::custom("no text"))?;
        match serde_json::from_str::<Value>(text) {
            Ok(value) => value.serialize(serializer),
            Err(_) => serializer.serialize_str(text),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<String>, D::Error> {
        Ok(match Option::<Value>::deserialize(deserializer)? {
            None => None,
            Some(Value::String(text)) if serde_json::from_str::<Value>(&text).is_err() => {
                Some(text)
            }
            Some(value) => Some(value.to_string()),
        })
    }
}

/// Attributes beyond the model, by name. An element of XML that the model does not know is a text that
/// begins with `<` under `{namespace}name`; both formats carry both kinds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Extensions(pub BTreeMap<String, serde_json::Value>);

/// A map is an object in JSON; the order of its entries is kept.
pub(crate) mod map {
    use std::fmt;

    use serde::de::{Deserializer, MapAccess, Visitor};
    use serde::ser::{SerializeMap, Serializer};

    use super::Property;

    pub(crate) fn serialize<S: Serializer>(
        entries: &[Property],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(entries.len()))?;
        for entry in entries {
            map.serialize_entry(&entry.key, &entry.value)?;
        }
        map.end()
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Property>, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Vec<Property>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of strings")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Vec::new())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry()? {
                    entries.push(Property { key, value });
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_any(Entries)
    }
}

/// serde, and yaserde by feature, for a type that is text on the wire.
macro_rules! text {
    ($name:ty, write: $write:expr, read: $read:expr) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(&$name) -> std::borrow::Cow<'_, str> = $write;
                serializer.serialize_str(&write(self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read: fn(&str) -> Result<$name, String> = $read;
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                read(&text).map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "xml")]
        impl yaserde::YaSerialize for $name {
            fn serialize<W: std::io::Write>(
                &self,
                writer: &mut yaserde::ser::Serializer<W>,
            ) -> yaserde::Result<()> {
                let write: fn(&$name) -> std::borrow::Cow<'_, str> = $write;
                $crate::xml::write_text(&write(self), writer)
            }

            fn serialize_attributes(
                &self,
                attributes: Vec<xml::attribute::OwnedAttribute>,
                namespace: xml::namespace::Namespace,
            ) -> yaserde::Result<(
                Vec<xml::attribute::OwnedAttribute>,
                xml::namespace::Namespace,
            )> {
                Ok((attributes, namespace))
            }
        }

        #[cfg(feature = "xml")]
        impl yaserde::YaDeserialize for $name {
            fn deserialize<R: std::io::Read>(
                reader: &mut yaserde::de::Deserializer<R>,
            ) -> yaserde::Result<Self> {
                let read: fn(&str) -> Result<$name, String> = $read;
                read(&$crate::xml::read_text(reader)?).map_err(yaserde::Error::custom)
            }
        }
    };
}
pub(crate) use text;

/// The same for a generated enumeration, which never refuses a value.
macro_rules! enumeration {
    ($name:ident) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        $crate::value::text!(
            $name,
            write: |value| std::borrow::Cow::Borrowed(value.as_str()),
            read: |text| Ok($name::from(text))
        );
    };
}
pub(crate) use enumeration;

text!(
    DateTime,
    write: |value| value.to_string().into(),
    read: |text| text.parse().map_err(|e: cim_core::DateTimeError| e.to_string())
);
text!(
    Secret,
    write: |value| value.0.as_str().into(),
    read: |text| Ok(Secret::new(text))
);

/// Nothing: XML carries only what the model has types for.
macro_rules! not_in_xml {
    ($name:ty) => {
        #[cfg(feature = "xml")]
        impl yaserde::YaSerialize for $name {
            fn serialize<W: std::io::Write>(
                &self,
                _: &mut yaserde::ser::Serializer<W>,
            ) -> yaserde::Result<()> {
                Ok(())
            }

            fn serialize_attributes(
                &self,
                attributes: Vec<xml::attribute::OwnedAttribute>,
                namespace: xml::namespace::Namespace,
            ) -> yaserde::Result<(
                Vec<xml::attribute::OwnedAttribute>,
                xml::namespace::Namespace,
            )> {
                Ok((attributes, namespace))
            }
        }

        #[cfg(feature = "xml")]
        impl yaserde::YaDeserialize for $name {
            fn deserialize<R: std::io::Read>(
                reader: &mut yaserde::de::Deserializer<R>,
            ) -> yaserde::Result<Self> {
                // An element that happens to have the name of the field: skipped.
                reader.next_event()?;
                let depth = reader.depth();
                while reader.depth() > depth
                    || !matches!(reader.peek()?, xml::reader::XmlEvent::EndElement { .. })
                {
                    reader.next_event()?;
                }
                Ok(Self::default())
            }
        }
    };
}

not_in_xml!(Anything);
