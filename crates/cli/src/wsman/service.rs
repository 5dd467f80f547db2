//! Which service a command speaks to, as whom, and how what it says is shown.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use http_client::{Credentials, Scheme, Security, Settings, Trust};
use serde::Deserialize;
use wsman::uris::Addressing;
use wsman_client::Client;

use super::follow;
use super::profile::{self, Profile};
use super::trace::Stderr;
use crate::failure::Failure;
use crate::password;

/// Where `cimi-bridge serve` listens unless told otherwise.
const DEFAULT_URL: &str = "http://127.0.0.1:5985/wsman";

/// Where every service is, if the URL names no path.
const DEFAULT_PATH: &str = "/wsman";

const PASSWORD: &str = "CIMI_BRIDGE_PASSWORD";

/// How to log in.
#[derive(Debug, Clone, Copy, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Login {
    /// Basic over HTTPS; over plain HTTP what the service offers, Digest before Basic
    #[default]
    Auto,
    /// Basic, also over plain HTTP
    Basic,
    /// Digest: the password stays here
    Digest,
}

impl Login {
    /// The same for the HTTP client.
    pub(crate) fn scheme(self) -> Scheme {
        match self {
            Self::Auto => Scheme::Automatic,
            Self::Basic => Scheme::Basic,
            Self::Digest => Scheme::Digest,
        }
    }
}

/// The form of what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people
    Table,
    /// For programs
    Json,
    /// As the service wrote it
    Xml,
}

/// Which WS-Addressing.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum AddressingVersion {
    /// The one of WS-Management, which every service speaks
    #[value(name = "2004")]
    V2004,
    /// The W3C's
    #[value(name = "2005")]
    V2005,
}

/// Where the service is and who calls.
#[derive(Debug, Args)]
#[command(next_help_heading = "Service")]
pub(super) struct Service {
    /// Its URL; without a path, /wsman [default: http://127.0.0.1:5985/wsman]
    #[arg(long, env = "CIMI_BRIDGE_URL", value_name = "URL")]
    url: Option<String>,
    /// The login name
    #[arg(long, env = "CIMI_BRIDGE_USER", value_name = "NAME")]
    user: Option<String>,
    /// A file whose first line is the password; otherwise CIMI_BRIDGE_PASSWORD of the environment, the
    /// profile, or the terminal is asked
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// A service from the profiles file [default: the one named `default`, if there is one]
    #[arg(long, env = "CIMI_BRIDGE_PROFILE", value_name = "NAME")]
    profile: Option<String>,
    /// The profiles file [default: ~/.config/cimi-bridge/profiles.toml]
    #[arg(long, env = "CIMI_BRIDGE_PROFILES", value_name = "FILE")]
    profiles: Option<PathBuf>,
    /// How to log in [default: auto]
    #[arg(long, value_enum)]
    login: Option<Login>,
    /// Trust the certificates of the authorities in this PEM file, and no others
    #[arg(long, value_name = "FILE", conflicts_with = "insecure")]
    ca: Option<PathBuf>,
    /// Trust any certificate; for laboratories
    #[arg(long)]
    insecure: bool,
    /// The CIM namespace, if not the service's default one
    #[arg(long, value_name = "NAMESPACE")]
    namespace: Option<String>,
    /// Seconds that an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60,
          value_parser = clap::value_parser!(u32).range(1..=86_400))]
    timeout: u32,
    /// The version of WS-Addressing
    #[arg(long, value_enum, default_value = "2004", hide_possible_values = true)]
    addressing: AddressingVersion,
    /// Show every SOAP message on standard error; logins and what looks like a password are left out
    #[arg(long)]
    trace: bool,
    /// What is printed
    #[arg(long, short, value_enum, default_value = "table")]
    pub(super) output: Form,
}

/// How to speak with a service.
struct Described {
    settings: Settings,
    namespace: Option<String>,
}

/// A client and what belongs to it.
pub(super) struct Session {
    pub(super) client: Client,
    pub(super) namespace: Option<String>,
    pub(super) output: Form,
}

