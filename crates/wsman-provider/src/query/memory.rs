//! Pages that were just fetched, for whoever comes back at once.
//!
//! A binding that cannot send a whole page comes back for the rest of it; asking the service again for all of it
//! would double the traffic. Nothing depends on this memory: what is not in it is asked for again. Any write
//! through here empties it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use provider::Resource;

/// Pages that are kept, and for how long.
const MAX_PAGES: usize = 16;
const LIFE: Duration = Duration::from_secs(5);

/// One page of an enumeration, as the service gave it.
#[derive(Debug, Clone, Default)]
pub(super) struct Fetched {
    /// Its items, with what marks them.
    pub(super) items: Arc<Vec<(Resource, u64)>>,
    /// The context of the next page; `None` at the end.
    pub(super) next: Option<String>,
}

/// What a page is the answer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) principal: String,
    pub(super) plan: u64,
    pub(super) stage: usize,
    pub(super) context: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Pages(Mutex<VecDeque<(Key, Instant, Fetched)>>);

impl Pages {
    pub(super) fn get(&self, key: &Key) -> Option<Fetched> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = pages
            .iter()
            .find(|(known, since, _)| known == key && since.elapsed() < LIFE);
        found.map(|(_, _, page)| page.clone())
    }

    pub(super) fn put(&self, key: Key, page: Fetched) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|(known, since, _)| *known != key && since.elapsed() < LIFE);
        if pages.len() >= MAX_PAGES {
            pages.pop_front();
        }
        pages.push_back((key, Instant::now(), page));
    }

    pub(crate) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}
