//! Qualifier lists and qualifier declarations.

use cim_core::CimType;

use super::{Parse, Parser};
use crate::ast::{Name, QualifierDeclaration, QualifierUse, intrinsic};
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

    /// Reads a list behind its `[` onto the end of `self.qualifiers`.
    fn qualifier_uses(&mut self) -> Parse<()> {
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
            if self.is_colon_for_comma() {
                self.lists.qualifiers.push(QualifierUse {
                    name,
                    value,
                    flavors: Box::default(),
                });
                continue;
            }
            let mut flavors = Vec::new();
            if self.eat(b':') {
                loop {
                    flavors.push(self.name("a flavor")?);
                    // A comma ends the qualifier, unless another flavor follows it.
                    let another = self.is(b',') && self.key_at(1).is_some_and(is_flavor);
                    if another {
                        self.bump();
                    } else if !self.is_any_word(0) {
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
            self.lists.qualifiers.push(QualifierUse {
                name,
                value,
                flavors: flavors.into_boxed_slice(),
            });
            if !self.comma(b']') {
                break;
            }
        }
        if !self.eat(b']') {
            return self.expected("`,` or `]`");
        }
        Ok(())
    }

    /// Whether a colon stands before the next qualifier with its value; it is reported and taken as a comma.
    fn is_colon_for_comma(&mut self) -> bool {
        let value_follows = matches!(self.kind_at(2), Kind::Punctuation(b'(' | b'{'));
        let is_flavored = self.key_at(1).is_some_and(is_flavor);
        if !(self.is(b':') && self.is_any_word(1) && value_follows) || is_flavored {
            return false;
        }
        let span = self.here();
        self.report.push(
            Diagnostic::error("E0101", span, "expected `,` or `]`, found `:`")
                .label("expected `,`")
                .help("write `,` between qualifiers")
                .fix(span, ","),
        );
        self.bump();
        true
    }

    /// What stands behind the word `Qualifier`.
    pub(super) fn qualifier_declaration(&mut self) -> Parse<QualifierDeclaration> {
        let name = self.name("the name of the qualifier")?;
        let before = self.at;
        match self.qualifier_type(name.clone()) {
            Ok(declaration) => Ok(declaration),
            Err(super::Abandoned) => {
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
        self.expect(b':')?;
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
        let mut has_scope = false;
        while self.eat(b',')
            || self.mof3 && (self.is_word(name::SCOPE) || self.is_word(name::POLICY))
        {
            let is_scope = self.is_word(name::SCOPE);
            if !is_scope && !self.is_word(name::FLAVOR) && !self.is_word(name::POLICY) {
                return self.expected("`Scope(...)` or `Flavor(...)`");
            }
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
        self.scopes(&scopes);
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

    fn scopes(&mut self, scopes: &[Name]) {
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
        }
    }

    fn flavors(&mut self, flavors: &[Name]) {
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

    fn unknown_word(&mut self, kind: &str, word: &Name, known: &[&str]) {
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

fn is_flavor(key: name::Key) -> bool {
    is_standard_flavor(key)
        || [
            name::TOINSTANCE,
            name::NOTTOINSTANCE,
            name::NOTTOSUBCLASS,
            name::AMENDED,
        ]
        .contains(&key)
}
