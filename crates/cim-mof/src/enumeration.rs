//! Enumerations of DSP0221 as CIM 2.x has them: an integer or string with ValueMap and Values.

use cim_core::{CimType, QualifierValue, ValueMap};

use crate::ast::{Enumeration, Literal};
use crate::compile::Compilation;
use crate::lower::{leak, leak_str, qualifier_value};
use crate::name;

/// An enumeration as the type and the value map of a property.
pub(crate) struct Lowered {
    pub ty: CimType,
    pub map: ValueMap,
}

impl Lowered {
    /// What a literal stands for.
    pub(crate) fn value(&self, literal: &Literal) -> Option<QualifierValue> {
        let Literal::Enumerator(pair) = literal else {
            return None;
        };
        let at = self
            .map
            .names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(&pair.1.text))?;
        let value = *self.map.values.get(at)?;
        Some(match self.ty {
            CimType::String => QualifierValue::String(value),
            _ => value
                .parse()
                .map_or(QualifierValue::Null, QualifierValue::Signed),
        })
    }
}

/// Enumerations above one: more than any schema has.
const MAX_DEPTH: usize = 64;

pub(crate) fn lower(compilation: &Compilation, enumeration: &Enumeration) -> Lowered {
    let mut line = vec![enumeration];
    let mut ty = CimType::Sint64;
    for _ in 0..MAX_DEPTH {
        let Some(last) = line.last() else { break };
        if last.base.key == name::STRING {
            ty = CimType::String;
        }
        match compilation.enumeration(last.namespace, last.base.key) {
            Some(base) => line.push(base),
            None => break,
        }
    }
    let (mut values, mut names) = (Vec::new(), Vec::new());
    for literal in line.iter().rev().flat_map(|e| &e.literals) {
        names.push(leak_str(&literal.name.text));
        values.push(match literal.value.as_ref().map(|v| &v.value) {
            Some(Literal::Integer(n)) => leak_str(&n.value().to_string()),
            Some(Literal::String(text)) => {
                match qualifier_value(&Literal::String(text.clone()), ty) {
                    QualifierValue::String(text) => text,
                    _ => "",
                }
            }
            _ => leak_str(&literal.name.text),
        });
    }
    Lowered {
        ty,
        map: ValueMap {
            values: leak(values),
            names: leak(names),
        },
    }
}
