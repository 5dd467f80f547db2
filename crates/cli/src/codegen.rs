//! `cimi-bridge codegen`: Rust and XML Schemas from anyone's MOF.

use std::path::PathBuf;

use cim_codegen::{Builder, Derive, Options, Selection, Structs};
use clap::Args;

use crate::failure::Failure;
use crate::mof;

const EXAMPLES: &str = "\
Examples:
  cimi-bridge codegen --mof acme.mof --rust src/model
  cimi-bridge codegen --mof acme.mof --rust src/model \\
      --classes ACME_Fan,ACME_Rack --derive Debug,Clone,serde,instance
  cimi-bridge codegen --mof acme.mof --xsd schemas --check

Exit codes: 0 written, or nothing is stale; 1 the MOF has errors, a class is not there, a file cannot be
written, or with --check something is stale; 2 wrong arguments.

In a build script use the crate cim-codegen instead: its Builder has the same options. docs/code-generator.md
says more.";

/// Generate Rust tables and types, and XML Schemas, from MOF
///
/// Descriptor tables are made of all classes; typed structs of those that --classes names, and of what they
/// embed. Files that are right already are left alone; generated files of classes that are gone are removed;
/// what the generator did not make stays. Without any argument, in the project's folder, it renews
/// everything that is generated there.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Codegen {
    /// The MOF files; what they include is read too [default: mof/cimi.mof]
    #[arg(long, value_name = "FILE", num_args = 1..)]
    mof: Vec<PathBuf>,
    /// Refuse includes of files outside of this folder
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Folder of the Rust modules
    #[arg(long, value_name = "DIR")]
    rust: Option<PathBuf>,
    /// Folder of the XML Schemas
    #[arg(long, value_name = "DIR")]
    xsd: Option<PathBuf>,
    /// Make typed structs of these classes, or of `all`
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    classes: Vec<String>,
    /// What the structs implement: serde, yaserde, instance (conversion to and from
    /// cim_core::Instance), or the path of any derive macro
    #[arg(
        long,
        value_name = "DERIVE",
        value_delimiter = ',',
        requires = "classes"
    )]
    derive: Vec<Derive>,
    /// Make typed structs in the spelling of CIMI REST of the classes that have one
    #[arg(long)]
    rest_types: bool,
    /// Write nothing; name the files that are not what would be written, and fail if there are any
    #[arg(long)]
    check: bool,
}

impl Codegen {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let builder = self.builder()?;
        // Warnings are worth seeing, too, and errors in colour.
        let compilation = builder.compile_all();
        mof::report(&compilation)?;
        if self.check {
            let report = builder.check_from(&compilation).map_err(Failure::new)?;
            let stale: Vec<_> = report.changed().collect();
            for file in &stale {
                eprintln!("stale: {}", file.display());
            }
            return match stale.len() {
                0 => Ok(()),
                1 => Err(Failure::new(
                    "1 of the generated files is stale: run the same command without --check",
                )),
                n => Err(Failure::new(format!(
                    "{n} of the generated files are stale: run the same command without --check"
                ))),
            };
        }
        let report = builder.generate_from(&compilation).map_err(Failure::new)?;
        eprintln!(
            "{} classes: {} files, {} changed",
            report.classes,
            report.files,
            report.changed().count()
        );
        Ok(())
    }

    fn builder(&self) -> Result<Builder, Failure> {
        let own = self.mof.is_empty();
        let mut builder = Builder::new();
        if own {
            builder = builder.mof("mof/cimi.mof");
        }
        for file in &self.mof {
            builder = builder.mof(file);
        }
        if let Some(root) = &self.root {
            builder = builder.root(root);
        }
        // The project's own folders.
        let defaults = own && self.rust.is_none() && self.xsd.is_none();
        let or_own = |given: &Option<PathBuf>, folder: &str| {
            given
                .clone()
                .or_else(|| defaults.then(|| PathBuf::from(folder)))
        };
        if let Some(folder) = or_own(&self.rust, "crates/cimi-model/src/generated") {
            builder = builder.rust(folder);
        }
        if let Some(folder) = or_own(&self.xsd, "xsd") {
            builder = builder.xsd(folder);
        }
        if !defaults && self.rust.is_none() && self.xsd.is_none() {
            return Err(Failure::usage(
                "say where to: --rust DIR for Rust modules, --xsd DIR for XML Schemas, or both",
            ));
        }
        let classes = match self.classes.as_slice() {
            [] => None,
            [all] if all.eq_ignore_ascii_case("all") => Some(Selection::All),
            names => Some(Selection::Named(names.to_vec())),
        };
        let structs = classes.map(|classes| Structs {
            classes,
            derives: self.derive.clone(),
        });
        Ok(builder.options(Options {
            structs: structs.into_iter().collect(),
            rest: self.rest_types || defaults,
        }))
    }
}
