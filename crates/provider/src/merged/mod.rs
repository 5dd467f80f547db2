//! Several clouds as one: the merged view that consoles see when there is more than one cloud.
//!
//! An identifier here is that of the cloud with `c/NAME/` before it. Nothing else changes: every answer is one
//! cloud's, or those of all one after the other. A cloud that does not answer fails the queries over all, and
//! nothing else: an answer without it would be taken for whole.

mod cloud;
mod journal;
mod pages;

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use cim_core::{CimError, ErrorKind, Etag, Instance, MethodDescriptor, ObjectPath, Schema};
use cim_query::{Query, Source};
use store::Store;

use crate::embedded::model::{ENTRY_POINT_ID, names};
use crate::{
    Bookmark, Change, Container, Created, Cursor, EventPage, IfMatch, Invoked, OperationContext,
    Outcome, Page, PageItem, PageRequest, Parameters, Provider, Resource,
};

pub(crate) use cloud::PREFIX;
use cloud::{Cloud, first_id, first_in, map_value};
use journal::Journal;
use pages::{Told, told};

/// The merged view of several clouds.
pub struct MergedProvider {
    clouds: Vec<Arc<Cloud>>,
    schema: Arc<Schema>,
    /// The events of all; absent where each tells its own only.
    journal: Option<Arc<Journal>>,
}

impl MergedProvider {
    /// The clouds by name. A new resource that names nothing of a cloud goes to the first.
    pub fn new(clouds: Vec<(String, Arc<dyn Provider>)>, schema: &Arc<Schema>) -> Self {
        Self {
            clouds: clouds
                .into_iter()
                .map(|(name, provider)| {
                    let prefix = format!("{PREFIX}{name}/");
                    Arc::new(Cloud { prefix, provider })
                })
                .collect(),
            schema: Arc::clone(schema),
            journal: None,
        }
    }

    /// The same with the events of all clouds, whose order is kept in `store`. Must be called within a tokio runtime;
    /// what runs ends when this is dropped.
    #[must_use]
    pub fn with_events(mut self, store: Arc<dyn Store>) -> Self {
        self.journal = Some(Journal::new(&self.clouds, store));
        self
    }

    /// The cloud of an identifier.
    fn of(&self, id: &str) -> Option<&Cloud> {
        self.clouds
            .iter()
            .map(|cloud| &**cloud)
            .find(|cloud| id.starts_with(&cloud.prefix))
    }

    /// The cloud of a path, and the path there.
    fn route(&self, path: &ObjectPath) -> Result<(&Cloud, ObjectPath), CimError> {
        let cloud = first_id(path, &|id| self.of(id)).ok_or_else(|| CimError::not_found(path))?;
        Ok((cloud, cloud.path_there(path)?))
    }

    fn entry_point(&self) -> Option<Resource> {
        let class = self.schema.class(names::ENTRY_POINT)?;
        let all: Vec<_> = self.clouds.iter().map(|cloud| cloud.name()).collect();
        let instance = Instance::new(class)
            .with(names::ID, ENTRY_POINT_ID)
            .with(names::NAME, "cimi-bridge")
            .with(
                names::DESCRIPTION,
                format!("The clouds {} together.", all.join(", ")),
            );
        Some(Resource {
            instance,
            etag: Etag("1".to_owned()),
        })
    }

    fn is_entry_point(path: &ObjectPath) -> bool {
        path.instance_id() == Some(ENTRY_POINT_ID)
    }
}

#[async_trait]
impl Provider for MergedProvider {
    fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    fn is_remote(&self, path: &ObjectPath) -> bool {
        let found = self.route(path);
        found.is_ok_and(|(cloud, there)| cloud.provider.is_remote(&there))
    }

    fn read_lately(&self, context: &OperationContext, path: &ObjectPath) -> Option<Resource> {
        let (cloud, there) = self.route(path).ok()?;
        let resource = cloud.provider.read_lately(context, &there)?;
        cloud.resource_here(resource).ok()
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        if Self::is_entry_point(path) {
            let entry = self.entry_point().filter(|entry| {
                let class = self.schema.class(&path.class);
                class.is_some_and(|class| entry.instance.class().is_a(class.name))
            });
            return entry.ok_or_else(|| CimError::not_found(path));
        }
        // What is wrong with a path is found out by whoever knows classes.
        let (cloud, there) = match self.route(path) {
            Ok(found) => found,
            Err(none) => match self.clouds.first() {
                Some(first) => (&**first, {
                    let is_addressed =
                        self.schema.class(&path.class).is_some() && path.instance_id().is_some();
                    if is_addressed {
                        return Err(none);
                    }
                    path.clone()
                }),
                None => return Err(none),
            },
        };
        let resource = cloud.provider.get(context, &there).await?;
        cloud.resource_here(resource)
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        let is_entry = matches!(query.source, Source::Extent)
            && query.class.name.eq_ignore_ascii_case(names::ENTRY_POINT);
        if is_entry {
            let entry = self.entry_point().filter(|entry| {
                page.after.is_none()
                    && page.skip == 0
                    && query
                        .predicate
                        .as_ref()
                        .is_none_or(|p| p.matches(&entry.instance))
            });
            let items: Vec<PageItem> = entry
                .into_iter()
                .map(|resource| PageItem {
                    resource,
                    cursor: Cursor(Vec::new()),
                })
                .collect();
            let count = page.count.then_some(items.len() as u64);
            return Ok(Page {
                items,
                next: None,
                count,
            });
        }
        let clouds = self.asked(query)?;
        let told = match page.after {
            None => vec![Told::Nothing; clouds.len()],
            Some(after) => told(after, clouds.len()).ok_or_else(|| {
                CimError::new(
                    ErrorKind::InvalidCursor,
                    "It is no position in these results.",
                )
            })?,
        };
        if query.order_by.is_empty() {
            self.in_turn(context, query, &clouds, page, told).await
        } else {
            self.in_order(context, query, &clouds, page, told).await
        }
    }

