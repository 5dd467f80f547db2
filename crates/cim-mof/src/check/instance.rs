//! The rules of instances and aliases (DSP0004 annex A, instanceDeclaration).

use cim_core::CimType;
use rustc_hash::FxHashMap;

use super::qualifier::{Element, Site};
use super::{Checker, feature};
use crate::ast::{
    Class, Instance, Keyword, Literal, Name, Property, QualifierUse, Qualifiers as _, Spanned,
    TypeName,
};
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name::{self, Key};
use crate::print;
use crate::source::Span;

type Aliases<'c> = FxHashMap<Key, &'c Instance>;

impl<'c> Checker<'c> {
    pub(super) fn instances(&self, report: &mut Report) {
        let mut aliases: Aliases<'c> = FxHashMap::default();
        for instance in &self.schema.instances {
            self.collect(instance, &mut aliases, report);
        }
        // Instances as defaults, which Microsoft and DSP0221 have.
        for class in &self.schema.classes {
            let parameters = class.methods.iter().flat_map(|m| &m.parameters);
            for property in class.properties.iter().chain(parameters) {
                if let Some(default) = &property.default {
                    self.inner(default, property, &aliases, report);
                }
            }
        }
        let mut paths: FxHashMap<String, Span> = FxHashMap::default();
        for instance in &self.schema.instances {
            if report.is_full() {
                return;
            }
            if let Some(path) = self.instance(instance, true, &aliases, report)
                && let Some(first) = paths.insert(path, instance.class.span)
                // In DSP0221 the second one changes the first.
                && !self.schema.mof3
            {
                report.push(
                    Diagnostic::lint(
                        Lint::SamePath,
                        instance.class.span,
                        format!(
                            "two instances of `{}` have the same keys",
                            instance.class.text
                        ),
                    )
                    .also(first, "the other one")
                    .help("give this one other keys, or remove it"),
                );
            }
        }
    }

    /// The aliases of an instance and of those in it.
    fn collect(&self, instance: &'c Instance, aliases: &mut Aliases<'c>, report: &mut Report) {
        if let Some(alias) = &instance.alias
            && let Some(first) = aliases.insert(alias.key, instance)
            && let Some(first) = &first.alias
        {
            report.push(
                Diagnostic::error(
                    "E0606",
                    alias.span,
                    format!("alias `${}` is given twice", alias.text),
                )
                .also(first.span, "first given here")
                .help("give one of them another name"),
            );
        }
        for value in instance.values.iter().filter_map(|v| v.value.as_ref()) {
            each(&value.value, &mut |literal| {
                if let Literal::Instance(inner) = literal {
                    self.collect(inner, aliases, report);
                }
            });
        }
    }

    /// Checks an instance; gives its path if it has keys.
    fn instance(
        &self,
        instance: &'c Instance,
        is_stored: bool,
        aliases: &Aliases<'c>,
        report: &mut Report,
    ) -> Option<String> {
        let namespace = instance.namespace;
        let Some(class) = self.schema.class(namespace, instance.class.key) else {
            self.unknown_class(namespace, &instance.class, "no such class");
            return None;
        };
        let chain = self.chain(class);
        let line: Vec<&Class> = std::iter::once(class)
            .chain(chain.classes.iter().copied())
            .collect();
        if is_stored && !instance.is_value {
            self.instantiable(instance, class, report);
        }
        for value in &instance.values {
            let site = Site {
                element: Element::Property,
                namespace,
                ty: None,
            };
            // Their values mean nothing; their names are still names.
            if !value.qualifiers.is_empty() && report.wants(Lint::InstanceQualifier) {
                self.qualifiers(&value.qualifiers, site, report);
            }
        }
        let mut given: FxHashMap<Key, &Name> = FxHashMap::default();
        let mut is_odd = false;
        for initializer in &instance.values {
            let name = &initializer.name;
            if let Some(first) = given.insert(name.key, name) {
                report.push(
                    Diagnostic::error(
                        "E0602",
                        name.span,
                        format!("`{}` is given twice", name.text),
                    )
                    .also(first.span, "first given here")
                    .help("keep one of them"),
                );
                continue;
            }
            let declared = feature::overridden(&line, name.key);
            let Some((_, property)) = declared.first() else {
                // It may be meant for a key that seems to lack a value.
                is_odd = true;
                self.no_property(instance, name, class, &line, chain.has_all, report);
                continue;
            };
            let Some(value) = &initializer.value else {
                continue;
            };
            let above = declared.iter().skip(1).map(|(_, p)| &p.qualifiers[..]);
            self.typed_value(value, property, namespace, &above, "value", report);
            self.inner(value, property, aliases, report);
            let is_required = self
                .effective(name::REQUIRED, &property.qualifiers, above)
                .is_some_and(QualifierUse::is_true);
            if is_required && matches!(value.value, Literal::Null) {
                report.push(
                    Diagnostic::lint(
                        Lint::RequiredNull,
                        value.span,
                        format!("`{}` is required and NULL", name.text),
                    )
                    .also(property.name.span, "declared here")
                    .help("give it a value"),
                );
            }
        }
        if !chain.is_whole || !is_stored || instance.is_broken || is_odd {
            return None;
        }
        self.path(instance, class, &line, report)
    }

