//! Jobs of clouds that have none: a change that goes on there without a job is followed by the state of its resource.
//!
//! Such a job is kept nowhere. Its identifier says what was asked for, and of which resource; what it tells follows
//! from the resource each time that it is read. So it outlives restarts, any bridge can answer for it, and there is
//! nothing to clean up; but it is in no collection, and cannot be stopped.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, ObjectPath, Value};
use cimi_rest::Format;
use provider::associations::from_states;
use provider::{OperationContext, Resource};

use crate::cloud::{Cloud, Document, Found, ID};
use crate::etag::etag;

/// What identifiers of these jobs start with; no cloud's own can, as they are relative to its base.
const PREFIX: &str = "x-job/";
const STATE: &str = "State";

/// How long a cloud may take to begin with what it has accepted.
const BEGINNING: Duration = Duration::from_secs(5);

const RUNNING: &str = "RUNNING";
const SUCCESS: &str = "SUCCESS";
const FAILED: &str = "FAILED";

/// States that end like those of something under way, and are not.
const AT_REST: [&str; 1] = ["RUNNING"];

/// Whether something goes on in a state: the words of the model end so, and so do those that clouds have besides.
pub(crate) fn is_transient(state: &str) -> bool {
    let state = state.to_ascii_uppercase();
    state.ends_with("ING") && !AT_REST.contains(&state.as_str())
}

fn is_failure(state: &str) -> bool {
    ["ERROR", "FAILED"]
        .iter()
        .any(|failure| state.eq_ignore_ascii_case(failure))
}

/// What is followed.
struct Followed<'i> {
    /// The operation, in the words of REST.
    action: &'i str,
    class: &'static ClassDescriptor,
    /// The resource.
    id: &'i str,
    /// When it was asked for.
    since: SystemTime,
}

impl Cloud {
    /// The job that follows an operation on a resource, for which the cloud names none.
    pub(crate) fn follow(&self, action: &str, class: &ClassDescriptor, id: &str) -> ObjectPath {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.unwrap_or_default().as_secs();
        let id = format!("{PREFIX}{action}/{now}/{}/{id}", class.name);
        ObjectPath::new(self.associations_job(), ID, &id)
    }

    fn followed<'i>(&self, id: &'i str) -> Option<Followed<'i>> {
        let mut parts = id.strip_prefix(PREFIX)?.splitn(4, '/');
        let action = parts.next()?;
        let since: u64 = parts.next()?.parse().ok()?;
        let class = self.schema.class(parts.next()?)?;
        Some(Followed {
            action,
            class,
            id: parts.next()?,
            since: UNIX_EPOCH.checked_add(Duration::from_secs(since))?,
        })
    }

    /// Such a job as it is now; `None` for an identifier that is none of one.
    pub(crate) async fn followed_job(
        &self,
        context: &OperationContext,
        class: &ClassDescriptor,
        id: &str,
    ) -> Option<Result<Found, CimError>> {
        let job = self.model.job().class;
        let followed = self.followed(id).filter(|_| job.is_a(class.name))?;
        // Boxed: reading a resource may be reading a job.
        let found = Box::pin(self.fetch(context, followed.class, followed.id)).await;
        Some(found_job(job, id, &followed, found))
    }
}

fn found_job(
    class: &'static ClassDescriptor,
    id: &str,
    followed: &Followed<'_>,
    found: Result<Found, CimError>,
) -> Result<Found, CimError> {
    let (state, why) = match found {
        Ok(found) => how_far(followed, &found.resource.instance),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let state = if followed.action == cimi_rest::DELETE {
                SUCCESS
            } else {
                FAILED
            };
            (state, "the resource is gone".to_owned())
        }
        Err(error) => return Err(error),
    };
    let action = followed
        .class
        .methods
        .iter()
        .find(|method| method.name.eq_ignore_ascii_case(followed.action))
        .and_then(|method| provider::associations::action_uri(method))
        .unwrap_or(followed.action);
    let mut job = Instance::new(class)
        .with(ID, id)
        .with(STATE, state)
        .with("Action", action)
        .with("TargetResource", followed.id)
        .with(
            "StatusMessage",
            format!("The cloud tells of no job; {why}."),
        );
    job.set(
        "AffectedResources",
        Value::Array(vec![Value::from(followed.id)]),
    );
    if state != RUNNING {
        job.set("Progress", 100_u64);
    }
    Ok(Found {
        resource: Resource {
            etag: etag(&job),
            instance: job,
        },
        document: Document {
            format: Format::Json,
            text: "{}".to_owned(),
        },
    })
}

/// The state of the job, and what it follows from.
fn how_far(followed: &Followed<'_>, resource: &Instance) -> (&'static str, String) {
    let Some(now) = resource.text(STATE) else {
        let state = if followed.action == cimi_rest::DELETE {
            RUNNING
        } else {
            SUCCESS
        };
        return (state, "the resource is there and has no state".to_owned());
    };
    let why = format!("the resource is {now}");
    let class = resource.class();
    let mut methods = class.methods.iter();
    let method = methods.find(|method| method.name.eq_ignore_ascii_case(followed.action));
    // As it was before: it may not have begun, or has come back to where it was.
    let is_as_before = method
        .and_then(from_states)
        .is_some_and(|states| states.contains(&now));
    let is_young = followed
        .since
        .elapsed()
        .is_ok_and(|elapsed| elapsed < BEGINNING);
    let state = if is_failure(now) {
        FAILED
    } else if is_transient(now) || followed.action == cimi_rest::DELETE || is_as_before && is_young
    {
        RUNNING
    } else {
        SUCCESS
    };
    (state, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_state_says_of_an_operation() {
        let class = cimi_model::schema().class("CIMI_Machine").unwrap();
        let long_ago = UNIX_EPOCH;
        let now = SystemTime::now();
        for (action, since, state, expected) in [
            ("add", now, "CREATING", RUNNING),
            ("add", long_ago, "PENDING", RUNNING),
            ("add", now, "STARTED", SUCCESS),
            ("add", now, "NEW", SUCCESS),
            ("add", now, "RUNNING", SUCCESS),
            ("add", now, "ERROR", FAILED),
            ("delete", now, "STOPPED", RUNNING),
            ("delete", now, "error", FAILED),
            ("stop", now, "STARTED", RUNNING),
            ("stop", now, "STOPPING", RUNNING),
            ("stop", now, "STOPPED", SUCCESS),
            // It came back, or never began: there is no more to be known.
            ("restart", long_ago, "STARTED", SUCCESS),
        ] {
            let followed = Followed {
                action,
                class,
                id: "m",
                since,
            };
            let machine = Instance::new(class).with(STATE, state);
            let (found, why) = how_far(&followed, &machine);
            assert_eq!(found, expected, "{action} {state}");
            assert!(why.contains(state));
        }
    }
}
