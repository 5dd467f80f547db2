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
            return self.expected("`pragma`");
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
            Kind::Word(_) => {
                let word = self.name("a word")?;
                Ok(Spanned {
                    span: word.span,
                    value: Literal::Alias(Box::new(word)),
                })
            }
            _ => self.constant(),
        }
    }
}
