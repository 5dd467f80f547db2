//! Answers that go on: what a binding says of one, and the body that the connection writes.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;

/// In the extensions of a response whose body goes on behind the bytes that it has, until the sender is
/// dropped. Extensions are cloned, a receiver is not: the first who takes it has it.
#[derive(Debug, Clone)]
pub(crate) struct Streamed(Arc<Mutex<Option<mpsc::Receiver<Bytes>>>>);

impl Streamed {
    /// An answer that goes on with what comes here.
    pub(crate) fn new(receiver: mpsc::Receiver<Bytes>) -> Self {
        Self(Arc::new(Mutex::new(Some(receiver))))
    }

    /// What comes, once.
    pub(crate) fn take(&self) -> Option<mpsc::Receiver<Bytes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The body of an answer: some bytes, and perhaps more later.
#[derive(Debug)]
pub(crate) struct Answer {
    first: Option<Bytes>,
    more: Option<mpsc::Receiver<Bytes>>,
}

impl Answer {
    pub(crate) fn new(first: Bytes, more: Option<mpsc::Receiver<Bytes>>) -> Self {
        Self {
            first: (!first.is_empty()).then_some(first),
            more,
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        match &mut self.more {
            None => Poll::Ready(None),
            Some(more) => more
                .poll_recv(context)
                .map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_none() && self.more.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.first, &self.more) {
            (first, None) => SizeHint::with_exact(first.as_ref().map_or(0, |b| b.len() as u64)),
            (_, Some(_)) => SizeHint::default(),
        }
    }
}
