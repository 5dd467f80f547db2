//! How a binding hands its state to the client and gets it back untampered.
//!
//! Enumeration contexts and paging links hold no server memory: the state itself travels, sealed. The
//! protocol crates stay free of keys and randomness; whoever runs them brings a [`Seal`].

/// Authenticated encryption of small states into short printable tokens.
pub trait Seal: Send + Sync {
    /// A token of printable, URL-safe ASCII that only this service can open. Every call gives another
    /// token, even for the same state.
    fn seal(&self, plain: &[u8]) -> String;

    /// The state in a token; `None` if this service did not seal it or it was changed.
    fn open(&self, token: &str) -> Option<Vec<u8>>;
}
