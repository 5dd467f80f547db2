//! The generator in a `build.rs`, and behind the command.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cim_core::ClassDescriptor;

use crate::file::File;
use crate::options::{Derive, OptionError, Options, Selection, Structs};

/// Generates Rust, and XML Schemas if wanted, from anyone's MOF.
///
/// In a `build.rs`, with `cim-codegen` among the `[build-dependencies]` and `cim-core` among the
/// `[dependencies]`:
///
/// ```no_run
/// use cim_codegen::{Builder, Selection};
///
/// fn main() -> Result<(), cim_codegen::Error> {
///     Builder::new()
///         .mof("mof/acme.mof")
///         .structs(Selection::named(["ACME_Fan", "ACME_Rack"]), "Debug, Clone, PartialEq, Default, instance")?
///         .generate()?;
///     Ok(())
/// }
/// ```
///
/// and in `src/lib.rs`:
///
/// ```ignore
/// pub mod model {
///     include!(concat!(env!("OUT_DIR"), "/model/mod.rs"));
/// }
/// ```
///
/// (A folder of your own in the source tree goes with [`Builder::rust`] instead.) Then
/// `model::classes::CLASSES` has the descriptor of every class, `model::classes::acme_fan` the table
/// of one with the positions of its properties, and `model::structs::AcmeFan` the typed struct. The MOF
/// files are watched: cargo runs the build script again when one changes.
///
/// `serde` and `yaserde` need these crates beside `cim-core`; `yaserde` needs `xml` too.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until generate() is called"]
pub struct Builder {
    mof: Vec<PathBuf>,
    root: Option<PathBuf>,
    rust: Option<PathBuf>,
    xsd: Option<PathBuf>,
    options: Options,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// No MOF yet; Rust goes to `$OUT_DIR/model`.
    pub fn new() -> Self {
        Self {
            mof: Vec::new(),
            root: None,
            rust: std::env::var_os("OUT_DIR").map(|out| PathBuf::from(out).join("model")),
            xsd: None,
            options: Options::default(),
        }
    }

    /// Adds a MOF file; what it includes is read too.
    pub fn mof(mut self, file: impl Into<PathBuf>) -> Self {
        self.mof.push(file.into());
        self
    }

    /// Refuses includes of files outside of a folder.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = Some(folder.into());
        self
    }

    /// Where the Rust modules go.
    pub fn rust(mut self, folder: impl Into<PathBuf>) -> Self {
        self.rust = Some(folder.into());
        self
    }

    /// Where XML Schemas go; without it, there are none.
    pub fn xsd(mut self, folder: impl Into<PathBuf>) -> Self {
        self.xsd = Some(folder.into());
        self
    }

    /// Typed structs of these classes with these derives (`Debug, Clone, serde, yaserde, instance`, or
    /// the path of any derive macro; none if empty). Classes that are chosen twice have the derives of
    /// both.
    ///
    /// # Errors
    /// A word of the list is no derive.
    pub fn structs(mut self, classes: Selection, derives: &str) -> Result<Self, Error> {
        self.options.structs.push(Structs {
            classes,
            derives: Derive::list(derives)?,
        });
        Ok(self)
    }

    /// All options of the Rust modules at once.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Compiles, generates, and writes what has changed; files of classes that are gone are removed.
    /// What the generator did not make stays.
    ///
    /// # Errors
    /// The MOF has errors (the message is their rendering), the options name a class that is not there,
    /// or a file cannot be written.
    pub fn generate(&self) -> Result<Report, Error> {
        self.generate_from(&self.compile()?)
    }

    /// [`Builder::generate`] from what [`Builder::compile_all`] found: for who wants to show the warnings.
    ///
    /// # Errors
    /// The same.
    pub fn generate_from(&self, compilation: &cim_mof::Compilation) -> Result<Report, Error> {
        let changes = self.check_from(compilation)?;
        if std::env::var_os("OUT_DIR").is_some() {
            let sources = compilation.sources();
            let files = (0..).map_while(|at| sources.file(at));
            for file in files {
                println!("cargo::rerun-if-changed={}", file.path.display());
            }
        }
        for change in &changes.pending {
            change.apply()?;
        }
        Ok(changes)
    }

    /// What [`Builder::generate`] would do, without doing it.
    ///
    /// # Errors
    /// The same, but for writing.
    pub fn check(&self) -> Result<Report, Error> {
        self.check_from(&self.compile()?)
    }

    /// [`Builder::check`] from what [`Builder::compile_all`] found.
    ///
    /// # Errors
    /// The same.
    pub fn check_from(&self, compilation: &cim_mof::Compilation) -> Result<Report, Error> {
        if compilation.error_count() > 0 {
            return Err(Error::Mof(compilation.render(false)));
        }
        self.changes(&compilation.lower())
    }

    /// The compiled MOF with all that the compiler has to say about it.
    pub fn compile_all(&self) -> cim_mof::Compilation {
        let options = cim_mof::Options {
            root: self.root.clone(),
            ..cim_mof::Options::default()
        };
        cim_mof::compile(&self.mof, &options)
    }

    fn compile(&self) -> Result<cim_mof::Compilation, Error> {
        if self.mof.is_empty() {
            return Err(OptionError("no MOF file is named".to_owned()).into());
        }
        Ok(self.compile_all())
    }

    fn changes(&self, classes: &[&'static ClassDescriptor]) -> Result<Report, Error> {
        let mut report = Report {
            classes: classes.len(),
            ..Report::default()
        };
        if let Some(folder) = &self.rust {
            let files = crate::rust(classes, &self.options)?;
            report.add(folder, &files)?;
        }
        if let Some(folder) = &self.xsd {
            report.add(folder, &crate::xsd(classes))?;
        }
        if self.rust.is_none() && self.xsd.is_none() {
            return Err(OptionError(
                "no folder to write to is named, and OUT_DIR is not set".to_owned(),
            )
            .into());
        }
        Ok(report)
    }
}

