//! The generator on names and values that are trouble, and beside what DMTF published.

use std::collections::BTreeMap;
use std::path::Path;

use cim_codegen::{Derive, File, Options, Selection, Structs};
use cim_core::ClassDescriptor;
use expect_test::expect_file;

fn odd() -> Vec<&'static ClassDescriptor> {
    let compilation = cim_mof::compile(
        &["tests/fixtures/odd.mof".into()],
        &cim_mof::Options::default(),
    );
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

/// xmllint takes the schemas of odd classes too.
#[test]
fn xmllint_accepts_the_schemas() {
    let folder = tempfile::tempdir().unwrap();
    for file in cim_codegen::xsd(&odd()) {
        std::fs::write(folder.path().join(&file.path), &file.text).unwrap();
    }
    let document = folder.path().join("document.xml");
    std::fs::write(&document, include_str!("fixtures/odd.xml")).unwrap();
    let run = std::process::Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(folder.path().join("all.xsd"))
        .arg(&document)
        .output();
    let Ok(output) = run else {
        eprintln!("SKIPPED: xmllint is not installed (Debian: libxml2-utils)");
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// What a schema document says about its properties: name to (nillable, type) and to occurrence.
#[derive(Debug, Default)]
struct Shape {
    elements: BTreeMap<String, (bool, Option<String>)>,
    occurrence: Vec<(String, bool, bool)>,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// Reads the declarations of a class schema; they stand at one level in both ours and DMTF's, and the
/// references in the class type.
fn shape(text: &str) -> Shape {
    let mut shape = Shape::default();
    for tag in text.split('<').filter(|tag| tag.starts_with("xs:element")) {
        if let Some(reference) = attribute(tag, "ref") {
            let name = reference.trim_start_matches("class:").to_owned();
            let optional = attribute(tag, "minOccurs").as_deref() == Some("0");
            let many = attribute(tag, "maxOccurs").as_deref() == Some("unbounded");
            shape.occurrence.push((name, optional, many));
        } else if let Some(name) = attribute(tag, "name") {
            let nillable = attribute(tag, "nillable").as_deref() == Some("true");
            shape
                .elements
                .entry(name)
                .or_insert((nillable, attribute(tag, "type")));
        }
    }
    shape
}

/// Our schema of a class beside the one that DMTF published: the same declarations, in the same order,
/// for every property that both versions of the class have.
#[test]
fn class_schemas_have_the_shape_of_the_published_ones() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let zip = data.join("cim-schema/cim_schema_2.49.0Final-MOFs.zip");
    let folder = tempfile::tempdir().unwrap();
    let unzipped = zip.exists()
        && std::process::Command::new("python3")
            .args(["-m", "zipfile", "-e"])
            .arg(&zip)
            .arg(folder.path())
            .status()
            .is_ok_and(|status| status.success());
    if !unzipped {
        eprintln!("SKIPPED: ../shared/data or python3 is not there");
        return;
    }
    let compilation = cim_mof::compile(
        &[folder.path().join("cim_schema_2.49.0.mof")],
        &cim_mof::Options::default(),
    );
    let classes: Vec<_> = compilation
        .lower()
        .into_iter()
        .filter(|c| {
            [
                "CIM_VirtualSystemSettingData",
                "CIM_ResourceAllocationSettingData",
            ]
            .contains(&c.name)
        })
        .collect();
    for class in &classes {
        let file = format!("{}.xsd", class.name);
        let published = shape(&std::fs::read_to_string(data.join("wscim").join(&file)).unwrap());
        let ours = shape(find(&cim_codegen::xsd(&classes), &file));
        let mut compared = 0;
        for (name, theirs) in &published.elements {
            if let Some(our) = ours.elements.get(name) {
                // A ValueMap that is open to other values has no facets with us.
                let same_type = our.1 == theirs.1 || theirs.1.is_none();
                assert!(
                    our.0 == theirs.0 && same_type,
                    "{}.{name}: {our:?}, published {theirs:?}",
                    class.name
                );
                compared += 1;
            }
        }
        assert!(compared > 10, "{}: {compared}", class.name);
        let common = |shape: &Shape, other: &Shape| -> Vec<(String, bool, bool)> {
            let known = |name: &String| other.elements.contains_key(name);
            let all = shape.occurrence.iter();
            all.filter(|(name, ..)| known(name)).cloned().collect()
        };
        assert_eq!(common(&ours, &published), common(&published, &ours));
    }
}
