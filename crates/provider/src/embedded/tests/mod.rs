//! The embedded provider beyond what the conformance suite asks of every provider.

use std::sync::Arc;
use std::time::Duration;

use store::RedbStore;

use super::{Durations, EmbeddedConfig, EmbeddedProvider};
use crate::conformance::{self, Suite};
use crate::{OperationContext, Principal, Role};

mod cloud;
mod codec;
mod crash;
mod observed;
mod packages;
mod poor_stores;
mod systems;

pub(super) fn config(wait: Duration) -> EmbeddedConfig {
    EmbeddedConfig {
        durations: Durations::all(wait),
        ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
    }
}

pub(super) async fn open(config: EmbeddedConfig) -> Arc<EmbeddedProvider> {
    let store = Arc::new(RedbStore::in_memory().unwrap());
    EmbeddedProvider::open(store, config).await.unwrap()
}

pub(super) fn context(role: Role, tenant: Option<&str>) -> OperationContext {
    OperationContext {
        principal: Arc::new(Principal {
            name: "somebody".to_owned(),
            role,
            tenant: tenant.map(str::to_owned),
            password: None,
        }),
        deadline: None,
    }
}

pub(super) fn suite(provider: &EmbeddedProvider) -> Suite<'_> {
    Suite {
        provider,
        context: &context,
        principals: true,
        events: true,
    }
}

#[tokio::test]
async fn conforms() {
    let provider = open(config(Duration::from_millis(3))).await;
    conformance::all(&suite(&provider)).await;
    provider.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conforms_with_the_demonstration_cloud_and_several_clients() {
    let provider = open(config(Duration::ZERO)).await;
    provider.seed_demo().await.unwrap();
    let one = suite(&provider);
    tokio::join!(conformance::all(&one), conformance::all(&one));
    provider.shutdown().await;
}
