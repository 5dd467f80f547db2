//! String literals as written: pieces of a source text, put together when somebody asks.
//!
//! More than half of a schema are descriptions, each a chain of literals, which nobody reads while it is
//! compiled; so a literal is two offsets. The same walk that unescapes it finds the place in the source
//! of any character of it.

use std::borrow::Cow;
use std::sync::Arc;

use crate::lexer::skip_blank;
use crate::source::Span;

/// A string: one or more literals side by side.
#[derive(Clone)]
pub(crate) struct Text {
    source: Arc<String>,
    /// The opening quote of the first literal.
    start: u32,
    /// Behind the closing quote of the last one.
    end: u32,
    /// One literal without escapes.
    plain: bool,
    /// `\x` takes six digits (DSP0221), not four.
    wide: bool,
}

impl Text {
    pub(crate) fn new(source: &Arc<String>, start: u32, end: u32, plain: bool, wide: bool) -> Self {
        Self {
            source: source.clone(),
            start,
            end,
            plain,
            wide,
        }
    }

    /// What it stands for.
    pub(crate) fn value(&self) -> Cow<'_, str> {
        if self.plain {
            let inner = self
                .source
                .get(self.start as usize + 1..self.end as usize - 1);
            return Cow::Borrowed(inner.unwrap_or(""));
        }
        let mut value = String::with_capacity((self.end - self.start) as usize);
        self.walk(|c, _| value.push(c));
        Cow::Owned(value)
    }

    /// The place in the source of a byte of the value.
    pub(crate) fn position(&self, at: usize) -> u32 {
        let (mut length, mut place) = (0, None);
        self.walk(|c, offset| {
            if length <= at {
                place = Some(offset);
            }
            length += c.len_utf8();
        });
        place
            .filter(|_| at < length)
            .unwrap_or_else(|| self.end.saturating_sub(1))
    }

    /// The place in the source of the character that a byte of the value belongs to.
    pub(crate) fn place(&self, at: usize, within: Span) -> Span {
        let start = self.position(at);
        let rest = self.source.get(start as usize..);
        let character = rest.and_then(|text| text.chars().next());
        let length = character.map_or(1, char::len_utf8);
        Span {
            start,
            end: start + u32::try_from(length).unwrap_or(1),
            ..within
        }
    }

    /// How many literals it is written in, with the start of each.
    pub(crate) fn pieces(&self) -> Vec<u32> {
        let mut starts = Vec::new();
        let bytes = self.source.as_bytes();
        let (mut at, end) = (self.start as usize, self.end as usize);
        while at < end && bytes.get(at) == Some(&b'"') {
            starts.push(u32::try_from(at).unwrap_or(u32::MAX));
            at += 1;
            while at < end && bytes.get(at).is_some_and(|b| *b != b'"') {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            at = skip_blank(bytes, at + 1);
        }
        starts
    }

    fn walk(&self, mut found: impl FnMut(char, u32)) {
        let text = self.source.get(..self.end as usize).unwrap_or("");
        let bytes = text.as_bytes();
        let mut at = self.start as usize;
        while bytes.get(at) == Some(&b'"') {
            at += 1;
            let mut high: Option<u16> = None;
            while let Some(b) = bytes.get(at).filter(|b| **b != b'"') {
                let place = u32::try_from(at).unwrap_or(u32::MAX);
                if *b == b'\\' {
                    let (escape, next) = escape(text, at, self.wide);
                    at = next;
                    match escape {
                        Escape::Char(c) => found(c, place),
                        Escape::Unit(unit) => match (high.take(), unit) {
                            (Some(first), 0xDC00..=0xDFFF) => {
                                let mut pair = char::decode_utf16([first, unit]);
                                if let Some(Ok(c)) = pair.next() {
                                    found(c, place);
                                }
                                continue;
                            }
                            (_, 0xD800..=0xDBFF) if is_low_surrogate(text, at, self.wide) => {
                                high = Some(unit);
                            }
                            _ => found(char::REPLACEMENT_CHARACTER, place),
                        },
                        Escape::Unknown(c) => {
                            found('\\', place);
                            found(c, place + 1);
                        }
                        Escape::NoDigits | Escape::End => {}
                    }
                } else {
                    let c = text.get(at..).and_then(|t| t.chars().next());
                    let Some(c) = c else { return };
                    at += c.len_utf8();
                    found(c, place);
                }
            }
            at = skip_blank(bytes, at + 1);
        }
    }
}

fn is_low_surrogate(text: &str, at: usize, wide: bool) -> bool {
    text.as_bytes().get(at) == Some(&b'\\')
        && matches!(escape(text, at, wide).0, Escape::Unit(0xDC00..=0xDFFF))
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.value())
    }
}

/// What stands behind a backslash.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Escape {
    Char(char),
    /// A surrogate, which is half a character.
    Unit(u16),
    Unknown(char),
    /// `\x` without a digit
    NoDigits,
    End,
}

/// The escape at a backslash, and where it ends (DSP0004 4.11.1).
pub(crate) fn escape(text: &str, at: usize, wide: bool) -> (Escape, usize) {
    let Some(c) = text.get(at + 1..).and_then(|rest| rest.chars().next()) else {
        return (Escape::End, at + 1);
    };
    let next = at + 1 + c.len_utf8();
    let simple = match c {
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'f' => '\u{c}',
        'r' => '\r',
        '"' | '\'' | '\\' => c,
        'x' | 'X' => {
            let digits = text.as_bytes()[next..]
                .iter()
                .take(if wide { 6 } else { 4 })
                .take_while(|b| b.is_ascii_hexdigit())
                .count();
            let code = u32::from_str_radix(&text[next..next + digits], 16);
            let escape = match code {
                Err(_) => Escape::NoDigits,
                Ok(code) => match char::from_u32(code) {
                    Some(c) => Escape::Char(c),
                    None => Escape::Unit(u16::try_from(code).unwrap_or(0xDC00)),
                },
            };
            return (escape, next + digits);
        }
        other => return (Escape::Unknown(other), next),
    };
    (Escape::Char(simple), next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> Text {
        let end = u32::try_from(source.len()).unwrap();
        Text::new(&Arc::new(source.to_owned()), 0, end, false, false)
    }

    #[test]
    fn literals_side_by_side_are_one() {
        let two = text("\"a\" /* \" */ // \"\n \"b\\x41\\n\\d\"");
        assert_eq!(two.value(), "abA\n\\d");
        assert_eq!(two.pieces().len(), 2);
        assert_eq!(two.position(0), 1);
        assert_eq!(two.position(1), 19);
        assert_eq!(two.position(3), 24);
        assert_eq!(two.position(99), 28);
    }

    #[test]
    fn a_place_is_a_whole_character() {
        let place = text("\"aé\"").place(2, Span::default());
        assert_eq!((place.start, place.end), (2, 4));
    }

    #[test]
    fn surrogates_meet() {
        assert_eq!(text("\"\\xD83D\\xDE00\"").value(), "😀");
        assert_eq!(text("\"\\xD83Dx\"").value(), "\u{FFFD}x");
        assert_eq!(text("\"\\xDE00\"").value(), "\u{FFFD}");
    }

    #[test]
    fn a_literal_without_end_is_read_to_where_it_was_given_up() {
        assert_eq!(text("\"abc").value(), "abc");
        assert_eq!(text("\"abc\\").value(), "abc");
    }
}
