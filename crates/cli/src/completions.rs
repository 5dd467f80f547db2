//! `cimi-bridge completions`: what a shell needs to complete our arguments.

use std::io;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::Arguments;
use crate::failure::Failure;

/// Print a completion script for a shell
///
/// For bash: `cimi-bridge completions bash > /etc/bash_completion.d/cimi-bridge`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> Result<(), Failure> {
        // Into memory first: the generator panics when its writer fails (a closed pipe).
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut Arguments::command(),
            "cimi-bridge",
            &mut script,
        );
        let mut script = String::from_utf8(script).map_err(Failure::new)?;
        if self.shell == Shell::Bash {
            // The generator takes the hyphen of our name for a step to a subcommand, in one of two places.
            script = script.replace("cimi__subcmd__bridge", "cimi__bridge");
        }
        io::Write::write_all(&mut io::stdout(), script.as_bytes()).map_err(Failure::new)
    }
}
