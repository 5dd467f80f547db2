//! What is generated, in which module, under which name.

use std::collections::BTreeMap;

use cim_core::{
    CimType, ClassDescriptor, Embedded, MethodDescriptor, PropertyDescriptor, Qualifier, ValueMap,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Implements;
use super::enumeration::Enumeration;
use crate::name::{Names, camel};
use crate::options::{OptionError, Selection, Structs};
use crate::source::Source;
use crate::tables::{Homes, modules};

/// The decisions.
pub(crate) struct Plan {
    pub(crate) homes: Homes,
    /// What the types that several classes share implement.
    pub(crate) shared: Implements,
    modules: FxHashMap<&'static str, String>,
    chosen: FxHashMap<&'static str, (String, Implements)>,
    /// The reference type of each class that is referred to.
    reference_names: BTreeMap<&'static str, String>,
    /// What stands in the module of a class beside its struct.
    contents: FxHashMap<&'static str, Contents>,
    /// The enum of a feature: of the class that it is named after, and the path of the feature in it.
    enums: FxHashMap<(&'static str, String), String>,
    /// Classes that embed themselves, maybe through others.
    recursive: FxHashSet<&'static str>,
    by_name: FxHashMap<&'static str, &'static ClassDescriptor>,
}

/// Enums and methods of a module.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) enums: Vec<Enumeration>,
    pub(crate) methods: Vec<MethodTypes>,
}

/// The types of a method.
pub(crate) struct MethodTypes {
    pub(crate) method: &'static MethodDescriptor,
    pub(crate) request: String,
    pub(crate) response: String,
    /// What both implement: as much as the chosen classes that have the method.
    pub(crate) implements: Implements,
}

impl Plan {
    pub(crate) fn of(
        classes: &[&'static ClassDescriptor],
        wanted: &[Structs],
    ) -> Result<Self, OptionError> {
        let chosen = choose(classes, wanted)?;
        // What the field types and the runtime support are called.
        let mut names = Names::without([
            "DateTime",
            "Text",
            "Field",
            "ConversionError",
            "Option",
            "Vec",
            "Box",
            "String",
            "Self",
        ]);
        let mut plan = Self {
            homes: Homes::of(classes),
            shared: Implements::default(),
            modules: modules(classes),
            chosen: FxHashMap::default(),
            reference_names: BTreeMap::new(),
            contents: FxHashMap::default(),
            enums: FxHashMap::default(),
            recursive: FxHashSet::default(),
            by_name: classes.iter().map(|c| (c.name, *c)).collect(),
        };
        for class in classes {
            if let Some(implements) = chosen.get(class.name) {
                plan.shared.merge(implements);
                plan.chosen.insert(
                    class.name,
                    (names.add(&camel(class.name)), implements.clone()),
                );
            }
        }
        for class in classes {
            if let Some(implements) = chosen.get(class.name) {
                plan.register(class, implements, &mut names);
            }
        }
        let chosen_classes = classes.iter().filter(|c| chosen.contains_key(c.name));
        for class in chosen_classes {
            if plan.embeds_itself(class) {
                plan.recursive.insert(class.name);
            }
        }
        Ok(plan)
    }

    /// The enums, references and methods that a chosen class needs.
    fn register(
        &mut self,
        class: &'static ClassDescriptor,
        implements: &Implements,
        names: &mut Names,
    ) {
        for property in class.properties {
            self.reference(property, names);
            if let Some(map) = Listed::of(property.ty, property.qualifiers) {
                let owner = self.owner(class, property, &map);
                self.enumeration(owner, property.name, property.qualifiers, map, names);
            }
        }
        for method in class.methods {
            let home = self.homes.of_method(class, method);
            let methods = self.contents.get_mut(home).map(|c| &mut c.methods);
            let known = methods.and_then(|m| m.iter_mut().find(|m| m.method.name == method.name));
            if let Some(known) = known {
                known.implements.merge(implements);
                continue;
            }
            let base = format!("{}{}", camel(home), camel(method.name));
            let types = MethodTypes {
                method,
                request: names.add(&format!("{base}Request")),
                response: names.add(&format!("{base}Response")),
                implements: implements.clone(),
            };
            self.contents.entry(home).or_default().methods.push(types);
            if let Some(map) = method
                .returns
                .and_then(|ty| Listed::of(ty, method.qualifiers))
            {
                let path = format!("{}.return", method.name);
                self.enumeration_named(
                    home,
                    path,
                    &format!("{base}Result"),
                    method.qualifiers,
                    map,
                    names,
                );
            }
            for parameter in method.parameters {
                let value = &parameter.value;
                self.reference(value, names);
                if let Some(map) = Listed::of(value.ty, value.qualifiers) {
                    let path = format!("{}.{}", method.name, value.name);
                    let name = format!("{base}{}", camel(value.name));
                    self.enumeration_named(home, path, &name, value.qualifiers, map, names);
                }
            }
        }
    }

    fn reference(&mut self, property: &PropertyDescriptor, names: &mut Names) {
        if let (CimType::Reference, Some(target)) = (property.ty, property.reference_class) {
            // In the spelling of the class, not of the reference.
            let target = self.canonical(target);
            self.reference_names
                .entry(target)
                .or_insert_with(|| names.add(&format!("{}Ref", camel(target))));
        }
    }

    fn canonical(&self, class: &'static str) -> &'static str {
        self.by_name.get(class).map_or_else(
            || {
                self.by_name
                    .keys()
                    .copied()
                    .find(|name| name.eq_ignore_ascii_case(class))
                    .unwrap_or(class)
            },
            |c| c.name,
        )
    }

    /// The highest class whose property has the same values: the enum is named after it.
    fn owner(
        &self,
        class: &'static ClassDescriptor,
        property: &PropertyDescriptor,
        map: &Listed,
    ) -> &'static str {
        let mut owner = class.name;
        for above in self.homes.ancestors(class) {
            let Some(p) = above.properties.iter().find(|p| p.name == property.name) else {
                break;
            };
            if p.ty != property.ty || Listed::of(p.ty, p.qualifiers).as_ref() != Some(map) {
                break;
            }
            owner = above.name;
        }
        owner
    }

    fn enumeration(
        &mut self,
        owner: &'static str,
        property: &'static str,
        qualifiers: &'static [Qualifier],
        map: Listed,
        names: &mut Names,
    ) {
        let name = format!("{}{}", camel(owner), camel(property));
        self.enumeration_named(owner, property.to_owned(), &name, qualifiers, map, names);
    }

    fn enumeration_named(
        &mut self,
        owner: &'static str,
        path: String,
        name: &str,
        qualifiers: &'static [Qualifier],
        map: Listed,
        names: &mut Names,
    ) {
        let key = (owner, path);
        if self.enums.contains_key(&key) {
            return;
        }
        let name = names.add(name);
        self.enums.insert(key, name.clone());
        let contents = self.contents.entry(owner).or_default();
        contents.enums.push(Enumeration::new(name, qualifiers, map));
    }

    /// The enum of a property, if its values are listed.
    pub(crate) fn enum_of(
        &self,
        class: &'static ClassDescriptor,
        property: &PropertyDescriptor,
    ) -> Option<&str> {
        let map = Listed::of(property.ty, property.qualifiers)?;
        let owner = self.owner(class, property, &map);
        self.enum_at(owner, property.name)
    }

    /// The enum of a feature of a class.
    pub(crate) fn enum_at(&self, owner: &'static str, path: &str) -> Option<&str> {
        self.enums
            .get(&(owner, path.to_owned()))
            .map(String::as_str)
    }

    /// The name of a class of the schema, for as long as that lives.
    pub(crate) fn class_name(&self, class: &ClassDescriptor) -> Option<&'static str> {
        self.by_name.get(class.name).map(|c| c.name)
    }

    /// The module of a class.
    pub(crate) fn module(&self, class: &str) -> &str {
        self.modules.get(class).map_or("", String::as_str)
    }

    /// The struct of a class, if it is chosen, and what it implements.
    pub(crate) fn chosen(&self, class: &str) -> Option<(&str, &Implements)> {
        self.chosen
            .get(class)
            .map(|(name, implements)| (name.as_str(), implements))
    }

    /// What else is in the module of a class.
    pub(crate) fn contents(&self, class: &str) -> Option<&Contents> {
        self.contents.get(class)
    }

    /// The Rust type of one value of a property or parameter; `listed` is its enum, `holder` the class whose
    /// struct has it: one that embeds itself would be without end but for a box.
    pub(crate) fn value_type(
        &self,
        property: &PropertyDescriptor,
        listed: Option<&str>,
        holder: Option<&str>,
    ) -> String {
        if property.embedded == Embedded::Object {
            return "super::value::Object".to_owned();
        }
        if let Embedded::Instance(class) = property.embedded {
            let class = self.canonical(class);
            return match self.chosen.get(class) {
                Some((name, _))
                    if holder.is_some_and(|holder| self.recursive.contains(holder))
                        && self.recursive.contains(class)
                        && !property.is_array =>
                {
                    format!("Box<super::{name}>")
                }
                Some((name, _)) => format!("super::{name}"),
                None => "::cim_core::Instance".to_owned(),
            };
        }
        if let Some(name) = listed {
            return format!("super::{name}");
        }
        scalar(property.ty).map_or_else(
            || {
                property
                    .reference_class
                    .and_then(|class| self.reference_names.get(self.canonical(class)))
                    .map_or_else(
                        || "::cim_core::ObjectPath".to_owned(),
                        |name| format!("super::{name}"),
                    )
            },
            str::to_owned,
        )
    }

    fn embeds_itself(&self, class: &'static ClassDescriptor) -> bool {
        let mut seen = FxHashSet::default();
        let mut open = vec![class];
        while let Some(next) = open.pop() {
            for property in next.properties.iter().filter(|p| !p.is_array) {
                let Embedded::Instance(inner) = property.embedded else {
                    continue;
                };
                let inner = self.canonical(inner);
                if inner == class.name {
                    return true;
                }
                if let Some(found) = self.by_name.get(inner).filter(|c| seen.insert(c.name)) {
                    open.push(found);
                }
            }
        }
        false
    }

    /// The reference types.
    pub(crate) fn references(&self) -> Source {
        let mut out = Source::default();
        out.line("//! References to instances, by the class that they refer to.");
        if self.reference_names.is_empty() {
            return out;
        }
        out.blank();
        for (target, name) in &self.reference_names {
            out.line(format_args!(
                "super::value::reference!(\"A reference to an instance of `{target}`, or of a class derived from it.\", {name}, {target:?});"
            ));
        }
        out
    }
}

/// The scalar type of a CIM type; `None` for references.
pub(crate) const fn scalar(ty: CimType) -> Option<&'static str> {
    Some(match ty {
        CimType::Boolean => "bool",
        CimType::Uint8 => "u8",
        CimType::Uint16 => "u16",
        CimType::Uint32 => "u32",
        CimType::Uint64 => "u64",
        CimType::Sint8 => "i8",
        CimType::Sint16 => "i16",
        CimType::Sint32 => "i32",
        CimType::Sint64 => "i64",
        CimType::Real32 => "f32",
        CimType::Real64 => "f64",
        CimType::String => "String",
        CimType::Char16 => "super::value::Char16",
        CimType::DateTime => "super::value::DateTime",
        CimType::Reference => return None,
    })
}

