//! What can be configured of the embedded provider.

use std::sync::Arc;
use std::time::Duration;

use provider::embedded::{AddressRange, Durations, EmbeddedConfig, FailureRates, Quota};
use serde::{Deserialize, Serialize};

use super::seconds;

/// The embedded provider: how long its simulated work takes, what of it fails, and its bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProviderConfig {
    /// Milliseconds that a resource is CREATING.
    pub create_millis: u64,
    /// Milliseconds that a machine is STARTING.
    pub start_millis: u64,
    /// Milliseconds that a machine is STOPPING.
    pub stop_millis: u64,
    /// Milliseconds that a machine is PAUSING.
    pub pause_millis: u64,
    /// Milliseconds that a machine is SUSPENDING.
    pub suspend_millis: u64,
    /// Milliseconds that a machine or a volume is CAPTURING.
    pub capture_millis: u64,
    /// Milliseconds that a machine is RESTORING.
    pub restore_millis: u64,
    /// Milliseconds that a resource is DELETING.
    pub delete_millis: u64,
    /// By how much of itself, in percent, each of these times varies.
    pub variation_percent: u8,
    /// What variation, failures and measured values follow from: with the same seed, the same requests in the
    /// same order meet the same fate.
    pub seed: u64,
    /// Resources that one tenant may have, jobs left out.
    pub resources_per_tenant: u64,
    /// Bytes of the stored form of one resource.
    pub resource_bytes: usize,
    /// Results that an ordered query may examine, and an association walk may gather.
    pub sorted: usize,
    /// Seconds that a finished job is kept.
    pub job_retention_seconds: u64,
    /// Finished jobs kept; the oldest go first.
    pub finished_jobs: usize,
    /// Seconds that an event of an event log is kept, unless its log says less.
    pub event_retention_seconds: u64,
    /// Whom to turn to about an alarm (`contact` of its event), such as `mailto:ops@cloud.example`.
    pub contact: Option<String>,
    /// Events kept of one event log; the oldest go first.
    pub events_per_log: u64,
    /// Seconds that a sample of a meter is kept.
    pub sample_retention_seconds: u64,
    /// Samples kept of one meter; the oldest go first.
    pub samples_per_meter: u64,
    /// Components that one system may be made with, those of systems in it included.
    pub components_per_system: usize,
    /// The addresses of networks for which no address template says others, one range for each version
    /// of IP.
    #[serde(with = "address_ranges")]
    pub address_ranges: Vec<AddressRange>,
    /// From and to where OVF packages may travel, besides in requests and answers themselves: URLs that end in
    /// a slash, and everything below them. None by default, so that no user can make the service fetch.
    pub package_places: Vec<String>,
    /// How much of the simulated work fails.
    pub failures: FailuresConfig,
    /// What one tenant may use.
    pub quota: QuotaConfig,
    /// What all tenants may use together.
    pub capacity: QuotaConfig,
}

/// How much of the simulated work fails, in percent of the times that a resource is in that state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FailuresConfig {
    /// CREATING
    pub create_percent: u8,
    /// STARTING
    pub start_percent: u8,
    /// STOPPING
    pub stop_percent: u8,
    /// PAUSING
    pub pause_percent: u8,
    /// SUSPENDING
    pub suspend_percent: u8,
    /// CAPTURING
    pub capture_percent: u8,
    /// RESTORING
    pub restore_percent: u8,
    /// DELETING
    pub delete_percent: u8,
}

/// Limits of what is used; absent for no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QuotaConfig {
    /// Machines.
    pub machines: Option<u64>,
    /// Processors of all machines.
    pub cpus: Option<u64>,
    /// Kibibytes of memory of all machines.
    pub memory_kib: Option<u64>,
    /// Volumes.
    pub volumes: Option<u64>,
    /// Kilobytes of all volumes and disks.
    pub storage_kb: Option<u64>,
    /// IP addresses.
    pub addresses: Option<u64>,
}

