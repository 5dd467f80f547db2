//! How a command fails: with a message for the terminal, or having said everything already.

use std::fmt;
use std::process::ExitCode;

/// Why a command ends with another exit code than 0.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What went wrong, and where it helps, what to do; printed as `error: ...`.
    Message(String),
    /// The same, with an exit code of its own.
    Coded(u8, String),
    /// The command has reported it itself (diagnostics of a compiler).
    Reported,
}

impl Failure {
    /// A failure with this message.
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self::Message(message.to_string())
    }

    /// A failure with this message and exit code.
    pub(crate) fn coded(code: u8, message: impl fmt::Display) -> Self {
        Self::Coded(code, message.to_string())
    }

    /// Arguments that clap cannot know to be wrong.
    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self::coded(2, message)
    }

    /// Prints what is still to be said. The exit code is 1 unless it is another; 2 is for wrong arguments.
    pub(crate) fn report(&self) -> ExitCode {
        match self {
            Self::Message(message) => {
                eprintln!("error: {message}");
                ExitCode::FAILURE
            }
            Self::Coded(code, message) => {
                eprintln!("error: {message}");
                ExitCode::from(*code)
            }
            Self::Reported => ExitCode::FAILURE,
        }
    }
}
