//! Bounds of everything that comes from outside.

use serde::{Deserialize, Serialize};

use crate::rest;

/// Bounds of everything that comes from outside. Whoever reaches one gets an answer that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Connections open at a time, over all listeners; more are answered with 503 and closed.
    pub connections: usize,
    /// Requests in progress at a time, over all callers; more are answered as busy (503).
    pub requests: usize,
    /// Requests in progress at a time of one user.
    pub requests_per_user: usize,
    /// Bytes of a request line and its header fields together (431).
    pub head_bytes: usize,
    /// Header fields of a request (431).
    pub header_fields: usize,
    /// Bytes of a request body (413).
    pub body_bytes: usize,
    /// Bytes of all request bodies above 64 KiB that are in memory at a time; more are answered as busy
    /// (503).
    pub large_bodies_bytes: usize,
    /// Seconds until the head of the next request must have arrived; so also how long an idle
    /// connection is kept.
    pub head_seconds: u64,
    /// Seconds until a body must have arrived, counted from the end of the head (408).
    pub body_seconds: u64,
    /// Seconds that a request may take once its body is there.
    pub request_seconds: u64,
    /// Seconds that a client may leave an answer unread before the connection is closed.
    pub write_stall_seconds: u64,
    /// Seconds that a TLS handshake may take.
    pub tls_handshake_seconds: u64,
    /// Seconds that requests in progress have to finish when the service stops.
    pub shutdown_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            requests: 512,
            requests_per_user: 128,
            head_bytes: 32 * 1024,
            header_fields: 100,
            body_bytes: 4 * 1024 * 1024,
            large_bodies_bytes: 64 * 1024 * 1024,
            head_seconds: 60,
            body_seconds: 30,
            request_seconds: 60,
            write_stall_seconds: 30,
            tls_handshake_seconds: 10,
            shutdown_seconds: 10,
        }
    }
}

/// Checking of passwords. A check costs tens of milliseconds and 19 MiB on purpose, so a password found
/// right is remembered (as a keyed hash) for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LoginConfig {
    /// Logins remembered at a time.
    pub remembered: usize,
    /// Seconds that a login is remembered. A change of the users file forgets all at once.
    pub remember_seconds: u64,
    /// Password checks running at a time; keep it below the number of cores.
    pub checks: usize,
    /// Password checks waiting for their turn; more are answered as busy (503).
    pub checks_waiting: usize,
    /// Whether HTTP Digest is offered with MD5 beside SHA-256, to users who have Digest: many tools know
    /// nothing else.
    pub digest_md5: bool,
    /// Seconds that a nonce of HTTP Digest is good for; clients get another without asking anybody.
    pub nonce_seconds: u64,
    /// Nonces of HTTP Digest that are remembered once they were used, so that no request is accepted twice;
    /// when there are more, the oldest are refused.
    pub nonces: usize,
    /// Seconds between looks at the users file for changes.
    pub users_file_seconds: u64,
}

impl Default for LoginConfig {
    fn default() -> Self {
        Self {
            remembered: 1024,
            remember_seconds: 300,
            checks: 2,
            checks_waiting: 64,
            digest_md5: true,
            nonce_seconds: 3600,
            nonces: 4096,
            users_file_seconds: 2,
        }
    }
}

/// The stores of embedded clouds, and those of events of clouds elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreConfig {
    /// Bytes of each file that are kept in memory.
    pub cache_bytes: usize,
}

impl Default for StoreConfig {
    fn default() -> Self {
        Self {
            cache_bytes: 16 << 20,
        }
    }
}

/// CIMI REST: the bounds of its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RestConfig {
    /// Items of one answer; a longer collection goes on behind its `Link: rel="next"`.
    pub page_items: usize,
    /// Resources of one answer that are written in the place of links to them (`$expand`); the others
    /// stay links.
    pub expansions: usize,
    /// Bytes of a request's path and query (414).
    pub uri_bytes: usize,
}

impl Default for RestConfig {
    fn default() -> Self {
        let rest::Settings {
            path: _,
            page_items,
            expansions,
            uri_bytes,
        } = rest::Settings::default();
        Self {
            page_items,
            expansions,
            uri_bytes,
        }
    }
}

impl RestConfig {
    /// The binding's own form.
    pub fn settings(&self) -> rest::Settings {
        rest::Settings {
            page_items: self.page_items,
            expansions: self.expansions,
            uri_bytes: self.uri_bytes,
            ..rest::Settings::default()
        }
    }
}
