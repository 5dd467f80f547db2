//! WS-Eventing as WS-Management profiles it: what a Subscribe asks for, and what source and sink send
//! each other (DSP0226 10, DSP0227 10).
//!
//! Bytes in, bytes out as everywhere in this crate: who waits, connects and remembers is somebody else,
//! and time is passed in ([`Retry`], [`Expiry`]).

mod context;
mod message;
mod read;
mod schedule;
#[cfg(test)]
mod tests;

use std::fmt;
use std::num::NonZeroUsize;
use std::time::Duration;

use xml_wire::Encoding;

pub use self::context::{SubscriptionContext, open_bookmark, seal_bookmark};
pub use self::message::{
    Delivery, Ended, Entry, subscribe_response, subscription_end, write_bookmark, write_marker,
};
pub(crate) use self::read::read_issued_token;
pub use self::schedule::{Due, Expiry, Now, Pace, Retry};
use crate::body::Expires;
use crate::enumeration::Filter;

/// A request of WS-Eventing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventingRequest {
    /// A new subscription.
    Subscribe(Box<Subscribe>),
    /// A new expiration; without one, the service's usual one.
    Renew(Option<Expires>),
    /// Until when does it live?
    GetStatus,
    /// The end.
    Unsubscribe,
}

/// A subscription that somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscribe {
    /// `wse:Delivery/@Mode`; Push where there is none.
    pub mode: Mode,
    /// Where events go; not in mode Pull.
    pub notify_to: Option<Endpoint>,
    /// Where the end of the subscription is told.
    pub end_to: Option<Endpoint>,
    /// Until when.
    pub expires: Option<Expires>,
    /// Which events.
    pub filter: Option<Filter>,
    /// From where.
    pub bookmark: Option<Bookmark>,
    /// Whether deliveries carry bookmarks (`wsman:SendBookmarks`).
    pub send_bookmarks: bool,
    /// After how long without events a heartbeat is wanted.
    pub heartbeats: Option<Duration>,
    /// The security profile of deliveries: the part behind the common prefix, such as `http/digest`.
    pub auth: Option<String>,
    /// How often, and how long apart, a delivery is tried again.
    pub retry: Option<ConnectionRetry>,
    /// Most events of one batch (mode Events).
    pub max_elements: Option<NonZeroUsize>,
    /// How long a batch is collected after its first event (mode Events).
    pub max_time: Option<Duration>,
    /// Octets of one delivery.
    pub max_envelope_size: Option<usize>,
    /// What becomes of an event that does not fit.
    pub oversize: Oversize,
    /// How deliveries are encoded.
    pub encoding: Encoding,
}

/// A delivery mode (DSP0226 10.2.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// One event a message.
    #[default]
    Push,
    /// One event a message, each acknowledged.
    PushWithAck,
    /// Batches, each acknowledged.
    Events,
    /// The subscriber fetches.
    Pull,
}

impl Mode {
    /// All of them, in the order in which a fault lists them.
    pub const ALL: [Self; 4] = [Self::Push, Self::PushWithAck, Self::Events, Self::Pull];

    /// Its URI.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Push => "http://schemas.xmlsoap.org/ws/2004/08/eventing/DeliveryModes/Push",
            Self::PushWithAck => "http://schemas.dmtf.org/wbem/wsman/1/wsman/PushWithAck",
            Self::Events => "http://schemas.dmtf.org/wbem/wsman/1/wsman/Events",
            Self::Pull => "http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull",
        }
    }

    /// The mode with that URI.
    pub fn of_uri(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.uri() == uri)
    }

    /// Whether every delivery is acknowledged.
    pub const fn is_acknowledged(self) -> bool {
        matches!(self, Self::PushWithAck | Self::Events)
    }
}

/// An address that messages are sent to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Endpoint {
    /// `wsa:Address`
    pub address: String,
    /// The reference parameters as header blocks that depend on nothing around them.
    pub reference_parameters: String,
}

/// Where a subscription begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bookmark {
    /// With the oldest event that is still there.
    Earliest,
    /// Behind the event of a bookmark that this service made.
    At(String),
}

/// `wsman:ConnectionRetry`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionRetry {
    /// Time between two tries.
    pub interval: Duration,
    /// Tries after the first.
    pub total: u32,
}

/// What becomes of an event that does not fit an envelope (`wsman:MaxEnvelopeSize/@Policy`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Oversize {
    /// It is left out, and counted by `wsman:DroppedEvents`; the default.
    #[default]
    Notify,
    /// It is left out.
    Skip,
    /// The subscription ends.
    CancelSubscription,
}

/// How a source shall log in at a sink: the header `wst:IssuedTokens` of a Subscribe (DSP0226 10.6).
#[derive(Clone, PartialEq, Eq, Default)]
pub struct IssuedToken {
    /// `wst:TokenType`
    pub token_type: String,
    /// `wsse:Username`
    pub username: String,
    /// `wsse:Password`
    pub password: String,
}

/// The password is shown to nobody.
impl fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedToken")
            .field("token_type", &self.token_type)
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}
