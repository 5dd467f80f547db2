//! A cloud that is looked at: the embedded provider behind a listing that breaks, lies and comes back.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};

use cim_core::Value;
use store::{RedbOptions, RedbStore};

use super::*;
use crate::Event;
use crate::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};

const CONFIGURATION: &str = "CIMI_MachineConfiguration";

/// A cloud whose listings can break off in the middle, or leave things out.
struct Cloud {
    inner: Arc<EmbeddedProvider>,
    breaks_off: AtomicBool,
    leaves_out: AtomicBool,
}

#[async_trait]
impl Provider for Cloud {
    fn schema(&self) -> &Arc<Schema> {
        self.inner.schema()
    }

    async fn get(&self, x: &OperationContext, path: &ObjectPath) -> Result<Resource, CimError> {
        self.inner.get(x, path).await
    }

    async fn query(
        &self,
        x: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        let small = PageRequest {
            max_items: 2,
            ..page
        };
        let mut found = self.inner.query(x, query, small).await?;
        if query.class.name != CONFIGURATION {
            return Ok(found);
        }
        if self.breaks_off.load(Ordering::Relaxed) && page.after.is_some() {
            return Err(CimError::new(ErrorKind::BackEnd, "The cloud broke off."));
        }
        if self.leaves_out.load(Ordering::Relaxed) {
            found.items.clear();
        }
        Ok(found)
    }

    async fn create(
        &self,
        x: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        self.inner.create(x, instance, container).await
    }

    async fn modify(
        &self,
        x: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.inner.modify(x, path, changes, if_match).await
    }

    async fn delete(
        &self,
        x: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.inner.delete(x, path, if_match).await
    }

    async fn invoke(
        &self,
        x: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        self.inner.invoke(x, path, method, parameters).await
    }

    async fn watch(
        &self,
        _: &OperationContext,
        _: Bookmark,
        _: usize,
        _: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        Err(CimError::new(ErrorKind::NotSupported, "It does not tell."))
    }
}

fn administrator() -> OperationContext {
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

async fn cloud() -> Arc<Cloud> {
    let config = EmbeddedConfig {
        durations: Durations::all(Duration::from_millis(1)),
        ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
    };
    let store = Arc::new(RedbStore::in_memory().unwrap());
    Arc::new(Cloud {
        inner: EmbeddedProvider::open(store, config).await.unwrap(),
        breaks_off: AtomicBool::new(false),
        leaves_out: AtomicBool::new(false),
    })
}

fn quick() -> ShadowSettings {
    ShadowSettings {
        least: Duration::from_millis(5),
        most: Duration::from_millis(50),
        most_of_jobs: Duration::from_millis(20),
        linger: Duration::from_secs(60),
        ..ShadowSettings::default()
    }
}

fn configuration(name: &str) -> Instance {
    let class = cimi_model::schema().class(CONFIGURATION).unwrap();
    Instance::new(class)
        .with("ElementName", name)
        .with("Cpu", 1_u64)
        .with("Memory", 1024_u64)
}

async fn change(cloud: &Cloud, path: &ObjectPath, memory: u64) {
    let class = cimi_model::schema().class(CONFIGURATION).unwrap();
    let (_, property) = class.property("Memory").unwrap();
    let changes = vec![Change {
        property,
        value: Value::from(memory),
    }];
    let x = administrator();
    cloud.modify(&x, path, changes, None).await.unwrap();
}

/// Events of configurations after a position, until there are so many; and behind them.
async fn events(shadow: &Shadow, mut after: Bookmark, count: usize) -> (Vec<Event>, Bookmark) {
    let mut found = Vec::new();
    while found.len() < count {
        let until = Instant::now() + Duration::from_secs(30);
        let page = shadow
            .watch(&administrator(), after, 100, Some(until))
            .await;
        let page = page.unwrap();
        assert!(page.next > after, "nothing in time: {found:#?}");
        assert_eq!(page.dropped, 0);
        after = page.next;
        let wanted = page.events.into_iter();
        found.extend(wanted.filter(|event| event.instance.class().name == CONFIGURATION));
    }
    (found, after)
}

fn what(event: &Event) -> (&'static str, Option<u64>, u64) {
    let memory = |instance: &Instance| instance.value("Memory").as_u64().unwrap();
    let now = memory(&event.instance);
    match &event.kind {
        EventKind::Creation => ("created", None, now),
        EventKind::Modification { previous } => ("changed", Some(memory(previous)), now),
        EventKind::Deletion => ("deleted", None, now),
    }
}

/// What happens is told; also what happened while the service was down, from the shadow that it kept.
#[tokio::test]
async fn lives_are_told_over_a_restart() {
    let cloud = cloud().await;
    let x = administrator();
    let old = cloud
        .create(&x, configuration("old"), None)
        .await
        .unwrap()
        .path;
    let store = Arc::new(RedbStore::in_memory().unwrap());
    let open = || {
        Shadow::new(
            Arc::clone(&cloud) as _,
            None,
            Arc::clone(&store) as _,
            quick(),
        )
    };
    let shadow = open();
    // What was there before is no event.
    let begin = shadow.newest_event(&x).await.unwrap();
    assert_eq!(begin, Bookmark(0));
    let new = cloud
        .create(&x, configuration("new"), None)
        .await
        .unwrap()
        .path;
    let (created, after) = events(&shadow, begin, 1).await;
    assert_eq!(what(&created[0]), ("created", None, 1024));
    change(&cloud, &old, 2048).await;
    let (changed, after) = events(&shadow, after, 1).await;
    assert_eq!(what(&changed[0]), ("changed", Some(1024), 2048));
    assert!(changed[0].instance.get("AvailableOperations").is_none());
    drop(shadow);

    change(&cloud, &old, 4096).await;
    cloud.delete(&x, &new, None).await.unwrap();
    let shadow = open();
    let newest = shadow.newest_event(&x).await.unwrap();
    assert!(newest >= after);
    let (told, _) = events(&shadow, after, 2).await;
    let mut told: Vec<_> = told.iter().map(what).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [("changed", Some(2048), 4096), ("deleted", None, 1024)]
    );
    // A bookmark that was never given.
    let wrong = shadow
        .watch(&x, Bookmark(1 << 40), 1, None)
        .await
        .unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::InvalidCursor);
}

