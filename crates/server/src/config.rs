//! What can be configured: one plain structure, read from TOML (`docs/cimi-bridge.example.toml`).
//!
//! Every field has a default that is safe on a loopback address, and names its unit. An unknown field is
//! an error, because a misspelt limit that silently does nothing is worse than a refused start.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use provider::embedded::{AddressRange, Durations, EmbeddedConfig, FailureRates, Quota};
use serde::{Deserialize, Serialize};
use upstream::{CloudConfig, Logins};

use crate::rest;
use crate::{EventsConfig, StartError};

/// The configuration of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where plain HTTP is served; `None` (`"off"` in the file) for nowhere. Port 0 lets the system
    /// choose.
    #[serde(with = "listen_or_off")]
    pub listen: Option<SocketAddr>,
    /// Whether `listen` may be an address that other machines reach. Passwords then cross the network
    /// in clear text.
    pub allow_plain_http: bool,
    /// What absolute URIs in answers start with, such as `https://cloud.example.org/north`, for a service
    /// behind a reverse proxy, which may leave the path in requests or take it away. Absent: as the client
    /// wrote it in `Host`.
    pub base_url: Option<String>,
    /// Whether the reverse proxy is believed that says so with each request: `Forwarded` (RFC 7239), or
    /// `X-Forwarded-Proto`, `-Host` and `-Prefix`. The proxy must not let those of clients through.
    pub trust_forwarded: bool,
    /// The folder with everything that the service keeps: store, users, keys. Created with mode 0700.
    pub data: PathBuf,
    /// The users file; absent for `users.toml` in the data folder.
    pub users: Option<PathBuf>,
    /// Who may read `/metrics`.
    pub metrics: MetricsAccess,
    /// HTTPS.
    pub tls: Option<TlsConfig>,
    /// The log.
    pub log: LogConfig,
    /// Bounds of everything that comes from outside.
    pub limits: Limits,
    /// Checking of passwords.
    pub login: LoginConfig,
    /// CIMI REST.
    pub rest: RestConfig,
    /// The stores.
    pub store: StoreConfig,
    /// The embedded provider.
    pub provider: ProviderConfig,
    /// Subscriptions to events.
    pub events: EventsConfig,
    /// The clouds behind the service; without one, a single embedded one.
    pub cloud: Vec<CloudConfig>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: Some(SocketAddr::from(([127, 0, 0, 1], 5985))),
            allow_plain_http: false,
            base_url: None,
            trust_forwarded: false,
            data: PathBuf::from("cimi-bridge-data"),
            users: None,
            metrics: MetricsAccess::Administrator,
            tls: None,
            log: LogConfig::default(),
            limits: Limits::default(),
            login: LoginConfig::default(),
            rest: RestConfig::default(),
            store: StoreConfig::default(),
            provider: ProviderConfig::default(),
            events: EventsConfig::default(),
            cloud: Vec::new(),
        }
    }
}

/// An HTTPS listener. TLS 1.2 and later; SIGHUP reads certificate and key again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsConfig {
    /// Where HTTPS is served.
    pub listen: SocketAddr,
    /// The certificate and its chain, PEM, leaf first.
    pub certificate: PathBuf,
    /// The private key, PEM.
    pub key: PathBuf,
    /// The authorities, PEM, whose client certificates are logins; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_ca: Option<PathBuf>,
}

/// Who may read `/metrics`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MetricsAccess {
    /// Users with the role `admin`.
    #[serde(rename = "admin")]
    Administrator,
    /// Every user.
    Users,
    /// Anybody who reaches the listener.
    Anyone,
}

/// What is logged, and how. The log goes to standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// The least severe level that is written. `debug` has one line for every request, `info` one for every
    /// request that was refused or failed.
    pub level: LogLevel,
    /// The form of a line.
    pub format: LogFormat,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            level: LogLevel::Info,
            format: LogFormat::Text,
        }
    }
}

/// A level of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A readable line.
    Text,
    /// A JSON object a line.
    Json,
}

