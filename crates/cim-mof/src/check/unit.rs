//! Programmatic units (DSP0004 annex C): `byte`, `bit / second`, `byte * 10^3`, `decibel(m) * -1`.

/// What is wrong with a unit, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Byte offset in the text.
    pub at: usize,
    pub message: String,
    /// The form is right, the base unit is not known.
    pub is_unknown: bool,
}

const PREFIXES: &[&str] = &[
    "deca", "hecto", "kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta", "deci",
    "centi", "milli", "micro", "nano", "pico", "femto", "atto", "zepto", "yocto", "kibi", "mebi",
    "gibi", "tebi", "pebi", "exbi", "zebi", "yobi",
];

/// The base units of DSP0004 annex C, as far as we know them; whatever is missing is a warning only.
const BASE_UNITS: &[&str] = &[
    "percent",
    "permille",
    "decibel",
    "decibel(A)",
    "decibel(B)",
    "decibel(C)",
    "decibel(m)",
    "count",
    "revolution",
    "degree",
    "radian",
    "steradian",
    "bit",
    "byte",
    "word",
    "dot",
    "pixel",
    "digit",
    "character",
    "cycle",
    "frame",
    "packet",
    "block",
    "page",
    "sample",
    "step",
    "meter",
    "metre",
    "inch",
    "foot",
    "yard",
    "mile",
    "gram",
    "ounce",
    "pound",
    "ton",
    "tonne",
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "hertz",
    "hectare",
    "acre",
    "liter",
    "litre",
    "fluid ounce",
    "liquid gallon",
    "dry gallon",
    "joule",
    "watt",
    "watthour",
    "british thermal unit",
    "british-thermal-unit",
    "volt",
    "ampere",
    "ohm",
    "siemens",
    "farad",
    "coulomb",
    "tesla",
    "weber",
    "henry",
    "volt ampere",
    "volt ampere reactive",
    "newton",
    "pascal",
    "bar",
    "atmosphere",
    "degree celsius",
    "degree fahrenheit",
    "degree kelvin",
    "kelvin",
    "candela",
    "lumen",
    "lux",
    "becquerel",
    "gray",
    "sievert",
    "mole",
    "u",
    "rack unit",
    "poise",
    "event",
    "user",
    "process",
    "thread",
    "core",
    "request",
    "operation",
    "transaction",
    "bel",
    "neper",
    "electronvolt",
    "rpm",
];

/// Whether a text is a unit of known base units.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let mut at = 0;
    let bytes = text.as_bytes();
    let skip = |mut at: usize| {
        while bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        at
    };
    if bytes.first() == Some(&b'-') {
        at += 1;
    }
    loop {
        at = skip(at);
        let end = text[at..].find(['*', '/']).map_or(text.len(), |n| at + n);
        element(text[at..end].trim_end(), at)?;
        if end == text.len() {
            return Ok(());
        }
        at = end + 1;
    }
}

fn element(text: &str, at: usize) -> Result<(), Fault> {
    let fault = |at: usize, message: String| Fault {
        at,
        message,
        is_unknown: false,
    };
    if text.is_empty() {
        return Err(fault(at, "a unit or a number is missing".to_owned()));
    }
    let number = text.strip_prefix(['-', '+']).unwrap_or(text);
    if number.starts_with(|c: char| c.is_ascii_digit()) {
        return match number.split_once('^') {
            Some((base, exponent)) => {
                let exponent = exponent.strip_prefix('-').unwrap_or(exponent);
                let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
                if digits(base.trim_end()) && digits(exponent.trim_start()) {
                    Ok(())
                } else {
                    Err(fault(at, format!("`{text}` is no power")))
                }
            }
            None => match number.parse::<f64>() {
                Ok(_) => Ok(()),
                Err(_) => Err(fault(at, format!("`{text}` is no number"))),
            },
        };
    }
    let (unit, exponent) = match text.split_once('^') {
        Some((unit, exponent)) => (unit.trim_end(), Some(exponent)),
        None => (text, None),
    };
    if let Some(exponent) = exponent {
        let digits = exponent.trim_start();
        let digits = digits.strip_prefix('-').unwrap_or(digits);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            let place = at + text.len() - exponent.len();
            return Err(fault(place, format!("`{exponent}` is no exponent")));
        }
    }
    let is_known = |unit: &str| BASE_UNITS.contains(&unit);
    // `org:unit` is a unit of somebody's own.
    let is_vendor = unit
        .split_once(':')
        .is_some_and(|(org, unit)| !org.is_empty() && !unit.is_empty());
    let is_prefixed = PREFIXES.iter().any(|p| {
        unit.strip_prefix(p)
            .is_some_and(|rest| is_known(rest.trim_start()))
    });
    if is_known(unit) || is_vendor || is_prefixed {
        return Ok(());
    }
    let message = match cim_core::nearest(unit, BASE_UNITS.iter().copied()) {
        Some(similar) => format!("base unit `{unit}` is not known, did you mean `{similar}`?"),
        None => format!("base unit `{unit}` is not known"),
    };
    Err(Fault {
        is_unknown: true,
        ..fault(at, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_dmtf_are_units() {
        for text in [
            "byte",
            "bit / second",
            "percent",
            "byte * 10^3",
            "decibel(m) * -1",
            "hertz * 10^6",
            "kibibyte",
            "second * 10^-9",
            "degree celsius",
            "meter^2",
            "joule / kilogram",
            "fluid ounce",
            "watt * hour * 0.1",
            "acme:quux",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_found_where_it_is() {
        let fault = |text| check(text).unwrap_err();
        assert_eq!(fault("byte * ").at, 7);
        assert_eq!(fault("").at, 0);
        assert_eq!(fault("byte / secund").at, 7);
        assert!(fault("bytes").message.contains("did you mean `byte`"));
        assert_eq!(fault("meter^x").at, 6);
        assert_eq!(fault("byte * 10^").at, 7);
        assert_eq!(fault("byte * 1.2.3").at, 7);
    }
}
