//! A checked CIM schema in, files out: Rust descriptor tables, and what else is made of a model.
//!
//! Everything is read from [`cim_core::ClassDescriptor`]s, so that the generator sees exactly what the
//! service would see if it loaded the MOF when it starts. The output depends on the descriptors alone
//! and is the same, byte for byte, on every run; nothing here touches the disk.

mod builder;
mod doc;
mod file;
mod name;
mod options;
mod rest;
mod source;
mod structs;
mod tables;
mod types;
mod xsd;

use cim_core::ClassDescriptor;

pub use builder::{Builder, Error, Report};
pub use file::File;
pub use options::{Derive, OptionError, Options, Selection, Structs};
pub use xsd::{REST_XSD, xsd};

/// The Rust modules of a model: `classes/` with the descriptor tables of all classes; `structs/` with
/// typed structs, if some are chosen; `types/` with those in the spelling of CIMI REST, if wanted; and
/// `mod.rs` that names them.
///
/// # Errors
/// The options name a class that is not there.
pub fn rust(
    classes: &[&'static ClassDescriptor],
    options: &Options,
) -> Result<Vec<File>, OptionError> {
    let mut root = source::Source::default();
    root.line("/// Descriptor tables of the classes.");
    root.line("pub mod classes;");
    let mut files: Vec<File> = tables::tables(classes)
        .into_iter()
        .map(|file| file.under("classes"))
        .collect();
    if !options.structs.is_empty() {
        root.line("/// Typed structs of classes.");
        // Their names are those of the MOF, and so is their size.
        root.line("#[allow(clippy::all)]");
        root.line("pub mod structs;");
        let structs = structs::structs(classes, &options.structs)?.into_iter();
        files.extend(structs.map(|file| file.under("structs")));
    }
    if options.rest {
        root.line("/// Typed structs in the spelling of CIMI REST.");
        root.line("pub mod types;");
        let types = types::types(classes).into_iter();
        files.extend(types.map(|file| file.under("types")));
    }
    files.push(File::rust_text("mod.rs", root.as_str()));
    Ok(files)
}
