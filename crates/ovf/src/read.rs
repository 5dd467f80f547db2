//! Reads descriptors: the table of what is understood, and nothing is believed.

use std::collections::BTreeSet;

use xml_wire::{Element, Reader, XmlError};

use crate::package::{
    Adapter, Collection, Content, Disk, DiskDrive, File, Network, Package, VirtualSystem,
};
use crate::units::bytes_in;
use crate::{Limits, OvfError, archive};

/// The namespaces of the envelope, versions 1 and 2.
pub(crate) const ENVELOPES: [&str; 2] = [
    "http://schemas.dmtf.org/ovf/envelope/1",
    "http://schemas.dmtf.org/ovf/envelope/2",
];

/// Kinds of virtual devices (CIM_ResourceAllocationSettingData.ResourceType).
pub(crate) mod resource_type {
    pub(crate) const PROCESSOR: u64 = 3;
    pub(crate) const MEMORY: u64 = 4;
    pub(crate) const ETHERNET: u64 = 10;
    pub(crate) const DISK: u64 = 17;
}

impl From<XmlError> for OvfError {
    fn from(error: XmlError) -> Self {
        Self::Xml(error.to_string())
    }
}

/// Reads a package: a descriptor, or a tar file with one.
///
/// # Errors
/// What is wrong with it, and where.
pub fn read(package: &[u8], limits: &Limits) -> Result<Package, OvfError> {
    let descriptor = archive::descriptor(package, limits)?;
    let decoded =
        xml_wire::decode(descriptor, None).map_err(|error| OvfError::Xml(error.to_string()))?;
    let bounds = xml_wire::Limits {
        document_bytes: limits.descriptor_bytes.saturating_mul(3),
        ..xml_wire::Limits::default()
    };
    let mut reader = Reader::new(&decoded.text, &bounds)?;
    let root = reader.root()?;
    if !ENVELOPES.iter().any(|ns| root.is(ns, "Envelope")) {
        return Err(OvfError::wrong(
            root.name().to_string(),
            "an OVF descriptor is an Envelope of http://schemas.dmtf.org/ovf/envelope/1",
        ));
    }
    let mut reading = Reading {
        reader,
        items: 0,
        limits: *limits,
    };
    let package = reading.envelope()?;
    reading.reader.finish()?;
    check(&package)?;
    Ok(package)
}

struct Reading<'a> {
    reader: Reader<'a>,
    items: usize,
    limits: Limits,
}

fn is(element: &Element<'_>, local: &str) -> bool {
    ENVELOPES.iter().any(|ns| element.is(ns, local))
}

/// An attribute of the envelope's namespace; some packages write it without.
fn attribute<'e>(element: &'e Element<'_>, local: &str) -> Option<&'e str> {
    ENVELOPES
        .iter()
        .copied()
        .chain([""])
        .find_map(|ns| element.attribute(ns, local))
}

fn needed(element: &Element<'_>, local: &str) -> Result<String, OvfError> {
    let value = attribute(element, local).map(str::trim).unwrap_or_default();
    if value.is_empty() {
        return Err(OvfError::wrong(
            element.name().local(),
            format!("it has no attribute {local}"),
        ));
    }
    Ok(value.to_owned())
}

