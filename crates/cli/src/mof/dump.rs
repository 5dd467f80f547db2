//! `mof dump`: what a compilation holds.

use std::io::{self, BufWriter, Write};

use clap::Args;

use super::sources::{Sources, report};
use crate::failure::Failure;

/// Print qualifier types and classes, with all that they declare
///
/// As MOF of one file, or with --json as JSON. Nothing else is on standard output.
#[derive(Debug, Args)]
pub(super) struct Dump {
    #[command(flatten)]
    sources: Sources,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// Show inherited properties and methods in each class too, marked as propagated
    #[arg(long, requires = "json")]
    flatten: bool,
}

impl Dump {
    pub(super) fn run(self) -> Result<(), Failure> {
        let compilation = self.sources.compile()?;
        report(&compilation)?;
        let mut stdout = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        if self.json {
            compilation
                .write_dump(self.flatten, &mut stdout)
                .and_then(|()| writeln!(stdout))
        } else {
            stdout.write_all(compilation.print().as_bytes())
        }
        .and_then(|()| stdout.flush())
        .map_err(Failure::new)
    }
}