/// Why nothing was generated.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The MOF has errors: their rendering.
    Mof(String),
    /// An option cannot be followed.
    Option(OptionError),
    /// A file cannot be read or written.
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
    /// A file that was not generated stands where one would be.
    Foreign(PathBuf),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mof(rendered) => write!(f, "the MOF has errors:\n{rendered}"),
            Self::Option(error) => error.fmt(f),
            Self::File { path, cause } => {
                write!(f, "cannot read or write `{}`: {cause}", path.display())
            }
            Self::Foreign(path) => write!(
                f,
                "`{}` was not generated, and is not replaced: move it, or generate into another folder",
                path.display()
            ),
        }
    }
}

impl std::error::Error for Error {}

impl From<OptionError> for Error {
    fn from(error: OptionError) -> Self {
        Self::Option(error)
    }
}

/// What was generated.
#[derive(Debug, Default)]
pub struct Report {
    /// How many classes the MOF has.
    pub classes: usize,
    /// How many files were generated.
    pub files: usize,
    pending: Vec<Change>,
}

impl Report {
    /// The files that were written or removed, or would be.
    pub fn changed(&self) -> impl Iterator<Item = &Path> {
        self.pending.iter().map(Change::path)
    }

    /// The differences between a folder and what belongs into it.
    fn add(&mut self, folder: &Path, files: &[File]) -> Result<(), Error> {
        self.files += files.len();
        let wanted: BTreeSet<PathBuf> = files.iter().map(|f| folder.join(&f.path)).collect();
        for file in files {
            let path = folder.join(&file.path);
            match fs::read_to_string(&path) {
                Ok(text) if text == file.text => {}
                // Nothing that somebody wrote is lost.
                Ok(text) if !text.trim().is_empty() && !File::is_generated(&text) => {
                    return Err(Error::Foreign(path));
                }
                _ => self.pending.push(Change::Write(path, file.text.clone())),
            }
        }
        let folders: BTreeSet<&Path> = wanted.iter().filter_map(|path| path.parent()).collect();
        for folder in folders {
            let Ok(entries) = fs::read_dir(folder) else {
                continue;
            };
            for entry in entries {
                let path = entry
                    .map_err(|cause| Error::File {
                        path: folder.to_owned(),
                        cause,
                    })?
                    .path();
                if !wanted.contains(&path) && path.is_file() && is_generated(&path) {
                    self.pending.push(Change::Remove(path));
                }
            }
        }
        Ok(())
    }
}

fn is_generated(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| File::is_generated(&text))
}

/// What has to happen to a file to make it what the MOF says.
#[derive(Debug)]
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

    fn apply(&self) -> Result<(), Error> {
        let outcome = match self {
            Self::Write(path, text) => path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(path, text)),
            Self::Remove(path) => fs::remove_file(path),
        };
        outcome.map_err(|cause| Error::File {
            path: self.path().to_owned(),
            cause,
        })
    }
}