/// A listing that breaks off, and one that leaves out what is there, delete nothing.
#[tokio::test]
async fn an_incomplete_listing_never_means_deletion() {
    let cloud = cloud().await;
    let x = administrator();
    let mut paths = Vec::new();
    for number in 0..7 {
        let made = cloud
            .create(&x, configuration(&format!("c{number}")), None)
            .await;
        paths.push(made.unwrap().path);
    }
    let store = Arc::new(RedbStore::in_memory().unwrap());
    let shadow = Shadow::new(Arc::clone(&cloud) as _, None, store, quick());
    let begin = shadow.newest_event(&x).await.unwrap();
    for trouble in [&cloud.breaks_off, &cloud.leaves_out] {
        trouble.store(true, Ordering::Relaxed);
        for _ in 0..3 {
            // Of a broken listing the error is told, and nothing else.
            let class = cimi_model::schema().class(CONFIGURATION).unwrap();
            let looked = shadow.shared.look(class, true).await;
            assert!(looked.is_err() || looked.is_ok_and(|changes| changes == 0));
        }
        trouble.store(false, Ordering::Relaxed);
    }
    cloud.delete(&x, &paths[3], None).await.unwrap();
    let (told, after) = events(&shadow, begin, 1).await;
    assert_eq!(what(&told[0]).0, "deleted");
    assert_eq!(told[0].instance.path(), paths[3]);
    change(&cloud, &paths[6], 1).await;
    let (told, _) = events(&shadow, after, 1).await;
    assert_eq!(what(&told[0]), ("changed", Some(1024), 1));
}

/// A back end that tells, from a script.
struct Script(
    Mutex<VecDeque<Result<Told, ErrorKind>>>,
    Mutex<Vec<Option<String>>>,
);

#[async_trait]
impl Telling for Script {
    async fn tell(
        &self,
        _: &OperationContext,
        after: Option<&str>,
        until: Instant,
    ) -> Result<Told, CimError> {
        self.1.lock().unwrap().push(after.map(str::to_owned));
        let next = self.0.lock().unwrap().pop_front();
        match next {
            Some(Ok(told)) => Ok(told),
            Some(Err(kind)) => Err(CimError::new(kind, "It is scripted so.")),
            None => {
                tokio::time::sleep_until(until.into()).await;
                Ok(Told {
                    bookmark: after.map(str::to_owned),
                    ..Told::default()
                })
            }
        }
    }
}

/// A back end in which something happens all the time.
struct Busy(Instance);

#[async_trait]
impl Telling for Busy {
    async fn tell(
        &self,
        _: &OperationContext,
        _: Option<&str>,
        _: Instant,
    ) -> Result<Told, CimError> {
        tokio::time::sleep(Duration::from_millis(1)).await;
        Ok(Told {
            reports: vec![Report {
                kind: ReportKind::Modification(None),
                instance: self.0.clone(),
            }],
            dropped: 0,
            bookmark: Some("on".to_owned()),
        })
    }
}

