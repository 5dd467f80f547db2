//! Showing an administrator one request in all its forms ([`provider::trace`]).
//!
//! A request with the header [`HEADER`] is carried out as always; its answer is not what it gave but what
//! happened: the request as it came, the CIM operation, what went to a remote cloud, and the way back. As JSON
//! for tools, as text for people.

use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, header, request};
use provider::trace::{self, Place, Step};
use serde_json::{Value as Json, json};

/// The header of a request that is to be explained: `text` or `json`.
pub const HEADER: &str = "cimi-bridge-explain";

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Json,
}

/// Whether a request is to be explained; any value but `json` means text.
pub(crate) fn wanted(headers: &HeaderMap) -> Option<Form> {
    let value = headers.get(HEADER)?;
    Some(if value.as_bytes().eq_ignore_ascii_case(b"json") {
        Form::Json
    } else {
        Form::Text
    })
}

/// Notes the request that came, its login left out.
pub(crate) fn note_request(parts: &request::Parts, body: &[u8]) {
    trace::note(
        Place::Request,
        || format!("{} {}", parts.method, parts.uri),
        || message(&parts.headers, body),
    );
}

/// Notes the answer that goes back.
pub(crate) fn note_answer(response: &Response<Bytes>) {
    trace::note(
        Place::Answer,
        || format!("HTTP {}", response.status()),
        || message(response.headers(), response.body()),
    );
}

/// What header fields say that is worth reading, and the body behind an empty line.
fn message(headers: &HeaderMap, body: &[u8]) -> String {
    let shown = [
        header::ACCEPT,
        header::CONTENT_TYPE,
        header::IF_MATCH,
        header::IF_NONE_MATCH,
        header::ETAG,
        header::LOCATION,
        header::LINK,
        header::RETRY_AFTER,
    ];
    let mut text = String::new();
    for name in &shown {
        for value in headers.get_all(name) {
            let value = String::from_utf8_lossy(value.as_bytes());
            let _ = writeln!(text, "{name}: {value}");
        }
    }
    let head = text;
    // The body is masked by what it is, so it must stand alone.
    let body = trace::masked(&String::from_utf8_lossy(body));
    match (head.is_empty(), body.is_empty()) {
        (true, _) => body,
        (false, true) => head,
        (false, false) => format!("{head}\n{body}"),
    }
}

/// The answer that tells what happened, with the status that the request would have had.
pub(crate) fn answer(form: Form, response: &Response<Bytes>, steps: &[Step]) -> Response<Bytes> {
    let (media_type, text) = match form {
        Form::Text => ("text/plain; charset=utf-8", render(steps, Style::Plain)),
        Form::Json => ("application/json", to_json(steps).to_string()),
    };
    let mut told = Response::new(Bytes::from(text));
    *told.status_mut() = response.status();
    let headers = told.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HEADER, HeaderValue::from_static("yes"));
    told
}

const NAMES: [(Place, &str); 6] = [
    (Place::Request, "request"),
    (Place::Operation, "operation"),
    (Place::Sent, "sent"),
    (Place::Received, "received"),
    (Place::Outcome, "outcome"),
    (Place::Answer, "answer"),
];

/// The steps as JSON: `after_us`, `place`, `title`, `text`.
pub fn to_json(steps: &[Step]) -> Json {
    let steps = steps.iter().map(|step| {
        let name = NAMES.iter().find(|(place, _)| *place == step.place);
        json!({
            "after_us": u64::try_from(step.after.as_micros()).unwrap_or(u64::MAX),
            "place": name.map_or("", |(_, name)| name),
            "title": step.title,
            "text": step.text,
        })
    });
    steps.collect()
}

/// Reads [`to_json`]; `None` if it is something else.
pub fn from_json(json: &Json) -> Option<Vec<Step>> {
    let steps = json.as_array()?.iter().map(|step| {
        let name = step["place"].as_str()?;
        let (place, _) = NAMES.iter().find(|(_, known)| *known == name)?;
        Some(Step {
            after: Duration::from_micros(step["after_us"].as_u64()?),
            place: *place,
            title: step["title"].as_str()?.to_owned(),
            text: step["text"].as_str()?.to_owned(),
        })
    });
    steps.collect()
}

/// Whether a terminal shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// Colours (ANSI).
    Coloured,
}

