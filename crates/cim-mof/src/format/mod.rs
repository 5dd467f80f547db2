//! Lays a source out anew: the tokens and comments stay as they are, the space between them changes.
//!
//! `layout` makes a document of groups from the tokens, `document` breaks the groups that do not fit into
//! a line. Nothing depends on where the source had its line ends, but for comments and single blank lines,
//! which stay: so a formatted text formats to itself.

mod document;
mod layout;

use std::path::Path;
use std::sync::Arc;

use crate::ast::Source;
use crate::compile::{Compilation, Options};
use crate::diagnostic::Report;
use crate::lexer::{Tokens, tokenize};
use crate::lint::{Dialect, Levels};
use crate::name::Names;
use crate::parser::{self, Context, Doubts, Memory};
use crate::source::decode;

/// Lays out the bytes of a file.
///
/// # Errors
/// A compilation with the mistakes for which nobody can say what the text means.
pub fn format(path: &Path, bytes: &[u8]) -> Result<String, Box<Compilation>> {
    let (text, _) = decode(bytes.to_vec());
    let text = Arc::new(text);
    // What a dialect says is no concern here.
    let mut options = Options {
        levels: Levels::of(Dialect::Wmi),
        ..Options::default()
    };
    let is_mof3 = |options: &Options| {
        let mut names = Names::default();
        let mut report = Report::new(options.levels.clone(), 1);
        let mut memory = Memory::default();
        let source = Source {
            file: 0,
            text: text.clone(),
        };
        let mut context = Context {
            names: &mut names,
            report: &mut report,
            memory: &mut memory,
            mof3: options.mof3,
            is_cut: false,
            doubts: Doubts::default(),
        };
        parser::parse(&source, &mut context);
        report
            .into_found()
            .iter()
            .any(|d| d.severity == crate::Severity::Error)
    };
    if is_mof3(&options) {
        options.mof3 = true;
        if is_mof3(&options) {
            options.mof3 = false;
            return Err(Box::new(crate::compile::parse_only(path, &text, &options)));
        }
    }
    let mut names = Names::default();
    let mut report = Report::default();
    let mut tokens = Tokens::default();
    tokenize(&text, 0, options.mof3, &mut names, &mut report, &mut tokens);
    let document = layout::layout(&text, &tokens, &names);
    Ok(document::print(&document))
}
