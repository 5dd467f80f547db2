//! Several clouds as one: the merged view that consoles see when there is more than one cloud.
//!
//! An identifier here is that of the cloud with `c/NAME/` before it. Nothing else changes: every answer is one
//! cloud's, or those of all one after the other. A cloud that does not answer fails the queries over all, and
//! nothing else: an answer without it would be taken for whole.

use std::cmp::Ordering;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use cim_core::{
    CimError, ErrorKind, Etag, Instance, KeyValue, MethodDescriptor, ObjectPath, Schema, Value,
};
use cim_query::{Comparison, Literal, Predicate, Query, Source, sort_order};

use crate::embedded::model::{ENTRY_POINT_ID, names};
use crate::{
    Bookmark, Change, Container, Created, Cursor, EventPage, IfMatch, Invoked, OperationContext,
    Outcome, Page, PageItem, PageRequest, Parameters, Provider, Resource,
};

/// What identifiers of the merged view start with.
const PREFIX: &str = "c/";
/// What identifiers of resources of services that are none of the clouds start with.
const FOREIGN: &str = "x/";

/// The merged view of several clouds.
pub struct MergedProvider {
    clouds: Vec<Cloud>,
    schema: Arc<Schema>,
}

struct Cloud {
    /// `c/NAME/`
    prefix: String,
    provider: Arc<dyn Provider>,
}

/// How far the results of a cloud were told.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Told {
    Nothing,
    UpTo(Cursor),
    All,
}

impl MergedProvider {
    /// The clouds by name. A new resource that names nothing of a cloud goes to the first.
    pub fn new(clouds: Vec<(String, Arc<dyn Provider>)>, schema: &Arc<Schema>) -> Self {
        Self {
            clouds: clouds
                .into_iter()
                .map(|(name, provider)| Cloud {
                    prefix: format!("{PREFIX}{name}/"),
                    provider,
                })
                .collect(),
            schema: Arc::clone(schema),
        }
    }

    /// The cloud of an identifier.
    fn of(&self, id: &str) -> Option<&Cloud> {
        self.clouds
            .iter()
            .find(|cloud| id.starts_with(&cloud.prefix))
    }

    /// The cloud of a path, and the path there.
    fn route(&self, path: &ObjectPath) -> Result<(&Cloud, ObjectPath), CimError> {
        let cloud = first_id(path, &|id| self.of(id)).ok_or_else(|| CimError::not_found(path))?;
        Ok((cloud, cloud.path_there(path)?))
    }

    fn entry_point(&self) -> Option<Resource> {
        let class = self.schema.class(names::ENTRY_POINT)?;
        let all: Vec<_> = self.clouds.iter().map(Cloud::name).collect();
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

impl Cloud {
    fn name(&self) -> &str {
        let name = self.prefix.strip_prefix(PREFIX).unwrap_or_default();
        name.trim_end_matches('/')
    }

    fn id_here(&self, id: &str) -> String {
        if id.is_empty() || id == ENTRY_POINT_ID || id.starts_with(FOREIGN) {
            id.to_owned()
        } else {
            format!("{}{id}", self.prefix)
        }
    }

    fn id_there(&self, id: &str) -> Result<String, CimError> {
        match id.strip_prefix(&self.prefix) {
            Some(id) => Ok(id.to_owned()),
            None if id == ENTRY_POINT_ID || id.starts_with(FOREIGN) || id.is_empty() => {
                Ok(id.to_owned())
            }
            None => Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!("{id} is no resource of the cloud `{}`.", self.name()),
            )),
        }
    }

    fn path_here(&self, path: &ObjectPath) -> ObjectPath {
        let mut path = path.clone();
        for (name, key) in &mut path.keys {
            match key {
                KeyValue::String(id) if name.eq_ignore_ascii_case(names::ID) => {
                    *id = self.id_here(id);
                }
                KeyValue::Reference(inner) => **inner = self.path_here(inner),
                _ => {}
            }
        }
        path
    }

