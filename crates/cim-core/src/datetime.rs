//! The CIM `datetime` (DSP0004 5.2.4): a timestamp with an offset, or an interval.
//!
//! It is our own type because no library has its 25-character form, its explicit precision
//! (asterisks) or its interval of up to 99,999,999 days. Calendar arithmetic is jiff's.

use std::fmt;

const MICROS_PER_SECOND: i64 = 1_000_000;
const MICROS_PER_DAY: u64 = 86_400 * 1_000_000;

/// The digits of a datetime that are significant when none is an asterisk.
const FULL_PRECISION: u8 = 20;

/// A CIM datetime. Compare timestamps by instant with [`DateTime::instant_micros`]: `==` also sees
/// offset and precision, because both survive a round trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateTime {
    /// A point in time.
    Timestamp {
        /// Microseconds since 1970-01-01T00:00:00Z.
        micros: i64,
        /// Offset from UTC in minutes, -999 to 999.
        offset: i16,
        /// Significant characters of `yyyymmddhhmmss.mmmmmm` without the point: 20 is all of them.
        precision: u8,
    },
    /// A length of time.
    Interval {
        /// Its length in microseconds, up to 99,999,999 days and a second less than a day more.
        micros: u64,
        /// Significant characters of `ddddddddhhmmss.mmmmmm` without the point: 20 is all of them.
        precision: u8,
    },
}

/// Why a text is no datetime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateTimeError {
    text: String,
    expected: &'static str,
}

impl fmt::Display for DateTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not {}", self.text, self.expected)
    }
}

impl std::error::Error for DateTimeError {}

const CIM_FORM: &str =
    "a CIM datetime: yyyymmddhhmmss.mmmmmmsutc (timestamp) or ddddddddhhmmss.mmmmmm:000 (interval)";
const RFC3339_FORM: &str = "a date and time such as 2026-11-24T10:00:00Z (xs:dateTime)";
const DURATION_FORM: &str = "a duration such as PT1H30M or P2DT5S (xs:duration)";

impl DateTime {
    /// A timestamp in UTC with full precision.
    pub const fn utc(micros: i64) -> Self {
        Self::Timestamp {
            micros,
            offset: 0,
            precision: FULL_PRECISION,
        }
    }

    /// An interval with full precision.
    pub const fn interval(micros: u64) -> Self {
        Self::Interval {
            micros,
            precision: FULL_PRECISION,
        }
    }

    /// Microseconds since the epoch of a timestamp; `None` for an interval.
    pub const fn instant_micros(&self) -> Option<i64> {
        match *self {
            Self::Timestamp { micros, .. } => Some(micros),
            Self::Interval { .. } => None,
        }
    }

    /// The length of an interval in microseconds; `None` for a timestamp.
    pub const fn interval_micros(&self) -> Option<u64> {
        match *self {
            Self::Timestamp { .. } => None,
            Self::Interval { micros, .. } => Some(micros),
        }
    }

