//! ValueMap with Values, BitMap with BitValues (DSP0004 5.6.3.56, 5.6.3.6).

use std::borrow::Cow;

use cim_core::CimType;

use super::Checker;
use super::value::range_of;
use crate::ast::{Literal, QualifierUse, Qualifiers as _, Spanned, TypeName};
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name::{self, Key};
use crate::source::Span;

/// What an entry of a ValueMap stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    One(i128),
    /// `m..n`
    Closed(i128, i128),
    /// `m..`, `..n`
    Open,
    /// `..`
    Rest,
}

fn items(used: &QualifierUse) -> Option<(Span, &[Spanned<Literal>])> {
    let value = used.value.as_ref()?;
    match &value.value {
        Literal::Array(items) => Some((value.span, items)),
        _ => None,
    }
}

impl Checker<'_> {
    /// `above`: the qualifiers of the overridden features, nearest first.
    pub(super) fn value_map<'a>(
        &self,
        own: &'a [QualifierUse],
        above: impl Iterator<Item = &'a [QualifierUse]> + Clone,
        ty: &TypeName,
        report: &mut Report,
    ) {
        let (map, values) = (own.find(name::VALUEMAP), own.find(name::VALUES));
        let is_joined = (map.is_some() || values.is_some())
            && self.counts(name::VALUEMAP, name::VALUES, own, above.clone(), report);
        // Two entries that became one are no mistake of their own.
        if let Some(map) = map
            && !is_joined
        {
            self.entries(map, ty, report);
        }
        for key in [name::UNKNOWNVALUES, name::UNSUPPORTEDVALUES] {
            if let Some(used) = own.find(key) {
                let map = self.effective(name::VALUEMAP, own, above.clone());
                legal_values(used, map, ty, report);
            }
        }
        let (bits, names) = (own.find(name::BITMAP), own.find(name::BITVALUES));
        if let Some(bits) = bits {
            bit_numbers(bits, ty, report);
        }
        if bits.is_some() || names.is_some() {
            self.counts(name::BITMAP, name::BITVALUES, own, above, report);
        }
    }

    /// Both lists, own or inherited: they propagate one by one. True if a comma is missing in one of them.
    fn counts<'a>(
        &self,
        map: Key,
        values: Key,
        own: &'a [QualifierUse],
        above: impl Iterator<Item = &'a [QualifierUse]> + Clone,
        report: &mut Report,
    ) -> bool {
        let Some(map) = self.effective(map, own, above.clone()) else {
            return false;
        };
        let Some((map_span, entries)) = items(map) else {
            return false;
        };
        let Some(values) = self.effective(values, own, above) else {
            if map.name.key == name::VALUEMAP {
                report.push(
                    Diagnostic::lint(
                        Lint::ValueMapAlone,
                        map.name.span,
                        "ValueMap without Values",
                    )
                    .help("give the values names, with Values"),
                );
            }
            return false;
        };
        let Some((values_span, labels)) = items(values) else {
            return false;
        };
        if labels.len() == entries.len() {
            return false;
        }
        let (code_span, message) = (
            if own.find(values.name.key).is_some() {
                values_span
            } else {
                map_span
            },
            format!(
                "{} has {} entries, {} has {}",
                map.name.text,
                entries.len(),
                values.name.text,
                labels.len()
            ),
        );
        let is_bits = map.name.key == name::BITMAP;
        let mut diagnostic = if is_bits {
            Diagnostic::error("E0403", code_span, message)
        } else {
            Diagnostic::lint(Lint::Counts, code_span, message)
        };
        let shorter = if labels.len() < entries.len() {
            labels
        } else {
            entries
        };
        let joined = shorter.iter().find_map(|item| match &item.value {
            Literal::String(text) => text.pieces().get(1).copied().map(|at| (item.span, at)),
            _ => None,
        });
        let help = match joined {
            Some((span, at)) => {
                let place = Span {
                    start: at,
                    end: at + 1,
                    ..span
                };
                diagnostic = diagnostic.also(place, "probably a comma is missing before this");
                "two strings side by side are one entry"
            }
            None => "look for a missing comma: two strings side by side are one entry",
        };
        let other = if code_span == map_span {
            values_span
        } else {
            map_span
        };
        let what = if code_span == map_span {
            &values.name.text
        } else {
            &map.name.text
        };
        report.push(diagnostic.also(other, format!("the {what}")).help(help));
        joined.is_some()
    }

    fn entries(&self, map: &QualifierUse, ty: &TypeName, report: &mut Report) {
        let cim_type = ty.cim_type();
        let Some((span, items)) = items(map) else {
            return;
        };
        if matches!(
            ty,
            TypeName::Unknown | TypeName::Named(_) | TypeName::Object | TypeName::Void
        ) {
            return;
        }
        if !cim_type.is_integer() {
            if cim_type != CimType::String {
                report.push(
                    Diagnostic::lint(
                        Lint::MisplacedQualifier,
                        map.name.span,
                        format!("qualifier `ValueMap` on a {cim_type}"),
                    )
                    .label("needs an integer or a string"),
                );
            } else {
                repeated_texts(items, report);
            }
            return;
        }
        let mut found: Vec<(Entry, Span)> = Vec::with_capacity(items.len());
        let mut rests = 0;
        for item in items {
            let Literal::String(text) = &item.value else {
                continue;
            };
            match entry(&text.value(), cim_type, item.span, report) {
                Some(Entry::Rest) => rests += 1,
                Some(entry) => found.push((entry, item.span)),
                None => {}
            }
        }
        overlaps(&mut found, report);
        if rests > 1 {
            report.push(Diagnostic::lint(
                Lint::Gaps,
                span,
                "more than one `..` in a ValueMap",
            ));
        }
    }
}

