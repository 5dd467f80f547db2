//! Entity tags and preconditions (RFC 9110, 8.8 and 13; DSP0263 4.1.7.2).
//!
//! The tag of a resource is its version and the format: JSON and XML are two representations of one
//! state. A precondition of a write looks at the version only, so that who read XML may write JSON. What
//! is made of several resources (a collection, expanded links) has a weak tag of its content, which says
//! whether it is worth transferring again, and no write can depend on it.

use std::hash::{Hash as _, Hasher as _};

use cim_core::Etag;
use cimi_rest::Format;
use http::header::{self, HeaderName};

use super::exchange::{Exchange, Failure};

const JSON: &str = "-json";
const XML: &str = "-xml";

const ANY: &str = "*";

/// The entity tag of a version in a format, quotes included.
pub(super) fn entity_tag(etag: &Etag, format: Format) -> String {
    let suffix = match format {
        Format::Json => JSON,
        Format::Xml => XML,
    };
    format!("\"{}{suffix}\"", etag.0)
}

/// The weak entity tag of what is made of resources whose versions are known, and of all else that it depends on.
pub(super) fn derived_tag(of: impl std::hash::Hash) -> String {
    let mut hasher = rustc_hash::FxHasher::default();
    of.hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}

/// The weak entity tag of a body.
pub(super) fn content_tag(body: &[u8]) -> String {
    let mut hasher = rustc_hash::FxHasher::default();
    body.hash(&mut hasher);
    format!("W/\"{:016x}-{:x}\"", hasher.finish(), body.len())
}

/// An entity tag in a header.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tag {
    weak: bool,
    /// What stands between the quotes; `*` without them for any.
    opaque: String,
    quoted: bool,
}

impl Tag {
    fn is_any(&self) -> bool {
        !self.quoted && self.opaque == ANY
    }

    /// The version that it names, of whichever format.
    fn version(&self) -> &str {
        self.opaque
            .strip_suffix(JSON)
            .or_else(|| self.opaque.strip_suffix(XML))
            .unwrap_or(&self.opaque)
    }
}

/// The tags of a header in all its lines; `None` if it is absent. Tags without quotes are taken as well:
/// services and clients of the field have them (cimi-interop, section 6).
fn tags(x: &Exchange<'_>, name: &HeaderName) -> Result<Option<Vec<Tag>>, Failure> {
    let mut found: Option<Vec<Tag>> = None;
    for line in x.request.headers.get_all(name) {
        let wrong = || {
            Failure::new(
                400,
                format!("{name} is `*` or a list of entity tags such as \"5-json\"."),
            )
        };
        let line = line.to_str().map_err(|_| wrong())?;
        parse(line, found.get_or_insert_default()).ok_or_else(wrong)?;
    }
    Ok(found)
}

/// Reads one line; `None` if a quote is left open or something follows a closing one.
fn parse(line: &str, found: &mut Vec<Tag>) -> Option<()> {
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (weak, tag) = match rest.strip_prefix("W/") {
            Some(tag) => (true, tag),
            None => (false, rest),
        };
        let (opaque, quoted, behind) = match tag.strip_prefix('"') {
            Some(tag) => {
                let (opaque, behind) = tag.split_once('"')?;
                (opaque, true, behind)
            }
            None => {
                let (opaque, behind) = tag.split_at(tag.find(',').unwrap_or(tag.len()));
                (opaque.trim(), false, behind)
            }
        };
        if quoted || !opaque.is_empty() {
            found.push(Tag {
                weak,
                opaque: opaque.to_owned(),
                quoted,
            });
        }
        let behind = behind.trim_start();
        rest = match behind.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if behind.is_empty() => behind,
            None => return None,
        };
    }
    Some(())
}

/// Whether `If-None-Match` says that the client has this representation already (weak comparison).
///
/// # Errors
/// 400 if the header cannot be read.
pub(super) fn is_known(x: &Exchange<'_>, tag: &str) -> Result<bool, Failure> {
    let opaque = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"');
    let known = tags(x, &header::IF_NONE_MATCH)?.unwrap_or_default();
    Ok(known.iter().any(|k| k.is_any() || k.opaque == opaque))
}

