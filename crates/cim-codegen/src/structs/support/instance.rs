/// Why an instance is no value of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversionError {
    /// The property or parameter; empty if the class is the wrong one.
    pub feature: String,
    /// What was found.
    pub found: String,
}

impl std::fmt::Display for ConversionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.feature.is_empty() {
            return f.write_str(&self.found);
        }
        write!(f, "{} cannot hold {}", self.feature, self.found)
    }
}

impl std::error::Error for ConversionError {}

/// A type that stands for a CIM value.
pub trait Field: Sized {
    /// The CIM value.
    fn into_value(self) -> ::cim_core::Value;

    /// The value of a CIM value, if it is of the type.
    fn from_value(value: &::cim_core::Value) -> Option<Self>;
}

macro_rules! numbers {
    ($($ty:ty, $variant:ident, $wide:ty;)*) => { $(
        impl Field for $ty {
            fn into_value(self) -> ::cim_core::Value {
                ::cim_core::Value::$variant(self.into())
            }

            fn from_value(value: &::cim_core::Value) -> Option<Self> {
                match *value {
                    ::cim_core::Value::Unsigned(n) => n.try_into().ok(),
                    ::cim_core::Value::Signed(n) => n.try_into().ok(),
                    _ => None,
                }
            }
        }
    )* };
}
numbers! {
    u8, Unsigned, u64; u16, Unsigned, u64; u32, Unsigned, u64; u64, Unsigned, u64;
    i8, Signed, i64; i16, Signed, i64; i32, Signed, i64; i64, Signed, i64;
}

impl Field for bool {
    fn into_value(self) -> ::cim_core::Value {
        ::cim_core::Value::Boolean(self)
    }

