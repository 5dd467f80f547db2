//! Generated files: their names and texts.

use std::path::PathBuf;

use proc_macro2::TokenStream;

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it belongs, below the folder that is generated into.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

const HEADER: &str =
    "// Generated from mof/ by `make generate`. Change the MOF, not this file.\n\n";

impl File {
    /// A Rust source file. Tokens that are no Rust are a mistake of the generator; they are written as
    /// they are, so that the compiler can say where.
    pub(crate) fn rust(path: impl Into<PathBuf>, tokens: &TokenStream) -> Self {
        let body = match syn::parse2::<syn::File>(tokens.clone()) {
            Ok(file) => prettyplease::unparse(&file),
            Err(_) => tokens.to_string(),
        };
        Self {
            path: path.into(),
            text: format!("{HEADER}{body}"),
        }
    }
}
