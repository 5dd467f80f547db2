//! The conformance suite of providers over a service of our own, in both formats and in chains.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{Service, context, embedded};
use provider::Provider;
use provider::conformance::{self, Suite};
use rest_provider::Format;

async fn conforms(provider: &dyn Provider) {
    conformance::all(&Suite {
        provider,
        context: &context,
        principals: true,
        events: false,
    })
    .await;
}

async fn over(format: Format, page_items: usize) {
    let behind = embedded(Duration::from_millis(3)).await;
    let service = Service::start(behind, page_items).await;
    conforms(&*service.provider(Some(format))).await;
    service.running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn json() {
    over(Format::Json, 1000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn xml() {
    over(Format::Xml, 1000).await;
}

/// A service that cuts its collections into small parts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn small_parts() {
    over(Format::Json, 3).await;
}

/// A bridge in front of a bridge, JSON over XML.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chain_of_two() {
    let behind = embedded(Duration::from_millis(3)).await;
    let first = Service::start(behind, 1000).await;
    let middle: Arc<dyn Provider> = first.provider(Some(Format::Xml));
    let second = Service::start(middle, 1000).await;
    conforms(&*second.provider(Some(Format::Json))).await;
    second.running.stop().await;
    first.running.stop().await;
}
