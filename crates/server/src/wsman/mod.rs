//! WS-Management in front of a provider: what `wsman` reads becomes calls of [`Provider`], and what
//! those answer becomes messages.

mod address;
mod classes;
mod config;
mod deliver;
mod enumerate;
mod eventing;
mod exchange;
mod fragment;
mod indications;
mod interop;
mod intrinsic;
mod invoke;
mod metadata;
mod options;
mod page;
mod query;
#[cfg(test)]
mod tests;
mod tombstones;
mod transfer;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use cim_query::Seal;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use provider::{OperationContext, Principal, Provider};
use wsman::uris::EVENTING;
use wsman::{Audience, Detail, Fault, Product, Reply, Subcode};
use xml_wire::{Encoding, Limits};

use self::exchange::{Exchange, message_id};
pub(crate) use self::tombstones::Tombstones;
use crate::events::Subscriptions;
use crate::{Anonymous, Binding, Cloud, Operation, Origin, Refusal};

/// What can be set for the binding.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The CIM namespace that the provider is; requests without `__cimnamespace` mean it.
    pub namespace: String,
    /// What Identify tells.
    pub product: Product,
    /// How one can log in.
    pub logins: Logins,
    /// Octets of an answer when the client sends no MaxEnvelopeSize.
    pub usual_envelope: usize,
    /// Octets of an answer whatever the client allows.
    pub max_envelope: usize,
    /// How long an enumeration context lives from answer to answer when the client names no time.
    pub usual_lifetime: Duration,
    /// The longest life of an enumeration context.
    pub max_lifetime: Duration,
    /// The path below which the REST binding has its resources, with both slashes: references may be
    /// written as its URIs.
    pub rest_path: String,
    /// Bounds of a request's XML.
    pub xml: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            namespace: "root/cimi".to_owned(),
            product: Product {
                vendor: "cimi-bridge",
                version: env!("CARGO_PKG_VERSION"),
                initiatives: vec![("CIMI", interop::PROFILE_VERSION)],
            },
            logins: Logins::default(),
            usual_envelope: 512 * 1000,
            max_envelope: 4 * 1024 * 1024,
            usual_lifetime: Duration::from_secs(10 * 60),
            max_lifetime: Duration::from_secs(60 * 60),
            rest_path: "/cimi/".to_owned(),
            xml: Limits::DEFAULT,
        }
    }
}

/// How one can log in, at this moment: users may change while the service runs.
#[derive(Debug, Clone)]
pub struct Logins {
    /// Whether plain HTTP is served.
    pub http: bool,
    /// Whether HTTPS is served.
    pub https: bool,
    /// Whether clients are asked for a certificate over HTTPS.
    pub certificates: bool,
    /// Whether somebody can log in with HTTP Digest.
    pub digest: Arc<AtomicBool>,
}

impl Default for Logins {
    fn default() -> Self {
        Self {
            http: true,
            https: true,
            certificates: false,
            digest: Arc::default(),
        }
    }
}

impl Logins {
    /// The last parts of the security profiles that are offered (DSP0226 annex C).
    fn profiles(&self) -> Vec<&'static str> {
        let digest = self.digest.load(Ordering::Relaxed);
        [
            ("http/basic", self.http),
            ("http/digest", self.http && digest),
            ("https/basic", self.https),
            ("https/digest", self.https && digest),
            ("https/mutual", self.https && self.certificates),
        ]
        .into_iter()
        .filter_map(|(profile, on)| on.then_some(profile))
        .collect()
    }
}

/// WS-Management in front of a provider.
pub struct WsmanBinding {
    /// The namespace that the provider is.
    realm: Realm,
    /// The namespaces of its clouds, where there are several.
    clouds: Vec<Realm>,
    /// The namespace that describes it.
    interop: Realm,
    /// What answers for that namespace.
    described: Arc<interop::Interop>,
    seal: Arc<dyn Seal>,
    settings: Settings,
    tombstones: Tombstones,
    /// Absent where nothing is a source of events.
    subscriptions: Option<Arc<Subscriptions>>,
}

/// A CIM namespace.
struct Realm {
    provider: Arc<dyn Provider>,
    /// Its name.
    namespace: String,
    /// What class URIs of Windows consoles begin with.
    wmi_base: String,
    /// The namespace that it describes, to which references may lead.
    described: Option<String>,
    /// Where the REST binding has its resources.
    rest_path: String,
    /// The XML Schemas of its classes by name, made when somebody asks for them.
    schemas: OnceLock<Vec<(String, String)>>,
}

