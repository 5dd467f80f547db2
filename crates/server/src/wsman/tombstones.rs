//! Which enumerations have ended before their contexts expire.
//!
//! Contexts need no memory, their ends do: a context that was released, or whose last item was sent,
//! must not work again. An end is kept until every context of its enumeration has expired anyway. The
//! number kept is bounded, for one principal and for all: beyond it the oldest is forgotten, and only
//! the principal whose it was can then see a page again.
//!
//! So that a restart forgets none, each end has a slot in a file of fixed size. It is written there
//! before the answer that tells the client, without a flush: what a crash of the machine takes is the
//! last moment, and a flush for each enumeration would cost more than the enumeration. Slots are used
//! again, so nothing is ever rewritten and no request waits for such work.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Most ends that are kept for one principal.
const MAX_PER_OWNER: usize = 4096;
/// Most ends that are kept for all: 2.5 MiB of disk, and about twice that in memory.
const MAX_SLOTS: u32 = 64 * 1024;
/// After how many new ends all expired ones are thrown away.
const SWEEP: u32 = 1024;

/// The random id of an enumeration.
type Id = [u8; 16];
/// What stands for a principal's name: names have any length.
type Owner = [u8; 16];

/// What the file begins with, instead of its first slot.
const HEADER: [u8; SLOT] = *b"cimi-bridge ended enumerations, form 1.\n";
/// Octets of a slot: id, owner, and the end of its time in seconds since the epoch.
const SLOT: usize = 40;

/// The ends of enumerations.
#[derive(Debug, Default)]
pub(crate) struct Tombstones(Mutex<Ends>);

#[derive(Debug, Default)]
struct Ends {
    /// For the question that every Pull asks.
    known: HashSet<Id>,
    by_owner: HashMap<Owner, VecDeque<End>>,
    since_sweep: u32,
    /// Slots that were used and are free.
    free: Vec<u32>,
    /// How many slots were ever used.
    used: u32,
    file: Option<File>,
}

#[derive(Debug)]
struct End {
    id: Id,
    /// Seconds since the epoch.
    expires: u64,
    slot: u32,
}

impl Tombstones {
    /// The ends that a file remembers; it is created if it is not there. What it holds is not secret, but
    /// nobody else's business either. No end that is true is further off than `longest` seconds.
    ///
    /// # Errors
    /// The file cannot be created or read.
    pub(crate) fn open(path: &Path, now: u64, longest: u64) -> io::Result<Self> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)?;
        let mut ends = Ends::default();
        let content = std::fs::read(path)?;
        match content.split_at_checked(SLOT) {
            Some((header, slots)) if header == HEADER => {
                ends.load(slots, now, now.saturating_add(longest));
            }
            // New, or of a form that this release does not know.
            _ => {
                file.set_len(0)?;
                file.write_all_at(&HEADER, 0)?;
            }
        }
        ends.file = Some(file);
        Ok(Self(Mutex::new(ends)))
    }

    /// Remembers that an enumeration has ended, until `expires`.
    pub(super) fn bury(&self, owner: &str, id: Id, expires: u64, now: u64) {
        let mut ends = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ends.bury(digest(owner), id, expires, now);
    }

    /// Whether an enumeration has ended. Ids are random: nobody has one of somebody else's.
    pub(super) fn has(&self, id: &Id) -> bool {
        let ends = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ends.known.contains(id)
    }
}

impl Ends {
    fn bury(&mut self, owner: Owner, id: Id, expires: u64, now: u64) {
        if !self.known.insert(id) {
            // The last page was sent again; the first end is long enough.
            return;
        }
        self.since_sweep += 1;
        if self.since_sweep >= SWEEP {
            self.sweep(now);
        }
        if self.by_owner.get(&owner).map_or(0, VecDeque::len) >= MAX_PER_OWNER {
            self.forget_oldest(owner);
        }
        let slot = self.slot(owner);
        self.write(slot, owner, id, expires);
        let end = End { id, expires, slot };
        self.by_owner.entry(owner).or_default().push_back(end);
    }

    /// A slot that is free, or else one that somebody's oldest end gives up.
    fn slot(&mut self, owner: Owner) -> u32 {
        if self.free.is_empty() && self.used < MAX_SLOTS {
            self.used += 1;
            return self.used - 1;
        }
        if self.free.is_empty() {
            let most = self.by_owner.iter().max_by_key(|(_, of)| of.len());
            self.forget_oldest(most.map_or(owner, |(owner, _)| *owner));
        }
        self.free.pop().unwrap_or_default()
    }

    fn forget_oldest(&mut self, owner: Owner) {
        if let Some(end) = self.by_owner.get_mut(&owner).and_then(VecDeque::pop_front) {
            self.known.remove(&end.id);
            self.free.push(end.slot);
        }
    }

    fn sweep(&mut self, now: u64) {
        self.since_sweep = 0;
        let Self {
            known,
            by_owner,
            free,
            ..
        } = self;
        by_owner.retain(|_, of| {
            of.retain(|end| {
                let alive = end.expires > now;
                if !alive {
                    known.remove(&end.id);
                    free.push(end.slot);
                }
                alive
            });
            !of.is_empty()
        });
    }

