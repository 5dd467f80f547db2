//! One look at a class: everything that is there, beside what was there last time.

use std::collections::HashMap;
use std::sync::Arc;

use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, ObjectPath, Schema, Value};
use cim_query::Query;
use cimi_model::classes::{cimi_event, cimi_job};
use store::{Batch, Write};

use super::{ReportKind, Shared, Told, failed, kind_of, now, rows};
use crate::embedded::model::names;
use crate::{Cursor, EventKind, PageRequest, Resource, fingerprint};

/// Resources asked for at once.
const PAGE: usize = 200;
/// Pages of one look; a cloud that never ends is left alone.
const MAX_PAGES: usize = 50_000;
/// Changes written together.
const BATCH: usize = 64;
/// Resources that one job or event makes be looked at.
const MAX_MENTIONED: usize = 16;

/// The classes whose instances are looked at.
pub(super) fn classes(schema: &Arc<Schema>) -> impl Iterator<Item = &'static ClassDescriptor> {
    schema
        .classes()
        .iter()
        .copied()
        .filter(|class| class.is_a(names::RESOURCE) && !class.flags.is_abstract)
}

/// Whether instances of a class say where else something happens.
pub(super) fn is_hint(class: &ClassDescriptor) -> bool {
    class.is_a(cimi_job::CLASS.name) || class.is_a(cimi_event::CLASS.name)
}

/// Changes that are found, written a batch at a time.
struct Found<'a> {
    shared: &'a Shared,
    batch: Batch,
    count: usize,
    mentioned: Vec<String>,
}

impl Found<'_> {
    async fn add(&mut self, write: Write, event: Option<Vec<u8>>) -> Result<(), CimError> {
        self.batch.writes.push(write);
        self.count += usize::from(event.is_some());
        self.batch.events.extend(event);
        if self.batch.writes.len() >= BATCH {
            self.write().await?;
        }
        Ok(())
    }

    async fn write(&mut self) -> Result<(), CimError> {
        let batch = std::mem::take(&mut self.batch);
        if batch.writes.is_empty() {
            return Ok(());
        }
        let written = self.shared.store.write(batch).await;
        written.map(|_| ()).map_err(|error| failed(&error))
    }

    /// A resource as it is now, beside what it was, if it was there.
    async fn saw(
        &mut self,
        resource: Resource,
        was_there: bool,
        is_told: bool,
    ) -> Result<(), CimError> {
        let instance = public(resource.instance);
        let (class, path) = (instance.class().name, path_of(&instance));
        let before = match was_there {
            true => {
                let schema = self.shared.inner.schema();
                rows::instance(&*self.shared.store, schema, class, &path).await?
            }
            false => None,
        };
        let is_other = before.as_ref() != Some(&instance);
        let event = (is_told && is_other).then(|| {
            self.mentioned.extend(mentioned(&instance));
            rows::event(&now(), &kind_of(before, true), &instance)
        });
        let row = rows::put(&path, &instance, &resource.etag);
        self.add(row, event).await
    }

    /// A resource that is gone.
    async fn missed(&mut self, class: &str, path: &str, is_told: bool) -> Result<(), CimError> {
        let schema = self.shared.inner.schema();
        let before = rows::instance(&*self.shared.store, schema, class, path).await?;
        let before = before.filter(|_| is_told);
        let event = before.map(|before| rows::event(&now(), &EventKind::Deletion, &before));
        let key = rows::key(class, path);
        self.add(Write::Delete { key }, event).await
    }
}

impl Shared {
    /// Looks at all instances of a class; how many changes there were. `loud`: they are told.
    ///
    /// # Errors
    /// The cloud does not answer; what was seen until then counts, and nothing counts as gone.
    pub(super) async fn look(
        &self,
        class: &'static ClassDescriptor,
        loud: bool,
    ) -> Result<usize, CimError> {
        let was_known = rows::is_known(&*self.store, class.name).await?;
        let is_told = loud && was_known;
        let mut before = rows::etags(&*self.store, class.name).await?;
        let query = Query {
            exact_class: true,
            ..Query::all(class)
        };
        let mut found = Found {
            shared: self,
            batch: Batch::default(),
            count: 0,
            mentioned: Vec::new(),
        };
        let mut after: Option<Cursor> = None;
        let mut pages = 0;
        let ended = loop {
            let request = PageRequest {
                after: after.as_ref(),
                skip: 0,
                max_items: PAGE,
                max_examined: 100 * PAGE,
                count: false,
            };
            let page = match self.inner.query(&self.context, &query, request).await {
                Ok(page) => page,
                Err(error) => break Err(error),
            };
            for item in page.items {
                let resource = item.resource;
                let known = before.remove(&path_of(&resource.instance));
                if known.as_ref() != Some(&resource.etag) {
                    found.saw(resource, known.is_some(), is_told).await?;
                }
            }
            pages += 1;
            match page.next {
                None => break Ok(()),
                Some(next) if pages < MAX_PAGES && after.as_ref() != Some(&next) => {
                    after = Some(next);
                }
                Some(_) => {
                    break Err(CimError::new(
                        ErrorKind::BackEnd,
                        format!("The listing of {} does not end.", class.name),
                    ));
                }
            }
        };
        match ended {
            // Only what a whole listing does not have may be gone, and only if it cannot be read either.
            Ok(()) => {
                for path in before.into_keys() {
                    if self.is_gone(&path).await {
                        found.missed(class.name, &path, is_told).await?;
                    }
                }
                if !was_known {
                    found.add(rows::know(class.name), None).await?;
                }
            }
            Err(error) if is_absent(&error) => {}
            Err(error) => {
                found.write().await?;
                return Err(error);
            }
        }
        // What is looked at twice is compared with what was just seen.
        found.write().await?;
        self.look_at_mentioned(&mut found).await?;
        found.write().await?;
        Ok(found.count)
    }

