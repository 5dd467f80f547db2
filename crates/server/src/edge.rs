//! What happens to a request between the connection and its binding, and back.
//!
//! Order matters: route, login, places, and only then the body, so that a caller without a login costs no
//! memory and one with too many requests in progress does not get more.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode, Uri};
use hyper::body::Incoming;
use provider::{Role, trace};
use tokio::sync::Semaphore;

use crate::body::{self, Missing, Room, Whole};
use crate::config::{Config, Limits, MetricsAccess, seconds};
use crate::connection::longest_target;
use crate::explain;
use crate::framing::Ambiguous;
use crate::login::{self, Account, Denied, Login};
use crate::metrics::{self, Metrics, Present};
use crate::origin::{self, Base, Proxy};
use crate::route::{ENTRY_POINTS, Route};
use crate::streaming::{Answer, Held, Streamed};
use crate::{Anonymous, Binding, Operation, Origin, Refusal, StartError, anonymous};

/// Which bodies callers without login may send: Identify needs a few hundred bytes.
const ANONYMOUS_BODY: usize = 64 * 1024;

/// How long a binding may overrun the deadline that it was told before the edge answers for it.
const GRACE: Duration = Duration::from_secs(2);

/// The bindings that the service offers.
#[derive(Clone)]
pub struct Bindings {
    /// Behind `/wsman` and `/wsman-anon/identify`.
    pub wsman: Arc<dyn Binding>,
    /// Behind `/cimi/`.
    pub rest: Arc<dyn Binding>,
}

/// What is behind the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// The entry points of the service.
    Service,
    /// One binding at every path; `open`: for everybody, without a login.
    Single {
        /// Whether no login is asked for.
        open: bool,
    },
}

/// Where a connection comes from and came in.
#[derive(Debug)]
pub(crate) struct Peer {
    pub(crate) scheme: &'static str,
    pub(crate) address: SocketAddr,
    pub(crate) local: String,
    /// The names that the client has shown a certificate for.
    pub(crate) certificate: Vec<String>,
}

/// Answers the requests of all connections.
pub(crate) struct Edge {
    pub(crate) login: Login,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) limits: Limits,
    bindings: Bindings,
    door: Door,
    metrics_access: MetricsAccess,
    proxy: Proxy,
    /// Whether back ends are shown the passwords of callers.
    passes_logins: bool,
    places: Arc<Semaphore>,
    room: Room,
    nobody: Arc<Account>,
    stopping: AtomicBool,
}

/// What the log says about a request.
struct Asked {
    route: Route,
    method: Method,
    uri: Uri,
    has_credentials: bool,
}

/// An answer, and what the log says about it.
struct Answered {
    response: Response<Bytes>,
    account: Option<Arc<Account>>,
    /// What its request keeps until the answer is written, if it goes on.
    held: Option<Held>,
}

impl From<Response<Bytes>> for Answered {
    fn from(response: Response<Bytes>) -> Self {
        Self {
            response,
            account: None,
            held: None,
        }
    }
}

impl Edge {
    pub(crate) fn new(
        config: &Config,
        login: Login,
        metrics: Arc<Metrics>,
        bindings: Bindings,
    ) -> Result<Self, StartError> {
        let base = config.base_url.as_deref().map(Base::parse).transpose();
        Ok(Self {
            login,
            metrics,
            limits: config.limits,
            bindings,
            door: Door::Service,
            metrics_access: config.metrics,
            proxy: Proxy {
                base: base.map_err(|reason| StartError::Config(format!("`base_url` {reason}")))?,
                trust_forwarded: config.trust_forwarded,
            },
            passes_logins: config.passes_logins(),
            places: Arc::new(Semaphore::new(config.limits.requests)),
            room: Room::new(config.limits.large_bodies_bytes),
            nobody: Arc::new(Account {
                principal: Arc::new(anonymous()),
                places: Arc::new(Semaphore::new(config.limits.requests_per_user)),
            }),
            stopping: AtomicBool::new(false),
        })
    }

    /// The same in front of something else than the service.
    pub(crate) fn behind(mut self, door: Door) -> Self {
        self.door = door;
        self
    }

    fn route(&self, target: &Uri, headers: &http::HeaderMap) -> Route {
        match self.door {
            Door::Service => Route::of(target, headers),
            Door::Single { .. } => Route::Wsman,
        }
    }

