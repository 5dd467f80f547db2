//! Meters: while one is started, it has a sample at every interval (DSP0263 5.17.3).
//!
//! A meter has no state of its own: it samples as long as `StopTime` is absent or in the future. Who samples
//! when follows from the rows; a restart reads them again. The values follow from the seed, the meter and the
//! number of the sample, and from whether the machine runs.

use std::ops::ControlFlow;

use cim_core::{CimError, ClassDescriptor, DateTime, ErrorKind, Instance, MethodDescriptor, Value};
use cimi_model::classes::{
    cimi_machine as machine, cimi_meter as meter, cimi_meter_sample as meter_sample,
    cimi_sample as sample, cimi_volume as volume,
};
use store::Scan;

use super::cloud::property;
use super::core::{Core, now, store_error};
use super::jobs::{Notice, Timer};
use super::keys;
use super::lifecycle::STARTED;
use super::model::names;
use super::row::Row;
use super::simulation::share;
use super::unit::{Retries, Unit};
use super::work::micros;

/// Seconds between samples where nobody says so.
const DEFAULT_INTERVAL: u64 = 60;

/// What a method does to a meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Switch {
    /// Begins sampling.
    On,
    /// Ends it.
    Off,
}

/// Whether a method begins or ends sampling.
pub(crate) fn switches(class: &ClassDescriptor, method: &MethodDescriptor) -> Option<Switch> {
    if !class.is_a(meter::CLASS.name) {
        return None;
    }
    match method.name {
        "Start" => Some(Switch::On),
        "Stop" => Some(Switch::Off),
        _ => None,
    }
}

fn instant(meter: &Instance, at: usize) -> Option<i64> {
    match meter.at(at)? {
        Value::DateTime(time) => time.instant_micros(),
        _ => None,
    }
}

/// When a meter takes its next sample after a time; `None` if it is stopped by then.
fn next_sample(meter: &Instance, after: i64) -> Option<i64> {
    let seconds = meter
        .at(meter::at::SAMPLE_INTERVAL)
        .and_then(Value::as_u64)
        .unwrap_or(DEFAULT_INTERVAL);
    let due = after.saturating_add(micros(std::time::Duration::from_secs(seconds)));
    instant(meter, meter::at::STOP_TIME)
        .is_none_or(|stop| due <= stop)
        .then_some(due)
}

/// What the cloud gives a new meter that its configuration did not.
///
/// # Errors
/// It would sample all the time, or measures nothing.
pub(crate) fn complete(new: &mut Instance) -> Result<(), CimError> {
    if !new.class().is_a(meter::CLASS.name) {
        return Ok(());
    }
    let name = |at: usize| property(&meter::CLASS, at).name;
    if new.at(meter::at::TARGET_RESOURCE).is_none() {
        let target = name(meter::at::TARGET_RESOURCE);
        return Err(super::validate::missing(meter::CLASS.name, target));
    }
    match new.at(meter::at::SAMPLE_INTERVAL).and_then(Value::as_u64) {
        None => new.set_at(meter::at::SAMPLE_INTERVAL, Value::from(DEFAULT_INTERVAL)),
        Some(0) => {
            let interval = name(meter::at::SAMPLE_INTERVAL);
            return Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!("{interval}: there is at least 1 second from one sample to the next."),
            )
            .with_subject(interval));
        }
        Some(_) => {}
    }
    Ok(())
}

/// Begins or ends sampling.
pub(crate) fn switch(unit: &mut Unit<'_>, id: &str, switch: Switch) {
    let (now, time) = (unit.now, unit.time());
    if let Some(row) = unit.row_mut(id) {
        let stopped = instant(&row.instance, meter::at::STOP_TIME).is_some_and(|stop| stop <= now);
        match switch {
            Switch::On if stopped => row.instance.set_at(meter::at::STOP_TIME, None),
            Switch::Off if !stopped => row.instance.set_at(meter::at::STOP_TIME, time),
            _ => {}
        }
    }
}

impl Unit<'_> {
    /// Meters that the unit makes or changes sample and go when they say so.
    pub(crate) fn wind_meters(&mut self) {
        let mut due = Vec::new();
        let mut gone = Vec::new();
        for entry in self.changes() {
            let Some(row) = &entry.after else { continue };
            if !row.instance.class().is_a(meter::CLASS.name) {
                continue;
            }
            let before = entry.before.as_ref().map(|(_, row)| &row.instance);
            let changed = |at: usize| before.is_none_or(|b| b.at(at) != row.instance.at(at));
            if changed(meter::at::STOP_TIME)
                && let Some(next) = next_sample(&row.instance, self.now)
            {
                due.push(Timer {
                    job: entry.id.clone(),
                    due: next,
                });
            }
            if changed(meter::at::EXPIRES_TIME)
                && let Some(time) = instant(&row.instance, meter::at::EXPIRES_TIME)
            {
                gone.push((time, keys::expires(time, &entry.id)));
            }
        }
        for timer in due {
            self.wake(Notice::Sample(timer));
        }
        for (time, key) in gone {
            self.put(key, Vec::new());
            self.wake(Notice::Expires(time));
        }
    }
}

