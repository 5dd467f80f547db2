//! What is generated of the whole CIM Schema 2.49. Rust of all classes compiles without a warning. As to
//! the XML Schemas, a validator that nobody here wrote takes every one and what the codec writes, and
//! those of two classes are what DMTF published.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use cim_codegen::{Builder, Selection};
use cim_core::ClassDescriptor;
use expect_test::expect_file;
use proptest::strategy::{Strategy as _, ValueTree};
use proptest::test_runner::TestRunner;
use xml_wire::Writer;
use xml_wire::wscim::{WriteContext, write_instance};

mod values;

use values::instance;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data")
}

/// The folder of the unpacked schema and its top file; `None`, said aloud, where it is not at hand.
fn unpacked() -> Option<(tempfile::TempDir, PathBuf)> {
    let zip = data().join("cim-schema/cim_schema_2.49.0Final-MOFs.zip");
    let folder = tempfile::tempdir().unwrap();
    let unzipped = zip.exists()
        && Command::new("python3")
            .args(["-m", "zipfile", "-e"])
            .arg(&zip)
            .arg(folder.path())
            .status()
            .is_ok_and(|status| status.success());
    if !unzipped {
        eprintln!("SKIPPED: ../shared/data or python3 is not there");
        return None;
    }
    let top = folder.path().join("cim_schema_2.49.0.mof");
    Some((folder, top))
}

/// The classes; `None` where the schema is not at hand.
fn cim_schema() -> Option<Vec<&'static ClassDescriptor>> {
    let (_folder, top) = unpacked()?;
    let compilation = cim_mof::compile(&[top], &cim_mof::Options::default());
    assert_eq!(compilation.error_count(), 0);
    Some(compilation.lower())
}

/// A crate of the tables of all classes, and of plain structs of all classes, in which a warning is an
/// error. It lies where it is found again, and only what has changed is written: the compiler works on it
/// once.
#[test]
fn tables_and_plain_structs_of_all_classes_compile_without_a_warning() {
    let Some((_folder, top)) = unpacked() else {
        return;
    };
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("whole-cim-schema");
    let report = Builder::new()
        .mof(top)
        .rust(folder.join("src/model"))
        .structs(Selection::All, "")
        .unwrap()
        .generate()
        .unwrap();
    assert_eq!(report.classes, 1_631);
    let lock = std::fs::read_to_string(manifest.join("../../Cargo.lock")).unwrap();
    let toml = format!(
        "[package]\nname = \"whole-cim-schema\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ncim-core = {{ path = {:?} }}\n\n[workspace]\n",
        manifest.join("../cim-core").canonicalize().unwrap()
    );
    for (name, text) in [
        ("Cargo.lock", lock.as_str()),
        ("Cargo.toml", &toml),
        ("src/lib.rs", "#![deny(warnings)]\npub mod model;\n"),
    ] {
        let path = folder.join(name);
        let is_there = name == "Cargo.lock" && path.exists();
        if !is_there && std::fs::read_to_string(&path).ok().as_deref() != Some(text) {
            std::fs::write(path, text).unwrap();
        }
    }
    let output = Command::new(env!("CARGO"))
        .current_dir(&folder)
        .args(["check", "--quiet", "--offline", "--target-dir", "target"])
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
}

