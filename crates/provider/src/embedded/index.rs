//! What follows from a stored resource: its index rows, and what becomes of its references when their
//! target goes.

use std::collections::BTreeMap;

use cim_core::{Embedded, Instance, Value};

use super::addresses;
use super::keys;
use super::lifecycle;
use super::model::names;
use super::row::Row;
use super::systems;

/// Index rows of a resource: key, value, and the target of a reference.
pub(crate) fn index(
    row: &Row,
    id: &str,
    is_job: bool,
) -> BTreeMap<Vec<u8>, (Vec<u8>, Option<String>)> {
    let class = row.instance.class().name;
    let mut rows = BTreeMap::new();
    rows.insert(keys::class_of(id), (class.into(), None));
    if let Some(owner) = &row.owner {
        rows.insert(
            keys::contained(&owner.id, &owner.association, id),
            (class.into(), None),
        );
    }
    for (property, value) in row.instance.present() {
        if property.reference_class.is_none() && property.embedded == Embedded::No {
            continue;
        }
        for_targets(value, property.reference_class.is_some(), &mut |target| {
            rows.insert(
                keys::reference(target, class, property.name, id),
                (Vec::new(), Some(target.to_owned())),
            );
        });
    }
    if let Some(key) = addresses::taken_by(&row.instance) {
        rows.insert(key, (id.into(), None));
    }
    if is_job
        && lifecycle::is_finished(&row.instance)
        && let Some(micros) = lifecycle::changed_at(&row.instance)
    {
        rows.insert(keys::finished(micros, id), (Vec::new(), None));
    }
    rows
}

/// Calls `each` for every InstanceID that a value refers to, at every depth. An instance by value that
/// has its InstanceID set refers to that one.
fn for_targets(value: &Value, is_reference: bool, each: &mut dyn FnMut(&str)) {
    for value in value.elements() {
        match value {
            Value::String(id)
                if is_reference
                    && !id.is_empty()
                    && !id.contains('\0')
                    && !systems::is_symbol(id) =>
            {
                each(id);
            }
            Value::Reference(path) => {
                if let Some(id) = path.instance_id() {
                    each(id);
                }
            }
            Value::Instance(inner) => {
                if let Some(id) = inner.text(names::ID).filter(|id| !systems::is_symbol(id)) {
                    each(id);
                }
                for (property, value) in inner.present() {
                    for_targets(value, property.reference_class.is_some(), each);
                }
            }
            _ => {}
        }
    }
}

/// Lets a property refer to `then`, or to nothing, where it refers to `id`.
pub(crate) fn redirect(instance: &mut Instance, property: &str, id: &str, then: Option<&str>) {
    let Some((at, descriptor)) = instance.class().property(property) else {
        return;
    };
    let Some(value) = instance.at(at) else { return };
    let changed = redirected(value, descriptor.reference_class.is_some(), id, then);
    instance.set_at(at, changed);
}

fn redirected(value: &Value, is_reference: bool, id: &str, then: Option<&str>) -> Option<Value> {
    match value {
        Value::String(target) if is_reference && target == id => then.map(Value::from),
        Value::Reference(path) if path.instance_id() == Some(id) => None,
        Value::Instance(inner) => {
            let mut inner = inner.clone();
            if inner.text(names::ID) == Some(id) {
                // What the referenced one gave is gone; what stood here stays.
                inner.unset(names::ID);
            }
            for (at, property) in inner.class().properties.iter().enumerate() {
                if let Some(value) = inner.at(at) {
                    let changed = redirected(value, property.reference_class.is_some(), id, then);
                    inner.set_at(at, changed);
                }
            }
            Some(Value::Instance(inner))
        }
        Value::Array(items) => Some(Value::Array(
            items
                .iter()
                .filter_map(|item| redirected(item, is_reference, id, then))
                .collect(),
        )),
        other => Some(other.clone()),
    }
}

/// NULL and the empty array are stored as absent: no reader can tell them apart.
pub(crate) fn normalize(instance: &mut Instance) {
    for at in 0..instance.class().properties.len() {
        let empty = match instance.at(at) {
            Some(Value::Null) => true,
            Some(Value::Array(items)) => items.is_empty(),
            _ => false,
        };
        if empty {
            instance.set_at(at, None);
        }
    }
}
