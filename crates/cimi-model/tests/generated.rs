//! What is checked in is what the generator makes of the MOF today.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use cim_codegen::{File, Options};
use cim_core::ClassDescriptor;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The classes of `mof/cimi.mof`, compiled now.
fn classes() -> &'static [&'static ClassDescriptor] {
    static CLASSES: LazyLock<Vec<&'static ClassDescriptor>> = LazyLock::new(|| {
        let compilation =
            cim_mof::compile(&[root().join("mof/cimi.mof")], &cim_mof::Options::default());
        assert!(
            compilation.diagnostics().is_empty(),
            "{}",
            compilation.render(false)
        );
        compilation.lower()
    });
    &CLASSES
}

fn all_files(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(all_files(&path)?);
        } else {
            found.insert(path);
        }
    }
    Ok(found)
}

fn assert_fresh(folder: &Path, files: &[File]) -> io::Result<()> {
    let stale: Vec<_> = files
        .iter()
        .filter(|f| {
            std::fs::read_to_string(folder.join(&f.path))
                .ok()
                .as_deref()
                != Some(&f.text)
        })
        .map(|f| f.path.display().to_string())
        .collect();
    assert!(
        stale.is_empty(),
        "run `make generate`: these are not what the MOF says: {}",
        stale.join(", ")
    );
    let wanted: BTreeSet<PathBuf> = files.iter().map(|f| folder.join(&f.path)).collect();
    let left_over: Vec<_> = all_files(folder)?.difference(&wanted).cloned().collect();
    assert!(
        left_over.is_empty(),
        "the MOF has no class for these: {left_over:?}"
    );
    Ok(())
}

fn rust(classes: &[&'static ClassDescriptor]) -> Vec<File> {
    // Without chosen classes there is none that could be unknown.
    let options = Options {
        rest: true,
        ..Options::default()
    };
    cim_codegen::rust(classes, &options).unwrap_or_default()
}

#[test]
fn rust_is_fresh() {
    let folder = root().join("crates/cimi-model/src/generated");
    assert_fresh(&folder, &rust(classes())).unwrap();
}

#[test]
fn xml_schemas_are_fresh() {
    assert_fresh(&root().join("xsd"), &cim_codegen::xsd(classes())).unwrap();
}

/// The tables that were generated and those that the service would make of the MOF when it starts are
/// the same, down to the last qualifier.
#[test]
fn tables_are_the_lowered_mof() {
    let generated = cimi_model::schema().classes();
    assert_eq!(generated.len(), classes().len());
    for (ours, mof) in generated.iter().zip(classes()) {
        assert_eq!(format!("{ours:#?}"), format!("{mof:#?}"));
    }
}

#[test]
fn generation_is_deterministic() {
    let again = rust(cimi_model::schema().classes());
    for (first, second) in rust(classes()).iter().zip(&again) {
        assert!(
            first == second,
            "{} differs:\n{first:?}\n{second:?}",
            first.path.display()
        );
    }
}

/// A validator that nobody here wrote takes every schema: alone, and all at once.
#[test]
fn xmllint_accepts_every_schema() {
    if Command::new("xmllint").arg("--version").output().is_err() {
        eprintln!("SKIPPED: xmllint is not installed (Debian: libxml2-utils)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("machine.xml");
    std::fs::write(&document, include_str!("fixtures/machine.xml")).unwrap();
    let unrelated = folder.path().join("unrelated.xml");
    std::fs::write(&unrelated, "<unrelated/>").unwrap();
    for schema in all_files(&root().join("xsd")).unwrap() {
        let file = schema.file_name().unwrap().to_string_lossy().into_owned();
        let is_for_document = file == "CIMI_Machine.xsd" || file == "all.xsd";
        let output = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .arg(&schema)
            .arg(if is_for_document {
                &document
            } else {
                &unrelated
            })
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        // 0: the document is valid; 3: it is not, 5: the schema is not.
        let expected = if is_for_document { 0 } else { 3 };
        assert_eq!(output.status.code(), Some(expected), "{file}: {said}");
    }
}
