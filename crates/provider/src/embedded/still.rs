//! The embedded provider at one moment: what an answer that is written piece by piece is read from, so that its
//! count, its items and what is expanded in them belong together.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use cim_core::{CimError, ErrorKind, Instance, MethodDescriptor, ObjectPath, Schema};
use cim_query::Query;

use super::core::Core;
use super::simulation::Drawn;
use crate::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource, Survey,
};

/// What a query finds at this moment; `None` if the store cannot stand still, or if the results have an order of
/// their own.
pub(crate) async fn survey(
    core: &Core,
    context: &OperationContext,
    query: &Query,
    page: PageRequest<'_>,
) -> Result<Option<Survey>, CimError> {
    if !query.order_by.is_empty() {
        return Ok(None);
    }
    let Some(store) = core.store.snapshot() else {
        return Ok(None);
    };
    let still = Arc::new(Still(Core {
        store,
        model: Arc::clone(&core.model),
        config: Arc::clone(&core.config),
        runner: core.runner.clone(),
        holder: Arc::clone(&core.holder),
        drawn: Drawn::default(),
    }));
    let (count, version, end) = still.0.survey(context, query, page).await?;
    Ok(Some(Survey {
        count,
        version,
        end,
        snapshot: still,
    }))
}

/// Reads from a store that stands still, and refuses all else.
struct Still(Core);

fn refused<T>() -> Result<T, CimError> {
    Err(CimError::new(
        ErrorKind::NotSupported,
        "What was is only read.",
    ))
}

#[async_trait]
impl Provider for Still {
    fn schema(&self) -> &Arc<Schema> {
        &self.0.model.schema
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        self.0.get(context, path).await
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        self.0.query(context, query, page).await
    }

    async fn survey(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Option<Survey>, CimError> {
        survey(&self.0, context, query, page).await
    }

    async fn create(
        &self,
        _: &OperationContext,
        _: Instance,
        _: Option<Container>,
    ) -> Result<Created, CimError> {
        refused()
    }

    async fn modify(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: Vec<Change>,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        refused()
    }

    async fn delete(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        refused()
    }

    async fn invoke(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: &'static MethodDescriptor,
        _: Parameters,
    ) -> Result<Invoked, CimError> {
        refused()
    }

    async fn watch(
        &self,
        _: &OperationContext,
        _: Bookmark,
        _: usize,
        _: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        refused()
    }
}
