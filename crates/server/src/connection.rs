//! Listeners and connections: accepted, bounded, served, and ended in good order.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use openssl::ssl::Ssl;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_openssl::SslStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::certificate;
use crate::config::{Limits, seconds};
use crate::edge::{Edge, Peer};
use crate::framing::Watched;
use crate::metrics::Present;
use crate::rewake::Rewake;
use crate::stall::StallGuard;
use crate::tls::Tls;

/// What an excess connection is told, whatever it asks.
const TOO_MANY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\
    Content-Type: text/plain\r\nContent-Length: 31\r\n\r\nToo many connections are open.\n";

/// What a client is told that began a request and did not finish its head.
const HEAD_TOO_LATE: &[u8] = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\
    Content-Type: text/plain\r\nContent-Length: 48\r\n\r\nThe head of the request did not arrive in time.\n";

/// How long a client may take to read the last answer of a connection.
const FAREWELL_TIME: Duration = Duration::from_secs(1);

/// Excess connections that are told so at a time; even more are just closed.
const REFUSALS: usize = 64;

/// What all listeners of a service share.
#[derive(Clone)]
pub(crate) struct Acceptor {
    edge: Arc<Edge>,
    http: Arc<http1::Builder>,
    places: Arc<Semaphore>,
    refusals: Arc<Semaphore>,
    tasks: TaskTracker,
    /// No new connections, and no new requests on old ones.
    stopping: CancellationToken,
    /// No more patience either.
    ending: CancellationToken,
}

impl Acceptor {
    pub(crate) fn new(edge: Arc<Edge>) -> Self {
        let limits = &edge.limits;
        Self {
            http: Arc::new(http_settings(limits)),
            places: Arc::new(Semaphore::new(limits.connections)),
            refusals: Arc::new(Semaphore::new(REFUSALS)),
            edge,
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
            ending: CancellationToken::new(),
        }
    }

    /// Cancelled when the service begins to stop.
    pub(crate) const fn stopping(&self) -> &CancellationToken {
        &self.stopping
    }

    /// The tasks that [`Acceptor::stop`] waits for.
    pub(crate) const fn tasks(&self) -> &TaskTracker {
        &self.tasks
    }

    /// Ends everything: requests in progress are finished if they are quick enough.
    pub(crate) async fn stop(&self) {
        self.edge.stop();
        self.stopping.cancel();
        self.tasks.close();
        let patience = seconds(self.edge.limits.shutdown_seconds);
        if timeout(patience, self.tasks.wait()).await.is_err() {
            tracing::warn!(connections = self.tasks.len(), "still open, closed now");
            self.ending.cancel();
            self.tasks.wait().await;
        }
    }

    /// Starts to serve a listener.
    pub(crate) fn serve(&self, listener: TcpListener, tls: Option<Tls>) {
        let this = self.clone();
        self.tasks.spawn(async move {
            loop {
                let accepted = tokio::select! {
                    biased;
                    () = this.stopping.cancelled() => return,
                    accepted = listener.accept() => accepted,
                };
                match accepted {
                    Ok((stream, address)) => this.accepted(stream, address, tls.as_ref()),
                    Err(error) => {
                        // A connection that is already gone, or no descriptors: give others time.
                        tracing::warn!(%error, "cannot accept a connection");
                        sleep(Duration::from_millis(50)).await;
                    }
                }
            }
        });
    }

