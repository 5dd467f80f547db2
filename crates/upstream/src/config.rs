//! What can be configured for a cloud (`[[cloud]]`).

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The longest name of a cloud, in characters.
pub const MAX_NAME: usize = 64;

/// The CIM namespace of a service unless another is configured.
pub const USUAL_NAMESPACE: &str = "root/cimi";

/// One back end of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloudConfig {
    /// Its name: a segment of `root/cimi/NAME` and `/cimi/NAME/cloudEntryPoint`. Letters, digits, `-`, `_`.
    pub name: String,
    /// What it is.
    pub kind: CloudKind,
    /// Where a remote cloud is: the CIMI cloud entry point, or the WS-Management service.
    #[serde(default)]
    pub url: Option<String>,
    /// The file with everything of an embedded cloud; absent for `NAME.redb` in the data folder.
    #[serde(default)]
    pub store: Option<PathBuf>,
    /// As whom the service logs in there. Absent: [`Logins::Stored`] where there is a `user`, otherwise
    /// [`Logins::Nobody`].
    #[serde(default)]
    pub credentials: Option<Logins>,
    /// The name under which everybody logs in there, who is not in `login`.
    #[serde(default)]
    pub user: Option<String>,
    /// A file whose first line is the password.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// The environment variable that holds the password.
    #[serde(default)]
    pub password_env: Option<String>,
    /// How it logs in there.
    #[serde(default)]
    pub scheme: LoginScheme,
    /// Callers with logins of their own there.
    #[serde(default)]
    pub login: Vec<Mapping>,
    /// A PEM file with the certificate authorities (or the self-signed certificate) that are trusted there, and
    /// no others; absent for the system's.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// A PEM file with the certificate, and its chain, that the service shows there.
    #[serde(default)]
    pub client_certificate: Option<PathBuf>,
    /// The private key of that certificate, PEM.
    #[serde(default)]
    pub client_key: Option<PathBuf>,
    /// Header fields of every request, such as a tenant's name.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The CIM namespace of a WS-Management service; absent for `root/cimi`.
    #[serde(default)]
    pub namespace: Option<String>,
    /// Whether connections are kept from one request to the next.
    #[serde(default = "yes")]
    pub keep_alive: bool,
    /// Seconds until a connection must be there.
    #[serde(default = "connect_seconds")]
    pub connect_seconds: u64,
    /// Seconds that an operation may take there, repetitions included.
    #[serde(default = "request_seconds")]
    pub request_seconds: u64,
    /// Bytes of one answer.
    #[serde(default = "answer_bytes")]
    pub answer_bytes: usize,
    /// Requests in progress there at a time.
    #[serde(default = "concurrency")]
    pub concurrency: usize,
    /// Operations that wait for one of those places; more are refused as busy.
    #[serde(default = "waiting")]
    pub waiting: usize,
    /// Tries of a request that is safe to repeat.
    #[serde(default = "tries")]
    pub tries: u32,
    /// Failures in a row after which the cloud is taken for down, and asked again only now and then.
    #[serde(default = "failures")]
    pub failures: u32,
    /// Results that a query may gather here where the cloud cannot do it itself.
    #[serde(default = "scan")]
    pub scan: usize,
}

/// What a cloud is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CloudKind {
    /// The cloud of this process.
    Embedded,
    /// A CIMI REST service.
    Rest,
    /// A WS-Management service with CIMI classes.
    Wsman,
}

/// As whom the service logs in to a cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Logins {
    /// With names and passwords of the configuration.
    Stored,
    /// With the caller's own name and password.
    Caller,
    /// As nobody.
    Nobody,
}

/// How the service logs in to a cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LoginScheme {
    /// Over HTTPS Basic at once. Over plain HTTP what the cloud asks for, Digest before Basic.
    #[default]
    Automatic,
    /// Basic with every request, over plain HTTP as well: for clouds that refuse without asking for a login, on
    /// networks that are one's own.
    Basic,
    /// Digest only, which never shows the password.
    Digest,
}

impl From<LoginScheme> for http_client::Scheme {
    fn from(scheme: LoginScheme) -> Self {
        match scheme {
            LoginScheme::Automatic => Self::Automatic,
            LoginScheme::Basic => Self::Basic,
            LoginScheme::Digest => Self::Digest,
        }
    }
}

