//! Classes, associations and structures with their features.

use super::{Abandoned, Parse, Parser};
use crate::ast::{
    ArrayShape, Class, Keyword, Method, Name, Namespace, Property, QualifierUse, TypeName,
};
use crate::diagnostic::Diagnostic;
use crate::lexer::Kind;
use crate::lint::Lint;
use crate::name;
use crate::source::Span;

impl Parser<'_> {
    /// What stands behind the keyword.
    pub(super) fn class(
        &mut self,
        start: Span,
        keyword: Keyword,
        qualifiers: Vec<QualifierUse>,
    ) -> Parse<Class> {
        let name = self.name("the name of the class")?;
        let mut class = Class {
            keyword,
            namespace: Namespace::default(),
            qualifiers,
            name,
            alias: None,
            superclass: None,
            properties: Vec::new(),
            methods: Vec::new(),
            span: start,
            is_broken: false,
        };
        // A class that cannot be read whole is known all the same: its users are not to blame.
        let before = self.at;
        if self.class_body(&mut class).is_err() {
            class.is_broken = true;
            if self.kind() != Kind::End {
                self.recover_to_declaration(before);
            }
        }
        class.span = start.to(self.previous());
        class.properties.shrink_to_fit();
        Ok(class)
    }

    fn class_body(&mut self, class: &mut Class) -> Parse<()> {
        class.alias = self.alias()?;
        if let Some(alias) = &class.alias {
            self.report.push(
                Diagnostic::lint(
                    Lint::ClassAlias,
                    alias.span,
                    "aliases of classes are deprecated",
                )
                .help("remove it, and use the name of the class"),
            );
        }
        if self.eat(b':') {
            class.superclass = Some(self.name("the name of the superclass")?);
        }
        self.expect(b'{')?;
        while !self.is(b'}') {
            if self.kind() == Kind::End || self.report.is_full() {
                return self.unclosed(&class.name);
            }
            let before = self.at;
            if self.feature(class).is_err() {
                class.is_broken = true;
                self.recover_to_feature(before)?;
            }
        }
        self.bump();
        self.semicolon()
    }

    fn unclosed<T>(&mut self, name: &Name) -> Parse<T> {
        let here = self.here();
        self.report.push(
            Diagnostic::error(
                "E0101",
                here,
                format!("expected `}}`, found {}", self.found()),
            )
            .label("expected `}`")
            .also(name.span, "the class that is still open")
            .help("write `};` at the end of the class"),
        );
        Err(Abandoned)
    }

    fn feature(&mut self, class: &mut Class) -> Parse<()> {
        let start = self.here();
        let qualifiers = self.qualifier_list()?;
        if self.is_local_declaration() {
            return self.local_declaration(start);
        }
        let type_place = self.here();
        let ty = self.type_name(true)?;
        let brackets = self.misplaced_brackets()?;
        let name = self.name("the name of a property or method")?;
        if self.eat(b'(') {
            if matches!(ty, TypeName::Void) {
                self.void(type_place);
            }
            let parameters = self.parameters()?;
            self.semicolon()?;
            class.methods.push(Method {
                qualifiers,
                returns: ty,
                returns_array: brackets.is_array(),
                name,
                parameters,
            });
            return Ok(());
        }
        if matches!(ty, TypeName::Void) {
            self.report.push(
                Diagnostic::error(
                    "E0111",
                    name.span,
                    format!("property `{}` cannot be void", name.text),
                )
                .help("give it a type, such as `string` or `uint32`"),
            );
        }
        let property = self.value_of_feature(qualifiers, ty, name, brackets)?;
        self.semicolon()?;
        class.properties.push(property);
        Ok(())
    }

    /// The brackets and the default of a property or parameter.
    fn value_of_feature(
        &mut self,
        qualifiers: Vec<QualifierUse>,
        ty: TypeName,
        name: Name,
        brackets: ArrayShape,
    ) -> Parse<Property> {
        let array = match self.array_shape()? {
            ArrayShape::Scalar => brackets,
            shape => shape,
        };
        let default = if self.eat(b'=') {
            Some(self.initializer()?)
        } else {
            None
        };
        Ok(Property {
            qualifiers,
            ty,
            name,
            array,
            default,
        })
    }

    fn parameters(&mut self) -> Parse<Vec<Property>> {
        let mut parameters = Vec::new();
        if self.eat(b')') {
            return Ok(parameters);
        }
        loop {
            let qualifiers = self.qualifier_list()?;
            let ty = self.type_name(false)?;
            let brackets = self.misplaced_brackets()?;
            let name = self.name("the name of a parameter")?;
            let parameter = self.value_of_feature(qualifiers, ty, name, brackets)?;
            if let Some(default) = &parameter.default
                && !self.mof3
            {
                self.report.push(
                    Diagnostic::lint(
                        Lint::ParameterDefault,
                        default.span,
                        format!("parameter `{}` has a default", parameter.name.text),
                    )
                    .help("remove it: the caller gives every value"),
                );
            }
            parameters.push(parameter);
            if !self.comma(b')') {
                break;
            }
        }
        self.expect(b')')?;
        Ok(parameters)
    }

    fn is_local_declaration(&self) -> bool {
        matches!(self.key_at(0), Some(name::STRUCTURE | name::ENUMERATION))
            && self.is_any_word(1)
            && matches!(self.kind_at(2), Kind::Punctuation(b'{' | b':'))
    }

    /// `as $Name`
    pub(super) fn alias(&mut self) -> Parse<Option<Name>> {
        if !self.eat_word(name::AS) {
            return Ok(None);
        }
        let span = self.here();
        match self.kind() {
            Kind::Alias(id) => {
                self.bump();
                Ok(self.names.name(id, span))
            }
            _ => self.expected("an alias such as `$Name`"),
        }
    }
}
