//! The lexical forms of CIM's scalar types (DSP0230 9, Table 3).

use cim_core::{CimType, Value};

use crate::Writer;

/// Why a text is no value of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ScalarError {
    /// It is no value of the kind at all.
    Kind(&'static str),
    /// It is a number, but beyond the type's range.
    Range(String),
}

/// Writes a scalar as the content of the element just opened. References, datetimes and instances have
/// content of their own and are not written here.
pub(super) fn write(writer: &mut Writer<'_>, ty: CimType, value: &Value) {
    match value {
        Value::Boolean(b) => writer.raw(if *b { "true" } else { "false" }),
        Value::Unsigned(n) => writer.unsigned(*n),
        Value::Signed(n) => {
            if *n < 0 {
                writer.raw("-");
            }
            writer.unsigned(n.unsigned_abs());
        }
        Value::Real(n) => writer.raw(&real(ty, *n)),
        // A lone surrogate has no form in XML.
        Value::Char16(unit) => {
            let c = char::from_u32(u32::from(*unit)).unwrap_or(char::REPLACEMENT_CHARACTER);
            writer.text(c.encode_utf8(&mut [0; 4]));
        }
        Value::String(text) => writer.text(text),
        Value::Null
        | Value::DateTime(_)
        | Value::Reference(_)
        | Value::Instance(_)
        | Value::Array(_) => {}
    }
}

/// `xs:float` and `xs:double`: the shortest text that reads back to the same number.
fn real(ty: CimType, n: f64) -> String {
    if n.is_nan() {
        return "NaN".to_owned();
    }
    if n.is_infinite() {
        return if n > 0.0 { "INF" } else { "-INF" }.to_owned();
    }
    let plain = n == 0.0 || (1e-5..1e16).contains(&n.abs());
    match (ty, plain) {
        (CimType::Real32, true) => (n as f32).to_string(),
        (CimType::Real32, false) => format!("{:e}", n as f32),
        (_, true) => n.to_string(),
        (_, false) => format!("{n:e}"),
    }
}

/// Reads a scalar of type `ty`. Strings keep their text; all others are trimmed.
///
/// # Errors
/// A text that is no such value, or a number beyond the range of the type.
pub(super) fn read(ty: CimType, text: &str) -> Result<Value, ScalarError> {
    if ty == CimType::String {
        return Ok(Value::from(text));
    }
    if ty == CimType::Char16 {
        return char16(text);
    }
    let text = text.trim();
    match ty {
        CimType::Boolean => match text {
            "true" | "1" => Ok(Value::Boolean(true)),
            "false" | "0" => Ok(Value::Boolean(false)),
            _ if text.eq_ignore_ascii_case("true") => Ok(Value::Boolean(true)),
            _ if text.eq_ignore_ascii_case("false") => Ok(Value::Boolean(false)),
            _ => Err(ScalarError::Kind("a boolean (true or false)")),
        },
        CimType::Real32 | CimType::Real64 => real_of(ty, text),
        _ => integer(ty, text),
    }
}

fn integer(ty: CimType, text: &str) -> Result<Value, ScalarError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ScalarError::Kind("an integer"));
    }
    // Digits only: a failure to parse is a number too large for 128 bits, beyond every range.
    let n: Option<i128> = text.parse().ok();
    if let Some(max) = ty.unsigned_max() {
        return n
            .and_then(|n| u64::try_from(n).ok())
            .filter(|n| *n <= max)
            .map(Value::Unsigned)
            .ok_or_else(|| ScalarError::Range(format!("{ty} goes from 0 to {max}")));
    }
    let Some((min, max)) = ty.signed_range() else {
        return Err(ScalarError::Kind("a simple value"));
    };
    n.and_then(|n| i64::try_from(n).ok())
        .filter(|n| (min..=max).contains(n))
        .map(Value::Signed)
        .ok_or_else(|| ScalarError::Range(format!("{ty} goes from {min} to {max}")))
}

