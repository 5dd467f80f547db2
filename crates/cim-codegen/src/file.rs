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

/// What marks every generated file, near its beginning.
pub(crate) const MARK: &str = "Generated from MOF by cim-codegen. Change the MOF, not this file.";

impl File {
    /// A Rust source file. Tokens that are no Rust are a mistake of the generator; they are written as
    /// they are, so that the compiler can say where.
    pub(crate) fn rust(path: impl Into<PathBuf>, tokens: &TokenStream) -> Self {
        let body = match syn::parse2::<syn::File>(tokens.clone()) {
            Ok(file) => unparse(file),
            Err(_) => tokens.to_string(),
        };
        Self {
            path: path.into(),
            text: format!("// {MARK}\n\n{body}"),
        }
    }

    /// A Rust source file that is formatted already.
    pub(crate) fn rust_text(path: impl Into<PathBuf>, body: &str) -> Self {
        Self {
            path: path.into(),
            text: format!("// {MARK}\n\n{body}"),
        }
    }

    /// A file of any other language; its text has the mark.
    pub(crate) fn text(path: impl Into<PathBuf>, text: String) -> Self {
        Self {
            path: path.into(),
            text,
        }
    }

    /// The same file in a folder.
    pub(crate) fn under(self, folder: &str) -> Self {
        Self {
            path: PathBuf::from(folder).join(self.path),
            ..self
        }
    }

    /// Whether a text was written by this generator, and may be replaced or removed by it.
    pub fn is_generated(text: &str) -> bool {
        text.get(..200).unwrap_or(text).contains(MARK)
    }
}

/// The file as people write it: a blank line between items, but none between one `use` or `mod` and the
/// next.
fn unparse(file: syn::File) -> String {
    let mut out = prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: file.attrs,
        items: Vec::new(),
    });
    let mut before = None;
    for item in file.items {
        let kind = match &item {
            syn::Item::Use(_) => Some("use"),
            syn::Item::Mod(module) if module.content.is_none() => Some("mod"),
            _ => None,
        };
        if !out.is_empty() && (kind.is_none() || kind != before) {
            out.push('\n');
        }
        before = kind;
        out.push_str(&prettyplease::unparse(&syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        }));
    }
    out
}
