//! `--trace`: the messages on standard error.

use std::io::Write;

use wsman_client::Trace;

/// Shows messages on standard error, an element a line.
pub(super) struct Stderr;

impl Trace for Stderr {
    fn request(&self, url: &str, text: &str) {
        show('>', &format!("POST {url}"), text);
    }

    fn answer(&self, status: u16, text: &str) {
        show('<', &format!("HTTP {status}"), text);
    }
}

fn show(direction: char, first: &str, text: &str) {
    let mut out = format!("{direction} {first}\n");
    for line in masked(text).replace("><", ">\n<").lines() {
        out.push(direction);
        out.push(' ');
        out.push_str(line);
        out.push('\n');
    }
    // Who does not read it does not miss it.
    let _ = std::io::stderr().write_all(out.as_bytes());
}

/// The text with the content of elements that hold secrets by their names replaced.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, behind) = tag.split_at(end);
        out.push_str(tag);
        rest = behind;
        if is_secret(tag) {
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

/// Whether a start tag is one of an element that holds a secret.
fn is_secret(tag: &str) -> bool {
    if tag.starts_with("</") || tag.ends_with("/>") {
        return false;
    }
    let name = tag.trim_start_matches('<');
    let name = name.split([' ', '\t', '\r', '\n', '>']).next();
    let local = name
        .unwrap_or_default()
        .rsplit(':')
        .next()
        .unwrap_or_default();
    let local = local.to_ascii_lowercase();
    ["password", "secret", "privatekey", "passphrase"]
        .iter()
        .any(|word| local.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_a_secret_by_its_name_is_not_shown() {
        assert_eq!(
            masked(
                "<a><p:Password x='1'>pw</p:Password><UserSecret/>y<PasswordHint></PasswordHint></a>z"
            ),
            "<a><p:Password x='1'>***</p:Password><UserSecret/>y<PasswordHint></PasswordHint></a>z"
        );
        for broken in ["", "<", "<password", "<password>x", "a<password>é"] {
            let _ = masked(broken);
        }
    }
}
