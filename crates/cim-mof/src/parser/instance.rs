//! Instances, at the top of a file and as values.

use super::{Abandoned, Parse, Parser};
use crate::ast::{Instance, Literal, Namespace, QualifierUse, Spanned, ValueInitializer};
use crate::diagnostic::Diagnostic;
use crate::lexer::Kind;
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
        if !std::mem::take(&mut self.is_closed) {
            let before = self.at;
            if self.end_of_body().is_err() {
                self.recover_to_declaration(before);
            }
        }
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
            let is_left_out =
                self.is_any_word(0) && matches!(self.kind_at(1), Kind::Punctuation(b'{'));
            let missing: Parse<()> = self.expected_with("`of`", "write `instance of`".to_owned());
            if !is_left_out {
                missing?;
            }
        }
        if self.is_word(name::OF) && self.is_any_word(1) {
            self.instance_header("a class name", true);
        }
        let class = if self.is_word(name::AS) && !self.is_any_word(1) {
            let class = self.names.make("as", self.here());
            self.instance_header("a class name", false);
            class
        } else {
            self.name("a class name")?
        };
        if self.is_any_word(0)
            && !self.is_word(name::AS)
            && (self.kind_at(1) == Kind::Punctuation(b'{') || self.key_at(1) == Some(name::AS))
        {
            self.instance_header("`as` or `{`", true);
        }
        let alias = match self.alias() {
            Ok(alias) => alias,
            Err(abandoned) if !self.is(b'{') => return Err(abandoned),
            Err(_) => None,
        };
        // An instance that cannot be read whole is known all the same: its users are not to blame.
        let mut instance = Instance {
            is_value,
            namespace: Namespace::default(),
            qualifiers,
            class,
            alias,
            values: Vec::new(),
            is_broken: std::mem::take(&mut self.is_partial),
        };
        let before = self.at;
        if let Err(abandoned) = self.values(&mut instance) {
            instance.is_broken = true;
            if self.inline > 0 {
                return Err(abandoned);
            }
            if self.kind() != Kind::End {
                self.recover_to_declaration(before);
            }
            self.is_closed = true;
        }
        Ok(instance)
    }

    /// Reports what does not belong into the header of an instance, and skips it.
    fn instance_header(&mut self, what: &str, skip: bool) {
        self.doubt_here();
        self.is_partial = true;
        let _: Parse<()> = self.expected(what);
        if skip {
            self.bump();
        }
    }

    /// The values of an instance, with the braces around them.
    fn values(&mut self, instance: &mut Instance) -> Parse<()> {
        let closing = self.open_body()?;
        if self.is(closing) {
            let span = self.here();
            self.report.push(
                Diagnostic::lint(
                    Lint::Empty,
                    span,
                    format!("an instance of `{}` without any value", instance.class.text),
                )
                .help("give at least its key a value"),
            );
        }
        while !self.is(b'}') && !self.is(closing) {
            let before = self.at;
            if self.kind() == Kind::End || self.is_class_start() || self.is_other_start() {
                self.unclosed(&instance.class, "instance");
                instance.is_broken = true;
                self.is_closed = true;
                return if self.inline > 0 {
                    Err(Abandoned)
                } else {
                    Ok(())
                };
            }
            if self.inline > 0 && self.is_end_of_inner() {
                // The semicolon is that of the value around it.
                instance.is_broken = true;
                self.missing(b'}');
                return Ok(());
            }
            match self.lone_semicolon("instance") {
                Some(true) => {
                    self.is_closed = true;
                    instance.is_broken = true;
                    return if self.inline > 0 {
                        Err(Abandoned)
                    } else {
                        Ok(())
                    };
                }
                Some(false) => continue,
                None => {}
            }
            let value = self.value_initializer();
            instance.is_broken |= std::mem::take(&mut self.is_partial);
            match value {
                Ok(value) => instance.values.push(value),
                Err(Abandoned) => {
                    instance.is_broken = true;
                    if self.kind() == Kind::End {
                        return Err(Abandoned);
                    }
                    self.recover_to_feature(before)?;
                }
            }
        }
        if !self.eat(closing) {
            self.expect(b'}')?;
        }
        Ok(())
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
            if self.is(b':') {
                self.instead('=');
            } else {
                self.expect(b'=')?;
            }
            Some(self.elements_without_brace(true)?)
        };
        let is_comma =
            self.is(b',') && self.is_any_word(1) && self.kind_at(2) == Kind::Punctuation(b'=');
        if is_comma {
            self.instead(';');
        } else {
            self.semicolon()?;
        }
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
