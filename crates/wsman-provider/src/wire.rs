//! One message there and one back, in the hands of [`Upstream`], which knows what to do about trouble.

use std::time::{Duration, Instant};

use bytes::Bytes;
use cim_core::{CimError, ErrorKind};
use http::{Response, StatusCode, header};
use provider::OperationContext;
use upstream::{CloudConfig, ConfigError, Repeat, Sessions, Trouble, USUAL_NAMESPACE, Upstream};
use wsman::Doing;
use wsman::client::{RemoteFault, Requests, Unreadable};

use crate::fault;

const MEDIA_TYPE: &str = "application/soap+xml;charset=UTF-8";

/// `wsman:MaxEnvelopeSize` of answers in bytes: what our own service has as its largest.
const MAX_ENVELOPE: usize = 4 * 1024 * 1024;

/// The service is told less time than there is, so that its fault still arrives.
const MARGIN: Duration = Duration::from_millis(200);

/// Of a body that is no message, what an error shows, in characters.
const SHOWN: usize = 120;

/// The way to the service.
#[derive(Debug)]
pub(crate) struct Wire {
    upstream: Upstream,
    sessions: Sessions<http_client::Client>,
    requests: Requests,
    timeout: Duration,
    /// The CIM namespace there.
    pub(crate) namespace: String,
}

/// What is asked, on whose behalf.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) context: &'a OperationContext,
    pub(crate) repeat: Repeat,
    pub(crate) doing: Doing,
}

impl<'a> Asked<'a> {
    /// Something that reads.
    pub(crate) const fn read(context: &'a OperationContext, doing: Doing) -> Self {
        Self {
            context,
            repeat: Repeat::Safe,
            doing,
        }
    }

    /// Something that changes.
    pub(crate) const fn write(context: &'a OperationContext, doing: Doing) -> Self {
        Self {
            context,
            repeat: Repeat::Never,
            doing,
        }
    }
}

/// A fault to which the caller has an answer of its own.
pub(crate) type Expected = fn(&RemoteFault) -> bool;

/// The answer, or the fault that was expected.
pub(crate) enum Answer<T> {
    Done(T),
    Expected(Box<RemoteFault>),
}

impl Wire {
    pub(crate) fn new(config: &CloudConfig) -> Result<Self, ConfigError> {
        let mut requests = Requests::new(config.url());
        requests.max_envelope_size = Some(MAX_ENVELOPE.min(config.answer_bytes));
        Ok(Self {
            upstream: Upstream::new(config),
            sessions: Sessions::new(config, http_client::Client::new)?,
            requests,
            timeout: config.timeout(),
            namespace: config
                .namespace
                .clone()
                .unwrap_or_else(|| USUAL_NAMESPACE.to_owned()),
        })
    }

    /// The name of the cloud.
    pub(crate) fn name(&self) -> &str {
        self.upstream.name()
    }

    /// An error that names the cloud.
    pub(crate) fn error(&self, kind: ErrorKind, what: impl std::fmt::Display) -> CimError {
        self.upstream.error(kind, what)
    }

    /// The error for an answer that is not what was asked for.
    pub(crate) fn nonsense(&self, asked: &Asked<'_>, what: impl std::fmt::Display) -> CimError {
        match asked.repeat {
            Repeat::Safe => self.error(ErrorKind::BackEnd, what),
            Repeat::Never => self.error(
                ErrorKind::OutcomeUnknown,
                format_args!("{what}. The change was sent, and may or may not have been made"),
            ),
        }
    }

    /// Makes a request and reads its answer. `build` writes the message under an id, `read` reads bytes, media
    /// type and that id.
    ///
    /// # Errors
    /// As [`Upstream::call`].
    pub(crate) async fn call<T>(
        &self,
        asked: Asked<'_>,
        build: impl Fn(&Requests, &str) -> String,
        read: impl Fn(&[u8], Option<&str>, &str) -> Result<T, Unreadable>,
    ) -> Result<T, CimError> {
        match self.try_call(asked, |_| false, build, read).await? {
            Answer::Done(done) => Ok(done),
            Answer::Expected(fault) => Err(self.error(ErrorKind::BackEnd, fault)),
        }
    }

