//! One mistake gives one message: every token of a whole file is left out, doubled, or has a word or sign too
//! many before it, and what the compiler says is counted.

use cim_mof::{Dialect, Levels, Options, Severity, compile_text_with};

const TEXT: &str = include_str!("fixtures/whole.mof");
const MOF3: &str = include_str!("fixtures/mof3.mof");

fn dmtf() -> Options {
    Options::default()
}

fn wmi() -> Options {
    Options {
        levels: Levels::of(Dialect::Wmi),
        ..Options::default()
    }
}

fn mof3() -> Options {
    Options {
        mof3: true,
        ..Options::default()
    }
}

/// Where the tokens of a text are. (Not the lexer's business: this is a user who deletes a word.)
fn tokens(text: &str) -> Vec<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let (mut at, mut found) = (0, Vec::new());
    while at < bytes.len() {
        let start = at;
        if bytes[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }
        if text[at..].starts_with("//") {
            at += text[at..].find('\n').unwrap_or(text.len() - at);
            continue;
        }
        if bytes[at] == b'"' {
            at += 1;
            while bytes[at] != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            at += 1;
        } else if bytes[at].is_ascii_alphanumeric() || b"_$.".contains(&bytes[at]) {
            while bytes[at].is_ascii_alphanumeric() || b"_$.".contains(&bytes[at]) {
                at += 1;
            }
        } else {
            at += 1;
        }
        found.push(start..at);
    }
    found
}

/// The errors of a text, one line each.
fn errors(text: &str, options: &Options) -> Vec<String> {
    let compilation = compile_text_with("one.mof", text, options);
    compilation
        .diagnostics()
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| {
            let place = compilation.sources().locate(d.span());
            let (line, column) = place.map_or((0, 0), |(_, line, column)| (line, column));
            format!("{line}:{column} {} {}", d.code, d.message)
        })
        .collect()
}

#[test]
fn the_texts_are_right() {
    assert_eq!(errors(TEXT, &dmtf()), [""; 0]);
    assert_eq!(errors(TEXT, &wmi()), [""; 0]);
    assert_eq!(errors(MOF3, &mof3()), [""; 0]);
}

/// How a user damages a token: what stands in its place.
fn damages(word: &str) -> [(&'static str, String); 6] {
    let (mut tail, mut head) = (word.chars(), word.chars());
    tail.next();
    head.next_back();
    [
        ("without", " ".to_owned()),
        ("doubled", format!("{word} {word}")),
        ("with = before", format!(" = {word}")),
        ("with stray before", format!(" stray {word}")),
        ("without its first character", tail.as_str().to_owned()),
        ("without its last character", head.as_str().to_owned()),
    ]
}

#[test]
fn one_mistake_gives_one_message() {
    one_message(TEXT, &dmtf());
}

#[test]
fn one_mistake_gives_one_message_in_microsofts_dialect() {
    one_message(TEXT, &wmi());
}

#[test]
fn one_mistake_gives_one_message_in_mof3() {
    one_message(MOF3, &mof3());
}

fn one_message(text: &str, options: &Options) {
    let mut several = Vec::new();
    for token in tokens(text) {
        let (before, behind) = (&text[..token.start], &text[token.end..]);
        let word = &text[token.clone()];
        for (how, instead) in damages(word) {
            let found = errors(&format!("{before}{instead}{behind}"), options);
            if found.len() > 1 {
                let line = 1 + before.matches('\n').count();
                several.push(format!(
                    "line {line}, `{word}` {how}: {}",
                    found.join(" | ")
                ));
            }
        }
    }
    assert!(several.is_empty(), "{}", several.join("\n"));
}

#[test]
fn two_mistakes_give_two_messages() {
    let tokens = tokens(TEXT);
    let mut wrong = Vec::new();
    for (at, first) in tokens.iter().enumerate() {
        // A token of another declaration.
        let Some(second) = tokens.get(at + 90 + at % 29) else {
            break;
        };
        let (one, other) = (
            &damages(&TEXT[first.clone()])[at % 6],
            &damages(&TEXT[second.clone()])[at / 6 % 6],
        );
        let (head, middle, tail) = (
            &TEXT[..first.start],
            &TEXT[first.end..second.start],
            &TEXT[second.end..],
        );
        let (a, b) = (&TEXT[first.clone()], &TEXT[second.clone()]);
        let singly = errors(&format!("{head}{}{middle}{b}{tail}", one.1), &dmtf()).len()
            + errors(&format!("{head}{a}{middle}{}{tail}", other.1), &dmtf()).len();
        let both = errors(
            &format!("{head}{}{middle}{}{tail}", one.1, other.1),
            &dmtf(),
        );
        if both.len() != singly {
            let line = |at| 1 + TEXT[..at].matches('\n').count();
            wrong.push(format!(
                "{singly}: line {}, `{a}` {}, and line {}, `{b}` {}: {}",
                line(first.start),
                one.0,
                line(second.start),
                other.0,
                both.join(" | ")
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        tokens.len(),
        wrong.join("\n")
    );
}
