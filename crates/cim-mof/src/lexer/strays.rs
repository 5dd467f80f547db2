//! What is no MOF: signs, quotes and comments of other languages. Each is told once, and read as what it is
//! meant to be where that is clear.

use super::{Kind, Lexer, Nested, WORD, is, line_end, offset, skip_blank};
use crate::diagnostic::Diagnostic;

impl Lexer<'_> {
    /// Reports what no token, or half a token, came of: the parser says nothing about the same place.
    pub(super) fn trouble(&mut self, start: usize, message: String, help: &str) {
        self.tokens.troubles.push(offset(start));
        self.error("E0001", start, message, help);
    }

    /// Reports what begins no token; a word if it is the place of one in a template, a string if other
    /// quotes stand around it.
    #[cold]
    pub(super) fn bad_character(&mut self) -> Option<Kind> {
        let start = self.at;
        let rest = &self.text[start..];
        let Some(c) = rest.chars().next() else {
            self.at = self.bytes.len();
            return None;
        };
        if self.is_other_language(rest) {
            return None;
        }
        if let Some(name) = placeholder(rest) {
            self.at = start + name.len();
            let message = format!("`{name}` is the place of something that was never put in");
            let help = "this is a template: put the real text there, or compile what it makes";
            self.error("E0008", start, message, help);
            while self.bytes.get(self.at).is_some_and(|b| is(*b, WORD)) {
                self.at += 1;
            }
            let id = self.names.intern(&self.text[start..self.at]);
            return Some(Kind::Word(id));
        }
        if self.is_other_comment(rest) {
            return None;
        }
        if c == '`'
            && let Some(end) = rest[1..].find(['`', '\n'])
            && rest.as_bytes().get(end + 1) == Some(&b'`')
        {
            self.at = start + end + 2;
            let message = "a text in other quotes".to_owned();
            self.error("E0001", start, message, "write the quotes `\"`");
            return Some(Kind::String { plain: false });
        }
        // Signs side by side are one mistake.
        let signs = rest
            .bytes()
            .take_while(|b| b"!%&*+-/<>?@\\^`|~".contains(b))
            .count();
        let comment = rest[..signs].find("//").or(rest[..signs].find("/*"));
        self.at += comment.unwrap_or(signs).max(c.len_utf8());
        let shown = match &self.text[start..self.at] {
            signs if c.is_ascii_graphic() => signs.to_owned(),
            _ => c.escape_debug().to_string(),
        };
        if matches!(&self.text[start..self.at], "*" | "/") {
            self.half_open = Some(self.now(start));
        }
        let help = match (c, self.tokens.list.last().map(|t| t.kind)) {
            ('+', Some(Kind::String { .. })) => "remove it: strings side by side are one",
            ('+' | '-', _) => "a sign stands directly before its number",
            _ => "remove it, or put it into a string",
        };
        self.trouble(start, format!("`{shown}` begins no MOF token"), help);
        None
    }

    /// Whether the file begins as XML does; it is reported, and the rest not looked at.
    pub(super) fn is_other_language(&mut self, rest: &str) -> bool {
        let is_xml = self.tokens.list.is_empty()
            && (rest.starts_with("<?xml") || rest.starts_with("<!") || rest.starts_with("<CIM"));
        if is_xml {
            let help = "compile MOF; what is in XML can be sent to a service as it is";
            self.trouble(self.at, "this is XML, and no MOF".to_owned(), help);
            self.at = self.bytes.len();
            self.tokens.is_cut = true;
        }
        is_xml
    }

    /// Whether a comment of another language stands here, or the end of one; it is reported and skipped.
    pub(super) fn is_other_comment(&mut self, rest: &str) -> bool {
        let start = self.at;
        if rest.starts_with("*/") {
            self.at += 2;
            if let Some(nested) = self.nested.take() {
                // What stands between is the rest of the comment.
                self.back_to(nested);
                let span = self.span(nested.inner, nested.inner + 2);
                self.report.push(
                    Diagnostic::error("E0001", span, "a comment within a comment")
                        .label("the first `*/` ends both")
                        .help("remove this one: comments do not nest"),
                );
                return true;
            }
            if let Some(half) = self.half_open.take() {
                // What stands between is the comment.
                self.back_to(half);
                let span = self.span(half.inner, half.inner + 1);
                self.report.push(
                    Diagnostic::error("E0001", span, "half of a `/*`")
                        .also(self.span(start, self.at), "the end of the comment")
                        .help("write `/*`")
                        .fix(span, "/*"),
                );
                return true;
            }
            let help = "remove it, or begin the comment with `/*`";
            self.trouble(start, "`*/` where no comment is open".to_owned(), help);
            return true;
        }
        let length = if rest.starts_with("--") {
            line_end(self.bytes, start) - start
        } else if rest.starts_with("<!--") {
            rest.find("-->").map_or(rest.len(), |at| at + 3)
        } else {
            return false;
        };
        self.at += length;
        let help = "begin a comment with `//`, or put it between `/*` and `*/`";
        self.trouble(start, "a comment of another language".to_owned(), help);
        true
    }

    /// Whether the `#` that stands here begins a directive rather than a comment as shells have them,
    /// which is reported and skipped.
    #[cold]
    pub(super) fn is_directive(&mut self) -> bool {
        let start = self.at;
        let from = skip_blank(self.bytes, start + 1);
        let rest = self.bytes.get(from..).unwrap_or(&[]);
        let length = rest.iter().take_while(|b| is(**b, WORD)).count();
        let word = self.text.get(from..from + length).unwrap_or("");
        const DIRECTIVES: [&str; 10] = [
            "pragma", "include", "define", "ifdef", "ifndef", "if", "else", "elif", "endif",
            "undef",
        ];
        let behind = skip_blank(self.bytes, from + length);
        let is_one = word.is_empty()
            || DIRECTIVES.iter().any(|d| word.eq_ignore_ascii_case(d))
            || self.bytes.get(behind) == Some(&b'(')
            || cim_core::nearest(word, std::iter::once("pragma")).is_some();
        if !is_one {
            self.at = line_end(self.bytes, start);
            let help = "begin a comment with `//`";
            self.trouble(start, "`#` begins no comment".to_owned(), help);
        }
        is_one
    }

    /// Remembers a comment that has a `/*` in it.
    #[cold]
    pub(super) fn note_nested(&mut self, start: usize) {
        if let Some(at) = memchr::memmem::find(&self.bytes[start + 2..self.at], b"/*") {
            self.nested = Some(self.now(start + 2 + at));
        }
    }

    pub(super) fn now(&self, inner: usize) -> Nested {
        Nested {
            inner,
            tokens: self.tokens.list.len(),
            troubles: self.tokens.troubles.len(),
            diagnostics: self.report.len(),
        }
    }

    pub(super) fn back_to(&mut self, then: Nested) {
        self.tokens.list.truncate(then.tokens);
        self.tokens.troubles.truncate(then.troubles);
        self.report.rewind(then.diagnostics);
    }

    /// A name with hyphens: reported, and read as the one that is meant.
    #[cold]
    pub(super) fn hyphenated(&mut self, start: usize) -> u32 {
        let is_name = |b: &u8| is(*b, WORD) || *b == b'-';
        let rest = &self.bytes[start..];
        self.at = start + rest.iter().take_while(|b| is_name(b)).count();
        let name = &self.text[start..self.at];
        let meant = name.replace('-', "_");
        let message = format!("`{name}` is no name");
        let help = format!("write `{meant}`: a name has letters, digits and `_`");
        self.error("E0001", start, message, &help);
        self.names.intern(&meant)
    }

    /// A text in the quotes of a word processor: reported, and taken as the string that is meant.
    #[cold]
    pub(super) fn curly_string(&mut self) -> bool {
        let start = self.at;
        let rest = &self.text[start..];
        let Some(inner) = rest.strip_prefix(['\u{201C}', '\u{201D}', '\u{201E}']) else {
            return false;
        };
        let open = rest.len() - inner.len();
        let ends = |c: char| matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\n' | '\r');
        let Some((at, close)) = inner.char_indices().find(|(_, c)| ends(*c)) else {
            return false;
        };
        if matches!(close, '\n' | '\r') {
            return false;
        }
        self.at = start + open + at + close.len_utf8();
        let message = "a text in the quotes of a word processor".to_owned();
        self.error("E0001", start, message, "write the straight quotes `\"`");
        true
    }

    /// Notes that a quote is missing in the line of a place; gives where that line begins.
    #[cold]
    pub(super) fn odd_line(&mut self, at: usize) -> usize {
        let begin = memchr::memrchr2(b'\n', b'\r', &self.bytes[..at]).map_or(0, |at| at + 1);
        let end = line_end(self.bytes, at);
        self.tokens.odd_lines.push((offset(begin), offset(end)));
        // What seems to be no token may be text.
        self.report.rewind_behind(self.file, offset(begin));
        begin
    }
}

/// `<NAME>`, `@NAME@` or `%NAME%`: what template tools leave when nobody ran them.
fn placeholder(text: &str) -> Option<&str> {
    let close = match text.as_bytes().first()? {
        b'<' => '>',
        b'@' => '@',
        b'%' => '%',
        _ => return None,
    };
    let end = text[1..].find(close)? + 1;
    let inner = &text[1..end];
    let is_name = inner.starts_with(|c: char| c.is_ascii_alphabetic())
        && inner.len() <= 64
        && inner
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    is_name.then(|| &text[..=end])
}
