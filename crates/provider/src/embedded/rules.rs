//! What the simulated cloud refuses, class by class, and why.

use cim_core::{CimError, ClassDescriptor, ErrorKind, PropertyDescriptor, Value};
use cimi_model::classes::{
    cimi_disk as disk, cimi_machine_network_interface_address as machine_network_interface_address,
    cimi_machine_volume as machine_volume, cimi_system_system as system_system,
    cimi_volume as volume,
};

use super::core::store_error;
use super::create::Making;
use super::interfaces;
use super::keys;
use super::lifecycle::{AVAILABLE, DELETING};
use super::model::{AssociationClass, names};
use super::row::Row;
use super::systems;
use super::unit::Unit;

/// Refuses a new part or member of something that is about to go.
pub(crate) fn check_may_gain(
    owner: &str,
    row: &Row,
    what: &ClassDescriptor,
) -> Result<(), CimError> {
    if row.instance.text(names::STATE) == Some(DELETING) {
        return Err(CimError::new(
            ErrorKind::WrongState,
            format!(
                "{owner} is being deleted and can have no new {}.",
                what.name
            ),
        ));
    }
    Ok(())
}

/// Refuses a membership that the member does not allow.
pub(crate) async fn check_may_join(
    making: &mut Making<'_, '_>,
    association: &AssociationClass,
    one: &str,
    other: &str,
) -> Result<(), CimError> {
    if association.class.is_a(machine_volume::CLASS.name) {
        check_free(making.unit, other).await?;
    }
    if association
        .class
        .is_a(machine_network_interface_address::CLASS.name)
    {
        interfaces::check_free(making.unit, other)?;
    }
    if association.class.is_a(system_system::CLASS.name) {
        // Who puts one into the other meanwhile is noticed.
        for system in [one, other] {
            making.unit.expect_no_new_reference(system).await?;
        }
        systems::check_no_circle(making.unit, one, other).await?;
    }
    Ok(())
}

/// Refuses a volume that is not ready, or attached to a machine: this cloud does not share volumes
/// (capability SharedVolumeSupport).
pub(crate) async fn check_free(unit: &mut Unit<'_>, id: &str) -> Result<(), CimError> {
    if let Some(row) = unit.row(id).filter(|_| !unit.is_new(id))
        && let Some(state) = row.instance.text(names::STATE)
        && state != AVAILABLE
    {
        return Err(wrong_state(&format!("Attaching {id}"), state, &[AVAILABLE]));
    }
    unit.expect_no_new_reference(id).await?;
    match attached_to(unit, id).await? {
        Some((membership, _)) => Err(CimError::new(
            ErrorKind::InUse,
            format!("{id} is attached to a machine already; delete {membership} first."),
        )),
        None => Ok(()),
    }
}

/// The membership by which a volume is attached to a machine, and the machine.
pub(crate) async fn attached_to(
    unit: &Unit<'_>,
    id: &str,
) -> Result<Option<(String, String)>, CimError> {
    let prefix = keys::references_to(id);
    let mut membership: Option<String> = None;
    let attached = unit.changes().find_map(|entry| {
        let row = entry.after.as_ref()?;
        let owner = row.owner.as_ref()?;
        (row.instance.class().is_a(machine_volume::CLASS.name)
            && row
                .instance
                .value(names::PART)
                .as_reference()?
                .instance_id()
                == Some(id))
        .then(|| (entry.id.clone(), owner.id.clone()))
    });
    if attached.is_some() {
        return Ok(attached);
    }
    unit.core
        .store
        .scan(store::Scan::prefix(&prefix), &mut |key, _, _| {
            if let Some([class, _, source]) = keys::parts(key, &prefix)
                && class == machine_volume::CLASS.name
            {
                membership = Some(source.to_owned());
                return std::ops::ControlFlow::Break(());
            }
            std::ops::ControlFlow::Continue(())
        })
        .await
        .map_err(|error| store_error(&error))?;
    let Some(membership) = membership else {
        return Ok(None);
    };
    let row = unit.peek(&membership).await?;
    Ok(row
        .and_then(|row| row.owner)
        .map(|owner| (membership, owner.id)))
}

/// Refuses to delete a volume that a machine uses: detaching it says that it may go.
pub(crate) async fn check_may_go(unit: &mut Unit<'_>, id: &str) -> Result<(), CimError> {
    let is_volume = unit
        .row(id)
        .is_some_and(|row| row.instance.class().is_a(volume::CLASS.name));
    if !is_volume {
        return Ok(());
    }
    unit.expect_no_new_reference(id).await?;
    if let Some((membership, _)) = attached_to(unit, id).await? {
        return Err(CimError::new(
            ErrorKind::InUse,
            format!("{id} is attached to a machine; delete {membership} first."),
        ));
    }
    Ok(())
}

/// Refuses a change of a property that the cloud cannot follow.
pub(crate) fn check_change(
    row: &Row,
    property: &PropertyDescriptor,
    value: &Value,
) -> Result<(), CimError> {
    let shrinks = |at: usize, class: &'static ClassDescriptor| {
        row.instance.class().is_a(class.name)
            && class
                .properties
                .get(at)
                .is_some_and(|p| p.name == property.name)
            && match (row.instance.at(at).and_then(Value::as_u64), value.as_u64()) {
                (Some(now), Some(then)) => then < now,
                _ => false,
            }
    };
    // DSP0263 5.15.1: a Provider may refuse to shrink; this one does, because data would be lost.
    if shrinks(volume::at::CAPACITY, &volume::CLASS) || shrinks(disk::at::CAPACITY, &disk::CLASS) {
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            format!("{} can grow, not shrink.", property.name),
        )
        .with_subject(property.name));
    }
    Ok(())
}

/// The error for an operation that the present state does not allow.
pub(crate) fn wrong_state(what: &str, state: &str, allowed: &[&str]) -> CimError {
    CimError::new(
        ErrorKind::WrongState,
        format!(
            "{what} is not possible in state {state}; it is possible in {}.",
            allowed.join(", ")
        ),
    )
}