impl Service {
    /// The client that the arguments, the environment and the profile describe, in this order.
    pub(super) fn session(self) -> Result<Session, Failure> {
        let described = self.described(None)?;
        let http = http_client::Client::new(described.settings).map_err(Failure::new)?;
        let mut client = Client::new(http);
        let requests = client.requests_mut();
        requests.timeout = Some(Duration::from_secs(self.timeout.into()));
        requests.addressing = match self.addressing {
            AddressingVersion::V2004 => Addressing::V2004,
            AddressingVersion::V2005 => Addressing::V2005,
        };
        if self.trace {
            client = client.with_trace(Arc::new(Stderr));
        }
        Ok(Session {
            client,
            namespace: described.namespace,
            output: self.output,
        })
    }

    /// The same for REST: a client for a resource, which is named by its URL or by what it is at the service.
    pub(super) fn rest(&self, resource: &str) -> Result<http_client::Client, Failure> {
        let described = self.described(Some(resource))?;
        http_client::Client::new(described.settings).map_err(Failure::new)
    }

    fn described(&self, resource: Option<&str>) -> Result<Described, Failure> {
        let profile = profile::read(self.profiles.as_deref(), self.profile.as_deref())?;
        let credentials = self.credentials(&profile)?;
        let url = self.url.clone().or(profile.url);
        let url = with_path(url.unwrap_or_else(|| DEFAULT_URL.to_owned()));
        let url = match resource {
            Some(resource) => follow::url_of(resource, &url)?,
            None => url,
        };
        let mut settings = Settings::new(url);
        settings.credentials = credentials;
        settings.security = Security {
            trust: match self.ca.clone().or(profile.ca) {
                _ if self.insecure || profile.insecure => Trust::Anything,
                Some(file) => Trust::File(file),
                None => Trust::System,
            },
            identity: None,
        };
        settings.timeout = Duration::from_secs(self.timeout.into()) + Duration::from_secs(5);
        Ok(Described {
            settings,
            namespace: self.namespace.clone().or(profile.namespace),
        })
    }

    fn credentials(&self, profile: &Profile) -> Result<Option<Credentials>, Failure> {
        let Some(user) = self.user.clone().or_else(|| profile.user.clone()) else {
            return if self.password_file.is_some() {
                Err(Failure::new(
                    "--password-file needs --user (or CIMI_BRIDGE_USER)",
                ))
            } else {
                Ok(None)
            };
        };
        let environment = std::env::var(PASSWORD).ok();
        let password = match (&self.password_file, &profile.password_file) {
            (Some(file), _) => password::from_file(file)?,
            (None, _) if environment.is_some() => environment.unwrap_or_default(),
            (None, Some(file)) => password::from_file(file)?,
            (None, None) => match &profile.password {
                Some(password) => password.clone(),
                None if std::io::stdin().is_terminal() => password::ask(&user)?,
                None => {
                    return Err(Failure::new(format_args!(
                        "there is no password for {user}: use --password-file, {PASSWORD}, or a \
                         profile"
                    )));
                }
            },
        };
        let scheme = self.login.or(profile.login).unwrap_or_default().scheme();
        Ok(Some(Credentials {
            user,
            password,
            scheme,
        }))
    }
}

fn with_path(url: String) -> String {
    match url.split_once("://") {
        Some((_, rest)) if !rest.contains('/') => url + DEFAULT_PATH,
        Some((_, rest)) if rest.find('/') == Some(rest.len() - 1) => {
            url.trim_end_matches('/').to_owned() + DEFAULT_PATH
        }
        _ => url,
    }
}

/// Runs a command's calls to their end.
pub(super) fn run<T>(calls: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.map_err(Failure::new)?.block_on(calls)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_without_a_path_means_the_usual_one() {
        for (url, expected) in [
            ("http://h", "http://h/wsman"),
            ("http://h:1/", "http://h:1/wsman"),
            ("https://h/x", "https://h/x"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(with_path(url.to_owned()), expected);
        }
    }
}
