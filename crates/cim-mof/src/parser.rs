//! Tokens to declarations: one function per production of DSP0004 annex A.
//!
//! Parsing never fails: a mistake is reported and the parser goes on at the next feature or
//! declaration, so that every independent mistake of a file is found in one run.

use cim_core::CimType;

use crate::ast::{
    ArrayShape, Class, Declaration, InstanceDeclaration, Literal, Method, Name, Property,
    QualifierDeclaration, QualifierUse, Spanned, TypeName,
};
use crate::diagnostic::{Diagnostic, report};
use crate::lexer::{Token, tokenize};
use crate::source::Span;

/// Arrays in arrays: MOF allows none; this bounds recursion on hostile input.
const MAX_DEPTH: u8 = 16;

/// The parser gave up on the current production; the mistake is reported already.
struct Abandoned;
type Parse<T> = Result<T, Abandoned>;

/// The declarations of a text.
pub(crate) fn parse(text: &str, file: u32, diagnostics: &mut Vec<Diagnostic>) -> Vec<Declaration> {
    let tokens = tokenize(text, file, diagnostics);
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        diagnostics,
    };
    let mut declarations = Vec::new();
    while *parser.peek() != Token::End {
        let before = parser.at;
        match parser.declaration() {
            Ok(declaration) => declarations.push(declaration),
            Err(Abandoned) => parser.recover_to_declaration(before),
        }
    }
    declarations
}

