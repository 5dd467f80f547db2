//! The rules of DSP0004 that hold between declarations.
//!
//! One pass builds the indexes, one looks at qualifier types, one at classes. A mistake is reported
//! once, where it has to be mended; what depends on a broken declaration is left alone.
//!
//! `class` has the rules of classes and their features, `qualifier` those of qualifiers, `value` those of
//! literals.

mod class;
mod qualifier;
mod value;

use rustc_hash::FxHashMap;

use crate::ast::{ArrayShape, Class, InstanceDeclaration, Literal, Name, TypeName};
use crate::compile::Compilation;
use crate::diagnostic::{Diagnostic, MAX_DIAGNOSTICS};
use value::fits;

pub(crate) fn check(compilation: &mut Compilation) {
    let mut found = Vec::new();
    index(compilation, &mut found);
    check_qualifier_types(compilation, &mut found);
    let checker = Checker {
        schema: compilation,
    };
    for class in &compilation.classes {
        checker.class(class, &mut found);
        if found.len() > MAX_DIAGNOSTICS {
            break;
        }
    }
    for instance in &compilation.instances {
        if found.len() > MAX_DIAGNOSTICS {
            break;
        }
        checker.instance(instance, &mut found);
    }
    compilation.diagnostics.append(&mut found);
}

fn index(compilation: &mut Compilation, found: &mut Vec<Diagnostic>) {
    let mut qualifiers: FxHashMap<String, usize> = FxHashMap::default();
    for (at, qualifier) in compilation.qualifiers.iter().enumerate() {
        let key = qualifier.name.text.to_ascii_lowercase();
        let Some(first) = qualifiers.get(&key).map(|at| &compilation.qualifiers[*at]) else {
            qualifiers.insert(key, at);
            continue;
        };
        if first.ty != qualifier.ty || first.is_array != qualifier.is_array {
            found.push(
                Diagnostic::error(
                    "E0307",
                    qualifier.name.span,
                    format!("qualifier `{}` is declared twice", qualifier.name.text),
                )
                .label("with another type here")
                .also(first.name.span, "first declared here"),
            );
        }
    }
    let mut classes: FxHashMap<String, usize> = FxHashMap::default();
    for (at, class) in compilation.classes.iter().enumerate() {
        let key = class.name.text.to_ascii_lowercase();
        match classes.get(&key).map(|at| &compilation.classes[*at]) {
            None => {
                classes.insert(key, at);
            }
            Some(first) => found.push(
                Diagnostic::error(
                    "E0202",
                    class.name.span,
                    format!("class `{}` is declared twice", class.name.text),
                )
                .label("declared again here")
                .also(first.name.span, "first declared here")
                .help("keep one of them; a changed class replaces the other in its own file"),
            ),
        }
    }
    compilation.qualifier_index = qualifiers;
    compilation.class_index = classes;
}

fn check_qualifier_types(compilation: &Compilation, found: &mut Vec<Diagnostic>) {
    for qualifier in &compilation.qualifiers {
        if let Some(default) = &qualifier.default
            && let Err(expected) = fits(&default.value, qualifier.ty, qualifier.is_array)
        {
            found.push(
                Diagnostic::error(
                    "E0303",
                    default.span,
                    format!(
                        "the default of qualifier `{}` is not {expected}",
                        qualifier.name.text
                    ),
                )
                .label(format!("expected {expected}")),
            );
        }
    }
}

struct Checker<'c> {
    schema: &'c Compilation,
}

impl Checker<'_> {
    fn unknown_class(&self, name: &Name, why: &str) -> Diagnostic {
        let known = self.schema.classes.iter().map(|c| c.name.text.as_str());
        let mut diagnostic = Diagnostic::error(
            "E0201",
            name.span,
            format!("class `{}` is not declared", name.text),
        )
        .label(why.to_owned());
        diagnostic.help = Some(match nearest(&name.text, known) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => "declare it, or include the file that does".to_owned(),
        });
        diagnostic
    }

    /// An instance has properties of its class only, with values of their types.
    fn instance(&self, instance: &InstanceDeclaration, found: &mut Vec<Diagnostic>) {
        let Some(class) = self.schema.class(&instance.class.text) else {
            found.push(self.unknown_class(&instance.class, "instances need a declared class"));
            return;
        };
        let line: Vec<&Class> = std::iter::once(class)
            .chain(self.schema.ancestors(class))
            .collect();
        for (name, value) in &instance.values {
            let all = || line.iter().flat_map(|c| &c.properties);
            let Some(property) = all().find(|p| p.name.is(&name.text)) else {
                let mut diagnostic = Diagnostic::error(
                    "E0209",
                    name.span,
                    format!(
                        "class `{}` has no property `{}`",
                        class.name.text, name.text
                    ),
                )
                .also(class.name.span, "the class");
                if let Some(similar) = nearest(&name.text, all().map(|p| p.name.text.as_str())) {
                    diagnostic = diagnostic.help(format!("did you mean `{similar}`?"));
                }
                found.push(diagnostic);
                continue;
            };
            // References are paths or aliases, embedded instances may be aliases.
            if matches!(property.ty, TypeName::Reference(_))
                || matches!(value.value, Literal::Alias(_))
            {
                continue;
            }
            let is_array = property.array != ArrayShape::Scalar;
            if let Err(expected) = fits(&value.value, property.ty.cim_type(), is_array) {
                found.push(
                    Diagnostic::error(
                        "E0208",
                        value.span,
                        format!("the value of `{}` is not {expected}", name.text),
                    )
                    .label(format!("expected {expected}"))
                    .also(property.name.span, "declared here"),
                );
            }
        }
    }
}

fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    cim_core::nearest(name, candidates)
}