/// Bounds of everything that comes from outside. Whoever reaches one gets an answer that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Connections open at a time, over all listeners; more are answered with 503 and closed.
    pub connections: usize,
    /// Requests in progress at a time, over all callers; more are answered as busy (503).
    pub requests: usize,
    /// Requests in progress at a time of one user.
    pub requests_per_user: usize,
    /// Bytes of a request line and its header fields together (431).
    pub head_bytes: usize,
    /// Header fields of a request (431).
    pub header_fields: usize,
    /// Bytes of a request body (413).
    pub body_bytes: usize,
    /// Bytes of all request bodies above 64 KiB that are in memory at a time; more are answered as busy
    /// (503).
    pub large_bodies_bytes: usize,
    /// Seconds until the head of the next request must have arrived; so also how long an idle
    /// connection is kept.
    pub head_seconds: u64,
    /// Seconds until a body must have arrived, counted from the end of the head (408).
    pub body_seconds: u64,
    /// Seconds that a request may take once its body is there.
    pub request_seconds: u64,
    /// Seconds that a client may leave an answer unread before the connection is closed.
    pub write_stall_seconds: u64,
    /// Seconds that a TLS handshake may take.
    pub tls_handshake_seconds: u64,
    /// Seconds that requests in progress have to finish when the service stops.
    pub shutdown_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            requests: 512,
            requests_per_user: 128,
            head_bytes: 32 * 1024,
            header_fields: 100,
            body_bytes: 4 * 1024 * 1024,
            large_bodies_bytes: 64 * 1024 * 1024,
            head_seconds: 60,
            body_seconds: 30,
            request_seconds: 60,
            write_stall_seconds: 30,
            tls_handshake_seconds: 10,
            shutdown_seconds: 10,
        }
    }
}

/// Checking of passwords. A check costs tens of milliseconds and 19 MiB on purpose, so a password found
/// right is remembered (as a keyed hash) for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LoginConfig {
    /// Logins remembered at a time.
    pub remembered: usize,
    /// Seconds that a login is remembered. A change of the users file forgets all at once.
    pub remember_seconds: u64,
    /// Password checks running at a time; keep it below the number of cores.
    pub checks: usize,
    /// Password checks waiting for their turn; more are answered as busy (503).
    pub checks_waiting: usize,
    /// Whether HTTP Digest is offered with MD5 beside SHA-256, to users who have Digest: many tools know
    /// nothing else.
    pub digest_md5: bool,
    /// Seconds that a nonce of HTTP Digest is good for; clients get another without asking anybody.
    pub nonce_seconds: u64,
    /// Nonces of HTTP Digest that are remembered once they were used, so that no request is accepted twice;
    /// when there are more, the oldest are refused.
    pub nonces: usize,
    /// Seconds between looks at the users file for changes.
    pub users_file_seconds: u64,
}

impl Default for LoginConfig {
    fn default() -> Self {
        Self {
            remembered: 1024,
            remember_seconds: 300,
            checks: 2,
            checks_waiting: 64,
            digest_md5: true,
            nonce_seconds: 3600,
            nonces: 4096,
            users_file_seconds: 2,
        }
    }
}

/// The stores of embedded clouds, and those of events of clouds elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreConfig {
    /// Bytes of each file that are kept in memory.
    pub cache_bytes: usize,
}

impl Default for StoreConfig {
    fn default() -> Self {
        Self {
            cache_bytes: 16 << 20,
        }
    }
}

/// CIMI REST: the bounds of its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RestConfig {
    /// Items of one answer; a longer collection goes on behind its `Link: rel="next"`.
    pub page_items: usize,
    /// Resources of one answer that are written in the place of links to them (`$expand`); the others
    /// stay links.
    pub expansions: usize,
    /// Bytes of a request's path and query (414).
    pub uri_bytes: usize,
}

impl Default for RestConfig {
    fn default() -> Self {
        let rest::Settings {
            path: _,
            page_items,
            expansions,
            uri_bytes,
        } = rest::Settings::default();
        Self {
            page_items,
            expansions,
            uri_bytes,
        }
    }
}

impl RestConfig {
    /// The binding's own form.
    pub fn settings(&self) -> rest::Settings {
        rest::Settings {
            page_items: self.page_items,
            expansions: self.expansions,
            uri_bytes: self.uri_bytes,
            ..rest::Settings::default()
        }
    }
}

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

