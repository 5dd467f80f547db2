//! redb as a [`Store`].
//!
//! Readers share the snapshot of the newest commit, which the writer replaces before it answers: a
//! point read is a tree walk and nothing else. All writing happens on one thread (see `writer`).

use std::ops::{Bound, ControlFlow};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;

use async_trait::async_trait;
use redb::backends::InMemoryBackend;
use redb::{Database, ReadOnlyTable, ReadableDatabase, ReadableTable, TableDefinition};
use tokio::sync::{mpsc, oneshot, watch};

use crate::contract::{
    Batch, Committed, EventVisitor, EventWindow, ReadVisitor, Scan, ScanVisitor, Store, StoreError,
};
use crate::writer::{self, Request};

/// Rows: version (8 bytes, big-endian) and value.
pub(crate) const ROWS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("rows");
/// Counters.
pub(crate) const COUNTERS: TableDefinition<'_, &[u8], u64> = TableDefinition::new("counters");
/// The outbox by sequence number.
pub(crate) const OUTBOX: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("outbox");
/// Numbers of the store itself, by the names below.
pub(crate) const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");
pub(crate) const META_VERSION: &str = "version";
pub(crate) const META_LAST_EVENT: &str = "last_event";
const META_FORMAT: &str = "format";

/// The layout of the tables above. A store of another format is refused, never guessed at.
const FORMAT: u64 = 1;

pub(crate) const VERSION_BYTES: usize = 8;

/// How many batches may wait for the writer before `write` itself waits.
const QUEUE: usize = 4096;

/// How a redb store behaves.
#[derive(Debug, Clone)]
pub struct RedbOptions {
    /// How many events the outbox keeps; older ones are dropped.
    pub max_events: u64,
    /// How many bytes of the file redb keeps in memory.
    pub cache_bytes: usize,
}

impl Default for RedbOptions {
    fn default() -> Self {
        Self {
            max_events: 100_000,
            cache_bytes: 64 << 20,
        }
    }
}

/// A [`Store`] in one file, or in memory.
#[derive(Debug)]
pub struct RedbStore {
    shared: Arc<Shared>,
    queue: Option<mpsc::Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    snapshot: RwLock<Arc<Snapshot>>,
    newest: watch::Sender<u64>,
}

#[derive(Debug)]
struct Snapshot {
    rows: ReadOnlyTable<&'static [u8], &'static [u8]>,
    outbox: ReadOnlyTable<u64, &'static [u8]>,
    last_event: u64,
}

pub(crate) fn failed(error: impl Into<redb::Error>) -> StoreError {
    StoreError::Failed(error.into().to_string())
}

impl Snapshot {
    fn take(database: &Database) -> Result<Self, StoreError> {
        let read = database.begin_read().map_err(failed)?;
        let meta = read.open_table(META).map_err(failed)?;
        let last_event = meta
            .get(META_LAST_EVENT)
            .map_err(failed)?
            .map_or(0, |n| n.value());
        Ok(Self {
            rows: read.open_table(ROWS).map_err(failed)?,
            outbox: read.open_table(OUTBOX).map_err(failed)?,
            last_event,
        })
    }
}

impl Shared {
    /// Lets readers see the newest commit.
    pub(crate) fn refresh(&self, database: &Database) -> Result<(), StoreError> {
        let snapshot = Snapshot::take(database)?;
        let last_event = snapshot.last_event;
        *self
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        self.newest.send_if_modified(|newest| {
            let moved = *newest != last_event;
            *newest = last_event;
            moved
        });
        Ok(())
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl RedbStore {
    /// Opens the store in a file, which is made if it does not exist. A file that a crash left behind is
    /// repaired first: everything that was answered is there.
    ///
    /// # Errors
    /// The file cannot be opened, another process has it open, or it is no store of this format.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_with(path, &RedbOptions::default())
    }

    /// [`RedbStore::open`] with options.
    ///
    /// # Errors
    /// As for [`RedbStore::open`].
    pub fn open_with(path: impl AsRef<Path>, options: &RedbOptions) -> Result<Self, StoreError> {
        let database = Database::builder()
            .set_cache_size(options.cache_bytes)
            .create(path)
            .map_err(failed)?;
        Self::start(database, options)
    }

    /// A store that is gone when it is dropped, for tests.
    ///
    /// # Errors
    /// The writer thread cannot be started.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::in_memory_with(&RedbOptions::default())
    }

    /// [`RedbStore::in_memory`] with options.
    ///
    /// # Errors
    /// The writer thread cannot be started.
    pub fn in_memory_with(options: &RedbOptions) -> Result<Self, StoreError> {
        let database = Database::builder()
            .set_cache_size(options.cache_bytes)
            .create_with_backend(InMemoryBackend::new())
            .map_err(failed)?;
        Self::start(database, options)
    }

