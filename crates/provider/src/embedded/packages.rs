//! OVF packages: systems and system templates made of them, and written as them (DSP0263 5.13, Annex A).
//!
//! A virtual system collection is a system, a virtual system a machine, its hardware a machine
//! configuration; a disk is a volume, and a machine image besides if the package has its content; a network
//! is a network. What is made is made as from any system template, with all its checks.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, MethodDescriptor, Value};
use cimi_model::classes::{
    cimi_component_descriptor as descriptor, cimi_disk_configuration as disk_configuration,
    cimi_machine as machine, cimi_machine_configuration as machine_configuration,
    cimi_machine_image as machine_image, cimi_machine_template as machine_template,
    cimi_network as network, cimi_network_template as network_template, cimi_system as system,
    cimi_system_template as system_template, cimi_template_network_interface as template_interface,
    cimi_template_volume as template_volume, cimi_volume as volume,
    cimi_volume_configuration as volume_configuration, cimi_volume_template as volume_template,
};
use ovf::{Collection, Content, Package};

use super::cloud;
use super::create::{Made, Making};
use super::lifecycle::{AVAILABLE, STARTED, image_type};
use super::model::{self, names};
use super::systems;

/// Kilobytes, in which CIMI counts disks and volumes, are powers of ten (DSP0263 5.6).
const KILOBYTE: u64 = 1_000;
const KIBIBYTE: u64 = 1_024;

/// Whether a method makes something of a package.
pub(crate) fn imports(class: &ClassDescriptor, method: &MethodDescriptor) -> bool {
    method.name == "Import" && is_packed(class)
}

/// Whether a method writes a package.
pub(crate) fn exports(class: &ClassDescriptor, method: &MethodDescriptor) -> bool {
    method.name == "Export" && is_packed(class)
}

fn is_packed(class: &ClassDescriptor) -> bool {
    class.is_a(system::CLASS.name) || class.is_a(system_template::CLASS.name)
}

/// The bytes of a package.
///
/// # Errors
/// The source is no `data:` URI (RFC 2397): this provider reaches no network.
pub(crate) fn fetch(source: &str) -> Result<Vec<u8>, CimError> {
    let wrong = |why: &str| {
        CimError::new(ErrorKind::InvalidParameter, format!("Source: {why}")).with_subject("Source")
    };
    let Some(rest) = source.trim().strip_prefix("data:") else {
        return Err(wrong(
            "this cloud takes packages that are in the request itself, as a `data:` URI (RFC 2397) such as \
             data:application/ovf;base64,...; it does not fetch them from elsewhere.",
        ));
    };
    let (kind, data) = rest
        .split_once(',')
        .ok_or_else(|| wrong("the `data:` URI has no comma in front of its data."))?;
    if kind.trim_end().to_ascii_lowercase().ends_with(";base64") {
        let data: Vec<u8> = percent_encoding::percent_decode_str(data)
            .filter(|byte| !byte.is_ascii_whitespace())
            .collect();
        return STANDARD
            .decode(data)
            .map_err(|_| wrong("its data is not base64."));
    }
    Ok(percent_encoding::percent_decode_str(data).collect())
}

/// Reads a package.
///
/// # Errors
/// What is wrong with it, and where.
pub(crate) fn read(bytes: &[u8]) -> Result<Package, CimError> {
    ovf::read(bytes, &ovf::Limits::default()).map_err(|error| {
        let kind = match error {
            ovf::OvfError::Limit { .. } => ErrorKind::TooLarge,
            _ => ErrorKind::InvalidParameter,
        };
        CimError::new(kind, format!("Source: {error}.")).with_subject("Source")
    })
}

