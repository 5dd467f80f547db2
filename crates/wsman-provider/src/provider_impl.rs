//! The provider: what it keeps, and the trait.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use cim_core::{CimError, ErrorKind, Instance, MethodDescriptor, ObjectPath, Schema};
use cim_query::Query;
use provider::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource,
};
use upstream::{CloudConfig, ConfigError};

use crate::decode::Decoder;
use crate::query::{Abilities, Pages};
use crate::wire::Wire;

/// A WS-Management service with CIMI classes as a back end. What it can do is found out by asking.
#[derive(Debug)]
pub struct WsmanProvider {
    pub(crate) schema: Arc<Schema>,
    pub(crate) wire: Wire,
    pub(crate) abilities: Abilities,
    pub(crate) pages: Pages,
    /// Results that a query may gather here.
    pub(crate) scan: usize,
}

impl WsmanProvider {
    /// The provider of a configured cloud, with these classes. Connects when it is used.
    ///
    /// # Errors
    /// The URL, a secret or a certificate cannot be used.
    pub fn new(config: &CloudConfig, schema: &Arc<Schema>) -> Result<Self, ConfigError> {
        Ok(Self {
            schema: Arc::clone(schema),
            wire: Wire::new(config)?,
            abilities: Abilities::default(),
            pages: Pages::default(),
            scan: config.scan,
        })
    }

    pub(crate) fn decoder<'a>(&'a self, context: &'a OperationContext) -> Decoder<'a> {
        Decoder {
            schema: &self.schema,
            namespace: &self.wire.namespace,
            context,
            tells_operations: &self.abilities.tells_operations,
        }
    }
}

#[async_trait]
impl Provider for WsmanProvider {
    fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    fn is_remote(&self, _: &ObjectPath) -> bool {
        true
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        self.get_resource(context, path).await
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        self.page(context, query, page).await
    }

    async fn create(
        &self,
        context: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        self.create_resource(context, instance, container).await
    }

    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.modify_resource(context, path, changes, if_match).await
    }

    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.delete_resource(context, path, if_match).await
    }

    async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        self.invoke_method(context, path, method, &parameters).await
    }

    async fn watch(
        &self,
        _context: &OperationContext,
        _after: Bookmark,
        _max: usize,
        _wait_until: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        Err(self.wire.error(
            ErrorKind::NotSupported,
            "events of a WS-Management cloud are not passed on; read its CIMI_Event and CIMI_Job resources",
        ))
    }
}
