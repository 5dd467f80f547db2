//! Standard qualifiers that need an element of a certain type, have a fixed set of values, or exclude each
//! other (DSP0004 5.6.3).

use cim_core::CimType;

use super::Checker;
use super::unit;
use crate::ast::{ArrayShape, Literal, QualifierUse, Qualifiers as _, TypeName};
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name::{self, Key};

/// What a qualifier needs its element to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Text,
    Integer,
    Unsigned,
    Number,
    Octets,
    IntegerOrText,
}

fn needs(key: Key) -> Option<Needs> {
    Some(match key {
        name::MAXLEN
        | name::MINLEN
        | name::DN
        | name::ISPUNIT
        | name::REFERENCE
        | name::XMLNAMESPACENAME => Needs::Text,
        name::MINVALUE | name::MAXVALUE => Needs::Integer,
        name::COUNTER | name::GAUGE => Needs::Unsigned,
        name::PUNIT => Needs::Number,
        name::OCTETSTRING => Needs::Octets,
        name::NULLVALUE => Needs::IntegerOrText,
        _ => return None,
    })
}

impl Needs {
    fn met_by(self, ty: CimType, is_array: bool) -> bool {
        let real = matches!(ty, CimType::Real32 | CimType::Real64);
        match self {
            Self::Text => ty == CimType::String,
            Self::Integer => ty.is_integer(),
            Self::Unsigned => ty.unsigned_max().is_some(),
            Self::Number => ty.is_integer() || real,
            Self::IntegerOrText => ty.is_integer() || ty == CimType::String,
            Self::Octets => is_array && matches!(ty, CimType::Uint8 | CimType::String),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Integer => "an integer",
            Self::Unsigned => "an unsigned integer",
            Self::Number => "a number",
            Self::IntegerOrText => "an integer or a string",
            Self::Octets => "an array of uint8 or string",
        }
    }
}