/// The steps for people: the way there with arrows down, the way back with arrows up.
pub fn render(steps: &[Step], style: Style) -> String {
    let mut out = String::new();
    for (at, step) in steps.iter().enumerate() {
        let (arrow, colour, what) = match step.place {
            Place::Request => ("▼", "1;36", "the request that came"),
            Place::Operation => ("▼", "1;33", "the CIM operation"),
            Place::Sent => ("▼", "1;35", "sent to the cloud behind"),
            Place::Received => ("▲", "1;35", "its answer"),
            Place::Outcome => ("▲", "1;33", "what the operation gave"),
            Place::Answer => ("▲", "1;36", "the answer that goes back"),
        };
        let (on, dim, off) = match style {
            Style::Plain => (String::new(), "", ""),
            Style::Coloured => (format!("\x1b[{colour}m"), "\x1b[2m", "\x1b[0m"),
        };
        let time = step.after.as_secs_f64() * 1000.0;
        let number = at + 1;
        let _ = writeln!(
            out,
            "{on}{arrow} {number}  {what}{off}  {dim}after {time:.1} ms{off}\n  {on}{}{off}",
            printable(&step.title)
        );
        for line in pretty(&step.text).lines() {
            let _ = writeln!(out, "{dim}  │{off} {}", printable(line));
        }
        out.push('\n');
    }
    out
}

/// Without what a terminal would obey.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\t' { '·' } else { c })
        .collect()
}

/// A message in lines: header fields as they are, a body of XML or JSON indented.
fn pretty(text: &str) -> String {
    let start = text.find("\n\n").map_or(0, |at| at + 2);
    let (head, body) = text.split_at(start);
    let is_document = |text: &str| text.starts_with(['<', '{', '[']);
    let (head, body) = if is_document(body) || !is_document(text) {
        (head, body)
    } else {
        ("", text)
    };
    let body = match body.chars().next() {
        Some('<') => indented(body),
        Some('{' | '[') => match serde_json::from_str::<Json>(body) {
            Ok(json) => format!("{json:#}"),
            Err(_) => body.to_owned(),
        },
        _ => body.to_owned(),
    };
    format!("{head}{body}")
}

/// XML with a line for each element; one that holds only text stays on its line.
fn indented(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len() * 2);
    let mut depth = 0_usize;
    let mut rest = xml;
    // Whether the line ends with the start tag of an element that may be closed on it.
    let mut open = false;
    while !rest.is_empty() {
        let piece_end = match rest.strip_prefix('<') {
            Some(tag) => tag.find('>').map_or(rest.len(), |end| end + 2),
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, behind) = rest.split_at(piece_end);
        rest = behind;
        if !piece.starts_with('<') {
            // Space between elements is this function's own.
            if !piece.trim().is_empty() {
                out.push_str(piece.trim());
            }
            continue;
        }
        let closes = piece.starts_with("</");
        if closes {
            depth = depth.saturating_sub(1);
        }
        let same_line = out.is_empty() || closes && open;
        if !same_line {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth.min(40)));
        }
        out.push_str(piece);
        open = !closes && !piece.ends_with("/>") && !piece.starts_with("<?");
        if open {
            depth += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn steps() -> Vec<Step> {
        let step = |ms, place, title: &str, text: &str| Step {
            after: Duration::from_millis(ms),
            place,
            title: title.into(),
            text: text.into(),
        };
        vec![
            step(
                0,
                Place::Request,
                "POST /wsman",
                "content-type: x\n\n<a><b c='1'>t</b><d></d><e/></a>",
            ),
            step(1, Place::Operation, "get CIMI_Machine.InstanceID=\"m\"", ""),
            step(2, Place::Sent, "GET http://far/cimi/m\x1b[2J", ""),
            step(3, Place::Received, "HTTP 200", r#"{"a":[1]}"#),
            step(4, Place::Outcome, "one CIMI_Machine", ""),
            step(5, Place::Answer, "HTTP 200 OK", "<broken"),
        ]
    }

    #[test]
    fn it_can_be_read() {
        expect![[r#"
            ▼ 1  the request that came  after 0.0 ms
              POST /wsman
              │ content-type: x
              │ 
              │ <a>
              │   <b c='1'>t</b>
              │   <d></d>
              │   <e/>
              │ </a>

            ▼ 2  the CIM operation  after 1.0 ms
              get CIMI_Machine.InstanceID="m"

            ▼ 3  sent to the cloud behind  after 2.0 ms
              GET http://far/cimi/m·[2J

            ▲ 4  its answer  after 3.0 ms
              HTTP 200
              │ {
              │   "a": [
              │     1
              │   ]
              │ }

            ▲ 5  what the operation gave  after 4.0 ms
              one CIMI_Machine

            ▲ 6  the answer that goes back  after 5.0 ms
              HTTP 200 OK
              │ <broken

        "#]]
        .assert_eq(&render(&steps(), Style::Plain));
        assert!(render(&steps(), Style::Coloured).contains("\x1b[1;36m▼ 1"));
    }

    #[test]
    fn tools_read_the_same() {
        assert_eq!(from_json(&to_json(&steps())), Some(steps()));
        assert_eq!(from_json(&json!([{ "place": "elsewhere" }])), None);
    }

    #[test]
    fn logins_and_secrets_are_not_in_it() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::AUTHORIZATION,
            HeaderValue::from_static("Basic c2VjcmV0"),
        );
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        let text = message(&headers, br#"{"initialPassword": "secret"}"#);
        assert_eq!(
            text,
            "accept: application/json\n\n{\"initialPassword\": \"***\"}"
        );
    }
}
