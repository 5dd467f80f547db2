//! A compiled schema as JSON, for scripts and other tools. Written as it is walked: the whole CIM Schema
//! with all inherited features is large.

use std::io;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::ast::{
    ArrayShape, Class, Enumeration, Instance, Keyword, Literal, Method, Name, Property,
    QualifierDeclaration, QualifierUse, Spanned, TypeName,
};
use crate::compile::Compilation;
use crate::lower::flavor;
use crate::name::Key;

/// The whole dump as one value.
pub(crate) fn dump(compilation: &Compilation, flatten: bool) -> serde_json::Value {
    serde_json::to_value(Dump {
        compilation,
        flatten,
    })
    .unwrap_or_default()
}

/// The whole dump, indented.
pub(crate) fn write(
    compilation: &Compilation,
    flatten: bool,
    out: impl io::Write,
) -> io::Result<()> {
    let dump = Dump {
        compilation,
        flatten,
    };
    serde_json::to_writer_pretty(out, &dump).map_err(io::Error::other)
}

struct Dump<'c> {
    compilation: &'c Compilation,
    flatten: bool,
}

/// A list that is made as it is written.
struct List<F>(F);

impl<I: IntoIterator<Item: Serialize>, F: Fn() -> I> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_seq(None)?;
        for item in (self.0)() {
            out.serialize_element(&item)?;
        }
        out.end()
    }
}

impl Serialize for Dump<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let c = self.compilation;
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry(
            "qualifier_types",
            &List(|| c.qualifiers.iter().map(QualifierView)),
        )?;
        if !c.enumerations.is_empty() {
            out.serialize_entry(
                "enumerations",
                &List(|| c.enumerations.iter().map(EnumerationView)),
            )?;
        }
        let class = |class| ClassView {
            compilation: c,
            class,
            flatten: self.flatten,
        };
        out.serialize_entry("classes", &List(|| c.classes.iter().map(class)))?;
        if !c.instances.is_empty() {
            out.serialize_entry(
                "instances",
                &List(|| c.instances.iter().map(|i| InstanceView(i, Some(c)))),
            )?;
        }
        out.end()
    }
}

struct QualifierView<'c>(&'c QualifierDeclaration);

impl Serialize for QualifierView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let q = self.0;
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("name", &*q.name.text)?;
        let ty = q.enumeration.as_ref().map_or(q.ty.mof_name(), |e| &*e.text);
        out.serialize_entry("type", ty)?;
        out.serialize_entry("array", &q.is_array)?;
        out.serialize_entry(
            "default",
            &q.default.as_ref().map(|d| LiteralView(&d.value)),
        )?;
        out.serialize_entry(
            "scope",
            &List(|| q.scopes.iter().map(|s| s.text.to_ascii_lowercase())),
        )?;
        out.serialize_entry("flavor", &List(|| q.flavors.iter().map(|f| &*f.text)))?;
        out.end()
    }
}

struct EnumerationView<'c>(&'c Enumeration);

impl Serialize for EnumerationView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let e = self.0;
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("name", &*e.name.text)?;
        out.serialize_entry("base", &*e.base.text)?;
        out.serialize_entry("qualifiers", &QualifiersView(&e.qualifiers))?;
        let literals = || {
            e.literals.iter().map(|l| {
                let mut one = serde_json::Map::new();
                one.insert("name".to_owned(), (*l.name.text).into());
                let value = l.value.as_ref().map(|v| LiteralView(&v.value));
                one.insert(
                    "value".to_owned(),
                    serde_json::to_value(value).unwrap_or_default(),
                );
                one
            })
        };
        out.serialize_entry("literals", &List(literals))?;
        out.end()
    }
}

/// The qualifiers that an element takes over from those that it overrides, nearest first (DSP0004
/// 5.6.1.4); what a flattened dump says beside the qualifiers that stand at the element.
struct Propagated<'c> {
    compilation: &'c Compilation,
    own: &'c [QualifierUse],
    above: Vec<&'c [QualifierUse]>,
}

impl Serialize for Propagated<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seen: Vec<Key> = self.own.iter().map(|used| used.name.key).collect();
        let mut out = serializer.serialize_map(None)?;
        for used in self.above.iter().copied().flatten() {
            let key = used.name.key;
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let declared = self.compilation.qualifier(key);
            if declared.is_some_and(|declared| flavor(declared, used).to_subclass) {
                qualifier(&mut out, used)?;
            }
        }
        out.end()
    }
}

#[derive(Clone, Copy)]
struct ClassView<'c> {
    compilation: &'c Compilation,
    class: &'c Class,
    flatten: bool,
}

/// A feature as a class has it.
struct Effective<'c, T> {
    feature: &'c T,
    /// The class that declares it.
    owner: ClassView<'c>,
    /// Where the name was first declared.
    origin: &'c Name,
    propagated: bool,
}

