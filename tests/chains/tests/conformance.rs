//! The conformance suite of providers, over each binding and over chains.

use provider::conformance::{self, Suite};

use crate::link::{Binding, Chain, context};

async fn conforms(bindings: &[Binding]) {
    let chain = Chain::of(bindings).await;
    let suite = Suite {
        provider: &*chain.provider,
        context: &context,
        // The services are called by one user, and do not pass events on.
        principals: false,
        events: false,
    };
    conformance::all(&suite).await;
    chain.cloud.shutdown().await;
}

#[tokio::test]
async fn wsman_conforms() {
    conforms(&[Binding::Wsman]).await;
}

#[tokio::test]
async fn wsman_over_wsman_conforms() {
    conforms(&[Binding::Wsman, Binding::Wsman]).await;
}

#[tokio::test]
async fn rest_over_wsman_conforms() {
    conforms(&[Binding::Wsman, Binding::Json]).await;
}

#[tokio::test]
async fn xml_over_wsman_conforms() {
    conforms(&[Binding::Wsman, Binding::Xml]).await;
}

#[tokio::test]
async fn wsman_over_rest_conforms() {
    conforms(&[Binding::Json, Binding::Wsman]).await;
}

#[tokio::test]
async fn wsman_over_xml_conforms() {
    conforms(&[Binding::Xml, Binding::Wsman]).await;
}

#[tokio::test]
async fn four_bridges_conform() {
    use Binding::{Json, Wsman, Xml};
    conforms(&[Wsman, Wsman, Wsman, Wsman]).await;
    conforms(&[Json, Wsman, Xml, Wsman]).await;
    conforms(&[Wsman, Json, Wsman, Xml]).await;
}
