//! Which enumerations have ended before their contexts expire.
//!
//! Contexts need no memory, their ends do: a context that was released, or whose last item was sent,
//! must not work again. An end is kept until the context would have expired anyway, and the number
//! kept for one principal is bounded; beyond it the oldest is forgotten, and only that principal can
//! then see a page again.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

/// Most ends that are kept for one principal.
const MAX_PER_OWNER: usize = 4096;
/// After how many new ends all expired ones are thrown away.
const SWEEP: u32 = 1024;

/// The ends of enumerations.
#[derive(Debug, Default)]
pub(super) struct Tombstones(Mutex<Ends>);

#[derive(Debug, Default)]
struct Ends {
    by_owner: HashMap<String, VecDeque<End>>,
    since_sweep: u32,
}

#[derive(Debug)]
struct End {
    id: [u8; 16],
    /// Seconds since the epoch.
    expires: u64,
}

impl Tombstones {
    /// Remembers that an enumeration has ended, until `expires`.
    pub(super) fn bury(&self, owner: &str, id: [u8; 16], expires: u64, now: u64) {
        let mut ends = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ends.since_sweep += 1;
        if ends.since_sweep >= SWEEP {
            ends.since_sweep = 0;
            ends.by_owner.retain(|_, of| {
                of.retain(|end| end.expires > now);
                !of.is_empty()
            });
        }
        let of = match ends.by_owner.get_mut(owner) {
            Some(of) => of,
            None => ends.by_owner.entry(owner.to_owned()).or_default(),
        };
        if let Some(end) = of.iter_mut().find(|end| end.id == id) {
            end.expires = end.expires.max(expires);
            return;
        }
        if of.len() >= MAX_PER_OWNER {
            of.retain(|end| end.expires > now);
        }
        if of.len() >= MAX_PER_OWNER {
            of.pop_front();
        }
        of.push_back(End { id, expires });
    }

    /// Whether an enumeration has ended.
    pub(super) fn has(&self, owner: &str, id: &[u8; 16]) -> bool {
        let ends = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ends.by_owner
            .get(owner)
            .is_some_and(|of| of.iter().any(|end| end.id == *id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: usize) -> [u8; 16] {
        (n as u128).to_be_bytes()
    }

    #[test]
    fn ends_belong_to_their_owner() {
        let tombstones = Tombstones::default();
        tombstones.bury("alice", id(1), 10, 0);
        assert!(tombstones.has("alice", &id(1)));
        assert!(!tombstones.has("bob", &id(1)));
        assert!(!tombstones.has("alice", &id(2)));
    }

    #[test]
    fn the_number_of_ends_is_bounded() {
        let tombstones = Tombstones::default();
        for n in 0..=MAX_PER_OWNER {
            tombstones.bury("alice", id(n), 10, 0);
        }
        assert!(!tombstones.has("alice", &id(0)), "the oldest is forgotten");
        assert!(tombstones.has("alice", &id(MAX_PER_OWNER)));
        for n in 0..SWEEP as usize {
            tombstones.bury("bob", id(n), 20, 15);
        }
        assert!(!tombstones.has("alice", &id(5)), "expired ends are swept");
    }
}
