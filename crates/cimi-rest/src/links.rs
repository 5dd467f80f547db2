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
}

impl Links {
    /// Links below `scheme://authority/path`; the path starts and ends with a slash.
    pub fn new(scheme: &str, authority: &str, path: &str) -> Self {
        let base = format!("{scheme}://{authority}{path}");
        Self {
            authority_at: scheme.len() + 3,
            path_at: scheme.len() + 3 + authority.len(),
            base,
        }
    }

    /// The base URI; it ends with a slash.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The URI of an InstanceID.
    pub fn uri(&self, id: &str) -> String {
        let mut uri = String::with_capacity(self.base.len() + id.len());
        uri.push_str(&self.base);
        uri.push_str(id);
        uri
    }

    /// The InstanceID that a URI means. The scheme is not compared: a proxy may end TLS.
    pub fn instance_id<'a>(&self, uri: &'a str) -> Cow<'a, str> {
        let uri = uri.trim();
        let path = &self.base[self.path_at..];
        if let Some((_, rest)) = uri.split_once("://") {
            return match rest.strip_prefix(&self.base[self.authority_at..]) {
                Some(id) => id.trim_end_matches('/').into(),
                None => format!("{FOREIGN}{}", URL_SAFE_NO_PAD.encode(uri)).into(),
            };
        }
        let id = uri.strip_prefix(path).unwrap_or(uri);
        id.trim_end_matches('/').into()
    }
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
}
