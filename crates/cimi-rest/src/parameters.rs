//! Query parameters (DSP0263 4.1.6). Unknown ones are ignored, as the standard says.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::Selection;
use crate::document::EVERYTHING;

/// Links that `$expand` follows one behind the other.
const MAX_EXPAND_DEPTH: usize = 8;

/// How names of parameters begin: as published, and as drafts before 1.0.0 had them and early clients
/// still do (`CIMISelect`, in any case).
const DOLLAR: &str = "$";
const DRAFT: &str = "cimi";

/// The query parameters of a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parameters {
    /// `$filter` expressions, all of which must hold.
    pub filters: Vec<String>,
    /// `$first`: 1-based position of the first item.
    pub first: Option<u64>,
    /// `$last`: 1-based position of the last item.
    pub last: Option<u64>,
    /// `$select`.
    pub select: Selection,
    /// `$expand`: the links whose targets are wanted.
    pub expand: Expansion,
    /// `$format`.
    pub format: Option<String>,
    /// `$orderby`: attributes, and whether from the largest.
    pub order_by: Vec<(String, bool)>,
    /// Where a page of a long collection goes on: our own, handed out in `Link` headers.
    pub after: Option<String>,
}

/// Which links are to be expanded: paths such as `volumes/volume`, whose parts are names of links or `*`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expansion(Vec<String>);

impl Expansion {
    /// Whether nothing is to be expanded.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// If this link is to be expanded, what is to be expanded in its target.
    pub fn of(&self, name: &str) -> Option<Self> {
        let mut inner = None;
        for path in &self.0 {
            let (first, rest) = match path.split_once('/') {
                Some((first, rest)) => (first, Some(rest)),
                None => (path.as_str(), None),
            };
            if first == name || first == EVERYTHING {
                let inner = inner.get_or_insert_with(Self::default);
                inner.0.extend(rest.map(str::to_owned));
            }
        }
        inner
    }

    fn add(&mut self, list: &str) -> Result<(), ParameterError> {
        // An empty value means all.
        let list = if list.trim().is_empty() {
            EVERYTHING
        } else {
            list
        };
        for path in names(list) {
            if path.split('/').count() > MAX_EXPAND_DEPTH {
                return Err(ParameterError::TooDeep);
            }
            if !self.0.iter().any(|known| known == path) {
                self.0.push(path.to_owned());
            }
        }
        Ok(())
    }
}

/// The parameter in which a `Link: rel="next"` carries its position. No `$`: those names belong to the
/// standard.
pub const AFTER: &str = "after";

/// Why the query of a URI was refused (status 400).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// A position is not a number.
    #[error("{name} is a position such as 1, not `{value}`")]
    NoNumber {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: String,
    },
    /// A direction of `$orderby` is neither of the two.
    #[error("$orderby takes attribute:asc or attribute:desc, not `{0}`")]
    NoDirection(String),
    /// `$expand` follows too many links.
    #[error("$expand follows at most {MAX_EXPAND_DEPTH} links one behind the other")]
    TooDeep,
    /// A percent-encoded text is not UTF-8.
    #[error("the query of the URI is not UTF-8")]
    NotUtf8,
}

impl Parameters {
    /// Reads the query of a URI, without its question mark.
    ///
    /// # Errors
    /// Parameters whose value cannot be meant.
    pub fn parse(query: Option<&str>) -> Result<Self, ParameterError> {
        let mut parameters = Self::default();
        for pair in query.unwrap_or_default().split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name)?;
            let Some(known) = parameter(&name) else {
                continue;
            };
            let value = decode(value)?;
            match known {
                "filter" if !value.trim().is_empty() => {
                    parameters.filters.push(value.into_owned());
                }
                "first" => parameters.first = Some(position("$first", &value)?),
                "last" => parameters.last = Some(position("$last", &value)?),
                "select" => add_names(&mut parameters.select, &value),
                "expand" => parameters.expand.add(&value)?,
                // Only the first one counts.
                "format" if parameters.format.is_none() => {
                    parameters.format = Some(value.into_owned());
                }
                "orderby" => {
                    for key in names(&value) {
                        parameters.order_by.push(order(key)?);
                    }
                }
                AFTER => parameters.after = Some(value.into_owned()),
                _ => {}
            }
        }
        Ok(parameters)
    }
}

/// The parameter that a name means, without its beginning; `None` for those that are not ours.
fn parameter(name: &str) -> Option<&'static str> {
    const KNOWN: [&str; 7] = [
        "filter", "first", "last", "select", "expand", "format", "orderby",
    ];
    if name == AFTER {
        return Some(AFTER);
    }
    if let Some(name) = name.strip_prefix(DOLLAR) {
        return KNOWN.into_iter().find(|known| *known == name);
    }
    let (draft, name) = name.split_at_checked(DRAFT.len())?;
    let is_draft = draft.eq_ignore_ascii_case(DRAFT);
    KNOWN
        .into_iter()
        .find(|known| is_draft && known.eq_ignore_ascii_case(name))
}

/// Several `$select` are a union; `*` is everything.
fn add_names(selection: &mut Selection, list: &str) {
    if *selection == Selection::All {
        *selection = Selection::Only(Vec::new());
    }
    add_to(selection, list);
}

fn add_to(selection: &mut Selection, list: &str) {
    for name in names(list) {
        match selection {
            _ if name == EVERYTHING => *selection = Selection::All,
            Selection::Only(names) if !names.iter().any(|n| n == name) => {
                names.push(name.to_owned());
            }
            _ => {}
        }
        if *selection == Selection::All {
            return;
        }
    }
}