    /// Reads the 25-character CIM form.
    ///
    /// # Errors
    /// Any text that is not exactly that form, or no real date.
    pub fn parse_cim(text: &str) -> Result<Self, DateTimeError> {
        let fail = || DateTimeError {
            text: text.to_owned(),
            expected: CIM_FORM,
        };
        let bytes: &[u8; 25] = text.as_bytes().try_into().map_err(|_| fail())?;
        if bytes[14] != b'.' {
            return Err(fail());
        }
        let (digits, precision) = significant_digits(bytes).ok_or_else(fail)?;
        let number = |from: usize, to: usize| -> u64 {
            digits[from..to]
                .iter()
                .fold(0, |n, d| n * 10 + u64::from(*d))
        };
        let tail = &bytes[22..25];
        if !tail.iter().all(u8::is_ascii_digit) {
            return Err(fail());
        }
        let utc = tail.iter().fold(0i16, |n, d| n * 10 + i16::from(d - b'0'));
        match bytes[21] {
            b':' if utc == 0 => {
                let (hours, minutes, seconds) = (number(8, 10), number(10, 12), number(12, 14));
                if hours > 23 || minutes > 59 || seconds > 59 {
                    return Err(fail());
                }
                let whole = (hours * 60 + minutes) * 60 + seconds;
                let micros = number(0, 8) * MICROS_PER_DAY + whole * 1_000_000 + number(14, 20);
                Ok(Self::Interval { micros, precision })
            }
            sign @ (b'+' | b'-') => {
                let offset = if sign == b'-' { -utc } else { utc };
                let part = |from: usize, to: usize| i8::try_from(number(from, to)).ok();
                // A wildcard month or day stands for the first one: the value needs an instant.
                let at_least_one = |n: i8, index: usize| {
                    if n == 0 && usize::from(precision) <= index {
                        1
                    } else {
                        n
                    }
                };
                let year = i16::try_from(number(0, 4)).map_err(|_| fail())?;
                let local = jiff::civil::DateTime::new(
                    year,
                    part(4, 6).map(|n| at_least_one(n, 4)).ok_or_else(fail)?,
                    part(6, 8).map(|n| at_least_one(n, 6)).ok_or_else(fail)?,
                    part(8, 10).ok_or_else(fail)?,
                    part(10, 12).ok_or_else(fail)?,
                    part(12, 14).ok_or_else(fail)?,
                    i32::try_from(number(14, 20)).map_err(|_| fail())? * 1000,
                )
                .map_err(|_| fail())?;
                let micros = civil_micros(local) - i64::from(offset) * 60 * MICROS_PER_SECOND;
                Ok(Self::Timestamp {
                    micros,
                    offset,
                    precision,
                })
            }
            _ => Err(fail()),
        }
    }

    /// Reads `xs:dateTime` / RFC 3339; an `xs:date` or a missing offset is taken as UTC. Digits
    /// below a microsecond are cut.
    ///
    /// # Errors
    /// Any other text.
    pub fn parse_xs_datetime(text: &str) -> Result<Self, DateTimeError> {
        let fail = || DateTimeError {
            text: text.to_owned(),
            expected: RFC3339_FORM,
        };
        let text = text.trim();
        if !text.is_ascii() || text.len() < 10 {
            return Err(fail());
        }
        let (local, offset) = split_offset(text).ok_or_else(fail)?;
        // jiff also reads dates without hyphens and years of six digits, which CIM cannot say.
        if !has_form(local, b"dddd-dd-dd") {
            return Err(fail());
        }
        let local: jiff::civil::DateTime = match local.split_once(['T', 't', ' ']) {
            Some((date, time)) if time.len() >= 8 => {
                let time = match time.find('.') {
                    // jiff refuses more than nine fractional digits; six are kept anyway.
                    Some(dot) => &time[..time.len().min(dot + 7)],
                    None => time,
                };
                format!("{date}T{time}").parse().map_err(|_| fail())?
            }
            Some(_) => return Err(fail()),
            None => {
                let date: jiff::civil::Date = local.parse().map_err(|_| fail())?;
                date.to_datetime(jiff::civil::Time::midnight())
            }
        };
        let micros = civil_micros(local) - i64::from(offset) * 60 * MICROS_PER_SECOND;
        Ok(Self::Timestamp {
            micros,
            offset,
            precision: FULL_PRECISION,
        })
    }

    /// Reads `xs:duration` without years and months, which have no fixed length.
    ///
    /// # Errors
    /// Negative durations, years, months, more than 99,999,999 days, or any other text.
    pub fn parse_xs_duration(text: &str) -> Result<Self, DateTimeError> {
        let fail = || DateTimeError {
            text: text.to_owned(),
            expected: DURATION_FORM,
        };
        let rest = text.trim().strip_prefix('P').ok_or_else(fail)?;
        let (days, time) = match rest.split_once('T') {
            Some((_, "")) => return Err(fail()),
            Some((days, time)) => (days, time),
            None if rest.is_empty() => return Err(fail()),
            None => (rest, ""),
        };
        let mut micros: u64 = 0;
        for (part, units) in [(days, &[('D', 86_400u64)][..]), (time, &TIME_UNITS[..])] {
            micros = duration_part(part, units)
                .and_then(|part| micros.checked_add(part))
                .ok_or_else(fail)?;
        }
        if micros >= 100_000_000 * MICROS_PER_DAY {
            return Err(fail());
        }
        Ok(Self::Interval {
            micros,
            precision: FULL_PRECISION,
        })
    }

