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
    /// The password comes from --password-file, or is asked for; from a pipe its first line is read.
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
                place,
            } => {
                let file = place.file()?;
                // Before the password is asked for.
                if Users::read(&file)?.find(&name).is_some() {
                    return Err(UserError::Exists(name).into());
                }
                let password = new_password(&name, password_file)?;
                Users::edit(&file, |users| -> Result<(), Failure> {
                    users.add(&name, role, tenant.as_deref(), &password)?;
                    if digest {
                        users.enable_digest(&name, &password)?;
                    }
                    Ok(())
                })?;
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
    let mut table = format!("{:width$}  {:8}  {:12}  TENANT\n", "NAME", "ROLE", "LOGIN");
    for user in users.iter() {
        let tenant = user.tenant.as_deref().unwrap_or("(all)");
        let login = if user.has_digest() {
            "basic,digest"
        } else {
            "basic"
        };
        table.push_str(&format!(
            "{:width$}  {:8}  {login:12}  {tenant}\n",
            user.name,
            user.role.name()
        ));
    }
    say(table.trim_end())
}

fn say(text: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{text}").map_err(Failure::new)
}
