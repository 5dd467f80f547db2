//! Requests to one service, over kept connections.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{self, HeaderValue};
use http::{Request, Response, StatusCode, Uri};
use http_body_util::Full;
use hyper::body::{Body as _, Incoming};

use crate::connection::{self, Security, Tls};
use crate::error::Error;
use crate::line::{Idle, Line, NoAnswer};
use crate::login::{Credentials, Session, Used};

/// The largest answer that is taken unless told otherwise, in bytes.
pub const MAX_ANSWER: usize = 32 * 1024 * 1024;

/// The least buffer that the HTTP library works with is 8 KiB; heads of real answers have less.
const MAX_HEAD: usize = 64 * 1024;

/// Connections that are kept when nothing is asked, unless told otherwise.
const MAX_IDLE: usize = 8;

/// Tries of one request: without a login, with one, with another nonce.
const MAX_TRIES: usize = 3;

/// What [`Error::Timeout`] says was waited for when there was no connection yet, and nothing was sent.
pub const CONNECTING: &str = "connecting";

/// What a client is made of.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the service is: `http://` or `https://`, host, port and path.
    pub url: String,
    /// Who calls; `None` for nobody.
    pub credentials: Option<Credentials>,
    /// How the service proves who it is.
    pub security: Security,
    /// Until a connection is there.
    pub connect_timeout: Duration,
    /// Until the whole answer is there, connecting and logging in included.
    pub timeout: Duration,
    /// The largest answer that is taken, in bytes.
    pub max_answer: usize,
    /// Which addresses may be connected to, whatever name leads there; `None` for any. For URLs that others
    /// chose.
    pub address_rule: Option<fn(std::net::IpAddr) -> bool>,
    /// Connections that are kept when nothing is asked; with 0 each request has its own, and the service is
    /// told so.
    pub max_idle: usize,
}

impl Settings {
    /// The defaults: no login, the system's certificate authorities, 10 seconds to connect, 90 for all.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            credentials: None,
            security: Security::default(),
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(90),
            max_answer: MAX_ANSWER,
            address_rule: None,
            max_idle: MAX_IDLE,
        }
    }
}

/// A client of one service. Requests may run at the same time; each takes a connection of its own.
#[derive(Debug)]
pub struct Client {
    settings: Settings,
    host: String,
    port: u16,
    /// Host and port, for messages.
    authority: String,
    /// What `Host` says.
    host_header: HeaderValue,
    /// The path of the service.
    uri: Uri,
    tls: Option<Tls>,
    idle: Arc<Idle>,
    session: Mutex<Session>,
}

