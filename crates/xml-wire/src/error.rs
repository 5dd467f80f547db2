//! Why a document was refused, and where.

use std::fmt;

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XmlErrorKind {
    /// It breaks the grammar of XML 1.0 or of namespaces in XML.
    NotWellFormed(String),
    /// It uses a feature that is never accepted: a document type declaration or a processing
    /// instruction.
    Forbidden(&'static str),
    /// A name has a prefix that no declaration in scope binds.
    UndeclaredPrefix(String),
    /// An entity other than the five of XML.
    UndefinedEntity(String),
    /// A character that XML 1.0 does not allow.
    IllegalCharacter(u32),
    /// A bound of [`crate::Limits`] is reached.
    Limit {
        /// What there is too much of, with its unit.
        what: &'static str,
        /// The bound.
        limit: usize,
    },
    /// It is well-formed, but another element, or text, was expected here.
    Unexpected(String),
}

/// Why a document was refused, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlError {
    kind: XmlErrorKind,
    offset: usize,
    line: usize,
    column: usize,
}

impl XmlError {
    /// An error of this kind at a byte offset of `text`.
    pub fn new(kind: XmlErrorKind, text: &str, offset: usize) -> Self {
        let offset = text.floor_char_boundary(offset);
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            kind,
            offset,
            line: 1 + before.bytes().filter(|b| *b == b'\n').count(),
            column: 1 + before.get(line_start..).unwrap_or("").chars().count(),
        }
    }

    /// What is wrong.
    pub const fn kind(&self) -> &XmlErrorKind {
        &self.kind
    }

    /// Where, in bytes from the start of the decoded text.
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// The line, from 1.
    pub const fn line(&self) -> usize {
        self.line
    }

    /// The column in characters, from 1.
    pub const fn column(&self) -> usize {
        self.column
    }

    /// Whether a bound was reached: the document may be fine but is too large.
    pub const fn is_limit(&self) -> bool {
        matches!(self.kind, XmlErrorKind::Limit { .. })
    }
}

impl fmt::Display for XmlErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotWellFormed(what) => write!(f, "The XML is not well-formed: {what}"),
            Self::Forbidden(what) => write!(f, "{what} is not accepted"),
            Self::UndeclaredPrefix(prefix) => {
                write!(f, "The namespace prefix `{prefix}` is not declared")
            }
            Self::UndefinedEntity(name) => write!(
                f,
                "The entity `&{name};` is not defined; XML has only lt, gt, amp, apos, quot and \
                 character references"
            ),
            Self::IllegalCharacter(code) => {
                write!(f, "The character U+{code:04X} is not allowed in XML")
            }
            Self::Limit { what, limit } => write!(f, "There are more than {limit} {what}"),
            Self::Unexpected(what) => f.write_str(what),
        }
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} (line {}, column {}, byte {})",
            self.kind, self.line, self.column, self.offset
        )
    }
}

impl std::error::Error for XmlError {}
