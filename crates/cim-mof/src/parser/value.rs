//! Values: literals, arrays of them, aliases, and what else may stand behind `=`.

use super::{Abandoned, Parse, Parser};
use crate::ast::{Literal, Spanned};
use crate::diagnostic::Diagnostic;
use crate::lexer::Kind;
use crate::lint::Lint;
use crate::name;
use crate::number::{self, Fault, Number};
use crate::source::Span;
use crate::text::{Escape, Text, escape};

/// Arrays in arrays, instances in instances: this bounds recursion on hostile input.
pub(super) const MAX_DEPTH: u32 = 64;

impl Parser<'_> {
    pub(super) fn initializer(&mut self) -> Parse<Spanned<Literal>> {
        if !self.is(b'{') {
            return self.constant();
        }
        let start = self.here();
        self.bump();
        if self.is(b'}') {
            let span = start.to(self.here());
            self.report.push(
                Diagnostic::lint(Lint::Empty, span, "an array without elements")
                    .help("write NULL if no value is meant"),
            );
        }
        let from = self.lists.items.len();
        let done = self.elements();
        let read = self.lists.items.drain(from..);
        match done {
            Ok(()) => Ok(Spanned {
                value: Literal::Array(read.collect()),
                span: start.to(self.previous()),
            }),
            Err(abandoned) => Err(abandoned),
        }
    }

    /// Reads the elements of an array and its `}` onto the end of `self.lists.items`.
    fn elements(&mut self) -> Parse<()> {
        while !self.is(b'}') {
            if self.is(b'{') {
                return self.inner_array();
            }
            let item = self.constant()?;
            self.lists.items.push(item);
            if self.is(b';') && self.is_literal_at(1) {
                self.instead(',');
            } else if !self.comma(b'}') {
                break;
            }
            if self.is_next_qualifier() {
                // `{ "a", "b", Values { ...`: the brace is missing, the comma is that of the qualifiers.
                self.at -= 1;
                let span = self.previous();
                let behind = Span {
                    start: span.end,
                    ..span
                };
                self.syntax_error(
                    Diagnostic::error("E0101", span, "expected `}` after the last element")
                        .label("expected `}` after this")
                        .help("write `}` there")
                        .fix(behind, "}"),
                );
                return Ok(());
            }
        }
        if !self.eat(b'}') {
            if self.is(b';') {
                // The end of the statement ends the array, too.
                self.missing(b'}');
                return Ok(());
            }
            return self.expected("`,` or `}`");
        }
        Ok(())
    }

    /// An array of arrays means nothing in MOF. It is reported, and its end looked for.
    fn inner_array(&mut self) -> Parse<()> {
        let span = self.here();
        self.report.push(
            Diagnostic::error("E0102", span, "an array within an array")
                .help("an array holds single values, no arrays"),
        );
        self.is_partial = true;
        let mut depth = 1_u32;
        loop {
            match self.kind() {
                Kind::Punctuation(b'{') => depth += 1,
                Kind::Punctuation(b'}') => depth -= 1,
                Kind::End | Kind::Punctuation(b';') => return Ok(()),
                _ => {}
            }
            let closed = self.is(b'}');
            self.bump();
            // One brace too many may have opened it: then no other closes it.
            let goes_on = self.is(b'}')
                || self.is(b',')
                    && (self.is_literal_at(1) || self.kind_at(1) == Kind::Punctuation(b'{'));
            if depth == 0 || closed && depth == 1 && !goes_on {
                return Ok(());
            }
        }
    }

    pub(super) fn is_literal_at(&self, ahead: usize) -> bool {
        matches!(
            self.kind_at(ahead),
            Kind::String { .. } | Kind::Number | Kind::Char | Kind::Alias(_)
        ) || self
            .key_at(ahead)
            .is_some_and(|k| [name::TRUE, name::FALSE, name::NULL].contains(&k))
            || self.mof3
                && self.is_any_word(ahead)
                && matches!(
                    self.kind_at(ahead + 1),
                    Kind::Punctuation(b',' | b'}' | b'.')
                )
    }

    fn brace_before(&mut self, start: Span) {
        self.syntax_error(
            Diagnostic::error(
                "E0101",
                start,
                "expected `{` before the elements of an array",
            )
            .label("expected `{` before this")
            .help("write the values of an array in braces: `{ ..., ... }`"),
        );
    }

    /// What stands behind `=`. Where the elements of an array lack their brace, that is reported.
    pub(super) fn elements_without_brace(&mut self, may_be: bool) -> Parse<Spanned<Literal>> {
        let start = self.here();
        let first = self.initializer()?;
        let is_array = matches!(first.value, Literal::Array(_));
        if may_be && !is_array && self.is_stray_close() {
            self.brace_before(start);
            self.bump();
            return Ok(Spanned {
                value: Literal::Array([first].into()),
                span: start.to(self.previous()),
            });
        }
        if !(may_be && self.is(b',') && self.is_literal_at(1)) || is_array {
            return Ok(first);
        }
        self.brace_before(start);
        let mut items = vec![first];
        while self.eat(b',') && self.is_literal_at(0) {
            items.push(self.constant()?);
        }
        self.eat(b'}');
        Ok(Spanned {
            value: Literal::Array(items.into()),
            span: start.to(self.previous()),
        })
    }

    /// Whether a qualifier with its value stands here, behind a comma.
    fn is_next_qualifier(&self) -> bool {
        self.is_any_word(0)
            && matches!(self.kind_at(1), Kind::Punctuation(b'{' | b'('))
            && self.at > 0
            && self
                .tokens
                .get(self.at - 1)
                .is_some_and(|t| t.kind == Kind::Punctuation(b','))
    }

    pub(super) fn too_deep<T>(&mut self, span: Span) -> Parse<T> {
        self.report.push(
            Diagnostic::error(
                "E0102",
                span,
                format!("declarations are nested deeper than {MAX_DEPTH}"),
            )
            .help("declare the inner ones by themselves, and refer to them"),
        );
        Err(Abandoned)
    }

    pub(super) fn constant(&mut self) -> Parse<Spanned<Literal>> {
        let span = self.here();
        let value = match self.kind() {
            Kind::String { plain } => return Ok(self.string(plain)),
            Kind::Number => self.number(span),
            Kind::Char => self.char(span),
            Kind::Alias(id) => match self.names.name(id, span) {
                Some(name) => Literal::Alias(Box::new(name)),
                None => Literal::Null,
            },
            Kind::Word(_) => match self.key_at(0) {
                Some(name::TRUE) => Literal::Boolean(true),
                Some(name::FALSE) => Literal::Boolean(false),
                Some(name::NULL) => Literal::Null,
                Some(name::INSTANCE | name::VALUE) if self.key_at(1) == Some(name::OF) => {
                    return self.inline_instance();
                }
                _ if self.mof3 => return self.enumerator(),
                _ => return self.no_value(),
            },
            _ => return self.no_value(),
        };
        self.bump();
        Ok(Spanned { value, span })
    }

    fn no_value<T>(&mut self) -> Parse<T> {
        let what = "a value: a string, a number, TRUE, FALSE or NULL";
        if let Kind::Word(_) = self.kind() {
            let word = self.text(self.here()).to_owned();
            let meant = match word.to_ascii_lowercase().as_str() {
                "yes" | "on" => Some("TRUE"),
                "no" | "off" => Some("FALSE"),
                "none" | "nil" => Some("NULL"),
                _ => cim_core::nearest(&word, ["TRUE", "FALSE", "NULL"].into_iter()),
            };
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("write a text in quotes: \"{word}\""),
            };
            return self.expected_with(what, help);
        }
        self.expected(what)
    }

    /// `Literal` or `Enumeration.Literal` (DSP0221).
    fn enumerator(&mut self) -> Parse<Spanned<Literal>> {
        let first = self.name("a literal of an enumeration")?;
        let span = first.span;
        let pair = if self.eat(b'.') {
            let literal = self.name("a literal of the enumeration")?;
            (Some(first), literal)
        } else {
            (None, first)
        };
        Ok(Spanned {
            value: Literal::Enumerator(Box::new(pair)),
            span: span.to(self.previous()),
        })
    }

    /// Strings side by side.
    fn string(&mut self, first_is_plain: bool) -> Spanned<Literal> {
        let start = self.here();
        let mut plain = first_is_plain;
        self.bump();
        while let Kind::String { .. } = self.kind() {
            plain = false;
            self.bump();
        }
        let span = start.to(self.previous());
        let text = Text::new(&self.source.text, span.start, span.end, plain, self.mof3);
        Spanned {
            value: Literal::String(text),
            span,
        }
    }

    fn number(&mut self, span: Span) -> Literal {
        let text = self.text(span);
        let fault = match number::parse(text) {
            Ok(Number::Integer(n)) => return Literal::Integer(n),
            Ok(Number::Real(n)) => return Literal::Real(n),
            Err(fault) => fault,
        };
        let shown: String = text.chars().take(40).collect();
        let (diagnostic, value) = match fault {
            Fault::Digit(digit, base) => (
                Diagnostic::error("E0003", span, format!("`{digit}` is no {base} digit"))
                    .label(format!("read as {base}"))
                    .help("a leading 0 means octal, 0x hexadecimal, a b at the end binary"),
                Literal::Null,
            ),
            Fault::TooLarge => (
                Diagnostic::error("E0005", span, format!("`{shown}` does not fit into 64 bits"))
                    .help("the largest integer is 18446744073709551615, the smallest -9223372036854775808"),
                Literal::Null,
            ),
            Fault::NoFraction(bits) => {
                let right = with_fraction(&shown);
                // What is told here need not be told again because of the type.
                let value = if self.report.denies(Lint::RealWithoutFraction) {
                    Literal::Null
                } else {
                    Literal::Real(f64::from_bits(bits))
                };
                (
                    Diagnostic::lint(Lint::RealWithoutFraction, span, format!("`{shown}` lacks a digit behind a point"))
                        .help(format!("write `{right}`"))
                        .fix(span, right),
                    value,
                )
            }
            Fault::Malformed => (
                Diagnostic::error("E0003", span, format!("`{shown}` is no number"))
                    .help("a number is 10, -10, 0x1F, 017, 101b, 1.5 or 1.5e3"),
                Literal::Null,
            ),
        };
        self.syntax_error(diagnostic);
        value
    }

    /// The one character between single quotes, as a UTF-16 unit.
    fn char(&mut self, span: Span) -> Literal {
        let literal = self.text(span);
        let inner = literal.trim_start_matches('\'');
        let inner_start = span.start + 1;
        let (unit, length) = match inner.chars().next() {
            Some('\\') => {
                let at = inner_start as usize;
                let (found, end) = escape(&self.source.text, at, self.mof3);
                let unit = match found {
                    Escape::Char(c) => unit_of(c),
                    Escape::Unit(unit) => Some(unit),
                    Escape::Unknown(_) | Escape::NoDigits | Escape::End => None,
                };
                (unit, end - at)
            }
            Some(c) => (unit_of(c), c.len_utf8()),
            None => (None, 0),
        };
        let is_whole = literal.len() == length + 2 || !literal.ends_with('\'');
        match unit {
            Some(unit) if is_whole => Literal::Char(unit),
            _ => {
                let message = "a char16 literal holds exactly one character";
                self.report.push(
                    Diagnostic::error("E0006", span, message)
                        .help("write a longer text in double quotes"),
                );
                Literal::Null
            }
        }
    }
}

fn unit_of(c: char) -> Option<u16> {
    u16::try_from(u32::from(c)).ok()
}

fn with_fraction(text: &str) -> String {
    match text.find(['e', 'E']) {
        Some(at) => {
            let (mantissa, exponent) = text.split_at(at);
            let point = if mantissa.ends_with('.') { "0" } else { ".0" };
            format!("{mantissa}{point}{exponent}")
        }
        None => format!("{text}0"),
    }
}
