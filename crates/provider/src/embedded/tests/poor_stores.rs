//! Jobs over stores that are not alone, and that fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use cim_core::{ErrorKind, Value};
use store::{
    Batch, Committed, EventVisitor, EventWindow, ReadVisitor, RedbStore, Scan, ScanVisitor, Store,
    StoreError,
};
use tokio::sync::watch;

use super::{config, context, suite};
use crate::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
use crate::{Provider, Role};

/// A store that others may write, too, or that refuses some writes.
struct Poor {
    store: RedbStore,
    exclusive: bool,
    /// How many of the next writes fail.
    failures: AtomicUsize,
}

impl Poor {
    fn new(exclusive: bool) -> Arc<Self> {
        Arc::new(Self {
            store: RedbStore::in_memory().unwrap(),
            exclusive,
            failures: AtomicUsize::new(0),
        })
    }
}

#[async_trait]
impl Store for Poor {
    async fn read(&self, keys: &[&[u8]], visit: ReadVisitor<'_>) -> Result<(), StoreError> {
        self.store.read(keys, visit).await
    }

    async fn scan(&self, scan: Scan<'_>, visit: ScanVisitor<'_>) -> Result<(), StoreError> {
        self.store.scan(scan, visit).await
    }

    async fn write(&self, batch: Batch) -> Result<Committed, StoreError> {
        let left = self
            .failures
            .try_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            });
        match left {
            Ok(_) => Err(StoreError::Failed("the disk is on fire".to_owned())),
            Err(_) => self.store.write(batch).await,
        }
    }

    async fn events(&self, after: u64, visit: EventVisitor<'_>) -> Result<EventWindow, StoreError> {
        self.store.events(after, visit).await
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.store.watch()
    }

    fn is_exclusive(&self) -> bool {
        self.exclusive
    }
}

async fn open(store: &Arc<dyn Store>, lease: Duration) -> Arc<EmbeddedProvider> {
    let config = EmbeddedConfig {
        durations: Durations::all(Duration::from_millis(20)),
        job_lease: lease,
        ..config(Duration::ZERO)
    };
    EmbeddedProvider::open(Arc::clone(store), config)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_job_is_taken_over_when_its_lease_is_over_not_before() {
    let store: Arc<dyn Store> = Poor::new(false);
    for (lease, taken) in [
        (Duration::from_millis(50), true),
        (Duration::from_secs(600), false),
    ] {
        let dead = open(&store, lease).await;
        dead.shutdown().await;
        let machine = suite(&dead)
            .blank("CIMI_Machine")
            .with("Cpu", 1_u64)
            .with("Memory", 1_024_u64);
        let administrator = context(Role::Administrator, None);
        let created = dead.create(&administrator, machine, None).await.unwrap();
        let other = open(&store, lease).await;
        if taken {
            let machine = suite(&other).ready(created).await;
            assert_eq!(machine.text("State"), Some("STOPPED"));
        } else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let read = other.get(&administrator, &created.path).await.unwrap();
            assert_eq!(read.instance.text("State"), Some("CREATING"));
        }
        other.shutdown().await;
    }
}

#[tokio::test]
async fn a_store_that_fails_for_a_while_delays_a_job_and_one_that_goes_on_failing_ends_it() {
    let poor = Poor::new(true);
    let store: Arc<dyn Store> = Arc::<Poor>::clone(&poor);
    let provider = open(&store, Duration::from_secs(1)).await;
    let suite = suite(&provider);
    for (failures, job_state, state) in [(2, "SUCCESS", "STARTED"), (5, "FAILED", "ERROR")] {
        let machine = suite.machine().await;
        let start = suite.invoke(&machine, "Start", Vec::new()).await.unwrap();
        poor.failures.store(failures, Ordering::Relaxed);
        let job = suite.ended(start.outcome.job.as_ref().unwrap()).await;
        assert_eq!(job.text("State"), Some(job_state));
        let read = suite
            .get("CIMI_Machine", machine.text("InstanceID").unwrap())
            .await
            .unwrap();
        assert_eq!(read.instance.text("State"), Some(state));
        if job_state == "FAILED" {
            assert_eq!(job.value("ReturnCode"), &Value::Signed(10_500));
            let message = job.text("StatusMessage").unwrap();
            assert!(
                !message.contains("fire"),
                "only the log may know: {message}"
            );
        }
    }

    // Who asks is told, and nothing has happened.
    poor.failures.store(1, Ordering::Relaxed);
    let config = suite
        .blank("CIMI_VolumeConfiguration")
        .with("Capacity", 1_u64);
    let administrator = context(Role::Administrator, None);
    let error = provider
        .create(&administrator, config, None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Failed);
    assert!(error.internal_message().unwrap().contains("fire"));
}
