//! The checked schema as class descriptors: inheritance flattened, qualifiers propagated.

use cim_core::{
    CimType, ClassDescriptor, ClassFlags, Embedded, MethodDescriptor, ParameterDescriptor,
    PropertyDescriptor, PropertyFlags, Qualifier, QualifierFlavor, QualifierValue, ValueMap,
};
use rustc_hash::FxHashMap;

use crate::ast::{
    ArrayShape, Class, Keyword, Literal, Method, Name, Namespace, Property, QualifierDeclaration,
    QualifierUse, TypeName,
};
use crate::compile::Compilation;
use crate::enumeration;
use crate::name::{self, Key};

pub(crate) fn leak_str(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

pub(crate) fn leak<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

/// All classes, superclasses before subclasses, otherwise in the order of the files.
pub(crate) fn lower(compilation: &Compilation) -> Vec<&'static ClassDescriptor> {
    let mut lowering = Lowering {
        compilation,
        done: FxHashMap::default(),
        out: Vec::new(),
    };
    for class in &compilation.classes {
        lowering.class(class);
    }
    lowering.out
}

/// The name of a class; that of a local structure (DSP0221) becomes one that CIM 2.x can have.
fn class_name(class: &Class) -> &'static str {
    if class.name.text.contains('.') {
        leak_str(&class.name.text.replace('.', "_"))
    } else {
        leak_str(&class.name.text)
    }
}

struct Lowering<'c> {
    compilation: &'c Compilation,
    done: FxHashMap<(Namespace, Key), &'static ClassDescriptor>,
    out: Vec<&'static ClassDescriptor>,
}

