//! An enum for each `ValueMap`: values that are listed, ranges, and any other value as it is.

use cim_core::{CimType, Qualifier};

use super::Implements;
use super::names::{Listed, scalar};
use crate::doc::{deprecated, doc, lines};
use crate::name::{Names, camel};
use crate::source::{Source, literal};

/// An enum.
pub(crate) struct Enumeration {
    name: String,
    qualifiers: &'static [Qualifier],
    listed: Listed,
}

/// What a `ValueMap` entry stands for.
enum Entry {
    Number(i128),
    Range(i128, i128),
    Text(&'static str),
}

struct Variant {
    name: String,
    entry: Entry,
    doc: String,
}

impl Enumeration {
    pub(crate) fn new(name: String, qualifiers: &'static [Qualifier], listed: Listed) -> Self {
        Self {
            name,
            qualifiers,
            listed,
        }
    }

    pub(crate) fn write(&self, out: &mut Source, implements: &Implements) {
        let (variants, open) = self.variants();
        out.blank();
        out.doc(&doc(self.qualifiers));
        if let Some(note) = deprecated(self.qualifiers) {
            out.line(format_args!("#[deprecated(note = {})]", literal(&note)));
        }
        if self.listed.ty == CimType::String {
            self.text(out, &variants, &open);
        } else {
            self.number(out, &variants, &open);
        }
        let name = &self.name;
        if implements.serde {
            let form = if self.listed.ty == CimType::String {
                "text"
            } else {
                "number"
            };
            let ty = scalar(self.listed.ty).unwrap_or("String");
            out.line(format_args!("super::value::serde_{form}!({name}, {ty});"));
        }
        if implements.yaserde {
            out.line(format_args!("super::value::yaserde_text!({name});"));
        }
        if implements.instance {
            let ty = scalar(self.listed.ty).unwrap_or("String");
            out.line(format_args!("super::value::field!({name}, {ty});"));
        }
    }

    /// The entries with distinct values, and what the MOF says of any other value.
    fn variants(&self) -> (Vec<Variant>, String) {
        let mut names = Names::without(["Unlisted", "Self"]);
        let mut variants = Vec::new();
        let mut open = "A value that the MOF does not list; it is kept as it is.".to_owned();
        let values = self.listed.map.map_or(&[][..], |map| map.values);
        let count = if self.listed.map.is_some() {
            values.len()
        } else {
            self.listed.names.len()
        };
        let bounds = bounds(self.listed.ty);
        for at in 0..count {
            let value = values.get(at).copied();
            let title = self.listed.names.get(at).copied();
            if value.is_some_and(|v| v.trim() == "..") {
                if let Some(title) = title {
                    open = format!("Any other value, `{}`; it is kept as it is.", code(title));
                }
                continue;
            }
            let entry = match (self.listed.ty, value) {
                (CimType::String, Some(text)) => Some(Entry::Text(text)),
                (_, Some(text)) => number(text, bounds),
                (_, None) => i128::try_from(at).ok().map(Entry::Number),
            };
            let Some(entry) = entry else { continue };
            let is_known = variants.iter().any(|v: &Variant| match (&v.entry, &entry) {
                (Entry::Number(a), Entry::Number(b)) => a == b,
                (Entry::Range(a, b), Entry::Range(c, d)) => (a, b) == (c, d),
                (Entry::Text(a), Entry::Text(b)) => a == b,
                _ => false,
            });
            if is_known {
                continue;
            }
            let shown = match &entry {
                Entry::Number(n) => n.to_string(),
                Entry::Range(from, to) => format!("{from}..={to}"),
                Entry::Text(text) => (*text).to_owned(),
            };
            let title = title.unwrap_or("").trim();
            let readable = if title.is_empty() { &shown } else { title };
            let doc = if title.is_empty() || title == shown {
                format!("`{}`", code(&shown))
            } else {
                format!("`{}`: {}", code(&shown), lines(title).join(" "))
            };
            variants.push(Variant {
                name: names.add(&variant(readable)),
                entry,
                doc,
            });
        }
        (variants, open)
    }

    fn text(&self, out: &mut Source, variants: &[Variant], open: &str) {
        let name = &self.name;
        out.line("#[derive(Debug, Clone, PartialEq, Eq, Hash)]");
        out.line("#[non_exhaustive]");
        out.open(format_args!("pub enum {name} {{"));
        for variant in variants {
            out.doc(&[&variant.doc]);
            out.line(format_args!("{},", variant.name));
        }
        out.doc(&[open]);
        out.line("Unlisted(String),");
        out.close("}");
        let pairs: Vec<(String, &str)> = variants
            .iter()
            .filter_map(|v| match v.entry {
                Entry::Text(text) => Some((literal(text), v.name.as_str())),
                _ => None,
            })
            .collect();
        out.blank();
        out.open(format_args!("impl {name} {{"));
        out.doc(&["The value as it is sent."]);
        out.open("pub fn as_str(&self) -> &str {");
        out.open("match self {");
        for (text, variant) in &pairs {
            out.line(format_args!("Self::{variant} => {text},"));
        }
        out.line("Self::Unlisted(value) => value,");
        out.close("}");
        out.close("}");
        out.close("}");
        out.blank();
        out.open(format_args!("impl From<String> for {name} {{"));
        out.open("fn from(value: String) -> Self {");
        out.open("match value.as_str() {");
        for (text, variant) in &pairs {
            out.line(format_args!("{text} => Self::{variant},"));
        }
        out.line("_ => Self::Unlisted(value),");
        out.close("}");
        out.close("}");
        out.close("}");
        out.line(format_args!("super::value::text!({name}, String);"));
    }

