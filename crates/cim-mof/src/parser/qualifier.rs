//! Qualifier lists, and flavors.

use cim_core::CimType;

use super::{Abandoned, Parse, Parser};
use crate::ast::{Name, QualifierUse, intrinsic};
use crate::diagnostic::Diagnostic;
use crate::lexer::Kind;
use crate::lint::Lint;
use crate::name;

impl Parser<'_> {
    pub(super) fn qualifier_list(&mut self) -> Parse<Vec<QualifierUse>> {
        if !self.is(b'[') {
            return Ok(Vec::new());
        }
        self.bump();
        let from = self.lists.qualifiers.len();
        let done = self.qualifier_uses();
        let read = self.lists.qualifiers.drain(from..);
        match done {
            Ok(()) => Ok(read.collect()),
            Err(abandoned) => Err(abandoned),
        }
    }

    /// Reads a list behind its `[` onto the end of `self.qualifiers`. A broken qualifier is left out of it.
    fn qualifier_uses(&mut self) -> Parse<()> {
        if self.is(b'[') {
            self.too_much("[");
            self.bump();
        }
        loop {
            let before = self.at;
            self.doubled_word();
            let used = self.qualifier_use();
            let is_read = used.is_ok();
            match used {
                Ok(used) => self.lists.qualifiers.push(used),
                Err(Abandoned) => {
                    self.is_partial = true;
                    self.recover_to_qualifier(before)?;
                }
            }
            if self.is_colon_for_comma() || self.comma(b']') {
                continue;
            }
            if self.eat(b']') {
                return Ok(());
            }
            let is_typed = self.is_any_word(0)
                && self.is_any_word(1)
                && matches!(self.kind_at(2), Kind::Punctuation(b')' | b';' | b'='));
            if is_typed || self.is_feature_at(0) || self.is_class_start() || self.is_mof3_start() {
                self.missing(b']');
                return Ok(());
            }
            let _: Parse<()> = match self.kind() {
                Kind::String { .. } | Kind::Number | Kind::Punctuation(b'=') => {
                    let help = "put the value of a qualifier into parentheses: `Name(value)`";
                    self.expected_with("`,` or `]`", help.to_owned())
                }
                _ => self.expected("`,` or `]`"),
            };
            // It is broken, too: its value may stand here.
            if is_read {
                self.lists.qualifiers.pop();
            }
            self.is_partial = true;
            self.recover_to_qualifier(self.at)?;
            if !self.eat(b',') {
                self.eat(b']');
                return Ok(());
            }
        }
    }

    fn qualifier_use(&mut self) -> Parse<QualifierUse> {
        let name = self.name("the name of a qualifier")?;
        let value = if self.eat(b'(') {
            let value = self.constant()?;
            self.value_end()?;
            Some(value)
        } else if self.is(b'{') {
            Some(self.initializer()?)
        } else {
            None
        };
        if value.is_none() && self.is_literal_at(0) {
            return self.value_without_bracket();
        }
        let mut flavors = Vec::new();
        if !self.is_next_behind_colon() && self.eat(b':') {
            loop {
                flavors.push(self.name("a flavor")?);
                // A comma ends the qualifier, unless another flavor follows it.
                let another = self.is(b',') && self.key_at(1).is_some_and(is_flavor);
                if another {
                    self.bump();
                } else if !self.is_flavor_here() {
                    break;
                }
            }
            let span = flavors.first().map_or(name.span, |f| f.span);
            self.report.push(
                Diagnostic::lint(
                    Lint::FlavorAtUse,
                    span,
                    format!("a flavor where `{}` is used", name.text),
                )
                .help("flavors belong to the declaration of the qualifier"),
            );
            self.flavors(&flavors);
        }
        Ok(QualifierUse {
            name,
            value,
            flavors: flavors.into_boxed_slice(),
        })
    }

    /// Whether the word that stands behind a flavor is one more, right or misspelt.
    fn is_flavor_here(&self) -> bool {
        let Some(key) = self.key_at(0) else {
            return false;
        };
        is_flavor(key)
            || matches!(self.kind_at(1), Kind::Punctuation(b',' | b']'))
            || self.is_any_word(1)
                && self.key_at(1).is_some_and(is_flavor)
                && !self.is_feature_at(0)
    }

    /// Reports and skips a word that stands twice.
    fn doubled_word(&mut self) {
        if self.is_any_word(1) && self.is_any_word(0) && self.key_at(0) == self.key_at(1) {
            let word = self.found();
            let span = self.here();
            self.syntax_error(
                Diagnostic::error("E0101", span, format!("{word} stands twice"))
                    .label("one too many")
                    .help("remove it"),
            );
            self.bump();
        }
    }

    /// `Description "text"]`, `Values "a", "b"}`: reported, and skipped.
    fn value_without_bracket(&mut self) -> Parse<QualifierUse> {
        let help = "put the value of a qualifier into parentheses, several into braces";
        let missing: Parse<()> = self.expected_with("`(` or `{`", help.to_owned());
        while self.is_literal_at(0) || self.is(b',') && self.is_literal_at(1) {
            self.bump();
        }
        if !self.eat(b')') {
            self.eat(b'}');
        }
        missing?;
        Err(Abandoned)
    }

    /// The `)` behind the value of a qualifier.
    fn value_end(&mut self) -> Parse<()> {
        if self.is(b',') && !self.is_any_word(1) {
            let help = "write several values in braces: `{ ..., ... }`".to_owned();
            return self.expected_with("`)`", help);
        }
        self.expect(b')')
    }

    /// What is wrong between the qualifiers and what they stand on.
    pub(super) fn after_qualifiers(&mut self, qualifiers: &mut Vec<QualifierUse>) -> Parse<()> {
        if self.is_any_word(0) && self.is_any_word(1) {
            return Ok(());
        }
        if self.is(b']') && !qualifiers.is_empty() {
            self.too_much("]");
            self.bump();
        }
        if qualifiers.is_empty() && self.is_list_without_bracket() {
            let word = self.text(self.here()).to_owned();
            let _: Parse<()> = self.expected_with("`[`", format!("write `[` before `{word}`"));
            let from = self.lists.qualifiers.len();
            let done = self.qualifier_uses();
            qualifiers.extend(self.lists.qualifiers.drain(from..));
            done?;
        }
        while !qualifiers.is_empty()
            && (self.is(b'[') || self.is(b',') && self.kind_at(1) == Kind::Punctuation(b'['))
        {
            let diagnostic = Diagnostic::error("E0101", self.here(), "a second list of qualifiers")
                .label("one list is behind this place already")
                .help("write all qualifiers in one list, with commas between them");
            self.syntax_error(diagnostic);
            self.eat(b',');
            qualifiers.append(&mut self.qualifier_list()?);
        }
        Ok(())
    }

    /// Whether `Key, MaxLen(5)] string Name` stands here: qualifiers without the `[` before them.
    fn is_list_without_bracket(&self) -> bool {
        const FARTHEST: usize = 64;
        let (mut at, mut depth) = (0, 0);
        if !self.is_any_word(0) || self.is_any_word(1) {
            return false;
        }
        while at < FARTHEST {
            match self.kind_at(at) {
                Kind::Punctuation(b']') if depth == 0 => {
                    return self.is_feature_at(at + 1) || self.key_at(at + 1) == Some(name::CLASS);
                }
                Kind::Punctuation(b'(' | b'{') => depth += 1,
                Kind::Punctuation(b')' | b'}') if depth > 0 => depth -= 1,
                Kind::Punctuation(b',') | Kind::Word(_) => {}
                Kind::String { .. } | Kind::Number | Kind::Char if depth > 0 => {}
                _ => return false,
            }
            at += 1;
        }
        false
    }

    /// Whether a colon stands before the next qualifier with its value.
    fn is_next_behind_colon(&self) -> bool {
        if !self.is(b':') {
            return false;
        }
        let value_follows = matches!(self.kind_at(2), Kind::Punctuation(b'(' | b'{'));
        let is_flavored = self.key_at(1).is_some_and(is_flavor);
        self.is_any_word(1) && value_follows && !is_flavored
    }

    /// Reports such a colon, and takes it as a comma.
    fn is_colon_for_comma(&mut self) -> bool {
        let is_one = self.is_next_behind_colon();
        if is_one {
            self.instead(',');
        }
        is_one
    }

    pub(super) fn flavors(&mut self, flavors: &[Name]) {
        for flavor in flavors {
            match flavor.key {
                key if is_standard_flavor(key) => {}
                key if is_flavor(key) => self.report.push(
                    Diagnostic::lint(
                        Lint::FlavorWord,
                        flavor.span,
                        format!("flavor `{}` is no flavor of CIM 2.3 and later", flavor.text),
                    )
                    .help("remove it; `Amended` is `Translatable`"),
                ),
                _ => self.unknown_word(
                    "flavor",
                    flavor,
                    &[
                        "EnableOverride",
                        "DisableOverride",
                        "ToSubclass",
                        "Restricted",
                        "Translatable",
                    ],
                ),
            }
        }
        let has = |key| flavors.iter().find(|f| f.key == key);
        let pairs = [
            (name::ENABLEOVERRIDE, name::DISABLEOVERRIDE),
            (name::TOSUBCLASS, name::RESTRICTED),
            (name::TOSUBCLASS, name::NOTTOSUBCLASS),
        ];
        for (a, b) in pairs {
            if let (Some(a), Some(b)) = (has(a), has(b)) {
                self.report.push(
                    Diagnostic::error(
                        "E0308",
                        b.span,
                        format!("flavors `{}` and `{}` exclude each other", a.text, b.text),
                    )
                    .label("this one")
                    .also(a.span, "and this one")
                    .help("keep one of them"),
                );
            }
        }
    }

    pub(super) fn unknown_word(&mut self, kind: &str, word: &Name, known: &[&str]) {
        let help = match cim_core::nearest(&word.text, known.iter().copied()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("a {kind} is one of {}", known.join(", ")),
        };
        self.report.push(
            Diagnostic::error("E0112", word.span, format!("`{}` is no {kind}", word.text))
                .help(help),
        );
    }

    /// An intrinsic type by its keyword.
    pub(super) fn intrinsic_here(&self) -> Option<CimType> {
        self.key_at(0).and_then(intrinsic)
    }
}

fn is_standard_flavor(key: name::Key) -> bool {
    [
        name::ENABLEOVERRIDE,
        name::DISABLEOVERRIDE,
        name::RESTRICTED,
        name::TOSUBCLASS,
        name::TRANSLATABLE,
    ]
    .contains(&key)
}

pub(super) fn is_flavor(key: name::Key) -> bool {
    is_standard_flavor(key)
        || [
            name::TOINSTANCE,
            name::NOTTOINSTANCE,
            name::NOTTOSUBCLASS,
            name::AMENDED,
        ]
        .contains(&key)
}
