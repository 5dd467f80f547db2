//! Source files: bytes decoded to text, and places in them.

use std::path::{Path, PathBuf};

/// A place in a source file: byte offsets into its decoded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// Index of the file in its [`SourceMap`].
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

impl Span {
    /// From the start of this span to the end of another one in the same file.
    pub(crate) fn to(self, other: Self) -> Self {
        if self.file == other.file {
            Self {
                end: other.end.max(self.end),
                ..self
            }
        } else {
            self
        }
    }
}

/// A decoded file.
#[derive(Debug)]
pub struct SourceFile {
    /// As the user named it, or as an include led to it.
    pub path: PathBuf,
    /// Its text as UTF-8.
    pub text: String,
}

/// All files of a compilation.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    pub(crate) fn add(&mut self, path: &Path, text: String) -> u32 {
        self.files.push(SourceFile {
            path: path.to_owned(),
            text,
        });
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    pub(crate) fn set_text(&mut self, file: u32, text: String) {
        if let Some(file) = self.files.get_mut(file as usize) {
            file.text = text;
        }
    }

    /// The file of that index.
    pub fn file(&self, index: u32) -> Option<&SourceFile> {
        self.files.get(index as usize)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Path, line and column (from 1, in characters) of the start of a span.
    pub fn locate(&self, span: Span) -> Option<(&Path, usize, usize)> {
        let file = self.file(span.file)?;
        let before = file.text.get(..span.start as usize)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        Some((&file.path, line, column))
    }
}

/// How the bytes of a file were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
    /// Not valid UTF-8 from this byte on: taken as Windows-1252.
    Windows1252 {
        first: usize,
    },
}

/// Decodes UTF-8, UTF-16 (with a byte order mark or recognisable without) or else Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> (String, Encoding) {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode_8bit(rest),
        [0xFF, 0xFE, rest @ ..] => (decode_utf16(rest, u16::from_le_bytes), Encoding::Utf16),
        [0xFE, 0xFF, rest @ ..] => (decode_utf16(rest, u16::from_be_bytes), Encoding::Utf16),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => {
            (decode_utf16(bytes, u16::from_le_bytes), Encoding::Utf16)
        }
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => {
            (decode_utf16(bytes, u16::from_be_bytes), Encoding::Utf16)
        }
        _ => decode_8bit(bytes),
    }
}

fn decode_8bit(bytes: &[u8]) -> (String, Encoding) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Encoding::Utf8),
        Err(error) => (
            bytes.iter().map(|b| windows_1252(*b)).collect(),
            Encoding::Windows1252 {
                first: error.valid_up_to(),
            },
        ),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_vendors_ship() {
        assert_eq!(decode(b"\xEF\xBB\xBFclass").0, "class");
        assert_eq!(decode(b"\xFF\xFEa\0b\0").0, "ab");
        assert_eq!(decode(b"\xFE\xFF\0a\0b").0, "ab");
        assert_eq!(decode(b"a\0b\0c\0d\0").0, "abcd");
        assert_eq!(decode(b"\xA9 1999 \x93x\x94").0, "© 1999 “x”");
    }
}