    /// Writes the value as XML Schema and JSON know it: `xs:dateTime` with its offset, or
    /// `xs:duration`.
    pub fn write_xs(&self, out: &mut String) {
        match *self {
            Self::Timestamp { micros, offset, .. } => {
                let (date, fraction) = self.civil(micros, offset);
                let year = date.year();
                if year < 0 {
                    out.push('-');
                }
                let century = u8::try_from(year.unsigned_abs() / 100).unwrap_or(99);
                push_two(out, century);
                push_two(out, (year.unsigned_abs() % 100) as u8);
                for (separator, part) in [
                    ('-', date.month()),
                    ('-', date.day()),
                    ('T', date.hour()),
                    (':', date.minute()),
                    (':', date.second()),
                ] {
                    out.push(separator);
                    push_two(out, part.unsigned_abs());
                }
                write_fraction(out, fraction);
                if offset == 0 {
                    out.push('Z');
                } else {
                    out.push(if offset < 0 { '-' } else { '+' });
                    let minutes = offset.unsigned_abs();
                    push_two(out, u8::try_from(minutes / 60).unwrap_or(99));
                    out.push(':');
                    push_two(out, (minutes % 60) as u8);
                }
            }
            Self::Interval { micros, .. } => write_duration(out, micros),
        }
    }

    /// [`DateTime::write_xs`] as a new string.
    pub fn to_xs(&self) -> String {
        let mut out = String::with_capacity(32);
        self.write_xs(&mut out);
        out
    }

    fn civil(&self, micros: i64, offset: i16) -> (jiff::civil::DateTime, u32) {
        let local = micros.saturating_add(i64::from(offset) * 60 * MICROS_PER_SECOND);
        let seconds = local.div_euclid(MICROS_PER_SECOND);
        let fraction = u32::try_from(local.rem_euclid(MICROS_PER_SECOND)).unwrap_or(0);
        let date = match jiff::Timestamp::from_second(seconds) {
            Ok(timestamp) => jiff::tz::Offset::UTC.to_datetime(timestamp),
            // A timestamp ends a day before its calendar does, so that every offset fits.
            Err(_) => jiff::civil::Date::constant(1970, 1, 1)
                .at(0, 0, 0, 0)
                .checked_add(jiff::SignedDuration::from_secs(seconds))
                .unwrap_or(if seconds < 0 {
                    jiff::civil::DateTime::MIN
                } else {
                    jiff::civil::DateTime::MAX
                }),
        };
        (date, fraction)
    }
}

/// The 25-character CIM form (DSP0004 5.2.4).
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut text, precision, tail) = match *self {
            Self::Timestamp {
                micros,
                offset,
                precision,
            } => {
                let (date, fraction) = self.civil(micros, offset);
                let sign = if offset < 0 { '-' } else { '+' };
                (
                    format!(
                        "{:04}{:02}{:02}{:02}{:02}{:02}.{:06}",
                        date.year(),
                        date.month(),
                        date.day(),
                        date.hour(),
                        date.minute(),
                        date.second(),
                        fraction
                    ),
                    precision,
                    format!("{sign}{:03}", offset.unsigned_abs()),
                )
            }
            Self::Interval { micros, precision } => {
                let days = micros / MICROS_PER_DAY;
                let seconds = micros / 1_000_000 % 86_400;
                (
                    format!(
                        "{days:08}{:02}{:02}{:02}.{:06}",
                        seconds / 3600,
                        seconds / 60 % 60,
                        seconds % 60,
                        micros % 1_000_000
                    ),
                    precision,
                    ":000".to_owned(),
                )
            }
        };
        if precision < FULL_PRECISION {
            let mut digit = 0;
            text = text
                .chars()
                .map(|c| {
                    if c == '.' {
                        return c;
                    }
                    digit += 1;
                    if digit > precision { '*' } else { c }
                })
                .collect();
        }
        f.write_str(&text)?;
        f.write_str(&tail)
    }
}

const TIME_UNITS: [(char, u64); 3] = [('H', 3600), ('M', 60), ('S', 1)];

