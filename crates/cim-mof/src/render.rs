//! Diagnostics for people: as rustc prints its own.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceFile, SourceMap, Span};

/// The diagnostics as rustc prints its own; with colours where `styled`.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, styled: bool) -> String {
    render_with(diagnostics, sources, styled, true)
}

fn render_with(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    styled: bool,
    quickly: bool,
) -> String {
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    let mut named: Vec<&str> = Vec::new();
    for diagnostic in diagnostics {
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
        if quickly && !styled && simple(diagnostic, note.as_deref(), sources, &mut out) {
            continue;
        }
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
        if let Some(note) = &note {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// One place in a short line of ASCII, which most diagnostics have, written as the renderer would: it takes
/// a fifteenth of the time of a whole schema's compilation for what follows from a few lengths. False, and
/// nothing written, if there is more to it.
fn simple(
    diagnostic: &Diagnostic,
    note: Option<&str>,
    sources: &SourceMap,
    out: &mut String,
) -> bool {
    /// Far below the width at which the renderer cuts lines.
    const WIDTH: usize = 100;
    let is_simple = |text: &str| text.bytes().all(|b| matches!(b, b' '..=b'~'));
    let [label] = &diagnostic.labels[..] else {
        return false;
    };
    let Some(file) = sources.file(label.span.file) else {
        return false;
    };
    let (start, end) = (label.span.start as usize, label.span.end as usize);
    let (number, from) = file.line(start);
    let rest = file.text.get(from..).unwrap_or("");
    let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
    let line = rest.get(..length).unwrap_or("");
    let (indent, end) = (start - from, end.min(from + length));
    let path = file.path.to_string_lossy();
    let texts = [
        line,
        &diagnostic.message,
        &label.text,
        &path,
        diagnostic.help.as_deref().unwrap_or(""),
        note.unwrap_or(""),
    ];
    if end <= start || line.len() + label.text.len() > WIDTH || !texts.into_iter().all(is_simple) {
        return false;
    }
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let number = (number + 1).to_string();
    let pad = number.len();
    let carets = end - start;
    let gap = if label.text.is_empty() { "" } else { " " };
    let (code, message, text) = (diagnostic.code, &diagnostic.message, &label.text);
    let column = indent + 1;
    // Writing to a String does not fail.
    let _ = write!(
        out,
        "{severity}[{code}]: {message}\n{:pad$}--> {path}:{number}:{column}\n{:pad$} |\n{number} | {line}\n\
         {:pad$} | {:indent$}{:^<carets$}{gap}{text}\n",
        "", "", "", "", ""
    );
    let endings = [("help", diagnostic.help.as_deref()), ("note", note)];
    if endings.iter().any(|(_, text)| text.is_some()) {
        let _ = writeln!(out, "{:pad$} |", "");
    }
    for (kind, text) in endings {
        if let Some(text) = text {
            let _ = writeln!(out, "{:pad$} = {kind}: {text}", "");
        }
    }
    out.push('\n');
    true
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, compile};

    #[test]
    fn what_is_written_quickly_is_what_the_renderer_writes() {
        let (mut seen, mut quick) = (0, 0);
        for folder in ["tests/broken", "tests/diagnostics", "tests/vendors"] {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_none_or(|e| e != "mof") {
                    continue;
                }
                let compilation = compile(std::slice::from_ref(&path), &Options::default());
                for diagnostic in &compilation.diagnostics {
                    let one = std::slice::from_ref(diagnostic);
                    let whole = render_with(one, &compilation.sources, false, false);
                    assert_eq!(render(one, &compilation.sources, false), whole, "{path:?}");
                    seen += 1;
                    quick += usize::from(simple(
                        diagnostic,
                        None,
                        &compilation.sources,
                        &mut String::new(),
                    ));
                }
            }
        }
        let spaced = crate::compile_text("a.mof", "class X_A {  \n    strin P;  \n};\n");
        assert_eq!(spaced.diagnostics.len(), 1);
        assert_eq!(
            render_with(&spaced.diagnostics, &spaced.sources, false, false),
            spaced.render(false)
        );
        assert!(seen > 500 && quick * 2 > seen, "{quick} of {seen}");
    }
}
