//! The one writer: appends elements to a buffer, escaping as it goes.
//!
//! It trusts its caller with names (they are constants or come from descriptors) and never with
//! values. Characters that XML 1.0 cannot carry, not even as references (U+0000 to U+001F save tab,
//! line feed and carriage return, U+FFFE, U+FFFF), become U+FFFD REPLACEMENT CHARACTER: a text with
//! one bad character must not make a whole answer unreadable. A carriage return is written as
//! `&#13;`, because a reader turns a plain one into a line feed.

use std::fmt::Write as _;
use std::ops::Range;

/// Appends XML to a string.
///
/// ```
/// let mut out = String::new();
/// let mut writer = xml_wire::Writer::new(&mut out);
/// writer.start("a:Outer");
/// writer.namespace("a", "urn:a");
/// writer.attribute("id", "1 & 2");
/// writer.element("a:Inner", "x < y");
/// writer.start("a:Empty");
/// writer.end();
/// writer.end();
/// assert_eq!(
///     out,
///     r#"<a:Outer xmlns:a="urn:a" id="1 &amp; 2"><a:Inner>x &lt; y</a:Inner><a:Empty /></a:Outer>"#
/// );
/// ```
#[derive(Debug)]
pub struct Writer<'o> {
    out: &'o mut String,
    /// Start and length of the name of each open element in `out`.
    open: Vec<(usize, usize)>,
    /// The last start tag has no `>` yet.
    in_tag: bool,
}

/// A place to go back to.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    length: usize,
    depth: usize,
}

impl<'o> Writer<'o> {
    /// A writer that appends to `out`.
    pub fn new(out: &'o mut String) -> Self {
        Self {
            out,
            open: Vec::with_capacity(16),
            in_tag: false,
        }
    }

    /// Opens an element; attributes and declarations may follow.
    pub fn start(&mut self, name: &str) {
        self.close_tag();
        self.out.push('<');
        self.open.push((self.out.len(), name.len()));
        self.out.push_str(name);
        self.in_tag = true;
    }

    /// Opens an element named `prefix:local`, or `local` if the prefix is empty.
    pub fn start_prefixed(&mut self, prefix: &str, local: &str) {
        self.close_tag();
        self.out.push('<');
        let at = self.out.len();
        if !prefix.is_empty() {
            self.out.push_str(prefix);
            self.out.push(':');
        }
        self.out.push_str(local);
        self.open.push((at, self.out.len() - at));
        self.in_tag = true;
    }

    /// Closes the innermost open element; one without content becomes an empty-element tag.
    pub fn end(&mut self) {
        let Some((at, length)) = self.open.pop() else {
            debug_assert!(false, "no element is open");
            return;
        };
        if self.in_tag {
            // The parser of the AMT consoles splits tags at blanks and loses a document with `<x/>`.
            self.out.push_str(" />");
            self.in_tag = false;
        } else {
            self.out.push_str("</");
            self.out.extend_from_within(at..at + length);
            self.out.push('>');
        }
    }

    /// An element that contains only text.
    pub fn element(&mut self, name: &str, text: &str) {
        self.start(name);
        self.text(text);
        self.end();
    }

    /// An element named `prefix:local` that contains only text and has no attributes: what most of a
    /// representation consists of.
    pub fn leaf(&mut self, prefix: &str, local: &str, text: &str) {
        let name = self.leaf_start(prefix, local, text.len());
        escape(self.out, text, false);
        self.leaf_end(name);
    }

    /// [`Writer::leaf`] with a number.
    pub fn unsigned_leaf(&mut self, prefix: &str, local: &str, n: u64) {
        let name = self.leaf_start(prefix, local, 20);
        self.unsigned(n);
        self.leaf_end(name);
    }

    /// Answers with where its name and the `>` behind it are.
    fn leaf_start(&mut self, prefix: &str, local: &str, content: usize) -> Range<usize> {
        self.close_tag();
        self.out
            .reserve(2 * (prefix.len() + local.len()) + content + "<:></:>".len());
        self.out.push('<');
        let at = self.out.len();
        self.out.push_str(prefix);
        self.out.push(':');
        self.out.push_str(local);
        self.out.push('>');
        at..self.out.len()
    }

