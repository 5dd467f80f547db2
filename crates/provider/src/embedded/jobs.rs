//! Jobs: work that takes time, as rows that survive a crash.
//!
//! A job is a resource that clients see, and a row of work (`work`). Doing a step and taking it off the row
//! is one transaction, so that a step that is tried twice happens once. The `runner` does them when they
//! are due; a restart reads the rows again.

use std::sync::Arc;
use std::time::Duration;

use cim_core::{CimError, Instance, Value};
use cimi_model::classes::cimi_job as job;

use super::consequences::Ended;
use super::core::store_error;
use super::keys;
use super::lifecycle::{self, job_state};
use super::model::names;
use super::row::Row;
use super::unit::Unit;
use super::work::{Effect, Step, Work, micros};

/// What the runner is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// A job is due some time.
    Due(Timer),
    /// A meter takes its next sample some time.
    Sample(Timer),
    /// Something goes at that time, in microseconds since the epoch.
    Expires(i64),
    /// A job was recorded that is finished already.
    Finished,
}

/// When to look at a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Timer {
    /// The job.
    pub(crate) job: String,
    /// When, in microseconds since the epoch.
    pub(crate) due: i64,
}

/// A job to be started.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// What is done: the URI of the operation, or `add`, `edit`, `delete`.
    pub(crate) action: String,
    /// What it is done to: a resource, or a collection for an addition.
    pub(crate) target: String,
    /// What else it touches.
    pub(crate) affected: Vec<String>,
    /// Whose it is.
    pub(crate) tenant: Option<Arc<str>>,
    /// Its parts; none for a job that is done with the unit that makes it.
    pub(crate) steps: Vec<Step>,
    /// What undoes it when it is stopped; `None` if it cannot be stopped.
    pub(crate) undo: Option<Vec<Effect>>,
    /// The resources that nobody else may work on meanwhile.
    pub(crate) works_on: Vec<String>,
    /// Jobs that are parts of it. Its own steps begin when they have ended.
    pub(crate) nested: Vec<Self>,
    /// Whether it is undone when a nested job fails.
    pub(crate) atomic: bool,
    /// Why it cannot be done: such a job has failed when it is made.
    pub(crate) refused: Option<String>,
}

/// The return code of a job that failed: 0 to 9999 belong to the specification (DSP0263 5.17.1).
pub(crate) const FAILED_CODE: i64 = 10_500;