/// Who subscribes where something happens all the time does not wait until nothing does, and is told all the same.
#[tokio::test]
async fn nobody_waits_for_silence() {
    let cloud = cloud().await;
    let x = administrator();
    let made = cloud.create(&x, configuration("one"), None).await.unwrap();
    let now = cloud.get(&x, &made.path).await.unwrap().instance;
    let store = Arc::new(RedbStore::in_memory().unwrap());
    let settings = ShadowSettings {
        catching_up: Duration::from_millis(30),
        ..ShadowSettings::default()
    };
    let shadow = Shadow::new(cloud, Some(Arc::new(Busy(now))), store, settings);
    let patience = Duration::from_secs(60);
    let newest = tokio::time::timeout(patience, shadow.newest_event(&x)).await;
    let newest = newest.expect("an answer").unwrap();
    let until = Some(Instant::now() + patience);
    let page = shadow.watch(&x, newest, 10, until).await.unwrap();
    assert!(!page.events.is_empty());
}

/// What a back end tells is passed on as it is, in order; what it has lost is counted; its bookmark is kept
/// with the events that it stands behind, and forgotten when it is no good.
#[tokio::test]
async fn what_is_told_is_passed_on_and_what_is_lost_is_counted() {
    let cloud = cloud().await;
    let x = administrator();
    let path = cloud
        .create(&x, configuration("one"), None)
        .await
        .unwrap()
        .path;
    let now = cloud.get(&x, &path).await.unwrap().instance;
    let changed = |memory: u64| Report {
        kind: ReportKind::Modification(None),
        instance: now.clone().with("Memory", memory),
    };
    let told = |reports: Vec<Report>, dropped: u64, bookmark: &str| {
        Ok(Told {
            reports,
            dropped,
            bookmark: Some(bookmark.to_owned()),
        })
    };
    let deletion = Report {
        kind: ReportKind::Deletion,
        instance: now.clone(),
    };
    let script = Arc::new(Script(
        Mutex::new(VecDeque::from([
            told(vec![], 0, "a"),
            told(vec![], 0, "a"),
            told(vec![changed(1), changed(2)], 0, "b"),
            Err(ErrorKind::BackEnd),
            Err(ErrorKind::InvalidCursor),
            told(vec![], 0, "c"),
            told(vec![deletion], 5, "d"),
        ])),
        Mutex::default(),
    ));
    let options = RedbOptions::default();
    let store = Arc::new(RedbStore::in_memory_with(&options).unwrap());
    let shadow = Shadow::new(
        Arc::clone(&cloud) as _,
        Some(Arc::clone(&script) as _),
        store,
        quick(),
    );
    let begin = shadow.newest_event(&x).await.unwrap();
    let (mut after, mut seen, mut dropped) = (begin, Vec::new(), 0);
    while seen.len() < 4 {
        let until = Instant::now() + Duration::from_secs(30);
        let page = shadow.watch(&x, after, 100, Some(until)).await.unwrap();
        assert!(page.next > after);
        assert!(page.dropped == 0 || page.events.is_empty());
        dropped += page.dropped;
        seen.extend(page.events.iter().map(what));
        after = page.next;
    }
    assert_eq!(
        seen,
        [
            ("changed", Some(1024), 1),
            ("changed", Some(1), 2),
            // Its bookmark was no good any more: it is looked at.
            ("changed", Some(2), 1024),
            ("deleted", None, 1024)
        ]
    );
    assert_eq!(dropped, 5);
    let asked = script.1.lock().unwrap().clone();
    let text = |bookmark: &str| Some(bookmark.to_owned());
    assert_eq!(
        asked[..7],
        [
            None,
            text("a"),
            text("a"),
            text("b"),
            text("b"),
            None,
            text("c")
        ]
    );
}

/// Events that are gone are counted, and nobody looks while nobody asks.
#[tokio::test]
async fn retention_is_bounded_and_so_are_looks() {
    let cloud = cloud().await;
    let x = administrator();
    let options = RedbOptions {
        max_events: 4,
        ..RedbOptions::default()
    };
    let store = Arc::new(RedbStore::in_memory_with(&options).unwrap());
    let settings = ShadowSettings {
        linger: Duration::ZERO,
        ..quick()
    };
    let shadow = Shadow::new(Arc::clone(&cloud) as _, None, store, settings);
    let begin = shadow.newest_event(&x).await.unwrap();
    for number in 0..10 {
        let new = configuration(&format!("c{number}"));
        cloud.create(&x, new, None).await.unwrap();
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let newest = shadow.newest_event(&x).await.unwrap();
    let (mut after, mut got, mut dropped) = (begin, 0, 0);
    while after < newest {
        let page = shadow.watch(&x, after, 3, None).await.unwrap();
        got += page.events.len() as u64;
        dropped += page.dropped;
        after = page.next;
    }
    assert!(dropped > 0);
    assert_eq!(got + dropped, newest.0 - begin.0);
}
