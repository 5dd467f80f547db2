//! Why a conversation with a service went wrong.

use cimi_model::types::Job;

/// Why a request could not be made, or an answer is no success.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// A URI that cannot be asked for.
    #[error("`{uri}`: {reason}")]
    Uri {
        /// As it was given.
        uri: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A resource cannot be written in the format.
    #[error("the request cannot be written: {0}")]
    Unwritable(String),
    /// The service refused, and said why in a job (DSP0263 4.2.2).
    #[error("{status}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Its `statusMessage`; the reason of the status if the body has none.
        message: String,
        /// After how many seconds another try makes sense.
        retry_after: Option<u32>,
        /// The whole report.
        report: Option<Box<Job>>,
    },
    /// What came is not the document that was asked for.
    #[error("the answer cannot be read: {0}")]
    Answer(String),
    /// The resource does not offer the operation to this caller at present.
    #[error("{id} does not offer {rel} now; it offers {offered}")]
    NotOffered {
        /// The URI of the resource.
        id: String,
        /// The operation that was asked for.
        rel: String,
        /// Those that it has, or `nothing`.
        offered: String,
    },
    /// A job ended, and not well.
    #[error("the job {} ended in {}: {}", .0.id.as_deref().unwrap_or("(unnamed)"),
        .0.state.as_ref().map_or("an unknown state", |s| s.as_str()),
        .0.status_message.as_deref().unwrap_or("the service does not say why"))]
    Job(Box<Job>),
}
