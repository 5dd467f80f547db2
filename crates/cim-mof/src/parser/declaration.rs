//! What stands at the top of a file.

use super::{Abandoned, Parse, Parser};
use crate::ast::{Declaration, Keyword};
use crate::diagnostic::Diagnostic;
use crate::lexer::Kind;
use crate::name;

impl Parser<'_> {
    pub(super) fn declaration(&mut self) -> Parse<Declaration> {
        if self.is(b'#') {
            let before = self.at;
            let pragma = self.pragma();
            if pragma.is_err() {
                self.recover_to_line(before);
            }
            return pragma.map(Declaration::Pragma);
        }
        let start = self.here();
        self.is_partial = std::mem::take(&mut self.is_headless);
        let mut qualifiers = self.qualifier_list()?;
        self.after_qualifiers(&mut qualifiers)?;
        if self.is_enumeration_without_keyword() {
            return self.enumeration(qualifiers).map(Declaration::Enumeration);
        }
        if self.is_class_without_keyword() {
            return self
                .class(start, Keyword::Class, qualifiers)
                .map(Declaration::Class);
        }
        let Some(mut key) = self.key_at(0) else {
            return self.no_declaration();
        };
        if let Some(meant) = self.misspelt(key) {
            key = meant;
        }
        let next_is_word = self.is_any_word(1);
        match key {
            name::QUALIFIER if next_is_word || self.kind_at(1) == Kind::Punctuation(b':') => {
                // Qualifiers of a qualifier type (DSP0221) describe it for people only.
                if !qualifiers.is_empty() {
                    self.needs_mof3(start, "a qualifier list before a qualifier declaration");
                }
                self.bump();
                self.qualifier_declaration().map(Declaration::Qualifier)
            }
            name::CLASS => {
                self.bump();
                self.class(start, Keyword::Class, qualifiers)
                    .map(Declaration::Class)
            }
            name::INSTANCE => {
                self.bump();
                self.instance_declaration(false, qualifiers)
                    .map(Declaration::Instance)
            }
            name::ASSOCIATION | name::STRUCTURE
                if next_is_word || matches!(self.kind_at(1), Kind::Punctuation(b'{')) =>
            {
                let keyword = if key == name::ASSOCIATION {
                    Keyword::Association
                } else {
                    Keyword::Structure
                };
                self.needs_mof3(
                    self.here(),
                    &format!("`{}` as a declaration", self.text(self.here())),
                );
                self.bump();
                self.class(start, keyword, qualifiers)
                    .map(Declaration::Class)
            }
            name::ENUMERATION
                if next_is_word || matches!(self.kind_at(1), Kind::Punctuation(b':')) =>
            {
                self.needs_mof3(self.here(), "`enumeration`");
                self.bump();
                self.enumeration(qualifiers).map(Declaration::Enumeration)
            }
            name::VALUE if self.key_at(1) == Some(name::OF) => {
                self.needs_mof3(self.here(), "`value of`");
                self.bump();
                self.instance_declaration(true, qualifiers)
                    .map(Declaration::Instance)
            }
            _ => self.no_declaration(),
        }
    }

    /// The keyword that a word stands for which is none: `clas X_A {`, `abstract class X_A {`. It is
    /// reported, and what follows read as meant.
    fn misspelt(&mut self, key: name::Key) -> Option<name::Key> {
        if self.key_at(1) == Some(name::CLASS) && self.is_any_word(2) {
            let span = self.here();
            let word = self.text(span).to_owned();
            self.syntax_error(
                Diagnostic::error("E0101", span, format!("`{word}` before `class`"))
                    .label("no qualifier without brackets")
                    .help(if key == name::CLASS {
                        "remove one of them".to_owned()
                    } else {
                        format!("write `[{word}]` if the qualifier is meant, or remove it")
                    }),
            );
            self.bump();
            return Some(name::CLASS);
        }
        let opens = |at| self.kind_at(at) == Kind::Punctuation(b'{');
        let derives = self.kind_at(2) == Kind::Punctuation(b':') && self.is_any_word(3);
        let is_class =
            self.is_any_word(1) && (opens(2) || derives) && !(opens(2) && self.is_value_at(3));
        let (meant, word) = if self.key_at(1) == Some(name::OF) {
            (name::INSTANCE, "instance")
        } else if is_class && key != name::QUALIFIER {
            (name::CLASS, "class")
        } else {
            return None;
        };
        let known = [
            name::CLASS,
            name::INSTANCE,
            name::VALUE,
            name::STRUCTURE,
            name::ENUMERATION,
            name::ASSOCIATION,
        ];
        let found = self.text(self.here()).to_owned();
        if self.mof3 && is_class && !known.contains(&key) {
            let mof3 = [
                (name::ENUMERATION, "enumeration"),
                (name::STRUCTURE, "structure"),
                (name::ASSOCIATION, "association"),
            ];
            let near = mof3
                .into_iter()
                .find(|(_, word)| cim_core::nearest(&found, [*word].into_iter()).is_some());
            if let Some((meant, word)) = near {
                let _: Parse<()> =
                    self.expected_with(&format!("`{word}`"), format!("did you mean `{word}`?"));
                return Some(meant);
            }
        }
        if known.contains(&key) {
            return None;
        }
        let help = match cim_core::nearest(&found, std::iter::once(word)) {
            Some(_) => format!("did you mean `{word}`?"),
            None if is_class && (opens(2) || opens(4)) => "write `class` here".to_owned(),
            None => return None,
        };
        let _: Parse<()> = self.expected_with(&format!("`{word}`"), help);
        Some(meant)
    }

    /// Whether `X_A : string {` stands here; it is reported, and the enumeration read (DSP0221).
    fn is_enumeration_without_keyword(&mut self) -> bool {
        let is_base = |key: Option<name::Key>| {
            key.is_some_and(|k| k == name::INTEGER || crate::ast::intrinsic(k).is_some())
        };
        let is_one = self.mof3
            && self.is_any_word(0)
            && self.kind_at(1) == Kind::Punctuation(b':')
            && is_base(self.key_at(2))
            && self.kind_at(3) == Kind::Punctuation(b'{')
            && !self.is_word(name::ENUMERATION);
        if is_one {
            let name = self.text(self.here()).to_owned();
            let _: Parse<()> =
                self.expected_with("`enumeration`", format!("write `enumeration {name}`"));
        }
        is_one
    }

    /// Whether `X_A {` or `X_A : X_B {` stands here; it is reported, and the class read.
    fn is_class_without_keyword(&mut self) -> bool {
        let opens = |at| self.kind_at(at) == Kind::Punctuation(b'{');
        let derives = self.kind_at(1) == Kind::Punctuation(b':') && self.is_any_word(2) && opens(3);
        let is_keyword = self.key_at(0).is_some_and(|key| {
            [
                name::CLASS,
                name::INSTANCE,
                name::QUALIFIER,
                name::STRUCTURE,
                name::ENUMERATION,
                name::ASSOCIATION,
            ]
            .contains(&key)
        });
        let is_instance = opens(1) && self.is_value_at(2);
        if !self.is_any_word(0) || is_keyword || is_instance || !(opens(1) || derives) {
            return false;
        }
        let class = self.text(self.here()).to_owned();
        let _: Parse<()> =
            self.expected_with("`class`", format!("write `class {class}` to declare it"));
        true
    }

    /// Reports and skips `}`, `};` or `;` between declarations; false if none stands here.
    pub(super) fn stray_end(&mut self) -> bool {
        if !(self.is(b'}') || self.is(b';')) {
            return false;
        }
        let is_brace = self.is(b'}');
        // The brace of a class that was given up is one that belongs to it.
        if !(is_brace && std::mem::take(&mut self.unclosed)) {
            self.too_much(if is_brace { "}" } else { ";" });
        }
        self.bump();
        if is_brace {
            self.eat(b';');
        }
        true
    }

    fn no_declaration<T>(&mut self) -> Parse<T> {
        // What follows something that is no MOF is none either.
        let is_told = self.nothing_at.replace(self.at) == Some(self.at);
        if is_told {
            return Err(Abandoned);
        }
        if self.is_word(name::PRAGMA) {
            let here = self.at;
            let _: Parse<()> =
                self.expected_with("`#pragma`", "write `#pragma` for a directive".to_owned());
            self.recover_to_line(here);
            return Err(Abandoned);
        }
        let what = "`class`, `instance of`, `Qualifier`, a qualifier list or `#pragma`";
        let known = ["class", "instance", "Qualifier"];
        let found = self.text(self.here()).to_owned();
        match cim_core::nearest(&found, known.into_iter()) {
            Some(similar) if self.is_any_word(0) => {
                self.expected_with(what, format!("did you mean `{similar}`?"))
            }
            _ => self.expected(what),
        }
    }

    /// Reports something of DSP0221 where that is not asked for; it is parsed all the same.
    pub(super) fn needs_mof3(&mut self, span: crate::source::Span, what: &str) {
        if !self.mof3 {
            self.report.push(
                Diagnostic::error("E0113", span, format!("{what} belongs to MOF 3 (DSP0221)"))
                    .help("give --mof3 if the file is meant to be MOF 3"),
            );
            // Whatever else of it follows is the same mistake.
            self.mof3 = true;
        }
    }
}
