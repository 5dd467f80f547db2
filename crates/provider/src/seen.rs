//! A provider whose operations are noted for whoever wants to see them ([`crate::trace`]).

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use cim_core::{CimError, Instance, MethodDescriptor, ObjectPath, Schema};
use cim_query::{Query, Source};
use serde_json::{Value as Json, json};

use crate::trace::{Place, is_wanted, note};
use crate::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource, Survey, Wanted, plain,
};

fn events_in(page: &EventPage) -> String {
    format!("{} events", page.events.len())
}

/// A provider whose operations are noted. When nobody looks it costs a call.
pub struct Seen(pub Arc<dyn Provider>);

impl Seen {
    fn asked(title: impl FnOnce() -> String, details: impl FnOnce() -> Json) {
        note(Place::Operation, title, || shown(&details()));
    }

    fn told<T>(
        result: &Result<T, CimError>,
        title: impl FnOnce(&T) -> String,
        json: impl FnOnce(&T) -> Json,
    ) {
        if !is_wanted() {
            return;
        }
        match result {
            Ok(given) => note(Place::Outcome, || title(given), || shown(&json(given))),
            Err(error) => note(
                Place::Outcome,
                || format!("the error {}: {error}", error.kind().name()),
                || shown(&plain::error(error)),
            ),
        }
    }
}

fn shown(json: &Json) -> String {
    if json.is_null() {
        String::new()
    } else {
        json.to_string()
    }
}

/// An instance without the secrets in it, which names alone may not give away.
fn public(given: &Instance) -> Json {
    let mut shown = given.clone();
    for (at, property) in given.class().properties.iter().enumerate() {
        if !property.flags.read && given.at(at).is_some() {
            shown.set_at(at, cim_core::Value::from("***"));
        }
    }
    plain::instance(&shown)
}

fn written(outcome: &Outcome) -> String {
    let done = if outcome.completed {
        "done"
    } else {
        "under way"
    };
    match &outcome.job {
        Some(job) => format!("{done}, by {job}"),
        None => done.to_owned(),
    }
}

#[async_trait]
impl Provider for Seen {
    fn schema(&self) -> &Arc<Schema> {
        self.0.schema()
    }

    fn is_remote(&self, path: &ObjectPath) -> bool {
        self.0.is_remote(path)
    }

    fn read_lately(&self, context: &OperationContext, path: &ObjectPath) -> Option<Resource> {
        self.0.read_lately(context, path)
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        Self::asked(|| format!("get {path}"), || Json::Null);
        let result = self.0.get(context, path).await;
        let title = |found: &Resource| format!("{}", found.instance.path());
        Self::told(&result, title, plain::resource);
        result
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        let title = || {
            let class = match query.class.name {
                "" => "any class",
                name => name,
            };
            match &query.source {
                Source::Extent => format!("query {class}"),
                Source::Associators(walk) => format!("associators of {}, {class}", walk.object),
                Source::References(walk) => format!("references to {}, {class}", walk.object),
            }
        };
        Self::asked(title, || {
            json!({
                "query": plain::query(query).unwrap_or_default(),
                "skip": page.skip,
                "max_items": page.max_items,
                "count": page.count,
                "from": if page.after.is_some() { "a cursor" } else { "the beginning" },
            })
        });
        let result = self.0.query(context, query, page).await;
        let title = |page: &Page| {
            let more = if page.next.is_some() {
                ", and more"
            } else {
                ""
            };
            format!("{} results{more}", page.items.len())
        };
        Self::told(&result, title, |page| {
            let items = page.items.iter();
            items.map(|item| plain::resource(&item.resource)).collect()
        });
        result
    }

    async fn survey(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Option<Survey>, CimError> {
        // Whoever looks is shown a query with its results.
        match is_wanted() {
            true => Ok(None),
            false => self.0.survey(context, query, page).await,
        }
    }

    async fn create(
        &self,
        context: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        let title = || match &container {
            Some(Container { owner, association }) => format!(
                "create a {} in {owner}, through {}",
                instance.class().name,
                association.name
            ),
            None => format!("create a {}", instance.class().name),
        };
        Self::asked(title, || public(&instance));
        let result = self.0.create(context, instance, container).await;
        let title = |made: &Created| format!("{}, {}", made.path, written(&made.outcome));
        Self::told(&result, title, plain::created);
        result
    }

    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        Self::asked(
            || format!("modify {path}"),
            || {
                let secret = cim_core::Value::from("***");
                let values = changes.iter().map(|change| {
                    let shown = change.property.flags.read;
                    (
                        change.property.name,
                        if shown { &change.value } else { &secret },
                    )
                });
                json!({ "changes": plain::named(values), "if_match": if_match.map(|e| &e.0) })
            },
        );
        let result = self.0.modify(context, path, changes, if_match).await;
        Self::told(&result, written, plain::outcome);
        result
    }

    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        Self::asked(|| format!("delete {path}"), || Json::Null);
        let result = self.0.delete(context, path, if_match).await;
        Self::told(&result, written, plain::outcome);
        result
    }

    async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        let title = || format!("invoke {} on {path}", method.name);
        Self::asked(title, || {
            let given = parameters.iter();
            plain::named(given.map(|(name, value)| (name.as_str(), value)))
        });
        let result = self.0.invoke(context, path, method, parameters).await;
        let title = |invoked: &Invoked| written(&invoked.outcome);
        Self::told(&result, title, plain::invoked);
        result
    }

    async fn newest_event(&self, context: &OperationContext) -> Result<Bookmark, CimError> {
        // What is behind it knows without reading them all.
        self.0.newest_event(context).await
    }

    async fn watch(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        Self::asked(|| format!("watch from event {}", after.0), || Json::Null);
        let result = self.0.watch(context, after, max, wait_until).await;
        Self::told(&result, events_in, plain::event_page);
        result
    }

    async fn watch_some(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
        wanted: Wanted<'_>,
    ) -> Result<EventPage, CimError> {
        Self::asked(|| format!("watch from event {}", after.0), || Json::Null);
        let page = self.0.watch_some(context, after, max, wait_until, wanted);
        let result = page.await;
        Self::told(&result, events_in, plain::event_page);
        result
    }
}