impl Unit<'_> {
    /// Starts a job with its nested jobs, or records one that is done with this unit if there is nothing
    /// left to do. Returns its InstanceID.
    pub(crate) fn start_job(&mut self, plan: Plan) -> String {
        self.start_nested(plan, None).0
    }

    /// Starts a job; returns its InstanceID and its state.
    fn start_nested(&mut self, plan: Plan, parent: Option<&str>) -> (String, &'static str) {
        let id = self.new_job_id();
        let mut instance = Instance::new(self.core.model.job);
        let mut children = Vec::new();
        let mut waits_for = Vec::new();
        let mut failed: Vec<String> = plan.refused.into_iter().collect();
        for nested in plan.nested {
            let (target, why) = (nested.target.clone(), nested.refused.clone());
            let (child, state) = self.start_nested(nested, Some(&id));
            match state {
                job_state::RUNNING => waits_for.push(child.clone()),
                job_state::FAILED => failed.push(super::consequences::because(
                    &target,
                    why.as_deref().unwrap_or("a part of it failed."),
                )),
                _ => {}
            }
            children.push(child);
        }
        let state = if !plan.steps.is_empty() || !waits_for.is_empty() {
            job_state::RUNNING
        } else if failed.is_empty() {
            job_state::SUCCESS
        } else {
            job_state::FAILED
        };
        let running = state == job_state::RUNNING;
        instance.set_at(job::at::STATE, Value::from(state));
        instance.set_at(job::at::TARGET_RESOURCE, Value::from(plan.target.as_str()));
        let affected = std::iter::once(plan.target).chain(plan.affected);
        let affected = affected.map(Value::from).collect();
        instance.set_at(job::at::AFFECTED_RESOURCES, Value::Array(affected));
        instance.set_at(job::at::ACTION, Value::from(plan.action));
        let progress = if running { 0_u64 } else { 100 };
        instance.set_at(job::at::PROGRESS, Value::from(progress));
        instance.set_at(job::at::TIME_OF_STATUS_CHANGE, self.time());
        instance.set_at(job::at::PARENT_JOB, parent.map(Value::from));
        if !children.is_empty() {
            let children = children.into_iter().map(Value::from).collect();
            instance.set_at(job::at::NESTED_JOBS, Value::Array(children));
        }
        if state == job_state::FAILED {
            instance.set_at(job::at::RETURN_CODE, Value::Signed(FAILED_CODE));
            instance.set_at(job::at::STATUS_MESSAGE, Value::from(failed.join(" ")));
        }
        self.insert(
            &id,
            Row {
                tenant: plan.tenant,
                owner: None,
                instance,
            },
        );
        if running {
            let first = plan.steps.first().map_or(Duration::ZERO, |step| step.wait);
            let mut work = Work {
                holder: String::new(),
                lease_until: 0,
                due: self.now.saturating_add(micros(first)),
                total: (plan.steps.len() + waits_for.len()) as u64,
                steps: plan.steps,
                undo: plan.undo,
                works_on: plan.works_on,
                stopping: false,
                parent: parent.map(str::to_owned),
                waits_for,
                failed,
                atomic: plan.atomic,
            };
            work.lease(self.core);
            for id_worked_on in &work.works_on {
                self.put(keys::active(id_worked_on), id.clone().into_bytes());
            }
            if work.waits_for.is_empty() {
                self.wake_for(&id, &work);
            }
            self.put_work(&id, work);
        } else {
            self.wake(Notice::Finished);
        }
        (id, state)
    }

    /// Lets the runner look at a job when its first step is due.
    pub(crate) fn wake_for(&mut self, id: &str, work: &Work) {
        self.wake(Notice::Due(Timer {
            job: id.to_owned(),
            due: work.due,
        }));
    }

    /// Sets the work that a job has left.
    pub(crate) fn put_work(&mut self, job: &str, work: Work) {
        self.work.insert(job.to_owned(), Some(work));
    }

    fn new_job_id(&self) -> String {
        let collection = self
            .core
            .model
            .collection(self.core.model.job)
            .unwrap_or("jobs");
        self.new_id(collection)
    }

    /// The work that a job has left; it is expected to stay so.
    pub(crate) async fn load_work(&mut self, job: &str) -> Result<Option<Work>, CimError> {
        if let Some(work) = self.work.get(job) {
            return Ok(work.clone());
        }
        let key = keys::work(job);
        let Some((version, bytes)) = self
            .core
            .store
            .get(&key)
            .await
            .map_err(|error| store_error(&error))?
        else {
            return Ok(None);
        };
        self.expect(key, Some(version));
        Ok(Some(Work::decode(&bytes, &self.core.model.schema)?))
    }

    /// Ends the job that works on a resource now, because something else will. What it did is undone.
    pub(crate) async fn supersede(
        &mut self,
        id: &str,
        current_job: Option<&str>,
    ) -> Result<(), CimError> {
        let active = self
            .core
            .store
            .get(&keys::active(id))
            .await
            .map_err(|error| store_error(&error))?;
        let Some(other) = active.and_then(|(_, bytes)| String::from_utf8(bytes).ok()) else {
            return Ok(());
        };
        if Some(other.as_str()) == current_job {
            return Ok(());
        }
        if let Some(work) = self.load_work(&other).await? {
            for effect in work.undo.iter().flatten() {
                // Undoing sets states; it never removes anything.
                self.set(effect).await?;
            }
            self.end_job(
                &other,
                &work,
                job_state::STOPPED,
                "Another operation took its place.",
            )
            .await?;
        }
        Ok(())
    }

    /// Cancels a job that can be cancelled; the runner undoes what it did. Nested jobs are cancelled with
    /// it. Returns whether it can.
    pub(crate) async fn stop_job(&mut self, id: &str) -> Result<bool, CimError> {
        let mut waiting = vec![id.to_owned()];
        let mut stopped = false;
        while let Some(id) = waiting.pop() {
            let Some(mut work) = self.load_work(&id).await? else {
                continue;
            };
            let Some(undo) = work.undo.take().filter(|_| !work.stopping) else {
                continue;
            };
            stopped = true;
            work.stopping = true;
            work.due = self.now;
            work.steps = vec![Step::after(Duration::ZERO, undo)];
            if work.atomic {
                // What it made is removed, and with it what works on that.
                work.waits_for.clear();
            }
            waiting.extend(work.waits_for.iter().cloned());
            work.lease(self.core);
            if work.waits_for.is_empty() {
                self.wake_for(&id, &work);
            }
            self.load(&id).await?;
            self.set_job_state(&id, job_state::STOPPING, None);
            self.put_work(&id, work);
        }
        Ok(stopped)
    }

    /// Cancels a job and undoes it at once, because it will be deleted. Returns whether it can be.
    pub(crate) async fn stop_job_now(&mut self, id: &str) -> Result<bool, CimError> {
        let mut waiting = vec![id.to_owned()];
        while let Some(job) = waiting.pop() {
            let Some(work) = self.load_work(&job).await? else {
                continue;
            };
            let undo = match (&work.undo, work.stopping) {
                (Some(undo), false) => undo.clone(),
                (_, true) => work.steps.iter().flat_map(|s| s.effects.clone()).collect(),
                (None, false) if job == id => return Ok(false),
                // A part that cannot be stopped goes on by itself.
                (None, false) => continue,
            };
            if !work.atomic {
                waiting.extend(work.waits_for.iter().cloned());
            }
            self.end_job(&job, &work, job_state::STOPPED, "Deleted.")
                .await?;
            for effect in &undo {
                match effect {
                    Effect::Remove { id } => self.remove_tree(id, None).await?,
                    _ => self.set(effect).await?,
                }
            }
        }
        Ok(true)
    }

    /// Ends a job that cannot be done. What it works on is in ERROR then; but what only a part of it or an
    /// image of it was asked for is as it was before.
    pub(crate) async fn fail_job(
        &mut self,
        id: &str,
        work: &Work,
        why: &str,
    ) -> Result<(), CimError> {
        let keeps = work.parent.is_some() || work.works_on.len() > 1;
        match &work.undo {
            Some(undo) if keeps && !work.atomic => {
                for effect in undo {
                    self.set(effect).await?;
                }
            }
            _ => {
                for worked_on in &work.works_on {
                    self.set(&Effect::state(worked_on, lifecycle::ERROR))
                        .await?;
                }
            }
        }
        self.end_job(id, work, job_state::FAILED, why).await
    }

    /// Sets what an effect sets.
    pub(crate) async fn set(&mut self, effect: &Effect) -> Result<(), CimError> {
        match effect {
            Effect::Set {
                id,
                property,
                value,
            } => {
                if self.load(id).await?
                    && let Some(row) = self.row_mut(id)
                {
                    row.instance.set(property, value.clone());
                }
            }
            Effect::Derive { id } => {
                if self.load(id).await?
                    && let Some(row) = self.row_mut(id)
                {
                    row.instance.set(names::STATE, lifecycle::MIXED);
                    self.underived.insert(id.clone());
                }
            }
            // Removing is the runner's.
            Effect::Remove { .. } => {}
        }
        Ok(())
    }

    fn set_job_state(&mut self, id: &str, state: &str, message: Option<&str>) {
        let time = self.time();
        if let Some(row) = self.row_mut(id) {
            row.instance.set_at(job::at::STATE, Value::from(state));
            row.instance.set_at(job::at::TIME_OF_STATUS_CHANGE, time);
            if let Some(message) = message {
                row.instance
                    .set_at(job::at::STATUS_MESSAGE, Value::from(message));
            }
        }
    }

    /// Ends a job: its state, and all rows that say that it runs.
    pub(crate) async fn end_job(
        &mut self,
        id: &str,
        work: &Work,
        state: &str,
        message: &str,
    ) -> Result<(), CimError> {
        self.work.insert(id.to_owned(), None);
        if let Some(parent) = &work.parent {
            self.ended.push(Ended {
                parent: parent.clone(),
                job: id.to_owned(),
                about: work.works_on.first().cloned().unwrap_or_default(),
                succeeded: state == job_state::SUCCESS,
                message: message.to_owned(),
            });
        }
        for worked_on in &work.works_on {
            let key = keys::active(worked_on);
            let active = self
                .core
                .store
                .get(&key)
                .await
                .map_err(|error| store_error(&error))?;
            // Another job may have taken the resource over.
            if active.is_some_and(|(_, job)| job == id.as_bytes()) {
                self.delete(key);
            }
        }
        if self.load(id).await? {
            self.set_job_state(id, state, (!message.is_empty()).then_some(message));
            if let Some(row) = self.row_mut(id) {
                row.instance.set_at(job::at::PROGRESS, Value::from(100_u64));
                if state == job_state::FAILED {
                    let code = Value::Signed(FAILED_CODE);
                    row.instance.set_at(job::at::RETURN_CODE, code);
                }
            }
        }
        Ok(())
    }

    /// Takes a removed resource off the list of what a job touched.
    pub(crate) fn forget_affected(&mut self, job: &str, removed: &str) {
        if let Some(row) = self.row_mut(job) {
            let left = row
                .instance
                .at(job::at::AFFECTED_RESOURCES)
                .map_or(&[][..], Value::elements)
                .iter()
                .filter(|id| id.as_str() != Some(removed))
                .cloned()
                .collect();
            row.instance
                .set_at(job::at::AFFECTED_RESOURCES, Value::Array(left));
        }
    }
}
