//! Request bodies, bounded in size and time.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http::{HeaderValue, header};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// Why a body is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// It is larger than the bound.
    TooLarge,
    /// There are too many large ones at the moment.
    NoRoom,
    /// It did not arrive in time.
    Late,
    /// The connection broke, or the chunks are malformed.
    Broken,
}

/// Bodies up to this size need no room of their own: the number of requests bounds them.
const SMALL: usize = 64 * 1024;

/// The memory that large bodies may take together, over all callers.
pub(crate) struct Room(Semaphore);

impl Room {
    /// Room for this many bytes.
    pub(crate) fn new(bytes: usize) -> Self {
        Self(Semaphore::new(bytes.div_ceil(SMALL)))
    }
}

/// A body, with the room that it takes.
pub(crate) struct Whole<'a> {
    pub(crate) bytes: Bytes,
    /// Dropped when the request is over.
    pub(crate) claim: Claim<'a>,
}

/// Room that is taken until this is dropped.
pub(crate) struct Claim<'a> {
    room: &'a Room,
    permits: Option<SemaphorePermit<'a>>,
}

impl Claim<'_> {
    /// Takes room for a body of this many bytes, in place of what was taken so far.
    fn cover(&mut self, bytes: usize) -> Result<(), Missing> {
        if bytes <= SMALL {
            return Ok(());
        }
        let taken = self
            .permits
            .as_ref()
            .map_or(0, SemaphorePermit::num_permits);
        let more = bytes.div_ceil(SMALL).saturating_sub(taken);
        if more > 0 {
            let more = u32::try_from(more).map_err(|_| Missing::NoRoom)?;
            let more = self
                .room
                .0
                .try_acquire_many(more)
                .map_err(|_| Missing::NoRoom)?;
            match &mut self.permits {
                Some(permits) => permits.merge(more),
                None => self.permits = Some(more),
            }
        }
        Ok(())
    }
}

/// Reads a body of at most `most` bytes. A body that arrives in one piece is not copied.
pub(crate) async fn read<'a>(
    body: &mut Incoming,
    most: usize,
    room: &'a Room,
    patience: Duration,
) -> Result<Whole<'a>, Missing> {
    let claim = Claim {
        room,
        permits: None,
    };
    if body.is_end_stream() {
        return Ok(Whole {
            bytes: Bytes::new(),
            claim,
        });
    }
    // The length is known for all but chunked bodies.
    let expected = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if expected > most {
        return Err(Missing::TooLarge);
    }
    let all = collect(body, most, expected, claim);
    timeout(patience, all).await.unwrap_or(Err(Missing::Late))
}

async fn collect<'a>(
    body: &mut Incoming,
    most: usize,
    expected: usize,
    mut claim: Claim<'a>,
) -> Result<Whole<'a>, Missing> {
    claim.cover(expected)?;
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = body.frame().await {
        // Trailers are allowed and mean nothing to us.
        let Ok(data) = frame.map_err(|_| Missing::Broken)?.into_data() else {
            continue;
        };
        let total = first.len() + rest.len() + data.len();
        if total > most {
            return Err(Missing::TooLarge);
        }
        claim.cover(total)?;
        if first.is_empty() && rest.is_empty() {
            first = data;
            continue;
        }
        if rest.is_empty() {
            rest.reserve(expected.max(total));
            rest.extend_from_slice(&std::mem::take(&mut first));
        }
        rest.extend_from_slice(&data);
    }
    let bytes = if rest.is_empty() {
        first
    } else {
        rest.freeze()
    };
    Ok(Whole { bytes, claim })
}

/// The longest wait for a body that nobody wants.
const DISCARD_PATIENCE: Duration = Duration::from_secs(5);

/// Whether the connection can go on after an answer to a request whose body was not (all) read. Reads and
/// drops what is left of it, within bounds: a client that still writes would not see the answer if we closed.
pub(crate) async fn discard(request: &Parts, body: &mut Incoming, most: usize) -> bool {
    if body.is_end_stream() {
        return true;
    }
    if expects_continue(request) {
        // The client waits for our word before it sends the body, and gets the answer instead.
        return false;
    }
    let all = async {
        let mut seen = 0;
        while let Some(frame) = body.frame().await {
            let Ok(frame) = frame else { return false };
            seen += frame.data_ref().map_or(0, Bytes::len);
            if seen > most {
                return false;
            }
        }
        true
    };
    timeout(DISCARD_PATIENCE, all).await.unwrap_or(false)
}

fn expects_continue(request: &Parts) -> bool {
    request
        .headers
        .get(header::EXPECT)
        .is_some_and(|value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}