impl Realm {
    fn new(
        provider: Arc<dyn Provider>,
        namespace: &str,
        described: Option<&str>,
        rest_path: &str,
    ) -> Self {
        Self {
            rest_path: rest_path.to_owned(),
            provider,
            namespace: namespace.to_owned(),
            wmi_base: format!("http://schemas.microsoft.com/wbem/wsman/1/wmi/{namespace}/"),
            described: described.map(str::to_owned),
            schemas: OnceLock::new(),
        }
    }

    fn schemas(&self) -> &[(String, String)] {
        self.schemas
            .get_or_init(|| metadata::schemas(self.provider.schema()))
    }
}

/// How a request was sent, which decides how its answer is.
#[derive(Clone, Copy)]
struct Manner<'a> {
    encoding: Encoding,
    audience: Audience<'a>,
}

impl WsmanBinding {
    /// The binding in front of `provider`; `seal` protects its enumeration contexts.
    pub fn new(provider: Arc<dyn Provider>, seal: Arc<dyn Seal>, settings: Settings) -> Self {
        Self::over(provider, &[], seal, settings)
    }

    /// The binding in front of `provider`, and of each cloud in a namespace of its own below that.
    pub fn over(
        provider: Arc<dyn Provider>,
        clouds: &[Cloud],
        seal: Arc<dyn Seal>,
        settings: Settings,
    ) -> Self {
        let namespace = settings.namespace.as_str();
        let clouds: Vec<Realm> = clouds
            .iter()
            .map(|cloud| {
                let below = format!("{namespace}/{}", cloud.name);
                let path = format!("{}{}/", settings.rest_path, cloud.name);
                Realm::new(Arc::clone(&cloud.provider), &below, None, &path)
            })
            .collect();
        let names = clouds.iter().map(|cloud| cloud.namespace.as_str());
        let interop = interop::Interop::new(Arc::clone(&provider), namespace, names);
        let interop = Arc::new(interop);
        let path = settings.rest_path.as_str();
        let described = Some(namespace);
        Self {
            realm: Realm::new(provider, namespace, None, path),
            clouds,
            interop: Realm::new(
                Arc::clone(&interop) as _,
                interop::NAMESPACE,
                described,
                path,
            ),
            described: interop,
            seal,
            settings,
            tombstones: Tombstones::default(),
            subscriptions: None,
        }
    }

    /// The same with a memory of ended enumerations that outlives the process.
    #[must_use]
    pub(crate) fn with_ends(mut self, ends: Tombstones) -> Self {
        self.tombstones = ends;
        self
    }

    /// The same with subscriptions to events; those that are there already go on. Must be called within a
    /// tokio runtime.
    #[must_use]
    pub fn with_subscriptions(mut self, subscriptions: Arc<Subscriptions>) -> Self {
        for subscription in subscriptions.list() {
            if subscription.row.sink.is_some() {
                let source = deliver::Source::of_row(&self, &subscription.row);
                deliver::begin(source, &subscriptions, subscription);
            }
        }
        let sources = [&self.realm].into_iter().chain(&self.clouds);
        let sources = sources.map(deliver::Source::of).collect();
        self.described
            .subscribe_with(Arc::clone(&subscriptions), sources);
        self.subscriptions = Some(subscriptions);
        self
    }

    async fn answer(
        &self,
        principal: Arc<Principal>,
        headers: &HeaderMap,
        body: &[u8],
        deadline: Instant,
        anonymous: bool,
        origin: Option<&Origin>,
    ) -> Response<Bytes> {
        let audience = audience(headers, origin);
        let mut manner = Manner {
            encoding: Encoding::Utf8,
            audience,
        };
        let content_type = match content_type(headers) {
            Ok(content_type) => content_type,
            Err(fault) => {
                let reply = Reply::default();
                let mut response = refuse(manner, &fault, &reply, "Unreadable");
                *response.status_mut() = StatusCode::UNSUPPORTED_MEDIA_TYPE;
                return response;
            }
        };
        let decoded = match xml_wire::decode(body, content_type) {
            Ok(decoded) => decoded,
            Err(error) => {
                let fault = Fault::new(Subcode::EncodingLimit)
                    .detail(Detail::CharacterSet)
                    .because(format!("{error}."));
                return refuse(manner, &fault, &Reply::default(), "Unreadable");
            }
        };
        manner.encoding = decoded.encoding;
        let request = match wsman::Request::parse(&decoded.text, &self.settings.xml) {
            Ok(request) => request,
            Err(rejected) => {
                let mut response = refuse(manner, &rejected.fault, &rejected.reply, "Invalid");
                if !rejected.is_envelope {
                    *response.status_mut() = StatusCode::BAD_REQUEST;
                }
                return response;
            }
        };
        let name = request.operation.name();
        if request.operation == wsman::Operation::Identify {
            let profiles = self.settings.logins.profiles();
            let told = (!anonymous).then_some(profiles.as_slice());
            let text = wsman::identify(&self.settings.product, told);
            return respond(StatusCode::OK, text, manner.encoding, name);
        }
        if anonymous {
            let fault = Fault::new(Subcode::AccessDenied)
                .because("Without a login only Identify is answered.");
            return refuse(manner, &fault, &request.headers.reply, name);
        }
        let context = OperationContext {
            principal,
            deadline: Some(deadline),
        };
        self.perform(request, context, manner, origin).await
    }