/// Reads an entry, and reports what is wrong with it.
fn entry(text: &str, ty: CimType, span: Span, report: &mut Report) -> Option<Entry> {
    // Nearly every entry is a plain number.
    let range = if text.bytes().all(|b| b.is_ascii_digit()) {
        None
    } else {
        text.split_once("..")
    };
    let Some((from, to)) = range else {
        return number(text, ty, span, report).map(Entry::One);
    };
    if from.is_empty() && to.is_empty() {
        return Some(Entry::Rest);
    }
    if (from.trim() != from || to.trim() != to) && report.wants(Lint::SpacedRange) {
        report.push(
            Diagnostic::lint(
                Lint::SpacedRange,
                span,
                format!("white space in the range `{text}`"),
            )
            .help(format!("write \"{}..{}\"", from.trim(), to.trim())),
        );
    }
    let (from, to) = (from.trim(), to.trim());
    let low = if from.is_empty() {
        None
    } else {
        Some(number(from, ty, span, report)?)
    };
    let high = if to.is_empty() {
        None
    } else {
        Some(number(to, ty, span, report)?)
    };
    match (low, high) {
        (Some(low), Some(high)) if low > high => {
            report.push(
                Diagnostic::error(
                    "E0402",
                    span,
                    format!("the range `{text}` ends before it begins"),
                )
                .help(format!("write \"{high}..{low}\"")),
            );
            None
        }
        (Some(low), Some(high)) => Some(Entry::Closed(low, high)),
        _ => Some(Entry::Open),
    }
}

fn number(text: &str, ty: CimType, span: Span, report: &mut Report) -> Option<i128> {
    let parsed = read_integer(text);
    let range = range_of(ty);
    let is_right = parsed.is_some_and(|n| range.is_some_and(|(min, max)| (min..=max).contains(&n)));
    if is_right {
        return parsed;
    }
    let mut diagnostic = Diagnostic::error(
        "E0402",
        span,
        format!("ValueMap entry `{text}` is no {ty} value or range"),
    );
    if let (Some(_), Some((min, max))) = (parsed, range) {
        diagnostic = diagnostic.help(format!("a {ty} goes from {min} to {max}"));
    }
    report.push(diagnostic);
    None
}

/// Entries that say the same value twice; a single value within a range is normal.
fn overlaps(found: &mut [(Entry, Span)], report: &mut Report) {
    if !report.wants(Lint::Overlap) {
        return;
    }
    let bounds = |entry: Entry| match entry {
        Entry::One(n) => Some((n, n)),
        Entry::Closed(a, b) => Some((a, b)),
        Entry::Open | Entry::Rest => None,
    };
    let tell = |first: Span, second: Span, what: &str, report: &mut Report| {
        let (first, second) = if first.start <= second.start {
            (first, second)
        } else {
            (second, first)
        };
        report.push(
            Diagnostic::lint(Lint::Overlap, second, format!("{what} in a ValueMap"))
                .also(first, "the first one")
                .help("remove it, or change its bounds"),
        );
    };
    // The order in the list means nothing here.
    found.sort_by_key(|(entry, span)| (bounds(*entry), span.start));
    let mut last_one: Option<(i128, Span)> = None;
    let mut last_range: Option<(i128, Span)> = None;
    for (entry, span) in found {
        match *entry {
            Entry::One(n) => {
                if let Some((_, first)) = last_one.filter(|(m, _)| *m == n) {
                    tell(first, *span, "a value stands twice", report);
                }
                last_one = Some((n, *span));
            }
            Entry::Closed(from, to) => {
                if let Some((_, first)) = last_range.filter(|(end, _)| from <= *end) {
                    tell(first, *span, "ranges overlap", report);
                }
                if last_range.is_none_or(|(end, _)| to > end) {
                    last_range = Some((to, *span));
                }
            }
            Entry::Open | Entry::Rest => {}
        }
    }
}

