//! How requests say where they end, watched below the HTTP library.
//!
//! A request with two lengths, or with a length and chunks, may be understood in two ways, and whoever
//! stands between a client and this service may choose the other one (request smuggling, RFC 9112 11.2).
//! The library takes such requests: it drops the lengths that it does not use, so nothing above it can
//! see them. So the bytes are looked at as they pass, just enough to know where each request begins
//! and ends, and the edge asks whether the one that it got is ambiguous. Targets that the library would refuse without
//! a word are mended on the way (see `target`).

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::target::Target;

/// What a refused request is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ambiguous {
    /// `Content-Length` more than once.
    TwoLengths,
    /// `Content-Length` beside `Transfer-Encoding`.
    LengthAndChunks,
    /// `Transfer-Encoding` more than once.
    TwoEncodings,
    /// A `Transfer-Encoding` other than `chunked`.
    UnknownEncoding,
    /// A target of which only the beginning was read.
    TargetTooLong,
}

impl Ambiguous {
    const ALL: [Self; 5] = [
        Self::TwoLengths,
        Self::LengthAndChunks,
        Self::TwoEncodings,
        Self::UnknownEncoding,
        Self::TargetTooLong,
    ];

    /// What is wrong, for the client.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::TwoLengths => "Content-Length occurs more than once.\n",
            Self::LengthAndChunks => {
                "Content-Length and Transfer-Encoding exclude each other (RFC 9112, 6.1).\n"
            }
            Self::TwoEncodings => "Transfer-Encoding occurs more than once.\n",
            Self::UnknownEncoding => "The only Transfer-Encoding is `chunked`.\n",
            Self::TargetTooLong => "The URI is longer than any that is read here.\n",
        }
    }
}

/// What the watcher tells the edge: which request of a connection is ambiguous, if one is. There is at most
/// one, because the connection ends with it.
#[derive(Debug, Clone)]
pub(crate) struct Verdict(Arc<AtomicU64>);

/// No request is ambiguous so far.
const NONE: u64 = u64::MAX;
const KINDS: u64 = Ambiguous::ALL.len() as u64;

impl Verdict {
    fn new() -> Self {
        Self(Arc::new(AtomicU64::new(NONE)))
    }

    fn set(&self, number: u64, what: Ambiguous) {
        let verdict = number.saturating_mul(KINDS) + what as u64;
        self.0.store(verdict, Ordering::Relaxed);
    }

    /// What is wrong with the request of that number; the first of a connection has 0.
    pub(crate) fn of(&self, number: u64) -> Option<Ambiguous> {
        let verdict = self.0.load(Ordering::Relaxed);
        (verdict != NONE && verdict / KINDS == number)
            .then(|| Ambiguous::ALL.get((verdict % KINDS) as usize).copied())
            .flatten()
    }
}

/// Where in a message the next byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the head of a request.
    Head,
    /// In a body of which so many bytes are still to come.
    Body(u64),
    /// In the line with the size of a chunk.
    ChunkSize,
    /// In a chunk, with the line end behind it.
    Chunk(u64),
    /// In the lines behind the last chunk.
    Trailers,
    /// An ambiguous or malformed request: nothing behind it will be read as one.
    Lost,
}

/// Longest line that is kept to be looked at. The interesting ones are far shorter; of others the
/// beginning is enough, and the library refuses heads that are too large.
const MAX_LINE: usize = 256;

/// Follows the requests of a connection.
#[derive(Debug)]
struct Framing {
    place: Place,
    /// The line so far, without its end, cut at [`MAX_LINE`].
    line: Vec<u8>,
    /// Whether the line is the first of a head.
    first: bool,
    length: Option<u64>,
    chunked: bool,
    wrong: Option<Ambiguous>,
    target: Target,
    /// The number of the request that is passing.
    number: u64,
    verdict: Verdict,
}

impl Framing {
    fn new(longest_target: usize) -> Self {
        Self {
            place: Place::Head,
            line: Vec::new(),
            first: true,
            length: None,
            chunked: false,
            wrong: None,
            target: Target::new(longest_target),
            number: 0,
            verdict: Verdict::new(),
        }
    }

