//! Elements and attributes with resolved names.

use std::borrow::Cow;
use std::sync::Arc;

/// A namespace name: a slice of the document, or shared where it was written with references.
#[derive(Debug, Clone)]
pub(crate) enum Uri<'a> {
    Borrowed(&'a str),
    Shared(Arc<str>),
}

impl Uri<'_> {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(uri) => uri,
            Self::Shared(uri) => uri,
        }
    }
}

/// A name with its namespace.
#[derive(Debug, Clone)]
pub struct Name<'a> {
    pub(crate) uri: Uri<'a>,
    pub(crate) prefix: &'a str,
    pub(crate) local: &'a str,
}

impl<'a> Name<'a> {
    /// The namespace; empty for none.
    pub fn ns(&self) -> &str {
        self.uri.as_str()
    }

    /// The local part.
    pub const fn local(&self) -> &'a str {
        self.local
    }

    /// The prefix as written; empty for none.
    pub const fn prefix(&self) -> &'a str {
        self.prefix
    }

    /// Whether it is this name.
    pub fn is(&self, ns: &str, local: &str) -> bool {
        self.local == local && self.ns() == ns
    }
}

/// `{namespace}local`, for messages.
impl std::fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.ns().is_empty() {
            f.write_str(self.local)
        } else {
            write!(f, "{{{}}}{}", self.ns(), self.local)
        }
    }
}

/// An attribute that is no namespace declaration.
#[derive(Debug, Clone)]
pub struct Attribute<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) value: Cow<'a, str>,
}

impl<'a> Attribute<'a> {
    /// Its name; an attribute without a prefix is in no namespace.
    pub const fn name(&self) -> &Name<'a> {
        &self.name
    }

    /// Its value, normalised (XML 1.0, 3.3.3).
    pub fn value(&self) -> &str {
        &self.value
    }
}

/// A start tag.
#[derive(Debug, Clone)]
pub struct Element<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) attributes: Vec<Attribute<'a>>,
    pub(crate) start: usize,
}

impl<'a> Element<'a> {
    /// Its name.
    pub const fn name(&self) -> &Name<'a> {
        &self.name
    }

    /// Its namespace; empty for none.
    pub fn ns(&self) -> &str {
        self.name.ns()
    }

    /// Its local name.
    pub const fn local(&self) -> &'a str {
        self.name.local
    }

    /// Whether it has this name.
    pub fn is(&self, ns: &str, local: &str) -> bool {
        self.name.is(ns, local)
    }

    /// The value of the attribute; `ns` is empty for an attribute without a prefix.
    pub fn attribute(&self, ns: &str, local: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|a| a.name.is(ns, local))
            .map(Attribute::value)
    }

    /// All attributes that are no namespace declarations, in document order.
    pub fn attributes(&self) -> &[Attribute<'a>] {
        &self.attributes
    }

    /// Whether it says `xsi:nil="true"`.
    pub fn is_nil(&self) -> bool {
        self.attribute(crate::ns::XSI, "nil")
            .is_some_and(|v| matches!(v.trim(), "true" | "1"))
    }

    /// The byte offset of its `<` in the text.
    pub const fn offset(&self) -> usize {
        self.start
    }
}