    async fn is_gone(&self, path: &str) -> bool {
        let Ok(path) = ObjectPath::parse(path) else {
            return true;
        };
        let got = self.inner.get(&self.context, &path).await;
        got.is_err_and(|error| error.kind() == ErrorKind::NotFound)
    }

    /// Looks at what jobs and events mention.
    async fn look_at_mentioned(&self, found: &mut Found<'_>) -> Result<(), CimError> {
        let mut ids = std::mem::take(&mut found.mentioned);
        ids.sort_unstable();
        ids.dedup();
        ids.truncate(4 * MAX_MENTIONED);
        for id in ids {
            let path = ObjectPath::new(names::RESOURCE, "InstanceID", id.as_str());
            let Ok(resource) = self.inner.get(&self.context, &path).await else {
                // The next look at its class says what became of it.
                continue;
            };
            let class = resource.instance.class().name;
            let key = rows::key(class, &path_of(&resource.instance));
            let was_there = self.store.get(&key).await.map_err(|error| failed(&error))?;
            let is_known = rows::is_known(&*self.store, class).await?;
            found.saw(resource, was_there.is_some(), is_known).await?;
        }
        found.mentioned.clear();
        Ok(())
    }

    /// Takes what a back end told.
    pub(super) async fn take(&self, told: Told) -> Result<(), CimError> {
        let mut batch = Batch::default();
        if told.dropped > 0 {
            batch.events.push(rows::lost(told.dropped));
        }
        let schema = self.inner.schema();
        // As the reports before leave things, which are not written yet.
        let mut seen: HashMap<String, Instance> = HashMap::new();
        for report in told.reports {
            let instance = public(report.instance);
            let (class, path) = (instance.class().name, path_of(&instance));
            let kind = match report.kind {
                ReportKind::Creation => EventKind::Creation,
                ReportKind::Deletion => EventKind::Deletion,
                ReportKind::Modification(Some(previous)) => EventKind::Modification {
                    previous: Box::new(public(*previous)),
                },
                ReportKind::Modification(None) => {
                    let before = match seen.get(&path) {
                        Some(before) => Some(before.clone()),
                        None => rows::instance(&*self.store, schema, class, &path).await?,
                    };
                    let previous = before.unwrap_or_else(|| instance.clone());
                    EventKind::Modification {
                        previous: Box::new(previous),
                    }
                }
            };
            batch.writes.push(match kind {
                EventKind::Deletion => Write::Delete {
                    key: rows::key(class, &path),
                },
                _ => rows::put(&path, &instance, &fingerprint(&instance)),
            });
            batch.events.push(rows::event(&now(), &kind, &instance));
            seen.insert(path, instance);
        }
        if let Some(bookmark) = &told.bookmark {
            batch.writes.push(rows::put_bookmark(bookmark));
        }
        let written = self.store.write(batch).await;
        written.map(|_| ()).map_err(|error| failed(&error))
    }
}

/// Whether the cloud has no such class, which is no reason to be worried.
fn is_absent(error: &CimError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::NotSupported | ErrorKind::NotFound | ErrorKind::InvalidClass
    )
}

/// What is told of a resource: no secrets, and nothing that depends on who looks.
fn public(mut instance: Instance) -> Instance {
    instance.unset(names::OPERATIONS);
    let class = instance.class();
    for property in class.properties.iter().filter(|p| !p.flags.read) {
        instance.unset(property.name);
    }
    instance
}

fn path_of(instance: &Instance) -> String {
    instance.path().to_string()
}

/// The resources that a job or an event is about.
fn mentioned(instance: &Instance) -> Vec<String> {
    let class = instance.class();
    let mut ids = Vec::new();
    let mut add = |value: &Value| {
        ids.extend(
            value
                .elements()
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned),
        );
    };
    if class.is_a(cimi_job::CLASS.name) {
        add(instance.value("TargetResource"));
        add(instance.value("AffectedResources"));
    } else if class.is_a(cimi_event::CLASS.name)
        && let Some(content) = instance.value("Content").as_instance()
    {
        add(content.value("Resource"));
    }
    ids.truncate(MAX_MENTIONED);
    ids
}