/// Whether a resource whose time is over is to go: a meter may have been given more time.
pub(crate) fn is_expired(row: &Row, now: i64) -> bool {
    !row.instance.class().is_a(meter::CLASS.name)
        || instant(&row.instance, meter::at::EXPIRES_TIME).is_some_and(|time| time <= now)
}

/// When each meter that samples takes its next sample.
pub(crate) async fn sampling(core: &Core) -> Result<Vec<Timer>, CimError> {
    let mut timers = Vec::new();
    for class in core.model.schema.classes() {
        if !class.is_a(meter::CLASS.name) {
            continue;
        }
        let extent = keys::extent(class.name);
        core.store
            .scan(Scan::prefix(&extent), &mut |key, _, bytes| {
                if let (Some(id), Ok(row)) = (
                    keys::id_in_extent(key, &extent),
                    Row::decode(bytes, &core.model.schema),
                ) && let Some(due) = next_sample(&row.instance, now())
                {
                    timers.push(Timer {
                        job: id.to_owned(),
                        due,
                    });
                }
                ControlFlow::Continue(())
            })
            .await
            .map_err(|error| store_error(&error))?;
    }
    Ok(timers)
}

/// Takes a sample; returns when the next one is due.
pub(crate) async fn take(core: &Core, id: &str) -> Result<Option<i64>, CimError> {
    let mut retries = Retries::default();
    loop {
        let mut unit = Unit::new(core);
        let Some(row) = unit.peek(id).await? else {
            return Ok(None);
        };
        let stopped = instant(&row.instance, meter::at::STOP_TIME);
        if stopped.is_some_and(|stop| stop < unit.now) {
            return Ok(None);
        }
        let target = match row
            .instance
            .at(meter::at::TARGET_RESOURCE)
            .and_then(Value::as_str)
        {
            Some(target) => unit.peek(target).await?,
            None => None,
        };
        // The sample goes with its meter.
        if !unit.load(id).await? {
            return Ok(None);
        }
        let value = measure(core, id, unit.now, &row.instance, target.as_ref());
        let mut instance = Instance::new(&sample::CLASS);
        instance.set_at(
            sample::at::TIMESTAMP,
            Value::DateTime(DateTime::utc(unit.now)),
        );
        instance.set_at(sample::at::VALUE, Value::from(value));
        let config = &core.config;
        unit.append_part(
            id,
            meter_sample::CLASS.name,
            row.tenant.clone(),
            instance,
            micros(config.sample_retention),
            config.max_samples_per_meter,
        )
        .await?;
        let next = next_sample(&row.instance, unit.now);
        if retries.commit(&mut unit).await?.is_some() {
            return Ok(next);
        }
    }
}

/// The value that a meter shows now.
fn measure(core: &Core, id: &str, now: i64, meter: &Instance, target: Option<&Row>) -> String {
    let text = |at: usize| meter.at(at).and_then(Value::as_str);
    let idle = target.is_some_and(|row| {
        row.instance.class().is_a(machine::CLASS.name)
            && row.instance.text(names::STATE) != Some(STARTED)
    });
    let part = if idle {
        0.0
    } else {
        share(core.config.seed, id, now)
    };
    let number = |at: usize| text(at).and_then(|text| text.trim().parse::<f64>().ok());
    let of_target = |class: &ClassDescriptor, at: usize| {
        let row = target.filter(|row| row.instance.class().is_a(class.name))?;
        row.instance.at(at).and_then(Value::as_u64)
    };
    let (low, high) = (number(meter::at::MIN_VALUE), number(meter::at::MAX_VALUE));
    let aspect = text(meter::at::ASPECT).and_then(|uri| uri.rsplit('/').next());
    let most = match aspect {
        _ if high.is_some() => high.unwrap_or_default(),
        Some("memory") => of_target(&machine::CLASS, machine::at::MEMORY).unwrap_or(100) as f64,
        Some("disk") => of_target(&volume::CLASS, volume::at::CAPACITY).unwrap_or(100) as f64,
        Some("bandwidth" | "inputBandwidth" | "outputBandwidth") => 1e9,
        _ => 100.0,
    };
    let least = low.unwrap_or(0.0).min(most);
    let value = least + part * (most - least);
    if most > 1_000.0 {
        format!("{}", value.round() as i64)
    } else {
        format!("{value:.1}")
    }
}
