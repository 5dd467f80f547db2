//! Object paths: how CIM names an instance (DSP0004 8, DSP0207).

use std::fmt;

use crate::{CimType, DateTime, Value};

/// The name of an instance or a class: namespace, class and keys.
///
/// Printed in the form of DSP0207 without host: `/root/cimi:CIMI_Machine.InstanceID="machines/1"`.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectPath {
    /// The CIM namespace without leading slash (`root/cimi`); `None` where the context gives it.
    pub namespace: Option<String>,
    /// The class name.
    pub class: String,
    /// Key names and values; none for a class or a singleton.
    pub keys: Vec<(String, KeyValue)>,
}

/// The value of a key.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyValue {
    /// A string, char16 or datetime key, as text.
    String(String),
    /// A boolean key.
    Boolean(bool),
    /// An unsigned integer key.
    Unsigned(u64),
    /// A negative integer key.
    Signed(i64),
    /// A reference key.
    Reference(Box<ObjectPath>),
}

impl KeyValue {
    /// The key for a property value. Keys are never NULL; a NULL becomes the empty string.
    pub fn from_value(value: Value) -> Self {
        match value {
            Value::Boolean(b) => Self::Boolean(b),
            Value::Unsigned(n) => Self::Unsigned(n),
            Value::Signed(n) => u64::try_from(n).map_or(Self::Signed(n), Self::Unsigned),
            Value::Reference(path) => Self::Reference(path),
            Value::String(text) => Self::String(text.into_string()),
            Value::DateTime(datetime) => Self::String(datetime.to_string()),
            Value::Char16(c) => Self::String(String::from_utf16_lossy(&[c])),
            Value::Real(n) => Self::String(n.to_string()),
            Value::Null | Value::Instance(_) | Value::Array(_) => Self::String(String::new()),
        }
    }

    /// The property value of this key for a property of type `ty`; `None` if it cannot stand there.
    pub fn to_value(&self, ty: CimType) -> Option<Value> {
        let value = match (self, ty) {
            (Self::String(text), CimType::String) => Value::from(text.as_str()),
            (Self::String(text), CimType::DateTime) => {
                Value::DateTime(DateTime::parse_cim(text).ok()?)
            }
            (Self::String(text), CimType::Char16) => {
                let mut units = text.encode_utf16();
                let unit = units.next()?;
                if units.next().is_some() {
                    return None;
                }
                Value::Char16(unit)
            }
            (Self::Boolean(b), CimType::Boolean) => Value::Boolean(*b),
            (Self::Unsigned(n), ty) if ty.unsigned_max().is_some() => Value::Unsigned(*n),
            (Self::Unsigned(n), _) => Value::Signed(i64::try_from(*n).ok()?),
            (Self::Signed(n), _) => Value::Signed(*n),
            (Self::Reference(path), CimType::Reference) => Value::Reference(path.clone()),
            _ => return None,
        };
        value.fits(ty).then_some(value)
    }

    /// The text of a string key.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

/// Why a text is no object path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// Byte offset of the trouble.
    pub at: usize,
    /// What should stand there.
    pub expected: &'static str,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no object path: {} expected at character {}",
            self.expected,
            self.at + 1
        )
    }
}

impl std::error::Error for PathError {}

impl ObjectPath {
    /// A path of one string key, without a namespace.
    pub fn new(class: &str, key: &str, value: &str) -> Self {
        Self {
            namespace: None,
            class: class.to_owned(),
            keys: vec![(key.to_owned(), KeyValue::String(value.to_owned()))],
        }
    }

    /// The path of a class or singleton, without a namespace.
    pub fn of_class(class: &str) -> Self {
        Self {
            namespace: None,
            class: class.to_owned(),
            keys: Vec::new(),
        }
    }

    /// The value of the named key, in any case.
    pub fn key(&self, name: &str) -> Option<&KeyValue> {
        self.keys
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The text of the key `InstanceID`, which is the whole identity of a CIMI resource.
    pub fn instance_id(&self) -> Option<&str> {
        self.key("InstanceID").and_then(KeyValue::as_str)
    }

    /// The same path in a namespace.
    #[must_use]
    pub fn in_namespace(mut self, namespace: &str) -> Self {
        self.namespace = Some(namespace.to_owned());
        self
    }

    /// Reads `[/namespace:]Class[.key=value,...]`; also `[//host/]`, which is dropped.
    ///
    /// # Errors
    /// Any other text, with the place of the trouble.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        Parser {
            text,
            at: 0,
            depth: 0,
        }
        .path()
    }
}

impl fmt::Display for ObjectPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(namespace) = &self.namespace {
            write!(f, "/{namespace}:")?;
        }
        f.write_str(&self.class)?;
        for (at, (name, value)) in self.keys.iter().enumerate() {
            write!(f, "{}{name}=", if at == 0 { '.' } else { ',' })?;
            match value {
                KeyValue::String(text) => write_quoted(f, text)?,
                KeyValue::Boolean(b) => write!(f, "{}", if *b { "TRUE" } else { "FALSE" })?,
                KeyValue::Unsigned(n) => write!(f, "{n}")?,
                KeyValue::Signed(n) => write!(f, "{n}")?,
                KeyValue::Reference(path) => write_quoted(f, &path.to_string())?,
            }
        }
        Ok(())
    }
}

fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    use fmt::Write as _;
    f.write_char('"')?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
}

