//! MOF text (DSP0004 annex A) in, a checked schema out.
//!
//! [`compile`] reads files with everything they include, reports every independent mistake with its
//! place, cause and cure, and gives a [`Compilation`]; [`Compilation::lower`] turns its classes into
//! the [`cim_core::ClassDescriptor`]s that the service, the generator and the codecs read.
//!
//! The pipeline is in the module names: `source` (bytes to text), `lexer`, `parser` (text to `ast`),
//! `loader` (files and includes), `check` (the rules), `lower` and
//! `instance` (descriptors, and instances by them). Beside it: `diagnostic`,
//! `lint` (what a dialect accepts), `render` and `machine` (diagnostics for people and programs), and what
//! is made of a compilation: `dump` (JSON), `print` (MOF), `tree`, `doc` (HTML), `diff`. `format` lays a
//! source out anew.

mod ast;
mod check;
mod codes;
mod compile;
mod diagnostic;
mod diff;
mod doc;
mod dump;
mod enumeration;
mod format;
mod instance;
mod lexer;
mod lint;
mod loader;
mod lower;
mod machine;
mod name;
mod number;
mod parser;
mod print;
mod render;
mod source;
mod text;
mod tree;

pub use codes::{codes, explain};
pub use compile::{Compilation, Options, compile, compile_text, compile_text_with};
pub use diagnostic::{Diagnostic, Fix, Label, Severity};
pub use diff::{Change, diff};
pub use format::format;
pub use instance::{Declared, InstanceFault};
pub use lint::{Dialect, Level, Levels, UnknownLint, lints};
pub use render::render;
pub use source::{SourceFile, SourceMap, Span};

/// The lexer alone on one text, for fuzzing: how many tokens it found.
pub fn lex_for_fuzzing(text: &str) -> usize {
    let mut names = name::Names::default();
    let mut report = diagnostic::Report::default();
    let mut tokens = lexer::Tokens::default();
    lexer::tokenize(text, 0, false, &mut names, &mut report, &mut tokens);
    tokens.list.len()
}