    fn leaf_end(&mut self, name: Range<usize>) {
        self.out.push_str("</");
        self.out.extend_from_within(name);
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str) {
        self.start(name);
        self.end();
    }

    /// Declares a prefix (empty for the default namespace) on the element just opened.
    pub fn namespace(&mut self, prefix: &str, uri: &str) {
        debug_assert!(self.in_tag, "a declaration belongs to a start tag");
        self.raw_declaration(prefix, uri);
    }

    /// An attribute of the element just opened.
    pub fn attribute(&mut self, name: &str, value: &str) {
        debug_assert!(self.in_tag, "an attribute belongs to a start tag");
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(self.out, value, true);
        self.out.push('"');
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.close_tag();
        escape(self.out, text, false);
    }

    /// Text whose characters never need escaping: numbers, dates, base64.
    pub fn display(&mut self, value: impl std::fmt::Display) {
        self.close_tag();
        let _ = write!(self.out, "{value}");
    }

    /// An unsigned number.
    pub fn unsigned(&mut self, mut n: u64) {
        let mut digits = [0u8; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (n % 10) as u8;
            n /= 10;
            if n == 0 {
                break;
            }
        }
        self.close_tag();
        self.out
            .push_str(std::str::from_utf8(&digits[at..]).unwrap_or_default());
    }

    /// XML that is already written, such as a stored fragment or the text of a
    /// [`crate::RawElement`]: appended as it is.
    pub fn raw(&mut self, xml: &str) {
        self.close_tag();
        self.out.push_str(xml);
    }

    /// [`Writer::raw`] for what appends to a string itself.
    pub fn raw_with(&mut self, append: impl FnOnce(&mut String)) {
        self.close_tag();
        append(self.out);
    }

    /// Where the writer stands, to [`Writer::rewind`] to; used when an item turns out not to fit.
    pub fn mark(&mut self) -> Mark {
        self.close_tag();
        Mark {
            length: self.out.len(),
            depth: self.open.len(),
        }
    }

    /// Takes back everything written since the mark. The elements that were open then must not have
    /// been closed.
    pub fn rewind(&mut self, mark: Mark) {
        debug_assert!(
            self.open.len() >= mark.depth,
            "an element of the mark was closed"
        );
        self.out.truncate(mark.length);
        self.open.truncate(mark.depth);
        self.in_tag = false;
    }

    /// What was written since the mark.
    pub fn since(&mut self, mark: Mark) -> &str {
        self.close_tag();
        self.out.get(mark.length..).unwrap_or_default()
    }

    /// Makes room for so many more bytes at once.
    pub fn reserve(&mut self, bytes: usize) {
        self.out.reserve(bytes);
    }

    /// Bytes in the buffer so far, with what its owner put there before.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether the buffer is empty.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    pub(crate) fn raw_declaration(&mut self, prefix: &str, uri: &str) {
        self.out.push_str(if prefix.is_empty() {
            " xmlns"
        } else {
            " xmlns:"
        });
        self.out.push_str(prefix);
        self.out.push_str("=\"");
        escape(self.out, uri, true);
        self.out.push('"');
    }

    /// `xsi:nil="true"` on the element just opened; the prefix `xsi` must be declared.
    pub fn nil(&mut self) {
        debug_assert!(self.in_tag, "an attribute belongs to a start tag");
        self.out.push_str(" xsi:nil=\"true\"");
    }

    /// Declares `prefix` for the namespace of a CIM class, on the element just opened.
    pub(crate) fn class_namespace(&mut self, prefix: &str, base: &str, class: &str) {
        let class = cim_core::name_in_uri(class);
        for part in [" xmlns:", prefix, "=\"", base, &class, "\""] {
            self.out.push_str(part);
        }
    }

    /// `xsi:type="prefix:Class_Type"` on the element just opened.
    pub(crate) fn type_attribute(&mut self, prefix: &str, class: &str) {
        for part in [" xsi:type=\"", prefix, ":", class, "_Type\""] {
            self.out.push_str(part);
        }
    }

    fn close_tag(&mut self) {
        if self.in_tag {
            self.out.push('>');
            self.in_tag = false;
        }
    }
}

