//! The state machines of the simulated cloud (DSP0263 5.14.1, 5.14.7, 5.15.1, 5.17.1), as a table.
//!
//! From which states an operation is possible stands in the MOF (`CIMI_FromStates`). What the MOF has no
//! words for stands here: through which states it leads, and to which.

use cim_core::{ClassDescriptor, Instance, MethodDescriptor};
use cimi_model::classes::{
    cimi_event_log as event_log, cimi_job as job, cimi_machine as machine,
    cimi_machine_image as image, cimi_meter as meter, cimi_network as network,
    cimi_network_port as port, cimi_volume_image as volume_image,
};

use super::meters;
use super::model::names;
use super::packages;
use super::row::Row;
use super::systems;

pub(crate) const CREATING: &str = "CREATING";
pub(crate) const STARTING: &str = "STARTING";
pub(crate) const STARTED: &str = "STARTED";
pub(crate) const STOPPING: &str = "STOPPING";
pub(crate) const STOPPED: &str = "STOPPED";
pub(crate) const PAUSING: &str = "PAUSING";
pub(crate) const PAUSED: &str = "PAUSED";
pub(crate) const SUSPENDING: &str = "SUSPENDING";
pub(crate) const SUSPENDED: &str = "SUSPENDED";
pub(crate) const CAPTURING: &str = "CAPTURING";
pub(crate) const RESTORING: &str = "RESTORING";
pub(crate) const MIXED: &str = "MIXED";
pub(crate) const DELETING: &str = "DELETING";
pub(crate) const ERROR: &str = "ERROR";
pub(crate) const AVAILABLE: &str = "AVAILABLE";

/// The states of a job.
pub(crate) mod job_state {
    pub(crate) const RUNNING: &str = "RUNNING";
    pub(crate) const FAILED: &str = "FAILED";
    pub(crate) const SUCCESS: &str = "SUCCESS";
    pub(crate) const STOPPING: &str = super::STOPPING;
    pub(crate) const STOPPED: &str = super::STOPPED;
}

/// The types of a machine image.
pub(crate) mod image_type {
    pub(crate) const IMAGE: &str = "IMAGE";
    pub(crate) const SNAPSHOT: &str = "SNAPSHOT";
    pub(crate) const PARTIAL_SNAPSHOT: &str = "PARTIAL_SNAPSHOT";
}

/// The states in which a machine rests, and can be captured (DSP0263 5.14.1, capture).
pub(crate) const AT_REST: &[&str] = &[STARTED, STOPPED, PAUSED, SUSPENDED];

/// What an operation does to the state of its resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Transition {
    class: &'static str,
    method: &'static str,
    /// Only from this state; `None` for all states that the MOF allows.
    from: Option<&'static str>,
    /// The transient states on the way.
    pub(crate) via: &'static [&'static str],
    /// The state of rest at its end.
    pub(crate) to: &'static str,
}

const fn of(
    class: &'static ClassDescriptor,
    method: &'static str,
    via: &'static [&'static str],
    to: &'static str,
) -> Transition {
    Transition {
        class: class.name,
        method,
        from: None,
        via,
        to,
    }
}

const fn of_machine(
    method: &'static str,
    via: &'static [&'static str],
    to: &'static str,
) -> Transition {
    of(&machine::CLASS, method, via, to)
}

/// The first row that fits counts.
const TRANSITIONS: &[Transition] = &[
    of_machine("Start", &[STARTING], STARTED),
    of_machine("Stop", &[STOPPING], STOPPED),
    Transition {
        from: Some(STOPPED),
        ..of_machine("Restart", &[STARTING], STARTED)
    },
    of_machine("Restart", &[STOPPING, STARTING], STARTED),
    of_machine("Pause", &[PAUSING], PAUSED),
    of_machine("Suspend", &[SUSPENDING], SUSPENDED),
    // To the state that is recorded with the snapshot, if one is (`image::state_in`).
    of_machine(RESTORE, &[RESTORING], STOPPED),
    of(&network::CLASS, "Start", &[STARTING], STARTED),
    of(&network::CLASS, "Stop", &[STOPPING], STOPPED),
    of(&port::CLASS, "Start", &[STARTING], STARTED),
    of(&port::CLASS, "Stop", &[STOPPING], STOPPED),
];

/// The method that sets a machine back to an image.
pub(crate) const RESTORE: &str = "Restore";

/// The methods that make an image of a machine, and its type.
const CAPTURES: &[(&str, &str)] = &[
    ("Capture", image_type::IMAGE),
    ("Snapshot", image_type::SNAPSHOT),
];

