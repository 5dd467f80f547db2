/// A point in time or a length of time, with what CIM knows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateTime(pub ::cim_core::DateTime);

impl std::fmt::Display for DateTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for DateTime {
    type Err = ::cim_core::DateTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        ::cim_core::DateTime::parse_cim(text).map(Self)
    }
}

/// A character of UCS-2: a code unit, so that half of a surrogate pair is kept, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Char16(pub u16);

/// A type whose values are written as text.
pub trait Text: Sized {
    /// The value as text.
    fn to_text(&self) -> String;

    /// The value of a text.
    ///
    /// # Errors
    /// The text is no value of the type; the message says why.
    fn from_text(text: String) -> Result<Self, String>;
}

impl Text for DateTime {
    fn to_text(&self) -> String {
        self.to_string()
    }

    fn from_text(text: String) -> Result<Self, String> {
        text.trim().parse().map_err(|error: ::cim_core::DateTimeError| error.to_string())
    }
}

impl Text for Char16 {
    fn to_text(&self) -> String {
        String::from_utf16_lossy(&[self.0])
    }

    fn from_text(text: String) -> Result<Self, String> {
        let mut units = text.encode_utf16();
        match (units.next(), units.next()) {
            (Some(unit), None) => Ok(Self(unit)),
            _ => Err(format!("`{text}` is not one character of the Basic Multilingual Plane")),
        }
    }
}

/// An enum over text or numbers.
macro_rules! text {
    ($name:ident, String) => {
        impl super::value::Text for $name {
            fn to_text(&self) -> String {
                self.as_str().to_owned()
            }

            fn from_text(text: String) -> Result<Self, String> {
                Ok(Self::from(text))
            }
        }
    };
    ($name:ident, $number:ty) => {
        impl super::value::Text for $name {
            fn to_text(&self) -> String {
                self.value().to_string()
            }

            fn from_text(text: String) -> Result<Self, String> {
                let number: $number = text
                    .trim()
                    .parse()
                    .map_err(|_| format!("`{text}` is no {}", stringify!($number)))?;
                Ok(Self::from(number))
            }
        }
    };
}
pub(crate) use text;
