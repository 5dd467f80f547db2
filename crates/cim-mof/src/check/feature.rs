//! The rules of properties and references: names, types, defaults.

use cim_core::CimType;
use rustc_hash::FxHashMap;

use super::qualifier::{Element, Site};
use super::value::{fits, is_too_long};
use super::{Chain, Checker, datetime, value_map};
use crate::ast::{Class, Literal, Name, Namespace, Property, QualifierUse, Spanned, TypeName};
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name::{self, Key};

/// Reports the names that a class has twice.
fn declared_twice<'c>(class: &Class, names: impl Iterator<Item = &'c Name>, report: &mut Report) {
    let mut seen: FxHashMap<Key, &Name> = FxHashMap::default();
    for name in names {
        match seen.get(&name.key) {
            None => {
                seen.insert(name.key, name);
            }
            Some(first) => report.push(
                Diagnostic::error(
                    "E0204",
                    name.span,
                    format!(
                        "`{}` is declared twice in class `{}`",
                        name.text, class.name.text
                    ),
                )
                .label("declared again here")
                .also(first.span, "first declared here"),
            ),
        }
    }
}

impl<'c> Checker<'c> {
    pub(super) fn features(
        &self,
        class: &'c Class,
        kind: Element,
        chain: &Chain<'c>,
        report: &mut Report,
    ) {
        let names = || {
            let properties = class.properties.iter().map(|p| &p.name);
            properties.chain(class.methods.iter().map(|m| &m.name))
        };
        let mut keys: Vec<Key> = names().map(|name| name.key).collect();
        keys.sort_unstable();
        if keys.windows(2).any(|pair| pair[0] == pair[1]) {
            declared_twice(class, names(), report);
        }
        for property in &class.properties {
            self.property(class, property, kind, chain, report);
        }
        for method in &class.methods {
            self.method(class, method, chain, report);
        }
    }

    fn property(
        &self,
        class: &'c Class,
        property: &'c Property,
        kind: Element,
        chain: &Chain<'c>,
        report: &mut Report,
    ) {
        let element = self.property_type(class, property, kind, report);
        let site = Site {
            element,
            namespace: class.namespace,
            ty: Some((&property.ty, property.array)),
        };
        self.qualifiers(&property.qualifiers, site, report);
        let overridden: Vec<(&Class, &Property)> = overridden(&chain.classes, property.name.key);
        let above = overridden.iter().map(|(_, p)| &p.qualifiers[..]);
        self.fixed_qualifiers(&property.qualifiers, &above, report);
        self.exclusive(&property.qualifiers, &above, report);
        if !property.is_partial {
            self.value_map(&property.qualifiers, above.clone(), &property.ty, report);
        }
        self.overriding(class, property, chain, overridden.first().copied(), report);
        if let Some(default) = &property.default {
            self.typed_value(
                default,
                property,
                class.namespace,
                &above,
                "default",
                report,
            );
        }
    }

    /// Reports the first reference of a class that is no association: the class is what has to change.
    fn no_association(&self, class: &Class, property: &Property, report: &mut Report) {
        let mut references = class.properties.iter().filter(|p| p.ty.is_reference());
        let is_first = references.next().is_some_and(|p| std::ptr::eq(p, property));
        if !is_first || class.is_partial || self.has_unknown(&class.qualifiers) {
            return;
        }
        let diagnostic = Diagnostic::error(
            "E0207",
            property.name.span,
            format!(
                "reference `{}` in class `{}`, which is no association",
                property.name.text, class.name.text
            ),
        )
        .help("add [Association] to the class, or make it a string with the Reference qualifier");
        report.push(references.fold(diagnostic, |all, other| {
            all.also(other.name.span, "another one")
        }));
    }

    fn property_type(
        &self,
        class: &Class,
        property: &Property,
        kind: Element,
        report: &mut Report,
    ) -> Element {
        match &property.ty {
            TypeName::Reference(target) => {
                // DSP0221 and Microsoft have references in every class.
                if kind == Element::Class && report.denies(Lint::ClassType) && !self.schema.mof3 {
                    self.no_association(class, property, report);
                }
                if kind == Element::Indication {
                    report.push(
                        Diagnostic::error(
                            "E0223",
                            property.name.span,
                            format!("reference `{}` in an indication", property.name.text),
                        )
                        .help("make it a string with the Reference qualifier"),
                    );
                }
                if property.array.is_array() {
                    report.push(
                        Diagnostic::lint(Lint::ReferenceArray, property.name.span, format!("property `{}` is an array of references", property.name.text))
                            .help("make it an association of its own; arrays of references are for parameters"),
                    );
                }
                self.reference_target(target, class.namespace, report);
                Element::Reference
            }
            other => {
                self.named_type(other, class.namespace, report);
                Element::Property
            }
        }
    }

