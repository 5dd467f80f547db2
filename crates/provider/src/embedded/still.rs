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
    Bookmark, Change, Container, Created, Cursor, EventPage, IfMatch, Invoked, OperationContext,
    Outcome, Page, PageItem, PageRequest, Parameters, Provider, Resource, Survey,
};

/// What a query finds at this moment; `None` if the store cannot stand still, or if the results have an order that only
/// their rows tell.
pub(crate) async fn survey(
    core: &Core,
    context: &OperationContext,
    query: &Query,
    page: PageRequest<'_>,
) -> Result<Option<Survey>, CimError> {
    let Some(store) = core.store.snapshot() else {
        return Ok(None);
    };
    let core = Core {
        store,
        model: Arc::clone(&core.model),
        config: Arc::clone(&core.config),
        runner: core.runner.clone(),
        holder: Arc::clone(&core.holder),
        drawn: Drawn::default(),
    };
    let Some(found) = core.survey(context, query, page).await? else {
        return Ok(None);
    };
    Ok(Some(Survey {
        count: found.count,
        version: found.version,
        end: found.end,
        snapshot: Arc::new(Still {
            core,
            order: found.order,
        }),
    }))
}

/// Reads from a store that stands still, and refuses all else.
struct Still {
    core: Core,
    /// Where the results of the page of an ordered query lie, which was asked for: nobody sorts for each part of it.
    order: Option<Vec<Vec<u8>>>,
}

/// What a cursor into an order begins with; those of queries begin otherwise. Its index comes behind.
const CURSOR_FORM: u8 = 2;

fn cursor(index: usize) -> Cursor {
    let mut bytes = vec![CURSOR_FORM];
    bytes.extend_from_slice(&(index as u64).to_be_bytes());
    Cursor(bytes)
}

fn index(cursor: &Cursor) -> Option<usize> {
    let index = cursor.0.strip_prefix(&[CURSOR_FORM])?;
    usize::try_from(u64::from_be_bytes(index.try_into().ok()?)).ok()
}

impl Still {
    /// Part of the page of an ordered query.
    async fn part(
        &self,
        context: &OperationContext,
        order: &[Vec<u8>],
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        let start = page.after.and_then(index).unwrap_or(0).min(order.len());
        let end = start.saturating_add(page.max_items).min(order.len());
        let positions = order.get(start..end).unwrap_or_default();
        let found = self.core.in_order(context, positions).await?;
        let items = found.into_iter().zip(start + 1..);
        Ok(Page {
            items: items
                .map(|(resource, behind)| PageItem {
                    resource,
                    cursor: cursor(behind),
                })
                .collect(),
            next: (end < order.len()).then(|| cursor(end)),
            count: None,
        })
    }
}

fn refused<T>() -> Result<T, CimError> {
    Err(CimError::new(
        ErrorKind::NotSupported,
        "What was is only read.",
    ))
}

#[async_trait]
impl Provider for Still {
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
        match &self.order {
            Some(order) if !query.order_by.is_empty() => self.part(context, order, page).await,
            _ => self.core.query(context, query, page).await,
        }
    }

    async fn survey(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Option<Survey>, CimError> {
        survey(&self.core, context, query, page).await
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
