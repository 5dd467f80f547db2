//! The demonstration cloud, quotas, retention and restarts.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cim_core::{ErrorKind, Instance, Value};
use cim_query::{OrderBy, Query};
use store::{RedbOptions, RedbStore, Store};

use super::{config, context, open, suite};
use crate::conformance::{id, path, texts};
use crate::embedded::{EmbeddedConfig, EmbeddedProvider};
use crate::{Bookmark, Page, PageRequest, Provider, Role};

const LONG: Duration = Duration::from_secs(3600);

const ALL: PageRequest<'static> = PageRequest {
    after: None,
    skip: 0,
    max_items: usize::MAX,
    max_examined: usize::MAX,
    count: true,
};

async fn all_of(provider: &EmbeddedProvider, class: &str) -> Page {
    let query = Query::all(provider.schema().class(class).unwrap());
    let administrator = context(Role::Administrator, None);
    provider.query(&administrator, &query, ALL).await.unwrap()
}

async fn state(provider: &EmbeddedProvider, class: &str, id: &str) -> String {
    let read = suite(provider).get(class, id).await.unwrap();
    read.instance.text("State").unwrap().to_owned()
}

#[tokio::test]
async fn the_demonstration_cloud_is_there_once_and_complete() {
    let store: Arc<dyn Store> = Arc::new(RedbStore::in_memory().unwrap());
    for round in 0..3 {
        let provider = EmbeddedProvider::open(Arc::clone(&store), config(Duration::ZERO))
            .await
            .unwrap();
        provider.seed_demo().await.unwrap();
        provider.seed_demo().await.unwrap();
        for (class, number) in [
            ("CIMI_CloudEntryPoint", 1),
            ("CIMI_MachineConfiguration", 2),
            ("CIMI_MachineImage", 2),
            ("CIMI_MachineTemplate", 2),
            ("CIMI_VolumeConfiguration", 1),
            ("CIMI_VolumeTemplate", 1),
            ("CIMI_Volume", 1),
            ("CIMI_CredentialTemplate", 1),
            ("CIMI_Credential", 1),
            ("CIMI_Machine", 2 - usize::from(round > 0)),
            ("CIMI_Disk", 2 - usize::from(round > 0)),
        ] {
            let page = all_of(&provider, class).await;
            assert_eq!(page.items.len(), number, "{class} in round {round}");
            assert_eq!(page.count, Some(number as u64));
        }
        if round == 0 {
            assert_eq!(
                state(&provider, "CIMI_Machine", "machines/demo-frontend").await,
                "STARTED"
            );
            assert_eq!(
                state(&provider, "CIMI_Machine", "machines/demo-backend").await,
                "STOPPED"
            );
            let disk = suite(&provider)
                .get("CIMI_Disk", "machines/demo-frontend/disks/1")
                .await
                .unwrap();
            assert!(disk.instance.value("Capacity").as_u64().is_some());
            // Whoever deletes a part of it has deleted it for good.
            let machine = suite(&provider)
                .get("CIMI_Machine", "machines/demo-backend")
                .await
                .unwrap();
            suite(&provider).delete(&machine.instance).await;
            // A machine from a template of the demonstration cloud.
            let create = suite(&provider)
                .blank("CIMI_MachineCreate")
                .with("MachineTemplate", "machineTemplates/demo-web");
            let machine = suite(&provider).create(create).await;
            suite(&provider).delete(&machine).await;
        }
        provider.shutdown().await;
    }
}

#[tokio::test]
async fn a_tenant_has_a_quota() {
    let provider = open(EmbeddedConfig {
        max_resources_per_tenant: 2,
        ..config(Duration::ZERO)
    })
    .await;
    let red = context(Role::Operator, Some("red"));
    let blue = context(Role::Operator, Some("blue"));
    let create = async |context| {
        let config = suite(&provider)
            .blank("CIMI_VolumeConfiguration")
            .with("Capacity", 1_u64);
        provider.create(context, config, None).await
    };
    let first = create(&red).await.unwrap();
    create(&red).await.unwrap();
    let error = create(&red).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::QuotaExceeded);
    create(&blue).await.unwrap();
    provider.delete(&red, &first.path, None).await.unwrap();
    create(&red).await.unwrap();
    assert_eq!(
        create(&red).await.unwrap_err().kind(),
        ErrorKind::QuotaExceeded
    );
}

