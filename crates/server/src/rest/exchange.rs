//! One request and its answer: on whose behalf, in which format, against which base URI.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use cim_core::{CimError, DateTime, ErrorKind, Etag, Instance, ObjectPath};
use cimi_rest::{
    ClassModel, CollectionView, Context, DocumentError, Format, JOB_HEADER, Links, Parameters,
    ReadContext, ResourceView, RestError, RestModel, Route, SITUATION_HEADER, Unknown,
    VERSION_HEADER, VERSIONS, error_report, in_words_of_rest, negotiate_version, read_resource,
    route, situation, write_collection_json, write_collection_xml, write_json, write_xml,
};
use http::{HeaderName, HeaderValue, Method, Response, StatusCode, header, request};
use provider::{OperationContext, Outcome, Principal, Provider, Role};

use super::{RestBinding, Settings, conditions, methods, packages};
use crate::Origin;

/// What every operation needs of its request beside its target and body.
pub(super) struct Exchange<'a> {
    pub(super) binding: &'a RestBinding,
    pub(super) context: OperationContext,
    pub(super) links: Links,
    pub(super) parameters: Parameters,
    pub(super) request: &'a request::Parts,
    format: Format,
    version: &'static str,
    /// Whether the answer is a stream of events.
    followed: bool,
    /// What the rest of the answer is read from, if that is one moment.
    still: OnceLock<Arc<dyn Provider>>,
}

/// Why a request was refused, with what its answer needs beside the status and message.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: RestError,
    /// The methods of the URI (`Allow`).
    allow: Option<&'static str>,
    /// What was asked for.
    action: Option<String>,
    /// The CIM property or parameter that the message names.
    subject: Option<String>,
    /// The situation, if a provider said so.
    kind: Option<ErrorKind>,
}

impl Failure {
    pub(super) fn new(status: u16, message: impl Into<String>) -> Self {
        RestError::new(status, message).into()
    }

    /// The URI has no such method, but these (405).
    pub(super) fn method(message: String, allow: &'static str) -> Self {
        Self {
            allow: Some(allow),
            ..Self::new(405, message)
        }
    }

    /// Names the operation that was asked for.
    pub(super) fn of(mut self, action: &str) -> Self {
        self.action = Some(action.to_owned());
        self
    }
}

impl From<RestError> for Failure {
    fn from(error: RestError) -> Self {
        Self {
            error,
            allow: None,
            action: None,
            subject: None,
            kind: None,
        }
    }
}

impl From<CimError> for Failure {
    fn from(error: CimError) -> Self {
        if let Some(internal) = error.internal_message() {
            tracing::error!(error = internal, "a request failed");
        }
        let rest = RestError::from(&error);
        let allow = (rest.status == 405).then_some(methods::READ);
        Self {
            error: rest,
            allow,
            action: None,
            subject: error.subject().map(str::to_owned),
            kind: Some(error.kind()),
        }
    }
}

impl From<DocumentError> for Failure {
    fn from(error: DocumentError) -> Self {
        RestError::bad_request(error.to_string()).into()
    }
}

impl<'a> Exchange<'a> {
    pub(super) fn new(
        binding: &'a RestBinding,
        principal: Arc<Principal>,
        request: &'a request::Parts,
        deadline: Instant,
    ) -> Self {
        let path = &binding.settings.path;
        let links = match request.extensions.get::<Origin>() {
            Some(origin) if origin.prefix.is_empty() => {
                Links::new(origin.scheme, &origin.authority, path)
            }
            Some(origin) => {
                let path = format!("{}{path}", origin.prefix);
                Links::new(origin.scheme, &origin.authority, &path)
            }
            None => Links::new("http", "localhost", path),
        };
        let [newest, ..] = VERSIONS;
        Self {
            binding,
            context: OperationContext {
                principal,
                deadline: Some(deadline),
            },
            links,
            parameters: Parameters::default(),
            request,
            format: Format::Json,
            version: newest,
            followed: false,
            still: OnceLock::new(),
        }
    }

