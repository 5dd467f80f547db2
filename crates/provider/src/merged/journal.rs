//! The events of several clouds in one order, so that one subscription is told of all.
//!
//! Events stay where they are: what is kept here, durably, is in which order they came, as pointers into the events of
//! the clouds. Whoever reads gets each from its cloud, as what they may see there. What a cloud has lost is counted.
//!
//! Nobody follows the clouds while nobody wants to know; what happened meanwhile is entered when somebody does.

use std::ops::ControlFlow;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use cim_core::{CimError, ErrorKind};
use serde_json::{Value as Json, json};
use store::{Batch, Store, Write};
use tokio::sync::{Mutex, watch};

use super::cloud::Cloud;
use crate::shadow::failed;
use crate::{Bookmark, Event, EventKind, EventPage, OperationContext, Principal, Role};

/// Events entered at once.
const PAGE: usize = 256;
/// Pages entered before somebody who waits is answered: where something happens all the time there is always more.
const PAGES: usize = 64;
/// How long one look at a cloud waits.
const LOOK: Duration = Duration::from_secs(20);
/// How long is followed after somebody asked last.
const LINGER: Duration = Duration::from_secs(120);
/// The pause after an error, at first and at most.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// The order of events.
pub(super) struct Journal {
    store: Arc<dyn Store>,
    clouds: Vec<Followed>,
    context: OperationContext,
    /// When somebody asked last.
    asked: watch::Sender<Option<Instant>>,
}

/// A cloud, and how far it is entered.
struct Followed {
    cloud: Arc<Cloud>,
    /// Everything of it up to here is entered; `None` before the first look. Whoever has the lock enters.
    position: Mutex<Option<u64>>,
}

/// What stands in the journal.
enum Entry {
    /// An event of a cloud, by its number.
    Event(usize, u64),
    /// So many events of a cloud are lost; or they are of one that is gone.
    Lost(u64),
}

/// The row of how far a cloud is entered.
fn key(cloud: &Cloud) -> Vec<u8> {
    [b"p", cloud.name().as_bytes()].concat()
}

impl Journal {
    /// Begins to follow. Must be called within a tokio runtime; what runs ends when this is dropped.
    pub(super) fn new(clouds: &[Arc<Cloud>], store: Arc<dyn Store>) -> Arc<Self> {
        let principal = Principal {
            name: "events".to_owned(),
            role: Role::Reader,
            tenant: None,
            password: None,
        };
        let followed = |cloud: &Arc<Cloud>| Followed {
            cloud: Arc::clone(cloud),
            position: Mutex::default(),
        };
        let this = Arc::new(Self {
            store,
            clouds: clouds.iter().map(followed).collect(),
            context: OperationContext {
                principal: Arc::new(principal),
                deadline: None,
            },
            asked: watch::Sender::new(None),
        });
        for number in 0..this.clouds.len() {
            tokio::spawn(follow(Arc::downgrade(&this), number));
        }
        this
    }

    /// How far a cloud is entered; it begins with what happens from now on.
    async fn position(
        &self,
        followed: &Followed,
        position: &mut Option<u64>,
    ) -> Result<u64, CimError> {
        if let Some(position) = *position {
            return Ok(position);
        }
        let kept = self.store.get(&key(&followed.cloud)).await;
        let kept = kept.map_err(|error| failed(&error))?;
        let kept = kept.and_then(|(_, value)| Some(u64::from_be_bytes(value.try_into().ok()?)));
        let found = match kept {
            Some(kept) => kept,
            None => {
                let provider = &followed.cloud.provider;
                let newest = provider.newest_event(&self.context).await?.0;
                self.enter(followed, newest, Vec::new()).await?;
                newest
            }
        };
        *position = Some(found);
        Ok(found)
    }

