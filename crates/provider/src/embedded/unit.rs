//! A unit of work: what one operation reads and writes, committed together.
//!
//! Every row that a unit has loaded must be unchanged when it commits; otherwise somebody else was
//! quicker and the operation is done again from the start ([`Retries`]). Indexes and events follow
//! from the rows: no operation writes them itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::sync::Arc;

use cim_core::{CimError, DateTime, ErrorKind, Value};
use store::{Batch, Committed, Count, Expect, Expected, Scan, StoreError, Write};

use super::consequences::Ended;
use super::core::{Core, new_segment, now, sees, store_error, without_secrets, writes};
use super::index::{index, normalize, redirect};
use super::jobs::Notice;
use super::keys;
use super::lifecycle;
use super::model::{Kind, names};
use super::own_keys;
use super::quota::Used;
use super::row::{Row, encode_event};
use super::simulation::Draws;
use super::work::Work;
use crate::OperationContext;

/// See the module.
pub(crate) struct Unit<'c> {
    pub(crate) core: &'c Core,
    /// The time of everything that the unit does, in microseconds since the epoch.
    pub(crate) now: i64,
    entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
    /// What else must be true.
    expect: Vec<Expect>,
    /// What else is written.
    writes: Vec<Write>,
    notices: Vec<Notice>,
    /// The work of jobs as this unit leaves it; `None` for a job that has ended.
    pub(crate) work: BTreeMap<String, Option<Work>>,
    /// Nested jobs that ended, for their parents.
    pub(crate) ended: Vec<Ended>,
    /// Systems whose state is to be looked at.
    pub(crate) underived: BTreeSet<String>,
    /// The last numbers given, by owner.
    numbers: BTreeMap<String, u64>,
    /// What the simulation drew.
    pub(crate) draws: Draws,
    /// Who asked for what the unit does, if somebody did.
    pub(crate) caller: Option<String>,
}

pub(crate) struct Entry {
    pub(crate) id: String,
    /// The row as it is in the store, with its version.
    pub(crate) before: Option<(u64, Row)>,
    pub(crate) after: Option<Row>,
    changed: bool,
}

impl<'c> Unit<'c> {
    pub(crate) fn new(core: &'c Core) -> Self {
        Self {
            core,
            now: now(),
            entries: Vec::new(),
            by_id: HashMap::new(),
            expect: Vec::new(),
            writes: Vec::new(),
            notices: Vec::new(),
            work: BTreeMap::new(),
            ended: Vec::new(),
            underived: BTreeSet::new(),
            numbers: BTreeMap::new(),
            draws: Draws::default(),
            caller: None,
        }
    }

    /// A unit that does what somebody asked for; event logs say who.
    pub(crate) fn for_caller(core: &'c Core, context: &OperationContext) -> Self {
        Self {
            caller: Some(context.principal.name.clone()),
            ..Self::new(core)
        }
    }

    /// The time of the unit as a value.
    pub(crate) fn time(&self) -> Value {
        Value::DateTime(DateTime::utc(self.now))
    }

