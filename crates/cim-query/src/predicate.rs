//! The predicate AST and its evaluation.
//!
//! Names are CIM property names: a binding whose language has others (CIMI `$filter`) translates
//! them when it parses. Comparisons follow SQL: NULL compares with nothing.

use std::cmp::Ordering;

use cim_core::{CimType, DateTime, Instance, PropertyDescriptor, Value};

use crate::like::like;
use crate::xpath;

/// A condition on an instance.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// All of them hold (an empty list holds).
    And(Vec<Self>),
    /// One of them holds (an empty list does not).
    Or(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// A property compared with a literal.
    Compare(Comparison),
    /// The property is NULL or absent.
    IsNull(Vec<String>),
    /// The property matches a LIKE pattern: `%`, `_`, and sets such as `[a-z]`, `[^x]`, `[%]`. A parser
    /// whose language ignores case writes both letters (`[aA]`).
    Like {
        /// The property, and the path into embedded instances.
        path: Vec<String>,
        /// The pattern.
        pattern: String,
    },
    /// The instance, or the embedded instance at the path, is of this class or derives from it.
    Isa {
        /// The path of an embedded instance; empty for the instance itself.
        path: Vec<String>,
        /// The class.
        class: String,
    },
    /// Some entry of a name/value array (`Properties[]`) has this name and a value that compares so:
    /// CIMI `property['k']='v'`.
    NamedValue {
        /// The array property.
        property: String,
        /// The entry's name.
        name: String,
        /// How its value is compared.
        op: CompareOp,
        /// With what.
        value: String,
    },
    /// Some element that an XPath selects has a value, and one that compares so.
    Selected {
        /// The path.
        path: Box<xpath::Path>,
        /// How, with what; `None` asks only whether there is a value.
        compared: Option<(CompareOp, Literal)>,
    },
}

/// `path op literal`
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The property, and the path into embedded instances.
    pub path: Vec<String>,
    /// The operator.
    pub op: CompareOp,
    /// The right side.
    pub value: Literal,
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `=`
    Eq,
    /// `<>`, `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

/// The right side of a comparison as the client wrote it.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A quoted string; compared as the property's own type (datetime, reference) where it has one.
    String(String),
    /// A quoted string of a language that ignores case (WQL).
    Caseless(String),
    /// An integer.
    Integer(i128),
    /// A real number.
    Real(f64),
    /// `true`, `false`
    Boolean(bool),
    /// An unquoted date or date and time.
    DateTime(DateTime),
    /// Another property of the same instance.
    Path(Vec<String>),
}

impl CompareOp {
    /// The operator that holds when the two sides change places.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Eq => Self::Eq,
            Self::Ne => Self::Ne,
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
        }
    }

    /// Whether an ordering satisfies the operator.
    pub const fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Eq => ordering.is_eq(),
            Self::Ne => ordering.is_ne(),
            Self::Lt => ordering.is_lt(),
            Self::Le => ordering.is_le(),
            Self::Gt => ordering.is_gt(),
            Self::Ge => ordering.is_ge(),
        }
    }
}

impl Predicate {
    /// Whether the instance satisfies the predicate.
    pub fn matches(&self, instance: &Instance) -> bool {
        match self {
            Self::And(all) => all.iter().all(|p| p.matches(instance)),
            Self::Or(any) => any.iter().any(|p| p.matches(instance)),
            Self::Not(inner) => !inner.matches(instance),
            Self::Compare(comparison) => comparison.matches(instance),
            Self::IsNull(path) => resolve(instance, path).is_none_or(|(_, value)| value.is_null()),
            Self::Like { path, pattern } => resolve(instance, path).is_some_and(|(_, value)| {
                value
                    .elements()
                    .iter()
                    .any(|v| v.as_str().is_some_and(|text| like(text, pattern)))
            }),
            Self::Isa { path, class } if path.is_empty() => instance.class().is_a(class),
            Self::Isa { path, class } => resolve(instance, path)
                .and_then(|(_, value)| value.as_instance())
                .is_some_and(|embedded| embedded.class().is_a(class)),
            Self::NamedValue {
                property,
                name,
                op,
                value,
            } => instance
                .value(property)
                .elements()
                .iter()
                .filter_map(Value::as_instance)
                .any(|entry| {
                    entry.text("Name") == Some(name)
                        && entry
                            .text("Value")
                            .is_some_and(|v| op.holds(v.cmp(value.as_str())))
                }),
            Self::Selected { path, compared } => path.holds(instance, compared.as_ref()),
        }
    }
}

impl Comparison {
    fn matches(&self, instance: &Instance) -> bool {
        let Some((property, value)) = resolve(instance, &self.path) else {
            return false;
        };
        if let Literal::Path(other) = &self.value {
            let Some((_, other)) = resolve(instance, other) else {
                return false;
            };
            return compare_values(value, other).is_some_and(|o| self.op.holds(o));
        }
        // An array satisfies a comparison if one of its elements does (CQL any semantics).
        value
            .elements()
            .iter()
            .any(|v| compare(property, v, &self.value).is_some_and(|o| self.op.holds(o)))
    }
}

/// The property at a path and its value; `None` if the path leads nowhere or the value is absent.
fn resolve<'a>(
    instance: &'a Instance,
    path: &[String],
) -> Option<(&'static PropertyDescriptor, &'a Value)> {
    let (last, front) = path.split_last()?;
    let mut current = instance;
    for name in front {
        current = current.value(name).as_instance()?;
    }
    let (at, property) = current.class().property(last)?;
    current.at(at).map(|value| (property, value))
}

