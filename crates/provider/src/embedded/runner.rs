//! The runner: does the steps of jobs when they are due, and deletes finished jobs that are old.
//!
//! It sleeps until the next time that something is due. Steps run side by side, so that those that are
//! due together share a commit of the store.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use cim_core::CimError;
use store::Scan;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::codec::Corrupt;
use super::core::{Core, now, store_error};
use super::jobs::{Notice, Timer};
use super::keys;
use super::lifecycle::job_state;
use super::meters::{self, is_expired};
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
                    due: if core.store.is_exclusive() || *work.holder == *core.holder {
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
        let foreign = *work.holder != *core.holder && !core.store.is_exclusive();
        let due = if foreign {
            work.due.max(work.lease_until)
        } else {
            work.due
        };
        if !work.waits_for.is_empty() {
            // The last of the nested jobs wakes it.
            return Ok(None);
        }
        if unit.now < due {
            return Ok(Some(due));
        }
        unit.load(id).await?;
        if let Some(why) = work.steps.first().and_then(|step| step.fails.clone()) {
            unit.fail_job(id, &work, &why).await?;
            if retries.commit(&mut unit).await?.is_some() {
                return Ok(None);
            }
            continue;
        }
        if !work.steps.is_empty() {
            for effect in work.steps.remove(0).effects {
                match &effect {
                    Effect::Set { .. } | Effect::Derive { .. } => unit.set(&effect).await?,
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
                unit.set_progress(id, done, work.total).await?;
                let due = work.due;
                unit.put_work(id, work);
                Some(due)
            }
            None => {
                let state = if work.stopping {
                    job_state::STOPPED
                } else if work.failed.is_empty() {
                    job_state::SUCCESS
                } else {
                    job_state::FAILED
                };
                unit.end_job(id, &work, state, &work.failed.join(" "))
                    .await?;
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
        unit.fail_job(id, &work, cause.message()).await?;
        if retries.commit(&mut unit).await?.is_some() {
            return Ok(());
        }
    }
}

/// Deletes finished jobs that are too old or too many. Returns when the next one will be too old.
async fn prune(core: &Core) -> Result<Option<i64>, CimError> {
    /// Jobs deleted in one transaction.
    const GROUP: usize = 64;
    /// Jobs remembered of one look; more are only counted.
    const AT_ONCE: usize = 1024;
    loop {
        let (mut oldest, mut count) = (Vec::new(), 0_usize);
        core.store
            .scan(Scan::prefix(keys::ALL_FINISHED), &mut |key, _, _| {
                if let Some((micros, job)) = keys::finished_parts(key) {
                    count += 1;
                    if oldest.len() < AT_ONCE {
                        oldest.push((micros, job.to_owned()));
                    }
                }
                ControlFlow::Continue(())
            })
            .await
            .map_err(|error| store_error(&error))?;
        let retention = micros(core.config.job_retention);
        let too_many = count.saturating_sub(core.config.max_finished_jobs);
        let too_old = oldest
            .iter()
            .take_while(|(micros, _)| micros.saturating_add(retention) <= now())
            .count();
        let surplus = too_many.max(too_old).min(oldest.len());
        let (surplus, kept) = oldest.split_at(surplus);
        for group in surplus.chunks(GROUP) {
            let mut retries = Retries::default();
            loop {
                let mut unit = Unit::new(core);
                for (_, job) in group {
                    unit.remove_tree(job, None).await?;
                }
                if retries.commit(&mut unit).await?.is_some() {
                    break;
                }
            }
        }
        if !kept.is_empty() || surplus.is_empty() {
            let next = kept.first();
            return Ok(next.map(|(micros, _)| micros.saturating_add(retention)));
        }
    }
}

/// Removes what is too old: events, samples, meters that expire. Returns when the next one will be.
async fn expire(core: &Core) -> Result<Option<i64>, CimError> {
    /// Resources removed in one transaction.
    const GROUP: usize = 64;
    loop {
        let mut over = Vec::new();
        let mut next = None;
        let time = now();
        core.store
            .scan(
                Scan::prefix(keys::ALL_EXPIRING),
                &mut |key, _, _| match keys::finished_parts(key) {
                    Some((micros, id)) if micros <= time && over.len() < GROUP => {
                        over.push((key.to_vec(), id.to_owned()));
                        ControlFlow::Continue(())
                    }
                    Some((micros, _)) => {
                        next = Some(micros);
                        ControlFlow::Break(())
                    }
                    None => ControlFlow::Continue(()),
                },
            )
            .await
            .map_err(|error| store_error(&error))?;
        if over.is_empty() {
            return Ok(next);
        }
        let mut retries = Retries::default();
        loop {
            let mut unit = Unit::new(core);
            for (key, id) in &over {
                unit.delete(key.clone());
                if unit.load(id).await? && unit.row(id).is_some_and(|row| is_expired(row, time)) {
                    unit.remove_tree(id, None).await?;
                }
            }
            if retries.commit(&mut unit).await?.is_some() {
                break;
            }
        }
    }
}

/// What the runner waits for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Task {
    /// A step of a job.
    Job(String),
    /// A sample of a meter.
    Meter(String),
}

/// Steps that may be under way together. They share commits, so that more is not slower.
const CONCURRENT_STEPS: usize = 64;

/// Finished jobs after which the oldest are looked at, where many are kept.
const PRUNE_EVERY: usize = 256;

/// How long to wait when the store fails, before the step is tried again.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(250);

/// How often a step is tried before its job fails.
const ATTEMPTS: u32 = 5;

/// Does the steps of jobs when they are due, until it is stopped.
pub(crate) async fn run(core: Arc<Core>, mut notices: mpsc::UnboundedReceiver<Notice>, stop: Stop) {
    let permits = Arc::new(Semaphore::new(CONCURRENT_STEPS));
    let mut waiting: BinaryHeap<Reverse<(Instant, Task)>> = BinaryHeap::new();
    let mut running: JoinSet<(Task, Option<i64>)> = JoinSet::new();
    // The meters that wait for a sample, or are taking one: each once.
    let mut metering: HashSet<String> = HashSet::new();
    let mut finished = 0_usize;
    let mut prune_at = Instant::now();
    let mut stop = stop;
    // So that there are never many more than may be kept.
    let prune_every = (core.config.max_finished_jobs / 16).clamp(1, PRUNE_EVERY);
    loop {
        if finished >= prune_every {
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
                    waiting.push(Reverse((instant(timer.due), Task::Job(timer.job))));
                }
                Some(Notice::Sample(timer)) => {
                    if metering.insert(timer.job.clone()) {
                        waiting.push(Reverse((instant(timer.due), Task::Meter(timer.job))));
                    }
                }
                Some(Notice::Expires(time)) => prune_at = prune_at.min(instant(time)),
                Some(Notice::Finished) => finished += 1,
                None => break,
            },
            Some(done) = running.join_next(), if !running.is_empty() => match done {
                Ok((task, Some(due))) => waiting.push(Reverse((instant(due), task))),
                Ok((Task::Job(_), None)) => finished += 1,
                Ok((Task::Meter(meter), None)) => {
                    metering.remove(&meter);
                }
                Err(error) => tracing::error!(%error, "a step of a job panicked"),
            },
            () = tokio::time::sleep_until(next) => {
                let now = Instant::now();
                while waiting.peek().is_some_and(|Reverse((due, _))| *due <= now) {
                    let Some(Reverse((_, task))) = waiting.pop() else { break };
                    let (core, permits) = (Arc::clone(&core), Arc::clone(&permits));
                    running.spawn(async move {
                        let _permit = permits.acquire().await.ok();
                        let next = match &task {
                            Task::Job(job) => step_or_fail(&core, job).await,
                            Task::Meter(meter) => sample(&core, meter).await,
                        };
                        (task, next)
                    });
                }
                if prune_at <= now {
                    finished = 0;
                    prune_at = match tidy(&core).await {
                        Ok(next) => next.map_or_else(far_away, instant),
                        Err(error) => {
                            log(&error, "finished jobs were not deleted");
                            now + PAUSE_AFTER_FAILURE
                        }
                    }
                    // A young store has no finished job; the first ones come before they are old.
                    .min(now.checked_add(soonest(&core)).unwrap_or_else(far_away))
                    .max(now + PAUSE_AFTER_FAILURE);
                }
            }
        }
    }
    // What is under way ends; what is left waits in the store.
    while running.join_next().await.is_some() {}
}

