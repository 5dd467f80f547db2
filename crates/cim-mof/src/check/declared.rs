//! What is declared, and that it is declared once.

use cim_core::CimType;
use rustc_hash::FxHashMap;

use crate::ast::{Class, Literal, Name, Namespace, QualifierDeclaration, QualifierUse};
use crate::compile::Compilation;
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name::Key;
use crate::print;

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Fills the indexes of a compilation.
pub(super) fn index(compilation: &mut Compilation, report: &mut Report) {
    compilation.qualifier_index = qualifiers(compilation, report);
    if !report.denies(Lint::Undeclared) {
        infer(compilation);
    }
    let classes = compilation.classes.iter();
    let mut index: FxHashMap<(Namespace, Key), u32> =
        FxHashMap::with_capacity_and_hasher(classes.len(), Default::default());
    for (at, class) in classes.enumerate() {
        let key = (class.namespace, class.name.key);
        match index.get(&key).copied() {
            None => {
                index.insert(key, number(at));
            }
            Some(first) => {
                let first = &compilation.classes[first as usize];
                if same(class, first) {
                    again(&class.name, &first.name, "class", report);
                } else if report.wants(Lint::Redeclared) {
                    report.push(twice_class(class, first));
                } else {
                    // Microsoft's compiler updates a class.
                    index.insert(key, number(at));
                }
            }
        }
    }
    compilation.class_index = index;
    let mut index: FxHashMap<(Namespace, Key), u32> = FxHashMap::default();
    for (at, enumeration) in compilation.enumerations.iter().enumerate() {
        let key = (enumeration.namespace, enumeration.name.key);
        let first = index
            .get(&key)
            .map(|at| &compilation.enumerations[*at as usize].name);
        let class = compilation
            .class_index
            .get(&key)
            .map(|at| &compilation.classes[*at as usize].name);
        match first.or(class) {
            None => {
                index.insert(key, number(at));
            }
            Some(first) => report.push(twice("E0202", "type", &enumeration.name, first)),
        }
    }
    compilation.enumeration_index = index;
}

fn twice(code: &'static str, what: &str, name: &Name, first: &Name) -> Diagnostic {
    Diagnostic::error(
        code,
        name.span,
        format!("{what} `{}` is declared twice", name.text),
    )
    .label("declared again here")
    .also(first.span, "first declared here")
}

fn twice_class(class: &Class, first: &Class) -> Diagnostic {
    let difference = class
        .properties
        .iter()
        .map(|p| &p.name)
        .chain(class.methods.iter().map(|m| &m.name))
        .find(|name| {
            !first.properties.iter().any(|p| p.name.key == name.key)
                && !first.methods.iter().any(|m| m.name.key == name.key)
        });
    let help = match difference {
        Some(name) => format!("keep one of them; the first difference is `{}`", name.text),
        None => "keep one of them; a changed class replaces the other in its own file".to_owned(),
    };
    twice("E0202", "class", &class.name, &first.name).help(help)
}

fn again(name: &Name, first: &Name, what: &str, report: &mut Report) {
    report.push(
        Diagnostic::lint(
            Lint::Redeclared,
            name.span,
            format!("{what} `{}` is declared again, equally", name.text),
        )
        .also(first.span, "first declared here")
        .help("keep one of them"),
    );
}

fn same(a: &Class, b: &Class) -> bool {
    let (mut left, mut right) = (String::new(), String::new());
    print::class(a, &mut left);
    print::class(b, &mut right);
    left.eq_ignore_ascii_case(&right)
}

fn qualifiers(compilation: &Compilation, report: &mut Report) -> FxHashMap<Key, u32> {
    let mut index: FxHashMap<Key, u32> = FxHashMap::default();
    for (at, qualifier) in compilation.qualifiers.iter().enumerate() {
        let Some(first) = index.get(&qualifier.name.key).copied() else {
            index.insert(qualifier.name.key, number(at));
            continue;
        };
        let first = &compilation.qualifiers[first as usize];
        if qualifier.is_broken || first.is_broken {
            continue;
        }
        match difference(qualifier, first) {
            None => again(&qualifier.name, &first.name, "qualifier", report),
            Some(difference) => report.push(
                twice("E0307", "qualifier", &qualifier.name, &first.name)
                    .label(format!("with {difference} here")),
            ),
        }
    }
    for (at, builtin) in compilation.builtins.iter().enumerate() {
        index
            .entry(builtin.name.key)
            .or_insert_with(|| number(compilation.qualifiers.len() + at));
    }
    index
}

/// What two declarations of a qualifier do not agree on.
fn difference(a: &QualifierDeclaration, b: &QualifierDeclaration) -> Option<&'static str> {
    let set = |names: &[Name]| {
        let mut keys: Vec<Key> = names.iter().map(|n| n.key).collect();
        keys.sort_unstable();
        keys
    };
    if a.ty != b.ty || a.is_array != b.is_array {
        Some("another type")
    } else if a.default.as_ref().map(|d| &d.value) != b.default.as_ref().map(|d| &d.value) {
        Some("another default")
    } else if set(&a.scopes) != set(&b.scopes) {
        Some("another scope")
    } else if set(&a.flavors) != set(&b.flavors) {
        Some("other flavors")
    } else {
        None
    }
}

/// Declarations for qualifiers that nobody declared, by their first use: Microsoft's dialect.
fn infer(compilation: &mut Compilation) {
    let mut found: Vec<QualifierDeclaration> = Vec::new();
    let mut index = std::mem::take(&mut compilation.qualifier_index);
    let base = compilation.qualifiers.len() + compilation.builtins.len();
    let any = compilation
        .names
        .make("any", crate::source::Span::default());
    let mut look = |uses: &[QualifierUse]| {
        for used in uses {
            index.entry(used.name.key).or_insert_with(|| {
                let (ty, is_array) = kind_of(used.value.as_ref().map(|v| &v.value));
                found.push(QualifierDeclaration {
                    name: used.name.clone(),
                    ty,
                    enumeration: None,
                    is_array,
                    default: None,
                    scopes: vec![any.clone()],
                    flavors: Vec::new(),
                    is_implied: true,
                    is_broken: false,
                });
                number(base + found.len() - 1)
            });
        }
    };
    for class in &compilation.classes {
        look(&class.qualifiers);
        for p in &class.properties {
            look(&p.qualifiers);
        }
        for m in &class.methods {
            look(&m.qualifiers);
            for p in &m.parameters {
                look(&p.qualifiers);
            }
        }
    }
    for enumeration in &compilation.enumerations {
        look(&enumeration.qualifiers);
    }
    for instance in &compilation.instances {
        look(&instance.qualifiers);
    }
    compilation.builtins.append(&mut found);
    compilation.qualifier_index = index;
}

/// The type that a value suggests: none means TRUE.
fn kind_of(value: Option<&Literal>) -> (CimType, bool) {
    match value {
        None | Some(Literal::Boolean(_)) => (CimType::Boolean, false),
        Some(Literal::Integer(_)) => (CimType::Sint64, false),
        Some(Literal::Real(_)) => (CimType::Real64, false),
        Some(Literal::Array(items)) => (kind_of(items.first().map(|i| &i.value)).0, true),
        Some(_) => (CimType::String, false),
    }
}
