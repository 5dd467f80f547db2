//! Enumerations, and declarations within a class (DSP0221).

use super::{Abandoned, Parse, Parser};
use crate::ast::{Declaration, Enumeration, Enumerator, Keyword, Namespace, QualifierUse};
use crate::lexer::Kind;
use crate::name;
use crate::source::Span;

impl Parser<'_> {
    /// What stands behind the word `enumeration`.
    pub(super) fn enumeration(&mut self, qualifiers: Vec<QualifierUse>) -> Parse<Enumeration> {
        let name = self.declared_name("the name of the enumeration")?;
        self.expect(b':')?;
        let base = self.name("`integer`, `string` or another enumeration")?;
        let is_literal =
            self.is_any_word(0) && matches!(self.kind_at(1), Kind::Punctuation(b',' | b'=' | b'}'));
        if !self.eat(b'{') {
            self.missing(b'{');
            if !is_literal {
                return Err(Abandoned);
            }
        }
        let mut literals = Vec::new();
        if self.is(b'{') {
            self.too_much("{");
            self.bump();
        }
        let mut is_broken = false;
        while !self.is(b'}') {
            let before = self.at;
            match self.literal() {
                Ok(literal) => literals.push(literal),
                Err(Abandoned) => {
                    is_broken = true;
                    if self.recover_to_literal(before).is_err() {
                        break;
                    }
                }
            }
            if self.is_any_word(0) || self.is(b'[') {
                is_broken = true;
                self.missing(b',');
            } else if !self.eat(b',') {
                break;
            }
        }
        if self.eat(b'}') {
            let before = self.at;
            if self.end_of_body().is_err() {
                self.recover_to_declaration(before);
            }
        } else {
            is_broken = true;
            let previous = self.text(self.previous());
            if previous != "}" {
                self.missing(b'}');
            }
            if !self.eat(b';') {
                self.recover_to_declaration(self.at);
            }
        }
        Ok(Enumeration {
            qualifiers,
            name,
            base,
            literals,
            namespace: Namespace::default(),
            is_broken: is_broken || std::mem::take(&mut self.is_partial),
        })
    }

    fn literal(&mut self) -> Parse<Enumerator> {
        let qualifiers = self.qualifier_list()?;
        let name = self.name("the name of a literal")?;
        let value = if self.eat(b'=') {
            Some(self.constant()?)
        } else {
            None
        };
        Ok(Enumerator {
            qualifiers,
            name,
            value,
        })
    }

    /// Skips to the `,` or `}` behind a broken literal; gives up where the enumeration is left.
    fn recover_to_literal(&mut self, from: usize) -> Parse<()> {
        loop {
            match self.kind() {
                Kind::Punctuation(b',' | b'}') if self.at > from || self.is(b'}') => return Ok(()),
                Kind::End | Kind::Punctuation(b';') => return Err(Abandoned),
                _ if self.is_class_start() => return Err(Abandoned),
                _ => self.bump(),
            }
        }
    }

    /// A structure or enumeration within a class: kept beside the class.
    pub(super) fn local_declaration(
        &mut self,
        start: Span,
        qualifiers: Vec<QualifierUse>,
    ) -> Parse<()> {
        let is_structure = self.is_word(name::STRUCTURE);
        let what = format!("`{}` within a class", self.text(self.here()));
        self.needs_mof3(self.here(), &what);
        self.bump();
        self.inline += 1;
        if self.inline > super::value::MAX_DEPTH {
            self.inline -= 1;
            return self.too_deep(start);
        }
        let declaration = if is_structure {
            self.class(start, Keyword::Structure, qualifiers)
                .map(Declaration::Class)
        } else {
            self.enumeration(qualifiers).map(Declaration::Enumeration)
        };
        self.inline -= 1;
        self.locals.push(declaration?);
        Ok(())
    }
}
