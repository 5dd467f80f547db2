//! A WS-Management service with CIMI classes as a back end: the client's adapter of that binding.
//!
//! Calls of [`provider::Provider`] become messages, one each wherever the protocol allows it, and answers become
//! instances and errors again. The service may be another bridge or anybody's; what it cannot do (filters,
//! association walks, order, preconditions) is done here, within bounds.
//!
//! Two bridges lose nothing between them: errors carry their exact kind in `CIM_Error`, jobs of writes travel in a
//! header of our own, and a write that is conditional says how the resource has to look ([`provider::fingerprint`]).

mod address;
mod decode;
mod fault;
mod operations;
mod provider_impl;
mod query;
mod tell;
mod wire;

pub use provider_impl::WsmanProvider;