    fn accepted(&self, stream: TcpStream, address: SocketAddr, tls: Option<&Tls>) {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            self.edge.metrics.connections_refused.inc();
            tracing::debug!(peer = %address, "too many connections");
            // A TLS handshake is too dear for a refusal.
            if tls.is_none()
                && let Ok(turn) = Arc::clone(&self.refusals).try_acquire_owned()
            {
                self.tasks.spawn(refuse(stream, turn));
            }
            return;
        };
        self.edge.metrics.connections_accepted.inc();
        // Answers are small and complete: waiting for more to send costs 40 ms each.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(peer = %address, %error, "the connection is gone");
            return;
        }
        let local = stream
            .local_addr()
            .map(|local| local.to_string())
            .unwrap_or_default();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let mut peer = Peer {
            scheme,
            address,
            local,
            certificate: Vec::new(),
        };
        let this = self.clone();
        match tls {
            None => self
                .tasks
                .spawn(async move { this.connection(stream, Arc::new(peer), place).await }),
            Some(tls) => {
                let tls = tls.clone();
                self.tasks.spawn(async move {
                    let patience = seconds(this.edge.limits.tls_handshake_seconds);
                    let stream = tokio::select! {
                        () = this.stopping.cancelled() => return,
                        done = timeout(patience, handshake(stream, &tls)) => done,
                    };
                    match stream {
                        Ok(Ok(stream)) => {
                            peer.certificate = certificate::names(stream.ssl());
                            this.connection(stream, Arc::new(peer), place).await;
                        }
                        Ok(Err(error)) => this.handshake_failed(&peer, &error),
                        Err(_) => this.handshake_failed(&peer, &"no progress"),
                    }
                })
            }
        };
    }

    fn handshake_failed(&self, peer: &Peer, reason: &dyn std::fmt::Display) {
        self.edge.metrics.tls_failures.inc();
        tracing::info!(peer = %peer.address, %reason, "TLS handshake failed");
    }

    async fn connection<S>(&self, stream: S, peer: Arc<Peer>, _place: OwnedSemaphorePermit)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let _open = Present::new(&self.edge.metrics.connections);
        let ended = tokio::select! {
            ended = Rewake::new(self.requests(stream, &peer)) => ended,
            () = self.ending.cancelled() => Ok(()),
        };
        if let Err(error) = ended {
            tracing::debug!(peer = %peer.address, %error, "connection ended");
        }
    }

    async fn requests<S>(&self, stream: S, peer: &Arc<Peer>) -> Result<(), hyper::Error>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let io = StallGuard::new(stream, seconds(self.edge.limits.write_stall_seconds));
        let (io, verdict) = Watched::new(io, longest_target(self.edge.limits.head_bytes));
        let numbers = AtomicU64::new(0);
        let service = service_fn(|request| {
            let (edge, peer) = (Arc::clone(&self.edge), Arc::clone(peer));
            let ambiguous = verdict.of(numbers.fetch_add(1, Ordering::Relaxed));
            async move { Ok::<_, Infallible>(edge.answer(&peer, request, ambiguous).await) }
        });
        let mut connection = self.http.serve_connection(TokioIo::new(io), service);
        let ended = tokio::select! {
            ended = &mut connection => ended,
            () = self.stopping.cancelled() => {
                Pin::new(&mut connection).graceful_shutdown();
                (&mut connection).await
            }
        };
        let late = matches!(&ended, Err(error) if error.is_timeout());
        if matches!(&ended, Err(error) if !late && !error.is_parse()) {
            // The client is gone, or does not read.
            return ended;
        }
        let parts = connection.into_parts();
        let begun = !parts.read_buf.is_empty();
        let farewell = if late && begun { HEAD_TOO_LATE } else { b"" };
        tokio::select! {
            () = self.stopping.cancelled() => {}
            () = part(parts.io.into_inner(), farewell) => {}
        }
        ended
    }
}

/// Bytes of a target that the library reads, so that there is room for the rest of the head: a longer one reaches the edge
/// cut, and is refused there.
pub(crate) const fn longest_target(head_bytes: usize) -> usize {
    head_bytes / 4 * 3
}

fn http_settings(limits: &Limits) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(seconds(limits.head_seconds))
        .max_header_size(limits.head_bytes)
        // The head must fit into the buffer; bodies pass through it.
        .max_buf_size(limits.head_bytes.max(64 * 1024));
    // Not `pipeline_flush`: with it the answer to a malformed head stays in the buffer.
    // Another number than the library's own costs an allocation a request.
    if limits.header_fields != 100 {
        http.max_headers(limits.header_fields);
    }
    http
}

async fn handshake(
    stream: TcpStream,
    tls: &Tls,
) -> Result<SslStream<TcpStream>, Box<dyn std::error::Error + Send + Sync>> {
    let session = Ssl::new(tls.current().context())?;
    let mut stream = SslStream::new(session, stream)?;
    Pin::new(&mut stream).accept().await?;
    Ok(stream)
}

/// Tells an excess connection that it is one.
async fn refuse(stream: TcpStream, _turn: OwnedSemaphorePermit) {
    part(stream, TOO_MANY).await;
}

/// Closes a connection so that the client sees the last answer: closing with unread bytes would reset the
/// connection, and the system would throw the answer away.
async fn part(mut stream: impl AsyncRead + AsyncWrite + Unpin, farewell: &[u8]) {
    let parted = async {
        stream.write_all(farewell).await?;
        stream.shutdown().await?;
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await? > 0 {}
        std::io::Result::Ok(())
    };
    // The client may be gone already; then there is nobody to tell.
    let _ = timeout(FAREWELL_TIME, parted).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_answers_have_the_length_that_they_say() {
        for answer in [TOO_MANY, HEAD_TOO_LATE] {
            let text = std::str::from_utf8(answer).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            assert!(
                head.contains(&format!("Content-Length: {}", body.len())),
                "{text}"
            );
        }
    }
}
