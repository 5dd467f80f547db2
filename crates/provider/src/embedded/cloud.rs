//! What the simulated cloud makes of a create, class by class: the knowledge that no descriptor has.

use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, PropertyDescriptor, Value};
use cimi_model::classes::{
    cimi_credential as credential, cimi_credential_template as credential_template,
    cimi_disk as disk, cimi_disk_configuration as disk_configuration, cimi_machine as machine,
    cimi_machine_configuration as machine_configuration, cimi_machine_disk as machine_disk,
    cimi_machine_image as machine_image, cimi_machine_template as machine_template,
    cimi_machine_volume as machine_volume, cimi_template_volume as template_volume,
    cimi_template_volume_template as template_volume_template, cimi_volume as volume,
    cimi_volume_configuration as volume_configuration, cimi_volume_image as volume_image,
    cimi_volume_template as volume_template,
};

use super::core::Core;
use super::create::{Made, Making};

use super::keys;
use super::lifecycle::{AVAILABLE, CREATING, ERROR, STARTED, STARTING, STOPPED, duration};
use super::model::names;
use super::rules::{check_free, wrong_state};
use super::validate::missing;
use super::work::{Effect, Step};
use super::{image, simple};

/// A property of a class that the cloud knows by its position.
pub(crate) fn property(class: &'static ClassDescriptor, at: usize) -> &'static PropertyDescriptor {
    &class.properties[at]
}

/// Refuses a schema in which a class that the cloud knows is laid out differently: positions would lie.
pub(crate) fn check_layouts(schema: &cim_core::Schema) -> Result<(), CimError> {
    let known = [
        &credential::CLASS,
        &credential_template::CLASS,
        &disk::CLASS,
        &disk_configuration::CLASS,
        &machine::CLASS,
        &machine_configuration::CLASS,
        &machine_disk::CLASS,
        &machine_image::CLASS,
        &machine_template::CLASS,
        &machine_volume::CLASS,
        &template_volume::CLASS,
        &template_volume_template::CLASS,
        &volume::CLASS,
        &volume_configuration::CLASS,
        &volume_image::CLASS,
        &volume_template::CLASS,
        &cimi_model::classes::cimi_job::CLASS,
        &cimi_model::classes::cimi_meter::CLASS,
    ];
    for class in known {
        let same = schema.class(class.name).is_some_and(|served| {
            let names = |class: &'static ClassDescriptor| class.properties.iter().map(|p| p.name);
            names(served).eq(names(class))
        });
        if !same {
            return Err(CimError::internal(format!(
                "the schema must have {} as it was generated; derive a class to extend it",
                class.name
            )));
        }
    }
    Ok(())
}

/// Makes a resource from a template.
pub(crate) async fn from_template(
    making: &mut Making<'_, '_>,
    collection: &str,
    common: Instance,
    template: &Instance,
) -> Result<Made, CimError> {
    let class = common.class();
    if class.is_a(machine::CLASS.name) {
        return make_machine(making, collection, common, template).await;
    }
    if class.is_a(volume::CLASS.name) {
        return make_volume_from(making, collection, common, template).await;
    }
    simple::from_template(making, collection, common, template).await
}

/// Makes a resource from an instance of its own class.
pub(crate) async fn from_itself(
    making: &mut Making<'_, '_>,
    collection: &str,
    given: Instance,
) -> Result<Made, CimError> {
    let class = given.class();
    if class.is_a(machine::CLASS.name) {
        for at in [machine::at::CPU, machine::at::MEMORY] {
            if given.at(at).is_none() {
                return Err(template_needed(making.unit.core, class, at));
            }
        }
        return start_machine(making, collection, given, STOPPED, &[], Vec::new()).await;
    }
    if class.is_a(volume::CLASS.name) {
        if given.at(volume::at::CAPACITY).is_none() {
            return Err(template_needed(
                making.unit.core,
                class,
                volume::at::CAPACITY,
            ));
        }
        return make_volume(making, collection, given);
    }
    if class.is_a(machine_image::CLASS.name) {
        return image::make(making, collection, given).await;
    }
    if class.is_a(volume_image::CLASS.name) {
        return image::make_of_volume(making, collection, given).await;
    }
    simple::settle(making, collection, given, None)
}

fn template_needed(core: &Core, class: &ClassDescriptor, at: usize) -> CimError {
    let name = class.properties.get(at).map_or("", |p| p.name);
    let create = core.model.created_by(class).unwrap_or("a template");
    CimError::new(
        ErrorKind::MissingValue,
        format!("{} needs a value for {name}, or use {create}.", class.name),
    )
    .with_subject(name)
}

/// How long a resource stays in a transient state.
pub(crate) fn wait(making: &Making<'_, '_>, state: &str) -> std::time::Duration {
    duration(&making.unit.core.config.durations, state)
}

/// A volume to attach to a new machine, and where.
struct Attachment {
    volume: String,
    location: Option<Value>,
}

async fn make_machine(
    making: &mut Making<'_, '_>,
    collection: &str,
    mut machine: Instance,
    template: &Instance,
) -> Result<Made, CimError> {
    let class = &machine_template::CLASS;
    let part = |at: usize| template.at(at).filter(|value| !value.is_null()).cloned();

    let initial = match part(machine_template::at::INITIAL_STATE) {
        None => STOPPED.to_owned(),
        Some(state) => {
            let name = property(class, machine_template::at::INITIAL_STATE).name;
            match state.as_str() {
                Some(state @ (STARTED | STOPPED)) => state.to_owned(),
                _ => {
                    return Err(CimError::new(
                        ErrorKind::InvalidParameter,
                        format!("{name}: a new machine can be {STARTED} or {STOPPED}."),
                    )
                    .with_subject(name));
                }
            }
        }
    };

    let config_property = property(class, machine_template::at::MACHINE_CONFIG);
    let config = part(machine_template::at::MACHINE_CONFIG)
        .ok_or_else(|| missing(class.name, config_property.name))?;
    let config = making
        .resolve(config_property, &machine_configuration::CLASS, &config)
        .await?;
    for (from, to, needed) in [
        (machine_configuration::at::CPU, machine::at::CPU, true),
        (machine_configuration::at::MEMORY, machine::at::MEMORY, true),
        (
            machine_configuration::at::CPU_ARCH,
            machine::at::CPU_ARCH,
            false,
        ),
        (
            machine_configuration::at::CPU_SPEED,
            machine::at::CPU_SPEED,
            false,
        ),
    ] {
        match config.at(from).filter(|value| !value.is_null()) {
            Some(value) => machine.set_at(to, value.clone()),
            None if needed => {
                let name = property(&machine_configuration::CLASS, from).name;
                return Err(missing(machine_configuration::CLASS.name, name));
            }
            None => {}
        }
    }
    let disks: Vec<Instance> = config
        .at(machine_configuration::at::DISKS)
        .map_or(&[][..], Value::elements)
        .iter()
        .filter_map(Value::as_instance)
        .cloned()
        .collect();

    if let Some(value) = part(machine_template::at::MACHINE_IMAGE) {
        let image_property = property(class, machine_template::at::MACHINE_IMAGE);
        let image = making
            .resolve(image_property, &machine_image::CLASS, &value)
            .await?;
        // An image by value has no state: it is taken as it is.
        if let Some(state) = image.text(names::STATE)
            && state != AVAILABLE
        {
            return Err(wrong_state(
                &format!("The image of {}", image_property.name),
                state,
                &[AVAILABLE],
            ));
        }
    }
    if let Some(value) = part(machine_template::at::CREDENTIAL) {
        let property = property(class, machine_template::at::CREDENTIAL);
        making.resolve(property, &credential::CLASS, &value).await?;
    }

    let (attachments, ready) = volumes_of(making, template).await?;
    let mut made =
        start_machine(making, collection, machine, &initial, &disks, attachments).await?;
    // Its new volumes are ready when the machine is made, and whatever becomes of it.
    if let Some(undo) = &mut made.undo {
        undo.extend(ready.iter().cloned());
    }
    if let Some(first) = made.steps.first_mut() {
        first.effects.extend(ready);
    }
    Ok(made)
}

/// The volumes that a machine template attaches, new ones made; and what makes the new ones ready.
async fn volumes_of(
    making: &mut Making<'_, '_>,
    template: &Instance,
) -> Result<(Vec<Attachment>, Vec<Effect>), CimError> {
    let mut attachments = Vec::new();
    let mut ready = Vec::new();
    let entries = |at: usize| -> Vec<Instance> {
        template
            .at(at)
            .map_or(&[][..], Value::elements)
            .iter()
            .filter_map(Value::as_instance)
            .cloned()
            .collect()
    };
    for entry in entries(machine_template::at::VOLUMES) {
        let href = property(&template_volume::CLASS, template_volume::at::HREF);
        let id = entry
            .at(template_volume::at::HREF)
            .and_then(Value::as_str)
            .ok_or_else(|| missing(template_volume::CLASS.name, href.name))?;
        making
            .resolve(href, &volume::CLASS, &Value::from(id))
            .await?;
        check_free(making.unit, id).await?;
        attachments.push(Attachment {
            volume: id.to_owned(),
            location: entry.at(template_volume::at::INITIAL_LOCATION).cloned(),
        });
    }
    for entry in entries(machine_template::at::VOLUME_TEMPLATES) {
        let href = property(
            &template_volume_template::CLASS,
            template_volume_template::at::HREF,
        );
        let value = entry
            .at(template_volume_template::at::HREF)
            .ok_or_else(|| missing(template_volume_template::CLASS.name, href.name))?;
        let template = making.resolve(href, &volume_template::CLASS, value).await?;
        let collection = making
            .unit
            .core
            .model
            .collection(&volume::CLASS)
            .unwrap_or("volumes");
        let made =
            make_volume_from(making, collection, Instance::new(&volume::CLASS), &template).await?;
        ready.extend(made.steps.into_iter().flat_map(|step| step.effects));
        attachments.push(Attachment {
            volume: made.id,
            location: entry
                .at(template_volume_template::at::INITIAL_LOCATION)
                .cloned(),
        });
    }
    Ok((attachments, ready))
}

/// Puts a machine with its disks and volumes into the unit, and says what brings it to rest.
async fn start_machine(
    making: &mut Making<'_, '_>,
    collection: &str,
    mut machine: Instance,
    initial: &str,
    disks: &[Instance],
    attachments: Vec<Attachment>,
) -> Result<Made, CimError> {
    machine.set_at(machine::at::STATE, Value::from(CREATING));
    let id = making.insert(collection, machine)?;
    let model = &making.unit.core.model;
    let known = |name: &str| {
        model
            .association(name)
            .copied()
            .ok_or_else(|| CimError::internal(format!("the schema has no association {name}")))
    };
    let disk_of = known(machine_disk::CLASS.name)?;
    let volume_of = known(machine_volume::CLASS.name)?;
    let mut affected = Vec::new();
    let mut number = 0;
    for configuration in disks {
        number += 1;
        let mut disk = Instance::new(disk_of.other.class);
        for (from, to) in [
            (disk_configuration::at::CAPACITY, disk::at::CAPACITY),
            (
                disk_configuration::at::INITIAL_LOCATION,
                disk::at::INITIAL_LOCATION,
            ),
        ] {
            disk.set_at(to, configuration.at(from).cloned());
        }
        affected.push(making.insert_part(&id, &disk_of, number, disk)?);
    }
    for attachment in attachments {
        number += 1;
        let mut membership = Instance::new(volume_of.class);
        for (end, target) in [(volume_of.one, &id), (volume_of.other, &attachment.volume)] {
            let path = making.unit.row(target).map(|row| row.instance.path());
            if let Some(path) = path {
                membership.set(end.role, path);
            }
        }
        membership.set_at(machine_volume::at::INITIAL_LOCATION, attachment.location);
        affected.push(attachment.volume);
        affected.push(making.insert_part(&id, &volume_of, number, membership)?);
    }
    making
        .unit
        .put(keys::last_number(&id), number.to_be_bytes().to_vec());

    let mut steps = Vec::new();
    let create = wait(making, CREATING);
    if initial == STARTED {
        steps.push(Step {
            wait: create,
            effects: vec![Effect::state(&id, STARTING)],
        });
        steps.push(Step {
            wait: wait(making, STARTING),
            effects: vec![Effect::state(&id, STARTED)],
        });
    } else {
        steps.push(Step {
            wait: create,
            effects: vec![Effect::state(&id, initial)],
        });
    }
    Ok(Made {
        affected,
        steps,
        // Whoever stops the making of a machine has half a machine: it can only be deleted.
        undo: Some(vec![Effect::state(&id, ERROR)]),
        works_on: vec![id.clone()],
        id,
    })
}

async fn make_volume_from(
    making: &mut Making<'_, '_>,
    collection: &str,
    mut volume: Instance,
    template: &Instance,
) -> Result<Made, CimError> {
    let config_property = property(&volume_template::CLASS, volume_template::at::VOLUME_CONFIG);
    let config = template
        .at(volume_template::at::VOLUME_CONFIG)
        .filter(|value| !value.is_null())
        .ok_or_else(|| missing(volume_template::CLASS.name, config_property.name))?;
    let config = making
        .resolve(config_property, &volume_configuration::CLASS, config)
        .await?;
    for (from, to) in [
        (volume_configuration::at::TYPE, volume::at::TYPE),
        (volume_configuration::at::CAPACITY, volume::at::CAPACITY),
    ] {
        volume.set_at(to, config.at(from).cloned());
    }
    make_volume(making, collection, volume)
}

fn make_volume(
    making: &mut Making<'_, '_>,
    collection: &str,
    mut volume: Instance,
) -> Result<Made, CimError> {
    volume.set_at(volume::at::STATE, Value::from(CREATING));
    let id = making.insert(collection, volume)?;
    Ok(Made {
        affected: Vec::new(),
        steps: vec![Step {
            wait: wait(making, CREATING),
            effects: vec![Effect::state(&id, AVAILABLE)],
        }],
        undo: Some(vec![Effect::state(&id, ERROR)]),
        works_on: vec![id.clone()],
        id,
    })
}
