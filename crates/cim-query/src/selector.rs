//! The selector filter of WS-Management (DSP0226 8.2.2): every selector names a property, and an instance
//! passes if all are equal.

use cim_core::{
    CimError, CimType, ClassDescriptor, Embedded, ErrorKind, PropertyDescriptor, nearest,
};

use crate::{CompareOp, Comparison, Literal, Predicate};

/// The predicate of a selector filter on instances of `class`.
///
/// # Errors
/// `InvalidQuery`, with the selector as subject: an unknown property, one given twice, one that is an
/// array, datetime, reference or embedded instance, a value of another type, and a string with a
/// quotation mark (which the dialect, as deployed, does not allow).
pub fn parse_selector_filter<'s>(
    class: &'static ClassDescriptor,
    selectors: impl IntoIterator<Item = (&'s str, &'s str)>,
) -> Result<Predicate, CimError> {
    let mut all: Vec<Predicate> = Vec::new();
    let mut seen: Vec<&'static str> = Vec::new();
    for (name, text) in selectors {
        let fail =
            |message: String| CimError::new(ErrorKind::InvalidQuery, message).with_subject(name);
        let Some((_, property)) = class.property(name) else {
            let hint = nearest(name, class.properties.iter().map(|p| p.name))
                .map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
            return Err(fail(format!(
                "Class {} has no property `{name}`.{hint}",
                class.name
            )));
        };
        if seen.contains(&property.name) {
            return Err(fail(format!(
                "The selector `{}` is given twice.",
                property.name
            )));
        }
        seen.push(property.name);
        let value = literal(property, text).map_err(|why| {
            fail(format!(
                "The selector `{}` cannot filter: {why}.",
                property.name
            ))
        })?;
        all.push(Predicate::Compare(Comparison {
            path: vec![property.name.to_owned()],
            op: CompareOp::Eq,
            value,
        }));
    }
    Ok(match (all.pop(), all.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            all.extend(last);
            Predicate::And(all)
        }
    })
}

fn literal(property: &PropertyDescriptor, text: &str) -> Result<Literal, String> {
    if property.is_array {
        return Err("it is an array".to_owned());
    }
    if property.embedded != Embedded::No {
        return Err("it is an embedded instance".to_owned());
    }
    let text = text.trim();
    match property.ty {
        CimType::DateTime => Err("it is a datetime".to_owned()),
        CimType::Reference => Err("it is a reference".to_owned()),
        CimType::Boolean if text == "1" || text.eq_ignore_ascii_case("true") => {
            Ok(Literal::Boolean(true))
        }
        CimType::Boolean if text == "0" || text.eq_ignore_ascii_case("false") => {
            Ok(Literal::Boolean(false))
        }
        CimType::Boolean => Err(format!("`{text}` is no boolean")),
        CimType::Real32 | CimType::Real64 => text
            .parse()
            .map(Literal::Real)
            .map_err(|_| format!("`{text}` is no number")),
        CimType::String if property.reference_class.is_some() => {
            Ok(Literal::String(text.to_owned()))
        }
        CimType::String | CimType::Char16 if text.contains(['"', '\'']) => {
            Err("its value has a quotation mark".to_owned())
        }
        CimType::String | CimType::Char16 => Ok(Literal::String(text.to_owned())),
        _ => text
            .parse()
            .map(Literal::Integer)
            .map_err(|_| format!("`{text}` is no integer")),
    }
}
