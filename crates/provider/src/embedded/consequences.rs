//! What follows from what a unit did, settled in the same transaction: jobs learn that their nested jobs
//! have ended, systems show the state of their machines, addresses know who has them, meters are wound up,
//! and event logs are written.

use std::collections::BTreeSet;

use cim_core::{CimError, Value};
use cimi_model::classes::{
    cimi_machine as machine, cimi_system as system, cimi_system_machine as system_machine,
    cimi_system_system as system_system,
};

use super::core::store_error;
use super::keys;
use super::lifecycle::{CREATING, DELETING, MIXED, job_state};
use super::model::names;
use super::row::Row;
use super::unit::Unit;
use super::work::{Effect, micros};

/// A nested job that has ended.
#[derive(Debug, Clone)]
pub(crate) struct Ended {
    /// Its parent.
    pub(crate) parent: String,
    /// The job.
    pub(crate) job: String,
    /// What it worked on.
    pub(crate) about: String,
    /// Whether all went well.
    pub(crate) succeeded: bool,
    /// What it said at its end.
    pub(crate) message: String,
}

/// Why a job failed whose part did: a sentence about that part.
pub(crate) fn because(about: &str, why: &str) -> String {
    format!("{about}: {why}")
}

/// Reasons that a job tells; there may be hundreds of nested jobs.
const MAX_REASONS: usize = 8;

