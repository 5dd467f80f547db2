//! Events of a cloud that does not tell of them: it is looked at, and what is different from last time has
//! happened. What was there last time, the shadow, is kept in a store of its own, and so are the events, as
//! in the outbox of the embedded provider: subscribers do not see a difference.
//!
//! A look costs the cloud something, so nobody looks while nobody watches, and classes in which nothing
//! happens are looked at less and less often ([`pace`]). Jobs and event logs are looked at most often, and
//! what they mention at once. A back end that can tell by itself ([`Telling`]) is not looked at but listened
//! to.
//!
//! What happens to a resource between two looks is seen as one change, and what comes and goes between
//! them is not seen.

mod look;
mod pace;
mod rows;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use cim_core::{
    CimError, ClassDescriptor, DateTime, ErrorKind, Instance, MethodDescriptor, ObjectPath, Schema,
};
use cim_query::Query;
use store::{Store, StoreError};
use tokio::sync::{Notify, Semaphore};

use self::pace::Pace;
use crate::{
    Bookmark, Change, Container, Created, EventKind, EventPage, IfMatch, Invoked, OperationContext,
    Outcome, Page, PageRequest, Parameters, Principal, Provider, Resource, Role, Survey,
};

/// How often a cloud is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShadowSettings {
    /// The time between two looks at a class in which something happens.
    pub least: Duration,
    /// The time between two looks at a class in which nothing happens.
    pub most: Duration,
    /// The same for jobs and events, which say where to look.
    pub most_of_jobs: Duration,
    /// How long is looked on after somebody asked for events last.
    pub linger: Duration,
    /// How long a new subscriber waits until what was told before is heard, at most: where something happens all the
    /// time there is always more.
    pub catching_up: Duration,
}

impl Default for ShadowSettings {
    fn default() -> Self {
        Self {
            least: Duration::from_secs(1),
            most: Duration::from_secs(60),
            most_of_jobs: Duration::from_secs(5),
            linger: Duration::from_secs(120),
            catching_up: Duration::from_secs(5),
        }
    }
}

/// Something that a back end told.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What happened; what was before is filled in from the shadow where the back end does not say.
    pub kind: ReportKind,
    /// The instance after it happened (before, for a deletion).
    pub instance: Instance,
}

/// What a back end tells of an instance.
#[derive(Debug, Clone, PartialEq)]
pub enum ReportKind {
    /// It is new.
    Creation,
    /// It was changed, from this if the back end says so.
    Modification(Option<Box<Instance>>),
    /// It is gone.
    Deletion,
}

/// What a back end told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// What happened, in order.
    pub reports: Vec<Report>,
    /// So many events before them are lost.
    pub dropped: u64,
    /// Where to go on.
    pub bookmark: Option<String>,
}

/// A back end that tells of changes by itself.
#[async_trait]
pub trait Telling: Send + Sync + 'static {
    /// What happened after a bookmark; without one, from now on. Answers when something happened, or at
    /// `until`, always with a bookmark.
    ///
    /// # Errors
    /// `NotSupported` if it does not tell; `InvalidCursor` for a bookmark that it does not know any more.
    async fn tell(
        &self,
        context: &OperationContext,
        after: Option<&str>,
        until: Instant,
    ) -> Result<Told, CimError>;
}

/// How long one question to a back end that tells may wait.
const LISTEN: Duration = Duration::from_secs(20);
/// How long one that only catches up waits.
const MOMENT: Duration = Duration::from_millis(100);
/// The pause after an error, at first and at most.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// A provider with events that the one behind it does not have.
pub struct Shadow {
    shared: Arc<Shared>,
}

struct Shared {
    inner: Arc<dyn Provider>,
    telling: Option<Arc<dyn Telling>>,
    store: Arc<dyn Store>,
    settings: ShadowSettings,
    context: OperationContext,
    state: Mutex<State>,
    /// Somebody wants events who did not before.
    wanted: Notify,
    /// One look, or one listener, at a time.
    looking: Semaphore,
    /// Whether the back end tells, as far as is known.
    tells: AtomicBool,
}

