//! The rules of qualifiers: declared, on the right kind of element, with a value of the right type, and
//! that value kept where it is fixed.

use cim_core::CimType;

use super::value::{fits, is_range, value_of};
use super::{Checker, nearest};
use crate::ast::{ArrayShape, Literal, Name, QualifierUse, TypeName};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What a qualifier stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Element {
    Class,
    Association,
    Indication,
    Property,
    Reference,
    Method,
    Parameter,
}

impl Element {
    const fn word(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Association => "association",
            Self::Indication => "indication",
            Self::Property => "property",
            Self::Reference => "reference",
            Self::Method => "method",
            Self::Parameter => "parameter",
        }
    }

    /// Whether a Scope list allows it. Class scope also covers associations and indications, and property
    /// scope references: compilers differ, and DMTF's own files rely on it.
    fn allowed(self, scopes: &[Name]) -> bool {
        let has = |word: &str| scopes.iter().any(|s| s.is(word));
        has("any")
            || has(self.word())
            || matches!(self, Self::Association | Self::Indication) && has("class")
            || self == Self::Reference && has("property")
    }
}

impl Checker<'_> {
    pub(super) fn qualifiers(
        &self,
        uses: &[QualifierUse],
        element: Element,
        ty: Option<(&TypeName, ArrayShape)>,
        found: &mut Vec<Diagnostic>,
    ) {
        for (at, used) in uses.iter().enumerate() {
            if let Some(first) = uses[..at].iter().find(|q| q.name.is(&used.name.text)) {
                found.push(
                    Diagnostic::error(
                        "E0304",
                        used.name.span,
                        format!("qualifier `{}` stands twice", used.name.text),
                    )
                    .also(first.name.span, "first here"),
                );
                continue;
            }
            let Some(declared) = self.schema.qualifier(&used.name.text) else {
                let known = self.schema.qualifiers.iter().map(|q| q.name.text.as_str());
                let mut diagnostic = Diagnostic::error(
                    "E0301",
                    used.name.span,
                    format!("qualifier `{}` is not declared", used.name.text),
                );
                diagnostic.help = Some(match nearest(&used.name.text, known) {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => "declare it with `Qualifier Name : type, Scope(...);`".to_owned(),
                });
                found.push(diagnostic);
                continue;
            };
            if !element.allowed(&declared.scopes) {
                let scopes: Vec<_> = declared
                    .scopes
                    .iter()
                    .map(|s| s.text.to_ascii_lowercase())
                    .collect();
                found.push(
                    Diagnostic::error(
                        "E0302",
                        used.name.span,
                        format!(
                            "qualifier `{}` may not stand on a {}",
                            used.name.text,
                            element.word()
                        ),
                    )
                    .also(
                        declared.name.span,
                        format!("made for: {}", scopes.join(", ")),
                    ),
                );
                continue;
            }
            match &used.value {
                None if declared.ty == CimType::Boolean => {}
                None => found.push(
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
                ),
                Some(value) => {
                    if let Err(expected) = fits(&value.value, declared.ty, declared.is_array) {
                        found.push(
                            Diagnostic::error(
                                "E0303",
                                value.span,
                                format!("the value of `{}` is not {expected}", used.name.text),
                            )
                            .label(format!("expected {expected}")),
                        );
                        continue;
                    }
                    self.class_named_by(used, &value.value, value.span, found);
                }
            }
            if let Some((ty, array)) = ty {
                element_type(used, ty, array, found);
            }
        }
    }

    /// A qualifier that is declared DisableOverride has, in a subclass or overriding feature, the value it
    /// has above (DSP0004 5.6.1.4). `above`: the qualifiers of the superclasses or overridden features,
    /// nearest first.
    pub(super) fn fixed_qualifiers(
        &self,
        uses: &[QualifierUse],
        above: &[&[QualifierUse]],
        found: &mut Vec<Diagnostic>,
    ) {
        for used in uses {
            let is_fixed = self
                .schema
                .qualifier(&used.name.text)
                .is_some_and(|q| q.flavors.iter().any(|f| f.is("DisableOverride")));
            let first = above
                .iter()
                .flat_map(|uses| uses.iter())
                .find(|q| q.name.is(&used.name.text));
            if let Some(first) = first
                && is_fixed
                && value_of(first) != value_of(used)
            {
                found.push(
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

    /// `EmbeddedInstance` and `Reference` name a class, which must exist.
    fn class_named_by(
        &self,
        used: &QualifierUse,
        value: &Literal,
        span: Span,
        found: &mut Vec<Diagnostic>,
    ) {
        if !(used.name.is("EmbeddedInstance") || used.name.is("Reference")) {
            return;
        }
        if let Literal::String(class) = value
            && self.schema.class(class).is_none()
        {
            let name = Name {
                text: class.clone(),
                span,
            };
            found.push(self.unknown_class(&name, "named by this qualifier"));
        }
    }

    pub(super) fn value_map(
        &self,
        uses: &[QualifierUse],
        ty: &TypeName,
        found: &mut Vec<Diagnostic>,
    ) {
        let get = |name: &str| {
            uses.iter()
                .find(|q| q.name.is(name))
                .and_then(|q| match &q.value {
                    Some(value) => match &value.value {
                        Literal::Array(items) => Some((value.span, items)),
                        _ => None,
                    },
                    None => None,
                })
        };
        let Some((map_span, map)) = get("ValueMap") else {
            return;
        };
        if let Some((values_span, values)) = get("Values")
            && values.len() != map.len()
        {
            found.push(
                Diagnostic::error(
                    "E0401",
                    values_span,
                    format!(
                        "ValueMap has {} entries, Values has {}",
                        map.len(),
                        values.len()
                    ),
                )
                .also(map_span, "the ValueMap")
                .help("look for a missing comma: two strings side by side are one entry"),
            );
        }
        let cim_type = ty.cim_type();
        if !cim_type.is_integer() {
            return;
        }
        let mut open = 0;
        for item in map {
            let Literal::String(entry) = item else {
                continue;
            };
            if entry == ".." {
                open += 1;
            } else if !is_range(entry, cim_type) {
                found.push(Diagnostic::error(
                    "E0402",
                    map_span,
                    format!("ValueMap entry `{entry}` is no {cim_type} value or range"),
                ));
            }
        }
        if open > 1 {
            found.push(Diagnostic::warning(
                "W0401",
                map_span,
                "more than one `..` in a ValueMap",
            ));
        }
    }
}

/// Rules of standard qualifiers about the type of their element. DMTF's own releases break some on
/// numbers and dates; those are warnings.
fn element_type(
    used: &QualifierUse,
    ty: &TypeName,
    array: ArrayShape,
    found: &mut Vec<Diagnostic>,
) {
    let cim_type = ty.cim_type();
    let is_one_of = |names: &[&str]| names.iter().any(|n| used.name.is(n));
    let text_only = is_one_of(&[
        "MaxLen",
        "MinLen",
        "EmbeddedInstance",
        "EmbeddedObject",
        "DN",
        "IsPUnit",
        "Reference",
        "XMLNamespaceName",
    ]);
    if text_only && cim_type != CimType::String {
        found.push(
            Diagnostic::error(
                "E0306",
                used.name.span,
                format!("qualifier `{}` on a {cim_type}", used.name.text),
            )
            .label("needs a string"),
        );
    }
    if is_one_of(&["MinValue", "MaxValue"]) && !cim_type.is_integer() {
        found.push(Diagnostic::warning(
            "W0301",
            used.name.span,
            format!("qualifier `{}` on a {cim_type}", used.name.text),
        ));
    }
    let number = cim_type.is_integer() || matches!(cim_type, CimType::Real32 | CimType::Real64);
    if is_one_of(&["PUnit"]) && !number {
        found.push(Diagnostic::warning(
            "W0301",
            used.name.span,
            format!("qualifier `{}` on a {cim_type}", used.name.text),
        ));
    }
    if is_one_of(&["ArrayType"]) && array == ArrayShape::Scalar {
        found.push(
            Diagnostic::error("E0306", used.name.span, "qualifier `ArrayType` on a scalar")
                .label("needs an array"),
        );
    }
    if is_one_of(&["OctetString"]) && array == ArrayShape::Scalar {
        found.push(Diagnostic::warning(
            "W0301",
            used.name.span,
            "qualifier `OctetString` on a scalar",
        ));
    }
}
