//! Request bodies, bounded in size and time.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http::{HeaderValue, header};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::time::timeout;

/// Why a body is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// It is larger than the bound.
    TooLarge,
    /// It did not arrive in time.
    Late,
    /// The connection broke, or the chunks are malformed.
    Broken,
}

/// Reads a body of at most `most` bytes. A body that arrives in one piece is not copied.
pub(crate) async fn read(
    body: &mut Incoming,
    most: usize,
    patience: Duration,
) -> Result<Bytes, Missing> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    if body.size_hint().lower() > most as u64 {
        return Err(Missing::TooLarge);
    }
    timeout(patience, collect(body, most))
        .await
        .unwrap_or(Err(Missing::Late))
}

async fn collect(body: &mut Incoming, most: usize) -> Result<Bytes, Missing> {
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = body.frame().await {
        // Trailers are allowed and mean nothing to us.
        let Ok(data) = frame.map_err(|_| Missing::Broken)?.into_data() else {
            continue;
        };
        if first.len() + rest.len() + data.len() > most {
            return Err(Missing::TooLarge);
        }
        if first.is_empty() && rest.is_empty() {
            first = data;
            continue;
        }
        if rest.is_empty() {
            // The length is known for all but chunked bodies, and is within the bound.
            let expected = usize::try_from(body.size_hint().lower()).unwrap_or(0);
            rest.reserve(first.len() + data.len() + expected.min(most));
            rest.extend_from_slice(&std::mem::take(&mut first));
        }
        rest.extend_from_slice(&data);
    }
    Ok(if rest.is_empty() {
        first
    } else {
        rest.freeze()
    })
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
