//! Two processes over one store: a job is left to the one that holds its lease.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use store::{
    Batch, Committed, EventVisitor, EventWindow, ReadVisitor, RedbStore, Scan, ScanVisitor, Store,
    StoreError,
};
use tokio::sync::watch;

use super::{config, context, suite};
use crate::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
use crate::{Provider, Role};

/// A store that others may write, too.
struct Shared(RedbStore);

#[async_trait]
impl Store for Shared {
    async fn read(&self, keys: &[&[u8]], visit: ReadVisitor<'_>) -> Result<(), StoreError> {
        self.0.read(keys, visit).await
    }

    async fn scan(&self, scan: Scan<'_>, visit: ScanVisitor<'_>) -> Result<(), StoreError> {
        self.0.scan(scan, visit).await
    }

    async fn write(&self, batch: Batch) -> Result<Committed, StoreError> {
        self.0.write(batch).await
    }

    async fn events(&self, after: u64, visit: EventVisitor<'_>) -> Result<EventWindow, StoreError> {
        self.0.events(after, visit).await
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.0.watch()
    }

    fn is_exclusive(&self) -> bool {
        false
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
    let store: Arc<dyn Store> = Arc::new(Shared(RedbStore::in_memory().unwrap()));
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
