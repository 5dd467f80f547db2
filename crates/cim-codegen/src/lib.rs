//! A checked CIM schema in, files out: Rust descriptor tables, and what else is made of a model.
//!
//! Everything is read from [`cim_core::ClassDescriptor`]s, so that the generator sees exactly what the
//! service would see if it loaded the MOF when it starts. The output depends on the descriptors alone
//! and is the same, byte for byte, on every run; nothing here touches the disk.

mod file;
mod name;
mod tables;
mod xsd;

use cim_core::ClassDescriptor;

pub use file::File;
pub use xsd::xsd;

/// The Rust modules of a model: `classes/` with the descriptor tables.
pub fn rust(classes: &[&'static ClassDescriptor]) -> Vec<File> {
    tables::tables(classes)
        .into_iter()
        .map(|file| file.under("classes"))
        .collect()
}