    async fn create(
        &self,
        context: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        let find = |id: &str| self.of(id);
        let cloud = match &container {
            Some(container) => self.route(&container.owner)?.0,
            None => {
                match first_in(&instance, &find).or(self.clouds.first().map(|cloud| &**cloud)) {
                    Some(cloud) => cloud,
                    None => return Err(CimError::internal("there are no clouds")),
                }
            }
        };
        let container = container
            .map(|container| {
                Ok::<_, CimError>(Container {
                    owner: cloud.path_there(&container.owner)?,
                    association: container.association,
                })
            })
            .transpose()?;
        // A new resource gets an identifier of its own, whatever a copy says.
        let mut instance = instance;
        instance.unset(names::ID);
        let instance = cloud.there(&instance)?;
        let created = cloud.provider.create(context, instance, container).await?;
        Ok(Created {
            path: cloud.path_here(&created.path),
            outcome: cloud.outcome_here(created.outcome)?,
        })
    }

    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        if Self::is_entry_point(path) {
            return Err(fixed());
        }
        let (cloud, there) = self.route(path)?;
        let changes = changes
            .into_iter()
            .map(|change| {
                let is_id = change.property.reference_class.is_some();
                let value = cloud.value_there(&change.value, is_id);
                Ok(Change {
                    property: change.property,
                    value: value.map_err(|error| error.with_subject(change.property.name))?,
                })
            })
            .collect::<Result<_, CimError>>()?;
        let outcome = cloud
            .provider
            .modify(context, &there, changes, if_match)
            .await?;
        cloud.outcome_here(outcome)
    }

    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        if Self::is_entry_point(path) {
            return Err(fixed());
        }
        let (cloud, there) = self.route(path)?;
        let outcome = cloud.provider.delete(context, &there, if_match).await?;
        cloud.outcome_here(outcome)
    }

    async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        let (cloud, there) = self.route(path)?;
        let parameters = parameters
            .into_iter()
            .map(|(name, value)| {
                let is_id = method
                    .parameter(&name)
                    .is_some_and(|p| p.value.reference_class.is_some());
                let value = cloud.value_there(&value, is_id)?;
                Ok((name, value))
            })
            .collect::<Result<_, CimError>>()?;
        let invoked = cloud
            .provider
            .invoke(context, &there, method, parameters)
            .await?;
        let outputs = invoked
            .outputs
            .into_iter()
            .map(|(name, value)| {
                let value = map_value(&value, false, &|id| Ok(cloud.id_here(id)), &|path| {
                    Ok(cloud.path_here(path))
                })?;
                Ok((name, value))
            })
            .collect::<Result<_, CimError>>()?;
        Ok(Invoked {
            return_value: invoked.return_value,
            outputs,
            outcome: cloud.outcome_here(invoked.outcome)?,
        })
    }

    async fn newest_event(&self, _: &OperationContext) -> Result<Bookmark, CimError> {
        match &self.journal {
            Some(journal) => journal.newest().await,
            None => Err(self.told_by_each()),
        }
    }

    async fn watch(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        match &self.journal {
            Some(journal) => journal.watch(context, after, max, wait_until).await,
            None => Err(self.told_by_each()),
        }
    }
}

impl MergedProvider {
    fn told_by_each(&self) -> CimError {
        let names: Vec<_> = self.clouds.iter().map(|cloud| cloud.name()).collect();
        CimError::new(
            ErrorKind::NotSupported,
            format!(
                "Events are told by each cloud, not by all together: ask in the namespaces of {}.",
                names.join(", ")
            ),
        )
    }
}