    fn from_value(value: &::cim_core::Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Field for f64 {
    fn into_value(self) -> ::cim_core::Value {
        ::cim_core::Value::Real(self)
    }

    fn from_value(value: &::cim_core::Value) -> Option<Self> {
        match *value {
            ::cim_core::Value::Real(n) => Some(n),
            _ => None,
        }
    }
}

impl Field for f32 {
    fn into_value(self) -> ::cim_core::Value {
        ::cim_core::Value::Real(self.into())
    }

    fn from_value(value: &::cim_core::Value) -> Option<Self> {
        f64::from_value(value).map(|n| n as f32)
    }
}

impl Field for String {
    fn into_value(self) -> ::cim_core::Value {
        ::cim_core::Value::from(self)
    }

    fn from_value(value: &::cim_core::Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl Field for DateTime {
    fn into_value(self) -> ::cim_core::Value {
        ::cim_core::Value::DateTime(self.0)
    }

    fn from_value(value: &::cim_core::Value) -> Option<Self> {
        match *value {
            ::cim_core::Value::DateTime(datetime) => Some(Self(datetime)),
            _ => None,
        }
    }
}

impl Field for Char16 {
    fn into_value(self) -> ::cim_core::Value {
        ::cim_core::Value::Char16(self.0)
    }

    fn from_value(value: &::cim_core::Value) -> Option<Self> {
        match *value {
            ::cim_core::Value::Char16(unit) => Some(Self(unit)),
            _ => None,
        }
    }
}

impl Field for ::cim_core::Instance {
    fn into_value(self) -> ::cim_core::Value {
        ::cim_core::Value::Instance(Box::new(self))
    }

    fn from_value(value: &::cim_core::Value) -> Option<Self> {
        value.as_instance().cloned()
    }
}

impl<T: Field> Field for Box<T> {
    fn into_value(self) -> ::cim_core::Value {
        (*self).into_value()
    }

    fn from_value(value: &::cim_core::Value) -> Option<Self> {
        T::from_value(value).map(Self::new)
    }
}

/// An enum.
macro_rules! field {
    ($name:ident, String) => {
        super::value::field!($name, String, |value: Self| value.as_str().to_owned());
    };
    ($name:ident, $number:ty) => {
        super::value::field!($name, $number, Self::value);
    };
    ($name:ident, $ty:ty, $value:expr) => {
        impl super::value::Field for $name {
            fn into_value(self) -> ::cim_core::Value {
                <$ty as super::value::Field>::into_value(($value)(self))
            }

            fn from_value(value: &::cim_core::Value) -> Option<Self> {
                <$ty as super::value::Field>::from_value(value).map(Self::from)
            }
        }
    };
}
pub(crate) use field;

/// A struct.
macro_rules! instance_field {
    ($name:ident) => {
        impl super::value::Field for $name {
            fn into_value(self) -> ::cim_core::Value {
                ::cim_core::Value::Instance(Box::new(self.into()))
            }

            fn from_value(value: &::cim_core::Value) -> Option<Self> {
                value.as_instance().and_then(|instance| instance.try_into().ok())
            }
        }
    };
}
pub(crate) use instance_field;

pub(crate) fn check_class(from: &::cim_core::Instance, class: &str) -> Result<(), ConversionError> {
    if from.class().is_a(class) {
        return Ok(());
    }
    Err(ConversionError {
        feature: String::new(),
        found: format!("an instance of {} is no {class}", from.class().name),
    })
}

pub(crate) fn set<T: Field>(out: &mut ::cim_core::Instance, name: &str, value: Option<T>) {
    if let Some(value) = value {
        out.set(name, value.into_value());
    }
}

pub(crate) fn set_all<T: Field>(out: &mut ::cim_core::Instance, name: &str, values: Vec<T>) {
    if !values.is_empty() {
        let values = values.into_iter().map(Field::into_value).collect();
        out.set(name, ::cim_core::Value::Array(values));
    }
}

pub(crate) fn add<T: Field>(
    out: &mut Vec<(String, ::cim_core::Value)>,
    name: &str,
    value: Option<T>,
) {
    out.extend(value.map(|value| (name.to_owned(), value.into_value())));
}

pub(crate) fn add_all<T: Field>(
    out: &mut Vec<(String, ::cim_core::Value)>,
    name: &str,
    values: Vec<T>,
) {
    if !values.is_empty() {
        let values = values.into_iter().map(Field::into_value).collect();
        out.push((name.to_owned(), ::cim_core::Value::Array(values)));
    }
}

pub(crate) fn get<T: Field>(
    from: &::cim_core::Instance,
    name: &str,
) -> Result<Option<T>, ConversionError> {
    one(name, from.value(name))
}

pub(crate) fn get_all<T: Field>(
    from: &::cim_core::Instance,
    name: &str,
) -> Result<Vec<T>, ConversionError> {
    all(name, from.value(name))
}

pub(crate) fn output<'v>(
    outputs: &'v [(String, ::cim_core::Value)],
    name: &str,
) -> &'v ::cim_core::Value {
    outputs
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map_or(&::cim_core::Value::Null, |(_, value)| value)
}

pub(crate) fn one<T: Field>(
    name: &str,
    value: &::cim_core::Value,
) -> Result<Option<T>, ConversionError> {
    if value.is_null() {
        return Ok(None);
    }
    match T::from_value(value) {
        Some(value) => Ok(Some(value)),
        None => Err(ConversionError {
            feature: name.to_owned(),
            found: value.kind().to_owned(),
        }),
    }
}

pub(crate) fn all<T: Field>(
    name: &str,
    value: &::cim_core::Value,
) -> Result<Vec<T>, ConversionError> {
    value
        .elements()
        .iter()
        .map(|item| {
            one(name, item)?.ok_or_else(|| ConversionError {
                feature: name.to_owned(),
                found: "an array with NULL in it".to_owned(),
            })
        })
        .collect()
}

/// A reference.
macro_rules! reference_field {
    ($name:ident) => {
        impl super::value::Field for $name {
            fn into_value(self) -> ::cim_core::Value {
                ::cim_core::Value::Reference(Box::new(self.0))
            }

            fn from_value(value: &::cim_core::Value) -> Option<Self> {
                value.as_reference().cloned().map(Self)
            }
        }
    };
}
pub(crate) use reference_field;

impl Field for Object {
    fn into_value(self) -> ::cim_core::Value {
        match self {
            Self::Instance(instance) => ::cim_core::Value::Instance(instance),
            Self::Text(text) => ::cim_core::Value::from(text),
        }
    }

    fn from_value(value: &::cim_core::Value) -> Option<Self> {
        let text = || value.as_str().map(|text| Self::Text(text.to_owned()));
        let instance = value.as_instance().cloned().map(Box::new);
        instance.map(Self::Instance).or_else(text)
    }
}
