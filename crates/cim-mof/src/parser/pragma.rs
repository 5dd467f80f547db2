//! Compiler directives (DSP0004 annex A, compilerDirective), with the forms that Microsoft added.

use super::{Abandoned, Parse, Parser};
use crate::ast::{Literal, Pragma, Spanned};
use crate::diagnostic::Diagnostic;
use crate::lexer::Kind;
use crate::lint::Lint;
use crate::name;

impl Parser<'_> {
    pub(super) fn pragma(&mut self) -> Parse<Pragma> {
        let start = self.here();
        self.expect(b'#')?;
        let word = self.key_at(0);
        let is_quoted = matches!(self.kind_at(1), Kind::Punctuation(b'('));
        if word == Some(name::INCLUDE) && is_quoted {
            let span = start.to(self.here());
            self.report.push(
                Diagnostic::lint(Lint::PragmaForm, span, "`#include` without the word pragma")
                    .help("write `#pragma include (\"...\")`"),
            );
        } else if word.is_some_and(|key| {
            [
                name::DEFINE,
                name::IFDEF,
                name::IFNDEF,
                name::IF,
                name::ELSE,
                name::ELIF,
                name::ENDIF,
                name::UNDEF,
                name::INCLUDE,
            ]
            .contains(&key)
        }) {
            // The text is for a C compiler first. Whatever follows would be a cascade.
            let span = start.to(self.here());
            self.report.push(
                Diagnostic::error("E0007", span, "a directive of the C preprocessor in MOF")
                    .label("the rest of the file is not looked at")
                    .help("run the C preprocessor over the file first (`cc -E -P -x c`), and compile what it makes"),
            );
            self.report.take_back(span);
            self.stop = true;
            return Err(Abandoned);
        } else if !self.eat_word(name::PRAGMA) {
            let is_near = cim_core::nearest(self.text(self.here()), std::iter::once("pragma"));
            return match is_near {
                Some(_) if self.is_any_word(0) => {
                    self.expected_with("`pragma`", "did you mean `pragma`?".to_owned())
                }
                _ => self.expected("`pragma`"),
            };
        }
        if self.is_on_new_line() && !matches!(self.kind_at(1), Kind::Punctuation(b'(')) {
            let span = start.to(self.previous());
            self.syntax_error(
                Diagnostic::error("E0101", span, "a pragma without name")
                    .label("expected the name of a pragma behind this")
                    .help("write the name and its string, as in `#pragma locale (\"en_US\")`"),
            );
            return Err(Abandoned);
        }
        let name = self.name("the name of a pragma")?;
        let mut arguments = Vec::new();
        if self.eat(b'(') {
            if !self.is(b')') {
                loop {
                    arguments.push(self.pragma_argument()?);
                    if !self.eat(b',') {
                        break;
                    }
                }
            }
            self.expect(b')')?;
            let is_standard =
                matches!(&arguments[..], [only] if matches!(only.value, Literal::String(_)));
            if !is_standard {
                let span = start.to(self.previous());
                self.report.push(
                    Diagnostic::lint(
                        Lint::PragmaForm,
                        span,
                        format!("pragma `{}` without its one string", name.text),
                    )
                    .help(format!("write `#pragma {} (\"...\")`", name.text)),
                );
            }
        } else if name.key == name::AUTORECOVER {
            let span = start.to(name.span);
            self.report.push(
                Diagnostic::lint(
                    Lint::PragmaForm,
                    span,
                    "`#pragma autorecover` belongs to Microsoft's compiler",
                )
                .help("remove it: it has no effect here"),
            );
        } else {
            self.expect(b'(')?;
        }
        if self.is(b';') {
            let span = self.here();
            self.report.push(
                Diagnostic::lint(Lint::PragmaForm, span, "a semicolon behind a pragma")
                    .help("remove it")
                    .fix(span, ""),
            );
            self.bump();
        }
        Ok(Pragma { name, arguments })
    }

    fn pragma_argument(&mut self) -> Parse<Spanned<Literal>> {
        match self.kind() {
            // A bare word, as in `deleteclass("X", NOFAIL)`.
            Kind::Word(_) if matches!(self.kind_at(1), Kind::Punctuation(b',' | b')')) => {
                let word = self.name("a word")?;
                Ok(Spanned {
                    span: word.span,
                    value: Literal::Alias(Box::new(word)),
                })
            }
            Kind::Word(_) => {
                let help = "put the text into quotes: `(\"...\")`".to_owned();
                self.expected_with("a string", help)
            }
            _ => self.constant(),
        }
    }

    /// Whether a directive stands within a class: features follow it.
    pub(super) fn is_pragma_within(&self) -> bool {
        if !self.is(b'#') {
            return false;
        }
        let mut ahead = 1;
        while !matches!(self.kind_at(ahead), Kind::End | Kind::Punctuation(b'#'))
            && !self.is_on_new_line_at(ahead)
        {
            ahead += 1;
        }
        self.is_feature_at(ahead) || self.kind_at(ahead) == Kind::Punctuation(b'}')
    }

    /// Reads a directive within a class, where none may be.
    pub(super) fn pragma_within(&mut self) {
        let (start, before) = (self.here(), self.at);
        self.syntax_error(
            Diagnostic::error("E0101", start, "a directive within a class")
                .label("expected a property, a method or `}`")
                .help("move it before the class"),
        );
        self.recover_to_line(before);
        self.is_recovered = false;
    }
}
