//! The embedded provider: a whole simulated cloud over a [`Store`].
//!
//! It is generic over class descriptors: storing, finding, associations, indexes, etags and events know
//! no class (`row`, `unit`, `query`, `associations`). What a CIMI cloud does beyond that stands apart:
//! templates (`create`, `cloud`), state machines (`lifecycle`), work that takes time (`jobs`).
//!
//! Every write is one transaction of the store: the new state, its version and its events. Nothing in
//! memory is the truth.

mod addresses;
mod associations;
mod cloud;
mod codec;
mod config;
mod consequences;
mod core;
mod create;
mod declared;
mod demo;
mod events;
mod image;
mod index;
mod interfaces;
mod jobs;
mod journal;
mod keys;
mod lifecycle;
mod metadata;
mod meters;
pub(crate) mod model;
mod observed;
mod own_keys;
mod packages;
mod place;
mod query;
mod quota;
mod row;
mod rules;
mod runner;
mod simple;
mod simulation;
mod still;
mod systems;
mod unit;
mod user_data;
mod validate;
mod walk;
mod work;
mod write;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use cim_core::{CimError, Instance, MethodDescriptor, ObjectPath, Schema, Value};
use cim_query::Query;
use store::Store;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

pub use addresses::AddressRange;
pub use config::{Durations, EmbeddedConfig, FailureRates};
pub use declared::DeclareError;
pub use quota::Quota;

use self::core::Core;
use self::model::{ENTRY_POINT_ID, Model, names};
use self::row::Row;
use self::unit::{Retries, Unit};
use crate::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource, Survey, Wanted,
};

/// A [`Provider`] over a [`Store`].
pub struct EmbeddedProvider {
    core: Arc<Core>,
    stop: watch::Sender<bool>,
    runner: Mutex<Option<JoinHandle<()>>>,
}

impl EmbeddedProvider {
    /// Opens the provider on a store: makes the entry point if it is not there, and goes on with the
    /// jobs that were not finished. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// The store fails, or the schema lacks what a CIMI cloud needs.
    pub async fn open(
        store: Arc<dyn Store>,
        config: EmbeddedConfig,
    ) -> Result<Arc<Self>, CimError> {
        cloud::check_layouts(&config.schema)?;
        let (runner, notices) = mpsc::unbounded_channel();
        let core = Arc::new(Core {
            store,
            model: Arc::new(Model::of(&config.schema)?),
            config: Arc::new(config),
            runner,
            holder: uuid::Uuid::new_v4().to_string().into(),
            drawn: simulation::Drawn::default(),
        });
        quota::count_once(&core).await?;
        make_entry_point(&core).await?;
        for timer in runner::unfinished(&core).await? {
            // The receiver is at hand.
            let _ = core.runner.send(jobs::Notice::Due(timer));
        }
        for timer in meters::sampling(&core).await? {
            let _ = core.runner.send(jobs::Notice::Sample(timer));
        }
        let (stop, stopped) = watch::channel(false);
        let runner = tokio::spawn(runner::run(
            Arc::clone(&core),
            notices,
            runner::Stop(stopped),
        ));
        Ok(Arc::new(Self {
            core,
            stop,
            runner: Mutex::new(Some(runner)),
        }))
    }

    /// Puts the demonstration cloud into the store, once: on a store that has had it, nothing happens.
    /// It belongs to no tenant, so that everybody sees it. Its InstanceIDs are `machines/demo-frontend` and
    /// the like.
    ///
    /// # Errors
    /// The store fails.
    pub async fn seed_demo(&self) -> Result<(), CimError> {
        demo::seed(&self.core).await
    }

    /// Makes the instances that are not there yet, all or none; returns how many. They belong to no tenant, so that
    /// everybody sees them, and may refer to each other in any order. One whose keys are in the store already
    /// stays as it is there. The InstanceID of a resource says where it lives: `fans/left`, a part
    /// `fans/left/blades/1`. Associations that follow from what they associate are only looked at.
    ///
    /// # Errors
    /// The first instance that cannot be made, or the store fails.
    pub async fn declare(&self, instances: &[Instance]) -> Result<usize, DeclareError> {
        declared::declare(&self.core, instances).await
    }

    /// Describes every resource type in the collection of ResourceMetadata: attributes, operations,
    /// capabilities, limits. What was described before is left alone unless there is something else to say.
    ///
    /// # Errors
    /// The store fails.
    pub async fn publish_metadata(&self) -> Result<(), CimError> {
        metadata::publish(&self.core).await
    }

    /// Stops working on jobs; those that are not finished go on when the store is next opened. Answers
    /// when the last step that was under way is in the store.
    pub async fn shutdown(&self) {
        self.stop.send_replace(true);
        let runner = self
            .runner
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(runner) = runner
            && let Err(error) = runner.await
        {
            tracing::error!(%error, "the runner of jobs panicked");
        }
    }
}

impl std::fmt::Debug for EmbeddedProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EmbeddedProvider").finish_non_exhaustive()
    }
}

async fn make_entry_point(core: &Core) -> Result<(), CimError> {
    let mut retries = Retries::default();
    loop {
        let mut unit = Unit::new(core);
        if unit.load(ENTRY_POINT_ID).await? {
            return Ok(());
        }
        let mut instance = Instance::new(core.model.entry_point);
        instance.set(names::NAME, Value::from("cloud"));
        unit.insert(
            ENTRY_POINT_ID,
            Row {
                tenant: None,
                owner: None,
                instance,
            },
        );
        if retries.commit(&mut unit).await?.is_some() {
            return Ok(());
        }
    }
}

#[async_trait]
impl Provider for EmbeddedProvider {
    fn schema(&self) -> &Arc<Schema> {
        &self.core.model.schema
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        self.core.get(context, path).await
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        self.core.query(context, query, page).await
    }

    async fn survey(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Option<Survey>, CimError> {
        still::survey(&self.core, context, query, page).await
    }

    async fn create(
        &self,
        context: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        self.core
            .create(context, &instance, container.as_ref())
            .await
    }

    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.core.modify(context, path, &changes, if_match).await
    }

    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.core.delete(context, path, if_match).await
    }

    async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        self.core.invoke(context, path, method, &parameters).await
    }

    async fn newest_event(&self, _: &OperationContext) -> Result<Bookmark, CimError> {
        Ok(Bookmark(*self.core.store.watch().borrow()))
    }

    async fn watch(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<std::time::Instant>,
    ) -> Result<EventPage, CimError> {
        self.core.watch(context, after, max, wait_until, None).await
    }

    async fn watch_some(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<std::time::Instant>,
        wanted: Wanted<'_>,
    ) -> Result<EventPage, CimError> {
        let wanted = Some(wanted);
        self.core
            .watch(context, after, max, wait_until, wanted)
            .await
    }
}