fn names(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|n| !n.is_empty())
}

fn order(key: &str) -> Result<(String, bool), ParameterError> {
    let (name, direction) = key.split_once(':').unwrap_or((key, "asc"));
    match direction {
        "asc" => Ok((name.to_owned(), false)),
        "desc" => Ok((name.to_owned(), true)),
        _ => Err(ParameterError::NoDirection(key.to_owned())),
    }
}

fn position(name: &'static str, value: &str) -> Result<u64, ParameterError> {
    value.trim().parse().map_err(|_| ParameterError::NoNumber {
        name,
        value: value.chars().take(40).collect(),
    })
}

/// Decodes percent escapes. Forms write blanks as `+`, but in a filter it may also stand in the offset of
/// a date (`+01:00`), where it stays.
fn decode(text: &str) -> Result<Cow<'_, str>, ParameterError> {
    let text = if text.contains('+') {
        let bytes = text.as_bytes();
        let is_offset = |at: usize| {
            let digit = |n: usize| bytes.get(at + n).is_some_and(u8::is_ascii_digit);
            digit(1) && digit(2) && matches!(bytes.get(at + 3), Some(b':' | b'%'))
        };
        Cow::Owned(
            text.char_indices()
                .map(|(at, c)| if c == '+' && !is_offset(at) { ' ' } else { c })
                .collect::<String>(),
        )
    } else {
        Cow::Borrowed(text)
    };
    match text {
        Cow::Borrowed(text) => percent_decode_str(text)
            .decode_utf8()
            .map_err(|_| ParameterError::NotUtf8),
        Cow::Owned(text) => percent_decode_str(&text)
            .decode_utf8()
            .map(|t| Cow::Owned(t.into_owned()))
            .map_err(|_| ParameterError::NotUtf8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(names: &[&str]) -> Selection {
        Selection::Only(names.iter().map(|n| (*n).to_owned()).collect())
    }

    #[test]
    fn reads_both_spellings_of_the_dollar() {
        let p = Parameters::parse(Some(
            "%24filter=state%3D'STARTED'&$filter=cpu>1+and+created>2026-11-24T10:00:00+01:00&$first=2\
             &$last=5&$select=name,%20id,name&$select=state&$expand=disks&$format=xml&$format=json\
             &$orderby=name,created:desc&$unknown=1&other=2",
        ))
        .unwrap();
        assert_eq!(
            p.filters,
            [
                "state='STARTED'",
                "cpu>1 and created>2026-11-24T10:00:00+01:00"
            ]
        );
        assert_eq!((p.first, p.last), (Some(2), Some(5)));
        assert_eq!(p.select, only(&["name", "id", "state"]));
        assert_eq!(p.expand.of("disks"), Some(Expansion::default()));
        assert_eq!(p.expand.of("volumes"), None);
        assert_eq!(p.format.as_deref(), Some("xml"));
        assert_eq!(
            p.order_by,
            [("name".into(), false), ("created".into(), true)]
        );
    }

    #[test]
    fn nothing_means_the_defaults() {
        assert_eq!(Parameters::parse(None), Ok(Parameters::default()));
        assert_eq!(Parameters::parse(Some("")), Ok(Parameters::default()));
        let all = Parameters::parse(Some("$select=name,*&$expand=")).unwrap();
        assert_eq!(all.select, Selection::All);
        assert_eq!(all.expand.of("disks"), Some(Expansion::default()));
    }

    #[test]
    fn drafts_had_no_dollar() {
        let p = Parameters::parse(Some(
            "CIMISelect=name&CimiExpand=disks&cimifilter=cpu=1&CIMIFirst=2&CIMILast=3&CIMIFormat=xml\
             &CIMIOrderBy=name&CIMI=1&cim=2&\u{e4}\u{e4}\u{e4}=3&select=no&$Select=no",
        ))
        .unwrap();
        assert_eq!(
            p,
            Parameters::parse(Some(
                "$select=name&$expand=disks&$filter=cpu=1&$first=2&$last=3&$format=xml&$orderby=name"
            ))
            .unwrap()
        );
    }

    #[test]
    fn links_are_followed_along_paths() {
        let p = Parameters::parse(Some(
            "$expand=volumes/volume,disks&$expand=volumes/*/eventLog,*/network",
        ))
        .unwrap();
        let volumes = p.expand.of("volumes").unwrap();
        assert_eq!(
            volumes.of("volume").unwrap().of("eventLog"),
            Some(Expansion::default())
        );
        assert_eq!(
            volumes.of("network").unwrap().of("eventLog"),
            Some(Expansion::default())
        );
        assert_eq!(volumes.of("network").unwrap().of("other"), None);
        let disks = p.expand.of("disks").unwrap();
        assert_eq!(
            (disks.of("network").is_some(), disks.of("volume")),
            (true, None)
        );
        let deep = format!("$expand={}", ["a"; MAX_EXPAND_DEPTH + 1].join("/"));
        assert_eq!(Parameters::parse(Some(&deep)), Err(ParameterError::TooDeep));
    }

    #[test]
    fn refuses_what_cannot_be_meant() {
        for query in ["$first=one", "$last=-1", "$orderby=name:up", "$filter=%FF"] {
            assert!(Parameters::parse(Some(query)).is_err(), "{query}");
        }
    }
}
