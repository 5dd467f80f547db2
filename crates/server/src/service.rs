//! Starts and stops the service: everything that a configuration names becomes something that runs.

use std::net::SocketAddr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cim_query::Seal;
use provider::Provider;
use store::{RedbOptions, RedbStore};
use tokio::net::TcpListener;
use tokio::time::{MissedTickBehavior, interval};

use crate::clouds::{Clouds, CloudsRest};
use crate::config::{Config, seconds};
use crate::connection::Acceptor;
use crate::edge::{Bindings, Door, Edge};
use crate::login::Login;
use crate::metrics::Metrics;
use crate::seal::TokenSeal;
use crate::tls::Tls;
use crate::users::Users;
use crate::wsman::{self, Tombstones, WsmanBinding};
use crate::{Binding, StartError, Subscriptions, private_file};

/// A service that runs, until [`Running::stop`]. Dropped, it stops in the background.
pub struct Running {
    acceptor: Acceptor,
    edge: Arc<Edge>,
    http: Option<SocketAddr>,
    https: Option<SocketAddr>,
    tls: Option<Tls>,
    /// Where users come from; `None` if they do not change.
    users_file: Option<PathBuf>,
    subscriptions: Option<Arc<Subscriptions>>,
}

/// Starts the service in front of a provider, with both bindings.
///
/// # Errors
/// As for [`start_bindings`].
pub async fn start(config: &Config, provider: Arc<dyn Provider>) -> Result<Running, StartError> {
    start_clouds(
        config,
        Clouds {
            all: provider,
            each: Vec::new(),
        },
    )
    .await
}

/// Starts the service in front of several clouds, with both bindings: all together at the usual places, and
/// each at its own.
///
/// # Errors
/// As for [`start_bindings`]; also a cloud whose name is a collection's.
pub async fn start_clouds(config: &Config, clouds: Clouds) -> Result<Running, StartError> {
    let clouds = clouds.seen();
    let digest = Arc::<AtomicBool>::default();
    start_telling(config, Arc::clone(&digest), async |seal| {
        let subscriptions = open_subscriptions(config, &seal).await?;
        let settings = wsman::Settings {
            logins: wsman::Logins {
                http: config.listen.is_some(),
                https: config.tls.is_some(),
                certificates: config
                    .tls
                    .as_ref()
                    .is_some_and(|tls| tls.client_ca.is_some()),
                digest,
            },
            ..wsman::Settings::default()
        };
        let ends = open_ends(config, settings.max_lifetime)?;
        let rest = CloudsRest::new(&clouds, &seal, &subscriptions, config)?;
        let wsman = WsmanBinding::over(clouds.all, &clouds.each, seal, settings)
            .with_ends(ends)
            .with_subscriptions(Arc::clone(&subscriptions));
        let bindings = Bindings {
            wsman: Arc::new(wsman),
            rest: Arc::new(rest),
        };
        Ok((bindings, Some(subscriptions)))
    })
    .await
}

/// Starts the service with bindings of the caller's choice, who gets the service's seal for them.
///
/// # Errors
/// The configuration cannot work, a file cannot be read, or an address cannot be listened on.
pub async fn start_bindings(
    config: &Config,
    bindings: impl FnOnce(Arc<dyn Seal>) -> Result<Bindings, StartError>,
) -> Result<Running, StartError> {
    start_telling(config, Arc::default(), async |seal| {
        Ok((bindings(seal)?, None))
    })
    .await
}

/// Bytes of the store of subscriptions that are kept in memory; its rows are few and small.
const SUBSCRIPTIONS_CACHE: usize = 4 << 20;

async fn open_subscriptions(
    config: &Config,
    seal: &Arc<dyn Seal>,
) -> Result<Arc<Subscriptions>, StartError> {
    let path = config.data.join("subscriptions.redb");
    let fail = |error: String| StartError::File {
        what: "the store of subscriptions",
        path: path.clone(),
        cause: error,
    };
    private_file::create(&path).map_err(|error| fail(error.to_string()))?;
    let options = RedbOptions {
        cache_bytes: SUBSCRIPTIONS_CACHE,
        ..RedbOptions::default()
    };
    let store = RedbStore::open_with(&path, &options).map_err(|error| fail(error.to_string()))?;
    let loopback = config.is_loopback_only();
    Subscriptions::open(
        Arc::new(store),
        Arc::clone(seal),
        config.events.clone(),
        loopback,
    )
    .await
    .map_err(|error| fail(error.to_string()))
}

fn open_ends(config: &Config, longest: Duration) -> Result<Tombstones, StartError> {
    let path = config.data.join("ended-enumerations");
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    Tombstones::open(&path, now.unwrap_or_default().as_secs(), longest.as_secs())
        .map_err(|error| StartError::file("the memory of ended enumerations", &path, error))
}

