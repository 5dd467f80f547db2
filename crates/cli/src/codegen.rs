//! `cimi-bridge codegen`: what the project generates from its MOF.

use std::fs;
use std::path::{Path, PathBuf};

use cim_codegen::File;
use clap::Args;

use crate::failure::Failure;
use crate::mof;

/// Generate Rust tables and types, and WS-CIM schemas, from MOF
///
/// Run in the project's folder it renews everything that is generated there.
#[derive(Debug, Args)]
pub(crate) struct Codegen {
    /// The model
    #[arg(long, value_name = "FILE", default_value = "mof/cimi.mof")]
    mof: PathBuf,
    /// Folder of the Rust modules
    #[arg(
        long,
        value_name = "DIR",
        default_value = "crates/cimi-model/src/generated"
    )]
    rust: PathBuf,
    /// Folder of the XML schemas
    #[arg(long, value_name = "DIR", default_value = "xsd")]
    xsd: PathBuf,
    /// Write nothing; fail if a file is not what would be written
    #[arg(long)]
    check: bool,
}

impl Codegen {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let compilation = cim_mof::compile(
            std::slice::from_ref(&self.mof),
            &cim_mof::Options::default(),
        );
        mof::report(&compilation)?;
        let classes = compilation.lower();
        let sets = [
            (&self.rust, cim_codegen::rust(&classes)),
            (&self.xsd, cim_codegen::xsd(&classes)),
        ];
        let mut stale = Vec::new();
        for (folder, files) in &sets {
            stale.extend(changes(folder, files)?);
        }
        if self.check {
            return match stale.first() {
                None => Ok(()),
                Some(first) => Err(Failure::new(format!(
                    "{} of the generated files are stale, `{}` for one: run `make generate`",
                    stale.len(),
                    first.path().display()
                ))),
            };
        }
        for change in &stale {
            change.apply()?;
        }
        eprintln!(
            "{} classes: {} files, {} changed",
            classes.len(),
            sets.iter().map(|(_, files)| files.len()).sum::<usize>(),
            stale.len()
        );
        Ok(())
    }
}

/// What has to happen to a file to make it what the MOF says.
enum Change {
    Write(PathBuf, String),
    Remove(PathBuf),
}

impl Change {
    fn path(&self) -> &Path {
        match self {
            Self::Write(path, _) | Self::Remove(path) => path,
        }
    }

    fn apply(&self) -> Result<(), Failure> {
        let outcome = match self {
            Self::Write(path, text) => path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(path, text)),
            Self::Remove(path) => fs::remove_file(path),
        };
        outcome.map_err(|error| {
            Failure::new(format!("cannot write `{}`: {error}", self.path().display()))
        })
    }
}

/// The differences between a folder and what belongs into it. Files that the generator made for a class
/// that is gone go too; what it did not make stays.
fn changes(folder: &Path, files: &[File]) -> Result<Vec<Change>, Failure> {
    let mut changes = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        if fs::read_to_string(&path).ok().as_deref() != Some(file.text.as_str()) {
            changes.push(Change::Write(path, file.text.clone()));
        }
    }
    for folder in files
        .iter()
        .filter_map(|f| f.path.parent())
        .map(|parent| folder.join(parent))
        .collect::<std::collections::BTreeSet<_>>()
    {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.map_err(Failure::new)?.path();
            let wanted = files.iter().any(|f| path.ends_with(&f.path));
            if !wanted && path.is_file() && is_generated(&path) {
                changes.push(Change::Remove(path));
            }
        }
    }
    Ok(changes)
}

fn is_generated(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| File::is_generated(&text))
}
