//! Where a request came in, as the client sees it: the start of every absolute URI in the answer.
//!
//! Behind a reverse proxy that is not what arrives here. Either the configuration says it once and for
//! all (`base_url`), or the proxy says it with every request (`trust_forwarded`: `Forwarded` of RFC 7239, or
//! the older `X-Forwarded-*`). Unless so configured these headers mean nothing: clients could write them.

use http::header::{self, HeaderName};
use http::request::Parts;
use http::uri::{Authority, PathAndQuery};
use http::{Uri, Version};

use crate::Origin;

/// The longest `Host` that is taken; a DNS name has at most 253 characters.
const MAX_AUTHORITY: usize = 320;

/// The longest path before the service's own.
const MAX_PREFIX: usize = 1024;

const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PREFIX: HeaderName = HeaderName::from_static("x-forwarded-prefix");

/// What is known of the reverse proxy before the service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Proxy {
    /// How clients see the service, whatever a request says.
    pub(crate) base: Option<Base>,
    /// Whether the proxy says it in headers.
    pub(crate) trust_forwarded: bool,
}

/// A configured scheme, authority and path, for a service behind a reverse proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base(Origin);

impl Base {
    /// `http://authority/path` or `https://authority/path`; the path may be missing.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = if let Some(rest) = text.strip_prefix("https://") {
            ("https", rest)
        } else if let Some(rest) = text.strip_prefix("http://") {
            ("http", rest)
        } else {
            return Err("has to start with `http://` or `https://`");
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if !is_plain_authority(authority) {
            return Err("has no valid host");
        }
        Ok(Self(Origin {
            scheme,
            authority: authority.to_owned(),
            prefix: prefix(path).ok_or("has a path that is not one of plain segments")?,
        }))
    }
}

/// The origin of a request.
///
/// # Errors
/// What is wrong with its `Host` (RFC 9112, 3.2: required in HTTP/1.1, once, and valid), or with what the
/// proxy says.
pub(crate) fn of(
    request: &Parts,
    scheme: &'static str,
    proxy: &Proxy,
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
    if let Some(Base(origin)) = &proxy.base {
        return Ok(origin.clone());
    }
    let mut origin = Origin {
        scheme,
        authority: authority.unwrap_or(local).to_owned(),
        prefix: String::new(),
    };
    if proxy.trust_forwarded {
        forwarded(request, &mut origin)?;
    }
    Ok(origin)
}

/// Takes over what the proxy says. Of several proxies the first one, which the client speaks with.
fn forwarded(request: &Parts, origin: &mut Origin) -> Result<(), &'static str> {
    let first = |name: &HeaderName| -> Result<Option<&str>, &'static str> {
        let Some(value) = request.headers.get(name) else {
            return Ok(None);
        };
        let value = value
            .to_str()
            .map_err(|_| "A header of the proxy is not ASCII.")?;
        Ok(value
            .split(',')
            .next()
            .map(str::trim)
            .filter(|v| !v.is_empty()))
    };
    let (mut proto, mut host) = (None, None);
    if let Some(element) = first(&header::FORWARDED)? {
        for pair in element.split(';') {
            let (name, value) = pair
                .split_once('=')
                .ok_or("Forwarded is not a list of name=value.")?;
            let value = value.trim().trim_matches('"');
            match name.trim() {
                name if name.eq_ignore_ascii_case("proto") => proto = Some(value),
                name if name.eq_ignore_ascii_case("host") => host = Some(value),
                _ => {}
            }
        }
    } else {
        proto = first(&FORWARDED_PROTO)?;
        host = first(&FORWARDED_HOST)?;
    }
    match proto {
        None => {}
        Some(proto) if proto.eq_ignore_ascii_case("https") => origin.scheme = "https",
        Some(proto) if proto.eq_ignore_ascii_case("http") => origin.scheme = "http",
        Some(_) => return Err("The proxy says that the client came with neither http nor https."),
    }
    if let Some(host) = host {
        if !is_plain_authority(host) {
            return Err(
                "The host that the proxy says is not a host name or address with an optional port.",
            );
        }
        host.clone_into(&mut origin.authority);
    }
    if let Some(path) = first(&FORWARDED_PREFIX)? {
        origin.prefix = prefix(path).ok_or("X-Forwarded-Prefix is no path of plain segments.")?;
    }
    Ok(())
}