    /// Follows the next bytes; what the library is to read in their place, if that differs.
    fn pass(&mut self, all: &[u8]) -> Option<Vec<u8>> {
        let mut out = None;
        let mut bytes = all;
        while !bytes.is_empty() {
            let (before, rest) = all.split_at(all.len() - bytes.len());
            let is_first = self.place == Place::Head && self.first;
            match self.place {
                Place::Lost => bytes = &[],
                Place::Body(left) => {
                    let (taken, left) = skip(bytes, left);
                    bytes = bytes.get(taken..).unwrap_or_default();
                    self.place = Place::Body(left);
                    if left == 0 {
                        self.next_request();
                    }
                }
                Place::Chunk(left) => {
                    let (taken, left) = skip(bytes, left);
                    bytes = bytes.get(taken..).unwrap_or_default();
                    self.place = if left == 0 {
                        Place::ChunkSize
                    } else {
                        Place::Chunk(left)
                    };
                }
                Place::Head | Place::ChunkSize | Place::Trailers => {
                    let end = bytes.iter().position(|b| *b == b'\n');
                    let part = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
                    if is_first {
                        let line = bytes.get(..end.map_or(bytes.len(), |end| end + 1));
                        self.target.pass(line.unwrap_or_default(), before, &mut out);
                    }
                    let room = MAX_LINE.saturating_sub(self.line.len());
                    self.line.extend(part.iter().take(room));
                    bytes = end.and_then(|end| bytes.get(end + 1..)).unwrap_or_default();
                    if end.is_some() {
                        let mut line = std::mem::take(&mut self.line);
                        if line.last() == Some(&b'\r') {
                            line.pop();
                        }
                        self.line_ended(&line);
                        line.clear();
                        self.line = line;
                    }
                }
            }
            if let (Some(out), false) = (&mut out, is_first) {
                let taken = rest.get(..rest.len() - bytes.len());
                out.extend_from_slice(taken.unwrap_or_default());
            }
        }
        out
    }

    fn line_ended(&mut self, line: &[u8]) {
        match self.place {
            // Empty lines before a request are skipped (RFC 9112, 2.2).
            Place::Head if self.first && line.is_empty() => {}
            Place::Head if self.first => {
                self.first = false;
                if self.target.is_too_long() {
                    self.wrong = Some(Ambiguous::TargetTooLong);
                }
                self.target.next();
            }
            Place::Head if line.is_empty() => self.head_ended(),
            Place::Head => self.field(line),
            Place::ChunkSize => {
                let digits = line.split(|b| *b == b';').next().unwrap_or_default();
                let size = std::str::from_utf8(digits)
                    .ok()
                    .and_then(|text| u64::from_str_radix(text.trim(), 16).ok());
                self.place = match size {
                    Some(0) => Place::Trailers,
                    // With the line end behind the chunk.
                    Some(size) => Place::Chunk(size.saturating_add(2)),
                    None => Place::Lost,
                };
            }
            Place::Trailers if line.is_empty() => self.next_request(),
            _ => {}
        }
    }

    fn field(&mut self, line: &[u8]) {
        let Some(colon) = line.iter().position(|b| *b == b':') else {
            return;
        };
        let (name, value) = line.split_at(colon);
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        if name.eq_ignore_ascii_case(b"content-length") {
            if self.length.is_some() || value.contains(&b',') {
                self.wrong.get_or_insert(Ambiguous::TwoLengths);
            }
            // What is no number is refused above.
            let length = std::str::from_utf8(value).ok().and_then(|v| v.parse().ok());
            self.length = Some(length.unwrap_or(0));
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            if self.chunked {
                self.wrong.get_or_insert(Ambiguous::TwoEncodings);
            }
            if !value.eq_ignore_ascii_case(b"chunked") {
                self.wrong.get_or_insert(Ambiguous::UnknownEncoding);
            }
            self.chunked = true;
        }
    }

