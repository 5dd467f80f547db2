//! Profiles: services with a name, so that nobody has to type where they are and how to log in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use server::private_file;

use super::service::Login;
use crate::failure::Failure;

/// The profile that counts where none is named.
const DEFAULT: &str = "default";

/// A service with a name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Profile {
    pub(super) url: Option<String>,
    pub(super) user: Option<String>,
    pub(super) password: Option<String>,
    pub(super) password_file: Option<PathBuf>,
    pub(super) login: Option<Login>,
    pub(super) ca: Option<PathBuf>,
    #[serde(default)]
    pub(super) insecure: bool,
    pub(super) namespace: Option<String>,
}

/// Where the profiles are: as told, or in the user's configuration folder.
pub(super) fn file(told: Option<&Path>) -> Option<PathBuf> {
    if let Some(path) = told {
        return Some(path.to_owned());
    }
    let folder = match std::env::var_os("XDG_CONFIG_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(&std::env::var_os("HOME")?).join(".config"),
    };
    Some(folder.join("cimi-bridge/profiles.toml"))
}

/// The profile of this name in the file, or `default` if there is one.
pub(super) fn read(file: Option<&Path>, name: Option<&str>) -> Result<Profile, Failure> {
    let Some(path) = self::file(file) else {
        return Ok(Profile::default());
    };
    let fail = |cause: &dyn std::fmt::Display| {
        Failure::new(format_args!("the profiles {}: {cause}", path.display()))
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        // Nobody has to have profiles.
        Err(error)
            if error.kind() == std::io::ErrorKind::NotFound && file.is_none() && name.is_none() =>
        {
            return Ok(Profile::default());
        }
        Err(error) => return Err(fail(&error)),
    };
    let mut profiles: BTreeMap<String, Profile> =
        toml::from_str(&text).map_err(|error| fail(&error.to_string().trim_end()))?;
    if profiles.values().any(|profile| profile.password.is_some()) {
        // Checks that nobody else can read it.
        private_file::read(&path).map_err(|error| fail(&error))?;
    }
    match name {
        None => Ok(profiles.remove(DEFAULT).unwrap_or_default()),
        Some(name) => profiles.remove(name).ok_or_else(|| {
            let names: Vec<_> = profiles.keys().map(String::as_str).collect();
            fail(&format_args!(
                "there is no profile `{name}` (there are: {})",
                names.join(", ")
            ))
        }),
    }
}
