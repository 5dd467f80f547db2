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

/// What time it is, for what lives long: times of the calendar may be set, others only pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Seconds since the epoch.
    pub calendar: u64,
    /// Milliseconds of any clock that does not go back.
    pub millis: u64,
}

/// What is due of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Its time is over.
    Expired,
    /// Nothing was sent for as long as heartbeats are apart.
    Heartbeat,
    /// Nothing before so much time has passed.
    Nothing(Duration),
}

/// When heartbeats are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    heartbeat_millis: Option<u64>,
    /// When something was last sent.
    last_sent: u64,
}

/// How long nothing is looked at if nothing is due: a calendar may be set meanwhile.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

impl Pace {
    /// Nothing was sent yet; heartbeats are counted from `now`.
    pub const fn new(heartbeat_millis: Option<u64>, now: Now) -> Self {
        Self {
            heartbeat_millis,
            last_sent: now.millis,
        }
    }

    /// Something was sent.
    pub const fn sent(&mut self, now: Now) {
        self.last_sent = now.millis;
    }

    /// What is due of a subscription with this expiration.
    pub fn due(&self, expiry: &Expiry, now: Now) -> Due {
        if expiry.is_over(now.calendar) {
            return Due::Expired;
        }
        let expires = Duration::from_secs(expiry.at.saturating_sub(now.calendar));
        let beats = self.heartbeat_millis.map(|millis| {
            let due = self.last_sent.saturating_add(millis);
            Duration::from_millis(due.saturating_sub(now.millis))
        });
        match beats {
            Some(Duration::ZERO) => Due::Heartbeat,
            Some(left) => Due::Nothing(left.min(expires).min(LONGEST_WAIT)),
            None => Due::Nothing(expires.min(LONGEST_WAIT)),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Half a year of a subscription with heartbeats, renewed each month, until nobody renews it.
    #[test]
    fn months_pass() {
        const MONTH: u64 = 30 * 86_400;
        let mut now = Now {
            calendar: 1_800_000_000,
            millis: 5,
        };
        let begun = now;
        let grant = |now: Now| {
            let month = Duration::from_secs(MONTH);
            Expiry::grant(Some(Expires::In(month)), now.calendar, month, 12 * month).unwrap()
        };
        let mut expiry = grant(now);
        let mut pace = Pace::new(Some(300_000), now);
        let (mut beats, mut looks, mut renewals) = (0_u64, 0_u64, 0);
        loop {
            looks += 1;
            match pace.due(&expiry, now) {
                Due::Expired => break,
                Due::Heartbeat => {
                    beats += 1;
                    pace.sent(now);
                }
                Due::Nothing(wait) => {
                    assert!(wait > Duration::ZERO && wait <= LONGEST_WAIT);
                    now.millis += u64::try_from(wait.as_millis()).unwrap();
                    now.calendar = begun.calendar + (now.millis - begun.millis) / 1000;
                }
            }
            if renewals < 5 && expiry.at - now.calendar < 3600 {
                expiry = grant(now);
                renewals += 1;
            }
        }
        let lived = now.calendar - begun.calendar;
        assert!(
            (6 * MONTH - 6 * 3600..=6 * MONTH).contains(&lived),
            "{lived}"
        );
        assert_eq!(beats, (lived - 1) / 300, "one every five minutes");
        assert!(looks < 3 * beats, "nobody looks without a reason");
    }

    /// A calendar that is set does not bring heartbeats early or late, and ends a subscription by its own time.
    #[test]
    fn a_calendar_may_be_set() {
        let begun = Now {
            calendar: 1_000_000,
            millis: 0,
        };
        let expiry = Expiry {
            at: 1_000_600,
            dated: true,
        };
        let pace = Pace::new(Some(60_000), begun);
        let at = |calendar, millis| Now { calendar, millis };
        let seconds = |s| Due::Nothing(Duration::from_secs(s));
        assert_eq!(pace.due(&expiry, at(1_000_010, 10_000)), seconds(50));
        assert_eq!(pace.due(&expiry, at(900_000, 10_000)), seconds(50));
        assert_eq!(pace.due(&expiry, at(1_000_599, 10_000)), seconds(1));
        assert_eq!(pace.due(&expiry, at(1_000_600, 10_000)), Due::Expired);
        assert_eq!(pace.due(&expiry, at(1_000_060, 60_000)), Due::Heartbeat);
        assert_eq!(Pace::new(None, begun).due(&expiry, begun), seconds(600));
    }

    /// A sink that is away for a week is tried less and less often, and given up after that.
    #[test]
    fn a_week_of_tries() {
        const WEEK: u64 = 7 * 86_400;
        let mut retry = Retry::new(None, Duration::from_secs(WEEK));
        let (mut now, mut tries) = (0, 0_u64);
        while let Some(pause) = retry.failed(now) {
            now += u64::try_from(pause.as_millis()).unwrap();
            tries += 1;
        }
        assert!((WEEK..WEEK + 300).contains(&(now / 1000)), "{now}");
        assert!((WEEK / 300..WEEK / 300 + 20).contains(&tries), "{tries}");
    }
}
