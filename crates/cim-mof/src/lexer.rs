//! Text to tokens (DSP0004 annex A). One pass over the bytes; a token is two offsets and, if it is a
//! word, the number of its spelling.

mod strays;

use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name::Names;
use crate::source::Span;
use crate::text::{Escape, escape};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word, with the number of its spelling.
    Word(u32),
    /// `$name`, with the number of the spelling of the name.
    Alias(u32),
    /// A string literal; whether its text is what stands between the quotes.
    String {
        plain: bool,
    },
    Char,
    Number,
    /// One of `{ } [ ] ( ) , ; : = # .`
    Punctuation(u8),
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
}

/// What a lexer finds in one file.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    /// Always ends with [`Kind::End`].
    pub list: Vec<Token>,
    /// Comments, for the formatter.
    pub comments: Vec<(u32, u32)>,
    /// Where something was reported that no token, or half a token, came of, in order.
    pub troubles: Vec<u32>,
    /// Lines with a string that does not end: the quote that is missing may be any of the line.
    pub odd_lines: Vec<(u32, u32)>,
    /// The rest of the file is in a comment that is never closed, or too much.
    pub is_cut: bool,
    pub limit: Limit,
}

/// The most tokens of a file. The whole CIM Schema has a fiftieth of it, and memory for them has a bound.
#[derive(Debug)]
pub(crate) struct Limit(pub usize);

impl Default for Limit {
    fn default() -> Self {
        Self(16 << 20)
    }
}

/// The tokens of a text, in the place of what `tokens` held.
pub(crate) fn tokenize(
    text: &str,
    file: u32,
    wide: bool,
    names: &mut Names,
    report: &mut Report,
    tokens: &mut Tokens,
) {
    tokens.list.clear();
    tokens.comments.clear();
    tokens.troubles.clear();
    tokens.odd_lines.clear();
    tokens.is_cut = false;
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        file,
        wide,
        has_cr: memchr::memchr(b'\r', text.as_bytes()).is_some(),
        nested: None,
        half_open: None,
        names,
        report,
        tokens,
    };
    lexer.run();
}

/// The place of the next byte that is neither white space nor comment.
pub(crate) fn skip_blank(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'\r' | b'\n' | 0x0B | 0x0C) => at += 1,
            Some(b'/') if bytes.get(at + 1) == Some(&b'/') => {
                at = line_end(bytes, at);
            }
            Some(b'/') if bytes.get(at + 1) == Some(&b'*') => {
                at = comment_end(bytes, at).unwrap_or(bytes.len());
            }
            _ => return at,
        }
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or(&[]);
    at + memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())
}

fn comment_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at + 2..)?;
    let end = memchr::memmem::find(rest, b"*/")?;
    Some(at + 2 + end + 2)
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    file: u32,
    wide: bool,
    /// Line ends are not all LF alone.
    has_cr: bool,
    /// The last comment that has a `/*` in it.
    nested: Option<Nested>,
    /// The last `*` or `/` by itself.
    half_open: Option<Nested>,
    names: &'a mut Names,
    report: &'a mut Report,
    tokens: &'a mut Tokens,
}

/// What was known where a comment may have been meant to go on, or to begin.
#[derive(Debug, Clone, Copy)]
struct Nested {
    /// The sign that is too much, or too short.
    inner: usize,
    tokens: usize,
    troubles: usize,
    diagnostics: usize,
}

const WORD_START: u8 = 1;
const WORD: u8 = 2;
const BLANK: u8 = 4;

static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 256 {
        let c = b as u8;
        if c.is_ascii_alphabetic() || c == b'_' || c >= 0x80 {
            table[b] = WORD_START | WORD;
        } else if c.is_ascii_digit() {
            table[b] = WORD;
        } else if matches!(c, b' ' | b'\t' | b'\r' | b'\n') {
            table[b] = BLANK;
        }
        b += 1;
    }
    table
};

fn is(b: u8, class: u8) -> bool {
    CLASS[usize::from(b)] & class != 0
}

