//! The 25 characters of a datetime, with the place of what is wrong (DSP0004 5.2.4).

/// What is wrong, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Byte offset in the text.
    pub at: usize,
    pub message: String,
    /// Only odd: a leap second, an offset beyond 14 hours.
    pub is_odd: bool,
}

fn fault(at: usize, message: impl Into<String>) -> Result<(), Fault> {
    Err(Fault {
        at,
        message: message.into(),
        is_odd: false,
    })
}

fn odd(at: usize, message: &str) -> Result<(), Fault> {
    Err(Fault {
        at,
        message: message.to_owned(),
        is_odd: true,
    })
}

/// Where the stars of unknown fields may begin, in the first 14 characters.
const TIMESTAMP_FIELDS: [usize; 6] = [0, 4, 6, 8, 10, 12];
const INTERVAL_FIELDS: [usize; 4] = [0, 8, 10, 12];

/// Whether a text is a datetime; with `stars_for_offset` also one whose offset from UTC is unknown, as old
/// data of Microsoft's has it.
pub(super) fn check(text: &str, stars_for_offset: bool) -> Result<(), Fault> {
    if stars_for_offset
        && let Some(local) = text.strip_suffix("***")
        && local.ends_with(['+', '-'])
    {
        return check(&format!("{local}000"), false);
    }
    let b = text.as_bytes();
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !c.is_ascii()) {
        return fault(at, format!("`{}` stands in none", c.escape_debug()));
    }
    if b.len() != 25 {
        let count = b.len();
        return fault(
            b.len().min(24),
            format!("it has {count} characters, not 25"),
        );
    }
    if b[14] != b'.' {
        return fault(14, "a point belongs here");
    }
    let is_interval = match b[21] {
        b':' => true,
        b'+' | b'-' => false,
        _ => return fault(21, "`+` or `-` (timestamp) or `:` (interval) belongs here"),
    };
    if let Some(at) = (0..21)
        .chain(22..25)
        .find(|at| *at != 14 && !(b[*at].is_ascii_digit() || b[*at] == b'*' && *at < 21))
    {
        return fault(at, "a digit belongs here");
    }
    // Stars are contiguous from the right.
    let digits: Vec<(usize, u8)> = (0..21)
        .filter(|at| *at != 14)
        .map(|at| (at, b[at]))
        .collect();
    let first_star = digits
        .iter()
        .position(|(_, c)| *c == b'*')
        .unwrap_or(digits.len());
    if let Some((at, _)) = digits[first_star..].iter().find(|(_, c)| *c != b'*') {
        return fault(*at, "behind a `*` there are only more of them");
    }
    let fields: &[usize] = if is_interval {
        &INTERVAL_FIELDS
    } else {
        &TIMESTAMP_FIELDS
    };
    if first_star < 14 && !fields.contains(&first_star) {
        return fault(first_star, "`*` stands for whole fields");
    }
    let field = |from: usize, to: usize| -> Option<u32> {
        let part = b.get(from..to)?;
        part.iter().try_fold(0, |n: u32, c| {
            c.is_ascii_digit().then(|| n * 10 + u32::from(c - b'0'))
        })
    };
    let above = |at: usize, max: u32| field(at, at + 2).filter(|n| *n > max);
    if above(8, 23).is_some() {
        return fault(8, "hours go from 00 to 23");
    }
    if above(10, 59).is_some() {
        return fault(10, "minutes go from 00 to 59");
    }
    if is_interval {
        if above(12, 59).is_some() {
            return fault(12, "seconds go from 00 to 59");
        }
        return match &b[22..25] {
            b"000" => Ok(()),
            _ => fault(22, "an interval ends with `:000`"),
        };
    }
    if let Some(month) = field(4, 6) {
        if !(1..=12).contains(&month) {
            return fault(4, "months go from 01 to 12");
        }
        if let (Some(year), Some(day)) = (field(0, 4), field(6, 8)) {
            let days = days_in(year, month);
            if day < 1 || day > days {
                return fault(6, format!("days of this month go from 01 to {days}"));
            }
        }
    }
    if above(12, 60).is_some() {
        return fault(12, "seconds go from 00 to 59");
    }
    if above(12, 59).is_some() {
        return odd(12, "a leap second");
    }
    match field(22, 25) {
        Some(offset) if offset > 840 => odd(22, "an offset from UTC beyond 14 hours, in minutes"),
        _ => Ok(()),
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_ones() {
        for text in [
            "20261124171800.000000+060",
            "00000101000000.000000+720",
            "99991231115959.999999-720",
            "00000010123456.123456:000",
            "99999999235959.999999:000",
            "2026112417****.******+000",
            "**************.******+000",
            "00000010123456.123***:000",
            "20240229000000.000000+000",
        ] {
            assert_eq!(check(text, false), Ok(()), "{text}");
        }
        assert_eq!(check("19980401135809.000000+***", true), Ok(()));
    }

    #[test]
    fn wrong_ones_and_where() {
        let at = |text| check(text, false).unwrap_err().at;
        assert_eq!(at("19980401135809.000000+***"), 22);
        assert_eq!(at("20261324171800.000000+060"), 4);
        assert_eq!(at("20260230171800.000000+060"), 6);
        assert_eq!(at("20261124241800.000000+060"), 8);
        assert_eq!(at("20261124176000.000000+060"), 10);
        assert_eq!(at("20261124171861.000000+060"), 12);
        assert_eq!(at("20261124171800,000000+060"), 14);
        assert_eq!(at("20261124171800.000000Z060"), 21);
        assert_eq!(at("20261124171800.000000+06x"), 24);
        assert_eq!(at("2026112417*8**.******+060"), 11);
        assert_eq!(at("202611241*****.******+060"), 9);
        assert_eq!(at("00000010123456.123456:060"), 22);
        assert_eq!(at("2026"), 4);
        assert_eq!(at("20261124171800.000000+0é"), 23);
        assert!(
            check("20261231235960.000000+000", false)
                .unwrap_err()
                .is_odd
        );
        assert!(
            check("20261124171800.000000+999", false)
                .unwrap_err()
                .is_odd
        );
    }
}