    fn instantiable(&self, instance: &Instance, class: &Class, report: &mut Report) {
        let place = instance.class.span;
        let what = if class.qualifiers.truth(name::ABSTRACT).is_some() {
            "abstract"
        } else if class.keyword == Keyword::Structure
            || self.class_flag(class, name::STRUCTURE) && instance.alias.is_none()
        {
            "a structure"
        } else if self.class_flag(class, name::EXCEPTION) && instance.alias.is_none() {
            "an exception"
        } else if self.class_flag(class, name::INDICATION) && instance.alias.is_none() {
            "an indication"
        } else {
            return;
        };
        report.push(
            Diagnostic::error(
                "E0601",
                place,
                format!("class `{}` is {what}", class.name.text),
            )
            .label("it can have no instances")
            .also(class.name.span, "the class")
            .help("declare an instance of a concrete subclass"),
        );
    }

    fn no_property(
        &self,
        instance: &Instance,
        name: &Name,
        class: &Class,
        line: &[&Class],
        has_all: bool,
        report: &mut Report,
    ) {
        if !has_all {
            return;
        }
        // Told once for each name: it may as well be the declaration that is wrong.
        if !self.missing.borrow_mut().insert((class.name.key, name.key)) {
            return;
        }
        let diagnostic = Diagnostic::error(
            "E0209",
            name.span,
            format!(
                "class `{}` has no property `{}`",
                instance.class.text, name.text
            ),
        )
        .also(class.name.span, "the class");
        let known = line
            .iter()
            .flat_map(|c| &c.properties)
            .map(|p| &*p.name.text);
        report.push(match cim_core::nearest(&name.text, known) {
            Some(similar) => diagnostic.help(format!("did you mean `{similar}`?")),
            None => diagnostic,
        });
    }

    /// Aliases and instances in a value.
    fn inner(
        &self,
        value: &'c Spanned<Literal>,
        property: &Property,
        aliases: &Aliases<'c>,
        report: &mut Report,
    ) {
        let wanted = match &property.ty {
            TypeName::Reference(class) | TypeName::Named(class) => Some(class.key),
            _ => property
                .qualifiers
                .string(name::EMBEDDEDINSTANCE)
                .and_then(|text| self.schema.names.find(&text.value())),
        };
        each_spanned(value, &mut |literal, span| match literal {
            Literal::Alias(alias) => match aliases.get(&alias.key) {
                // That a number is no alias has been told.
                None if self.schema.doubts.aliases > 0 => {}
                None if self.schema.doubts.is_named(alias.key) => {}
                None if matches!(property.ty, TypeName::Intrinsic(ty) if ty != CimType::String) => {
                }
                None => {
                    let known = aliases
                        .values()
                        .filter_map(|i| i.alias.as_ref())
                        .map(|a| &*a.text);
                    let help = match cim_core::nearest(&alias.text, known) {
                        Some(similar) => format!("did you mean `${similar}`?"),
                        None => format!("give it: `instance of Class as ${}`", alias.text),
                    };
                    report.push(
                        Diagnostic::error(
                            "E0605",
                            span,
                            format!("alias `${}` is not given", alias.text),
                        )
                        .help(help),
                    );
                }
                Some(target) => self.alias_class(alias, target, wanted, property, report),
            },
            Literal::Instance(inner) => {
                self.instance(inner, false, aliases, report);
            }
            _ => {}
        });
    }

