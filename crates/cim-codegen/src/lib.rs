//! A checked CIM schema in, files out: Rust descriptor tables, and what else is made of a model.
//!
//! Everything is read from [`cim_core::ClassDescriptor`]s, so that the generator sees exactly what the
//! service would see if it loaded the MOF when it starts. The output depends on the descriptors alone
//! and is the same, byte for byte, on every run; nothing here touches the disk.

mod doc;
mod file;
mod name;
mod rest;
mod source;
mod tables;
mod types;
mod xsd;

use cim_core::ClassDescriptor;

pub use file::File;
pub use xsd::xsd;

/// The Rust modules of a model: `classes/` with the descriptor tables, `types/` with typed structs.
pub fn rust(classes: &[&'static ClassDescriptor]) -> Vec<File> {
    let tables = tables::tables(classes).into_iter();
    let types = types::types(classes).into_iter();
    tables
        .map(|file| file.under("classes"))
        .chain(types.map(|file| file.under("types")))
        .collect()
}
