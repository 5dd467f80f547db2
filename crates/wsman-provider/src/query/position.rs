//! What a cursor holds: a place in the enumerations of a plan that outlives them.
//!
//! The enumeration context of the page in which the place is, and which items of that page were passed. Whoever
//! comes back asks for the page again and leaves those out, whatever was created and deleted meanwhile. Where the
//! service has forgotten the context, the enumeration is begun anew, up to the item that was passed last.

use cim_core::{CimError, ErrorKind};
use provider::Cursor;

use super::plan::Plan;

/// The form of these cursors.
const FORM: u8 = 7;
/// Most items of one page that are remembered one by one; behind more, the last one alone has to do.
const MAX_PASSED: usize = 256;
/// Bytes of a mark of an item: the chance that two are alike is one in 10^8 for the largest page.
const MARK: usize = 5;

/// A place between two candidates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Position {
    /// Results still to skip.
    pub(super) skip: u64,
    /// In which enumeration.
    pub(super) stage: usize,
    /// The context that gives the page; `None` for the first page, which Enumerate gives.
    pub(super) context: Option<String>,
    /// Whether the service is known to answer a context again as it did.
    pub(super) repeatable: bool,
    /// Items of that page that were passed; only their marks.
    pub(super) passed: Vec<u64>,
    /// The item passed last, in that page or before it.
    pub(super) last: Option<u64>,
}

impl Position {
    pub(super) fn encode(&self, plan: &Plan<'_>) -> Cursor {
        let context = self.context.as_deref().unwrap_or_default();
        let mut out = Vec::with_capacity(context.len() + MARK * self.passed.len() + 48);
        out.push(FORM);
        out.extend_from_slice(&plan.mark.to_le_bytes());
        out.push(
            u8::from(self.repeatable)
                | u8::from(self.last.is_some()) << 1
                | u8::from(self.context.is_some()) << 2,
        );
        number(&mut out, self.skip);
        number(&mut out, self.stage as u64);
        if let Some(last) = self.last {
            out.extend_from_slice(mark_bytes(last).as_slice());
        }
        number(&mut out, context.len() as u64);
        out.extend_from_slice(context.as_bytes());
        if self.passed.len() <= MAX_PASSED {
            for mark in &self.passed {
                out.extend_from_slice(mark_bytes(*mark).as_slice());
            }
        } else if let Some(last) = self.last {
            out.extend_from_slice(mark_bytes(last).as_slice());
        }
        Cursor(out)
    }

    pub(super) fn decode(cursor: &Cursor, plan: &Plan<'_>) -> Result<Self, CimError> {
        Self::read(&cursor.0, plan).ok_or_else(invalid)
    }

    fn read(bytes: &[u8], plan: &Plan<'_>) -> Option<Self> {
        let mut rest = bytes;
        if take(&mut rest, 1)? != [FORM] || take(&mut rest, 8)? != plan.mark.to_le_bytes() {
            return None;
        }
        let [flags] = take(&mut rest, 1)? else {
            return None;
        };
        let skip = read_number(&mut rest)?;
        let stage = usize::try_from(read_number(&mut rest)?).ok()?;
        let last = match flags & 2 {
            0 => None,
            _ => Some(read_mark(take(&mut rest, MARK)?)),
        };
        let length = usize::try_from(read_number(&mut rest)?).ok()?;
        let context = std::str::from_utf8(take(&mut rest, length)?).ok()?;
        if stage > plan.stages.len() || !rest.len().is_multiple_of(MARK) {
            return None;
        }
        Some(Self {
            skip,
            stage,
            context: (flags & 4 != 0).then(|| context.to_owned()),
            repeatable: flags & 1 != 0,
            passed: rest.chunks(MARK).map(read_mark).collect(),
            last,
        })
    }
}

/// The error for a cursor that belongs to nothing (any more).
pub(super) fn invalid() -> CimError {
    CimError::new(
        ErrorKind::InvalidCursor,
        "The position in the results does not belong to this query, or is gone. Start it again.",
    )
}

/// The part of a hash that a cursor remembers of an item.
pub(super) const fn mark(hash: u64) -> u64 {
    hash >> (64 - 8 * MARK)
}

fn mark_bytes(mark: u64) -> [u8; MARK] {
    let [a, b, c, d, e, ..] = mark.to_le_bytes();
    [a, b, c, d, e]
}

fn read_mark(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |mark, byte| mark << 8 | u64::from(*byte))
}

pub(super) fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (front, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    Some(front)
}

/// A number of variable length, the low seven bits first.
pub(super) fn number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 128 {
        out.push((n & 127) as u8 | 128);
        n >>= 7;
    }
    out.push(n as u8);
}

pub(super) fn read_number(rest: &mut &[u8]) -> Option<u64> {
    let mut n = 0;
    for shift in (0..64).step_by(7) {
        let [byte] = take(rest, 1)? else { return None };
        n |= u64::from(byte & 127) << shift;
        if byte & 128 == 0 {
            return Some(n);
        }
    }
    None
}
