//! How the parser goes on after a mistake: at the next place where something whole begins.

use super::{Abandoned, Parse, Parser};
use crate::lexer::Kind;
use crate::name;

impl Parser<'_> {
    /// How many braces were opened and not closed from that token on to here.
    fn open_braces_since(&self, from: usize) -> u32 {
        let since = self.tokens.get(from..self.at).unwrap_or(&[]);
        since.iter().fold(0, |depth: u32, token| match token.kind {
            Kind::Punctuation(b'{') => depth + 1,
            Kind::Punctuation(b'}') => depth.saturating_sub(1),
            _ => depth,
        })
    }

    /// Whether `class X {` or `class X :` stands here: a class body was not closed before.
    pub(super) fn is_class_start(&self) -> bool {
        self.is_word(name::CLASS)
            && self.is_any_word(1)
            && matches!(self.kind_at(2), Kind::Punctuation(b'{' | b':'))
    }

    /// Whether `instance of X` or `#pragma` or a qualifier declaration stands here.
    pub(super) fn is_other_start(&self) -> bool {
        let key = self.key_at(0);
        key == Some(name::INSTANCE) && self.key_at(1) == Some(name::OF)
            || self.is(b'#')
            || key == Some(name::QUALIFIER)
                && self.is_any_word(1)
                && self.kind_at(2) == Kind::Punctuation(b':')
    }

    pub(super) fn is_on_new_line(&self) -> bool {
        let gap = self.previous().end as usize..self.here().start as usize;
        let text = self.source.text.get(gap).unwrap_or("");
        text.contains(['\n', '\r'])
    }

    /// The `;` at the end of a feature, value or declaration. Where one was forgotten at the end of a line
    /// nothing else is wrong.
    pub(super) fn semicolon(&mut self) -> Parse<()> {
        if self.eat(b';') {
            return Ok(());
        }
        self.missing(b';');
        let ends_here = self.kind() == Kind::End || self.is(b'}') || self.is_on_new_line();
        if ends_here { Ok(()) } else { Err(Abandoned) }
    }

    /// The comma between the parts of a list that `closing` ends; false at its end. Where a comma was
    /// forgotten before something that may follow, it is reported and taken as read.
    pub(super) fn comma(&mut self, closing: u8) -> bool {
        if self.eat(b',') {
            if self.is(closing) {
                self.trailing_comma();
                return false;
            }
            return true;
        }
        let follows = match closing {
            b'}' => {
                matches!(
                    self.kind(),
                    Kind::Number | Kind::Char | Kind::Alias(_) | Kind::String { .. }
                ) || self
                    .key_at(0)
                    .is_some_and(|k| [name::TRUE, name::FALSE, name::NULL].contains(&k))
            }
            b']' => {
                self.is_any_word(0)
                    && matches!(
                        self.kind_at(1),
                        Kind::Punctuation(b'(' | b'{' | b',' | b']' | b':')
                    )
            }
            b')' => self.is(b'[') || self.is_any_word(0) && self.is_any_word(1),
            _ => false,
        };
        if follows {
            self.missing(b',');
        }
        follows || self.semicolon_for_comma(closing)
    }

    /// `;` in the place of a comma, within a list that goes on.
    fn semicolon_for_comma(&mut self, closing: u8) -> bool {
        let goes_on = self.is(b';')
            && match closing {
                b']' => {
                    self.is_any_word(1)
                        && matches!(
                            self.kind_at(2),
                            Kind::Punctuation(b'(' | b'{' | b',' | b']' | b':')
                        )
                }
                b')' => {
                    self.is_any_word(1)
                        && self.is_any_word(2)
                        && matches!(
                            self.kind_at(3),
                            Kind::Punctuation(b')' | b'[' | b',' | b';')
                        )
                        && !self.is_on_new_line_at(1)
                }
                _ => false,
            };
        if goes_on {
            let span = self.here();
            self.report.push(
                crate::diagnostic::Diagnostic::error("E0101", span, "expected `,`, found `;`")
                    .label("expected `,`")
                    .help("write `,` here")
                    .fix(span, ","),
            );
            self.bump();
        }
        goes_on
    }

    /// Whether a line ends before that token.
    fn is_on_new_line_at(&self, ahead: usize) -> bool {
        let gap =
            self.token(ahead.saturating_sub(1)).end as usize..self.token(ahead).start as usize;
        self.source
            .text
            .get(gap)
            .is_some_and(|t| t.contains(['\n', '\r']))
    }

    /// Whether a feature seems to begin here, on a line of its own.
    fn is_feature_start(&self) -> bool {
        self.is_on_new_line() && (self.is(b'[') || self.is_any_word(0) && self.is_any_word(1))
    }

    fn trailing_comma(&mut self) {
        let span = self.previous();
        self.report.push(
            crate::diagnostic::Diagnostic::lint(
                crate::lint::Lint::TrailingComma,
                span,
                "a comma before the end of the list",
            )
            .help("remove it")
            .fix(span, ""),
        );
    }

    /// Skips to behind the `;` that ends the broken declaration, braces matched.
    pub(super) fn recover_to_declaration(&mut self, from: usize) {
        if self.at == from {
            self.bump();
        }
        let mut depth = self.open_braces_since(from);
        loop {
            match self.kind() {
                Kind::End => return,
                Kind::Punctuation(b'{') => depth += 1,
                Kind::Punctuation(b'}') => depth = depth.saturating_sub(1),
                Kind::Punctuation(b';') if depth == 0 => {
                    self.bump();
                    return;
                }
                _ if self.is_class_start() || depth == 0 && self.is_other_start() => return,
                _ => {}
            }
            self.bump();
        }
    }

    /// Skips to behind the `;` of the broken feature; gives up at the end of the class.
    pub(super) fn recover_to_feature(&mut self, from: usize) -> Parse<()> {
        if self.at == from {
            self.bump();
        }
        let mut depth = self.open_braces_since(from);
        loop {
            match self.kind() {
                Kind::End => return Err(Abandoned),
                Kind::Punctuation(b';') => {
                    self.bump();
                    // A brace that was not closed must not hide the features behind it.
                    if depth == 0 || self.is_feature_start() {
                        return Ok(());
                    }
                    continue;
                }
                Kind::Punctuation(b'}') if depth == 0 => return Ok(()),
                Kind::Punctuation(b'{') => depth += 1,
                Kind::Punctuation(b'}') => depth -= 1,
                _ if self.is_class_start() => return Err(Abandoned),
                _ => {}
            }
            self.bump();
        }
    }
}
