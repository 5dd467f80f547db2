//! What a subscription selects, and the indications that it selects from.

use cim_core::{ClassDescriptor, Instance, Schema, Value};
use cim_query::Predicate;
use provider::{Event, EventKind};

/// The report of an event: an instance of CIM_InstCreation, CIM_InstModification or CIM_InstDeletion.
#[derive(Debug)]
pub(crate) struct Indication {
    /// Its position in the stream.
    pub(crate) position: u64,
    /// The report.
    pub(crate) instance: Instance,
}

impl Indication {
    /// The report of an event; `None` where the schema has no class for it.
    pub(crate) fn of(event: Event, schema: &Schema, stream: &str) -> Option<Self> {
        let (class, previous) = match event.kind {
            EventKind::Creation => ("CIM_InstCreation", None),
            EventKind::Modification { previous } => ("CIM_InstModification", Some(previous)),
            EventKind::Deletion => ("CIM_InstDeletion", None),
        };
        let position = event.bookmark.0;
        let mut instance = Instance::new(schema.class(class)?);
        instance.set("IndicationIdentifier", format!("{stream}:{position}"));
        instance.set("IndicationTime", Value::DateTime(event.time));
        instance.set("SourceInstanceModelPath", event.instance.path().to_string());
        if let Some(previous) = previous {
            let changed = changes(&previous, &event.instance);
            instance.set("ChangedPropertyNames", Value::Array(changed));
            instance.set("PreviousInstance", Value::Instance(previous));
        }
        instance.set("SourceInstance", Value::Instance(Box::new(event.instance)));
        Some(Self { position, instance })
    }

    /// The instance that it is about.
    pub(crate) fn source(&self) -> Option<&Instance> {
        self.instance.value("SourceInstance").as_instance()
    }
}

fn changes(before: &Instance, after: &Instance) -> Vec<Value> {
    let class = after.class();
    let mut names = Vec::new();
    for (at, property) in class.properties.iter().enumerate() {
        let old = match std::ptr::eq(before.class(), class) {
            true => before.at(at),
            false => before.get(property.name),
        };
        if old != after.at(at) {
            names.push(Value::from(property.name));
        }
    }
    names
}

/// What a subscription selects.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// The class of the report.
    pub(crate) indication: Option<&'static ClassDescriptor>,
    /// The class of the instance that it is about.
    pub(crate) source: Option<&'static ClassDescriptor>,
    /// A condition on the report.
    pub(crate) on_indication: Option<Predicate>,
    /// A condition on the instance that it is about.
    pub(crate) on_source: Option<Predicate>,
    /// The properties of the report that are wanted; none means all.
    pub(crate) projection: Option<Vec<String>>,
    /// Whether reports take the form of WMI's events; `projection` names properties of that form.
    pub(crate) as_wmi: bool,
}

impl Selection {
    /// Whether a report is selected.
    pub(crate) fn matches(&self, indication: &Indication) -> bool {
        let Some(source) = indication.source() else {
            return false;
        };
        let class = indication.instance.class();
        self.indication.is_none_or(|wanted| class.is_a(wanted.name))
            && self
                .source
                .is_none_or(|wanted| source.class().is_a(wanted.name))
            && self
                .on_source
                .as_ref()
                .is_none_or(|predicate| predicate.matches(source))
            && self
                .on_indication
                .as_ref()
                .is_none_or(|predicate| predicate.matches(&indication.instance))
    }

    /// The class of source instances outside of which nothing is selected; empty for any. It is what
    /// subscriptions are found by.
    pub(crate) fn index(&self) -> &str {
        fn isa(predicate: &Predicate) -> Option<&str> {
            match predicate {
                Predicate::And(all) => all.iter().find_map(isa),
                Predicate::Isa { path, class } => match path.as_slice() {
                    [only] if only == "SourceInstance" => Some(class),
                    _ => None,
                },
                _ => None,
            }
        }
        match self.source {
            Some(class) => class.name,
            None => self
                .on_indication
                .as_ref()
                .and_then(isa)
                .unwrap_or_default(),
        }
    }
}
