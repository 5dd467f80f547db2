//! Several clouds behind one service: REST has each below a path of its own, beside the usual one.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use bytes::Bytes;
use cim_query::Seal;
use cimi_rest::{RestModel, Route, route};
use http::{Request, Response, request};
use provider::{Principal, Provider, Seen};
use upstream::ConfigError;

use crate::rest::{RestBinding, Settings};
use crate::{Binding, Config, Refusal, StartError, Subscriptions};

/// What is behind the service.
pub struct Clouds {
    /// What the usual places show: the one cloud, or the merged view of several.
    pub all: Arc<dyn Provider>,
    /// The clouds by name, each of which has a place of its own.
    pub each: Vec<Cloud>,
}

impl Clouds {
    /// The same, with their operations noted for administrators who want to see them.
    pub(crate) fn seen(self) -> Self {
        let seen = |provider| Arc::new(Seen(provider)) as Arc<dyn Provider>;
        let each = self.each.into_iter().map(|cloud| Cloud {
            provider: seen(cloud.provider),
            ..cloud
        });
        Self {
            all: seen(self.all),
            each: each.collect(),
        }
    }
}

/// One cloud.
#[derive(Clone)]
pub struct Cloud {
    /// Its name: `root/cimi/NAME`, `/cimi/NAME/cloudEntryPoint`.
    pub name: String,
    /// What answers for it.
    pub provider: Arc<dyn Provider>,
}

/// The namespace of all clouds together, as WS-Management calls it: streams of events have names.
const ALL: &str = "root/cimi";

/// CIMI REST in front of all clouds.
pub(crate) struct CloudsRest {
    all: RestBinding,
    each: Vec<(String, RestBinding)>,
}

impl CloudsRest {
    pub(crate) fn new(
        clouds: &Clouds,
        seal: &Arc<dyn Seal>,
        subscriptions: &Arc<Subscriptions>,
        config: &Config,
    ) -> Result<Self, StartError> {
        let settings = config.rest.settings();
        let binding = |provider: &Arc<dyn Provider>, namespace: &str, settings: Settings| {
            RestBinding::new(Arc::clone(provider), Arc::clone(seal), settings)
                .map(|binding| binding.with_subscriptions(Arc::clone(subscriptions), namespace))
                .map_err(|error| StartError::Config(format!("the model cannot be served: {error}")))
        };
        let model = RestModel::new(Arc::clone(clouds.all.schema()))
            .map_err(|error| StartError::Config(format!("the model cannot be served: {error}")))?;
        let each = clouds
            .each
            .iter()
            .map(|cloud| {
                if is_taken(&model, &cloud.name) {
                    return Err(config.wrong_cloud(&ConfigError {
                        cloud: cloud.name.clone(),
                        field: "name",
                        reason: format!(
                            "`/cimi/{}` is a path of the service already; choose another name",
                            cloud.name
                        ),
                    }));
                }
                let path = format!("{}{}/", settings.path, cloud.name);
                let settings = Settings {
                    path: path.clone(),
                    ..settings.clone()
                };
                let namespace = format!("{ALL}/{}", cloud.name);
                Ok((path, binding(&cloud.provider, &namespace, settings)?))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            all: binding(&clouds.all, ALL, settings.clone())?,
            each,
        })
    }

    fn of(&self, path: &str) -> &RestBinding {
        let is_below = |base: &str| {
            path.starts_with(base) || base.strip_suffix('/').is_some_and(|base| base == path)
        };
        self.each
            .iter()
            .find(|(base, _)| is_below(base))
            .map_or(&self.all, |(_, binding)| binding)
    }
}

/// Whether a name is the entry point or one of its collections.
fn is_taken(model: &RestModel, name: &str) -> bool {
    match route(model, name) {
        Some(
            Route::Collection { .. }
            | Route::Action { .. }
            | Route::CollectionAction { .. }
            | Route::Base,
        ) => true,
        Some(Route::Resource { class, .. }) => std::ptr::eq(class, model.entry_point()),
        None => true,
    }
}

#[async_trait]
impl Binding for CloudsRest {
    async fn call(
        &self,
        principal: Arc<Principal>,
        request: Request<Bytes>,
        deadline: Instant,
    ) -> Response<Bytes> {
        let binding = self.of(request.uri().path());
        binding.call(principal, request, deadline).await
    }

    fn refuse(&self, request: &request::Parts, refusal: Refusal) -> Response<Bytes> {
        self.of(request.uri.path()).refuse(request, refusal)
    }
}