    fn alias_class(
        &self,
        alias: &Name,
        target: &Instance,
        wanted: Option<Key>,
        property: &Property,
        report: &mut Report,
    ) {
        let Some(wanted) = wanted.and_then(|key| self.schema.class(target.namespace, key)) else {
            return;
        };
        let Some(class) = self.schema.class(target.namespace, target.class.key) else {
            return;
        };
        if self.chain(class).has_all && !self.schema.is_or_derives(class, &wanted.name) {
            report.push(
                Diagnostic::error(
                    "E0607",
                    alias.span,
                    format!(
                        "`${}` is a `{}`, no `{}`",
                        alias.text, class.name.text, wanted.name.text
                    ),
                )
                .also(property.name.span, "declared here")
                .help("use an instance of that class or a subclass"),
            );
        }
    }

    /// The keys and their values as one text; reports keys without a value.
    fn path(
        &self,
        instance: &Instance,
        class: &Class,
        line: &[&Class],
        report: &mut Report,
    ) -> Option<String> {
        let mut keys: Vec<(&Property, &Class)> = Vec::new();
        for owner in line {
            for property in &owner.properties {
                if property.qualifiers.truth(name::KEY).is_some()
                    && !keys.iter().any(|(p, _)| p.name.key == property.name.key)
                {
                    keys.push((property, owner));
                }
            }
        }
        if keys.is_empty() || instance.is_value {
            return None;
        }
        keys.sort_by_key(|(p, _)| p.name.key);
        let mut path = format!("{}:{}", instance.namespace.0, class.name.key.0);
        let mut missing = Vec::new();
        for (key, _) in keys {
            let given = instance
                .values
                .iter()
                .find(|v| v.name.key == key.name.key)
                .and_then(|v| v.value.as_ref());
            // The nearest declaration has the default.
            let default = line
                .iter()
                .flat_map(|c| &c.properties)
                .find(|p| p.name.key == key.name.key)
                .and_then(|p| p.default.as_ref());
            match given.or(default).map(|v| &v.value) {
                None | Some(Literal::Null) => {
                    let is_propagated = line.iter().flat_map(|c| &c.properties).any(|p| {
                        p.name.key == key.name.key && p.qualifiers.find(name::PROPAGATED).is_some()
                    });
                    if !is_propagated {
                        missing.push(key);
                    }
                }
                Some(value) => {
                    path.push(',');
                    print::literal(value, 0, &mut path);
                }
            }
        }
        if let Some(first) = missing.first() {
            let names: Vec<_> = missing
                .iter()
                .map(|p| format!("`{}`", p.name.text))
                .collect();
            report.push(
                Diagnostic::error(
                    "E0603",
                    instance.class.span,
                    format!(
                        "instance of `{}` without a value for its key {}",
                        class.name.text,
                        names.join(", ")
                    ),
                )
                .also(first.name.span, "the key")
                .help(format!("add `{} = ...;`", first.name.text)),
            );
            return None;
        }
        Some(path)
    }
}

fn each<'a>(literal: &'a Literal, found: &mut impl FnMut(&'a Literal)) {
    match literal {
        Literal::Array(items) => items.iter().for_each(|item| found(&item.value)),
        other => found(other),
    }
}

fn each_spanned<'a>(value: &'a Spanned<Literal>, found: &mut impl FnMut(&'a Literal, Span)) {
    match &value.value {
        Literal::Array(items) => items.iter().for_each(|item| found(&item.value, item.span)),
        other => found(other, value.span),
    }
}
