//! CIM values as they travel between the rooms.

use crate::{CimType, DateTime, Instance, ObjectPath};

/// The text of a string value. Up to 24 bytes lie in the value itself, without an allocation: states,
/// names, and most InstanceIDs.
pub type Text = compact_str::CompactString;

/// One CIM value.
///
/// The width of a number is not here but in the descriptor of the property, parameter or qualifier
/// that holds it: a codec checks the range when it reads. *Absent* is not a value either: an
/// [`Instance`] slot is `Option<Value>`, and `Some(Value::Null)` is an explicit NULL.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL
    Null,
    /// `boolean`
    Boolean(bool),
    /// `uint8` to `uint64`
    Unsigned(u64),
    /// `sint8` to `sint64`
    Signed(i64),
    /// `real32` and `real64`
    Real(f64),
    /// `char16`
    Char16(u16),
    /// `string`; also a string property with the `Reference` qualifier, which holds the bare
    /// InstanceID of its target while in flight
    String(Text),
    /// `datetime`
    DateTime(DateTime),
    /// `<class> REF`
    Reference(Box<ObjectPath>),
    /// An embedded instance (`EmbeddedInstance`, `EmbeddedObject`)
    Instance(Box<Instance>),
    /// An array; its elements are never arrays, and are NULL only where DSP0004 7.9.2 allows it
    Array(Vec<Self>),
}

// An instance is a slice of these: a word more would be a word more for each property.
const _: () = assert!(size_of::<Option<Value>>() == 32);

impl Value {
    /// Whether this is NULL.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text of a string value.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number of an integer value that fits `u64`.
    pub fn as_u64(&self) -> Option<u64> {
        match *self {
            Self::Unsigned(n) => Some(n),
            Self::Signed(n) => u64::try_from(n).ok(),
            _ => None,
        }
    }

    /// The truth of a boolean value.
    pub const fn as_bool(&self) -> Option<bool> {
        match *self {
            Self::Boolean(b) => Some(b),
            _ => None,
        }
    }

    /// The elements of an array value; a scalar counts as an array of one, NULL as none.
    pub fn elements(&self) -> &[Self] {
        match self {
            Self::Null => &[],
            Self::Array(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    /// The embedded instance.
    pub fn as_instance(&self) -> Option<&Instance> {
        match self {
            Self::Instance(instance) => Some(instance),
            _ => None,
        }
    }

    /// The path of a reference value.
    pub fn as_reference(&self) -> Option<&ObjectPath> {
        match self {
            Self::Reference(path) => Some(path),
            _ => None,
        }
    }

    /// Whether this scalar (or NULL) may stand where `ty` is declared, ranges included.
    ///
    /// Arrays are the caller's business: it checks each element.
    pub fn fits(&self, ty: CimType) -> bool {
        match (self, ty) {
            (Self::Null, _)
            | (Self::Boolean(_), CimType::Boolean)
            | (Self::Real(_), CimType::Real32 | CimType::Real64)
            | (Self::Char16(_), CimType::Char16)
            | (Self::String(_) | Self::Instance(_), CimType::String)
            | (Self::DateTime(_), CimType::DateTime)
            | (Self::Reference(_), CimType::Reference) => true,
            (Self::Unsigned(n), ty) => ty.unsigned_max().is_some_and(|max| *n <= max),
            (Self::Signed(n), ty) => ty
                .signed_range()
                .is_some_and(|(min, max)| (min..=max).contains(n)),
            _ => false,
        }
    }

    /// What kind of value this is, for error messages.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Boolean(_) => "a boolean",
            Self::Unsigned(_) => "an unsigned integer",
            Self::Signed(_) => "a signed integer",
            Self::Real(_) => "a real number",
            Self::Char16(_) => "a char16",
            Self::String(_) => "a string",
            Self::DateTime(_) => "a datetime",
            Self::Reference(_) => "a reference",
            Self::Instance(_) => "an embedded instance",
            Self::Array(_) => "an array",
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Boolean(b)
    }
}

impl From<u64> for Value {
    fn from(n: u64) -> Self {
        Self::Unsigned(n)
    }
}

impl From<u32> for Value {
    fn from(n: u32) -> Self {
        Self::Unsigned(n.into())
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Signed(n)
    }
}

impl From<DateTime> for Value {
    fn from(datetime: DateTime) -> Self {
        Self::DateTime(datetime)
    }
}

impl From<ObjectPath> for Value {
    fn from(path: ObjectPath) -> Self {
        Self::Reference(Box::new(path))
    }
}

impl From<Instance> for Value {
    fn from(instance: Instance) -> Self {
        Self::Instance(Box::new(instance))
    }
}
