//! The client's adapter: a call of the provider becomes a line, the line that answers becomes its result.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use cim_core::{CimError, ErrorKind, Instance, MethodDescriptor, ObjectPath, Schema};
use cim_query::Query;
use provider::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource, plain,
};
use serde_json::{Value as Json, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A provider at the other end of the wire.
#[derive(Debug)]
pub struct Lines {
    /// Where it listens.
    pub address: SocketAddr,
    /// The classes that it serves.
    pub schema: Arc<Schema>,
}

impl Lines {
    async fn call(&self, context: &OperationContext, mut line: Json) -> Result<Json, CimError> {
        line["user"] = json!(context.principal.name);
        line["role"] = json!(context.principal.role.name());
        line["tenant"] = json!(context.principal.tenant);
        line["ms_left"] = json!(context.deadline.map(millis));
        let exchange = async {
            let mut stream = TcpStream::connect(self.address).await?;
            stream.write_all(format!("{line}\n").as_bytes()).await?;
            let mut answer = String::new();
            let mut reader = BufReader::new(stream.take(crate::MAX_LINE));
            reader.read_line(&mut answer).await?;
            Ok(serde_json::from_str(&answer)?)
        };
        let answer: Json = exchange.await.map_err(|error: std::io::Error| {
            let message = format!("No answer of {}: {error}.", self.address);
            let read = matches!(line["op"].as_str(), Some("get" | "query" | "watch"));
            // Whether a write has happened nobody knows.
            let kind = if read {
                ErrorKind::BackEnd
            } else {
                ErrorKind::OutcomeUnknown
            };
            CimError::new(kind, message)
        })?;
        plain::read_error(&answer).map_or(Ok(answer), Err)
    }
}

fn millis(until: Instant) -> u64 {
    let left = until.saturating_duration_since(Instant::now());
    u64::try_from(left.as_millis()).unwrap_or(u64::MAX)
}

#[async_trait]
impl Provider for Lines {
    fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        let line = json!({ "op": "get", "path": plain::path(path) });
        plain::read_resource(&self.schema, &self.call(context, line).await?)
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        let line = json!({
            "op": "query", "query": plain::query(query)?, "after": page.after.map(|c| &c.0),
            "skip": page.skip, "max_items": page.max_items, "max_examined": page.max_examined,
            "count": page.count,
        });
        plain::read_page(&self.schema, &self.call(context, line).await?)
    }

    async fn create(
        &self,
        context: &OperationContext,
        new: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        let container = container.as_ref();
        let line = json!({
            "op": "create", "instance": plain::instance(&new),
            "path": container.map(|c| plain::path(&c.owner)),
            "association": container.map(|c| c.association.name),
        });
        plain::read_created(&self.schema, &self.call(context, line).await?)
    }

    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        let changes = changes.iter().map(|c| (c.property.name, &c.value));
        let line = json!({
            "op": "modify", "path": plain::path(path), "changes": plain::named(changes),
            "if_match": if_match.map(|etag| &etag.0),
        });
        plain::read_outcome(&self.schema, &self.call(context, line).await?)
    }

    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        let etag = if_match.map(|etag| &etag.0);
        let line = json!({ "op": "delete", "path": plain::path(path), "if_match": etag });
        plain::read_outcome(&self.schema, &self.call(context, line).await?)
    }

    async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        given: Parameters,
    ) -> Result<Invoked, CimError> {
        let given = plain::named(given.iter().map(|(name, value)| (name.as_str(), value)));
        let line = json!({
            "op": "invoke", "path": plain::path(path), "method": method.name, "parameters": given,
        });
        plain::read_invoked(&self.schema, &self.call(context, line).await?)
    }

    async fn watch(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        until: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        let wait = until.map(millis);
        let line = json!({ "op": "watch", "after": after.0, "max": max, "ms_to_wait": wait });
        plain::read_event_page(&self.schema, &self.call(context, line).await?)
    }
}
