//! What a slow operation does to others: how long a request takes alone, and beside one that examines
//! everything again and again.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::client::{Client, Request};
use crate::process::Service;
use crate::scenario;

/// Times of many requests.
pub(crate) struct Times {
    what: &'static str,
    sorted: Vec<Duration>,
}

impl Times {
    /// Times in any order.
    pub(crate) fn of(what: &'static str, mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self {
            what,
            sorted: times,
        }
    }

    fn at(&self, part: f64) -> f64 {
        let last = self.sorted.len().saturating_sub(1);
        let at = (last as f64 * part) as usize;
        let time = self.sorted.get(at).copied().unwrap_or_default();
        time.as_secs_f64() * 1e6
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (half, most, nearly) = (self.at(0.5), self.at(0.9), self.at(0.99));
        write!(
            f,
            "{:<38}half in {half:>6.0} us, 90% in {most:>6.0} us, 99% in {nearly:>6.0} us",
            self.what
        )
    }
}

/// A WS-Management Get alone, and beside a slow operation.
pub(crate) async fn measure(
    service: &Service,
    client: &mut Client,
    duration: Duration,
) -> Result<[Times; 2], Box<dyn Error>> {
    let get = scenario::wsman_get(client).await?;
    let alone = times(client, &get, "a Get alone", duration).await?;
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let mut other = Client::connect(service).await?;
    let slow = scenario::examine_everything(&other);
    let examining = tokio::spawn(async move {
        while !stopped.load(Ordering::Relaxed) {
            other.send(&slow).await?;
        }
        Ok::<(), io::Error>(())
    });
    let beside = times(client, &get, "a Get beside a slow operation", duration).await?;
    stop.store(true, Ordering::Relaxed);
    examining.await??;
    Ok([alone, beside])
}

async fn times(
    client: &mut Client,
    request: &Request,
    what: &'static str,
    duration: Duration,
) -> io::Result<Times> {
    let end = Instant::now() + duration;
    let mut sorted = Vec::new();
    while Instant::now() < end {
        let start = Instant::now();
        client.send(request).await?;
        sorted.push(start.elapsed());
    }
    Ok(Times::of(what, sorted))
}