struct State {
    /// When somebody last asked.
    asked: Option<Instant>,
    /// When everything was last looked at.
    whole: Option<Instant>,
    /// The classes, and when each is looked at.
    paces: Vec<(&'static ClassDescriptor, Pace)>,
}

pub(crate) fn failed(error: &StoreError) -> CimError {
    CimError::internal(error)
}

impl Shadow {
    /// Events for `inner`, kept in `store`. `telling`: the same back end, if it may tell by itself. Must be
    /// called within a tokio runtime; what runs ends when this is dropped.
    pub fn new(
        inner: Arc<dyn Provider>,
        telling: Option<Arc<dyn Telling>>,
        store: Arc<dyn Store>,
        settings: ShadowSettings,
    ) -> Self {
        let principal = Principal {
            name: "events".to_owned(),
            role: Role::Reader,
            tenant: None,
            password: None,
        };
        let classes = look::classes(inner.schema());
        let paces = classes.map(|class| (class, Pace::new(&settings, look::is_hint(class))));
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                asked: None,
                whole: None,
                paces: paces.collect(),
            }),
            inner,
            telling,
            store,
            settings,
            context: OperationContext {
                principal: Arc::new(principal),
                deadline: None,
            },
            wanted: Notify::new(),
            looking: Semaphore::new(1),
            tells: AtomicBool::new(true),
        });
        tokio::spawn(follow(Arc::downgrade(&shared)));
        Self { shared }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody asks for events.
    fn asked(&self) {
        let now = Instant::now();
        let before = self.lock().asked.replace(now);
        if before.is_none_or(|at| now.duration_since(at) > self.settings.linger) {
            self.wanted.notify_one();
        }
    }

    fn is_wanted(&self) -> bool {
        self.lock()
            .asked
            .is_some_and(|at| at.elapsed() <= self.settings.linger)
    }

    /// Brings the shadow up to date, unless that was done a moment ago.
    async fn look_at_all(&self) -> Result<(), CimError> {
        let Ok(_turn) = self.looking.acquire().await else {
            return Ok(());
        };
        let recently = |at: Instant| at.elapsed() < self.settings.least;
        if self.lock().whole.is_some_and(recently) {
            return Ok(());
        }
        self.look_at_everything(true).await
    }

    /// Brings the shadow up to date, by whoever has the turn; `loud`: what is different has happened.
    async fn look_at_everything(&self, loud: bool) -> Result<(), CimError> {
        let classes: Vec<_> = self.lock().paces.iter().map(|(class, _)| *class).collect();
        for class in classes {
            self.look_and_note(class, loud).await?;
        }
        self.lock().whole = Some(Instant::now());
        Ok(())
    }

    /// Looks at a class, and says when to look again.
    async fn look_and_note(
        &self,
        class: &'static ClassDescriptor,
        loud: bool,
    ) -> Result<usize, CimError> {
        let begun = Instant::now();
        let looked = self.look(class, loud).await;
        let (changed, took) = (looked.as_ref().copied().unwrap_or(0), begun.elapsed());
        let mut state = self.lock();
        if let Some((_, pace)) = state.paces.iter_mut().find(|(of, _)| of.name == class.name) {
            pace.looked(Instant::now(), took, changed > 0);
        }
        drop(state);
        looked
    }

    /// Looks at the classes that are due; when the next is.
    async fn look_at_due(&self) -> Result<Instant, CimError> {
        let now = Instant::now();
        let due: Vec<_> = {
            let state = self.lock();
            let due = state.paces.iter().filter(|(_, pace)| pace.due() <= now);
            due.map(|(class, _)| *class).collect()
        };
        if !due.is_empty() {
            let Ok(_turn) = self.looking.acquire().await else {
                return Ok(now + self.settings.most);
            };
            for class in due {
                self.look_and_note(class, true).await?;
            }
        }
        let state = self.lock();
        let next = state.paces.iter().map(|(_, pace)| pace.due()).min();
        Ok(next.unwrap_or(now + self.settings.most))
    }

    /// Listens to a back end that tells, until then; how much it told. Whoever calls has the turn.
    async fn listen(&self, telling: &dyn Telling, until: Instant) -> Result<usize, CimError> {
        let bookmark = rows::bookmark(&*self.store).await?;
        match telling
            .tell(&self.context, bookmark.as_deref(), until)
            .await
        {
            Ok(told) => {
                let (count, dropped) = (told.reports.len(), told.dropped > 0);
                self.take(told).await?;
                if bookmark.is_none() {
                    // It tells from now on: what was before, and what happened while it was not asked.
                    self.look_at_everything(true).await?;
                } else if dropped {
                    // They are counted; the shadow has to know where things stand all the same.
                    self.look_at_everything(false).await?;
                }
                Ok(count)
            }
            Err(error) if error.kind() == ErrorKind::InvalidCursor => {
                rows::forget_bookmark(&*self.store).await?;
                Ok(0)
            }
            Err(error) => {
                if error.kind() == ErrorKind::NotSupported {
                    tracing::info!(%error, "a cloud does not tell of events, and is looked at");
                    self.tells.store(false, Ordering::Relaxed);
                }
                Err(error)
            }
        }
    }

    /// Hears what there is to hear, if nobody is listening: then it comes by itself.
    async fn catch_up(&self, telling: &dyn Telling) -> Result<(), CimError> {
        let Ok(_turn) = self.looking.try_acquire() else {
            return Ok(());
        };
        let begun = Instant::now();
        while begun.elapsed() < self.settings.catching_up {
            let is_new = rows::bookmark(&*self.store).await?.is_none();
            let told = self.listen(telling, Instant::now() + MOMENT).await?;
            if told == 0 && !is_new {
                break;
            }
        }
        Ok(())
    }

    fn telling(&self) -> Option<Arc<dyn Telling>> {
        let telling = self.telling.clone();
        telling.filter(|_| self.tells.load(Ordering::Relaxed))
    }
}

