//! Qualifier declarations (DSP0004 annex A, qualifierDeclaration).

use cim_core::CimType;

use super::qualifier::is_flavor;
use super::{Abandoned, Parse, Parser};
use crate::ast::{Name, QualifierDeclaration};
use crate::diagnostic::Diagnostic;
use crate::lexer::Kind;
use crate::lint::Lint;
use crate::name;

impl Parser<'_> {
    /// What stands behind the word `Qualifier`.
    pub(super) fn qualifier_declaration(&mut self) -> Parse<QualifierDeclaration> {
        let Ok(name) = self.name("the name of the qualifier") else {
            self.doubts.qualifiers += 1;
            return Err(Abandoned);
        };
        let before = self.at;
        match self.qualifier_type(name.clone()) {
            Ok(declaration) => Ok(declaration),
            Err(Abandoned) => {
                self.recover_to_declaration(before);
                Ok(QualifierDeclaration {
                    scopes: vec![self.names.make("any", name.span)],
                    name,
                    ty: CimType::String,
                    enumeration: None,
                    is_array: false,
                    default: None,
                    flavors: Vec::new(),
                    is_implied: true,
                    is_broken: true,
                })
            }
        }
    }

    fn qualifier_type(&mut self, name: Name) -> Parse<QualifierDeclaration> {
        if !self.eat(b':') {
            self.missing(b':');
            if self.intrinsic_here().is_none() {
                return Err(Abandoned);
            }
        }
        if self.key_at(0).is_some_and(is_flavor) {
            return self.short_declaration(name);
        }
        let enumeration = self.qualifier_enumeration()?;
        let known = match &enumeration {
            Some(_) => Some(CimType::String),
            None => self.qualifier_base_type()?,
        };
        let (ty, is_broken) = (known.unwrap_or(CimType::String), known.is_none());
        let is_array = self.array_shape()?.is_array();
        let default = if self.eat(b'=') {
            Some(self.initializer()?)
        } else {
            None
        };
        let mut scopes = Vec::new();
        let mut flavors = Vec::new();
        let mut has_scope = self.skip_to_clause();
        let is_broken = is_broken || has_scope;
        while self.eat(b',') || self.is_clause() {
            let Some(is_scope) = self.clause()? else {
                break;
            };
            has_scope |= is_scope;
            self.bump();
            self.expect(b'(')?;
            let list = if is_scope { &mut scopes } else { &mut flavors };
            self.words(
                list,
                if is_scope {
                    "a scope such as `property`"
                } else {
                    "a flavor"
                },
            )?;
            self.expect(b')')?;
        }
        if has_scope && scopes.is_empty() {
            scopes.push(self.names.make("any", name.span));
        }
        if !has_scope {
            let span = self.previous();
            self.report.push(
                Diagnostic::error(
                    "E0115",
                    span,
                    format!("qualifier `{}` has no scope", name.text),
                )
                .label("`, Scope(...)` is missing after this")
                .help("say what it may stand on: `Scope(class, property)`, or `Scope(any)`"),
            );
            scopes.push(self.names.make("any", span));
        }
        self.semicolon()?;
        if self.scopes(&scopes) {
            // Which one was meant is unknown.
            scopes.push(self.names.make("any", name.span));
        }
        self.flavors(&flavors);
        Ok(QualifierDeclaration {
            name,
            ty,
            enumeration,
            is_array,
            default,
            scopes,
            flavors,
            is_implied: is_broken,
            is_broken,
        })
    }

    /// Reports what stands before the clauses of a declaration and does not belong there, and skips it.
    fn skip_to_clause(&mut self) -> bool {
        let is_clause = |key: Option<name::Key>| {
            key.is_some_and(|k| [name::SCOPE, name::FLAVOR, name::POLICY].contains(&k))
        };
        if self.is(b',') || self.is(b';') || is_clause(self.key_at(0)) || is_clause(self.key_at(1))
        {
            return false;
        }
        if self.is_on_new_line() || matches!(self.kind(), Kind::End) {
            return false;
        }
        let _: Parse<()> = self.expected("`, Scope(...)`");
        let ends = |parser: &Self| {
            matches!(parser.kind(), Kind::End | Kind::Punctuation(b';'))
                || parser.is(b',') && is_clause(parser.key_at(1))
                || parser.is_on_new_line()
        };
        while !ends(self) {
            self.bump();
        }
        true
    }

    /// Whether a clause follows without the comma before it. It has none in DSP0221; else that is reported.
    fn is_clause(&mut self) -> bool {
        let is_one = |key: Option<name::Key>| {
            key.is_some_and(|k| [name::SCOPE, name::FLAVOR, name::POLICY].contains(&k))
        };
        if self.is(b':') && is_one(self.key_at(1)) {
            self.instead(',');
            return true;
        }
        let found = is_one(self.key_at(0));
        if found && !self.mof3 {
            self.missing(b',');
        }
        found
    }

    /// The word that begins a clause: whether it is `Scope`. `None` if a comma ends the declaration.
    fn clause(&mut self) -> Parse<Option<bool>> {
        if self.is_word(name::SCOPE) {
            return Ok(Some(true));
        }
        if self.is_word(name::FLAVOR) || self.is_word(name::POLICY) {
            return Ok(Some(false));
        }
        if self.is(b';') {
            let span = self.previous();
            self.syntax_error(
                Diagnostic::error("E0101", span, "a comma before the end of the declaration")
                    .label("nothing follows it")
                    .help("remove it")
                    .fix(span, ""),
            );
            return Ok(None);
        }
        let what = "`Scope(...)` or `Flavor(...)`";
        let word = self.text(self.here()).to_owned();
        match cim_core::nearest(&word, ["Scope", "Flavor"].into_iter()) {
            Some(meant) if self.is_any_word(0) && self.kind_at(1) == Kind::Punctuation(b'(') => {
                let _: Parse<()> = self.expected_with(what, format!("did you mean `{meant}`?"));
                Ok(Some(meant == "Scope"))
            }
            _ => self.expected(what),
        }
    }

    /// An enumeration as the type of a qualifier (DSP0221).
    fn qualifier_enumeration(&mut self) -> Parse<Option<Name>> {
        let is_one = self.mof3
            && self.is_any_word(0)
            && self.intrinsic_here().is_none()
            && !self.is_word(name::INTEGER)
            && !self.is_word(name::OCTETSTRING)
            && self.text(self.here()).contains('_');
        if is_one {
            self.name("an enumeration").map(Some)
        } else {
            Ok(None)
        }
    }

    /// `Qualifier Description : ToSubClass Amended;`: global flavors of a qualifier (Microsoft).
    fn short_declaration(&mut self, name: Name) -> Parse<QualifierDeclaration> {
        let mut flavors = Vec::new();
        while self.is_any_word(0) {
            flavors.push(self.name("a flavor")?);
        }
        self.report.push(
            Diagnostic::lint(
                Lint::QualifierShort,
                name.span,
                format!(
                    "qualifier `{}` is declared without type and scope",
                    name.text
                ),
            )
            .help(format!(
                "write `Qualifier {} : string, Scope(any), Flavor(...);`, or give --dialect wmi",
                name.text
            )),
        );
        self.semicolon()?;
        let any = self.names.make("any", name.span);
        Ok(QualifierDeclaration {
            name,
            ty: CimType::String,
            enumeration: None,
            is_array: false,
            default: None,
            scopes: vec![any],
            flavors,
            is_implied: true,
            is_broken: false,
        })
    }

    fn words(&mut self, list: &mut Vec<Name>, what: &str) -> Parse<()> {
        if self.is(b')') {
            let span = self.here();
            self.report.push(
                Diagnostic::error("E0114", span, "an empty list")
                    .label(format!("expected {what}"))
                    .help("write at least one word, or remove the whole clause"),
            );
            return Ok(());
        }
        loop {
            list.push(self.name(what)?);
            if !self.eat(b',') && !self.is_any_word(0) {
                return Ok(());
            }
        }
    }

    /// True if one of them is none.
    fn scopes(&mut self, scopes: &[Name]) -> bool {
        let mut is_wrong = false;
        for scope in scopes {
            let known = match scope.key {
                name::CLASS
                | name::ASSOCIATION
                | name::INDICATION
                | name::PROPERTY
                | name::REFERENCE
                | name::METHOD
                | name::PARAMETER
                | name::ANY => continue,
                name::STRUCTURE
                | name::ENUMERATION
                | name::ENUMERATIONVALUE
                | name::QUALIFIERTYPE
                    if self.mof3 =>
                {
                    continue;
                }
                name::SCHEMA | name::QUALIFIER => {
                    self.report.push(
                        Diagnostic::lint(
                            Lint::OldScope,
                            scope.span,
                            format!("scope `{}` is of CIM 2.2", scope.text),
                        )
                        .help("remove it: it has no effect"),
                    );
                    continue;
                }
                _ => [
                    "class",
                    "association",
                    "indication",
                    "property",
                    "reference",
                    "method",
                    "parameter",
                    "any",
                ],
            };
            self.unknown_word("scope", scope, &known);
            is_wrong = true;
        }
        is_wrong
    }
}
