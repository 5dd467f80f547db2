//! Associations, aggregations and weak associations (DSP0004 5.1.2.3, 5.6.3.2).

use super::{Chain, Checker};
use crate::ast::{Class, Keyword, Property, Qualifiers as _, TypeName};
use crate::diagnostic::{Diagnostic, Report};
use crate::name;

impl<'c> Checker<'c> {
    pub(super) fn association(&self, class: &'c Class, chain: &Chain<'c>, report: &mut Report) {
        if !chain.is_whole {
            return;
        }
        // Root first, overrides in the place of what they override.
        let mut references: Vec<(&Class, &Property)> = Vec::new();
        for owner in chain.classes.iter().rev().copied().chain([class]) {
            for property in owner.properties.iter().filter(|p| p.ty.is_reference()) {
                match references
                    .iter_mut()
                    .find(|(_, p)| p.name.key == property.name.key)
                {
                    Some(place) => *place = (owner, property),
                    None => references.push((owner, property)),
                }
            }
        }
        let is_own = |owner: &Class| std::ptr::eq(owner, class);
        let count = references.len();
        let inherits = references.iter().any(|(owner, _)| !is_own(owner));
        let is_abstract = class.qualifiers.truth(name::ABSTRACT).is_some();
        // A property whose type is no type of CIM may be meant as a reference.
        let is_clear = class
            .properties
            .iter()
            .all(|p| !matches!(p.ty, TypeName::Named(_) | TypeName::Unknown));
        if count < 2 && !is_abstract && is_clear {
            report.push(
                Diagnostic::error(
                    "E0207",
                    class.name.span,
                    match count {
                        0 => format!("association `{}` has no reference", class.name.text),
                        _ => format!("association `{}` has one reference", class.name.text),
                    },
                )
                .help("an association needs at least two reference properties (`Class REF Name;`)"),
            );
        }
        if inherits {
            let parent_count = references
                .iter()
                .filter(|(owner, p)| !is_own(owner) || self.overrides(p, chain))
                .count();
            if let Some((_, added)) = references
                .iter()
                .find(|(owner, p)| is_own(owner) && !self.overrides(p, chain))
                && parent_count >= 2
                && class.keyword == Keyword::Class
            {
                report.push(
                    Diagnostic::error(
                        "E0216",
                        added.name.span,
                        format!("association `{}` adds a reference", class.name.text),
                    )
                    .label(format!("the superclasses have {parent_count} already"))
                    .help("override one of the inherited references, or derive from another class"),
                );
            }
        }
        self.aggregation(class, &references, report);
        let mut weak = references
            .iter()
            .filter_map(|(_, p)| p.qualifiers.truth(name::WEAK));
        if let (Some(first), Some(second)) = (weak.next(), weak.next()) {
            report.push(
                Diagnostic::error(
                    "E0218",
                    second.name.span,
                    format!("association `{}` has two weak references", class.name.text),
                )
                .also(first.name.span, "the other one")
                .help("keep the one that points to the weak class"),
            );
        }
    }

    fn overrides(&self, property: &Property, chain: &Chain<'_>) -> bool {
        chain
            .classes
            .iter()
            .any(|c| c.properties.iter().any(|p| p.name.key == property.name.key))
    }

    fn aggregation(&self, class: &Class, references: &[(&Class, &Property)], report: &mut Report) {
        let is_aggregation = self.class_flag(class, name::AGGREGATION);
        let is_composition = self.class_flag(class, name::COMPOSITION);
        if let Some(used) = class.qualifiers.truth(name::COMPOSITION)
            && !is_aggregation
        {
            report.push(
                Diagnostic::error(
                    "E0217",
                    used.name.span,
                    format!("composition `{}` is no aggregation", class.name.text),
                )
                .help("add Aggregation"),
            );
        }
        // An override inherits Aggregate without saying so.
        let chain: Vec<&Class> = std::iter::once(class)
            .chain(self.schema.ancestors(class))
            .collect();
        let wholes: Vec<&Property> = references
            .iter()
            .map(|(_, p)| *p)
            .filter(|p| {
                chain.iter().flat_map(|c| &c.properties).any(|other| {
                    other.name.key == p.name.key
                        && other.qualifiers.truth(name::AGGREGATE).is_some()
                })
            })
            .collect();
        let said_here = class.qualifiers.find(name::AGGREGATION).is_some()
            || class
                .properties
                .iter()
                .any(|p| p.qualifiers.find(name::AGGREGATE).is_some());
        if !said_here {
            return;
        }
        match wholes.as_slice() {
            [] if is_aggregation && class.qualifiers.truth(name::ABSTRACT).is_none() => report
                .push(
                    Diagnostic::error(
                        "E0217",
                        class.name.span,
                        format!(
                            "aggregation `{}` has no Aggregate reference",
                            class.name.text
                        ),
                    )
                    .help("put Aggregate on the reference to the whole"),
                ),
            [only] if !is_aggregation && !is_composition => report.push(
                Diagnostic::error(
                    "E0217",
                    only.name.span,
                    format!(
                        "Aggregate in `{}`, which is no aggregation",
                        class.name.text
                    ),
                )
                .help("add Aggregation to the class, or remove Aggregate"),
            ),
            [first, second, ..] => report.push(
                Diagnostic::error(
                    "E0217",
                    second.name.span,
                    format!("aggregation `{}` has two wholes", class.name.text),
                )
                .also(first.name.span, "the other one")
                .help("keep Aggregate on one reference"),
            ),
            _ => {}
        }
    }
}
