//! How a command fails: with a message for the terminal, or having said everything already.

use std::fmt;
use std::process::ExitCode;

/// Why a command ends with another exit code than 0.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What went wrong, and where it helps, what to do; printed as `error: ...`.
    Message(String),
    /// The command has reported it itself (diagnostics of a compiler).
    Reported,
}

impl Failure {
    /// A failure with this message.
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self::Message(message.to_string())
    }

    /// Prints what is still to be said. The exit code is 1; 2 is for wrong arguments.
    pub(crate) fn report(&self) -> ExitCode {
        if let Self::Message(message) = self {
            eprintln!("error: {message}");
        }
        ExitCode::FAILURE
    }
}
