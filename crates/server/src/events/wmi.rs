//! The events of WMI: `SELECT * FROM __InstanceModificationEvent WITHIN 10 WHERE TargetInstance ISA 'CIMI_Machine'` is
//! what consoles of that descent send, and `TargetInstance` is what their scripts look into.
//!
//! Such a subscription selects from the standard's reports as any other does; only when a report is written
//! does it take the form that was asked for.

use std::sync::LazyLock;

use cim_core::{ClassDescriptor, DateTime, Instance, Schema, Value};
use cim_query::{Literal, Predicate};

/// The classes, in the order in which they derive from each other.
static CLASSES: LazyLock<Vec<&'static ClassDescriptor>> = LazyLock::new(|| {
    let text = [
        include_str!("../../../../mof/qualifiers.mof"),
        include_str!("../../../../mof/wmi_events.mof"),
    ]
    .concat();
    cim_mof::compile_text("wmi_events.mof", &text).lower()
});

/// The instance that an event is about, there and in the standard's reports.
const TARGET: (&str, &str) = ("TargetInstance", "SourceInstance");
/// What it was before, in both.
const PREVIOUS: &str = "PreviousInstance";
/// When it happened.
const TIME: &str = "TIME_CREATED";
/// Microseconds from the beginning of WMI's time, 1601, to the epoch.
const FROM_1601: i64 = 11_644_473_600_000_000;

/// Which class of WMI stands for which of the standard (DSP1054).
const MEANING: [(&str, &str); 4] = [
    ("__InstanceOperationEvent", "CIM_InstIndication"),
    ("__InstanceCreationEvent", "CIM_InstCreation"),
    ("__InstanceModificationEvent", "CIM_InstModification"),
    ("__InstanceDeletionEvent", "CIM_InstDeletion"),
];

/// The class of WMI with this name, in any case; `None` for any that can not be subscribed to.
pub(crate) fn class(name: &str) -> Option<&'static ClassDescriptor> {
    if !name.starts_with("__") {
        return None;
    }
    let is_known = |class: &&ClassDescriptor| MEANING.iter().any(|(wmi, _)| *wmi == class.name);
    let mut classes = CLASSES.iter().copied().filter(is_known);
    classes.find(|class| class.name.eq_ignore_ascii_case(name))
}

/// The class of the standard's reports that a class of WMI stands for.
pub(crate) fn meaning(class: &ClassDescriptor) -> Option<&'static str> {
    let mut meanings = MEANING.iter();
    meanings
        .find(|(wmi, _)| *wmi == class.name)
        .map(|(_, standard)| *standard)
}

/// The classes of a schema and those of WMI, where a query names one of these.
pub(crate) fn schema_for(query: &str, schema: &Schema) -> Option<Schema> {
    let is_named = query.to_ascii_lowercase().contains("__instance");
    is_named.then(|| Schema::new(schema.classes().iter().chain(CLASSES.iter()).copied()))
}

/// A condition on an event of WMI as one on the standard's report; `None` if it looks at what only
/// WMI has.
pub(crate) fn condition(predicate: Predicate) -> Option<Predicate> {
    let all = |all: Vec<Predicate>| all.into_iter().map(condition).collect::<Option<Vec<_>>>();
    Some(match predicate {
        Predicate::And(parts) => Predicate::And(all(parts)?),
        Predicate::Or(parts) => Predicate::Or(all(parts)?),
        Predicate::Not(part) => Predicate::Not(Box::new(condition(*part)?)),
        Predicate::Compare(mut comparison) => {
            comparison.path = path(comparison.path)?;
            if let Literal::Path(other) = comparison.value {
                comparison.value = Literal::Path(path(other)?);
            }
            Predicate::Compare(comparison)
        }
        Predicate::IsNull(names) => Predicate::IsNull(path(names)?),
        Predicate::Like {
            path: names,
            pattern,
        } => Predicate::Like {
            path: path(names)?,
            pattern,
        },
        // The event itself is of a class of WMI, what it is about is not.
        Predicate::Isa { path: names, class } if names.is_empty() => Predicate::Isa {
            class: meaning(self::class(&class)?)?.to_owned(),
            path: names,
        },
        Predicate::Isa { path: names, class } => Predicate::Isa {
            path: path(names)?,
            class,
        },
        Predicate::NamedValue { .. } | Predicate::Selected { .. } => return None,
    })
}

fn path(mut names: Vec<String>) -> Option<Vec<String>> {
    let first = names.first_mut()?;
    if *first == TARGET.0 {
        TARGET.1.clone_into(first);
    } else if *first != PREVIOUS {
        return None;
    }
    Some(names)
}

/// A report of the standard as an event of WMI.
pub(crate) fn event(report: &Instance) -> Option<Instance> {
    let name = report.class().name;
    let mut meanings = MEANING.iter();
    let (wmi, _) = meanings.find(|(_, standard)| *standard == name)?;
    let mut event = Instance::new(class(wmi)?);
    event.set(TARGET.0, report.value(TARGET.1).clone());
    if let Some(previous) = report.get(PREVIOUS) {
        event.set(PREVIOUS, previous.clone());
    }
    if let Value::DateTime(time) = report.value("IndicationTime")
        && let Some(ticks) = since_1601(time)
    {
        event.set(TIME, ticks);
    }
    Some(event)
}

/// Units of 100 nanoseconds since the beginning of WMI's time.
fn since_1601(time: &DateTime) -> Option<Value> {
    let micros = time.instant_micros()?.checked_add(FROM_1601)?;
    let ticks = u64::try_from(micros).ok()?.checked_mul(10)?;
    Some(Value::Unsigned(ticks))
}
