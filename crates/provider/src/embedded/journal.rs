//! Event logs: what happens to a resource stands in the logs that are about it, in the same transaction
//! (DSP0263 5.17.8, 5.17.13).
//!
//! What somebody asks for is an access event, a change of state a state event, any other change a model event,
//! and a job that fails an alarm. Old events go by number and by age;
//! the summary of a log counts those that are there.

use std::collections::BTreeMap;

use cim_core::{CimError, Instance, Value};
use cimi_model::classes::{
    cimi_access_event_content as access_content, cimi_alarm_event_content as alarm_content,
    cimi_event as event, cimi_event_log as event_log, cimi_event_log_event as log_event,
    cimi_event_summary as summary, cimi_job as job, cimi_model_event_content as model_content,
    cimi_sample as sample, cimi_state_event_content as state_content,
};

use super::core::new_part;
use super::keys;
use super::lifecycle::{ERROR, job_state};
use super::model::{self, names};
use super::unit::Unit;
use super::work::micros;

/// What events of this cloud are about, by the type URI.
const STATE_EVENT: &str = "http://schemas.dmtf.org/cimi/1/event/state";
const MODEL_EVENT: &str = "http://schemas.dmtf.org/cimi/1/event/model";
const ACCESS_EVENT: &str = "http://schemas.dmtf.org/cimi/1/event/access";
const ALARM_EVENT: &str = "http://schemas.dmtf.org/cimi/1/event/alarm";

/// The code of the alarm that a job failed.
const JOB_FAILED: &str = "JOB-FAILED";

/// How long the logs of each persistence keep an event, in days.
const PERSISTENCE: [(&str, i64); 4] = [
    ("daily", 1),
    ("weekly", 7),
    ("monthly", 31),
    ("yearly", 366),
];

const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// Something to be told, and where.
struct News {
    log: String,
    about: String,
    content: Instance,
    kind: &'static str,
    outcome: &'static str,
    severity: &'static str,
    contact: Option<Value>,
}