impl<'c> ClassView<'c> {
    /// The class and, where inherited features are wanted, its superclasses; root first.
    fn line(&self) -> Vec<&'c Class> {
        let mut line: Vec<&Class> = self.compilation.ancestors(self.class).collect();
        line.reverse();
        line.push(self.class);
        line
    }

    /// What an element takes over, in a flattened dump; `of` finds it in a superclass.
    fn propagated<M: SerializeMap>(
        &self,
        out: &mut M,
        own: &'c [QualifierUse],
        of: impl Fn(&'c Class) -> Option<&'c [QualifierUse]>,
    ) -> Result<(), M::Error> {
        if !self.flatten {
            return Ok(());
        }
        let propagated = Propagated {
            compilation: self.compilation,
            own,
            above: self
                .compilation
                .ancestors(self.class)
                .filter_map(of)
                .collect(),
        };
        out.serialize_entry("propagated_qualifiers", &propagated)
    }

    /// Root first, overrides in the place of what they override.
    fn features<T>(&self, of: fn(&Class) -> &Vec<T>, key: fn(&T) -> Key) -> Vec<Effective<'c, T>> {
        let mut found: Vec<Effective<'c, T>> = Vec::new();
        for owner in self.line() {
            let is_own = std::ptr::eq(owner, self.class);
            for feature in of(owner) {
                let place = found.iter_mut().find(|f| key(f.feature) == key(feature));
                match place {
                    Some(place) => {
                        place.feature = feature;
                        place.owner.class = owner;
                        place.propagated = !is_own;
                    }
                    None => found.push(Effective {
                        feature,
                        owner: ClassView {
                            class: owner,
                            ..*self
                        },
                        origin: &owner.name,
                        propagated: !is_own,
                    }),
                }
            }
        }
        if !self.flatten {
            found.retain(|f| !f.propagated);
            // As declared: in the order of the class.
            let own = of(self.class);
            found.sort_by_key(|f| own.iter().position(|o| std::ptr::eq(o, f.feature)));
        }
        found
    }
}

impl Serialize for ClassView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let class = self.class;
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("name", &*class.name.text)?;
        match class.keyword {
            Keyword::Class => {}
            Keyword::Association => out.serialize_entry("kind", "association")?,
            Keyword::Structure => out.serialize_entry("kind", "structure")?,
        }
        let namespace = self.compilation.namespaces.get(class.namespace.0 as usize);
        if let Some(namespace) = namespace.filter(|n| !n.is_empty()) {
            out.serialize_entry("namespace", namespace)?;
        }
        out.serialize_entry("superclass", &class.superclass.as_ref().map(|s| &*s.text))?;
        out.serialize_entry("qualifiers", &QualifiersView(&class.qualifiers))?;
        self.propagated(&mut out, &class.qualifiers, |c| Some(&c.qualifiers))?;
        let properties = || {
            self.features(|c| &c.properties, |p| p.name.key)
                .into_iter()
                .map(PropertyView)
        };
        out.serialize_entry("properties", &List(properties))?;
        let methods = || {
            self.features(|c| &c.methods, |m| m.name.key)
                .into_iter()
                .map(MethodView)
        };
        out.serialize_entry("methods", &List(methods))?;
        out.end()
    }
}

/// Name, type, array and qualifiers of whatever has them.
fn feature<M: SerializeMap>(
    out: &mut M,
    name: &Name,
    ty: &TypeName,
    array: ArrayShape,
    uses: &[QualifierUse],
) -> Result<(), M::Error> {
    out.serialize_entry("name", &*name.text)?;
    let type_name = match ty {
        TypeName::Intrinsic(ty) => ty.mof_name(),
        TypeName::Reference(_) => "reference",
        TypeName::Void => "void",
        TypeName::Named(name) => &*name.text,
        TypeName::Object => "object",
        TypeName::Octets => "octetstring",
        TypeName::Unknown => "unknown",
    };
    out.serialize_entry("type", type_name)?;
    if let TypeName::Reference(class) = ty {
        out.serialize_entry("reference_class", &*class.text)?;
    }
    match array {
        ArrayShape::Scalar => {}
        ArrayShape::Variable => out.serialize_entry("array", &true)?,
        ArrayShape::Fixed(size) => {
            out.serialize_entry("array", &true)?;
            out.serialize_entry("array_size", &size)?;
        }
    }
    out.serialize_entry("qualifiers", &QualifiersView(uses))
}

struct PropertyView<'c>(Effective<'c, Property>);

impl Serialize for PropertyView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let p = self.0.feature;
        let mut out = serializer.serialize_map(None)?;
        feature(&mut out, &p.name, &p.ty, p.array, &p.qualifiers)?;
        self.0.owner.propagated(&mut out, &p.qualifiers, |c| {
            let same = |other: &&Property| other.name.key == p.name.key;
            c.properties.iter().find(same).map(|p| &p.qualifiers[..])
        })?;
        out.serialize_entry(
            "default",
            &p.default.as_ref().map(|d| LiteralView(&d.value)),
        )?;
        out.serialize_entry("class_origin", &*self.0.origin.text)?;
        out.serialize_entry("propagated", &self.0.propagated)?;
        out.end()
    }
}

