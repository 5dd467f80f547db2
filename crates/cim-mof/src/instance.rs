//! Declared instances as values: what `instance of` says, laid out by the descriptors of a schema.
//!
//! The checker has looked at names, types and keys already. What is left can only be said here: whether an
//! alias leads to something with keys, and what stands in a text that is an embedded instance.

use cim_core::{
    CimType, ClassDescriptor, DateTime, Embedded, Instance, ObjectPath, PropertyDescriptor, Schema,
    Value,
};
use rustc_hash::FxHashMap;

use crate::ast::{self, Literal, Spanned};
use crate::compile::{Compilation, Options, parse_only};
use crate::diagnostic::Severity;
use crate::name::Key;
use crate::source::Span;

/// Instances inside instances, and keys that refer to instances with such keys: more than any schema has.
const MAX_DEPTH: usize = 8;

/// An instance that a source declares.
#[derive(Debug)]
pub struct Declared {
    /// Its values; properties that the source does not name are absent.
    pub instance: Instance,
    /// The name of its class in the source.
    pub span: Span,
}

/// Why a declared instance is none of the schema.
#[derive(Debug)]
pub struct InstanceFault {
    /// Where.
    pub span: Span,
    /// What is wrong, and what would be right.
    pub message: String,
}

type Result<T> = std::result::Result<T, InstanceFault>;

fn fault<T>(span: Span, message: impl Into<String>) -> Result<T> {
    Err(InstanceFault {
        span,
        message: message.into(),
    })
}

/// The instances of a compilation, in the order of the sources. Structures and indications with an alias are
/// no instances of their own: they stand where the alias does.
pub(crate) fn instances(compilation: &Compilation, schema: &Schema) -> Result<Vec<Declared>> {
    let mut lowering = Lowering {
        schema,
        aliases: FxHashMap::default(),
    };
    for instance in &compilation.instances {
        if let Some(alias) = &instance.alias {
            lowering.aliases.insert(alias.key, instance);
        }
    }
    let mut all = Vec::with_capacity(compilation.instances.len());
    for declared in &compilation.instances {
        let class = lowering.class(declared)?;
        if class.flags.is_structure || class.flags.is_indication {
            continue;
        }
        all.push(Declared {
            instance: lowering.instance(declared, 0)?,
            span: declared.class.span,
        });
    }
    Ok(all)
}

struct Lowering<'l> {
    schema: &'l Schema,
    aliases: FxHashMap<Key, &'l ast::Instance>,
}

