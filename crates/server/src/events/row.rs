//! How a subscription is kept: a row of JSON, so that an operator can read it; positions beside it, because
//! they change with every delivery.

use serde::{Deserialize, Serialize};
use wsman::enumeration;
use wsman::epr::{SelectorSet, SelectorValue};
use wsman::eventing::{ConnectionRetry, Endpoint, Expiry, Mode, Oversize};

/// The keys of all rows begin so.
pub(crate) const ROWS: &[u8] = b"s";

/// The key of a subscription.
pub(crate) fn row_key(id: &[u8; 16]) -> Vec<u8> {
    [ROWS, id].concat()
}

/// The key of its position.
pub(crate) fn position_key(id: &[u8; 16]) -> Vec<u8> {
    [b"p".as_slice(), id].concat()
}

/// A subscription as it was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Row {
    /// Whose it is: name, role and tenant of the principal.
    pub(crate) owner: String,
    pub(crate) role: String,
    pub(crate) tenant: Option<String>,
    /// The CIM namespace.
    pub(crate) namespace: String,
    /// ResourceURI and key selectors of the Subscribe.
    pub(crate) resource_uri: String,
    pub(crate) selectors: Vec<(String, String)>,
    pub(crate) filter: Option<Filter>,
    /// Whether instances are written in the URI space of Windows consoles, with 2005 addressing, as
    /// UTF-16, with precise arrays.
    pub(crate) wmi: bool,
    pub(crate) addressing_2005: bool,
    pub(crate) utf16: bool,
    pub(crate) precise_arrays: bool,
    /// The URI of the delivery mode.
    pub(crate) mode: String,
    /// When it was made, in seconds since the epoch; 0 in rows of a release that did not say.
    #[serde(default)]
    pub(crate) begun: u64,
    pub(crate) expires: u64,
    pub(crate) dated: bool,
    pub(crate) heartbeat_millis: Option<u64>,
    pub(crate) send_bookmarks: bool,
    /// Events after this position.
    pub(crate) start: u64,
    /// Where events go; not in mode Pull.
    pub(crate) sink: Option<Sink>,
    /// The filter and destination that it was made of.
    #[serde(default)]
    pub(crate) cim: CimNames,
}

/// The names of the CIM instances that a subscription was made of, as far as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CimNames {
    pub(crate) filter: Option<String>,
    pub(crate) handler: Option<String>,
}

/// A filter as the client wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Filter {
    Wql(String),
    Cql(String),
    XPath(String),
    Selectors(Vec<(String, String)>),
}

/// Where events go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sink {
    pub(crate) notify_to: Address,
    pub(crate) end_to: Option<Address>,
    /// What the subscription manager's address is for this subscriber.
    pub(crate) manager: String,
    /// Milliseconds between tries, and their number.
    pub(crate) retry: Option<(u64, u32)>,
    /// Seconds that it may be away, where its owner said so in place of tries.
    #[serde(default)]
    pub(crate) patience_seconds: Option<u64>,
    pub(crate) max_elements: Option<usize>,
    pub(crate) max_time_millis: u64,
    pub(crate) max_envelope: usize,
    pub(crate) oversize: TooLarge,
    /// User and password, sealed.
    pub(crate) login: Option<String>,
    /// Whether the password may only be used with Digest.
    pub(crate) digest: bool,
}

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Address {
    pub(crate) address: String,
    pub(crate) reference_parameters: String,
}

/// What becomes of an event that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TooLarge {
    Notify,
    Skip,
    Cancel,
}

impl Row {
    pub(crate) const fn expiry(&self) -> Expiry {
        Expiry {
            at: self.expires,
            dated: self.dated,
        }
    }

    /// The mode; a row of a mode that this release does not know pulls.
    pub(crate) fn mode(&self) -> Mode {
        Mode::of_uri(&self.mode).unwrap_or(Mode::Pull)
    }

    /// The bytes of the row, with its expiration as it is now.
    pub(crate) fn encode(&self, expiry: Expiry) -> Vec<u8> {
        let row = Self {
            expires: expiry.at,
            dated: expiry.dated,
            ..self.clone()
        };
        // Strings and numbers always can be written.
        serde_json::to_vec(&row).unwrap_or_default()
    }
}

/// The id in a key and the row in a value.
pub(crate) fn read(key: &[u8], value: &[u8]) -> Option<([u8; 16], Row)> {
    let id = key.get(ROWS.len()..)?.try_into().ok()?;
    Some((id, serde_json::from_slice(value).ok()?))
}

impl Filter {
    /// The form that is kept; `None` for one that subscriptions do not have.
    pub(crate) fn keep(filter: &enumeration::Filter) -> Option<Self> {
        Some(match filter {
            enumeration::Filter::Wql(text) => Self::Wql(text.clone()),
            enumeration::Filter::Cql(text) => Self::Cql(text.clone()),
            enumeration::Filter::XPath(text) => Self::XPath(text.clone()),
            enumeration::Filter::Selectors(set) => Self::Selectors(texts(set)?),
            enumeration::Filter::Association(_) => return None,
        })
    }
}

/// The selectors that are keys, if all are texts.
pub(crate) fn texts(set: &SelectorSet) -> Option<Vec<(String, String)>> {
    set.keys()
        .map(|(name, value)| match value {
            SelectorValue::Text(text) => Some((name.to_owned(), text.clone())),
            SelectorValue::Reference(_) => None,
        })
        .collect()
}

impl From<Endpoint> for Address {
    fn from(endpoint: Endpoint) -> Self {
        Self {
            address: endpoint.address,
            reference_parameters: endpoint.reference_parameters,
        }
    }
}

impl From<&Address> for Endpoint {
    fn from(address: &Address) -> Self {
        Self {
            address: address.address.clone(),
            reference_parameters: address.reference_parameters.clone(),
        }
    }
}

impl From<Oversize> for TooLarge {
    fn from(oversize: Oversize) -> Self {
        match oversize {
            Oversize::Notify => Self::Notify,
            Oversize::Skip => Self::Skip,
            Oversize::CancelSubscription => Self::Cancel,
        }
    }
}

impl Sink {
    /// What the subscriber wants done when a delivery fails.
    pub(crate) fn retry(&self) -> Option<ConnectionRetry> {
        let (millis, total) = self.retry?;
        Some(ConnectionRetry {
            interval: std::time::Duration::from_millis(millis),
            total,
        })
    }
}