    async fn perform(
        &self,
        mut request: wsman::Request<'_>,
        context: OperationContext,
        manner: Manner<'_>,
        origin: Option<&Origin>,
    ) -> Response<Bytes> {
        let name = request.operation.name();
        // Only what has a body with values may have references in it.
        let origin = origin.filter(|_| request.has_content());
        let x = Exchange::new(self, context, manner.encoding, &mut request.headers, origin);
        let over = || {
            Err(Fault::new(Subcode::TimedOut).because(
                "The time that was allowed is over; a change that was asked for may still be carried out.",
            ))
        };
        let result = match x.context.deadline {
            Some(deadline) if deadline <= Instant::now() => over(),
            Some(deadline) => tokio::time::timeout_at(deadline.into(), Self::dispatch(&x, request))
                .await
                .unwrap_or_else(|_| over()),
            None => Self::dispatch(&x, request).await,
        };
        match result {
            Ok(text) => respond(StatusCode::OK, text, manner.encoding, name),
            Err(fault) => refuse(manner, &fault, &x.reply, name),
        }
    }

    async fn dispatch(x: &Exchange<'_>, mut request: wsman::Request<'_>) -> Result<String, Fault> {
        let content = request.take_content();
        let headers = request.headers;
        if classes::is_class_uri(&headers.resource_uri) {
            match &request.operation {
                wsman::Operation::Get if headers.fragment.is_none() => {
                    return classes::get(x, &headers);
                }
                wsman::Operation::Get
                | wsman::Operation::Put
                | wsman::Operation::Create
                | wsman::Operation::Delete
                | wsman::Operation::Invoke => return Err(classes::not_possible()),
                _ => {}
            }
        }
        if request.operation == wsman::Operation::Get
            && config::is_config_uri(&headers.resource_uri)
        {
            return config::get(x);
        }
        if request.operation == wsman::Operation::Invoke
            && headers.action.trim() == metadata::GET_METADATA
        {
            return metadata::get(x, &headers, content);
        }
        if request.operation == wsman::Operation::Invoke
            && let Some(operation) = intrinsic::operation(&headers)
        {
            return intrinsic::perform(x, &headers, operation, content);
        }
        match request.operation {
            wsman::Operation::Get => transfer::get(x, headers).await,
            wsman::Operation::Put => transfer::put(x, headers, content).await,
            wsman::Operation::Create => transfer::create(x, headers, content).await,
            wsman::Operation::Delete => transfer::delete(x, headers).await,
            wsman::Operation::Enumerate(request) => {
                enumerate::enumerate(x, headers, *request).await
            }
            wsman::Operation::Pull(request) => match eventing::context_of(x, &request.context) {
                Some(context) => eventing::pull(x, request, context).await,
                None => enumerate::pull(x, headers, request).await,
            },
            wsman::Operation::Renew(request) => enumerate::renew(x, &request),
            wsman::Operation::GetStatus(context) => enumerate::get_status(x, &context),
            wsman::Operation::Release(context) => match eventing::context_of(x, &context) {
                Some(context) => eventing::release(x, context).await,
                None => enumerate::release(x, &context),
            },
            wsman::Operation::Invoke if headers.action.starts_with(EVENTING) => {
                eventing::perform(x, headers, content).await
            }
            wsman::Operation::Invoke => invoke::invoke(x, headers, content).await,
            wsman::Operation::Identify => Err(Fault::new(Subcode::ActionNotSupported)),
        }
    }
}

