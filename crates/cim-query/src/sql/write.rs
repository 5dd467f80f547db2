//! From a [`Predicate`] to WQL, for a service that filters before it sends.
//!
//! What is written never excludes an instance that the predicate accepts, whatever the service thinks of case,
//! NULL and LIKE; it may accept more. So whoever sends it filters the results once more, and loses nothing.
//! Left out is what services understand differently: the order of strings and times, what is inside of embedded
//! instances and arrays, NOT (which is unknown for NULL in one place and true in another), and secrets.

use std::fmt::Write as _;

use cim_core::{CimType, ClassDescriptor, Embedded, PropertyDescriptor};

use crate::predicate::reference_target;
use crate::{CompareOp, Comparison, Literal, Predicate};

/// `SELECT * FROM class WHERE ...` with as much of the predicate as can be said; `None` if that is nothing.
/// References are written as object paths in `namespace`, as they are in representations.
pub fn write_wql(
    class: &ClassDescriptor,
    predicate: &Predicate,
    namespace: &str,
) -> Option<String> {
    let writing = Writing { class, namespace };
    let condition = writing.implied(predicate)?;
    Some(format!("SELECT * FROM {} WHERE {condition}", class.name))
}

struct Writing<'a> {
    class: &'a ClassDescriptor,
    namespace: &'a str,
}

impl Writing<'_> {
    /// A condition that holds wherever the predicate does.
    fn implied(&self, predicate: &Predicate) -> Option<String> {
        match predicate {
            Predicate::And(all) => joined(all.iter().filter_map(|p| self.implied(p)), " AND "),
            Predicate::Or(any) => {
                let any: Option<Vec<String>> = any.iter().map(|p| self.implied(p)).collect();
                joined(any?.into_iter(), " OR ")
            }
            Predicate::Not(inner) => match &**inner {
                Predicate::IsNull(path) => Some(format!("{} IS NOT NULL", self.scalar(path)?.name)),
                _ => None,
            },
            Predicate::IsNull(path) => Some(format!("{} IS NULL", self.scalar(path)?.name)),
            Predicate::Compare(comparison) => self.comparison(comparison),
            Predicate::Like { path, pattern } => {
                let property = self.scalar(path)?;
                let text = property.ty == CimType::String && property.reference_class.is_none();
                text.then(|| format!("{} LIKE {}", property.name, quoted(pattern)))
            }
            Predicate::Isa { .. } | Predicate::NamedValue { .. } | Predicate::Selected { .. } => {
                None
            }
        }
    }

    fn comparison(&self, comparison: &Comparison) -> Option<String> {
        let property = self.scalar(&comparison.path)?;
        let op = match comparison.op {
            CompareOp::Eq => "=",
            CompareOp::Ne => "<>",
            CompareOp::Lt => "<",
            CompareOp::Le => "<=",
            CompareOp::Gt => ">",
            CompareOp::Ge => ">=",
        };
        let equal = comparison.op == CompareOp::Eq;
        let value = match (&comparison.value, property.ty) {
            (Literal::Integer(n), ty) if ty.is_integer() => n.to_string(),
            (Literal::Boolean(b), CimType::Boolean)
                if matches!(comparison.op, CompareOp::Eq | CompareOp::Ne) =>
            {
                b.to_string().to_uppercase()
            }
            (Literal::String(text) | Literal::Caseless(text), CimType::String) if equal => {
                match property.reference_class {
                    None => quoted(text),
                    Some(class) => {
                        let id = reference_target(text)
                            .replace('\\', "\\\\")
                            .replace('"', "\\\"");
                        quoted(&format!("/{}:{class}.InstanceID=\"{id}\"", self.namespace))
                    }
                }
            }
            _ => return None,
        };
        Some(format!("{} {op} {value}", property.name))
    }

    /// The property of the class itself that a path names, if every service can compare it.
    fn scalar(&self, path: &[String]) -> Option<&'static PropertyDescriptor> {
        let [name] = path else { return None };
        let (_, property) = self.class.property(name)?;
        let plain = !property.is_array && property.embedded == Embedded::No && property.flags.read;
        plain.then_some(property)
    }
}

fn joined(mut parts: impl Iterator<Item = String>, word: &str) -> Option<String> {
    let first = parts.next()?;
    let mut text = first;
    let mut several = false;
    for part in parts {
        several = true;
        let _ = write!(text, "{word}{part}");
    }
    Some(if several { format!("({text})") } else { text })
}

