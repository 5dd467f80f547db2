//! Packages of systems and system templates.

use std::collections::{BTreeMap, BTreeSet};

use cim_core::{CimError, Instance, Value};
use cimi_model::classes::{
    cimi_disk_configuration as disk_configuration, cimi_machine as machine,
    cimi_machine_configuration as machine_configuration, cimi_machine_template as machine_template,
    cimi_system_template as system_template, cimi_template_network_interface as template_interface,
    cimi_template_volume as template_volume, cimi_volume as volume,
    cimi_volume_configuration as volume_configuration, cimi_volume_template as volume_template,
};
use ovf::{Collection, Content, Package};

use super::super::cloud;
use super::super::create::Making;
use super::super::model::names;
use super::super::systems;
use super::{KIBIBYTE, KILOBYTE, unique};

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
        let prefix = super::super::keys::contained_by(owner, association);
        let mut parts = Vec::new();
        for key in self.making.unit.keys(&prefix).await? {
            if let Some([part]) = super::super::keys::parts(&key, &prefix)
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
