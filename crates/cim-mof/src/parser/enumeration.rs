//! Enumerations, and declarations within a class (DSP0221).

use super::{Parse, Parser};
use crate::ast::{Declaration, Enumeration, Enumerator, Keyword, Namespace, QualifierUse};
use crate::name;
use crate::source::Span;

impl Parser<'_> {
    /// What stands behind the word `enumeration`.
    pub(super) fn enumeration(&mut self, qualifiers: Vec<QualifierUse>) -> Parse<Enumeration> {
        let name = self.declared_name("the name of the enumeration")?;
        self.expect(b':')?;
        let base = self.name("`integer`, `string` or another enumeration")?;
        self.expect(b'{')?;
        let mut literals = Vec::new();
        while !self.is(b'}') {
            let qualifiers = self.qualifier_list()?;
            let name = self.name("the name of a literal")?;
            let value = if self.eat(b'=') {
                Some(self.constant()?)
            } else {
                None
            };
            literals.push(Enumerator {
                qualifiers,
                name,
                value,
            });
            if !self.eat(b',') {
                break;
            }
        }
        self.expect(b'}')?;
        self.semicolon()?;
        Ok(Enumeration {
            qualifiers,
            name,
            base,
            literals,
            namespace: Namespace::default(),
        })
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