impl Unit<'_> {
    /// Writes what the unit changes into the event logs that are about it.
    pub(crate) async fn record_events(&mut self) -> Result<(), CimError> {
        let (mut news, alarms) = self.news_of_jobs().await?;
        for entry in self.changes() {
            let before = entry.before.as_ref().map(|(_, row)| &row.instance);
            let after = entry.after.as_ref().map(|row| &row.instance);
            // A log goes with what it is about.
            let Some(now) = after.filter(|_| before != after) else {
                continue;
            };
            let class = now.class();
            let silent = [
                job::CLASS.name,
                event::CLASS.name,
                event_log::CLASS.name,
                sample::CLASS.name,
            ];
            if !class.is_a(names::RESOURCE) || silent.iter().any(|name| class.is_a(name)) {
                continue;
            }
            let logs = self.logs_about(&entry.id, before.is_none()).await?;
            for log in logs {
                news.push(news_of(log, &entry.id, before, now));
            }
        }
        for news in news.into_iter().chain(alarms) {
            if self.load(&news.log).await? {
                self.append(news).await?;
            }
        }
        self.count_events().await
    }

    /// The event logs that are about a resource.
    async fn logs_about(&self, id: &str, is_new: bool) -> Result<Vec<String>, CimError> {
        let mut logs = Vec::new();
        if !is_new {
            logs.extend(self.referring(id, event_log::CLASS.name).await?);
        }
        let new_logs = self.changes().filter(|log| {
            let row = log.after.as_ref().filter(|_| log.before.is_none());
            row.is_some_and(|row| {
                let target = row.instance.at(event_log::at::TARGET_RESOURCE);
                row.instance.class().is_a(event_log::CLASS.name)
                    && target.and_then(Value::as_str) == Some(id)
            })
        });
        logs.extend(new_logs.map(|log| log.id.clone()));
        Ok(logs)
    }

    /// What jobs have to tell about the resources that they affect: who asked for something, and what failed.
    async fn news_of_jobs(&self) -> Result<(Vec<News>, Vec<News>), CimError> {
        let (mut asked, mut failed) = (Vec::new(), Vec::new());
        for entry in self.changes() {
            let Some(now) = entry.after.as_ref().map(|row| &row.instance) else {
                continue;
            };
            if !now.class().is_a(job::CLASS.name) {
                continue;
            }
            let before = entry.before.as_ref().map(|(_, row)| &row.instance);
            let caller = self.caller.as_deref().filter(|_| {
                before.is_none() && now.at(job::at::PARENT_JOB).is_none_or(Value::is_null)
            });
            let state = |job: &Instance| job.text(names::STATE) == Some(job_state::FAILED);
            let fails = state(now) && !before.is_some_and(state);
            if caller.is_none() && !fails {
                continue;
            }
            let affected = now.at(job::at::AFFECTED_RESOURCES);
            let affected = affected.map_or(&[][..], Value::elements).iter();
            for id in affected.filter_map(Value::as_str) {
                for log in self.logs_about(id, self.is_new(id)).await? {
                    let row = self.peek(id).await?;
                    let about = row.as_ref().map(|row| &row.instance);
                    if let Some(caller) = caller {
                        asked.push(asked_for(log.clone(), id, about, now, caller));
                    }
                    if fails {
                        failed.push(self.alarm(log, id, about, now));
                    }
                }
            }
        }
        Ok((asked, failed))
    }

    fn alarm(&self, log: String, id: &str, about: Option<&Instance>, job: &Instance) -> News {
        let mut content = Instance::new(&alarm_content::CLASS);
        content.set_at(alarm_content::at::RESOURCE, Value::from(id));
        if let Some(about) = about {
            let kind = model::type_uri(about.class()).unwrap_or(about.class().name);
            content.set_at(
                alarm_content::at::RES_NAME,
                about.value(names::NAME).clone(),
            );
            content.set_at(alarm_content::at::RES_TYPE, Value::from(kind));
        }
        content.set_at(alarm_content::at::CODE, Value::from(JOB_FAILED));
        let why = job.at(job::at::STATUS_MESSAGE).cloned();
        content.set_at(alarm_content::at::DETAIL, why);
        News {
            log,
            about: name_of(id, about),
            content,
            kind: ALARM_EVENT,
            outcome: "Failure",
            severity: "critical",
            contact: self.core.config.contact.as_deref().map(Value::from),
        }
    }

    async fn append(&mut self, news: News) -> Result<(), CimError> {
        let log = news.log;
        let (persistence, tenant) = match self.row(&log) {
            Some(row) => (
                row.instance
                    .at(event_log::at::PERSISTENCE)
                    .and_then(Value::as_str)
                    .and_then(|text| PERSISTENCE.iter().find(|(name, _)| *name == text))
                    .map(|(_, days)| days.saturating_mul(DAY)),
                row.tenant.clone(),
            ),
            None => return Ok(()),
        };
        let mut instance = Instance::new(&event::CLASS);
        instance.set_at(event::at::TIMESTAMP, self.time());
        instance.set_at(event::at::TYPE, Value::from(news.kind));
        instance.set_at(event::at::CONTENT, Value::from(news.content));
        instance.set_at(event::at::OUTCOME, Value::from(news.outcome));
        instance.set_at(event::at::SEVERITY, Value::from(news.severity));
        instance.set_at(event::at::CONTACT, news.contact);
        instance.set(names::NAME, news.about);
        let retention = micros(self.core.config.event_retention);
        let kept = persistence.map_or(retention, |days| days.min(retention));
        self.append_part(
            &log,
            log_event::CLASS.name,
            tenant,
            instance,
            kept,
            self.core.config.max_events_per_log,
        )
        .await
    }

    /// Adds a part that is gone again some time: when it is too old, and when there are too many of them.
    pub(crate) async fn append_part(
        &mut self,
        owner: &str,
        association: &str,
        tenant: Option<std::sync::Arc<str>>,
        instance: Instance,
        kept: i64,
        most: u64,
    ) -> Result<(), CimError> {
        let association = self.core.association(association)?;
        let number = self.next_number(owner).await?;
        let (id, row) = new_part(owner, &association, number, tenant.clone(), instance);
        self.insert(&id, row);
        let gone = self.now.saturating_add(kept);
        self.put(keys::expires(gone, &id), Vec::new());
        if let Some(old) = number.checked_sub(most).filter(|old| *old > 0) {
            let blank = Instance::new(association.other.class);
            let (old, _) = new_part(owner, &association, old, tenant, blank);
            if self.load(&old).await? {
                self.remove(&old);
            }
        }
        Ok(())
    }

    /// Counts events that come and go in the summaries of their logs.
    async fn count_events(&mut self) -> Result<(), CimError> {
        let mut moved: BTreeMap<String, BTreeMap<usize, i64>> = BTreeMap::new();
        for entry in self.changes() {
            let before = entry.before.as_ref().map(|(_, row)| row);
            let (row, by) = match (before, &entry.after) {
                (None, Some(row)) => (row, 1),
                (Some(row), None) => (row, -1),
                _ => continue,
            };
            if !row.instance.class().is_a(event::CLASS.name) {
                continue;
            }
            let severity = row.instance.at(event::at::SEVERITY).and_then(Value::as_str);
            let at = match severity {
                Some("low") => summary::at::LOW,
                Some("medium") => summary::at::MEDIUM,
                Some("high") => summary::at::HIGH,
                Some("critical") => summary::at::CRITICAL,
                _ => continue,
            };
            if let Some(owner) = &row.owner {
                *moved
                    .entry(owner.id.clone())
                    .or_default()
                    .entry(at)
                    .or_default() += by;
            }
        }
        for (log, by) in moved {
            if !self.load(&log).await? {
                continue;
            }
            let Some(row) = self.row_mut(&log) else {
                continue;
            };
            let mut counts = row
                .instance
                .at(event_log::at::SUMMARY)
                .and_then(Value::as_instance)
                .cloned()
                .unwrap_or_else(|| Instance::new(&summary::CLASS));
            for at in [
                summary::at::LOW,
                summary::at::MEDIUM,
                summary::at::HIGH,
                summary::at::CRITICAL,
            ] {
                let now = counts.at(at).and_then(Value::as_u64).unwrap_or(0);
                let by = by.get(&at).copied().unwrap_or(0);
                counts.set_at(at, Value::from(now.saturating_add_signed(by)));
            }
            row.instance
                .set_at(event_log::at::SUMMARY, Value::from(counts));
        }
        Ok(())
    }
}

