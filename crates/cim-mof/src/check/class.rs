//! The rules of classes and their features: inheritance, overriding, keys, references, methods.

use rustc_hash::FxHashMap;

use super::Checker;
use super::qualifier::Element;
use super::value::{fits, is_true};
use crate::ast::{ArrayShape, Class, Method, Name, Property, QualifierUse, TypeName};
use crate::compile::MAX_ANCESTORS;
use crate::diagnostic::Diagnostic;

impl Checker<'_> {
    pub(super) fn class(&self, class: &Class, found: &mut Vec<Diagnostic>) {
        let is = |name: &str| self.class_flag(class, name);
        let kind = if is("Association") {
            Element::Association
        } else if is("Indication") {
            Element::Indication
        } else {
            Element::Class
        };
        if let Some(superclass) = &class.superclass {
            match self.schema.class(&superclass.text) {
                None => found.push(self.unknown_class(superclass, "no such superclass")),
                Some(_) if self.is_cyclic(class) => {
                    found.push(
                        Diagnostic::error(
                            "E0203",
                            superclass.span,
                            format!("class `{}` derives from itself", class.name.text),
                        )
                        .label("this superclass closes the circle"),
                    );
                    return;
                }
                Some(_) => {}
            }
        }
        self.qualifiers(&class.qualifiers, kind, None, found);
        let ancestors = self.schema.ancestors(class);
        if ancestors.len() >= MAX_ANCESTORS {
            found.push(
                Diagnostic::error(
                    "E0210",
                    class.name.span,
                    format!(
                        "class `{}` has more than {MAX_ANCESTORS} superclasses",
                        class.name.text
                    ),
                )
                .help("derive it from a class further up"),
            );
            return;
        }
        let above: Vec<&[QualifierUse]> = ancestors.iter().map(|c| &c.qualifiers[..]).collect();
        self.fixed_qualifiers(&class.qualifiers, &above, found);
        if let Some(place) = class
            .qualifiers
            .iter()
            .find(|q| q.name.is("Abstract") && is_true(q))
            && let Some(parent) = ancestors.first()
            && !parent
                .qualifiers
                .iter()
                .any(|q| q.name.is("Abstract") && is_true(q))
        {
            found.push(Diagnostic::warning(
                "W0303",
                place.name.span,
                format!(
                    "abstract class `{}` below concrete class `{}`",
                    class.name.text, parent.name.text
                ),
            ));
        }
        self.features(class, kind, &ancestors, found);
    }

    fn is_cyclic(&self, class: &Class) -> bool {
        let mut current = class;
        for _ in 0..=MAX_ANCESTORS {
            match current
                .superclass
                .as_ref()
                .and_then(|name| self.schema.class(&name.text))
            {
                None => return false,
                Some(parent) if std::ptr::eq(parent, class) => return true,
                Some(parent) => current = parent,
            }
        }
        // The circle is further up; it is reported there.
        false
    }

    /// Whether a propagating boolean class qualifier holds for a class.
    fn class_flag(&self, class: &Class, name: &str) -> bool {
        let own = |c: &Class| c.qualifiers.iter().any(|q| q.name.is(name) && is_true(q));
        own(class) || self.schema.ancestors(class).into_iter().any(own)
    }

    fn features(
        &self,
        class: &Class,
        kind: Element,
        ancestors: &[&Class],
        found: &mut Vec<Diagnostic>,
    ) {
        let mut names: FxHashMap<String, &Name> = FxHashMap::default();
        let all = class
            .properties
            .iter()
            .map(|p| &p.name)
            .chain(class.methods.iter().map(|m| &m.name));
        for name in all {
            if let Some(first) = names.insert(name.text.to_ascii_lowercase(), name) {
                found.push(
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
                );
            }
        }
        for property in &class.properties {
            self.property(class, property, kind, ancestors, found);
        }
        for method in &class.methods {
            self.method(method, ancestors, found);
        }
        if kind == Element::Association {
            let references = |c: &Class| {
                c.properties
                    .iter()
                    .filter(|p| matches!(p.ty, TypeName::Reference(_)))
                    .count()
            };
            let count = references(class) + ancestors.iter().map(|c| references(c)).sum::<usize>();
            let is_abstract = class
                .qualifiers
                .iter()
                .any(|q| q.name.is("Abstract") && is_true(q));
            if count < 2 && !is_abstract {
                found.push(
                    Diagnostic::error("E0207", class.name.span, format!("association `{}` has {count} references", class.name.text))
                        .help("an association needs at least two reference properties (`Class REF Name;`)"),
                );
            }
        }
    }

    fn property(
        &self,
        class: &Class,
        property: &Property,
        kind: Element,
        ancestors: &[&Class],
        found: &mut Vec<Diagnostic>,
    ) {
        let element = match &property.ty {
            TypeName::Reference(target) => {
                if kind == Element::Class {
                    found.push(
                        Diagnostic::error("E0207", property.name.span, format!("reference `{}` in class `{}`, which is no association", property.name.text, class.name.text))
                            .help("add [Association] to the class, or make it a string with the Reference qualifier"),
                    );
                }
                if self.schema.class(&target.text).is_none() {
                    found.push(self.unknown_class(target, "no such class to refer to"));
                }
                Element::Reference
            }
            TypeName::Void => {
                found.push(Diagnostic::error(
                    "E0101",
                    property.name.span,
                    "a property cannot be void",
                ));
                Element::Property
            }
            TypeName::Intrinsic(_) => Element::Property,
        };
        self.qualifiers(
            &property.qualifiers,
            element,
            Some((&property.ty, property.array)),
            found,
        );
        self.value_map(&property.qualifiers, &property.ty, found);
        self.overriding(class, property, ancestors, found);
        if let Some(default) = &property.default
            && !matches!(property.ty, TypeName::Reference(_))
            && let Err(expected) = fits(
                &default.value,
                property.ty.cim_type(),
                property.array != ArrayShape::Scalar,
            )
        {
            found.push(
                Diagnostic::error(
                    "E0208",
                    default.span,
                    format!("the default of `{}` is not {expected}", property.name.text),
                )
                .label(format!("expected {expected}")),
            );
        }
        let is_key = property
            .qualifiers
            .iter()
            .find(|q| q.name.is("Key") && is_true(q));
        if let Some(place) = is_key
            && !property.qualifiers.iter().any(|q| q.name.is("Override"))
            && let Some(keyed) = ancestors.iter().find(|c| {
                c.properties
                    .iter()
                    .any(|p| p.qualifiers.iter().any(|q| q.name.is("Key") && is_true(q)))
            })
        {
            found.push(
                Diagnostic::error(
                    "E0206",
                    place.name.span,
                    format!(
                        "`{}` cannot be a key: class `{}` has the keys already",
                        property.name.text, keyed.name.text
                    ),
                )
                .also(keyed.name.span, "keyed here"),
            );
        }
    }

    fn overriding(
        &self,
        class: &Class,
        property: &Property,
        ancestors: &[&Class],
        found: &mut Vec<Diagnostic>,
    ) {
        let mut overridden = ancestors.iter().filter_map(|c| {
            c.properties
                .iter()
                .find(|p| p.name.is(&property.name.text))
                .map(|p| (*c, p))
        });
        let above: Vec<&[QualifierUse]> =
            overridden.clone().map(|(_, p)| &p.qualifiers[..]).collect();
        self.fixed_qualifiers(&property.qualifiers, &above, found);
        let inherited = overridden.next();
        let overrides = property.qualifiers.iter().find(|q| q.name.is("Override"));
        match (overrides, inherited) {
            (None, Some((origin, first))) => found.push(
                Diagnostic::error(
                    "E0204",
                    property.name.span,
                    format!(
                        "`{}` is inherited from class `{}`",
                        property.name.text, origin.name.text
                    ),
                )
                .label("declared again here")
                .also(first.name.span, "inherited from here")
                .help(format!(
                    "add Override(\"{}\") if it is meant to replace it",
                    first.name.text
                )),
            ),
            (Some(place), None) => found.push(Diagnostic::error(
                "E0205",
                place.name.span,
                format!(
                    "no superclass of `{}` has a property `{}` to override",
                    class.name.text, property.name.text
                ),
            )),
            (Some(place), Some((_, first)))
                if first.ty.cim_type() != property.ty.cim_type()
                    || (first.array == ArrayShape::Scalar)
                        != (property.array == ArrayShape::Scalar) =>
            {
                found.push(
                    Diagnostic::error(
                        "E0205",
                        place.name.span,
                        format!(
                            "`{}` overrides a property of another type",
                            property.name.text
                        ),
                    )
                    .also(first.name.span, "the overridden property"),
                );
            }
            _ => {}
        }
    }

    fn method(&self, method: &Method, ancestors: &[&Class], found: &mut Vec<Diagnostic>) {
        self.qualifiers(
            &method.qualifiers,
            Element::Method,
            Some((&method.returns, ArrayShape::Scalar)),
            found,
        );
        self.value_map(&method.qualifiers, &method.returns, found);
        let mut overridden = ancestors
            .iter()
            .filter_map(|c| c.methods.iter().find(|m| m.name.is(&method.name.text)));
        let above: Vec<&[QualifierUse]> = overridden.clone().map(|m| &m.qualifiers[..]).collect();
        self.fixed_qualifiers(&method.qualifiers, &above, found);
        let inherited = overridden.next();
        if let Some(first) = inherited
            && !method.qualifiers.iter().any(|q| q.name.is("Override"))
        {
            found.push(
                Diagnostic::error(
                    "E0204",
                    method.name.span,
                    format!("method `{}` is inherited", method.name.text),
                )
                .also(first.name.span, "inherited from here")
                .help(format!(
                    "add Override(\"{}\") if it is meant to replace it",
                    first.name.text
                )),
            );
        }
        for parameter in &method.parameters {
            if let TypeName::Reference(target) = &parameter.ty
                && self.schema.class(&target.text).is_none()
            {
                found.push(self.unknown_class(target, "no such class to refer to"));
            }
            self.qualifiers(
                &parameter.qualifiers,
                Element::Parameter,
                Some((&parameter.ty, parameter.array)),
                found,
            );
            self.value_map(&parameter.qualifiers, &parameter.ty, found);
            let flag = |name: &str| parameter.qualifiers.iter().find(|q| q.name.is(name));
            if let Some(out) = flag("Out").filter(|q| is_true(q))
                && flag("In").is_none()
            {
                found.push(
                    Diagnostic::warning(
                        "W0302",
                        out.name.span,
                        format!(
                            "parameter `{}` is both input and output",
                            parameter.name.text
                        ),
                    )
                    .help("write In(false), Out for a pure output parameter"),
                );
            }
        }
    }
}
