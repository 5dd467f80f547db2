//! The attributes of a start tag, checked against the grammar that a tokeniser leaves open.

use std::borrow::Cow;

use crate::XmlErrorKind;
use crate::chars::{is_char, is_space};

/// One `name="value"`: offsets are relative to the tag's content.
pub(crate) struct RawAttribute<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a str,
    pub(crate) at: usize,
    pub(crate) value_at: usize,
}

/// Walks over the attributes in the content of a tag, behind its name.
pub(crate) struct RawAttributes<'a> {
    content: &'a str,
    at: usize,
}

type Failure = (usize, XmlErrorKind);

fn broken(at: usize, what: &str) -> Failure {
    (at, XmlErrorKind::NotWellFormed(what.to_owned()))
}

impl<'a> RawAttributes<'a> {
    pub(crate) const fn new(content: &'a str, at: usize) -> Self {
        Self { content, at }
    }

    /// The next attribute; `None` at the end of the tag.
    pub(crate) fn next(&mut self) -> Result<Option<RawAttribute<'a>>, Failure> {
        let bytes = self.content.as_bytes();
        let before = self.at;
        let space = |mut at: usize| {
            while bytes.get(at).is_some_and(|b| is_space(*b)) {
                at += 1;
            }
            at
        };
        let start = space(before);
        if start >= bytes.len() {
            return Ok(None);
        }
        if start == before {
            return Err(broken(start, "white space is missing before an attribute"));
        }
        let end = bytes[start..]
            .iter()
            .position(|b| *b == b'=' || is_space(*b))
            .map_or(bytes.len(), |n| start + n);
        let equals = space(end);
        if bytes.get(equals) != Some(&b'=') {
            return Err(broken(start, "an attribute has no value"));
        }
        let open = space(equals + 1);
        let quote = match bytes.get(open) {
            Some(quote @ (b'"' | b'\'')) => *quote,
            _ => return Err(broken(open, "an attribute value is not quoted")),
        };
        let value_at = open + 1;
        let Some(length) = bytes[value_at..].iter().position(|b| *b == quote) else {
            return Err(broken(open, "an attribute value is not closed"));
        };
        let value = &self.content[value_at..value_at + length];
        if let Some(less) = value.find('<') {
            return Err(broken(value_at + less, "`<` stands in an attribute value"));
        }
        self.at = value_at + length + 1;
        Ok(Some(RawAttribute {
            name: &self.content[start..end],
            value,
            at: start,
            value_at,
        }))
    }
}

/// The value of an attribute: references resolved, white space normalised (XML 1.0, 3.3.3).
///
/// # Errors
/// An undefined entity or a broken reference, with its offset in `raw`.
pub(crate) fn normalise(raw: &str) -> Result<Cow<'_, str>, Failure> {
    let special = |b: u8| matches!(b, b'&' | b'\t' | b'\n' | b'\r');
    if !raw.bytes().any(special) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    while let Some(found) = raw[at..].bytes().position(special) {
        let here = at + found;
        out.push_str(&raw[at..here]);
        at = here + 1;
        match raw.as_bytes()[here] {
            b'\r' if raw.as_bytes().get(at) == Some(&b'\n') => {}
            b'&' => {
                let Some(end) = raw[at..].find(';') else {
                    return Err(broken(here, "`&` starts no reference; write `&amp;`"));
                };
                out.push(resolve_reference(&raw[at..at + end]).map_err(|kind| (here, kind))?);
                at += end + 1;
            }
            _ => out.push(' '),
        }
    }
    out.push_str(&raw[at..]);
    Ok(Cow::Owned(out))
}

/// The character that a reference (the text between `&` and `;`) means.
///
/// # Errors
/// Any entity but the five of XML, and characters that XML does not allow.
pub(crate) fn resolve_reference(name: &str) -> Result<char, XmlErrorKind> {
    let number = match name {
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "amp" => return Ok('&'),
        "apos" => return Ok('\''),
        "quot" => return Ok('"'),
        _ => name.strip_prefix('#'),
    };
    let shown = || name.chars().take(40).collect::<String>();
    let Some(number) = number else {
        return Err(if crate::chars::is_ncname(name) {
            XmlErrorKind::UndefinedEntity(shown())
        } else {
            XmlErrorKind::NotWellFormed("`&` starts no reference; write `&amp;`".to_owned())
        });
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    let code = (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_alphanumeric()))
        .then(|| u32::from_str_radix(digits, radix).ok())
        .flatten();
    match code {
        Some(code) => char::from_u32(code)
            .filter(|c| is_char(*c))
            .ok_or(XmlErrorKind::IllegalCharacter(code)),
        None => Err(XmlErrorKind::NotWellFormed(format!(
            "`&{};` is no character reference",
            shown()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_normalised() {
        assert!(matches!(normalise("plain"), Ok(Cow::Borrowed("plain"))));
        let text = normalise("a&lt;b&#x41;\t\r\nc&#10;&quot;").map(Cow::into_owned);
        assert_eq!(text, Ok("a<bA  c\n\"".to_owned()));
    }

    #[test]
    fn references() {
        assert_eq!(resolve_reference("#233"), Ok('é'));
        assert_eq!(resolve_reference("#xE9"), Ok('é'));
        assert!(
            matches!(resolve_reference("nbsp"), Err(XmlErrorKind::UndefinedEntity(n)) if n == "nbsp")
        );
        for illegal in ["#0", "#x1", "#xFFFE", "#xD800", "#x110000"] {
            assert!(
                matches!(
                    resolve_reference(illegal),
                    Err(XmlErrorKind::IllegalCharacter(_))
                ),
                "{illegal}"
            );
        }
        for broken in ["", "#", "#x", "#+1", "#x-1", "#1a", "a b", "#99999999999"] {
            assert!(
                matches!(
                    resolve_reference(broken),
                    Err(XmlErrorKind::NotWellFormed(_))
                ),
                "{broken}"
            );
        }
    }
}
