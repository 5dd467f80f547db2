//! What comes with a resource to observe it: the meters and the event log of its template.

use std::sync::Arc;

use cim_core::{CimError, ErrorKind, Instance, Value};
use cimi_model::classes::{
    cimi_event_log as event_log, cimi_event_log_template as event_log_template,
    cimi_meter as meter, cimi_meter_template as meter_template,
};

use super::core::writes;
use super::create::{Made, Making};
use super::simple;

/// The property of meters, event logs and their templates that says what they are about.
pub(crate) const TARGET: &str = "TargetResource";
/// The properties of templates that ask for meters and for an event log.
const METER_TEMPLATES: &str = "MeterTemplates";
const EVENT_LOG_TEMPLATE: &str = "EventLogTemplate";
/// The property of a resource that leads to its event log.
const EVENT_LOG: &str = "EventLog";

/// Whether a property of a template is acted on here.
pub(crate) fn is_asked_for_by(property: &str) -> bool {
    property == METER_TEMPLATES || property == EVENT_LOG_TEMPLATE
}

/// Makes the meters and the event log that a template asks for, of a new resource.
///
/// # Errors
/// A template is about something else (DSP0263 5.17.5: absent, or the resource itself).
pub(crate) async fn attach(
    making: &mut Making<'_, '_>,
    id: &str,
    template: &Instance,
    made: &mut Made,
) -> Result<(), CimError> {
    for (asked, template_class, class) in [
        (METER_TEMPLATES, &meter_template::CLASS, &meter::CLASS),
        (
            EVENT_LOG_TEMPLATE,
            &event_log_template::CLASS,
            &event_log::CLASS,
        ),
    ] {
        let Some((_, property)) = template.class().property(asked) else {
            continue;
        };
        for value in template.value(asked).elements() {
            let mut resolved = making.resolve(property, template_class, value).await?;
            match resolved.text(TARGET) {
                None => {
                    resolved.set(TARGET, id);
                }
                Some(target) if target == id => {}
                Some(target) => {
                    return Err(CimError::new(
                        ErrorKind::InvalidParameter,
                        format!(
                            "{asked}: its {TARGET} is {target}; here it is absent, or the new resource."
                        ),
                    )
                    .with_subject(asked));
                }
            }
            let collection = making
                .unit
                .core
                .model
                .collection(class)
                .unwrap_or(class.name);
            let observer = Box::pin(simple::from_template(
                making,
                collection,
                Instance::new(class),
                &resolved,
            ))
            .await?;
            made.affected.push(observer.id);
        }
    }
    Ok(())
}

/// Whose a meter or an event log is: that of what it is about, because it tells of nothing else. `None` for
/// anything else, and for what is about something of the service.
pub(crate) fn tenant_of(making: &Making<'_, '_>, new: &Instance) -> Option<Arc<str>> {
    let class = new.class();
    if !class.is_a(meter::CLASS.name) && !class.is_a(event_log::CLASS.name) {
        return None;
    }
    let row = making.unit.row(new.text(TARGET)?)?;
    row.tenant.clone()
}

/// Lets the target of a new event log know of it, if it has none yet and the caller may change it.
pub(crate) async fn announce(making: &mut Making<'_, '_>, log: &str) -> Result<(), CimError> {
    let target = making
        .unit
        .row(log)
        .and_then(|row| row.instance.at(event_log::at::TARGET_RESOURCE))
        .and_then(Value::as_str)
        .map(str::to_owned);
    let Some(target) = target else {
        return Ok(());
    };
    if !making.unit.load(&target).await? {
        return Ok(());
    }
    let knows = making.unit.row(&target).is_none_or(|row| {
        let known = row.instance.class().property(EVENT_LOG).is_none();
        known
            || !row.instance.value(EVENT_LOG).is_null()
            || !writes(&making.context.principal, row.tenant.as_deref())
    });
    if !knows && let Some(row) = making.unit.row_mut(&target) {
        row.instance.set(EVENT_LOG, log);
    }
    Ok(())
}
