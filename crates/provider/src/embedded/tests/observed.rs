//! Event logs and meters: what they tell, and when it goes again.

use std::time::{Duration, Instant};

use cim_core::{DateTime, ErrorKind, Instance, Value};
use cim_query::Query;

use super::{config, context, open, suite};
use crate::conformance::id;
use crate::embedded::{EmbeddedConfig, EmbeddedProvider};
use crate::{PageRequest, Provider, Role};

const PATIENCE: Duration = Duration::from_secs(30);

async fn all_of(provider: &EmbeddedProvider, class: &str) -> Vec<Instance> {
    let query = Query::all(provider.schema().class(class).unwrap());
    let page = PageRequest {
        after: None,
        skip: 0,
        max_items: usize::MAX,
        max_examined: usize::MAX,
        count: false,
    };
    let administrator = context(Role::Administrator, None);
    let page = provider.query(&administrator, &query, page).await.unwrap();
    let mut all: Vec<_> = page
        .items
        .into_iter()
        .map(|item| item.resource.instance)
        .collect();
    all.sort_by_key(|part| {
        id(part)
            .rsplit('/')
            .next()
            .unwrap()
            .parse::<u64>()
            .unwrap_or(0)
    });
    all
}

/// What the events of a cloud tell, in order.
async fn told(provider: &EmbeddedProvider) -> Vec<String> {
    let events = all_of(provider, "CIMI_Event").await;
    let told = events.iter().map(|event| {
        let content = event.value("Content").as_instance().unwrap();
        let uri = event.text("Type").unwrap();
        assert!(
            uri.starts_with("http://schemas.dmtf.org/cimi/1/event/"),
            "{uri}"
        );
        match content.class().name {
            "CIMI_StateEventContent" => format!(
                "{}>{}",
                content.text("Previous").unwrap(),
                content.text("State").unwrap()
            ),
            "CIMI_AccessEventContent" => format!(
                "asked for {}",
                content
                    .text("Operation")
                    .unwrap()
                    .rsplit('/')
                    .next()
                    .unwrap()
            ),
            "CIMI_AlarmEventContent" => format!(
                "{}: {}",
                content.text("Code").unwrap(),
                content.text("Detail").unwrap()
            ),
            _ => format!(
                "{} {}",
                content.text("Change").unwrap(),
                content.text("Detail").unwrap_or_default()
            ),
        }
    });
    told.collect()
}

fn low(log: &Instance) -> Option<u64> {
    log.value("Summary").as_instance()?.value("Low").as_u64()
}

#[tokio::test]
async fn a_log_tells_all_that_happens_to_its_resource() {
    let provider = open(EmbeddedConfig {
        max_events_per_log: 6,
        ..config(Duration::from_millis(1))
    })
    .await;
    let suite = suite(&provider);
    let machine = suite.machine().await;
    let template = suite
        .blank("CIMI_EventLogTemplate")
        .with("TargetResource", id(&machine))
        .with("Persistence", "daily");
    let create = suite
        .blank("CIMI_EventLogCreate")
        .with("EventLogTemplate", Value::from(template));
    let log = suite.create(create).await;
    let machine = suite
        .get("CIMI_Machine", id(&machine))
        .await
        .unwrap()
        .instance;
    assert_eq!(machine.text("EventLog"), Some(id(&log)));
    suite.run(&machine, "Start").await;
    let changes = [
        ("ElementName", Value::from("new")),
        ("Cpu", Value::from(4_u64)),
    ];
    suite.modify(&machine, &changes, None).await.unwrap();
    assert_eq!(
        told(&provider).await,
        [
            "update EventLog",
            "asked for start",
            "STOPPED>STARTING",
            "STARTING>STARTED",
            "asked for edit",
            "update ElementName, Cpu",
        ]
    );
    let first = &all_of(&provider, "CIMI_Event").await[0];
    let content = first.value("Content").as_instance().unwrap();
    assert_eq!(content.text("Resource"), Some(id(&machine)));
    assert_eq!(
        content.text("ResType"),
        Some("http://schemas.dmtf.org/cimi/1/Machine")
    );
    assert_eq!(first.text("Outcome"), Some("Success"));
    let log = suite.get("CIMI_EventLog", id(&log)).await.unwrap().instance;
    assert_eq!(low(&log), Some(6));
    // The oldest go when there are too many, and whoever deletes one has deleted it.
    suite.run(&machine, "Stop").await;
    suite.run(&machine, "Start").await;
    let events = told(&provider).await;
    assert_eq!(events.len(), 6, "{events:?}");
    assert_eq!(
        events,
        [
            "asked for stop",
            "STARTED>STOPPING",
            "STOPPING>STOPPED",
            "asked for start",
            "STOPPED>STARTING",
            "STARTING>STARTED",
        ]
    );
    suite
        .delete(&all_of(&provider, "CIMI_Event").await[0])
        .await;
    let log = suite.get("CIMI_EventLog", id(&log)).await.unwrap().instance;
    assert_eq!(low(&log), Some(5));
    // Another machine is no news for this log.
    let other = suite.machine().await;
    suite.run(&other, "Start").await;
    assert_eq!(told(&provider).await.len(), 5);
    // The log goes with its machine, and its events with it.
    suite.delete(&machine).await;
    assert_eq!(all_of(&provider, "CIMI_EventLog").await, []);
    assert_eq!(all_of(&provider, "CIMI_Event").await, []);
    provider.shutdown().await;
}

