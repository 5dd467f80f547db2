//! Subscriptions without a protocol: what is selected, what is missed (nothing), where events may go.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cim_core::{Instance, Value};
use provider::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
use provider::{Bookmark, OperationContext, Principal, Provider, Role};
use store::{RedbOptions, RedbStore};

use super::selection::Selection;
use super::*;

async fn cloud(events: u64) -> Arc<EmbeddedProvider> {
    let options = RedbOptions {
        max_events: events,
        ..RedbOptions::default()
    };
    let config = EmbeddedConfig {
        durations: Durations::all(Duration::from_millis(1)),
        ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
    };
    let store = Arc::new(RedbStore::in_memory_with(&options).unwrap());
    EmbeddedProvider::open(store, config).await.unwrap()
}

fn context() -> OperationContext {
    OperationContext {
        principal: Arc::new(Principal {
            name: "admin".to_owned(),
            role: Role::Administrator,
            tenant: None,
            password: None,
        }),
        deadline: None,
    }
}

async fn credential(cloud: &EmbeddedProvider, name: &str) {
    let class = cloud.schema().class("CIMI_MachineConfiguration").unwrap();
    let instance = Instance::new(class)
        .with("ElementName", name)
        .with("Memory", Value::Unsigned(1024))
        .with("Cpu", Value::Unsigned(1));
    cloud.create(&context(), instance, None).await.unwrap();
}

async fn subscriptions() -> Arc<Subscriptions> {
    let folder = tempfile::tempdir().unwrap();
    let seal = crate::TokenSeal::open_or_create(&folder.path().join("k")).unwrap();
    let store = Arc::new(RedbStore::in_memory().unwrap());
    Subscriptions::open(store, Arc::new(seal), EventsConfig::default(), true)
        .await
        .unwrap()
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(20)
}

/// Whoever reads in pieces, from memory or from the outbox, early or late, gets everything once and in
/// order.
#[tokio::test]
async fn everything_comes_once_and_in_order() {
    let cloud = cloud(100_000).await;
    let subscriptions = subscriptions().await;
    let provider = Arc::clone(&cloud) as Arc<dyn Provider>;
    let feed = subscriptions.feed(&provider, "root/cimi", None);
    let class = cloud.schema().class("CIMI_MachineConfiguration");
    let selection = Arc::new(Selection {
        source: class,
        ..Selection::default()
    });
    let start = cloud.newest_event(&context()).await.unwrap().0;
    let mut early = feed.listen(Arc::clone(&selection)).await;
    let writer = {
        let cloud = Arc::clone(&cloud);
        tokio::spawn(async move {
            for n in 0..300 {
                credential(&cloud, &format!("c{n}")).await;
            }
        })
    };
    let mut seen = Vec::new();
    let mut position = start;
    while seen.len() < 300 {
        let found = early.next(position, 7, soon()).await.unwrap();
        assert!(found.indications.len() <= 7 && found.dropped == 0);
        assert!(!found.indications.is_empty(), "after {}", seen.len());
        position = found.position;
        for indication in &found.indications {
            assert!(indication.position <= position);
            let source = indication.source().unwrap();
            seen.push(source.text("ElementName").unwrap().to_owned());
        }
    }
    writer.await.unwrap();
    let expected: Vec<_> = (0..300).map(|n| format!("c{n}")).collect();
    assert_eq!(seen, expected);
    // One who comes late, and one whose events are in the outbox only.
    let late = Feed::new(Arc::clone(&provider), "root/cimi", None);
    tokio::spawn(feed::follow(
        Arc::downgrade(&late),
        subscriptions.stopping().clone(),
    ));
    for feed in [&feed, &late] {
        let mut interest = feed.listen(Arc::clone(&selection)).await;
        let (mut position, mut count) = (start, 0);
        while count < 300 {
            let found = interest.next(position, 50, soon()).await.unwrap();
            count += found.indications.len();
            position = found.position;
        }
        let nothing = interest.next(position, 50, Instant::now()).await.unwrap();
        assert!(nothing.indications.is_empty() && count == 300);
    }
    // Who wants another class is not woken, and moves on all the same.
    let other = Arc::new(Selection {
        source: cloud.schema().class("CIMI_Volume"),
        ..Selection::default()
    });
    let mut other = feed.listen(other).await;
    let newest = cloud.newest_event(&context()).await.unwrap().0;
    let found = other.next(start, 1, Instant::now()).await.unwrap();
    assert_eq!((found.indications.len(), found.position), (0, newest));
    subscriptions.stop().await;
}

/// acknowledged + dropped = happened, also when the outbox is too small.
#[tokio::test]
async fn what_is_gone_is_counted() {
    let cloud = cloud(50).await;
    let start = cloud.newest_event(&context()).await.unwrap().0;
    for n in 0..100 {
        credential(&cloud, &format!("c{n}")).await;
    }
    let newest = cloud.newest_event(&context()).await.unwrap().0;
    let subscriptions = subscriptions().await;
    let provider = Arc::clone(&cloud) as Arc<dyn Provider>;
    let feed = subscriptions.feed(&provider, "root/cimi", None);
    let mut all = feed.listen(Arc::default()).await;
    let (mut position, mut got, mut dropped) = (start, 0, 0);
    while position < newest {
        let found = all.next(position, 10, soon()).await.unwrap();
        got += found.indications.len() as u64;
        dropped += found.dropped;
        position = found.position;
    }
    assert!(dropped > 0);
    assert_eq!(got + dropped, newest - start);
    let far = all.next(newest + 5, 1, Instant::now()).await;
    assert!(far.is_ok_and(|found| found.indications.is_empty()));
    subscriptions.stop().await;
}