    fn head_ended(&mut self) {
        if self.length.is_some() && self.chunked {
            self.wrong.get_or_insert(Ambiguous::LengthAndChunks);
        }
        if let Some(wrong) = self.wrong {
            self.verdict.set(self.number, wrong);
            self.place = Place::Lost;
        } else if self.chunked {
            self.place = Place::ChunkSize;
        } else {
            match self.length {
                None | Some(0) => self.next_request(),
                Some(length) => self.place = Place::Body(length),
            }
        }
    }

    fn next_request(&mut self) {
        self.place = Place::Head;
        self.first = true;
        self.length = None;
        self.chunked = false;
        self.number += 1;
    }
}

/// How many of `bytes` belong to the next `left` ones, and how many of these are still to come.
fn skip(bytes: &[u8], left: u64) -> (usize, u64) {
    let taken = usize::try_from(left).map_or(bytes.len(), |left| left.min(bytes.len()));
    (taken, left.saturating_sub(taken as u64))
}

/// A stream whose requests are watched as they are read.
#[derive(Debug)]
pub(crate) struct Watched<S> {
    stream: S,
    framing: Framing,
    /// What was read and has still to be passed on, from this position.
    mended: (Vec<u8>, usize),
}

impl<S> Watched<S> {
    /// The stream, and what is found out about its requests.
    pub(crate) fn new(stream: S, longest_target: usize) -> (Self, Verdict) {
        let framing = Framing::new(longest_target);
        let verdict = framing.verdict.clone();
        let watched = Self {
            stream,
            framing,
            mended: (Vec::new(), 0),
        };
        (watched, verdict)
    }

    /// Passes on what was mended.
    fn pass_on(&mut self, buffer: &mut ReadBuf<'_>) {
        let (mended, done) = &mut self.mended;
        let left = mended.get(*done..).unwrap_or_default();
        let now = left.get(..buffer.remaining()).unwrap_or(left);
        buffer.put_slice(now);
        *done += now.len();
        if *done == mended.len() {
            self.mended = (Vec::new(), 0);
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.mended.0.is_empty() {
            self.pass_on(buffer);
            return Poll::Ready(Ok(()));
        }
        loop {
            let before = buffer.filled().len();
            ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
            let read = buffer.filled().get(before..).unwrap_or_default();
            if read.is_empty() {
                return Poll::Ready(Ok(()));
            }
            let Some(mended) = self.framing.pass(read) else {
                return Poll::Ready(Ok(()));
            };
            buffer.set_filled(before);
            if !mended.is_empty() {
                self.mended = (mended, 0);
                self.pass_on(buffer);
                return Poll::Ready(Ok(()));
            }
            // Nothing that was read is passed on: an answer now would mean the end.
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The number of the request that is passing at the end, and the ambiguous one.
    fn follow(pieces: &[&[u8]]) -> (u64, Option<(u64, Ambiguous)>) {
        let mut framing = Framing::new(100);
        for piece in pieces {
            assert_eq!(framing.pass(piece), None);
        }
        let number = framing.number;
        let found = (0..=number).find_map(|n| Some((n, framing.verdict.of(n)?)));
        (number, found)
    }

    const GET: &str = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    const LENGTH: &str = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab\r\n\n";
    const CHUNKED: &str = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x=1\r\n\r\n\r\n\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n";

    #[test]
    fn requests_follow_each_other() {
        assert_eq!(follow(&[GET.as_bytes()]), (1, None));
        assert_eq!(follow(&[LENGTH.as_bytes()]), (1, None));
        assert_eq!(follow(&[CHUNKED.as_bytes()]), (1, None));
        let many = [GET, CHUNKED, "\r\n", LENGTH, GET].concat();
        assert_eq!(follow(&[many.as_bytes()]), (4, None));
    }

    #[test]
    fn what_is_ambiguous() {
        use Ambiguous as A;
        for (fields, expected) in [
            ("Content-Length: 5\r\nContent-Length: 5", A::TwoLengths),
            ("Content-Length: 5\r\ncontent-length: 6", A::TwoLengths),
            ("Content-Length: 5, 5", A::TwoLengths),
            (
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                A::LengthAndChunks,
            ),
            (
                "TRANSFER-ENCODING: chunked\nContent-Length:5",
                A::LengthAndChunks,
            ),
            (
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                A::TwoEncodings,
            ),
            ("Transfer-Encoding: gzip, chunked", A::UnknownEncoding),
            ("Transfer-Encoding: xchunked", A::UnknownEncoding),
        ] {
            let request = format!("{GET}POST / HTTP/1.1\r\nX: y\r\n{fields}\r\n\r\n{GET}");
            assert_eq!(
                follow(&[request.as_bytes()]),
                (1, Some((1, expected))),
                "{fields}"
            );
        }
    }

    #[test]
    fn long_lines_cost_no_memory() {
        let mut framing = Framing::new(100);
        assert_eq!(framing.pass(&[b'x'; 100_000]), None);
        assert!(framing.line.len() <= MAX_LINE);
        assert_eq!(framing.pass(b"\r\n\r\n"), None);
        assert_eq!(framing.number, 1);
    }

    fn cut<'w>(whole: &'w str, cuts: &[usize]) -> Vec<&'w [u8]> {
        let mut rest = whole.as_bytes();
        let mut pieces = Vec::new();
        for cut in cuts.iter().cycle() {
            let (piece, more) = rest.split_at((*cut).min(rest.len()));
            pieces.push(piece);
            rest = more;
            if rest.is_empty() {
                break;
            }
        }
        pieces
    }

    /// A connection that gives one piece at a time.
    struct Pieces<'p>(std::slice::Iter<'p, &'p [u8]>);

    impl AsyncRead for Pieces<'_> {
        fn poll_read(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            if let Some(piece) = self.0.next() {
                buffer.put_slice(piece);
            }
            Poll::Ready(Ok(()))
        }
    }

