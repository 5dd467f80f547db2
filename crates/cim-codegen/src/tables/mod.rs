//! Descriptor tables: one Rust module a class, one static descriptor in each.
//!
//! A property or method stands in the module of the class that declares it, once; subclasses name it
//! there. The generated crate depends on `cim-core` and nothing else.

mod feature;
mod inherited;

use std::collections::BTreeMap;

use cim_core::{ClassDescriptor, Qualifier, QualifierFlavor};
use rustc_hash::FxHashMap;

use self::feature::{constant, method, property, qualifiers};
pub(crate) use self::inherited::Homes;
use crate::doc::doc;
use crate::file::File;
use crate::name::{Names, file_name, screaming, snake};
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
        .map(|c| (c.name, names.add(&snake(c.name))))
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

/// A qualifier name with its flavor, which is nearly always that of its declaration: one constructor
/// function each.
pub(crate) type Constructors = FxHashMap<(&'static str, QualifierFlavor), String>;

fn constructors(classes: &[&'static ClassDescriptor]) -> Constructors {
    let mut found: BTreeMap<(&'static str, [bool; 3]), QualifierFlavor> = BTreeMap::new();
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
            found.entry((qualifier.name, key)).or_insert(flavor);
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
        .map(|((name, _), flavor)| ((name, flavor), names.add(&snake(name))))
        .collect()
}

fn qualifier_module(constructors: &Constructors) -> Source {
    let mut out = Source::default();
    out.line("//! A constructor for each qualifier that the model uses.");
    if constructors.is_empty() {
        return out;
    }
    out.blank();
    out.line("use ::cim_core::{Qualifier, QualifierFlavor, QualifierValue};");
    let mut sorted: Vec<_> = constructors.iter().collect();
    sorted.sort_by_key(|(_, function)| function.as_str());
    for ((name, flavor), function) in sorted {
        out.blank();
        out.open(format_args!(
            "pub(super) const fn {function}(value: QualifierValue) -> Qualifier {{"
        ));
        out.open("Qualifier {");
        out.line(format_args!("name: {},", literal(name)));
        out.line("value,");
        out.open("flavor: QualifierFlavor {");
        out.line(format_args!("to_subclass: {},", flavor.to_subclass));
        out.line(format_args!("overridable: {},", flavor.overridable));
        out.line(format_args!("translatable: {},", flavor.translatable));
        out.close("},");
        out.line("propagated: false,");
        out.close("}");
        out.close("}");
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
        let positions = names.distinct(class.properties.iter().map(|p| p.name));
        let method_names = names.distinct(class.methods.iter().map(|m| m.name));
        let mut property_consts = Source::default();
        let mut properties = Vec::with_capacity(class.properties.len());
        for (descriptor, name) in class.properties.iter().zip(&positions) {
            let home = self.homes.of_property(class, descriptor);
            if home == class.name {
                constant(
                    &mut property_consts,
                    name,
                    "PropertyDescriptor",
                    |out, front| {
                        property(out, front, ";", descriptor, self.constructors);
                    },
                );
            }
            properties.push(self.place(home, "property", name));
        }
        let mut method_consts = Source::default();
        let mut methods = Vec::with_capacity(class.methods.len());
        for (descriptor, name) in class.methods.iter().zip(&method_names) {
            let home = self.homes.of_method(class, descriptor);
            if home == class.name {
                constant(
                    &mut method_consts,
                    name,
                    "MethodDescriptor",
                    |out, front| {
                        method(out, front, descriptor, self.constructors);
                    },
                );
            }
            methods.push(self.place(home, "method", name));
        }
        let mut body = Source::default();
        self.class_table(&mut body, &properties, &methods);
        self.positions(&mut body, &positions);
        module(&mut body, "property", &property_consts);
        module(&mut body, "method", &method_consts);

        let mut out = Source::default();
        out.line(format_args!("//! `{}`: its table.", class.name));
        out.blank();
        if uses_qualifiers(class) {
            out.line("use super::qualifiers as q;");
        }
        out.line("use ::cim_core::*;");
        out.blank();
        out.append(&body);
        out
    }

    fn class_table(&self, out: &mut Source, properties: &[String], methods: &[String]) {
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
        out.slice("properties: ", properties);
        out.line(format_args!(
            "alphabetical: &[{}],",
            list(class.alphabetical)
        ));
        out.line(format_args!("keys: &[{}],", list(class.keys)));
        out.slice("methods: ", methods);
        qualifiers(out, class.qualifiers, self.constructors);
        out.close("};");
    }

    fn positions(&self, out: &mut Source, positions: &[String]) {
        out.blank();
        out.line("/// Positions of the properties, for `Instance::at`.");
        out.open("pub mod at {");
        for (at, (property, name)) in self.class.properties.iter().zip(positions).enumerate() {
            out.line(format_args!("/// `{}`", property.name));
            out.line(format_args!("pub const {name}: usize = {at};"));
        }
        out.close("}");
    }

    /// The path of a feature in the module of the class that it stands in.
    fn place(&self, home: &str, kind: &str, name: &str) -> String {
        if home == self.class.name {
            return format!("{kind}::{name}");
        }
        let module = self.modules.get(home).map_or("", String::as_str);
        format!("super::{module}::{kind}::{name}")
    }
}

fn uses_qualifiers(class: &ClassDescriptor) -> bool {
    !class.qualifiers.is_empty()
}

/// The module of the features that a class declares itself.
fn module(out: &mut Source, name: &str, items: &Source) {
    if items.is_empty() {
        return;
    }
    out.blank();
    out.open(format_args!("pub(super) mod {name} {{"));
    if items.as_str().contains("q::") {
        out.line("use super::super::qualifiers as q;");
    }
    out.line("use ::cim_core::*;");
    out.blank();
    out.append(items);
    out.close("}");
}