impl Client {
    /// A client; connects when it is used.
    ///
    /// # Errors
    /// The URL is none, or the certificates cannot be used.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let fail = |reason| Error::Url {
            // Never a login, which does not belong there and may be a real one.
            url: match settings.url.rsplit_once('@') {
                Some((_, host)) => format!("...@{host}"),
                None => settings.url.clone(),
            },
            reason,
        };
        let url: Uri = settings
            .url
            .parse()
            .map_err(|_| fail("it cannot be read"))?;
        let encrypted = match url.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(fail("it does not begin with http:// or https://")),
        };
        let authority = url.authority().ok_or_else(|| fail("it has no host"))?;
        if authority.as_str().contains('@') {
            return Err(fail("a login does not belong into a URL"));
        }
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        if host.is_empty() {
            return Err(fail("it has no host"));
        }
        // `http` takes any digits for a port, and has none for those that are too many.
        let behind = authority.as_str().rsplit(']').next().unwrap_or_default();
        if behind.contains(':') && authority.port_u16().is_none_or(|port| port == 0) {
            return Err(fail("its port is none of 1 to 65535"));
        }
        let port = authority
            .port_u16()
            .unwrap_or(if encrypted { 443 } else { 80 });
        let host_header = HeaderValue::from_str(authority.as_str())
            .map_err(|_| fail("its host has impossible characters"))?;
        let path = url.path_and_query().map_or("/", |path| path.as_str());
        let uri = path.parse().map_err(|_| fail("its path cannot be read"))?;
        let tls = encrypted
            .then(|| Tls::new(&settings.security))
            .transpose()?;
        let authority = match authority.port_u16() {
            Some(_) => authority.as_str().to_owned(),
            None => format!("{}:{port}", authority.as_str()),
        };
        let session = Session::begin(settings.credentials.as_ref(), encrypted);
        Ok(Self {
            settings,
            host,
            port,
            authority,
            host_header,
            uri,
            tls,
            idle: Arc::default(),
            session: Mutex::new(session),
        })
    }

    /// The URL of the service.
    pub fn url(&self) -> &str {
        &self.settings.url
    }

    /// Host and port, for messages.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether there is a login that the service was not shown yet, because it has not asked for one.
    pub fn keeps_login_back(&self) -> bool {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        self.settings.credentials.is_some() && matches!(*session, Session::None)
    }

    /// Posts a document to the service's own path.
    ///
    /// # Errors
    /// As for [`Client::send`].
    pub async fn post(
        &self,
        body: Bytes,
        content_type: &'static str,
    ) -> Result<Response<Bytes>, Error> {
        let mut request = Request::new(body);
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = self.uri.clone();
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        self.send(request).await
    }

    /// Sends a request, whose URI is a path and query; logs in as needed. The answer has any status but
    /// 401.
    ///
    /// # Errors
    /// No connection, no trust, no login, no answer in time, too large an answer. A request is sent again
    /// only if the service has not seen it, or answered it with 401.
    pub async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let limit = self.settings.timeout;
        match tokio::time::timeout(limit, self.try_send(request)).await {
            Ok(result) => result,
            Err(_) => Err(Error::Timeout {
                authority: self.authority.clone(),
                during: "the whole answer",
                after: limit,
            }),
        }
    }

    /// What every request has.
    fn complete(&self, headers: &mut http::HeaderMap) {
        headers.insert(header::HOST, self.host_header.clone());
        if self.settings.max_idle == 0 {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        // Without it a service may compress as it likes (RFC 9110 12.5.3).
        headers
            .entry(header::ACCEPT_ENCODING)
            .or_insert(HeaderValue::from_static("identity"));
        headers
            .entry(header::USER_AGENT)
            .or_insert(HeaderValue::from_static(concat!(
                "cimi-bridge/",
                env!("CARGO_PKG_VERSION")
            )));
    }

    async fn try_send(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        self.complete(request.headers_mut());
        for _ in 1..MAX_TRIES {
            let (used, response) = self.try_once(&request).await?;
            if response.status() != StatusCode::UNAUTHORIZED {
                return Ok(response);
            }
            self.agree(used, response.headers())?;
        }
        let (_, response) = self.try_once(&request).await?;
        if response.status() == StatusCode::UNAUTHORIZED {
            return Err(self.refused("user or password is wrong".into()));
        }
        Ok(response)
    }

    /// Finds out how to log in after a 401, unless another request has done so meanwhile.
    fn agree(&self, used: Used, headers: &http::HeaderMap) -> Result<(), Error> {
        let next = used
            .after_refusal(
                self.settings.credentials.as_ref(),
                self.tls.is_some(),
                headers,
            )
            .map_err(|reason| self.refused(reason))?;
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(())
    }

    fn refused(&self, reason: String) -> Error {
        Error::Login {
            authority: self.authority.clone(),
            reason,
        }
    }

    /// Sends a request whose answer goes on: it is read piece by piece, and has no end that must come in time. What
    /// is no success is as for [`Client::send`], whole.
    ///
    /// # Errors
    /// As for [`Client::send`].
    pub async fn follow(&self, request: Request<Bytes>) -> Result<Followed, Error> {
        let limit = self.settings.timeout;
        let late = |_| Error::Timeout {
            authority: self.authority.clone(),
            during: "the beginning of the answer",
            after: limit,
        };
        let begun = tokio::time::timeout(limit, self.begin(request)).await;
        begun.map_err(late)?
    }

    async fn begin(&self, mut request: Request<Bytes>) -> Result<Followed, Error> {
        self.complete(request.headers_mut());
        for last in [false, false, true] {
            let (used, request) = self.logged_in(&request)?;
            let (mut line, response) = self.exchange(request.map(Full::new)).await?;
            if response.status().is_success() {
                let (head, body) = response.into_parts();
                return Ok(Followed::Stream(Stream {
                    head,
                    body,
                    authority: self.authority.clone(),
                    line,
                }));
            }
            let response = self.whole(&mut line, response).await?;
            if response.status() != StatusCode::UNAUTHORIZED {
                return Ok(Followed::Whole(response));
            }
            if !last {
                self.agree(used, response.headers())?;
            }
        }
        Err(self.refused("user or password is wrong".into()))
    }

    /// One exchange, and how it was logged in.
    async fn try_once(&self, request: &Request<Bytes>) -> Result<(Used, Response<Bytes>), Error> {
        let (used, request) = self.logged_in(request)?;
        let (mut line, response) = self.exchange(request.map(Full::new)).await?;
        let response = self.whole(&mut line, response).await?;
        self.idle.keep(line, self.settings.max_idle);
        Ok((used, response))
    }

    /// A request with the login as far as it is agreed, and how that is.
    fn logged_in(&self, request: &Request<Bytes>) -> Result<(Used, Request<Bytes>), Error> {
        let mut request = request.clone();
        let mut used = Used::Nothing;
        if let Some(credentials) = &self.settings.credentials {
            let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
            let header = session
                .authorize(credentials, request.method(), request.uri(), client_nonce)
                .map_err(|reason| self.refused(reason))?;
            used = session.used();
            drop(session);
            if let Some(header) = header {
                request.headers_mut().insert(header::AUTHORIZATION, header);
            }
        }
        Ok((used, request))
    }

    /// Sends on a kept connection, or on a new one if there is none or the service has closed it without
    /// seeing the request.
    async fn exchange(
        &self,
        mut request: Request<Full<Bytes>>,
    ) -> Result<(Line, Response<Incoming>), Error> {
        while let Some(mut line) = self.idle.take() {
            if !line.is_ready().await {
                continue;
            }
            match line.send(request).await {
                Ok(response) => return Ok((line, response)),
                Err(NoAnswer::Unsent(unsent)) => request = *unsent,
                Err(NoAnswer::Broken(error)) => return Err(self.broken(&error)),
            }
        }
        let connect = connection::open(
            &self.host,
            self.port,
            &self.authority,
            self.tls.as_ref(),
            self.settings.address_rule,
            MAX_HEAD,
        );
        let limit = self.settings.connect_timeout;
        let connected = tokio::time::timeout(limit, connect).await;
        let mut line = connected.map_err(|_| Error::Timeout {
            authority: self.authority.clone(),
            during: CONNECTING,
            after: limit,
        })??;
        match line.send(request).await {
            Ok(response) => Ok((line, response)),
            Err(NoAnswer::Broken(error)) => Err(self.broken(&error)),
            Err(NoAnswer::Unsent(_)) => Err(Error::Connect {
                authority: self.authority.clone(),
                cause: std::io::ErrorKind::ConnectionAborted.into(),
            }),
        }
    }

    async fn whole(
        &self,
        line: &mut Line,
        response: Response<Incoming>,
    ) -> Result<Response<Bytes>, Error> {
        let limit = self.settings.max_answer;
        let too_large = || Error::TooLarge {
            authority: self.authority.clone(),
            limit,
        };
        let (parts, mut body) = response.into_parts();
        let announced = body.size_hint().lower();
        if announced > limit as u64 {
            return Err(too_large());
        }
        let announced = usize::try_from(announced).unwrap_or(limit);
        // Most answers are one frame, which is the body as it is.
        let mut first = Bytes::new();
        let mut more = BytesMut::new();
        while let Some(frame) = line.frame(&mut body).await {
            let frame = frame.map_err(|error| self.broken(&error))?;
            let Ok(data) = frame.into_data() else {
                continue;
            };
            if first.len() + more.len() + data.len() > limit {
                return Err(too_large());
            }
            if first.is_empty() && more.is_empty() {
                first = data;
                continue;
            }
            if more.is_empty() {
                // What it says of itself is believed as far as it has shown.
                more.reserve(announced.min(2 * (first.len() + data.len())));
                more.extend_from_slice(&std::mem::take(&mut first));
            }
            more.extend_from_slice(&data);
        }
        let body = if more.is_empty() {
            first
        } else {
            more.freeze()
        };
        Ok(Response::from_parts(parts, body))
    }

    fn broken(&self, error: &hyper::Error) -> Error {
        broken(&self.authority, error)
    }
}

