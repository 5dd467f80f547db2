//! How one try of a call ended when it did not end well.

use std::time::Duration;

use cim_core::CimError;
use http_client::Error as HttpError;

/// How one try of a call ended when it did not end well. The texts go on where "The cloud `x`: " ends.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// The request did not reach the service: nothing has happened there.
    NotSent(String),
    /// It was sent, and no whole answer came: it may have happened.
    NoAnswer(String),
    /// The service says that it cannot do it at present, and has not (503, 429).
    Busy {
        /// When it wants to be asked again, if it says so.
        retry_after: Option<Duration>,
        /// What it says.
        reason: String,
    },
    /// The service says that it failed (500): a mistake of its own.
    Failed(String),
    /// The answer is none: it cannot be read, is too large, or contradicts the protocol.
    Nonsense(String),
    /// The service does not accept the login: nothing has happened there.
    Login(String),
    /// The service works, and refuses this request: final, and told to the caller as it is.
    Refused(CimError),
}

impl Trouble {
    /// What the service said or did; empty for a refusal, which speaks for itself.
    pub(crate) fn reason(&self) -> &str {
        match self {
            Self::NotSent(reason)
            | Self::NoAnswer(reason)
            | Self::Busy { reason, .. }
            | Self::Failed(reason)
            | Self::Nonsense(reason)
            | Self::Login(reason) => reason,
            Self::Refused(_) => "",
        }
    }
}

impl From<CimError> for Trouble {
    fn from(error: CimError) -> Self {
        Self::Refused(error)
    }
}

impl From<HttpError> for Trouble {
    fn from(error: HttpError) -> Self {
        let text = error.to_string();
        match error {
            HttpError::Url { .. }
            | HttpError::Connect { .. }
            | HttpError::Tls { .. }
            | HttpError::Certificates { .. }
            | HttpError::Request(_) => Self::NotSent(text),
            HttpError::Timeout { during, .. } if during == http_client::CONNECTING => {
                Self::NotSent(text)
            }
            HttpError::TooLarge { .. } => Self::Nonsense(text),
            HttpError::Login { .. } => Self::Login(text),
            _ => Self::NoAnswer(text),
        }
    }
}
