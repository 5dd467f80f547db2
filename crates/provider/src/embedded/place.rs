//! Places in the results of a query: what a cursor holds, and how ordered results stand to each other.

use std::cmp::Ordering;

use cim_core::{CimError, ErrorKind, Value};
use cim_query::{Query, sort_order};

use super::codec::{Keep, Reader, write_number, write_value};
use super::core::Core;
use crate::{Cursor, Resource};

/// What a cursor holds: results still to skip, the sort key of an ordered query, and the position.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    pub(crate) skip: u64,
    pub(crate) order: Vec<Value>,
    pub(crate) position: Vec<u8>,
}

const CURSOR_FORM: u8 = 1;

impl Place {
    /// The cursor for a position in an unordered query.
    pub(crate) fn behind(position: &[u8]) -> Cursor {
        let mut out = Vec::with_capacity(position.len() + 3);
        out.extend_from_slice(&[CURSOR_FORM, 0, 0]);
        out.extend_from_slice(position);
        Cursor(out)
    }

    pub(crate) fn encode(&self) -> Cursor {
        let mut out = Vec::with_capacity(self.position.len() + 8);
        out.push(CURSOR_FORM);
        write_number(&mut out, self.skip);
        write_number(&mut out, self.order.len() as u64);
        for value in &self.order {
            write_value(&mut out, value, Keep::All);
        }
        out.extend_from_slice(&self.position);
        Cursor(out)
    }

    pub(crate) fn decode(core: &Core, cursor: &Cursor, query: &Query) -> Result<Self, CimError> {
        let invalid = || {
            CimError::new(
                ErrorKind::InvalidCursor,
                "The position in the results does not belong to this query. Start it again.",
            )
        };
        let read = || {
            let mut reader = Reader::new(&cursor.0);
            if reader.byte()? != CURSOR_FORM {
                return Ok(None);
            }
            let skip = reader.number()?;
            let length = reader.number()?;
            if length != query.order_by.len() as u64 {
                return Ok(None);
            }
            let mut order = Vec::new();
            for _ in 0..length {
                order.push(reader.value(&core.model.schema, Keep::All)?);
            }
            Ok::<_, super::codec::Corrupt>(Some(Self {
                skip,
                order,
                position: reader.rest().to_vec(),
            }))
        };
        read().ok().flatten().ok_or_else(invalid)
    }
}

/// Where a result of an ordered query lies. The greatest is the last.
pub(crate) struct Placed<'q> {
    pub(crate) query: &'q Query,
    pub(crate) order: Vec<Value>,
    pub(crate) position: Vec<u8>,
}

impl Ord for Placed<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        rank(
            self.query,
            &self.order,
            &self.position,
            &other.order,
            &other.position,
        )
    }
}

impl PartialOrd for Placed<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Placed<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Placed<'_> {}

/// The same with the result.
pub(crate) struct Ranked<'q> {
    pub(crate) placed: Placed<'q>,
    pub(crate) resource: Resource,
}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.placed.cmp(&other.placed)
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked<'_> {}

/// Where one result stands to another in the order that the query asks for.
pub(crate) fn rank(
    query: &Query,
    order: &[Value],
    position: &[u8],
    other_order: &[Value],
    other_position: &[u8],
) -> Ordering {
    query
        .order_by
        .iter()
        .zip(order.iter().zip(other_order))
        .map(|(by, (a, b))| {
            let ordering = sort_order(a, b);
            if by.descending {
                ordering.reverse()
            } else {
                ordering
            }
        })
        .find(|ordering| ordering.is_ne())
        .unwrap_or_else(|| position.cmp(other_position))
}
