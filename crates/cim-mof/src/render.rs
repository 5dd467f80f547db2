//! Diagnostics for people: as rustc prints its own.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceFile, SourceMap, Span};

/// The diagnostics as rustc prints its own; with colours where `styled`.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, styled: bool) -> String {
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    let mut named: Vec<&str> = Vec::new();
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
        // How to get rid of it is said once.
        let note = diagnostic
            .lint
            .filter(|lint| !named.contains(lint))
            .map(|lint| {
                named.push(lint);
                match diagnostic.severity {
                    Severity::Error => format!("`-W {lint}` makes it a warning"),
                    Severity::Warning => format!("`-A {lint}` silences it"),
                }
            });
        if let Some(note) = &note {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// A part of a text, and where it begins: what a snippet needs and no more, because the renderer looks at
/// all it is given.
struct Excerpt<'a> {
    text: &'a str,
    start: usize,
    line: usize,
}

const LINES_AROUND: usize = 0;
const MAX_EXCERPT: usize = 16 * 1024;
/// Places that are farther apart than that are shown by themselves.
const MAX_DISTANCE: u32 = 4 * 1024;

fn excerpt(file: &SourceFile, from: usize, to: usize) -> Excerpt<'_> {
    let text: &str = &file.text;
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    // A file may be one line of any length.
    let first = floor(from.saturating_sub(MAX_EXCERPT / 4));
    let last = floor(to.min(from + MAX_EXCERPT) + MAX_EXCERPT / 4).max(first);
    let mut start = floor(from);
    for _ in 0..=LINES_AROUND {
        start = text[first..start].rfind('\n').map_or(first, |n| first + n);
    }
    if start > first {
        start += 1;
    }
    let mut end = floor(to).min(last);
    for _ in 0..=LINES_AROUND {
        end = text[end..last].find('\n').map_or(last, |n| end + n + 1);
    }
    end = floor(end.min(start + MAX_EXCERPT)).max(start);
    Excerpt {
        text: &text[start..end],
        start,
        line: file.line(start).0 + 1,
    }
}

fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a SourceMap,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut groups: Vec<(u32, Vec<usize>)> = Vec::new();
    for (at, label) in diagnostic.labels.iter().enumerate() {
        let is_near = |(file, labels): &&mut (u32, Vec<usize>)| {
            let first = labels.first().and_then(|at| diagnostic.labels.get(*at));
            let distance = first.map_or(0, |l| l.span.start.abs_diff(label.span.start));
            *file == label.span.file && distance <= MAX_DISTANCE
        };
        match groups.iter_mut().find(is_near) {
            Some((_, labels)) => labels.push(at),
            None => groups.push((label.span.file, vec![at])),
        }
    }
    let mut snippets = Vec::new();
    for (file, labels) in groups {
        let Some(file) = sources.file(file) else {
            continue;
        };
        let spans: Vec<Span> = labels
            .iter()
            .map(|at| diagnostic.labels[*at].span)
            .collect();
        let from = spans.iter().map(|s| s.start).min().unwrap_or(0) as usize;
        let to = spans.iter().map(|s| s.end).max().unwrap_or(0) as usize;
        let part = excerpt(file, from, to);
        let mut snippet = Snippet::source(part.text)
            .line_start(part.line)
            .path(file.path.to_string_lossy());
        for (at, span) in labels.into_iter().zip(spans) {
            let kind = if at == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let inside = |n: u32| (n as usize).saturating_sub(part.start).min(part.text.len());
            let (start, mut end) = (inside(span.start), inside(span.end));
            // A mistake is shown in its first line: a whole class would fill the screen.
            if let Some(line) = part.text.get(start..end).and_then(|t| t.find('\n')) {
                end = start + line;
            }
            let annotation = kind.span(start..end.max(start));
            let text = diagnostic.labels[at].text.as_str();
            snippet = snippet.annotation(if text.is_empty() {
                annotation
            } else {
                annotation.label(text)
            });
        }
        snippets.push(snippet);
    }
    snippets
}