    /// From now on `/healthz` tells load balancers to stay away.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Answers a request, unless it is `ambiguous` where it ends. A panic below is answered with 500 and
    /// goes no further.
    pub(crate) async fn answer(
        &self,
        peer: &Peer,
        request: Request<Incoming>,
        ambiguous: Option<Ambiguous>,
    ) -> Response<Answer> {
        let started = Instant::now();
        let (mut parts, mut body) = request.into_parts();
        let origin = origin::of(&parts, peer.scheme, &self.proxy, &peer.local);
        // HTTP Digest computes with the target as the client wrote it.
        let target = origin
            .as_ref()
            .ok()
            .and_then(|origin| origin::without_prefix(&parts.uri, &origin.prefix));
        let asked = Asked {
            route: self.route(target.as_ref().unwrap_or(&parts.uri), &parts.headers),
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            has_credentials: parts.headers.contains_key(header::AUTHORIZATION),
        };
        let origin = origin.map(|origin| drop(parts.extensions.insert(origin)));

        let in_progress = Present::new(&self.metrics.in_progress);
        let respond = async {
            match ambiguous {
                None => {}
                Some(Ambiguous::TargetTooLong) => {
                    return self.refuse_target(asked.route, &parts).into();
                }
                // Whatever was sent behind it may have been meant as another request.
                Some(ambiguous) => return refuse_ambiguous(ambiguous).into(),
            }
            match origin {
                Ok(()) => {
                    self.respond(peer, asked.route, parts, target, &mut body)
                        .await
                }
                Err(reason) => {
                    let response = plain(StatusCode::BAD_REQUEST, format!("{reason}\n"));
                    self.turn_away(&parts, &mut body, response).await.into()
                }
            }
        };
        let answered = guarded(respond).await;
        drop(in_progress);
        let Answered {
            mut response,
            account,
            held,
        } = answered.unwrap_or_else(|| {
            self.metrics.panics.inc();
            plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The service made a mistake.\n",
            )
            .into()
        });