/// Sums `<number><unit>` pairs whose units come in the given order; seconds may have a fraction.
fn duration_part(mut text: &str, units: &[(char, u64)]) -> Option<u64> {
    let mut micros: u64 = 0;
    let mut units = units.iter();
    while !text.is_empty() {
        let end = text.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, rest) = text.split_at(end);
        let unit = rest.chars().next()?;
        let (_, seconds) = units.find(|(u, _)| *u == unit)?;
        let (whole, fraction) = match number.split_once('.') {
            Some((whole, fraction)) if unit == 'S' => (whole, fraction),
            Some(_) => return None,
            None => (number, ""),
        };
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !(fraction.is_empty() || digits(fraction)) {
            return None;
        }
        let whole: u64 = whole.parse().ok()?;
        micros = micros.checked_add(whole.checked_mul(seconds * 1_000_000)?)?;
        if !fraction.is_empty() {
            let six: String = fraction.chars().chain("000000".chars()).take(6).collect();
            micros = micros.checked_add(six.parse().ok()?)?;
        }
        text = &rest[1..];
    }
    Some(micros)
}

fn write_duration(out: &mut String, micros: u64) {
    use fmt::Write as _;
    let (days, rest) = (micros / MICROS_PER_DAY, micros % MICROS_PER_DAY);
    let (seconds, fraction) = (rest / 1_000_000, rest % 1_000_000);
    out.push('P');
    if days > 0 {
        let _ = write!(out, "{days}D");
    }
    if rest == 0 {
        if days == 0 {
            out.push_str("T0S");
        }
        return;
    }
    out.push('T');
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        let _ = write!(out, "{hours}H");
    }
    if minutes > 0 {
        let _ = write!(out, "{minutes}M");
    }
    if seconds > 0 || fraction > 0 {
        let _ = write!(out, "{seconds}");
        write_fraction(out, u32::try_from(fraction).unwrap_or(0));
        out.push('S');
    }
}

/// Appends `.` and the digits of a fraction of a second without trailing zeros; nothing for none.
fn write_fraction(out: &mut String, micros: u32) {
    if micros > 0 {
        out.push('.');
        let (mut rest, mut unit) = (micros, 100_000);
        while rest > 0 && unit > 0 {
            out.push(char::from(b'0' + (rest / unit % 10) as u8));
            rest %= unit;
            unit /= 10;
        }
    }
}

/// Appends two decimal digits; the formatting machinery costs ten times that, and every instance has dates.
fn push_two(out: &mut String, n: u8) {
    out.push(char::from(b'0' + n / 10 % 10));
    out.push(char::from(b'0' + n % 10));
}

fn civil_micros(local: jiff::civil::DateTime) -> i64 {
    let date = local.date();
    let days = i64::from(
        date.since(jiff::civil::Date::constant(1970, 1, 1))
            .map_or(0, |span| span.get_days()),
    );
    let seconds =
        i64::from(local.hour()) * 3600 + i64::from(local.minute()) * 60 + i64::from(local.second());
    days * 86_400 * MICROS_PER_SECOND
        + seconds * MICROS_PER_SECOND
        + i64::from(local.subsec_nanosecond() / 1000)
}

/// The local part of an xs:dateTime and its offset in minutes.
fn split_offset(text: &str) -> Option<(&str, i16)> {
    if let Some(local) = text.strip_suffix(['Z', 'z']) {
        return Some((local, 0));
    }
    let Some(at) = text.len().checked_sub(6).filter(|at| *at >= 10) else {
        return Some((text, 0));
    };
    let sign = match text.as_bytes()[at] {
        b'+' => 1,
        b'-' => -1,
        _ => return Some((text, 0)),
    };
    if !has_form(&text[at + 1..], b"dd:dd") {
        return None;
    }
    let (hours, minutes) = text[at + 1..].split_once(':')?;
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes <= 59).then_some((&text[..at], sign * (hours * 60 + minutes)))
}

/// Whether a text begins as the form says: `d` is a digit, everything else stands for itself.
fn has_form(text: &str, form: &[u8]) -> bool {
    text.len() >= form.len()
        && text
            .bytes()
            .zip(form)
            .all(|(byte, expected)| match expected {
                b'd' => byte.is_ascii_digit(),
                expected => byte == *expected,
            })
}

