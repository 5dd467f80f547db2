//! What an answer means that is no success: a table from statuses to situations, and the words that the
//! cloud found for it, in whichever of the forms that are in use (cimi-interop, section 5).

use std::time::Duration;

use bytes::Bytes;
use cim_core::{CimError, ErrorKind};
use cimi_rest::{SITUATION_HEADER, error_of_situation};
use http::{HeaderMap, Response, StatusCode, header};
use upstream::Trouble;

/// As much of a body is told, in bytes.
const MOST_TOLD: usize = 1024;

/// Sorts an answer: success, or what kind of trouble it is. That nothing has changed is an answer where it was
/// `asked`.
pub(crate) fn check(answer: Response<Bytes>, asked: bool) -> Result<Response<Bytes>, Trouble> {
    let status = answer.status();
    if status == StatusCode::PARTIAL_CONTENT {
        return Err(Trouble::Nonsense(
            "it answers with a part of what was asked for".into(),
        ));
    }
    if status.is_success() || asked && status == StatusCode::NOT_MODIFIED {
        return Ok(answer);
    }
    let said = said(&answer);
    // A service of our own kind says precisely what it is; what it has tried need not be tried here again.
    if let Some(error) = precise(answer.headers()) {
        return Err(Trouble::Refused(error));
    }
    let refused = |kind| Err(Trouble::Refused(CimError::new(kind, said.clone())));
    match status.as_u16() {
        401 => Err(Trouble::Login(said)),
        403 => refused(ErrorKind::AccessDenied),
        404 | 410 => refused(ErrorKind::NotFound),
        405 | 501 => refused(ErrorKind::NotSupported),
        409 | 423 => refused(ErrorKind::WrongState),
        412 => refused(ErrorKind::PreconditionFailed),
        413 => refused(ErrorKind::TooLarge),
        408 | 502 | 504 => Err(Trouble::NoAnswer(format!("it answers {status}: {said}"))),
        429 | 503 => Err(Trouble::Busy {
            retry_after: retry_after(answer.headers()),
            reason: format!("it answers {status}: {said}"),
        }),
        406 | 415 => Err(Trouble::Failed(format!("it answers {status}: {said}"))),
        300..=399 => Err(Trouble::Nonsense(format!(
            "it answers {status}, and redirections are not followed"
        ))),
        400..=499 => refused(ErrorKind::InvalidParameter),
        _ => Err(Trouble::Failed(format!("it answers {status}: {said}"))),
    }
}

fn precise(headers: &HeaderMap) -> Option<CimError> {
    let mut error = error_of_situation(headers.get(SITUATION_HEADER)?.to_str().ok()?)?;
    if let Some(time) = retry_after(headers) {
        error = error.with_retry_after(u32::try_from(time.as_secs()).unwrap_or(u32::MAX));
    }
    Some(error)
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

/// The cloud's own words, never a stack trace or a page.
fn said(answer: &Response<Bytes>) -> String {
    let body = answer.body();
    let body = body.get(..body.len().min(64 * 1024)).unwrap_or_default();
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim();
    let content_type = answer.headers().get(header::CONTENT_TYPE);
    let is_html = content_type.is_some_and(|t| t.as_bytes().starts_with(b"text/html"))
        || text
            .get(..9)
            .is_some_and(|front| front.eq_ignore_ascii_case("<!doctype"));
    let found = if text.starts_with('{') {
        in_json(text)
    } else if text.starts_with('<') && !is_html {
        in_xml(text)
    } else if is_html {
        None
    } else {
        Some(text.to_owned())
    };
    let found = found.unwrap_or_default();
    let plain: String = found
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let plain = plain.trim();
    let end = plain.floor_char_boundary(MOST_TOLD);
    match plain.get(..end) {
        Some(told) if !told.is_empty() => told.to_owned(),
        _ => {
            let reason = answer.status().canonical_reason();
            reason.unwrap_or("it does not say why").to_owned()
        }
    }
}

fn in_json(text: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    ["statusMessage", "message"]
        .iter()
        .find_map(|name| value.get(name)?.as_str())
        .map(str::to_owned)
}

fn in_xml(text: &str) -> Option<String> {
    let limits = xml_wire::Limits::default();
    let mut reader = xml_wire::Reader::new(text, &limits).ok()?;
    reader.root().ok()?;
    while let Some(child) = reader.child().ok()? {
        if matches!(child.local(), "statusMessage" | "message") {
            return Some(reader.trimmed_text().ok()?.into_owned());
        }
        reader.skip().ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &'static str) -> Response<Bytes> {
        Response::builder()
            .status(status)
            .body(Bytes::from_static(body.as_bytes()))
            .unwrap()
    }

    #[test]
    fn each_form_of_error_is_understood() {
        for (body, expected) in [
            (
                r#"{"code":404,"message":"Not found","error":"X::Y"}"#,
                "Not found",
            ),
            (
                "<error status='404' url='u'><backend/><code>404</code><message>No such \
                 machine</message><backtrace>secret</backtrace></error>",
                "No such machine",
            ),
            ("The machine is not there", "The machine is not there"),
            (
                r#"{"status":404,"message":"Unknown","uri":"u","request-method":"get"}"#,
                "Unknown",
            ),
            (
                "<!DOCTYPE html><html><body>stack trace</body></html>",
                "Not Found",
            ),
            ("", "Not Found"),
        ] {
            match check(answer(404, body), false).unwrap_err() {
                Trouble::Refused(error) => {
                    assert_eq!(error.kind(), ErrorKind::NotFound);
                    assert_eq!(error.message(), expected);
                }
                other => panic!("{other:?}"),
            }
        }
        let long: &'static str = Box::leak("ä".repeat(5000).into_boxed_str());
        assert!(said(&answer(500, long)).len() <= MOST_TOLD);
    }

    #[test]
    fn a_bridge_says_precisely_what_it_is() {
        let answer = Response::builder()
            .status(400)
            .header(
                SITUATION_HEADER,
                cimi_rest::situation(
                    ErrorKind::MissingValue,
                    Some("ImageLocation"),
                    "It is missing.",
                ),
            )
            .body(Bytes::from_static(
                b"{\"statusMessage\": \"It is missing.\"}",
            ))
            .unwrap();
        match check(answer, false).unwrap_err() {
            Trouble::Refused(error) => {
                assert_eq!(error.kind(), ErrorKind::MissingValue);
                assert_eq!(error.subject(), Some("ImageLocation"));
            }
            other => panic!("{other:?}"),
        }
    }
}