impl Config {
    /// Reads a configuration file. Relative paths in it are relative to the working directory.
    ///
    /// # Errors
    /// The file cannot be read, is not TOML, or has a field that is unknown or of the wrong type; the
    /// message has file, line and field.
    pub fn read(path: &Path) -> Result<Self, StartError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| StartError::file("the configuration file", path, error))?;
        toml::from_str(&text).map_err(|error| {
            StartError::Config(format!(
                "{}: {}",
                path.display(),
                error.to_string().trim_end()
            ))
        })
    }

    /// Whether only this machine itself reaches the service.
    pub(crate) fn is_loopback_only(&self) -> bool {
        let tls = self.tls.as_ref().map(|tls| tls.listen);
        self.listen
            .iter()
            .chain(&tls)
            .all(|address| address.ip().is_loopback())
    }

    /// Whether a cloud wants to be shown the logins of callers.
    pub(crate) fn passes_logins(&self) -> bool {
        let mut clouds = self.cloud.iter();
        clouds.any(|cloud| cloud.logins() == Logins::Caller)
    }

    /// The users file.
    pub fn users_file(&self) -> PathBuf {
        self.users
            .clone()
            .unwrap_or_else(|| self.data.join("users.toml"))
    }

    /// Checks what the types cannot say.
    ///
    /// # Errors
    /// The first field that cannot work, with the reason.
    pub fn check(&self) -> Result<(), StartError> {
        let refuse = |message: String| Err(StartError::Config(message));
        if self.listen.is_none() && self.tls.is_none() {
            return refuse(
                "`listen` is off and there is no `[tls]`: there is nowhere to listen".into(),
            );
        }
        if let Some(address) = self.listen
            && !address.ip().is_loopback()
            && !self.allow_plain_http
        {
            return refuse(format!(
                "`listen = \"{address}\"` would serve plain HTTP to other machines, passwords \
                 included; use [tls] (`--tls-listen`, `--tls-cert`, `--tls-key`), or set \
                 `allow_plain_http = true` in the configuration file if the network is yours"
            ));
        }
        if let Some(base) = &self.base_url {
            crate::origin::Base::parse(base).map_err(|reason| {
                StartError::Config(format!("`base_url = \"{base}\"` {reason}"))
            })?;
        }
        for place in &self.provider.package_places {
            if let Some(reason) = crate::packages::is_no_place(place) {
                return refuse(format!("`package_places`: `{place}`: {reason}"));
            }
        }
        for (at, cloud) in self.cloud.iter().enumerate() {
            cloud
                .check()
                .map_err(|error| StartError::Config(error.to_string()))?;
            let name = &cloud.name;
            let is_same = |other: &CloudConfig| other.name.eq_ignore_ascii_case(name);
            if self.cloud.iter().skip(at + 1).any(is_same) {
                return refuse(format!("two clouds are named `{name}`"));
            }
        }
        let Limits {
            connections,
            requests,
            requests_per_user,
            head_bytes,
            header_fields,
            body_bytes,
            large_bodies_bytes,
            head_seconds,
            body_seconds,
            request_seconds,
            write_stall_seconds,
            tls_handshake_seconds,
            shutdown_seconds: _,
        } = self.limits;
        let LoginConfig {
            remembered: _,
            remember_seconds: _,
            checks,
            checks_waiting: _,
            digest_md5: _,
            nonce_seconds,
            nonces,
            users_file_seconds,
        } = self.login;
        for (name, value, least, most) in [
            ("limits.connections", connections as u64, 1, 1 << 20),
            ("limits.requests", requests as u64, 1, 1 << 20),
            (
                "limits.requests_per_user",
                requests_per_user as u64,
                1,
                1 << 20,
            ),
            // The HTTP library reads at least 8 KiB at a time.
            ("limits.head_bytes", head_bytes as u64, 8192, 1 << 20),
            ("limits.header_fields", header_fields as u64, 16, 1000),
            ("limits.body_bytes", body_bytes as u64, 1024, 1 << 30),
            (
                "limits.large_bodies_bytes",
                large_bodies_bytes as u64,
                body_bytes as u64,
                1 << 40,
            ),
            ("limits.head_seconds", head_seconds, 1, 86_400),
            ("limits.body_seconds", body_seconds, 1, 86_400),
            ("limits.request_seconds", request_seconds, 1, 86_400),
            ("limits.write_stall_seconds", write_stall_seconds, 1, 86_400),
            (
                "limits.tls_handshake_seconds",
                tls_handshake_seconds,
                1,
                3600,
            ),
            (
                "limits.shutdown_seconds",
                self.limits.shutdown_seconds,
                0,
                3600,
            ),
            (
                "store.cache_bytes",
                self.store.cache_bytes as u64,
                1 << 20,
                1 << 40,
            ),
            ("rest.page_items", self.rest.page_items as u64, 1, 100_000),
            ("rest.expansions", self.rest.expansions as u64, 0, 100_000),
            ("rest.uri_bytes", self.rest.uri_bytes as u64, 256, 1 << 20),
            ("login.checks", checks as u64, 1, 256),
            (
                "events.subscriptions",
                self.events.subscriptions as u64,
                0,
                1 << 20,
            ),
            (
                "events.subscriptions_per_user",
                self.events.subscriptions_per_user as u64,
                0,
                1 << 20,
            ),
            (
                "events.usual_seconds",
                self.events.usual_seconds,
                1,
                self.events.max_seconds,
            ),
            ("events.max_seconds", self.events.max_seconds, 1, 1 << 32),
            ("events.look_seconds", self.events.look_seconds, 1, 86_400),
            (
                "events.look_at_most_seconds",
                self.events.look_at_most_seconds,
                1,
                86_400,
            ),
            ("events.retained", self.events.retained, 1, 1 << 40),
            (
                "events.patience_seconds",
                self.events.patience_seconds,
                0,
                1 << 32,
            ),
            ("login.nonce_seconds", nonce_seconds, 1, 86_400),
            ("login.nonces", nonces as u64, 1, 1 << 20),
            ("login.users_file_seconds", users_file_seconds, 1, 86_400),
            (
                "provider.create_millis",
                self.provider.create_millis,
                0,
                3_600_000,
            ),
            (
                "provider.start_millis",
                self.provider.start_millis,
                0,
                3_600_000,
            ),
            (
                "provider.stop_millis",
                self.provider.stop_millis,
                0,
                3_600_000,
            ),
            (
                "provider.pause_millis",
                self.provider.pause_millis,
                0,
                3_600_000,
            ),
            (
                "provider.suspend_millis",
                self.provider.suspend_millis,
                0,
                3_600_000,
            ),
            (
                "provider.capture_millis",
                self.provider.capture_millis,
                0,
                3_600_000,
            ),
            (
                "provider.restore_millis",
                self.provider.restore_millis,
                0,
                3_600_000,
            ),
            (
                "provider.variation_percent",
                self.provider.variation_percent.into(),
                0,
                100,
            ),
            (
                "provider.events_per_log",
                self.provider.events_per_log,
                1,
                10_000_000,
            ),
            (
                "provider.samples_per_meter",
                self.provider.samples_per_meter,
                1,
                10_000_000,
            ),
            (
                "provider.components_per_system",
                self.provider.components_per_system as u64,
                1,
                4096,
            ),
            (
                "provider.delete_millis",
                self.provider.delete_millis,
                0,
                3_600_000,
            ),
            (
                "provider.resource_bytes",
                self.provider.resource_bytes as u64,
                1024,
                64 << 20,
            ),
            (
                "provider.sorted",
                self.provider.sorted as u64,
                1,
                10_000_000,
            ),
        ] {
            if value < least || value > most {
                return refuse(format!("`{name} = {value}` is outside {least} to {most}"));
            }
        }
        let failures = &self.provider.failures;
        for (name, percent) in [
            ("create", failures.create_percent),
            ("start", failures.start_percent),
            ("stop", failures.stop_percent),
            ("pause", failures.pause_percent),
            ("suspend", failures.suspend_percent),
            ("capture", failures.capture_percent),
            ("restore", failures.restore_percent),
            ("delete", failures.delete_percent),
        ] {
            if percent > 100 {
                return refuse(format!(
                    "`provider.failures.{name}_percent = {percent}` is outside 0 to 100"
                ));
            }
        }
        Ok(())
    }
}

