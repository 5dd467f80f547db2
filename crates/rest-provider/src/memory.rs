//! What was read a moment ago, so that it need not be transferred and read again.
//!
//! A resource with an entity tag is asked for on condition that it has another one now (RFC 9110 13.1.2): the
//! cloud says each time whether what is here is still right, and to whom it may be shown. Each caller has its
//! own, because what one may do and see is not what another may. Both the number and the size are bounded.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use cim_core::ClassDescriptor;
use http::{HeaderMap, Response, StatusCode, header};

use crate::cloud::Found;

/// Resources that are remembered, by half at a time: the older half goes when the younger one is full.
const HALF: usize = 256;

/// Larger documents are read again, in bytes.
const LARGEST: usize = 64 * 1024;

/// How long something counts as read lately.
const LATELY: Duration = Duration::from_secs(60);

/// A resource as it was.
#[derive(Debug)]
pub(crate) struct Known {
    principal: String,
    id: String,
    /// As what it was read.
    class: &'static ClassDescriptor,
    /// The cloud's tag, where it has one that it can be asked with.
    pub(crate) tag: Option<String>,
    pub(crate) found: Found,
    since: Instant,
}

/// The resources that were read lately.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    hasher: RandomState,
    halves: Mutex<Halves>,
}

#[derive(Debug, Default)]
struct Halves {
    young: HashMap<u64, Arc<Known>>,
    old: HashMap<u64, Arc<Known>>,
}

impl Memory {
    fn key(&self, principal: &str, id: &str) -> u64 {
        self.hasher.hash_one((principal, id))
    }

    fn halves(&self) -> std::sync::MutexGuard<'_, Halves> {
        self.halves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, principal: &str, id: &str) -> Option<Arc<Known>> {
        let key = self.key(principal, id);
        let halves = self.halves();
        let known = halves.young.get(&key).or_else(|| halves.old.get(&key))?;
        (known.principal == principal && known.id == id).then(|| Arc::clone(known))
    }

    /// What the cloud can be asked about whether it is still so.
    pub(crate) fn validated(
        &self,
        principal: &str,
        class: &'static ClassDescriptor,
        id: &str,
    ) -> Option<Arc<Known>> {
        self.known(principal, id)
            .filter(|known| known.tag.is_some() && std::ptr::eq(known.class, class))
    }

    /// What the caller read a moment ago.
    pub(crate) fn lately(&self, principal: &str, id: &str) -> Option<Arc<Known>> {
        self.known(principal, id)
            .filter(|known| known.since.elapsed() < LATELY)
    }

    /// Remembers what an answer said, if it may be.
    pub(crate) fn remember(
        &self,
        principal: &str,
        class: &'static ClassDescriptor,
        id: &str,
        answer: &Response<Bytes>,
        found: &Found,
    ) {
        if found.document.text.len() > LARGEST || forbids(answer.headers()) {
            self.forget(principal, id);
            return;
        }
        let known = Known {
            principal: principal.to_owned(),
            id: id.to_owned(),
            class,
            // A tag beside a job that goes on is of who knows what.
            tag: tag(answer.headers()).filter(|_| answer.status() != StatusCode::ACCEPTED),
            found: found.clone(),
            since: Instant::now(),
        };
        let key = self.key(principal, id);
        let mut halves = self.halves();
        if halves.young.len() >= HALF {
            halves.old = std::mem::take(&mut halves.young);
        }
        halves.young.insert(key, Arc::new(known));
    }

    /// Forgets what was changed.
    pub(crate) fn forget(&self, principal: &str, id: &str) {
        let key = self.key(principal, id);
        let mut halves = self.halves();
        halves.young.remove(&key);
        halves.old.remove(&key);
    }
}

/// Whether the cloud wants nobody to keep its answer (RFC 9111 5.2.2.5).
fn forbids(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::CACHE_CONTROL).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|directive| directive.trim().eq_ignore_ascii_case("no-store"))
}

/// A tag that a condition can name: one service has tags without quotes, which none of them accepts.
fn tag(headers: &HeaderMap) -> Option<String> {
    let tag = headers.get(header::ETAG)?.to_str().ok()?;
    let opaque = tag.strip_prefix("W/").unwrap_or(tag);
    (opaque.len() >= 2 && opaque.starts_with('"') && opaque.ends_with('"')).then(|| tag.to_owned())
}

#[cfg(test)]
mod tests {
    use cim_core::Instance;
    use cimi_rest::Format;
    use provider::Resource;

    use super::*;
    use crate::cloud::Document;
    use crate::etag::etag;

    fn found(text: &str) -> Found {
        let class = cimi_model::schema().class("CIMI_Machine").unwrap();
        let instance = Instance::new(class);
        Found {
            resource: Resource {
                etag: etag(&instance),
                instance,
            },
            document: Document {
                format: Format::Json,
                text: text.to_owned(),
            },
        }
    }

    fn answer(name: header::HeaderName, value: &str) -> Response<Bytes> {
        let mut answer = Response::new(Bytes::new());
        answer.headers_mut().insert(name, value.parse().unwrap());
        answer
    }

    #[test]
    fn each_caller_has_its_own_and_not_without_bound() {
        let memory = Memory::default();
        let class = cimi_model::schema().class("CIMI_Machine").unwrap();
        let tagged = answer(header::ETAG, "\"1\"");
        memory.remember("ann", class, "m", &tagged, &found("{}"));
        assert!(memory.validated("ann", class, "m").is_some());
        assert!(memory.lately("ann", "m").is_some());
        assert!(memory.lately("bob", "m").is_none());
        for n in 0..3 * HALF {
            memory.remember("bob", class, &n.to_string(), &tagged, &found("{}"));
        }
        assert!(memory.lately("ann", "m").is_none(), "the oldest go");
        let halves = memory.halves();
        assert!(halves.young.len() + halves.old.len() <= 2 * HALF);
    }

    #[test]
    fn what_may_not_be_kept_is_not() {
        let class = cimi_model::schema().class("CIMI_Machine").unwrap();
        let validated = |answer: &Response<Bytes>, text: &str| {
            let memory = Memory::default();
            memory.remember("ann", class, "m", &answer.clone(), &found(text));
            (
                memory.validated("ann", class, "m").is_some(),
                memory.lately("ann", "m").is_some(),
            )
        };
        let large = "x".repeat(LARGEST + 1);
        for (name, value, text, expected) in [
            (header::ETAG, "\"1\"", "", (true, true)),
            (header::ETAG, "W/\"1\"", "", (true, true)),
            (header::ETAG, "0cc175b9c0f1b6a8", "", (false, true)),
            (
                header::CACHE_CONTROL,
                "private, No-Store",
                "",
                (false, false),
            ),
            (
                header::CACHE_CONTROL,
                "private, no-cache",
                "",
                (false, true),
            ),
            (header::ETAG, "\"1\"", large.as_str(), (false, false)),
        ] {
            assert_eq!(validated(&answer(name, value), text), expected, "{value}");
        }
    }
}
