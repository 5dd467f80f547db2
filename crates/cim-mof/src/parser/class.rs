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
        let name = self.declared_name("the name of the class")?;
        let mut class = Class {
            keyword,
            namespace: Namespace::default(),
            qualifiers,
            name,
            alias: None,
            superclass: None,
            // Most classes have fewer; what is too much is given back below.
            properties: Vec::with_capacity(16),
            methods: Vec::new(),
            span: start,
            is_broken: false,
            is_partial: std::mem::take(&mut self.is_partial),
        };
        // A class that cannot be read whole is known all the same: its users are not to blame.
        let before = self.at;
        self.enclosing.push(class.name.text.clone());
        let done = self.class_body(&mut class);
        self.enclosing.pop();
        class.is_partial |= std::mem::take(&mut self.is_partial);
        if done.is_err() {
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
        if self.eat(b':') || self.is_superclass_without_colon() {
            class.superclass = Some(self.name("the name of the superclass")?);
            self.one_superclass();
        }
        self.stray_in_header(class);
        let closing = self.open_body()?;
        loop {
            if self.is(b'}') && !self.is_stray_brace() || self.is(closing) {
                break;
            }
            if self.is_closed_otherwise() {
                self.instead('}');
                self.eat(b';');
                return Ok(());
            }
            if self.is_pragma_within() {
                self.pragma_within();
                continue;
            }
            if self.enclosing.len() > 1 && self.is_end_of_inner() {
                class.is_broken = true;
                self.missing(b'}');
                self.bump();
                return Ok(());
            }
            match self.lone_semicolon("class") {
                Some(true) => {
                    class.is_broken = true;
                    return Ok(());
                }
                Some(false) => continue,
                None => {}
            }
            let (before, found) = (self.at, self.report.len());
            let is_end = self.kind() == Kind::End || self.report.is_full();
            if is_end || self.is_class_start() || self.is_other_start() {
                class.is_broken = true;
                self.unclosed(&class.name, "class");
                return Ok(());
            }
            match self.feature(class) {
                Ok(true) => {}
                Ok(false) => {
                    // The qualifiers are those of the next declaration.
                    self.at = before;
                    self.report.rewind(found);
                    class.is_broken = true;
                    self.unclosed(&class.name, "class");
                    return Ok(());
                }
                Err(Abandoned) => {
                    class.is_broken = true;
                    self.recover_to_feature(before)?;
                }
            }
        }
        self.bump();
        self.end_of_body()
    }

    /// Reports that the `}` of a class or instance is missing.
    pub(super) fn unclosed(&mut self, class: &Name, what: &str) {
        self.unclosed = true;
        let here = self.here();
        let message = format!("expected `}}`, found {}", self.found());
        self.syntax_error(
            Diagnostic::error("E0101", here, message)
                .label("expected `}`")
                .also(class.span, format!("the {what} that is still open"))
                .help(format!("write `}};` at the end of the {what}")),
        );
    }

    /// Whether the `}` that stands here ends nothing, because features follow it; it is reported and
    /// skipped then.
    fn is_stray_brace(&mut self) -> bool {
        let follows =
            |key: Option<name::Key>| key.is_some_and(|k| crate::ast::intrinsic(k).is_some());
        // Behind a local structure it is the semicolon that was forgotten.
        let is_local = self.enclosing.len() > 1;
        if is_local || !(follows(self.key_at(1)) && self.is_any_word(2)) {
            return false;
        }
        self.too_much("}");
        self.bump();
        true
    }

    /// Reports a sign that ends nothing.
    pub(super) fn too_much(&mut self, sign: &str) {
        let span = self.here();
        let message = if matches!(sign, "{" | "[") {
            format!("a second `{sign}`")
        } else {
            format!("`{sign}` where nothing is open")
        };
        self.syntax_error(
            Diagnostic::error("E0101", span, message)
                .label("one too many")
                .help("remove it")
                .fix(span, ""),
        );
    }

    /// Whether `class X Y {` or `class X extends Y {` stands here, behind the X: reported, and Y taken as
    /// the superclass.
    fn is_superclass_without_colon(&mut self) -> bool {
        let brace = |parser: &Self, at| matches!(parser.kind_at(at), Kind::Punctuation(b'{'));
        // `class X (Y) {`
        let sign = |at, c| self.kind_at(at) == Kind::Punctuation(c);
        if sign(0, b'(') && self.is_any_word(1) && sign(2, b')') && sign(3, b'{') {
            self.instead(':');
            return true;
        }
        let is_word = self.is_any_word(0) && self.is_any_word(1) && brace(self, 2);
        if !(is_word || self.is_any_word(0) && brace(self, 1)) {
            return false;
        }
        self.doubt_here();
        let span = self.here();
        let message = format!("expected `:` or `{{`, found {}", self.found());
        let name = self
            .text(if is_word {
                self.span_of(self.token(1))
            } else {
                span
            })
            .to_owned();
        self.syntax_error(
            Diagnostic::error("E0101", span, message)
                .label("expected `:` or `{`")
                .help(format!("write `: {name}` to derive from `{name}`")),
        );
        if is_word {
            self.bump();
        }
        // `class X X {`
        if self.key_at(0)
            == self.tokens.get(self.at - 1).and_then(|t| match t.kind {
                Kind::Word(id) => self.names.key(id),
                _ => None,
            })
        {
            self.bump();
            self.is_partial = true;
            return false;
        }
        true
    }

    /// Reports and skips a word too many before the `{` or `:` of a class.
    fn stray_in_header(&mut self, class: &mut Class) {
        let is_one = self.is_any_word(0)
            && (self.kind_at(1) == Kind::Punctuation(b'{')
                || self.kind_at(1) == Kind::Punctuation(b':') && self.is_any_word(2));
        if !is_one {
            return;
        }
        self.doubt_here();
        self.is_partial = true;
        let _: Parse<()> = self.expected("`{`");
        self.bump();
        if self.eat(b':') {
            class.superclass = self.name("the name of the superclass").ok();
        }
    }

    /// Reports and skips a word before the qualifiers of a feature or parameter.
    fn stray_word(&mut self) {
        if self.is(b'[') || !self.is_qualifier_list_at(1) || !self.is_any_word(0) {
            return;
        }
        let is_type = self.intrinsic_here().is_some()
            || self.mof3 && matches!(self.key_at(0), Some(name::INTEGER | name::OCTETSTRING));
        if is_type || !self.is_feature_at(1) {
            return;
        }
        let word = self.found();
        let span = self.here();
        self.syntax_error(
            Diagnostic::error("E0101", span, format!("{word} before qualifiers"))
                .label("expected a qualifier list or a type")
                .help("remove it"),
        );
        self.bump();
    }

    /// Reports further superclasses, and skips them.
    fn one_superclass(&mut self) {
        // Of `(Y)`, which has been reported.
        self.eat(b')');
        if !self.is(b',') {
            return;
        }
        let span = self.here();
        self.syntax_error(
            Diagnostic::error("E0101", span, "a class has one superclass")
                .label("expected `{`")
                .help("keep one of them: CIM has no multiple inheritance"),
        );
        while self.eat(b',') && self.is_any_word(0) {
            self.bump();
        }
    }

    /// False if it is none, but the next class.
    fn feature(&mut self, class: &mut Class) -> Parse<bool> {
        let start = self.here();
        self.stray_word();
        // `[] Ages();`
        if self.is(b'[')
            && self.kind_at(1) == Kind::Punctuation(b']')
            && self.is_any_word(2)
            && matches!(self.kind_at(3), Kind::Punctuation(b';' | b'=' | b'('))
        {
            self.expected::<()>("a type such as `string`, `uint32` or `boolean`")?;
        }
        let around = std::mem::take(&mut self.is_partial);
        let mut qualifiers = self.qualifier_list()?;
        self.after_qualifiers(&mut qualifiers)?;
        let is_partial = self.is_partial;
        self.is_partial |= around;
        if self.is_class_start() {
            return Ok(false);
        }
        if self.is_local_declaration() {
            return self.local_declaration(start, qualifiers).map(|()| true);
        }
        let type_place = self.here();
        let ty = self.type_name(true)?;
        let brackets = self.misplaced_brackets(false)?;
        let name = self.name("the name of a property or method")?;
        self.after_unknown(&ty)?;
        if self.eat(b'(') {
            if matches!(ty, TypeName::Void) {
                self.void(type_place);
            }
            let around = std::mem::take(&mut self.is_partial);
            let parameters = self.parameters()?;
            // One of them may be missing, or not what it seems.
            let is_partial = is_partial || self.is_partial;
            self.is_partial |= around;
            self.semicolon()?;
            class.methods.push(Method {
                is_partial,
                qualifiers,
                returns: ty,
                returns_array: brackets.is_array(),
                name,
                parameters,
            });
            return Ok(true);
        }
        if matches!(ty, TypeName::Void) && self.is(b';') {
            self.report.push(
                Diagnostic::error(
                    "E0111",
                    name.span,
                    format!("property `{}` cannot be void", name.text),
                )
                .help("give it a type, such as `string` or `uint32`"),
            );
        }
        let mut property = self.value_of_feature(qualifiers, ty, name, brackets)?;
        property.is_partial = is_partial;
        self.semicolon()?;
        class.properties.push(property);
        Ok(true)
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
            Some(self.elements_without_brace(array.is_array())?)
        } else {
            None
        };
        Ok(Property {
            is_partial: false,
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
            if self.is_class_start() || self.is_other_start() {
                // The class around the method is as unfinished, and need not be told of.
                self.unclosed = true;
                let _: Parse<()> = self.expected_with(
                    "a parameter or `)`",
                    "write `);` behind the last parameter".to_owned(),
                );
                return Err(Abandoned);
            }
            let before = self.at;
            match self.parameter() {
                Ok(parameter) => parameters.push(parameter),
                Err(Abandoned) => {
                    self.is_partial = true;
                    self.recover_to_parameter(before)?;
                }
            }
            if !self.comma(b')') {
                break;
            }
        }
        self.expect(b')')?;
        Ok(parameters)
    }

    fn parameter(&mut self) -> Parse<Property> {
        self.stray_word();
        let around = std::mem::take(&mut self.is_partial);
        let mut qualifiers = self.qualifier_list()?;
        self.after_qualifiers(&mut qualifiers)?;
        let is_partial = self.is_partial;
        self.is_partial |= around;
        let ty = self.type_name(false)?;
        let brackets = self.misplaced_brackets(true)?;
        let name = self.name("the name of a parameter")?;
        self.after_unknown(&ty)?;
        let mut parameter = self.value_of_feature(qualifiers, ty, name, brackets)?;
        parameter.is_partial = is_partial;
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
        Ok(parameter)
    }

    fn is_local_declaration(&self) -> bool {
        let is_body = |at| matches!(self.kind_at(at), Kind::Punctuation(b'{' | b':'));
        // Without its `{`, or without its name, where nothing else can be meant.
        let is_broken = self.mof3
            && (is_body(1)
                || self.is_any_word(1)
                    && !matches!(
                        self.kind_at(2),
                        Kind::Punctuation(b';' | b'=' | b'[' | b'(')
                    ));
        matches!(self.key_at(0), Some(name::STRUCTURE | name::ENUMERATION))
            && (self.is_any_word(1) && is_body(2) || is_broken)
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
            _ => {
                self.doubts.aliases += 1;
                self.expected("an alias such as `$Name`")
            }
        }
    }
}
