//! Numbers of MOF (DSP0004 annex A): which literal is which, and what is wrong with the others.

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Number {
    Integer(Integer),
    Real(f64),
}

/// An integer of up to 64 bits and a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Integer {
    pub negative: bool,
    pub magnitude: u64,
}

impl Integer {
    pub(crate) fn value(self) -> i128 {
        let magnitude = i128::from(self.magnitude);
        if self.negative { -magnitude } else { magnitude }
    }
}

/// Why a literal is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A digit that the base has not, and the name of the base.
    Digit(char, &'static str),
    /// Too large for 64 bits.
    TooLarge,
    /// A real without a digit behind its point, or with an exponent and no point; the bits of its value.
    NoFraction(u64),
    /// Nothing like a number.
    Malformed,
}

/// The number that a literal stands for.
pub(crate) fn parse(text: &str) -> Result<Number, Fault> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        Some(_) => (false, text),
        None => return Err(Fault::Malformed),
    };
    let is_hex =
        digits.len() > 1 && digits.starts_with('0') && matches!(digits.as_bytes()[1], b'x' | b'X');
    if !is_hex && digits.bytes().any(|b| matches!(b, b'.' | b'e' | b'E')) {
        return real(text, digits);
    }
    let (base, name, digits) = if is_hex {
        (16, "hexadecimal", &digits[2..])
    } else if let Some(binary) = digits.strip_suffix(['b', 'B']) {
        (2, "binary", binary)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (8, "octal", &digits[1..])
    } else {
        (10, "decimal", digits)
    };
    if digits.is_empty() {
        return Err(Fault::Malformed);
    }
    if let Some(bad) = digits.chars().find(|c| !c.is_digit(base)) {
        return Err(Fault::Digit(bad, name));
    }
    let magnitude = u64::from_str_radix(digits, base).map_err(|_| Fault::TooLarge)?;
    if negative && magnitude > 1 << 63 {
        return Err(Fault::TooLarge);
    }
    Ok(Number::Integer(Integer {
        negative: negative && magnitude != 0,
        magnitude,
    }))
}

fn real(text: &str, digits: &str) -> Result<Number, Fault> {
    let value = text.parse::<f64>().map_err(|_| Fault::Malformed)?;
    let is_complete = digits
        .split_once('.')
        .is_some_and(|(_, fraction)| fraction.starts_with(|c: char| c.is_ascii_digit()));
    if is_complete {
        Ok(Number::Real(value))
    } else {
        Err(Fault::NoFraction(value.to_bits()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn integer(text: &str) -> i128 {
        match parse(text) {
            Ok(Number::Integer(n)) => n.value(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn reads_every_base() {
        assert_eq!(integer("42"), 42);
        assert_eq!(integer("+0"), 0);
        assert_eq!(integer("10b"), 2);
        assert_eq!(integer("-101B"), -5);
        assert_eq!(integer("017"), 15);
        assert_eq!(integer("0xfF"), 255);
        assert_eq!(integer("0xb"), 11);
        assert_eq!(integer("0x1e"), 30);
        assert_eq!(integer("18446744073709551615"), i128::from(u64::MAX));
        assert_eq!(integer("-9223372036854775808"), i128::from(i64::MIN));
        assert_eq!(parse(".5"), Ok(Number::Real(0.5)));
        assert_eq!(parse("-1.5e-3"), Ok(Number::Real(-0.0015)));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(parse("018"), Err(Fault::Digit('8', "octal")));
        assert_eq!(parse("102b"), Err(Fault::Digit('2', "binary")));
        assert_eq!(parse("0xg"), Err(Fault::Digit('g', "hexadecimal")));
        assert_eq!(parse("12z"), Err(Fault::Digit('z', "decimal")));
        assert_eq!(parse("18446744073709551616"), Err(Fault::TooLarge));
        assert_eq!(parse("-9223372036854775809"), Err(Fault::TooLarge));
        assert_eq!(parse("5."), Err(Fault::NoFraction(5.0f64.to_bits())));
        assert_eq!(parse("1e5"), Err(Fault::NoFraction(1e5f64.to_bits())));
        assert_eq!(parse("1.2.3"), Err(Fault::Malformed));
        assert_eq!(parse("0x"), Err(Fault::Malformed));
    }

    proptest! {
        #[test]
        fn every_integer_comes_back(n in any::<i64>(), u in any::<u64>()) {
            prop_assert_eq!(integer(&n.to_string()), i128::from(n));
            prop_assert_eq!(integer(&format!("{u:#x}")), i128::from(u));
            prop_assert_eq!(integer(&format!("{u:b}b")), i128::from(u));
        }

        #[test]
        fn any_text_ends(text in "[-+]?[0-9a-fxXbBeE.]{0,20}") {
            let _ = parse(&text);
        }
    }
}
