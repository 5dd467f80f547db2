//! Source files: bytes decoded to text, and places in them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

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
    /// Its text as UTF-8. (A `String`, because that is what its bytes become without a copy.)
    pub text: Arc<String>,
    /// Where each line begins; found when somebody asks.
    lines: OnceLock<Vec<u32>>,
    /// How many characters precede each block of [`BLOCK`] bytes; found when a line is very long.
    characters: OnceLock<Vec<u32>>,
}

/// A file may be one line of any length, and each mistake in it has a column.
const BLOCK: usize = 4096;

/// How many characters begin in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

impl SourceFile {
    /// Line (from 0) of a byte, and where that line begins.
    pub(crate) fn line(&self, at: usize) -> (usize, usize) {
        let lines = self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            // CR LF is one end; a CR alone is one, too.
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
                .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
            let start = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
            std::iter::once(0).chain(ends.map(start)).collect()
        });
        let line = lines
            .partition_point(|start| *start as usize <= at)
            .saturating_sub(1);
        (line, lines.get(line).map_or(0, |start| *start as usize))
    }

    /// How many characters stand between two places.
    fn distance(&self, from: usize, to: usize) -> usize {
        let bytes = self.text.as_bytes();
        let count = |from: usize, to: usize| bytes.get(from..to).map_or(0, characters);
        if to.saturating_sub(from) <= 2 * BLOCK {
            return count(from, to);
        }
        let before = self.characters.get_or_init(|| {
            let mut sum = 0;
            let blocks = bytes.chunks(BLOCK).map(|block| {
                let before = u32::try_from(sum).unwrap_or(u32::MAX);
                sum += characters(block);
                before
            });
            blocks.collect()
        });
        let all_before = |at: usize| {
            let block = at / BLOCK;
            let whole = before.get(block).map_or(0, |n| *n as usize);
            whole + count(block * BLOCK, at)
        };
        all_before(to).saturating_sub(all_before(from))
    }
}

/// All files of a compilation.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    pub(crate) fn add(&mut self, path: &Path, text: Arc<String>) -> u32 {
        self.files.push(SourceFile {
            path: path.to_owned(),
            text,
            lines: OnceLock::new(),
            characters: OnceLock::new(),
        });
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
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
        let (line, start) = file.line(span.start as usize);
        let column = file.distance(start, span.start as usize) + 1;
        Some((&file.path, line + 1, column))
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
pub(crate) fn decode(mut bytes: Vec<u8>) -> (String, Encoding) {
    let utf16 = |bytes, unit| (decode_utf16(bytes, unit), Encoding::Utf16);
    match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.drain(..3);
            decode_8bit(bytes)
        }
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => utf16(&bytes, u16::from_le_bytes),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => utf16(&bytes, u16::from_be_bytes),
        _ => decode_8bit(bytes),
    }
}

/// Most files are UTF-8, and none of their bytes is copied.
fn decode_8bit(bytes: Vec<u8>) -> (String, Encoding) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, Encoding::Utf8),
        Err(error) => {
            let first = error.utf8_error().valid_up_to();
            let text = error.as_bytes().iter().map(|b| windows_1252(*b)).collect();
            (text, Encoding::Windows1252 { first })
        }
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
    fn a_column_far_to_the_right() {
        let mut map = SourceMap::default();
        let text = format!("a\n{}x{}", "ä".repeat(10_000), "ö".repeat(3));
        let file = map.add(Path::new("a.mof"), Arc::new(text));
        for (start, column) in [(2, 1), (4, 2), (20_002, 10_001), (20_003, 10_002)] {
            let span = Span {
                file,
                start,
                end: start,
            };
            assert_eq!(map.locate(span).map(|(_, l, c)| (l, c)), Some((2, column)));
        }
    }

    #[test]
    fn decodes_what_vendors_ship() {
        assert_eq!(decode(b"\xEF\xBB\xBFclass".to_vec()).0, "class");
        assert_eq!(decode(b"\xFF\xFEa\0b\0".to_vec()).0, "ab");
        assert_eq!(decode(b"\xFE\xFF\0a\0b".to_vec()).0, "ab");
        assert_eq!(decode(b"a\0b\0c\0d\0".to_vec()).0, "abcd");
        assert_eq!(decode(b"\xA9 1999 \x93x\x94".to_vec()).0, "© 1999 “x”");
    }
}
