//! A connection that its user drives, and those that wait for their next user.
//!
//! It has no task of its own: whoever waits for an answer moves the bytes meanwhile. So a request costs no
//! wake-ups of others, and when its caller goes away the connection is closed, and nothing goes on unseen.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Body as _, Frame, Incoming};
use hyper::client::conn::http1::SendRequest;

/// How long a connection is kept; services close theirs after a minute or so.
const KEPT: Duration = Duration::from_secs(30);

/// What moves the bytes of a connection, until it ends.
type Driver = Pin<Box<dyn Future<Output = Result<(), hyper::Error>> + Send>>;

/// A connection.
pub(crate) struct Line {
    sender: SendRequest<Full<Bytes>>,
    /// `None` when it has ended.
    driver: Option<Driver>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line")
            .field("open", &self.is_open())
            .finish()
    }
}

/// Why there is no answer.
pub(crate) enum NoAnswer {
    /// The service has not seen the request, which is given back.
    Unsent(Box<Request<Full<Bytes>>>),
    /// It may have seen it.
    Broken(hyper::Error),
}

impl Line {
    pub(crate) fn new(
        sender: SendRequest<Full<Bytes>>,
        driver: impl Future<Output = Result<(), hyper::Error>> + Send + 'static,
    ) -> Self {
        Self {
            sender,
            driver: Some(Box::pin(driver)),
        }
    }

    fn drive(driver: &mut Option<Driver>, context: &mut Context<'_>) {
        if let Some(running) = driver
            && running.as_mut().poll(context).is_ready()
        {
            // Its errors reach whoever waits for something.
            *driver = None;
        }
    }

    /// Whether a request can be sent: the service may have closed the connection meanwhile.
    pub(crate) async fn is_ready(&mut self) -> bool {
        let Self { sender, driver } = self;
        poll_fn(|context| {
            Self::drive(driver, context);
            sender.poll_ready(context)
        })
        .await
        .is_ok()
    }

    /// Sends a request; the head of the answer.
    pub(crate) async fn send(
        &mut self,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, NoAnswer> {
        let Self { sender, driver } = self;
        let mut answer = pin!(sender.try_send_request(request));
        let answer = poll_fn(|context| {
            Self::drive(driver, context);
            answer.as_mut().poll(context)
        });
        answer
            .await
            .map_err(|mut error| match error.take_message() {
                Some(request) => NoAnswer::Unsent(Box::new(request)),
                None => NoAnswer::Broken(error.into_error()),
            })
    }

    /// The next part of an answer's body; `None` at its end.
    pub(crate) async fn frame(
        &mut self,
        body: &mut Incoming,
    ) -> Option<Result<Frame<Bytes>, hyper::Error>> {
        let driver = &mut self.driver;
        poll_fn(|context| {
            // What came with the head is there already.
            if let Poll::Ready(frame) = Pin::new(&mut *body).poll_frame(context) {
                return Poll::Ready(frame);
            }
            Self::drive(driver, context);
            Pin::new(&mut *body).poll_frame(context)
        })
        .await
    }

    fn is_open(&self) -> bool {
        self.driver.is_some() && !self.sender.is_closed()
    }
}

/// Connections that nobody uses at the moment.
#[derive(Default)]
pub(crate) struct Idle(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    /// With the time since when; the youngest last.
    lines: Vec<(Line, Instant)>,
    /// Whether somebody sees to it that they are closed in time.
    is_watched: bool,
}

impl Idle {
    fn waiting(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one that was used last.
    pub(crate) fn take(&self) -> Option<Line> {
        let (line, since) = self.waiting().lines.pop()?;
        (since.elapsed() < KEPT).then_some(line)
    }

    /// Keeps a connection whose answer was read to its end, unless there are so many already.
    pub(crate) fn keep(self: &Arc<Self>, line: Line, most: usize) {
        let mut waiting = self.waiting();
        if waiting.lines.len() >= most || !line.is_open() {
            return;
        }
        waiting.lines.push((line, Instant::now()));
        if !waiting.is_watched {
            waiting.is_watched = true;
            tokio::spawn(Self::watch(Arc::downgrade(self)));
        }
    }

    /// Closes what was not used for long, until there is nothing left.
    async fn watch(idle: Weak<Self>) {
        loop {
            tokio::time::sleep(KEPT).await;
            let Some(idle) = idle.upgrade() else { return };
            let mut waiting = idle.waiting();
            waiting.lines.retain(|(_, since)| since.elapsed() < KEPT);
            if waiting.lines.is_empty() {
                waiting.is_watched = false;
                return;
            }
        }
    }
}

impl std::fmt::Debug for Idle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines = self.waiting().lines.len();
        f.debug_struct("Idle").field("lines", &lines).finish()
    }
}
