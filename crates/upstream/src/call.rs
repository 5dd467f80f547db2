//! Calls of a remote cloud: limited, in time, repeated where that is safe, refused at once while it is down.

use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use cim_core::{CimError, ErrorKind};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::breaker::{Breaker, Down};
use crate::{CloudConfig, Trouble};

/// The pause before the second try; each further one is twice as long, and all vary by half.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How much earlier than the caller's deadline a call ends, so that its error is still told.
const MARGIN: Duration = Duration::from_millis(100);

/// Who lets a cloud less time than this has not learned that it is down.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether a request may be repeated when it is not known what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It reads.
    Safe,
    /// It changes something: once only. It is sent again only if it never reached the service.
    Never,
}

/// The way to one remote cloud.
#[derive(Debug)]
pub struct Upstream {
    name: String,
    timeout: Duration,
    tries: u32,
    concurrency: usize,
    places: Semaphore,
    queue: Semaphore,
    breaker: Mutex<Breaker>,
}

impl Upstream {
    /// The way to a configured cloud.
    pub fn new(config: &CloudConfig) -> Self {
        Self {
            name: config.name.clone(),
            timeout: config.timeout(),
            tries: config.tries,
            concurrency: config.concurrency,
            places: Semaphore::new(config.concurrency),
            queue: Semaphore::new(config.concurrency.saturating_add(config.waiting)),
            breaker: Mutex::new(Breaker::new(config.failures)),
        }
    }

    /// The name of the cloud.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes a request until it has an answer, but not after `deadline`. `attempt` makes one try.
    ///
    /// # Errors
    /// What the service refuses, as it is. Otherwise an error that names the cloud:
    /// * [`ErrorKind::Unavailable`]: it cannot be reached, is down or busy; nothing has happened there
    /// * [`ErrorKind::TimedOut`]: a read was not answered in time
    /// * [`ErrorKind::OutcomeUnknown`]: a change was sent, and no answer came
    /// * [`ErrorKind::BackEnd`]: it failed, or answered nonsense
    /// * [`ErrorKind::AccessDenied`]: it does not accept the login
    pub async fn call<T, F, Fut>(
        &self,
        deadline: Option<Instant>,
        repeat: Repeat,
        mut attempt: F,
    ) -> Result<T, CimError>
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<T, Trouble>>,
    {
        let until = self.until(deadline);
        let _waiting = self.queue.try_acquire().map_err(|_| self.crowded())?;
        let mut tried = 0;
        loop {
            tried += 1;
            let trouble = {
                let _place = self.place(until).await?;
                match self.once(until, &mut attempt).await {
                    Ok(Ok(value)) => return Ok(value),
                    Ok(Err(trouble)) => trouble,
                    Err(refused) => return Err(self.refuse(refused, repeat)),
                }
            };
            let may_repeat = match &trouble {
                Trouble::NotSent(_) => true,
                Trouble::NoAnswer(_) | Trouble::Busy { .. } | Trouble::Failed(_) => {
                    repeat == Repeat::Safe
                }
                Trouble::Nonsense(_) | Trouble::Login(_) | Trouble::Refused(_) => false,
            };
            let pause = pause(tried, &trouble);
            if !may_repeat || tried >= self.tries || Instant::now() + pause >= until {
                return Err(self.told(trouble, repeat));
            }
            tracing::debug!(
                cloud = self.name,
                tried,
                reason = trouble.reason(),
                "asks again"
            );
            tokio::time::sleep(pause).await;
        }
    }

    fn until(&self, deadline: Option<Instant>) -> Instant {
        let now = Instant::now();
        let own = now + self.timeout;
        deadline.map_or(own, |deadline| {
            let left = deadline.saturating_duration_since(now);
            own.min(now + left.saturating_sub(MARGIN.min(left / 4)))
        })
    }