    /// The class that a reference points to.
    pub(super) fn reference_target(
        &self,
        target: &Name,
        namespace: Namespace,
        report: &mut Report,
    ) {
        if target.key == name::OBJECT {
            return;
        }
        match self.schema.class(namespace, target.key) {
            None => self.unknown_class(namespace, target, "no such class to refer to"),
            Some(found) => {
                if self.class_flag(found, name::INDICATION) {
                    report.push(
                        Diagnostic::error(
                            "E0223",
                            target.span,
                            format!("`{}` is an indication", target.text),
                        )
                        .label("nothing can refer to one")
                        .also(found.name.span, "the indication")
                        .help("refer to another class"),
                    );
                }
                self.deprecated_use(found, target.span, report);
            }
        }
    }

    /// A class, structure or enumeration as a type.
    pub(super) fn named_type(&self, ty: &TypeName, namespace: Namespace, report: &Report) {
        // Where no class may be a type, that has been said.
        let is_said = report.denies(Lint::ClassType) && !self.schema.mof3;
        if let TypeName::Named(name) = ty
            && !is_said
            && self.schema.class(namespace, name.key).is_none()
            && self.schema.enumeration(namespace, name.key).is_none()
        {
            self.unknown_class(namespace, name, "no such type");
        }
    }

    /// A default, or a value in an instance, against its property. `above`: the qualifiers of what the
    /// property overrides.
    pub(super) fn typed_value<'a>(
        &self,
        value: &Spanned<Literal>,
        property: &'a Property,
        namespace: Namespace,
        above: &(impl Iterator<Item = &'a [QualifierUse]> + Clone),
        what: &str,
        report: &mut Report,
    ) where
        'c: 'a,
    {
        let place = |diagnostic: Diagnostic| {
            if what == "default" {
                diagnostic
            } else {
                diagnostic.also(property.name.span, "declared here")
            }
        };
        match &property.ty {
            TypeName::Unknown => return,
            TypeName::Reference(_) => return self.reference_value(value, property, report),
            TypeName::Named(ty) => {
                if let Some(enumeration) = self.schema.enumeration(namespace, ty.key) {
                    self.enumerator_value(value, enumeration, namespace, report);
                }
                return;
            }
            TypeName::Object | TypeName::Octets | TypeName::Void => return,
            TypeName::Intrinsic(_) => {}
        }
        let ty = property.ty.cim_type();
        let is_embedded = self
            .effective(name::EMBEDDEDINSTANCE, &property.qualifiers, above.clone())
            .is_some()
            || self
                .effective(name::EMBEDDEDOBJECT, &property.qualifiers, above.clone())
                .is_some();
        // The Reference qualifier: a string that names another instance, by an alias as well.
        let is_reference = ty == CimType::String
            && self
                .effective(name::REFERENCE, &property.qualifiers, above.clone())
                .is_some();
        if is_embedded && self.embedded_value(value, property, report)
            || is_reference && self.reference_alias(value, property, report)
        {
            return;
        }
        if let Err(misfit) = fits(value, ty, property.array.is_array()) {
            if !misfit.is_shape && is_loose(&value.value, ty) {
                let message = format!(
                    "the {what} of `{}` is not {}",
                    property.name.text, misfit.expected
                );
                report.push(place(
                    Diagnostic::lint(Lint::LooseLiteral, misfit.span, message)
                        .label(format!("expected {}", misfit.expected))
                        .help("write it as its type has it, or give --dialect wmi"),
                ));
                return;
            }
            let message = format!(
                "the {what} of `{}` is not {}",
                property.name.text, misfit.expected
            );
            let code = if misfit.is_shape { "E0505" } else { "E0208" };
            let mut diagnostic = place(
                Diagnostic::error(code, misfit.span, message)
                    .label(format!("expected {}", misfit.expected)),
            );
            if misfit.lacks_braces {
                diagnostic = diagnostic.help("put it into braces: { ... }");
            } else if misfit.is_shape {
                diagnostic =
                    diagnostic.help("write the value alone, without braces, or declare an array");
            }
            report.push(diagnostic);
            return;
        }
        if let Some(size) = is_too_long(&value.value, property.array) {
            report.push(place(
                Diagnostic::error(
                    "E0503",
                    value.span,
                    format!("more than the {size} elements of `{}`", property.name.text),
                )
                .help("remove some, or declare the array without a size"),
            ));
        }
        if ty == CimType::DateTime {
            datetimes(value, report);
        }
        self.bounds(value, property, above, what, report);
    }

