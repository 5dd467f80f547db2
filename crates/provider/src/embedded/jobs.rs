//! Jobs: work that takes time, as rows that survive a crash.
//!
//! A job is a resource that clients see, and a row of work: the steps that are left, each with the time
//! that it takes and what it does at its end. Doing a step and taking it off the row is one
//! transaction, so that a step that is tried twice happens once. A restart reads the rows again.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use cim_core::{CimError, Instance, PropertyDescriptor, Schema, Value};
use cimi_model::classes::cimi_job as job;
use store::Scan;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::codec::{Corrupt, Keep, Reader, write_number, write_signed, write_text, write_value};
use super::core::{Core, new_segment, now, store_error};
use super::keys;
use super::lifecycle::job_state;
use super::model::names;
use super::row::Row;
use super::unit::{Retries, Unit};

/// What a step does when its time is over.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Effect {
    /// Sets a property of a resource, if the resource is still there.
    Set {
        /// The resource.
        id: String,
        /// The property.
        property: String,
        /// Its value.
        value: Value,
    },
    /// Removes a resource with all that belongs to it.
    Remove {
        /// The resource.
        id: String,
    },
}

impl Effect {
    /// Sets the state of a resource.
    pub(crate) fn state(id: &str, state: &str) -> Self {
        Self::Set {
            id: id.to_owned(),
            property: names::STATE.to_owned(),
            value: Value::from(state),
        }
    }

    /// Sets a property of a resource.
    pub(crate) fn set(id: &str, property: &PropertyDescriptor, value: Value) -> Self {
        Self::Set {
            id: id.to_owned(),
            property: property.name.to_owned(),
            value,
        }
    }
}

/// A part of a job.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    /// How long it takes.
    pub(crate) wait: Duration,
    /// What it does then.
    pub(crate) effects: Vec<Effect>,
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

/// The row of work.
#[derive(Debug, Clone, PartialEq)]
struct Work {
    /// The process that works on it.
    holder: String,
    /// Until when the others leave it to that process, in microseconds since the epoch.
    lease_until: i64,
    /// When the first of the steps ends.
    due: i64,
    /// How many steps there were at first.
    total: u64,
    steps: Vec<Step>,
    undo: Option<Vec<Effect>>,
    works_on: Vec<String>,
    /// Whether the steps undo what was done.
    stopping: bool,
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

const FORM: u8 = 1;

fn write_effects(out: &mut Vec<u8>, effects: &[Effect]) {
    write_number(out, effects.len() as u64);
    for effect in effects {
        match effect {
            Effect::Set {
                id,
                property,
                value,
            } => {
                out.push(1);
                write_text(out, id);
                write_text(out, property);
                write_value(out, value, Keep::All);
            }
            Effect::Remove { id } => {
                out.push(2);
                write_text(out, id);
            }
        }
    }
}

fn read_effects(reader: &mut Reader<'_>, schema: &Schema) -> Result<Vec<Effect>, Corrupt> {
    let mut effects = Vec::new();
    for _ in 0..reader.number()? {
        effects.push(match reader.byte()? {
            1 => Effect::Set {
                id: reader.text()?.to_owned(),
                property: reader.text()?.to_owned(),
                value: reader.value(schema, Keep::All)?,
            },
            2 => Effect::Remove {
                id: reader.text()?.to_owned(),
            },
            _ => return Err(Corrupt("no such effect")),
        });
    }
    Ok(effects)
}

impl Work {
    fn encode(&self) -> Vec<u8> {
        let mut out = vec![FORM];
        write_text(&mut out, &self.holder);
        write_signed(&mut out, self.lease_until);
        write_signed(&mut out, self.due);
        write_number(&mut out, self.total);
        write_number(&mut out, self.steps.len() as u64);
        for step in &self.steps {
            write_signed(&mut out, micros(step.wait));
            write_effects(&mut out, &step.effects);
        }
        out.push(u8::from(self.undo.is_some()));
        if let Some(undo) = &self.undo {
            write_effects(&mut out, undo);
        }
        write_number(&mut out, self.works_on.len() as u64);
        for id in &self.works_on {
            write_text(&mut out, id);
        }
        out.push(u8::from(self.stopping));
        out
    }