/// The version that a request is conditional on, given the present one.
///
/// # Errors
/// 412 if `If-Match` names others only (strong comparison); 400 if it cannot be read.
pub(super) fn if_match<'e>(
    x: &Exchange<'_>,
    present: &'e Etag,
) -> Result<Option<&'e Etag>, Failure> {
    let Some(tags) = tags(x, &header::IF_MATCH)? else {
        return Ok(None);
    };
    if tags
        .iter()
        .any(|tag| !tag.weak && tag.version() == present.0)
    {
        return Ok(Some(present));
    }
    if tags.iter().any(Tag::is_any) {
        return Ok(None);
    }
    Err(Failure::new(
        412,
        "If-Match: the resource has another version than these, as somebody has changed it. Read it again.",
    ))
}

/// The version that a write is conditional on, given the present one: both headers are asked, in the order
/// of RFC 9110 13.2.2.
///
/// # Errors
/// 412 if one of them does not hold; 400 if one cannot be read.
pub(super) fn for_write<'e>(
    x: &Exchange<'_>,
    present: &'e Etag,
) -> Result<Option<&'e Etag>, Failure> {
    let version = if_match(x, present)?;
    let not = tags(x, &header::IF_NONE_MATCH)?.unwrap_or_default();
    if not.iter().any(Tag::is_any) {
        return Err(Failure::new(
            412,
            "If-None-Match: * asks that there is no such resource yet, and there is one.",
        ));
    }
    if not.iter().any(|tag| tag.version() == present.0) {
        return Err(Failure::new(
            412,
            "If-None-Match: the resource has one of these versions.",
        ));
    }
    Ok(version)
}

/// The preconditions of adding to a collection, which is there and has no version.
///
/// # Errors
/// 412 if one of them cannot hold; 400 if one cannot be read.
pub(super) fn for_addition(x: &Exchange<'_>) -> Result<(), Failure> {
    let wanted = tags(x, &header::IF_MATCH)?;
    if wanted.is_some_and(|tags| !tags.iter().any(Tag::is_any)) {
        return Err(Failure::new(
            412,
            "If-Match: a collection has no version that a write could depend on.",
        ));
    }
    let not = tags(x, &header::IF_NONE_MATCH)?.unwrap_or_default();
    if not.iter().any(Tag::is_any) {
        return Err(Failure::new(
            412,
            "If-None-Match: * asks that there is no such collection yet, and there is one.",
        ));
    }
    Ok(())
}

/// The version that a write is conditional on, where the request says just that or has no condition: then whoever
/// writes can be asked to compare, and nobody has to read first. `None` where there is more to it.
pub(super) fn alone(x: &Exchange<'_>) -> Option<Option<Etag>> {
    if x.request.headers.contains_key(header::IF_NONE_MATCH) {
        return None;
    }
    match tags(x, &header::IF_MATCH).ok()?.as_deref() {
        None => Some(None),
        Some([tag]) if !tag.weak && !tag.is_any() => Some(Some(Etag(tag.version().to_owned()))),
        Some(_) => None,
    }
}

/// Whether the request has any precondition.
pub(super) fn has_any(x: &Exchange<'_>) -> bool {
    [header::IF_MATCH, header::IF_NONE_MATCH]
        .iter()
        .any(|name| x.request.headers.contains_key(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Vec<(bool, String)>> {
        let mut found = Vec::new();
        parse(line, &mut found)?;
        Some(found.into_iter().map(|t| (t.weak, t.opaque)).collect())
    }

    #[test]
    fn tags_are_read_from_lists() {
        let tag = |weak, text: &str| (weak, text.to_owned());
        for (line, expected) in [
            ("", vec![]),
            ("\"a\"", vec![tag(false, "a")]),
            (
                " \"a\" , W/\"b,c\",, \"\" ",
                vec![tag(false, "a"), tag(true, "b,c"), tag(false, "")],
            ),
            ("*", vec![tag(false, "*")]),
            ("d41d8, e5", vec![tag(false, "d41d8"), tag(false, "e5")]),
        ] {
            assert_eq!(read(line), Some(expected), "{line}");
        }
        for wrong in ["\"a", "\"a\"b", "\"a\" \"b\""] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contents_differ() {
        assert_eq!(content_tag(b"a"), content_tag(b"a"));
        assert_ne!(content_tag(b"a"), content_tag(b"b"));
        assert!(content_tag(b"a").starts_with("W/\""));
    }
}