        let time = started.elapsed();
        let operation = match response.extensions().get::<Operation>() {
            Some(Operation(name)) => name,
            None => method_name(&asked.method),
        };
        let (binding, status) = (asked.route.name(), response.status());
        self.metrics.answered(binding, operation, status, time);
        log(peer, &asked, account.as_deref(), operation, &response, time);
        let more = response.extensions_mut().remove::<Streamed>();
        response.map(|first| Answer::new(first, more.as_ref(), held))
    }

    /// `target` is the URI without the path that the proxy puts before it, if it is there.
    async fn respond(
        &self,
        peer: &Peer,
        route: Route,
        mut parts: Parts,
        target: Option<Uri>,
        body: &mut Incoming,
    ) -> Answered {
        let binding = match route {
            Route::Wsman | Route::Identify => &self.bindings.wsman,
            Route::Rest => &self.bindings.rest,
            Route::Health | Route::Metrics | Route::Unknown => {
                return self.respond_itself(peer, route, &parts, body).await;
            }
        };

        let account = if route == Route::Identify || self.door == (Door::Single { open: true }) {
            Arc::clone(&self.nobody)
        } else {
            match self.login.check(&parts, &peer.certificate).await {
                Ok(account) => account,
                Err(Denied::Busy) => {
                    let refused = self.refuse(&**binding, parts, body, Refusal::Busy).await;
                    return refused.into();
                }
                Err(denied) => {
                    let mut response = binding.refuse(&parts, Refusal::Unauthenticated);
                    // Digest has no password that could be shown to a back end.
                    let digest = !self.passes_logins;
                    self.login.challenge(response.headers_mut(), denied, digest);
                    return self.turn_away(&parts, body, response).await.into();
                }
            }
        };
        if let Some(target) = target {
            parts.uri = target;
        }
        let (response, held) = self.call(&**binding, route, &account, parts, body).await;
        Answered {
            response,
            account: Some(account),
            held,
        }
    }

    /// Takes a place, and keeps it for an answer that goes on.
    async fn call(
        &self,
        binding: &dyn Binding,
        route: Route,
        account: &Account,
        parts: Parts,
        body: &mut Incoming,
    ) -> (Response<Bytes>, Option<Held>) {
        let own = Arc::clone(&account.places).try_acquire_owned();
        let shared = Arc::clone(&self.places).try_acquire_owned();
        let (Ok(own), Ok(shared)) = (own, shared) else {
            let refused = self.refuse(binding, parts, body, Refusal::Busy).await;
            return (refused, None);
        };
        let response = self.call_in_place(binding, route, account, parts, body);
        let response = response.await;
        let streamed = response.extensions().get::<Streamed>();
        // A document that goes on is a request in progress until its end.
        let held = streamed
            .filter(|streamed| streamed.is_document())
            .map(|_| Box::new((own, shared)) as Held);
        (response, held)
    }

    /// Reads the body and calls the binding.
    async fn call_in_place(
        &self,
        binding: &dyn Binding,
        route: Route,
        account: &Account,
        mut parts: Parts,
        body: &mut Incoming,
    ) -> Response<Bytes> {
        let most = match route {
            Route::Identify => self.limits.body_bytes.min(ANONYMOUS_BODY),
            _ => self.limits.body_bytes,
        };
        let patience = seconds(self.limits.body_seconds);
        let Whole { bytes, claim } = match body::read(body, most, &self.room, patience).await {
            Ok(whole) => whole,
            Err(Missing::NoRoom) => {
                return self.refuse(binding, parts, body, Refusal::Busy).await;
            }
            Err(Missing::TooLarge) => {
                return self
                    .refuse(binding, parts, body, Refusal::BodyTooLarge(most))
                    .await;
            }
            Err(Missing::Late) => {
                let response = binding.refuse(&parts, Refusal::BodyTimeout);
                return closing(response);
            }
            Err(Missing::Broken) => {
                return closing(plain(
                    StatusCode::BAD_REQUEST,
                    "The request body broke off.\n",
                ));
            }
        };
        if route == Route::Identify {
            parts.extensions.insert(Anonymous);
        }
        let explained = explain::wanted(&parts.headers);
        if explained.is_some() && account.principal.role != Role::Administrator {
            return binding.refuse(&parts, Refusal::Forbidden);
        }
        let deadline = Instant::now() + seconds(self.limits.request_seconds);
        // What a refusal needs of the head, should the binding overrun its deadline.
        let rest = Remains {
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            accept: parts.headers.get(header::ACCEPT).cloned(),
            origin: parts.extensions.get::<Origin>().cloned(),
        };
        let mut principal = Arc::clone(&account.principal);
        if self.passes_logins
            && let Some(password) = login::sent_password(&parts.headers)
        {
            Arc::make_mut(&mut principal).password = Some(password);
        }
        let call = async {
            if explained.is_some() {
                explain::note_request(&parts, &bytes);
            }
            let call = binding.call(principal, Request::from_parts(parts, bytes), deadline);
            let called = tokio::time::timeout_at((deadline + GRACE).into(), call).await;
            let response =
                called.unwrap_or_else(|_| binding.refuse(&rest.into_parts(), Refusal::Busy));
            if explained.is_some() {
                explain::note_answer(&response);
            }
            response
        };
        let response = match explained {
            None => call.await,
            Some(form) => {
                let (response, steps) = trace::traced(call).await;
                explain::answer(form, &response, &steps)
            }
        };
        drop(claim);
        response
    }

    /// Answers what is no binding's.
    async fn respond_itself(
        &self,
        peer: &Peer,
        route: Route,
        parts: &Parts,
        body: &mut Incoming,
    ) -> Answered {
        let mut who = None;
        let response = match route {
            Route::Health | Route::Metrics
                if !matches!(parts.method, Method::GET | Method::HEAD) =>
            {
                let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET is possible.\n");
                let allowed = HeaderValue::from_static("GET, HEAD");
                response.headers_mut().insert(header::ALLOW, allowed);
                response
            }
            Route::Health if self.stopping.load(Ordering::Relaxed) => {
                plain(StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
            }
            Route::Health => plain(StatusCode::OK, "ok\n"),
            Route::Metrics => match self.may_read_metrics(peer, parts).await {
                Ok(account) => {
                    who = account;
                    let mut response = plain(StatusCode::OK, self.metrics.text());
                    let media_type = HeaderValue::from_static(metrics::MEDIA_TYPE);
                    response
                        .headers_mut()
                        .insert(header::CONTENT_TYPE, media_type);
                    response
                }
                Err(response) => response,
            },
            _ => plain(StatusCode::NOT_FOUND, ENTRY_POINTS),
        };
        let response = self.turn_away(parts, body, response).await;
        Answered {
            response,
            account: who,
            held: None,
        }
    }

    async fn may_read_metrics(
        &self,
        peer: &Peer,
        parts: &Parts,
    ) -> Result<Option<Arc<Account>>, Response<Bytes>> {
        if self.metrics_access == MetricsAccess::Anyone {
            return Ok(None);
        }
        match self.login.check(parts, &peer.certificate).await {
            Ok(account)
                if self.metrics_access == MetricsAccess::Users
                    || account.principal.role == Role::Administrator =>
            {
                Ok(Some(account))
            }
            Ok(_) => Err(plain(
                StatusCode::FORBIDDEN,
                "Metrics need the role admin.\n",
            )),
            Err(denied @ (Denied::Wrong | Denied::Stale)) => {
                let mut response = plain(StatusCode::UNAUTHORIZED, "Metrics need a login.\n");
                self.login
                    .challenge(response.headers_mut(), denied, !self.passes_logins);
                Err(response)
            }
            Err(Denied::Busy) => Err(retry_later(plain(
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many logins at the moment.\n",
            ))),
        }
    }

    /// The refusal of a request of whose target only the beginning was read.
    fn refuse_target(&self, route: Route, parts: &Parts) -> Response<Bytes> {
        let binding = match route {
            Route::Rest => &self.bindings.rest,
            Route::Wsman | Route::Identify => &self.bindings.wsman,
            Route::Health | Route::Metrics | Route::Unknown => {
                let reason = Ambiguous::TargetTooLong.reason();
                return closing(plain(StatusCode::URI_TOO_LONG, reason));
            }
        };
        let most = longest_target(self.limits.head_bytes);
        closing(binding.refuse(parts, Refusal::TargetTooLong(most)))
    }

    /// A binding's refusal of a request whose body was not read.
    async fn refuse(
        &self,
        binding: &dyn Binding,
        parts: Parts,
        body: &mut Incoming,
        refusal: Refusal,
    ) -> Response<Bytes> {
        let response = binding.refuse(&parts, refusal);
        let response = match refusal {
            Refusal::Busy | Refusal::ShuttingDown => retry_later(response),
            _ => response,
        };
        self.turn_away(&parts, body, response).await
    }

    /// Gets rid of the body before the answer goes out, or else of the connection after it.
    async fn turn_away(
        &self,
        parts: &Parts,
        body: &mut Incoming,
        response: Response<Bytes>,
    ) -> Response<Bytes> {
        if body::discard(parts, body, 2 * self.limits.body_bytes).await {
            response
        } else {
            closing(response)
        }
    }
}

