//! `cimi-bridge user`: who may log in. A running service notices every change by itself.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use provider::Role;
use server::{Config, StartError, UserError, Users};

use crate::failure::Failure;
use crate::password;

/// Add, list and remove users, and change passwords
///
/// A running service notices every change within seconds, without a restart.
#[derive(Debug, Args)]
pub(crate) struct User {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add a user
    ///
    /// The password comes from --password-file, or is asked for; from a pipe its first line is read. With
    /// --certificate and without --password-file the user has none.
    Add {
        /// The login name
        name: String,
        /// What the user may do: reader (read), operator (also change), admin (everything)
        #[arg(long, default_value = "reader")]
        role: Role,
        /// The tenant whose resources the user sees; without it, those of every tenant
        #[arg(long)]
        tenant: Option<String>,
        /// A file whose first line is the password
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
        /// Let the user log in with HTTP Digest as well as Basic; the users file then holds a secret that
        /// is as good as the password
        #[arg(long)]
        digest: bool,
        /// Let who shows a client certificate with this name log in as the user, too
        #[arg(long, value_name = "NAME")]
        certificate: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// List the users
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Remove a user
    Remove {
        /// The login name
        name: String,
        #[command(flatten)]
        place: Place,
    },
    /// Change a password
    ///
    /// Who can log in with HTTP Digest still can, unless told otherwise.
    Passwd {
        /// The login name
        name: String,
        /// A file whose first line is the password
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
        /// Let the user log in with HTTP Digest from now on
        #[arg(long)]
        digest: bool,
        /// Take HTTP Digest from the user
        #[arg(long, conflicts_with = "digest")]
        no_digest: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Let a client certificate be a user's login
    ///
    /// The service asks for certificates of the authorities of [tls] client_ca (serve --tls-client-ca). The name is
    /// the common name of the certificate's subject, or an alternative name of it: a DNS name or a mail address.
    Certificate {
        /// The login name
        name: String,
        /// The name in the certificate
        #[arg(required_unless_present = "remove")]
        certificate: Option<String>,
        /// From now on, no certificate is the user's login
        #[arg(long, conflicts_with = "certificate")]
        remove: bool,
        #[command(flatten)]
        place: Place,
    },
}

/// Where the users file is; found as the service finds it.
#[derive(Debug, Args)]
struct Place {
    /// The configuration file of the service
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder of the service [default: cimi-bridge-data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The users file [default: users.toml in the data folder]
    #[arg(long, value_name = "FILE")]
    users: Option<PathBuf>,
}

impl Place {
    fn file(self) -> Result<PathBuf, Failure> {
        let mut config = match self.config {
            Some(path) => Config::read(&path)?,
            None => Config::default(),
        };
        if let Some(data) = self.data {
            config.data = data;
        }
        if let Some(users) = self.users {
            config.users = Some(users);
        }
        Ok(config.users_file())
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self::new(error)
    }
}

impl From<UserError> for Failure {
    fn from(error: UserError) -> Self {
        Self::new(error)
    }
}

impl User {
    pub(crate) fn run(self) -> Result<(), Failure> {
        match self.action {
            Action::Add {
                name,
                role,
                tenant,
                password_file,
                digest,
                certificate,
                place,
            } => {
                let file = place.file()?;
                // Before the password is asked for.
                if Users::read(&file)?.find(&name).is_some() {
                    return Err(UserError::Exists(name).into());
                }
                let tenant = tenant.as_deref();
                match certificate {
                    Some(certificate) if password_file.is_none() && !digest => {
                        Users::edit(&file, |users| -> Result<(), Failure> {
                            Ok(users.add_with_certificate(&name, role, tenant, &certificate)?)
                        })?;
                    }
                    certificate => {
                        let password = new_password(&name, password_file)?;
                        Users::edit(&file, |users| -> Result<(), Failure> {
                            users.add(&name, role, tenant, &password)?;
                            if digest {
                                users.enable_digest(&name, &password)?;
                            }
                            if certificate.is_some() {
                                users.set_certificate(&name, certificate.as_deref())?;
                            }
                            Ok(())
                        })?;
                    }
                }
                say(&format!(
                    "added {name} with the role {} to {}",
                    role.name(),
                    file.display()
                ))
            }
            Action::List { place } => list(&Users::read(&place.file()?)?),
            Action::Remove { name, place } => {
                let file = place.file()?;
                Users::edit(&file, |users| -> Result<(), Failure> {
                    Ok(users.remove(&name)?)
                })?;
                say(&format!("removed {name} from {}", file.display()))
            }
            Action::Passwd {
                name,
                password_file,
                digest,
                no_digest,
                place,
            } => {
                let file = place.file()?;
                if Users::read(&file)?.find(&name).is_none() {
                    return Err(UserError::Unknown(name).into());
                }
                let password = new_password(&name, password_file)?;
                Users::edit(&file, |users| -> Result<(), Failure> {
                    users.set_password(&name, &password)?;
                    if digest {
                        users.enable_digest(&name, &password)?;
                    } else if no_digest {
                        users.disable_digest(&name)?;
                    }
                    Ok(())
                })?;
                say(&format!(
                    "changed the password of {name} in {}",
                    file.display()
                ))
            }
            Action::Certificate {
                name,
                certificate,
                place,
                ..
            } => {
                let file = place.file()?;
                Users::edit(&file, |users| -> Result<(), Failure> {
                    Ok(users.set_certificate(&name, certificate.as_deref())?)
                })?;
                say(&match certificate {
                    Some(certificate) => format!(
                        "a client certificate with the name {certificate} is a login of {name} in {}",
                        file.display()
                    ),
                    None => format!(
                        "no client certificate is a login of {name} in {}",
                        file.display()
                    ),
                })
            }
        }
    }
}

fn new_password(user: &str, file: Option<PathBuf>) -> Result<String, Failure> {
    match file {
        Some(file) => password::from_file(&file),
        None => password::from_input(user),
    }
}

fn list(users: &Users) -> Result<(), Failure> {
    let width = users
        .iter()
        .map(|user| user.name.chars().count())
        .max()
        .unwrap_or(0)
        .max(4);
    let mut table = format!("{:width$}  {:8}  {:24}  TENANT\n", "NAME", "ROLE", "LOGIN");
    for user in users.iter() {
        let tenant = user.tenant.as_deref().unwrap_or("(all)");
        let ways = [
            (user.has_password(), "basic"),
            (user.has_digest(), "digest"),
            (user.certificate().is_some(), "certificate"),
        ];
        let ways = ways.into_iter().filter_map(|(on, way)| on.then_some(way));
        let login = ways.collect::<Vec<_>>().join(",");
        table.push_str(&format!(
            "{:width$}  {:8}  {login:24}  {tenant}\n",
            user.name,
            user.role.name()
        ));
    }
    say(table.trim_end())
}

fn say(text: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{text}").map_err(Failure::new)
}
