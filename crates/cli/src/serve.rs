//! `cimi-bridge serve`: the service, from its arguments to its end.

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use provider::Role;
use server::{
    Config, Running, StartError, TlsConfig, Users, generate_password, parse_listen, private_file,
};
use tokio::signal::unix::{Signal, SignalKind, signal};
use upstream::{CloudConfig, Logins};

use crate::clouds::{self, Opened};
use crate::failure::Failure;
use crate::further::Further;
use crate::welcome::Welcome;
use crate::{further, logging, password};

/// The user whose password `--password-file` and `--demo` set.
const ADMIN: &str = "admin";

/// What `--listen` says; clap would take an `Option` for an absent argument.
type Listen = Option<SocketAddr>;

const EXAMPLES: &str = "\
Examples:
  cimi-bridge serve --demo
  cimi-bridge serve --data /var/lib/cimi-bridge --listen off \\
      --tls-listen 0.0.0.0:5986 --tls-cert certificate.pem --tls-key key.pem
  cimi-bridge serve --cloud rest=https://cloud.example.org/cimi/cloudEntryPoint \\
      --cloud-user bridge --cloud-password-file secret";

/// Run the service
///
/// Serves CIMI REST below /cimi/ and WS-Management at /wsman, from one store. Arguments win over the
/// configuration file. SIGTERM and Ctrl-C end it in good order; SIGHUP reads certificate and users again.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Serve {
    /// Fill an empty store with a small demonstration cloud; make up an admin password if there are no
    /// users
    #[arg(long)]
    demo: bool,
    /// A configuration file; docs/cimi-bridge.example.toml shows everything that can be in it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to serve plain HTTP, or `off`; port 0 lets the system choose [default: 127.0.0.1:5985]
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = parse_listen)]
    listen: Option<Listen>,
    /// Where to serve HTTPS; needs --tls-cert and --tls-key
    #[arg(long, value_name = "ADDRESS:PORT")]
    tls_listen: Option<SocketAddr>,
    /// The certificate and its chain, PEM
    #[arg(long, value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// The private key of the certificate, PEM
    #[arg(long, value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// The authorities, PEM, whose client certificates are logins (`cimi-bridge user certificate`)
    #[arg(long, value_name = "FILE")]
    tls_client_ca: Option<PathBuf>,
    /// Where everything is kept: store, users, keys [default: cimi-bridge-data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The users file [default: users.toml in the data folder]
    #[arg(long, value_name = "FILE")]
    users: Option<PathBuf>,
    /// Serve the classes of these MOF files, too, and the instances that they declare: those that are not in the
    /// store are made. The files are compiled against the model, whose own MOF is written to the folder mof of
    /// the data folder
    #[arg(long, value_name = "FILE", num_args = 1..)]
    mof: Vec<PathBuf>,
    /// A file whose first line becomes the password of the user admin; it is read once
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// What is behind the service in place of a cloud of its own: rest=URL (a CIMI entry point) or wsman=URL
    /// (a WS-Management service with CIMI classes). Without --cloud-user it is shown the caller's own login
    #[arg(long, value_name = "KIND=URL", value_parser = CloudConfig::parse_short)]
    cloud: Option<CloudConfig>,
    /// As whom to log in there, whoever calls
    #[arg(
        long,
        value_name = "NAME",
        requires = "cloud",
        requires = "cloud_password_file"
    )]
    cloud_user: Option<String>,
    /// A file whose first line is the password there
    #[arg(long, value_name = "FILE", requires = "cloud_user")]
    cloud_password_file: Option<PathBuf>,
    /// A PEM file with the certificate authorities that are trusted there [default: the system's]
    #[arg(long, value_name = "FILE", requires = "cloud")]
    cloud_ca: Option<PathBuf>,
}

