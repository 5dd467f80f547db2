//! `cimi-bridge import`: a cloud from a file, made again.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use cimi_client::cloud::{self, Cloud};
use clap::Args;

use super::Remote;
use crate::failure::Failure;

const EXAMPLES: &str = "\
Examples:
  cimi-bridge import --user admin cloud.json
  cimi-bridge export --url https://old.example/cimi/ --user ann |
      cimi-bridge import --url https://new.example/cimi/ --user ann -";

/// Make a cloud again from a file
///
/// Makes what `cimi-bridge export` has written, in JSON or XML, in an order in which everything finds what
/// it refers to. Prints the old and the new identifier of each resource. Says on standard error what
/// could not be taken over, such as passwords; the exit code is 1 if a resource could not be made.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Import {
    #[command(flatten)]
    remote: Remote,
    /// The file, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Import {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let name = self.file.display();
        let text =
            read(&self.file).map_err(|error| Failure::new(format_args!("{name}: {error}")))?;
        let report = self.remote.run(async |client, model| {
            let cloud = Cloud::read(&model, &text)?;
            cloud::import(&client, &model, &cloud, |_| ()).await
        })?;
        let mut out = std::io::stdout().lock();
        for made in &report.made {
            // Nobody may be reading; the cloud is there all the same.
            let _ = writeln!(out, "{} {}", made.was, made.is);
        }
        for note in &report.notes {
            eprintln!("note: {note}");
        }
        for failed in &report.failed {
            eprintln!("error: {failed}");
        }
        eprintln!(
            "{} resources were made, {} could not be",
            report.made.len(),
            report.failed.len()
        );
        if report.failed.is_empty() {
            Ok(())
        } else {
            Err(Failure::Reported)
        }
    }
}

fn read(file: &Path) -> std::io::Result<String> {
    if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(file)
}