/// Who waits while things happen that are not for it has lost none of them, however many are gone.
#[tokio::test]
async fn what_is_not_wanted_is_never_missed() {
    let cloud = cloud(50).await;
    let subscriptions = subscriptions().await;
    let provider = Arc::clone(&cloud) as Arc<dyn Provider>;
    let feed = subscriptions.feed(&provider, "root/cimi", None);
    let volumes = Selection {
        source: cloud.schema().class("CIMI_VolumeConfiguration"),
        ..Selection::default()
    };
    let start = cloud.newest_event(&context()).await.unwrap().0;
    let mut all = feed.listen(Arc::default()).await;
    let quiet = feed.listen(Arc::new(volumes)).await;
    let waiting = tokio::spawn(async move {
        let mut quiet = quiet;
        let found = quiet.next(start, 10, soon()).await.unwrap();
        (quiet, found)
    });
    let mut position = start;
    for n in 0..200 {
        credential(&cloud, &format!("c{n}")).await;
        position = all.next(position, 1, soon()).await.unwrap().position;
    }
    let instance = Instance::new(cloud.schema().class("CIMI_VolumeConfiguration").unwrap())
        .with("Type", "http://schemas.dmtf.org/cimi/1/mapped")
        .with("Capacity", Value::Unsigned(1_000_000));
    cloud.create(&context(), instance, None).await.unwrap();
    let (quiet, found) = waiting.await.unwrap();
    assert_eq!((found.indications.len(), found.dropped), (1, 0));
    // What was found is not delivered yet: it has come no further.
    assert_eq!(quiet.come_to(start), start);
    let wanted = found.position;
    for n in 0..5 {
        credential(&cloud, &format!("d{n}")).await;
    }
    let newest = cloud.newest_event(&context()).await.unwrap().0;
    while position < newest {
        position = all.next(position, 1, soon()).await.unwrap().position;
    }
    assert!(wanted < newest);
    assert_eq!(quiet.come_to(wanted), newest);
    subscriptions.stop().await;
}

#[tokio::test]
async fn reports_say_what_changed() {
    let cloud = cloud(1000).await;
    credential(&cloud, "one").await;
    let page = cloud
        .watch(&context(), Bookmark(0), 1000, None)
        .await
        .unwrap();
    let schema = cloud.schema();
    let made: Vec<_> = page
        .events
        .into_iter()
        .filter_map(|e| selection::Indication::of(e, schema, "root/cimi"))
        .collect();
    assert!(!made.is_empty());
    for report in made {
        let instance = &report.instance;
        assert_eq!(
            instance.text("IndicationIdentifier"),
            Some(format!("root/cimi:{}", report.position).as_str())
        );
        assert!(instance.get("IndicationTime").is_some());
        let changed = !instance.value("ChangedPropertyNames").elements().is_empty();
        let modified = instance.class().name == "CIM_InstModification";
        assert_eq!(changed, modified, "{instance:?}");
        assert_eq!(instance.get("PreviousInstance").is_some(), modified);
    }
}

#[test]
fn addresses_that_nobody_may_make_this_service_connect_to() {
    for (address, outside, loopback) in [
        ("http://192.0.2.9:9999/evt", true, true),
        ("https://sink.example.org/x", true, true),
        ("http://[2001:db8::1]/x", true, true),
        ("http://127.0.0.1:9/sink", false, true),
        ("http://localhost/x", false, true),
        ("http://a.localhost/x", false, true),
        ("http://[::1]/x", false, true),
        ("http://[::ffff:127.0.0.1]/x", false, true),
        ("http://169.254.169.254/latest", false, false),
        ("http://[fe80::1]/x", false, false),
        ("http://[::ffff:169.254.169.254]/x", false, false),
        ("http://[fe80::1%25eth0]/x", false, false),
        ("http://169.254.169.254.:80/x", false, false),
        ("http://localhost./x", false, true),
        ("http://[::127.0.0.1]/x", false, true),
        ("http://[64:ff9b::7f00:1]/x", false, true),
        ("http://[64:ff9b::169.254.169.254]/x", false, false),
        ("http://[64:ff9b::192.0.2.9]/x", true, true),
        ("http://[2002:a9fe:a9fe::1]/x", false, false),
        ("http://0.0.0.0/x", false, false),
        ("http://[::]/x", false, false),
        ("http://255.255.255.255/x", false, false),
        ("http://224.0.0.1/x", false, false),
        ("http://user:password@sink/x", false, false),
        ("ftp://sink/x", false, false),
        ("sink", false, false),
        ("urn:x", false, false),
        ("", false, false),
    ] {
        assert_eq!(sink::check(address, false).is_ok(), outside, "{address}");
        assert_eq!(sink::check(address, true).is_ok(), loopback, "{address}");
    }
}