fn repeated_texts(items: &[Spanned<Literal>], report: &mut Report) {
    let mut texts: Vec<(Cow<'_, str>, Span)> = items
        .iter()
        .filter_map(|item| Some((item.value.text()?, item.span)))
        .filter(|(text, _)| text != "..")
        .collect();
    texts.sort_by(|a, b| (&a.0, a.1.start).cmp(&(&b.0, b.1.start)));
    for pair in texts.windows(2) {
        if pair[0].0 == pair[1].0 {
            report.push(
                Diagnostic::lint(
                    Lint::Overlap,
                    pair[1].1,
                    "a value stands twice in a ValueMap",
                )
                .also(pair[0].1, "the first one")
                .help("remove one of them"),
            );
        }
    }
}

/// Values that stand for none are values of the element's type, and of its ValueMap if it has one.
fn legal_values(
    used: &QualifierUse,
    map: Option<&QualifierUse>,
    ty: &TypeName,
    report: &mut Report,
) {
    let TypeName::Intrinsic(cim_type) = ty else {
        return;
    };
    let Some(value) = &used.value else { return };
    let each: &[Spanned<Literal>] = match &value.value {
        Literal::Array(items) => items,
        _ => std::slice::from_ref(value),
    };
    for item in each {
        let Literal::String(text) = &item.value else {
            continue;
        };
        let written = text.value();
        if let Some(range) = range_of(*cim_type) {
            let read = read_integer(&written);
            if !read.is_some_and(|n| (range.0..=range.1).contains(&n)) {
                let message = format!("`{written}` of {} is no {cim_type} value", used.name.text);
                report.push(
                    Diagnostic::error("E0402", item.span, message)
                        .help(format!("a {cim_type} goes from {} to {}", range.0, range.1)),
                );
                continue;
            }
        }
        if let Some(map) = map
            && !is_entry(map, &written, range_of(*cim_type).is_some())
            && report.wants(Lint::OutsideValueMap)
        {
            let message = format!("`{written}` of {} is not in the ValueMap", used.name.text);
            report.push(
                Diagnostic::lint(Lint::OutsideValueMap, item.span, message)
                    .also(map.name.span, "the ValueMap")
                    .help("write one of its values, or add this one"),
            );
        }
    }
}

fn read_integer(text: &str) -> Option<i128> {
    // Nearly all are short and decimal; a leading zero means octal.
    let is_short = text.len() <= 18 && !text.is_empty();
    if is_short && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) {
        let digits = text.bytes().map(|b| u64::from(b - b'0'));
        return Some(i128::from(digits.fold(0, |n, digit| n * 10 + digit)));
    }
    match crate::number::parse(text.trim()) {
        Ok(crate::number::Number::Integer(n)) => Some(n.value()),
        // "08" is decimal here: the entry is a text that holds a number.
        _ => text.trim().parse().ok(),
    }
}

/// Whether a written value is in a map.
fn is_entry(map: &QualifierUse, written: &str, is_integer: bool) -> bool {
    let Some((_, items)) = items(map) else {
        return true;
    };
    let mut texts = items.iter().filter_map(|item| item.value.text());
    if !is_integer {
        return texts.any(|entry| entry == ".." || entry == written);
    }
    let Some(n) = read_integer(written) else {
        return true;
    };
    texts.any(|entry| is_within(&entry, n))
}

/// Whether an entry of an integer's map stands for a value.
fn is_within(entry: &str, n: i128) -> bool {
    let Some((from, to)) = entry.split_once("..") else {
        return read_integer(entry) == Some(n);
    };
    let bound = |text: &str, open: i128| match text.trim() {
        "" => Some(open),
        text => read_integer(text),
    };
    matches!(
        (bound(from, i128::MIN), bound(to, i128::MAX)),
        (Some(low), Some(high)) if (low..=high).contains(&n)
    )
}

/// The value of a property against the map that holds for it.
pub(super) fn is_listed(map: &QualifierUse, value: &Literal) -> bool {
    let Some((_, items)) = items(map) else {
        return true;
    };
    let mut texts = items.iter().filter_map(|item| item.value.text());
    match value {
        Literal::String(text) => {
            let text = text.value();
            texts.any(|entry| entry == ".." || entry == text)
        }
        Literal::Integer(n) => {
            let n = n.value();
            texts.any(|entry| is_within(&entry, n))
        }
        Literal::Array(items) => items.iter().all(|item| is_listed(map, &item.value)),
        _ => true,
    }
}

fn bit_numbers(bits: &QualifierUse, ty: &TypeName, report: &mut Report) {
    let width = match ty.cim_type() {
        CimType::Uint8 => 8,
        CimType::Uint16 => 16,
        CimType::Uint32 => 32,
        CimType::Uint64 => 64,
        other => {
            report.push(
                Diagnostic::lint(
                    Lint::MisplacedQualifier,
                    bits.name.span,
                    format!("qualifier `BitMap` on a {other}"),
                )
                .label("needs an unsigned integer"),
            );
            return;
        }
    };
    let Some((_, items)) = items(bits) else {
        return;
    };
    for item in items {
        let Some(text) = item.value.text() else {
            continue;
        };
        let number = |text: &str| text.trim().parse::<u32>().ok().filter(|n| *n < width);
        let is_right = match text.split_once("..") {
            None => number(&text).is_some(),
            Some((from, to)) => {
                (from.is_empty() || number(from).is_some())
                    && (to.is_empty() || number(to).is_some())
            }
        };
        if !is_right {
            report.push(
                Diagnostic::error(
                    "E0402",
                    item.span,
                    format!("BitMap entry `{text}` is no bit of a {}", ty.cim_type()),
                )
                .help(format!("bits go from 0 to {}", width - 1)),
            );
        }
    }
}
