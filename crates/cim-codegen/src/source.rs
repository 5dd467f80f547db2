//! Rust source under construction.
//!
//! Tables and structs of a whole schema are tens of megabytes: they are written straight as text, laid
//! out as people read it. (Going through token trees and a pretty printer costs a hundred times as much.)

use std::fmt::{self, Write as _};

/// The text so far, and how deep it is indented.
#[derive(Debug, Default)]
pub(crate) struct Source {
    text: String,
    depth: usize,
}

impl Source {
    /// A line.
    pub(crate) fn line(&mut self, line: impl fmt::Display) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{:width$}{line}", "", width = self.depth * 4);
    }

    /// A line after which everything is one step deeper.
    pub(crate) fn open(&mut self, line: impl fmt::Display) {
        self.line(line);
        self.depth += 1;
    }

    /// A line one step back.
    pub(crate) fn close(&mut self, line: impl fmt::Display) {
        self.depth = self.depth.saturating_sub(1);
        self.line(line);
    }

    /// An empty line, but not two of them.
    pub(crate) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") && !self.text.ends_with("{\n") {
            self.text.push('\n');
        }
    }

    /// A slice with an item in each line; in one line if it is empty.
    pub(crate) fn slice<T: fmt::Display>(&mut self, front: &str, items: &[T]) {
        if items.is_empty() {
            self.line(format_args!("{front}&[],"));
            return;
        }
        self.open(format_args!("{front}&["));
        for item in items {
            self.line(format_args!("{item},"));
        }
        self.close("],");
    }

    /// Documentation: a paragraph or more, a line each.
    pub(crate) fn doc<T: AsRef<str>>(&mut self, lines: &[T]) {
        for line in lines {
            let line = line.as_ref();
            if line.trim().is_empty() {
                self.line("///");
            } else {
                self.line(format_args!("/// {}", line.trim()));
            }
        }
    }

    /// A fragment that is formatted already.
    pub(crate) fn append(&mut self, other: &Self) {
        for line in other.text.lines() {
            if line.is_empty() {
                self.blank();
            } else {
                self.line(line);
            }
        }
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

/// Items of a list as they are written in one line.
pub(crate) fn list<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        let _ = write!(out, "{item}");
    }
    out
}

/// A string literal.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// A slice of string literals.
pub(crate) fn literals(texts: &[&str]) -> String {
    format!("&[{}]", list(texts.iter().map(|t| literal(t))))
}