impl Lowering<'_> {
    fn class(&mut self, class: &Class) -> &'static ClassDescriptor {
        let key = (class.namespace, class.name.key);
        if let Some(done) = self.done.get(&key) {
            return done;
        }
        let compilation = self.compilation;
        let parent = compilation.parent(class).map(|parent| self.class(parent));
        let qualifiers = self.qualifiers(&class.qualifiers, parent.map_or(&[], |p| p.qualifiers));
        let mut properties: Vec<PropertyDescriptor> =
            parent.map_or_else(Vec::new, |p| p.properties.to_vec());
        for property in &class.properties {
            let at = properties
                .iter()
                .position(|p| property.name.text.eq_ignore_ascii_case(p.name));
            let descriptor = self.property(property, at.map(|at| &properties[at]), class);
            match at {
                Some(at) => properties[at] = descriptor,
                None => properties.push(descriptor),
            }
        }
        let mut methods: Vec<MethodDescriptor> =
            parent.map_or_else(Vec::new, |p| p.methods.to_vec());
        for method in &class.methods {
            let at = methods
                .iter()
                .position(|m| method.name.text.eq_ignore_ascii_case(m.name));
            let descriptor = self.method(method, at.map(|at| &methods[at]), class);
            match at {
                Some(at) => methods[at] = descriptor,
                None => methods.push(descriptor),
            }
        }
        let mut alphabetical: Vec<u16> = (0..properties.len())
            .filter_map(|n| u16::try_from(n).ok())
            .collect();
        let keys = alphabetical
            .iter()
            .copied()
            .filter(|at| properties[usize::from(*at)].flags.key)
            .collect();
        alphabetical.sort_by_key(|at| properties[usize::from(*at)].name);
        let mut ancestors = Vec::new();
        if let Some(parent) = parent {
            ancestors.push(parent.name);
            ancestors.extend(parent.ancestors);
        }
        let flag = |name: &str| is_true(&qualifiers, name);
        let descriptor: &'static ClassDescriptor = Box::leak(Box::new(ClassDescriptor {
            name: class_name(class),
            superclass: parent.map(|p| p.name),
            ancestors: leak(ancestors),
            flags: ClassFlags {
                is_abstract: flag("Abstract"),
                is_association: flag("Association") || class.keyword == Keyword::Association,
                is_indication: flag("Indication"),
                is_structure: flag("Structure") || class.keyword == Keyword::Structure,
            },
            properties: leak(properties),
            alphabetical: leak(alphabetical),
            keys: leak(keys),
            methods: leak(methods),
            qualifiers: leak(qualifiers),
        }));
        self.done.insert(key, descriptor);
        self.out.push(descriptor);
        descriptor
    }

    /// The qualifiers of an element: its own, then what it inherits from the element that it overrides
    /// (DSP0004 5.6.1.4).
    fn qualifiers(&self, own: &[QualifierUse], inherited: &'static [Qualifier]) -> Vec<Qualifier> {
        let mut out: Vec<Qualifier> = own.iter().filter_map(|used| self.qualifier(used)).collect();
        for qualifier in inherited {
            if qualifier.flavor.to_subclass
                && !out
                    .iter()
                    .any(|q| q.name.eq_ignore_ascii_case(qualifier.name))
            {
                out.push(Qualifier {
                    propagated: true,
                    ..*qualifier
                });
            }
        }
        out
    }

    fn qualifier(&self, used: &QualifierUse) -> Option<Qualifier> {
        let declared = self.compilation.qualifier(used.name.key)?;
        let flavor = flavor(declared, used);
        let value = match &used.value {
            None if declared.ty == CimType::Boolean || declared.is_implied => {
                QualifierValue::Boolean(true)
            }
            None => QualifierValue::Null,
            Some(value) => qualifier_value(&value.value, declared.ty),
        };
        Some(Qualifier {
            name: leak_str(&declared.name.text),
            value,
            flavor,
            propagated: false,
        })
    }

    fn property(
        &self,
        property: &Property,
        overridden: Option<&PropertyDescriptor>,
        class: &Class,
    ) -> PropertyDescriptor {
        let qualifiers = leak(self.qualifiers(
            &property.qualifiers,
            overridden.map_or(&[], |p| p.qualifiers),
        ));
        let named = match &property.ty {
            TypeName::Named(name) => Some(name),
            _ => None,
        };
        let enumeration =
            named.and_then(|name| self.compilation.enumeration(class.namespace, name.key));
        let enumerated = enumeration.map(|e| enumeration::lower(self.compilation, e));
        let ty = enumerated
            .as_ref()
            .map_or_else(|| property.ty.cim_type(), |e| e.ty);
        let is_octets = matches!(property.ty, TypeName::Octets);
        let value = |name: &str| {
            qualifiers
                .iter()
                .find(|q| q.name.eq_ignore_ascii_case(name))
                .map(|q| q.value)
        };
        let text = |name: &str| value(name).and_then(|v| v.as_str());
        let integer = |name: &str| match value(name) {
            Some(QualifierValue::Signed(n)) => Some(n),
            Some(QualifierValue::Unsigned(n)) => i64::try_from(n).ok(),
            _ => None,
        };
        let embedded = match text("EmbeddedInstance") {
            // With both it is a reference or what it refers to, hence of the class of the reference:
            // where two classes embed each other, EmbeddedInstance can only name a superclass.
            Some(class) => Embedded::Instance(text("Reference").unwrap_or(class)),
            None if is_true(qualifiers, "EmbeddedObject") => Embedded::Object,
            None if matches!(property.ty, TypeName::Object) => Embedded::Object,
            None if enumerated.is_none() && named.is_some() => {
                Embedded::Instance(named.map_or("", |name| {
                    let found = self.compilation.class(class.namespace, name.key);
                    found.map_or_else(|| leak_str(&name.text), class_name)
                }))
            }
            None => Embedded::No,
        };
        PropertyDescriptor {
            name: leak_str(&property.name.text),
            ty,
            is_array: property.array.is_array() || is_octets,
            array_size: match property.array {
                ArrayShape::Fixed(size) => Some(size),
                _ => None,
            },
            reference_class: match &property.ty {
                TypeName::Reference(class) => Some(leak_str(&class.text)),
                _ => text("Reference"),
            },
            embedded,
            flags: PropertyFlags {
                key: is_true(qualifiers, "Key"),
                required: is_true(qualifiers, "Required"),
                read: value("Read") != Some(QualifierValue::Boolean(false)),
                write: is_true(qualifiers, "Write"),
                octet_string: is_octets || is_true(qualifiers, "OctetString"),
            },
            value_map: value_map(qualifiers).or_else(|| enumerated.as_ref().map(|e| e.map)),
            max_len: value("MaxLen").and_then(|v| v.as_u64()),
            min_value: integer("MinValue"),
            max_value: integer("MaxValue"),
            default: property
                .default
                .as_ref()
                .map_or(QualifierValue::Null, |default| {
                    let literal = enumerated.as_ref().and_then(|e| e.value(&default.value));
                    literal.unwrap_or_else(|| qualifier_value(&default.value, ty))
                }),
            class_origin: overridden.map_or_else(|| class_name(class), |p| p.class_origin),
            qualifiers,
        }
    }

    fn method(
        &self,
        method: &Method,
        overridden: Option<&MethodDescriptor>,
        class: &Class,
    ) -> MethodDescriptor {
        let qualifiers =
            leak(self.qualifiers(&method.qualifiers, overridden.map_or(&[], |m| m.qualifiers)));
        let parameters = method
            .parameters
            .iter()
            .map(|parameter| {
                let above = overridden.and_then(|m| m.parameter(&parameter.name.text));
                let value = self.property(parameter, above.map(|p| &p.value), class);
                ParameterDescriptor {
                    value,
                    input: !value.qualifiers.iter().any(|q| {
                        q.name.eq_ignore_ascii_case("In")
                            && q.value == QualifierValue::Boolean(false)
                    }),
                    output: is_true(value.qualifiers, "Out"),
                }
            })
            .collect();
        MethodDescriptor {
            name: leak_str(&method.name.text),
            returns: match &method.returns {
                TypeName::Void => None,
                other => Some(other.cim_type()),
            },
            value_map: value_map(qualifiers),
            parameters: leak(parameters),
            is_static: is_true(qualifiers, "Static"),
            class_origin: overridden.map_or_else(|| class_name(class), |m| m.class_origin),
            qualifiers,
        }
    }
}

