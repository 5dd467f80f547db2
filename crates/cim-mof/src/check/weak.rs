//! Weak associations: classes that are identified through another one (DSP0004 5.6.3.37, 5.6.3.55).
//!
//! The reference with Weak points to the weak class, the other one to the class that scopes it and whose
//! keys the weak class has as propagated ones. So a class has one scope at most, and no class is scoped,
//! through others, by itself.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Checker;
use crate::ast::{Class, Namespace, Property, Qualifiers as _, TypeName};
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name::{self, Key};
use crate::source::Span;

/// One weak association.
struct Scope<'c> {
    association: &'c Class,
    weak: &'c Class,
    scoping: &'c Class,
    /// Its Weak qualifier.
    place: Span,
}

impl<'c> Checker<'c> {
    pub(super) fn weak(&self, report: &mut Report) {
        let scopes = self.scopes();
        let mut by_weak: FxHashMap<(Namespace, Key), Vec<usize>> = FxHashMap::default();
        for (at, scope) in scopes.iter().enumerate() {
            let key = (scope.weak.namespace, scope.weak.name.key);
            by_weak.entry(key).or_default().push(at);
        }
        for scope in &scopes {
            self.circle(scope, &scopes, &by_weak, report);
        }
        for (at, second) in scopes.iter().enumerate() {
            let key = (second.weak.namespace, second.weak.name.key);
            let others = by_weak.get(&key).map_or(&[][..], Vec::as_slice);
            let first = others
                .iter()
                .copied()
                .find(|other| *other < at && !self.related(scopes[*other].scoping, second.scoping));
            if let Some(first) = first.and_then(|first| scopes.get(first)) {
                let message = format!(
                    "class `{}` is weak to `{}` and to `{}`",
                    second.weak.name.text, first.scoping.name.text, second.scoping.name.text
                );
                report.push(
                    Diagnostic::error("E0218", second.place, message)
                        .also(first.place, "the other scope")
                        .help("remove Weak from one of the associations: a class has one scope"),
                );
            }
        }
        if report.wants(Lint::NoWeak) {
            self.propagated_without_scope(&scopes, report);
        }
    }

    /// What a reference points to.
    fn target(&self, class: &Class, property: &Property) -> Option<&'c Class> {
        match &property.ty {
            TypeName::Reference(name) => self.schema.class(class.namespace, name.key),
            _ => None,
        }
    }

    fn scopes(&self) -> Vec<Scope<'c>> {
        let mut found = Vec::new();
        for association in &self.schema.classes {
            let references = || {
                association
                    .properties
                    .iter()
                    .filter(|p| p.ty.is_reference())
            };
            let weak = references().find_map(|p| Some((p, p.qualifiers.truth(name::WEAK)?)));
            let Some((weak, place)) = weak else { continue };
            let is_other = |p: &&Property| !std::ptr::eq(*p, weak);
            // The other one may be inherited.
            let other = references().find(is_other).or_else(|| {
                let above = self.schema.ancestors(association);
                above
                    .flat_map(|c| &c.properties)
                    .find(|p| p.ty.is_reference() && p.name.key != weak.name.key)
            });
            let (Some(weak), Some(scoping)) = (
                self.target(association, weak),
                other.and_then(|p| self.target(association, p)),
            ) else {
                continue;
            };
            found.push(Scope {
                association,
                weak,
                scoping,
                place: place.name.span,
            });
        }
        found
    }

    fn related(&self, a: &'c Class, b: &'c Class) -> bool {
        self.schema.is_or_derives(a, &b.name) || self.schema.is_or_derives(b, &a.name)
    }

    /// Whether the scope of a class is, through others, scoped by the class; told at the first
    /// association of the circle.
    fn circle(
        &self,
        start: &Scope<'c>,
        scopes: &[Scope<'c>],
        by_weak: &FxHashMap<(Namespace, Key), Vec<usize>>,
        report: &mut Report,
    ) {
        let mut seen: FxHashSet<Key> = FxHashSet::default();
        let mut next = vec![(start.scoping, vec![&*start.weak.name.text])];
        let order = |c: &Class| (c.name.span.file, c.name.span.start);
        while let Some((class, path)) = next.pop() {
            if class.name.key == start.weak.name.key {
                let mut names = path;
                names.push(&class.name.text);
                let message = format!(
                    "class `{}` is identified through itself",
                    start.weak.name.text
                );
                report.push(
                    Diagnostic::error("E0218", start.place, message)
                        .help(format!("break the circle {}", names.join(" -> "))),
                );
                return;
            }
            if !seen.insert(class.name.key) || path.len() > 16 {
                continue;
            }
            for at in by_weak
                .get(&(class.namespace, class.name.key))
                .map_or(&[][..], Vec::as_slice)
            {
                let Some(scope) = scopes.get(*at) else {
                    continue;
                };
                // Whoever comes first tells it.
                if order(scope.association) < order(start.association) {
                    continue;
                }
                let mut longer = path.clone();
                longer.push(&class.name.text);
                next.push((scope.scoping, longer));
            }
        }
    }

    /// Lint `propagated-without-weak`.
    fn propagated_without_scope(&self, scopes: &[Scope<'c>], report: &mut Report) {
        for class in &self.schema.classes {
            for property in &class.properties {
                let Some(used) = property.qualifiers.find(name::PROPAGATED) else {
                    continue;
                };
                let text = used.value.as_ref().and_then(|v| v.value.text());
                let target = text.as_deref().and_then(|t| t.split('.').next());
                let Some(scoping) =
                    target.and_then(|t| self.schema.class_named(class.namespace, t))
                else {
                    continue;
                };
                let has_scope = scopes
                    .iter()
                    .any(|s| self.related(s.weak, class) && self.related(s.scoping, scoping));
                if !has_scope {
                    let message = format!(
                        "`{}` is propagated from `{}`, to which no association makes class `{}` weak",
                        property.name.text, scoping.name.text, class.name.text
                    );
                    report.push(
                        Diagnostic::lint(Lint::NoWeak, used.name.span, message).help(
                            "declare an association of both, with Weak on the reference to this class",
                        ),
                    );
                }
            }
        }
    }
}