    fn write(&mut self, slot: u32, owner: Owner, id: Id, expires: u64) {
        let Some(file) = &self.file else {
            return;
        };
        let mut octets = [0; SLOT];
        for (to, from) in octets
            .iter_mut()
            .zip(id.iter().chain(&owner).chain(&expires.to_be_bytes()))
        {
            *to = *from;
        }
        let at = (u64::from(slot) + 1) * SLOT as u64;
        if let Err(error) = file.write_all_at(&octets, at) {
            tracing::error!(%error, "cannot write the ends of enumerations; a restart will forget them");
            // Once is enough for the log: what is in memory goes on.
            self.file = None;
        }
    }

    fn load(&mut self, slots: &[u8], now: u64, last: u64) {
        let (slots, _) = slots.as_chunks::<SLOT>();
        // Oldest first, as they came. What outlives every context was half written.
        let mut alive = BTreeMap::<(u64, u32), (Owner, Id)>::new();
        for (slot, octets) in (0..MAX_SLOTS).zip(slots) {
            self.used = slot + 1;
            match parse(octets) {
                Some((id, owner, expires)) if expires > now && expires <= last => {
                    alive.insert((expires, slot), (owner, id));
                }
                _ => self.free.push(slot),
            }
        }
        for ((expires, slot), (owner, id)) in alive {
            self.known.insert(id);
            let end = End { id, expires, slot };
            self.by_owner.entry(owner).or_default().push_back(end);
        }
    }
}

fn parse(octets: &[u8; SLOT]) -> Option<(Id, Owner, u64)> {
    let (id, rest) = octets.split_first_chunk()?;
    let (owner, rest) = rest.split_first_chunk()?;
    Some((*id, *owner, u64::from_be_bytes(*rest.first_chunk()?)))
}

fn digest(owner: &str) -> Owner {
    let mut short = [0; 16];
    for (to, from) in short.iter_mut().zip(openssl::sha::sha256(owner.as_bytes())) {
        *to = from;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: usize) -> Id {
        (n as u128).to_be_bytes()
    }

    #[test]
    fn the_number_of_ends_is_bounded() {
        let tombstones = Tombstones::default();
        for n in 0..=MAX_PER_OWNER {
            tombstones.bury("alice", id(n), 10, 0);
        }
        assert!(!tombstones.has(&id(0)), "the oldest is forgotten");
        assert!(tombstones.has(&id(1)) && tombstones.has(&id(MAX_PER_OWNER)));
        for n in 0..SWEEP as usize {
            tombstones.bury("bob", id(1_000_000 + n), 20, 15);
        }
        assert!(!tombstones.has(&id(5)), "expired ends are swept");
        assert!(tombstones.has(&id(1_000_000)));
    }

    #[test]
    fn what_everybody_together_may_keep_is_bounded_and_taken_from_who_has_most() {
        let tombstones = Tombstones::default();
        let owners = MAX_SLOTS as usize / MAX_PER_OWNER;
        for n in 0..MAX_SLOTS as usize {
            tombstones.bury(&(n % owners).to_string(), id(n), 10, 0);
        }
        tombstones.bury("late", id(usize::MAX), 10, 0);
        assert!(tombstones.has(&id(usize::MAX)));
        let ends = tombstones.0.lock().unwrap();
        assert_eq!(ends.known.len(), MAX_SLOTS as usize);
        assert_eq!(ends.used, MAX_SLOTS);
    }

    #[test]
    fn a_restart_forgets_no_end_and_slots_are_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ended");
        let first = Tombstones::open(&path, 0, 100).unwrap();
        for n in 0..10 {
            first.bury("alice", id(n), 10 + n as u64, 0);
        }
        drop(first);
        // Half a slot is what a crash can leave at the end.
        let mut content = std::fs::read(&path).unwrap();
        assert_eq!(content.len(), 11 * SLOT);
        content.extend([7; SLOT / 2]);
        std::fs::write(&path, content).unwrap();

        let second = Tombstones::open(&path, 14, 100).unwrap();
        for n in 0..10 {
            assert_eq!(
                second.has(&id(n)),
                n > 4,
                "{n}: those that are over are gone"
            );
        }
        for n in 20..25 {
            second.bury("bob", id(n), 90, 14);
        }
        drop(second);
        assert_eq!(std::fs::read(&path).unwrap().len(), 11 * SLOT + SLOT / 2);
        let third = Tombstones::open(&path, 15, 100).unwrap();
        assert!((6..10).chain(20..25).all(|n| third.has(&id(n))));
        assert!(!third.has(&id(5)));
        // The bound of a principal holds behind a restart, too.
        for n in 100..100 + MAX_PER_OWNER {
            third.bury("bob", id(n), 90, 15);
        }
        assert!(!third.has(&id(20)) && third.has(&id(6)));
    }

    #[test]
    fn a_file_of_another_form_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ended");
        for content in [&b"x"[..], &[0; 3 * SLOT]] {
            std::fs::write(&path, content).unwrap();
            let ends = Tombstones::open(&path, 0, 100).unwrap();
            ends.bury("alice", id(1), 10, 0);
            drop(ends);
            assert!(Tombstones::open(&path, 0, 100).unwrap().has(&id(1)));
            // It cannot be true that a context lives for so long.
            assert!(!Tombstones::open(&path, 0, 9).unwrap().has(&id(1)));
        }
        assert!(Tombstones::open(folder.path(), 0, 100).is_err());
    }
}