    /// What is read of such a connection with a buffer of that size; pieces fit into 64 bytes.
    fn read(pieces: &[&[u8]], room: usize) -> (String, Verdict) {
        let (mut watched, verdict) = Watched::new(Pieces(pieces.iter()), 100);
        let mut context = Context::from_waker(std::task::Waker::noop());
        let mut all = Vec::new();
        loop {
            let mut bytes = [0; 64];
            let size = if watched.mended.0.is_empty() {
                64
            } else {
                room
            };
            let mut buffer = ReadBuf::new(&mut bytes[..size]);
            let polled = Pin::new(&mut watched).poll_read(&mut context, &mut buffer);
            assert!(matches!(polled, Poll::Ready(Ok(()))));
            if buffer.filled().is_empty() {
                return (String::from_utf8(all).unwrap(), verdict);
            }
            all.extend_from_slice(buffer.filled());
        }
    }

    proptest! {
        /// However the network cuts the bytes.
        #[test]
        fn pieces_do_not_matter(cuts in prop::collection::vec(1usize..40, 1..60)) {
            let bad = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n";
            let whole = [LENGTH, CHUNKED, GET, bad].concat();
            let pieces = cut(&whole, &cuts);
            prop_assert_eq!(follow(&pieces), (3, Some((3, Ambiguous::LengthAndChunks))));
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            Framing::new(5).pass(&bytes);
        }

        /// The library reads the mended bytes, however they come and whatever room it has.
        #[test]
        fn targets_are_mended(cuts in prop::collection::vec(1usize..40, 1..60), room in 1usize..50) {
            let whole = [GET, "GET /a?$filter=cpu>1&b=<> HTTP/1.1\r\nX: <>\r\n\r\n", LENGTH].concat();
            let expected = whole.replacen("cpu>1&b=<>", "cpu%3E1&b=%3C%3E", 1);
            let pieces = cut(&whole, &cuts);
            let (read, verdict) = read(&pieces, room);
            prop_assert_eq!(read, expected);
            prop_assert_eq!(verdict.of(1), None);

            let long = format!("GET /{} HTTP/1.1\r\nX: y\r\n\r\n", "z".repeat(200));
            let whole = [GET, &long].concat();
            let pieces = cut(&whole, &cuts);
            let (read, verdict) = self::read(&pieces, room);
            prop_assert_eq!(read, whole.replacen(&"z".repeat(200), &"z".repeat(99), 1));
            prop_assert_eq!(verdict.of(0), None);
            prop_assert_eq!(verdict.of(1), Some(Ambiguous::TargetTooLong));
        }
    }
}