/// The type of the image that a method makes of a machine; `None` if it makes none.
pub(crate) fn captures(class: &ClassDescriptor, method: &MethodDescriptor) -> Option<&'static str> {
    if !class.is_a(machine::CLASS.name) {
        return None;
    }
    let found = CAPTURES.iter().find(|(name, _)| *name == method.name);
    found.map(|(_, kind)| *kind)
}

/// The states in which new resources rest that need nothing done beyond being made.
const FIRST_RESTS: &[(&ClassDescriptor, &str)] = &[
    (&network::CLASS, STOPPED),
    (&port::CLASS, STOPPED),
    (&volume_image::CLASS, AVAILABLE),
];

/// The state in which a new resource rests where nothing else is asked for; `None` if it has no state.
pub(crate) fn first_rest(class: &ClassDescriptor) -> Option<&'static str> {
    FIRST_RESTS
        .iter()
        .find(|(made, _)| class.is_a(made.name))
        .map(|(_, state)| *state)
}

/// What a method does to a resource in a state; `None` if it is no transition.
pub(crate) fn transition(
    class: &ClassDescriptor,
    method: &MethodDescriptor,
    state: &str,
) -> Option<&'static Transition> {
    TRANSITIONS.iter().find(|t| {
        t.method == method.name && class.is_a(t.class) && t.from.is_none_or(|from| from == state)
    })
}

/// Whether the method leads from one state to another.
pub(crate) fn is_transition(class: &ClassDescriptor, method: &MethodDescriptor) -> bool {
    TRANSITIONS
        .iter()
        .any(|t| t.method == method.name && class.is_a(t.class))
}

/// Whether this cloud has the operation.
pub(crate) fn implements(class: &ClassDescriptor, method: &MethodDescriptor) -> bool {
    stops_job(class, method)
        || captures(class, method).is_some()
        || is_transition(class, method)
        || systems::is_for_machines(class, method)
        || meters::switches(class, method).is_some()
        || packages::exports(class, method)
}

/// Whether the method is the one that cancels a job.
pub(crate) fn stops_job(class: &ClassDescriptor, method: &MethodDescriptor) -> bool {
    class.is_a(job::CLASS.name) && method.name == "Stop"
}

/// Whether resources of the class are deleted by a job, which shows them as DELETING meanwhile.
pub(crate) fn is_deleted_by_job(class: &ClassDescriptor) -> bool {
    class
        .property(names::STATE)
        .and_then(|(_, property)| property.value_map)
        .is_some_and(|map| map.values.contains(&DELETING))
}

/// Whether a job runs no longer.
pub(crate) fn is_finished(job: &Instance) -> bool {
    job.text(names::STATE).is_some_and(|state| {
        [job_state::SUCCESS, job_state::FAILED, job_state::STOPPED].contains(&state)
    })
}

/// When the state of a job last changed, in microseconds since the epoch.
pub(crate) fn changed_at(job: &Instance) -> Option<i64> {
    match job.at(job::at::TIME_OF_STATUS_CHANGE)? {
        cim_core::Value::DateTime(time) => time.instant_micros(),
        _ => None,
    }
}

/// Whether a resource that refers to a removed one must go too: a meter measures it, an event log is about it
/// (capability Linked), a partial snapshot
/// builds on its image.
pub(crate) fn goes_with(removed: Option<&Instance>, property: &str, source: Option<&Row>) -> bool {
    let is_target = meter::CLASS
        .properties
        .get(meter::at::TARGET_RESOURCE)
        .is_some_and(|target| target.name == property);
    let observes = |row: &Row| {
        let class = row.instance.class();
        class.is_a(meter::CLASS.name) || class.is_a(event_log::CLASS.name)
    };
    if is_target && source.is_some_and(observes) {
        return true;
    }
    is_related_image(removed, property)
        && source.is_some_and(|row| {
            row.instance.at(image::at::TYPE).and_then(|v| v.as_str())
                == Some(image_type::PARTIAL_SNAPSHOT)
        })
}

/// What a resource refers to instead of a removed one: a snapshot to the snapshot before it.
pub(crate) fn instead(removed: Option<&Instance>, property: &str, source: &Row) -> Option<String> {
    if !is_related_image(removed, property) || !source.instance.class().is_a(image::CLASS.name) {
        return None;
    }
    removed?
        .at(image::at::RELATED_IMAGE)
        .and_then(|v| v.as_str())
        .map(str::to_owned)
}

fn is_related_image(removed: Option<&Instance>, property: &str) -> bool {
    removed.is_some_and(|removed| removed.class().is_a(image::CLASS.name))
        && image::CLASS
            .properties
            .get(image::at::RELATED_IMAGE)
            .is_some_and(|related| related.name == property)
}