/// How many spaces stand at the beginning. A quarter of a schema is indentation: eight are seen at once.
fn spaces(bytes: &[u8]) -> usize {
    const EIGHT: u64 = u64::from_le_bytes([b' '; 8]);
    let mut count = 0;
    while let Some(next) = bytes.get(count..).and_then(|rest| rest.first_chunk::<8>()) {
        let different = u64::from_le_bytes(*next) ^ EIGHT;
        let same = different.trailing_zeros() as usize / 8;
        count += same;
        if same < 8 {
            return count;
        }
    }
    let rest = bytes.get(count..).unwrap_or(&[]);
    count + rest.iter().take_while(|b| **b == b' ').count()
}

fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Lexer<'_> {
    fn run(&mut self) {
        loop {
            self.skip();
            let start = self.at;
            if self.tokens.list.len() >= self.tokens.limit.0 {
                self.tokens.is_cut = true;
                let message = format!("more than {} tokens in one file", self.tokens.limit.0);
                self.error("E0106", start, message, "split it into several files");
                self.at = self.text.len();
                break;
            }
            let Some(byte) = self.bytes.get(start).copied() else {
                break;
            };
            let kind = match byte {
                b'{' | b'}' | b'[' | b']' | b'(' | b')' | b',' | b';' | b':' | b'=' => {
                    self.at += 1;
                    Kind::Punctuation(byte)
                }
                b'#' => {
                    if !self.is_directive() {
                        continue;
                    }
                    self.at += 1;
                    Kind::Punctuation(byte)
                }
                b'"' => self.string(),
                0xE2 if self.curly_string() => Kind::String { plain: false },
                _ if is(byte, WORD_START) => match self.word() {
                    Some(id) => Kind::Word(id),
                    None => continue,
                },
                b'.' if !self.peek(1).is_ascii_digit() => {
                    self.at += 1;
                    Kind::Punctuation(byte)
                }
                b'0'..=b'9' | b'.' => self.number(),
                b'+' | b'-' if self.peek(1).is_ascii_digit() || self.peek(1) == b'.' => {
                    self.number()
                }
                b'\'' => self.char(),
                b'$' if is(self.peek(1), WORD_START) => {
                    self.at += 1;
                    match self.word() {
                        Some(id) => Kind::Alias(id),
                        None => continue,
                    }
                }
                _ => match self.bad_character() {
                    Some(kind) => kind,
                    None => continue,
                },
            };
            self.push(kind, start);
        }
        self.push(Kind::End, self.text.len());
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.list.push(Token {
            kind,
            start: offset(start),
            end: offset(self.at),
        });
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn error(&mut self, code: &'static str, start: usize, message: String, help: &str) {
        let span = self.span(start, self.at.max(start + 1).min(self.text.len()));
        self.report
            .push(Diagnostic::error(code, span, message).help(help));
    }

    fn skip(&mut self) {
        loop {
            while let Some(byte) = self.bytes.get(self.at).filter(|b| is(**b, BLANK)) {
                self.at += 1;
                if *byte == b'\n' {
                    self.at += spaces(self.bytes.get(self.at..).unwrap_or(&[]));
                }
            }
            let byte = self.peek(0);
            let start = self.at;
            match byte {
                0x0B | 0x0C => {
                    self.at += 1;
                    self.odd_space(start, "a form feed or vertical tab");
                }
                0 | 0x1A if start < self.bytes.len() => {
                    let rest = &self.bytes[start..];
                    if rest.iter().all(|b| matches!(b, 0 | 0x1A | b'\r' | b'\n')) {
                        self.at = self.bytes.len();
                        self.odd_space(start, "an old mark for the end of a file");
                    }
                    return;
                }
                0xC2 if self.peek(1) == 0xA0 => {
                    self.at += 2;
                    self.odd_space(start, "a no-break space");
                }
                0xEF if self.peek(1) == 0xBB && self.peek(2) == 0xBF => {
                    self.at += 3;
                    self.odd_space(start, "a byte order mark");
                }
                b'/' if self.peek(1) == b'/' => {
                    self.at = line_end(self.bytes, start);
                    self.comment(start);
                }
                b'/' if self.peek(1) == b'*' => {
                    if let Some(end) = comment_end(self.bytes, start) {
                        self.at = end;
                        self.note_nested(start);
                    } else {
                        self.at = self.bytes.len();
                        self.tokens.is_cut = true;
                        let span = self.span(start, start + 2);
                        self.report.push(
                            Diagnostic::error("E0002", span, "this comment is never closed")
                                .label("the rest of the file is in it")
                                .help("close it with `*/`"),
                        );
                    }
                    self.comment(start);
                }
                _ => return,
            }
        }
    }

    fn comment(&mut self, start: usize) {
        self.tokens.comments.push((offset(start), offset(self.at)));
    }

    fn odd_space(&mut self, start: usize, what: &str) {
        let span = self.span(start, self.at);
        self.report.push(
            Diagnostic::lint(
                Lint::OddWhiteSpace,
                span,
                format!("{what} among the tokens"),
            )
            .help("replace it by a space"),
        );
    }

    fn word(&mut self) -> Option<u32> {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let mut seen = 0;
        let length = rest.iter().position(|b| {
            seen |= b;
            !is(*b, WORD)
        });
        self.at += length.unwrap_or(rest.len());
        let word = &self.text[start..self.at];
        if self.peek(0) == b'-' && is(self.peek(1), WORD_START) {
            return Some(self.hyphenated(start));
        }
        if seen < 0x80 {
            return Some(self.names.intern(word));
        }
        self.foreign_word(start, word)
    }

    /// A word that has, or ends at, something beyond ASCII.
    #[cold]
    fn foreign_word(&mut self, start: usize, mut word: &str) -> Option<u32> {
        // White space of other alphabets ends a word, too.
        if !word.is_ascii()
            && let Some(at) = word.find(['\u{A0}', '\u{FEFF}'])
        {
            word = &word[..at];
            self.at = start + at;
        }
        if !word.is_ascii()
            && let Some((at, c)) = word.char_indices().find(|(_, c)| {
                !(c.is_alphanumeric()
                    || *c == '_'
                    || ('\u{80}'..='\u{FFEF}').contains(c) && !is_quote(*c))
            })
        {
            // Letters of any script may be in names (DSP0004 annex A), but no signs.
            self.at = start + at + c.len_utf8();
            let message = format!("`{}` begins no MOF token", c.escape_debug());
            let help = if is_quote(c) {
                "write the straight quotes `\"`"
            } else {
                "remove it, or put it into a string"
            };
            let from = start + at;
            self.trouble(from, message, help);
            if at == 0 {
                return None;
            }
            return Some(self.names.intern(&self.text[start..from]));
        }
        Some(self.names.intern(word))
    }

    fn number(&mut self) -> Kind {
        let start = self.at;
        self.at += 1;
        while let Some(b) = self.bytes.get(self.at) {
            let exponent_sign = matches!(b, b'+' | b'-')
                && matches!(self.bytes[self.at - 1], b'e' | b'E')
                && self.bytes[start..self.at].contains(&b'.');
            if !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_') || exponent_sign) {
                break;
            }
            self.at += 1;
        }
        Kind::Number
    }

    fn char(&mut self) -> Kind {
        let start = self.at;
        self.at += 1;
        while let Some(b) = self.bytes.get(self.at).copied() {
            match b {
                b'\'' => {
                    self.at += 1;
                    return Kind::Char;
                }
                b'\\' => self.escape(),
                b'\n' | b'\r' => break,
                _ => self.at += 1,
            }
        }
        // One character belongs to it; what follows is read as if the quote were there.
        let first = self.text[start + 1..].chars().next();
        let length = first
            .filter(|c| !matches!(c, '\n' | '\r'))
            .map_or(0, char::len_utf8);
        self.at = start + 1 + length;
        self.tokens.troubles.push(offset(start));
        self.odd_line(start);
        let message = "this character has no closing quote on its line".to_owned();
        self.error("E0002", start, message, "close it with `'`");
        Kind::Char
    }

    /// A string; ends at the line end if the quote is missing.
    fn string(&mut self) -> Kind {
        let start = self.at;
        self.at += 1;
        let mut plain = true;
        loop {
            let rest = &self.bytes[self.at.min(self.bytes.len())..];
            let run = memchr::memchr3(b'"', b'\\', b'\n', rest).unwrap_or(rest.len());
            self.at += if self.has_cr {
                memchr::memchr(b'\r', &rest[..run]).unwrap_or(run)
            } else {
                run
            };
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Kind::String { plain };
                }
                Some(b'\\') => {
                    plain = false;
                    self.escape();
                }
                Some(_) if self.goes_on_in_next_line() => {
                    let span = self.span(start, self.at);
                    self.report.push(
                        Diagnostic::lint(Lint::LineBreakInString, span, "a line break inside of a string")
                            .help("close the string here and go on in another one on the next line: strings side by side are one"),
                    );
                    self.at += 1;
                }
                _ => {
                    // What looks like MOF at the end of the line is read as if the quote were before it.
                    let line = self.text[start..self.at]
                        .trim_end_matches([';', '}', ')', ']', ',', ' ', '\t']);
                    self.at = start + line.len().max(1);
                    self.tokens.troubles.push(offset(start));
                    let begin = self.odd_line(start);
                    let message = "this text has no closing quote on its line".to_owned();
                    let help = if memchr::memchr(b'"', &self.bytes[begin..start]).is_some() {
                        "close it, or look for a quote that is missing before: strings side by side are one"
                    } else {
                        "close it here, and go on in another string on the next line: strings side by side are one"
                    };
                    self.error("E0002", start, message, help);
                    return Kind::String { plain: false };
                }
            }
        }
    }

    /// Whether a line that ends within a string is followed by text and a quote rather than by MOF: an odd
    /// number of quotes stands in the next line that has any, and what precedes the first does not look
    /// like code.
    fn goes_on_in_next_line(&self) -> bool {
        const FARTHEST: usize = 16 * 1024;
        let rest = self.text.get(self.at..).unwrap_or("");
        let mut cut = rest.len().min(FARTHEST);
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        for line in rest[..cut].lines().skip(1) {
            match line.find('"') {
                Some(at) => {
                    let before = line[..at].trim_end();
                    let quotes = line.bytes().filter(|b| *b == b'"').count();
                    return quotes % 2 == 1
                        && !before.ends_with(['(', '{', ',', '=', '['])
                        && !before.is_empty();
                }
                None if line.trim_end().ends_with([';', '{', '}', ']']) => return false,
                None => {}
            }
        }
        false
    }

    fn escape(&mut self) {
        let start = self.at;
        let (found, next) = escape(self.text, start, self.wide);
        self.at = next;
        let span = self.span(start, next);
        match found {
            Escape::Char(_) | Escape::End => {}
            Escape::Unknown(c) => self.report.push(
                Diagnostic::lint(
                    Lint::UnknownEscape,
                    span,
                    format!("`\\{}` is no escape", c.escape_debug()),
                )
                .label("both characters are kept")
                .help(format!("write `\\\\{c}` for a backslash and a `{c}`")),
            ),
            Escape::NoDigits => self.error(
                "E0004",
                start,
                "`\\x` needs one to four hexadecimal digits".to_owned(),
                "write a character as `\\x41`",
            ),
            Escape::Unit(unit) => {
                let follows = matches!(unit, 0xD800..=0xDBFF)
                    && self.peek(0) == b'\\'
                    && matches!(
                        escape(self.text, next, self.wide).0,
                        Escape::Unit(0xDC00..=0xDFFF)
                    );
                let precedes = start >= 6
                    && matches!(unit, 0xDC00..=0xDFFF)
                    && self.text.get(start - 6..start).is_some_and(|before| {
                        matches!(
                            escape(before, 0, self.wide),
                            (Escape::Unit(0xD800..=0xDBFF), 6)
                        )
                    });
                if !(follows || precedes) {
                    self.report.push(
                        Diagnostic::lint(Lint::LoneSurrogate, span, "half of a surrogate pair")
                            .help("write both halves, `\\xD83D\\xDE00`, or the character itself"),
                    );
                }
            }
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201F}' | '\u{AB}' | '\u{BB}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_counted() {
        for n in 0..40 {
            for behind in ["", "x", "\tx", "\n        "] {
                let text = format!("{}{behind}", " ".repeat(n));
                assert_eq!(spaces(text.as_bytes()), n, "{text:?}");
            }
        }
    }

    #[test]
    fn tokens_have_a_bound() {
        let (mut names, mut report) = (Names::default(), Report::default());
        let mut tokens = Tokens {
            limit: Limit(100),
            ..Tokens::default()
        };
        tokenize(
            &"[ ".repeat(1_000),
            0,
            false,
            &mut names,
            &mut report,
            &mut tokens,
        );
        assert_eq!(tokens.list.len(), 101);
        assert!(tokens.is_cut);
        let found = report.into_found();
        assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), ["E0106"]);
    }
}
