//! `cimi-bridge export` and `import`: a whole cloud in one file, over CIMI REST.

mod export;
mod import;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use cimi_client::{Client, Credentials, Format, Security, Settings, Trust};
use cimi_rest::RestModel;
use clap::{Args, ValueEnum};

pub(crate) use export::Export;
pub(crate) use import::Import;

use crate::failure::Failure;
use crate::password;
use crate::wsman::Login;

/// The password, if it is in no file. Arguments can be read by every process of the machine.
const PASSWORD: &str = "CIMI_BRIDGE_PASSWORD";

/// Which service, and as whom.
#[derive(Debug, Args)]
struct Remote {
    /// The URL of the cloud entry point, or of the base below which it is
    #[arg(
        long,
        value_name = "URL",
        default_value = "http://127.0.0.1:5985/cimi/"
    )]
    url: String,
    /// The login name
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// A file whose first line is the password; otherwise CIMI_BRIDGE_PASSWORD of the environment, or the
    /// terminal is asked
    #[arg(long, value_name = "FILE", requires = "user")]
    password_file: Option<PathBuf>,
    /// How to log in
    #[arg(long, value_enum, default_value = "auto")]
    login: Login,
    /// Trust the certificates of the authorities in this PEM file, and no others
    #[arg(long, value_name = "FILE", conflicts_with = "insecure")]
    ca: Option<PathBuf>,
    /// Trust any certificate; for laboratories
    #[arg(long)]
    insecure: bool,
    /// Seconds that an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 90,
          value_parser = clap::value_parser!(u32).range(1..=86_400))]
    timeout: u32,
    /// What is spoken with the service
    #[arg(long, value_enum, default_value = "json")]
    format: Wire,
}

/// The format of messages, and of what is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wire {
    Json,
    Xml,
}

impl Remote {
    fn format(&self) -> Format {
        match self.format {
            Wire::Json => Format::Json,
            Wire::Xml => Format::Xml,
        }
    }

    fn settings(&self) -> Result<Settings, Failure> {
        let mut settings = Settings::new(&self.url);
        settings.timeout = Duration::from_secs(self.timeout.into());
        settings.security = Security {
            trust: match &self.ca {
                Some(file) => Trust::File(file.clone()),
                None if self.insecure => Trust::Anything,
                None => Trust::System,
            },
            identity: None,
        };
        if let Some(user) = &self.user {
            settings.credentials = Some(Credentials {
                user: user.clone(),
                password: self.password(user)?,
                scheme: self.login.scheme(),
            });
        }
        Ok(settings)
    }

    fn password(&self, user: &str) -> Result<String, Failure> {
        if let Some(file) = &self.password_file {
            return password::from_file(file);
        }
        if let Ok(password) = std::env::var(PASSWORD) {
            return Ok(password);
        }
        rpassword::prompt_password(format!("Password of {user}: ")).map_err(|error| {
            Failure::new(format_args!(
                "no password: give --password-file or {PASSWORD} (the terminal: {error})"
            ))
        })
    }

    /// Does something with the service, on a runtime of its own.
    fn run<T>(
        &self,
        work: impl AsyncFnOnce(Client, RestModel) -> Result<T, cimi_client::Error>,
    ) -> Result<T, Failure> {
        let settings = self.settings()?;
        let model = RestModel::new(Arc::clone(cimi_model::schema())).map_err(Failure::new)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new(format_args!("cannot start: {error}")))?;
        runtime
            .block_on(async {
                let client = Client::connect(settings, self.format()).await?;
                work(client, model).await
            })
            .map_err(|error: cimi_client::Error| {
                Failure::new(format_args!("{}: {error}", self.url))
            })
    }
}
