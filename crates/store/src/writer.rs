//! The one thread that writes: it drains the queue and commits what it found together.
//!
//! A durable commit costs a disk flush whatever it holds, so that the number of waiting requests,
//! not the disk, sets the throughput (group commit). Answers go out after the commit, refusals too:
//! a refusal may rest on a batch of the same group.

use std::collections::HashMap;

use redb::{Database, Durability, ReadableTable, Table, WriteTransaction};
use tokio::sync::{mpsc, oneshot};

use crate::contract::{Batch, Committed, Expected, StoreError, Write};
use crate::redb_store::{
    COUNTERS, META, META_LAST_EVENT, META_VERSION, OUTBOX, ROWS, Shared, VERSION_BYTES, failed,
    split,
};

/// A batch and where its answer goes.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) batch: Batch,
    pub(crate) answer: oneshot::Sender<Result<Committed, StoreError>>,
}

/// At most this many batches share a commit, so that the first does not wait for ever.
const GROUP: usize = 256;

/// Answers requests until the queue is closed and empty.
pub(crate) fn run(
    database: &Database,
    shared: &Shared,
    mut requests: mpsc::Receiver<Request>,
    max_events: u64,
) {
    let mut group = Vec::with_capacity(GROUP);
    while requests.blocking_recv_many(&mut group, GROUP) > 0 {
        let (batches, answers): (Vec<_>, Vec<_>) =
            group.drain(..).map(|r| (r.batch, r.answer)).unzip();
        match commit(database, shared, batches, max_events) {
            Ok(results) => {
                for (answer, result) in answers.into_iter().zip(results) {
                    // Who asked may have gone away; the write stands all the same.
                    let _ = answer.send(result);
                }
            }
            Err(error) => {
                tracing::error!(%error, "the store could not commit");
                for answer in answers {
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }
}

fn commit(
    database: &Database,
    shared: &Shared,
    batches: Vec<Batch>,
    max_events: u64,
) -> Result<Vec<Result<Committed, StoreError>>, StoreError> {
    let mut write = database.begin_write().map_err(failed)?;
    write
        .set_durability(Durability::Immediate)
        .map_err(|error| StoreError::Failed(error.to_string()))?;
    let results = apply(&write, batches, max_events)?;
    if results.iter().any(Result::is_ok) {
        write.commit().map_err(failed)?;
        shared.refresh(database)?;
    } else {
        write.abort().map_err(failed)?;
    }
    Ok(results)
}

fn apply(
    write: &WriteTransaction,
    batches: Vec<Batch>,
    max_events: u64,
) -> Result<Vec<Result<Committed, StoreError>>, StoreError> {
    let mut meta = write.open_table(META).map_err(failed)?;
    let number = |meta: &Table<'_, &str, u64>, name: &str| -> Result<u64, StoreError> {
        Ok(meta.get(name).map_err(failed)?.map_or(0, |n| n.value()))
    };
    let mut group = Group {
        version: number(&meta, META_VERSION)?,
        last_event: number(&meta, META_LAST_EVENT)?,
        rows: write.open_table(ROWS).map_err(failed)?,
        counters: write.open_table(COUNTERS).map_err(failed)?,
        outbox: write.open_table(OUTBOX).map_err(failed)?,
        scratch: Vec::new(),
    };
    let mut results = Vec::with_capacity(batches.len());
    for batch in batches {
        results.push(match group.admit(&batch)? {
            Some(refusal) => Err(refusal),
            None => Ok(group.apply(batch)?),
        });
    }
    group.trim(max_events)?;
    meta.insert(META_VERSION, group.version).map_err(failed)?;
    meta.insert(META_LAST_EVENT, group.last_event)
        .map_err(failed)?;
    Ok(results)
}

/// The open tables of a commit.
struct Group<'t> {
    version: u64,
    last_event: u64,
    rows: Table<'t, &'static [u8], &'static [u8]>,
    counters: Table<'t, &'static [u8], u64>,
    outbox: Table<'t, u64, &'static [u8]>,
    scratch: Vec<u8>,
}

impl Group<'_> {
    fn counter(&self, key: &[u8]) -> Result<u64, StoreError> {
        Ok(self
            .counters
            .get(key)
            .map_err(failed)?
            .map_or(0, |n| n.value()))
    }

    /// Why the batch may not be applied, if it may not.
    fn admit(&self, batch: &Batch) -> Result<Option<StoreError>, StoreError> {
        for expect in &batch.expect {
            let stored = self.rows.get(expect.key.as_slice()).map_err(failed)?;
            let version = match &stored {
                Some(stored) => Some(split(stored.value())?.0),
                None => None,
            };
            let holds = match expect.what {
                Expected::Absent => version.is_none(),
                Expected::Version(wanted) => version == Some(wanted),
            };
            if !holds {
                return Ok(Some(StoreError::Conflict(expect.key.clone())));
            }
        }
        // One batch may move a counter more than once.
        let mut moved: HashMap<&[u8], u64> = HashMap::new();
        for count in &batch.count {
            let now = match moved.get(count.key.as_slice()) {
                Some(now) => *now,
                None => self.counter(&count.key)?,
            };
            let then = now.saturating_add_signed(count.by);
            if count.by > 0 && count.limit.is_some_and(|limit| then > limit) {
                return Ok(Some(StoreError::Limit {
                    key: count.key.clone(),
                    now,
                }));
            }
            moved.insert(&count.key, then);
        }
        Ok(None)
    }

    fn apply(&mut self, batch: Batch) -> Result<Committed, StoreError> {
        self.version += 1;
        for count in batch.count {
            let then = self.counter(&count.key)?.saturating_add_signed(count.by);
            self.counters
                .insert(count.key.as_slice(), then)
                .map_err(failed)?;
        }
        for write in batch.writes {
            match write {
                Write::Put { key, value } => {
                    self.scratch.clear();
                    self.scratch.reserve(VERSION_BYTES + value.len());
                    self.scratch.extend_from_slice(&self.version.to_be_bytes());
                    self.scratch.extend_from_slice(&value);
                    self.rows
                        .insert(key.as_slice(), self.scratch.as_slice())
                        .map_err(failed)?;
                }
                Write::Delete { key } => {
                    self.rows.remove(key.as_slice()).map_err(failed)?;
                }
            }
        }
        for event in batch.events {
            self.last_event += 1;
            self.outbox
                .insert(self.last_event, event.as_slice())
                .map_err(failed)?;
        }
        Ok(Committed {
            version: self.version,
            last_event: self.last_event,
        })
    }

    /// Drops events beyond the retention.
    fn trim(&mut self, max_events: u64) -> Result<(), StoreError> {
        let keep_after = self.last_event.saturating_sub(max_events);
        loop {
            let first = self.outbox.first().map_err(failed)?.map(|(k, _)| k.value());
            match first {
                Some(first) if first <= keep_after => {
                    self.outbox.remove(first).map_err(failed)?;
                }
                _ => break,
            }
        }
        Ok(())
    }
}
