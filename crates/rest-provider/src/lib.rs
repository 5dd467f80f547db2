//! Any CIMI REST cloud as a [`Provider`] (DSP0263): how the bridge stands in front of a cloud of somebody else.
//!
//! Everything is found from the entry point. URIs are never made up but followed, in whatever layout the cloud
//! has them; identifiers are its URIs relative to its base. What clouds do differently is found out from their
//! answers and never configured. Nothing that a cloud says is believed beyond what it may say: no link leads
//! to another host, no collection goes on for ever, no answer is larger than it may be.

mod actions;
mod answers;
mod capability;
mod cloud;
mod etag;
mod jobs;
mod links;
mod memory;
mod packages;
mod plan;
mod position;
mod push;
mod refusal;
mod site;
mod walk;
mod write;

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use cim_core::{CimError, ErrorKind, Instance, MethodDescriptor, ObjectPath, Schema};
use cim_query::Query;
pub use cimi_rest::Format;
use provider::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource,
};
use upstream::{CloudConfig, ConfigError};

use crate::cloud::Cloud;

/// A CIMI REST cloud.
pub struct RestProvider {
    cloud: Cloud,
}

impl RestProvider {
    /// The provider of a configured cloud, which is asked when somebody asks.
    ///
    /// # Errors
    /// The configuration cannot work: a secret or certificate that is not there, or a URL that is none.
    pub fn new(config: &CloudConfig, schema: &Arc<Schema>) -> Result<Self, ConfigError> {
        Self::speaking(config, schema, None)
    }

    /// The same, in this format only. Otherwise it is JSON, and XML where the cloud has none.
    ///
    /// # Errors
    /// As for [`RestProvider::new`].
    pub fn speaking(
        config: &CloudConfig,
        schema: &Arc<Schema>,
        format: Option<Format>,
    ) -> Result<Self, ConfigError> {
        let cloud = Cloud::new(config, schema, format)?;
        Ok(Self { cloud })
    }
}

#[async_trait]
impl Provider for RestProvider {
    fn schema(&self) -> &Arc<Schema> {
        &self.cloud.schema
    }

    fn is_remote(&self, _: &ObjectPath) -> bool {
        true
    }

    fn read_lately(&self, context: &OperationContext, path: &ObjectPath) -> Option<Resource> {
        self.cloud.read_lately(context, path)
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        self.cloud.get(context, path).await
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        self.cloud.query(context, query, page).await
    }

    async fn create(
        &self,
        context: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        self.cloud.create(context, instance, container).await
    }

    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.cloud.modify(context, path, changes, if_match).await
    }

    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.cloud.delete(context, path, if_match).await
    }

    async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        self.cloud.invoke(context, path, method, parameters).await
    }

    /// CIMI over REST has no way to be told of changes.
    async fn watch(
        &self,
        _: &OperationContext,
        _: Bookmark,
        _: usize,
        _: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        Err(self.cloud.upstream.error(
            ErrorKind::NotSupported,
            "CIMI over REST does not tell of changes; ask for the resources",
        ))
    }
}
