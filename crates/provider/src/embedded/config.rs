//! What can be set about the embedded provider. Every bound of it is here.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use cim_core::Schema;

use super::addresses::AddressRange;
use super::quota::Quota;

/// The configuration of an embedded provider.
#[derive(Debug, Clone)]
pub struct EmbeddedConfig {
    /// The classes to serve: `cimi_model::schema()`, perhaps with classes of a vendor.
    pub schema: Arc<Schema>,
    /// How long the simulated work takes.
    pub durations: Durations,
    /// By which part of itself each of these times varies, from 0 to 1.
    pub variation: f64,
    /// How much of the simulated work fails.
    pub failures: FailureRates,
    /// What the variation of times, the failures and the measured values follow from.
    pub seed: u64,
    /// What one tenant may use. What belongs to the service is not counted here.
    pub quota: Quota,
    /// What all tenants may use together.
    pub capacity: Quota,
    /// The addresses of networks that have no range of their own, one for each version of IP.
    pub address_ranges: Vec<AddressRange>,
    /// How long an event of an event log is kept, unless its log says less.
    pub event_retention: Duration,
    /// Whom to turn to about an alarm (`Event.contact`), such as `mailto:ops@cloud.example`.
    pub contact: Option<String>,
    /// How many events of one log are kept; the oldest go first.
    pub max_events_per_log: u64,
    /// How long a sample of a meter is kept.
    pub sample_retention: Duration,
    /// How many samples of one meter are kept; the oldest go first.
    pub max_samples_per_meter: u64,
    /// How many components one system may be made with, those of nested systems included.
    pub max_components: usize,
    /// How many resources one tenant may have, jobs left out; those without a tenant count as one
    /// more tenant.
    pub max_resources_per_tenant: u64,
    /// How large the stored form of one resource may be, in bytes.
    pub max_resource_bytes: usize,
    /// How many results an ordered query may examine, and an association walk may gather; more needs
    /// a narrower filter.
    pub max_sorted: usize,
    /// How long a finished job is kept (capability JobRetention).
    pub job_retention: Duration,
    /// How many finished jobs are kept; the oldest go first.
    pub max_finished_jobs: usize,
    /// How long a job's lease runs beyond the time that its next step is due.
    pub job_lease: Duration,
}

impl EmbeddedConfig {
    /// The defaults, for these classes.
    pub fn new(schema: Arc<Schema>) -> Self {
        Self {
            schema,
            durations: Durations::default(),
            variation: 0.0,
            failures: FailureRates::default(),
            seed: 0,
            quota: Quota::default(),
            capacity: Quota::default(),
            address_ranges: vec![
                AddressRange {
                    first: IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)),
                    prefix: 16,
                },
                AddressRange {
                    first: IpAddr::V6(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 0)),
                    prefix: 64,
                },
            ],
            max_components: 256,
            event_retention: Duration::from_secs(30 * 24 * 60 * 60),
            contact: None,
            max_events_per_log: 1_000,
            sample_retention: Duration::from_secs(7 * 24 * 60 * 60),
            max_samples_per_meter: 1_000,
            max_resources_per_tenant: 100_000,
            max_resource_bytes: 256 << 10,
            max_sorted: 100_000,
            job_retention: Duration::from_secs(60 * 60),
            max_finished_jobs: 10_000,
            job_lease: Duration::from_secs(30),
        }
    }
}

/// How long the simulated work takes: the time that a resource spends in each transient state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Durations {
    /// CREATING
    pub create: Duration,
    /// STARTING
    pub start: Duration,
    /// STOPPING
    pub stop: Duration,
    /// PAUSING
    pub pause: Duration,
    /// SUSPENDING
    pub suspend: Duration,
    /// CAPTURING
    pub capture: Duration,
    /// RESTORING
    pub restore: Duration,
    /// DELETING
    pub delete: Duration,
}

impl Durations {
    /// The same time for everything.
    pub const fn all(duration: Duration) -> Self {
        Self {
            create: duration,
            start: duration,
            stop: duration,
            pause: duration,
            suspend: duration,
            capture: duration,
            restore: duration,
            delete: duration,
        }
    }
}

impl Default for Durations {
    /// Long enough that a person sees the transient states, short enough that nobody waits.
    fn default() -> Self {
        Self {
            create: Duration::from_millis(800),
            start: Duration::from_millis(500),
            stop: Duration::from_millis(500),
            pause: Duration::from_millis(300),
            suspend: Duration::from_millis(300),
            capture: Duration::from_millis(800),
            restore: Duration::from_millis(800),
            delete: Duration::from_millis(500),
        }
    }
}

/// The share of the simulated work that fails, from 0 (nothing) to 1 (all), by the transient state that the
/// resource is in. A job that failed says so; the resource is in ERROR, or as it was before.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FailureRates {
    /// CREATING
    pub create: f64,
    /// STARTING
    pub start: f64,
    /// STOPPING
    pub stop: f64,
    /// PAUSING
    pub pause: f64,
    /// SUSPENDING
    pub suspend: f64,
    /// CAPTURING
    pub capture: f64,
    /// RESTORING
    pub restore: f64,
    /// DELETING
    pub delete: f64,
}