    fn decode(bytes: &[u8], schema: &Schema) -> Result<Self, Corrupt> {
        let mut reader = Reader::new(bytes);
        if reader.byte()? != FORM {
            return Err(Corrupt("work of another form"));
        }
        let mut work = Self {
            holder: reader.text()?.to_owned(),
            lease_until: reader.signed()?,
            due: reader.signed()?,
            total: reader.number()?,
            steps: Vec::new(),
            undo: None,
            works_on: Vec::new(),
            stopping: false,
        };
        for _ in 0..reader.number()? {
            work.steps.push(Step {
                wait: Duration::from_micros(u64::try_from(reader.signed()?).unwrap_or(0)),
                effects: read_effects(&mut reader, schema)?,
            });
        }
        if reader.byte()? != 0 {
            work.undo = Some(read_effects(&mut reader, schema)?);
        }
        for _ in 0..reader.number()? {
            work.works_on.push(reader.text()?.to_owned());
        }
        work.stopping = reader.byte()? != 0;
        Ok(work)
    }

    /// Takes or keeps the lease until the first step should long be done.
    fn lease(&mut self, core: &Core) {
        self.holder.clone_from(&core.holder);
        self.lease_until = self.due.saturating_add(micros(core.config.job_lease));
    }
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
            self.wake(Timer {
                job: id.clone(),
                due: work.due,
            });
            self.put(keys::work(&id), work.encode());
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