/// A WQL string: a backslash takes the meaning from the character behind it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse_wql;
    use crate::sql::tests::{SCHEMA, system};

    fn compare(property: &str, op: CompareOp, value: Literal) -> Predicate {
        Predicate::Compare(Comparison {
            path: vec![property.to_owned()],
            op,
            value,
        })
    }

    fn written(predicate: &Predicate) -> Option<String> {
        write_wql(SCHEMA.class("XYZ_System")?, predicate, "root/x")
    }

    #[test]
    fn what_can_be_said_is_said() {
        let text = |text: &str| Literal::String(text.to_owned());
        let name = || vec!["Name".to_owned()];
        let since = compare("Since", CompareOp::Gt, text("20261124100000.000000+000"));
        let running = compare("State", CompareOp::Ge, Literal::Integer(2));
        let like = Predicate::Like {
            path: name(),
            pattern: "it's%".into(),
        };
        for (predicate, expected) in [
            (
                compare("name", CompareOp::Eq, text("a\\'b")),
                Some("Name = 'a\\\\\\'b'"),
            ),
            (compare("Name", CompareOp::Ne, text("a")), None),
            (compare("Name", CompareOp::Lt, text("a")), None),
            (compare("Names", CompareOp::Eq, text("a")), None),
            (since.clone(), None),
            (
                compare("Owner", CompareOp::Eq, text("o/1")),
                Some("Owner = '/root/x:XYZ_Base.InstanceID=\"o/1\"'"),
            ),
            (
                compare("Enabled", CompareOp::Ne, Literal::Boolean(true)),
                Some("Enabled <> TRUE"),
            ),
            (Predicate::IsNull(name()), Some("Name IS NULL")),
            (
                Predicate::Not(Box::new(Predicate::IsNull(name()))),
                Some("Name IS NOT NULL"),
            ),
            (Predicate::Not(Box::new(running.clone())), None),
            (
                Predicate::And(vec![since.clone(), running.clone(), like.clone()]),
                Some("(State >= 2 AND Name LIKE 'it\\'s%')"),
            ),
            (Predicate::Or(vec![since, running.clone()]), None),
            (
                Predicate::Or(vec![like, running]),
                Some("(Name LIKE 'it\\'s%' OR State >= 2)"),
            ),
            (Predicate::And(Vec::new()), None),
        ] {
            let expected = expected.map(|e| format!("SELECT * FROM XYZ_System WHERE {e}"));
            assert_eq!(written(&predicate), expected, "{predicate:?}");
        }
    }

    fn predicates() -> impl Strategy<Value = Predicate> {
        let literal = prop_oneof![
            "[ -~]{0,6}".prop_map(Literal::String),
            Just(Literal::String("Web-01".into())),
            Just(Literal::Caseless("web-01".into())),
            (-6i128..6).prop_map(Literal::Integer),
            any::<bool>().prop_map(Literal::Boolean),
        ];
        let op = prop_oneof![
            Just(CompareOp::Eq),
            Just(CompareOp::Ne),
            Just(CompareOp::Lt),
            Just(CompareOp::Ge)
        ];
        let name = prop_oneof![
            Just("Name"),
            Just("State"),
            Just("Offset"),
            Just("Enabled"),
            Just("Owner"),
            Just("Names")
        ];
        let leaf = prop_oneof![
            (name.clone(), op, literal).prop_map(|(name, op, value)| compare(name, op, value)),
            name.clone()
                .prop_map(|name| Predicate::IsNull(vec![name.to_owned()])),
            "[%_a-zA-Z'0-9-]{0,7}".prop_map(|pattern| Predicate::Like {
                path: vec!["Name".to_owned()],
                pattern,
            }),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            let some = proptest::collection::vec(inner.clone(), 0..3);
            prop_oneof![
                some.clone().prop_map(Predicate::And),
                some.prop_map(Predicate::Or),
                inner.prop_map(|p| Predicate::Not(Box::new(p))),
            ]
        })
    }

    proptest! {
        /// Whatever the predicate accepts, the query accepts; and the query can be read.
        #[test]
        fn nothing_is_lost(predicate in predicates()) {
            if let Some(text) = written(&predicate) {
                match parse_wql(&text, &SCHEMA) {
                    Ok(query) => {
                        let wider = query.predicate.expect("a condition");
                        prop_assert!(!predicate.matches(&system()) || wider.matches(&system()), "{}", text);
                    }
                    Err(error) => {
                        // A literal of another type than the property's: nothing is equal to it.
                        prop_assert!(!error.message().contains("expected here"), "{text}: {error}");
                    }
                }
            }
        }
    }
}