/// What a byte asks for: 0 nothing, 1 an entity, 2 only in attributes, 3 a closer look.
const CLASS: [u8; 256] = {
    let mut class = [0u8; 256];
    let mut control = 0;
    while control < 0x20 {
        class[control] = 3;
        control += 1;
    }
    class[b'\t' as usize] = 2;
    class[b'\n' as usize] = 2;
    class[b'"' as usize] = 2;
    class[b'\r' as usize] = 1;
    class[b'<' as usize] = 1;
    class[b'>' as usize] = 1;
    class[b'&' as usize] = 1;
    // U+FFFE and U+FFFF begin with it.
    class[0xEF] = 3;
    class
};

fn escape(out: &mut String, text: &str, attribute: bool) {
    let bytes = text.as_bytes();
    // Nearly every text is plain; without an early end this is a few steps of many bytes each.
    let plain = bytes.iter().fold(true, |plain, byte| {
        plain & (*byte >= 0x20) & !matches!(byte, b'<' | b'>' | b'&' | b'"' | 0xEF)
    });
    if plain {
        out.push_str(text);
        return;
    }
    let mut from = 0;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let (width, replacement) = match CLASS[usize::from(byte)] {
            0 => {
                at += 1;
                continue;
            }
            2 if !attribute => {
                at += 1;
                continue;
            }
            1 | 2 => (
                1,
                match byte {
                    b'<' => "&lt;",
                    b'>' => "&gt;",
                    b'&' => "&amp;",
                    b'"' => "&quot;",
                    b'\t' => "&#9;",
                    b'\n' => "&#10;",
                    _ => "&#13;",
                },
            ),
            _ if byte < 0x20 => (1, "\u{FFFD}"),
            _ if matches!(&bytes[at..], [_, 0xBF, 0xBE | 0xBF, ..]) => (3, "\u{FFFD}"),
            _ => {
                at += 1;
                continue;
            }
        };
        out.push_str(&text[from..at]);
        out.push_str(replacement);
        at += width;
        from = at;
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_carry_is_replaced() {
        let mut out = String::new();
        escape(
            &mut out,
            "a\u{0}b\u{1F}c\u{FFFE}\u{FFFF}\u{FEFF}\u{FFFD}é",
            false,
        );
        assert_eq!(out, "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}\u{FEFF}\u{FFFD}é");
    }

    #[test]
    fn text_and_attributes_escape_differently() {
        let mut out = String::new();
        escape(&mut out, "<\"&'>\t\r\n", false);
        assert_eq!(out, "&lt;\"&amp;'&gt;\t&#13;\n");
        out.clear();
        escape(&mut out, "<\"&'>\t\r\n", true);
        assert_eq!(out, "&lt;&quot;&amp;'&gt;&#9;&#13;&#10;");
    }

    #[test]
    fn a_rewound_item_leaves_no_trace() {
        let mut out = String::new();
        let mut writer = Writer::new(&mut out);
        writer.start("Items");
        writer.element("Item", "1");
        let mark = writer.mark();
        writer.start("Item");
        writer.start("Deep");
        writer.rewind(mark);
        writer.end();
        assert_eq!(out, "<Items><Item>1</Item></Items>");
    }

    #[test]
    fn numbers() {
        let mut out = String::new();
        let mut writer = Writer::new(&mut out);
        for n in [0, 7, 10, u64::MAX] {
            writer.start("n");
            writer.unsigned(n);
            writer.end();
        }
        assert_eq!(out, "<n>0</n><n>7</n><n>10</n><n>18446744073709551615</n>");
    }
}
