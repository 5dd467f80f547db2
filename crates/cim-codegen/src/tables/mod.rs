//! Descriptor tables: one Rust module a class, one static descriptor in each.
//!
//! A property or method stands in the module of the class that declares it, once; the table of a subclass
//! is that of its superclass with what it replaces and adds ([`cim_core::inherit`]). The shape is what a
//! compiler reads quickly: few items and few paths, because those and not the text cost time. The
//! generated crate depends on `cim-core` and nothing else.

mod feature;
mod inherited;

use std::collections::BTreeMap;

use cim_core::{ClassDescriptor, Qualifier, QualifierFlavor};
use rustc_hash::FxHashMap;

use self::feature::{Kind, method, property, qualifiers};
pub(crate) use self::inherited::Homes;
use self::inherited::{same_method, same_property};
use crate::doc::doc;
use crate::file::File;
use crate::name::{Names, file_name, module, screaming, snake};
use crate::source::{Source, list, literal, literals};

/// The tables of these classes, superclasses before subclasses: `mod.rs`, `qualifiers.rs` and a file for
/// each class.
pub(crate) fn tables(classes: &[&'static ClassDescriptor]) -> Vec<File> {
    let modules = modules(classes);
    let constructors = constructors(classes);
    let homes = Homes::of(classes);
    let mut names = Screaming::default();
    let mut files = vec![
        root(classes, &modules),
        File::rust_text("qualifiers.rs", qualifier_module(&constructors).as_str()),
    ];
    for class in classes {
        let Some(module) = modules.get(class.name) else {
            continue;
        };
        let table = Table {
            class,
            modules: &modules,
            constructors: &constructors,
            homes: &homes,
        };
        let text = table.write(&mut names);
        files.push(File::rust_text(file_name(module), text.as_str()));
    }
    files
}

/// The Rust module of each class.
pub(crate) fn modules(classes: &[&'static ClassDescriptor]) -> FxHashMap<&'static str, String> {
    // The names of the modules that stand beside them.
    let mut names = Names::without(["qualifiers", "value", "mod", "references"]);
    classes
        .iter()
        .map(|c| (c.name, names.add(&module(c.name))))
        .collect()
}

fn root(classes: &[&'static ClassDescriptor], modules: &FxHashMap<&'static str, String>) -> File {
    let mut out = Source::default();
    // No inner attribute or documentation: this file may be included.
    out.line("// The classes of the model, a module for each.");
    out.blank();
    out.line("mod qualifiers;");
    let of = |class: &ClassDescriptor| modules.get(class.name).map_or("", String::as_str);
    for class in classes {
        out.line(format_args!("/// `{}`", class.name));
        out.line(format_args!("pub mod {};", of(class)));
    }
    out.blank();
    out.line("/// Every class, superclasses before subclasses.");
    let statics: Vec<String> = classes
        .iter()
        .map(|c| format!("&{}::CLASS", of(c)))
        .collect();
    if statics.is_empty() {
        out.line("pub static CLASSES: &[&::cim_core::ClassDescriptor] = &[];");
    } else {
        out.open("pub static CLASSES: &[&::cim_core::ClassDescriptor] = &[");
        for name in statics {
            out.line(format_args!("{name},"));
        }
        out.close("];");
    }
    File::rust_text("mod.rs", out.as_str())
}

/// A qualifier name with its flavor, which is nearly always that of its declaration, and the type of its
/// value: one constructor function each.
pub(crate) type Constructors = FxHashMap<(&'static str, QualifierFlavor, Kind), String>;

fn constructors(classes: &[&'static ClassDescriptor]) -> Constructors {
    let mut found: BTreeMap<(&'static str, [bool; 3], Kind), QualifierFlavor> = BTreeMap::new();
    let mut last = std::ptr::null();
    let mut add = |qualifiers: &'static [Qualifier]| {
        // Subclasses share what they inherit.
        if std::ptr::eq(last, qualifiers.as_ptr()) {
            return;
        }
        last = qualifiers.as_ptr();
        for qualifier in qualifiers {
            let flavor = qualifier.flavor;
            let key = [flavor.to_subclass, flavor.overridable, flavor.translatable];
            let kind = Kind::of(qualifier.value);
            found.entry((qualifier.name, key, kind)).or_insert(flavor);
        }
    };
    for class in classes {
        add(class.qualifiers);
        for property in class
            .properties
            .iter()
            .filter(|p| p.class_origin == class.name || !p.qualifiers.is_empty())
        {
            add(property.qualifiers);
        }
        for method in class.methods {
            add(method.qualifiers);
            for parameter in method.parameters {
                add(parameter.value.qualifiers);
            }
        }
    }
    let mut names = Names::default();
    found
        .into_iter()
        .map(|((name, _, kind), flavor)| ((name, flavor, kind), names.add(&snake(name))))
        .collect()
}

/// Macros, because a compiler pays a third of a millisecond for each call in a constant, and a large schema has tens
/// of thousands of qualifiers.
fn qualifier_module(constructors: &Constructors) -> Source {
    let mut out = Source::default();
    out.line("//! A constructor for each qualifier that the model uses.");
    let mut sorted: Vec<_> = constructors.iter().collect();
    sorted.sort_by_key(|(_, function)| function.as_str());
    for ((name, flavor, kind), function) in sorted {
        let plain = function.trim_start_matches("r#");
        out.blank();
        out.open(format_args!("macro_rules! q_{plain} {{"));
        for is_inherited in [false, true] {
            let (front, value) = match (kind, is_inherited) {
                (Kind::Null, false) => ("()", ""),
                (Kind::Null, true) => ("(inherited)", ""),
                (_, false) => ("($value:expr)", "($value)"),
                (_, true) => ("($value:expr, inherited)", "($value)"),
            };
            out.open(format_args!("{front} => {{"));
            out.open("::cim_core::Qualifier {");
            out.line(format_args!("name: {},", literal(name)));
            out.line(format_args!(
                "value: ::cim_core::QualifierValue::{kind:?}{value},"
            ));
            out.line(format_args!(
                "flavor: ::cim_core::QualifierFlavor {{ to_subclass: {}, overridable: {}, translatable: {} }},",
                flavor.to_subclass, flavor.overridable, flavor.translatable
            ));
            out.line(format_args!("propagated: {is_inherited},"));
            out.close("}");
            out.close("};");
        }
        out.close("}");
        out.line(format_args!("pub(super) use q_{plain} as {function};"));
    }
    out
}

/// Names of constants; the same few thousand names come again in every subclass.
#[derive(Debug, Default)]
struct Screaming {
    known: FxHashMap<&'static str, String>,
}

impl Screaming {
    fn distinct(&mut self, cim: impl Iterator<Item = &'static str>) -> Vec<String> {
        let mut names = Names::default();
        cim.map(|name| {
            let known = self.known.entry(name).or_insert_with(|| screaming(name));
            names.add(known)
        })
        .collect()
    }
}

/// The table of one class.
struct Table<'t> {
    class: &'static ClassDescriptor,
    modules: &'t FxHashMap<&'static str, String>,
    constructors: &'t Constructors,
    homes: &'t Homes,
}

impl Table<'_> {
    fn write(&self, names: &mut Screaming) -> Source {
        let class = self.class;
        let mut body = Source::default();
        self.class_table(&mut body);
        self.positions(&mut body, names);
        let mut out = Source::default();
        out.line(format_args!("//! `{}`: its table.", class.name));
        out.blank();
        if body.as_str().contains("q::") {
            out.line("use super::qualifiers as q;");
        }
        out.line("use ::cim_core::*;");
        out.blank();
        out.append(&body);
        out
    }

    fn class_table(&self, out: &mut Source) {
        let class = self.class;
        out.doc(&doc(class.qualifiers));
        out.open("pub static CLASS: ClassDescriptor = ClassDescriptor {");
        out.line(format_args!("name: {},", literal(class.name)));
        match class.superclass {
            Some(name) => out.line(format_args!("superclass: Some({}),", literal(name))),
            None => out.line("superclass: None,"),
        }
        out.line(format_args!("ancestors: {},", literals(class.ancestors)));
        out.open("flags: ClassFlags {");
        let flags = class.flags;
        out.line(format_args!("is_abstract: {},", flags.is_abstract));
        out.line(format_args!("is_association: {},", flags.is_association));
        out.line(format_args!("is_indication: {},", flags.is_indication));
        out.line(format_args!("is_structure: {},", flags.is_structure));
        out.close("},");
        let parent = self.homes.ancestors(class).next();
        self.features(
            out,
            "properties",
            (class.properties, parent.map(|p| p.properties)),
            same_property,
            |out, front, back, it| property(out, front, back, it, self.constructors),
        );
        let order: Vec<String> = class.alphabetical.iter().map(u16::to_string).collect();
        match order.as_slice() {
            [] => out.line("alphabetical: &[],"),
            all => out.line(format_args!(
                "alphabetical: &positions::<{}>({}),",
                all.len(),
                literal(&all.join(" "))
            )),
        }
        out.line(format_args!("keys: &[{}],", list(class.keys)));
        self.features(
            out,
            "methods",
            (class.methods, parent.map(|p| p.methods)),
            same_method,
            |out, front, back, it| method(out, front, back, it, self.constructors),
        );
        qualifiers(out, class.qualifiers, self.constructors);
        out.close("};");
    }

    /// The properties or the methods: those of the superclass, where it has a table, and what differs.
    fn features<T>(
        &self,
        out: &mut Source,
        field: &str,
        (all, above): (&[T], Option<&[T]>),
        same: fn(&T, &T) -> bool,
        write: impl Fn(&mut Source, &str, &str, &T),
    ) {
        // Inheritance keeps places.
        let above = above
            .filter(|above| above.len() <= all.len())
            .unwrap_or(&[]);
        let (first, own) = all.split_at(above.len());
        let replaced: Vec<(usize, &T)> = first
            .iter()
            .enumerate()
            .zip(above)
            .filter(|((_, here), there)| !same(here, there))
            .map(|(place, _)| place)
            .collect();
        let list = |out: &mut Source, front: &str, back: &str| {
            if own.is_empty() {
                return out.line(format_args!("{front}&[]{back}"));
            }
            out.open(format_args!("{front}&["));
            for feature in own {
                write(out, "", ",", feature);
            }
            out.close(format_args!("]{back}"));
        };
        if all.is_empty() {
            return out.line(format_args!("{field}: &[],"));
        }
        if above.is_empty() {
            return list(out, &format!("{field}: "), ",");
        }
        let parent = self
            .class
            .superclass
            .and_then(|name| self.modules.get(name));
        let parent = parent.map_or("", String::as_str);
        if own.is_empty() && replaced.is_empty() {
            return out.line(format_args!("{field}: super::{parent}::CLASS.{field},"));
        }
        out.open(format_args!(
            "{field}: &inherit::<_, {}>(super::{parent}::CLASS.{field}, &[",
            all.len()
        ));
        for (place, feature) in replaced {
            write(out, &format!("({place}, "), "),", feature);
        }
        out.close("],");
        list(out, "", "),");
    }

    /// The positions of the properties that the superclass does not have at the same ones.
    fn positions(&self, out: &mut Source, names: &mut Screaming) {
        let class = self.class;
        let all = names.distinct(class.properties.iter().map(|p| p.name));
        let parent = self.homes.ancestors(class).next();
        let above = parent.map_or(&[][..], |parent| parent.properties);
        let above = names.distinct(above.iter().map(|p| p.name));
        out.blank();
        out.line("/// Positions of the properties, for `Instance::at`.");
        out.open("pub mod at {");
        let module = class.superclass.and_then(|name| self.modules.get(name));
        if let Some(module) = module.filter(|_| !above.is_empty()) {
            out.line(format_args!("pub use super::super::{module}::at::*;"));
        }
        for (at, (property, name)) in class.properties.iter().zip(&all).enumerate() {
            if above.get(at) != Some(name) {
                out.line(format_args!("/// `{}`", property.name));
                out.line(format_args!("pub const {name}: usize = {at};"));
            }
        }
        out.close("}");
    }
}