impl Serve {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let config = self.configuration()?;
        config.check()?;
        logging::start(config.log)?;
        private_file::create_folder(&config.data).map_err(|error| {
            Failure::new(format_args!(
                "the data folder {}: {error}",
                config.data.display()
            ))
        })?;
        let further = further::read(&self.mof, &config.data)?;
        let login = self.prepare_users(&config)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new(format_args!("cannot start threads: {error}")))?;
        runtime.block_on(serve(&config, &further, self.demo, &login))
    }

    /// The configuration file, or the defaults, with the arguments over it.
    fn configuration(&self) -> Result<Config, Failure> {
        let mut config = match &self.config {
            Some(path) => Config::read(path)?,
            None => Config::default(),
        };
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        if let Some(data) = &self.data {
            config.data.clone_from(data);
        }
        if self.users.is_some() {
            config.users.clone_from(&self.users);
        }
        config.tls = self.tls(config.tls.take())?;
        if let Some(cloud) = &self.cloud {
            config.cloud = vec![CloudConfig {
                credentials: Some(match self.cloud_user {
                    Some(_) => Logins::Stored,
                    None => Logins::Caller,
                }),
                user: self.cloud_user.clone(),
                password_file: self.cloud_password_file.clone(),
                ca_file: self.cloud_ca.clone(),
                ..cloud.clone()
            }];
        }
        Ok(config)
    }

    fn tls(&self, configured: Option<TlsConfig>) -> Result<Option<TlsConfig>, Failure> {
        let mut parts = (None, None, None);
        let mut client_ca = self.tls_client_ca.clone();
        if let Some(tls) = configured {
            parts = (Some(tls.listen), Some(tls.certificate), Some(tls.key));
            client_ca = client_ca.or(tls.client_ca);
        }
        let listen = self.tls_listen.or(parts.0);
        let certificate = self.tls_cert.clone().or(parts.1);
        let key = self.tls_key.clone().or(parts.2);
        match (listen, certificate, key) {
            (None, None, None) if client_ca.is_none() => Ok(None),
            (Some(listen), Some(certificate), Some(key)) => Ok(Some(TlsConfig {
                listen,
                certificate,
                key,
                client_ca,
            })),
            _ => Err(Failure::new(
                "HTTPS needs all of --tls-listen, --tls-cert and --tls-key (or [tls] in the \
                 configuration file)",
            )),
        }
    }

    /// Makes sure that somebody can log in, and says with what.
    fn prepare_users(&self, config: &Config) -> Result<Login, Failure> {
        let file = config.users_file();
        if let Some(path) = &self.password_file {
            set_admin(&file, &password::from_file(path)?)?;
            return Ok(Login::InFile(path.clone()));
        }
        let users = Users::read(&file)?;
        let kept = config.data.join("admin-password");
        if !users.is_empty() {
            let Some(admin) = users.find(ADMIN) else {
                return Ok(Login::Other);
            };
            // Somebody may have changed the password since it was made up.
            let still = private_file::read(&kept)
                .is_ok_and(|text| admin.verify(text.trim_end().as_bytes()));
            return Ok(if still {
                Login::InFile(kept)
            } else {
                Login::Admin
            });
        }
        if !self.demo {
            return Err(Failure::new(format_args!(
                "there are no users in {}, so nobody could log in.\n\
                 Add one:                cimi-bridge user add {ADMIN} --role admin --data {}\n\
                 or give its password:   cimi-bridge serve --password-file FILE\n\
                 or try a demonstration: cimi-bridge serve --demo",
                file.display(),
                config.data.display(),
            )));
        }
        let password = generate_password()?;
        set_admin(&file, &password)?;
        private_file::replace(&kept, format!("{password}\n").as_bytes()).map_err(|error| {
            StartError::File {
                what: "the password",
                path: kept.clone(),
                cause: error.to_string(),
            }
        })?;
        Ok(Login::MadeUp { password, kept })
    }
}

/// What the one who starts the service can log in with.
pub(crate) enum Login {
    /// As admin, with a password that was made up just now; it stands in the file, too.
    MadeUp {
        /// The password.
        password: String,
        /// Where it is kept.
        kept: PathBuf,
    },
    /// As admin, with the password in this file.
    InFile(PathBuf),
    /// As admin, with a password that only the user knows.
    Admin,
    /// As one of the users in the users file.
    Other,
}

/// Makes the user admin, or changes its password if it has another. It can log in with Basic and Digest.
fn set_admin(file: &Path, password: &str) -> Result<(), Failure> {
    if Users::read(file)?
        .find(ADMIN)
        .is_some_and(|admin| admin.has_digest() && admin.verify(password.as_bytes()))
    {
        return Ok(());
    }
    Users::edit(file, |users| -> Result<(), Failure> {
        if users.find(ADMIN).is_some() {
            users.set_password(ADMIN, password)?;
        } else {
            users.add(ADMIN, Role::Administrator, None, password)?;
        }
        users.enable_digest(ADMIN, password)?;
        Ok(())
    })
}

async fn serve(
    config: &Config,
    further: &Further,
    demo: bool,
    login: &Login,
) -> Result<(), Failure> {
    // Before anything can be interrupted halfway.
    let mut signals = Signals::new()?;
    let opened = clouds::open(config, further, demo).await?;
    let Opened { clouds, embedded } = opened;
    let running = server::start_clouds(config, clouds).await?;

    let welcome = Welcome {
        demo,
        login,
        http: running.http(),
        https: running.https(),
    };
    // Nobody may be reading; the service is for those who connect.
    let _ = write!(std::io::stdout().lock(), "{welcome}");
    let _ = std::io::stdout().flush();

    signals.wait(&running).await;
    tracing::info!("stopping");
    tokio::select! {
        () = running.stop() => {}
        () = signals.ended() => tracing::warn!("stopping at once"),
    }
    embedded.shutdown().await;
    Ok(())
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
    reload: Signal,
}

impl Signals {
    fn new() -> Result<Self, Failure> {
        let take = |kind| signal(kind).map_err(Failure::new);
        Ok(Self {
            interrupt: take(SignalKind::interrupt())?,
            terminate: take(SignalKind::terminate())?,
            reload: take(SignalKind::hangup())?,
        })
    }

    /// Until the service has to end.
    async fn wait(&mut self, running: &Running) {
        loop {
            tokio::select! {
                _ = self.interrupt.recv() => return,
                _ = self.terminate.recv() => return,
                _ = self.reload.recv() => running.reload(),
            }
        }
    }

    /// Until somebody says again that it has to end.
    async fn ended(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
