//! The contract that every back end keeps.
//!
//! * A batch is applied whole or not at all, and an answered batch is durable.
//! * Batches have one order. Each gets the next version, and its rows carry that version.
//! * Events of a batch stand in the outbox in that same order, with consecutive sequence numbers.
//! * A read sees every batch that was answered before it began, and never half of one.

use std::ops::ControlFlow;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::watch;

/// Durable rows in byte order of their keys.
///
/// Reads hand rows to a visitor in place, so that a caller decodes without a copy. A visitor must be
/// quick: it may run while the back end holds a snapshot.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Reads rows by key from one snapshot. The visitor is called once for every key that has a row, in
    /// the order of `keys`, with the position in `keys`, the version and the value.
    async fn read(&self, keys: &[&[u8]], visit: ReadVisitor<'_>) -> Result<(), StoreError>;

    /// Walks rows of a range from one snapshot, in key order, until the visitor breaks.
    ///
    /// A caller that pauses goes on with [`Scan::after`] the last key it saw; rows that were written
    /// meanwhile are seen where their keys lie.
    async fn scan(&self, scan: Scan<'_>, visit: ScanVisitor<'_>) -> Result<(), StoreError>;

    /// Applies a batch durably. Dropping the future does not undo it.
    async fn write(&self, batch: Batch) -> Result<Committed, StoreError>;

    /// Reads events of the outbox after a sequence number, oldest first, until the visitor breaks.
    async fn events(&self, after: u64, visit: EventVisitor<'_>) -> Result<EventWindow, StoreError>;

    /// The sequence number of the newest event, and a way to wait for the next.
    fn watch(&self) -> watch::Receiver<u64>;

    /// The store as it stands now, for reading: what is written later is not in it. It must be given up soon,
    /// because what it keeps cannot be reused meanwhile. `None` where the back end has no such thing.
    fn snapshot(&self) -> Option<Arc<dyn Store>> {
        None
    }

    /// Whether nobody but this value can write: leases that another process left are void then.
    fn is_exclusive(&self) -> bool;

    /// Reads one row: its version and value.
    async fn get(&self, key: &[u8]) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
        let mut found = None;
        self.read(&[key], &mut |_, version, value| {
            found = Some((version, value.to_vec()));
        })
        .await?;
        Ok(found)
    }
}

/// Takes position in the key list, version and value.
pub type ReadVisitor<'a> = &'a mut (dyn FnMut(usize, u64, &[u8]) + Send);

/// Takes key, version and value.
pub type ScanVisitor<'a> = &'a mut (dyn FnMut(&[u8], u64, &[u8]) -> ControlFlow<()> + Send);

/// Takes sequence number and event.
pub type EventVisitor<'a> = &'a mut (dyn FnMut(u64, &[u8]) -> ControlFlow<()> + Send);

/// A range of keys.
#[derive(Debug, Clone, Copy)]
pub struct Scan<'a> {
    /// Only keys that start so.
    pub prefix: &'a [u8],
    /// Only keys greater than this one; it need not exist.
    pub after: Option<&'a [u8]>,
}

impl<'a> Scan<'a> {
    /// All keys with a prefix.
    pub const fn prefix(prefix: &'a [u8]) -> Self {
        Self {
            prefix,
            after: None,
        }
    }

    /// The keys of the same range behind `key`.
    #[must_use]
    pub const fn after(self, key: &'a [u8]) -> Self {
        Self {
            prefix: self.prefix,
            after: Some(key),
        }
    }
}

/// What is written together.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// What must be true for the batch to be applied.
    pub expect: Vec<Expect>,
    /// Counters to move; checked before anything is written.
    pub count: Vec<Count>,
    /// Rows to put and delete, in order.
    pub writes: Vec<Write>,
    /// Events to append to the outbox, in order.
    pub events: Vec<Vec<u8>>,
}

/// A condition on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expect {
    /// The row.
    pub key: Vec<u8>,
    /// What is expected of it.
    pub what: Expected,
}

/// What is expected of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// There is none.
    Absent,
    /// It has this version.
    Version(u64),
}

/// A change of a counter row. Counters are separate from rows, start at zero and never go below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The counter.
    pub key: Vec<u8>,
    /// By how much it moves.
    pub by: i64,
    /// The batch is refused if the counter would rise above this.
    pub limit: Option<u64>,
}

/// A change of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Sets the row.
    Put {
        /// Its key.
        key: Vec<u8>,
        /// Its value.
        value: Vec<u8>,
    },
    /// Removes the row, if there is one.
    Delete {
        /// Its key.
        key: Vec<u8>,
    },
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// The version of the rows that the batch put.
    pub version: u64,
    /// The sequence number of the newest event after the batch.
    pub last_event: u64,
}

/// What the outbox holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EventWindow {
    /// The oldest sequence number that is still there; one more than `last` if there is none.
    pub first: u64,
    /// The newest sequence number ever given.
    pub last: u64,
}

/// Why the store did not do it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A condition did not hold; nothing was written.
    #[error("somebody else wrote the row {} first", .0.escape_ascii())]
    Conflict(Vec<u8>),
    /// A counter reached its limit; nothing was written.
    #[error("the counter {} is at its limit", .key.escape_ascii())]
    Limit {
        /// The counter.
        key: Vec<u8>,
        /// What it stands at.
        now: u64,
    },
    /// The store is closed, or its disk failed; what was not answered may or may not be there.
    #[error("the store failed: {0}")]
    Failed(String),
}
