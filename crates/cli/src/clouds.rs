//! The clouds behind the service: from their configuration to providers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cim_core::{CimError, Schema};
use provider::embedded::{EmbeddedConfig, EmbeddedProvider};
use provider::shadow::{Shadow, Telling};
use provider::{Copies, MergedProvider, Provider};
use rest_provider::RestProvider;
use server::{Cloud, Clouds, Config, Packages, private_file};
use store::{RedbOptions, RedbStore};
use upstream::{CloudConfig, CloudKind, Logins};
use wsman_provider::WsmanProvider;

use crate::failure::Failure;
use crate::further::Further;

/// The clouds behind the service, and what has to be stopped with it.
pub(crate) struct Opened {
    pub(crate) clouds: Clouds,
    pub(crate) embedded: Embedded,
}

/// The clouds that run in this process.
#[derive(Default)]
pub(crate) struct Embedded(Vec<Arc<EmbeddedProvider>>);

impl Embedded {
    /// Stops what runs in the clouds of this process.
    pub(crate) async fn shutdown(&self) {
        for provider in &self.0 {
            provider.shutdown().await;
        }
    }
}

/// Opens all clouds of a configuration; with `demo`, an empty embedded one is filled. What `further` declares is
/// made in the first embedded one.
pub(crate) async fn open(
    config: &Config,
    further: &Further,
    demo: bool,
) -> Result<Opened, Failure> {
    let schema = &further.schema;
    let mut embedded = Embedded::default();
    let mut each = Vec::with_capacity(config.cloud.len());
    for cloud in &config.cloud {
        let provider = provider_of(config, cloud, schema, &mut embedded).await?;
        each.push(Cloud {
            name: cloud.name.clone(),
            provider,
        });
    }
    let all = match each.as_slice() {
        [] => {
            let path = config.data.join("store.redb");
            let provider = open_embedded(config, path, schema).await?;
            embedded.0.push(Arc::clone(&provider));
            Packages::around(provider, &config.provider.package_places)
        }
        [only] => Arc::clone(&only.provider),
        [..] => {
            let named = each.iter().map(|cloud: &Cloud| {
                let provider = Arc::clone(&cloud.provider);
                (cloud.name.clone(), provider)
            });
            let named = Copies::among(named.collect());
            let copies = named.iter().cloned();
            each = copies
                .map(|(name, provider)| Cloud { name, provider })
                .collect();
            // No cloud has a name with a dot in it.
            let store = open_store(config, &config.data.join("all.events.redb"))?;
            Arc::new(MergedProvider::new(named, schema).with_events(Arc::new(store)))
        }
    };
    if demo {
        let Some(first) = embedded.0.first() else {
            return Err(Failure::new(
                "--demo fills the cloud of this process, and there is none",
            ));
        };
        let seeded = first.seed_demo().await;
        seeded.map_err(|error| provider_failure(&error))?;
    }
    further.declare(embedded.0.first()).await?;
    Ok(Opened {
        clouds: Clouds { all, each },
        embedded,
    })
}

/// The provider of one configured cloud.
async fn provider_of(
    config: &Config,
    cloud: &CloudConfig,
    schema: &Arc<Schema>,
    embedded: &mut Embedded,
) -> Result<Arc<dyn Provider>, Failure> {
    let wrong = |error| Failure::new(config.wrong_cloud(&error));
    match cloud.kind {
        CloudKind::Embedded => {
            let provider = open_embedded(config, config.store_of(cloud), schema).await?;
            embedded.0.push(Arc::clone(&provider));
            Ok(Packages::around(provider, &config.provider.package_places))
        }
        CloudKind::Rest => {
            let provider = RestProvider::new(cloud, schema).map_err(wrong)?;
            with_events(config, cloud, Arc::new(provider), None)
        }
        CloudKind::Wsman => {
            let provider = WsmanProvider::new(cloud, schema).map_err(wrong)?;
            let provider = Arc::new(provider);
            with_events(config, cloud, Arc::clone(&provider) as _, Some(provider))
        }
    }
}

/// A cloud elsewhere, with events: from what it tells, or from looking at it. Both need a login of the service's own
/// that shows everybody the same; where callers have logins of their own there, there are no events.
fn with_events(
    config: &Config,
    cloud: &CloudConfig,
    provider: Arc<dyn Provider>,
    telling: Option<Arc<dyn Telling>>,
) -> Result<Arc<dyn Provider>, Failure> {
    let is_one_for_all = cloud.login.is_empty()
        && match cloud.logins() {
            Logins::Nobody => true,
            Logins::Stored => cloud.user.is_some(),
            Logins::Caller => false,
        };
    if !is_one_for_all {
        return Ok(provider);
    }
    let path = config.data.join(format!("{}-events.redb", cloud.name));
    let store = open_store(config, &path)?;
    let settings = config.events.shadow();
    Ok(Arc::new(Shadow::new(
        provider,
        telling,
        Arc::new(store),
        settings,
    )))
}

fn open_store(config: &Config, path: &Path) -> Result<RedbStore, Failure> {
    private_file::create(path)
        .map_err(|error| Failure::new(format_args!("the store {}: {error}", path.display())))?;
    let options = RedbOptions {
        max_events: config.events.retained,
        cache_bytes: config.store.cache_bytes,
    };
    RedbStore::open_with(path, &options).map_err(|error| {
        Failure::new(format_args!(
            "the store {}: {error} (Does another cimi-bridge run on this data folder?)",
            path.display()
        ))
    })
}

async fn open_embedded(
    config: &Config,
    path: PathBuf,
    schema: &Arc<Schema>,
) -> Result<Arc<EmbeddedProvider>, Failure> {
    let store = open_store(config, &path)?;
    let settings = EmbeddedConfig {
        schema: Arc::clone(schema),
        ..config.provider.embedded()
    };
    let provider = EmbeddedProvider::open(Arc::new(store), settings).await;
    let provider = provider.map_err(|error| provider_failure(&error))?;
    let published = provider.publish_metadata().await;
    published.map_err(|error| provider_failure(&error))?;
    Ok(provider)
}

fn provider_failure(error: &CimError) -> Failure {
    Failure::new(told(error))
}

/// What a client would be told, and what it would not.
pub(crate) fn told(error: &CimError) -> String {
    match error.internal_message() {
        Some(cause) => format!("{error} {cause}"),
        None => error.to_string(),
    }
}
