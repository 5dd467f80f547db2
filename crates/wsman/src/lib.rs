//! WS-Management (DSP0226) with the CIM binding (DSP0227): messages, faults, enumeration, eventing.
//!
//! Bytes in, bytes out: nothing here knows sockets, clocks, randomness or a provider. A request is read
//! once, from left to right ([`Request::parse`]); answers are written straight into one buffer
//! ([`Answer`], [`fault`], [`identify`]). The other end is [`client`].

mod answer;
mod body;
pub mod client;
pub mod enumeration;
pub mod epr;
pub mod eventing;
mod fault;
mod fragment;
mod headers;
mod references;
mod request;
#[cfg(test)]
mod request_tests;
mod resource_uri;
pub mod uris;

pub use answer::{Answer, Audience, Product, Reply, fault, identify};
pub use body::{Batch, Enumerate, Expires, MAX_FILTER, Pull, Renew};
pub use fault::{Code, Detail, Doing, Fault, Subcode};
pub use fragment::FragmentTransfer;
pub use request::{
    Content, Headers, MIN_ENVELOPE_SIZE, Operation, Rejected, Request, RequestOption,
};
pub use resource_uri::{Family, MAX_URI, ResourceUri, same_namespace};
