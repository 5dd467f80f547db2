//! How often something is looked at: often where something happens, less and less where nothing does, and never
//! so often that the looks themselves are a burden. Time is passed in, so that days pass in a test.

use std::time::{Duration, Instant};

use super::ShadowSettings;

/// A look may take at most this part of the time: one that takes a second comes every twenty.
const SHARE: u32 = 20;

/// When a class is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    least: Duration,
    most: Duration,
    interval: Duration,
    due: Instant,
}

impl Pace {
    /// Due at once.
    pub(super) fn new(settings: &ShadowSettings, is_hint: bool) -> Self {
        let most = if is_hint {
            settings.most_of_jobs
        } else {
            settings.most
        };
        Self {
            least: settings.least,
            most: most.max(settings.least),
            interval: settings.least,
            due: Instant::now(),
        }
    }

    pub(super) const fn due(&self) -> Instant {
        self.due
    }

    /// It was looked at, which took so long.
    pub(super) fn looked(&mut self, now: Instant, took: Duration, changed: bool) {
        self.interval = if changed {
            self.least
        } else {
            (2 * self.interval).min(self.most)
        };
        self.due = now + self.interval.max(took.saturating_mul(SHARE));
    }

    /// Something is said to have happened.
    pub(super) fn hurry(&mut self, now: Instant) {
        self.interval = self.least;
        self.due = self.due.min(now + self.least / 4);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_classes_are_left_in_peace_and_busy_ones_are_not() {
        let settings = ShadowSettings::default();
        let mut pace = Pace::new(&settings, false);
        let mut now = pace.due();
        let mut looks = 0;
        let quick = Duration::from_millis(2);
        // A quiet day: at most one look a minute, after the first minute.
        while now < pace.due() + Duration::ZERO && looks < 1 || looks < 1440 {
            pace.looked(now, quick, false);
            now = pace.due();
            looks += 1;
        }
        assert_eq!(pace.interval, settings.most);
        pace.looked(now, quick, true);
        assert_eq!(pace.due(), now + settings.least);
        pace.looked(now, quick, false);
        assert_eq!(pace.due(), now + 2 * settings.least);
        // A large cloud, and somebody says that something happened.
        pace.looked(now, Duration::from_secs(10), true);
        assert_eq!(pace.due(), now + Duration::from_secs(200));
        pace.hurry(now);
        assert!(pace.due() < now + settings.least);
        // Jobs are never left alone for long.
        let mut jobs = Pace::new(&settings, true);
        for _ in 0..20 {
            jobs.looked(now, quick, false);
        }
        assert_eq!(jobs.due(), now + settings.most_of_jobs);
    }
}
