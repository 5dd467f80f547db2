//! The rules of qualifiers where they are used: declared, on the right kind of element, with a value of
//! the right type, and that value kept where it is fixed.

use cim_core::CimType;

use super::value::{fits, value_of};
use super::{Checker, QUALIFIER};
use crate::ast::{
    ArrayShape, Literal, Name, Namespace, QualifierDeclaration, QualifierUse, TypeName,
};
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name::{self, Key};

/// What a qualifier stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Class,
    Association,
    Indication,
    Property,
    Reference,
    Method,
    Parameter,
    Enumeration,
    EnumerationValue,
}

impl Element {
    const fn word(self) -> (&'static str, Key) {
        match self {
            Self::Class => ("class", name::CLASS),
            Self::Association => ("association", name::ASSOCIATION),
            Self::Indication => ("indication", name::INDICATION),
            Self::Property => ("property", name::PROPERTY),
            Self::Reference => ("reference", name::REFERENCE),
            Self::Method => ("method", name::METHOD),
            Self::Parameter => ("parameter", name::PARAMETER),
            Self::Enumeration => ("enumeration", name::ENUMERATION),
            Self::EnumerationValue => ("literal of an enumeration", name::ENUMERATIONVALUE),
        }
    }

    /// The kind whose qualifiers compilers accept here too.
    const fn wider(self) -> Option<Key> {
        match self {
            Self::Association | Self::Indication | Self::Enumeration => Some(name::CLASS),
            Self::Reference | Self::EnumerationValue => Some(name::PROPERTY),
            _ => None,
        }
    }
}

/// What is known of the element that qualifiers stand on.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    pub element: Element,
    pub namespace: Namespace,
    /// The type of a feature or parameter.
    pub ty: Option<(&'a TypeName, ArrayShape)>,
}

