//! Formats and versions: what a client sends and what it accepts (DSP0263 4.1.4; spec/cimi-rest 2.4).

use crate::Format;

/// The media types of answers.
const JSON: &str = "application/json";
const XML: &str = "application/xml";
const TEXT_XML: &str = "text/xml";

/// What HTTP libraries call a body that the program above gave no type.
const FORM: &str = "application/x-www-form-urlencoded";

/// The versions of the protocol that this service speaks, newest first. All have one wire format.
pub const VERSIONS: [&str; 3] = ["1.1.0", "1.0.1", "1.0.0"];

/// The header in which a client asks for a version and the service names the one it used.
pub const VERSION_HEADER: &str = "cimi-specification-version";

/// The header with which an answer says more of an error than its status has room for (`situation`). Another
/// service of this kind understands it, so that errors come through a chain as they were; clients need not.
pub const SITUATION_HEADER: &str = "cimi-bridge-error";

/// The header that leads to the job of a request.
pub const JOB_HEADER: &str = "cimi-job-uri";

impl Format {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => JSON,
            Self::Xml => XML,
        }
    }

    /// The format of a request body by its `Content-Type`; parameters do not matter.
    pub fn of_content_type(content_type: &str) -> Option<Self> {
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        if media_type.eq_ignore_ascii_case(JSON) {
            Some(Self::Json)
        } else if media_type.eq_ignore_ascii_case(XML) || media_type.eq_ignore_ascii_case(TEXT_XML)
        {
            Some(Self::Xml)
        } else {
            None
        }
    }

    /// The format of a body that is called a form and is none: by its first character.
    pub fn of_form(content_type: &str, body: &[u8]) -> Option<Self> {
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        if !media_type.eq_ignore_ascii_case(FORM) {
            return None;
        }
        match body.trim_ascii_start().first() {
            Some(b'{') => Some(Self::Json),
            Some(b'<') => Some(Self::Xml),
            _ => None,
        }
    }

    /// The format that a request wants: `$format` wins over `Accept`; without both it is JSON.
    ///
    /// `None` if neither format will do (status 406).
    pub fn wanted(parameter: Option<&str>, accept: Option<&str>) -> Option<Self> {
        if let Some(name) = parameter {
            return match name.trim() {
                name if name.eq_ignore_ascii_case("json") => Some(Self::Json),
                name if name.eq_ignore_ascii_case("xml") => Some(Self::Xml),
                name => Self::of_content_type(name),
            };
        }
        let Some(accept) = accept.map(str::trim).filter(|a| !a.is_empty()) else {
            return Some(Self::Json);
        };
        let mut best: Option<(f32, Self)> = None;
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let quality = parts
                .find_map(|p| p.strip_prefix("q=").or_else(|| p.strip_prefix("Q=")))
                .map_or(1.0, |q| q.parse().unwrap_or(0.0));
            let format = match name.as_str() {
                "*/*" | "application/*" => Self::Json,
                "text/*" => Self::Xml,
                name => match Self::of_content_type(name) {
                    Some(format) => format,
                    None => continue,
                },
            };
            if quality > 0.0 && best.is_none_or(|(q, _)| quality > q) {
                best = Some((quality, format));
            }
        }
        best.map(|(_, format)| format)
    }
}

/// The version to use for a `CIMI-Specification-Version` header: a comma-separated list in order of
/// preference, whose entries may leave out the last parts (`1.0` matches `1.0.1`).
///
/// `None` if nothing matches (status 400).
pub fn negotiate_version(header: Option<&str>) -> Option<&'static str> {
    let [newest, ..] = VERSIONS;
    let Some(header) = header.map(str::trim).filter(|h| !h.is_empty()) else {
        return Some(newest);
    };
    header.split(',').map(str::trim).find_map(|wanted| {
        VERSIONS.into_iter().find(|version| {
            version.strip_prefix(wanted).is_some_and(|rest| {
                !wanted.is_empty() && (rest.is_empty() || rest.starts_with('.'))
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_and_format() {
        for (parameter, accept, expected) in [
            (None, None, Some(JSON)),
            (None, Some("*/*"), Some(JSON)),
            (None, Some("application/xml"), Some(XML)),
            (None, Some("text/xml; charset=utf-8"), Some(XML)),
            (
                None,
                Some("text/html, application/xml;q=0.9, */*;q=0.8"),
                Some(XML),
            ),
            (
                None,
                Some("application/json;q=0.5,application/xml"),
                Some(XML),
            ),
            (None, Some("application/json;q=0"), None),
            (None, Some("image/png"), None),
            (Some("XML"), Some("application/json"), Some(XML)),
            (Some("json"), None, Some(JSON)),
            (Some("yaml"), None, None),
        ] {
            let answer = Format::wanted(parameter, accept).map(Format::media_type);
            assert_eq!(answer, expected, "{parameter:?} {accept:?}");
        }
    }

    #[test]
    fn content_types() {
        for (text, expected) in [
            ("application/json", Some(Format::Json)),
            ("Application/JSON; charset=utf-8", Some(Format::Json)),
            ("text/xml;charset=utf-16", Some(Format::Xml)),
            ("application/x-www-form-urlencoded", None),
            ("", None),
        ] {
            assert_eq!(Format::of_content_type(text), expected, "{text}");
        }
    }

    #[test]
    fn bodies_called_forms() {
        for (text, body, expected) in [
            (FORM, " {}", Some(Format::Json)),
            (
                "Application/x-www-form-urlencoded; charset=utf-8",
                "\n<Action/>",
                Some(Format::Xml),
            ),
            (FORM, "action=start", None),
            (FORM, "", None),
            ("text/plain", "{}", None),
        ] {
            assert_eq!(
                Format::of_form(text, body.as_bytes()),
                expected,
                "{text} {body}"
            );
        }
    }

    #[test]
    fn versions() {
        for (header, expected) in [
            (None, Some("1.1.0")),
            (Some("1.0"), Some("1.0.1")),
            (Some("1.1,1.0"), Some("1.1.0")),
            (Some("2.0, 1.0.1"), Some("1.0.1")),
            (Some("1"), Some("1.1.0")),
            (Some("1.00"), None),
            (Some("2.0.0"), None),
            (Some(","), None),
        ] {
            assert_eq!(negotiate_version(header), expected, "{header:?}");
        }
    }
}
