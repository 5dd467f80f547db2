//! The generator on names and values that are trouble, and beside what DMTF published.

use std::path::Path;

use cim_codegen::{Derive, File, Options, Selection, Structs};
use cim_core::ClassDescriptor;
use expect_test::expect_file;

fn odd() -> Vec<&'static ClassDescriptor> {
    compile("tests/fixtures/odd.mof")
}

fn compile(file: &str) -> Vec<&'static ClassDescriptor> {
    let compilation = cim_mof::compile(&[file.into()], &cim_mof::Options::default());
    assert_eq!(
        compilation.error_count(),
        0,
        "{}",
        compilation.render(false)
    );
    compilation.lower()
}

fn find<'a>(files: &'a [File], path: &str) -> &'a str {
    let found = files.iter().find(|f| f.path == Path::new(path));
    found.map_or("", |f| f.text.as_str())
}

#[test]
fn odd_names_become_legal_rust() {
    let options = Options {
        structs: vec![Structs {
            classes: Selection::All,
            derives: Derive::list("Debug, Clone, PartialEq, Default, serde, yaserde, instance")
                .unwrap(),
        }],
        rest: true,
    };
    let files = cim_codegen::rust(&odd(), &options).unwrap();
    for file in &files {
        assert!(File::is_generated(&file.text));
        if let Err(error) = syn::parse_file(&file.text) {
            panic!("{}: {error}\n{}", file.path.display(), file.text);
        }
    }
    expect_file!["expected/x_self.rs.txt"].assert_eq(find(&files, "classes/x_self.rs"));
    expect_file!["expected/struct_x_self.rs.txt"].assert_eq(find(&files, "structs/x_self.rs"));
    expect_file!["expected/self_.rs.txt"].assert_eq(find(&files, "types/self_.rs"));
    expect_file!["expected/values.rs.txt"].assert_eq(find(&files, "types/values.rs"));
}

#[test]
fn every_kind_of_value_has_its_xml_type() {
    let files = cim_codegen::xsd(&odd());
    expect_file!["expected/X_Self.xsd"].assert_eq(find(&files, "X_Self.xsd"));
}

/// xmllint takes the schemas of odd classes too, and says nothing about them.
#[test]
fn xmllint_accepts_the_schemas() {
    valid(&odd(), include_str!("fixtures/odd.xml")).unwrap();
}

/// A class with letters that no URI has, in a class with such letters: namespaces are percent-encoded.
#[test]
fn letters_of_any_script_are_encoded_in_namespaces() {
    let classes = compile("tests/fixtures/letters.mof");
    let text = find(&cim_codegen::xsd(&classes), "ACME_Größe.xsd").to_owned();
    assert!(
        text.contains("cim-schema/2/ACME_Gr%C3%B6%C3%9Fe\""),
        "{text}"
    );
    valid(&classes, include_str!("fixtures/letters.xml")).unwrap();
}

/// Validates a document against the schemas of these classes.
fn valid(classes: &[&'static ClassDescriptor], document: &str) -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    for file in cim_codegen::xsd(classes) {
        std::fs::write(folder.path().join(&file.path), &file.text)?;
    }
    let path = folder.path().join("document.xml");
    std::fs::write(&path, document)?;
    let run = std::process::Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(folder.path().join("all.xsd"))
        .arg(&path)
        .output();
    let Ok(output) = run else {
        eprintln!("SKIPPED: xmllint is not installed (Debian: libxml2-utils)");
        return Ok(());
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    Ok(())
}