fn real_of(ty: CimType, text: &str) -> Result<Value, ScalarError> {
    match text {
        "INF" | "+INF" => return Ok(Value::Real(f64::INFINITY)),
        "-INF" => return Ok(Value::Real(f64::NEG_INFINITY)),
        "NaN" => return Ok(Value::Real(f64::NAN)),
        _ => {}
    }
    // Rust also reads `inf`, `infinity` and `nan`, which are no numbers in XML Schema.
    let numeric = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    let parsed: Option<f64> = numeric.then(|| text.parse().ok()).flatten();
    let Some(n) = parsed else {
        return Err(ScalarError::Kind("a real number"));
    };
    let n = if ty == CimType::Real32 {
        f64::from(n as f32)
    } else {
        n
    };
    if n.is_infinite() {
        return Err(ScalarError::Range(format!("it does not fit {ty}")));
    }
    Ok(Value::Real(n))
}

fn char16(text: &str) -> Result<Value, ScalarError> {
    let mut units = text.encode_utf16();
    match (units.next(), units.next()) {
        (Some(unit), None) => Ok(Value::Char16(unit)),
        _ => Err(ScalarError::Kind(
            "one character of the Basic Multilingual Plane",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexical_forms_that_are_accepted() {
        use CimType::*;
        for (ty, text, value) in [
            (Boolean, " TRUE\n", Value::Boolean(true)),
            (Boolean, "0", Value::Boolean(false)),
            (Uint8, "+0255", Value::Unsigned(255)),
            (Uint64, "18446744073709551615", Value::Unsigned(u64::MAX)),
            (Uint32, "-0", Value::Unsigned(0)),
            (Sint64, "-9223372036854775808", Value::Signed(i64::MIN)),
            (Sint8, " -128 ", Value::Signed(-128)),
            (Real64, "1e-3", Value::Real(0.001)),
            (Real32, "0.1", Value::Real(f64::from(0.1f32))),
            (Real64, "-INF", Value::Real(f64::NEG_INFINITY)),
            (Char16, " ", Value::Char16(32)),
            (String, " a\n", Value::from(" a\n")),
        ] {
            assert_eq!(read(ty, text), Ok(value), "{ty} {text:?}");
        }
    }

    #[test]
    fn what_is_no_value_says_why() {
        use CimType::*;
        for (ty, text) in [
            (Boolean, "yes"),
            (Uint8, ""),
            (Uint8, "1.0"),
            (Uint8, "0x1"),
            (Uint8, "--1"),
            (Real64, "inf"),
            (Real64, "nan"),
            (Real64, "1,5"),
            (Real64, ""),
            (Char16, "ab"),
            (Char16, "\u{1F600}"),
            (Char16, ""),
        ] {
            assert!(
                matches!(read(ty, text), Err(ScalarError::Kind(_))),
                "{ty} {text:?}"
            );
        }
        for (ty, text) in [
            (Uint8, "256"),
            (Uint8, "-1"),
            (Sint8, "128"),
            (Uint64, "18446744073709551616"),
            (Sint64, "99999999999999999999999999999999999999999999"),
            (Real32, "1e39"),
            (Real64, "1e400"),
        ] {
            assert!(
                matches!(read(ty, text), Err(ScalarError::Range(_))),
                "{ty} {text:?}"
            );
        }
    }

    #[test]
    fn reals_are_short_and_exact() {
        for (ty, n, text) in [
            (CimType::Real32, f64::from(0.1f32), "0.1"),
            (CimType::Real64, 0.1, "0.1"),
            (CimType::Real64, 1e300, "1e300"),
            (CimType::Real64, -5e-324, "-5e-324"),
            (CimType::Real64, -0.0, "-0"),
            (CimType::Real32, f64::from(f32::MAX), "3.4028235e38"),
            (CimType::Real64, f64::INFINITY, "INF"),
        ] {
            assert_eq!(real(ty, n), text);
        }
    }
}