/// Makes a system or a system template of a package.
pub(crate) async fn import(
    making: &mut Making<'_, '_>,
    class: &'static ClassDescriptor,
    package: &Package,
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

/// A name that no other component has.
fn unique(taken: &mut BTreeSet<String>, name: Option<&str>, id: &str) -> String {
    let wanted = name.unwrap_or(id).trim();
    let wanted = if wanted.is_empty() { id } else { wanted };
    let mut found = wanted.to_owned();
    let mut number = 2;
    while !taken.insert(found.clone()) {
        found = format!("{wanted}-{number}");
        number += 1;
    }
    found
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

/// The descriptor of a package with a system or a system template.
pub(crate) async fn export(making: &mut Making<'_, '_>, id: &str) -> Result<String, CimError> {
    let mut exporting = Exporting {
        making,
        disks: Vec::new(),
        networks: Vec::new(),
        names: BTreeMap::new(),
        ids: BTreeSet::new(),
    };
    let collection = exporting.collection(id, 0).await?;
    let package = Package {
        files: Vec::new(),
        disks: exporting.disks,
        networks: exporting.networks,
        content: Content::Collection(collection),
    };
    Ok(ovf::write(&package))
}

struct Exporting<'e, 'm, 'c> {
    making: &'e mut Making<'m, 'c>,
    disks: Vec<ovf::Disk>,
    networks: Vec<ovf::Network>,
    /// The names of networks and disks in the package, by what they are in the cloud.
    names: BTreeMap<String, String>,
    ids: BTreeSet<String>,
}

fn number(instance: &Instance, at: usize) -> u64 {
    instance.at(at).and_then(Value::as_u64).unwrap_or(0)
}

fn last_segment(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

fn info(instance: &Instance, otherwise: &str) -> String {
    instance
        .text(names::DESCRIPTION)
        .unwrap_or(otherwise)
        .to_owned()
}

impl Exporting<'_, '_, '_> {
    async fn collection(&mut self, id: &str, depth: usize) -> Result<Collection, CimError> {
        let Some(row) = self.making.unit.peek(id).await? else {
            return Err(CimError::not_found(id));
        };
        let mut collection = Collection {
            id: unique(&mut self.ids, None, last_segment(id)),
            name: row.instance.text(names::NAME).map(str::to_owned),
            info: info(&row.instance, "A system"),
            content: Vec::new(),
        };
        if depth >= ovf::Limits::default().depth {
            return Ok(collection);
        }
        if row.instance.class().is_a(system_template::CLASS.name) {
            Box::pin(self.template(&row.instance, "", &mut collection, depth)).await?;
            return Ok(collection);
        }
        let members = self
            .making
            .unit
            .members_of(id, cimi_model::classes::cimi_system_machine::CLASS.name)
            .await?;
        for machine in members {
            if let Some(found) = self.machine(&machine).await? {
                collection.content.push(Content::System(found));
            }
        }
        let inner = self
            .making
            .unit
            .members_of(id, cimi_model::classes::cimi_system_system::CLASS.name)
            .await?;
        for system in inner {
            let inner = Box::pin(self.collection(&system, depth + 1)).await?;
            collection.content.push(Content::Collection(inner));
        }
        Ok(collection)
    }

    fn network(&mut self, key: &str, name: Option<&str>, description: Option<&str>) -> String {
        if let Some(name) = self.names.get(key) {
            return name.clone();
        }
        let taken: BTreeSet<&str> = self.networks.iter().map(|n| n.name.as_str()).collect();
        let mut all: BTreeSet<String> = taken.into_iter().map(str::to_owned).collect();
        let name = unique(&mut all, name, last_segment(key));
        self.networks.push(ovf::Network {
            name: name.clone(),
            description: description.map(str::to_owned),
        });
        self.names.insert(key.to_owned(), name.clone());
        name
    }

    fn disk(&mut self, key: &str, kilobytes: u64) -> String {
        let mut all: BTreeSet<String> = self.disks.iter().map(|disk| disk.id.clone()).collect();
        let id = unique(&mut all, None, last_segment(key));
        self.disks.push(ovf::Disk {
            id: id.clone(),
            file: None,
            capacity: kilobytes.saturating_mul(KILOBYTE),
            format: None,
        });
        id
    }

    async fn parts(&self, owner: &str, association: &str) -> Result<Vec<Instance>, CimError> {
        let prefix = super::keys::contained_by(owner, association);
        let mut parts = Vec::new();
        for key in self.making.unit.keys(&prefix).await? {
            if let Some([part]) = super::keys::parts(&key, &prefix)
                && let Some(row) = self.making.unit.peek(part).await?
            {
                parts.push(row.instance);
            }
        }
        Ok(parts)
    }

    async fn machine(&mut self, id: &str) -> Result<Option<ovf::VirtualSystem>, CimError> {
        use cimi_model::classes::{
            cimi_disk as disk, cimi_machine_disk as machine_disk,
            cimi_machine_machine_network_interface as machine_interface,
            cimi_machine_network_interface as interface, cimi_machine_volume as machine_volume,
        };
        let Some(row) = self.making.unit.peek(id).await? else {
            return Ok(None);
        };
        let mut found = ovf::VirtualSystem {
            id: unique(&mut self.ids, None, last_segment(id)),
            name: row.instance.text(names::NAME).map(str::to_owned),
            info: info(&row.instance, "A machine"),
            cpus: number(&row.instance, machine::at::CPU),
            memory: number(&row.instance, machine::at::MEMORY).saturating_mul(KIBIBYTE),
            ..ovf::VirtualSystem::default()
        };
        for part in self.parts(id, machine_disk::CLASS.name).await? {
            found.drives.push(ovf::DiskDrive {
                name: part.text("InitialLocation").unwrap_or_default().to_owned(),
                disk: None,
                capacity: Some(number(&part, disk::at::CAPACITY).saturating_mul(KILOBYTE)),
            });
        }
        for membership in self.parts(id, machine_volume::CLASS.name).await? {
            let path = membership.value(names::PART).as_reference();
            let Some(attached) = path.and_then(cim_core::ObjectPath::instance_id) else {
                continue;
            };
            if let Some(row) = self.making.unit.peek(attached).await? {
                let disk = self.disk(attached, number(&row.instance, volume::at::CAPACITY));
                found.drives.push(ovf::DiskDrive {
                    name: membership
                        .text("InitialLocation")
                        .unwrap_or_default()
                        .to_owned(),
                    disk: Some(disk),
                    capacity: None,
                });
            }
        }
        for part in self.parts(id, machine_interface::CLASS.name).await? {
            let on = part.at(interface::at::NETWORK).and_then(Value::as_str);
            let network = match on {
                None => None,
                Some(on) => {
                    let row = self.making.unit.peek(on).await?;
                    let text = |name| row.as_ref().and_then(|row| row.instance.text(name));
                    Some(self.network(on, text(names::NAME), text(names::DESCRIPTION)))
                }
            };
            let mac = part.at(interface::at::MAC_ADDRESS).and_then(Value::as_str);
            found.adapters.push(ovf::Adapter {
                name: String::new(),
                network,
                mac: mac.map(str::to_owned),
            });
        }
        Ok(Some(found))
    }

    /// The components of a system template, those that the package has words for.
    async fn template(
        &mut self,
        template: &Instance,
        scope: &str,
        collection: &mut Collection,
        depth: usize,
    ) -> Result<(), CimError> {
        let mut sizes: BTreeMap<String, u64> = BTreeMap::new();
        for component in systems::described(self.making.unit, template)? {
            let resolved = self
                .making
                .resolve(
                    component.property,
                    component.class_of_template(),
                    component.template,
                )
                .await?;
            if resolved.class().is_a(volume_template::CLASS.name) {
                let size = self.size_of(&resolved).await?;
                for name in &component.names {
                    sizes.insert(format!("#{name}"), size);
                }
            }
        }
        for component in systems::described(self.making.unit, template)? {
            let resolved = self
                .making
                .resolve(
                    component.property,
                    component.class_of_template(),
                    component.template,
                )
                .await?;
            for name in &component.names {
                if resolved.class().is_a(machine_template::CLASS.name) {
                    let mut found = self.described(&resolved, scope, &sizes).await?;
                    found.id = unique(&mut self.ids, None, name);
                    found.name = Some(name.clone());
                    collection.content.push(Content::System(found));
                } else if resolved.class().is_a(system_template::CLASS.name) {
                    let mut inner = Collection {
                        id: unique(&mut self.ids, None, name),
                        name: Some(name.clone()),
                        info: info(&resolved, "A system"),
                        content: Vec::new(),
                    };
                    if depth < ovf::Limits::default().depth {
                        let scope = format!("{scope}{name}/");
                        Box::pin(self.template(&resolved, &scope, &mut inner, depth + 1)).await?;
                    }
                    collection.content.push(Content::Collection(inner));
                }
            }
        }
        Ok(())
    }

    async fn size_of(&mut self, template: &Instance) -> Result<u64, CimError> {
        let property = cloud::property(&volume_template::CLASS, volume_template::at::VOLUME_CONFIG);
        let Some(value) = template.at(volume_template::at::VOLUME_CONFIG) else {
            return Ok(0);
        };
        let config = self
            .making
            .resolve(property, &volume_configuration::CLASS, value)
            .await?;
        Ok(number(&config, volume_configuration::at::CAPACITY))
    }

    async fn described(
        &mut self,
        template: &Instance,
        scope: &str,
        sizes: &BTreeMap<String, u64>,
    ) -> Result<ovf::VirtualSystem, CimError> {
        let property = cloud::property(
            &machine_template::CLASS,
            machine_template::at::MACHINE_CONFIG,
        );
        let config = match template.at(machine_template::at::MACHINE_CONFIG) {
            Some(value) => {
                self.making
                    .resolve(property, &machine_configuration::CLASS, value)
                    .await?
            }
            None => Instance::new(&machine_configuration::CLASS),
        };
        let mut found = ovf::VirtualSystem {
            info: info(template, "A machine"),
            cpus: number(&config, machine_configuration::at::CPU),
            memory: number(&config, machine_configuration::at::MEMORY).saturating_mul(KIBIBYTE),
            ..ovf::VirtualSystem::default()
        };
        let entries = |instance: &Instance, at: usize| -> Vec<Instance> {
            let items = instance.at(at).map_or(&[][..], Value::elements).iter();
            items.filter_map(Value::as_instance).cloned().collect()
        };
        for disk in entries(&config, machine_configuration::at::DISKS) {
            let capacity = number(&disk, disk_configuration::at::CAPACITY);
            found.drives.push(ovf::DiskDrive {
                name: disk.text("InitialLocation").unwrap_or_default().to_owned(),
                disk: None,
                capacity: Some(capacity.saturating_mul(KILOBYTE)),
            });
        }
        for entry in entries(template, machine_template::at::VOLUMES) {
            let href = entry.at(template_volume::at::HREF).and_then(Value::as_str);
            let Some(href) = href else { continue };
            let size = match (sizes.get(href), self.making.unit.peek(href).await?) {
                (Some(size), _) => *size,
                (None, Some(row)) => number(&row.instance, volume::at::CAPACITY),
                (None, None) => 0,
            };
            let disk = self.disk(href.trim_start_matches('#'), size);
            found.drives.push(ovf::DiskDrive {
                name: entry.text("InitialLocation").unwrap_or_default().to_owned(),
                disk: Some(disk),
                capacity: None,
            });
        }
        for entry in entries(template, machine_template::at::NETWORK_INTERFACES) {
            let on = entry
                .at(template_interface::at::NETWORK)
                .and_then(Value::as_str);
            let network = on.map(|on| match on.strip_prefix('#') {
                Some(name) => self.network(&format!("#{scope}{name}"), Some(name), None),
                None => self.network(on, None, None),
            });
            found.adapters.push(ovf::Adapter {
                network,
                ..ovf::Adapter::default()
            });
        }
        Ok(found)
    }
}
