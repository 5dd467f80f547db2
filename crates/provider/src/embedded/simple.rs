//! Resources that are made by rules which hold for any class: they have what their template has, and come
//! to rest by themselves.

use cim_core::{CimError, Embedded, ErrorKind, Instance};
use cimi_model::classes::{cimi_address as address, cimi_event_log as event_log};

use super::addresses;
use super::create::{Made, Making};
use super::lifecycle::{self, CREATING, ERROR, STARTED, STARTING, STOPPED};
use super::meters;
use super::model::{Kind, names};
use super::observed;
use super::work::Effect;

/// What a resource never takes over from its template.
const OWN: [&str; 8] = [
    names::ID,
    names::NAME,
    names::DESCRIPTION,
    names::PROPERTIES,
    names::CREATED,
    names::UPDATED,
    names::OPERATIONS,
    names::EXTENSIONS,
];

/// The property of a template that says where the new resource comes to rest.
const INITIAL_STATE: &str = "InitialState";

/// Makes a resource of what its template has (DSP0263 5.14.11: copied into it): attributes of the same
/// name, those of a configuration that the template names, and the members of its collections.
pub(crate) async fn from_template(
    making: &mut Making<'_, '_>,
    collection: &str,
    mut new: Instance,
    template: &Instance,
) -> Result<Made, CimError> {
    let class = new.class();
    let mut members = Vec::new();
    for (property, value) in template.present() {
        if OWN.contains(&property.name)
            || value.is_null()
            || observed::is_asked_for_by(property.name)
        {
            continue;
        }
        if class.property(property.name).is_some() {
            // What the request itself says comes first.
            if new.get(property.name).is_none() {
                new.set(property.name, value.clone());
            }
        } else if let (Embedded::Instance(shape), Some(_), false) = (
            property.embedded,
            property.reference_class,
            property.is_array,
        ) {
            let shape = making.unit.core.class(shape)?;
            let shape = making.resolve(property, shape, value).await?;
            for (of_shape, value) in shape.present() {
                if !OWN.contains(&of_shape.name) && new.get(of_shape.name).is_none() {
                    new.set(of_shape.name, value.clone());
                }
            }
        } else if property.reference_class.is_none() && property.embedded != Embedded::No {
            // Parts that would silently be missing.
            return Err(CimError::new(
                ErrorKind::NotSupported,
                format!(
                    "This cloud makes a {} without its {}; make the parts, and add them to its \
                     collections.",
                    class.name, property.name
                ),
            )
            .with_subject(property.name));
        } else if property.reference_class.is_some() {
            let joins = making.unit.core.model.associations.iter().find(|a| {
                matches!(a.kind, Kind::Membership)
                    && class.is_a(a.one.class.name)
                    && a.collection
                        .is_some_and(|name| name.eq_ignore_ascii_case(property.name))
            });
            if let Some(association) = joins.copied() {
                for target in value.elements() {
                    let target_class = association.other.class;
                    making.resolve(property, target_class, target).await?;
                    members.extend(target.as_str().map(|id| (association, id.to_owned())));
                }
            }
        }
    }
    meters::complete(&mut new)?;
    if let Some(target) = new.text(observed::TARGET).map(str::to_owned) {
        making.unit.load(&target).await?;
    }
    if class.is_a(address::CLASS.name) {
        addresses::assign(making, &mut new).await?;
    }
    let initial = template.text(INITIAL_STATE).map(str::to_owned);
    let mut made = settle(making, collection, new, initial.as_deref())?;
    observed::attach(making, &made.id.clone(), template, &mut made).await?;
    if class.is_a(event_log::CLASS.name) {
        observed::announce(making, &made.id).await?;
    }
    for (association, member) in members {
        let membership = making.join(&association, &made.id, &member).await?;
        made.affected.push(membership);
    }
    Ok(made)
}

/// Puts a new resource into the unit, and says what brings it to rest.
pub(crate) fn settle(
    making: &mut Making<'_, '_>,
    collection: &str,
    mut new: Instance,
    initial: Option<&str>,
) -> Result<Made, CimError> {
    let Some(rest) = lifecycle::first_rest(new.class()) else {
        return Ok(Made {
            id: making.insert(collection, new)?,
            ..Made::default()
        });
    };
    let rest = match initial {
        None => rest,
        Some(state @ (STARTED | STOPPED)) => state,
        Some(_) => {
            return Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!(
                    "{INITIAL_STATE}: a new {} can be {STARTED} or {STOPPED}.",
                    new.class().name
                ),
            )
            .with_subject(INITIAL_STATE));
        }
    };
    new.set(names::STATE, CREATING);
    let id = making.insert(collection, new)?;
    let mut step = |after: &str, to: &str| {
        let effects = vec![Effect::state(&id, to)];
        making.unit.step(after, effects)
    };
    let steps = if rest == STARTED {
        vec![step(CREATING, STARTING), step(STARTING, STARTED)]
    } else {
        vec![step(CREATING, rest)]
    };
    Ok(Made {
        steps,
        undo: Some(vec![Effect::state(&id, ERROR)]),
        works_on: vec![id.clone()],
        id,
        ..Made::default()
    })
}