/// Removes all that is too old or too many. Returns when the next one will be.
async fn tidy(core: &Core) -> Result<Option<i64>, CimError> {
    let (job, other) = (prune(core).await?, expire(core).await?);
    Ok(job.into_iter().chain(other).min())
}

/// The shortest time that something is kept.
fn soonest(core: &Core) -> Duration {
    let config = &core.config;
    config
        .job_retention
        .min(config.event_retention)
        .min(config.sample_retention)
}

/// Takes a sample; returns when the next one is due.
async fn sample(core: &Core, meter: &str) -> Option<i64> {
    match meters::take(core, meter).await {
        Ok(next) => next,
        Err(error) => {
            log(&error, "a sample could not be taken");
            Some(now().saturating_add(micros(Duration::from_secs(1))))
        }
    }
}

async fn step_or_fail(core: &Core, job: &str) -> Option<i64> {
    for attempt in 1..=ATTEMPTS {
        match run_step(core, job).await {
            Ok(next) => return next,
            Err(error) => {
                log(&error, "a step of a job failed");
                if attempt == ATTEMPTS
                    && let Err(error) = fail(core, job, &error).await
                {
                    log(
                        &error,
                        "a failed job could not be ended; it is tried again later",
                    );
                    return Some(now().saturating_add(micros(PAUSE_AFTER_FAILURE)));
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