    /// The same, for callers who know what to do about some faults.
    ///
    /// # Errors
    /// As [`Upstream::call`].
    pub(crate) async fn try_call<T>(
        &self,
        asked: Asked<'_>,
        expected: Expected,
        build: impl Fn(&Requests, &str) -> String,
        read: impl Fn(&[u8], Option<&str>, &str) -> Result<T, Unreadable>,
    ) -> Result<Answer<T>, CimError> {
        let client = self.sessions.of(&asked.context.principal)?;
        let deadline = asked.context.deadline;
        self.upstream
            .call(deadline, asked.repeat, || {
                let id = message_id();
                let mut requests = self.requests.clone();
                requests.timeout = Some(self.time_left(deadline));
                requests.tell_job = asked.repeat == Repeat::Never;
                let text = build(&requests, &id);
                let (client, read) = (&client, &read);
                async move {
                    provider::trace::sent(client.url(), &text);
                    let answer = client.post(Bytes::from(text), MEDIA_TYPE).await;
                    let answer = answer.map_err(Trouble::from)?;
                    if provider::trace::is_wanted() {
                        let shown = String::from_utf8_lossy(answer.body());
                        provider::trace::received(answer.status().as_u16(), &shown);
                    }
                    understood(&answer, &asked, expected, |bytes, media| {
                        read(bytes, media, &id)
                    })
                }
            })
            .await
    }

    fn time_left(&self, deadline: Option<Instant>) -> Duration {
        let left = deadline.map_or(self.timeout, |deadline| {
            self.timeout
                .min(deadline.saturating_duration_since(Instant::now()))
        });
        // A part of a second is written as it is; nothing at all would be refused.
        left.saturating_sub(MARGIN.min(left / 4))
            .max(Duration::from_millis(1))
    }
}

/// Reads an answer; faults come with all kinds of status.
fn understood<T>(
    answer: &Response<Bytes>,
    asked: &Asked<'_>,
    expected: Expected,
    read: impl FnOnce(&[u8], Option<&str>) -> Result<T, Unreadable>,
) -> Result<Answer<T>, Trouble> {
    let status = answer.status();
    let text_header = |name| {
        let value = answer.headers().get(name)?;
        value.to_str().ok()
    };
    match read(answer.body(), text_header(header::CONTENT_TYPE)) {
        Err(Unreadable::Fault(fault)) if expected(&fault) => Ok(Answer::Expected(fault)),
        Err(Unreadable::Fault(fault)) => Err(fault::trouble(&fault, asked.doing)),
        Ok(done) if status.is_success() => Ok(Answer::Done(done)),
        _ if matches!(
            status,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS
        ) =>
        {
            let seconds =
                text_header(header::RETRY_AFTER).and_then(|text| text.trim().parse().ok());
            Err(Trouble::Busy {
                retry_after: seconds.map(Duration::from_secs),
                reason: said(status, answer.body()),
            })
        }
        _ if status == StatusCode::FORBIDDEN => Err(Trouble::Login(said(status, answer.body()))),
        _ if status.is_client_error() => Err(Trouble::Nonsense(said(status, answer.body()))),
        // A gateway or a crash: who knows how far it came.
        _ if !status.is_success() && asked.repeat == Repeat::Never => {
            Err(Trouble::NoAnswer(said(status, answer.body())))
        }
        _ if !status.is_success() => Err(Trouble::Failed(said(status, answer.body()))),
        Ok(_) => Err(Trouble::Nonsense(said(status, answer.body()))),
        Err(cause) => Err(Trouble::Nonsense(cause.to_string())),
    }
}

/// What an answer without a message says.
fn said(status: StatusCode, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let text: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(SHOWN)
        .collect();
    if text.is_empty() || text.starts_with('<') {
        format!("it answered {status} without a message")
    } else {
        format!("it answered {status}: {text}")
    }
}

/// Upper case, as the tools of Windows write it.
fn message_id() -> String {
    let mut buffer = uuid::Uuid::encode_buffer();
    let id: &str = uuid::Uuid::new_v4().hyphenated().encode_upper(&mut buffer);
    ["uuid:", id].concat()
}