    fn path_there(&self, path: &ObjectPath) -> Result<ObjectPath, CimError> {
        let mut path = path.clone();
        for (name, key) in &mut path.keys {
            match key {
                KeyValue::String(id) if name.eq_ignore_ascii_case(names::ID) => {
                    *id = self.id_there(id)?;
                }
                KeyValue::Reference(inner) => **inner = self.path_there(inner)?,
                _ => {}
            }
        }
        Ok(path)
    }

    /// Every identifier in an instance changed by `map`.
    fn map(
        instance: &Instance,
        ids: &dyn Fn(&str) -> Result<String, CimError>,
        paths: &dyn Fn(&ObjectPath) -> Result<ObjectPath, CimError>,
    ) -> Result<Instance, CimError> {
        let mut mapped = Instance::new(instance.class());
        for (property, value) in instance.present() {
            let is_id = property.name == names::ID || property.reference_class.is_some();
            let value = map_value(value, is_id, ids, paths)
                .map_err(|error| error.with_subject(property.name))?;
            mapped.set(property.name, value);
        }
        Ok(mapped)
    }

    fn here(&self, instance: &Instance) -> Result<Instance, CimError> {
        Self::map(instance, &|id| Ok(self.id_here(id)), &|path| {
            Ok(self.path_here(path))
        })
    }

    fn there(&self, instance: &Instance) -> Result<Instance, CimError> {
        let mut mapped = Self::map(instance, &|id| self.id_there(id), &|path| {
            self.path_there(path)
        })?;
        // Where an image comes from may be a resource, and is no reference in the model.
        for (property, value) in instance.present() {
            if let (None, Value::String(text)) = (property.reference_class, value)
                && let Some(id) = text.strip_prefix(self.prefix.as_str())
            {
                mapped.set(property.name, id);
            }
        }
        Ok(mapped)
    }

    fn value_there(&self, value: &Value, is_id: bool) -> Result<Value, CimError> {
        map_value(value, is_id, &|id| self.id_there(id), &|path| {
            self.path_there(path)
        })
    }

    fn resource_here(&self, resource: Resource) -> Result<Resource, CimError> {
        Ok(Resource {
            instance: self.here(&resource.instance)?,
            etag: resource.etag,
        })
    }

    fn outcome_here(&self, outcome: Outcome) -> Result<Outcome, CimError> {
        Ok(Outcome {
            job: outcome.job.map(|job| self.path_here(&job)),
            completed: outcome.completed,
            resource: outcome
                .resource
                .map(|r| self.resource_here(r))
                .transpose()?,
        })
    }

    /// A query as this cloud understands it.
    fn query_there(&self, query: &Query) -> Result<Query, CimError> {
        let mut query = query.clone();
        if let Source::Associators(walk) | Source::References(walk) = &mut query.source {
            walk.object = self.path_there(&walk.object)?;
        }
        if let Some(predicate) = &mut query.predicate {
            self.predicate_there(predicate);
        }
        Ok(query)
    }

    fn predicate_there(&self, predicate: &mut Predicate) {
        match predicate {
            Predicate::And(parts) | Predicate::Or(parts) => {
                parts.iter_mut().for_each(|part| self.predicate_there(part));
            }
            Predicate::Not(inner) => self.predicate_there(inner),
            Predicate::Compare(Comparison { value, .. })
            | Predicate::Selected {
                compared: Some((_, value)),
                ..
            } => {
                if let Literal::String(text) | Literal::Caseless(text) = value {
                    self.text_there(text);
                }
            }
            Predicate::Like { pattern, .. } => self.text_there(pattern),
            _ => {}
        }
    }

    /// An identifier alone, or the one in a path that is written out.
    fn text_there(&self, text: &mut String) {
        if let Some(id) = text.strip_prefix(&self.prefix) {
            *text = id.to_owned();
        } else if text.contains(&self.prefix) {
            *text = text.replace(&format!("\"{}", self.prefix), "\"");
        }
    }

