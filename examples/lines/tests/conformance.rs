//! The conformance suite of providers over this binding, and what the page about bindings says of it.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::sync::Arc;
use std::time::Duration;

use lines::Lines;
use provider::conformance::{self, Suite};
use provider::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
use provider::{OperationContext, Principal, Role};
use store::RedbStore;
use tokio::net::TcpListener;

fn context(role: Role, tenant: Option<&str>) -> OperationContext {
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

#[tokio::test]
async fn the_third_binding_conforms() {
    let config = EmbeddedConfig {
        durations: Durations::all(Duration::from_millis(3)),
        ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
    };
    let store = Arc::new(RedbStore::in_memory().unwrap());
    let cloud = EmbeddedProvider::open(store, config).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let lines = Lines {
        address: listener.local_addr().unwrap(),
        schema: Arc::clone(cimi_model::schema()),
    };
    let service = tokio::spawn(lines::serve(listener, Arc::clone(&cloud) as _));
    conformance::all(&Suite {
        provider: &lines,
        context: &context,
        principals: true,
        events: true,
    })
    .await;
    service.abort();
    cloud.shutdown().await;
}

#[test]
fn it_stays_small() {
    let files = [
        include_str!("../src/lib.rs"),
        include_str!("../src/server.rs"),
        include_str!("../src/client.rs"),
    ];
    let all: usize = files.into_iter().map(|text| text.lines().count()).sum();
    assert!(all < 300, "{all} lines");
}
