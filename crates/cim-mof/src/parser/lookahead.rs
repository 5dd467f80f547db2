//! What seems to stand at a place, told from a few tokens: mistakes are understood by it.

use super::Parser;
use crate::lexer::Kind;
use crate::name;

impl Parser<'_> {
    /// Whether another bracket than `}` ends the class that is being read.
    pub(super) fn is_closed_otherwise(&self) -> bool {
        (self.is(b')') || self.is(b']'))
            && (matches!(self.kind_at(1), Kind::End | Kind::Punctuation(b';'))
                || self.is_on_new_line_at(1))
    }

    /// Whether qualifiers stand there rather than the size of an array.
    pub(super) fn is_qualifier_list_at(&self, ahead: usize) -> bool {
        self.kind_at(ahead) == Kind::Punctuation(b'[')
            && self.is_any_word(ahead + 1)
            && matches!(
                self.kind_at(ahead + 2),
                Kind::Punctuation(b'(' | b'{' | b',' | b']' | b':')
            )
    }

    /// Whether a feature of a class seems to stand there, behind qualifiers or not.
    pub(super) fn is_feature_at(&self, ahead: usize) -> bool {
        let mut at = ahead;
        if self.is_qualifier_list_at(ahead) {
            match self.behind_list(ahead) {
                Some(behind) => at = behind,
                None => return false,
            }
        }
        let is_type =
            |key: Option<name::Key>| key.is_some_and(|k| crate::ast::intrinsic(k).is_some());
        let ends = matches!(
            self.kind_at(at + 2),
            Kind::Punctuation(b';' | b'=' | b'[' | b'(')
        );
        self.is_any_word(at + 1)
            && (is_type(self.key_at(at))
                || self.key_at(at + 1) == Some(name::REF)
                || self.mof3 && self.is_any_word(at) && ends)
    }

    /// Whether a `,` or `:` stands where a semicolon is meant: the next feature follows, or nothing.
    pub(super) fn is_semicolon_meant(&self) -> bool {
        (self.is(b',') || self.is(b':') || self.is(b'.'))
            && (matches!(self.kind_at(1), Kind::End | Kind::Punctuation(b'}'))
                || self.is_feature_at(1)
                || self.is_on_new_line_at(1))
    }

    /// Whether `};` stands here and ends nothing, because a feature or value follows it.
    pub(super) fn is_stray_close(&self) -> bool {
        self.inline == 0
            && self.is(b'}')
            && self.kind_at(1) == Kind::Punctuation(b';')
            && (self.is_feature_at(2)
                || self.is_value_at(2)
                || self.kind_at(2) == Kind::Punctuation(b'}'))
    }

    /// Whether the `;` that stands here ends something within something else, whose `}` is missing; it is one too many
    /// otherwise.
    pub(super) fn is_end_of_inner(&self) -> bool {
        if !self.is(b';') {
            return false;
        }
        let closes = self.kind_at(1) == Kind::Punctuation(b'}')
            && self.kind_at(2) == Kind::Punctuation(b';');
        if closes {
            // It closes what is around it.
            self.is_declaration_at(3) || self.is_mof3_start_at(3)
        } else {
            self.is_on_new_line_at(1)
        }
    }

    /// Whether a declaration begins there, or the file ends.
    pub(super) fn is_declaration_at(&self, ahead: usize) -> bool {
        let key = self.key_at(ahead);
        let next = self.key_at(ahead + 1);
        match self.kind_at(ahead) {
            Kind::End | Kind::Punctuation(b'#') => true,
            Kind::Punctuation(b'[') => self
                .behind_list(ahead)
                .is_some_and(|at| self.key_at(at) == Some(name::CLASS)),
            _ => {
                key == Some(name::CLASS) && self.is_any_word(ahead + 1)
                    || matches!(key, Some(name::INSTANCE | name::VALUE)) && next == Some(name::OF)
                    || self.mof3 && key == Some(name::ASSOCIATION) && self.is_any_word(ahead + 1)
                    || key == Some(name::QUALIFIER) && self.is_any_word(ahead + 1)
            }
        }
    }

    /// What stands behind the `]` of the list that begins there.
    pub(super) fn behind_list(&self, ahead: usize) -> Option<usize> {
        const FARTHEST: usize = 4096;
        (ahead..ahead + FARTHEST)
            .take_while(|at| self.kind_at(*at) != Kind::End)
            .find(|at| self.kind_at(*at) == Kind::Punctuation(b']'))
            .map(|at| at + 1)
    }

    /// Whether `Name = ` stands there, as in an instance.
    pub(super) fn is_value_at(&self, ahead: usize) -> bool {
        self.is_any_word(ahead) && self.kind_at(ahead + 1) == Kind::Punctuation(b'=')
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
            || self.mof3 && key == Some(name::VALUE) && self.key_at(1) == Some(name::OF)
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

    /// Whether a line ends before that token.
    pub(super) fn is_on_new_line_at(&self, ahead: usize) -> bool {
        let gap =
            self.token(ahead.saturating_sub(1)).end as usize..self.token(ahead).start as usize;
        self.source
            .text
            .get(gap)
            .is_some_and(|t| t.contains(['\n', '\r']))
    }

    /// Whether a feature seems to begin here, on a line of its own.
    pub(super) fn is_feature_start(&self) -> bool {
        self.is_on_new_line() && (self.is(b'[') || self.is_any_word(0) && self.is_any_word(1))
    }

    /// Whether `enumeration X :`, `structure X {` or `association X {` stands here (DSP0221).
    pub(super) fn is_mof3_start(&self) -> bool {
        self.is_mof3_start_at(0)
    }

    pub(super) fn is_mof3_start_at(&self, ahead: usize) -> bool {
        self.mof3
            && matches!(
                self.key_at(ahead),
                Some(name::STRUCTURE | name::ENUMERATION | name::ASSOCIATION)
            )
            && self.is_any_word(ahead + 1)
            && matches!(self.kind_at(ahead + 2), Kind::Punctuation(b'{' | b':'))
    }
}
