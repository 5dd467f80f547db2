//! `mof fmt`: one layout for everybody.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::sources::styled;
use crate::failure::Failure;

/// Lay out MOF files anew, in place; comments stay
///
/// What is formatted stays as it is when it is formatted again. The files are UTF-8 afterwards.
/// Exit code 0: done, or with --check: nothing to do; 1: a file cannot be read, or with --check:
/// would change; 2: wrong arguments.
#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// The files; `-` is standard input, laid out to standard output
    #[arg(required = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// Change nothing; name the files that would change
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(super) fn run(self) -> Result<(), Failure> {
        let mut is_clean = true;
        for file in &self.files {
            is_clean &= self.one(file)?;
        }
        if is_clean {
            Ok(())
        } else {
            Err(Failure::Reported)
        }
    }

    /// False if something was found that the exit code must tell.
    fn one(&self, file: &Path) -> Result<bool, Failure> {
        let is_stream = file == Path::new("-");
        let mut bytes = Vec::new();
        if is_stream {
            io::stdin().read_to_end(&mut bytes).map_err(Failure::new)?;
        } else {
            bytes = std::fs::read(file).map_err(|error| {
                Failure::new(format!("cannot read `{}`: {error}", file.display()))
            })?;
        }
        let text = match cim_mof::format(file, &bytes) {
            Ok(text) => text,
            Err(compilation) => {
                let _ = write!(io::stderr(), "{}", compilation.render(styled()));
                return Ok(false);
            }
        };
        let is_same = text.as_bytes() == bytes;
        if self.check {
            if !is_same {
                writeln!(io::stdout(), "{}", file.display()).map_err(Failure::new)?;
            }
            return Ok(is_same);
        }
        if is_stream {
            io::stdout()
                .write_all(text.as_bytes())
                .map_err(Failure::new)?;
        } else if !is_same {
            std::fs::write(file, text).map_err(|error| {
                Failure::new(format!("cannot write `{}`: {error}", file.display()))
            })?;
        }
        Ok(true)
    }
}
