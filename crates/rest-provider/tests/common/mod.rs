//! Services in front of providers, and providers of services, on loopback.

#![allow(clippy::unwrap_used, clippy::expect_used, dead_code, reason = "tests")]

pub(crate) mod fake;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use provider::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
use provider::{OperationContext, Principal, Provider, Role};
use rest_provider::{Format, RestProvider};
use server::rest::{self, RestBinding};
use server::wsman::WsmanBinding;
use server::{Bindings, Config, Running, Users};
use store::RedbStore;
use tempfile::TempDir;
use upstream::{CloudConfig, CloudKind, Mapping};

const PASSWORD: &str = "correct horse";

/// The callers that the conformance suite has.
const CALLERS: [(Role, Option<&str>); 6] = [
    (Role::Administrator, None),
    (Role::Operator, None),
    (Role::Operator, Some("red")),
    (Role::Reader, Some("red")),
    (Role::Administrator, Some("blue")),
    (Role::Reader, Some("blue")),
];

fn name(role: Role, tenant: Option<&str>) -> String {
    format!("{}-{}", role.name(), tenant.unwrap_or("all"))
}

/// A caller, known here and there by the same name.
pub(crate) fn context(role: Role, tenant: Option<&str>) -> OperationContext {
    OperationContext {
        principal: Arc::new(Principal {
            name: name(role, tenant),
            role,
            tenant: tenant.map(str::to_owned),
            password: None,
        }),
        deadline: None,
    }
}

pub(crate) fn administrator() -> OperationContext {
    context(Role::Administrator, None)
}

/// An embedded cloud whose work takes this long.
pub(crate) async fn embedded(wait: Duration) -> Arc<EmbeddedProvider> {
    let store = Arc::new(RedbStore::in_memory().unwrap());
    let config = EmbeddedConfig {
        durations: Durations::all(wait),
        ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
    };
    EmbeddedProvider::open(store, config).await.unwrap()
}

/// A service on loopback.
pub(crate) struct Service {
    pub(crate) running: Running,
    folder: TempDir,
}

impl Service {
    /// In front of a provider, with parts of collections of so many items.
    pub(crate) async fn start(provider: Arc<dyn Provider>, page_items: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            listen: Some(([127, 0, 0, 1], 0).into()),
            data: folder.path().to_owned(),
            ..Config::default()
        };
        Users::edit(
            &config.users_file(),
            |users| -> Result<(), Box<dyn Error>> {
                for (role, tenant) in CALLERS {
                    users.add(&name(role, tenant), role, tenant, PASSWORD)?;
                }
                Ok(())
            },
        )
        .unwrap();
        let running = server::start_bindings(&config, move |seal| {
            let settings = rest::Settings {
                page_items,
                ..rest::Settings::default()
            };
            let rest = RestBinding::new(Arc::clone(&provider), Arc::clone(&seal), settings);
            Ok(Bindings {
                rest: Arc::new(rest.unwrap()),
                wsman: Arc::new(WsmanBinding::new(provider, seal, Default::default())),
            })
        })
        .await
        .unwrap();
        Self { running, folder }
    }

    /// How a bridge is configured to have it behind.
    pub(crate) fn config(&self) -> CloudConfig {
        let url = format!("http://{}/cimi/", self.running.http().unwrap());
        let mut config = CloudConfig::new("far", CloudKind::Rest, Some(url));
        let secret = self.folder.path().join("secret");
        std::fs::write(&secret, PASSWORD).unwrap();
        for (role, tenant) in CALLERS {
            config.login.push(Mapping {
                caller: name(role, tenant),
                user: name(role, tenant),
                password_file: Some(secret.clone()),
                password_env: None,
            });
        }
        config
    }

    /// The provider of what is behind this service.
    pub(crate) fn provider(&self, format: Option<Format>) -> Arc<RestProvider> {
        let config = self.config();
        Arc::new(RestProvider::speaking(&config, cimi_model::schema(), format).unwrap())
    }
}
