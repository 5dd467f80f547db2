//! Systems and system templates of packages.

use std::collections::{BTreeMap, BTreeSet};

use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, Value};
use cimi_model::classes::{
    cimi_component_descriptor as descriptor, cimi_disk_configuration as disk_configuration,
    cimi_machine as machine, cimi_machine_configuration as machine_configuration,
    cimi_machine_image as machine_image, cimi_machine_template as machine_template,
    cimi_network as network, cimi_network_template as network_template, cimi_system as system,
    cimi_system_template as system_template, cimi_template_network_interface as template_interface,
    cimi_template_volume as template_volume, cimi_volume as volume,
    cimi_volume_configuration as volume_configuration, cimi_volume_template as volume_template,
};
use ovf::{Content, Package};

use super::super::cloud;
use super::super::create::{Made, Making};
use super::super::lifecycle::{AVAILABLE, STARTED, image_type};
use super::super::model::{self, names};
use super::super::systems;
use super::{KIBIBYTE, KILOBYTE, unique};

/// Makes a system or a system template of a package.
pub(crate) async fn import(
    making: &mut Making<'_, '_>,
    class: &'static ClassDescriptor,
    package: &Package,
    origin: Option<&str>,
) -> Result<(Made, String), CimError> {
    let keeps = class.is_a(system_template::CLASS.name);
    let single;
    let (contents, name) = match &package.content {
        Content::Collection(collection) => (
            collection.content.as_slice(),
            collection.name.as_deref().unwrap_or(&collection.id),
        ),
        Content::System(alone) => {
            single = [package.content.clone()];
            (
                single.as_slice(),
                alone.name.as_deref().unwrap_or(&alone.id),
            )
        }
    };
    let mut importing = Importing {
        making,
        package,
        keeps,
        drives: BTreeSet::new(),
    };
    let template = importing.template(contents)?;
    let collection = importing.making.unit.core.model.collection(class);
    let collection = collection.unwrap_or(class.name);
    let mut new = Instance::new(class);
    new.set(names::NAME, name);
    let made = if keeps {
        new.set_at(
            system_template::at::COMPONENT_DESCRIPTORS,
            template
                .at(system_template::at::COMPONENT_DESCRIPTORS)
                .cloned(),
        );
        new.set_at(system_template::at::IMPORT_IMAGE, origin.map(Value::from));
        systems::check_template(making.unit, &new)?;
        cloud::from_itself(making, collection, new).await?
    } else {
        systems::make(making, collection, new, &template).await?
    };
    Ok((made, collection.to_owned()))
}

struct Importing<'i, 'm, 'c> {
    making: &'i mut Making<'m, 'c>,
    package: &'i Package,
    /// Whether templates are made that stay.
    keeps: bool,
    /// The disks that are in a drive.
    drives: BTreeSet<String>,
}

