//! How the parser goes on after a mistake: at the next place where something whole begins.

use super::{Abandoned, Parse, Parser};
use crate::diagnostic::Diagnostic;
use crate::lexer::Kind;
use crate::lint::Lint;
use crate::name;
use crate::source::Span;

impl Parser<'_> {
    /// Skips what is broken, unless that is done.
    pub(super) fn recover_from(&mut self, before: usize) {
        if !std::mem::take(&mut self.is_recovered) {
            self.recover_to_declaration(before);
        }
        // Where nothing was found that begins a declaration, the next text may be more of it.
        self.nothing_at = self.nothing_at.filter(|at| *at >= before).map(|_| self.at);
    }

    /// Skips to the next line: directives end there.
    pub(super) fn recover_to_line(&mut self, from: usize) {
        if self.at == from {
            self.bump();
        }
        while self.kind() != Kind::End && !self.is_on_new_line() {
            self.bump();
        }
        self.is_recovered = true;
    }

    /// Skips to the `,` behind a broken parameter, or to the `)` of the list; gives up where the list is left.
    pub(super) fn recover_to_parameter(&mut self, from: usize) -> Parse<()> {
        let mut depth = self.open_since(from);
        loop {
            match self.kind() {
                Kind::Punctuation(b',' | b')') if depth == 0 => return Ok(()),
                Kind::End | Kind::Punctuation(b';') => return Err(Abandoned),
                Kind::Punctuation(b'}') if depth == 0 => return Err(Abandoned),
                _ if self.is_class_start() => return Err(Abandoned),
                kind => depth = nesting(depth, kind),
            }
            self.bump();
        }
    }

    /// Skips to the `,` behind a broken qualifier, or to the `]` of the list; gives up where the list is left.
    pub(super) fn recover_to_qualifier(&mut self, from: usize) -> Parse<()> {
        let mut depth = self.open_since(from);
        loop {
            match self.kind() {
                Kind::Punctuation(b']') => return Ok(()),
                Kind::Punctuation(b',') if depth == 0 => return Ok(()),
                Kind::End | Kind::Punctuation(b';') => return Err(Abandoned),
                Kind::Punctuation(b'}')
                    if depth == 0
                        && !matches!(self.kind_at(1), Kind::Punctuation(b',' | b']' | b':')) =>
                {
                    return Err(Abandoned);
                }
                _ if self.is_class_start() => return Err(Abandoned),
                kind => depth = nesting(depth, kind),
            }
            self.bump();
        }
    }

    /// How many brackets of any kind were opened and not closed from that token on to here.
    fn open_since(&self, from: usize) -> u32 {
        let since = self.tokens.get(from..self.at).unwrap_or(&[]);
        since
            .iter()
            .fold(0, |depth, token| nesting(depth, token.kind))
    }

    /// The `{` of a body. What was written in its place is reported; the sign that will close it is given.
    pub(super) fn open_body(&mut self) -> Parse<u8> {
        if self.eat(b'{') {
            if self.is(b'{') {
                self.too_much("{");
                self.bump();
                self.is_doubled = true;
            }
            return Ok(b'}');
        }
        let closing = match self.kind() {
            Kind::Punctuation(b'(') => Some(b')'),
            Kind::Punctuation(b'[') if !self.is_qualifier_list_at(0) => Some(b']'),
            _ => None,
        };
        if let Some(closing) = closing {
            self.instead('{');
            return Ok(closing);
        }
        let follows = self.is_feature_at(0)
            || self.is_any_word(0) && self.kind_at(1) == Kind::Punctuation(b'=');
        self.missing(b'{');
        if follows {
            return Ok(b'}');
        }
        Err(Abandoned)
    }

    /// The `;` behind the `}` of a class or instance; a second `}` is reported.
    pub(super) fn end_of_body(&mut self) -> Parse<()> {
        if std::mem::take(&mut self.is_doubled) {
            self.eat(b'}');
        }
        let is_inner = self.enclosing.len() > 1 || self.inline > 0;
        let goes_on = || {
            let ends = self.is_declaration_at(2) || self.is_mof3_start_at(2);
            self.kind_at(1) == Kind::Punctuation(b';') && !ends
        };
        if self.is(b'}') && (!is_inner || goes_on()) {
            self.too_much("}");
            self.bump();
            self.eat(b';');
            return Ok(());
        }
        self.semicolon()
    }

    /// Whether a `;` stands here by itself. It is reported: as one too many, or as what is left of `};`; true
    /// if the body ends there.
    pub(super) fn lone_semicolon(&mut self, what: &str) -> Option<bool> {
        if !self.is(b';') {
            return None;
        }
        let ends = self.is_declaration_at(1);
        if ends {
            let span = self.here();
            self.syntax_error(
                Diagnostic::error("E0101", span, "expected `}`, found `;`")
                    .label("expected `}` before this")
                    .help(format!("write `}};` at the end of the {what}"))
                    .fix(
                        Span {
                            end: span.start,
                            ..span
                        },
                        "}",
                    ),
            );
        } else {
            self.too_much(";");
        }
        self.bump();
        Some(ends)
    }

    /// How many braces were opened and not closed from that token on to here.
    fn open_braces_since(&self, from: usize) -> u32 {
        let since = self.tokens.get(from..self.at).unwrap_or(&[]);
        since.iter().fold(0, |depth: u32, token| match token.kind {
            Kind::Punctuation(b'{') => depth + 1,
            Kind::Punctuation(b'}') => depth.saturating_sub(1),
            _ => depth,
        })
    }

    /// The `;` at the end of a feature, value or declaration. Where one was forgotten at the end of a line
    /// nothing else is wrong.
    pub(super) fn semicolon(&mut self) -> Parse<()> {
        if self.eat(b';') {
            return Ok(());
        }
        if self.is_semicolon_meant() {
            self.instead(';');
            return Ok(());
        }
        if self.is_stray_close() {
            self.too_much("}");
            self.bump();
            self.eat(b';');
            return Ok(());
        }
        self.missing(b';');
        let begins = self.is_any_word(0) || self.is(b'[') || self.is(b'#');
        let ends_here =
            self.kind() == Kind::End || self.is(b'}') || self.is_on_new_line() && begins;
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
            if closing == b']' {
                self.doubt_here();
            }
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
            self.instead(',');
        }
        goes_on
    }

    fn trailing_comma(&mut self) {
        if self.is_troubled() {
            return;
        }
        let span = self.previous();
        self.report.push(
            Diagnostic::lint(
                Lint::TrailingComma,
                span,
                "a comma before the end of the list",
            )
            .help("remove it")
            .fix(span, ""),
        );
        // Something may have been meant to follow it.
        self.is_partial |= self.report.denies(Lint::TrailingComma);
    }

    /// Skips to behind the `;` that ends the broken declaration, braces matched.
    pub(super) fn recover_to_declaration(&mut self, from: usize) {
        if self.at == from && !self.is(b';') {
            self.bump();
        }
        let mut depth = self.open_braces_since(from);
        loop {
            match self.kind() {
                Kind::End => break,
                Kind::Punctuation(b'{') => depth += 1,
                Kind::Punctuation(b'}') => depth = depth.saturating_sub(1),
                Kind::Punctuation(b';') if depth == 0 => {
                    self.bump();
                    break;
                }
                _ if self.is_class_start()
                    || depth == 0 && (self.is_other_start() || self.is_mof3_start()) =>
                {
                    // What was skipped may be its qualifiers.
                    self.is_headless = true;
                    break;
                }
                _ => {}
            }
            self.bump();
        }
        self.doubt(from);
    }

    /// Notes the names before the body of what was skipped: one of them may be declared by it.
    fn doubt(&mut self, from: usize) {
        let skipped = self.tokens.get(from..self.at).unwrap_or(&[]);
        let header = skipped
            .iter()
            .map(|token| token.kind)
            .take_while(|kind| *kind != Kind::Punctuation(b'{'));
        for kind in header {
            if let Kind::Word(id) | Kind::Alias(id) = kind {
                self.doubts.names.extend(self.names.key(id));
            }
        }
    }

    /// Notes the words of lines with a string that does not end: a name that seems to be text may be declared there.
    pub(super) fn doubt_odd_lines(&mut self) {
        for (start, end) in self.odd_lines {
            let line = self.source.text.get(*start as usize..*end as usize);
            let is_sign = |c: char| !(c.is_alphanumeric() || c == '_');
            let words = line.unwrap_or("").split(is_sign).filter(|w| !w.is_empty());
            let names = words.filter_map(|word| self.names.find(word));
            self.doubts.names.extend(names);
        }
    }

    /// Notes the words around a place where something is missing or too much.
    pub(super) fn doubt_here(&mut self) {
        for at in [self.at.saturating_sub(1), self.at] {
            if let Some(Kind::Word(id)) = self.tokens.get(at).map(|t| t.kind) {
                self.doubts.names.extend(self.names.key(id));
            }
        }
    }

    /// Skips to behind the `;` of the broken feature; gives up at the end of the class.
    pub(super) fn recover_to_feature(&mut self, from: usize) -> Parse<()> {
        let done = self.skip_to_feature(from);
        if self.mof3 {
            // A structure or enumeration may have been declared there.
            self.doubt(from);
        }
        done
    }

    fn skip_to_feature(&mut self, from: usize) -> Parse<()> {
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

/// How deep brackets are behind a token.
fn nesting(depth: u32, kind: Kind) -> u32 {
    match kind {
        Kind::Punctuation(b'(' | b'[' | b'{') => depth + 1,
        Kind::Punctuation(b')' | b']' | b'}') => depth.saturating_sub(1),
        _ => depth,
    }
}
