//! Instances, at the top of a file and as values.

use super::{Parse, Parser};
use crate::ast::{Instance, Literal, Namespace, QualifierUse, Spanned, ValueInitializer};
use crate::diagnostic::Diagnostic;
use crate::lint::Lint;
use crate::name;

impl Parser<'_> {
    /// What stands behind the word `instance` or `value`, with the semicolon.
    pub(super) fn instance_declaration(
        &mut self,
        is_value: bool,
        qualifiers: Vec<QualifierUse>,
    ) -> Parse<Instance> {
        self.warn_of_qualifiers(&qualifiers);
        let instance = self.instance(is_value, qualifiers)?;
        self.semicolon()?;
        Ok(instance)
    }

    fn warn_of_qualifiers(&mut self, qualifiers: &[QualifierUse]) {
        if let Some(first) = qualifiers.first() {
            self.report.push(
                Diagnostic::lint(
                    Lint::InstanceQualifier,
                    first.name.span,
                    "qualifiers on instances and their values are deprecated",
                )
                .help("remove them: they have no effect"),
            );
        }
    }

    fn instance(&mut self, is_value: bool, qualifiers: Vec<QualifierUse>) -> Parse<Instance> {
        if !self.eat_word(name::OF) {
            return self.expected("`of`");
        }
        let class = self.name("a class name")?;
        let alias = self.alias()?;
        self.expect(b'{')?;
        let mut values = Vec::new();
        let mut is_broken = false;
        if self.is(b'}') {
            let span = self.here();
            self.report.push(
                Diagnostic::lint(
                    Lint::Empty,
                    span,
                    format!("an instance of `{}` without any value", class.text),
                )
                .help("give at least its key a value"),
            );
        }
        while !self.is(b'}') {
            let before = self.at;
            match self.value_initializer() {
                Ok(value) => values.push(value),
                Err(abandoned) => {
                    if self.kind() == crate::lexer::Kind::End {
                        return Err(abandoned);
                    }
                    is_broken = true;
                    self.recover_to_feature(before)?;
                }
            }
        }
        self.expect(b'}')?;
        Ok(Instance {
            is_value,
            namespace: Namespace::default(),
            qualifiers,
            class,
            alias,
            values,
            is_broken,
        })
    }

    fn value_initializer(&mut self) -> Parse<ValueInitializer> {
        let qualifiers = self.qualifier_list()?;
        self.warn_of_qualifiers(&qualifiers);
        let name = self.name("a property name or `}`")?;
        let value = if self.is(b';') {
            self.report.push(
                Diagnostic::lint(
                    Lint::ValueMissing,
                    name.span,
                    format!("`{}` gets no value", name.text),
                )
                .help("write `= value`, or remove it"),
            );
            None
        } else {
            self.expect(b'=')?;
            Some(self.initializer()?)
        };
        self.semicolon()?;
        Ok(ValueInitializer {
            qualifiers,
            name,
            value,
        })
    }

    /// `instance of X { ... }` or `value of X { ... }` as a value.
    pub(super) fn inline_instance(&mut self) -> Parse<Spanned<Literal>> {
        let start = self.here();
        let is_value = self.is_word(name::VALUE);
        if is_value {
            self.needs_mof3(start, "`value of`");
        } else {
            self.report.push(
                Diagnostic::lint(Lint::InlineInstance, start, "an instance as a value").help(
                    "declare it with an alias (`instance of X as $Name`), and write the alias here",
                ),
            );
        }
        self.bump();
        self.inline += 1;
        if self.inline > super::value::MAX_DEPTH {
            self.inline -= 1;
            return self.too_deep(start);
        }
        let instance = self.instance(is_value, Vec::new());
        self.inline -= 1;
        let span = start.to(self.previous());
        Ok(Spanned {
            value: Literal::Instance(Box::new(instance?)),
            span,
        })
    }
}
