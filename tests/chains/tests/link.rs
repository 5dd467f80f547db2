//! The links of a chain: a cloud in memory, services in front of it, and clients of those.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use provider::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
use provider::{OperationContext, Principal, Provider, Role};
use rest_provider::{Format, RestProvider};
use server::{Cloud, Clouds, Config, Running, Users};
use store::RedbStore;
use tempfile::TempDir;
use upstream::{CloudConfig, CloudKind};
use wsman_provider::WsmanProvider;

const USER: &str = "admin";
const PASSWORD: &str = "a chain is as strong";

/// Which binding joins two links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binding {
    Json,
    Xml,
    Wsman,
}

/// What `Authorization` says of the user of the services.
pub(crate) fn basic() -> String {
    use base64::Engine as _;
    let both = format!("{USER}:{PASSWORD}");
    let text = base64::engine::general_purpose::STANDARD.encode(both);
    format!("Basic {text}")
}

/// A chain of bridges; dropped, it stops.
pub(crate) struct Chain {
    /// What is at its near end.
    pub(crate) provider: Arc<dyn Provider>,
    /// What is at its far end.
    pub(crate) cloud: Arc<EmbeddedProvider>,
    /// Where the services listen, the far end first.
    pub(crate) addresses: Vec<std::net::SocketAddr>,
    _services: Vec<(Running, TempDir)>,
}

/// A cloud in memory, whose jobs take so long.
pub(crate) async fn cloud(wait: Duration) -> Arc<EmbeddedProvider> {
    let config = EmbeddedConfig {
        durations: Durations::all(wait),
        ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
    };
    let store = Arc::new(RedbStore::in_memory().unwrap());
    EmbeddedProvider::open(store, config).await.unwrap()
}

impl Chain {
    /// A cloud behind these bindings, the far end first.
    pub(crate) async fn of(bindings: &[Binding]) -> Self {
        let cloud = cloud(Duration::from_millis(3)).await;
        Self::behind(cloud, bindings).await
    }

    pub(crate) async fn behind(cloud: Arc<EmbeddedProvider>, bindings: &[Binding]) -> Self {
        let mut chain = Self {
            provider: Arc::clone(&cloud) as _,
            cloud,
            addresses: Vec::new(),
            _services: Vec::new(),
        };
        for binding in bindings {
            let folder = tempfile::tempdir().unwrap();
            let running = serve(&chain.provider, &folder).await;
            let address = running.http().unwrap();
            chain.provider = client(*binding, &format!("http://{address}"), &folder);
            chain.addresses.push(address);
            chain._services.push((running, folder));
        }
        chain
    }
}

/// A service with both bindings in front of a provider.
pub(crate) async fn serve(provider: &Arc<dyn Provider>, folder: &TempDir) -> Running {
    let mut config = Config {
        listen: Some("127.0.0.1:0".parse().unwrap()),
        data: folder.path().to_owned(),
        ..Config::default()
    };
    config.limits.requests_per_user = 256;
    Users::edit(
        &config.users_file(),
        |users| -> Result<(), Box<dyn Error>> {
            Ok(users.add(USER, Role::Administrator, None, PASSWORD)?)
        },
    )
    .unwrap();
    let clouds = Clouds {
        all: Arc::clone(provider),
        each: Vec::<Cloud>::new(),
    };
    server::start_clouds(&config, clouds).await.unwrap()
}

/// How a client of a service is configured.
pub(crate) fn configuration(binding: Binding, base: &str, folder: &TempDir) -> CloudConfig {
    let secret = folder.path().join("secret");
    std::fs::write(&secret, PASSWORD).unwrap();
    let (kind, url) = match binding {
        Binding::Json | Binding::Xml => (CloudKind::Rest, format!("{base}/cimi/cloudEntryPoint")),
        Binding::Wsman => (CloudKind::Wsman, format!("{base}/wsman")),
    };
    let mut config = CloudConfig::new("far", kind, Some(url));
    config.user = Some(USER.to_owned());
    config.password_file = Some(secret);
    config
}

/// The remote provider of a service.
pub(crate) fn client(binding: Binding, base: &str, folder: &TempDir) -> Arc<dyn Provider> {
    connect(binding, &configuration(binding, base, folder))
}

/// The remote provider that a configuration describes.
pub(crate) fn connect(binding: Binding, config: &CloudConfig) -> Arc<dyn Provider> {
    let schema = cimi_model::schema();
    let rest = |format| RestProvider::speaking(config, schema, Some(format)).unwrap();
    match binding {
        Binding::Json => Arc::new(rest(Format::Json)),
        Binding::Xml => Arc::new(rest(Format::Xml)),
        Binding::Wsman => Arc::new(WsmanProvider::new(config, schema).unwrap()),
    }
}

/// Somebody, at the near end.
pub(crate) fn context(role: Role, tenant: Option<&str>) -> OperationContext {
    OperationContext {
        principal: Arc::new(Principal {
            name: "somebody".to_owned(),
            role,
            tenant: tenant.map(str::to_owned),
            password: None,
        }),
        deadline: None,
    }
}
