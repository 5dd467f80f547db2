//! Why a call got no answer.

use std::time::Duration;

/// Why a call got no answer. The messages are for the people who run the client.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The URL is no `http://` or `https://` one with a host.
    #[error("`{url}` is not a URL such as https://host:5986/wsman: {reason}")]
    Url {
        /// As it was given.
        url: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Nobody listens, or the name is unknown.
    #[error("cannot connect to {authority}: {cause}")]
    Connect {
        /// Host and port.
        authority: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The name leads to no address that may be connected to.
    #[error("{authority} has no address that may be connected to from here")]
    Forbidden {
        /// Host and port.
        authority: String,
    },
    /// The certificate or the handshake.
    #[error("no trusted TLS connection to {authority}: {reason}")]
    Tls {
        /// Host and port.
        authority: String,
        /// What OpenSSL says.
        reason: String,
    },
    /// A file with certificates, or the system's.
    #[error("cannot use the certificates{}: {reason}", .file.as_ref().map(|f| format!(" in {f}")).unwrap_or_default())]
    Certificates {
        /// The file, if it is one.
        file: Option<String>,
        /// What OpenSSL says.
        reason: String,
    },
    /// It took too long.
    #[error("{authority} did not answer within {} s ({during})", .after.as_secs_f64())]
    Timeout {
        /// Host and port.
        authority: String,
        /// What was waited for.
        during: &'static str,
        /// How long.
        after: Duration,
    },
    /// The connection broke, or what came is no HTTP.
    #[error("the connection to {authority} failed: {reason}")]
    Connection {
        /// Host and port.
        authority: String,
        /// What happened.
        reason: String,
    },
    /// The answer is larger than the client takes.
    #[error("the answer of {authority} has more than {limit} bytes")]
    TooLarge {
        /// Host and port.
        authority: String,
        /// The bound.
        limit: usize,
    },
    /// The service wants a login that was not given, is wrong, or is of a kind that this client does not
    /// have.
    #[error("{authority} refused the login: {reason}")]
    Login {
        /// Host and port.
        authority: String,
        /// Why.
        reason: String,
    },
    /// The request cannot be sent.
    #[error("the request cannot be sent: {0}")]
    Request(String),
}
