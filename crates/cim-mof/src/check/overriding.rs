//! What an overriding feature may change (DSP0004 5.6.3.34).

use super::{Chain, Checker};
use crate::ast::{Class, Method, Name, Property, QualifierUse, Qualifiers as _, TypeName};
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name;
use crate::print::type_name;

impl Checker<'_> {
    pub(super) fn overriding(
        &self,
        class: &Class,
        property: &Property,
        chain: &Chain<'_>,
        overridden: Option<(&Class, &Property)>,
        report: &mut Report,
    ) {
        let overrides = property.qualifiers.find(name::OVERRIDE);
        let method = chain
            .classes
            .iter()
            .find_map(|c| c.methods.iter().find(|m| m.name.key == property.name.key));
        match (overrides, overridden) {
            (None, Some(_)) if property.is_partial || self.has_unknown(&property.qualifiers) => {}
            (None, Some((origin, first))) => {
                self.not_overridden(class, &property.name, origin, &first.name, report);
            }
            (Some(place), None) => match method {
                Some(method) => report.push(
                    Diagnostic::error(
                        "E0205",
                        place.name.span,
                        format!("property `{}` overrides a method", property.name.text),
                    )
                    .also(method.name.span, "the method")
                    .help("give the property another name"),
                ),
                None => {
                    let names = chain
                        .classes
                        .iter()
                        .flat_map(|c| &c.properties)
                        .map(|p| &*p.name.text);
                    self.nothing_to_override(
                        class,
                        &property.name,
                        place,
                        chain,
                        names.collect(),
                        report,
                    );
                }
            },
            (Some(place), Some((_, first))) => {
                self.override_name(place, &property.name, report);
                self.same_type(place, class, property, first, report);
                self.embedded_narrows(class, property, first, report);
            }
            (None, None) => {
                if let Some(method) = method {
                    report.push(
                        Diagnostic::error(
                            "E0204",
                            property.name.span,
                            format!("`{}` is inherited as a method", property.name.text),
                        )
                        .also(method.name.span, "inherited from here"),
                    );
                }
            }
        }
    }

    /// Whether a method is what it seems: nothing of its signature was left out or is unknown.
    fn is_clear(&self, method: &Method) -> bool {
        !method.is_partial
            && !matches!(method.returns, TypeName::Unknown)
            && method
                .parameters
                .iter()
                .all(|p| !matches!(p.ty, TypeName::Unknown) && !self.has_unknown(&p.qualifiers))
    }

    /// The same name as an inherited feature, and no Override.
    fn not_overridden(
        &self,
        class: &Class,
        name: &Name,
        origin: &Class,
        first: &Name,
        report: &mut Report,
    ) {
        let schema = |c: &Class| c.name.text.split('_').next().map(str::to_ascii_lowercase);
        if schema(class) != schema(origin) {
            report.push(
                Diagnostic::lint(
                    Lint::HidesInherited,
                    name.span,
                    format!(
                        "`{}` hides what class `{}` has",
                        name.text, origin.name.text
                    ),
                )
                .also(first.span, "hidden by it")
                .help(format!(
                    "add Override(\"{}\") if it is meant to replace it",
                    first.text
                )),
            );
            return;
        }
        report.push(
            Diagnostic::error(
                "E0204",
                name.span,
                format!(
                    "`{}` is inherited from class `{}`",
                    name.text, origin.name.text
                ),
            )
            .label("declared again here")
            .also(first.span, "inherited from here")
            .help(format!(
                "add Override(\"{}\") if it is meant to replace it",
                first.text
            )),
        );
    }

    fn nothing_to_override(
        &self,
        class: &Class,
        name: &Name,
        place: &QualifierUse,
        chain: &Chain<'_>,
        known: Vec<&str>,
        report: &mut Report,
    ) {
        if !chain.has_all {
            return;
        }
        let diagnostic = Diagnostic::error(
            "E0205",
            place.name.span,
            format!(
                "no superclass of `{}` has a feature `{}` to override",
                class.name.text, name.text
            ),
        );
        report.push(match cim_core::nearest(&name.text, known.into_iter()) {
            Some(similar) => diagnostic.help(format!("did you mean `{similar}`?")),
            None => diagnostic.help("remove Override, or correct the name"),
        });
    }

    /// The value of Override is the feature's own name; old files have the class before it.
    fn override_name(&self, place: &QualifierUse, own: &Name, report: &mut Report) {
        let Some(value) = &place.value else { return };
        let Some(text) = value.value.text() else {
            return;
        };
        let named = text.rsplit('.').next().unwrap_or("");
        if !named.eq_ignore_ascii_case(&own.text) {
            report.push(
                Diagnostic::error(
                    "E0205",
                    value.span,
                    format!("`{}` cannot override `{text}`", own.text),
                )
                .help(format!(
                    "a feature overrides one of its own name: write Override(\"{}\")",
                    own.text
                )),
            );
        }
    }

    fn same_type(
        &self,
        place: &QualifierUse,
        class: &Class,
        property: &Property,
        first: &Property,
        report: &mut Report,
    ) {
        if let (TypeName::Reference(new), TypeName::Reference(old)) = (&property.ty, &first.ty) {
            let target = self.schema.class(class.namespace, new.key);
            if let Some(target) = target
                && self.schema.class(class.namespace, old.key).is_some()
                && !self.schema.is_or_derives(target, old)
            {
                report.push(
                    Diagnostic::error(
                        "E0213",
                        new.span,
                        format!("`{}` is no subclass of `{}`", new.text, old.text),
                    )
                    .also(
                        old.span,
                        "the class that the overridden reference points to",
                    ),
                );
            }
            return;
        }
        if matches!(property.ty, TypeName::Unknown) || matches!(first.ty, TypeName::Unknown) {
            return;
        }
        if let (TypeName::Named(new), TypeName::Named(old)) = (&property.ty, &first.ty)
            && property.array == first.array
        {
            self.same_named_type(class, property, (new, old), first, report);
            return;
        }
        let (new, old) = (described(property), described(first));
        if new != old {
            report.push(
                Diagnostic::error(
                    "E0205",
                    place.name.span,
                    format!(
                        "`{}` overrides a property of another type: {new} instead of {old}",
                        property.name.text
                    ),
                )
                .also(first.name.span, "the overridden property"),
            );
        }
    }

    /// A structure may become one that derives from it; an enumeration the one that it extends, whose
    /// literals it has all (DSP0221).
    fn same_named_type(
        &self,
        class: &Class,
        property: &Property,
        (new, old): (&Name, &Name),
        first: &Property,
        report: &mut Report,
    ) {
        let namespace = class.namespace;
        let enumeration = |name: &Name| self.schema.enumeration(namespace, name.key);
        let structure = |name: &Name| self.schema.class(namespace, name.key);
        let rule = match (enumeration(new), enumeration(old)) {
            (Some(new), Some(old)) => {
                if self.extends(old, new) {
                    return;
                }
                "an enumeration may be overridden by the one that it extends"
            }
            (None, None) => match (structure(new), structure(old)) {
                (Some(new), Some(old)) if !self.schema.is_or_derives(new, &old.name) => {
                    "a structure may be overridden by one that derives from it"
                }
                _ => return,
            },
            _ => "an enumeration and a structure do not override each other",
        };
        report.push(
            Diagnostic::error(
                "E0205",
                new.span,
                format!(
                    "`{}` overrides a property of another type: {} instead of {}",
                    property.name.text, new.text, old.text
                ),
            )
            .also(first.name.span, "the overridden property")
            .help(format!("{rule}; or give the property another name")),
        );
    }

    /// An embedded instance may become one of a subclass, and an object an instance, but not back.
    fn embedded_narrows(
        &self,
        class: &Class,
        property: &Property,
        first: &Property,
        report: &mut Report,
    ) {
        let Some(new) = property.qualifiers.string(name::EMBEDDEDINSTANCE) else {
            return;
        };
        let Some(old) = first.qualifiers.string(name::EMBEDDEDINSTANCE) else {
            return;
        };
        let (new_name, old_name) = (new.value(), old.value());
        let find = |name: &str| self.schema.class_named(class.namespace, name);
        if let (Some(new), Some(old)) = (find(&new_name), find(&old_name))
            && !self.schema.is_or_derives(new, &old.name)
            && let Some(place) = property.qualifiers.find(name::EMBEDDEDINSTANCE)
        {
            report.push(
                Diagnostic::error(
                    "E0214",
                    place.name.span,
                    format!("`{}` is no subclass of `{}`", new.name.text, old.name.text),
                )
                .also(first.name.span, "the overridden property")
                .help(format!("embed `{}` or a subclass of it", old.name.text)),
            );
        }
    }

    pub(super) fn overriding_method(
        &self,
        class: &Class,
        method: &Method,
        chain: &Chain<'_>,
        overridden: Option<(&Class, &Method)>,
        report: &mut Report,
    ) {
        let property = chain
            .classes
            .iter()
            .find_map(|c| c.properties.iter().find(|p| p.name.key == method.name.key));
        let overrides = method.qualifiers.find(name::OVERRIDE);
        match (overrides, overridden) {
            (None, Some(_)) if method.is_partial || self.has_unknown(&method.qualifiers) => {}
            (None, Some((origin, first))) => {
                self.not_overridden(class, &method.name, origin, &first.name, report);
            }
            (Some(place), None) => match property {
                Some(property) => report.push(
                    Diagnostic::error(
                        "E0205",
                        place.name.span,
                        format!("method `{}` overrides a property", method.name.text),
                    )
                    .also(property.name.span, "the property")
                    .help("give the method another name"),
                ),
                None => {
                    let names = chain
                        .classes
                        .iter()
                        .flat_map(|c| &c.methods)
                        .map(|m| &*m.name.text);
                    self.nothing_to_override(
                        class,
                        &method.name,
                        place,
                        chain,
                        names.collect(),
                        report,
                    );
                }
            },
            (Some(place), Some((_, first))) => {
                self.override_name(place, &method.name, report);
                if self.is_clear(method)
                    && self.is_clear(first)
                    && let Some(difference) = self.signature(class, method, first)
                {
                    report.push(
                        Diagnostic::error("E0222", place.name.span, format!("`{}` overrides a method with another signature: {difference}", method.name.text))
                            .also(first.name.span, "the overridden method")
                            .help("keep return type and parameters, or give it another name and no Override"),
                    );
                }
            }
            (None, None) => {
                if let Some(property) = property {
                    report.push(
                        Diagnostic::error(
                            "E0204",
                            method.name.span,
                            format!("`{}` is inherited as a property", method.name.text),
                        )
                        .also(property.name.span, "inherited from here"),
                    );
                }
            }
        }
    }

    /// What of the signature of a method is not as in the one that it overrides.
    fn signature(&self, class: &Class, new: &Method, old: &Method) -> Option<String> {
        let (new_type, old_type) = (type_name(&new.returns), type_name(&old.returns));
        if !new_type.eq_ignore_ascii_case(&old_type) {
            return Some(format!("it returns {new_type} instead of {old_type}"));
        }
        for parameter in &new.parameters {
            let Some(first) = old
                .parameters
                .iter()
                .find(|p| p.name.key == parameter.name.key)
            else {
                // DSP0221: an override may add parameters that have a default.
                if parameter.default.is_some() {
                    continue;
                }
                return Some(format!("parameter `{}` is new", parameter.name.text));
            };
            let is_narrowed = match (&parameter.ty, &first.ty) {
                (TypeName::Reference(new), TypeName::Reference(old)) => self
                    .schema
                    .class(class.namespace, new.key)
                    .is_some_and(|found| self.schema.is_or_derives(found, old)),
                _ => false,
            };
            let (a, b) = (described(parameter), described(first));
            if !is_narrowed && a != b {
                return Some(format!(
                    "parameter `{}` is {a} instead of {b}",
                    parameter.name.text
                ));
            }
            let direction = |p: &Property| (is_in(p, None), is_out(p, None));
            let own = (
                is_in(parameter, Some(first)),
                is_out(parameter, Some(first)),
            );
            if own != direction(first) {
                return Some(format!(
                    "parameter `{}` has another direction",
                    parameter.name.text
                ));
            }
        }
        old.parameters
            .iter()
            .find(|p| !new.parameters.iter().any(|n| n.name.key == p.name.key))
            .map(|p| format!("parameter `{}` is missing", p.name.text))
    }
}

/// In is TRUE by default; `above` is the overridden parameter.
pub(super) fn is_in(parameter: &Property, above: Option<&Property>) -> bool {
    let find = |p: &Property| p.qualifiers.find(name::IN).map(QualifierUse::is_true);
    find(parameter)
        .or_else(|| above.and_then(find))
        .unwrap_or(true)
}

pub(super) fn is_out(parameter: &Property, above: Option<&Property>) -> bool {
    let find = |p: &Property| p.qualifiers.find(name::OUT).map(QualifierUse::is_true);
    find(parameter)
        .or_else(|| above.and_then(find))
        .unwrap_or(false)
}

fn described(property: &Property) -> String {
    let ty = type_name(&property.ty).to_ascii_lowercase();
    match property.array {
        crate::ast::ArrayShape::Scalar => ty,
        crate::ast::ArrayShape::Variable => format!("{ty}[]"),
        crate::ast::ArrayShape::Fixed(n) => format!("{ty}[{n}]"),
    }
}
