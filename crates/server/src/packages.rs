//! Packages from and to other places: what `source` of an import and `destination` of an export name.
//!
//! A provider reaches no network. Here a package is fetched before an import, and sent after an export, and
//! only from and to places that the configuration names: a user must not make the service talk to whatever is
//! near it. Redirections are not followed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cim_core::{CimError, ErrorKind, Instance, MethodDescriptor, ObjectPath, Schema, Value};
use cim_query::Query;
use http::{Method, Request, Response, header};
use http_client::{Client, Credentials, Scheme, Settings};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use provider::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource, Role, Survey, Wanted,
};

/// The parameter of an import with the URI of the package.
const SOURCE: &str = "Source";
/// The parameter of an export with the URI that the package is put to.
const DESTINATION: &str = "Destination";
/// The parameter with options; of them, `user` and `secret` are the login of the other place (the samples
/// of DSP0263 5.13 have them).
const PROPERTIES: &str = "Properties";
/// What an export gives back.
const PACKAGE: &str = "Package";
/// How long another place may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A provider that packages are fetched for and taken from.
pub struct Packages {
    provider: Arc<dyn Provider>,
    /// URIs that end in a slash; everything below them may be reached.
    places: Vec<String>,
}

impl Packages {
    /// Such a provider; with no places it is the given one.
    pub fn around(provider: Arc<dyn Provider>, places: &[String]) -> Arc<dyn Provider> {
        if places.is_empty() {
            return provider;
        }
        Arc::new(Self {
            provider,
            places: places.to_vec(),
        })
    }

    /// Imports: the package in the place of where it is.
    async fn fetch(
        &self,
        name: &'static str,
        uri: &str,
        parameters: &Parameters,
    ) -> Result<Value, CimError> {
        check(&self.places, name, uri)?;
        let answer = exchange(name, uri, parameters, Method::GET, Bytes::new()).await?;
        // What was fetched says where it is from, so that a template can (SystemTemplate.importImage).
        Ok(Value::from(format!(
            "data:{};source={};base64,{}",
            ovf::MEDIA_TYPE,
            utf8_percent_encode(uri, NON_ALPHANUMERIC),
            STANDARD.encode(answer.body())
        )))
    }
}

/// Refuses a URI that is not below one of the places.
fn check(places: &[String], name: &'static str, uri: &str) -> Result<(), CimError> {
    let mut below = places
        .iter()
        .filter_map(|place| uri.strip_prefix(place.as_str()));
    // What a server might take for a way back up.
    let stays = |rest: &str| {
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        !path.contains('\\') && path.split('/').all(|part| !matches!(part, "." | ".."))
    };
    if below.any(stays) {
        return Ok(());
    }
    Err(wrong(
        name,
        format!(
            "packages travel inside of requests (`data:` URIs), and from and to places below {} only.",
            places.join(", ")
        ),
    ))
}

fn wrong(name: &'static str, why: impl std::fmt::Display) -> CimError {
    CimError::new(ErrorKind::InvalidParameter, format!("{name}: {why}")).with_subject(name)
}

fn text<'p>(parameters: &'p Parameters, wanted: &str) -> Option<&'p str> {
    let mut all = parameters.iter();
    let (_, value) = all.find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
    value.as_str()
}

/// The login that the options say.
fn credentials(parameters: &Parameters) -> Option<Credentials> {
    let mut all = parameters.iter();
    let (_, options) = all.find(|(name, _)| name.eq_ignore_ascii_case(PROPERTIES))?;
    let option = |wanted: &str| {
        let mut options = options.elements().iter().filter_map(Value::as_instance);
        options
            .find(|option| option.text("Name") == Some(wanted))
            .and_then(|option| option.text("Value"))
            .map(str::to_owned)
    };
    Some(Credentials {
        user: option("user")?,
        password: option("secret")?,
        scheme: Scheme::Automatic,
    })
}

/// One request to another place, which has to do as it is asked.
async fn exchange(
    name: &'static str,
    uri: &str,
    parameters: &Parameters,
    method: Method,
    body: Bytes,
) -> Result<Response<Bytes>, CimError> {
    let failed = |error: &dyn std::fmt::Display| {
        CimError::new(ErrorKind::BackEnd, format!("{name}: {error}.")).with_subject(name)
    };
    let client = Client::new(Settings {
        credentials: credentials(parameters),
        timeout: PATIENCE,
        max_answer: ovf::Limits::default().package_bytes,
        max_idle: 0,
        ..Settings::new(uri)
    })
    .map_err(|error| wrong(name, error))?;
    let target: http::Uri = uri.parse().map_err(|error| wrong(name, error))?;
    let target = target.path_and_query().map_or("/", |path| path.as_str());
    let request = Request::builder()
        .method(method)
        .uri(target)
        .header(header::CONTENT_TYPE, ovf::MEDIA_TYPE)
        .body(body)
        .map_err(|error| wrong(name, error))?;
    let answer = client.send(request).await.map_err(|error| failed(&error))?;
    if !answer.status().is_success() {
        let said = format!("{} answered {}", client.authority(), answer.status());
        return Err(failed(&said));
    }
    Ok(answer)
}