    async fn load_work(&mut self, job: &str) -> Result<Option<Work>, CimError> {
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
        self.wake(Timer {
            job: id.to_owned(),
            due: work.due,
        });
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

    async fn set(&mut self, effect: &Effect) -> Result<(), CimError> {
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
    async fn end_job(
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

/// When to look at a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Timer {
    /// The job.
    pub(crate) job: String,
    /// When, in microseconds since the epoch.
    pub(crate) due: i64,
}

/// All jobs that were not finished when the store was last closed.
pub(crate) async fn unfinished(core: &Core) -> Result<Vec<Timer>, CimError> {
    let mut timers = Vec::new();
    let mut wrong = None;
    core.store
        .scan(Scan::prefix(keys::ALL_WORK), &mut |key, _, bytes| {
            match (
                keys::job_of_work(key),
                Work::decode(bytes, &core.model.schema),
            ) {
                (Some(job), Ok(work)) => timers.push(Timer {
                    job: job.to_owned(),
                    due: if core.store.is_exclusive() || work.holder == core.holder {
                        work.due
                    } else {
                        work.due.max(work.lease_until)
                    },
                }),
                (_, Err(corrupt)) => wrong = Some(corrupt),
                (None, _) => wrong = Some(Corrupt("the key of work is no text")),
            }
            ControlFlow::Continue(())
        })
        .await
        .map_err(|error| store_error(&error))?;
    match wrong {
        Some(corrupt) => Err(corrupt.into()),
        None => Ok(timers),
    }
}

/// Does the step of a job that is due. Returns when the next one is.
async fn run_step(core: &Core, id: &str) -> Result<Option<i64>, CimError> {
    let mut retries = Retries::default();
    loop {
        let mut unit = Unit::new(core);
        let Some(mut work) = unit.load_work(id).await? else {
            return Ok(None);
        };
        let foreign = work.holder != core.holder && !core.store.is_exclusive();
        let due = if foreign {
            work.due.max(work.lease_until)
        } else {
            work.due
        };
        if unit.now < due {
            return Ok(Some(due));
        }
        unit.load(id).await?;
        if !work.steps.is_empty() {
            for effect in work.steps.remove(0).effects {
                match &effect {
                    Effect::Set { .. } => unit.set(&effect).await?,
                    Effect::Remove { id: removed } => {
                        unit.remove_tree(removed, Some(id)).await?;
                        unit.forget_affected(id, removed);
                    }
                }
            }
        }
        let next = match work.steps.first() {
            Some(step) => {
                work.due = unit.now.saturating_add(micros(step.wait));
                work.lease(core);
                let done = work.total.saturating_sub(work.steps.len() as u64);
                if let Some(row) = unit.row_mut(id) {
                    let progress = done * 100 / work.total.max(1);
                    row.instance
                        .set_at(job::at::PROGRESS, Value::from(progress.min(99)));
                }
                unit.put(keys::work(id), work.encode());
                Some(work.due)
            }
            None => {
                let state = if work.stopping {
                    job_state::STOPPED
                } else {
                    job_state::SUCCESS
                };
                unit.end_job(id, &work, state, "").await?;
                None
            }
        };
        if retries.commit(&mut unit).await?.is_some() {
            return Ok(next);
        }
    }
}

/// Ends a job whose step cannot be done.
async fn fail(core: &Core, id: &str, cause: &CimError) -> Result<(), CimError> {
    let mut retries = Retries::default();
    loop {
        let mut unit = Unit::new(core);
        let Some(work) = unit.load_work(id).await? else {
            return Ok(());
        };
        for worked_on in &work.works_on {
            unit.set(&Effect::state(worked_on, super::lifecycle::ERROR))
                .await?;
        }
        unit.end_job(id, &work, job_state::FAILED, cause.message())
            .await?;
        if let Some(row) = unit.row_mut(id) {
            // 0 to 9999 belong to the specification (DSP0263 5.17.1).
            row.instance
                .set_at(job::at::RETURN_CODE, Value::Signed(10_500));
        }
        if retries.commit(&mut unit).await?.is_some() {
            return Ok(());
        }
    }
}

/// Deletes finished jobs that are too old or too many. Returns when the next one will be too old.
async fn prune(core: &Core) -> Result<Option<i64>, CimError> {
    /// Jobs deleted in one transaction.
    const GROUP: usize = 64;
    loop {
        let mut finished = Vec::new();
        core.store
            .scan(Scan::prefix(keys::ALL_FINISHED), &mut |key, _, _| {
                if let Some((micros, job)) = keys::finished_parts(key) {
                    finished.push((micros, job.to_owned()));
                }
                ControlFlow::Continue(())
            })
            .await
            .map_err(|error| store_error(&error))?;
        let retention = micros(core.config.job_retention);
        let too_many = finished.len().saturating_sub(core.config.max_finished_jobs);
        let too_old = finished
            .iter()
            .take_while(|(micros, _)| micros.saturating_add(retention) <= now())
            .count();
        let surplus = too_many.max(too_old);
        if surplus == 0 {
            return Ok(finished
                .first()
                .map(|(micros, _)| micros.saturating_add(retention)));
        }
        let mut retries = Retries::default();
        loop {
            let mut unit = Unit::new(core);
            for (_, job) in finished.iter().take(surplus.min(GROUP)) {
                unit.remove_tree(job, None).await?;
            }
            if retries.commit(&mut unit).await?.is_some() {
                break;
            }
        }
    }
}

/// Steps that may be under way together. They share commits, so that more is not slower.
const CONCURRENT_STEPS: usize = 64;

/// Finished jobs after which the oldest are looked at.
const PRUNE_EVERY: usize = 256;

/// How long to wait when the store fails, before the step is tried again.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// How often a step is tried before its job fails.
const ATTEMPTS: u32 = 5;

/// Does the steps of jobs when they are due, until `timers` is closed.
pub(crate) async fn run(core: Arc<Core>, mut timers: mpsc::UnboundedReceiver<Timer>, stop: Stop) {
    let permits = Arc::new(Semaphore::new(CONCURRENT_STEPS));
    let mut waiting: BinaryHeap<Reverse<(Instant, String)>> = BinaryHeap::new();
    let mut running: JoinSet<Option<Timer>> = JoinSet::new();
    let mut finished = 0_usize;
    let mut prune_at = Instant::now();
    let mut stop = stop;
    loop {
        let next = waiting
            .peek()
            .map_or(prune_at, |Reverse((due, _))| prune_at.min(*due));
        tokio::select! {
            biased;
            () = stop.stopped() => break,
            timer = timers.recv() => match timer {
                Some(timer) => waiting.push(Reverse((instant(timer.due), timer.job))),
                None => break,
            },
            Some(done) = running.join_next(), if !running.is_empty() => match done {
                Ok(Some(timer)) => waiting.push(Reverse((instant(timer.due), timer.job))),
                Ok(None) => {
                    finished += 1;
                    if finished.is_multiple_of(PRUNE_EVERY) {
                        prune_at = Instant::now();
                    }
                }
                Err(error) => tracing::error!(%error, "a step of a job panicked"),
            },
            () = tokio::time::sleep_until(next) => {
                let now = Instant::now();
                while waiting.peek().is_some_and(|Reverse((due, _))| *due <= now) {
                    let Some(Reverse((_, job))) = waiting.pop() else { break };
                    let (core, permits) = (Arc::clone(&core), Arc::clone(&permits));
                    running.spawn(async move {
                        let _permit = permits.acquire().await.ok();
                        step_or_fail(&core, job).await
                    });
                }
                if prune_at <= now {
                    prune_at = match prune(&core).await {
                        Ok(next) => next.map_or_else(far_away, instant),
                        Err(error) => {
                            log(&error, "finished jobs were not deleted");
                            now + PAUSE_AFTER_FAILURE
                        }
                    }
                    // A young store has no finished job; the first ones come before they are old.
                    .min(now.checked_add(core.config.job_retention).unwrap_or_else(far_away))
                    .max(now + PAUSE_AFTER_FAILURE);
                }
            }
        }
    }
    // What is under way ends; what is left waits in the store.
    while running.join_next().await.is_some() {}
}

async fn step_or_fail(core: &Core, job: String) -> Option<Timer> {
    for attempt in 1..=ATTEMPTS {
        match run_step(core, &job).await {
            Ok(next) => return next.map(|due| Timer { job, due }),
            Err(error) => {
                log(&error, "a step of a job failed");
                if attempt == ATTEMPTS
                    && let Err(error) = fail(core, &job, &error).await
                {
                    log(
                        &error,
                        "a failed job could not be ended; it is tried again later",
                    );
                    let due = now().saturating_add(micros(PAUSE_AFTER_FAILURE));
                    return Some(Timer { job, due });
                }
                tokio::time::sleep(PAUSE_AFTER_FAILURE * attempt).await;
            }
        }
    }
    None
}

fn log(error: &CimError, what: &str) {
    tracing::error!(
        error = error.internal_message().unwrap_or(error.message()),
        "{what}"
    );
}

/// The instant of a time of the clock.
fn instant(due: i64) -> Instant {
    let wait = u64::try_from(due.saturating_sub(now())).unwrap_or(0);
    Instant::now()
        .checked_add(Duration::from_micros(wait))
        .unwrap_or_else(far_away)
}

/// Later than anything that is waited for.
fn far_away() -> Instant {
    Instant::now() + Duration::from_secs(365 * 24 * 60 * 60)
}

/// Tells the runner to stop.
#[derive(Debug, Clone)]
pub(crate) struct Stop(pub(crate) tokio::sync::watch::Receiver<bool>);

impl Stop {
    async fn stopped(&mut self) {
        // The sender is gone when the provider is: that is a stop too.
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}
