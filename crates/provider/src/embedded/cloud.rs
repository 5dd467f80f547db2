//! What the simulated cloud makes of a create, class by class: the knowledge that no descriptor has.

use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, PropertyDescriptor, Value};
use cimi_model::classes::{
    cimi_address as address, cimi_address_template as address_template,
    cimi_component_descriptor as component_descriptor, cimi_credential as credential,
    cimi_credential_template as credential_template, cimi_disk as disk,
    cimi_disk_configuration as disk_configuration, cimi_event as event,
    cimi_event_log as event_log, cimi_event_log_template as event_log_template,
    cimi_event_summary as event_summary, cimi_machine as machine,
    cimi_machine_configuration as machine_configuration, cimi_machine_disk as machine_disk,
    cimi_machine_image as machine_image,
    cimi_machine_network_interface as machine_network_interface,
    cimi_machine_template as machine_template, cimi_machine_volume as machine_volume,
    cimi_meter as meter, cimi_meter_template as meter_template,
    cimi_model_event_content as model_event_content, cimi_network as network,
    cimi_network_port as network_port, cimi_sample as sample,
    cimi_state_event_content as state_event_content, cimi_system as system,
    cimi_system_template as system_template,
    cimi_template_network_interface as template_network_interface,
    cimi_template_volume as template_volume,
    cimi_template_volume_template as template_volume_template, cimi_volume as volume,
    cimi_volume_configuration as volume_configuration, cimi_volume_image as volume_image,
    cimi_volume_template as volume_template,
};

use super::core::Core;
use super::create::{Made, Making};

use super::lifecycle::{AVAILABLE, CREATING, ERROR, STARTED, STARTING, STOPPED};
use super::model::names;
use super::rules::{check_free, wrong_state};
use super::validate::missing;
use super::work::Effect;
use super::{addresses, image, interfaces, meters, observed, simple, systems, user_data};

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
        &address::CLASS,
        &address_template::CLASS,
        &component_descriptor::CLASS,
        &event::CLASS,
        &event_log::CLASS,
        &event_summary::CLASS,
        &model_event_content::CLASS,
        &sample::CLASS,
        &state_event_content::CLASS,
        &event_log_template::CLASS,
        &machine_network_interface::CLASS,
        &meter::CLASS,
        &meter_template::CLASS,
        &network::CLASS,
        &network_port::CLASS,
        &system::CLASS,
        &system_template::CLASS,
        &template_network_interface::CLASS,
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
    if class.is_a(system::CLASS.name) {
        return systems::make(making, collection, common, template).await;
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
    if class.is_a(system::CLASS.name) {
        let empty = Instance::new(&system_template::CLASS);
        return systems::make(making, collection, given, &empty).await;
    }
    let mut given = given;
    if class.is_a(address::CLASS.name) {
        addresses::assign(making, &mut given).await?;
    }
    addresses::check_template(&given)?;
    meters::complete(&mut given)?;
    let made = simple::settle(making, collection, given, None)?;
    if class.is_a(event_log::CLASS.name) {
        observed::announce(making, &made.id).await?;
    }
    Ok(made)
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

    let user_data = part(machine_template::at::USER_DATA)
        .map(|data| {
            let property = property(class, machine_template::at::USER_DATA);
            user_data::decode(property, &data)
        })
        .transpose()?;

    let (attachments, ready) = volumes_of(making, template).await?;
    let mut made =
        start_machine(making, collection, machine, &initial, &disks, attachments).await?;
    let id = made.id.clone();
    if let Some(data) = user_data {
        user_data::inject(making, &id, &data, &mut made).await?;
    }
    interfaces::make(making, &id, template, &mut made).await?;
    observed::attach(making, &id, template, &mut made).await?;
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
    let core = making.unit.core;
    let disk_of = core.association(machine_disk::CLASS.name)?;
    let volume_of = core.association(machine_volume::CLASS.name)?;
    let mut affected = Vec::new();
    for configuration in disks {
        let number = making.unit.next_number(&id).await?;
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
        let number = making.unit.next_number(&id).await?;
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
    let then = if initial == STARTED {
        STARTING
    } else {
        initial
    };
    let mut steps = vec![making.unit.step(CREATING, vec![Effect::state(&id, then)])];
    if initial == STARTED {
        steps.push(
            making
                .unit
                .step(STARTING, vec![Effect::state(&id, STARTED)]),
        );
    }
    Ok(Made {
        affected,
        steps,
        // Whoever stops the making of a machine has half a machine: it can only be deleted.
        undo: Some(vec![Effect::state(&id, ERROR)]),
        works_on: vec![id.clone()],
        id,
        ..Made::default()
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
    if let Some(value) = template
        .at(volume_template::at::VOLUME_IMAGE)
        .filter(|value| !value.is_null())
    {
        let image_property = property(&volume_template::CLASS, volume_template::at::VOLUME_IMAGE);
        let image = making
            .resolve(image_property, &volume_image::CLASS, value)
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
        volume.set_at(
            volume::at::BOOTABLE,
            image.at(volume_image::at::BOOTABLE).cloned(),
        );
    }
    let mut made = make_volume(making, collection, volume)?;
    observed::attach(making, &made.id.clone(), template, &mut made).await?;
    Ok(made)
}

fn make_volume(
    making: &mut Making<'_, '_>,
    collection: &str,
    mut volume: Instance,
) -> Result<Made, CimError> {
    volume.set_at(volume::at::STATE, Value::from(CREATING));
    let id = making.insert(collection, volume)?;
    let ready = vec![Effect::state(&id, AVAILABLE)];
    Ok(Made {
        steps: vec![making.unit.step(CREATING, ready)],
        undo: Some(vec![Effect::state(&id, ERROR)]),
        works_on: vec![id.clone()],
        id,
        ..Made::default()
    })
}