struct Parser<'t, 'a, 'd> {
    tokens: &'t [(Token<'a>, Span)],
    at: usize,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a> Parser<'_, 'a, '_> {
    fn peek(&self) -> &Token<'a> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> &Token<'a> {
        self.tokens
            .get(self.at + ahead)
            .map_or(&Token::End, |(token, _)| token)
    }

    fn here(&self) -> Span {
        self.tokens
            .get(self.at)
            .or(self.tokens.last())
            .map_or(Span::default(), |(_, span)| *span)
    }

    fn previous(&self) -> Span {
        self.tokens[self.at.saturating_sub(1).min(self.tokens.len() - 1)].1
    }

    fn bump(&mut self) {
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
    }

    fn is(&self, c: u8) -> bool {
        *self.peek() == Token::Punctuation(c)
    }

    fn eat(&mut self, c: u8) -> bool {
        let found = self.is(c);
        if found {
            self.bump();
        }
        found
    }

    fn is_word(&self, keyword: &str) -> bool {
        matches!(self.peek(), Token::Word(word) if word.eq_ignore_ascii_case(keyword))
    }

    fn eat_word(&mut self, keyword: &str) -> bool {
        let found = self.is_word(keyword);
        if found {
            self.bump();
        }
        found
    }

    fn expected<T>(&mut self, what: &str) -> Parse<T> {
        self.expected_with(
            what,
            format!("write {what} here, or remove what stands here"),
        )
    }

    fn expected_with<T>(&mut self, what: &str, help: String) -> Parse<T> {
        let message = format!("expected {what}, found {}", self.peek().describe());
        let diagnostic = Diagnostic::error("E0101", self.here(), message)
            .label(format!("expected {what}"))
            .help(help);
        report(self.diagnostics, diagnostic);
        Err(Abandoned)
    }

    fn expect(&mut self, c: u8) -> Parse<()> {
        if self.eat(c) {
            return Ok(());
        }
        // A missing `;` or `)` belongs behind the last token, not before the next line's first.
        let message = format!(
            "expected `{}`, found {}",
            char::from(c),
            self.peek().describe()
        );
        let span = self.previous();
        report(
            self.diagnostics,
            Diagnostic::error("E0101", span, message)
                .label(format!("expected `{}` after this", char::from(c)))
                .help(format!("write `{}` there", char::from(c))),
        );
        Err(Abandoned)
    }

    fn name(&mut self, what: &str) -> Parse<Name> {
        match *self.peek() {
            Token::Word(text) => {
                let span = self.here();
                self.bump();
                Ok(Name {
                    text: text.to_owned(),
                    span,
                })
            }
            _ => self.expected(what),
        }
    }

    /// How many braces were opened and not closed from that token on to here.
    fn open_braces_since(&self, from: usize) -> u32 {
        let since = self.tokens.get(from..self.at).unwrap_or(&[]);
        since.iter().fold(0, |depth: u32, (token, _)| match token {
            Token::Punctuation(b'{') => depth + 1,
            Token::Punctuation(b'}') => depth.saturating_sub(1),
            _ => depth,
        })
    }

    /// Skips to behind the `;` that ends the broken declaration, braces matched.
    fn recover_to_declaration(&mut self, from: usize) {
        if self.at == from {
            self.bump();
        }
        let mut depth = self.open_braces_since(from);
        loop {
            match self.peek() {
                Token::End => return,
                Token::Punctuation(b'{') => depth += 1,
                Token::Punctuation(b'}') => depth = depth.saturating_sub(1),
                Token::Punctuation(b';') if depth == 0 => {
                    self.bump();
                    return;
                }
                // A new class inside what should be a class body: the closing brace was forgotten.
                Token::Word(word)
                    if word.eq_ignore_ascii_case("class")
                        && matches!(self.peek_at(1), Token::Word(_))
                        && matches!(self.peek_at(2), Token::Punctuation(b'{' | b':')) =>
                {
                    return;
                }
                _ => {}
            }
            self.bump();
        }
    }

    fn declaration(&mut self) -> Parse<Declaration> {
        if self.is(b'#') {
            return self.pragma();
        }
        if self.is_word("qualifier") && matches!(self.peek_at(1), Token::Word(_)) {
            return self.qualifier_declaration().map(Declaration::Qualifier);
        }
        let qualifiers = self.qualifier_list()?;
        if self.is_word("instance") {
            return self.instance().map(Declaration::Instance);
        }
        if self.eat_word("class") {
            return self.class(qualifiers).map(Declaration::Class);
        }
        self.expected("`class`, `instance of`, `Qualifier`, a qualifier list or `#pragma`")
    }

    fn pragma(&mut self) -> Parse<Declaration> {
        self.expect(b'#')?;
        if !self.eat_word("pragma") {
            return self.expected("`pragma`");
        }
        let name = self.name("the name of a pragma")?;
        self.expect(b'(')?;
        let value = self.string()?;
        self.expect(b')')?;
        Ok(Declaration::Pragma { name, value })
    }

    fn string(&mut self) -> Parse<Spanned<String>> {
        let start = self.here();
        let Token::String(text) = self.peek() else {
            return self.expected("a string");
        };
        let mut value = text.clone();
        self.bump();
        while let Token::String(more) = self.peek() {
            value.push_str(more);
            self.bump();
        }
        Ok(Spanned {
            value,
            span: start.to(self.previous()),
        })
    }

    fn qualifier_declaration(&mut self) -> Parse<QualifierDeclaration> {
        self.bump();
        let name = self.name("the name of the qualifier")?;
        self.expect(b':')?;
        let ty = self.intrinsic_type()?;
        let is_array = self.array_shape()? != ArrayShape::Scalar;
        let default = if self.eat(b'=') {
            Some(self.initializer()?)
        } else {
            None
        };
        let mut scopes = Vec::new();
        let mut flavors = Vec::new();
        while self.eat(b',') {
            let list = if self.eat_word("scope") {
                &mut scopes
            } else if self.eat_word("flavor") {
                &mut flavors
            } else {
                return self.expected("`Scope(...)` or `Flavor(...)`");
            };
            self.expect(b'(')?;
            loop {
                list.push(self.name("a word")?);
                if !self.eat(b',') {
                    break;
                }
            }
            self.expect(b')')?;
        }
        self.expect(b';')?;
        Ok(QualifierDeclaration {
            name,
            ty,
            is_array,
            default,
            scopes,
            flavors,
        })
    }

    fn intrinsic_type(&mut self) -> Parse<CimType> {
        if let Token::Word(word) = *self.peek()
            && let Some(ty) = CimType::from_mof_name(word)
        {
            self.bump();
            return Ok(ty);
        }
        let what = "a type such as `string`, `uint32` or `boolean`";
        if let Token::Word(word) = *self.peek()
            && let Some(similar) = CimType::nearest_mof_name(word)
        {
            return self.expected_with(what, format!("did you mean `{similar}`?"));
        }
        self.expected(what)
    }

    fn array_shape(&mut self) -> Parse<ArrayShape> {
        if !self.eat(b'[') {
            return Ok(ArrayShape::Scalar);
        }
        let shape = match *self.peek() {
            Token::Integer(n) if n > 0 => {
                self.bump();
                ArrayShape::Fixed(u32::try_from(n).unwrap_or(u32::MAX))
            }
            _ => ArrayShape::Variable,
        };
        self.expect(b']')?;
        Ok(shape)
    }

    fn qualifier_list(&mut self) -> Parse<Vec<QualifierUse>> {
        let mut qualifiers = Vec::new();
        if !self.eat(b'[') {
            return Ok(qualifiers);
        }
        loop {
            let name = self.name("the name of a qualifier")?;
            let value = if self.eat(b'(') {
                let value = self.constant()?;
                self.expect(b')')?;
                Some(value)
            } else if self.is(b'{') {
                Some(self.initializer()?)
            } else {
                None
            };
            let mut flavors = Vec::new();
            if self.eat(b':') {
                while matches!(self.peek(), Token::Word(_)) {
                    flavors.push(self.name("a flavor")?);
                }
            }
            qualifiers.push(QualifierUse {
                name,
                value,
                flavors,
            });
            if !self.eat(b',') {
                break;
            }
        }
        if !self.eat(b']') {
            return self.expected("`,` or `]`");
        }
        Ok(qualifiers)
    }

    fn class(&mut self, qualifiers: Vec<QualifierUse>) -> Parse<Class> {
        let name = self.name("the name of the class")?;
        if self.eat_word("as") {
            self.alias()?;
        }
        let superclass = if self.eat(b':') {
            Some(self.name("the name of the superclass")?)
        } else {
            None
        };
        self.expect(b'{')?;
        let mut class = Class {
            qualifiers,
            name,
            superclass,
            properties: Vec::new(),
            methods: Vec::new(),
        };
        while !self.is(b'}') {
            if *self.peek() == Token::End {
                return self.expected("`}`");
            }
            let before = self.at;
            if self.feature(&mut class).is_err() {
                self.recover_to_feature(before)?;
            }
        }
        self.expect(b'}')?;
        self.expect(b';')?;
        Ok(class)
    }

    /// Skips to behind the `;` of the broken feature; gives up at the end of the class.
    fn recover_to_feature(&mut self, from: usize) -> Parse<()> {
        if self.at == from {
            self.bump();
        }
        let mut depth = self.open_braces_since(from);
        loop {
            match self.peek() {
                Token::End => return Err(Abandoned),
                Token::Punctuation(b';') if depth == 0 => {
                    self.bump();
                    return Ok(());
                }
                Token::Punctuation(b'}') if depth == 0 => return Ok(()),
                Token::Punctuation(b'{') => depth += 1,
                Token::Punctuation(b'}') => depth -= 1,
                Token::Word(word)
                    if word.eq_ignore_ascii_case("class")
                        && matches!(self.peek_at(1), Token::Word(_))
                        && matches!(self.peek_at(2), Token::Punctuation(b'{' | b':')) =>
                {
                    return Err(Abandoned);
                }
                _ => {}
            }
            self.bump();
        }
    }

    fn feature(&mut self, class: &mut Class) -> Parse<()> {
        let qualifiers = self.qualifier_list()?;
        let ty = self.type_name()?;
        let name = self.name("the name of a property or method")?;
        if self.eat(b'(') {
            let mut parameters = Vec::new();
            if !self.is(b')') {
                loop {
                    parameters.push(self.parameter()?);
                    if !self.eat(b',') {
                        break;
                    }
                }
            }
            self.expect(b')')?;
            self.expect(b';')?;
            class.methods.push(Method {
                qualifiers,
                returns: ty,
                name,
                parameters,
            });
            return Ok(());
        }
        let array = self.array_shape()?;
        let default = if self.eat(b'=') {
            Some(self.initializer()?)
        } else {
            None
        };
        self.expect(b';')?;
        class.properties.push(Property {
            qualifiers,
            ty,
            name,
            array,
            default,
        });
        Ok(())
    }

    fn parameter(&mut self) -> Parse<Property> {
        let qualifiers = self.qualifier_list()?;
        let ty = self.type_name()?;
        let name = self.name("the name of a parameter")?;
        let array = self.array_shape()?;
        Ok(Property {
            qualifiers,
            ty,
            name,
            array,
            default: None,
        })
    }

    fn type_name(&mut self) -> Parse<TypeName> {
        let is_reference =
            matches!(self.peek_at(1), Token::Word(word) if word.eq_ignore_ascii_case("ref"));
        if is_reference {
            let class = self.name("a class name")?;
            self.bump();
            return Ok(TypeName::Reference(class));
        }
        if self.is_word("void") {
            self.bump();
            return Ok(TypeName::Void);
        }
        self.intrinsic_type().map(TypeName::Intrinsic)
    }

    fn alias(&mut self) -> Parse<()> {
        match *self.peek() {
            Token::Alias(_) => {
                self.bump();
                Ok(())
            }
            _ => self.expected("an alias such as `$Name`"),
        }
    }

    fn instance(&mut self) -> Parse<InstanceDeclaration> {
        self.bump();
        if !self.eat_word("of") {
            return self.expected("`of`");
        }
        let class = self.name("a class name")?;
        if self.eat_word("as") {
            self.alias()?;
        }
        self.expect(b'{')?;
        let mut values = Vec::new();
        while !self.eat(b'}') {
            self.qualifier_list()?;
            let name = self.name("a property name or `}`")?;
            self.expect(b'=')?;
            let value = self.initializer()?;
            self.expect(b';')?;
            values.push((name, value));
        }
        self.expect(b';')?;
        Ok(InstanceDeclaration { class, values })
    }

    fn initializer(&mut self) -> Parse<Spanned<Literal>> {
        self.initializer_in(0)
    }

    fn initializer_in(&mut self, depth: u8) -> Parse<Spanned<Literal>> {
        let start = self.here();
        if !self.eat(b'{') {
            return self.constant();
        }
        if depth > MAX_DEPTH {
            report(
                self.diagnostics,
                Diagnostic::error("E0102", start, "arrays are nested too deep"),
            );
            return Err(Abandoned);
        }
        let mut items = Vec::new();
        while !self.is(b'}') {
            items.push(self.initializer_in(depth + 1)?.value);
            if !self.eat(b',') {
                break;
            }
        }
        if !self.eat(b'}') {
            return self.expected("`,` or `}`");
        }
        Ok(Spanned {
            value: Literal::Array(items),
            span: start.to(self.previous()),
        })
    }

    fn constant(&mut self) -> Parse<Spanned<Literal>> {
        let span = self.here();
        let value = match self.peek() {
            Token::String(_) => {
                let text = self.string()?;
                return Ok(Spanned {
                    value: Literal::String(text.value),
                    span: text.span,
                });
            }
            Token::Integer(n) => Literal::Integer(*n),
            Token::Real(n) => Literal::Real(*n),
            Token::Char(c) => Literal::Char(*c),
            Token::Alias(name) => Literal::Alias((*name).to_owned()),
            Token::Word(word) if word.eq_ignore_ascii_case("true") => Literal::Boolean(true),
            Token::Word(word) if word.eq_ignore_ascii_case("false") => Literal::Boolean(false),
            Token::Word(word) if word.eq_ignore_ascii_case("null") => Literal::Null,
            _ => return self.expected("a value: a string, a number, TRUE, FALSE or NULL"),
        };
        self.bump();
        Ok(Spanned { value, span })
    }
}
