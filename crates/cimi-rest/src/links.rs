//! InstanceIDs to URIs and back, at this one place (DSP0263 5.5.10).
//!
//! REST id = base URI + InstanceID, always. Answers have absolute URIs that start with the origin of
//! the request; requests may have absolute URIs, absolute paths, or URIs relative to the base.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// How an absolute URI that is not ours becomes an InstanceID (`spec/cimi-cim`, section 2).
const FOREIGN: &str = "x/";

/// The base URI of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    base: String,
    /// Where the path starts in `base`.
    path_at: usize,
    /// Where the authority starts in `base`.
    authority_at: usize,
    /// Another authority of the same service.
    alias: Option<String>,
}

impl Links {
    /// Links below `scheme://authority/path`; the path starts and ends with a slash.
    pub fn new(scheme: &str, authority: &str, path: &str) -> Self {
        let base = format!("{scheme}://{authority}{path}");
        Self {
            authority_at: scheme.len() + 3,
            path_at: scheme.len() + 3 + authority.len(),
            alias: None,
            base,
        }
    }

    /// Knows the same service by another authority, too: a proxy in front of it may have one of its own.
    #[must_use]
    pub fn known_as(mut self, authority: &str) -> Self {
        self.alias = Some(authority.to_owned());
        self
    }

    /// Whether an authority is that of this service.
    pub fn is_ours(&self, authority: &str) -> bool {
        let ours = &self.base[self.authority_at..self.path_at];
        is_same(authority, ours) || self.alias.as_deref().is_some_and(|a| is_same(authority, a))
    }

    /// The absolute URI of another service that an InstanceID stands for, if it does.
    pub fn foreign(id: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(id.strip_prefix(FOREIGN)?).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// The base URI; it ends with a slash.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What stands before an InstanceID in its URI: the base, but nothing before the name of a component
    /// of the same system template (`#name`), which is a reference within the document.
    pub fn base_of(&self, id: &str) -> &str {
        if id.starts_with('#') { "" } else { &self.base }
    }

    /// The URI of an InstanceID.
    pub fn uri(&self, id: &str) -> String {
        let mut uri = String::with_capacity(self.base.len() + id.len());
        uri.push_str(self.base_of(id));
        uri.push_str(id);
        uri
    }

    /// The InstanceID that a URI means. The scheme is not compared: a proxy may end TLS. The loopback
    /// addresses of one port are one service: a client may have been handed URIs of each spelling.
    pub fn instance_id<'a>(&self, uri: &'a str) -> Cow<'a, str> {
        let uri = uri.trim();
        let path = &self.base[self.path_at..];
        if let Some((_, rest)) = uri.split_once("://") {
            let (authority, at) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            return match at.strip_prefix(path) {
                Some(id) if self.is_ours(authority) => id.trim_end_matches('/').into(),
                _ => format!("{FOREIGN}{}", URL_SAFE_NO_PAD.encode(uri)).into(),
            };
        }
        let id = uri.strip_prefix(path).unwrap_or(uri);
        id.trim_end_matches('/').into()
    }
}

/// Whether two authorities are one; the case of a host does not matter (RFC 3986 3.2.2).
fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || matches!((loopback_port(one), loopback_port(other)), (Some(a), Some(b)) if a == b)
}

/// The port behind a loopback host, empty if there is none; `None` for other hosts.
fn loopback_port(authority: &str) -> Option<&str> {
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .find_map(|host| {
            let start = authority.get(..host.len())?;
            start
                .eq_ignore_ascii_case(host)
                .then(|| &authority[host.len()..])
        })
        .filter(|port| port.is_empty() || port.starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_means_one_instance() {
        let links = Links::new("http", "h:5985", "/cimi/");
        assert_eq!(links.uri("machines/1"), "http://h:5985/cimi/machines/1");
        for uri in [
            "http://h:5985/cimi/machines/1",
            "https://h:5985/cimi/machines/1",
            "http://h:5985/cimi/machines/1/",
            "http://H:5985/cimi/machines/1",
            "/cimi/machines/1",
            "machines/1",
            " machines/1 ",
        ] {
            assert_eq!(links.instance_id(uri), "machines/1", "{uri}");
        }
        let foreign = links.instance_id("http://other/cimi/machines/1");
        assert!(foreign.starts_with("x/"), "{foreign}");
        assert_eq!(links.instance_id(&links.uri(&foreign)), foreign);
    }

    #[test]
    fn loopback_has_several_spellings() {
        for ours in ["localhost:81", "127.0.0.1:81", "[::1]:81", "LOCALHOST:81"] {
            let links = Links::new("http", ours, "/cimi/");
            for host in ["localhost", "127.0.0.1", "[::1]", "LocalHost"] {
                let uri = format!("http://{host}:81/cimi/machines/1");
                assert_eq!(links.instance_id(&uri), "machines/1", "{ours} {uri}");
            }
            for foreign in [
                "http://localhost:82/cimi/machines/1",
                "http://localhost/cimi/machines/1",
                "http://localhost.example:81/cimi/machines/1",
                "http://127.0.0.1:81/other/machines/1",
                "http://127.0.0.10:81/cimi/machines/1",
                "http://h:81/cimi/machines/1",
            ] {
                assert!(links.instance_id(foreign).starts_with("x/"), "{foreign}");
            }
        }
        let links = Links::new("http", "h:81", "/cimi/");
        let loopback = links.instance_id("http://localhost:81/cimi/machines/1");
        assert!(loopback.starts_with("x/"), "{loopback}");
    }
}
