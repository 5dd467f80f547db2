//! Bytes to text and back: UTF-8 and UTF-16, which every WS-Management service must and should speak
//! (DSP0226 13.1), and which CIMI's XML uses.

use std::borrow::Cow;
use std::fmt;

/// How a message is encoded. The answer uses the encoding of the request (DSP0226 R13.1-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Encoding {
    /// UTF-8, written without a byte order mark.
    #[default]
    Utf8,
    /// UTF-16, little end first, written with a byte order mark.
    Utf16Le,
    /// UTF-16, big end first, written with a byte order mark.
    Utf16Be,
}

impl Encoding {
    /// The `charset` parameter of a Content-Type for it.
    pub const fn charset(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
        }
    }
}

/// Text with the encoding that it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without byte order mark; borrowed where the bytes were UTF-8.
    pub text: Cow<'a, str>,
    /// How it was encoded.
    pub encoding: Encoding,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// The sender names a character set that is not served (wsman:EncodingLimit / CharacterSet).
    UnsupportedCharset(String),
    /// The bytes are not valid in the encoding.
    Malformed {
        /// What they should be.
        encoding: Encoding,
        /// Byte offset of the first wrong byte in the message.
        offset: usize,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedCharset(name) => write!(
                f,
                "The character set `{name}` is not supported; UTF-8 and UTF-16 are"
            ),
            Self::Malformed { encoding, offset } => write!(
                f,
                "The message is not valid {}: wrong byte at offset {offset}",
                encoding.charset()
            ),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Decodes a message.
///
/// A byte order mark decides; without one, the `charset` of the Content-Type; without that, the first
/// bytes (`<` as two bytes is UTF-16) and the XML declaration. UTF-16 without mark or first bytes that
/// tell is read little end first, as WinRM writes it.
///
/// # Errors
/// Character sets other than UTF-8 (and its subset US-ASCII) and UTF-16, and bytes that are not valid.
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Decoded<'a>, DecodeError> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(rest, 3);
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return utf16(rest, 2, Encoding::Utf16Le),
        [0xFE, 0xFF, rest @ ..] => return utf16(rest, 2, Encoding::Utf16Be),
        _ => {}
    }
    let looks = match bytes {
        [b'<', 0, ..] => Some(Encoding::Utf16Le),
        [0, b'<', ..] => Some(Encoding::Utf16Be),
        _ => None,
    };
    if let Some(charset) = content_type.and_then(charset_parameter) {
        return match () {
            () if is_utf8_name(charset) => utf8(bytes, 0),
            () if charset.eq_ignore_ascii_case("utf-16le") => utf16(bytes, 0, Encoding::Utf16Le),
            () if charset.eq_ignore_ascii_case("utf-16be") => utf16(bytes, 0, Encoding::Utf16Be),
            () if charset.eq_ignore_ascii_case("utf-16") => {
                utf16(bytes, 0, looks.unwrap_or(Encoding::Utf16Le))
            }
            () => Err(DecodeError::UnsupportedCharset(shown(charset))),
        };
    }
    if let Some(encoding) = looks {
        return utf16(bytes, 0, encoding);
    }
    if let Some(declared) = declared_encoding(bytes) {
        // A declaration that can be read byte by byte is not in UTF-16, whatever it says (text that was
        // transcoded on its way keeps its old declaration).
        let utf16 = declared.len() >= 6 && declared[..6].eq_ignore_ascii_case(b"utf-16");
        let name = String::from_utf8_lossy(declared);
        if !utf16 && !is_utf8_name(&name) {
            return Err(DecodeError::UnsupportedCharset(shown(&name)));
        }
    }
    utf8(bytes, 0)
}

/// Encodes a message for the way back.
pub fn encode(text: String, encoding: Encoding) -> Vec<u8> {
    let (mark, unit): (u16, fn(u16) -> [u8; 2]) = match encoding {
        Encoding::Utf8 => return text.into_bytes(),
        Encoding::Utf16Le => (0xFEFF, u16::to_le_bytes),
        Encoding::Utf16Be => (0xFEFF, u16::to_be_bytes),
    };
    let mut out = Vec::with_capacity(2 + 2 * text.len());
    out.extend_from_slice(&unit(mark));
    for code in text.encode_utf16() {
        out.extend_from_slice(&unit(code));
    }
    out
}

fn is_utf8_name(name: &str) -> bool {
    ["utf-8", "utf8", "us-ascii"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

fn shown(name: &str) -> String {
    name.chars().take(40).collect()
}

fn utf8(bytes: &[u8], skipped: usize) -> Result<Decoded<'_>, DecodeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: Encoding::Utf8,
        }),
        Err(error) => Err(DecodeError::Malformed {
            encoding: Encoding::Utf8,
            offset: skipped + error.valid_up_to(),
        }),
    }
}

