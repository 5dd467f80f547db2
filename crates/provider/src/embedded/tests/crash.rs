//! `kill -9` in the middle of everything: what was acknowledged is there, every job ends, and the events
//! tell the whole story in order.
//!
//! The test runs its own binary again as the process that dies.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cim_core::{ErrorKind, Instance, Value};
use cim_query::Query;
use store::{RedbStore, Scan, Store};

use super::{config, context, suite};
use crate::conformance::{Suite, id};
use crate::embedded::{EmbeddedProvider, keys};
use crate::{Bookmark, EventKind, PageRequest, Provider, Role};

/// Where the store of the process that dies is.
const STORE: &str = "CIMI_BRIDGE_TEST_CRASH_STORE";
/// What the lines about acknowledged writes start with.
const MARK: &str = "acknowledged ";
/// How often to kill, if not as often as in the normal run (`make storm`).
const KILLS: &str = "CIMI_BRIDGE_STORM_KILLS";
const KILLS_IN_NORMAL_RUN: usize = 20;
/// Kills that one store survives before there is a new one: its whole story is read after each.
const KILLS_OF_ONE_STORE: usize = 20;
const CLIENTS: usize = 6;

async fn open(path: &Path) -> (Arc<RedbStore>, Arc<EmbeddedProvider>) {
    let store = Arc::new(RedbStore::open(path).unwrap());
    let shared: Arc<dyn Store> = Arc::<RedbStore>::clone(&store);
    let provider = EmbeddedProvider::open(shared, config(Duration::from_millis(4)))
        .await
        .unwrap();
    (store, provider)
}

/// The process that dies: clients that create, start, stop and delete machines until it is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn victim() {
    let Some(path) = std::env::var_os(STORE) else {
        return;
    };
    let (_store, provider) = open(Path::new(&path)).await;
    let systems = async || {
        let suite = suite(&provider);
        let context = context(Role::Administrator, None);
        for number in 0_usize.. {
            let created = provider
                .create(&context, system(&suite), None)
                .await
                .unwrap();
            println!("{MARK}system {}", created.path.instance_id().unwrap());
            let system = suite.ready(created).await;
            suite.run(&system, "Start").await;
            if number % 2 == 0 {
                println!("{MARK}end {}", id(&system));
                provider
                    .delete(&context, &system.path(), None)
                    .await
                    .unwrap();
            }
        }
    };
    let work = async || {
        let suite = suite(&provider);
        let context = context(Role::Administrator, None);
        loop {
            let create = suite
                .blank("CIMI_Machine")
                .with("Cpu", 1_u64)
                .with("Memory", 1_024_u64);
            let created = provider.create(&context, create, None).await.unwrap();
            let machine = created.path.instance_id().unwrap().to_owned();
            println!("{MARK}machine {machine}");
            let machine = suite.ready(created).await;
            let disk = suite.blank("CIMI_Disk").with("Capacity", 9_u64);
            let disk = suite
                .create_in(&machine, "CIMI_MachineDisk", disk)
                .await
                .unwrap();
            println!("{MARK}disk {}", disk.path.instance_id().unwrap());
            for method in ["Start", "Stop"] {
                let invoked = suite.invoke(&machine, method, Vec::new()).await.unwrap();
                let job = invoked.outcome.job.clone().unwrap();
                println!("{MARK}job {}", job.instance_id().unwrap());
                if method == "Start" {
                    suite.done(&invoked.outcome).await;
                }
            }
            if id(&machine).as_bytes().last().is_some_and(|b| b % 2 == 0) {
                println!("{MARK}end {}", id(&machine));
                provider
                    .delete(&context, &machine.path(), None)
                    .await
                    .unwrap();
            }
        }
    };
    let all: [_; CLIENTS] = std::array::from_fn(|_| work());
    let [a, b, c, d, e, f] = all;
    tokio::join!(a, b, c, d, e, f, systems());
}

