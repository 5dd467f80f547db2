//! Diagnostics: what is wrong, where, which rule it breaks and what to write instead.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use crate::source::{SourceMap, Span};

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

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code, such as `E0201`; see [`explain`].
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The place, first the one that has to change.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
}

/// How many diagnostics are kept. Who has more needs no more of them, and hostile input finds an end.
pub(crate) const MAX_DIAGNOSTICS: usize = 10_000;

/// Adds a diagnostic unless there are too many already.
pub(crate) fn report(diagnostics: &mut Vec<Diagnostic>, diagnostic: Diagnostic) {
    if diagnostics.len() < MAX_DIAGNOSTICS {
        diagnostics.push(diagnostic);
    }
}

impl Diagnostic {
    pub(crate) fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            help: None,
        }
    }

    pub(crate) fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, span, message)
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
}

/// Every code with its one-paragraph explanation: the rule, and how to satisfy it.
pub(crate) const CODES: &[(&str, &str)] = &[
    (
        "E0001",
        "A character that no MOF token begins with. MOF knows identifiers, numbers, strings in double quotes, characters in single quotes, and { } [ ] ( ) , ; : = $ # (DSP0004 annex A).",
    ),
    (
        "E0002",
        "A string, character or comment has no end. Strings end with a double quote on the same line; adjacent strings are joined, so break a long text into several strings.",
    ),
    (
        "E0003",
        "A number is malformed or larger than 64 bits. Integers are decimal, 0x hexadecimal, 0 octal or binary with a final b (DSP0004 annex A).",
    ),
    (
        "E0004",
        "An unknown escape in a string. Known are \\b \\t \\n \\f \\r \\\" \\' \\\\ and \\x with one to four hexadecimal digits (DSP0004 4.11.1).",
    ),
    (
        "E0101",
        "The parser expected something else here. The message names what would be right.",
    ),
    (
        "E0102",
        "Brackets or arrays are nested deeper than any schema needs.",
    ),
    (
        "E0103",
        "A file includes itself, directly or through others.",
    ),
    (
        "E0104",
        "An included file cannot be read. Paths of `#pragma include` are relative to the including file.",
    ),
    ("E0108", "Includes are nested deeper than any schema needs."),
    ("E0105", "An include leaves the folder that --root names."),
    (
        "E0106",
        "A source file is larger than the compiler accepts.",
    ),
    (
        "E0107",
        "Too many files or errors; the compilation stopped here.",
    ),
    (
        "E0201",
        "The class is declared nowhere in the compilation. Every superclass, reference class and embedded class must be declared, in any order.",
    ),
    (
        "E0202",
        "The class is declared twice with different content. A schema has one class of a name, in any case.",
    ),
    (
        "E0203",
        "A class derives from itself, directly or through others.",
    ),
    (
        "E0204",
        "Two features of a class have the same name. Names are compared without case; a feature that replaces an inherited one needs the Override qualifier (DSP0004 5.6.3.34).",
    ),
    (
        "E0205",
        "Override names a feature that no superclass has, or one of another kind or type.",
    ),
    (
        "E0206",
        "A key is declared below a class that already has keys. All keys of a class line come from its topmost keyed class (DSP0004 5.1.2.7).",
    ),
    (
        "E0207",
        "References stand in associations only; an association needs at least two (DSP0004 5.1.2.3).",
    ),
    (
        "E0208",
        "A default value, or the value in an instance, does not fit the type of its property.",
    ),
    (
        "E0209",
        "An instance has a property that its class lacks. Instances can only have the properties that their class declares or inherits.",
    ),
    (
        "E0210",
        "A class has more superclasses than any schema needs.",
    ),
    (
        "E0301",
        "The qualifier is declared nowhere. Declare it with `Qualifier Name : type, Scope(...);` or include the file that does.",
    ),
    (
        "E0302",
        "The qualifier may not stand on this kind of element; its declaration's Scope says where it may.",
    ),
    (
        "E0303",
        "The value of a qualifier does not fit its declared type.",
    ),
    ("E0304", "The same qualifier stands twice on one element."),
    (
        "E0305",
        "A qualifier declared DisableOverride is given another value than it has in a superclass (DSP0004 5.6.1.4).",
    ),
    (
        "E0306",
        "The qualifier needs an element of another type (for example MaxLen needs a string, ArrayType an array).",
    ),
    (
        "E0307",
        "The qualifier is declared twice with different content.",
    ),
    (
        "E0401",
        "ValueMap and Values have different counts. They are parallel arrays; a missing comma between two strings joins them into one entry (DSP0004 5.6.3.56).",
    ),
    (
        "E0402",
        "A ValueMap entry is no value or range of the element's type.",
    ),
    (
        "W0301",
        "The qualifier is not made for elements of this type; accepted because DMTF's own releases do it.",
    ),
    (
        "W0302",
        "A parameter has Out without In(false): it is input and output, which is hardly ever meant.",
    ),
    ("W0303", "An abstract class below a concrete one."),
    (
        "W0401",
        "More than one `..` in a ValueMap: they stand for gaps by position.",
    ),
    (
        "W0001",
        "The file is not UTF-8; it was read as Windows-1252.",
    ),
    ("W0101", "The pragma is not known and has no effect."),
];

