//! The runner: does the steps of jobs when they are due, and deletes finished jobs that are old.
//!
//! It sleeps until the next time that something is due. Steps run side by side, so that those that are
//! due together share a commit of the store.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use cim_core::{CimError, Value};
use cimi_model::classes::cimi_job as job;
use store::Scan;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::codec::Corrupt;
use super::core::{Core, now, store_error};
use super::jobs::{Notice, Timer};
use super::keys;
use super::lifecycle::job_state;
use super::unit::{Retries, Unit};
use super::work::{Effect, Work, micros};

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
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(250);

/// How often a step is tried before its job fails.
const ATTEMPTS: u32 = 5;

/// Does the steps of jobs when they are due, until it is stopped.
pub(crate) async fn run(core: Arc<Core>, mut notices: mpsc::UnboundedReceiver<Notice>, stop: Stop) {
    let permits = Arc::new(Semaphore::new(CONCURRENT_STEPS));
    let mut waiting: BinaryHeap<Reverse<(Instant, String)>> = BinaryHeap::new();
    let mut running: JoinSet<Option<Timer>> = JoinSet::new();
    let mut finished = 0_usize;
    let mut prune_at = Instant::now();
    let mut stop = stop;
    loop {
        if finished >= PRUNE_EVERY {
            prune_at = prune_at.min(Instant::now());
        }
        let next = waiting
            .peek()
            .map_or(prune_at, |Reverse((due, _))| prune_at.min(*due));
        tokio::select! {
            biased;
            () = stop.stopped() => break,
            notice = notices.recv() => match notice {
                Some(Notice::Due(timer)) => {
                    waiting.push(Reverse((instant(timer.due), timer.job)));
                }
                Some(Notice::Finished) => finished += 1,
                None => break,
            },
            Some(done) = running.join_next(), if !running.is_empty() => match done {
                Ok(Some(timer)) => waiting.push(Reverse((instant(timer.due), timer.job))),
                Ok(None) => finished += 1,
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
                    finished = 0;
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
