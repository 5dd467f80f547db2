//! How long the simulated work takes, and which of it fails: for people who test their clients.
//!
//! Nothing is left to chance that cannot be repeated. Each kind of work has a sequence of numbers that
//! follows from the seed; the first machine that is started takes the first one, and so on. The same
//! requests in the same order meet the same fate.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::config::EmbeddedConfig;
use super::lifecycle::{
    CAPTURING, CREATING, DELETING, PAUSING, RESTORING, STARTING, STOPPING, SUSPENDING,
};
use super::unit::Unit;
use super::work::{Effect, Step};

/// The transient states, by kind of work.
const KINDS: [&str; 8] = [
    CREATING, STARTING, STOPPING, PAUSING, SUSPENDING, CAPTURING, RESTORING, DELETING,
];

/// Numbers that were drawn, by kind of work.
#[derive(Debug, Default)]
pub(crate) struct Drawn([AtomicU64; KINDS.len()]);

/// Numbers that a unit has drawn, by kind of work; they count when it is committed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Draws([u64; KINDS.len()]);

impl Drawn {
    /// Remembers that these are used.
    pub(crate) fn use_up(&self, draws: Draws) {
        for (total, drawn) in self.0.iter().zip(draws.0) {
            if drawn > 0 {
                total.fetch_add(drawn, Ordering::Relaxed);
            }
        }
    }
}

/// A number in 0..1 that follows from three others (the finaliser of SplitMix64).
fn number(seed: u64, kind: usize, position: u64) -> f64 {
    let mut bits =
        seed ^ (kind as u64).rotate_right(8) ^ position.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// A share of 0..1 for a meter at a time: it moves slowly, as loads do.
pub(crate) fn share(seed: u64, id: &str, now: i64) -> f64 {
    /// Microseconds in which the load drifts from one value to the next.
    const DRIFT: i64 = 300_000_000;
    let of = id.bytes().fold(seed, |sum, byte| {
        sum.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte)
    });
    let (from, part) = (
        now.div_euclid(DRIFT),
        now.rem_euclid(DRIFT) as f64 / DRIFT as f64,
    );
    let at = |n: i64| number(of, KINDS.len(), n.cast_unsigned());
    at(from) * (1.0 - part) + at(from.saturating_add(1)) * part
}

/// How long a resource stays in a transient state, and the share of work of that kind that fails.
fn of(config: &EmbeddedConfig, state: &str) -> (Duration, f64) {
    let (times, rates) = (&config.durations, &config.failures);
    match state {
        CREATING => (times.create, rates.create),
        STARTING => (times.start, rates.start),
        STOPPING => (times.stop, rates.stop),
        PAUSING => (times.pause, rates.pause),
        SUSPENDING => (times.suspend, rates.suspend),
        RESTORING => (times.restore, rates.restore),
        DELETING => (times.delete, rates.delete),
        _ => (times.capture, rates.capture),
    }
}

impl Unit<'_> {
    /// A step in which a resource is in a transient state, with what it does at its end.
    pub(crate) fn step(&mut self, state: &str, effects: Vec<Effect>) -> Step {
        let config = &self.core.config;
        let (time, rate) = of(config, state);
        let mut step = Step::after(time, effects);
        if rate <= 0.0 && config.variation <= 0.0 {
            return step;
        }
        let kind = KINDS.iter().position(|kind| *kind == state).unwrap_or(0);
        let mut draw = || {
            let used = self.core.drawn.0.get(kind);
            let used = used.map_or(0, |used| used.load(Ordering::Relaxed));
            let own = self.draws.0.get_mut(kind).map_or(0, |own| {
                *own += 1;
                *own
            });
            number(config.seed, kind, used + own)
        };
        if config.variation > 0.0 {
            step.wait = time.mul_f64(1.0 + config.variation * (2.0 * draw() - 1.0));
        }
        if rate > 0.0 && draw() < rate {
            step.fails = Some(format!("The simulated cloud failed while {state}."));
        }
        step
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_repeatable_and_spread_out() {
        let row: Vec<f64> = (0..1_000).map(|n| number(7, 1, n)).collect();
        assert_eq!(row, (0..1_000).map(|n| number(7, 1, n)).collect::<Vec<_>>());
        assert_ne!(
            row[..8],
            (0..8).map(|n| number(8, 1, n)).collect::<Vec<_>>()[..]
        );
        assert_ne!(
            row[..8],
            (0..8).map(|n| number(7, 2, n)).collect::<Vec<_>>()[..]
        );
        assert!(row.iter().all(|n| (0.0..1.0).contains(n)));
        let low = row.iter().filter(|n| **n < 0.25).count();
        assert!(
            (200..300).contains(&low),
            "{low} of 1000 are below a quarter"
        );
    }
}
