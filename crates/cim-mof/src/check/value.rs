//! Literals: whether they may stand where a type is declared, and what they mean.

use cim_core::CimType;

use crate::ast::{Literal, QualifierUse};

/// The value of a qualifier; TRUE where none is written.
pub(super) fn value_of(used: &QualifierUse) -> &Literal {
    used.value
        .as_ref()
        .map_or(&Literal::Boolean(true), |value| &value.value)
}

pub(super) fn is_true(used: &QualifierUse) -> bool {
    match &used.value {
        None => true,
        Some(value) => value.value == Literal::Boolean(true),
    }
}

/// Whether a literal may stand where the type is declared; otherwise what would be right.
pub(super) fn fits(value: &Literal, ty: CimType, is_array: bool) -> Result<(), String> {
    match value {
        Literal::Null => Ok(()),
        Literal::Array(items) if is_array => {
            items.iter().try_for_each(|item| fits(item, ty, false))
        }
        _ if is_array => Err(format!("an array of {ty}, such as {{ ... }}")),
        Literal::Array(_) => Err(format!("a single {ty}")),
        Literal::Boolean(_) if ty == CimType::Boolean => Ok(()),
        Literal::String(_) if matches!(ty, CimType::String | CimType::DateTime) => Ok(()),
        Literal::Char(_) if ty == CimType::Char16 => Ok(()),
        Literal::Real(_) if matches!(ty, CimType::Real32 | CimType::Real64) => Ok(()),
        Literal::Integer(n) => {
            let unsigned = ty
                .unsigned_max()
                .is_some_and(|max| (0..=i128::from(max)).contains(n));
            let signed = ty
                .signed_range()
                .is_some_and(|(min, max)| (i128::from(min)..=i128::from(max)).contains(n));
            let real = matches!(ty, CimType::Real32 | CimType::Real64);
            if unsigned || signed || real {
                Ok(())
            } else {
                Err(format!("a {ty}"))
            }
        }
        _ => Err(format!("a {ty}")),
    }
}

/// `n`, `n..m`, `n..`, `..m`
pub(super) fn is_range(entry: &str, ty: CimType) -> bool {
    let number = |text: &str| -> bool {
        let text = text.trim();
        let parsed = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            Some(hex) => i128::from_str_radix(hex, 16),
            None => text.parse::<i128>(),
        };
        parsed.is_ok_and(|n| fits(&Literal::Integer(n), ty, false).is_ok())
    };
    match entry.split_once("..") {
        None => number(entry),
        Some((from, to)) => (from.is_empty() || number(from)) && (to.is_empty() || number(to)),
    }
}
