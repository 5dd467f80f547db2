//! Enumerations of DSP0221, and values of them.

use rustc_hash::FxHashMap;

use super::Checker;
use super::qualifier::{Element, Site};
use crate::ast::{Enumeration, Enumerator, Literal, Namespace, Spanned};
use crate::diagnostic::{Diagnostic, Report};
use crate::name;

/// Enumerations above one: more than any schema has.
const MAX_DEPTH: usize = 64;

impl<'c> Checker<'c> {
    pub(super) fn enumerations(&self, report: &mut Report) {
        for enumeration in &self.schema.enumerations {
            let site = |element| Site {
                element,
                namespace: enumeration.namespace,
                ty: None,
            };
            self.qualifiers(&enumeration.qualifiers, site(Element::Enumeration), report);
            let Some(is_integer) = self.is_integer(enumeration) else {
                self.unknown_class(
                    enumeration.namespace,
                    &enumeration.base,
                    "no such enumeration",
                );
                continue;
            };
            if enumeration.is_broken {
                continue;
            }
            let mut names: FxHashMap<name::Key, &Enumerator> = FxHashMap::default();
            for literal in &enumeration.literals {
                self.qualifiers(&literal.qualifiers, site(Element::EnumerationValue), report);
                if let Some(first) = names.insert(literal.name.key, literal) {
                    report.push(
                        Diagnostic::error(
                            "E0701",
                            literal.name.span,
                            format!("literal `{}` stands twice", literal.name.text),
                        )
                        .also(first.name.span, "first here")
                        .help("give one of them another name"),
                    );
                }
                self.enumerator(literal, is_integer, report);
            }
            for (at, literal) in enumeration.literals.iter().enumerate() {
                let value = |l: &'c Enumerator| l.value.as_ref().map(|v| &v.value);
                let Some(own) = value(literal) else { continue };
                let first = enumeration.literals[..at.min(1024)]
                    .iter()
                    .find(|l| value(l) == Some(own));
                if let Some(first) = first {
                    report.push(
                        Diagnostic::error(
                            "E0701",
                            literal.name.span,
                            format!(
                                "literals `{}` and `{}` have the same value",
                                first.name.text, literal.name.text
                            ),
                        )
                        .also(first.name.span, "the other one")
                        .help("give one of them another value"),
                    );
                }
            }
        }
    }

    /// Whether the values are integers, or texts; `None` if it extends an unknown enumeration.
    pub(super) fn is_integer(&self, enumeration: &Enumeration) -> Option<bool> {
        let mut current = enumeration;
        for _ in 0..MAX_DEPTH {
            match current.base.key {
                name::STRING => return Some(false),
                key if key == name::INTEGER || crate::ast::intrinsic(key).is_some() => {
                    return Some(true);
                }
                key => current = self.schema.enumeration(current.namespace, key)?,
            }
        }
        None
    }

    fn enumerator(&self, literal: &Enumerator, is_integer: bool, report: &mut Report) {
        let fault = match (&literal.value, is_integer) {
            (None, true) => Some((literal.name.span, "needs a value: `= 1`")),
            (Some(value), true) if !matches!(value.value, Literal::Integer(_)) => {
                Some((value.span, "has an integer as its value"))
            }
            (Some(value), false) if !matches!(value.value, Literal::String(_)) => {
                Some((value.span, "has a string as its value"))
            }
            _ => None,
        };
        if let Some((span, what)) = fault {
            report.push(
                Diagnostic::error(
                    "E0701",
                    span,
                    format!("literal `{}` {what}", literal.name.text),
                )
                .help("give it a value of the type of the enumeration"),
            );
        }
    }

    /// Whether an enumeration is another one or extends it.
    pub(super) fn extends(&self, enumeration: &Enumeration, other: &Enumeration) -> bool {
        let mut current = Some(enumeration);
        for _ in 0..MAX_DEPTH {
            let Some(one) = current else { return false };
            if std::ptr::eq(one, other) {
                return true;
            }
            current = self.schema.enumeration(one.namespace, one.base.key);
        }
        false
    }

    /// All literals, also those of the enumerations that it extends.
    fn literals(&self, enumeration: &'c Enumeration) -> Vec<&'c Enumerator> {
        let mut found: Vec<&Enumerator> = Vec::new();
        let mut current = Some(enumeration);
        for _ in 0..MAX_DEPTH {
            let Some(one) = current else { break };
            found.extend(&one.literals);
            current = self.schema.enumeration(one.namespace, one.base.key);
        }
        found
    }

    pub(super) fn enumerator_value(
        &self,
        value: &Spanned<Literal>,
        enumeration: &'c Enumeration,
        namespace: Namespace,
        report: &mut Report,
    ) {
        match &value.value {
            Literal::Null => {}
            Literal::Array(items) => {
                for item in items {
                    self.enumerator_value(item, enumeration, namespace, report);
                }
            }
            Literal::Enumerator(pair) => {
                let owner = match &pair.0 {
                    Some(name) => match self.schema.enumeration(namespace, name.key) {
                        Some(owner) => owner,
                        None => return self.unknown_class(namespace, name, "no such enumeration"),
                    },
                    None => enumeration,
                };
                let literals = self.literals(owner);
                if owner.is_broken || literals.iter().any(|l| l.name.key == pair.1.key) {
                    return;
                }
                let known = literals.iter().map(|l| &*l.name.text);
                let help = match cim_core::nearest(&pair.1.text, known.clone()) {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => format!(
                        "write one of {}",
                        known.take(12).collect::<Vec<_>>().join(", ")
                    ),
                };
                report.push(
                    Diagnostic::error(
                        "E0702",
                        pair.1.span,
                        format!(
                            "enumeration `{}` has no literal `{}`",
                            owner.name.text, pair.1.text
                        ),
                    )
                    .also(owner.name.span, "the enumeration")
                    .help(help),
                );
            }
            _ => report.push(
                Diagnostic::error(
                    "E0702",
                    value.span,
                    format!(
                        "a value of enumeration `{}` is one of its literals",
                        enumeration.name.text
                    ),
                )
                .help("write the name of the literal"),
            ),
        }
    }
}
