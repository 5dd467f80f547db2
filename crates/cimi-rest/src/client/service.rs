//! Where a service is, and the requests to it.

use bytes::Bytes;
use cimi_model::types::CloudEntryPoint;
use cimi_model::value::Operation;
use cimi_model::xml::Document as _;
use http::header::{self, HeaderValue};
use http::{Method, Request};

use super::document::{self, Resource, Typed};
use super::{Action, ClientError, Query};
use crate::{Format, VERSION_HEADER};

/// The version that requests ask for, and the one before it.
const WANTED_VERSIONS: HeaderValue = HeaderValue::from_static("1.1,1.0");

/// A service as a client sees it. URIs of its own documents are followed wherever its base URI says that
/// they are; those of other services are refused, so that no login goes to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    format: Format,
    /// Scheme, host and port that the user gave.
    authority: String,
    /// The path that relative URIs are relative to; ends with a slash.
    path: String,
    /// Host and port of the service's own base URI, which a proxy may have changed.
    own_authority: Option<String>,
    /// Where the entry point is.
    entry_point: String,
}

impl Service {
    /// A service at this URL: that of its entry point, or of the base below which that is found.
    ///
    /// # Errors
    /// The URL is none of HTTP.
    pub fn new(url: &str, format: Format) -> Result<Self, ClientError> {
        let (authority, path) = split(url).ok_or_else(|| ClientError::Uri {
            uri: url.to_owned(),
            reason: "it is no URL such as https://cloud.example/cimi/",
        })?;
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let end = path.rfind('/').map_or(0, |at| at + 1);
        let base = match path.get(..end) {
            Some(base) if !base.is_empty() => base,
            _ => "/",
        };
        Ok(Self {
            format,
            authority: authority.to_owned(),
            path: base.to_owned(),
            own_authority: None,
            entry_point: if path.is_empty() { "/" } else { path }.to_owned(),
        })
    }

    /// The format of requests and answers.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Learns from the entry point what its URIs are relative to.
    ///
    /// # Errors
    /// The base URI is no absolute one.
    pub fn discovered(&mut self, entry: &Resource<CloudEntryPoint>) -> Result<(), ClientError> {
        let Some(base) = &entry.value.base_uri else {
            return Ok(());
        };
        let (authority, path) = split(base).ok_or_else(|| ClientError::Uri {
            uri: base.clone(),
            reason: "the base URI of the service is not absolute",
        })?;
        self.own_authority = Some(authority.to_owned());
        self.path = path.to_owned();
        if !self.path.ends_with('/') {
            self.path.push('/');
        }
        Ok(())
    }

    /// The request for the entry point, from which everything is found.
    ///
    /// # Errors
    /// The URL has impossible characters.
    pub fn entry_point(&self) -> Result<Request<Bytes>, ClientError> {
        self.request(Method::GET, &self.entry_point, Vec::new())
    }

    /// A GET of a resource or collection; with the version that is known already, only if it changed.
    ///
    /// # Errors
    /// The URI is not one of this service.
    pub fn read(
        &self,
        uri: &str,
        query: &Query,
        known: Option<&str>,
    ) -> Result<Request<Bytes>, ClientError> {
        let mut target = self.target(uri)?;
        query.append(&mut target);
        let mut request = self.request(Method::GET, &target, Vec::new())?;
        set(&mut request, header::IF_NONE_MATCH, known)?;
        Ok(request)
    }

    /// A POST to the `add` of a collection: a resource, or a create request.
    ///
    /// # Errors
    /// As for [`Service::read`]; and what cannot be written in the format.
    pub fn create<T: Typed>(&self, add: &str, body: &T) -> Result<Request<Bytes>, ClientError> {
        let body = document::write(self.format, body)?;
        self.create_document(add, body)
    }

    /// The same with a document in the format of the service, as `write_json` and `write_xml` make them.
    ///
    /// # Errors
    /// As for [`Service::read`].
    pub fn create_document(&self, add: &str, body: String) -> Result<Request<Bytes>, ClientError> {
        self.request(Method::POST, &self.target(add)?, body.into())
    }

    /// A PUT of some attributes: those that are named and absent in the body are removed, all others
    /// left alone (DSP0263 4.2.1.3.1). With a version, only if it is still that one.
    ///
    /// # Errors
    /// As for [`Service::create`].
    pub fn update<T: Typed>(
        &self,
        edit: &str,
        attributes: &[&str],
        body: &T,
        version: Option<&str>,
    ) -> Result<Request<Bytes>, ClientError> {
        let mut target = self.target(edit)?;
        let select = Query::new().select(attributes.iter().copied());
        select.append(&mut target);
        self.put(&target, body, version)
    }

