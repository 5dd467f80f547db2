//! Machine images: of data elsewhere, or of a machine (DSP0263 5.14.7.1: capture and snapshot).

use cim_core::{CimError, ErrorKind, Instance, Value};
use cimi_model::classes::{
    cimi_machine as machine, cimi_machine_image as image,
    cimi_machine_snapshot as machine_snapshot, cimi_volume as volume,
    cimi_volume_image as volume_image, cimi_volume_volume_image as volume_volume_image,
};

use super::cloud::property;
use super::core::store_error;
use super::create::{Made, Making};
use super::keys;
use super::lifecycle::{AT_REST, AVAILABLE, CAPTURING, CREATING, ERROR, STOPPED, image_type};
use super::model::names;
use super::rules::wrong_state;
use super::simple;
use super::unit::Unit;
use super::validate::missing;
use super::work::Effect;
use crate::OperationContext;

/// An image: of data elsewhere, or of a machine, if `ImageLocation` is the InstanceID or URI of one
/// (DSP0263 5.14.7.1: capture and snapshot).
pub(crate) async fn make(
    making: &mut Making<'_, '_>,
    collection: &str,
    mut given: Instance,
) -> Result<Made, CimError> {
    let location_property = property(&image::CLASS, image::at::IMAGE_LOCATION);
    let location = given
        .at(image::at::IMAGE_LOCATION)
        .and_then(Value::as_str)
        .ok_or_else(|| missing(image::CLASS.name, location_property.name))?
        .to_owned();
    if given.at(image::at::TYPE).is_none() {
        given.set_at(image::at::TYPE, Value::from(image_type::IMAGE));
    }
    let kind = given
        .at(image::at::TYPE)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    given.set_at(image::at::STATE, Value::from(CREATING));
    let machines = making.unit.core.model.collection(&machine::CLASS);
    let location = instance_id_in(&location, machines.unwrap_or("machines")).to_owned();
    let of_machine = making
        .unit
        .load_visible(making.context, machine::CLASS.name, &location)
        .await?;
    if !of_machine {
        let id = making.insert(collection, given)?;
        let ready = vec![Effect::state(&id, AVAILABLE)];
        return Ok(Made {
            steps: vec![making.unit.step(CREATING, ready)],
            undo: Some(vec![Effect::state(&id, ERROR)]),
            works_on: vec![id.clone()],
            id,
            ..Made::default()
        });
    }

    if kind == image_type::PARTIAL_SNAPSHOT {
        let name = property(&image::CLASS, image::at::TYPE).name;
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            format!("{name}: an image of a machine is IMAGE or SNAPSHOT."),
        )
        .with_subject(name));
    }
    let row = making
        .unit
        .load_to_write(making.context, machine::CLASS.name, &location)
        .await?;
    let state = row
        .instance
        .text(names::STATE)
        .unwrap_or_default()
        .to_owned();
    let latest = row.instance.at(machine::at::LATEST_SNAPSHOT).cloned();
    if !AT_REST.contains(&state.as_str()) {
        return Err(wrong_state(
            &format!("An image of {location}"),
            &state,
            AT_REST,
        ));
    }
    if let Some(row) = making.unit.row_mut(&location) {
        row.instance
            .set_at(machine::at::STATE, Value::from(CAPTURING));
    }
    let id = making.insert(collection, given)?;
    if kind == image_type::SNAPSHOT {
        let recorded = state.as_bytes().to_vec();
        making.unit.put(keys::state_in(&id), recorded);
    }
    let mut effects = vec![
        Effect::state(&location, &state),
        Effect::state(&id, AVAILABLE),
        // Once it is made, the image is no longer the machine (DSP0263 5.14.7.1).
        Effect::set(
            &id,
            location_property,
            Value::from(format!("urn:uuid:{}", uuid::Uuid::new_v4())),
        ),
    ];
    if kind == image_type::SNAPSHOT {
        if let Some(latest) = latest {
            let related = property(&image::CLASS, image::at::RELATED_IMAGE);
            effects.push(Effect::set(&id, related, latest));
        }
        let newest = property(&machine::CLASS, machine::at::LATEST_SNAPSHOT);
        effects.push(Effect::set(&location, newest, Value::from(id.as_str())));
    }
    let mut affected = vec![location.clone()];
    if kind == image_type::SNAPSHOT {
        affected.push(joined(making, machine_snapshot::CLASS.name, &location, &id).await?);
    }
    Ok(Made {
        affected,
        steps: vec![making.unit.step(CAPTURING, effects)],
        undo: Some(vec![
            Effect::state(&location, &state),
            Effect::state(&id, ERROR),
        ]),
        works_on: vec![id.clone(), location],
        id,
        ..Made::default()
    })
}

impl Making<'_, '_> {
    /// An image of a machine, of that type.
    pub(crate) async fn image_of(&mut self, machine: &str, kind: &str) -> Result<Made, CimError> {
        let collection = self.unit.core.model.collection(&image::CLASS);
        let mut given = Instance::new(&image::CLASS);
        given.set_at(image::at::IMAGE_LOCATION, Value::from(machine));
        given.set_at(image::at::TYPE, Value::from(kind));
        make(self, collection.unwrap_or("machineImages"), given).await
    }
}

