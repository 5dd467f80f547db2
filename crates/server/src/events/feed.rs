//! The newest events of a provider, read once for all subscriptions.
//!
//! One task follows the outbox. Each event is looked up by the class of its instance among those who may
//! care, and only who does is woken. Who is further behind than what is in memory reads the outbox itself.
//! Events of classes that nobody cares about are passed over unread, and where nothing was wanted the next look
//! waits a moment, so that it is for many: a write pays next to nothing for subscriptions to something else.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use cim_core::{CimError, ClassDescriptor, ErrorKind};
use provider::{Bookmark, EventPage, OperationContext, Principal, Provider, Role};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::selection::{Indication, Selection};

/// Events in memory.
const RING: usize = 1024;
/// Events read at once.
const PAGE: usize = 256;
/// How long one look at the outbox waits; then it is seen whether anybody still listens.
const LOOK: Duration = Duration::from_secs(20);
/// Pause before the next look where the last found nothing that was wanted. It is the most that an event is
/// late where others come that nobody wants; where nothing comes, nobody pauses.
const GROUP: Duration = Duration::from_millis(10);
/// How long a class is looked at after the last who cared has gone: who pulls is away between two Pulls.
const WARM: Duration = Duration::from_secs(60);
/// Pause after the provider failed.
const PAUSE: Duration = Duration::from_secs(1);

/// The stream of events of a provider, as one tenant sees it.
pub(crate) struct Feed {
    provider: Arc<dyn Provider>,
    context: OperationContext,
    stream: String,
    state: Mutex<State>,
    /// Everything up to here was looked up; `None` before the first look.
    tail: watch::Sender<Option<u64>>,
}

#[derive(Default)]
struct State {
    /// All events of the classes here after this position, up to the tail, are in the ring.
    from: u64,
    ring: VecDeque<Arc<Indication>>,
    /// Who may care, by class; those who name none under the empty name.
    watchers: HashMap<String, OfClass>,
    /// What is looked for: the names in `watchers`. Another set is another allocation.
    names: Arc<HashSet<String>>,
}

/// Those who may care about instances of a class.
struct OfClass {
    /// The class has been looked at since this position.
    since: u64,
    watchers: Vec<Arc<Watcher>>,
    /// When the last of them went.
    left: Instant,
}

impl State {
    fn name_again(&mut self) {
        self.names = Arc::new(self.watchers.keys().cloned().collect());
    }

    /// Gives up the classes that nobody has cared about for some time.
    fn cool(&mut self, now: Instant) {
        let before = self.watchers.len();
        self.watchers
            .retain(|_, of| !of.watchers.is_empty() || now.duration_since(of.left) < WARM);
        if self.watchers.len() != before {
            self.name_again();
        }
    }
}

/// The names under which those who care about a class may stand.
fn names_of(class: &ClassDescriptor) -> impl Iterator<Item = &str> {
    std::iter::once(class.name)
        .chain(class.ancestors.iter().copied())
        .chain([""])
}

struct Watcher {
    selection: Arc<Selection>,
    wanted: watch::Sender<Wanted>,
}

/// What came for one who listens.
#[derive(Debug, Default, Clone, Copy)]
struct Wanted {
    /// Where it waits: it has all that it wants up to here.
    waits_at: u64,
    /// The position of the first event after that which it wants, if there is one.
    first: u64,
    /// The position of the newest event that it wants.
    newest: u64,
}

impl Wanted {
    fn came(&mut self, position: u64) {
        if self.newest <= self.waits_at {
            self.first = position;
        }
        self.newest = position;
    }

    /// Events after a position, and before another, are gone: it has to see for itself how many.
    fn missed(&mut self, after: u64, next: u64) {
        self.came(after + 1);
        self.newest = next;
    }

    /// Up to where it needs not look, if it has everything up to a position.
    fn skip(&self, position: u64) -> u64 {
        if self.waits_at == position && self.newest > position {
            position.max(self.first.saturating_sub(1))
        } else {
            position
        }
    }
}

/// Somebody who listens, until dropped.
pub(crate) struct Interest {
    feed: Arc<Feed>,
    watcher: Arc<Watcher>,
    wanted: watch::Receiver<Wanted>,
    /// Events up to here were not looked up for this one.
    registered: u64,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Selected events, in order.
    pub(crate) indications: Vec<Arc<Indication>>,
    /// Everything up to here was examined.
    pub(crate) position: u64,
    /// Events that are gone, selected or not.
    pub(crate) dropped: u64,
}

