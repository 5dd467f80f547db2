//! Seeing one request in all its forms.
//!
//! Whoever wants to see it runs the request in [`traced`]; bindings and remote providers note what passes them.
//! Otherwise nothing is kept, and a note costs a look at a task-local. Secrets are masked before they are kept.

use std::cell::RefCell;
use std::future::Future;
use std::time::{Duration, Instant};

tokio::task_local! {
    static TRACE: RefCell<Notes>;
}

/// Bytes that one trace keeps of all texts, and of one.
const MAX_TOTAL: usize = 1024 * 1024;
const MAX_TEXT: usize = 128 * 1024;
/// Steps of one trace.
const MAX_STEPS: usize = 256;

/// What happened at one point of a request's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Since the request came.
    pub after: Duration,
    /// Where.
    pub place: Place,
    /// One line: a method and URL, a status, an operation and what it is about.
    pub title: String,
    /// The message; empty where the title says all.
    pub text: String,
}

/// A point of a request's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The request that came.
    Request,
    /// The CIM operation that it means.
    Operation,
    /// A request to a remote cloud.
    Sent,
    /// Its answer.
    Received,
    /// What the operation gave.
    Outcome,
    /// The answer that goes back.
    Answer,
}

#[derive(Debug)]
struct Notes {
    start: Instant,
    steps: Vec<Step>,
    bytes: usize,
}

/// Runs something and keeps what is noted meanwhile.
pub async fn traced<F: Future>(what: F) -> (F::Output, Vec<Step>) {
    let notes = RefCell::new(Notes {
        start: Instant::now(),
        steps: Vec::new(),
        bytes: 0,
    });
    TRACE
        .scope(notes, async {
            let output = what.await;
            let steps = TRACE.with(|notes| std::mem::take(&mut notes.borrow_mut().steps));
            (output, steps)
        })
        .await
}

/// Whether anybody wants to see this request.
pub fn is_wanted() -> bool {
    TRACE.try_with(|_| ()).is_ok()
}

/// Notes a step, if anybody wants to see it.
pub fn note(place: Place, title: impl FnOnce() -> String, text: impl FnOnce() -> String) {
    let _ = TRACE.try_with(|notes| {
        let mut notes = notes.borrow_mut();
        if notes.steps.len() >= MAX_STEPS {
            return;
        }
        let mut text = masked(&text());
        let most = MAX_TEXT.min(MAX_TOTAL.saturating_sub(notes.bytes));
        if text.len() > most {
            let mut end = most;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
            text.push_str(" ... (cut off)");
        }
        notes.bytes += text.len();
        let after = notes.start.elapsed();
        notes.steps.push(Step {
            after,
            place,
            title: title(),
            text,
        });
    });
}

/// Notes a message to a remote cloud.
pub fn sent(title: &str, text: &str) {
    note(Place::Sent, || format!("POST {title}"), || text.to_owned());
}

/// Notes the answer of a remote cloud.
pub fn received(status: u16, text: &str) {
    note(
        Place::Received,
        || format!("HTTP {status}"),
        || text.to_owned(),
    );
}

/// Names of elements and members that hold secrets contain one of these.
const SECRETS: [&str; 6] = [
    "password",
    "secret",
    "privatekey",
    "passphrase",
    "initialpassword",
    "authorization",
];

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRETS.iter().any(|word| name.contains(word))
}

/// The text with the values of XML elements and JSON members that hold secrets by their names replaced.
pub fn masked(text: &str) -> String {
    if text.trim_start().starts_with(['{', '[']) {
        masked_json(text)
    } else {
        masked_xml(text)
    }
}

fn masked_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, behind) = tag.split_at(end);
        out.push_str(tag);
        rest = behind;
        let name = tag.trim_start_matches('<');
        let name = name.split([' ', '\t', '\r', '\n', '>']).next();
        let local = name.unwrap_or_default().rsplit(':').next();
        let opens = !tag.starts_with("</") && !tag.ends_with("/>");
        if opens && is_secret(local.unwrap_or_default()) {
            let content = rest.find('<').unwrap_or(rest.len());
            if content > 0 {
                out.push_str("***");
            }
            rest = rest.get(content..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn masked_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('"') {
        let (before, string) = rest.split_at(at);
        out.push_str(before);
        let end = string_end(string);
        let (string, behind) = string.split_at(end);
        out.push_str(string);
        rest = behind;
        let gap = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', ':']).len();
        let (colon, value) = rest.split_at(gap);
        if colon.contains(':') && is_secret(string) && value.starts_with('"') {
            out.push_str(colon);
            out.push_str("\"***\"");
            rest = value.get(string_end(value)..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// The length of the JSON string at the beginning.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_a_secret_by_its_name_is_not_kept() {
        for (text, expected) in [
            (
                "<a><p:Password x='1'>pw</p:Password><UserSecret/>y<Name>n</Name></a>z",
                "<a><p:Password x='1'>***</p:Password><UserSecret/>y<Name>n</Name></a>z",
            ),
            (
                r#"{"name": "x", "initialPassword" : "p\"w", "a": ["b"]}"#,
                r#"{"name": "x", "initialPassword" : "***", "a": ["b"]}"#,
            ),
            (r#"[{"password":""}]"#, r#"[{"password":"***"}]"#),
        ] {
            assert_eq!(masked(text), expected);
        }
        for broken in [
            "",
            "<",
            "<password",
            "{\"password",
            "{\"password\":",
            "{\"password\":\"\\",
        ] {
            let _ = masked(broken);
        }
    }

    #[tokio::test]
    async fn only_those_who_ask_pay_for_it() {
        note(Place::Sent, || panic!("nobody asked"), String::new);
        assert!(!is_wanted());
        let (value, steps) = traced(async {
            assert!(is_wanted());
            sent("http://x", "<password>s</password>");
            tokio::task::yield_now().await;
            received(200, &"é".repeat(MAX_TEXT));
            7
        })
        .await;
        assert_eq!(value, 7);
        assert_eq!(
            (steps[0].place, steps[0].text.as_str()),
            (Place::Sent, "<password>***</password>")
        );
        assert!(steps[1].text.ends_with("(cut off)"));
    }
}
