//! `cimi-bridge mof`: the MOF compiler for people and scripts.

mod check;
mod dump;
mod explain;
mod sources;

use clap::{Args, Subcommand};

use crate::failure::Failure;
pub(crate) use sources::report;

/// Check MOF files, or show what is in them
#[derive(Debug, Args)]
pub(crate) struct Mof {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Dump(dump::Dump),
    Explain(explain::Explain),
    Lints(explain::Lints),
}

impl Mof {
    pub(crate) fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Check(command) => command.run(),
            Command::Dump(command) => command.run(),
            Command::Explain(command) => command.run(),
            Command::Lints(command) => command.run(),
        }
    }
}
