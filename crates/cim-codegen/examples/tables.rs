//! Descriptor tables of any MOF, and what they cost: `cargo run --release --example tables FILE.mof DIR`.
//!
//! It depends on nothing that is generated, so that it can make a fresh `cimi-model`, too.

use std::path::PathBuf;
use std::time::Instant;

use cim_codegen::{Derive, Selection, Structs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(mof), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: tables FILE.mof DIR [all|CLASS,... [DERIVE,...]]".into());
    };
    let words: Vec<String> = arguments.map(|word| word.display().to_string()).collect();
    let derives = words.get(1).map_or("", String::as_str);
    let structs = match words.first().map(String::as_str) {
        None => None,
        Some("all") => Some(Selection::All),
        Some(names) => Some(Selection::named(names.split(','))),
    };
    let structs = match structs {
        None => None,
        Some(classes) => Some(Structs {
            classes,
            derives: Derive::list(derives)?,
        }),
    };
    // Without a class the tables alone.
    let options = cim_codegen::Options {
        rest: structs.is_none(),
        structs: structs.into_iter().collect(),
    };
    let start = Instant::now();
    let compilation = cim_mof::compile(&[mof], &cim_mof::Options::default());
    let classes = compilation.lower();
    let compiled = start.elapsed();
    let start = Instant::now();
    let files = cim_codegen::rust(&classes, &options)?;
    let generated = start.elapsed();
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    for file in &files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, &file.text)?;
    }
    println!(
        "{} classes compiled in {} ms; {} files, {} KB, generated in {} ms",
        classes.len(),
        compiled.as_millis(),
        files.len(),
        bytes / 1024,
        generated.as_millis()
    );
    Ok(())
}