    async fn enter(
        &self,
        followed: &Followed,
        position: u64,
        events: Vec<Vec<u8>>,
    ) -> Result<(), CimError> {
        let batch = Batch {
            writes: vec![Write::Put {
                key: key(&followed.cloud),
                value: position.to_be_bytes().to_vec(),
            }],
            events,
            ..Batch::default()
        };
        let written = self.store.write(batch).await;
        written.map(|_| ()).map_err(|error| failed(&error))
    }

    /// Enters everything that a cloud has told by now.
    async fn catch_up(&self, followed: &Followed) -> Result<(), CimError> {
        let mut turn = followed.position.lock().await;
        let mut position = self.position(followed, &mut turn).await?;
        let provider = &followed.cloud.provider;
        for _ in 0..PAGES {
            let after = Bookmark(position);
            let page = match provider.watch(&self.context, after, PAGE, None).await {
                Ok(page) => page,
                // It has another past than it had: from its present on.
                Err(error) if error.kind() == ErrorKind::InvalidCursor => {
                    let newest = provider.newest_event(&self.context).await?.0;
                    self.enter(followed, newest, Vec::new()).await?;
                    *turn = Some(newest);
                    return Ok(());
                }
                Err(error) => return Err(error),
            };
            if page.next.0 <= position {
                return Ok(());
            }
            let name = followed.cloud.name();
            let lost = (page.dropped > 0).then(|| json!({"cloud": name, "lost": page.dropped}));
            let events = page.events.iter();
            let told = events.map(|event| json!({"cloud": name, "at": event.bookmark.0}));
            let entries = lost.into_iter().chain(told);
            let entries = entries.map(|entry| entry.to_string().into_bytes());
            position = page.next.0;
            self.enter(followed, position, entries.collect()).await?;
            *turn = Some(position);
        }
        Ok(())
    }

    /// Enters what all have told by now; an error only if there is none that tells anything.
    async fn catch_up_all(&self) -> Result<(), CimError> {
        let mut first = None;
        for followed in &self.clouds {
            match self.catch_up(followed).await {
                Ok(()) => first = Some(Ok(())),
                Err(error) => {
                    // The others go on, and this one when it is back.
                    tracing::debug!(%error, cloud = followed.cloud.name(), "a cloud tells no events");
                    first = first.or(Some(Err(error)));
                }
            }
        }
        // One that tells makes up for any that does not.
        match first {
            Some(Err(error)) => Err(error),
            Some(Ok(())) | None => Ok(()),
        }
    }

    fn ask(&self) {
        self.asked.send_replace(Some(Instant::now()));
    }

    /// Where somebody begins who wants only what happens from now on.
    pub(super) async fn newest(&self) -> Result<Bookmark, CimError> {
        self.ask();
        for followed in &self.clouds {
            // A cloud that has to be looked at is looked at now: what happened before was before.
            let newest = followed.cloud.provider.newest_event(&self.context).await;
            if let Err(error) = newest {
                tracing::debug!(%error, cloud = followed.cloud.name(), "a cloud tells no events");
            }
        }
        self.catch_up_all().await?;
        Ok(Bookmark(*self.store.watch().borrow()))
    }

