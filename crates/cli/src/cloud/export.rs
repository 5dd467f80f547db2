//! `cimi-bridge export`: everything that the caller sees, into one file.

use std::io::Write;
use std::path::PathBuf;

use cimi_client::cloud;
use clap::Args;

use super::Remote;
use crate::failure::Failure;

const EXAMPLES: &str = "\
Examples:
  cimi-bridge export --user admin --output cloud.json
  cimi-bridge export --url https://cloud.example/cimi/ --user ann --format xml > cloud.xml";

/// Write a whole cloud into one file
///
/// Reads every collection of a CIMI REST service, as far as the caller may see it. Passwords and keys are
/// never in it: no service shows them. `cimi-bridge import` makes the cloud again elsewhere.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Export {
    #[command(flatten)]
    remote: Remote,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Export {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let format = self.remote.format();
        let (text, resources) = self.remote.run(async |client, model| {
            let cloud = cloud::export(&client, &model).await?;
            Ok((cloud.write(&model, format)?, cloud.len()))
        })?;
        match &self.output {
            Some(path) => {
                std::fs::write(path, text)
                    .map_err(|error| Failure::new(format_args!("{}: {error}", path.display())))?;
                eprintln!("{resources} resources are in {}", path.display());
            }
            None => std::io::stdout()
                .lock()
                .write_all(text.as_bytes())
                .map_err(|error| Failure::new(format_args!("standard output: {error}")))?,
        }
        Ok(())
    }
}