    /// One of the places for requests in progress.
    async fn place(&self, until: Instant) -> Result<SemaphorePermit<'_>, CimError> {
        let place = tokio::time::timeout_at(until.into(), self.places.acquire()).await;
        place
            .ok()
            .and_then(Result::ok)
            .ok_or_else(|| self.crowded())
    }

    fn crowded(&self) -> CimError {
        let most = self.concurrency;
        self.error(
            ErrorKind::Unavailable,
            format_args!("{most} requests are in progress there, which is the most that may be"),
        )
        .with_retry_after(1)
    }

    async fn once<T, Fut: Future<Output = Result<T, Trouble>>>(
        &self,
        until: Instant,
        attempt: &mut impl FnMut() -> Fut,
    ) -> Result<Result<T, Trouble>, Refused> {
        let start = Instant::now();
        let mut flight = Flight {
            upstream: self,
            is_probe: self.breaker().admit(start).map_err(Refused::Down)?,
            landed: false,
        };
        let result = tokio::time::timeout_at(until.into(), attempt()).await;
        flight.landed = true;
        let waited = start.elapsed();
        let failure = match &result {
            Ok(Err(
                trouble @ (Trouble::NotSent(_) | Trouble::NoAnswer(_) | Trouble::Busy { .. }),
            )) => Some(trouble.reason().to_owned()),
            Ok(_) => None,
            Err(_) if waited < PATIENCE => {
                flight.landed = false;
                return Err(Refused::Late(waited));
            }
            Err(_) => Some(no_answer(waited)),
        };
        match failure {
            None => self.breaker().succeeded(),
            Some(reason) => {
                if self.breaker().failed(Instant::now(), &reason) {
                    tracing::warn!(cloud = self.name, reason, "the cloud is taken for down");
                }
            }
        }
        result.map_err(|_| Refused::Late(waited))
    }

    fn breaker(&self) -> std::sync::MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refuse(&self, refused: Refused, repeat: Repeat) -> CimError {
        match refused {
            Refused::Down(down) => self
                .error(
                    ErrorKind::Unavailable,
                    format_args!("it is down and is asked again later ({})", down.because),
                )
                .with_retry_after(whole_seconds(down.retry_after)),
            Refused::Late(waited) => match repeat {
                Repeat::Safe => self.error(ErrorKind::TimedOut, no_answer(waited)),
                Repeat::Never => self.unknown(&no_answer(waited)),
            },
        }
    }

    /// What the caller is told when there is no further try.
    fn told(&self, trouble: Trouble, repeat: Repeat) -> CimError {
        match trouble {
            Trouble::Refused(error) => error,
            Trouble::NotSent(reason) => self.error(ErrorKind::Unavailable, reason),
            Trouble::NoAnswer(reason) if repeat == Repeat::Safe => {
                self.error(ErrorKind::BackEnd, reason)
            }
            Trouble::NoAnswer(reason) => self.unknown(&reason),
            Trouble::Busy {
                retry_after,
                reason,
            } => {
                let error = self.error(ErrorKind::Unavailable, reason);
                match retry_after {
                    Some(time) => error.with_retry_after(whole_seconds(time)),
                    None => error,
                }
            }
            Trouble::Failed(reason) => self.error(ErrorKind::BackEnd, reason),
            Trouble::Nonsense(reason) if repeat == Repeat::Safe => {
                self.error(ErrorKind::BackEnd, reason)
            }
            // It answered, and said nothing that can be understood.
            Trouble::Nonsense(reason) => self.unknown(&reason),
            Trouble::Login(reason) => self.error(ErrorKind::AccessDenied, reason),
        }
    }

    fn unknown(&self, reason: &str) -> CimError {
        self.error(
            ErrorKind::OutcomeUnknown,
            format_args!(
                "{reason}. The change was sent, and may or may not have been made; it is not sent again"
            ),
        )
    }

    /// An error that names the cloud. `what` says how it failed, without a full stop.
    pub fn error(&self, kind: ErrorKind, what: impl std::fmt::Display) -> CimError {
        CimError::new(kind, format!("The cloud `{}`: {what}.", self.name))
    }
}

/// Why there was no try, or no end of it.
enum Refused {
    Down(Down),
    Late(Duration),
}

/// A try under way.
struct Flight<'a> {
    upstream: &'a Upstream,
    is_probe: bool,
    landed: bool,
}

impl Drop for Flight<'_> {
    /// The caller went away before the try ended.
    fn drop(&mut self) {
        if self.is_probe && !self.landed {
            self.upstream.breaker().abandoned(Instant::now());
        }
    }
}

fn no_answer(waited: Duration) -> String {
    format!("it has not answered within {:.1} s", waited.as_secs_f64())
}

/// How long to wait before another try; at least as long as the service wants.
fn pause(tried: u32, trouble: &Trouble) -> Duration {
    let doubled = FIRST_PAUSE.saturating_mul(1 << tried.saturating_sub(1).min(16));
    let whole = doubled.min(LONGEST_PAUSE);
    // So that those who failed together do not come back together. The keys of a hasher are random.
    let random = RandomState::new().hash_one(tried) % 1000;
    let varied = whole / 2 + (whole / 2000).saturating_mul(u32::try_from(random).unwrap_or(0));
    match trouble {
        Trouble::Busy {
            retry_after: Some(time),
            ..
        } => varied + *time,
        _ => varied,
    }
}