#[test]
fn xmllint_accepts_every_class_and_what_the_codec_writes() {
    let Some(classes) = cim_schema() else { return };
    if Command::new("xmllint").arg("--version").output().is_err() {
        eprintln!("SKIPPED: xmllint is not installed (Debian: libxml2-utils)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for file in cim_codegen::xsd(&classes) {
        std::fs::write(folder.path().join(&file.path), &file.text).unwrap();
    }
    // One document each of many classes, in one run: `all.xsd` imports every schema.
    let mut runner = TestRunner::deterministic();
    let mut documents = Vec::new();
    for class in classes.iter().filter(|c| !c.flags.is_abstract).step_by(3) {
        let tree = instance(class, &classes, 0).new_tree(&mut runner).unwrap();
        let mut text = String::new();
        let context = WriteContext {
            declare: true,
            ..WriteContext::answer("root/cimv2")
        };
        write_instance(&mut Writer::new(&mut text), &tree.current(), &context);
        let name = format!("{}.xml", class.name);
        std::fs::write(folder.path().join(&name), text).unwrap();
        documents.push(name);
    }
    assert!(documents.len() > 300);
    let output = Command::new("xmllint")
        .current_dir(folder.path())
        .args(["--noout", "--nonet", "--schema", "all.xsd"])
        .args(&documents)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let wrong: Vec<&str> = said
        .lines()
        .filter(|line| !line.ends_with(" validates"))
        .take(20)
        .collect();
    assert!(
        output.status.success() && wrong.is_empty(),
        "{}",
        wrong.join("\n")
    );
}

/// What a schema document says of a property.
#[derive(Debug, Default, PartialEq)]
struct Shape {
    nillable: bool,
    ty: Option<String>,
    facets: BTreeSet<String>,
    occurs: Option<(String, String)>,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// The properties of a class schema by name. Their declarations stand at one level in both ours and
/// DMTF's, and the references in the class type.
fn shapes(text: &str) -> BTreeMap<String, Shape> {
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    let mut current = String::new();
    for tag in text.split('<') {
        let facet = ["enumeration", "minInclusive", "maxInclusive", "maxLength"]
            .into_iter()
            .find(|facet| tag.starts_with(&format!("xs:{facet} ")));
        if let (Some(facet), Some(value)) = (facet, attribute(tag, "value"))
            && let Some(shape) = shapes.get_mut(&current)
        {
            shape.facets.insert(format!("{facet} {value}"));
        }
        if !tag.starts_with("xs:element ") {
            continue;
        }
        if let Some(reference) = attribute(tag, "ref") {
            let name = reference.trim_start_matches("class:").to_owned();
            let occurs = |name: &str| attribute(tag, name).unwrap_or_else(|| "1".to_owned());
            let found = (occurs("minOccurs"), occurs("maxOccurs"));
            shapes.entry(name).or_default().occurs = Some(found);
        } else if let Some(name) = attribute(tag, "name") {
            current.clone_from(&name);
            let shape = shapes.entry(name).or_default();
            shape.nillable = attribute(tag, "nillable").as_deref() == Some("true");
            shape.ty = attribute(tag, "type");
        }
    }
    shapes
}

/// Our schemas of two classes beside those that DMTF published: every difference stands in the list,
/// with its reason at the top of it.
#[test]
fn class_schemas_are_the_published_ones_but_for_a_list() {
    let Some(classes) = cim_schema() else { return };
    let names = [
        "CIM_VirtualSystemSettingData",
        "CIM_ResourceAllocationSettingData",
    ];
    let classes: Vec<_> = classes
        .into_iter()
        .filter(|c| names.contains(&c.name))
        .collect();
    let ours = cim_codegen::xsd(&classes);
    let mut list = include_str!("expected/published.head.txt").to_owned();
    for name in names {
        let file = format!("{name}.xsd");
        let published = shapes(&std::fs::read_to_string(data().join("wscim").join(&file)).unwrap());
        let ours = ours.iter().find(|f| f.path == Path::new(&file)).unwrap();
        let ours = shapes(&ours.text);
        let _ = writeln!(list, "\n{name}");
        for property in published.keys().chain(ours.keys()).collect::<BTreeSet<_>>() {
            let (theirs, our) = match (published.get(property), ours.get(property)) {
                (Some(theirs), Some(our)) => (theirs, our),
                (Some(_), None) => {
                    let _ = writeln!(list, "  {property}: published only");
                    continue;
                }
                _ => {
                    let _ = writeln!(list, "  {property}: ours only");
                    continue;
                }
            };
            if theirs.nillable != our.nillable {
                let _ = writeln!(
                    list,
                    "  {property}: nillable {}, ours {}",
                    theirs.nillable, our.nillable
                );
            }
            if theirs.occurs != our.occurs {
                let _ = writeln!(
                    list,
                    "  {property}: occurs {:?}, ours {:?}",
                    theirs.occurs, our.occurs
                );
            }
            // Where either restricts the type, it has none of its own.
            if theirs.ty != our.ty && theirs.ty.is_some() && our.ty.is_some() {
                let _ = writeln!(
                    list,
                    "  {property}: type {:?}, ours {:?}",
                    theirs.ty, our.ty
                );
            }
            if theirs.facets != our.facets {
                let only = |a: &Shape, b: &Shape| -> String {
                    let differ: Vec<&str> =
                        a.facets.difference(&b.facets).map(String::as_str).collect();
                    differ.join(", ")
                };
                let _ = writeln!(
                    list,
                    "  {property}: values published only [{}], ours only [{}]",
                    only(theirs, our),
                    only(our, theirs)
                );
            }
        }
    }
    expect_file!["expected/published.txt"].assert_eq(&list);
}
