//! Structures and enumerations that a class declares for itself (DSP0221): which one a name means.
//!
//! The parser calls a local type by its path, `X_Class.Local`, so that two classes may have local types of
//! one name. Where a name is used it is written short; here its key becomes that of the type that it
//! means: one of the class, of its superclasses, of the class around it, or else the one of the schema.

use rustc_hash::FxHashMap;

use crate::ast::{Class, Instance, Literal, Name, Namespace, Property, Spanned, TypeName};
use crate::compile::{Compilation, MAX_ANCESTORS};
use crate::name::{Key, Names};

/// What names are looked up in.
struct Paths<'n> {
    names: &'n Names,
    /// Every class and enumeration with the path that its name stands for.
    known: FxHashMap<(Namespace, Key), String>,
    /// The superclass of each class, as far as it is known.
    parents: FxHashMap<(Namespace, Key), Key>,
}

impl Paths<'_> {
    fn find(&self, namespace: Namespace, path: &str) -> Option<Key> {
        let key = self.names.find(path)?;
        self.known.contains_key(&(namespace, key)).then_some(key)
    }

    /// The local type that a name means within the class of that path.
    fn local(&self, namespace: Namespace, scope: &str, name: &str) -> Option<Key> {
        let mut around = Some(scope);
        while let Some(path) = around {
            let mut class = self.find(namespace, path);
            for _ in 0..MAX_ANCESTORS {
                let Some(key) = class else { break };
                // A superclass may not be declared; what is around the class is known all the same.
                let Some(owner) = self.known.get(&(namespace, key)) else {
                    break;
                };
                if let Some(found) = self.find(namespace, &format!("{owner}.{name}")) {
                    return Some(found);
                }
                class = self.parents.get(&(namespace, key)).copied();
            }
            around = path.rsplit_once('.').map(|(outer, _)| outer);
        }
        None
    }

    fn name(&self, namespace: Namespace, scope: &str, name: &mut Name) {
        if let Some(key) = self.local(namespace, scope, &name.text) {
            name.key = key;
        }
    }

    fn type_name(&self, namespace: Namespace, scope: &str, ty: &mut TypeName) {
        if let TypeName::Named(name) = ty {
            self.name(namespace, scope, name);
        }
    }

    fn property(&self, namespace: Namespace, scope: &str, property: &mut Property) {
        self.type_name(namespace, scope, &mut property.ty);
        if let Some(default) = &mut property.default {
            self.value(namespace, scope, default);
        }
    }

    fn value(&self, namespace: Namespace, scope: &str, value: &mut Spanned<Literal>) {
        match &mut value.value {
            Literal::Array(items) => {
                for item in items {
                    self.value(namespace, scope, item);
                }
            }
            Literal::Enumerator(pair) => {
                if let Some(enumeration) = &mut pair.0 {
                    self.name(namespace, scope, enumeration);
                }
            }
            Literal::Instance(inner) => {
                self.name(namespace, scope, &mut inner.class);
                self.values(inner);
            }
            _ => {}
        }
    }

    /// The values of an instance, within the class that it is of.
    fn values(&self, instance: &mut Instance) {
        let namespace = instance.namespace;
        let Some(scope) = self.known.get(&(namespace, instance.class.key)) else {
            return;
        };
        for value in instance.values.iter_mut().filter_map(|v| v.value.as_mut()) {
            self.value(namespace, scope, value);
        }
    }

    fn class(&self, class: &mut Class) {
        let (namespace, scope) = (class.namespace, class.name.text.clone());
        for property in &mut class.properties {
            self.property(namespace, &scope, property);
        }
        for method in &mut class.methods {
            self.type_name(namespace, &scope, &mut method.returns);
            for parameter in &mut method.parameters {
                self.property(namespace, &scope, parameter);
            }
        }
    }
}

/// The path of what a local type stands in.
fn around(name: &Name) -> Option<&str> {
    name.text.rsplit_once('.').map(|(outer, _)| outer)
}

/// Resolves the names of local types.
pub(super) fn resolve(compilation: &mut Compilation) {
    let is_local = |name: &Name| name.text.contains('.');
    let has_any = compilation.classes.iter().any(|c| is_local(&c.name))
        || compilation.enumerations.iter().any(|e| is_local(&e.name));
    if !has_any {
        return;
    }
    let mut paths = Paths {
        names: &compilation.names,
        known: FxHashMap::default(),
        parents: FxHashMap::default(),
    };
    for class in &compilation.classes {
        let key = (class.namespace, class.name.key);
        paths.known.insert(key, class.name.text.to_string());
        if let Some(superclass) = class.superclass.as_ref().filter(|_| !is_local(&class.name)) {
            paths.parents.insert(key, superclass.key);
        }
    }
    for enumeration in &compilation.enumerations {
        let key = (enumeration.namespace, enumeration.name.key);
        paths.known.insert(key, enumeration.name.text.to_string());
    }
    for class in &mut compilation.classes {
        let namespace = class.namespace;
        if let Some(scope) = around(&class.name)
            && let Some(superclass) = &mut class.superclass
        {
            paths.name(namespace, scope, superclass);
            let key = (namespace, class.name.key);
            paths.parents.insert(key, superclass.key);
        }
    }
    for class in &mut compilation.classes {
        paths.class(class);
    }
    for enumeration in &mut compilation.enumerations {
        if let Some(scope) = around(&enumeration.name) {
            paths.name(enumeration.namespace, scope, &mut enumeration.base);
        }
    }
    for instance in &mut compilation.instances {
        paths.values(instance);
    }
}
