//! Diagnostics for programs: JSON, and SARIF 2.1.0 (OASIS) for editors and CI.

use serde_json::{Map, Value, json};

use crate::codes::{explain, lint_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// Path, and lines and columns (from 1, in characters) of a span.
fn place(span: Span, sources: &SourceMap) -> Option<(String, [usize; 4])> {
    let (path, line, column) = sources.locate(span)?;
    let end = Span {
        start: span.end,
        ..span
    };
    let (_, end_line, end_column) = sources.locate(end)?;
    Some((
        path.to_string_lossy().into_owned(),
        [line, column, end_line, end_column],
    ))
}

/// The diagnostics as a JSON array.
pub(crate) fn json(diagnostics: &[Diagnostic], sources: &SourceMap) -> Value {
    let one = |d: &Diagnostic| {
        let mut out = Map::new();
        out.insert("code".to_owned(), json!(d.code));
        if let Some(lint) = d.lint {
            out.insert("lint".to_owned(), json!(lint));
        }
        out.insert("severity".to_owned(), json!(d.severity));
        out.insert("message".to_owned(), json!(d.message));
        for (at, label) in d.labels.iter().enumerate() {
            let Some((file, [line, column, end_line, end_column])) = place(label.span, sources)
            else {
                continue;
            };
            let place = json!({
                "file": file, "line": line, "column": column, "end_line": end_line,
                "end_column": end_column, "label": label.text,
            });
            let Value::Object(place) = place else {
                continue;
            };
            if at == 0 {
                out.extend(place);
            } else if let Value::Array(related) = out
                .entry("related")
                .or_insert_with(|| Value::Array(Vec::new()))
            {
                related.push(Value::Object(place));
            }
        }
        out.insert("help".to_owned(), json!(d.help));
        if let Some(fix) = &d.fix
            && let Some((_, [line, column, end_line, end_column])) = place(fix.span, sources)
        {
            let fix = json!({
                "line": line, "column": column, "end_line": end_line, "end_column": end_column,
                "text": fix.text,
            });
            out.insert("fix".to_owned(), fix);
        }
        Value::Object(out)
    };
    Value::Array(diagnostics.iter().map(one).collect())
}

/// The diagnostics as a SARIF log.
pub(crate) fn sarif(diagnostics: &[Diagnostic], sources: &SourceMap) -> Value {
    let mut codes: Vec<&str> = diagnostics.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes
        .iter()
        .map(|code| {
            let mut rule = Map::new();
            rule.insert("id".to_owned(), json!(code));
            if let Some(name) = lint_of(code) {
                rule.insert("name".to_owned(), json!(name));
            }
            if let Some(text) = explain(code) {
                rule.insert("fullDescription".to_owned(), json!({ "text": text }));
            }
            Value::Object(rule)
        })
        .collect();
    let location = |span: Span, text: &str| {
        let (file, [line, column, end_line, end_column]) = place(span, sources)?;
        let mut location = json!({
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&file) },
                "region": {
                    "startLine": line, "startColumn": column, "endLine": end_line,
                    "endColumn": end_column,
                },
            },
        });
        if !text.is_empty() {
            location["message"] = json!({ "text": text });
        }
        Some(location)
    };
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|d| {
            let mut places = d.labels.iter().filter_map(|l| location(l.span, &l.text));
            let first: Vec<Value> = places.by_ref().take(1).collect();
            let related: Vec<Value> = places.collect();
            let text = match &d.help {
                Some(help) => format!("{}. Help: {help}", d.message),
                None => d.message.clone(),
            };
            let mut result = json!({
                "ruleId": d.code,
                "ruleIndex": codes.iter().position(|code| *code == d.code),
                "level": match d.severity { Severity::Error => "error", Severity::Warning => "warning" },
                "message": { "text": text },
                "locations": first,
            });
            if !related.is_empty() {
                result["relatedLocations"] = json!(related);
            }
            if let Some(fix) = &d.fix
                && let Some(location) = location(fix.span, "")
            {
                let place = &location["physicalLocation"];
                result["fixes"] = json!([{
                    "artifactChanges": [{
                        "artifactLocation": place["artifactLocation"],
                        "replacements": [{
                            "deletedRegion": place["region"],
                            "insertedContent": { "text": fix.text },
                        }],
                    }],
                }]);
            }
            result
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cimi-bridge mof",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A path as a relative or file URI (RFC 3986).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for b in path.bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(b));
            }
            b'\\' => out.push('/'),
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}
