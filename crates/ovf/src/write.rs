//! Writes descriptors that the schema of DSP8023 accepts.

use xml_wire::Writer;

use crate::package::{Collection, Content, Package, VirtualSystem};
use crate::read::{ENVELOPES, resource_type};

const VSSD: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData";
const RASD: &str =
    "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";

/// What `AllocationUnits` says of memory and of disks.
const KIBIBYTE: &str = "byte * 2^10";
const BYTE: &str = "byte";

/// The descriptor of a package.
pub fn write(package: &Package) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut writer = Writer::new(&mut out);
    writer.start("Envelope");
    writer.attribute("xmlns", ENVELOPES[0]);
    writer.namespace("ovf", ENVELOPES[0]);
    writer.namespace("vssd", VSSD);
    writer.namespace("rasd", RASD);
    writer.start("References");
    for file in &package.files {
        writer.start("File");
        writer.attribute("ovf:id", &file.id);
        writer.attribute("ovf:href", &file.href);
        if let Some(size) = file.size {
            writer.attribute("ovf:size", &size.to_string());
        }
        writer.end();
    }
    writer.end();
    if !package.disks.is_empty() {
        writer.start("DiskSection");
        writer.element("Info", "The virtual disks of the package");
        for disk in &package.disks {
            writer.start("Disk");
            writer.attribute("ovf:diskId", &disk.id);
            if let Some(file) = &disk.file {
                writer.attribute("ovf:fileRef", file);
            }
            writer.attribute("ovf:capacity", &disk.capacity.to_string());
            if let Some(format) = &disk.format {
                writer.attribute("ovf:format", format);
            }
            writer.end();
        }
        writer.end();
    }
    if !package.networks.is_empty() {
        writer.start("NetworkSection");
        writer.element("Info", "The networks of the package");
        for network in &package.networks {
            writer.start("Network");
            writer.attribute("ovf:name", &network.name);
            if let Some(description) = &network.description {
                writer.element("Description", description);
            }
            writer.end();
        }
        writer.end();
    }
    write_content(&mut writer, &package.content);
    writer.end();
    out
}

fn write_content(writer: &mut Writer<'_>, content: &Content) {
    match content {
        Content::System(system) => write_system(writer, system),
        Content::Collection(collection) => write_collection(writer, collection),
    }
}

fn write_head(writer: &mut Writer<'_>, id: &str, info: &str, name: Option<&str>) {
    writer.attribute("ovf:id", id);
    writer.element("Info", info);
    if let Some(name) = name {
        writer.element("Name", name);
    }
}

fn write_collection(writer: &mut Writer<'_>, collection: &Collection) {
    writer.start("VirtualSystemCollection");
    write_head(
        writer,
        &collection.id,
        &collection.info,
        collection.name.as_deref(),
    );
    for content in &collection.content {
        write_content(writer, content);
    }
    writer.end();
}

/// A device: its properties in the order of the alphabet, as the schema has them.
struct Item<'i> {
    address: Option<&'i str>,
    units: Option<&'static str>,
    connection: Option<&'i str>,
    name: &'i str,
    host: Option<String>,
    kind: u64,
    quantity: Option<u64>,
}

fn write_system(writer: &mut Writer<'_>, system: &VirtualSystem) {
    writer.start("VirtualSystem");
    write_head(writer, &system.id, &system.info, system.name.as_deref());
    writer.start("VirtualHardwareSection");
    writer.element("Info", "The hardware of the machine");
    let mut number = 0_u64;
    let mut write = |item: Item<'_>| {
        number += 1;
        writer.start("Item");
        let mut property = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                writer.start_prefixed("rasd", name);
                writer.text(value);
                writer.end();
            }
        };
        property("Address", item.address);
        property("AllocationUnits", item.units);
        property("AutomaticAllocation", item.connection.map(|_| "true"));
        property("Connection", item.connection);
        property("ElementName", Some(item.name));
        property("HostResource", item.host.as_deref());
        property("InstanceID", Some(&number.to_string()));
        property("ResourceType", Some(&item.kind.to_string()));
        let quantity = item.quantity.map(|quantity| quantity.to_string());
        property("VirtualQuantity", quantity.as_deref());
        writer.end();
    };
    let plain = |name, kind, quantity, units| Item {
        address: None,
        units,
        connection: None,
        name,
        host: None,
        kind,
        quantity,
    };
    write(plain(
        "processors",
        resource_type::PROCESSOR,
        Some(system.cpus),
        None,
    ));
    let (memory, unit) = match system.memory % 1024 {
        0 => (system.memory / 1024, KIBIBYTE),
        _ => (system.memory, BYTE),
    };
    write(plain(
        "memory",
        resource_type::MEMORY,
        Some(memory),
        Some(unit),
    ));
    for drive in &system.drives {
        let name = if drive.name.is_empty() {
            "disk"
        } else {
            &drive.name
        };
        let capacity = drive.capacity.filter(|_| drive.disk.is_none());
        write(Item {
            host: drive.disk.as_ref().map(|disk| format!("ovf:/disk/{disk}")),
            ..plain(name, resource_type::DISK, capacity, capacity.map(|_| BYTE))
        });
    }
    for adapter in &system.adapters {
        let name = if adapter.name.is_empty() {
            "network adapter"
        } else {
            &adapter.name
        };
        write(Item {
            address: adapter.mac.as_deref(),
            connection: adapter.network.as_deref(),
            ..plain(name, resource_type::ETHERNET, None, None)
        });
    }
    writer.end();
    writer.end();
}