/// Where to listen, from a configuration file or the command line: an address with a port, or `off`.
///
/// # Errors
/// What would be right.
pub fn parse_listen(text: &str) -> Result<Option<SocketAddr>, String> {
    if text == "off" {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        format!(
            "`{text}` is no place to listen: use an IP address and a port, such as 127.0.0.1:5985, \
             or `off`"
        )
    })
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

mod listen_or_off {
    use std::net::SocketAddr;

    use serde::{Deserialize, Deserializer, Serializer, de};

    #[expect(clippy::ref_option, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(
        listen: &Option<SocketAddr>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match listen {
            Some(address) => to.collect_str(address),
            None => to.serialize_str("off"),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<SocketAddr>, D::Error> {
        super::parse_listen(&String::deserialize(from)?).map_err(de::Error::custom)
    }
}

/// A limit in seconds as a duration.
pub(crate) const fn seconds(value: u64) -> Duration {
    Duration::from_secs(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../docs/cimi-bridge.example.toml");

    #[test]
    fn the_example_says_the_defaults() {
        let config: Config = toml::from_str(EXAMPLE).unwrap();
        assert_eq!(config, Config::default());
    }

    /// Lines of the example that are commented-out settings (`#name = value`, `#[table]`) switched on.
    #[test]
    fn the_example_shows_every_field_and_its_comments_parse() {
        let all: String = EXAMPLE
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(rest) if !rest.starts_with(' ') && !rest.is_empty() => format!("{rest}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let config: Config = toml::from_str(&all).unwrap();
        assert!(config.tls.is_some() && config.base_url.is_some() && config.users.is_some());
        assert_eq!(config.cloud.len(), 2);
        config.check().unwrap();
        let shown: toml::Table = toml::from_str(&all).unwrap();
        let full = toml::Table::try_from(&config).unwrap();
        for (name, value) in &full {
            assert!(shown.contains_key(name), "the example lacks `{name}`");
            if let Some(table) = value.as_table() {
                for field in table.keys() {
                    let inner = shown.get(name).and_then(|v| v.get(field));
                    assert!(inner.is_some(), "the example lacks `{name}.{field}`");
                }
            }
            if let Some(entries) = value.as_array() {
                let every = entries.iter().filter_map(toml::Value::as_table);
                for field in every.flat_map(toml::Table::keys) {
                    let mut inner = shown
                        .get(name)
                        .and_then(toml::Value::as_array)
                        .into_iter()
                        .flatten();
                    let is_shown = inner.any(|entry| entry.get(field).is_some());
                    assert!(is_shown, "the example lacks `{name}.{field}`");
                }
            }
        }
    }

    #[test]
    fn unknown_fields_and_wrong_types_are_named_with_their_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.toml");
        std::fs::write(&path, "[limits]\nbody_byte = 5\n").unwrap();
        let message = Config::read(&path).unwrap_err().to_string();
        assert!(
            message.contains("c.toml") && message.contains("line 2"),
            "{message}"
        );
        assert!(message.contains("body_byte"), "{message}");
        std::fs::write(&path, "listen = 5985\n").unwrap();
        let message = Config::read(&path).unwrap_err().to_string();
        assert!(message.contains("line 1"), "{message}");
        std::fs::write(&path, "listen = \"localhost\"\n").unwrap();
        let message = Config::read(&path).unwrap_err().to_string();
        assert!(message.contains("such as 127.0.0.1:5985"), "{message}");
        std::fs::write(&path, "listen = \"off\"\n").unwrap();
        assert_eq!(Config::read(&path).unwrap().listen, None);
    }

    #[test]
    fn plain_http_for_other_machines_has_to_be_asked_for() {
        let mut config = Config {
            listen: Some("0.0.0.0:5985".parse().unwrap()),
            ..Config::default()
        };
        let message = config.check().unwrap_err().to_string();
        assert!(message.contains("allow_plain_http"), "{message}");
        config.allow_plain_http = true;
        config.check().unwrap();
        config.listen = None;
        assert!(
            config
                .check()
                .unwrap_err()
                .to_string()
                .contains("nowhere to listen")
        );
    }

    #[test]
    fn limits_that_cannot_work_are_refused() {
        let mut config = Config::default();
        config.limits.head_bytes = 10;
        let message = config.check().unwrap_err().to_string();
        assert_eq!(
            message,
            "`limits.head_bytes = 10` is outside 8192 to 1048576"
        );
    }
}
