//! What every remote back end needs, whatever its protocol: the configuration of a cloud, the logins towards
//! it, and calls that are limited, repeated only where that is safe, and cut off while the cloud is down.
//!
//! A remote provider tells [`Upstream::call`] how one try ended ([`Trouble`]); whether there is another one,
//! when, and what the caller is told at last is decided here, the same for all protocols.

mod breaker;
mod call;
mod config;
mod logins;
mod trouble;

pub use call::{Repeat, Upstream};
pub use config::{
    CloudConfig, CloudKind, ConfigError, LoginScheme, Logins, MAX_NAME, Mapping, USUAL_NAMESPACE,
};
pub use logins::{Callers, Sessions, http_settings};
pub use trouble::Trouble;