    /// A stream of events is wanted, which has JSON in it.
    pub(super) const fn follow(&mut self) {
        self.followed = true;
    }

    pub(super) const fn is_followed(&self) -> bool {
        self.followed
    }

    /// Reads the query, and settles format and version of the answer; a refusal is written in the format
    /// that was settled until then.
    pub(super) fn negotiate(&mut self) -> Result<(), Failure> {
        let accept = self.list(&header::ACCEPT);
        let parameters = Parameters::parse(self.request.uri.query());
        let parameter = parameters.as_ref().ok().and_then(|p| p.format.as_deref());
        let wanted = match self.followed {
            true => Some(Format::Json),
            false => Format::wanted(parameter, accept.as_deref()),
        };
        // A package has a media type of its own; only what goes wrong is told in one of the two.
        let wanted = wanted.or_else(|| self.is_for_package().then_some(Format::Json));
        let Some(format) = wanted else {
            return Err(Failure::new(
                406,
                format!(
                    "Answers are written as {} or {}.",
                    Format::Json.media_type(),
                    Format::Xml.media_type()
                ),
            ));
        };
        self.format = format;
        self.parameters = parameters.map_err(|error| RestError::bad_request(error.to_string()))?;
        let versions = self.list(&HeaderName::from_static(VERSION_HEADER));
        match negotiate_version(versions.as_deref()) {
            Some(version) => self.version = version,
            None => {
                return Err(Failure::new(
                    400,
                    format!("This service speaks CIMI {}.", VERSIONS.join(", ")),
                ));
            }
        }
        Ok(())
    }