/// Looks, or listens, while somebody is there who wants to know.
async fn follow(shared: Weak<Shared>) {
    let mut pause = PAUSE.0;
    loop {
        let Some(this) = shared.upgrade() else { return };
        if !this.is_wanted() {
            // Not forever: then it is seen whether anybody is left.
            let _ = tokio::time::timeout(LISTEN, this.wanted.notified()).await;
            continue;
        }
        let done = match this.telling() {
            Some(telling) => match this.looking.acquire().await {
                Ok(_turn) => {
                    let listened = this.listen(&*telling, Instant::now() + LISTEN).await;
                    listened.map(|_| Instant::now())
                }
                Err(_) => return,
            },
            None => this.look_at_due().await,
        };
        drop(this);
        match done {
            Ok(next) => {
                pause = PAUSE.0;
                tokio::time::sleep_until(next.into()).await;
            }
            Err(error) => {
                tracing::info!(%error, "a cloud cannot be looked at for events");
                tokio::time::sleep(pause).await;
                pause = (2 * pause).min(PAUSE.1);
            }
        }
    }
}

fn now() -> DateTime {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    DateTime::utc(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

#[async_trait]
impl Provider for Shadow {
    fn schema(&self) -> &Arc<Schema> {
        self.shared.inner.schema()
    }

    fn is_remote(&self, path: &ObjectPath) -> bool {
        self.shared.inner.is_remote(path)
    }

    fn read_lately(&self, context: &OperationContext, path: &ObjectPath) -> Option<Resource> {
        self.shared.inner.read_lately(context, path)
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        self.shared.inner.get(context, path).await
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        self.shared.inner.query(context, query, page).await
    }

    async fn survey(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Option<Survey>, CimError> {
        self.shared.inner.survey(context, query, page).await
    }

    async fn create(
        &self,
        context: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        let class = instance.class();
        let created = self.shared.inner.create(context, instance, container).await;
        self.touched(class, created.as_ref().ok().map(|c| c.path.class.as_str()));
        created
    }

    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        let inner = &self.shared.inner;
        let outcome = inner.modify(context, path, changes, if_match).await;
        self.touched_path(path);
        outcome
    }

    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        let outcome = self.shared.inner.delete(context, path, if_match).await;
        self.touched_path(path);
        outcome
    }

    async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        let inner = &self.shared.inner;
        let invoked = inner.invoke(context, path, method, parameters).await;
        self.touched_path(path);
        invoked
    }

    async fn newest_event(&self, _: &OperationContext) -> Result<Bookmark, CimError> {
        self.shared.asked();
        // What happened while nobody looked was before.
        let caught_up = match self.shared.telling() {
            Some(telling) => match self.shared.catch_up(&*telling).await {
                Err(error) if error.kind() == ErrorKind::NotSupported => None,
                caught_up => Some(caught_up),
            },
            None => None,
        };
        match caught_up {
            Some(caught_up) => caught_up?,
            None => self.shared.look_at_all().await?,
        }
        let newest = *self.shared.store.watch().borrow();
        Ok(Bookmark(newest))
    }

    async fn watch(
        &self,
        _: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        self.shared.asked();
        let mut newest = self.shared.store.watch();
        loop {
            let page = rows::page(&*self.shared.store, self.schema(), after, max).await?;
            if !page.events.is_empty() || page.dropped > 0 {
                return Ok(page);
            }
            let Some(until) = wait_until else {
                return Ok(page);
            };
            let changed = newest.wait_for(|newest| *newest > after.0);
            match tokio::time::timeout_at(until.into(), changed).await {
                Ok(Ok(_)) => {}
                Ok(Err(_)) | Err(_) => return Ok(page),
            }
        }
    }
}

impl Shadow {
    /// What this bridge itself did is looked for at once.
    fn touched(&self, class: &ClassDescriptor, also: Option<&str>) {
        let mut state = self.shared.lock();
        let now = Instant::now();
        for (of, pace) in &mut state.paces {
            let is_it = also.is_some_and(|name| name.eq_ignore_ascii_case(of.name));
            if is_it || of.is_a(class.name) || class.is_a(of.name) || look::is_hint(of) {
                pace.hurry(now);
            }
        }
        drop(state);
        self.shared.wanted.notify_one();
    }

    fn touched_path(&self, path: &ObjectPath) {
        if let Some(class) = self.schema().class(&path.class) {
            self.touched(class, None);
        }
    }
}

/// The kind of an event that a look has seen.
fn kind_of(before: Option<Instance>, is_there: bool) -> EventKind {
    match (before, is_there) {
        (Some(previous), true) => EventKind::Modification {
            previous: Box::new(previous),
        },
        (None, true) => EventKind::Creation,
        (_, false) => EventKind::Deletion,
    }
}