/// Paths inside paths: far more than any association needs, far less than any stack.
const MAX_DEPTH: u8 = 8;

impl Parser<'_> {
    fn fail<T>(&self, expected: &'static str) -> Result<T, PathError> {
        Err(PathError {
            at: self.at,
            expected,
        })
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn path(mut self) -> Result<ObjectPath, PathError> {
        if self.depth > MAX_DEPTH {
            return self.fail("fewer nested references");
        }
        if let Some(rest) = self.rest().strip_prefix("//") {
            let Some(slash) = rest.find('/') else {
                return self.fail("a namespace after the host");
            };
            self.at += 2 + slash;
        }
        let mut namespace = None;
        if self.rest().starts_with('/') || self.class_is_preceded_by_namespace() {
            let Some(colon) = self.rest().find(':') else {
                return self.fail("`:` before the class");
            };
            let name = self.rest()[..colon].trim_matches('/');
            if name.is_empty()
                || !name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"/_-.".contains(&b))
            {
                return self.fail("a namespace");
            }
            namespace = Some(name.to_owned());
            self.at += colon + 1;
        }
        let class = self.name("a class name")?;
        let mut keys = Vec::new();
        let mut separator = '.';
        while !self.rest().is_empty() {
            if !self.rest().starts_with(separator) {
                return self.fail(if separator == '.' {
                    "`.` or the end"
                } else {
                    "`,` or the end"
                });
            }
            self.at += 1;
            separator = ',';
            let name = self.name("a key name")?;
            if !self.rest().starts_with('=') {
                return self.fail("`=`");
            }
            self.at += 1;
            let value = self.value()?;
            keys.push((name, value));
        }
        Ok(ObjectPath {
            namespace,
            class,
            keys,
        })
    }

    fn class_is_preceded_by_namespace(&self) -> bool {
        self.rest()
            .find([':', '.', '"'])
            .is_some_and(|at| self.rest().as_bytes()[at] == b':')
    }

    fn name(&mut self, expected: &'static str) -> Result<String, PathError> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        if end == 0 || rest.starts_with(|c: char| c.is_ascii_digit()) {
            return self.fail(expected);
        }
        let name = rest[..end].to_owned();
        self.at += end;
        Ok(name)
    }

    fn value(&mut self) -> Result<KeyValue, PathError> {
        if self.rest().starts_with('"') {
            return self.quoted();
        }
        let end = self.rest().find(',').unwrap_or(self.rest().len());
        let word = &self.rest()[..end];
        let value = if word.eq_ignore_ascii_case("true") {
            KeyValue::Boolean(true)
        } else if word.eq_ignore_ascii_case("false") {
            KeyValue::Boolean(false)
        } else if let Ok(n) = word.parse::<u64>() {
            KeyValue::Unsigned(n)
        } else if let Ok(n) = word.parse::<i64>() {
            // `-0` is a number that is not negative.
            u64::try_from(n).map_or(KeyValue::Signed(n), KeyValue::Unsigned)
        } else {
            return self.fail("a quoted string, an integer, TRUE or FALSE");
        };
        self.at += end;
        Ok(value)
    }

    /// A quoted string; one that is itself an instance path in the canonical form is a reference
    /// (DSP0207: the two look the same, and only a reference starts with a namespace).
    fn quoted(&mut self) -> Result<KeyValue, PathError> {
        let start = self.at;
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at = start + at + 1;
                    let nested = Parser {
                        text: &text,
                        at: 0,
                        depth: self.depth + 1,
                    };
                    return Ok(match text.starts_with('/').then(|| nested.path()) {
                        Some(Ok(path)) if !path.keys.is_empty() => {
                            KeyValue::Reference(Box::new(path))
                        }
                        _ => KeyValue::String(text),
                    });
                }
                '\\' => match chars.next() {
                    Some((_, escaped)) => text.push(escaped),
                    None => break,
                },
                _ => text.push(c),
            }
        }
        self.at = self.text.len();
        self.fail("a closing quote")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_it_writes() {
        for text in [
            r#"/root/cimi:CIMI_Machine.InstanceID="machines/1""#,
            r#"CIMI_Machine.InstanceID="a\"b\\c""#,
            r#"CIM_X.A=1,B=-2,C=TRUE,D="x,y""#,
            "CIM_Singleton",
            r#"/root/cimi:CIM_A.Ref="/root/cimi:CIM_B.K=\"v\"""#,
        ] {
            assert_eq!(ObjectPath::parse(text).unwrap().to_string(), text);
        }
        let zero = ObjectPath::parse("CIM_X.A=-0").unwrap();
        assert_eq!(zero.key("a"), Some(&KeyValue::Unsigned(0)));
    }

    #[test]
    fn says_where_the_trouble_is() {
        for (text, at) in [
            ("", 0),
            ("A.", 2),
            ("A.k", 3),
            ("A.k=\"x", 6),
            ("A.k=x", 4),
            ("/a/b", 0),
        ] {
            assert_eq!(ObjectPath::parse(text).unwrap_err().at, at, "{text}");
        }
    }

    proptest! {
        #[test]
        fn string_keys_survive(value in "[^/]\\PC{0,40}") {
            let path = ObjectPath::new("CIM_A", "K", &value).in_namespace("root/x");
            prop_assert_eq!(ObjectPath::parse(&path.to_string()), Ok(path));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = ObjectPath::parse(&text);
        }
    }
}