impl Checker<'_> {
    /// One qualifier and the type that it stands on.
    pub(super) fn constraint(
        &self,
        used: &QualifierUse,
        ty: &TypeName,
        array: ArrayShape,
        report: &mut Report,
    ) {
        if matches!(
            ty,
            TypeName::Unknown | TypeName::Named(_) | TypeName::Object
        ) {
            return;
        }
        let (key, cim_type) = (used.name.key, ty.cim_type());
        if let Some(needs) = needs(key)
            && !needs.met_by(cim_type, array.is_array())
        {
            let shape = match (needs, array) {
                (Needs::Octets, ArrayShape::Scalar) => "scalar ",
                _ => "",
            };
            report.push(
                Diagnostic::lint(
                    Lint::MisplacedQualifier,
                    used.name.span,
                    format!("qualifier `{}` on a {shape}{cim_type}", used.name.text),
                )
                .label(format!("needs {}", needs.words())),
            );
        }
        let is_embedded = matches!(key, name::EMBEDDEDINSTANCE | name::EMBEDDEDOBJECT);
        if is_embedded && cim_type != CimType::String {
            report.push(
                Diagnostic::error(
                    "E0306",
                    used.name.span,
                    format!("qualifier `{}` on a {cim_type}", used.name.text),
                )
                .label("needs a string"),
            );
        }
        if key == name::ARRAYTYPE && !array.is_array() {
            report.push(
                Diagnostic::error("E0306", used.name.span, "qualifier `ArrayType` on a scalar")
                    .label("needs an array"),
            );
        }
        if matches!(key, name::UNITS | name::SCHEMA) && report.wants(Lint::DeprecatedSyntax) {
            let instead = if key == name::UNITS {
                "write PUnit"
            } else {
                "remove it"
            };
            report.push(
                Diagnostic::lint(
                    Lint::DeprecatedSyntax,
                    used.name.span,
                    format!("qualifier `{}` is deprecated", used.name.text),
                )
                .help(instead),
            );
        }
        self.fixed_words(used, report);
        if key == name::PUNIT
            && (report.wants(Lint::Unit) || report.wants(Lint::UnknownUnit))
            && let Some(value) = &used.value
            && let Literal::String(text) = &value.value
            && let Err(fault) = unit::check(&text.value())
        {
            let span = text.place(fault.at, value.span);
            report.push(
                Diagnostic::lint(
                    if fault.is_unknown {
                        Lint::UnknownUnit
                    } else {
                        Lint::Unit
                    },
                    span,
                    format!(
                        "`{}` is no programmatic unit: {}",
                        text.value(),
                        fault.message
                    ),
                )
                .help(
                    "a unit is such as `byte`, `bit / second` or `byte * 10^3` (DSP0004 annex C)",
                ),
            );
        }
    }

    /// Qualifiers whose values are a few words.
    fn fixed_words(&self, used: &QualifierUse, report: &mut Report) {
        let words: &[&str] = match used.name.key {
            name::ARRAYTYPE => &["Bag", "Ordered", "Indexed"],
            name::PROPERTYUSAGE => &[
                "CurrentContext",
                "Descriptive",
                "Capability",
                "Configuration",
                "State",
                "Metric",
            ],
            _ => return,
        };
        let Some(value) = &used.value else { return };
        let Some(text) = value.value.text() else {
            return;
        };
        if !words.iter().any(|w| w.eq_ignore_ascii_case(&text)) {
            report.push(
                Diagnostic::error(
                    "E0311",
                    value.span,
                    format!("`{text}` is no {}", used.name.text),
                )
                .help(match cim_core::nearest(&text, words.iter().copied()) {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => format!("write one of {}", words.join(", ")),
                }),
            );
        }
    }

    /// Qualifiers that exclude or bound each other, own or inherited.
    pub(super) fn exclusive<'a>(
        &self,
        own: &'a [QualifierUse],
        above: &(impl Iterator<Item = &'a [QualifierUse]> + Clone),
        report: &mut Report,
    ) {
        // Nothing new is said about what is inherited as a whole.
        let is_own = |key: Key| own.find(key).is_some();
        let get = |key: Key| self.effective(key, own, above.clone());
        for (a, b, code) in [
            (name::COUNTER, name::GAUGE, "E0310"),
            (name::EMBEDDEDOBJECT, name::EMBEDDEDINSTANCE, "E0219"),
        ] {
            if !(is_own(a) || is_own(b)) {
                continue;
            }
            // EmbeddedObject may be narrowed to EmbeddedInstance in an override.
            let is_narrowed = b == name::EMBEDDEDINSTANCE && !is_own(a);
            let first = get(a).filter(|q| q.is_true());
            let second = get(b).filter(|q| b == name::EMBEDDEDINSTANCE || q.is_true());
            if let (Some(first), Some(second)) = (first, second)
                && !is_narrowed
            {
                report.push(
                    Diagnostic::error(
                        code,
                        second.name.span,
                        format!(
                            "`{}` and `{}` exclude each other",
                            first.name.text, second.name.text
                        ),
                    )
                    .also(first.name.span, "the other one")
                    .help("keep one of them"),
                );
            }
        }
        for (one, other) in [
            (name::SYNTAX, name::SYNTAXTYPE),
            (name::SYNTAXTYPE, name::SYNTAX),
        ] {
            if let Some(used) = own.find(one)
                && get(other).is_none()
            {
                let needed = if other == name::SYNTAX {
                    "Syntax"
                } else {
                    "SyntaxType"
                };
                let message = format!("qualifier `{}` without `{needed}`", used.name.text);
                report.push(
                    Diagnostic::lint(Lint::MisplacedQualifier, used.name.span, message)
                        .help(format!("add {needed}(\"...\"), or remove it")),
                );
            }
        }
        for (low, high) in [
            (name::MINVALUE, name::MAXVALUE),
            (name::MINLEN, name::MAXLEN),
            (name::MIN, name::MAX),
        ] {
            if !(is_own(low) || is_own(high)) {
                continue;
            }
            let number = |used: &QualifierUse| used.value.as_ref().and_then(|v| v.value.integer());
            if let (Some(low), Some(high)) = (get(low), get(high))
                && let (Some(from), Some(to)) = (number(low), number(high))
                && from > to
            {
                report.push(
                    Diagnostic::error(
                        "E0310",
                        low.name.span,
                        format!(
                            "`{}` {from} is above `{}` {to}",
                            low.name.text, high.name.text
                        ),
                    )
                    .also(high.name.span, "the upper bound")
                    .help("exchange them, or remove one"),
                );
            }
        }
    }
}
