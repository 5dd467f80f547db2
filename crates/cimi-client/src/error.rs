//! Why a call did not do what it should.

use cimi_rest::client::ClientError;

/// Why a call did not do what it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No answer came.
    #[error(transparent)]
    Connection(#[from] http_client::Error),
    /// The service refused, or its answer cannot be read.
    #[error(transparent)]
    Service(#[from] ClientError),
    /// The file of a cloud, or what should go into one, is not as it has to be.
    #[error("{0}")]
    File(String),
    /// The service sends the client from one place to another without end.
    #[error("the service redirects or continues without end at {0}")]
    Endless(String),
    /// Something is to be waited for, and the service does not say where its job is.
    #[error("the service has accepted the request and names no job to wait for")]
    NoJob,
    /// A resource was made, and the service does not say where it is.
    #[error("the service has made a resource and does not say where it is")]
    NoLocation,
}

impl Error {
    /// The HTTP status, if the service refused.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Service(ClientError::Refused { status, .. }) => Some(*status),
            _ => None,
        }
    }
}
