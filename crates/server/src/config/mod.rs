//! What can be configured: one plain structure, read from TOML (`docs/cimi-bridge.example.toml`).
//!
//! Every field has a default that is safe on a loopback address, and names its unit. An unknown field is
//! an error, because a misspelt limit that silently does nothing is worse than a refused start.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use upstream::{CloudConfig, CloudKind, ConfigError, Logins};

use crate::{EventsConfig, StartError};

mod bounds;
mod limits;
mod place;
mod provider;

pub use limits::{Limits, LoginConfig, RestConfig, StoreConfig};
pub use place::ConfigSource;
pub use provider::ProviderConfig;

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
    /// The file that this was read from, so that what is wrong can be shown there.
    #[serde(skip)]
    pub source: Option<ConfigSource>,
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
            source: None,
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

impl Config {
    /// Reads a configuration file. Relative paths in it are relative to the working directory.
    ///
    /// # Errors
    /// The file cannot be read, is not TOML, or has a field that is unknown or of the wrong type; the
    /// message has file, line and field.
    pub fn read(path: &Path) -> Result<Self, StartError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| StartError::file("the configuration file", path, error))?;
        let read: Result<Self, _> = toml::from_str(&text);
        let source = ConfigSource::new(path, text);
        match read {
            Ok(config) => Ok(Self {
                source: Some(source),
                ..config
            }),
            Err(error) => Err(StartError::Config(source.unreadable(&error))),
        }
    }

    /// What is wrong with a key (`limits.requests`), with file and line if it is in a file.
    fn wrong(&self, key: &str, reason: impl Into<String>) -> StartError {
        let reason = reason.into();
        let place = self.source.as_ref().and_then(|source| source.place(key));
        StartError::Config(match place {
            Some(place) => format!("{place}: {reason}"),
            None => reason,
        })
    }

    /// What is wrong with a cloud, found out by whoever opens it; with file and line if it is in a file.
    pub fn wrong_cloud(&self, error: &ConfigError) -> StartError {
        let is_it = |cloud: &CloudConfig| cloud.name == error.cloud;
        let at = self.cloud.iter().position(is_it);
        let place = self.source.as_ref().zip(at).and_then(|(source, at)| {
            let field = format!("cloud.{at}.{}", error.field);
            source.place(field.trim_end_matches('.'))
        });
        StartError::Config(match place {
            Some(place) => format!("{place}: {error}"),
            None => error.to_string(),
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

    /// The file of an embedded cloud.
    pub fn store_of(&self, cloud: &CloudConfig) -> PathBuf {
        let usual = || self.data.join(format!("{}.redb", cloud.name));
        cloud.store.clone().unwrap_or_else(usual)
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
        if self.listen.is_none() && self.tls.is_none() {
            return Err(self.wrong(
                "listen",
                "`listen` is off and there is no `[tls]`: there is nowhere to listen",
            ));
        }
        if let Some(address) = self.listen
            && !address.ip().is_loopback()
            && !self.allow_plain_http
        {
            let reason = format!(
                "`listen = \"{address}\"` would serve plain HTTP to other machines, passwords \
                 included; use [tls] (`--tls-listen`, `--tls-cert`, `--tls-key`), or set \
                 `allow_plain_http = true` in the configuration file if the network is yours"
            );
            return Err(self.wrong("listen", reason));
        }
        if let Some(base) = &self.base_url {
            crate::origin::Base::parse(base).map_err(|reason| {
                self.wrong("base_url", format!("`base_url = \"{base}\"` {reason}"))
            })?;
        }
        for place in &self.provider.package_places {
            if let Some(reason) = crate::packages::is_no_place(place) {
                let reason = format!("`package_places`: `{place}`: {reason}");
                return Err(self.wrong("provider.package_places", reason));
            }
        }
        for (at, cloud) in self.cloud.iter().enumerate() {
            cloud.check().map_err(|error| self.wrong_cloud(&error))?;
            let name = &cloud.name;
            for (other_at, other) in self.cloud.iter().enumerate().skip(at + 1) {
                if other.name.eq_ignore_ascii_case(name) {
                    let reason =
                        format!("two clouds are named `{name}`; give this one another name");
                    return Err(self.wrong(&format!("cloud.{other_at}.name"), reason));
                }
                if cloud.kind == CloudKind::Embedded
                    && other.kind == CloudKind::Embedded
                    && self.store_of(cloud) == self.store_of(other)
                {
                    let reason = format!(
                        "the clouds `{name}` and `{}` would have one store; give this one a `store` of its own",
                        other.name
                    );
                    return Err(self.wrong(&format!("cloud.{other_at}.store"), reason));
                }
            }
        }
        bounds::check(self).map_err(|(key, reason)| self.wrong(&key, reason))
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

    const EXAMPLE: &str = include_str!("../../../../docs/cimi-bridge.example.toml");

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