impl Checker<'_> {
    /// Qualifier types: their defaults.
    pub(super) fn qualifier_types(&self, report: &mut Report) {
        for qualifier in &self.schema.qualifiers {
            if let Some(name) = &qualifier.enumeration {
                match self.schema.enumeration(Namespace::default(), name.key) {
                    None => self.unknown_class(Namespace::default(), name, "no such enumeration"),
                    Some(enumeration) => {
                        if let Some(default) = &qualifier.default {
                            self.enumerator_value(
                                default,
                                enumeration,
                                Namespace::default(),
                                report,
                            );
                        }
                    }
                }
                continue;
            }
            if let Some(default) = &qualifier.default
                && !qualifier.is_broken
                && let Err(misfit) = fits(default, qualifier.ty, qualifier.is_array)
            {
                let message = format!(
                    "the default of qualifier `{}` is not {}",
                    qualifier.name.text, misfit.expected
                );
                report.push(
                    Diagnostic::error("E0303", misfit.span, message)
                        .label(format!("expected {}", misfit.expected)),
                );
            }
        }
    }

    pub(super) fn qualifiers(&self, uses: &[QualifierUse], site: Site<'_>, report: &mut Report) {
        for (at, used) in uses.iter().enumerate() {
            if let Some(first) = uses[..at].iter().find(|q| q.name.key == used.name.key) {
                report.push(
                    Diagnostic::error(
                        "E0304",
                        used.name.span,
                        format!("qualifier `{}` stands twice", used.name.text),
                    )
                    .also(first.name.span, "first here"),
                );
                continue;
            }
            let Some(declared) = self.schema.qualifier(used.name.key) else {
                self.undeclared(used, uses);
                continue;
            };
            if declared.is_broken {
                continue;
            }
            if declared.name.span.file == u32::MAX && report.wants(Lint::BuiltInQualifier) {
                report.push(
                    Diagnostic::lint(
                        Lint::BuiltInQualifier,
                        used.name.span,
                        format!("qualifier `{}` is not declared here", used.name.text),
                    )
                    .help("include the file that declares the standard qualifiers"),
                );
            }
            let is_clear = match site.ty {
                Some((TypeName::Unknown, _)) => false,
                Some((TypeName::Named(_), _)) => !report.denies(Lint::ClassType),
                _ => true,
            };
            if self.scope(used, declared, site.element, is_clear, report)
                && self.qualifier_value(used, declared, report)
            {
                self.class_named_by(used, site, report);
                if let Some((ty, array)) = site.ty {
                    self.constraint(used, ty, array, report);
                }
            }
        }
    }

    /// Whether one of the qualifiers is none, and may be a misspelt one that changes everything.
    pub(super) fn has_unknown(&self, uses: &[QualifierUse]) -> bool {
        uses.iter()
            .any(|used| self.schema.qualifier(used.name.key).is_none())
    }

    fn undeclared(&self, used: &QualifierUse, _: &[QualifierUse]) {
        // `Description_fr_FR` is a translation of `Description` (DSP0004 5.6.1.6).
        let is_translation = used.name.text.rsplitn(3, '_').count() == 3 && {
            let base = used.name.text.len() - "_ll_CC".len();
            let base = used
                .name
                .text
                .get(..base)
                .and_then(|b| self.schema.names.find(b));
            base.and_then(|key| self.schema.qualifier(key))
                .is_some_and(|q| q.has_flavor(name::TRANSLATABLE))
        };
        if is_translation {
            return;
        }
        self.note(QUALIFIER, used.name.key, |is_early| {
            let declared = self.schema.qualifiers.iter().chain(&self.schema.builtins);
            let known = declared.map(|q| &*q.name.text);
            let message = format!("qualifier `{}` is not declared", used.name.text);
            Diagnostic::lint(Lint::Undeclared, used.name.span, message).help(
                match is_early
                    .then(|| cim_core::nearest(&used.name.text, known))
                    .flatten()
                {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => "declare it with `Qualifier Name : type, Scope(...);`".to_owned(),
                },
            )
        });
    }

    fn scope(
        &self,
        used: &QualifierUse,
        declared: &QualifierDeclaration,
        element: Element,
        is_clear: bool,
        report: &mut Report,
    ) -> bool {
        let (word, key) = element.word();
        let has = |key: Key| declared.scopes.iter().any(|s| s.key == key);
        if has(name::ANY) || has(key) {
            return true;
        }
        // Microsoft's compiler knows no scopes but those that somebody declares.
        if declared.name.span.file == u32::MAX && !report.denies(Lint::Undeclared) {
            return true;
        }
        let scopes: Vec<_> = declared
            .scopes
            .iter()
            .map(|s| s.text.to_ascii_lowercase())
            .collect();
        let article = if word.starts_with(['a', 'e', 'i']) {
            "an"
        } else {
            "a"
        };
        let message = format!(
            "qualifier `{}` may not stand on {article} {word}",
            used.name.text
        );
        let made_for = format!("made for: {}", scopes.join(", "));
        let with_place = |diagnostic: Diagnostic| {
            if declared.name.span.file == u32::MAX {
                diagnostic.label(made_for.clone())
            } else {
                diagnostic.also(declared.name.span, made_for.clone())
            }
        };
        if element.wider().is_some_and(has) {
            report.push(
                with_place(Diagnostic::lint(Lint::ScopeOfKind, used.name.span, message))
                    .help(format!("add `{word}` to the Scope of its declaration")),
            );
            return true;
        }
        if !is_clear {
            // Whether it may stand there depends on a type that is none.
            return true;
        }
        report.push(with_place(Diagnostic::error(
            "E0302",
            used.name.span,
            message,
        )));
        false
    }

    fn qualifier_value(
        &self,
        used: &QualifierUse,
        declared: &QualifierDeclaration,
        report: &mut Report,
    ) -> bool {
        let Some(value) = &used.value else {
            // What has no value is TRUE; an inferred qualifier is whatever its first use was.
            if declared.ty == CimType::Boolean || declared.is_implied {
                return true;
            }
            // DSP0221: a number is NULL then, and an array empty.
            let is_number = declared.ty.is_integer()
                || matches!(declared.ty, CimType::Real32 | CimType::Real64);
            if self.schema.mof3 && (is_number || declared.is_array) {
                return true;
            }
            if self.schema.doubts.is_named(used.name.key) {
                return false;
            }
            report.push(
                Diagnostic::error(
                    "E0303",
                    used.name.span,
                    format!("qualifier `{}` needs a value", used.name.text),
                )
                .help(if declared.is_array {
                    format!("write {} {{ ... }}", used.name.text)
                } else {
                    format!("write {}(...), with a {}", used.name.text, declared.ty)
                }),
            );
            return false;
        };
        if declared.is_implied {
            return true;
        }
        if let Some(name) = &declared.enumeration {
            let namespace = Namespace::default();
            if let Some(enumeration) = self.schema.enumeration(namespace, name.key) {
                self.enumerator_value(value, enumeration, namespace, report);
            }
            return true;
        }
        let Err(misfit) = fits(value, declared.ty, declared.is_array) else {
            return true;
        };
        let message = format!(
            "the value of `{}` is not {}",
            used.name.text, misfit.expected
        );
        let label = format!("expected {}", misfit.expected);
        if misfit.lacks_braces {
            report.push(
                Diagnostic::lint(Lint::ScalarForArray, misfit.span, message)
                    .label(label)
                    .help(format!("write {} {{ ... }}", used.name.text)),
            );
            return true;
        }
        report.push(Diagnostic::error("E0303", misfit.span, message).label(label));
        false
    }

    /// A qualifier that is declared DisableOverride has, in a subclass or overriding feature, the value it
    /// has above (DSP0004 5.6.1.4). `above`: the qualifiers of the superclasses or overridden features,
    /// nearest first.
    pub(super) fn fixed_qualifiers<'a>(
        &self,
        uses: &[QualifierUse],
        above: &(impl Iterator<Item = &'a [QualifierUse]> + Clone),
        report: &mut Report,
    ) {
        for used in uses {
            let Some(declared) = self.schema.qualifier(used.name.key) else {
                continue;
            };
            let is_flavored = |used: &QualifierUse, key| used.flavors.iter().any(|f| f.key == key);
            let first = above
                .clone()
                .flat_map(|uses| uses.iter())
                .find(|q| q.name.key == used.name.key);
            let Some(first) = first else { continue };
            let is_fixed = is_flavored(first, name::DISABLEOVERRIDE)
                || declared.has_flavor(name::DISABLEOVERRIDE)
                    && !is_flavored(first, name::ENABLEOVERRIDE);
            let is_restricted =
                declared.has_flavor(name::RESTRICTED) || is_flavored(first, name::RESTRICTED);
            if is_fixed && !is_restricted && value_of(first) != value_of(used) {
                report.push(
                    Diagnostic::error(
                        "E0305",
                        used.name.span,
                        format!("qualifier `{}` cannot change its value", used.name.text),
                    )
                    .label("declared DisableOverride, and given another value here")
                    .also(first.name.span, "the inherited value"),
                );
            }
        }
    }

    /// The qualifier as it applies: the element's own, or else what it inherits (DSP0004 5.6.1.4).
    pub(super) fn effective<'a>(
        &self,
        key: Key,
        own: &'a [QualifierUse],
        above: impl Iterator<Item = &'a [QualifierUse]>,
    ) -> Option<&'a QualifierUse> {
        let find = |uses: &'a [QualifierUse]| uses.iter().find(|q| q.name.key == key);
        if let Some(used) = find(own) {
            return Some(used);
        }
        let is_restricted = self
            .schema
            .qualifier(key)
            .is_some_and(|q| q.has_flavor(name::RESTRICTED));
        if is_restricted {
            return None;
        }
        let mut above = above;
        above
            .find_map(find)
            .filter(|used| !used.flavors.iter().any(|f| f.key == name::RESTRICTED))
    }

    /// `EmbeddedInstance` and `Reference` name a class, which must exist.
    fn class_named_by(&self, used: &QualifierUse, site: Site<'_>, report: &mut Report) {
        let is_embedded = used.name.key == name::EMBEDDEDINSTANCE;
        if !(is_embedded || used.name.key == name::REFERENCE) {
            return;
        }
        let Some(value) = &used.value else { return };
        let Literal::String(text) = &value.value else {
            return;
        };
        let class = text.value();
        match self.schema.class_named(site.namespace, &class) {
            None => {
                let key = self.schema.names.find(&class);
                let name = Name {
                    // A name that no word of the sources has gets a key by its place: it is told each time.
                    key: key.unwrap_or(Key(u32::MAX - value.span.start)),
                    text: (&*class).into(),
                    span: value.span,
                };
                self.unknown_class(site.namespace, &name, "named by this qualifier");
            }
            Some(found) => self.deprecated_use(found, value.span, report),
        }
    }

    /// Lint `uses-deprecated`.
    pub(super) fn deprecated_use(
        &self,
        class: &crate::ast::Class,
        span: crate::source::Span,
        report: &mut Report,
    ) {
        use crate::ast::Qualifiers as _;
        if !report.wants(Lint::UsesDeprecated) {
            return;
        }
        if let Some(used) = class.qualifiers.find(name::DEPRECATED) {
            let by: Vec<String> = value_of(used)
                .strings()
                .iter()
                .map(|t| t.value().into_owned())
                .collect();
            report.push(
                Diagnostic::lint(
                    Lint::UsesDeprecated,
                    span,
                    format!("class `{}` is deprecated", class.name.text),
                )
                .also(used.name.span, "deprecated here")
                .help(match &by[..] {
                    [] => "see its description".to_owned(),
                    some => format!("use {} instead", some.join(" or ")),
                }),
            );
        }
    }
}