#[async_trait]
impl Provider for Packages {
    fn schema(&self) -> &Arc<Schema> {
        self.provider.schema()
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        self.provider.get(context, path).await
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        self.provider.query(context, query, page).await
    }

    async fn survey(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Option<Survey>, CimError> {
        self.provider.survey(context, query, page).await
    }

    async fn create(
        &self,
        context: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        self.provider.create(context, instance, container).await
    }

    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.provider.modify(context, path, changes, if_match).await
    }

    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.provider.delete(context, path, if_match).await
    }

    async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        mut parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        let takes = |name: &str| method.parameter(name).is_some_and(|p| p.input);
        // Whoever may not write anything has nothing sent or fetched either.
        let may = context.principal.role >= Role::Operator;
        if may && takes(SOURCE) {
            let uri = text(&parameters, SOURCE)
                .filter(|uri| is_elsewhere(uri))
                .map(str::to_owned);
            if let Some(uri) = uri {
                let package = self.fetch(SOURCE, &uri, &parameters).await?;
                parameters.retain(|(name, _)| !name.eq_ignore_ascii_case(SOURCE));
                parameters.push((SOURCE.to_owned(), package));
            }
        }
        let mut destination = None;
        if may && takes(DESTINATION) {
            destination = text(&parameters, DESTINATION).map(str::to_owned);
            if let Some(uri) = &destination {
                check(&self.places, DESTINATION, uri)?;
                parameters.retain(|(name, _)| !name.eq_ignore_ascii_case(DESTINATION));
            }
        }
        let login = parameters.clone();
        let mut invoked = self
            .provider
            .invoke(context, path, method, parameters)
            .await?;
        let Some(uri) = destination else {
            return Ok(invoked);
        };
        let package = text(&invoked.outputs, PACKAGE)
            .unwrap_or_default()
            .to_owned();
        exchange(DESTINATION, &uri, &login, Method::PUT, package.into()).await?;
        invoked.outputs.retain(|(name, _)| name != PACKAGE);
        Ok(invoked)
    }

    async fn newest_event(&self, context: &OperationContext) -> Result<Bookmark, CimError> {
        self.provider.newest_event(context).await
    }

    async fn watch(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        self.provider.watch(context, after, max, wait_until).await
    }

    async fn watch_some(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
        wanted: Wanted<'_>,
    ) -> Result<EventPage, CimError> {
        let provider = &self.provider;
        provider
            .watch_some(context, after, max, wait_until, wanted)
            .await
    }
}

/// Whether a package is not in the URI itself.
fn is_elsewhere(uri: &str) -> bool {
    let scheme = uri.trim_start().split(':').next().unwrap_or_default();
    !scheme.eq_ignore_ascii_case("data")
}

/// Why such a URI cannot be a place of packages; `None` if it can.
pub(crate) fn is_no_place(uri: &str) -> Option<&'static str> {
    let parsed: http::Uri = match uri.parse() {
        Ok(parsed) => parsed,
        Err(_) => return Some("it is no URI"),
    };
    if !matches!(parsed.scheme_str(), Some("http" | "https")) {
        return Some("it does not begin with http:// or https://");
    }
    if parsed
        .authority()
        .is_none_or(|host| host.as_str().contains('@'))
    {
        return Some("it has no host, or a login before it");
    }
    if !uri.ends_with('/') || uri.contains(['?', '#']) {
        return Some("it has to end in a slash: what is below it may be reached");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_below_the_configured_ones_are_reached() {
        let places = ["https://store.example/ovf/".to_owned()];
        for uri in [
            "https://store.example/ovf/a.ovf",
            "https://store.example/ovf/b/c.ova?v=2",
        ] {
            check(&places, SOURCE, uri).unwrap();
        }
        for uri in [
            "https://store.example/other/a.ovf",
            "https://store.example.evil.example/ovf/a.ovf",
            "https://store.example/ovf/../secret",
            "https://store.example/ovf/%2e%2E/secret",
            "https://store.example/ovf/x/..%2f../secret",
            "https://store.example/ovf/..\\secret",
            "http://store.example/ovf/a.ovf",
            "file:///etc/passwd",
            "http://169.254.169.254/latest/meta-data",
        ] {
            let error = check(&places, SOURCE, uri).unwrap_err();
            assert_eq!(error.subject(), Some(SOURCE), "{uri}");
        }
    }

    #[test]
    fn a_place_is_a_url_that_ends_in_a_slash() {
        for (uri, good) in [
            ("https://store.example/ovf/", true),
            ("http://127.0.0.1:8080/", true),
            ("https://store.example/ovf", false),
            ("https://a:b@store.example/", false),
            ("ftp://store.example/", false),
            ("store.example/", false),
            ("https://store.example/?x/", false),
        ] {
            assert_eq!(is_no_place(uri).is_none(), good, "{uri}");
        }
    }
}