fn broken(authority: &str, error: &hyper::Error) -> Error {
    let mut reason = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let _ = write!(reason, ": {error}");
        cause = error.source();
    }
    Error::Connection {
        authority: authority.to_owned(),
        reason,
    }
}

/// What a request was answered whose answer may go on.
#[derive(Debug)]
pub enum Followed {
    /// A success, that goes on.
    Stream(Stream),
    /// Anything else but 401.
    Whole(Response<Bytes>),
}

/// An answer that goes on. Its connection is closed when this is dropped.
#[derive(Debug)]
pub struct Stream {
    head: http::response::Parts,
    body: Incoming,
    authority: String,
    /// The connection ends with it.
    line: Line,
}

impl Stream {
    /// Status and headers.
    pub const fn head(&self) -> &http::response::Parts {
        &self.head
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// The connection breaks, or nothing comes for as long as `silence`.
    pub async fn next(&mut self, silence: Duration) -> Result<Option<Bytes>, Error> {
        loop {
            let next = tokio::time::timeout(silence, self.line.frame(&mut self.body)).await;
            let next = next.map_err(|_| Error::Timeout {
                authority: self.authority.clone(),
                during: "the next piece of the answer",
                after: silence,
            })?;
            let Some(frame) = next.transpose().map_err(|e| broken(&self.authority, &e))? else {
                return Ok(None);
            };
            // Trailers say nothing.
            if let Ok(data) = frame.into_data() {
                return Ok(Some(data));
            }
        }
    }
}

/// 64 random bits.
fn client_nonce() -> Result<String, String> {
    let mut bytes = [0; 8];
    openssl::rand::rand_bytes(&mut bytes).map_err(|error| error.to_string())?;
    Ok(format!("{:016x}", u64::from_be_bytes(bytes)))
}