impl Unit<'_> {
    /// Lets everything follow that follows.
    pub(crate) async fn settle(&mut self) -> Result<(), CimError> {
        self.tell_parents().await?;
        self.bind_addresses().await?;
        self.derive_systems().await?;
        self.wind_meters();
        self.record_events().await
    }

    /// A parent goes on when its last nested job has ended. One that wants all or nothing is undone when
    /// one failed (DSP0263 5.13.1: nothing of the system is left).
    async fn tell_parents(&mut self) -> Result<(), CimError> {
        while let Some(ended) = self.ended.pop() {
            let Some(mut work) = self.load_work(&ended.parent).await? else {
                continue;
            };
            work.waits_for.retain(|job| *job != ended.job);
            if !ended.succeeded && work.failed.len() < MAX_REASONS {
                work.failed.push(because(&ended.about, &ended.message));
            }
            if work.atomic && !ended.succeeded && !work.stopping {
                self.roll_back(&ended.parent, &work).await?;
                continue;
            }
            if work.waits_for.is_empty() {
                let wait = work.steps.first().map_or(0, |step| micros(step.wait));
                // What it has to wait for by itself, it waited for meanwhile.
                work.due = work.due.max(self.now).min(self.now.saturating_add(wait));
                work.lease(self.core);
                self.wake_for(&ended.parent, &work);
            }
            let done = work
                .total
                .saturating_sub((work.steps.len() + work.waits_for.len()) as u64);
            self.set_progress(&ended.parent, done, work.total).await?;
            self.put_work(&ended.parent, work);
        }
        Ok(())
    }

    async fn roll_back(&mut self, job: &str, work: &super::work::Work) -> Result<(), CimError> {
        let why = work.failed.join(" ");
        let message = format!("{why} All that was made is removed again.");
        self.end_job(job, work, job_state::FAILED, &message).await?;
        for nested in &work.waits_for {
            if let Some(nested_work) = self.load_work(nested).await? {
                let message = format!("Not finished, because of {why}");
                self.end_job(nested, &nested_work, job_state::STOPPED, &message)
                    .await?;
            }
        }
        for effect in work.undo.iter().flatten() {
            if let Effect::Remove { id } = effect {
                self.remove_tree(id, Some(job)).await?;
                self.forget_affected(job, id);
            }
        }
        Ok(())
    }

    /// Systems whose machines or nested systems changed show the state that all of them have, or MIXED
    /// (DSP0263 5.13.1). A system that is being made or deleted shows that.
    async fn derive_systems(&mut self) -> Result<(), CimError> {
        let mut waiting = std::mem::take(&mut self.underived);
        let mut parts: Vec<(String, &'static str)> = Vec::new();
        let mut left: Vec<(String, String)> = Vec::new();
        for entry in self.changes() {
            let before = entry.before.as_ref().map(|(_, row)| row);
            let Some(row) = entry.after.as_ref().or(before) else {
                continue;
            };
            let class = row.instance.class();
            let membership = [system_machine::CLASS.name, system_system::CLASS.name]
                .into_iter()
                .any(|name| class.is_a(name));
            if let Some(owner) = &row.owner
                && class.is_a(names::MEMBERSHIP)
                && before.is_some() != entry.after.is_some()
            {
                if membership {
                    waiting.insert(owner.id.clone());
                }
                if entry.after.is_none()
                    && let Some(part) = row
                        .instance
                        .value(names::PART)
                        .as_reference()
                        .and_then(|path| path.instance_id())
                {
                    left.push((owner.id.clone(), part.to_owned()));
                }
            }
            let state = |row: &Row| row.instance.text(names::STATE).map(str::to_owned);
            if let (Some(before), Some(after)) = (before, &entry.after)
                && state(before) != state(after)
            {
                if class.is_a(machine::CLASS.name) {
                    parts.push((entry.id.clone(), system_machine::CLASS.name));
                } else if class.is_a(system::CLASS.name) {
                    parts.push((entry.id.clone(), system_system::CLASS.name));
                }
            }
        }
        // What left a system does not end with it.
        for (owner, part) in left {
            self.delete(keys::made_together(&owner, &part));
        }
        for (part, association) in parts {
            waiting.extend(self.groups_of(&part, association).await?);
        }
        let mut done = BTreeSet::new();
        while let Some(id) = waiting.pop_first() {
            if !done.insert(id.clone()) || !self.load(&id).await? {
                continue;
            }
            let Some(now) = self
                .row(&id)
                .filter(|row| row.instance.class().is_a(system::CLASS.name))
                .and_then(|row| row.instance.text(names::STATE))
                .map(str::to_owned)
            else {
                continue;
            };
            if now == CREATING || now == DELETING {
                continue;
            }
            // Two that look at the same machines must not both see the other's as it was.
            let guard = keys::guard(&id);
            self.expect_as_it_is(guard.clone()).await?;
            self.put(guard, Vec::new());
            let then = self.state_of_machines(&id).await?;
            if then != now {
                if let Some(row) = self.row_mut(&id) {
                    row.instance.set(names::STATE, then.as_str());
                }
                let groups = self.groups_of(&id, system_system::CLASS.name).await?;
                waiting.extend(groups);
            }
        }
        Ok(())
    }

    /// The systems that a resource is a member of.
    async fn groups_of(&self, part: &str, association: &str) -> Result<Vec<String>, CimError> {
        let mut groups = Vec::new();
        let prefix = keys::references_from(part, association);
        let property = |row: &Row| row.owner.as_ref().map(|owner| owner.id.clone());
        for key in self.keys(&prefix).await? {
            if let Some([end, membership]) = keys::parts(&key, &prefix)
                && end == names::PART
                && let Some(row) = self.peek(membership).await?
            {
                groups.extend(property(&row));
            }
        }
        Ok(groups)
    }

    /// The resources of a class that refer to this one.
    pub(crate) async fn referring(
        &self,
        target: &str,
        class: &str,
    ) -> Result<Vec<String>, CimError> {
        let prefix = keys::references_from(target, class);
        let keys = self.keys(&prefix).await?;
        let sources = keys.iter().filter_map(|key| {
            let [_, source] = keys::parts(key, &prefix)?;
            Some(source.to_owned())
        });
        Ok(sources.collect())
    }

    /// The members of a system by one of its associations.
    pub(crate) async fn members_of(
        &self,
        group: &str,
        association: &str,
    ) -> Result<Vec<String>, CimError> {
        let mut members = Vec::new();
        let part = |row: &Row| {
            let path = row.instance.value(names::PART).as_reference()?;
            path.instance_id().map(str::to_owned)
        };
        let prefix = keys::contained_by(group, association);
        for key in self.keys(&prefix).await? {
            if let Some([membership]) = keys::parts(&key, &prefix)
                && let Some(row) = self.peek(membership).await?
            {
                members.extend(part(&row));
            }
        }
        for entry in self.changes().filter(|entry| entry.before.is_none()) {
            if let Some(row) = &entry.after
                && let Some(owner) = &row.owner
                && owner.id == group
                && owner.association == association
            {
                members.extend(part(row));
            }
        }
        Ok(members)
    }

    /// The machines of a system, those of the systems in it included.
    pub(crate) async fn machines_of(&self, id: &str) -> Result<BTreeSet<String>, CimError> {
        let mut machines = BTreeSet::new();
        let mut systems = vec![id.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(system) = systems.pop() {
            if seen.insert(system.clone()) {
                machines.extend(self.members_of(&system, system_machine::CLASS.name).await?);
                systems.extend(self.members_of(&system, system_system::CLASS.name).await?);
            }
        }
        Ok(machines)
    }

    async fn state_of_machines(&self, id: &str) -> Result<String, CimError> {
        let mut common: Option<String> = None;
        for machine in self.machines_of(id).await? {
            let Some(row) = self.peek(&machine).await? else {
                continue;
            };
            let state = row.instance.text(names::STATE).unwrap_or_default();
            match &common {
                None => common = Some(state.to_owned()),
                Some(common) if common == state => {}
                Some(_) => return Ok(MIXED.to_owned()),
            }
        }
        Ok(common.unwrap_or_else(|| MIXED.to_owned()))
    }

    /// A resource as it is now, without an expectation that it stays so.
    pub(crate) async fn peek(&self, id: &str) -> Result<Option<Row>, CimError> {
        if let Some(entry) = self.entry(id) {
            return Ok(entry.after.clone());
        }
        let Some(class) = self.core.class_of(id).await? else {
            return Ok(None);
        };
        let stored = self.core.store.get(&keys::resource(class.name, id)).await;
        match stored.map_err(|error| store_error(&error))? {
            Some((_, bytes)) => Ok(Some(Row::decode(&bytes, &self.core.model.schema)?)),
            None => Ok(None),
        }
    }

    /// Says how far a job is.
    pub(crate) async fn set_progress(
        &mut self,
        job: &str,
        done: u64,
        total: u64,
    ) -> Result<(), CimError> {
        use cimi_model::classes::cimi_job as job_class;
        self.load(job).await?;
        if let Some(row) = self.row_mut(job) {
            let progress = (done * 100 / total.max(1)).min(99);
            row.instance
                .set_at(job_class::at::PROGRESS, Value::from(progress));
        }
        Ok(())
    }
}
