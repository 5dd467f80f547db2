//! The edge: listeners, TLS, authentication, limits, metrics, shutdown, and the adapters that join
//! each protocol crate to a [`provider::Provider`].
//!
//! A connection is accepted and bounded here, a request is authenticated here, and then handed as a
//! whole to one [`Binding`]. Only this crate touches the network.

mod binding;
mod body;
mod certificate;
mod clouds;
mod config;
mod connection;
mod digest;
mod edge;
mod error;
mod events;
pub mod explain;
mod framing;
mod login;
mod metrics;
mod origin;
mod packages;
pub mod private_file;
pub mod rest;
mod rewake;
mod route;
mod seal;
mod service;
#[cfg(test)]
mod socket_tests;
mod stall;
mod streaming;
mod target;
mod tls;
mod users;
pub mod wsman;

pub use binding::{Anonymous, Binding, Operation, Origin, Refusal, anonymous};
pub use clouds::{Cloud, Clouds};
pub use config::{
    Config, ConfigSource, Limits, LogConfig, LogFormat, LogLevel, LoginConfig, MetricsAccess,
    ProviderConfig, RestConfig, StoreConfig, TlsConfig, parse_listen,
};
pub use edge::Bindings;
pub use error::StartError;
pub use events::{EventsConfig, Subscriptions};
pub use packages::Packages;
pub use seal::TokenSeal;
pub use service::{Running, start, start_bindings, start_clouds, start_receiver};
pub use users::{User, UserError, Users, generate_password};