    /// Whether the request is for a package, and not for a document.
    fn is_for_package(&self) -> bool {
        let path = self.request.uri.path();
        let below = path.strip_prefix(self.settings().path.as_str());
        let found = below.and_then(|path| route(self.model(), path));
        let reads = matches!(self.request.method, Method::GET | Method::HEAD);
        reads
            && matches!(found, Some(Route::Action { operation, .. }) if packages::is_export(operation))
    }

    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        self.request.headers.get(name)?.to_str().ok()
    }

    /// A header that is a list, which may stand in several lines (RFC 9110 5.3).
    fn list(&self, name: &HeaderName) -> Option<Cow<'a, str>> {
        let lines = self.request.headers.get_all(name).iter();
        let mut lines = lines.filter_map(|line| line.to_str().ok());
        let first = lines.next()?;
        let mut list = Cow::Borrowed(first);
        for line in lines {
            list.to_mut().push(',');
            list.to_mut().push_str(line);
        }
        Some(list)
    }

    pub(super) fn provider(&self) -> &dyn Provider {
        match self.still.get() {
            Some(still) => &**still,
            None => &*self.binding.provider,
        }
    }

    /// From now on everything is read from a provider that shows one moment.
    pub(super) fn stand_still(&self, snapshot: Arc<dyn Provider>) {
        // Nobody takes a second moment for one answer.
        let _ = self.still.set(snapshot);
    }

    pub(super) fn model(&self) -> &'a RestModel {
        &self.binding.model
    }

    pub(super) fn settings(&self) -> &'a Settings {
        &self.binding.settings
    }

    /// Whether the caller may change anything at all; what exactly is the provider's to say.
    pub(super) fn may_write(&self) -> bool {
        self.context.principal.role >= Role::Operator
    }

    /// The format of the request's body.
    pub(super) fn body_format(&self, body: &[u8]) -> Result<Format, Failure> {
        let coding = self.header(header::CONTENT_ENCODING.as_str());
        if coding.is_some_and(|coding| !coding.trim().eq_ignore_ascii_case("identity")) {
            return Err(Failure::new(
                415,
                "A body is not compressed here: send it without Content-Encoding.",
            ));
        }
        let content_type = self.header(header::CONTENT_TYPE.as_str());
        content_type
            .and_then(|given| Format::of_content_type(given).or_else(|| self.unnamed(given, body)))
            .ok_or_else(|| {
                let found = match content_type {
                    Some(found) => format!("not {}", found.chars().take(80).collect::<String>()),
                    None => "and the request has no Content-Type".to_owned(),
                };
                Failure::new(
                    415,
                    format!(
                        "A body is {} or {}, {found}.",
                        Format::Json.media_type(),
                        Format::Xml.media_type()
                    ),
                )
            })
    }

    /// The format of a body whose type is what curl and other libraries write when they are told none.
    ///
    /// A page in a browser can send that type to a foreign host as well, with the login that the browser
    /// knows; but it cannot do so without saying where it comes from.
    fn unnamed(&self, content_type: &str, body: &[u8]) -> Option<Format> {
        if self.header(header::ORIGIN.as_str()).is_some() {
            return None;
        }
        Format::of_form(content_type, body)
    }

    pub(super) fn reading(&self, unknown: Unknown) -> ReadContext<'_> {
        ReadContext {
            model: self.model(),
            links: &self.links,
            unknown,
            content_type: self.header(header::CONTENT_TYPE.as_str()),
        }
    }

    /// Reads the body as one of these types.
    pub(super) fn read(
        &self,
        types: &[&ClassModel],
        unknown: Unknown,
        body: &[u8],
    ) -> Result<Instance, Failure> {
        let format = self.body_format(body)?;
        Ok(read_resource(&self.reading(unknown), format, types, body)?)
    }

    pub(super) const fn format(&self) -> Format {
        self.format
    }

    pub(super) fn writing(&self) -> Context<'_> {
        Context {
            model: self.model(),
            links: &self.links,
            request: false,
        }
    }

    /// An answer with a resource as its body.
    pub(super) fn resource(&self, status: StatusCode, view: &ResourceView<'_>) -> Response<Bytes> {
        let mut out = String::with_capacity(2048);
        match self.format {
            Format::Json => write_json(&mut out, &self.writing(), view),
            Format::Xml => write_xml(&mut out, &self.writing(), view),
        }
        self.body(status, out)
    }

    /// An answer with a collection as its body.
    pub(super) fn collection(&self, view: &CollectionView<'_>) -> Response<Bytes> {
        let mut out = String::with_capacity(512 + 1024 * view.items.len());
        match self.format {
            Format::Json => write_collection_json(&mut out, &self.writing(), view),
            Format::Xml => write_collection_xml(&mut out, &self.writing(), view),
        }
        self.body(StatusCode::OK, out)
    }

    pub(super) fn body(&self, status: StatusCode, text: String) -> Response<Bytes> {
        let mut response = self.empty(status);
        *response.body_mut() = Bytes::from(text);
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.format.media_type()),
        );
        headers.insert(header::VARY, HeaderValue::from_static("accept"));
        response
    }

    /// An answer without a body.
    pub(super) fn empty(&self, status: StatusCode) -> Response<Bytes> {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        response.headers_mut().insert(
            HeaderName::from_static(VERSION_HEADER),
            HeaderValue::from_static(self.version),
        );
        response
    }

    /// An answer to a write that left a resource behind, or a job that is still at it.
    pub(super) async fn outcome(
        &self,
        status: StatusCode,
        outcome: &Outcome,
        instance: Option<&Instance>,
    ) -> Response<Bytes> {
        let job = outcome.job.as_ref();
        let mut response = match instance {
            Some(instance) => self.resource(status, &ResourceView::whole(instance)),
            None => match (status, job) {
                // Who waits reads the job; that it cannot be read does not undo what was done.
                (StatusCode::ACCEPTED, Some(job)) => {
                    let provider = self.provider();
                    let found = match provider.read_lately(&self.context, job) {
                        // It would be a request of its own, and the header says where the job is.
                        None if provider.is_remote(job) => None,
                        None => provider.get(&self.context, job).await.ok(),
                        known => known,
                    };
                    match found {
                        Some(job) => self.resource(status, &ResourceView::whole(&job.instance)),
                        None => self.empty(status),
                    }
                }
                _ => self.empty(status),
            },
        };
        if let Some(id) = job.and_then(ObjectPath::instance_id) {
            self.set(&mut response, JOB_HEADER, &self.links.uri(id));
        }
        response
    }

    /// Adds the version of the resource that is the body of the answer.
    pub(super) fn set_etag(&self, response: &mut Response<Bytes>, etag: &Etag) {
        self.set_tag(response, &conditions::entity_tag(etag, self.format));
    }

    /// Adds a weak tag of the content of the answer, where that is made of several resources.
    pub(super) fn set_content_tag(&self, response: &mut Response<Bytes>) {
        let tag = conditions::content_tag(response.body());
        self.set_tag(response, &tag);
    }

    pub(super) fn set_tag(&self, response: &mut Response<Bytes>, tag: &str) {
        self.set(response, header::ETAG.as_str(), tag);
        response.headers_mut().insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        );
    }

    /// The answer to a GET, or only that the client has it already (304).
    ///
    /// # Errors
    /// `If-None-Match` cannot be read.
    pub(super) fn unless_known(
        &self,
        mut response: Response<Bytes>,
    ) -> Result<Response<Bytes>, Failure> {
        let tag = response.headers().get(header::ETAG);
        if let Some(tag) = tag.and_then(|tag| tag.to_str().ok())
            && conditions::is_known(self, tag)?
        {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.body_mut() = Bytes::new();
            response.headers_mut().remove(header::CONTENT_TYPE);
        }
        Ok(response)
    }

    /// Sets a header; a value that no header can hold is left out.
    pub(super) fn set(&self, response: &mut Response<Bytes>, name: &'static str, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            response
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
    }

    pub(super) fn redirect_to_entry_point(&self) -> Response<Bytes> {
        let mut response = self.empty(StatusCode::MOVED_PERMANENTLY);
        let uri = self.links.uri(cimi_rest::ENTRY_POINT_ID);
        self.set(&mut response, header::LOCATION.as_str(), &uri);
        response
    }

    /// The answer to a request that failed: a job that reports it (DSP0263 4.2.2).
    pub(super) fn fail(&self, failure: &Failure) -> Response<Bytes> {
        let path = self.request.uri.path();
        let below = path.strip_prefix(self.settings().path.as_str());
        let mut target = below.map(|path| path.trim_end_matches('/'));
        let mut about = vec![self.model().root()];
        match below.and_then(|path| route(self.model(), path)) {
            Some(Route::Action { class, .. }) => {
                about.insert(0, class);
                // An action has a URI, but what it is done to is its resource.
                target = target
                    .and_then(|path| path.rsplit_once('/'))
                    .map(|(to, _)| to);
            }
            Some(Route::Resource { class, .. }) => about.insert(0, class),
            Some(Route::Collection { collection, .. }) => {
                about.splice(..0, self.model().creatable(collection));
            }
            Some(Route::CollectionAction { collection, .. }) => {
                about.insert(0, self.model().class(collection.item));
                target = target
                    .and_then(|path| path.rsplit_once('/'))
                    .map(|(to, _)| to);
            }
            Some(Route::Base) | None => {}
        }
        let message = &failure.error.message;
        let error = RestError {
            message: in_words_of_rest(self.model(), &about, message, failure.subject.as_deref()),
            ..failure.error.clone()
        };
        let report = error_report(
            self.model(),
            &error,
            target.filter(|t| !t.is_empty()),
            failure.action.as_deref(),
            now(),
        );
        let status =
            StatusCode::from_u16(failure.error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = self.resource(status, &ResourceView::whole(&report));
        if let Some(allow) = failure.allow {
            self.set(&mut response, header::ALLOW.as_str(), allow);
        }
        if let Some(kind) = failure.kind {
            let message = &failure.error.message;
            let situation = situation(kind, failure.subject.as_deref(), message);
            self.set(&mut response, SITUATION_HEADER, &situation);
        }
        if let Some(seconds) = failure.error.retry_after {
            let seconds = seconds.to_string();
            self.set(&mut response, header::RETRY_AFTER.as_str(), &seconds);
        }
        response
    }
}

fn now() -> DateTime {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    DateTime::utc(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
