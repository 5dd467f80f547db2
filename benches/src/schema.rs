//! What it costs to compile the whole CIM Schema of DMTF, and to make Rust of it.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::process::{peak_kib, repeat, root};
use crate::scenario::Row;

/// The unpacked schema.
pub(crate) struct Schema {
    folder: TempDir,
    top: PathBuf,
}

/// A compilation of it.
pub(crate) struct Compilation {
    /// Its CPU time.
    pub row: Row,
    /// Who did it.
    pub compiler: &'static str,
    /// The largest resident memory, in KiB.
    pub peak_kib: u64,
    /// What it may be, in MB.
    pub budget_mb: Option<u64>,
}

impl Schema {
    /// `None` where the schema is not beside the project.
    pub(crate) fn unpack() -> Result<Option<Self>, Box<dyn Error>> {
        let zip = root()?.join("../shared/data/cim-schema/cim_schema_2.49.0Final-MOFs.zip");
        if !zip.exists() {
            eprintln!("SKIPPED: the CIM Schema is not in ../shared/data/cim-schema");
            return Ok(None);
        }
        let folder = TempDir::new()?;
        let unpacked = Command::new("python3")
            .args(["-m", "zipfile", "-e"])
            .args([&zip, folder.path()])
            .status()?;
        if !unpacked.success() {
            return Err("the CIM Schema cannot be unpacked".into());
        }
        let top = folder.path().join("cim_schema_2.49.0.mof");
        Ok(Some(Self { folder, top }))
    }

    /// The cost of compiling it with all checks, beside that of pywbem.
    pub(crate) fn compilations(&self, bridge: &Path) -> Result<Vec<Compilation>, Box<dyn Error>> {
        const BUDGET_US: f64 = 40_000.0;
        const BUDGET_MB: u64 = 40;
        let ours = || {
            let mut command = Command::new(bridge);
            command.args(["mof", "check"]).arg(&self.top);
            command
        };
        let mut found = vec![Compilation {
            row: repeat("mof check, whole CIM Schema", 30, Some(BUDGET_US), ours)?,
            compiler: "mof check",
            peak_kib: peak_kib(&ours())?,
            budget_mb: Some(BUDGET_MB),
        }];
        let python = root()?.join("tests/.venv/bin/python");
        if python.exists() {
            const SCRIPT: &str = "import sys, pywbem\n\
                c = pywbem.MOFCompiler(pywbem.MOFWBEMConnection(), log_func=None)\n\
                c.compile_file(sys.argv[1], 'root/cimv2')";
            let theirs = || {
                let mut command = Command::new(&python);
                command.args(["-I", "-c", SCRIPT]).arg(&self.top);
                command
            };
            found.push(Compilation {
                row: repeat("pywbem, whole CIM Schema", 1, None, theirs)?,
                compiler: "pywbem",
                peak_kib: peak_kib(&theirs())?,
                budget_mb: None,
            });
        }
        Ok(found)
    }

    /// The cost of making tables of all classes, and what they cost the compiler of Rust.
    pub(crate) fn tables(&self, bridge: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
        const BUDGET_US: f64 = 300_000.0;
        let package = self.folder.path().join("tables");
        let source = package.join("src");
        let generate = || {
            let mut command = Command::new(bridge);
            command.args(["codegen", "--mof"]).arg(&self.top);
            command.arg("--rust").arg(source.join("model"));
            command
        };
        // Into a folder where nothing is yet.
        let made = repeat("codegen, whole CIM Schema", 1, Some(BUDGET_US), generate)?;
        let core = root()?.join("crates/cim-core");
        let manifest = format!(
            "[package]\nname = \"tables\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\ncim-core = {{ path = {core:?} }}\n\n[workspace]\n"
        );
        fs::write(package.join("Cargo.toml"), manifest)?;
        fs::copy(root()?.join("Cargo.lock"), package.join("Cargo.lock"))?;
        let library = source.join("lib.rs");
        let build = || {
            let mut command = Command::new("cargo");
            command
                .current_dir(&package)
                .env("CARGO_INCREMENTAL", "0")
                .args(["build", "--quiet", "--offline", "--target-dir", "target"]);
            command
        };
        // First what the tables need.
        fs::write(&library, "")?;
        repeat("", 1, None, build)?;
        fs::write(&library, "pub mod model;\n")?;
        let compiled = repeat("rustc, tables of the whole CIM Schema", 1, None, build)?;
        Ok(vec![made, compiled])
    }
}
