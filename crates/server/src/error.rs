//! Why the service does not start, in words for the one who starts it.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Why the service does not start, or does not take a new certificate or users file.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration cannot work; the text says which field and why.
    #[error("{0}")]
    Config(String),
    /// A file cannot be read or written.
    #[error("{what} {}: {cause}", path.display())]
    File {
        /// What the file is for.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's reason, or what is wrong with the content.
        cause: String,
    },
    /// An address cannot be listened on.
    #[error("cannot listen on {address}: {cause}{}", listen_advice(cause))]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's reason.
        cause: io::Error,
    },
    /// The cryptographic library refused.
    #[error("OpenSSL: {0}")]
    Crypto(#[from] openssl::error::ErrorStack),
}

impl StartError {
    /// A file that cannot be read or written, or has a wrong content.
    pub(crate) fn file(what: &'static str, path: &Path, cause: impl fmt::Display) -> Self {
        Self::File {
            what,
            path: path.to_owned(),
            cause: cause.to_string(),
        }
    }
}

fn listen_advice(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::AddrInUse => {
            " (another process listens there: stop it, or choose another port with `--listen`)"
        }
        io::ErrorKind::PermissionDenied => " (ports below 1024 need a privilege)",
        io::ErrorKind::AddrNotAvailable => " (this machine has no such address)",
        _ => "",
    }
}
