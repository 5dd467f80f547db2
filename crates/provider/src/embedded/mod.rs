//! The embedded provider: a whole simulated cloud over a [`Store`].
//!
//! It is generic over class descriptors. What a CIMI cloud does beyond storing (templates, state
//! machines, jobs) stands in modules of its own.

mod config;

use std::sync::Arc;

use async_trait::async_trait;
use cim_core::{CimError, ErrorKind, Instance, MethodDescriptor, ObjectPath, Schema};
use cim_query::Query;
use store::Store;

pub use config::{Durations, EmbeddedConfig};

use crate::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource,
};

/// A [`Provider`] over a [`Store`].
pub struct EmbeddedProvider {
    #[expect(dead_code, reason = "the operations follow")]
    store: Arc<dyn Store>,
    config: EmbeddedConfig,
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
        Ok(Arc::new(Self { store, config }))
    }

    /// Puts the demonstration cloud into the store, once: on a store that has had it, nothing happens.
    ///
    /// # Errors
    /// The store fails.
    pub async fn seed_demo(&self) -> Result<(), CimError> {
        Ok(())
    }

    /// Stops working on jobs; those that are not finished go on when the store is next opened.
    pub async fn shutdown(&self) {}
}

fn not_yet() -> CimError {
    CimError::new(ErrorKind::Unavailable, "The service is starting.")
}

#[async_trait]
impl Provider for EmbeddedProvider {
    fn schema(&self) -> &Arc<Schema> {
        &self.config.schema
    }

    async fn get(
        &self,
        _context: &OperationContext,
        _path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        Err(not_yet())
    }

    async fn query(
        &self,
        _context: &OperationContext,
        _query: &Query,
        _page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        Err(not_yet())
    }

    async fn create(
        &self,
        _context: &OperationContext,
        _instance: Instance,
        _container: Option<Container>,
    ) -> Result<Created, CimError> {
        Err(not_yet())
    }

    async fn modify(
        &self,
        _context: &OperationContext,
        _path: &ObjectPath,
        _changes: Vec<Change>,
        _if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        Err(not_yet())
    }

    async fn delete(
        &self,
        _context: &OperationContext,
        _path: &ObjectPath,
        _if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        Err(not_yet())
    }

    async fn invoke(
        &self,
        _context: &OperationContext,
        _path: &ObjectPath,
        _method: &'static MethodDescriptor,
        _parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        Err(not_yet())
    }

    async fn watch(
        &self,
        _context: &OperationContext,
        _after: Bookmark,
        _max: usize,
        _wait_until: Option<std::time::Instant>,
    ) -> Result<EventPage, CimError> {
        Err(not_yet())
    }
}