/// As [`start_bindings`]; `digest` tells at any time whether somebody can log in with HTTP Digest.
async fn start_telling(
    config: &Config,
    digest: Arc<AtomicBool>,
    bindings: impl AsyncFnOnce(
        Arc<dyn Seal>,
    ) -> Result<(Bindings, Option<Arc<Subscriptions>>), StartError>,
) -> Result<Running, StartError> {
    config.check()?;
    private_file::create_folder(&config.data)
        .map_err(|error| StartError::file("the data folder", &config.data, error))?;
    let users_file = config.users_file();
    // Before the first look at the content, so that no change is missed.
    let seen = Version::of(&users_file);
    let users = Users::read(&users_file)?;
    let tls = config.tls.as_ref().map(Tls::new).transpose()?;
    let seal: Arc<dyn Seal> = Arc::new(TokenSeal::open_or_create(&config.data.join("seal.key"))?);

    let metrics = Arc::new(Metrics::default());
    let per_user = config.limits.requests_per_user;
    let login = Login::new(
        &users,
        config.login,
        per_user,
        Arc::clone(&seal),
        Arc::clone(&metrics),
    )?
    .telling(digest);
    let (bindings, subscriptions) = bindings(seal).await?;
    if let Some(subscriptions) = &subscriptions {
        subscriptions.keep_those_of(&users);
    }
    let edge = Edge::new(config, login, metrics, bindings)?;
    let running = run(config, edge, tls, Some(users_file), subscriptions).await?;
    running.watch_users(seen, config.login.users_file_seconds);
    Ok(running)
}

/// Starts to serve one binding at every path: a receiver of events, which is no service of its own. With
/// `users` only they are let in, without any everybody is. Nothing is kept in `config.data`.
///
/// # Errors
/// As for [`start_bindings`].
pub async fn start_receiver(
    config: &Config,
    users: &Users,
    binding: Arc<dyn Binding>,
) -> Result<Running, StartError> {
    config.check()?;
    let tls = config.tls.as_ref().map(Tls::new).transpose()?;
    let metrics = Arc::new(Metrics::default());
    let login = Login::new(
        users,
        config.login,
        config.limits.requests_per_user,
        Arc::new(TokenSeal::of_this_process()?),
        Arc::clone(&metrics),
    )?;
    let bindings = Bindings {
        wsman: Arc::clone(&binding),
        rest: binding,
    };
    let open = users.is_empty();
    let edge = Edge::new(config, login, metrics, bindings)?.behind(Door::Single { open });
    run(config, edge, tls, None, None).await
}

async fn run(
    config: &Config,
    edge: Edge,
    tls: Option<Tls>,
    users_file: Option<PathBuf>,
    subscriptions: Option<Arc<Subscriptions>>,
) -> Result<Running, StartError> {
    let edge = Arc::new(edge);
    let acceptor = Acceptor::new(Arc::clone(&edge));
    let mut running = Running {
        acceptor,
        edge,
        http: None,
        https: None,
        tls: tls.clone(),
        users_file,
        subscriptions,
    };
    if let Some(address) = config.listen {
        let (listener, address) = listen(address).await?;
        running.http = Some(address);
        running.acceptor.serve(listener, None);
    }
    if let (Some(tls_config), Some(tls)) = (&config.tls, tls) {
        let (listener, address) = listen(tls_config.listen).await?;
        running.https = Some(address);
        running.acceptor.serve(listener, Some(tls));
    }
    Ok(running)
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let fail = |cause| StartError::Listen { address, cause };
    let listener = TcpListener::bind(address).await.map_err(fail)?;
    let address = listener.local_addr().map_err(fail)?;
    Ok((listener, address))
}

impl Running {
    /// Where plain HTTP is served, with the real port.
    pub const fn http(&self) -> Option<SocketAddr> {
        self.http
    }

    /// Where HTTPS is served, with the real port.
    pub const fn https(&self) -> Option<SocketAddr> {
        self.https
    }

    /// Reads certificate, key and users again; what is wrong is logged, and the old stays.
    pub fn reload(&self) {
        if let Some(tls) = &self.tls {
            match tls.reload() {
                Ok(()) => tracing::info!("read the certificate again"),
                Err(error) => tracing::error!(%error, "kept the old certificate"),
            }
        }
        if let Some(file) = &self.users_file {
            reload_users(&self.edge, self.subscriptions.as_ref(), file);
        }
    }

    /// Stops: no new connections, requests in progress are finished within `limits.shutdown_seconds`.
    pub async fn stop(self) {
        if let Some(subscriptions) = &self.subscriptions {
            subscriptions.stop().await;
        }
        self.acceptor.stop().await;
    }

    fn watch_users(&self, mut seen: Option<Version>, every: u64) {
        let Some(path) = self.users_file.clone() else {
            return;
        };
        let edge = Arc::clone(&self.edge);
        let subscriptions = self.subscriptions.clone();
        let stopping = self.acceptor.stopping().clone();
        self.acceptor.tasks().spawn(async move {
            let mut ticks = interval(seconds(every));
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    () = stopping.cancelled() => return,
                    _ = ticks.tick() => {}
                }
                let now = Version::of(&path);
                if now != seen {
                    seen = now;
                    reload_users(&edge, subscriptions.as_ref(), &path);
                }
            }
        });
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.acceptor.stopping().cancel();
        if let Some(subscriptions) = &self.subscriptions {
            subscriptions.stopping().cancel();
        }
    }
}

fn reload_users(edge: &Edge, subscriptions: Option<&Arc<Subscriptions>>, path: &Path) {
    match Users::read(path) {
        Ok(users) => {
            edge.login.replace(&users);
            if let Some(subscriptions) = subscriptions {
                subscriptions.keep_those_of(&users);
            }
            tracing::info!(users = users.iter().count(), "read the users file again");
        }
        Err(error) => tracing::error!(%error, "kept the old users"),
    }
}

/// What changes when a file is replaced or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Version {
    inode: u64,
    changed: (i64, i64),
    size: u64,
}

impl Version {
    fn of(path: &Path) -> Option<Self> {
        let data = std::fs::metadata(path).ok()?;
        let changed = (data.ctime(), data.ctime_nsec());
        Some(Self {
            inode: data.ino(),
            changed,
            size: data.size(),
        })
    }
}