impl Lowering<'_> {
    fn class(&self, declared: &ast::Instance) -> Result<&'static ClassDescriptor> {
        match self.schema.class(&declared.class.text) {
            Some(class) => Ok(class),
            None => fault(
                declared.class.span,
                format!("there is no class `{}`", declared.class.text),
            ),
        }
    }

    fn instance(&self, declared: &ast::Instance, depth: usize) -> Result<Instance> {
        let class = self.class(declared)?;
        if depth > MAX_DEPTH {
            return fault(
                declared.class.span,
                format!("instances are nested deeper than {MAX_DEPTH}"),
            );
        }
        let mut instance = Instance::new(class);
        for initializer in &declared.values {
            let Some(value) = &initializer.value else {
                continue;
            };
            let name = &initializer.name;
            let Some((at, property)) = class.property(&name.text) else {
                return fault(
                    name.span,
                    format!("class `{}` has no property `{}`", class.name, name.text),
                );
            };
            let value = self.value(value, property, depth)?;
            if !property.accepts(&value) {
                return fault(
                    name.span,
                    format!("`{}` cannot hold {}", name.text, value.kind()),
                );
            }
            instance.set_at(at, value);
        }
        Ok(instance)
    }

    fn value(
        &self,
        literal: &Spanned<Literal>,
        property: &'static PropertyDescriptor,
        depth: usize,
    ) -> Result<Value> {
        match &literal.value {
            Literal::Array(items) => {
                let items = items.iter().map(|item| self.one(item, property, depth));
                Ok(Value::Array(items.collect::<Result<_>>()?))
            }
            _ => self.one(literal, property, depth),
        }
    }

    /// A value that is no array.
    fn one(
        &self,
        literal: &Spanned<Literal>,
        property: &'static PropertyDescriptor,
        depth: usize,
    ) -> Result<Value> {
        let span = literal.span;
        let ty = property.ty;
        let wrong = || fault(span, format!("`{}` is a {ty}", property.name));
        Ok(match &literal.value {
            Literal::Null => Value::Null,
            Literal::Boolean(b) => Value::Boolean(*b),
            Literal::Real(n) => Value::Real(*n),
            Literal::Char(unit) => Value::Char16(*unit),
            Literal::Integer(n) => match ty {
                CimType::Real32 | CimType::Real64 => Value::Real(n.value() as f64),
                // As Microsoft's compiler takes it.
                CimType::Char16 => match u16::try_from(n.value()) {
                    Ok(unit) => Value::Char16(unit),
                    Err(_) => return wrong(),
                },
                _ if ty.unsigned_max().is_some() => match u64::try_from(n.value()) {
                    Ok(n) => Value::Unsigned(n),
                    Err(_) => return wrong(),
                },
                _ => match i64::try_from(n.value()) {
                    Ok(n) => Value::Signed(n),
                    Err(_) => return wrong(),
                },
            },
            Literal::String(text) => self.text(&text.value(), span, property, depth)?,
            Literal::Alias(alias) => match self.aliases.get(&alias.key) {
                Some(target) => self.alias(target, span, property, depth)?,
                None => return fault(span, format!("alias `${}` is not given", alias.text)),
            },
            Literal::Instance(inner) => Value::from(self.instance(inner, depth + 1)?),
            Literal::Array(_) | Literal::Enumerator(_) => return wrong(),
        })
    }

    /// What a string literal stands for.
    fn text(
        &self,
        text: &str,
        span: Span,
        property: &PropertyDescriptor,
        depth: usize,
    ) -> Result<Value> {
        Ok(match property.ty {
            CimType::DateTime => match DateTime::parse_cim(text) {
                Ok(datetime) => Value::DateTime(datetime),
                Err(error) => return fault(span, error.to_string()),
            },
            CimType::Reference => match ObjectPath::parse(text) {
                Ok(path) => Value::from(ObjectPath {
                    // What it may refer to is beside it.
                    namespace: None,
                    ..path
                }),
                Err(error) => return fault(span, error.to_string()),
            },
            // As Microsoft's compiler takes them.
            CimType::Uint64 => match text.parse() {
                Ok(n) => Value::Unsigned(n),
                Err(_) => return fault(span, format!("`{}` is a uint64", property.name)),
            },
            CimType::Sint64 => match text.parse() {
                Ok(n) => Value::Signed(n),
                Err(_) => return fault(span, format!("`{}` is a sint64", property.name)),
            },
            _ if property.embedded == Embedded::No => Value::from(text),
            // By reference, where both are possible.
            _ if property.reference_class.is_some() && !is_mof(text) => Value::from(text),
            _ => self.embedded_text(text, span, property, depth)?,
        })
    }

    /// MOF in a string (DSP0004 5.6.3.14, EmbeddedInstance): one `instance of`.
    fn embedded_text(
        &self,
        text: &str,
        span: Span,
        property: &PropertyDescriptor,
        depth: usize,
    ) -> Result<Value> {
        let inner = parse_only(property.name.as_ref(), text, &Options::default());
        let first = inner
            .diagnostics
            .iter()
            .find(|d| d.severity == Severity::Error);
        if let Some(first) = first {
            return fault(
                span,
                format!(
                    "`{}` is an embedded instance, and its text is no MOF: {}",
                    property.name, first.message
                ),
            );
        }
        let [declared] = &inner.instances[..] else {
            return fault(
                span,
                format!(
                    "`{}` is an embedded instance: write one `instance of Class {{ ... }};`",
                    property.name
                ),
            );
        };
        let nested = Lowering {
            schema: self.schema,
            aliases: FxHashMap::default(),
        };
        match nested.instance(declared, depth + 1) {
            Ok(instance) => Ok(Value::from(instance)),
            // Its places are those of another text.
            Err(inner) => fault(
                span,
                format!("in the instance of `{}`: {}", property.name, inner.message),
            ),
        }
    }

    /// What an alias stands for: a path, an InstanceID, or the instance.
    fn alias(
        &self,
        target: &ast::Instance,
        span: Span,
        property: &PropertyDescriptor,
        depth: usize,
    ) -> Result<Value> {
        let is_reference = property.ty == CimType::Reference || property.reference_class.is_some();
        if !is_reference {
            return Ok(Value::from(self.instance(target, depth + 1)?));
        }
        let path = self.path(target, span, depth + 1)?;
        Ok(match (property.ty, path.instance_id()) {
            (CimType::Reference, _) => Value::from(path),
            (_, Some(id)) => Value::from(id),
            (_, None) => Value::from(path.to_string().as_str()),
        })
    }

    /// The path of an instance.
    fn path(&self, target: &ast::Instance, span: Span, depth: usize) -> Result<ObjectPath> {
        let class = self.class(target)?;
        if depth > MAX_DEPTH {
            return fault(span, "keys refer to each other in a circle");
        }
        let mut keys = Instance::new(class);
        for key in class.key_properties() {
            let mut values = target.values.iter();
            let given = values
                .find(|v| v.name.text.eq_ignore_ascii_case(key.name))
                .and_then(|v| v.value.as_ref());
            let value = match given {
                Some(value) => self.value(value, key, depth)?,
                None => key.default_value().unwrap_or(Value::Null),
            };
            if value.is_null() {
                return fault(
                    span,
                    format!(
                        "what the alias refers to has no value for its key `{}`",
                        key.name
                    ),
                );
            }
            keys.set(key.name, value);
        }
        if class.keys.is_empty() {
            return fault(
                span,
                format!(
                    "class `{}` has no keys: nothing can refer to its instances",
                    class.name
                ),
            );
        }
        Ok(keys.path())
    }
}

/// Whether a text is MOF rather than an identifier.
fn is_mof(text: &str) -> bool {
    let text = text.trim_start();
    let (word, rest) = text.split_at_checked(8).unwrap_or((text, ""));
    word.eq_ignore_ascii_case("instance") && rest.starts_with(|c: char| c.is_ascii_whitespace())
}