    fn start(database: Database, options: &RedbOptions) -> Result<Self, StoreError> {
        prepare(&database)?;
        let snapshot = Snapshot::take(&database)?;
        let (newest, _) = watch::channel(snapshot.last_event);
        let shared = Arc::new(Shared {
            snapshot: RwLock::new(Arc::new(snapshot)),
            newest,
        });
        let (queue, requests) = mpsc::channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn({
                let shared = Arc::clone(&shared);
                let max_events = options.max_events;
                move || writer::run(&database, &shared, requests, max_events)
            })
            .map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(Self {
            shared,
            queue: Some(queue),
            thread: Some(thread),
        })
    }
}

/// Makes the tables of a new store, and refuses one of another format.
fn prepare(database: &Database) -> Result<(), StoreError> {
    let write = database.begin_write().map_err(failed)?;
    {
        write.open_table(ROWS).map_err(failed)?;
        write.open_table(COUNTERS).map_err(failed)?;
        write.open_table(OUTBOX).map_err(failed)?;
        let mut meta = write.open_table(META).map_err(failed)?;
        let format = meta.get(META_FORMAT).map_err(failed)?.map(|n| n.value());
        match format {
            None => {
                meta.insert(META_FORMAT, FORMAT).map_err(failed)?;
            }
            Some(FORMAT) => {}
            Some(other) => {
                return Err(StoreError::Failed(format!(
                    "the file has store format {other}; this program reads format {FORMAT}"
                )));
            }
        }
    }
    write.commit().map_err(failed)
}

/// Splits what stands in the rows table.
pub(crate) fn split(stored: &[u8]) -> Result<(u64, &[u8]), StoreError> {
    stored
        .split_first_chunk::<VERSION_BYTES>()
        .map(|(version, value)| (u64::from_be_bytes(*version), value))
        .ok_or_else(|| StoreError::Failed("a row is shorter than its version".to_owned()))
}

impl Snapshot {
    fn read(&self, keys: &[&[u8]], visit: ReadVisitor<'_>) -> Result<(), StoreError> {
        for (at, key) in keys.iter().enumerate() {
            if let Some(stored) = self.rows.get(*key).map_err(failed)? {
                let (version, value) = split(stored.value())?;
                visit(at, version, value);
            }
        }
        Ok(())
    }

