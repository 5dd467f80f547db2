//! Diagnostics: what is wrong, where, which rule it breaks and what to write instead.

use serde::Serialize;

use crate::lint::{Level, Levels, Lint};
use crate::source::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The schema cannot be used.
    Error,
    /// The schema can be used, but a rule is bent.
    Warning,
}

/// A place that a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// A change that mends the mistake for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to replace; empty for an insertion.
    pub span: Span,
    /// What to put there.
    pub text: String,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code, such as `E0201`; see [`crate::explain`].
    pub code: &'static str,
    /// The name by which it is allowed, warned of or denied, if it is a lint.
    pub lint: Option<&'static str>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The place, first the one that has to change.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// The change that does it, where that is certain.
    pub fix: Option<Fix>,
    pub(crate) level: Option<Lint>,
}

impl Diagnostic {
    pub(crate) fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            lint: None,
            severity: Severity::Error,
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            help: None,
            fix: None,
            level: None,
        }
    }

    /// A deviation that a dialect may accept; its severity is found when it is reported.
    pub(crate) fn lint(lint: Lint, span: Span, message: impl Into<String>) -> Self {
        Self {
            lint: Some(lint.name()),
            level: Some(lint),
            ..Self::error(lint.code(), span, message)
        }
    }

    /// Says what stands at the first place.
    pub(crate) fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.text = text.into();
        }
        self
    }

    /// Adds a second place.
    pub(crate) fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    pub(crate) fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            span,
            text: text.into(),
        });
        self
    }

    /// The place that has to change.
    pub fn span(&self) -> Span {
        self.labels.first().map_or(Span::default(), |l| l.span)
    }
}

/// Where diagnostics are collected. It knows which lints are wanted, and has an end.
#[derive(Debug, Default)]
pub(crate) struct Report {
    levels: Levels,
    found: Vec<Diagnostic>,
    errors: usize,
    dropped: usize,
    limit: Limit,
}

#[derive(Debug, Clone, Copy)]
struct Limit(usize);

/// How many diagnostics are kept. Who has more needs no more of them, and hostile input finds an end.
const MAX_DIAGNOSTICS: usize = 10_000;

impl Default for Limit {
    fn default() -> Self {
        Self(MAX_DIAGNOSTICS)
    }
}

impl Report {
    pub(crate) fn new(levels: Levels, max_errors: usize) -> Self {
        Self {
            levels,
            limit: Limit(max_errors.min(MAX_DIAGNOSTICS)),
            ..Self::default()
        }
    }

    /// Keeps a diagnostic, unless it is a lint that is allowed or there are too many already.
    pub(crate) fn push(&mut self, mut diagnostic: Diagnostic) {
        if let Some(lint) = diagnostic.level {
            match self.levels.get(lint) {
                Level::Allow => return,
                Level::Warn => diagnostic.severity = Severity::Warning,
                Level::Deny => diagnostic.severity = Severity::Error,
            }
        }
        let is_error = diagnostic.severity == Severity::Error;
        if is_error && self.errors >= self.limit.0 || self.found.len() >= MAX_DIAGNOSTICS {
            self.dropped += 1;
            self.errors += usize::from(is_error && self.errors < self.limit.0);
            return;
        }
        self.errors += usize::from(is_error);
        self.found.push(diagnostic);
    }

    /// Whether anything would be said about that lint.
    pub(crate) fn wants(&self, lint: Lint) -> bool {
        self.levels.get(lint) != Level::Allow
    }

    /// Whether that lint is an error.
    pub(crate) fn denies(&self, lint: Lint) -> bool {
        self.levels.get(lint) == Level::Deny
    }

    pub(crate) fn has(&self, code: &str) -> bool {
        self.found.iter().any(|d| d.code == code)
    }

    /// Whether more errors were found than are kept.
    pub(crate) fn is_full(&self) -> bool {
        self.dropped > 0
    }

    /// How many were found and not kept.
    pub(crate) fn dropped(&self) -> usize {
        self.dropped
    }

    /// How many are kept.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Takes back all but the first so many: the text will be read again.
    pub(crate) fn rewind(&mut self, length: usize) {
        for diagnostic in self.found.drain(length.min(self.found.len())..) {
            self.errors -= usize::from(diagnostic.severity == Severity::Error);
        }
    }

    /// Takes back the newest that lie behind a place in a file: what was read there is something else.
    pub(crate) fn rewind_behind(&mut self, file: u32, start: u32) {
        let is_behind = |d: &&Diagnostic| d.span().file == file && d.span().start >= start;
        let count = self.found.iter().rev().take_while(is_behind).count();
        self.rewind(self.found.len() - count);
    }

    /// Takes back what was found behind a place in a file, because that is no MOF.
    pub(crate) fn take_back(&mut self, behind: Span) {
        self.found.retain(|d| {
            let is_behind = d.span().file == behind.file && d.span().start > behind.start;
            self.errors -= usize::from(is_behind && d.severity == Severity::Error);
            !is_behind
        });
    }

    /// All that was found.
    pub(crate) fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Keeps a diagnostic however many there are.
    pub(crate) fn push_always(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
}