/// The flavor of a qualifier where it is used.
pub(crate) fn flavor(declared: &QualifierDeclaration, used: &QualifierUse) -> QualifierFlavor {
    let mut flavor = QualifierFlavor {
        to_subclass: true,
        overridable: true,
        translatable: false,
    };
    for word in declared.flavors.iter().chain(&used.flavors) {
        apply_flavor(word, &mut flavor);
    }
    flavor
}

fn apply_flavor(word: &Name, flavor: &mut QualifierFlavor) {
    if word.is(name::RESTRICTED) {
        flavor.to_subclass = false;
    } else if word.is(name::TOSUBCLASS) {
        flavor.to_subclass = true;
    } else if word.is(name::DISABLEOVERRIDE) {
        flavor.overridable = false;
    } else if word.is(name::ENABLEOVERRIDE) {
        flavor.overridable = true;
    } else if word.is(name::TRANSLATABLE) {
        flavor.translatable = true;
    }
}

fn is_true(qualifiers: &[Qualifier], name: &str) -> bool {
    qualifiers
        .iter()
        .any(|q| q.name.eq_ignore_ascii_case(name) && q.value == QualifierValue::Boolean(true))
}

fn value_map(qualifiers: &[Qualifier]) -> Option<ValueMap> {
    let strings = |name: &str| {
        qualifiers
            .iter()
            .find(|q| q.name.eq_ignore_ascii_case(name))
            .map(|q| q.value.strings())
    };
    strings("ValueMap").map(|values| ValueMap {
        values,
        names: strings("Values").unwrap_or(&[]),
    })
}

pub(crate) fn qualifier_value(literal: &Literal, ty: CimType) -> QualifierValue {
    match literal {
        Literal::Null | Literal::Alias(_) | Literal::Instance(_) => QualifierValue::Null,
        Literal::Enumerator(pair) => QualifierValue::String(leak_str(&pair.1.text)),
        Literal::Boolean(b) => QualifierValue::Boolean(*b),
        // As Microsoft's compiler takes them.
        Literal::Integer(n) if ty == CimType::Char16 => {
            let unit = u16::try_from(n.value()).unwrap_or(0);
            QualifierValue::String(leak_str(&String::from_utf16_lossy(&[unit])))
        }
        Literal::String(text) if ty == CimType::Uint64 => {
            let number = text.value().parse();
            number.map_or(QualifierValue::Null, QualifierValue::Unsigned)
        }
        Literal::String(text) if ty == CimType::Sint64 => {
            let number = text.value().parse();
            number.map_or(QualifierValue::Null, QualifierValue::Signed)
        }
        Literal::Integer(n) => match ty {
            CimType::Real32 | CimType::Real64 => QualifierValue::Real(n.value() as f64),
            _ if ty.unsigned_max().is_some() => {
                u64::try_from(n.value()).map_or(QualifierValue::Null, QualifierValue::Unsigned)
            }
            _ => i64::try_from(n.value()).map_or(QualifierValue::Null, QualifierValue::Signed),
        },
        Literal::Real(n) => QualifierValue::Real(*n),
        Literal::Char(c) => QualifierValue::String(leak_str(&String::from_utf16_lossy(&[*c]))),
        Literal::String(text) => QualifierValue::String(leak_str(&text.value())),
        Literal::Array(items) => match ty {
            CimType::Boolean => QualifierValue::Booleans(leak(
                items
                    .iter()
                    .map(|i| i.value == Literal::Boolean(true))
                    .collect(),
            )),
            _ if ty.is_integer() => QualifierValue::Integers(leak(
                items
                    .iter()
                    .filter_map(|i| match &i.value {
                        Literal::Integer(n) => i64::try_from(n.value()).ok(),
                        _ => None,
                    })
                    .collect(),
            )),
            _ => QualifierValue::Strings(leak(
                items
                    .iter()
                    .map(|i| match &i.value {
                        Literal::String(text) => leak_str(&text.value()),
                        _ => "",
                    })
                    .collect(),
            )),
        },
    }
}
