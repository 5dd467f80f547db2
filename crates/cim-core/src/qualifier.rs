//! Qualifiers: the meta data that MOF puts on classes and their features (DSP0004 5.6).

/// A qualifier as it applies to an element, inherited ones included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Qualifier {
    /// Its name in the spelling of its declaration.
    pub name: &'static str,
    /// Its value.
    pub value: QualifierValue,
    /// How it propagates.
    pub flavor: QualifierFlavor,
    /// Whether it came from a superclass and is not restated here.
    pub propagated: bool,
}

/// How a qualifier propagates (DSP0004 5.6.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QualifierFlavor {
    /// `ToSubclass` (true) or `Restricted` (false).
    pub to_subclass: bool,
    /// `EnableOverride` (true) or `DisableOverride` (false).
    pub overridable: bool,
    /// `Translatable`.
    pub translatable: bool,
}

/// The value of a qualifier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum QualifierValue {
    /// NULL
    Null,
    /// `boolean`
    Boolean(bool),
    /// an unsigned integer type
    Unsigned(u64),
    /// a signed integer type
    Signed(i64),
    /// `real32`, `real64`
    Real(f64),
    /// `string`, `datetime`, `char16`
    String(&'static str),
    /// an array of strings; the only array type that standard qualifiers use
    Strings(&'static [&'static str]),
    /// an array of integers
    Integers(&'static [i64]),
    /// an array of booleans
    Booleans(&'static [bool]),
}

impl QualifierValue {
    /// The text of a string value.
    pub const fn as_str(&self) -> Option<&'static str> {
        match *self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The texts of a string array; none for any other value.
    pub const fn strings(&self) -> &'static [&'static str] {
        match *self {
            Self::Strings(texts) => texts,
            _ => &[],
        }
    }

    /// The number of an unsigned value.
    pub const fn as_u64(&self) -> Option<u64> {
        match *self {
            Self::Unsigned(n) => Some(n),
            _ => None,
        }
    }
}

/// Finds a qualifier by its case-insensitive name.
pub(crate) fn find(qualifiers: &'static [Qualifier], name: &str) -> Option<&'static Qualifier> {
    qualifiers
        .iter()
        .find(|q| q.name.eq_ignore_ascii_case(name))
}