    /// MinValue, MaxValue, MinLen, MaxLen and ValueMap.
    fn bounds<'a>(
        &self,
        value: &Spanned<Literal>,
        property: &'a Property,
        above: &(impl Iterator<Item = &'a [QualifierUse]> + Clone),
        what: &str,
        report: &mut Report,
    ) {
        let get = |key| self.effective(key, &property.qualifiers, above.clone());
        let bound = |key| {
            get(key)
                .and_then(|q| q.value.as_ref())
                .and_then(|v| v.value.integer())
        };
        let each: &[Spanned<Literal>] = match &value.value {
            Literal::Array(items) => items,
            _ => std::slice::from_ref(value),
        };
        let (min, max) = (bound(name::MINVALUE), bound(name::MAXVALUE));
        let (shortest, longest) = (bound(name::MINLEN), bound(name::MAXLEN));
        for item in each {
            let (number, low, high, unit) = match &item.value {
                Literal::Integer(n) => (n.value(), (min, "MinValue"), (max, "MaxValue"), ""),
                Literal::String(text) if shortest.is_some() || longest.is_some() => {
                    let length = i128::try_from(text.value().chars().count()).unwrap_or(i128::MAX);
                    (
                        length,
                        (shortest, "MinLen"),
                        (longest, "MaxLen"),
                        " characters",
                    )
                }
                _ => continue,
            };
            let broken = match (low, high) {
                ((Some(bound), name), _) if number < bound => Some((bound, name)),
                (_, (Some(bound), name)) if number > bound => Some((bound, name)),
                _ => None,
            };
            if let Some((bound, name)) = broken {
                report.push(
                    Diagnostic::error(
                        "E0504",
                        item.span,
                        format!(
                            "the {what} of `{}` breaks {name}({bound})",
                            property.name.text
                        ),
                    )
                    .label(format!("{number}{unit}"))
                    .help("change the value, or the bound"),
                );
            }
        }
        if report.wants(Lint::OutsideValueMap)
            && let Some(map) = get(name::VALUEMAP)
            && !value_map::is_listed(map, &value.value)
        {
            report.push(
                Diagnostic::lint(
                    Lint::OutsideValueMap,
                    value.span,
                    format!(
                        "the {what} of `{}` is not in its ValueMap",
                        property.name.text
                    ),
                )
                .also(map.name.span, "the ValueMap")
                .help("write one of its values, or add this one"),
            );
        }
    }

    /// A reference is an alias or the text of an object path.
    fn reference_value(&self, value: &Spanned<Literal>, property: &Property, report: &mut Report) {
        match &value.value {
            Literal::Null | Literal::Alias(_) | Literal::Enumerator(_) => {}
            Literal::String(text) => {
                let path = text.value();
                if let Some((at, expected)) = path_fault(&path) {
                    let span = text.place(at, value.span);
                    report.push(
                        Diagnostic::error(
                            "E0502",
                            span,
                            format!("no object path: {expected} expected"),
                        )
                        .help("write Class.Key=\\\"value\\\", or an alias"),
                    );
                }
            }
            Literal::Array(items) if property.array.is_array() => {
                for item in items {
                    self.reference_value(item, property, report);
                }
            }
            _ => report.push(
                Diagnostic::error(
                    "E0208",
                    value.span,
                    format!("the value of `{}` is no reference", property.name.text),
                )
                .label("expected an object path or an alias")
                .help("write the object path as a string, or the alias of an instance"),
            ),
        }
    }

