//! The LIKE patterns of the AST.
//!
//! `%` stands for any text, `_` for any character, `[abc]`, `[a-z]` and `[^x]` for one of a set; a set
//! takes away the meaning of what is in it (`[%]`). There is no flag for case: a parser whose language
//! ignores it writes both letters (`[aA]`).

/// One piece of a pattern.
#[derive(Clone, Copy)]
enum Piece<'p> {
    Any,
    One,
    Char(char),
    /// The inside of `[...]`.
    Set(&'p str),
}

impl Piece<'_> {
    fn matches(self, c: char) -> bool {
        match self {
            Self::Any => false,
            Self::One => true,
            Self::Char(wanted) => wanted == c,
            Self::Set(set) => match set.strip_prefix('^').filter(|set| !set.is_empty()) {
                Some(set) => !in_set(set, c),
                None => in_set(set, c),
            },
        }
    }
}

fn in_set(set: &str, c: char) -> bool {
    let mut chars = set.chars();
    while let Some(from) = chars.next() {
        let mut rest = chars.clone();
        match (rest.next(), rest.next()) {
            (Some('-'), Some(to)) => {
                if (from..=to).contains(&c) {
                    return true;
                }
                chars = rest;
            }
            _ if from == c => return true,
            _ => {}
        }
    }
    false
}

/// The piece at the start of a pattern, and its length.
fn piece(pattern: &str) -> Option<(Piece<'_>, usize)> {
    let c = pattern.chars().next()?;
    Some(match c {
        '%' => (Piece::Any, 1),
        '_' => (Piece::One, 1),
        '[' => {
            // A `]` in first place belongs to the set.
            let first = pattern.chars().nth(1).map_or(0, char::len_utf8);
            match pattern.get(1 + first..).and_then(|rest| rest.find(']')) {
                Some(end) if first > 0 => {
                    let end = 1 + first + end;
                    (Piece::Set(&pattern[1..end]), end + 1)
                }
                _ => (Piece::Char('['), 1),
            }
        }
        c => (Piece::Char(c), c.len_utf8()),
    })
}

/// Whether the whole text matches. No allocation; time at most text times pattern.
pub(crate) fn like(text: &str, pattern: &str) -> bool {
    let (mut text, mut pattern) = (text, pattern);
    // Where to go on when the guess for the last `%` was too short.
    let mut retry: Option<(&str, &str)> = None;
    loop {
        match piece(pattern) {
            Some((Piece::Any, length)) => {
                pattern = &pattern[length..];
                retry = Some((text, pattern));
                continue;
            }
            Some((piece, length)) => {
                if let Some(c) = text.chars().next()
                    && piece.matches(c)
                {
                    text = &text[c.len_utf8()..];
                    pattern = &pattern[length..];
                    continue;
                }
            }
            None if text.is_empty() => return true,
            None => {}
        }
        let Some((from, after)) = retry else {
            return false;
        };
        let mut chars = from.chars();
        if chars.next().is_none() {
            return false;
        }
        (text, pattern) = (chars.as_str(), after);
        retry = Some((text, after));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn patterns() {
        for (text, pattern, expected) in [
            ("web-1", "web-%", true),
            ("web-1", "%1", true),
            ("web-1", "w_b-_", true),
            ("web-1", "web", false),
            ("", "%", true),
            ("", "", true),
            ("a", "", false),
            ("aaaaaaaab", "%a%a%a%c", false),
            ("a%b", "a%b", true),
            ("a%b", "a[%]b", true),
            ("axb", "a[%]b", false),
            ("é1", "_[0-9]", true),
            ("x", "[^a-w]", true),
            ("b", "[^a-w]", false),
            ("]", "[]]", true),
            ("[", "[", true),
            ("[", "[[]", true),
            ("WEB", "[wW][eE][bB]", true),
            ("-", "[a-]", true),
        ] {
            assert_eq!(like(text, pattern), expected, "{text:?} like {pattern:?}");
        }
    }

    /// The definition, word for word.
    fn oracle(text: &str, pattern: &str) -> bool {
        match piece(pattern) {
            None => text.is_empty(),
            Some((Piece::Any, n)) => (0..=text.len())
                .filter(|at| text.is_char_boundary(*at))
                .any(|at| oracle(&text[at..], &pattern[n..])),
            Some((p, n)) => text
                .chars()
                .next()
                .is_some_and(|c| p.matches(c) && oracle(&text[c.len_utf8()..], &pattern[n..])),
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(text in "[abé%]{0,8}", pattern in "[abé%_\\[\\]^-]{0,6}") {
            prop_assert_eq!(like(&text, &pattern), oracle(&text, &pattern));
        }
    }
}
