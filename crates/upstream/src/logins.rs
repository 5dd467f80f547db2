//! Logins towards a cloud: whose, and one connection pool for each.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use cim_core::{CimError, ErrorKind};
use http_client::{Credentials, Identity, Security, Settings, Trust};
use provider::Principal;

use crate::{CloudConfig, ConfigError, Logins};

/// Callers whose connections are kept; each has a few idle ones at most.
const MAX_CALLERS: usize = 1024;

/// A password file is one line.
const MAX_SECRET: usize = 4096;

/// As whom callers log in to a cloud.
#[derive(Debug)]
pub struct Callers {
    cloud: String,
    logins: Logins,
    scheme: http_client::Scheme,
    everybody: Option<Credentials>,
    own: HashMap<String, Credentials>,
}

impl Callers {
    /// Reads the secrets that the configuration names.
    ///
    /// # Errors
    /// A file or variable that is not there or empty.
    pub fn new(config: &CloudConfig) -> Result<Self, ConfigError> {
        let credentials = |user: &str, file: Option<&Path>, variable: Option<&str>| {
            let password = secret(file, variable).map_err(|reason| ConfigError {
                cloud: config.name.clone(),
                field: match file {
                    Some(_) => "password_file",
                    None => "password_env",
                },
                reason,
            })?;
            Ok(Credentials {
                user: user.to_owned(),
                password,
                scheme: config.scheme.into(),
            })
        };
        let everybody = config
            .user
            .as_deref()
            .map(|user| {
                let file = config.password_file.as_deref();
                credentials(user, file, config.password_env.as_deref())
            })
            .transpose()?;
        let own = config
            .login
            .iter()
            .map(|mapping| {
                let file = mapping.password_file.as_deref();
                let there = credentials(&mapping.user, file, mapping.password_env.as_deref())?;
                Ok((mapping.caller.clone(), there))
            })
            .collect::<Result<_, ConfigError>>()?;
        Ok(Self {
            cloud: config.name.clone(),
            logins: config.logins(),
            scheme: config.scheme.into(),
            everybody,
            own,
        })
    }

    /// The login of a caller; `None` for nobody.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`] for a caller who has none there.
    pub fn login(&self, principal: &Principal) -> Result<Option<Cow<'_, Credentials>>, CimError> {
        let denied = |what: &str| {
            Err(CimError::new(
                ErrorKind::AccessDenied,
                format!("The cloud `{}`: {what}.", self.cloud),
            ))
        };
        match self.logins {
            Logins::Nobody => Ok(None),
            Logins::Stored => match self.own.get(&principal.name).or(self.everybody.as_ref()) {
                Some(credentials) => Ok(Some(Cow::Borrowed(credentials))),
                None => denied("this user has no login there"),
            },
            Logins::Caller => match &principal.password {
                Some(password) => Ok(Some(Cow::Owned(Credentials {
                    user: principal.name.clone(),
                    password: password.expose().to_owned(),
                    scheme: self.scheme,
                }))),
                None => denied(
                    "the login is passed on to it, for which it has to come as HTTP Basic; Digest has no \
                     password in it",
                ),
            },
        }
    }
}

fn secret(file: Option<&Path>, variable: Option<&str>) -> Result<String, String> {
    let (text, place) = match (file, variable) {
        (Some(path), _) => {
            let text = std::fs::read_to_string(path).map_err(|error| {
                let place = path.display();
                format!("the password file {place}: {error}; its first line is the password")
            })?;
            (text, format!("the password file {}", path.display()))
        }
        (None, Some(name)) => {
            let place = format!("the environment variable {name}");
            let text = std::env::var(name).map_err(|_| format!("{place} is not set"))?;
            (text, place)
        }
        (None, None) => return Err("a `user` needs a `password_file` or `password_env`".into()),
    };
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() || line.len() > MAX_SECRET {
        return Err(format!(
            "{place} does not begin with a password: it is the first line, of at most {MAX_SECRET} bytes"
        ));
    }
    Ok(line.to_owned())
}

/// The clients of a cloud, one for each login: connections of one caller never serve another.
pub struct Sessions<T> {
    callers: Callers,
    settings: Settings,
    make: fn(Settings) -> Result<T, http_client::Error>,
    /// Without a login.
    nobody: Arc<T>,
    /// By the name there.
    made: Mutex<HashMap<String, Made<T>>>,
}

struct Made<T> {
    password: String,
    client: Arc<T>,
}

impl<T> std::fmt::Debug for Sessions<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

impl<T> Sessions<T> {
    /// Clients as `make` makes them.
    ///
    /// # Errors
    /// The secrets or certificates cannot be read, or the URL is none.
    pub fn new(
        config: &CloudConfig,
        make: fn(Settings) -> Result<T, http_client::Error>,
    ) -> Result<Self, ConfigError> {
        let settings = http_settings(config);
        // Whether one can be made is found out at the start.
        let nobody = make(settings.clone()).map_err(|error| ConfigError {
            cloud: config.name.clone(),
            field: match &error {
                http_client::Error::Url { .. } => "url",
                http_client::Error::Certificates { file, .. }
                    if file.as_ref().is_some_and(|file| {
                        let ca = config.ca_file.as_ref();
                        ca.is_some_and(|ca| ca.display().to_string() == *file)
                    }) =>
                {
                    "ca_file"
                }
                http_client::Error::Certificates { .. } => "client_certificate",
                _ => "",
            },
            reason: error.to_string(),
        })?;
        Ok(Self {
            callers: Callers::new(config)?,
            nobody: Arc::new(nobody),
            settings,
            make,
            made: Mutex::default(),
        })
    }