    fn scan(&self, scan: Scan<'_>, visit: ScanVisitor<'_>) -> Result<(), StoreError> {
        let start = match scan.after {
            Some(key) if key >= scan.prefix => Bound::Excluded(key),
            _ => Bound::Included(scan.prefix),
        };
        let range = self
            .rows
            .range::<&[u8]>((start, Bound::Unbounded))
            .map_err(failed)?;
        for row in range {
            let (key, stored) = row.map_err(failed)?;
            if !key.value().starts_with(scan.prefix) {
                break;
            }
            let (version, value) = split(stored.value())?;
            if visit(key.value(), version, value) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }

    fn events(&self, after: u64, visit: EventVisitor<'_>) -> Result<EventWindow, StoreError> {
        let first = self
            .outbox
            .first()
            .map_err(failed)?
            .map_or(self.last_event + 1, |(sequence, _)| sequence.value());
        let range = self
            .outbox
            .range((Bound::Excluded(after), Bound::Unbounded))
            .map_err(failed)?;
        for event in range {
            let (sequence, event) = event.map_err(failed)?;
            if visit(sequence.value(), event.value()) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(EventWindow {
            first,
            last: self.last_event,
        })
    }
}

#[async_trait]
impl Store for RedbStore {
    async fn read(&self, keys: &[&[u8]], visit: ReadVisitor<'_>) -> Result<(), StoreError> {
        self.shared.snapshot().read(keys, visit)
    }

    async fn scan(&self, scan: Scan<'_>, visit: ScanVisitor<'_>) -> Result<(), StoreError> {
        self.shared.snapshot().scan(scan, visit)
    }

    async fn write(&self, batch: Batch) -> Result<Committed, StoreError> {
        let closed = || StoreError::Failed("the store is closed".to_owned());
        let queue = self.queue.as_ref().ok_or_else(closed)?;
        let (answer, answered) = oneshot::channel();
        queue
            .send(Request { batch, answer })
            .await
            .map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?
    }

    async fn events(&self, after: u64, visit: EventVisitor<'_>) -> Result<EventWindow, StoreError> {
        self.shared.snapshot().events(after, visit)
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.shared.newest.subscribe()
    }

    fn snapshot(&self) -> Option<Arc<dyn Store>> {
        Some(Arc::new(Still(self.shared.snapshot())))
    }

    fn is_exclusive(&self) -> bool {
        // redb locks its file against other writers.
        true
    }
}

/// A snapshot as a store of its own: the pages under it stay until it is given up.
#[derive(Debug)]
struct Still(Arc<Snapshot>);

#[async_trait]
impl Store for Still {
    async fn read(&self, keys: &[&[u8]], visit: ReadVisitor<'_>) -> Result<(), StoreError> {
        self.0.read(keys, visit)
    }

    async fn scan(&self, scan: Scan<'_>, visit: ScanVisitor<'_>) -> Result<(), StoreError> {
        self.0.scan(scan, visit)
    }

    async fn write(&self, _: Batch) -> Result<Committed, StoreError> {
        Err(StoreError::Failed("a snapshot is only read".to_owned()))
    }

    async fn events(&self, after: u64, visit: EventVisitor<'_>) -> Result<EventWindow, StoreError> {
        self.0.events(after, visit)
    }

    fn watch(&self) -> watch::Receiver<u64> {
        // Nothing more happens here.
        watch::channel(self.0.last_event).1
    }

    fn snapshot(&self) -> Option<Arc<dyn Store>> {
        Some(Arc::new(Self(Arc::clone(&self.0))))
    }

    fn is_exclusive(&self) -> bool {
        false
    }
}

impl Drop for RedbStore {
    fn drop(&mut self) {
        // The writer ends when the queue does; waiting for it means that the file is closed.
        drop(self.queue.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store's writer thread panicked");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Write, conformance};

    #[tokio::test]
    async fn memory_conforms() {
        conformance::all(&RedbStore::in_memory().unwrap()).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn file_conforms() {
        let dir = tempfile::tempdir().unwrap();
        conformance::all(&RedbStore::open(dir.path().join("store")).unwrap()).await;
    }

    #[tokio::test]
    async fn a_closed_store_opens_with_everything_in_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store");
        let mut last = None;
        for round in 0..3_u8 {
            let store = RedbStore::open(&path).unwrap();
            if let Some(Committed { last_event, .. }) = last {
                assert_eq!(*store.watch().borrow(), last_event);
                assert!(store.get(&[round - 1]).await.unwrap().is_some());
            }
            let batch = Batch {
                writes: vec![Write::Put {
                    key: vec![round],
                    value: vec![round],
                }],
                events: vec![vec![round]],
                ..Batch::default()
            };
            let committed = store.write(batch).await.unwrap();
            assert_eq!(committed.last_event, u64::from(round) + 1);
            assert!(last.is_none_or(|last: Committed| committed.version > last.version));
            last = Some(committed);
        }
    }

    #[tokio::test]
    async fn old_events_are_dropped_and_their_numbers_stay_used() {
        let store = RedbStore::in_memory_with(&RedbOptions {
            max_events: 3,
            ..RedbOptions::default()
        })
        .unwrap();
        for n in 0..10_u8 {
            let batch = Batch {
                events: vec![vec![n]],
                ..Batch::default()
            };
            store.write(batch).await.unwrap();
        }
        assert_eq!(
            conformance::events(&store, 0).await,
            [(8, vec![7]), (9, vec![8]), (10, vec![9])]
        );
        let window = store
            .events(0, &mut |_, _| ControlFlow::Continue(()))
            .await
            .unwrap();
        assert_eq!((window.first, window.last), (8, 10));
    }

    #[tokio::test]
    async fn a_file_of_another_format_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store");
        {
            let database = Database::create(&path).unwrap();
            let write = database.begin_write().unwrap();
            write
                .open_table(META)
                .unwrap()
                .insert(META_FORMAT, FORMAT + 1)
                .unwrap();
            write.commit().unwrap();
        }
        let error = RedbStore::open(&path).unwrap_err().to_string();
        assert!(error.contains("store format 2"), "{error}");
        std::fs::write(&path, b"not a database, but long enough to be looked at").unwrap();
        assert!(RedbStore::open(&path).is_err());
    }

    #[tokio::test]
    async fn a_snapshot_stands_still() {
        let store = RedbStore::in_memory().unwrap();
        let put = |key: &str| Batch {
            writes: vec![Write::Put {
                key: key.into(),
                value: key.into(),
            }],
            events: vec![key.into()],
            ..Batch::default()
        };
        store.write(put("a")).await.unwrap();
        let still = store.snapshot().unwrap();
        store.write(put("b")).await.unwrap();
        assert!(store.get(b"b").await.unwrap().is_some());
        for still in [Arc::clone(&still), still.snapshot().unwrap()] {
            assert!(still.get(b"a").await.unwrap().is_some());
            assert!(still.get(b"b").await.unwrap().is_none());
            assert_eq!(conformance::events(&*still, 0).await, [(1, b"a".to_vec())]);
            assert_eq!(*still.watch().borrow(), 1);
            assert!(still.write(put("c")).await.is_err());
        }
    }

    #[tokio::test]
    async fn two_cannot_open_one_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store");
        let _first = RedbStore::open(&path).unwrap();
        assert!(RedbStore::open(&path).is_err());
    }
}