impl QuotaConfig {
    const fn quota(self) -> Quota {
        Quota {
            machines: self.machines,
            cpus: self.cpus,
            memory: self.memory_kib,
            volumes: self.volumes,
            storage: self.storage_kb,
            addresses: self.addresses,
        }
    }
}

impl Default for ProviderConfig {
    /// What the provider itself has as defaults.
    fn default() -> Self {
        let embedded = EmbeddedConfig::new(Arc::clone(cimi_model::schema()));
        let millis = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        Self {
            create_millis: millis(embedded.durations.create),
            start_millis: millis(embedded.durations.start),
            stop_millis: millis(embedded.durations.stop),
            pause_millis: millis(embedded.durations.pause),
            suspend_millis: millis(embedded.durations.suspend),
            capture_millis: millis(embedded.durations.capture),
            restore_millis: millis(embedded.durations.restore),
            delete_millis: millis(embedded.durations.delete),
            variation_percent: 0,
            seed: embedded.seed,
            resources_per_tenant: embedded.max_resources_per_tenant,
            resource_bytes: embedded.max_resource_bytes,
            sorted: embedded.max_sorted,
            job_retention_seconds: embedded.job_retention.as_secs(),
            finished_jobs: embedded.max_finished_jobs,
            event_retention_seconds: embedded.event_retention.as_secs(),
            contact: embedded.contact,
            events_per_log: embedded.max_events_per_log,
            sample_retention_seconds: embedded.sample_retention.as_secs(),
            samples_per_meter: embedded.max_samples_per_meter,
            components_per_system: embedded.max_components,
            address_ranges: embedded.address_ranges,
            package_places: Vec::new(),
            failures: FailuresConfig::default(),
            quota: QuotaConfig::default(),
            capacity: QuotaConfig::default(),
        }
    }
}

impl ProviderConfig {
    /// The provider's own form, for the classes of the model.
    pub fn embedded(&self) -> EmbeddedConfig {
        let millis = Duration::from_millis;
        let share = |percent: u8| f64::from(percent) / 100.0;
        EmbeddedConfig {
            durations: Durations {
                create: millis(self.create_millis),
                start: millis(self.start_millis),
                stop: millis(self.stop_millis),
                pause: millis(self.pause_millis),
                suspend: millis(self.suspend_millis),
                capture: millis(self.capture_millis),
                restore: millis(self.restore_millis),
                delete: millis(self.delete_millis),
            },
            variation: share(self.variation_percent),
            failures: FailureRates {
                create: share(self.failures.create_percent),
                start: share(self.failures.start_percent),
                stop: share(self.failures.stop_percent),
                pause: share(self.failures.pause_percent),
                suspend: share(self.failures.suspend_percent),
                capture: share(self.failures.capture_percent),
                restore: share(self.failures.restore_percent),
                delete: share(self.failures.delete_percent),
            },
            seed: self.seed,
            quota: self.quota.quota(),
            capacity: self.capacity.quota(),
            address_ranges: self.address_ranges.clone(),
            max_components: self.components_per_system,
            event_retention: seconds(self.event_retention_seconds),
            contact: self.contact.clone(),
            max_events_per_log: self.events_per_log,
            sample_retention: seconds(self.sample_retention_seconds),
            max_samples_per_meter: self.samples_per_meter,
            max_resources_per_tenant: self.resources_per_tenant,
            max_resource_bytes: self.resource_bytes,
            max_sorted: self.sorted,
            job_retention: seconds(self.job_retention_seconds),
            max_finished_jobs: self.finished_jobs,
            ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
        }
    }
}

mod address_ranges {
    use provider::embedded::AddressRange;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(
        ranges: &[AddressRange],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(ranges.iter().map(ToString::to_string))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<AddressRange>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        let ranges: Result<_, _> = texts.iter().map(|text| text.parse()).collect();
        ranges.map_err(de::Error::custom)
    }
}
