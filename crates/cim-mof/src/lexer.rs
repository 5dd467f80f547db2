//! Text to tokens (DSP0004 annex A). One pass over the bytes; words and numbers borrow the text.

use crate::diagnostic::{Diagnostic, report};
use crate::source::Span;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token<'a> {
    Word(&'a str),
    Alias(&'a str),
    String(String),
    Char(u16),
    Integer(i128),
    Real(f64),
    /// One of `{ } [ ] ( ) , ; : = #`
    Punctuation(u8),
    End,
}

impl Token<'_> {
    /// How a message names it.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Word(word) => format!("`{word}`"),
            Self::Alias(name) => format!("`${name}`"),
            Self::String(_) => "a string".to_owned(),
            Self::Char(_) => "a character".to_owned(),
            Self::Integer(n) => format!("`{n}`"),
            Self::Real(n) => format!("`{n}`"),
            Self::Punctuation(c) => format!("`{}`", char::from(*c)),
            Self::End => "the end of the file".to_owned(),
        }
    }
}

/// The tokens of a text, always ending with [`Token::End`].
pub(crate) fn tokenize<'a>(
    text: &'a str,
    file: u32,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Token<'a>, Span)> {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        file,
        diagnostics,
    };
    let mut tokens = Vec::with_capacity(text.len() / 12);
    while let Some(token) = lexer.next() {
        tokens.push(token);
    }
    let end = text.len();
    tokens.push((Token::End, lexer.span(end, end)));
    tokens
}

struct Lexer<'a, 'd> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    file: u32,
    diagnostics: &'d mut Vec<Diagnostic>,
}

fn is_word_start(b: u8) -> bool {
    b.is_ascii_alphabetic() || b == b'_' || b >= 0x80
}

fn is_word(b: u8) -> bool {
    is_word_start(b) || b.is_ascii_digit()
}

impl<'a> Lexer<'a, '_> {
    fn span(&self, start: usize, end: usize) -> Span {
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn error(
        &mut self,
        code: &'static str,
        start: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let span = self.span(start, self.at.max(start + 1).min(self.text.len()));
        report(
            self.diagnostics,
            Diagnostic::error(code, span, message).help(help),
        );
    }

    fn next(&mut self) -> Option<(Token<'a>, Span)> {
        loop {
            self.skip_blank();
            let start = self.at;
            let byte = *self.bytes.get(start)?;
            let token = match byte {
                b'{' | b'}' | b'[' | b']' | b'(' | b')' | b',' | b';' | b':' | b'=' | b'#' => {
                    self.at += 1;
                    Token::Punctuation(byte)
                }
                b'"' => Token::String(self.string(b'"')),
                b'\'' => {
                    let text = self.string(b'\'');
                    let mut units = text.encode_utf16();
                    match (units.next(), units.next()) {
                        (Some(unit), None) => Token::Char(unit),
                        _ => {
                            self.error(
                                "E0002",
                                start,
                                "a char16 literal holds exactly one character",
                                "write a longer text in double quotes",
                            );
                            Token::Char(0)
                        }
                    }
                }
                b'$' if is_word_start(self.peek(1)) => {
                    self.at += 1;
                    Token::Alias(self.word())
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
                _ if is_word_start(byte) => Token::Word(self.word()),
                _ => {
                    self.at += 1;
                    while !self.text.is_char_boundary(self.at) {
                        self.at += 1;
                    }
                    let bad = &self.text[start..self.at];
                    self.error(
                        "E0001",
                        start,
                        format!("`{}` begins no MOF token", bad.escape_debug()),
                        "remove it, or put it into a string",
                    );
                    continue;
                }
            };
            return Some((token, self.span(start, self.at)));
        }
    }

    fn skip_blank(&mut self) {
        loop {
            match self.peek(0) {
                b' ' | b'\t' | b'\r' | b'\n' | 0x0B | 0x0C => self.at += 1,
                0 | 0x1A if self.at < self.bytes.len() => self.at += 1,
                b'/' if self.peek(1) == b'/' => {
                    let rest = &self.bytes[self.at..];
                    self.at += rest
                        .iter()
                        .position(|b| matches!(b, b'\n' | b'\r'))
                        .unwrap_or(rest.len());
                }
                b'/' if self.peek(1) == b'*' => {
                    let start = self.at;
                    match self.text[start + 2..].find("*/") {
                        Some(end) => self.at = start + 2 + end + 2,
                        None => {
                            self.at = self.bytes.len();
                            self.error(
                                "E0002",
                                start,
                                "this comment is never closed",
                                "close it with `*/`",
                            );
                        }
                    }
                }
                _ => return,
            }
        }
    }

    fn word(&mut self) -> &'a str {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|b| is_word(*b)) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn number(&mut self) -> Token<'a> {
        let start = self.at;
        if matches!(self.peek(0), b'+' | b'-') {
            self.at += 1;
        }
        while let Some(b) = self.bytes.get(self.at) {
            let exponent_sign = matches!(b, b'+' | b'-')
                && matches!(self.bytes[self.at - 1], b'e' | b'E')
                && self.bytes[start..self.at].contains(&b'.');
            if !(b.is_ascii_alphanumeric() || *b == b'.' || exponent_sign) {
                break;
            }
            self.at += 1;
        }
        let text = &self.text[start..self.at];
        match parse_number(text) {
            Some(token) => token,
            None => {
                let message = format!("`{text}` is no number of at most 64 bits");
                let help = "a leading 0 means octal, 0x hexadecimal, a b at the end binary; a point \
                            needs a digit behind it";
                self.error("E0003", start, message, help);
                Token::Integer(0)
            }
        }
    }

    /// The content of a quoted text; stops at the line end if the quote is missing.
    fn string(&mut self, quote: u8) -> String {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let run = self.at;
            while self
                .bytes
                .get(self.at)
                .is_some_and(|b| !matches!(b, b'\\' | b'\n' | b'\r') && *b != quote)
            {
                self.at += 1;
            }
            text.push_str(&self.text[run..self.at]);
            match self.bytes.get(self.at) {
                Some(b) if *b == quote => {
                    self.at += 1;
                    return text;
                }
                Some(b'\\') => self.escape(&mut text),
                _ => {
                    self.error(
                        "E0002",
                        start,
                        "this text has no closing quote on its line",
                        "close it here, and go on in another string on the next line: strings side \
                         by side are one",
                    );
                    return text;
                }
            }
        }
    }

    fn escape(&mut self, text: &mut String) {
        let start = self.at;
        let escaped = self.text[start + 1..].chars().next();
        self.at += 1 + escaped.map_or(0, char::len_utf8);
        match escaped {
            Some('b') => text.push('\u{8}'),
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('f') => text.push('\u{c}'),
            Some('r') => text.push('\r'),
            Some(c @ ('"' | '\'' | '\\')) => text.push(c),
            Some('x' | 'X') => {
                let digits = self.bytes[self.at..]
                    .iter()
                    .take(4)
                    .take_while(|b| b.is_ascii_hexdigit())
                    .count();
                let code = u32::from_str_radix(&self.text[self.at..self.at + digits], 16);
                self.at += digits;
                match code.ok().and_then(char::from_u32) {
                    Some(c) => text.push(c),
                    None => {
                        self.error(
                            "E0004",
                            start,
                            "`\\x` needs one to four hexadecimal digits",
                            "write a character as `\\x41`",
                        );
                    }
                }
            }
            Some(c) => {
                self.error(
                    "E0004",
                    start,
                    format!("`\\{c}` is no escape"),
                    format!("write `\\\\{c}` for a backslash and a `{c}`"),
                );
                text.push(c);
            }
            None => {}
        }
    }
}