/// Whether there is a snapshot of that InstanceID, ready to be used.
pub(crate) async fn is_snapshot(
    unit: &mut Unit<'_>,
    context: &OperationContext,
    id: &str,
) -> Result<bool, CimError> {
    let is_visible = unit.load_visible(context, image::CLASS.name, id).await?;
    let row = unit.row(id).filter(|_| is_visible);
    Ok(row.is_some_and(|row| {
        let text = |at| row.instance.at(at).and_then(Value::as_str);
        text(image::at::TYPE) == Some(image_type::SNAPSHOT)
            && text(image::at::STATE) == Some(AVAILABLE)
    }))
}

/// The state that a machine is in when it was set back to a snapshot: the one that it was in when that was
/// made. One that came from elsewhere has none (DSP0263 5.14.1, restore).
pub(crate) async fn state_in(unit: &mut Unit<'_>, image: &str) -> Result<&'static str, CimError> {
    let stored = unit.core.store.get(&keys::state_in(image)).await;
    let stored = stored.map_err(|error| store_error(&error))?;
    let recorded = stored.and_then(|(_, state)| {
        let mut known = AT_REST.iter();
        known.find(|known| known.as_bytes() == state.as_slice())
    });
    Ok(recorded.copied().unwrap_or(STOPPED))
}

/// What a machine remembers of being set back.
pub(crate) fn restored(machine: &str, image: &str) -> Effect {
    let newest = property(&machine::CLASS, machine::at::LATEST_SNAPSHOT);
    Effect::set(machine, newest, Value::from(image))
}

/// The membership of an image in the collection of what it was made of.
async fn joined(
    making: &mut Making<'_, '_>,
    association: &str,
    of: &str,
    image: &str,
) -> Result<String, CimError> {
    let known = making.unit.core.model.association(association).copied();
    let association = known.ok_or_else(|| {
        CimError::internal(format!("the schema has no association {association}"))
    })?;
    making.join(&association, of, image).await
}

/// An image for volumes: of data elsewhere, or of a volume, if `ImageLocation` is the InstanceID or URI of
/// one (DSP0263 5.15.7.1).
pub(crate) async fn make_of_volume(
    making: &mut Making<'_, '_>,
    collection: &str,
    mut given: Instance,
) -> Result<Made, CimError> {
    let location_property = property(&volume_image::CLASS, volume_image::at::IMAGE_LOCATION);
    let location = given
        .at(volume_image::at::IMAGE_LOCATION)
        .and_then(Value::as_str)
        .ok_or_else(|| missing(volume_image::CLASS.name, location_property.name))?;
    let volumes = making.unit.core.model.collection(&volume::CLASS);
    let location = instance_id_in(location, volumes.unwrap_or("volumes")).to_owned();
    let of_volume = making
        .unit
        .load_visible(making.context, volume::CLASS.name, &location)
        .await?;
    if !of_volume {
        return simple::settle(making, collection, given, None);
    }
    let row = making
        .unit
        .load_to_write(making.context, volume::CLASS.name, &location)
        .await?;
    let state = row.instance.text(names::STATE).unwrap_or_default();
    if state != AVAILABLE {
        return Err(wrong_state(
            &format!("An image of {location}"),
            state,
            &[AVAILABLE],
        ));
    }
    if given.at(volume_image::at::BOOTABLE).is_none() {
        let bootable = row.instance.at(volume::at::BOOTABLE).cloned();
        given.set_at(volume_image::at::BOOTABLE, bootable);
    }
    given.set_at(volume_image::at::STATE, Value::from(CREATING));
    if let Some(row) = making.unit.row_mut(&location) {
        row.instance
            .set_at(volume::at::STATE, Value::from(CAPTURING));
    }
    let id = making.insert(collection, given)?;
    let membership = joined(making, volume_volume_image::CLASS.name, &location, &id).await?;
    let effects = vec![
        Effect::state(&location, AVAILABLE),
        Effect::state(&id, AVAILABLE),
        // Once it is made, the image is no longer the volume.
        Effect::set(
            &id,
            location_property,
            Value::from(format!("urn:uuid:{}", uuid::Uuid::new_v4())),
        ),
    ];
    Ok(Made {
        affected: vec![location.clone(), membership],
        steps: vec![making.unit.step(CAPTURING, effects)],
        undo: Some(vec![
            Effect::state(&location, AVAILABLE),
            Effect::state(&id, ERROR),
        ]),
        works_on: vec![id.clone(), location],
        id,
        ..Made::default()
    })
}

/// The InstanceID at the end of a URI in a collection: the URI of a resource is a base URI, which only the
/// binding knows, and its InstanceID. A text that is no such URI stands for itself.
fn instance_id_in<'l>(location: &'l str, collection: &str) -> &'l str {
    let Some((_, rest)) = location.split_once("://") else {
        return location;
    };
    let Some((front, last)) = rest.rsplit_once('/') else {
        return location;
    };
    let owned = front
        .strip_suffix(collection)
        .is_some_and(|base| base.ends_with('/'));
    if owned && !last.is_empty() {
        location
            .get(location.len() - collection.len() - 1 - last.len()..)
            .unwrap_or(location)
    } else {
        location
    }
}

#[cfg(test)]
mod tests {
    use super::instance_id_in;

    #[test]
    fn instance_ids_are_found_in_uris() {
        for (location, expected) in [
            ("machines/1", "machines/1"),
            ("https://h:8443/cimi/machines/1", "machines/1"),
            ("http://h/machines/1", "machines/1"),
            ("http://h/mymachines/1", "http://h/mymachines/1"),
            ("http://machines/1", "http://machines/1"),
            ("https://h/cimi/machines/", "https://h/cimi/machines/"),
            ("https://h/x.qcow2", "https://h/x.qcow2"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(instance_id_in(location, "machines"), expected);
        }
    }
}
