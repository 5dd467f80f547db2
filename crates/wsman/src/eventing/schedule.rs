//! When something of a subscription happens next. Time is passed in, so that months pass in a test.

use std::time::Duration;

use cim_core::DateTime;

use super::ConnectionRetry;
use crate::body::Expires;
use crate::fault::{Fault, Subcode};

/// The end of a subscription, as it was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiry {
    /// Seconds since the epoch.
    pub at: u64,
    /// Whether the subscriber speaks of times, not of durations: it is answered in kind.
    pub dated: bool,
}

impl Expiry {
    /// What is granted: what is asked for, but no more than `most`; `usual` if nothing is asked for.
    ///
    /// # Errors
    /// `wse:InvalidExpirationTime` for a time that is past.
    pub fn grant(
        asked: Option<Expires>,
        now: u64,
        usual: Duration,
        most: Duration,
    ) -> Result<Self, Fault> {
        let (seconds, dated) = match asked {
            None => (usual.as_secs(), false),
            // A part of a second counts as a whole one.
            Some(Expires::In(duration)) => (
                duration.as_secs() + u64::from(duration.subsec_nanos() > 0),
                false,
            ),
            Some(Expires::At(time)) => {
                let left = u64::try_from(time).unwrap_or(0).saturating_sub(now);
                if left == 0 {
                    return Err(Fault::new(Subcode::SubscriptionInvalidExpirationTime)
                        .because("The expiration time is in the past."));
                }
                (left, true)
            }
        };
        Ok(Self {
            at: now.saturating_add(seconds.clamp(1, most.as_secs().max(1))),
            dated,
        })
    }

    /// Whether it is over.
    pub const fn is_over(&self, now: u64) -> bool {
        self.at <= now
    }

    /// The content of `wse:Expires`: the time, or what is left.
    pub fn text(&self, now: u64) -> String {
        if self.dated {
            let micros = i64::try_from(self.at).unwrap_or(i64::MAX);
            DateTime::utc(micros.saturating_mul(1_000_000)).to_xs()
        } else {
            format!("PT{}S", self.at.saturating_sub(now))
        }
    }
}

/// The longest pause between two tries that the service itself decides on.
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);

/// Tries of a delivery that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    asked: Option<ConnectionRetry>,
    /// How long a sink may be away if it did not say.
    patience: Duration,
    failed: u32,
    /// When the first try failed, in milliseconds of any clock that does not go back.
    since: Option<u64>,
}

impl Retry {
    /// Nothing has failed yet. Without a wish of the subscriber, tries are a second apart, then two,
    /// then four, up to five minutes, until `patience` is over.
    pub const fn new(asked: Option<ConnectionRetry>, patience: Duration) -> Self {
        Self {
            asked,
            patience,
            failed: 0,
            since: None,
        }
    }

    /// A delivery succeeded.
    pub const fn succeeded(&mut self) {
        self.failed = 0;
        self.since = None;
    }

    /// A delivery failed at `now`: after which pause it is tried again, or `None` if the subscription
    /// ends.
    pub fn failed(&mut self, now: u64) -> Option<Duration> {
        let since = *self.since.get_or_insert(now);
        self.failed = self.failed.saturating_add(1);
        match self.asked {
            Some(ConnectionRetry { interval, total }) => (self.failed <= total).then_some(interval),
            None => {
                let away = Duration::from_millis(now.saturating_sub(since));
                let pause = Duration::from_secs(1 << (self.failed - 1).min(16)).min(LONGEST_PAUSE);
                (away < self.patience).then_some(pause)
            }
        }
    }
}
