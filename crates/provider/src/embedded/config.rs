//! What can be set about the embedded provider. Every bound of it is here.

use std::sync::Arc;
use std::time::Duration;

use cim_core::Schema;

/// The configuration of an embedded provider.
#[derive(Debug, Clone)]
pub struct EmbeddedConfig {
    /// The classes to serve: `cimi_model::schema()`, perhaps with classes of a vendor.
    pub schema: Arc<Schema>,
    /// How long the simulated work takes.
    pub durations: Durations,
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
    /// PAUSING and SUSPENDING
    pub pause: Duration,
    /// CAPTURING and RESTORING
    pub capture: Duration,
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
            capture: duration,
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
            capture: Duration::from_millis(800),
            delete: Duration::from_millis(500),
        }
    }
}