    async fn page(
        &self,
        context: &OperationContext,
        query: &Query,
        request: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        let query = self.query_there(query)?;
        let page = self.provider.query(context, &query, request).await?;
        let here = |item: PageItem| {
            Ok(PageItem {
                resource: self.resource_here(item.resource)?,
                cursor: item.cursor,
            })
        };
        Ok(Page {
            items: page
                .items
                .into_iter()
                .map(here)
                .collect::<Result<_, CimError>>()?,
            next: page.next,
            count: page.count,
        })
    }
}

fn map_value(
    value: &Value,
    is_id: bool,
    ids: &dyn Fn(&str) -> Result<String, CimError>,
    paths: &dyn Fn(&ObjectPath) -> Result<ObjectPath, CimError>,
) -> Result<Value, CimError> {
    Ok(match value {
        Value::String(id) if is_id => Value::from(ids(id)?),
        Value::Reference(path) => Value::from(paths(path)?),
        Value::Instance(inner) => Value::from(Cloud::map(inner, ids, paths)?),
        Value::Array(values) => Value::Array(
            values
                .iter()
                .map(|value| map_value(value, is_id, ids, paths))
                .collect::<Result<_, _>>()?,
        ),
        other => other.clone(),
    })
}

/// The first identifier in a path of which `find` knows something.
fn first_id<'a, T>(path: &ObjectPath, find: &dyn Fn(&str) -> Option<&'a T>) -> Option<&'a T> {
    path.keys.iter().find_map(|(_, key)| match key {
        KeyValue::String(id) => find(id),
        KeyValue::Reference(inner) => first_id(inner, find),
        _ => None,
    })
}

/// The first cloud that an instance refers to.
fn first_in<'a>(
    instance: &Instance,
    find: &dyn Fn(&str) -> Option<&'a Cloud>,
) -> Option<&'a Cloud> {
    fn in_value<'a>(
        value: &Value,
        is_id: bool,
        find: &dyn Fn(&str) -> Option<&'a Cloud>,
    ) -> Option<&'a Cloud> {
        match value {
            Value::String(id) if is_id || id.starts_with(PREFIX) => find(id),
            Value::Reference(path) => first_id(path, find),
            Value::Instance(inner) => first_in(inner, find),
            Value::Array(values) => values.iter().find_map(|value| in_value(value, is_id, find)),
            _ => None,
        }
    }
    instance.present().find_map(|(property, value)| {
        let is_id = property.name == names::ID || property.reference_class.is_some();
        in_value(value, is_id, find)
    })
}

/// A position: how far each cloud was told.
fn cursor(told: &[Told]) -> Cursor {
    let mut bytes = Vec::new();
    for one in told {
        match one {
            Told::Nothing => bytes.push(0),
            Told::All => bytes.push(1),
            Told::UpTo(Cursor(inner)) => {
                bytes.push(2);
                bytes.extend_from_slice(&u32::try_from(inner.len()).unwrap_or(0).to_be_bytes());
                bytes.extend_from_slice(inner);
            }
        }
    }
    Cursor(bytes)
}

fn told(cursor: &Cursor, clouds: usize) -> Option<Vec<Told>> {
    let mut rest = cursor.0.as_slice();
    let mut told = Vec::with_capacity(clouds);
    for _ in 0..clouds {
        let (kind, behind) = rest.split_first()?;
        rest = behind;
        told.push(match kind {
            0 => Told::Nothing,
            1 => Told::All,
            2 => {
                let (length, behind) = rest.split_first_chunk()?;
                let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
                let (inner, behind) = behind.split_at_checked(length)?;
                rest = behind;
                Told::UpTo(Cursor(inner.to_vec()))
            }
            _ => return None,
        });
    }
    rest.is_empty().then_some(told)
}

impl MergedProvider {
    /// The clouds that a query is about.
    fn asked(&self, query: &Query) -> Result<Vec<&Cloud>, CimError> {
        match &query.source {
            Source::Extent => Ok(self.clouds.iter().collect()),
            Source::Associators(walk) | Source::References(walk) => {
                if Self::is_entry_point(&walk.object) {
                    return Ok(self.clouds.iter().collect());
                }
                Ok(vec![self.route(&walk.object)?.0])
            }
        }
    }

