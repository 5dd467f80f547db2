//! The HTTP client of everything that calls other services: the command's WS-Management client today, remote
//! providers next.
//!
//! One [`Client`] speaks to one service. It keeps connections, verifies TLS with the system's OpenSSL, logs
//! in with Basic or Digest, and bounds every wait and the size of every answer. It knows nothing of what it
//! carries.

mod client;
mod connection;
pub mod digest;
mod error;
mod line;
mod login;

pub use client::{CONNECTING, Client, Followed, MAX_ANSWER, Settings, Stream};
pub use connection::{Identity, Security, Trust};
pub use error::Error;
pub use login::{Credentials, Scheme};
