//! `mof doc`: a schema to browse.

use std::path::{Path, PathBuf};

use clap::Args;

use super::sources::{Sources, count, report};
use crate::failure::Failure;

/// Write a reference as static HTML, with a search
///
/// Open index.html of the folder in a browser: it needs no server.
#[derive(Debug, Args)]
pub(super) struct Doc {
    #[command(flatten)]
    sources: Sources,
    /// The folder; it is made if it is not there
    #[arg(short, long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    output: PathBuf,
    /// The title of the pages
    #[arg(long, default_value = "CIM schema")]
    title: String,
}

impl Doc {
    pub(super) fn run(self) -> Result<(), Failure> {
        let compilation = self.sources.compile()?;
        report(&compilation)?;
        let at = |path: &Path, error: &dyn std::fmt::Display| {
            Failure::new(format!("cannot write `{}`: {error}", path.display()))
        };
        std::fs::create_dir_all(&self.output).map_err(|error| at(&self.output, &error))?;
        let mut pages = 0;
        compilation
            .doc(&self.title, &mut |name, text| {
                pages += 1;
                std::fs::write(self.output.join(name), text)
            })
            .map_err(|error| at(&self.output, &error))?;
        eprintln!("{} in {}", count(pages, "file"), self.output.display());
        Ok(())
    }
}