/// The values that a feature lists: `ValueMap` with `Values`, or `Values` alone, which number those of an
/// integer from 0 (DSP0004 5.6.3.56).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Listed {
    pub(crate) ty: CimType,
    pub(crate) map: Option<ValueMap>,
    pub(crate) names: &'static [&'static str],
}

impl Listed {
    pub(crate) fn of(ty: CimType, qualifiers: &[Qualifier]) -> Option<Self> {
        if !ty.is_integer() && ty != CimType::String {
            return None;
        }
        let strings = |name| crate::doc::find(qualifiers, name).map(|value| value.strings());
        let names = strings("Values").unwrap_or(&[]);
        match strings("ValueMap") {
            Some(values) => Some(Self {
                ty,
                map: Some(ValueMap { values, names }),
                names,
            }),
            None if ty.is_integer() && !names.is_empty() => Some(Self {
                ty,
                map: None,
                names,
            }),
            None => None,
        }
    }
}

/// The chosen classes and what each implements. With derives, what a class embeds is chosen too: a field
/// of another type could not have them.
fn choose(
    classes: &[&'static ClassDescriptor],
    wanted: &[Structs],
) -> Result<FxHashMap<&'static str, Implements>, OptionError> {
    let mut chosen: FxHashMap<&'static str, Implements> = FxHashMap::default();
    for entry in wanted {
        if let Selection::Named(names) = &entry.classes {
            for name in names {
                if !classes.iter().any(|c| c.name.eq_ignore_ascii_case(name)) {
                    let near = cim_core::nearest(name, classes.iter().map(|c| c.name))
                        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                    return Err(OptionError(format!("the MOF has no class `{name}`{near}")));
                }
            }
        }
        let mut implements = Implements::default();
        implements.add(&entry.derives);
        let mut open: Vec<&'static ClassDescriptor> = classes
            .iter()
            .copied()
            .filter(|c| entry.classes.contains(c))
            .collect();
        let mut done: FxHashSet<&str> = open.iter().map(|c| c.name).collect();
        while let Some(class) = open.pop() {
            chosen.entry(class.name).or_default().merge(&implements);
            if entry.derives.is_empty() {
                continue;
            }
            let parameters = class
                .methods
                .iter()
                .flat_map(|m| m.parameters)
                .map(|p| &p.value);
            for property in class.properties.iter().chain(parameters) {
                let Embedded::Instance(name) = property.embedded else {
                    continue;
                };
                let found = classes.iter().find(|c| c.name.eq_ignore_ascii_case(name));
                open.extend(found.filter(|c| done.insert(c.name)));
            }
        }
    }
    Ok(chosen)
}
