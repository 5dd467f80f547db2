//! Units of amounts: programmatic units of CIM (`byte * 2^20`, DSP0004 Annex C), and the words that older
//! packages have.

/// Words that packages made before DSP0243 1.1 use.
const WORDS: [(&str, u64); 8] = [
    ("bytes", 1),
    ("kilobytes", 1 << 10),
    ("megabytes", 1 << 20),
    ("gigabytes", 1 << 30),
    ("kb", 1 << 10),
    ("mb", 1 << 20),
    ("gb", 1 << 30),
    ("tb", 1 << 40),
];

/// How many bytes a unit is; `None` if it is no unit of bytes that is known, or too large.
pub(crate) fn bytes_in(unit: &str) -> Option<u64> {
    let unit = unit.trim().to_ascii_lowercase();
    if let Some((_, bytes)) = WORDS.iter().find(|(word, _)| *word == unit) {
        return Some(*bytes);
    }
    let mut factors = unit.split('*').map(str::trim);
    if factors.next()? != "byte" {
        return None;
    }
    factors.try_fold(1_u64, |product, factor| {
        let value = match factor.split_once('^') {
            Some((base, exponent)) => {
                let base: u64 = base.trim().parse().ok()?;
                base.checked_pow(exponent.trim().parse().ok()?)?
            }
            None => factor.parse().ok()?,
        };
        product.checked_mul(value)
    })
}

#[cfg(test)]
mod tests {
    use super::bytes_in;

    #[test]
    fn units_are_read() {
        for (unit, bytes) in [
            ("byte", Some(1)),
            ("byte * 2^10", Some(1 << 10)),
            ("byte*2^30", Some(1 << 30)),
            ("byte * 10^9", Some(1_000_000_000)),
            ("byte * 4 * 2^10", Some(4096)),
            ("MegaBytes", Some(1 << 20)),
            ("byte * 2^64", None),
            ("byte * 2^x", None),
            ("hertz * 10^6", None),
            ("", None),
        ] {
            assert_eq!(bytes_in(unit), bytes, "{unit}");
        }
    }
}
