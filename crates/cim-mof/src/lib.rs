//! MOF (DSP0004 annex A) in, a checked schema out.
//!
//! [`compile`] reads files with everything they include, reports every independent mistake with its
//! place, cause and cure, and gives a [`Compilation`]; [`Compilation::lower`] turns its classes into
//! the [`cim_core::ClassDescriptor`]s that the service, the generator and the codecs read.
//!
//! The pipeline is in the module names: `source` (bytes to text), `lexer`, `parser` (text to `ast`),
//! `compile` (files and includes), `check` (the rules), `lower` (descriptors), `dump` (JSON).

mod ast;
mod check;
mod compile;
mod diagnostic;
mod dump;
mod lexer;
mod lower;
mod parser;
mod source;

pub use compile::{Compilation, Options, compile, compile_text};
pub use diagnostic::{Diagnostic, Label, Severity, codes, explain, render};
pub use source::{SourceMap, Span};

/// The lexer alone on one text, for fuzzing: how many tokens it found.
pub fn lex_for_fuzzing(text: &str) -> usize {
    let mut diagnostics = Vec::new();
    lexer::tokenize(text, 0, &mut diagnostics).len()
}
