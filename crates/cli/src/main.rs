//! The command `cimi-bridge`: one file a command, each with its arguments and a `run`.

mod cloud;
mod clouds;
mod codegen;
mod completions;
mod explain;
mod failure;
mod further;
mod logging;
mod mof;
mod password;
mod serve;
mod user;
mod welcome;
mod wsman;

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
    Serve(Box<serve::Serve>),
    User(user::User),
    Identify(wsman::Identify),
    Get(wsman::Get),
    Put(wsman::Put),
    Create(wsman::Create),
    Delete(wsman::Delete),
    Enumerate(wsman::Enumerate),
    Associators(wsman::Associators),
    References(wsman::References),
    Invoke(wsman::Invoke),
    Class(wsman::Class),
    Watch(wsman::Watch),
    Sink(wsman::Sink),
    Export(cloud::Export),
    Import(cloud::Import),
    Explain(explain::Explain),
    Mof(mof::Mof),
    Codegen(codegen::Codegen),
    Completions(completions::Completions),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Serve(command) => command.run(),
        Command::User(command) => command.run(),
        Command::Identify(command) => command.run(),
        Command::Get(command) => command.run(),
        Command::Put(command) => command.run(),
        Command::Create(command) => command.run(),
        Command::Delete(command) => command.run(),
        Command::Enumerate(command) => command.run(),
        Command::Associators(command) => command.run(),
        Command::References(command) => command.run(),
        Command::Invoke(command) => command.run(),
        Command::Class(command) => command.run(),
        Command::Watch(command) => command.run(),
        Command::Sink(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Explain(command) => command.run(),
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

    /// What a service gives to go on with may begin like an option.
    #[test]
    fn contexts_and_bookmarks_may_begin_with_a_hyphen() {
        for arguments in [
            ["cimi-bridge", "watch", "--bookmark", "-Zx9"].as_slice(),
            &[
                "cimi-bridge",
                "enumerate",
                "CIMI_Machine",
                "--resume",
                "--x",
            ],
        ] {
            let parsed = Arguments::try_parse_from(arguments);
            assert!(parsed.is_ok(), "{arguments:?}: {:?}", parsed.err());
        }
    }
}