    /// What the unit changes.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.changed)
    }

    /// Whether the unit makes the resource.
    pub(crate) fn is_new(&self, id: &str) -> bool {
        self.entry(id)
            .is_some_and(|entry| entry.before.is_none() && entry.after.is_some())
    }

    pub(crate) fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).and_then(|at| self.entries.get(*at))
    }

    /// The resource of that InstanceID as the unit has it now.
    pub(crate) fn row(&self, id: &str) -> Option<&Row> {
        self.entry(id).and_then(|entry| entry.after.as_ref())
    }

    /// The version in the store of a loaded resource.
    pub(crate) fn version(&self, id: &str) -> Option<u64> {
        self.entry(id)
            .and_then(|entry| entry.before.as_ref())
            .map(|(version, _)| *version)
    }

    /// The resource, to be changed.
    pub(crate) fn row_mut(&mut self, id: &str) -> Option<&mut Row> {
        let entry = self
            .by_id
            .get(id)
            .and_then(|at| self.entries.get_mut(*at))?;
        entry.changed = true;
        entry.after.as_mut()
    }

    /// Loads a resource; returns whether it is there.
    pub(crate) async fn load(&mut self, id: &str) -> Result<bool, CimError> {
        if let Some(entry) = self.entry(id) {
            return Ok(entry.after.is_some());
        }
        if id.is_empty() || id.contains('\0') {
            return Ok(false);
        }
        let Some(class) = self.core.class_of(id).await? else {
            return Ok(false);
        };
        let stored = self
            .core
            .store
            .get(&keys::resource(class.name, id))
            .await
            .map_err(|error| store_error(&error))?;
        // Deleted between the two reads.
        let Some((version, bytes)) = stored else {
            return Ok(false);
        };
        let row = Row::decode(&bytes, &self.core.model.schema)?;
        self.put_entry(Entry {
            id: id.to_owned(),
            before: Some((version, row.clone())),
            after: Some(row),
            changed: false,
        });
        Ok(true)
    }

    /// Loads a resource that the caller must see and that must be of this class.
    pub(crate) async fn load_visible(
        &mut self,
        context: &OperationContext,
        class: &str,
        id: &str,
    ) -> Result<bool, CimError> {
        Ok(self.load(id).await?
            && self.row(id).is_some_and(|row| {
                row.instance.class().is_a(class) && sees(&context.principal, row.tenant.as_deref())
            }))
    }

    /// Loads a resource that the caller wants to change.
    ///
    /// # Errors
    /// `NotFound` if the caller does not see it, `AccessDenied` if it belongs to somebody else.
    pub(crate) async fn load_to_write(
        &mut self,
        context: &OperationContext,
        class: &str,
        id: &str,
    ) -> Result<&Row, CimError> {
        self.load_visible(context, class, id).await?;
        let row = self
            .row(id)
            .filter(|row| {
                row.instance.class().is_a(class) && sees(&context.principal, row.tenant.as_deref())
            })
            .ok_or_else(|| CimError::not_found(format_args!("{class} {id}")))?;
        if !writes(&context.principal, row.tenant.as_deref()) {
            return Err(CimError::new(
                ErrorKind::AccessDenied,
                format!("{id} belongs to the service; tenants may only read it."),
            ));
        }
        Ok(row)
    }

    fn put_entry(&mut self, entry: Entry) {
        match self
            .by_id
            .get(&entry.id)
            .and_then(|at| self.entries.get_mut(*at))
        {
            Some(slot) => *slot = entry,
            None => {
                self.by_id.insert(entry.id.clone(), self.entries.len());
                self.entries.push(entry);
            }
        }
    }

    /// A new InstanceID in a collection. One unit makes many resources in a millisecond: those that it made
    /// must not be hit by chance; what others made, the commit notices.
    pub(crate) fn new_id(&self, collection: &str) -> String {
        loop {
            let id = format!("{collection}/{}", new_segment());
            if !self.by_id.contains_key(&id) {
                return id;
            }
        }
    }

    /// Adds a new resource. Its `InstanceID`, `Created` and `Updated` are set here.
    pub(crate) fn insert(&mut self, id: &str, mut row: Row) {
        if !own_keys::has(row.instance.class()) {
            row.instance.set(names::ID, id);
            row.instance.set(names::CREATED, self.time());
            row.instance.set(names::UPDATED, self.time());
            row.instance.unset(names::OPERATIONS);
        }
        self.put_entry(Entry {
            id: id.to_owned(),
            before: None,
            after: Some(row),
            changed: true,
        });
    }

    /// Removes a resource that nothing depends on.
    pub(crate) fn remove(&mut self, id: &str) {
        if let Some(entry) = self.by_id.get(id).and_then(|at| self.entries.get_mut(*at)) {
            entry.after = None;
            entry.changed = true;
        }
    }

    /// Expects a row of the store to be as it was read.
    pub(crate) fn expect(&mut self, key: Vec<u8>, version: Option<u64>) {
        self.expect.push(Expect {
            key,
            what: version.map_or(Expected::Absent, Expected::Version),
        });
    }

    /// Expects a row of the store to stay as it is now.
    pub(crate) async fn expect_as_it_is(&mut self, key: Vec<u8>) -> Result<(), CimError> {
        let stored = self
            .core
            .store
            .get(&key)
            .await
            .map_err(|error| store_error(&error))?;
        self.expect(key, stored.map(|(version, _)| version));
        Ok(())
    }

    /// Expects that nobody refers to a resource who does not do so now; to be said before looking.
    pub(crate) async fn expect_no_new_reference(&mut self, id: &str) -> Result<(), CimError> {
        self.expect_as_it_is(keys::guard(id)).await
    }

    /// Sets a row of the store that is no resource.
    pub(crate) fn put(&mut self, key: Vec<u8>, value: Vec<u8>) {
        self.writes.push(Write::Put { key, value });
    }

    /// Removes a row of the store that is no resource.
    pub(crate) fn delete(&mut self, key: Vec<u8>) {
        self.writes.push(Write::Delete { key });
    }

    /// Tells the runner of a job, once the unit is committed.
    pub(crate) fn wake(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    /// The next number for something in this owner. Numbers are not used again.
    pub(crate) async fn next_number(&mut self, owner: &str) -> Result<u64, CimError> {
        if let Some(last) = self.numbers.get_mut(owner) {
            *last += 1;
            let last = *last;
            self.put(keys::last_number(owner), last.to_be_bytes().to_vec());
            return Ok(last);
        }
        let key = keys::last_number(owner);
        let stored = self
            .core
            .store
            .get(&key)
            .await
            .map_err(|error| store_error(&error))?;
        let last = match &stored {
            None => 0,
            Some((_, bytes)) => bytes
                .first_chunk()
                .map_or(0, |bytes| u64::from_be_bytes(*bytes)),
        };
        self.expect(key.clone(), stored.map(|(version, _)| version));
        self.put(key, (last + 1).to_be_bytes().to_vec());
        self.numbers.insert(owner.to_owned(), last + 1);
        Ok(last + 1)
    }

    /// A number that something in this owner has: those given later are greater.
    pub(crate) async fn number_is_given(
        &mut self,
        owner: &str,
        number: u64,
    ) -> Result<(), CimError> {
        // What is given now is beside the point; the last one counts.
        let last = self.next_number(owner).await? - 1;
        let last = last.max(number);
        self.numbers.insert(owner.to_owned(), last);
        self.put(keys::last_number(owner), last.to_be_bytes().to_vec());
        Ok(())
    }

    /// Keys of a range, at most as many as an association walk may gather.
    pub(crate) async fn keys(&self, prefix: &[u8]) -> Result<Vec<Vec<u8>>, CimError> {
        let mut found = Vec::new();
        let limit = self.core.config.max_sorted;
        self.core
            .store
            .scan(Scan::prefix(prefix), &mut |key, _, _| {
                found.push(key.to_vec());
                if found.len() > limit {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
            .await
            .map_err(|error| store_error(&error))?;
        if found.len() > limit {
            return Err(CimError::new(
                ErrorKind::TooLarge,
                format!(
                    "More than {limit} resources depend on this one. Delete some of them first."
                ),
            ));
        }
        Ok(found)
    }

    /// Removes a resource with all that it contains and all its memberships. Who else refers to it does
    /// so no more (DSP0263 4.2.1.4), jobs excepted: they tell what was. Snapshots of a removed image go
    /// on with the image before it, partial snapshots go with it (DSP0263 5.14.7).
    pub(crate) async fn remove_tree(
        &mut self,
        id: &str,
        current_job: Option<&str>,
    ) -> Result<(), CimError> {
        let mut waiting = vec![id.to_owned()];
        let mut done = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if !self.load(&id).await? || !done.insert(id.clone()) {
                continue;
            }
            self.expect_no_new_reference(&id).await?;
            self.delete(keys::guard(&id));
            self.delete(keys::state_in(&id));
            self.expect_as_it_is(keys::last_number(&id)).await?;
            self.delete(keys::last_number(&id));
            self.supersede(&id, current_job).await?;
            let prefix = keys::contained_in(&id);
            for key in self.keys(&prefix).await? {
                if let Some([_, part]) = keys::parts(&key, &prefix) {
                    waiting.push(part.to_owned());
                }
            }
            let prefix = keys::made_with(&id);
            for key in self.keys(&prefix).await? {
                if let Some([part]) = keys::parts(&key, &prefix) {
                    waiting.push(part.to_owned());
                }
                self.delete(key);
            }
            let prefix = keys::references_to(&id);
            for key in self.keys(&prefix).await? {
                if let Some([class, property, source]) = keys::parts(&key, &prefix) {
                    // Memberships, and associations that are nothing but themselves.
                    let model = &self.core.model;
                    let ends = match model.association(class) {
                        Some(association) => matches!(association.kind, Kind::Membership),
                        None => model
                            .schema
                            .class(class)
                            .is_some_and(|class| class.flags.is_association),
                    };
                    if ends {
                        waiting.push(source.to_owned());
                    } else if class != self.core.model.job.name && self.load(source).await? {
                        let removed = self.row(&id).map(|row| row.instance.clone());
                        if lifecycle::goes_with(removed.as_ref(), property, self.row(source)) {
                            waiting.push(source.to_owned());
                        } else if let Some(row) = self.row_mut(source) {
                            let then = lifecycle::instead(removed.as_ref(), property, row);
                            redirect(&mut row.instance, property, &id, then.as_deref());
                        }
                    }
                }
            }
            self.remove(&id);
        }
        Ok(())
    }

    /// Commits; the rows stay readable. See [`Retries::commit`].
    async fn commit(&mut self) -> Result<Committed, CommitError> {
        self.settle().await.map_err(CommitError::Refused)?;
        for (job, work) in std::mem::take(&mut self.work) {
            match work {
                Some(work) => self.put(keys::work(&job), work.encode()),
                None => self.delete(keys::work(&job)),
            }
        }
        let mut batch = Batch {
            expect: std::mem::take(&mut self.expect),
            ..Batch::default()
        };
        let mut guards = BTreeSet::new();
        let mut used = Used::default();
        let mut counts: BTreeMap<Option<Arc<str>>, i64> = BTreeMap::new();
        for entry in &mut self.entries {
            if let Some(row) = &mut entry.after {
                normalize(&mut row.instance);
            }
            entry.write(self.core, self.now, &mut batch, &mut guards, &mut counts)?;
            if entry.changed {
                let before = entry.before.as_ref().map(|(_, row)| row);
                used.change(before, entry.after.as_ref());
            }
        }
        for target in guards {
            // A target that this unit removes needs no guard any more.
            if self
                .by_id
                .get(&target)
                .and_then(|at| self.entries.get(*at))
                .is_none_or(|entry| entry.after.is_some())
            {
                batch.writes.push(Write::Put {
                    key: keys::guard(&target),
                    value: Vec::new(),
                });
            }
        }
        batch.count.extend(used.counts(self.core));
        for (tenant, by) in counts {
            batch.count.push(Count {
                key: keys::resources_of(tenant.as_deref()),
                by,
                limit: Some(self.core.config.max_resources_per_tenant),
            });
        }
        batch.writes.append(&mut self.writes);
        let committed = match self.core.store.write(batch).await {
            Ok(committed) => committed,
            Err(StoreError::Limit { key, now }) => {
                return Err(match used.refusal(self.core, &key, now) {
                    Some(refusal) => CommitError::Refused(refusal),
                    None => CommitError::Store(StoreError::Limit { key, now }),
                });
            }
            Err(error) => return Err(error.into()),
        };
        self.core.drawn.use_up(self.draws);
        for notice in self.notices.drain(..) {
            // The runner is gone only when the provider shuts down; the job waits in the store.
            let _ = self.core.runner.send(notice);
        }
        Ok(committed)
    }

    /// The resource as the caller sees it after the commit.
    pub(crate) fn seen(
        &self,
        context: &OperationContext,
        id: &str,
        committed: Committed,
    ) -> Option<super::core::Seen> {
        let entry = self.entry(id)?;
        let row = entry.after.as_ref()?;
        let version = match &entry.before {
            Some((version, _)) if !entry.changed => *version,
            _ => committed.version,
        };
        Some(super::core::Seen {
            instance: without_secrets(row.instance.clone()),
            owner: row
                .owner
                .as_ref()
                .map(|owner| (owner.association.clone(), owner.id.clone())),
            writable: self.core.may_change(
                context,
                row.tenant.as_deref(),
                row.instance.class().name,
            ),
            version,
        })
    }
}

impl Entry {
    fn write(
        &self,
        core: &Core,
        now: i64,
        batch: &mut Batch,
        guards: &mut BTreeSet<String>,
        counts: &mut BTreeMap<Option<Arc<str>>, i64>,
    ) -> Result<(), CommitError> {
        let before = self.before.as_ref().map(|(_, row)| row);
        let Some(row) = before.or(self.after.as_ref()) else {
            return Ok(());
        };
        let class = row.instance.class();
        let key = keys::resource(class.name, &self.id);
        match &self.before {
            Some((version, _)) => batch.expect.push(Expect {
                key: key.clone(),
                what: Expected::Version(*version),
            }),
            None => batch.expect.push(Expect {
                key: keys::class_of(&self.id),
                what: Expected::Absent,
            }),
        }
        if !self.changed {
            return Ok(());
        }
        let is_job = class.is_a(core.model.job.name);
        let moved = i64::from(self.after.is_some()) - i64::from(before.is_some());
        if !is_job && moved != 0 {
            *counts.entry(row.tenant.clone()).or_default() += moved;
        }
        let old = before
            .map(|row| index(row, &self.id, is_job))
            .unwrap_or_default();
        let new = self
            .after
            .as_ref()
            .map(|row| index(row, &self.id, is_job))
            .unwrap_or_default();
        for (key, (value, target)) in &new {
            if old.contains_key(key) {
                continue;
            }
            batch.writes.push(Write::Put {
                key: key.clone(),
                value: value.clone(),
            });
            if let Some(target) = target
                && !is_job
            {
                guards.insert(target.clone());
            }
        }
        for key in old.keys().filter(|key| !new.contains_key(*key)) {
            batch.writes.push(Write::Delete { key: key.clone() });
        }
        match &self.after {
            Some(row) => {
                let value = row.encode();
                let limit = core.config.max_resource_bytes;
                if value.len() > limit {
                    return Err(CommitError::Refused(CimError::new(
                        ErrorKind::TooLarge,
                        format!(
                            "The resource would take {} bytes; at most {limit} are allowed.",
                            value.len()
                        ),
                    )));
                }
                batch.writes.push(Write::Put { key, value });
            }
            None => batch.writes.push(Write::Delete { key }),
        }
        let (before, after) = (
            before.map(|row| &row.instance),
            self.after.as_ref().map(|row| &row.instance),
        );
        if before != after {
            batch
                .events
                .extend(encode_event(row.tenant.as_deref(), now, before, after));
        }
        Ok(())
    }
}

enum CommitError {
    Store(StoreError),
    Refused(CimError),
}

impl From<StoreError> for CommitError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Commits units until one is not disturbed.
#[derive(Debug, Default)]
pub(crate) struct Retries {
    made: u32,
}

impl Retries {
    /// How often an operation is tried. Every conflict means that somebody else succeeded, so that as
    /// many clients as this may press for one resource.
    const MAX: u32 = 256;

    /// Commits; `None` means that somebody else was quicker and the unit must be made again.
    pub(crate) async fn commit(
        &mut self,
        unit: &mut Unit<'_>,
    ) -> Result<Option<Committed>, CimError> {
        match unit.commit().await {
            Ok(committed) => Ok(Some(committed)),
            Err(CommitError::Store(StoreError::Conflict(key))) => {
                self.made += 1;
                if self.made < Self::MAX {
                    return Ok(None);
                }
                Err(CimError::new(
                    ErrorKind::Unavailable,
                    "Others keep changing the same resources. Try again.",
                )
                .with_retry_after(1)
                .with_internal(key.escape_ascii()))
            }
            Err(CommitError::Store(error)) => Err(store_error(&error)),
            Err(CommitError::Refused(error)) => Err(error),
        }
    }
}
