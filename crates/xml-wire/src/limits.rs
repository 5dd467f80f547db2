//! What a document may cost: every bound of the reader, with its default.

/// The bounds of one document. Reaching one is an error that names the bound and the place.
///
/// The defaults are far above anything that WS-Management or CIMI clients send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole document, as UTF-8. Default 1 MiB.
    pub document_bytes: usize,
    /// Elements inside one another. Default 64.
    pub depth: usize,
    /// Attributes of one element, namespace declarations included. Default 64.
    pub attributes: usize,
    /// Bytes of an element or attribute name with its prefix. Default 256.
    pub name_bytes: usize,
    /// Bytes of one attribute value, namespace names included. Default 64 KiB.
    pub attribute_bytes: usize,
    /// Bytes of the text between two tags. Default 512 KiB.
    pub text_bytes: usize,
    /// Namespace declarations that are in scope at one place. Default 128.
    pub namespaces: usize,
}

impl Limits {
    /// The defaults, written once.
    pub const DEFAULT: Self = Self {
        document_bytes: 1024 * 1024,
        depth: 64,
        attributes: 64,
        name_bytes: 256,
        attribute_bytes: 64 * 1024,
        text_bytes: 512 * 1024,
        namespaces: 128,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