fn whole_seconds(time: Duration) -> u32 {
    let up = u64::from(time.subsec_nanos() > 0);
    u32::try_from(time.as_secs().saturating_add(up)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::CloudKind;

    fn upstream(change: impl FnOnce(&mut CloudConfig)) -> Upstream {
        let mut config = CloudConfig::new("far", CloudKind::Rest, Some("http://h".into()));
        change(&mut config);
        Upstream::new(&config)
    }

    /// A call whose tries end so, one after the other; the last repeats. With the number of tries.
    async fn call(
        upstream: &Upstream,
        repeat: Repeat,
        tries: Vec<Result<u8, Trouble>>,
    ) -> (Result<u8, CimError>, u32) {
        let made = AtomicU32::new(0);
        let result = upstream
            .call(None, repeat, || {
                let n = made.fetch_add(1, Ordering::Relaxed) as usize;
                let result = tries[n.min(tries.len() - 1)].clone();
                async move { result }
            })
            .await;
        (result, made.into_inner())
    }

    fn no_answer() -> Result<u8, Trouble> {
        Err(Trouble::NoAnswer("it broke off".into()))
    }

    #[tokio::test(start_paused = true)]
    async fn reads_are_repeated_and_changes_never() {
        let far = upstream(|_| {});
        let (result, tries) = call(&far, Repeat::Safe, vec![no_answer(), Ok(7)]).await;
        assert_eq!((result.unwrap(), tries), (7, 2));

        let (result, tries) = call(&far, Repeat::Never, vec![no_answer(), Ok(7)]).await;
        let error = result.unwrap_err();
        assert_eq!((error.kind(), tries), (ErrorKind::OutcomeUnknown, 1));
        assert!(
            error.message().contains("The cloud `far`: it broke off"),
            "{error}"
        );

        let unsent = Err(Trouble::NotSent("nobody listens".into()));
        let (result, tries) = call(&far, Repeat::Never, vec![unsent.clone(), Ok(7)]).await;
        assert_eq!((result.unwrap(), tries), (7, 2));
        let (result, tries) = call(&far, Repeat::Never, vec![unsent]).await;
        assert_eq!(
            (result.unwrap_err().kind(), tries),
            (ErrorKind::Unavailable, 3)
        );
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_and_nonsense_are_final() {
        let far = upstream(|_| {});
        let refused = Err(CimError::not_found("machine").into());
        let (result, tries) = call(&far, Repeat::Safe, vec![refused]).await;
        let error = result.unwrap_err();
        assert_eq!((error.kind(), tries), (ErrorKind::NotFound, 1));
        assert_eq!(error.message(), "There is no machine.");
        for (repeat, kind) in [
            (Repeat::Safe, ErrorKind::BackEnd),
            (Repeat::Never, ErrorKind::OutcomeUnknown),
        ] {
            let nonsense = Err(Trouble::Nonsense("it is no JSON".into()));
            let (result, tries) = call(&far, repeat, vec![nonsense]).await;
            assert_eq!((result.unwrap_err().kind(), tries), (kind, 1));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_service_that_names_a_time_is_left_alone_until_then() {
        let far = upstream(|_| {});
        let busy = |seconds| {
            Err(Trouble::Busy {
                retry_after: Some(Duration::from_secs(seconds)),
                reason: "it is busy".into(),
            })
        };
        let start = tokio::time::Instant::now();
        let (result, _) = call(&far, Repeat::Safe, vec![busy(7), Ok(1)]).await;
        result.unwrap();
        assert!(start.elapsed() >= Duration::from_secs(7));
        // Longer than anybody waits.
        let (result, tries) = call(&far, Repeat::Safe, vec![busy(3600)]).await;
        let error = result.unwrap_err();
        assert_eq!((error.retry_after_seconds(), tries), (Some(3600), 1));
    }

    #[tokio::test]
    async fn while_it_is_down_nobody_is_kept_waiting() {
        let far = upstream(|config| {
            config.failures = 2;
            config.tries = 1;
        });
        for _ in 0..2 {
            let (result, _) = call(&far, Repeat::Safe, vec![no_answer()]).await;
            assert_eq!(result.unwrap_err().kind(), ErrorKind::BackEnd);
        }
        let (result, tries) = call(&far, Repeat::Never, vec![Ok(1)]).await;
        let error = result.unwrap_err();
        assert_eq!((error.kind(), tries), (ErrorKind::Unavailable, 0));
        assert!(error.message().contains("it broke off"), "{error}");
        assert!(error.retry_after_seconds().is_some());
        // A refusal is an answer: it closes the breaker.
        tokio::time::sleep(Duration::from_millis(600)).await;
        let refused = Err(CimError::not_found("machine").into());
        call(&far, Repeat::Safe, vec![refused]).await.0.unwrap_err();
        call(&far, Repeat::Safe, vec![Ok(1)]).await.0.unwrap();
    }

    #[tokio::test]
    async fn only_so_many_requests_are_there_at_a_time() {
        let far = upstream(|config| {
            config.concurrency = 1;
            config.waiting = 1;
        });
        let hang = || async {
            std::future::pending::<()>().await;
            Ok::<u8, Trouble>(1)
        };
        let soon = || Some(Instant::now() + Duration::from_millis(400));
        let (first, second, third) = tokio::join!(
            far.call(soon(), Repeat::Never, hang),
            far.call(soon(), Repeat::Safe, hang),
            far.call(soon(), Repeat::Safe, hang),
        );
        assert_eq!(first.unwrap_err().kind(), ErrorKind::OutcomeUnknown);
        assert_eq!(second.unwrap_err().kind(), ErrorKind::Unavailable);
        let third = third.unwrap_err();
        assert_eq!(third.kind(), ErrorKind::Unavailable);
        assert!(
            third.message().contains("1 requests are in progress"),
            "{third}"
        );
        // Their places are free again.
        far.call(soon(), Repeat::Safe, || async { Ok(1) })
            .await
            .unwrap();
    }
}