    /// True if an alias stands where a string with the Reference qualifier is declared.
    fn reference_alias(
        &self,
        value: &Spanned<Literal>,
        property: &Property,
        report: &mut Report,
    ) -> bool {
        let items = match &value.value {
            Literal::Array(items) if property.array.is_array() => items,
            Literal::Array(_) => return false,
            _ => std::slice::from_ref(value),
        };
        let mut aliases = items
            .iter()
            .filter(|item| matches!(item.value, Literal::Alias(_)))
            .peekable();
        if aliases.peek().is_none() {
            return false;
        }
        for alias in aliases {
            report.push(
                Diagnostic::lint(
                    Lint::AliasAsValue,
                    alias.span,
                    format!("an alias as the value of `{}`", property.name.text),
                )
                .help("write what names the instance as a string"),
            );
        }
        items.iter().all(|item| {
            matches!(
                item.value,
                Literal::Alias(_) | Literal::String(_) | Literal::Null
            )
        })
    }

    /// True if an alias or instance stands for an embedded instance.
    fn embedded_value(
        &self,
        value: &Spanned<Literal>,
        property: &Property,
        report: &mut Report,
    ) -> bool {
        match &value.value {
            Literal::Alias(_) => {
                report.push(
                    Diagnostic::lint(
                        Lint::AliasAsValue,
                        value.span,
                        format!("an alias as the value of `{}`", property.name.text),
                    )
                    .help("write the instance as a string"),
                );
                true
            }
            Literal::Instance(_) => true,
            Literal::Array(items) if property.array.is_array() => {
                let is_instance =
                    |value: &Literal| matches!(value, Literal::Alias(_) | Literal::Instance(_));
                // Beside them the text of one, or nothing.
                let may_stand = |value: &Literal| {
                    is_instance(value) || matches!(value, Literal::String(_) | Literal::Null)
                };
                items.iter().any(|item| is_instance(&item.value))
                    && items.iter().all(|item| may_stand(&item.value))
            }
            _ => false,
        }
    }
}

/// Whether a value is one that Microsoft's compiler takes for the type: a number as a char16, a number in
/// quotes as a 64-bit integer.
fn is_loose(value: &Literal, ty: CimType) -> bool {
    match (value, ty) {
        (Literal::Integer(n), CimType::Char16) => u16::try_from(n.value()).is_ok(),
        (Literal::String(text), CimType::Uint64) => text.value().parse::<u64>().is_ok(),
        (Literal::String(text), CimType::Sint64) => text.value().parse::<i64>().is_ok(),
        (Literal::Array(items), _) => items
            .iter()
            .all(|item| fits(item, ty, false).is_ok() || is_loose(&item.value, ty)),
        _ => false,
    }
}

/// What of the superclasses a property overrides, nearest first.
pub(super) fn overridden<'a>(chain: &[&'a Class], key: Key) -> Vec<(&'a Class, &'a Property)> {
    chain
        .iter()
        .filter_map(|c| {
            c.properties
                .iter()
                .find(|p| p.name.key == key)
                .map(|p| (*c, p))
        })
        .collect()
}

/// Where a text stops to be an object path, and what should stand there.
pub(super) fn path_fault(path: &str) -> Option<(usize, &'static str)> {
    // A WBEM URI of another host or a singleton of Microsoft's is none of our business.
    if path.contains("=@") || path.contains("://") || path.starts_with("\\\\") {
        return None;
    }
    match cim_core::ObjectPath::parse(path) {
        Ok(_) => None,
        // `root/cimv2:Class.Key=1`: the namespace may lack its slash.
        Err(error) => match cim_core::ObjectPath::parse(&format!("/{path}")) {
            Ok(_) => None,
            Err(_) => Some((error.at.min(path.len()), error.expected)),
        },
    }
}

fn datetimes(value: &Spanned<Literal>, report: &mut Report) {
    match &value.value {
        Literal::Array(items) => items.iter().for_each(|item| datetimes(item, report)),
        Literal::String(text) => {
            let is_microsoft = !report.denies(Lint::UndeclaredClass);
            let Err(fault) = datetime::check(&text.value(), is_microsoft) else {
                return;
            };
            let span = text.place(fault.at, value.span);
            let message = format!(
                "`{}` is no datetime: {}",
                text.value().chars().take(40).collect::<String>(),
                fault.message
            );
            report.push(if fault.is_odd {
                Diagnostic::lint(
                    Lint::DateTimeRange,
                    span,
                    format!("an odd datetime: {}", fault.message),
                )
                .help("check the value")
            } else {
                Diagnostic::error("E0501", span, message).help(
                    "write yyyymmddHHMMSS.mmmmmm+uuu, or ddddddddHHMMSS.mmmmmm:000 for an interval",
                )
            });
        }
        _ => {}
    }
}