impl Feed {
    pub(super) fn new(
        provider: Arc<dyn Provider>,
        namespace: &str,
        tenant: Option<&str>,
    ) -> Arc<Self> {
        let principal = Principal {
            name: "events".to_owned(),
            role: Role::Reader,
            tenant: tenant.map(str::to_owned),
            password: None,
        };
        Arc::new(Self {
            provider,
            context: OperationContext {
                principal: Arc::new(principal),
                deadline: None,
            },
            stream: namespace.to_owned(),
            state: Mutex::default(),
            tail: watch::Sender::new(None),
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything up to here was looked up.
    async fn tail(&self) -> u64 {
        if let Some(tail) = *self.tail.borrow() {
            return tail;
        }
        let mut changes = self.tail.subscribe();
        let first = changes.wait_for(Option::is_some).await;
        first.ok().and_then(|tail| *tail).unwrap_or_default()
    }

    /// Listens from now on.
    pub(crate) async fn listen(self: &Arc<Self>, selection: Arc<Selection>) -> Interest {
        self.tail().await;
        let (sender, wanted) = watch::channel(Wanted::default());
        let watcher = Arc::new(Watcher {
            selection,
            wanted: sender,
        });
        let mut state = self.lock();
        // Under the lock: what is dispatched later finds the watcher.
        let registered = self.tail.borrow().unwrap_or_default();
        let name = watcher.selection.index();
        if let Some(of_class) = state.watchers.get_mut(name) {
            of_class.watchers.push(Arc::clone(&watcher));
        } else {
            let of_class = OfClass {
                since: registered,
                watchers: vec![Arc::clone(&watcher)],
                left: Instant::now(),
            };
            state.watchers.insert(name.to_owned(), of_class);
            state.name_again();
        }
        drop(state);
        Interest {
            feed: Arc::clone(self),
            watcher,
            wanted,
            registered,
        }
    }

    fn indications(&self, page: EventPage) -> impl Iterator<Item = Arc<Indication>> {
        let schema = self.provider.schema();
        page.events
            .into_iter()
            .filter_map(|event| Indication::of(event, schema, &self.stream).map(Arc::new))
    }

    /// Takes events that came, of classes of such names; whether somebody wanted any of them.
    fn dispatch(&self, page: EventPage, names: &Arc<HashSet<String>>) -> bool {
        let (next, dropped) = (page.next.0, page.dropped);
        let indications: Vec<_> = self.indications(page).collect();
        let mut is_wanted = dropped > 0;
        let mut state = self.lock();
        if !Arc::ptr_eq(&state.names, names) {
            // Somebody came who wants others as well, from the tail on: they are looked for from there.
            return true;
        }
        if dropped > 0 {
            let before = self.tail.borrow().unwrap_or_default();
            state.ring.clear();
            state.from = indications
                .first()
                .map_or(next, |i| i.position.saturating_sub(1));
            for watcher in state.watchers.values().flat_map(|of| &of.watchers) {
                watcher
                    .wanted
                    .send_modify(|wanted| wanted.missed(before, next));
            }
        }
        for indication in indications {
            if let Some(source) = indication.source() {
                let of = names_of(source.class()).filter_map(|name| state.watchers.get(name));
                for watcher in of.flat_map(|of| &of.watchers) {
                    if watcher.selection.matches(&indication) {
                        is_wanted = true;
                        let position = indication.position;
                        watcher.wanted.send_modify(|wanted| wanted.came(position));
                    }
                }
            }
            state.ring.push_back(indication);
        }
        while state.ring.len() > RING {
            if let Some(oldest) = state.ring.pop_front() {
                state.from = oldest.position;
            }
        }
        self.tail.send_replace(Some(next));
        is_wanted
    }

    /// Selected events after a position, of one piece of the stream.
    async fn read(&self, after: u64, max: usize, selection: &Selection) -> Result<Found, CimError> {
        if let Some(found) = self.read_ring(after, max, selection) {
            return Ok(found);
        }
        let index = selection.index();
        let wanted = |class: &ClassDescriptor| names_of(class).any(|name| name == index);
        let page = self
            .provider
            .watch_some(&self.context, Bookmark(after), PAGE, None, &wanted)
            .await?;
        let mut found = Found {
            position: page.next.0,
            dropped: page.dropped,
            ..Found::default()
        };
        for indication in self.indications(page) {
            if !selection.matches(&indication) {
                continue;
            }
            if found.indications.len() >= max {
                found.position = found.indications.last().map_or(after, |i| i.position);
                break;
            }
            found.indications.push(indication);
        }
        Ok(found)
    }

    fn read_ring(&self, after: u64, max: usize, selection: &Selection) -> Option<Found> {
        let state = self.lock();
        let since = state.watchers.get(selection.index())?.since;
        if after < state.from.max(since) {
            return None;
        }
        let begin = state.ring.partition_point(|i| i.position <= after);
        let mut found = Found {
            position: after.max(self.tail.borrow().unwrap_or_default()),
            ..Found::default()
        };
        for indication in state.ring.range(begin..) {
            if !selection.matches(indication) {
                continue;
            }
            if found.indications.len() >= max {
                found.position = found.indications.last().map_or(after, |i| i.position);
                break;
            }
            found.indications.push(Arc::clone(indication));
        }
        Some(found)
    }
}

impl Interest {
    /// Selected events after a position, at most `max` (which is not 0); waits for the first of them until
    /// `until`.
    ///
    /// # Errors
    /// The provider's: `InvalidCursor` for a position that it has not come to.
    pub(crate) async fn next(
        &mut self,
        after: u64,
        max: usize,
        until: Instant,
    ) -> Result<Found, CimError> {
        let mut position = after;
        loop {
            // Before it is seen what is wanted: up to here, that is known.
            let tail = self.feed.tail().await;
            let wanted = *self.wanted.borrow_and_update();
            if position < self.registered || wanted.newest > position {
                if position >= self.registered {
                    // What came since it waits and is not for it may be gone, and is no loss.
                    position = wanted.skip(position);
                }
                let selection = Arc::clone(&self.watcher.selection);
                let found = self.feed.read(position, max, &selection).await?;
                if !found.indications.is_empty() || found.dropped > 0 {
                    return Ok(found);
                }
                // A piece without anything for this one; the next, or what was wanted is gone.
                let goal = wanted.newest.max(self.registered);
                position = if found.position > position {
                    found.position
                } else {
                    goal
                };
                continue;
            }
            position = position.max(tail);
            if !self.waits_at(position) {
                continue;
            }
            let changed = tokio::time::timeout_at(until.into(), self.wanted.changed());
            if changed.await.is_err() {
                return Ok(Found {
                    position,
                    ..Found::default()
                });
            }
        }
    }
}

impl Interest {
    /// Waits at a position for what comes after it; not if something has come already.
    fn waits_at(&self, position: u64) -> bool {
        let mut waits = false;
        self.watcher.wanted.send_if_modified(|wanted| {
            waits = wanted.newest <= position;
            if waits {
                wanted.waits_at = position;
            }
            false
        });
        waits
    }

    /// How far one has come who has everything that it wants up to a position: further, where nothing
    /// for it followed.
    pub(crate) fn come_to(&self, position: u64) -> u64 {
        // Before it is seen what is wanted: up to here, that is known.
        let tail = self.feed.tail.borrow().unwrap_or_default();
        let wanted = self.wanted.borrow().newest;
        if position < self.registered || wanted > position {
            position
        } else {
            position.max(tail)
        }
    }
}

impl Drop for Interest {
    fn drop(&mut self) {
        let mut state = self.feed.lock();
        let key = self.watcher.selection.index();
        if let Some(of_class) = state.watchers.get_mut(key) {
            of_class
                .watchers
                .retain(|watcher| !Arc::ptr_eq(watcher, &self.watcher));
            of_class.left = Instant::now();
        }
    }
}

/// Follows the outbox as long as somebody listens.
pub(super) async fn follow(feed: Weak<Feed>, stopping: CancellationToken) {
    loop {
        let Some(feed) = feed.upgrade() else { return };
        let looked = tokio::select! {
            () = stopping.cancelled() => return,
            looked = look(&feed) => looked,
        };
        let pause = match looked {
            Ok(Looked::Wanted) => continue,
            Ok(Looked::Unwanted) => GROUP,
            Err(error) => {
                tracing::warn!(%error, "the events of a provider cannot be followed");
                PAUSE
            }
        };
        drop(feed);
        tokio::select! {
            () = stopping.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// What a look at the outbox found.
enum Looked {
    /// Something that somebody wants, or nothing at all.
    Wanted,
    /// Only what nobody wants.
    Unwanted,
}

async fn look(feed: &Feed) -> Result<Looked, CimError> {
    let tail = *feed.tail.borrow();
    let Some(tail) = tail else {
        let newest = feed.provider.newest_event(&feed.context).await?.0;
        let mut state = feed.lock();
        state.from = newest;
        state.ring.clear();
        for of_class in state.watchers.values_mut() {
            of_class.since = newest;
        }
        feed.tail.send_replace(Some(newest));
        return Ok(Looked::Wanted);
    };
    let begun = Instant::now();
    let names = {
        let mut state = feed.lock();
        state.cool(begun);
        Arc::clone(&state.names)
    };
    let wanted = |class: &ClassDescriptor| names_of(class).any(|name| names.contains(name));
    let after = Bookmark(tail);
    let until = Some(begun + LOOK);
    let looked = feed
        .provider
        .watch_some(&feed.context, after, PAGE, until, &wanted)
        .await;
    match looked {
        Ok(page) => {
            let is_quiet = page.next == after;
            let is_wanted = feed.dispatch(page, &names);
            Ok(if is_wanted || is_quiet {
                Looked::Wanted
            } else {
                Looked::Unwanted
            })
        }
        // The provider has another past than it had: from its present on.
        Err(error) if error.kind() == ErrorKind::InvalidCursor => {
            feed.tail.send_replace(None);
            Ok(Looked::Wanted)
        }
        Err(error) => Err(error),
    }
}
