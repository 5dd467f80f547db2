//! `cim:cimDateTime` (DSP0230 10): a choice of child elements, each for the precision it can say.

use cim_core::{DateTime, DateTimeError};

use crate::Writer;

/// Digits of `yyyymmdd`: the precision of a date.
const DATE_PRECISION: u8 = 8;
/// Digits when no asterisk stands in the CIM form.
const FULL_PRECISION: u8 = 20;
/// xs:dateTime knows offsets up to 14 hours.
const MAX_XS_OFFSET: u16 = 14 * 60;

/// The years 1 to 9999, which XML Schema and CIM both know, in microseconds since 1970.
const XS_YEARS: std::ops::Range<i64> = -62_135_596_800_000_000..253_402_300_800_000_000;

/// Writes the child element that carries the value without loss.
pub(super) fn write(writer: &mut Writer<'_>, value: DateTime) {
    if let DateTime::Timestamp {
        micros,
        offset: 0,
        precision: FULL_PRECISION,
    } = value
        && XS_YEARS.contains(&micros)
    {
        // What a service writes itself.
        writer.start("cim:Datetime");
        writer.raw_with(|out| value.write_xs(out));
        return writer.end();
    }
    let (name, text) = match value {
        DateTime::Interval {
            precision: FULL_PRECISION,
            ..
        } => ("cim:Interval", value.to_xs()),
        DateTime::Timestamp {
            offset, precision, ..
        } if offset.unsigned_abs() <= MAX_XS_OFFSET
            && (precision == FULL_PRECISION || precision == DATE_PRECISION) =>
        {
            let xs = value.to_xs();
            // XML Schema has no year 0 and CIM no year beyond 9999.
            if !xs.starts_with(|c: char| c.is_ascii_digit()) || xs.starts_with("0000") {
                ("cim:CIM_DateTime", value.to_string())
            } else if precision == DATE_PRECISION {
                ("cim:Date", without_time(&xs))
            } else {
                ("cim:Datetime", xs)
            }
        }
        _ => ("cim:CIM_DateTime", value.to_string()),
    };
    writer.start(name);
    writer.raw(&text);
    writer.end();
}

/// `2024-01-31T00:00:00Z` to `2024-01-31Z`.
fn without_time(xs: &str) -> String {
    match xs.split_once('T') {
        Some((date, time)) => {
            let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
            [date, &time[zone..]].concat()
        }
        None => xs.to_owned(),
    }
}

/// Reads the text of the child element named `form`.
///
/// # Errors
/// `None` for a form that does not exist; the inner error for a text that is not of that form.
pub(super) fn read(form: &str, text: &str) -> Option<Result<DateTime, DateTimeError>> {
    let text = text.trim();
    Some(match form {
        "CIM_DateTime" => DateTime::parse_cim(text),
        "Interval" => DateTime::parse_xs_duration(text),
        "Datetime" | "DateTime" => DateTime::parse_xs_datetime(text),
        "Date" => DateTime::parse_xs_datetime(text).map(|value| match value {
            DateTime::Timestamp { micros, offset, .. } => DateTime::Timestamp {
                micros,
                offset,
                precision: DATE_PRECISION,
            },
            interval @ DateTime::Interval { .. } => interval,
        }),
        _ => return None,
    })
}

/// Reads a datetime that stands as bare text, as OMI and OpenPegasus send it.
///
/// # Errors
/// A text in none of the three forms.
pub(super) fn read_bare(text: &str) -> Result<DateTime, DateTimeError> {
    let text = text.trim();
    if text.starts_with('P') {
        return DateTime::parse_xs_duration(text);
    }
    DateTime::parse_cim(text).or_else(|_| DateTime::parse_xs_datetime(text))
}
