//! What the MOF says for people, as documentation in Rust.

use cim_core::{Qualifier, QualifierValue};

/// The Description as lines of a doc comment.
pub(crate) fn doc(qualifiers: &[Qualifier]) -> Vec<String> {
    let text = find(qualifiers, "Description")
        .and_then(|value| value.as_str())
        .unwrap_or("(The MOF does not describe it.)");
    lines(text)
}

/// A text as lines of a doc comment: nothing in it is markup, and nothing makes a code block.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '[' | ']' | '<' | '>' | '`' | '*' | '\\' | '~' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' => escaped.push(c),
            // Control and direction characters are refused in comments, or change how they read.
            '\t' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                escaped.push(' ');
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped.lines().map(|line| line.trim().to_owned()).collect()
}

/// The value of a qualifier.
pub(crate) fn find(qualifiers: &[Qualifier], name: &str) -> Option<QualifierValue> {
    qualifiers
        .iter()
        .find(|q| q.name.eq_ignore_ascii_case(name))
        .map(|q| q.value)
}
/// What `Deprecated` says to use instead, if the element is deprecated.
pub(crate) fn deprecated(qualifiers: &[Qualifier]) -> Option<String> {
    let value = find(qualifiers, "Deprecated")?;
    let instead = value
        .strings()
        .iter()
        .copied()
        .filter(|name| !name.eq_ignore_ascii_case("no value"))
        .collect::<Vec<_>>();
    Some(match instead.as_slice() {
        [] => "the MOF names nothing to use instead".to_owned(),
        names => format!("use {}", names.join(" or ")),
    })
}
