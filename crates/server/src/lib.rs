//! The edge: listeners, TLS, authentication, limits, metrics, shutdown, and the adapters that join
//! each protocol crate to a [`provider::Provider`].
//!
//! A connection is accepted and bounded here, a request is authenticated here, and then handed as a
//! whole to one [`Binding`]. Only this crate touches the network.

mod binding;

pub use binding::{Anonymous, Binding, Operation, Origin, Refusal, anonymous};
