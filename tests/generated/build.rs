//! Generates the types that the tests try: of odd MOF, and of sixty classes of the CIM Schema where that
//! is at hand.

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use cim_codegen::{Builder, Derive, Options, Selection, Structs};
use cim_core::Embedded;

const DERIVES: &str = "Debug, Clone, PartialEq, Default, serde, yaserde, instance";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rustc-check-cfg=cfg(cim_schema)");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    Builder::new()
        .mof("../../crates/cim-codegen/tests/fixtures/odd.mof")
        .rust(out.join("odd"))
        .structs(Selection::All, DERIVES)?
        .generate()?;
    let zip = Path::new("../../../shared/data/cim-schema/cim_schema_2.49.0Final-MOFs.zip");
    println!("cargo::rerun-if-changed={}", zip.display());
    println!("cargo::rerun-if-changed=sixty.rs");
    let folder = out.join("cim-schema");
    let unzipped = zip.exists()
        && Command::new("python3")
            .args(["-m", "zipfile", "-e"])
            .arg(zip)
            .arg(&folder)
            .status()
            .is_ok_and(|status| status.success());
    if unzipped {
        let mof = folder.join("cim_schema_2.49.0.mof");
        sixty_classes(&mof, &out.join("cim"))?;
        println!("cargo::rustc-cfg=cim_schema");
    }
    Ok(())
}

/// The sixty classes, with tables of what they need: those of all 1,631 classes would double the time of
/// the test run.
fn sixty_classes(mof: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    // `CimAccount = "CIM_Account"`
    let list = std::fs::read_to_string("sixty.rs")?;
    let names: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let compilation = cim_mof::compile(&[mof.to_owned()], &cim_mof::Options::default());
    let all = compilation.lower();
    let mut needed: BTreeSet<&str> = BTreeSet::new();
    let mut open = names.clone();
    while let Some(name) = open.pop() {
        let class = all
            .iter()
            .find(|class| class.name.eq_ignore_ascii_case(name));
        let Some(class) = class.filter(|class| needed.insert(class.name)) else {
            continue;
        };
        open.extend(class.ancestors);
        let parameters = class
            .methods
            .iter()
            .flat_map(|m| m.parameters)
            .map(|p| &p.value);
        for value in class.properties.iter().chain(parameters) {
            if let Embedded::Instance(name) = value.embedded {
                open.push(name);
            }
        }
    }
    let classes: Vec<_> = all
        .into_iter()
        .filter(|class| needed.contains(class.name))
        .collect();
    let options = Options {
        structs: vec![Structs {
            classes: Selection::named(names),
            derives: Derive::list(DERIVES)?,
        }],
        ..Options::default()
    };
    for file in cim_codegen::rust(&classes, &options)? {
        let path = to.join(&file.path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, &file.text)?;
    }
    Ok(())
}
