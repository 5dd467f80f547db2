//! Typed structs of chosen classes, in the names of the MOF: a struct for each class with all its
//! properties, an enum for each `ValueMap`, a request and a response for each method, a reference type
//! for each class that an association or a parameter refers to.
//!
//! All fields are optional: an instance may be partial. A value that the MOF does not list is kept as it
//! is. Features stand once, in the module of the class that declares them, chosen or not.

mod class;
mod enumeration;
mod method;
mod names;
mod support;

use cim_core::ClassDescriptor;

pub(crate) use self::enumeration::integer;
use self::names::Plan;
use crate::file::File;
use crate::name::file_name;
use crate::options::{Derive, OptionError, Structs};
use crate::source::{Source, list};

/// What a type implements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Implements {
    pub(crate) macros: Vec<String>,
    pub(crate) serde: bool,
    pub(crate) yaserde: bool,
    pub(crate) instance: bool,
}

impl Implements {
    fn add(&mut self, derives: &[Derive]) {
        for derive in derives {
            match derive {
                Derive::Serde => self.serde = true,
                Derive::Yaserde => self.yaserde = true,
                Derive::Instance => self.instance = true,
                Derive::Macro(path) if self.macros.contains(path) => {}
                Derive::Macro(path) => self.macros.push(path.clone()),
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        for path in &other.macros {
            if !self.macros.contains(path) {
                self.macros.push(path.clone());
            }
        }
        self.serde |= other.serde;
        self.yaserde |= other.yaserde;
        self.instance |= other.instance;
    }

    /// The `derive` attribute, if there is anything to derive.
    fn attribute(&self) -> Option<String> {
        let mut paths: Vec<&str> = self.macros.iter().map(String::as_str).collect();
        if self.serde {
            paths.extend(["::serde::Serialize", "::serde::Deserialize"]);
        }
        (!paths.is_empty()).then(|| format!("#[derive({})]", list(paths)))
    }
}

/// `mod.rs`, `value.rs` with the field types, `references.rs`, and a file for each class that declares
/// something that is used.
///
/// # Errors
/// A chosen class is not there.
pub(crate) fn structs(
    classes: &[&'static ClassDescriptor],
    chosen: &[Structs],
) -> Result<Vec<File>, OptionError> {
    let plan = Plan::of(classes, chosen)?;
    let mut files = Vec::new();
    let mut root = Source::default();
    root.line("// The chosen classes as structs. Everything is named here; the modules are for the files.");
    root.blank();
    // What no struct happens to need is there all the same.
    root.line("#[allow(dead_code, unused_imports, unused_macros)]");
    root.line("pub mod value;");
    root.line("mod references;");
    root.line("#[allow(unused_imports)]");
    root.line("pub use references::*;");
    for class in classes {
        let Some(text) = plan.class_file(class) else {
            continue;
        };
        let module = plan.module(class.name);
        root.line("#[allow(deprecated)]");
        root.line(format_args!("mod {module};"));
        root.line("#[allow(deprecated)]");
        root.line(format_args!("pub use {module}::*;"));
        files.push(File::rust_text(file_name(module), text.as_str()));
    }
    files.push(File::rust_text("mod.rs", root.as_str()));
    files.push(File::rust_text("value.rs", &support::text(&plan.shared)));
    files.push(File::rust_text("references.rs", plan.references().as_str()));
    Ok(files)
}
