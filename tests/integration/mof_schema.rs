//! The CIM Schema of DMTF, compiled by us and by pywbem: class by class, property by property, qualifier
//! by qualifier.

use std::path::PathBuf;
use std::process::Command;

use crate::bridge::run;
use crate::oracle;

/// The unpacked schema; `None` (and a line that says so) where the oracles are absent.
fn schema() -> Option<(tempfile::TempDir, PathBuf)> {
    let zip = oracle::schema("cim-schema/cim_schema_2.49.0Final-MOFs.zip")?;
    let folder = tempfile::tempdir().expect("a temporary directory");
    let unpacked = Command::new("python3")
        .args(["-m", "zipfile", "-e"])
        .arg(&zip)
        .arg(folder.path())
        .status()
        .expect("Python runs");
    assert!(unpacked.success(), "{} is no zip file", zip.display());
    let top = folder.path().join("cim_schema_2.49.0.mof");
    Some((folder, top))
}

#[test]
fn pywbem_agrees_about_the_whole_cim_schema() {
    let Some((folder, top)) = schema() else {
        return;
    };
    let top = top.to_str().expect("a path in UTF-8");
    let dump = run(&["mof", "dump", "--json", "--flatten", top]);
    assert_eq!(dump.status.code(), Some(0));
    let path = folder.path().join("dump.json");
    std::fs::write(&path, &dump.stdout).expect("the dump");
    oracle::script(
        "mof_schema.py",
        &[top, path.to_str().expect("a path in UTF-8")],
    );
}