/// The cure where the place of the mistake does not suggest a better one.
pub(crate) fn usual_cure(code: &str) -> Option<&'static str> {
    Some(match code {
        "E0101" => "give it a type, such as `string` or `uint32`",
        "E0102" => "an array holds single values, no arrays",
        "E0203" => "derive one of these classes from another one, or from none",
        "E0204" => "give one of them another name, or remove it",
        "E0205" => "give it the type that it has above, or another name and no Override",
        "E0206" => "remove Key here, or move it to the topmost class",
        "E0208" => "change the value, or the type",
        "E0209" => "declare the property in the class, or remove it here",
        "E0302" => "remove it, or add this kind of element to the Scope of its declaration",
        "E0303" => "change the value to the type that the qualifier's declaration has",
        "E0304" => "keep one of them",
        "E0305" => "remove it here: the inherited value holds",
        "E0306" => "remove it, or change the type of the element",
        "E0307" => "keep one of the declarations",
        "E0402" => "write a value, `m..n`, `m..`, `..n`, or `..` for all others",
        "W0301" => "remove it: it has no meaning here",
        "W0303" => "make the superclass abstract too, or this class concrete",
        "W0401" => "write the ranges that are meant, and `..` once",
        _ => return None,
    })
}

/// Every diagnostic code, errors first.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CODES.iter().map(|(code, _)| *code)
}

/// What a code means and how to mend what it reports; `None` for an unknown code.
pub fn explain(code: &str) -> Option<&'static str> {
    CODES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(code))
        .map(|(_, text)| *text)
}

/// The diagnostics as rustc prints its own; with colours where `styled`.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, styled: bool) -> String {
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for diagnostic in diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = level
            .primary_title(diagnostic.message.as_str())
            .id(diagnostic.code)
            .elements(snippets(diagnostic, sources));
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a SourceMap,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut files: Vec<u32> = Vec::new();
    for label in &diagnostic.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let mut snippets = Vec::new();
    for file_index in files {
        let Some(file) = sources.file(file_index) else {
            continue;
        };
        let mut snippet = Snippet::source(file.text.as_str()).path(file.path.to_string_lossy());
        for (at, label) in diagnostic.labels.iter().enumerate() {
            if label.span.file != file_index {
                continue;
            }
            let kind = if at == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let end = (label.span.end as usize).min(file.text.len());
            let start = (label.span.start as usize).min(end);
            let annotation = kind.span(start..end);
            snippet = snippet.annotation(if label.text.is_empty() {
                annotation
            } else {
                annotation.label(label.text.as_str())
            });
        }
        snippets.push(snippet);
    }
    snippets
}

/// One diagnostic for programs.
#[derive(Debug, Serialize)]
pub(crate) struct JsonDiagnostic<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    help: Option<&'a str>,
}

impl<'a> JsonDiagnostic<'a> {
    pub(crate) fn new(diagnostic: &'a Diagnostic, sources: &SourceMap) -> Self {
        let place = diagnostic
            .labels
            .first()
            .and_then(|label| sources.locate(label.span));
        Self {
            code: diagnostic.code,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            file: place.map(|(path, _, _)| path.to_string_lossy().into_owned()),
            line: place.map(|(_, line, _)| line),
            column: place.map(|(_, _, column)| column),
            help: diagnostic.help.as_deref(),
        }
    }
}
