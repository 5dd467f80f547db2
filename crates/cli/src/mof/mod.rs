//! `cimi-bridge mof`: the MOF compiler for people and scripts.

mod check;
mod diff;
mod doc;
mod dump;
mod explain;
mod fmt;
mod sources;
mod tree;

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
    Fmt(fmt::Fmt),
    Dump(dump::Dump),
    Tree(tree::Tree),
    Doc(doc::Doc),
    Diff(diff::Diff),
    Explain(explain::Explain),
    Lints(explain::Lints),
}

impl Mof {
    pub(crate) fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Check(command) => command.run(),
            Command::Fmt(command) => command.run(),
            Command::Dump(command) => command.run(),
            Command::Tree(command) => command.run(),
            Command::Doc(command) => command.run(),
            Command::Diff(command) => command.run(),
            Command::Explain(command) => command.run(),
            Command::Lints(command) => command.run(),
        }
    }
}