/// The login of one caller at a cloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The name of the caller here.
    pub caller: String,
    /// The name there.
    pub user: String,
    /// A file whose first line is the password there.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// The environment variable that holds the password there.
    #[serde(default)]
    pub password_env: Option<String>,
}

/// Why the configuration of a cloud cannot work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the cloud `{cloud}`: {reason}")]
pub struct ConfigError {
    /// The cloud.
    pub cloud: String,
    /// The field at fault; empty where it is none alone.
    pub field: &'static str,
    /// What is wrong, and what would be right.
    pub reason: String,
}

/// A field, and what is wrong with it.
type Wrong = (&'static str, String);

const fn yes() -> bool {
    true
}
const fn connect_seconds() -> u64 {
    10
}
const fn request_seconds() -> u64 {
    55
}
const fn answer_bytes() -> usize {
    http_client::MAX_ANSWER
}
const fn concurrency() -> usize {
    32
}
const fn waiting() -> usize {
    256
}
const fn tries() -> u32 {
    3
}
const fn failures() -> u32 {
    5
}
const fn scan() -> usize {
    100_000
}

impl CloudConfig {
    /// A cloud with the defaults, which nobody logs in to.
    pub fn new(name: impl Into<String>, kind: CloudKind, url: Option<String>) -> Self {
        Self {
            name: name.into(),
            kind,
            url,
            store: None,
            credentials: None,
            user: None,
            password_file: None,
            password_env: None,
            scheme: LoginScheme::Automatic,
            login: Vec::new(),
            ca_file: None,
            client_certificate: None,
            client_key: None,
            headers: BTreeMap::new(),
            namespace: None,
            keep_alive: yes(),
            connect_seconds: connect_seconds(),
            request_seconds: request_seconds(),
            answer_bytes: answer_bytes(),
            concurrency: concurrency(),
            waiting: waiting(),
            tries: tries(),
            failures: failures(),
            scan: scan(),
        }
    }

    /// A remote cloud in the short form `rest=URL` or `wsman=URL`; its name is the kind.
    ///
    /// # Errors
    /// What would be right.
    pub fn parse_short(text: &str) -> Result<Self, String> {
        let (kind, url) = text.split_once('=').unwrap_or((text, ""));
        let kind = match kind {
            "rest" => CloudKind::Rest,
            "wsman" => CloudKind::Wsman,
            _ => {
                return Err(format!(
                    "`{text}` is no cloud: use rest=URL (a CIMI entry point) or wsman=URL"
                ));
            }
        };
        if !is_http(url) {
            return Err(match url {
                "" => format!("where is it? Use {text}=http://... or {text}=https://..."),
                _ => format!(
                    "`{}` does not begin with http:// or https://",
                    without_login(url)
                ),
            });
        }
        Ok(Self::new(kind.name(), kind, Some(url.to_owned())))
    }

    /// The URL of a remote cloud; empty only where [`CloudConfig::check`] refuses.
    pub fn url(&self) -> &str {
        self.url.as_deref().unwrap_or_default()
    }

    /// As whom the service logs in there.
    pub fn logins(&self) -> Logins {
        self.credentials.unwrap_or({
            if self.user.is_some() || !self.login.is_empty() {
                Logins::Stored
            } else {
                Logins::Nobody
            }
        })
    }

    /// How long an operation may take there.
    pub const fn timeout(&self) -> Duration {
        Duration::from_secs(self.request_seconds)
    }

    /// Checks what the types cannot say.
    ///
    /// # Errors
    /// The first field that cannot work.
    pub fn check(&self) -> Result<(), ConfigError> {
        let result = self
            .check_name()
            .and_then(|()| self.check_place())
            .and_then(|()| self.check_login())
            .and_then(|()| self.check_bounds());
        result.map_err(|(field, reason)| ConfigError {
            cloud: self.name.chars().take(MAX_NAME).collect(),
            field,
            reason,
        })
    }

    fn check_name(&self) -> Result<(), Wrong> {
        let name = &self.name;
        let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if !begins || !name.chars().all(plain) || name.len() > MAX_NAME {
            let reason = format!(
                "a name begins with a letter or digit, has only letters, digits, `-` and `_`, and at most \
                 {MAX_NAME} of them"
            );
            return Err(("name", reason));
        }
        // They stand before the identifiers of the merged view, and before URIs of other services.
        if matches!(name.as_str(), "c" | "x") {
            let reason = "this name has a meaning of its own; choose another";
            return Err(("name", reason.into()));
        }
        Ok(())
    }

    fn check_place(&self) -> Result<(), Wrong> {
        let wrong = |field, reason: &str| Err((field, reason.to_owned()));
        match (self.kind, &self.url) {
            (CloudKind::Embedded, None) => {}
            (CloudKind::Embedded, Some(_)) => {
                return wrong("url", "an embedded cloud has no `url`");
            }
            (_, Some(_)) if self.store.is_some() => {
                return wrong("store", "only an embedded cloud has a `store`");
            }
            (_, Some(url)) if is_http(url) => {}
            (_, Some(url)) => {
                let reason = format!(
                    "`url = \"{}\"` does not begin with http:// or https://",
                    without_login(url)
                );
                return Err(("url", reason));
            }
            (kind, None) => {
                let example = match kind {
                    CloudKind::Wsman => "https://host:5986/wsman",
                    _ => "https://host/cimi/cloudEntryPoint",
                };
                let reason = format!(
                    "kind = \"{}\" needs a `url`, such as {example}",
                    kind.name()
                );
                return Err(("", reason));
            }
        }
        let is_usual = |namespace: &String| namespace == USUAL_NAMESPACE;
        if self.kind != CloudKind::Wsman && !self.namespace.as_ref().is_none_or(is_usual) {
            return wrong(
                "namespace",
                "only WS-Management has CIM namespaces (kind = \"wsman\")",
            );
        }
        let url = self.url.as_deref().unwrap_or_default();
        let is_plain = !url
            .get(..8)
            .is_some_and(|front| front.eq_ignore_ascii_case("https://"));
        for (field, given) in [
            ("ca_file", &self.ca_file),
            ("client_certificate", &self.client_certificate),
        ] {
            if is_plain && given.is_some() {
                let reason = format!("`{field}` is for TLS: the `url` would begin with https://");
                return Err((field, reason));
            }
        }
        for (name, value) in &self.headers {
            let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
            if name.is_empty() || !name.chars().all(token) {
                let reason = format!(
                    "the header `{name}` cannot be sent: a name has letters, digits and `-`, and no spaces"
                );
                return Err(("headers", reason));
            }
            if !value.chars().all(|c| c == '\t' || (' '..='~').contains(&c)) {
                let reason = format!(
                    "the header `{name}` cannot be sent: a value is one line of printable ASCII"
                );
                return Err(("headers", reason));
            }
        }
        Ok(())
    }

    fn check_login(&self) -> Result<(), Wrong> {
        let wrong = |field, reason: &str| Err((field, reason.to_owned()));
        let stored = self.user.is_some() || !self.login.is_empty();
        if stored && self.logins() != Logins::Stored {
            return wrong(
                "credentials",
                "`user` and `login` need credentials = \"stored\"",
            );
        }
        if !stored && self.logins() == Logins::Stored {
            return wrong(
                "credentials",
                "credentials = \"stored\" needs a `user` or [[cloud.login]]",
            );
        }
        let secret =
            |field, user: Option<&str>, file: bool, variable: bool| match (user, file, variable) {
                (_, true, true) => wrong(field, "give one of `password_file` and `password_env`"),
                (Some(user), false, false) => {
                    let reason =
                        format!("`user = \"{user}\"` needs a `password_file` or `password_env`");
                    Err((field, reason))
                }
                (None, true, _) => wrong("password_file", "a password needs a `user`"),
                (None, _, true) => wrong("password_env", "a password needs a `user`"),
                _ => Ok(()),
            };
        secret(
            "user",
            self.user.as_deref(),
            self.password_file.is_some(),
            self.password_env.is_some(),
        )?;
        for (at, mapping) in self.login.iter().enumerate() {
            secret(
                "login",
                Some(&mapping.user),
                mapping.password_file.is_some(),
                mapping.password_env.is_some(),
            )?;
            if self
                .login
                .iter()
                .skip(at + 1)
                .any(|m| m.caller == mapping.caller)
            {
                let reason = format!("the caller `{}` has two logins", mapping.caller);
                return Err(("login", reason));
            }
        }
        if self.client_certificate.is_some() != self.client_key.is_some() {
            let field = match self.client_key {
                Some(_) => "client_key",
                None => "client_certificate",
            };
            return wrong(
                field,
                "`client_certificate` and `client_key` belong together",
            );
        }
        Ok(())
    }

    fn check_bounds(&self) -> Result<(), Wrong> {
        for (name, value, least, most) in [
            ("connect_seconds", self.connect_seconds, 1, 3600),
            ("request_seconds", self.request_seconds, 1, 86_400),
            ("answer_bytes", self.answer_bytes as u64, 1024, 1 << 30),
            ("concurrency", self.concurrency as u64, 1, 4096),
            ("waiting", self.waiting as u64, 0, 1 << 20),
            ("tries", self.tries.into(), 1, 10),
            ("failures", self.failures.into(), 1, 1000),
            ("scan", self.scan as u64, 1, 10_000_000),
        ] {
            if value < least || value > most {
                let reason = format!("`{name} = {value}` is outside {least} to {most}");
                return Err((name, reason));
            }
        }
        Ok(())
    }
}

impl CloudKind {
    /// The word in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Rest => "rest",
            Self::Wsman => "wsman",
        }
    }
}