fn utf16(bytes: &[u8], skipped: usize, encoding: Encoding) -> Result<Decoded<'_>, DecodeError> {
    let malformed = |offset| DecodeError::Malformed { encoding, offset };
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(malformed(skipped + bytes.len() - 1));
    }
    let units = pairs.iter().map(|pair| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes(*pair),
        _ => u16::from_le_bytes(*pair),
    });
    let mut text = String::with_capacity(pairs.len() + pairs.len() / 4);
    let mut offset = skipped;
    for decoded in char::decode_utf16(units) {
        let c = decoded.map_err(|_| malformed(offset))?;
        offset += 2 * c.len_utf16();
        text.push(c);
    }
    Ok(Decoded {
        text: Cow::Owned(text),
        encoding,
    })
}

/// The value of the `charset` parameter of a media type, unquoted.
fn charset_parameter(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}

/// The encoding that an XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<&[u8]> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let end = declaration.iter().take(200).position(|b| *b == b'>')?;
    let declaration = &declaration[..end];
    let at = declaration.windows(8).position(|w| w == b"encoding")? + 8;
    let mut parts = declaration[at..].splitn(3, |b| matches!(b, b'"' | b'\''));
    parts.next()?;
    parts.next()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text_of(bytes: &[u8], content_type: Option<&str>) -> (String, Encoding) {
        let decoded = decode(bytes, content_type).expect("decodes");
        (decoded.text.into_owned(), decoded.encoding)
    }

    #[test]
    fn the_encoding_is_found() {
        let le: Vec<u8> = "<é/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "<é/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let with = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        let soap = "application/soap+xml;charset=UTF-8";
        let soap16 = "application/soap+xml; action=\"x\"; Charset=\"utf-16\"";
        for (bytes, content_type, expected) in [
            ("<é/>".as_bytes().to_vec(), None, Encoding::Utf8),
            ("<é/>".as_bytes().to_vec(), Some(soap), Encoding::Utf8),
            (
                with(b"\xEF\xBB\xBF", "<é/>".as_bytes()),
                Some(soap16),
                Encoding::Utf8,
            ),
            (with(b"\xFF\xFE", &le), Some(soap16), Encoding::Utf16Le),
            (with(b"\xFE\xFF", &be), None, Encoding::Utf16Be),
            (le.clone(), Some(soap16), Encoding::Utf16Le),
            (be.clone(), Some(soap16), Encoding::Utf16Be),
            (le.clone(), None, Encoding::Utf16Le),
            (be, None, Encoding::Utf16Be),
            (with(b"\xFF\xFE", &le), Some(soap), Encoding::Utf16Le),
        ] {
            assert_eq!(text_of(&bytes, content_type), ("<é/>".to_owned(), expected));
        }
    }

    #[test]
    fn the_declaration_counts_where_nothing_else_tells() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>";
        assert_eq!(
            decode(latin, None),
            Err(DecodeError::UnsupportedCharset("ISO-8859-1".to_owned()))
        );
        assert!(decode(latin, Some("text/xml;charset=utf-8")).is_ok());
        assert!(decode(b"<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>", None).is_ok());
    }

    #[test]
    fn trouble_has_its_place() {
        assert_eq!(
            decode(b"<a>\xC3\x28</a>", None),
            Err(DecodeError::Malformed {
                encoding: Encoding::Utf8,
                offset: 3
            })
        );
        // A lone surrogate, and a byte too few.
        assert_eq!(
            decode(b"\xFF\xFE<\0\0\xD8a\0", None),
            Err(DecodeError::Malformed {
                encoding: Encoding::Utf16Le,
                offset: 4
            })
        );
        assert_eq!(
            decode(b"\xFF\xFE<\0a", None),
            Err(DecodeError::Malformed {
                encoding: Encoding::Utf16Le,
                offset: 4
            })
        );
        let error = decode(b"<a/>", Some("text/xml; charset=ebcdic")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "The character set `ebcdic` is not supported; UTF-8 and UTF-16 are"
        );
    }

    proptest! {
        #[test]
        fn every_text_survives(text in "\\PC*") {
            for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
                let bytes = encode(text.clone(), encoding);
                let decoded = decode(&bytes, None).expect("decodes");
                prop_assert_eq!(decoded.text.as_ref(), text.as_str());
                prop_assert_eq!(decoded.encoding, encoding);
            }
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = decode(&bytes, None);
            let _ = decode(&bytes, Some("text/xml;charset=utf-16"));
        }
    }
}