/// One line for every request; those that failed or were refused are worth more attention. Never a body, a
/// query or a header, which may hold secrets.
fn log(
    peer: &Peer,
    asked: &Asked,
    account: Option<&Account>,
    operation: &str,
    response: &Response<Bytes>,
    time: Duration,
) {
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(
                peer = %peer.address,
                user = account.map(|account| account.principal.name.as_str()),
                binding = asked.route.name(),
                operation,
                method = %asked.method,
                path = asked.uri.path(),
                status = response.status().as_u16(),
                bytes = response.body().len(),
                us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX),
                "request"
            )
        };
    }
    match response.status().as_u16() {
        // A request without credentials is how many clients begin.
        401 if !asked.has_credentials => line!(debug),
        401 | 403 | 408 | 413 | 500.. => line!(info),
        _ => line!(debug),
    }
}

/// Runs a future to its end; `None` if it panicked. The panic hook has printed the message by then.
async fn guarded<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    // What a panicked request leaves behind is its own, or behind locks that recover from poison.
    std::future::poll_fn(move |context| {
        catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)))
            .map_or(Poll::Ready(None), |poll| poll.map(Some))
    })
    .await
}

/// What is left of a request's head after the binding got it.
struct Remains {
    method: Method,
    uri: Uri,
    accept: Option<HeaderValue>,
    origin: Option<Origin>,
}

impl Remains {
    fn into_parts(self) -> Parts {
        let (mut parts, ()) = Request::new(()).into_parts();
        parts.method = self.method;
        parts.uri = self.uri;
        if let Some(accept) = self.accept {
            parts.headers.insert(header::ACCEPT, accept);
        }
        if let Some(origin) = self.origin {
            parts.extensions.insert(origin);
        }
        parts
    }
}

fn plain(status: StatusCode, text: impl Into<Bytes>) -> Response<Bytes> {
    with(
        with_status(status, text.into()),
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    )
}

fn with_status(status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}

fn with(mut response: Response<Bytes>, name: HeaderName, value: HeaderValue) -> Response<Bytes> {
    response.headers_mut().insert(name, value);
    response
}

fn retry_later(response: Response<Bytes>) -> Response<Bytes> {
    with(response, header::RETRY_AFTER, HeaderValue::from_static("1"))
}

fn refuse_ambiguous(ambiguous: Ambiguous) -> Response<Bytes> {
    let status = match ambiguous {
        Ambiguous::UnknownEncoding => StatusCode::NOT_IMPLEMENTED,
        _ => StatusCode::BAD_REQUEST,
    };
    closing(plain(status, ambiguous.reason()))
}

fn closing(response: Response<Bytes>) -> Response<Bytes> {
    with(
        response,
        header::CONNECTION,
        HeaderValue::from_static("close"),
    )
}

/// A method as a metric label; those that clients make up are one.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}
