//! The command `cimi-bridge`: one file a command, each with its arguments and a `run`.

mod codegen;
mod completions;
mod failure;
mod further;
mod logging;
mod mof;
mod password;
mod serve;
mod user;
mod welcome;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// One cloud model behind several protocols: DMTF CIMI over REST and over WS-Management.
#[derive(Debug, Parser)]
#[command(name = "cimi-bridge", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    User(user::User),
    Mof(mof::Mof),
    Codegen(codegen::Codegen),
    Completions(completions::Completions),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Serve(command) => command.run(),
        Command::User(command) => command.run(),
        Command::Mof(command) => command.run(),
        Command::Codegen(command) => command.run(),
        Command::Completions(command) => command.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
