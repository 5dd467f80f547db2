//! Jobs: work that takes time, as rows that survive a crash.
//!
//! A job is a resource that clients see, and a row of work (`work`). Doing a step and taking it off the row
//! is one transaction, so that a step that is tried twice happens once. The `runner` does them when they
//! are due; a restart reads the rows again.

use std::sync::Arc;
use std::time::Duration;

use cim_core::{CimError, Instance, Value};
use cimi_model::classes::cimi_job as job;

use super::core::{new_segment, store_error};
use super::keys;
use super::lifecycle::job_state;
use super::row::Row;
use super::unit::Unit;
use super::work::{Effect, Step, Work, micros};

/// What the runner is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// A job is due some time.
    Due(Timer),
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
#[derive(Debug, Clone)]
pub(crate) struct Plan<'p> {
    /// What is done: the URI of the operation, or `add`, `edit`, `delete`.
    pub(crate) action: &'p str,
    /// What it is done to: a resource, or a collection for an addition.
    pub(crate) target: &'p str,
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
}

impl Unit<'_> {
    /// Starts a job, or records one that is done with this unit if the plan has no steps. Returns its
    /// InstanceID.
    pub(crate) fn start_job(&mut self, plan: Plan<'_>) -> String {
        let id = self.new_job_id();
        let running = !plan.steps.is_empty();
        let mut instance = Instance::new(self.core.model.job);
        let state = if running {
            job_state::RUNNING
        } else {
            job_state::SUCCESS
        };
        instance.set_at(job::at::STATE, Value::from(state));
        instance.set_at(job::at::TARGET_RESOURCE, Value::from(plan.target));
        let affected = std::iter::once(plan.target.to_owned()).chain(plan.affected);
        let affected = affected.map(Value::from).collect();
        instance.set_at(job::at::AFFECTED_RESOURCES, Value::Array(affected));
        instance.set_at(job::at::ACTION, Value::from(plan.action));
        let progress = if running { 0_u64 } else { 100 };
        instance.set_at(job::at::PROGRESS, Value::from(progress));
        instance.set_at(job::at::TIME_OF_STATUS_CHANGE, self.time());
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
                total: plan.steps.len() as u64,
                steps: plan.steps,
                undo: plan.undo,
                works_on: plan.works_on,
                stopping: false,
            };
            work.lease(self.core);
            for id_worked_on in &work.works_on {
                self.put(keys::active(id_worked_on), id.clone().into_bytes());
            }
            self.wake(Notice::Due(Timer {
                job: id.clone(),
                due: work.due,
            }));
            self.put(keys::work(&id), work.encode());
        } else {
            self.wake(Notice::Finished);
        }
        id
    }

    fn new_job_id(&self) -> String {
        let collection = self
            .core
            .model
            .collection(self.core.model.job)
            .unwrap_or("jobs");
        format!("{collection}/{}", new_segment())
    }

    /// The work that a job has left; it is expected to stay so.
    pub(crate) async fn load_work(&mut self, job: &str) -> Result<Option<Work>, CimError> {
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

    /// Cancels a job that can be cancelled; the runner undoes what it did. Returns whether it can.
    pub(crate) async fn stop_job(&mut self, id: &str) -> Result<bool, CimError> {
        let Some(mut work) = self.load_work(id).await? else {
            return Ok(false);
        };
        let Some(undo) = work.undo.take().filter(|_| !work.stopping) else {
            return Ok(false);
        };
        work.stopping = true;
        work.steps = vec![Step {
            wait: Duration::ZERO,
            effects: undo,
        }];
        work.due = self.now;
        work.lease(self.core);
        self.set_job_state(id, job_state::STOPPING, None);
        self.put(keys::work(id), work.encode());
        self.wake(Notice::Due(Timer {
            job: id.to_owned(),
            due: work.due,
        }));
        Ok(true)
    }

    /// Cancels a job and undoes it at once, because it will be deleted. Returns whether it can be.
    pub(crate) async fn stop_job_now(&mut self, id: &str) -> Result<bool, CimError> {
        let Some(work) = self.load_work(id).await? else {
            return Ok(true);
        };
        let undo = match (&work.undo, work.stopping) {
            (Some(undo), false) => undo.clone(),
            (_, true) => work.steps.iter().flat_map(|s| s.effects.clone()).collect(),
            (None, false) => return Ok(false),
        };
        for effect in &undo {
            self.set(effect).await?;
        }
        self.end_job(id, &work, job_state::STOPPED, "Deleted.")
            .await?;
        Ok(true)
    }

    /// Sets what an effect sets.
    pub(crate) async fn set(&mut self, effect: &Effect) -> Result<(), CimError> {
        if let Effect::Set {
            id,
            property,
            value,
        } = effect
            && self.load(id).await?
            && let Some(row) = self.row_mut(id)
        {
            row.instance.set(property, value.clone());
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
        self.delete(keys::work(id));
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
