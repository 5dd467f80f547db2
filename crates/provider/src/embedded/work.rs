//! The row of work of a job: the steps that are left, each with the time that it takes and what it does at
//! its end, and who works on them until when.

use std::time::Duration;

use cim_core::{PropertyDescriptor, Schema, Value};

use super::codec::{Corrupt, Keep, Reader, write_number, write_signed, write_text, write_value};
use super::core::Core;
use super::model::names;

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
    /// Lets a system that was made show the state of its machines from now on.
    Derive {
        /// The system.
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
    /// Why it will fail instead, if the simulation says so.
    pub(crate) fails: Option<String>,
}

impl Step {
    /// A step that does this after that time.
    pub(crate) fn after(wait: Duration, effects: Vec<Effect>) -> Self {
        Self {
            wait,
            effects,
            fails: None,
        }
    }
}

/// The row of work.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Work {
    /// The process that works on it.
    pub(crate) holder: String,
    /// Until when the others leave it to that process, in microseconds since the epoch.
    pub(crate) lease_until: i64,
    /// When the first of the steps ends.
    pub(crate) due: i64,
    /// How many steps there were at first.
    pub(crate) total: u64,
    pub(crate) steps: Vec<Step>,
    pub(crate) undo: Option<Vec<Effect>>,
    pub(crate) works_on: Vec<String>,
    /// Whether the steps undo what was done.
    pub(crate) stopping: bool,
    /// The job that this one is a part of.
    pub(crate) parent: Option<String>,
    /// The nested jobs that run still; the steps begin when there are none.
    pub(crate) waits_for: Vec<String>,
    /// Why nested jobs failed.
    pub(crate) failed: Vec<String>,
    /// Whether nothing is to be left if a nested job fails.
    pub(crate) atomic: bool,
}

/// A length of time as the clock of the store counts.
pub(crate) fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// The form that is written. Work of the form before it had no nested jobs; it is read, too.
const FORM: u8 = 2;
const FORM_WITHOUT_NESTED: u8 = 1;

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
            Effect::Derive { id } => {
                out.push(3);
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
            3 => Effect::Derive {
                id: reader.text()?.to_owned(),
            },
            _ => return Err(Corrupt("no such effect")),
        });
    }
    Ok(effects)
}

impl Work {
    /// The stored form.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = vec![FORM];
        write_text(&mut out, &self.holder);
        write_signed(&mut out, self.lease_until);
        write_signed(&mut out, self.due);
        write_number(&mut out, self.total);
        write_number(&mut out, self.steps.len() as u64);
        for step in &self.steps {
            write_signed(&mut out, micros(step.wait));
            write_effects(&mut out, &step.effects);
            write_text(&mut out, step.fails.as_deref().unwrap_or_default());
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
        write_text(&mut out, self.parent.as_deref().unwrap_or_default());
        for list in [&self.waits_for, &self.failed] {
            write_number(&mut out, list.len() as u64);
            for text in list {
                write_text(&mut out, text);
            }
        }
        out.push(u8::from(self.atomic));
        out
    }

    /// Reads the stored form.
    pub(crate) fn decode(bytes: &[u8], schema: &Schema) -> Result<Self, Corrupt> {
        let mut reader = Reader::new(bytes);
        let form = reader.byte()?;
        if form != FORM && form != FORM_WITHOUT_NESTED {
            return Err(Corrupt("work of another form"));
        }
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut work = Self {
            holder: reader.text()?.to_owned(),
            lease_until: reader.signed()?,
            due: reader.signed()?,
            total: reader.number()?,
            steps: Vec::new(),
            undo: None,
            works_on: Vec::new(),
            stopping: false,
            parent: None,
            waits_for: Vec::new(),
            failed: Vec::new(),
            atomic: false,
        };
        for _ in 0..reader.number()? {
            work.steps.push(Step {
                wait: Duration::from_micros(u64::try_from(reader.signed()?).unwrap_or(0)),
                effects: read_effects(&mut reader, schema)?,
                fails: match form {
                    FORM => text(reader.text()?),
                    _ => None,
                },
            });
        }
        if reader.byte()? != 0 {
            work.undo = Some(read_effects(&mut reader, schema)?);
        }
        for _ in 0..reader.number()? {
            work.works_on.push(reader.text()?.to_owned());
        }
        work.stopping = reader.byte()? != 0;
        if form == FORM {
            work.parent = text(reader.text()?);
            for list in [&mut work.waits_for, &mut work.failed] {
                for _ in 0..reader.number()? {
                    list.push(reader.text()?.to_owned());
                }
            }
            work.atomic = reader.byte()? != 0;
        }
        Ok(work)
    }

    /// Takes or keeps the lease until the first step should long be done.
    pub(crate) fn lease(&mut self, core: &Core) {
        self.holder = core.holder.to_string();
        self.lease_until = self.due.saturating_add(micros(core.config.job_lease));
    }
}