    /// Events after a bookmark, as a caller may see them.
    pub(super) async fn watch(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        self.ask();
        let mut newest = self.store.watch();
        self.catch_up_all().await?;
        let mut from = after;
        loop {
            let seen = *newest.borrow_and_update();
            let page = self.page(context, from, max).await?;
            if !page.events.is_empty() || page.dropped > 0 || max == 0 {
                return Ok(page);
            }
            // What was there is none of this caller's.
            from = page.next;
            if from.0 < seen {
                // Others get their turn, then on.
                tokio::task::yield_now().await;
                continue;
            }
            let Some(until) = wait_until else {
                return Ok(page);
            };
            match tokio::time::timeout_at(until.into(), newest.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) | Err(_) => return Ok(page),
            }
        }
    }

    /// The next entries, each with its position.
    async fn entries(
        &self,
        after: Bookmark,
        max: usize,
    ) -> Result<(Vec<(u64, Entry)>, u64), CimError> {
        let mut entries = Vec::new();
        let window = self
            .store
            .events(after.0, &mut |position, bytes| {
                if entries.len() >= max {
                    return ControlFlow::Break(());
                }
                entries.push((position, self.entry(bytes)));
                ControlFlow::Continue(())
            })
            .await
            .map_err(|error| failed(&error))?;
        if after.0 > window.last {
            return Err(CimError::new(
                ErrorKind::InvalidCursor,
                "The bookmark is of an event that did not happen.",
            ));
        }
        let gone = window.first.saturating_sub(after.0.saturating_add(1));
        Ok((entries, gone))
    }

    fn entry(&self, bytes: &[u8]) -> Entry {
        let json: Json = serde_json::from_slice(bytes).unwrap_or_default();
        if let Some(lost) = json["lost"].as_u64() {
            return Entry::Lost(lost);
        }
        let mut names = self.clouds.iter().map(|followed| followed.cloud.name());
        match (
            names.position(|name| json["cloud"] == name),
            json["at"].as_u64(),
        ) {
            (Some(number), Some(position)) => Entry::Event(number, position),
            // Of a cloud that is none of these any more.
            _ => Entry::Lost(1),
        }
    }

    /// One page. Events that are gone are told before those behind them, never between.
    async fn page(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
    ) -> Result<EventPage, CimError> {
        let (entries, gone) = self.entries(after, max.min(PAGE)).await?;
        let mut page = EventPage {
            events: Vec::new(),
            next: Bookmark(after.0.saturating_add(gone)),
            dropped: gone,
        };
        let mut rest = entries.as_slice();
        while let Some((position, first)) = rest.first() {
            let number = match first {
                Entry::Event(number, _) => *number,
                Entry::Lost(_) if !page.events.is_empty() => break,
                Entry::Lost(count) => {
                    page.dropped += count;
                    page.next = Bookmark(*position);
                    rest = rest.get(1..).unwrap_or_default();
                    continue;
                }
            };
            let is_same =
                |(_, entry): &(u64, Entry)| matches!(entry, Entry::Event(n, _) if *n == number);
            let length = rest.iter().take_while(|entry| is_same(entry)).count();
            let (run, more) = rest.split_at(length);
            let Some(followed) = self.clouds.get(number) else {
                break;
            };
            let (events, gone) = self.fetch(context, followed, run).await?;
            if gone > 0 && !page.events.is_empty() {
                break;
            }
            page.dropped += gone;
            page.events.extend(events);
            page.next = Bookmark(run.last().map_or(*position, |(position, _)| *position));
            rest = more;
        }
        Ok(page)
    }

    /// The events of a cloud behind entries, those that this caller may see; and how many of them are gone there.
    async fn fetch(
        &self,
        context: &OperationContext,
        followed: &Followed,
        run: &[(u64, Entry)],
    ) -> Result<(Vec<Event>, u64), CimError> {
        let at = |(here, entry): &(u64, Entry)| match entry {
            Entry::Event(_, there) => Some((*there, *here)),
            Entry::Lost(_) => None,
        };
        let wanted: Vec<(u64, u64)> = run.iter().filter_map(at).collect();
        let (Some((first, _)), Some((last, _))) = (wanted.first(), wanted.last()) else {
            return Ok((Vec::new(), 0));
        };
        let mut from = first.saturating_sub(1);
        let mut gone_to = 0;
        let mut events = Vec::new();
        while from < *last {
            let after = Bookmark(from);
            let provider = &followed.cloud.provider;
            let page = match provider.watch(context, after, run.len(), None).await {
                Ok(page) => page,
                // Its past is gone, and these with it.
                Err(error) if error.kind() == ErrorKind::InvalidCursor => {
                    gone_to = *last;
                    break;
                }
                Err(error) => return Err(error),
            };
            if page.dropped > 0 {
                gone_to = from.saturating_add(page.dropped).min(page.next.0);
            }
            for event in page.events {
                let found = wanted.binary_search_by_key(&event.bookmark.0, |(there, _)| *there);
                let found = found.ok().and_then(|at| wanted.get(at));
                if let Some((_, here)) = found {
                    events.push(event_here(&followed.cloud, event, *here)?);
                }
            }
            if page.next.0 <= from {
                break;
            }
            from = page.next.0;
        }
        let kept: Vec<u64> = events.iter().map(|event| event.bookmark.0).collect();
        let gone = wanted
            .iter()
            .filter(|(there, here)| *there <= gone_to && !kept.contains(here))
            .count();
        Ok((events, gone as u64))
    }
}

