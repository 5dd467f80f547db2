//! Where a request came in, as the client sees it: the start of every absolute URI in the answer.

use http::request::Parts;
use http::uri::Authority;
use http::{Version, header};

use crate::Origin;

/// The longest `Host` that is taken; a DNS name has at most 253 characters.
const MAX_AUTHORITY: usize = 320;

/// A configured scheme and authority, for a service behind a reverse proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base(Origin);

impl Base {
    /// `http://authority` or `https://authority`, with at most a slash behind it.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = if let Some(rest) = text.strip_prefix("https://") {
            ("https", rest)
        } else if let Some(rest) = text.strip_prefix("http://") {
            ("http", rest)
        } else {
            return Err("has to start with `http://` or `https://`");
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if authority.contains('/') {
            return Err("cannot have a path: the entry points are at fixed paths");
        }
        if !is_plain_authority(authority) {
            return Err("has no valid host");
        }
        Ok(Self(Origin {
            scheme,
            authority: authority.to_owned(),
        }))
    }
}

/// The origin of a request.
///
/// # Errors
/// What is wrong with its `Host` (RFC 9112, 3.2: required in HTTP/1.1, once, and valid).
pub(crate) fn of(
    request: &Parts,
    scheme: &'static str,
    base: Option<&Base>,
    local: &str,
) -> Result<Origin, &'static str> {
    let mut hosts = request.headers.get_all(header::HOST).iter();
    let host = hosts.next();
    if hosts.next().is_some() {
        return Err("More than one Host header.");
    }
    // An absolute request target wins over Host (RFC 9112, 3.2.2).
    let authority = if let Some(authority) = request.uri.authority() {
        Some(authority.as_str())
    } else if let Some(host) = host {
        Some(host.to_str().map_err(|_| "The Host header is not ASCII.")?)
    } else if request.version == Version::HTTP_10 {
        None
    } else {
        return Err("No Host header (HTTP/1.1 requires one).");
    };
    if authority.is_some_and(|authority| !is_plain_authority(authority)) {
        return Err("The Host header is not a host name or address with an optional port.");
    }
    if let Some(Base(origin)) = base {
        return Ok(origin.clone());
    }
    Ok(Origin {
        scheme,
        authority: authority.unwrap_or(local).to_owned(),
    })
}

/// Whether a text is a host with an optional port and nothing else, safe to be written into URIs and XML.
fn is_plain_authority(text: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(byte);
    text.len() <= MAX_AUTHORITY
        && text.as_bytes().iter().all(plain)
        && text
            .parse::<Authority>()
            .is_ok_and(|authority| !authority.host().is_empty())
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn parts(uri: &str, hosts: &[&str]) -> Parts {
        let mut request = Request::builder().uri(uri);
        for host in hosts {
            request = request.header("host", *host);
        }
        request.body(()).unwrap().into_parts().0
    }

    fn authority(uri: &str, hosts: &[&str]) -> Result<String, &'static str> {
        of(&parts(uri, hosts), "http", None, "127.0.0.1:1").map(|origin| origin.authority)
    }

    #[test]
    fn a_host_is_taken_as_written() {
        for host in [
            "localhost:5985",
            "127.0.0.1",
            "[::1]:5985",
            "Cloud.example.org",
        ] {
            assert_eq!(authority("/", &[host]).unwrap(), host);
        }
        assert_eq!(authority("http://a:1/x", &["b:2"]).unwrap(), "a:1");
    }

    #[test]
    fn a_host_that_is_none_is_refused() {
        let long = "a".repeat(400);
        for host in [
            "",
            "a b",
            "a/b",
            "user@host",
            "<x>",
            "a\"b",
            "a'b",
            "a&b",
            ":80",
            &long,
        ] {
            assert!(authority("/", &[host]).is_err(), "{host}");
        }
        assert!(authority("/", &[]).is_err());
        assert!(authority("/", &["a", "a"]).is_err());
    }

    #[test]
    fn http_1_0_needs_no_host() {
        let mut parts = parts("/", &[]);
        parts.version = Version::HTTP_10;
        assert_eq!(
            of(&parts, "http", None, "127.0.0.1:1").unwrap().authority,
            "127.0.0.1:1"
        );
    }

    #[test]
    fn a_configured_base_wins() {
        let base = Base::parse("https://cloud.example.org/").unwrap();
        let origin = of(&parts("/", &["inner:1"]), "http", Some(&base), "x").unwrap();
        assert_eq!(
            (origin.scheme, origin.authority.as_str()),
            ("https", "cloud.example.org")
        );
        for wrong in [
            "cloud",
            "ftp://a",
            "https://",
            "https://a/b",
            "https://a b",
            "https://u@h",
        ] {
            assert!(Base::parse(wrong).is_err(), "{wrong}");
        }
    }
}
