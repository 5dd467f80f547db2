//! What travels with the subscriber: the context of a subscription in mode Pull, and bookmarks.
//!
//! Both are positions in the stream of events, sealed. The service remembers what a subscription is, not
//! how far its subscriber has come: a context that is sent again gets the same events again, after a lost
//! answer and after a restart of either side.

use cim_query::Seal;

/// Begins a sealed context; enumeration contexts begin otherwise.
const CONTEXT: u8 = 0x45;
/// Begins a sealed bookmark.
const BOOKMARK: u8 = 0x42;

/// Where a subscriber in mode Pull stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubscriptionContext {
    /// The subscription.
    pub id: [u8; 16],
    /// Everything up to here was sent.
    pub position: u64,
    /// When the last event or heartbeat was sent, in seconds since the epoch.
    pub last_sent: u64,
}

impl SubscriptionContext {
    /// The context that stands for this state.
    pub fn seal(&self, seal: &dyn Seal) -> String {
        let mut plain = Vec::with_capacity(33);
        plain.push(CONTEXT);
        plain.extend_from_slice(&self.id);
        plain.extend_from_slice(&self.position.to_be_bytes());
        plain.extend_from_slice(&self.last_sent.to_be_bytes());
        seal.seal(&plain)
    }

    /// The state in a context; `None` if it is not one of a subscription of this service.
    pub fn open(context: &str, seal: &dyn Seal) -> Option<Self> {
        let plain = seal.open(context)?;
        let (kind, rest) = plain.split_first()?;
        let (id, rest) = rest.split_first_chunk::<16>()?;
        let (position, rest) = rest.split_first_chunk::<8>()?;
        let last_sent: [u8; 8] = rest.try_into().ok()?;
        (*kind == CONTEXT).then(|| Self {
            id: *id,
            position: u64::from_be_bytes(*position),
            last_sent: u64::from_be_bytes(last_sent),
        })
    }
}

/// A bookmark: behind the event at `position` of the stream named `stream`.
pub fn seal_bookmark(stream: &str, position: u64, seal: &dyn Seal) -> String {
    let mut plain = Vec::with_capacity(9 + stream.len());
    plain.push(BOOKMARK);
    plain.extend_from_slice(&position.to_be_bytes());
    plain.extend_from_slice(stream.as_bytes());
    seal.seal(&plain)
}

/// The position in a bookmark; `None` if this service did not make it for that stream.
pub fn open_bookmark(bookmark: &str, stream: &str, seal: &dyn Seal) -> Option<u64> {
    let plain = seal.open(bookmark)?;
    let (kind, rest) = plain.split_first()?;
    let (position, name) = rest.split_first_chunk::<8>()?;
    (*kind == BOOKMARK && name == stream.as_bytes()).then(|| u64::from_be_bytes(*position))
}
