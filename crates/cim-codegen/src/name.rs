//! CIM names as Rust names.
//!
//! One pure function for each kind of name. The wire names are never made back from Rust names: they
//! stand literally in what is generated.

use proc_macro2::{Ident, Span};
use rustc_hash::FxHashSet;

/// `InstanceID` -> `instance_id`, `CIMI_Machine` -> `cimi_machine`. Runs of capitals stay together, a
/// plural s after one (`PDUs`) and a version in one (`IPv4`) belong to it.
pub(crate) fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    // Whether the lower-case character at i continues a run of capitals before it.
    let joins_capitals = |i: usize| {
        let next = at(i + 1);
        (at(i) == 's' && (next == '\0' || next.is_uppercase() || next == '_'))
            || (at(i) == 'v' && next.is_ascii_digit())
    };
    let mut out = String::with_capacity(name.len() + 8);
    for (i, c) in chars.iter().copied().enumerate() {
        // Digits of other scripts are no part of an identifier.
        if !(c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphabetic()) {
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
            continue;
        }
        let before = if i == 0 { '\0' } else { at(i - 1) };
        let starts_word = c.is_uppercase()
            && (before.is_lowercase()
                || before.is_ascii_digit()
                || before.is_uppercase() && at(i + 1).is_lowercase() && !joins_capitals(i + 1));
        if starts_word && !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    while out.ends_with('_') {
        out.pop();
    }
    if out.is_empty() || out.starts_with(|c: char| c.is_numeric()) {
        out.insert(0, '_');
    }
    out
}

/// `InstanceID` -> `INSTANCE_ID`
pub(crate) fn screaming(name: &str) -> String {
    let name = snake(name).to_uppercase();
    // A lone underscore is no name for a constant.
    if name == "_" {
        "UNNAMED".to_owned()
    } else {
        name
    }
}

/// `CIMI_Machine` -> `CimiMachine`, `STARTED` -> `Started`
pub(crate) fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in snake(name).split('_').filter(|w| !w.is_empty()) {
        let mut chars = word.chars();
        out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        out.push_str(chars.as_str());
    }
    if out.is_empty() || out.starts_with(|c: char| c.is_numeric()) {
        out.insert(0, '_');
    }
    out
}

/// The words that are no identifier without `r#` (Rust 2024, reserved ones included), sorted.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// An identifier of that spelling: raw if it is a keyword, with an underscore behind it if it cannot be
/// raw.
pub(crate) fn identifier(name: &str) -> String {
    match name {
        "self" | "Self" | "super" | "crate" | "_" => format!("{name}_"),
        _ if KEYWORDS.binary_search(&name).is_ok() => format!("r#{name}"),
        _ => name.to_owned(),
    }
}

/// The same as a token.
pub(crate) fn ident(name: &str) -> Ident {
    let name = identifier(name);
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(&name, Span::call_site()),
    }
}

/// The name of the module of a class. A module in a file of its own has an ASCII name (rustc E0754), so
/// other letters are their numbers: `größe` -> `gruf6udfe`.
pub(crate) fn module(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in snake(name).chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.push_str(&format!("u{:x}", u32::from(c)));
        }
    }
    out
}

/// The file of a module of that name.
pub(crate) fn file_name(module: &str) -> String {
    format!("{}.rs", module.trim_start_matches("r#"))
}

/// Rust names that are in use in one place: those that fall together get a number.
#[derive(Debug, Default)]
pub(crate) struct Names {
    used: FxHashSet<String>,
}

impl Names {
    /// With names that are taken already.
    pub(crate) fn without<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            used: taken.into_iter().map(str::to_owned).collect(),
        }
    }

    /// A name that nothing else has, as an identifier.
    pub(crate) fn add(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        let mut n = 1;
        // A type with an underscore between a letter and a digit is not in camel case.
        let is_type = name.starts_with(|c: char| c.is_uppercase())
            && (name.len() == 1 || name.contains(|c: char| c.is_lowercase()));
        let separator = if is_type && !name.ends_with(|c: char| c.is_ascii_digit()) {
            ""
        } else {
            "_"
        };
        while !self.used.insert(unique.clone()) {
            n += 1;
            unique = format!("{name}{separator}{n}");
        }
        identifier(&unique)
    }
}

/// Rust names for a list of CIM names, in their order: those that fall together get a number.
pub(crate) fn distinct<'a>(
    names: impl IntoIterator<Item = &'a str>,
    convert: fn(&str) -> String,
) -> Vec<Ident> {
    let mut used = Names::default();
    names
        .into_iter()
        .map(|name| {
            let unique = used.add(&convert(name));
            match unique.strip_prefix("r#") {
                Some(raw) => Ident::new_raw(raw, Span::call_site()),
                None => Ident::new(&unique, Span::call_site()),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_people_read_them() {
        let table = [
            ("InstanceID", "instance_id"),
            ("IPv4Address", "ipv4_address"),
            ("OSVersion", "os_version"),
            ("DHCPOptionsInUse", "dhcp_options_in_use"),
            ("TxPDUs", "tx_pdus"),
            ("BaseURI", "base_uri"),
            ("CIMStatusCode", "cim_status_code"),
            ("CIMI_Machine", "cimi_machine"),
            ("CIMI_CloudEntryPoint", "cimi_cloud_entry_point"),
            ("CIM_InstIndication", "cim_inst_indication"),
            ("__Namespace", "namespace"),
            ("PARTIAL_SNAPSHOT", "partial_snapshot"),
            ("x86_64", "x86_64"),
            ("z/Architecture", "z_architecture"),
            ("68000", "_68000"),
            ("Layer4 Port Forwarding", "layer4_port_forwarding"),
            ("", "_"),
        ];
        for (cim, rust) in table {
            assert_eq!(snake(cim), rust, "{cim}");
        }
    }

    #[test]
    fn modules_have_ascii_names() {
        assert_eq!(module("CIMI_Machine"), "cimi_machine");
        assert_eq!(module("ACME_Größe"), "acme_gruf6udfe");
    }

    #[test]
    fn types_are_in_camel_case() {
        assert_eq!(camel("CIMI_Machine"), "CimiMachine");
        assert_eq!(camel("SUSPENDING"), "Suspending");
        assert_eq!(camel("x86_64"), "X8664");
        assert_eq!(camel("68000"), "_68000");
    }

    #[test]
    fn keywords_and_collisions_become_legal_names() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(ident("_").to_string(), "__");
        let names: Vec<String> = distinct(["IsX", "Is_X", "isX"], snake)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(names, ["is_x", "is_x_2", "is_x_3"]);
    }
}