impl Importing<'_, '_, '_> {
    /// A resource that is made with the import.
    fn keep(&mut self, name: &str, mut instance: Instance) -> Result<Value, CimError> {
        let class = instance.class();
        instance.set(names::NAME, name);
        let collection = self.making.unit.core.model.collection(class);
        let id = self
            .making
            .insert(collection.unwrap_or(class.name), instance)?;
        Ok(Value::from(id))
    }

    /// A template: one that stays, or one by value.
    fn part(&mut self, name: &str, template: Instance) -> Result<Value, CimError> {
        if self.keeps {
            self.keep(name, template)
        } else {
            Ok(Value::from(template))
        }
    }

    /// The template of a system with these contents.
    fn template(&mut self, contents: &[Content]) -> Result<Instance, CimError> {
        let mut components = Vec::new();
        let mut taken = BTreeSet::new();
        let mut networks: BTreeMap<String, String> = BTreeMap::new();
        for content in contents {
            let (name, component) = match content {
                Content::Collection(collection) => {
                    let inner = self.template(&collection.content)?;
                    let name = unique(&mut taken, collection.name.as_deref(), &collection.id);
                    let component = component(
                        &name,
                        &system::CLASS,
                        descriptor::at::SYSTEM_TEMPLATE,
                        Value::from(inner),
                    );
                    (name, component)
                }
                Content::System(virtual_system) => {
                    let name = unique(
                        &mut taken,
                        virtual_system.name.as_deref(),
                        &virtual_system.id,
                    );
                    let component = self.machine(
                        &name,
                        virtual_system,
                        &mut taken,
                        &mut networks,
                        &mut components,
                    )?;
                    (name, component)
                }
            };
            debug_assert!(taken.contains(&name));
            components.push(Value::from(component));
        }
        let mut template = Instance::new(&system_template::CLASS);
        template.set_at(
            system_template::at::COMPONENT_DESCRIPTORS,
            Value::Array(components),
        );
        Ok(template)
    }

    fn machine(
        &mut self,
        name: &str,
        virtual_system: &ovf::VirtualSystem,
        taken: &mut BTreeSet<String>,
        networks: &mut BTreeMap<String, String>,
        components: &mut Vec<Value>,
    ) -> Result<Instance, CimError> {
        let mut config = Instance::new(&machine_configuration::CLASS);
        config.set_at(
            machine_configuration::at::CPU,
            Value::from(virtual_system.cpus),
        );
        config.set_at(
            machine_configuration::at::MEMORY,
            Value::from(virtual_system.memory.div_ceil(KIBIBYTE)),
        );
        let mut image = None;
        let mut disks = Vec::new();
        let mut volumes = Vec::new();
        for (number, drive) in virtual_system.drives.iter().enumerate() {
            let location = location(number);
            let disk = self
                .package
                .disks
                .iter()
                .find(|disk| Some(&disk.id) == drive.disk.as_ref());
            let Some(disk) = disk else {
                let mut disk = Instance::new(&disk_configuration::CLASS);
                let capacity = drive.capacity.unwrap_or(0).div_ceil(KILOBYTE);
                disk.set_at(disk_configuration::at::CAPACITY, Value::from(capacity));
                disk.set_at(disk_configuration::at::FORMAT, Value::from("raw"));
                disk.set_at(
                    disk_configuration::at::INITIAL_LOCATION,
                    Value::from(location),
                );
                disks.push(Value::from(disk));
                continue;
            };
            if !self.drives.insert(disk.id.clone()) {
                return Err(CimError::new(
                    ErrorKind::NotSupported,
                    format!(
                        "Source: disk {} is in two drives; a volume of this cloud is attached to one \
                         machine (capability SharedVolumeSupport).",
                        disk.id
                    ),
                )
                .with_subject("Source"));
            }
            let file = disk.file.as_ref();
            let file = self.package.files.iter().find(|f| Some(&f.id) == file);
            if let Some(file) = file.filter(|_| image.is_none()) {
                let mut new = Instance::new(&machine_image::CLASS);
                new.set_at(machine_image::at::STATE, Value::from(AVAILABLE));
                new.set_at(machine_image::at::TYPE, Value::from(image_type::IMAGE));
                new.set_at(
                    machine_image::at::IMAGE_LOCATION,
                    Value::from(file.href.as_str()),
                );
                image = Some(self.keep(&disk.id, new)?);
            }
            let volume = unique(taken, None, &disk.id);
            let mut of_volume = Instance::new(&volume_configuration::CLASS);
            of_volume.set_at(
                volume_configuration::at::CAPACITY,
                Value::from(disk.capacity.div_ceil(KILOBYTE)),
            );
            let mut template = Instance::new(&volume_template::CLASS);
            let of_volume = self.keep(&disk.id, of_volume)?;
            template.set_at(volume_template::at::VOLUME_CONFIG, of_volume);
            let template = self.part(&disk.id, template)?;
            components.push(Value::from(component(
                &volume,
                &volume::CLASS,
                descriptor::at::VOLUME_TEMPLATE,
                template,
            )));
            let mut attached = Instance::new(&template_volume::CLASS);
            attached.set_at(template_volume::at::HREF, Value::from(format!("#{volume}")));
            attached.set_at(template_volume::at::INITIAL_LOCATION, Value::from(location));
            volumes.push(Value::from(attached));
        }
        config.set_at(machine_configuration::at::DISKS, Value::Array(disks));
        let mut interfaces = Vec::new();
        for adapter in &virtual_system.adapters {
            let Some(wanted) = &adapter.network else {
                continue;
            };
            let component_name = match networks.get(wanted) {
                Some(name) => name.clone(),
                None => {
                    let name = unique(taken, None, wanted);
                    let mut template = Instance::new(&network_template::CLASS);
                    template.set_at(network_template::at::INITIAL_STATE, Value::from(STARTED));
                    let template = self.part(wanted, template)?;
                    components.push(Value::from(component(
                        &name,
                        &network::CLASS,
                        descriptor::at::NETWORK_TEMPLATE,
                        template,
                    )));
                    networks.insert(wanted.clone(), name.clone());
                    name
                }
            };
            let mut interface = Instance::new(&template_interface::CLASS);
            interface.set_at(
                template_interface::at::NETWORK,
                Value::from(format!("#{component_name}")),
            );
            interface.set_at(template_interface::at::STATE, Value::from("Active"));
            interfaces.push(Value::from(interface));
        }
        let config = self.keep(name, config)?;
        let mut template = Instance::new(&machine_template::CLASS);
        template.set_at(machine_template::at::MACHINE_CONFIG, config);
        template.set_at(machine_template::at::MACHINE_IMAGE, image);
        let mut template = match self.part(name, template)? {
            // The symbols are good in the descriptor only.
            Value::Instance(template) => *template,
            id => {
                let mut by_reference = Instance::new(&machine_template::CLASS);
                by_reference.set(names::ID, id);
                by_reference
            }
        };
        for (at, items) in [
            (machine_template::at::VOLUMES, volumes),
            (machine_template::at::NETWORK_INTERFACES, interfaces),
        ] {
            if !items.is_empty() {
                template.set_at(at, Value::Array(items));
            }
        }
        let mut machine = component(
            name,
            &machine::CLASS,
            descriptor::at::MACHINE_TEMPLATE,
            Value::from(template),
        );
        if !virtual_system.info.is_empty() {
            machine.set_at(
                descriptor::at::DESCRIPTION,
                Value::from(virtual_system.info.as_str()),
            );
        }
        Ok(machine)
    }
}

/// Where a drive is in a machine: `/dev/sda`, and so on.
fn location(number: usize) -> String {
    let letter = u8::try_from(number % 26).map_or('z', |n| char::from(b'a' + n));
    match number / 26 {
        0 => format!("/dev/sd{letter}"),
        round => format!("/dev/sd{letter}{round}"),
    }
}

fn component(name: &str, class: &'static ClassDescriptor, at: usize, template: Value) -> Instance {
    let mut component = Instance::new(&descriptor::CLASS);
    component.set_at(descriptor::at::NAME, Value::from(name));
    component.set_at(
        descriptor::at::TYPE,
        Value::from(model::type_uri(class).unwrap_or_default()),
    );
    component.set_at(at, template);
    component
}