/// A URL as it may be shown: whoever wrote a password into it did not mean to publish it.
fn without_login(url: &str) -> String {
    let (front, rest) = url.split_once("://").unwrap_or(("", url));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest.get(..end).and_then(|authority| authority.rfind('@')) {
        Some(at) => format!("{front}://...{}", rest.get(at..).unwrap_or_default()),
        None => url.to_owned(),
    }
}

fn is_http(url: &str) -> bool {
    let rest = url
        .strip_prefix("http://")
        .or_else(|| url.strip_prefix("https://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> CloudConfig {
        toml::from_str(text).unwrap()
    }

    fn refusal(text: &str) -> String {
        read(text).check().unwrap_err().to_string()
    }

    #[test]
    fn the_defaults_are_those_of_the_short_form() {
        let written = read("name = 'rest'\nkind = 'rest'\nurl = 'http://h/cimi'");
        let short = CloudConfig::parse_short("rest=http://h/cimi").unwrap();
        assert_eq!(written, short);
        written.check().unwrap();
        assert_eq!(written.logins(), Logins::Nobody);
        for wrong in [
            "rest",
            "rest=",
            "rest=h/cimi",
            "soap=http://h",
            "http://h",
            "rest=http:///",
        ] {
            CloudConfig::parse_short(wrong).unwrap_err();
        }
    }

    #[test]
    fn what_cannot_work_is_named() {
        let rest = "name = 'a'\nkind = 'rest'\nurl = 'http://h'\n";
        for (text, part) in [
            ("name = 'a b'\nkind = 'embedded'", "a name begins"),
            ("name = ''\nkind = 'embedded'", "a name begins"),
            ("name = 'c'\nkind = 'embedded'", "meaning of its own"),
            (
                "name = 'a'\nkind = 'embedded'\nurl = 'http://h'",
                "no `url`",
            ),
            ("name = 'a'\nkind = 'wsman'", "needs a `url`"),
            ("name = 'a'\nkind = 'rest'\nurl = 'ftp://h'", "http://"),
            (&format!("{rest}user = 'u'"), "needs a `password_file`"),
            (&format!("{rest}password_env = 'P'"), "needs a `user`"),
            (&format!("{rest}credentials = 'stored'"), "needs a `user`"),
            (
                &format!("{rest}credentials = 'caller'\nuser = 'u'\npassword_env = 'P'"),
                "\"stored\"",
            ),
            (&format!("{rest}client_key = 'k'"), "belong together"),
            (&format!("{rest}concurrency = 0"), "outside 1 to 4096"),
            (&format!("{rest}store = 'x'"), "only an embedded"),
            (
                &format!("{rest}[[login]]\ncaller = 'a'\nuser = 'b'"),
                "needs a `password_file`",
            ),
        ] {
            let message = refusal(text);
            assert!(message.contains(part), "{text}: {message}");
        }
        toml::from_str::<CloudConfig>("name = 'a'\nkind = 'rest'\nurls = 'x'").unwrap_err();
    }
}