    /// Results of one cloud after the other.
    async fn in_turn(
        &self,
        context: &OperationContext,
        query: &Query,
        clouds: &[&Cloud],
        page: PageRequest<'_>,
        mut told: Vec<Told>,
    ) -> Result<Page, CimError> {
        let mut items = Vec::new();
        let mut skip = page.skip;
        let mut count = page.count.then_some(0);
        if let Some(total) = &mut count {
            for cloud in clouds {
                let request = PageRequest {
                    after: None,
                    skip: 0,
                    max_items: 1,
                    max_examined: 1,
                    count: true,
                };
                *total += cloud
                    .page(context, query, request)
                    .await?
                    .count
                    .unwrap_or(0);
            }
        }
        for (at, cloud) in clouds.iter().enumerate() {
            loop {
                let after = match told.get(at) {
                    None | Some(Told::All) => break,
                    Some(Told::Nothing) => None,
                    Some(Told::UpTo(cursor)) => Some(cursor.clone()),
                };
                let room = page.max_items.saturating_sub(items.len());
                let request = PageRequest {
                    after: after.as_ref(),
                    skip,
                    max_items: room.max(1),
                    max_examined: page.max_examined,
                    // Only who knows how many there are knows how much of a skip is left.
                    count: skip > 0,
                };
                let found = cloud.page(context, query, request).await?;
                if room == 0 && !found.items.is_empty() {
                    return Ok(Page {
                        items,
                        next: Some(cursor(&told)),
                        count,
                    });
                }
                if found.items.is_empty() && found.next.is_none() {
                    skip = skip.saturating_sub(found.count.unwrap_or(0));
                } else if !found.items.is_empty() {
                    skip = 0;
                }
                for item in found.items {
                    if let Some(slot) = told.get_mut(at) {
                        *slot = Told::UpTo(item.cursor);
                    }
                    items.push(PageItem {
                        resource: item.resource,
                        cursor: cursor(&told),
                    });
                }
                let ended = found.next.is_none();
                if let Some(slot) = told.get_mut(at) {
                    *slot = found.next.map_or(Told::All, Told::UpTo);
                }
                if ended {
                    break;
                }
                if items.len() >= page.max_items || page.max_examined != usize::MAX {
                    return Ok(Page {
                        items,
                        next: Some(cursor(&told)),
                        count,
                    });
                }
            }
        }
        Ok(Page {
            items,
            next: None,
            count,
        })
    }

    /// Results of all clouds in the order that the query asks for.
    async fn in_order(
        &self,
        context: &OperationContext,
        query: &Query,
        clouds: &[&Cloud],
        page: PageRequest<'_>,
        mut told: Vec<Told>,
    ) -> Result<Page, CimError> {
        let skip = usize::try_from(page.skip).unwrap_or(usize::MAX);
        let wanted = page.max_items.saturating_add(skip);
        let mut lists = Vec::with_capacity(clouds.len());
        let mut more = false;
        let mut count = page.count.then_some(0);
        for (at, cloud) in clouds.iter().enumerate() {
            let after = match told.get(at) {
                None | Some(Told::All) => {
                    lists.push(Vec::new().into_iter().peekable());
                    continue;
                }
                Some(Told::Nothing) => None,
                Some(Told::UpTo(cursor)) => Some(cursor.clone()),
            };
            let request = PageRequest {
                after: after.as_ref(),
                skip: 0,
                max_items: wanted,
                max_examined: usize::MAX,
                count: page.count,
            };
            let found = cloud.page(context, query, request).await?;
            more |= found.next.is_some();
            if let (Some(total), Some(part)) = (&mut count, found.count) {
                *total += part;
            }
            lists.push(found.items.into_iter().peekable());
        }
        let mut items = Vec::new();
        let mut taken = 0;
        while taken < wanted {
            let best = (0..lists.len())
                .filter_map(|at| {
                    let item = lists.get_mut(at)?.peek()?;
                    Some((at, sort_key(query, &item.resource.instance)))
                })
                .min_by(|(_, a), (_, b)| compare(query, a, b))
                .map(|(at, _)| at);
            let Some(at) = best else { break };
            let Some(item) = lists.get_mut(at).and_then(Iterator::next) else {
                break;
            };
            if let Some(slot) = told.get_mut(at) {
                *slot = Told::UpTo(item.cursor);
            }
            taken += 1;
            if taken > skip {
                items.push(PageItem {
                    resource: item.resource,
                    cursor: cursor(&told),
                });
            }
        }
        more |= lists.iter_mut().any(|list| list.peek().is_some());
        let next = more.then(|| cursor(&told));
        Ok(Page { items, next, count })
    }
}

