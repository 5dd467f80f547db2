//! Answers that go on: what a binding says of one, and the body that the connection writes.

use std::any::Any;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;

/// What comes behind the bytes that an answer has.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Some of it.
    More(Bytes),
    /// The end of it.
    Last(Bytes),
}

/// In the extensions of a response whose body goes on behind the bytes that it has. Extensions are cloned, a
/// receiver is not: the first who takes it has it.
#[derive(Debug, Clone)]
pub(crate) struct Streamed {
    pieces: Arc<Mutex<Option<mpsc::Receiver<Piece>>>>,
    is_endless: bool,
}

impl Streamed {
    /// An answer that goes on until the sender is dropped.
    pub(crate) fn endless(receiver: mpsc::Receiver<Piece>) -> Self {
        Self {
            pieces: Arc::new(Mutex::new(Some(receiver))),
            is_endless: true,
        }
    }

    /// An answer that is whole with its last piece; if the sender is dropped before, the client is shown that it
    /// is not.
    pub(crate) fn document(receiver: mpsc::Receiver<Piece>) -> Self {
        Self {
            is_endless: false,
            ..Self::endless(receiver)
        }
    }

    /// Whether it ends by itself, so that it is a request in progress until then.
    pub(crate) const fn is_document(&self) -> bool {
        !self.is_endless
    }

    /// What comes, once.
    pub(crate) fn take(&self) -> Option<mpsc::Receiver<Piece>> {
        let mut pieces = self.pieces.lock().unwrap_or_else(PoisonError::into_inner);
        pieces.take()
    }
}

/// What is kept until an answer is written, such as the place of its request.
pub(crate) type Held = Box<dyn Any + Send>;

/// The body of an answer: some bytes, and perhaps more later.
pub(crate) struct Answer {
    first: Option<Bytes>,
    more: Option<(mpsc::Receiver<Piece>, bool)>,
    _held: Option<Held>,
}

impl Answer {
    pub(crate) fn new(first: Bytes, more: Option<&Streamed>, held: Option<Held>) -> Self {
        Self {
            first: (!first.is_empty()).then_some(first),
            more: more.and_then(|more| Some((more.take()?, more.is_endless))),
            _held: held,
        }
    }
}

/// An answer ended before its document did.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BrokenOff;

impl fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer could not be finished")
    }
}

impl std::error::Error for BrokenOff {}

impl Body for Answer {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let Some((pieces, is_endless)) = &mut self.more else {
            return Poll::Ready(None);
        };
        let is_endless = *is_endless;
        let piece = ready!(pieces.poll_recv(context));
        let frame = match piece {
            Some(Piece::More(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
            Some(Piece::Last(bytes)) if bytes.is_empty() => None,
            Some(Piece::Last(bytes)) => Some(Ok(Frame::data(bytes))),
            None if is_endless => None,
            None => Some(Err(BrokenOff)),
        };
        self.more = None;
        Poll::Ready(frame)
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

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(mut answer: Answer) -> Result<String, BrokenOff> {
        let mut text = Vec::new();
        while let Some(frame) =
            std::future::poll_fn(|context| Pin::new(&mut answer).poll_frame(context)).await
        {
            text.extend_from_slice(&frame?.into_data().unwrap());
        }
        assert!(answer.is_end_stream());
        Ok(String::from_utf8(text).unwrap())
    }

    #[tokio::test]
    async fn only_a_whole_document_ends_well() {
        for (is_endless, last, expected) in [
            (true, false, Ok("abc".to_owned())),
            (false, true, Ok("abc!".to_owned())),
            (false, false, Err(BrokenOff)),
        ] {
            let (sender, receiver) = mpsc::channel(4);
            sender.send(Piece::More("b".into())).await.unwrap();
            sender.send(Piece::More("c".into())).await.unwrap();
            if last {
                sender.send(Piece::Last("!".into())).await.unwrap();
            }
            drop(sender);
            let streamed = match is_endless {
                true => Streamed::endless(receiver),
                false => Streamed::document(receiver),
            };
            let answer = Answer::new("a".into(), Some(&streamed), None);
            assert_eq!(answer.size_hint().exact(), None);
            assert_eq!(read(answer).await, expected);
        }
        let answer = Answer::new("a".into(), None, None);
        assert_eq!(answer.size_hint().exact(), Some(1));
        assert_eq!(read(answer).await, Ok("a".to_owned()));
    }
}