/// The twenty digits before the sign, and how many stand before the first asterisk. Asterisks fill
/// whole fields to the end, or trailing digits of the microseconds (DSP0004 5.2.4).
fn significant_digits(bytes: &[u8; 25]) -> Option<([u8; 20], u8)> {
    let mut digits = [0u8; 20];
    let mut precision = FULL_PRECISION;
    for (at, byte) in bytes[..14].iter().chain(&bytes[15..21]).enumerate() {
        match byte {
            b'0'..=b'9' if precision == FULL_PRECISION => digits[at] = byte - b'0',
            b'*' => precision = precision.min(u8::try_from(at).ok()?),
            _ => return None,
        }
    }
    let timestamp = bytes[21] != b':';
    let on_boundary = match precision {
        14..=20 | 12 | 10 | 8 => true,
        0 | 4 | 6 => timestamp || precision == 0,
        _ => false,
    };
    on_boundary.then_some((digits, precision))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_writes_the_cim_form() {
        for text in [
            "20261124102030.123456+060",
            "20261124102030.000000-300",
            "00000001132312.125000:000",
            "20261124******.******+000",
            "2026112410203*.******+000",
            "20261124102030.123***+000",
        ] {
            match DateTime::parse_cim(text) {
                Ok(value) => assert_eq!(value.to_string(), text),
                Err(error) => assert_eq!(text, "2026112410203*.******+000", "{error}"),
            }
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "20261324102030.123456+000",
            "00000001992312.125000:000",
            "20261124102030x123456+000",
        ] {
            assert!(DateTime::parse_cim(text).is_err(), "{text}");
        }
    }

    #[test]
    fn reads_and_writes_xs_forms() {
        let check = |text: &str, expected: &str| {
            let value = DateTime::parse_xs_datetime(text).unwrap();
            assert_eq!(value.to_xs(), expected);
        };
        check("2016-07-27T10:00:00+02:00", "2016-07-27T10:00:00+02:00");
        check(
            "2016-07-27T10:00:00.1234567891Z",
            "2016-07-27T10:00:00.123456Z",
        );
        check("2016-07-27", "2016-07-27T00:00:00Z");
        check("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z");
        for text in [
            "yesterday",
            "-000001-01-06",
            "20160727T100000Z",
            "20160727T10:00:00Z",
            "2016-07-27T10:00:00+-1:30",
            "2016-07-27T10:00:00+001:5",
            "2016-07-27T10:00:00+15:00",
            "2016-02-30",
        ] {
            assert!(DateTime::parse_xs_datetime(text).is_err(), "{text}");
        }
        for (text, expected) in [
            ("PT1H", "PT1H"),
            ("P1DT0.5S", "P1DT0.5S"),
            ("PT90M", "PT1H30M"),
            ("PT0S", "PT0S"),
        ] {
            assert_eq!(DateTime::parse_xs_duration(text).unwrap().to_xs(), expected);
        }
        for text in [
            "P1Y", "P1M", "PT", "P", "-PT1S", "PT1M1H", "PT1.5M", "PT.5S",
        ] {
            assert!(DateTime::parse_xs_duration(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn timestamps_survive_both_forms(
            micros in -2_000_000_000_000_000i64..200_000_000_000_000_000,
            offset in -839i16..=839,
        ) {
            let value = DateTime::Timestamp { micros, offset, precision: FULL_PRECISION };
            prop_assert_eq!(DateTime::parse_cim(&value.to_string()), Ok(value));
            prop_assert_eq!(DateTime::parse_xs_datetime(&value.to_xs()), Ok(value));
        }

        #[test]
        fn intervals_survive_both_forms(micros in 0u64..99_999_999 * MICROS_PER_DAY) {
            let value = DateTime::interval(micros);
            prop_assert_eq!(DateTime::parse_cim(&value.to_string()), Ok(value));
            prop_assert_eq!(DateTime::parse_xs_duration(&value.to_xs()), Ok(value));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}") {
            let _ = DateTime::parse_cim(&text);
            let _ = DateTime::parse_xs_datetime(&text);
            let _ = DateTime::parse_xs_duration(&text);
        }
    }
}