    /// A PUT of a whole resource: what is absent in the body is removed. In XML, attributes beyond the
    /// model are absent in typed structures; [`Service::update`] leaves them alone.
    ///
    /// # Errors
    /// As for [`Service::create`].
    pub fn replace<T: Typed>(
        &self,
        edit: &str,
        body: &T,
        version: Option<&str>,
    ) -> Result<Request<Bytes>, ClientError> {
        self.put(&self.target(edit)?, body, version)
    }

    fn put<T: Typed>(
        &self,
        target: &str,
        body: &T,
        version: Option<&str>,
    ) -> Result<Request<Bytes>, ClientError> {
        let body = document::write(self.format, body)?;
        let mut request = self.request(Method::PUT, target, body.into())?;
        set(&mut request, header::IF_MATCH, version)?;
        Ok(request)
    }

    /// A DELETE; with a version, only if it is still that one.
    ///
    /// # Errors
    /// As for [`Service::read`].
    pub fn delete(&self, uri: &str, version: Option<&str>) -> Result<Request<Bytes>, ClientError> {
        let mut request = self.request(Method::DELETE, &self.target(uri)?, Vec::new())?;
        set(&mut request, header::IF_MATCH, version)?;
        Ok(request)
    }

    /// A POST of an action that the resource offers.
    ///
    /// # Errors
    /// [`ClientError::NotOffered`], and as for [`Service::read`].
    pub fn act<T>(
        &self,
        resource: &Resource<T>,
        action: &Action,
    ) -> Result<Request<Bytes>, ClientError> {
        self.act_at(resource.operation(&action.rel)?, action)
    }

    /// The same at an operation that was found elsewhere, such as in a page of a collection.
    ///
    /// # Errors
    /// As for [`Service::read`].
    pub fn act_at(
        &self,
        operation: &Operation,
        action: &Action,
    ) -> Result<Request<Bytes>, ClientError> {
        let body = action.write(self.format, CloudEntryPoint::NAMESPACE, &operation.rel);
        self.request(Method::POST, &self.target(&operation.href)?, body.into())
    }

    /// A GET of an OVF package.
    ///
    /// # Errors
    /// As for [`Service::read`].
    pub fn package(&self, uri: &str) -> Result<Request<Bytes>, ClientError> {
        let mut request = self.request(Method::GET, &self.target(uri)?, Vec::new())?;
        let accept = HeaderValue::from_static("application/ovf, application/json;q=0.1");
        request.headers_mut().insert(header::ACCEPT, accept);
        Ok(request)
    }

    /// Path and query of a URI of this service; relative ones are relative to its base.
    fn target(&self, uri: &str) -> Result<String, ClientError> {
        let fail = |reason| ClientError::Uri {
            uri: uri.to_owned(),
            reason,
        };
        let uri = uri.trim();
        if uri.is_empty() {
            return Err(fail("it is empty"));
        }
        let target = match split(uri) {
            Some((authority, path)) => {
                let ours = authority.eq_ignore_ascii_case(&self.authority)
                    || self
                        .own_authority
                        .as_ref()
                        .is_some_and(|own| authority.eq_ignore_ascii_case(own));
                if !ours {
                    return Err(fail("it leads to another service"));
                }
                path.to_owned()
            }
            None if uri.contains("://") || uri.starts_with("//") => {
                return Err(fail("it is not a URI of HTTP"));
            }
            None if uri.starts_with('/') => uri.to_owned(),
            None => format!("{}{uri}", self.path),
        };
        Ok(match target.split_once('#') {
            Some((target, _)) => target.to_owned(),
            None => target,
        })
    }

    fn request(
        &self,
        method: Method,
        target: &str,
        body: Vec<u8>,
    ) -> Result<Request<Bytes>, ClientError> {
        let media_type = HeaderValue::from_static(self.format.media_type());
        let mut request = Request::builder()
            .method(method)
            .uri(target)
            .header(header::ACCEPT, media_type.clone())
            .header(VERSION_HEADER, WANTED_VERSIONS);
        if !body.is_empty() {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        request.body(body.into()).map_err(|_| ClientError::Uri {
            uri: target.to_owned(),
            reason: "it has characters that a URI cannot have",
        })
    }
}

fn set(
    request: &mut Request<Bytes>,
    name: header::HeaderName,
    value: Option<&str>,
) -> Result<(), ClientError> {
    if let Some(value) = value {
        let value = HeaderValue::from_str(value)
            .map_err(|_| ClientError::Unwritable(format!("`{value}` is no version")))?;
        request.headers_mut().insert(name, value);
    }
    Ok(())
}

/// Host with port, and the rest, of an absolute URI of HTTP.
fn split(uri: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = uri.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    (!authority.is_empty()).then_some((authority, path))
}