/// What fails is an alarm in the logs of what it was done to.
#[tokio::test]
async fn a_job_that_fails_is_an_alarm() {
    let provider = open(EmbeddedConfig {
        failures: crate::embedded::FailureRates {
            start: 1.0,
            ..Default::default()
        },
        contact: Some("mailto:ops@cloud.example".to_owned()),
        ..config(Duration::ZERO)
    })
    .await;
    let suite = suite(&provider);
    let machine = suite.machine().await;
    let template = suite
        .blank("CIMI_EventLogTemplate")
        .with("TargetResource", id(&machine));
    let create = suite
        .blank("CIMI_EventLogCreate")
        .with("EventLogTemplate", Value::from(template));
    let log = suite.create(create).await;
    let started = suite.invoke(&machine, "Start", Vec::new()).await.unwrap();
    let job = started.outcome.job.unwrap();
    let until = Instant::now() + PATIENCE;
    let job = loop {
        let job = suite
            .get("CIMI_Job", job.instance_id().unwrap())
            .await
            .unwrap()
            .instance;
        if job.text("State") == Some("FAILED") {
            break job;
        }
        assert!(Instant::now() < until, "the start does not fail");
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    let why = job.text("StatusMessage").unwrap();
    let told = told(&provider).await;
    assert_eq!(told[1], "asked for start");
    assert!(told.contains(&format!("JOB-FAILED: {why}")), "{told:?}");
    let events = all_of(&provider, "CIMI_Event").await;
    let alarm = events
        .iter()
        .find(|event| event.text("Severity") == Some("critical"))
        .unwrap();
    assert_eq!(alarm.text("Contact"), Some("mailto:ops@cloud.example"));
    let log = suite.get("CIMI_EventLog", id(&log)).await.unwrap().instance;
    let summary = log.value("Summary").as_instance().unwrap();
    assert_eq!(summary.value("Critical").as_u64(), Some(1));
    provider.shutdown().await;
}

/// Whoever makes it, a log about something of a tenant is that tenant's.
#[tokio::test]
async fn a_log_is_seen_by_those_who_see_what_it_is_about() {
    let provider = open(config(Duration::ZERO)).await;
    let suite = suite(&provider);
    let (red, blue) = (
        context(Role::Operator, Some("red")),
        context(Role::Operator, Some("blue")),
    );
    let machine = suite
        .blank("CIMI_Machine")
        .with("Cpu", 1_u64)
        .with("Memory", 1_u64);
    let machine = provider.create(&red, machine, None).await.unwrap();
    let machine = suite.ready(machine).await;
    let template = suite
        .blank("CIMI_EventLogTemplate")
        .with("TargetResource", id(&machine));
    let create = suite
        .blank("CIMI_EventLogCreate")
        .with("EventLogTemplate", Value::from(template));
    let log = suite.create(create).await;
    suite.run(&machine, "Start").await;
    let event = all_of(&provider, "CIMI_Event").await.remove(0);
    for seen in [&log, &event] {
        provider.get(&red, &seen.path()).await.unwrap();
        let error = provider.get(&blue, &seen.path()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }
    provider.shutdown().await;
}

#[tokio::test]
async fn events_go_when_they_are_old() {
    let provider = open(EmbeddedConfig {
        event_retention: Duration::ZERO,
        ..config(Duration::ZERO)
    })
    .await;
    let suite = suite(&provider);
    let machine = suite.machine().await;
    let template = suite
        .blank("CIMI_EventLogTemplate")
        .with("TargetResource", id(&machine));
    let create = suite
        .blank("CIMI_EventLogCreate")
        .with("EventLogTemplate", Value::from(template));
    let log = suite.create(create).await;
    suite.run(&machine, "Start").await;
    let until = Instant::now() + PATIENCE;
    while !all_of(&provider, "CIMI_Event").await.is_empty() {
        assert!(Instant::now() < until, "old events stay");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let log = suite.get("CIMI_EventLog", id(&log)).await.unwrap().instance;
    assert_eq!(low(&log), Some(0));
    provider.shutdown().await;
}

#[tokio::test]
async fn meters_sample_until_they_are_stopped() {
    let provider = open(EmbeddedConfig {
        max_samples_per_meter: 2,
        ..config(Duration::ZERO)
    })
    .await;
    let suite = suite(&provider);
    let machine = suite.machine().await;
    let meter = |interval: u64| {
        let config = suite
            .blank("CIMI_MeterConfiguration")
            .with("Aspect", "http://schemas.dmtf.org/cimi/1/aspect/cpu")
            .with("SampleInterval", interval);
        let template = suite
            .blank("CIMI_MeterTemplate")
            .with("TargetResource", id(&machine))
            .with("MeterConfig", Value::from(config));
        suite
            .blank("CIMI_MeterCreate")
            .with("MeterTemplate", Value::from(template))
    };
    let error = provider
        .create(&suite.administrator(), meter(0), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    let meter = suite.create(meter(1)).await;
    let number = |sample: &Instance| {
        id(sample)
            .rsplit('/')
            .next()
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let until = Instant::now() + PATIENCE;
    loop {
        let samples = all_of(&provider, "CIMI_Sample").await;
        assert!(samples.len() <= 2, "{samples:?}");
        if let Some(last) = samples.last()
            && number(last) >= 3
        {
            // The machine is stopped: it does nothing.
            assert_eq!(last.text("Value"), Some("0.0"));
            assert!(!last.value("Timestamp").is_null());
            assert_eq!(number(&samples[0]) + 1, number(last));
            break;
        }
        assert!(Instant::now() < until, "there are no samples");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let stopped = suite.run(&meter, "Stop").await;
    assert!(!stopped.value("StopTime").is_null());
    // One that is under way may still come.
    let last = |samples: Vec<Instance>| samples.last().map(number).unwrap();
    let at_stop = last(all_of(&provider, "CIMI_Sample").await);
    let started = suite.run(&meter, "Start").await;
    assert!(started.value("StopTime").is_null());
    let until = Instant::now() + PATIENCE;
    while last(all_of(&provider, "CIMI_Sample").await) <= at_stop {
        assert!(Instant::now() < until, "no samples after the start");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // When its time is over it goes, with its samples.
    let soon = Value::DateTime(DateTime::utc(0));
    suite
        .modify(&meter, &[("ExpiresTime", soon)], None)
        .await
        .unwrap();
    suite.gone("CIMI_Meter", id(&meter)).await;
    assert_eq!(all_of(&provider, "CIMI_Sample").await, []);
    provider.shutdown().await;
}