impl Reading<'_> {
    fn count(&mut self) -> Result<(), OvfError> {
        self.items += 1;
        if self.items > self.limits.items {
            return Err(OvfError::Limit {
                what: "files, disks, networks, systems and devices",
                limit: self.limits.items,
            });
        }
        Ok(())
    }

    fn envelope(&mut self) -> Result<Package, OvfError> {
        let (mut files, mut disks, mut networks) = (Vec::new(), Vec::new(), Vec::new());
        let mut content = None;
        while let Some(element) = self.reader.child()? {
            if is(&element, "References") {
                while let Some(file) = self.reader.child()? {
                    if is(&file, "File") {
                        self.count()?;
                        files.push(File {
                            id: needed(&file, "id")?,
                            href: needed(&file, "href")?,
                            size: attribute(&file, "size").and_then(|size| size.parse().ok()),
                        });
                    }
                    self.reader.skip()?;
                }
            } else if is(&element, "DiskSection") {
                while let Some(disk) = self.reader.child()? {
                    if is(&disk, "Disk") {
                        self.count()?;
                        disks.push(read_disk(&disk)?);
                    }
                    self.reader.skip()?;
                }
            } else if is(&element, "NetworkSection") {
                while let Some(network) = self.reader.child()? {
                    if !is(&network, "Network") {
                        self.reader.skip()?;
                        continue;
                    }
                    self.count()?;
                    let name = needed(&network, "name")?;
                    let mut description = None;
                    while let Some(inner) = self.reader.child()? {
                        if is(&inner, "Description") {
                            description = self.text()?;
                        } else {
                            self.reader.skip()?;
                        }
                    }
                    networks.push(Network { name, description });
                }
            } else if let Some(found) = self.content(&element, 0)? {
                if content.is_some() {
                    return Err(OvfError::wrong(
                        "Envelope",
                        "it has more than one VirtualSystem or VirtualSystemCollection",
                    ));
                }
                content = Some(found);
            }
        }
        Ok(Package {
            files,
            disks,
            networks,
            content: content.ok_or_else(|| {
                OvfError::wrong(
                    "Envelope",
                    "it has no VirtualSystem and no VirtualSystemCollection",
                )
            })?,
        })
    }

    /// The text of an element; `None` if there is none.
    fn text(&mut self) -> Result<Option<String>, OvfError> {
        let text = self.reader.trimmed_text()?;
        Ok((!text.is_empty()).then(|| text.into_owned()))
    }

    /// A virtual system or a collection; anything else is skipped.
    fn content(
        &mut self,
        element: &Element<'_>,
        depth: usize,
    ) -> Result<Option<Content>, OvfError> {
        if is(element, "VirtualSystem") {
            self.count()?;
            return self.system(element).map(Content::System).map(Some);
        }
        if !is(element, "VirtualSystemCollection") {
            self.reader.skip()?;
            return Ok(None);
        }
        if depth >= self.limits.depth {
            return Err(OvfError::Limit {
                what: "collections inside one another",
                limit: self.limits.depth,
            });
        }
        self.count()?;
        let mut collection = Collection {
            id: needed(element, "id")?,
            ..Collection::default()
        };
        while let Some(inner) = self.reader.child()? {
            if is(&inner, "Info") {
                collection.info = self.text()?.unwrap_or_default();
            } else if is(&inner, "Name") {
                collection.name = self.text()?;
            } else if let Some(found) = self.content(&inner, depth + 1)? {
                collection.content.push(found);
            }
        }
        Ok(Some(Content::Collection(collection)))
    }

    fn system(&mut self, element: &Element<'_>) -> Result<VirtualSystem, OvfError> {
        let mut system = VirtualSystem {
            id: needed(element, "id")?,
            ..VirtualSystem::default()
        };
        let mut has_hardware = false;
        while let Some(inner) = self.reader.child()? {
            if is(&inner, "Info") {
                system.info = self.text()?.unwrap_or_default();
            } else if is(&inner, "Name") {
                system.name = self.text()?;
            } else if is(&inner, "VirtualHardwareSection") && !has_hardware {
                // Of several, the first one counts (DSP0263 Annex A leaves it open).
                has_hardware = true;
                self.hardware(&mut system)?;
            } else {
                self.reader.skip()?;
            }
        }
        if !has_hardware {
            return Err(OvfError::wrong(
                format!("VirtualSystem {}", system.id),
                "it has no VirtualHardwareSection",
            ));
        }
        Ok(system)
    }

    fn hardware(&mut self, system: &mut VirtualSystem) -> Result<(), OvfError> {
        while let Some(item) = self.reader.child()? {
            let device = ["Item", "StorageItem", "EthernetPortItem"];
            if !device.iter().any(|name| is(&item, name)) {
                self.reader.skip()?;
                continue;
            }
            // Ends of ranges, and what another configuration has.
            let counts = attribute(&item, "bound").is_none_or(|bound| bound == "normal")
                && attribute(&item, "configuration").is_none_or(str::is_empty);
            let device = self.item()?;
            if counts {
                self.count()?;
                device.add_to(system)?;
            }
        }
        Ok(())
    }

    fn item(&mut self) -> Result<Device, OvfError> {
        let mut device = Device::default();
        while let Some(property) = self.reader.child()? {
            let slot = match property.name().local() {
                "ResourceType" => &mut device.kind,
                "VirtualQuantity" => &mut device.quantity,
                "AllocationUnits" | "VirtualQuantityUnits" => &mut device.units,
                "HostResource" => &mut device.host,
                "Connection" => &mut device.connection,
                "ElementName" => &mut device.name,
                "InstanceID" => &mut device.id,
                "Address" => &mut device.address,
                _ => {
                    self.reader.skip()?;
                    continue;
                }
            };
            let text = self.reader.trimmed_text()?;
            // Arrays: the first one is the device itself.
            if slot.is_none() && !text.is_empty() {
                *slot = Some(text.into_owned());
            }
        }
        Ok(device)
    }
}

/// A virtual device as the descriptor writes it.
#[derive(Default)]
struct Device {
    kind: Option<String>,
    quantity: Option<String>,
    units: Option<String>,
    host: Option<String>,
    connection: Option<String>,
    name: Option<String>,
    id: Option<String>,
    address: Option<String>,
}