/// A system of two machines, one of them with a volume.
fn system(suite: &Suite<'_>) -> Instance {
    let component = |name: &str, class: &str, template: Instance| {
        let component = suite
            .blank("CIMI_ComponentDescriptor")
            .with("Name", name)
            .with("Type", format!("http://schemas.dmtf.org/cimi/1/{class}"))
            .with(&format!("{class}Template"), Value::from(template));
        Value::from(component)
    };
    let machine = || {
        let config = suite
            .blank("CIMI_MachineConfiguration")
            .with("Cpu", 1_u64)
            .with("Memory", 1_024_u64);
        suite
            .blank("CIMI_MachineTemplate")
            .with("MachineConfig", Value::from(config))
    };
    let config = suite
        .blank("CIMI_VolumeConfiguration")
        .with("Capacity", 7_u64);
    let volume = suite
        .blank("CIMI_VolumeTemplate")
        .with("VolumeConfig", Value::from(config));
    let attached = suite.blank("CIMI_TemplateVolume").with("Href", "#data");
    let with_volume = machine().with("Volumes", Value::Array(vec![Value::from(attached)]));
    let components = vec![
        component("part-1", "Machine", machine()),
        component("part-2", "Machine", with_volume),
        component("data", "Volume", volume),
    ];
    let template = suite
        .blank("CIMI_SystemTemplate")
        .with("ComponentDescriptors", Value::Array(components));
    suite
        .blank("CIMI_SystemCreate")
        .with("SystemTemplate", Value::from(template))
}

/// What the dead process had been told, over all rounds.
#[derive(Default)]
struct Acknowledged {
    machines: Vec<String>,
    disks: Vec<String>,
    jobs: Vec<String>,
    systems: Vec<String>,
    /// Machines and systems whose deletion was at least asked for.
    ended: Vec<String>,
}

/// Runs the process, and kills it some time after its first acknowledged write.
fn run_and_kill(store: &Path, round: usize, acknowledged: &mut Acknowledged) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "embedded::tests::crash::victim", "--nocapture"])
        .env(STORE, store)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let random = u64::from(uuid::Uuid::new_v4().as_bytes()[0]);
    let delay = Duration::from_millis(30 + 40 * (round as u64 % 8) + random);
    let mut killer = Some(move || {
        std::thread::spawn(move || {
            std::thread::sleep(delay);
            child.kill().unwrap();
            child.wait().unwrap();
        })
    });
    let mut killing = None;
    for line in lines.map_while(Result::ok) {
        // The name of the test may stand before the first line.
        let Some((_, told)) = line.split_once(MARK) else {
            continue;
        };
        if let Some(killer) = killer.take() {
            killing = Some(killer());
        }
        let (what, id) = told.split_once(' ').unwrap();
        let list = match what {
            "machine" => &mut acknowledged.machines,
            "disk" => &mut acknowledged.disks,
            "job" => &mut acknowledged.jobs,
            "system" => &mut acknowledged.systems,
            "end" => &mut acknowledged.ended,
            other => panic!("{other}"),
        };
        list.push(id.to_owned());
    }
    killing
        .expect("the process wrote something before it ended")
        .join()
        .unwrap();
}

async fn instances(provider: &EmbeddedProvider, class: &str) -> BTreeMap<String, Instance> {
    let query = Query::all(provider.schema().class(class).unwrap());
    let request = PageRequest {
        after: None,
        skip: 0,
        max_items: usize::MAX,
        max_examined: usize::MAX,
        count: false,
    };
    let page = provider
        .query(&context(Role::Administrator, None), &query, request)
        .await
        .unwrap();
    page.items
        .into_iter()
        .map(|item| {
            let mut instance = item.resource.instance;
            // It depends on the caller, and is in no event.
            instance.unset("AvailableOperations");
            (id(&instance).to_owned(), instance)
        })
        .collect()
}

/// The rows that say that a job has work left, or works on something.
async fn rows_of_work(store: &RedbStore) -> usize {
    let mut rows = 0;
    for prefix in [keys::ALL_WORK, &keys::active("")] {
        store
            .scan(Scan::prefix(prefix), &mut |_, _, _| {
                rows += 1;
                ControlFlow::Continue(())
            })
            .await
            .unwrap();
    }
    rows
}

/// How long nothing may move while work is left. A machine that builds three other things at the same time
/// is slow, and a job that is stuck is stuck for ever.
const PATIENCE: Duration = Duration::from_secs(300);