#[tokio::test]
async fn a_resource_has_a_largest_size() {
    let provider = open(EmbeddedConfig {
        max_resource_bytes: 2_000,
        ..config(Duration::ZERO)
    })
    .await;
    let administrator = context(Role::Administrator, None);
    let sized = |length: usize| {
        suite(&provider)
            .blank("CIMI_VolumeConfiguration")
            .with("Description", "x".repeat(length))
    };
    provider
        .create(&administrator, sized(1_500), None)
        .await
        .unwrap();
    let error = provider
        .create(&administrator, sized(2_500), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.message().contains("2000"), "{error}");
}

#[tokio::test]
async fn sorting_has_a_bound() {
    let provider = open(EmbeddedConfig {
        max_sorted: 3,
        ..config(Duration::ZERO)
    })
    .await;
    for _ in 0..4 {
        suite(&provider).configuration().await;
    }
    let mut query = Query::all(
        provider
            .schema()
            .class("CIMI_MachineConfiguration")
            .unwrap(),
    );
    let administrator = context(Role::Administrator, None);
    assert_eq!(
        provider
            .query(&administrator, &query, ALL)
            .await
            .unwrap()
            .items
            .len(),
        4
    );
    query.order_by = vec![OrderBy {
        property: "Cpu".to_owned(),
        descending: false,
    }];
    let error = provider
        .query(&administrator, &query, ALL)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn a_query_has_a_deadline_and_goes_on_behind_it() {
    let provider = open(config(Duration::ZERO)).await;
    for _ in 0..400 {
        let config = suite(&provider)
            .blank("CIMI_VolumeConfiguration")
            .with("Capacity", 1_u64);
        let administrator = context(Role::Administrator, None);
        provider.create(&administrator, config, None).await.unwrap();
    }
    let query = Query::all(provider.schema().class("CIMI_VolumeConfiguration").unwrap());
    let mut late = context(Role::Administrator, None);
    late.deadline = Some(Instant::now());
    let request = PageRequest {
        count: false,
        ..ALL
    };
    let first = provider.query(&late, &query, request).await.unwrap();
    assert!(first.items.len() < 400);
    let next = first.next.unwrap();
    let rest = provider
        .query(
            &context(Role::Administrator, None),
            &query,
            PageRequest {
                after: Some(&next),
                ..ALL
            },
        )
        .await
        .unwrap();
    assert_eq!(first.items.len() + rest.items.len(), 400);
    let mut sorted = query.clone();
    sorted.order_by = vec![OrderBy {
        property: "Capacity".to_owned(),
        descending: true,
    }];
    let error = provider.query(&late, &sorted, request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TimedOut);
}

#[tokio::test]
async fn finished_jobs_are_kept_for_a_while_and_not_too_many() {
    let store: Arc<dyn Store> = Arc::new(RedbStore::in_memory().unwrap());
    let provider = EmbeddedProvider::open(Arc::clone(&store), config(Duration::ZERO))
        .await
        .unwrap();
    for _ in 0..10 {
        suite(&provider).configuration().await;
    }
    assert_eq!(all_of(&provider, "CIMI_Job").await.items.len(), 10);
    provider.shutdown().await;

    let reopened = async |config: EmbeddedConfig, left: usize| {
        let provider = EmbeddedProvider::open(Arc::clone(&store), config)
            .await
            .unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let page = all_of(&provider, "CIMI_Job").await;
            if page.items.len() == left {
                provider.shutdown().await;
                return page;
            }
            assert!(page.items.len() > left && Instant::now() < until);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let few = EmbeddedConfig {
        max_finished_jobs: 4,
        ..config(Duration::ZERO)
    };
    reopened(few, 4).await;
    let short = EmbeddedConfig {
        job_retention: Duration::ZERO,
        ..config(Duration::ZERO)
    };
    reopened(short, 0).await;
}

#[tokio::test]
async fn jobs_that_are_done_at_once_become_too_many_too() {
    let provider = open(EmbeddedConfig {
        max_finished_jobs: 10,
        ..config(Duration::ZERO)
    })
    .await;
    let suite = suite(&provider);
    let machine_config = suite.configuration().await;
    for n in 0..600_u64 {
        suite
            .modify(&machine_config, &[("Cpu", Value::from(n))], None)
            .await
            .unwrap();
    }
    let until = Instant::now() + Duration::from_secs(20);
    while all_of(&provider, "CIMI_Job").await.items.len() > 300 {
        assert!(Instant::now() < until);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    provider.shutdown().await;
}

#[tokio::test]
async fn an_unfinished_job_goes_on_after_a_restart() {
    let store: Arc<dyn Store> = Arc::new(RedbStore::in_memory().unwrap());
    let slow = EmbeddedProvider::open(Arc::clone(&store), config(LONG))
        .await
        .unwrap();
    let machine = suite(&slow)
        .blank("CIMI_Machine")
        .with("Cpu", 1_u64)
        .with("Memory", 1_024_u64);
    let administrator = context(Role::Administrator, None);
    let created = slow.create(&administrator, machine, None).await.unwrap();
    let machine = created.path.instance_id().unwrap().to_owned();
    assert_eq!(state(&slow, "CIMI_Machine", &machine).await, "CREATING");
    let job = created.outcome.job.unwrap();
    let read = slow.get(&administrator, &job).await.unwrap().instance;
    assert_eq!(read.text("State"), Some("RUNNING"));
    assert_eq!(
        texts(&read, "AvailableOperations"),
        ["edit", "delete", "stop"]
    );
    slow.shutdown().await;
    drop(slow);

    // How long a step takes is settled when it begins: this one still has its hour.
    let again = EmbeddedProvider::open(Arc::clone(&store), config(Duration::ZERO))
        .await
        .unwrap();
    assert_eq!(state(&again, "CIMI_Machine", &machine).await, "CREATING");
    let read = again.get(&administrator, &job).await.unwrap().instance;
    let stopped = suite(&again)
        .invoke(&read, "Stop", Vec::new())
        .await
        .unwrap();
    let read = suite(&again).ended(&job).await;
    assert_eq!(read.text("State"), Some("STOPPED"));
    assert_eq!(stopped.outcome.job.as_ref(), Some(&job));
    assert_eq!(
        state(&again, "CIMI_Machine", &machine).await,
        "ERROR",
        "half a machine"
    );
    let half = suite(&again).get("CIMI_Machine", &machine).await.unwrap();
    assert_eq!(
        texts(&half.instance, "AvailableOperations"),
        ["edit", "delete"]
    );
    suite(&again).delete(&half.instance).await;
    again.shutdown().await;
}

#[tokio::test]
async fn another_operation_takes_the_place_of_one_under_way() {
    let provider = open(config(Duration::ZERO)).await;
    let machine = suite(&provider).machine().await;
    provider.shutdown().await;
    // Nobody works on jobs now: every state stays as it is.
    let suite = suite(&provider);
    let start = suite.invoke(&machine, "Start", Vec::new()).await.unwrap();
    assert_eq!(
        state(&provider, "CIMI_Machine", id(&machine)).await,
        "STARTING"
    );
    for method in ["Start", "Restart", "Pause"] {
        let error = suite
            .invoke(&machine, method, Vec::new())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongState, "{method}");
    }
    let stop = suite.invoke(&machine, "Stop", Vec::new()).await.unwrap();
    assert_eq!(
        state(&provider, "CIMI_Machine", id(&machine)).await,
        "STOPPING"
    );
    let started = suite.ended(&start.outcome.job.unwrap()).await;
    assert_eq!(started.text("State"), Some("STOPPED"));
    assert!(started.text("StatusMessage").is_some());
    // Stop may be repeated, to add force (DSP0263 5.14.1).
    let forced = vec![("Force".to_owned(), Value::from(true))];
    let again = suite.invoke(&machine, "Stop", forced).await.unwrap();
    suite.ended(&stop.outcome.job.unwrap()).await;

    let administrator = context(Role::Administrator, None);
    provider
        .delete(&administrator, &machine.path(), None)
        .await
        .unwrap();
    suite.ended(&again.outcome.job.unwrap()).await;
    let read = suite.get("CIMI_Machine", id(&machine)).await.unwrap();
    assert_eq!(read.instance.text("State"), Some("DELETING"));
    assert!(texts(&read.instance, "AvailableOperations").is_empty());
    for result in [
        provider
            .delete(&administrator, &machine.path(), None)
            .await
            .err(),
        suite
            .modify(&machine, &[("Cpu", Value::from(1_u64))], None)
            .await
            .err(),
        suite.invoke(&machine, "Stop", Vec::new()).await.err(),
        suite
            .create_in(
                &machine,
                "CIMI_MachineDisk",
                suite.blank("CIMI_Disk").with("Capacity", 1_u64),
            )
            .await
            .err(),
    ] {
        assert_eq!(result.unwrap().kind(), ErrorKind::WrongState);
    }
}

#[tokio::test]
async fn a_capture_shows_on_the_machine_and_is_undone() {
    let provider = open(config(Duration::ZERO)).await;
    let machine = suite(&provider).machine().await;
    provider.shutdown().await;
    let suite = suite(&provider);
    let administrator = context(Role::Administrator, None);
    let capture = || {
        suite.blank("CIMI_MachineImage").with(
            "ImageLocation",
            format!("https://cloud.example/cimi/{}", id(&machine)),
        )
    };
    let image = provider
        .create(&administrator, capture(), None)
        .await
        .unwrap();
    assert_eq!(
        state(&provider, "CIMI_Machine", id(&machine)).await,
        "CAPTURING"
    );
    let error = provider
        .create(&administrator, capture(), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongState);
    // Deleting the image ends the capture; the machine is what it was.
    provider
        .delete(&administrator, &image.path, None)
        .await
        .unwrap();
    assert_eq!(
        state(&provider, "CIMI_Machine", id(&machine)).await,
        "STOPPED"
    );
    assert_eq!(
        state(
            &provider,
            "CIMI_MachineImage",
            image.path.instance_id().unwrap()
        )
        .await,
        "DELETING"
    );
}

#[tokio::test]
async fn events_beyond_the_retention_are_counted() {
    let options = RedbOptions {
        max_events: 5,
        ..RedbOptions::default()
    };
    let store = Arc::new(RedbStore::in_memory_with(&options).unwrap());
    let provider = EmbeddedProvider::open(store, config(Duration::ZERO))
        .await
        .unwrap();
    for _ in 0..6 {
        suite(&provider).configuration().await;
    }
    let administrator = context(Role::Administrator, None);
    let page = provider
        .watch(&administrator, Bookmark(2), 100, None)
        .await
        .unwrap();
    // The entry point, then a configuration and its job six times.
    assert_eq!(page.events.len(), 5);
    assert_eq!(page.next, Bookmark(13));
    assert_eq!(page.dropped, 6);
    assert_eq!(page.events[0].bookmark, Bookmark(9));
}

#[tokio::test]
async fn one_volume_goes_to_one_of_many_who_want_it() {
    let provider = open(config(Duration::ZERO)).await;
    let suite = suite(&provider);
    let volume = suite.volume().await;
    let mut machines = Vec::new();
    for _ in 0..6 {
        machines.push(suite.machine().await);
    }
    let attach = async |machine: &Instance| {
        let membership = suite
            .blank("CIMI_MachineVolume")
            .with("PartComponent", volume.path());
        suite
            .create_in(machine, "CIMI_MachineVolume", membership)
            .await
    };
    let (a, b, c, d, e, f) = tokio::join!(
        attach(&machines[0]),
        attach(&machines[1]),
        attach(&machines[2]),
        attach(&machines[3]),
        attach(&machines[4]),
        attach(&machines[5]),
    );
    let results = [a, b, c, d, e, f];
    assert_eq!(results.iter().filter(|r| r.is_ok()).count(), 1);
    for result in results {
        if let Err(error) = result {
            assert_eq!(error.kind(), ErrorKind::InUse, "{error}");
        }
    }
    assert_eq!(all_of(&provider, "CIMI_MachineVolume").await.items.len(), 1);
}

#[tokio::test]
async fn a_disk_never_outlives_its_machine() {
    let provider = open(config(Duration::ZERO)).await;
    let suite = suite(&provider);
    for _ in 0..10 {
        let machine = suite.machine().await;
        let add = async || {
            for _ in 0..8 {
                let disk = suite.blank("CIMI_Disk").with("Capacity", 1_u64);
                if let Err(error) = suite.create_in(&machine, "CIMI_MachineDisk", disk).await {
                    assert!(
                        [ErrorKind::NotFound, ErrorKind::WrongState].contains(&error.kind()),
                        "{error}"
                    );
                }
            }
        };
        tokio::join!(add(), add(), async {
            tokio::task::yield_now().await;
            suite.delete(&machine).await;
        });
    }
    assert_eq!(all_of(&provider, "CIMI_Disk").await.items.len(), 0);
    assert_eq!(all_of(&provider, "CIMI_MachineDisk").await.items.len(), 0);
}

#[tokio::test]
async fn a_schema_that_is_laid_out_otherwise_is_refused() {
    let store = Arc::new(RedbStore::in_memory().unwrap());
    let without_job = cim_core::Schema::new(
        cimi_model::schema()
            .classes()
            .iter()
            .copied()
            .filter(|class| class.name != "CIMI_Job"),
    );
    let config = EmbeddedConfig::new(Arc::new(without_job));
    let error = EmbeddedProvider::open(store, config).await.unwrap_err();
    assert!(error.internal_message().unwrap().contains("CIMI_Job"));
    assert_eq!(path("CIMI_Job", "jobs/1").instance_id(), Some("jobs/1"));
}

#[tokio::test]
async fn no_reference_is_made_to_what_is_deleted_meanwhile() {
    let provider = open(config(Duration::ZERO)).await;
    let suite = suite(&provider);
    let administrator = context(Role::Administrator, None);
    let (mut made, mut refused) = (0, 0);
    for round in 0..40 {
        let target = suite.configuration().await;
        let template = suite
            .blank("CIMI_MachineTemplate")
            .with("MachineConfig", id(&target));
        let refer = provider.create(&administrator, template, None);
        let target_path = target.path();
        let delete = provider.delete(&administrator, &target_path, None);
        // Both orders of reading and of committing.
        let (referred, deleted) = if round % 2 == 0 {
            tokio::join!(refer, delete)
        } else {
            let (deleted, referred) = tokio::join!(delete, refer);
            (referred, deleted)
        };
        deleted.unwrap();
        match referred {
            Ok(created) => {
                made += 1;
                let template = provider.get(&administrator, &created.path).await.unwrap();
                assert!(template.instance.value("MachineConfig").is_null());
            }
            Err(error) => {
                refused += 1;
                assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{error}");
            }
        }
    }
    assert!(made > 0 && refused > 0, "{made} made, {refused} refused");
}

#[tokio::test]
async fn volumes_of_a_machine_that_is_not_made_are_ready_all_the_same() {
    let provider = open(config(Duration::ZERO)).await;
    provider.seed_demo().await.unwrap();
    let suite = suite(&provider);
    provider.shutdown().await;
    let attached = suite
        .blank("CIMI_TemplateVolumeTemplate")
        .with("Href", "volumeTemplates/demo-data");
    let template = suite
        .blank("CIMI_MachineTemplate")
        .with("InstanceID", "machineTemplates/demo-web")
        .with("VolumeTemplates", Value::Array(vec![Value::from(attached)]));
    let create = suite
        .blank("CIMI_MachineCreate")
        .with("MachineTemplate", template);
    let administrator = context(Role::Administrator, None);
    let created = provider.create(&administrator, create, None).await.unwrap();
    let machine = provider.get(&administrator, &created.path).await.unwrap();
    let volumes = suite.attached_volumes(&machine.instance).await;
    assert_eq!(
        state(&provider, "CIMI_Volume", &volumes[0]).await,
        "CREATING"
    );
    provider
        .delete(&administrator, &created.path, None)
        .await
        .unwrap();
    assert_eq!(
        state(&provider, "CIMI_Volume", &volumes[0]).await,
        "AVAILABLE"
    );
}

#[tokio::test]
async fn many_clients_add_to_one_machine() {
    let provider = open(config(Duration::ZERO)).await;
    let machine = Arc::new(suite(&provider).machine().await);
    let mut adding = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (provider, machine) = (Arc::clone(&provider), Arc::clone(&machine));
        adding.spawn(async move {
            let suite = suite(&provider);
            let disk = suite.blank("CIMI_Disk").with("Capacity", 1_u64);
            suite.create_in(&machine, "CIMI_MachineDisk", disk).await
        });
    }
    while let Some(added) = adding.join_next().await {
        added.unwrap().unwrap();
    }
    assert_eq!(all_of(&provider, "CIMI_Disk").await.items.len(), 66);
}
