//! `mof diff`: what changed between two versions of a schema.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::sources::{Language, compile, count, report};
use crate::failure::Failure;

/// Show what changed between two versions of a schema, and what of it breaks its users
///
/// Exit code 0: nothing breaks; 1: something does, or a schema has errors; 2: wrong arguments.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The top file of the old schema
    #[arg(value_hint = clap::ValueHint::FilePath)]
    old: PathBuf,
    /// The top file of the new schema
    #[arg(value_hint = clap::ValueHint::FilePath)]
    new: PathBuf,
    #[command(flatten)]
    language: Language,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show only what breaks
    #[arg(long)]
    breaking: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Diff {
    pub(super) fn run(self) -> Result<(), Failure> {
        let old = compile(&[self.old], &self.language)?;
        let new = compile(&[self.new], &self.language)?;
        report(&old)?;
        report(&new)?;
        let mut changes = cim_mof::diff(&old, &new);
        if self.breaking {
            changes.retain(|c| c.breaking);
        }
        let breaking = changes.iter().filter(|c| c.breaking).count();
        let mut stdout = io::stdout().lock();
        if self.format == Format::Json {
            serde_json::to_writer_pretty(&mut stdout, &changes).map_err(Failure::new)?;
            writeln!(stdout).map_err(Failure::new)?;
        } else {
            let mut out = String::new();
            for change in &changes {
                let kind = if change.breaking {
                    "breaking"
                } else {
                    "compatible"
                };
                out.push_str(&format!(
                    "{kind:<10} {}: {}",
                    change.element, change.message
                ));
                if let Some(place) = &change.place {
                    out.push_str(&format!(" ({place})"));
                }
                out.push('\n');
            }
            out.push_str(&format!(
                "{}, {breaking} breaking\n",
                count(changes.len(), "change")
            ));
            stdout.write_all(out.as_bytes()).map_err(Failure::new)?;
        }
        if breaking > 0 {
            Err(Failure::Reported)
        } else {
            Ok(())
        }
    }
}