    /// The client for a caller.
    ///
    /// # Errors
    /// As for [`Callers::login`]; [`ErrorKind::Failed`] if a certificate file has become unreadable.
    pub fn of(&self, principal: &Principal) -> Result<Arc<T>, CimError> {
        let Some(login) = self.callers.login(principal)? else {
            return Ok(Arc::clone(&self.nobody));
        };
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.get(&login.user)
            && known.password == login.password
        {
            return Ok(Arc::clone(&known.client));
        }
        if made.len() >= MAX_CALLERS {
            // Whose connections are closed does not matter: they are opened again.
            made.clear();
        }
        let login = login.into_owned();
        let (user, password) = (login.user.clone(), login.password.clone());
        let settings = Settings {
            credentials: Some(login),
            ..self.settings.clone()
        };
        let client = Arc::new((self.make)(settings).map_err(CimError::internal)?);
        let kept = Made {
            password,
            client: Arc::clone(&client),
        };
        made.insert(user, kept);
        Ok(client)
    }
}

/// What the HTTP client of a cloud is made of, the login left out.
pub fn http_settings(config: &CloudConfig) -> Settings {
    let identity = |certificate: &PathBuf, key: &PathBuf| Identity {
        certificate: certificate.clone(),
        key: key.clone(),
    };
    Settings {
        security: Security {
            trust: match &config.ca_file {
                Some(path) => Trust::File(path.clone()),
                None => Trust::System,
            },
            identity: (config.client_certificate.as_ref())
                .zip(config.client_key.as_ref())
                .map(|(certificate, key)| identity(certificate, key)),
        },
        connect_timeout: std::time::Duration::from_secs(config.connect_seconds),
        timeout: config.timeout(),
        max_answer: config.answer_bytes,
        max_idle: if config.keep_alive {
            config.concurrency
        } else {
            0
        },
        ..Settings::new(config.url())
    }
}

#[cfg(test)]
mod tests {
    use provider::{Password, Role};

    use super::*;
    use crate::CloudKind;

    fn principal(name: &str, password: Option<&str>) -> Principal {
        Principal {
            name: name.into(),
            role: Role::Operator,
            tenant: None,
            password: password.map(Password::new),
        }
    }

    fn config(folder: &Path) -> CloudConfig {
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let mut config = CloudConfig::new("far", CloudKind::Rest, Some("http://h/cimi".into()));
        config.user = Some("bridge".into());
        config.password_file = Some(write("all", "secret\nmore\n"));
        config.login.push(crate::Mapping {
            caller: "ann".into(),
            user: "ann-there".into(),
            password_file: Some(write("ann", "hers")),
            password_env: None,
        });
        config
    }

    #[test]
    fn callers_are_mapped_or_log_in_as_everybody() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(folder.path());
        let callers = Callers::new(&config).unwrap();
        for (name, user, password) in [("ann", "ann-there", "hers"), ("bob", "bridge", "secret")] {
            let login = callers.login(&principal(name, None)).unwrap().unwrap();
            assert_eq!(
                (login.user.as_str(), login.password.as_str()),
                (user, password)
            );
        }
        assert!(!format!("{callers:?}").contains("secret"));
        config.user = None;
        config.password_file = None;
        let callers = Callers::new(&config).unwrap();
        let error = callers.login(&principal("bob", None)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AccessDenied);
    }

    #[test]
    fn the_callers_own_login_needs_a_password() {
        let mut config = CloudConfig::new("far", CloudKind::Rest, Some("http://h/cimi".into()));
        config.credentials = Some(Logins::Caller);
        let callers = Callers::new(&config).unwrap();
        let caller = principal("bob", Some("his"));
        assert!(!format!("{caller:?}").contains("his"));
        let login = callers.login(&caller).unwrap().unwrap();
        assert_eq!(
            (login.user.as_str(), login.password.as_str()),
            ("bob", "his")
        );
        let error = callers.login(&principal("bob", None)).unwrap_err();
        assert!(error.message().contains("HTTP Basic"), "{error}");
    }

    #[test]
    fn connections_belong_to_one_login() {
        let folder = tempfile::tempdir().unwrap();
        let sessions = Sessions::new(&config(folder.path()), http_client::Client::new).unwrap();
        let of = |name| sessions.of(&principal(name, None)).unwrap();
        assert!(Arc::ptr_eq(&of("bob"), &of("carl")));
        assert!(!Arc::ptr_eq(&of("bob"), &of("ann")));
    }

    #[test]
    fn missing_secrets_are_found_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(folder.path());
        config.password_file = Some(folder.path().join("none"));
        let error = Callers::new(&config).unwrap_err().to_string();
        assert!(
            error.contains("the cloud `far`") && error.contains("none"),
            "{error}"
        );
        config.password_file = None;
        config.password_env = Some("CIMI_BRIDGE_NO_SUCH_VARIABLE".into());
        let error = Callers::new(&config).unwrap_err().to_string();
        assert!(error.contains("is not set"), "{error}");
    }
}