impl Device {
    fn add_to(self, system: &mut VirtualSystem) -> Result<(), OvfError> {
        let place = format!(
            "Item {} of VirtualSystem {}",
            self.id.as_deref().unwrap_or("without InstanceID"),
            system.id
        );
        let number = |text: &Option<String>, name: &str| match text {
            None => Ok(None),
            Some(text) => text.parse::<u64>().map(Some).map_err(|_| {
                OvfError::wrong(&place, format!("{name} is `{text}`, which is no number"))
            }),
        };
        let quantity = number(&self.quantity, "VirtualQuantity")?;
        let amount = |default: &str| {
            let units = self.units.as_deref().unwrap_or(default);
            let unit = bytes_in(units).ok_or_else(|| {
                OvfError::wrong(
                    &place,
                    format!("`{units}` is no unit of bytes, such as byte * 2^20"),
                )
            })?;
            quantity
                .map(|quantity| {
                    quantity
                        .checked_mul(unit)
                        .ok_or_else(|| OvfError::wrong(&place, "its VirtualQuantity is too large"))
                })
                .transpose()
        };
        let needed = |quantity: Option<u64>| {
            quantity
                .filter(|quantity| *quantity > 0)
                .ok_or_else(|| OvfError::wrong(&place, "it has no VirtualQuantity"))
        };
        match number(&self.kind, "ResourceType")? {
            Some(resource_type::PROCESSOR) => {
                system.cpus = system.cpus.saturating_add(needed(quantity)?);
            }
            Some(resource_type::MEMORY) => {
                system.memory = system
                    .memory
                    .saturating_add(needed(amount("byte * 2^20")?)?);
            }
            Some(resource_type::ETHERNET) => system.adapters.push(Adapter {
                name: self.name.unwrap_or_default(),
                network: self.connection,
                mac: self.address,
            }),
            Some(resource_type::DISK) => {
                let disk = match self.host.as_deref() {
                    None => None,
                    Some(host) => {
                        let path = host.strip_prefix("ovf:").unwrap_or(host);
                        let id = path.strip_prefix("/disk/").ok_or_else(|| {
                            OvfError::wrong(
                                &place,
                                format!("`{host}` is no disk of the package, such as ovf:/disk/ID"),
                            )
                        })?;
                        Some(id.to_owned())
                    }
                };
                let capacity = if disk.is_none() {
                    amount("byte")?
                } else {
                    None
                };
                system.drives.push(DiskDrive {
                    name: self.name.unwrap_or_default(),
                    disk,
                    capacity,
                });
            }
            // Controllers, displays, drives for removable media: a cloud brings its own.
            _ => {}
        }
        Ok(())
    }
}

fn read_disk(disk: &Element<'_>) -> Result<Disk, OvfError> {
    let id = needed(disk, "diskId")?;
    let place = format!("Disk {id}");
    let capacity = needed(disk, "capacity")?;
    let capacity: u64 = capacity
        .parse()
        .map_err(|_| OvfError::wrong(&place, format!("its capacity `{capacity}` is no number")))?;
    let units = attribute(disk, "capacityAllocationUnits")
        .filter(|units| !units.is_empty())
        .unwrap_or("byte");
    let unit = bytes_in(units).ok_or_else(|| {
        OvfError::wrong(
            &place,
            format!("`{units}` is no unit of bytes, such as byte * 2^30"),
        )
    })?;
    Ok(Disk {
        capacity: capacity
            .checked_mul(unit)
            .ok_or_else(|| OvfError::wrong(&place, "its capacity is too large"))?,
        file: attribute(disk, "fileRef")
            .filter(|file| !file.is_empty())
            .map(str::to_owned),
        format: attribute(disk, "format").map(str::to_owned),
        id,
    })
}

/// Refuses what refers to nothing, and what is there twice.
fn check(package: &Package) -> Result<(), OvfError> {
    fn unique<'i>(
        what: &str,
        ids: impl Iterator<Item = &'i str>,
    ) -> Result<BTreeSet<&'i str>, OvfError> {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                return Err(OvfError::wrong(
                    format!("{what} {id}"),
                    "there are two of this name",
                ));
            }
        }
        Ok(seen)
    }
    let files = unique("File", package.files.iter().map(|file| file.id.as_str()))?;
    let disks = unique("Disk", package.disks.iter().map(|disk| disk.id.as_str()))?;
    let networks = unique("Network", package.networks.iter().map(|n| n.name.as_str()))?;
    for disk in &package.disks {
        if let Some(file) = &disk.file
            && !files.contains(file.as_str())
        {
            return Err(OvfError::wrong(
                format!("Disk {}", disk.id),
                format!("the package has no file {file}"),
            ));
        }
    }
    let mut ids = Vec::new();
    let mut waiting = vec![&package.content];
    while let Some(content) = waiting.pop() {
        match content {
            Content::Collection(collection) => {
                ids.push(collection.id.as_str());
                waiting.extend(&collection.content);
            }
            Content::System(system) => {
                ids.push(system.id.as_str());
                let place = || format!("VirtualSystem {}", system.id);
                for drive in &system.drives {
                    if let Some(disk) = &drive.disk
                        && !disks.contains(disk.as_str())
                    {
                        let why = format!("the package has no disk {disk}");
                        return Err(OvfError::wrong(place(), why));
                    }
                }
                for adapter in &system.adapters {
                    if let Some(network) = &adapter.network
                        && !networks.contains(network.as_str())
                    {
                        let why = format!("the package has no network {network}");
                        return Err(OvfError::wrong(place(), why));
                    }
                }
                if system.cpus == 0 || system.memory == 0 {
                    let why = "its hardware has no processor or no memory";
                    return Err(OvfError::wrong(place(), why));
                }
            }
        }
    }
    unique("VirtualSystem", ids.into_iter()).map(drop)
}