fn fixed() -> CimError {
    CimError::new(
        ErrorKind::NotSupported,
        "The entry point of several clouds together cannot be changed.",
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use store::{RedbOptions, RedbStore};

    use super::*;
    use crate::conformance::{self, Suite};
    use crate::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
    use crate::{Principal, Role};

    /// A cloud that keeps so many events.
    pub(super) async fn cloud(events: u64) -> Arc<EmbeddedProvider> {
        let config = EmbeddedConfig {
            durations: Durations::all(Duration::from_millis(3)),
            ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
        };
        let options = RedbOptions {
            max_events: events,
            ..RedbOptions::default()
        };
        let store = Arc::new(RedbStore::in_memory_with(&options).unwrap());
        EmbeddedProvider::open(store, config).await.unwrap()
    }

    fn merged(both: &[Arc<EmbeddedProvider>; 2]) -> MergedProvider {
        let named = ["one", "two"].into_iter().zip(both);
        let clouds = named
            .map(|(name, cloud)| (name.to_owned(), Arc::clone(cloud) as Arc<dyn Provider>))
            .collect();
        MergedProvider::new(clouds, cimi_model::schema())
    }

    /// Both together, with the order of their events in a store.
    pub(super) fn merged_with(
        both: &[Arc<EmbeddedProvider>; 2],
        store: Arc<dyn Store>,
    ) -> MergedProvider {
        merged(both).with_events(store)
    }

    pub(super) async fn two() -> (MergedProvider, [Arc<EmbeddedProvider>; 2]) {
        let both = [cloud(100_000).await, cloud(100_000).await];
        (merged(&both), both)
    }

    /// Makes something: one event.
    pub(super) async fn configure(cloud: &dyn Provider, name: &str) {
        let class = cloud.schema().class("CIMI_MachineConfiguration").unwrap();
        let instance = Instance::new(class)
            .with("ElementName", name)
            .with("Memory", 1024_u64)
            .with("Cpu", 1_u64);
        let admin = context(Role::Administrator, None);
        cloud.create(&admin, instance, None).await.unwrap();
    }

    pub(super) fn context(role: Role, tenant: Option<&str>) -> OperationContext {
        OperationContext {
            principal: Arc::new(Principal {
                name: "somebody".to_owned(),
                role,
                tenant: tenant.map(str::to_owned),
                password: None,
            }),
            deadline: None,
        }
    }

    #[tokio::test]
    async fn conforms() {
        let (_, both) = two().await;
        for cloud in &both {
            cloud.seed_demo().await.unwrap();
        }
        let merged = merged_with(&both, Arc::new(RedbStore::in_memory().unwrap()));
        conformance::all(&Suite {
            provider: &merged,
            context: &context,
            principals: false,
            events: true,
        })
        .await;
    }

    #[tokio::test]
    async fn shows_all_clouds_and_changes_the_right_one() {
        let (merged, both) = two().await;
        let context = context(Role::Administrator, None);
        let class = merged.schema().class("CIMI_VolumeConfiguration").unwrap();
        for (cloud, sizes) in both.iter().zip([[1_u64, 4, 5], [2, 3, 6]]) {
            for size in sizes {
                let config = Instance::new(class).with("Capacity", size);
                cloud.create(&context, config, None).await.unwrap();
            }
        }
        for descending in [false, true] {
            let mut query = Query::all(class);
            query.order_by = vec![cim_query::OrderBy {
                property: "Capacity".into(),
                descending,
            }];
            let mut sizes = Vec::new();
            let mut after: Option<Cursor> = None;
            loop {
                let request = PageRequest {
                    after: after.as_ref(),
                    skip: 0,
                    max_items: 2,
                    max_examined: usize::MAX,
                    count: true,
                };
                let page = merged.query(&context, &query, request).await.unwrap();
                assert_eq!(page.count, Some(6));
                sizes.extend(
                    page.items
                        .iter()
                        .map(|item| item.resource.instance.value("Capacity").as_u64().unwrap()),
                );
                match page.next {
                    Some(next) => after = Some(next),
                    None => break,
                }
            }
            let mut expected: Vec<u64> = (1..=6).collect();
            if descending {
                expected.reverse();
            }
            assert_eq!(sizes, expected);
        }
        // Ordinals count over all.
        let request = PageRequest {
            after: None,
            skip: 4,
            max_items: 10,
            max_examined: usize::MAX,
            count: true,
        };
        let page = merged
            .query(&context, &Query::all(class), request)
            .await
            .unwrap();
        assert_eq!((page.items.len(), page.count), (2, Some(6)));
        let last = page.items.last().unwrap().resource.instance.path();
        assert!(last.instance_id().unwrap().starts_with("c/two/"), "{last}");
        merged.delete(&context, &last, None).await.unwrap();
        // A reference from one to the other is none.
        let template = merged.schema().class("CIMI_VolumeTemplate").unwrap();
        let config = page.items[0].resource.instance.text("InstanceID").unwrap();
        let image = "c/one/volumeImages/1";
        let mixed = Instance::new(template)
            .with("VolumeConfig", config)
            .with("VolumeImage", image);
        let error = merged.create(&context, mixed, None).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter);
        assert_eq!(error.subject(), Some("VolumeImage"));
    }
}