struct ParameterView<'c> {
    parameter: &'c Property,
    method: Key,
    owner: ClassView<'c>,
}

impl Serialize for ParameterView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let p = self.parameter;
        let mut out = serializer.serialize_map(None)?;
        feature(&mut out, &p.name, &p.ty, p.array, &p.qualifiers)?;
        self.owner.propagated(&mut out, &p.qualifiers, |c| {
            let method = method_of(c, self.method)?;
            let same = |other: &&Property| other.name.key == p.name.key;
            method
                .parameters
                .iter()
                .find(same)
                .map(|p| &p.qualifiers[..])
        })?;
        if let Some(default) = &p.default {
            out.serialize_entry("default", &LiteralView(&default.value))?;
        }
        out.end()
    }
}

fn method_of(class: &Class, key: Key) -> Option<&Method> {
    class.methods.iter().find(|m| m.name.key == key)
}

struct MethodView<'c>(Effective<'c, Method>);

impl Serialize for MethodView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let m = self.0.feature;
        let mut out = serializer.serialize_map(None)?;
        let shape = if m.returns_array {
            ArrayShape::Variable
        } else {
            ArrayShape::Scalar
        };
        feature(&mut out, &m.name, &m.returns, shape, &m.qualifiers)?;
        let owner = self.0.owner;
        owner.propagated(&mut out, &m.qualifiers, |c| {
            method_of(c, m.name.key).map(|m| &m.qualifiers[..])
        })?;
        let parameter = |parameter| ParameterView {
            parameter,
            method: m.name.key,
            owner,
        };
        out.serialize_entry("parameters", &List(|| m.parameters.iter().map(parameter)))?;
        out.serialize_entry("class_origin", &*self.0.origin.text)?;
        out.serialize_entry("propagated", &self.0.propagated)?;
        out.end()
    }
}

struct InstanceView<'c>(&'c Instance, Option<&'c Compilation>);

impl Serialize for InstanceView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("class", &*self.0.class.text)?;
        if let Some(alias) = &self.0.alias {
            out.serialize_entry("alias", &*alias.text)?;
        }
        let namespaces = self.1.map(|c| &c.namespaces);
        let namespace = namespaces.and_then(|n| n.get(self.0.namespace.0 as usize));
        if let Some(namespace) = namespace.filter(|n| !n.is_empty()) {
            out.serialize_entry("namespace", namespace)?;
        }
        let values: Vec<_> = self
            .0
            .values
            .iter()
            .map(|v| (&v.name, v.value.as_ref()))
            .collect();
        out.serialize_entry("values", &ValuesView(values))?;
        out.end()
    }
}

struct ValuesView<'c>(Vec<(&'c Name, Option<&'c Spanned<Literal>>)>);

impl Serialize for ValuesView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(None)?;
        for (name, value) in &self.0 {
            out.serialize_entry(&*name.text, &value.map(|v| LiteralView(&v.value)))?;
        }
        out.end()
    }
}

struct QualifiersView<'c>(&'c [QualifierUse]);

impl Serialize for QualifiersView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(None)?;
        for used in self.0 {
            qualifier(&mut out, used)?;
        }
        out.end()
    }
}

fn qualifier<M: SerializeMap>(out: &mut M, used: &QualifierUse) -> Result<(), M::Error> {
    match &used.value {
        None => out.serialize_entry(&*used.name.text, &true),
        Some(value) => out.serialize_entry(&*used.name.text, &LiteralView(&value.value)),
    }
}

struct LiteralView<'c>(&'c Literal);

impl Serialize for LiteralView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Literal::Null => serializer.serialize_none(),
            Literal::Boolean(b) => serializer.serialize_bool(*b),
            Literal::Integer(n) => match i64::try_from(n.value()) {
                Ok(n) => serializer.serialize_i64(n),
                Err(_) => serializer.serialize_u64(n.magnitude),
            },
            Literal::Real(n) => serializer.serialize_f64(*n),
            Literal::Char(c) => serializer.serialize_str(&String::from_utf16_lossy(&[*c])),
            Literal::String(text) => serializer.serialize_str(&text.value()),
            Literal::Array(items) => {
                List(|| items.iter().map(|i| LiteralView(&i.value))).serialize(serializer)
            }
            Literal::Alias(name) => serializer.serialize_str(&format!("${}", name.text)),
            Literal::Instance(instance) => InstanceView(instance, None).serialize(serializer),
            Literal::Enumerator(pair) => serializer.serialize_str(&match &pair.0 {
                Some(enumeration) => format!("{}.{}", enumeration.text, pair.1.text),
                None => pair.1.text.to_string(),
            }),
        }
    }
}
