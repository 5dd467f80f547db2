//! Where a cloud has what: its base URI, its collections, and the way from identifiers to URIs and back.

use std::collections::BTreeMap;

use cim_core::{CimError, ErrorKind};
use cimi_rest::{ENTRY_POINT_ID, Format, Links};

/// What the entry point told.
#[derive(Debug)]
pub(crate) struct Site {
    /// The format that the cloud answers in.
    pub(crate) format: Format,
    /// Identifiers and URIs.
    pub(crate) links: Links,
    /// The path of the base URI; ends with a slash.
    path: String,
    /// Where the entry point is.
    entry: String,
    /// The collections of the entry point by attribute, as identifiers.
    collections: BTreeMap<String, String>,
}

/// What of an identifier may not be: it would lead out of the base URI, or not be one URI.
fn is_plain(id: &str) -> bool {
    let path = id.split(['?', '#']).next().unwrap_or_default();
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '\\' && c != '#';
    id.chars().all(plain)
        && !path.split('/').any(|segment| {
            matches!(
                segment.to_ascii_lowercase().as_str(),
                "." | ".." | "%2e" | "%2e%2e" | ".%2e" | "%2e."
            )
        })
}

impl Site {
    /// A cloud whose entry point was found at a URL and names this base URI.
    pub(crate) fn new(
        url: &str,
        base: Option<&str>,
        format: Format,
        links_of_entry: &BTreeMap<String, String>,
    ) -> Result<Self, &'static str> {
        let (scheme, given, entry) = split(url).ok_or("the URL is none of HTTP")?;
        let (own, path) = match base {
            Some(base) => {
                let (_, own, path) = split(base).ok_or("its baseURI is no absolute URI of HTTP")?;
                (own, path)
            }
            // Relative URIs are then relative to the entry point (RFC 3986 5.1.3).
            None => (
                given,
                entry.get(..=entry.rfind('/').unwrap_or(0)).unwrap_or("/"),
            ),
        };
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut path = path.to_owned();
        if !path.ends_with('/') {
            path.push('/');
        }
        // URIs in requests are in the cloud's own words: some compare them as texts.
        let links = Links::new(scheme, own, &path).known_as(given);
        let collections = links_of_entry
            .iter()
            .map(|(name, href)| (name.clone(), links.instance_id(href).into_owned()))
            .collect();
        Ok(Self {
            format,
            links,
            path,
            entry: if entry.is_empty() { "/" } else { entry }.to_owned(),
            collections,
        })
    }

    /// The collection of the entry point with that attribute, if the cloud has it.
    pub(crate) fn collection(&self, attribute: &str) -> Option<&str> {
        self.collections
            .get(attribute)
            .or_else(|| {
                // The long spelling is a synonym (cimi-interop, section 1).
                let long = attribute.replace("Configs", "Configurations");
                self.collections.get(&long)
            })
            .map(String::as_str)
    }

    /// The URI of a resource in one of the cloud's collections, if a text is the identifier of one.
    pub(crate) fn uri_in_collection(&self, text: &str) -> Option<String> {
        let is_in = |collection: &String| {
            let item = text.strip_prefix(collection.trim_end_matches('/'));
            item.is_some_and(|item| item.starts_with('/') && item.len() > 1)
        };
        let uri = self
            .collections
            .values()
            .any(is_in)
            .then(|| self.links.uri(text));
        uri.or_else(|| Links::foreign(text))
    }

    /// The path, and query, to ask for what an identifier or collection means.
    pub(crate) fn target(&self, id: &str) -> Result<String, CimError> {
        if id == ENTRY_POINT_ID {
            return Ok(self.entry.clone());
        }
        let none = || {
            CimError::new(
                ErrorKind::NotFound,
                "There is no resource with this identifier.",
            )
        };
        if let Some(uri) = Links::foreign(id) {
            // Another host would get the login. Another path of this one may be meant.
            let (_, authority, path) = split(&uri).ok_or_else(none)?;
            return if self.links.is_ours(authority) && is_plain(path) && path.starts_with('/') {
                Ok(path.to_owned())
            } else {
                Err(none())
            };
        }
        if id.is_empty() || !is_plain(id) || id.starts_with("//") {
            return Err(none());
        }
        if id.starts_with('/') {
            return Ok(id.to_owned());
        }
        Ok(format!("{}{id}", self.path))
    }
}

/// Scheme, authority and path of an absolute URI of HTTP.
pub(crate) fn split(uri: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = uri.trim().split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    (!authority.is_empty() && !authority.contains('@')).then_some((scheme, authority, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(url: &str, base: Option<&str>) -> Site {
        let links = [("machines".to_owned(), "machines".to_owned())].into();
        Site::new(url, base, Format::Json, &links).unwrap()
    }

    #[test]
    fn identifiers_are_relative_to_the_base() {
        let site = site(
            "http://front:81/cimi/cloudEntryPoint",
            Some("http://inner/api"),
        );
        assert_eq!(
            site.links.instance_id("http://inner/api/machines/1"),
            "machines/1"
        );
        assert_eq!(
            site.links.instance_id("http://front:81/api/machines/1"),
            "machines/1"
        );
        assert_eq!(site.target("machines/1").unwrap(), "/api/machines/1");
        assert_eq!(
            site.target("cloudEntryPoint").unwrap(),
            "/cimi/cloudEntryPoint"
        );
        assert_eq!(site.target("/other/1").unwrap(), "/other/1");
        let elsewhere = site
            .links
            .instance_id("http://front:81/elsewhere/1")
            .into_owned();
        assert_eq!(site.target(&elsewhere).unwrap(), "/elsewhere/1");
    }

    #[test]
    fn nothing_leads_to_another_host_or_out_of_the_base() {
        let site = site("http://h/cimi", None);
        let foreign = site
            .links
            .instance_id("http://evil.example/machines/1")
            .into_owned();
        assert!(foreign.starts_with("x/"));
        for id in [
            &foreign,
            "../admin",
            "machines/../../admin",
            "//evil.example/x",
            "a b",
            "",
            "machines/%2e%2E/x",
        ] {
            let error = site.target(id).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NotFound, "{id}");
        }
    }
}