fn sort_key(query: &Query, instance: &Instance) -> Vec<Value> {
    let by = query.order_by.iter();
    by.map(|by| instance.value(&by.property).clone()).collect()
}

fn compare(query: &Query, a: &[Value], b: &[Value]) -> Ordering {
    let values = a.iter().zip(b);
    query
        .order_by
        .iter()
        .zip(values)
        .map(|(by, (a, b))| {
            let order = sort_order(a, b);
            if by.descending {
                order.reverse()
            } else {
                order
            }
        })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[async_trait]
impl Provider for MergedProvider {
    fn schema(&self) -> &Arc<Schema> {
        &self.schema
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
                Some(first) => (first, {
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
            None => match first_in(&instance, &find).or(self.clouds.first()) {
                Some(cloud) => cloud,
                None => return Err(CimError::internal("there are no clouds")),
            },
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

    /// Positions in the events of several clouds do not fit into one.
    async fn watch(
        &self,
        _: &OperationContext,
        _: Bookmark,
        _: usize,
        _: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        let names: Vec<_> = self.clouds.iter().map(Cloud::name).collect();
        Err(CimError::new(
            ErrorKind::NotSupported,
            format!(
                "Events are told by each cloud, not by all together: ask in the namespaces of {}.",
                names.join(", ")
            ),
        ))
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

    use store::RedbStore;

    use super::*;
    use crate::conformance::{self, Suite};
    use crate::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
    use crate::{Principal, Role};

    async fn two() -> (MergedProvider, [Arc<EmbeddedProvider>; 2]) {
        let open = || async {
            let config = EmbeddedConfig {
                durations: Durations::all(Duration::from_millis(3)),
                ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
            };
            let store = Arc::new(RedbStore::in_memory().unwrap());
            EmbeddedProvider::open(store, config).await.unwrap()
        };
        let both = [open().await, open().await];
        let named = ["one", "two"].into_iter().zip(&both);
        let clouds = named
            .map(|(name, cloud)| (name.to_owned(), Arc::clone(cloud) as Arc<dyn Provider>))
            .collect();
        (MergedProvider::new(clouds, cimi_model::schema()), both)
    }

    fn context(role: Role, tenant: Option<&str>) -> OperationContext {
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
        let (merged, both) = two().await;
        for cloud in &both {
            cloud.seed_demo().await.unwrap();
        }
        conformance::all(&Suite {
            provider: &merged,
            context: &context,
            principals: false,
            events: false,
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

    #[test]
    fn positions_come_back() {
        let all = [
            Told::Nothing,
            Told::All,
            Told::UpTo(Cursor(b"abc".to_vec())),
            Told::UpTo(Cursor(Vec::new())),
        ];
        assert_eq!(told(&cursor(&all), 4).unwrap(), all);
        assert_eq!(told(&cursor(&all), 3), None);
        for wrong in [&b""[..], b"\x02", b"\x02\xff\xff\xff\xff", b"\x07"] {
            assert_eq!(told(&Cursor(wrong.to_vec()), 1), None);
        }
    }
}
