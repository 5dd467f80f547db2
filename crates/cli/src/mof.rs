//! `cimi-bridge mof`: the MOF compiler for people and scripts.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use cim_mof::{Compilation, Options};
use clap::{Args, Subcommand};

use crate::failure::Failure;

/// Check MOF files, or print what is in them
#[derive(Debug, Args)]
pub(crate) struct Mof {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Report every mistake with its place, its cause and its cure
    ///
    /// Exit code 0: no errors (there may be warnings); 1: errors; 2: wrong arguments.
    Check(Check),
    /// Print qualifier types and classes, with all that they declare
    Dump(Dump),
    /// Say what a diagnostic code means and how to satisfy the rule behind it
    Explain(Explain),
}

#[derive(Debug, Args)]
struct Sources {
    /// The files; what they include is read too
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Refuse includes of files outside of this folder
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Check {
    #[command(flatten)]
    sources: Sources,
    /// Print the diagnostics as a JSON array on standard output
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Dump {
    #[command(flatten)]
    sources: Sources,
    /// As JSON: nothing else is on standard output, and there is no other form yet
    #[arg(long)]
    json: bool,
    /// Show inherited properties and methods in each class too, marked as propagated
    #[arg(long)]
    flatten: bool,
}

#[derive(Debug, Args)]
struct Explain {
    /// A code such as E0201
    code: String,
}

impl Mof {
    pub(crate) fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Check(check) => check.run(),
            Command::Dump(dump) => dump.run(),
            Command::Explain(explain) => explain.run(),
        }
    }
}

impl Sources {
    fn compile(&self) -> Compilation {
        let options = Options {
            root: self.root.clone(),
            ..Options::default()
        };
        cim_mof::compile(&self.files, &options)
    }
}

impl Check {
    fn run(self) -> Result<(), Failure> {
        let compilation = self.sources.compile();
        if self.json {
            print_json(&compilation.diagnostics_json())?;
            return if compilation.error_count() > 0 {
                Err(Failure::Reported)
            } else {
                Ok(())
            };
        }
        report(&compilation)?;
        eprintln!(
            "{} classes in {} files: no errors",
            compilation.class_count(),
            compilation.sources().len()
        );
        Ok(())
    }
}

impl Dump {
    fn run(self) -> Result<(), Failure> {
        let compilation = self.sources.compile();
        report(&compilation)?;
        print_json(&compilation.dump(self.flatten))
    }
}

impl Explain {
    fn run(self) -> Result<(), Failure> {
        match cim_mof::explain(&self.code) {
            Some(text) => writeln!(io::stdout(), "{text}").map_err(Failure::new),
            None => Err(Failure::new(format!(
                "there is no diagnostic `{}`; the codes look like E0201 or W0301",
                self.code
            ))),
        }
    }
}

/// Prints the diagnostics; fails if there are errors.
pub(crate) fn report(compilation: &Compilation) -> Result<(), Failure> {
    let mut stderr = io::stderr();
    let styled = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    // Nobody is left to tell if standard error fails.
    let _ = write!(stderr, "{}", compilation.render(styled));
    match compilation.error_count() {
        0 => Ok(()),
        errors => Err(Failure::new(format!(
            "{errors} {} found; `cimi-bridge mof explain CODE` says more about each",
            if errors == 1 {
                "error was"
            } else {
                "errors were"
            }
        ))),
    }
}

fn print_json(value: &serde_json::Value) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    serde_json::to_writer_pretty(&mut stdout, value).map_err(Failure::new)?;
    writeln!(stdout).map_err(Failure::new)
}
