//! Literals: whether they may stand where a type is declared.

use cim_core::CimType;

use crate::ast::{ArrayShape, Literal, QualifierUse, Spanned};
use crate::source::Span;

/// The value of a qualifier; TRUE where none is written.
pub(super) fn value_of(used: &QualifierUse) -> &Literal {
    used.value
        .as_ref()
        .map_or(&Literal::Boolean(true), |value| &value.value)
}

/// Why a literal may not stand where a type is declared.
#[derive(Debug)]
pub(super) struct Misfit {
    /// The literal, or the element of the array.
    pub span: Span,
    /// What would be right.
    pub expected: String,
    /// A single value where an array is declared, or an array where a single value is.
    pub is_shape: bool,
    /// A single value, right but for the braces.
    pub lacks_braces: bool,
}

/// Whether a literal may stand where the type is declared.
pub(super) fn fits(value: &Spanned<Literal>, ty: CimType, is_array: bool) -> Result<(), Misfit> {
    let shape = |expected: String, lacks_braces| Misfit {
        span: value.span,
        expected,
        is_shape: true,
        lacks_braces,
    };
    match &value.value {
        Literal::Null => Ok(()),
        Literal::Array(items) if is_array => items.iter().try_for_each(|item| single(item, ty)),
        Literal::Array(_) => Err(shape(format!("a single {ty}"), false)),
        _ if is_array => {
            let lacks_braces = single(value, ty).is_ok();
            Err(shape(
                format!("an array of {ty}, such as {{ ... }}"),
                lacks_braces,
            ))
        }
        _ => single(value, ty),
    }
}

fn single(value: &Spanned<Literal>, ty: CimType) -> Result<(), Misfit> {
    let is_real = matches!(ty, CimType::Real32 | CimType::Real64);
    let is_right = match &value.value {
        Literal::Null => true,
        Literal::Boolean(_) => ty == CimType::Boolean,
        Literal::String(_) => matches!(ty, CimType::String | CimType::DateTime),
        Literal::Char(_) => ty == CimType::Char16,
        Literal::Real(_) => is_real,
        Literal::Integer(n) => is_real || in_range(n.value(), ty),
        Literal::Alias(_) | Literal::Instance(_) | Literal::Enumerator(_) | Literal::Array(_) => {
            false
        }
    };
    if is_right {
        return Ok(());
    }
    let expected = match (range_of(ty), &value.value) {
        (Some((min, max)), Literal::Integer(_)) => format!("a {ty}, from {min} to {max}"),
        _ => format!("a {ty}"),
    };
    Err(Misfit {
        span: value.span,
        expected,
        is_shape: false,
        lacks_braces: false,
    })
}

/// The smallest and the largest value of an integer type.
pub(super) fn range_of(ty: CimType) -> Option<(i128, i128)> {
    match (ty.unsigned_max(), ty.signed_range()) {
        (Some(max), _) => Some((0, i128::from(max))),
        (_, Some((min, max))) => Some((i128::from(min), i128::from(max))),
        _ => None,
    }
}

fn in_range(n: i128, ty: CimType) -> bool {
    range_of(ty).is_some_and(|(min, max)| (min..=max).contains(&n))
}

/// Whether an array has more elements than its size.
pub(super) fn is_too_long(value: &Literal, array: ArrayShape) -> Option<u32> {
    match (value, array) {
        (Literal::Array(items), ArrayShape::Fixed(size)) if items.len() > size as usize => {
            Some(size)
        }
        _ => None,
    }
}