/// An event of a cloud under its position here.
fn event_here(cloud: &Cloud, event: Event, position: u64) -> Result<Event, CimError> {
    let kind = match event.kind {
        EventKind::Modification { previous } => EventKind::Modification {
            previous: Box::new(cloud.here(&previous)?),
        },
        other => other,
    };
    Ok(Event {
        bookmark: Bookmark(position),
        time: event.time,
        kind,
        instance: cloud.here(&event.instance)?,
    })
}

/// Enters what a cloud tells, as it tells it, while somebody wants to know.
async fn follow(journal: Weak<Journal>, number: usize) {
    let mut pause = PAUSE.0;
    loop {
        let Some(this) = journal.upgrade() else {
            return;
        };
        let mut asked = this.asked.subscribe();
        let is_wanted = |asked: &Option<Instant>| asked.is_some_and(|at| at.elapsed() <= LINGER);
        if !is_wanted(&asked.borrow_and_update()) {
            drop(this);
            // Nobody asks any more when the journal is gone.
            if asked.changed().await.is_err() {
                return;
            }
            continue;
        }
        let Some(followed) = this.clouds.get(number) else {
            return;
        };
        let entered = this.catch_up(followed).await;
        let position = followed.position.lock().await.unwrap_or_default();
        let (cloud, context) = (Arc::clone(&followed.cloud), this.context.clone());
        // Who waits does not keep the journal from ending.
        drop(this);
        // Only to know when: entered is what is there then.
        let until = Some(Instant::now() + LOOK);
        let looked = match entered {
            Ok(()) => {
                let after = Bookmark(position);
                cloud.provider.watch(&context, after, 1, until).await
            }
            Err(error) => Err(error),
        };
        match looked {
            Ok(_) => pause = PAUSE.0,
            Err(error) => {
                tracing::info!(%error, cloud = cloud.name(), "a cloud cannot be followed");
                tokio::time::sleep(pause).await;
                pause = (2 * pause).min(PAUSE.1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use store::{RedbOptions, RedbStore};

    use super::*;
    use crate::merged::MergedProvider;
    use crate::merged::tests::{configure, context, merged_with, two};
    use crate::{Provider, Role};

    /// What happens in any cloud is told once, each cloud's in order, under the identifiers of the merged view, also
    /// what happened while nobody was there.
    #[tokio::test]
    async fn events_of_all_clouds_are_told() {
        let (_, both) = two().await;
        let store: Arc<dyn Store> = Arc::new(RedbStore::in_memory().unwrap());
        let admin = context(Role::Administrator, None);
        let merged = merged_with(&both, Arc::clone(&store));
        let start = merged.newest_event(&admin).await.unwrap();
        for number in 0..20 {
            configure(&*both[number % 2], &number.to_string()).await;
        }
        let mut seen = read(&merged, start, 7).await;
        drop(merged);
        for number in 20..30 {
            configure(&*both[number % 2], &number.to_string()).await;
        }
        let merged = merged_with(&both, store);
        let next = seen.last().unwrap().0;
        seen.extend(read(&merged, next, 7).await);
        for cloud in 0..2_usize {
            let prefix = ["c/one/", "c/two/"][cloud];
            let of: Vec<usize> = seen
                .iter()
                .filter(|(_, (id, _))| id.starts_with(prefix))
                .map(|(_, (_, name))| name.parse().unwrap())
                .collect();
            let expected: Vec<usize> = (0..30).filter(|n| n % 2 == cloud).collect();
            assert_eq!(of, expected);
        }
        // Somebody waits, and is told at once.
        let newest = merged.newest_event(&admin).await.unwrap();
        let until = Some(Instant::now() + Duration::from_secs(60));
        let (page, ()) = tokio::join!(merged.watch(&admin, newest, 10, until), async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            configure(&*both[1], "waited for").await;
        });
        assert!(!page.unwrap().events.is_empty());
        let far = Bookmark(newest.0 + 100);
        let error = merged.watch(&admin, far, 1, None).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidCursor);
    }

    /// Position, identifier and name of what was made after a bookmark.
    async fn read(
        merged: &MergedProvider,
        after: Bookmark,
        max: usize,
    ) -> Vec<(Bookmark, (String, String))> {
        let admin = context(Role::Administrator, None);
        let (mut seen, mut after) = (Vec::new(), after);
        loop {
            let page = merged.watch(&admin, after, max, None).await.unwrap();
            assert!(page.dropped == 0 && page.events.len() <= max);
            if page.events.is_empty() {
                return seen;
            }
            for event in page.events {
                if event.instance.class().name != "CIMI_MachineConfiguration" {
                    continue;
                }
                let text = |name| event.instance.text(name).unwrap().to_owned();
                seen.push((event.bookmark, (text("InstanceID"), text("ElementName"))));
            }
            after = page.next;
        }
    }

    /// What is told and what is gone add up to what happened, wherever it is gone: in a cloud before it was entered or
    /// after, or here.
    #[tokio::test]
    async fn what_is_gone_is_counted() {
        for (of_clouds, of_journal) in [(10, 100_000), (100_000, 10), (30, 20)] {
            let [one, two] = [
                crate::merged::tests::cloud(of_clouds).await,
                crate::merged::tests::cloud(100_000).await,
            ];
            let both = [one, two];
            let options = RedbOptions {
                max_events: of_journal,
                ..RedbOptions::default()
            };
            let store = Arc::new(RedbStore::in_memory_with(&options).unwrap());
            let merged = merged_with(&both, store);
            let admin = context(Role::Administrator, None);
            let start = merged.newest_event(&admin).await.unwrap();
            let begun = happened(&both).await;
            for round in 0..3 {
                for number in 0..50 {
                    configure(&*both[number % 2], &number.to_string()).await;
                }
                if round < 2 {
                    // Now they are entered, and may be lost later.
                    merged.newest_event(&admin).await.unwrap();
                }
            }
            let (mut after, mut told, mut dropped) = (start, 0, 0);
            loop {
                let page = merged.watch(&admin, after, 9, None).await.unwrap();
                if page.events.is_empty() && page.dropped == 0 {
                    break;
                }
                told += page.events.len() as u64;
                dropped += page.dropped;
                after = page.next;
            }
            assert!(dropped > 0);
            let happened = happened(&both).await - begun;
            // An entry for what was lost counts as much as it says, unless it is lost itself.
            assert!(
                told + dropped <= happened,
                "{told} + {dropped} > {happened}"
            );
            if of_journal == 100_000 || of_clouds == 100_000 {
                assert_eq!(told + dropped, happened);
            }
        }
    }

    async fn happened(both: &[Arc<crate::embedded::EmbeddedProvider>; 2]) -> u64 {
        let admin = context(Role::Administrator, None);
        let mut sum = 0;
        for cloud in both {
            sum += cloud.newest_event(&admin).await.unwrap().0;
        }
        sum
    }
}
