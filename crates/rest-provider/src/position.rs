//! Positions in the results of a query.
//!
//! A collection is read by ordinals, which every CIMI service has, and they move when items come and go. So
//! a position also knows the last items before it, and a part that is read again is aligned by them: nobody is
//! lost or told twice because somebody else was deleted.

use std::hash::{DefaultHasher, Hash, Hasher};

use cim_core::{CimError, ErrorKind};
use provider::Cursor;

/// How many items before a position are remembered.
pub(crate) const REMEMBERED: usize = 16;

/// The first octet of a position.
const VERSION: u8 = 1;

/// A position behind an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Position {
    /// Which stage of the plan.
    pub(crate) stage: u16,
    /// The part of the collection that the cloud made, where it makes its own.
    pub(crate) part: Option<String>,
    /// Items before it, in the part or in all.
    pub(crate) ordinal: u64,
    /// Items that were examined in this stage altogether.
    pub(crate) examined: u64,
    /// Results of the next item that were told already.
    pub(crate) inner: u16,
    /// Whether the cloud filters.
    pub(crate) filtered: bool,
    /// Whether the cloud orders.
    pub(crate) ordered: bool,
    /// Results that are still to be skipped.
    pub(crate) skip: u64,
    /// The last items before it.
    pub(crate) before: Vec<u32>,
}

/// What of an identifier a position remembers.
pub(crate) fn mark(id: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    (hasher.finish() & u64::from(u32::MAX)) as u32
}

impl Position {
    /// Goes behind an item.
    pub(crate) fn pass(&mut self, id: &str) {
        self.ordinal += 1;
        self.examined += 1;
        self.inner = 0;
        if self.before.len() >= REMEMBERED {
            self.before.remove(0);
        }
        self.before.push(mark(id));
    }

    /// Where the items go on that were read again, of which `expected` should lie before it. `None` if none of
    /// the remembered ones is among them.
    pub(crate) fn align<'i>(
        &self,
        ids: impl Iterator<Item = &'i str>,
        expected: usize,
    ) -> Option<usize> {
        if self.before.is_empty() {
            return Some(expected);
        }
        let marks: Vec<u32> = ids.map(mark).collect();
        self.before.iter().rev().find_map(|wanted| {
            let places = marks.iter().enumerate().filter(|(_, m)| *m == wanted);
            places
                .map(|(at, _)| at + 1)
                .min_by_key(|at| at.abs_diff(expected))
        })
    }

    pub(crate) fn cursor(&self) -> Cursor {
        let part = self.part.as_deref().unwrap_or_default();
        let mut bytes = Vec::with_capacity(48 + part.len() + 4 * self.before.len());
        bytes.push(VERSION);
        bytes.push(
            u8::from(self.filtered)
                | u8::from(self.ordered) << 1
                | u8::from(self.part.is_some()) << 2,
        );
        bytes.extend_from_slice(&self.stage.to_be_bytes());
        bytes.extend_from_slice(&self.inner.to_be_bytes());
        bytes.extend_from_slice(&self.ordinal.to_be_bytes());
        bytes.extend_from_slice(&self.examined.to_be_bytes());
        bytes.extend_from_slice(&self.skip.to_be_bytes());
        bytes.push(u8::try_from(self.before.len()).unwrap_or(0));
        for mark in &self.before {
            bytes.extend_from_slice(&mark.to_be_bytes());
        }
        bytes.extend_from_slice(part.as_bytes());
        Cursor(bytes)
    }

    pub(crate) fn read(cursor: &Cursor) -> Result<Self, CimError> {
        Self::decode(&cursor.0).ok_or_else(|| {
            CimError::new(
                ErrorKind::InvalidCursor,
                "It is no position in these results.",
            )
        })
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let ([VERSION, flags], rest) = bytes.split_first_chunk::<2>()? else {
            return None;
        };
        let (stage, rest) = rest.split_first_chunk()?;
        let (inner, rest) = rest.split_first_chunk()?;
        let (ordinal, rest) = rest.split_first_chunk()?;
        let (examined, rest) = rest.split_first_chunk()?;
        let (skip, rest) = rest.split_first_chunk()?;
        let (count, rest) = rest.split_first()?;
        let (marks, part) = rest.split_at_checked(4 * usize::from(*count))?;
        let part = std::str::from_utf8(part).ok()?;
        let has_part = flags & 4 != 0;
        if flags & !7 != 0 || (!has_part && !part.is_empty()) {
            return None;
        }
        Some(Self {
            stage: u16::from_be_bytes(*stage),
            part: has_part.then(|| part.to_owned()),
            ordinal: u64::from_be_bytes(*ordinal),
            examined: u64::from_be_bytes(*examined),
            inner: u16::from_be_bytes(*inner),
            filtered: flags & 1 != 0,
            ordered: flags & 2 != 0,
            skip: u64::from_be_bytes(*skip),
            before: marks
                .chunks_exact(4)
                .filter_map(|chunk| Some(u32::from_be_bytes(chunk.try_into().ok()?)))
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn deleted_neighbours_do_not_matter() {
        let mut position = Position::default();
        for id in ["a", "b", "c"] {
            position.pass(id);
        }
        let align = |ids: &[&str], expected| position.align(ids.iter().copied(), expected);
        assert_eq!(align(&["a", "b", "c", "d"], 3), Some(3));
        assert_eq!(align(&["b", "d"], 3), Some(1));
        assert_eq!(align(&["new", "a", "b", "c", "d"], 3), Some(4));
        assert_eq!(align(&["d"], 3), None);
    }

    proptest! {
        #[test]
        fn positions_come_back(
            stage: u16, inner: u16, ordinal: u64, examined: u64, skip: u64, filtered: bool, ordered: bool,
            before in prop::collection::vec(any::<u32>(), 0..=REMEMBERED),
            part in prop::option::of("[ -~]{0,40}"),
        ) {
            let position = Position { stage, part, ordinal, examined, inner, filtered, ordered, skip, before };
            prop_assert_eq!(Position::read(&position.cursor()).unwrap(), position);
        }

        #[test]
        fn nonsense_is_no_position(bytes: Vec<u8>) {
            let _ = Position::read(&Cursor(bytes));
        }
    }
}