    fn number(&self, out: &mut Source, variants: &[Variant], open: &str) {
        let name = &self.name;
        let ty = scalar(self.listed.ty).unwrap_or("i64");
        out.line("#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]");
        out.line("#[non_exhaustive]");
        out.open(format_args!("pub enum {name} {{"));
        for variant in variants {
            out.doc(&[&variant.doc]);
            match variant.entry {
                Entry::Range(..) => out.line(format_args!("{}({ty}),", variant.name)),
                _ => out.line(format_args!("{},", variant.name)),
            }
        }
        out.doc(&[open]);
        out.line(format_args!("Unlisted({ty}),"));
        out.close("}");
        out.blank();
        // No `From` for the number: thousands of them on one type cost the compiler half a minute.
        out.open(format_args!("impl {name} {{"));
        out.doc(&["The number as it is sent."]);
        out.open(format_args!("pub const fn value(self) -> {ty} {{"));
        out.open("match self {");
        for variant in variants {
            match variant.entry {
                Entry::Number(n) => out.line(format_args!("Self::{} => {n},", variant.name)),
                _ => out.line(format_args!("Self::{}(n) => n,", variant.name)),
            }
        }
        out.line("Self::Unlisted(n) => n,");
        out.close("}");
        out.close("}");
        out.close("}");
        out.blank();
        // The MOF may list ranges that overlap, and all there is.
        out.line("#[allow(unreachable_patterns, overlapping_range_endpoints)]");
        out.open(format_args!("impl From<{ty}> for {name} {{"));
        out.open(format_args!("fn from(value: {ty}) -> Self {{"));
        out.open("match value {");
        // A single value counts before a range that it is in.
        for variant in variants {
            if let Entry::Number(n) = variant.entry {
                out.line(format_args!("{n} => Self::{},", variant.name));
            }
        }
        for variant in variants {
            if let Entry::Range(from, to) = variant.entry {
                out.line(format_args!(
                    "n @ {from}..={to} => Self::{}(n),",
                    variant.name
                ));
            }
        }
        out.line("n => Self::Unlisted(n),");
        out.close("}");
        out.close("}");
        out.close("}");
        out.line(format_args!("super::value::text!({name}, {ty});"));
    }
}

/// The name of a variant. Rust takes no digit in front.
fn variant(text: &str) -> String {
    let name = camel(text);
    match name.strip_prefix('_') {
        Some(rest) if !rest.is_empty() => format!("V{rest}"),
        Some(_) => "Unnamed".to_owned(),
        None => name,
    }
}

/// Text between backticks.
fn code(text: &str) -> String {
    text.chars()
        .map(|c| if c == '`' || c.is_control() { ' ' } else { c })
        .collect()
}

fn bounds(ty: CimType) -> (i128, i128) {
    match (ty.unsigned_max(), ty.signed_range()) {
        (Some(max), _) => (0, i128::from(max)),
        (_, Some((min, max))) => (i128::from(min), i128::from(max)),
        _ => (0, 0),
    }
}

/// A number or a range of them (`2..7`, `..7`, `7..`), if there is any value of the type in it.
fn number(text: &str, (min, max): (i128, i128)) -> Option<Entry> {
    let text = text.trim();
    let Some((from, to)) = text.split_once("..") else {
        return integer(text)
            .filter(|n| (min..=max).contains(n))
            .map(Entry::Number);
    };
    let bound = |text: &str, default| match text.trim() {
        "" => Some(default),
        text => integer(text),
    };
    let (from, to) = (bound(from, min)?.max(min), bound(to, max)?.min(max));
    (from <= to).then_some(Entry::Range(from, to))
}

/// An integer as MOF writes it: decimal, hexadecimal or binary (DSP0004 annex A). A leading zero is
/// no octal here: lists of codes are padded with them.
pub(crate) fn integer(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.to_ascii_lowercase();
    let n = if let Some(hex) = lower.strip_prefix("0x") {
        i128::from_str_radix(hex, 16).ok()?
    } else if let Some(binary) = lower.strip_suffix('b') {
        i128::from_str_radix(binary, 2).ok()?
    } else {
        lower.parse().ok()?
    };
    Some(if negative { -n } else { n })
}
