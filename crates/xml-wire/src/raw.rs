//! An element kept as its source text, for content that is passed on and not understood.

use crate::Writer;
use crate::element::Uri;

/// The source text of an element with the namespaces that it depends on.
///
/// Extension content and opaque headers are echoed byte for byte; only the declarations that its old
/// surroundings made are added to its start tag.
#[derive(Debug, Clone)]
pub struct RawElement<'a> {
    pub(crate) text: &'a str,
    /// Length of `<` and the tag's name.
    pub(crate) name_end: usize,
    /// Declarations in scope that the element does not make itself.
    pub(crate) outer: Vec<(&'a str, Uri<'a>)>,
}

impl<'a> RawElement<'a> {
    /// Exactly what the sender wrote, from `<` to `>`.
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Prefixes (empty for the default) and namespaces in scope that the element does not declare
    /// itself.
    pub fn namespaces(&self) -> impl Iterator<Item = (&'a str, &str)> {
        self.outer
            .iter()
            .map(|(prefix, uri)| (*prefix, uri.as_str()))
    }

    /// The element with all declarations it depends on: a document of its own.
    pub fn to_standalone(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + 64 * self.outer.len());
        self.write(&mut Writer::new(&mut out));
        out
    }

    /// Writes the element with all declarations it depends on.
    pub fn write(&self, writer: &mut Writer<'_>) {
        let (head, tail) = self.text.split_at(self.name_end);
        writer.raw(head);
        for (prefix, uri) in &self.outer {
            writer.raw_declaration(prefix, uri.as_str());
        }
        writer.raw(tail);
    }
}
