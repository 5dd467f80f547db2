//! Entity tags and preconditions (RFC 9110, 8.8 and 13; DSP0263 4.1.7.2).
//!
//! The tag of an answer is the version of the resource and the format: JSON and XML are two
//! representations of one state. A precondition looks at the version only.

use cim_core::Etag;
use cimi_rest::Format;
use http::header;

use super::exchange::{Exchange, Failure};

const JSON: &str = "-json";
const XML: &str = "-xml";

/// The entity tag of a version in a format, quotes included.
pub(super) fn entity_tag(etag: &Etag, format: Format) -> String {
    let suffix = match format {
        Format::Json => JSON,
        Format::Xml => XML,
    };
    format!("\"{}{suffix}\"", etag.0)
}

/// The entity tags in a header; `*` stands as it is.
fn tags(header: &str) -> impl Iterator<Item = &str> {
    header
        .split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
        .map(|tag| tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"'))
}

fn version(tag: &str) -> &str {
    tag.strip_suffix(JSON)
        .or_else(|| tag.strip_suffix(XML))
        .unwrap_or(tag)
}

/// Whether `If-None-Match` says that the client has this representation already.
pub(super) fn is_known(x: &Exchange<'_>, tag: &str) -> bool {
    x.header(header::IF_NONE_MATCH.as_str())
        .is_some_and(|header| {
            let tag = tag.trim_matches('"');
            tags(header).any(|known| known == "*" || known == tag)
        })
}

/// The version that a write is conditional on, given the present one.
///
/// # Errors
/// 412 if `If-Match` names others only.
pub(super) fn if_match<'e>(
    x: &Exchange<'_>,
    present: &'e Etag,
) -> Result<Option<&'e Etag>, Failure> {
    let Some(header) = x.header(header::IF_MATCH.as_str()) else {
        return Ok(None);
    };
    let mut any = false;
    for tag in tags(header) {
        if tag == "*" {
            any = true;
        } else if version(tag) == present.0 {
            return Ok(Some(present));
        }
    }
    if any {
        return Ok(None);
    }
    Err(Failure::new(
        412,
        "The resource has been changed since it was read (If-Match). Read it again.",
    ))
}

/// Whether the request has an `If-Match`.
pub(super) fn has_if_match(x: &Exchange<'_>) -> bool {
    x.request.headers.contains_key(header::IF_MATCH)
}