/// A path without the slashes at its end; `None` if it is not a slash and plain segments, safe to be
/// written into URIs and XML.
fn prefix(path: &str) -> Option<String> {
    let path = path.trim_end_matches('/');
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(byte);
    let is_plain = path.as_bytes().iter().all(plain)
        && path.len() <= MAX_PREFIX
        && !path
            .split('/')
            .skip(1)
            .any(|s| matches!(s, "" | "." | ".."));
    (path.is_empty() || (is_plain && path.starts_with('/'))).then(|| path.to_owned())
}

/// The target as the service has it: a proxy may leave the prefix in the path or take it away.
pub(crate) fn without_prefix(uri: &Uri, prefix: &str) -> Option<Uri> {
    if prefix.is_empty() {
        return None;
    }
    let target = uri.path_and_query()?.as_str();
    let inner = target.strip_prefix(prefix)?;
    let inner = match inner.as_bytes().first() {
        None => "/",
        Some(b'/') => inner,
        Some(_) => return None,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(inner.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
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
        let proxy = Proxy::default();
        of(&parts(uri, hosts), "http", &proxy, "127.0.0.1:1").map(|origin| origin.authority)
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
            of(&parts, "http", &Proxy::default(), "127.0.0.1:1")
                .unwrap()
                .authority,
            "127.0.0.1:1"
        );
    }

    #[test]
    fn a_configured_base_wins() {
        let seen = |text: &str| {
            let proxy = Proxy {
                base: Some(Base::parse(text).unwrap()),
                trust_forwarded: true,
            };
            let mut parts = parts("/", &["inner:1"]);
            parts.headers.insert(FORWARDED_HOST, "x".parse().unwrap());
            let Origin {
                scheme,
                authority,
                prefix,
            } = of(&parts, "http", &proxy, "x").unwrap();
            format!("{scheme}://{authority}{prefix}")
        };
        for (text, expected) in [
            ("https://cloud.example.org/", "https://cloud.example.org"),
            ("http://cloud.example.org:81", "http://cloud.example.org:81"),
            ("https://h/north/1/", "https://h/north/1"),
        ] {
            assert_eq!(seen(text), expected);
        }
        for wrong in [
            "cloud",
            "ftp://a",
            "https://",
            "https://a b",
            "https://u@h",
            "https://a/b?c",
            "https://a/b#c",
            "https://a/../b",
            "https://a//b",
            "https://a/b c",
            "https://a/<b>",
        ] {
            assert!(Base::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_proxy_is_believed_if_it_is_trusted() {
        let seen = |trust_forwarded: bool, headers: &[(&str, &str)]| {
            let mut parts = parts("/", &["inner:1"]);
            for (name, value) in headers {
                let name: HeaderName = name.parse().unwrap();
                parts.headers.append(name, value.parse().unwrap());
            }
            let proxy = Proxy {
                base: None,
                trust_forwarded,
            };
            of(&parts, "http", &proxy, "x")
                .map(|o| format!("{}://{}{}", o.scheme, o.authority, o.prefix))
        };
        let old = [
            ("x-forwarded-proto", "https, http"),
            ("x-forwarded-host", "cloud.example"),
            ("x-forwarded-prefix", "/north/"),
        ];
        assert_eq!(seen(false, &old), Ok("http://inner:1".into()));
        assert_eq!(seen(true, &old), Ok("https://cloud.example/north".into()));
        assert_eq!(seen(true, &[]), Ok("http://inner:1".into()));
        let new = [(
            "forwarded",
            "for=192.0.2.1;Proto=HTTPS; host=\"cloud.example:81\", proto=http;host=x",
        )];
        assert_eq!(seen(true, &new), Ok("https://cloud.example:81".into()));
        for wrong in [
            ("forwarded", "nonsense"),
            ("forwarded", "proto=gopher"),
            ("forwarded", "host=a/b"),
            ("x-forwarded-host", "u@h"),
            ("x-forwarded-prefix", "north"),
            ("x-forwarded-prefix", "/a/../b"),
            ("x-forwarded-prefix", "/\"><x"),
        ] {
            assert!(seen(true, &[wrong]).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_prefix_is_taken_away_once() {
        for (target, prefix, inner) in [
            ("/north/cimi/x?$first=1", "/north", Some("/cimi/x?$first=1")),
            ("/north", "/north", Some("/")),
            ("/northern/cimi", "/north", None),
            ("/cimi/x", "/north", None),
            ("/cimi/x", "", None),
        ] {
            let found = without_prefix(&target.parse().unwrap(), prefix);
            assert_eq!(found.map(|uri| uri.to_string()).as_deref(), inner);
        }
    }
}