fn parse_number(text: &str) -> Option<Token<'static>> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.contains('.') {
        let (_, fraction) = digits.split_once('.')?;
        if !fraction.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        return text.parse().ok().map(Token::Real);
    }
    let magnitude = if let Some(hex) = digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"))
    {
        u64::from_str_radix(hex, 16).ok()?
    } else if let Some(binary) = digits.strip_suffix(['b', 'B']) {
        u64::from_str_radix(binary, 2).ok()?
    } else if digits.len() > 1 && digits.starts_with('0') {
        u64::from_str_radix(&digits[1..], 8).ok()?
    } else {
        digits.parse().ok()?
    };
    let value = if negative {
        -i128::from(magnitude)
    } else {
        i128::from(magnitude)
    };
    (value >= i128::from(i64::MIN)).then_some(Token::Integer(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> (Vec<Token<'_>>, Vec<&'static str>) {
        let mut diagnostics = Vec::new();
        let mut tokens: Vec<_> = tokenize(text, 0, &mut diagnostics)
            .into_iter()
            .map(|(token, _)| token)
            .collect();
        tokens.pop();
        (tokens, diagnostics.iter().map(|d| d.code).collect())
    }

    #[test]
    fn numbers_of_every_form() {
        for (text, value) in [
            ("0", 0),
            ("-42", -42),
            ("+7", 7),
            ("0x1F", 31),
            ("017", 15),
            ("101b", 5),
            ("18446744073709551615", u64::MAX.into()),
        ] {
            assert_eq!(
                tokens(text),
                (vec![Token::Integer(value)], vec![]),
                "{text}"
            );
        }
        assert_eq!(tokens("-1.5e-3").0, vec![Token::Real(-0.0015)]);
        assert_eq!(tokens(".5").0, vec![Token::Real(0.5)]);
        for text in ["08", "102b", "0xG", "18446744073709551616", "5."] {
            assert_eq!(tokens(text).1, vec!["E0003"], "{text}");
        }
    }

    #[test]
    fn strings_and_comments() {
        assert_eq!(
            tokens(r#""a\"b\x41" // c "#).0,
            vec![Token::String("a\"bA".to_owned())]
        );
        assert_eq!(tokens("\"open\nx").1, vec!["E0002"]);
        assert_eq!(tokens("/* open").1, vec!["E0002"]);
        assert_eq!(
            tokens("a /* x // */ b").0,
            vec![Token::Word("a"), Token::Word("b")]
        );
        assert_eq!(
            tokens("'x' $A").0,
            vec![Token::Char(120), Token::Alias("A")]
        );
        assert_eq!(tokens("a @ b").1, vec!["E0001"]);
    }

    proptest! {
        #[test]
        fn never_panics_and_spans_stay_in_bounds(text in "\\PC{0,200}|[\\[\\]{}()\"'$#x0-9.+\\\\/* \n-]{0,200}") {
            let mut diagnostics = Vec::new();
            for (_, span) in tokenize(&text, 0, &mut diagnostics) {
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
            }
            for diagnostic in diagnostics {
                for label in diagnostic.labels {
                    prop_assert!(label.span.start <= label.span.end && label.span.end as usize <= text.len());
                }
            }
        }
    }
}
