//! The words of WQL and CQL, cut on demand.

use super::Failure;

/// One token with the byte offset where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) at: usize,
    pub(super) kind: Kind<'a>,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind<'a> {
    /// A name or keyword.
    Word(&'a str),
    /// A string in either kind of quotes, escapes resolved.
    Text(String),
    /// An integer, decimal or hexadecimal.
    Integer(i128),
    /// A real number.
    Real(f64),
    /// An operator or punctuation mark.
    Symbol(&'static str),
    /// The end of the query.
    End,
}

/// Longer ones first.
const SYMBOLS: [&str; 15] = [
    "<=", ">=", "<>", "!=", "::", "=", "<", ">", "(", ")", ",", ".", "*", "[", "]",
];

/// Cuts a query into tokens, with one token of lookahead.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    next: Option<Token<'a>>,
}

impl<'a> Tokens<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            next: None,
        }
    }

    /// The next token, which stays the next one.
    pub(super) fn peek(&mut self) -> Result<&Token<'a>, Failure> {
        let token = match self.next.take() {
            Some(token) => token,
            None => self.cut()?,
        };
        Ok(self.next.insert(token))
    }

    pub(super) fn next(&mut self) -> Result<Token<'a>, Failure> {
        match self.next.take() {
            Some(token) => Ok(token),
            None => self.cut(),
        }
    }

    /// Takes the keyword (any case) if it is next.
    pub(super) fn keyword(&mut self, word: &str) -> Result<bool, Failure> {
        let found = matches!(&self.peek()?.kind, Kind::Word(w) if w.eq_ignore_ascii_case(word));
        if found {
            self.next = None;
        }
        Ok(found)
    }

    /// Takes the symbol if it is next.
    pub(super) fn symbol(&mut self, symbol: &str) -> Result<bool, Failure> {
        let found = matches!(self.peek()?.kind, Kind::Symbol(s) if s == symbol);
        if found {
            self.next = None;
        }
        Ok(found)
    }

    fn cut(&mut self) -> Result<Token<'a>, Failure> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        let at = self.at;
        let Some(first) = trimmed.chars().next() else {
            return Ok(Token {
                at,
                kind: Kind::End,
            });
        };
        let kind = if first.is_alphabetic() || first == '_' {
            let end = trimmed
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(trimmed.len());
            self.at += end;
            Kind::Word(&trimmed[..end])
        } else if matches!(first, '\'' | '"') {
            Kind::Text(self.quoted(trimmed, first)?)
        } else if first.is_ascii_digit() || matches!(first, '-' | '+') {
            self.number(trimmed)?
        } else if let Some(symbol) = SYMBOLS.iter().find(|s| trimmed.starts_with(**s)) {
            self.at += symbol.len();
            Kind::Symbol(symbol)
        } else {
            return Err(Failure::new(at, format!("`{first}` has no meaning here")));
        };
        Ok(Token { at, kind })
    }

    /// A string: a backslash takes the meaning from the next character, and a doubled quote is one.
    fn quoted(&mut self, text: &str, quote: char) -> Result<String, Failure> {
        let mut out = String::new();
        let mut chars = text.char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some((_, escaped)) => out.push(escaped),
                    None => break,
                },
                c if c == quote => {
                    if chars.next_if(|(_, next)| *next == quote).is_none() {
                        self.at += at + 1;
                        return Ok(out);
                    }
                    out.push(quote);
                }
                c => out.push(c),
            }
        }
        Err(Failure::new(
            self.at,
            format!("the string has no closing {quote}"),
        ))
    }

    fn number(&mut self, text: &str) -> Result<Kind<'a>, Failure> {
        let at = self.at;
        let mut exponent = false;
        let end = text
            .char_indices()
            .skip(1)
            .find(|(_, c)| {
                let part =
                    c.is_ascii_alphanumeric() || *c == '.' || exponent && matches!(c, '+' | '-');
                exponent = matches!(c, 'e' | 'E');
                !part
            })
            .map_or(text.len(), |(end, _)| end);
        let word = &text[..end];
        self.at += end;
        let digits = word.trim_start_matches(['+', '-']);
        let hex = digits
            .strip_prefix("0x")
            .or_else(|| digits.strip_prefix("0X"));
        let kind = if let Some(hex) = hex {
            let sign = if word.starts_with('-') { -1 } else { 1 };
            let digits = !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit());
            digits
                .then(|| i128::from_str_radix(hex, 16).ok())
                .flatten()
                .map(|n| Kind::Integer(sign * n))
        } else if digits.bytes().all(|b| b.is_ascii_digit()) {
            word.parse().ok().map(Kind::Integer)
        } else if digits.starts_with(|c: char| c.is_ascii_digit()) {
            word.parse()
                .ok()
                .filter(|n: &f64| n.is_finite())
                .map(Kind::Real)
        } else {
            None
        };
        kind.ok_or_else(|| {
            Failure::new(
                at,
                format!("`{word}` is no number; dates and texts stand in quotes"),
            )
        })
    }
}