/// Waits until all jobs have ended and left nothing behind.
async fn settle(store: &RedbStore) {
    let mut moved = (Instant::now(), usize::MAX);
    loop {
        let rows = rows_of_work(store).await;
        if rows == 0 {
            return;
        }
        if rows != moved.1 {
            moved = (Instant::now(), rows);
        }
        assert!(
            moved.0.elapsed() < PATIENCE,
            "jobs do not end: {}",
            left(store).await
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// What work is left, for the message.
async fn left(store: &RedbStore) -> String {
    let mut left = Vec::new();
    for prefix in [keys::ALL_WORK, &keys::active("")] {
        store
            .scan(Scan::prefix(prefix), &mut |key, _, value| {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\0', "|");
                left.push(format!("{} = {}", text(key), text(value)));
                ControlFlow::Continue(())
            })
            .await
            .unwrap();
    }
    left.join("\n")
}

async fn check(store: &RedbStore, provider: &EmbeddedProvider, acknowledged: &Acknowledged) {
    let suite = suite(provider);
    // What was acknowledged is there at once.
    for (class, ids) in [
        ("CIMI_Machine", &acknowledged.machines),
        ("CIMI_Disk", &acknowledged.disks),
        ("CIMI_Job", &acknowledged.jobs),
        ("CIMI_System", &acknowledged.systems),
    ] {
        for id in ids {
            let ended = acknowledged
                .ended
                .iter()
                .any(|end| id.starts_with(end.as_str()));
            match suite.get(class, id).await {
                Ok(_) => {}
                Err(error) if ended => assert_eq!(error.kind(), ErrorKind::NotFound, "{error}"),
                Err(error) => panic!("{class} {id} was acknowledged: {error}"),
            }
        }
    }

    settle(store).await;
    for (id, job) in instances(provider, "CIMI_Job").await {
        let state = job.text("State").unwrap();
        assert!(["SUCCESS", "STOPPED"].contains(&state), "{id} is {state}");
    }
    for (id, machine) in instances(provider, "CIMI_Machine").await {
        let state = machine.text("State").unwrap();
        assert!(["STARTED", "STOPPED"].contains(&state), "{id} is {state}");
    }

    // A system is there with all its parts, or none of it is.
    let systems = instances(provider, "CIMI_System").await;
    for (id, system) in &systems {
        let state = system.text("State").unwrap();
        assert!(["STARTED", "STOPPED"].contains(&state), "{id} is {state}");
    }
    for (class, parts) in [
        ("CIMI_SystemMachine", 2),
        ("CIMI_SystemVolume", 1),
        ("CIMI_MachineVolume", 1),
        ("CIMI_Volume", 1),
    ] {
        let number = instances(provider, class).await.len();
        assert_eq!(number, parts * systems.len(), "{class}");
    }
    let parts = instances(provider, "CIMI_Machine").await;
    let parts = parts.values().filter(|m| {
        m.text("ElementName")
            .is_some_and(|name| name.starts_with("part-"))
    });
    assert_eq!(parts.count(), 2 * systems.len());

    // The events, played again, give what is there.
    let mut played: BTreeMap<String, Instance> = BTreeMap::new();
    let mut last = Bookmark(0);
    for event in suite
        .events_after(&context(Role::Administrator, None), Bookmark(0))
        .await
    {
        assert_eq!(event.bookmark.0, last.0 + 1, "no event is missing");
        last = event.bookmark;
        let id = id(&event.instance).to_owned();
        match event.kind {
            EventKind::Creation => assert!(played.insert(id, event.instance).is_none()),
            EventKind::Modification { previous } => {
                let before = played.insert(id, event.instance);
                assert_eq!(before.as_ref(), Some(&*previous), "{:?}", event.bookmark);
            }
            EventKind::Deletion => assert_eq!(played.remove(&id), Some(event.instance)),
        }
    }
    // Memberships are in no extent of resources.
    let mut there = instances(provider, "CIMI_Resource").await;
    there.extend(instances(provider, "CIMI_ResourceMembership").await);
    assert_eq!(played, there);
}

#[test]
fn nothing_acknowledged_is_lost() {
    let kills = std::env::var(KILLS).map_or(KILLS_IN_NORMAL_RUN, |text| text.parse().unwrap());
    let (mut unfinished, mut told) = (0, 0);
    for store in 0..kills.div_ceil(KILLS_OF_ONE_STORE) {
        let before = store * KILLS_OF_ONE_STORE;
        let rounds = KILLS_OF_ONE_STORE.min(kills - before);
        told += storm(rounds, &mut unfinished);
        println!(
            "{} kills: {told} acknowledged writes are there; {unfinished} rows of work were under way",
            before + rounds
        );
    }
    assert!(told >= kills);
    assert!(unfinished > 0, "the process died in the middle of work");
}

/// Kills a process with one store again and again. Returns how many writes were acknowledged.
fn storm(rounds: usize, unfinished: &mut usize) -> usize {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store");
    let mut acknowledged = Acknowledged::default();
    for round in 0..rounds {
        run_and_kill(&path, round, &mut acknowledged);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            *unfinished += rows_of_work(&RedbStore::open(&path).unwrap()).await;
            let (store, provider) = open(&path).await;
            check(&store, &provider, &acknowledged).await;
            provider.shutdown().await;
        });
    }
    acknowledged.machines.len()
        + acknowledged.disks.len()
        + acknowledged.jobs.len()
        + acknowledged.systems.len()
}
