//! Query parameters (DSP0263 4.1.6). Unknown ones are ignored, as the standard says.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::Selection;

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
    /// `$expand`: the attributes whose targets are wanted; `All` for every one.
    pub expand: Option<Selection>,
    /// `$format`.
    pub format: Option<String>,
    /// `$orderby`: attributes, and whether from the largest.
    pub order_by: Vec<(String, bool)>,
    /// Where a page of a long collection goes on: our own, handed out in `Link` headers.
    pub after: Option<String>,
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
            if !name.starts_with('$') && name != AFTER {
                continue;
            }
            let value = decode(value)?;
            match &*name {
                "$filter" if !value.trim().is_empty() => {
                    parameters.filters.push(value.into_owned());
                }
                "$first" => parameters.first = Some(position("$first", &value)?),
                "$last" => parameters.last = Some(position("$last", &value)?),
                "$select" => add_names(&mut parameters.select, &value),
                "$expand" => {
                    let mut names = Selection::Only(Vec::new());
                    // An empty value means all.
                    match value.trim() {
                        "" => names = Selection::All,
                        list => add_to(&mut names, list),
                    }
                    parameters.expand = Some(match (parameters.expand.take(), names) {
                        (Some(Selection::Only(mut a)), Selection::Only(b)) => {
                            a.extend(b);
                            Selection::Only(a)
                        }
                        (None, names) => names,
                        _ => Selection::All,
                    });
                }
                // Only the first one counts.
                "$format" if parameters.format.is_none() => {
                    parameters.format = Some(value.into_owned());
                }
                "$orderby" => {
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
            _ if name == "*" => *selection = Selection::All,
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
        assert_eq!(p.expand, Some(only(&["disks"])));
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
        assert_eq!(
            (all.select, all.expand),
            (Selection::All, Some(Selection::All))
        );
    }

    #[test]
    fn refuses_what_cannot_be_meant() {
        for query in ["$first=one", "$last=-1", "$orderby=name:up", "$filter=%FF"] {
            assert!(Parameters::parse(Some(query)).is_err(), "{query}");
        }
    }
}