#[async_trait]
impl Binding for WsmanBinding {
    async fn call(
        &self,
        principal: Arc<Principal>,
        request: Request<Bytes>,
        deadline: Instant,
    ) -> Response<Bytes> {
        let (parts, body) = request.into_parts();
        let anonymous = parts.extensions.get::<Anonymous>().is_some();
        if anonymous && parts.method == Method::GET {
            let text = wsman::identify(&self.settings.product, None);
            return respond(StatusCode::OK, text, Encoding::Utf8, "Identify");
        }
        if parts.method != Method::POST {
            let mut response =
                Response::new(Bytes::from_static(b"WS-Management is spoken with POST.\n"));
            *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
            response
                .headers_mut()
                .insert(header::ALLOW, HeaderValue::from_static("POST"));
            return response;
        }
        self.answer(
            principal,
            &parts.headers,
            &body,
            deadline,
            anonymous,
            parts.extensions.get::<Origin>(),
        )
        .await
    }

    fn refuse(&self, request: &http::request::Parts, refusal: Refusal) -> Response<Bytes> {
        let (status, fault) = match refusal {
            // Clients that log in after a challenge expect it without a body.
            Refusal::Unauthenticated => {
                let mut response = Response::new(Bytes::new());
                *response.status_mut() = StatusCode::UNAUTHORIZED;
                return response;
            }
            Refusal::Forbidden => (StatusCode::FORBIDDEN, Fault::new(Subcode::AccessDenied)),
            Refusal::TargetTooLong(most) => (
                StatusCode::URI_TOO_LONG,
                Fault::new(Subcode::EncodingLimit).because(format!(
                    "The path of the request is longer than {most} octets."
                )),
            ),
            Refusal::BodyTooLarge(most) => (
                StatusCode::PAYLOAD_TOO_LARGE,
                Fault::new(Subcode::EncodingLimit)
                    .detail(Detail::ServiceEnvelopeLimit)
                    .because(format!("The request is larger than {most} octets.")),
            ),
            Refusal::BodyTimeout => (
                StatusCode::REQUEST_TIMEOUT,
                Fault::new(Subcode::TimedOut).because("The request did not arrive in time."),
            ),
            Refusal::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                Fault::new(Subcode::QuotaLimit)
                    .because("Too many requests are in progress; try again later."),
            ),
            Refusal::ShuttingDown => (
                StatusCode::SERVICE_UNAVAILABLE,
                Fault::new(Subcode::EndpointUnavailable).because("The service is shutting down."),
            ),
        };
        let manner = Manner {
            encoding: Encoding::Utf8,
            audience: audience(&request.headers, request.extensions.get::<Origin>()),
        };
        let mut response = refuse(manner, &fault, &Reply::default(), "Refused");
        *response.status_mut() = status;
        response
    }
}

/// The Content-Type of a request. None is taken for SOAP: two clients send none.
fn content_type(headers: &HeaderMap) -> Result<Option<&str>, Fault> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default();
    let media = text.split(';').next().unwrap_or_default().trim();
    if ["application/soap+xml", "text/xml", "application/xml"]
        .iter()
        .any(|known| media.eq_ignore_ascii_case(known))
    {
        Ok(Some(text))
    } else {
        Err(Fault::new(Subcode::EncodingLimit)
            .detail(Detail::CharacterSet)
            .because(format!(
                "Content-Type `{media}` is not application/soap+xml."
            )))
    }
}

/// Windows consoles are told more in a fault than the standard knows.
fn audience<'a>(headers: &HeaderMap, origin: Option<&'a Origin>) -> Audience<'a> {
    let windows = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|agent| agent.contains("WinRM"));
    match origin {
        Some(origin) if windows => Audience::Windows {
            machine: host(&origin.authority),
        },
        _ => Audience::Standard,
    }
}

/// The host of an authority, without its port.
fn host(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

fn refuse(
    manner: Manner<'_>,
    fault: &Fault,
    reply: &Reply,
    operation: &'static str,
) -> Response<Bytes> {
    // Some clients never show the body of a fault to their users: the log has to have the reason.
    tracing::info!(
        operation,
        fault = fault.name(),
        reason = fault.reason(),
        "fault"
    );
    let status =
        StatusCode::from_u16(fault.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let text = wsman::fault(fault, reply, &message_id(), manner.audience);
    respond(status, text, manner.encoding, operation)
}

fn respond(
    status: StatusCode,
    text: String,
    encoding: Encoding,
    operation: &'static str,
) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(xml_wire::encode(text, encoding)));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(match encoding {
            Encoding::Utf8 => "application/soap+xml;charset=UTF-8",
            Encoding::Utf16Le | Encoding::Utf16Be => "application/soap+xml;charset=UTF-16",
        }),
    );
    response.extensions_mut().insert(Operation(operation));
    response
}
