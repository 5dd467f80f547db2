//! `mof check`: every mistake with its place, its cause and its cure.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::sources::{Sources, count, report};
use crate::failure::Failure;

/// Report every mistake with its place, its cause and its cure
///
/// Exit code 0: no errors (there may be warnings); 1: errors; 2: wrong arguments.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    sources: Sources,
    /// For people on standard error, or for programs on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// As rustc prints its diagnostics
    Text,
    /// A JSON array
    Json,
    /// A SARIF 2.1.0 log, for editors and CI
    Sarif,
}

impl Check {
    pub(super) fn run(self) -> Result<(), Failure> {
        let compilation = self.sources.compile()?;
        let diagnostics = match self.format {
            Format::Text if !self.json => {
                report(&compilation)?;
                let warnings = match compilation.warning_count() {
                    0 => String::new(),
                    n => format!(", {}", count(n, "warning")),
                };
                eprintln!(
                    "{} in {}: no errors{warnings}",
                    count(compilation.class_count(), "class"),
                    count(compilation.sources().len(), "file"),
                );
                // The process ends: a quarter of a million small pieces need not be freed one by one.
                std::mem::forget(compilation);
                return Ok(());
            }
            Format::Sarif => compilation.diagnostics_sarif(),
            Format::Text | Format::Json => compilation.diagnostics_json(),
        };
        let mut stdout = io::stdout().lock();
        serde_json::to_writer_pretty(&mut stdout, &diagnostics).map_err(Failure::new)?;
        writeln!(stdout).map_err(Failure::new)?;
        if compilation.error_count() > 0 {
            Err(Failure::Reported)
        } else {
            Ok(())
        }
    }
}