pub(crate) fn compare(
    property: &PropertyDescriptor,
    value: &Value,
    literal: &Literal,
) -> Option<Ordering> {
    match (value, literal) {
        (Value::String(a), Literal::Caseless(b)) if property.reference_class.is_none() => {
            Some(caseless_order(a, b))
        }
        (Value::Char16(a), Literal::Caseless(b)) => {
            Some(caseless_order(&String::from_utf16_lossy(&[*a]), b))
        }
        // Case matters to no other type, and identity is exact.
        (value, Literal::Caseless(b)) => compare(property, value, &Literal::String(b.clone())),
        (Value::String(a), Literal::String(b)) => match property.reference_class {
            Some(_) => Some(a.as_str().cmp(reference_target(b).as_ref())),
            None => Some(a.as_str().cmp(b)),
        },
        (Value::DateTime(a), Literal::DateTime(b)) => compare_datetimes(a, b),
        (Value::DateTime(a), Literal::String(b)) => {
            let b = DateTime::parse_cim(b)
                .or_else(|_| DateTime::parse_xs_datetime(b))
                .or_else(|_| DateTime::parse_xs_duration(b))
                .ok()?;
            compare_datetimes(a, &b)
        }
        (Value::Boolean(a), Literal::Boolean(b)) => Some(a.cmp(b)),
        (Value::Boolean(a), Literal::String(b)) => {
            Some(a.to_string().as_str().cmp(&b.to_ascii_lowercase()))
        }
        (Value::Unsigned(a), Literal::Integer(b)) => Some(i128::from(*a).cmp(b)),
        (Value::Signed(a), Literal::Integer(b)) => Some(i128::from(*a).cmp(b)),
        (Value::Unsigned(_) | Value::Signed(_), Literal::String(b)) if property.ty.is_integer() => {
            let b: i128 = b.trim().parse().ok()?;
            compare(property, value, &Literal::Integer(b))
        }
        (Value::Unsigned(a), Literal::Real(b)) => (*a as f64).partial_cmp(b),
        (Value::Signed(a), Literal::Real(b)) => (*a as f64).partial_cmp(b),
        (Value::Real(a), Literal::Real(b)) => a.partial_cmp(b),
        (Value::Real(a), Literal::Integer(b)) => a.partial_cmp(&(*b as f64)),
        (Value::Char16(a), Literal::String(b)) => Some(String::from_utf16_lossy(&[*a]).cmp(b)),
        (Value::Char16(a), Literal::Integer(b)) => Some(i128::from(*a).cmp(b)),
        (Value::Reference(a), Literal::String(b)) => {
            let target = reference_target(b);
            a.instance_id().map(|id| id.cmp(target.as_ref()))
        }
        _ => None,
    }
}

/// How texts sort when case does not count.
fn caseless_order(a: &str, b: &str) -> Ordering {
    a.chars()
        .flat_map(char::to_lowercase)
        .cmp(b.chars().flat_map(char::to_lowercase))
}

fn compare_values(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        (Value::Unsigned(a), Value::Unsigned(b)) => Some(a.cmp(b)),
        (Value::Signed(a), Value::Signed(b)) => Some(a.cmp(b)),
        (Value::Unsigned(a), Value::Signed(b)) => Some(i128::from(*a).cmp(&i128::from(*b))),
        (Value::Signed(a), Value::Unsigned(b)) => Some(i128::from(*a).cmp(&i128::from(*b))),
        (Value::Real(a), Value::Real(b)) => a.partial_cmp(b),
        (Value::Boolean(a), Value::Boolean(b)) => Some(a.cmp(b)),
        (Value::DateTime(a), Value::DateTime(b)) => compare_datetimes(a, b),
        (Value::Null, _) | (_, Value::Null) => None,
        (a, b) if a == b => Some(Ordering::Equal),
        _ => None,
    }
}

fn compare_datetimes(a: &DateTime, b: &DateTime) -> Option<Ordering> {
    match (a.instant_micros(), b.instant_micros()) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        (None, None) => Some(a.interval_micros().cmp(&b.interval_micros())),
        _ => None,
    }
}

/// How two values of one property sort: NULL first, then by value; strings by code point.
pub fn sort_order(a: &Value, b: &Value) -> Ordering {
    match (a.is_null(), b.is_null()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => compare_values(a, b).unwrap_or(Ordering::Equal),
    }
}

/// The InstanceID that a reference literal means: an object path is reduced to its key; a bare
/// InstanceID stands for itself.
pub(crate) fn reference_target(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(".InstanceID=")
        && let Ok(path) = cim_core::ObjectPath::parse(text)
        && let Some(id) = path.instance_id()
    {
        return id.to_owned().into();
    }
    text.into()
}

/// Whether a literal can be compared with a property of this type at all; parsers use it to refuse
/// nonsense early.
pub fn comparable(ty: CimType, literal: &Literal) -> bool {
    match literal {
        Literal::String(_) | Literal::Caseless(_) | Literal::Path(_) => true,
        Literal::Integer(_) | Literal::Real(_) => {
            ty.is_integer() || matches!(ty, CimType::Real32 | CimType::Real64 | CimType::Char16)
        }
        Literal::Boolean(_) => ty == CimType::Boolean,
        Literal::DateTime(_) => ty == CimType::DateTime,
    }
}
