//! What the edge asks of a protocol: whole request in, whole answer out.
//!
//! The edge has read the body within its bound, authenticated the caller and set a deadline before it
//! calls a binding. A binding never sees a socket.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use provider::{Principal, Role};

/// Where a request came in: what absolute URIs in its answer start with. The edge puts it into the
/// extensions of every request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// Host and port as the client wrote them in `Host`, checked to be a plain authority.
    pub authority: String,
    /// The path below which the service is seen from outside, without a slash at its end; empty unless a
    /// reverse proxy puts it below one.
    pub prefix: String,
}

/// What a request turned out to be, in the protocol's own words (`Get`, `Enumerate`, `GET`). A binding
/// puts it into the extensions of its response; metrics and the request log show it. Only constants:
/// a label that clients could choose would let them fill the memory of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Operation(pub &'static str);

/// In the extensions of a request that needs no login and came without one: Identify at
/// `/wsman-anon/identify` (DSP0226 R5.3-2), or with the header `WSMANIDENTIFY: unauthenticated`. Its
/// principal is [`anonymous`]: a binding answers nothing but what is for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anonymous;

/// Nobody: may read, and belongs to a tenant without a name, which owns nothing.
pub fn anonymous() -> Principal {
    Principal {
        name: String::new(),
        role: Role::Reader,
        tenant: Some(String::new()),
        password: None,
    }
}

/// Why the edge answers a request itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No credentials, or wrong ones; the edge adds `WWW-Authenticate`.
    Unauthenticated,
    /// The caller is known and may not come in this way.
    Forbidden,
    /// Path and query are longer than this many bytes.
    TargetTooLong(usize),
    /// The body is larger than this many bytes.
    BodyTooLarge(usize),
    /// The body did not arrive in time.
    BodyTimeout,
    /// Too many requests of this caller, or of all, are in flight.
    Busy,
    /// The service is shutting down.
    ShuttingDown,
}

/// One protocol in front of a provider.
#[async_trait]
pub trait Binding: Send + Sync + 'static {
    /// Answers a request. Never fails: errors have the protocol's own form. The future may be dropped
    /// when the client goes away.
    async fn call(
        &self,
        principal: Arc<Principal>,
        request: Request<Bytes>,
        deadline: Instant,
    ) -> Response<Bytes>;

    /// The protocol's form of a refusal by the edge; the body may be unread.
    fn refuse(&self, request: &http::request::Parts, refusal: Refusal) -> Response<Bytes>;
}
