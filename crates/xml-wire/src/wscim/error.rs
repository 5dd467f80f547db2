//! Why an element is no representation of a CIM value.

use std::fmt;

use cim_core::CimError;

use crate::XmlError;

/// Why an element is no representation of a CIM value.
#[derive(Debug, Clone)]
pub enum WsCimError {
    /// The XML itself is wrong: not well-formed, or not of the expected shape.
    Xml(XmlError),
    /// The XML is fine, the value is not: unknown property, wrong type, out of range. The subject of the
    /// error names the property, with its path where it stands in an embedded instance.
    Cim(CimError),
}

impl From<XmlError> for WsCimError {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl From<CimError> for WsCimError {
    fn from(error: CimError) -> Self {
        Self::Cim(error)
    }
}

impl fmt::Display for WsCimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Xml(error) => error.fmt(f),
            Self::Cim(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WsCimError {}

impl WsCimError {
    /// The same error, seen from the instance that embeds the value in `property`.
    pub(super) fn inside(self, property: &str) -> Self {
        match self {
            Self::Cim(error) => {
                let subject = match error.subject() {
                    Some(inner) => format!("{property}.{inner}"),
                    None => property.to_owned(),
                };
                Self::Cim(error.with_subject(subject))
            }
            xml @ Self::Xml(_) => xml,
        }
    }
}
