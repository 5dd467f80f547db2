//! The circuit breaker: a cloud that is down is not asked by everybody all the time.
//!
//! Closed, every call goes through. After some failures in a row it opens, and calls are refused at once.
//! After a while it is half open: one call goes through as a probe; if that succeeds the breaker closes,
//! otherwise it stays open for twice as long. Time is passed in.

use std::time::{Duration, Instant};

/// How long it is open at first, and at most.
const FIRST_REST: Duration = Duration::from_millis(500);
const LONGEST_REST: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub(crate) struct Breaker {
    /// Failures in a row that open it.
    threshold: u32,
    failures: u32,
    state: State,
    /// How the last failure looked.
    last: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Closed,
    Open {
        until: Instant,
        rest: Duration,
    },
    /// A probe is on its way, since that time.
    Probing {
        since: Instant,
        rest: Duration,
    },
}

/// Why a call may not go through.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Down {
    /// How the last failure looked.
    pub(crate) because: String,
    /// When another try makes sense.
    pub(crate) retry_after: Duration,
}

impl Breaker {
    pub(crate) const fn new(threshold: u32) -> Self {
        Self {
            threshold,
            failures: 0,
            state: State::Closed,
            last: String::new(),
        }
    }

    /// Lets a call through, if it may go now; whether it is a probe.
    pub(crate) fn admit(&mut self, now: Instant) -> Result<bool, Down> {
        match self.state {
            State::Closed => Ok(false),
            State::Open { until, rest } if now >= until => {
                self.state = State::Probing { since: now, rest };
                Ok(true)
            }
            State::Open { until, .. } => Err(self.down(until - now)),
            // The caller of a probe may have gone away without telling.
            State::Probing { since, rest } if now.duration_since(since) > LONGEST_REST => {
                self.state = State::Probing { since: now, rest };
                Ok(true)
            }
            State::Probing { rest, .. } => Err(self.down(rest)),
        }
    }

    fn down(&self, retry_after: Duration) -> Down {
        Down {
            because: self.last.clone(),
            retry_after,
        }
    }

    /// The cloud answered.
    pub(crate) fn succeeded(&mut self) {
        self.failures = 0;
        self.state = State::Closed;
    }

    /// It did not. Whether the breaker is open now, which was not before.
    pub(crate) fn failed(&mut self, now: Instant, because: &str) -> bool {
        self.failures = self.failures.saturating_add(1);
        because.clone_into(&mut self.last);
        let rest = match self.state {
            State::Closed if self.failures < self.threshold => return false,
            State::Closed => FIRST_REST,
            State::Probing { rest, .. } => (rest * 2).min(LONGEST_REST),
            // A call that began before it opened.
            State::Open { .. } => return false,
        };
        self.state = State::Open {
            until: now + rest,
            rest,
        };
        rest == FIRST_REST
    }

    /// A probe whose caller went away: the next call is one.
    pub(crate) fn abandoned(&mut self, now: Instant) {
        if let State::Probing { rest, .. } = self.state {
            self.state = State::Open { until: now, rest };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_failures_in_a_row_and_closes_after_a_probe() {
        let mut breaker = Breaker::new(3);
        let start = Instant::now();
        for _ in 0..2 {
            breaker.admit(start).unwrap();
            assert!(!breaker.failed(start, "is away"));
        }
        breaker.succeeded();
        for n in 1..=3 {
            breaker.admit(start).unwrap();
            assert_eq!(breaker.failed(start, "is away"), n == 3);
        }
        let down = breaker.admit(start).unwrap_err();
        assert_eq!(down.because, "is away");
        assert_eq!(down.retry_after, FIRST_REST);

        let later = start + FIRST_REST;
        breaker.admit(later).unwrap();
        breaker.admit(later).unwrap_err();
        breaker.succeeded();
        breaker.admit(later).unwrap();
    }

    #[test]
    fn failed_probes_make_longer_pauses_up_to_a_bound() {
        let mut breaker = Breaker::new(1);
        let mut now = Instant::now();
        breaker.failed(now, "x");
        let mut rest = FIRST_REST;
        for _ in 0..20 {
            now += rest;
            breaker.admit(now).unwrap();
            breaker.failed(now, "x");
            rest = (rest * 2).min(LONGEST_REST);
            assert_eq!(breaker.admit(now).unwrap_err().retry_after, rest);
        }
        assert_eq!(rest, LONGEST_REST);
    }

    #[test]
    fn an_abandoned_probe_does_not_keep_it_open() {
        let mut breaker = Breaker::new(1);
        let start = Instant::now();
        breaker.failed(start, "x");
        let later = start + FIRST_REST;
        breaker.admit(later).unwrap();
        breaker.abandoned(later);
        breaker.admit(later).unwrap();
    }
}