fn name_of(id: &str, about: Option<&Instance>) -> String {
    about
        .and_then(|about| about.text(names::NAME))
        .unwrap_or(id)
        .to_owned()
}

fn asked_for(
    log: String,
    id: &str,
    about: Option<&Instance>,
    job: &Instance,
    caller: &str,
) -> News {
    let mut content = Instance::new(&access_content::CLASS);
    content.set_at(access_content::at::RESOURCE, Value::from(id));
    let operation = job.at(job::at::ACTION).cloned();
    content.set_at(access_content::at::OPERATION, operation);
    // What was asked for may have secrets in it; where it was sent to has none.
    let target = job.at(job::at::TARGET_RESOURCE).cloned();
    content.set_at(access_content::at::DETAIL, target);
    content.set_at(access_content::at::INITIATOR, Value::from(caller));
    News {
        log,
        about: name_of(id, about),
        content,
        kind: ACCESS_EVENT,
        outcome: "Success",
        severity: "low",
        contact: None,
    }
}

fn news_of(log: String, id: &str, before: Option<&Instance>, now: &Instance) -> News {
    let name = now.value(names::NAME).clone();
    let kind = Value::from(model::type_uri(now.class()).unwrap_or(now.class().name));
    let about = now.text(names::NAME).unwrap_or(id).to_owned();
    let state = now.text(names::STATE);
    let previous = before.and_then(|before| before.text(names::STATE));
    if let (Some(before), Some(state)) = (before, state)
        && previous != Some(state)
        && before.class().name == now.class().name
    {
        let mut content = Instance::new(&state_content::CLASS);
        content.set_at(state_content::at::RES_NAME, name);
        content.set_at(state_content::at::RESOURCE, Value::from(id));
        content.set_at(state_content::at::RES_TYPE, kind);
        content.set_at(state_content::at::STATE, Value::from(state));
        content.set_at(state_content::at::PREVIOUS, previous.map(Value::from));
        let (outcome, severity) = match state {
            ERROR => ("Failure", "high"),
            _ => ("Status", "low"),
        };
        return News {
            log,
            about,
            content,
            kind: STATE_EVENT,
            outcome,
            severity,
            contact: None,
        };
    }
    let mut content = Instance::new(&model_content::CLASS);
    content.set_at(model_content::at::RES_NAME, name);
    content.set_at(model_content::at::RESOURCE, Value::from(id));
    content.set_at(model_content::at::RES_TYPE, kind);
    match before {
        None => content.set_at(model_content::at::CHANGE, Value::from("create")),
        Some(before) => {
            content.set_at(model_content::at::CHANGE, Value::from("update"));
            // The names only: a value may be a secret.
            let changed: Vec<&str> = now
                .class()
                .properties
                .iter()
                .filter(|property| property.name != names::UPDATED)
                .map(|property| property.name)
                .filter(|name| before.get(name) != now.get(name))
                .collect();
            content.set_at(model_content::at::DETAIL, Value::from(changed.join(", ")));
        }
    }
    News {
        log,
        about,
        content,
        kind: MODEL_EVENT,
        outcome: "Success",
        severity: "low",
        contact: None,
    }
}
