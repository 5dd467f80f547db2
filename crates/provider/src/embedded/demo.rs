//! The demonstration cloud: enough of everything that a newcomer can start, stop, create and attach.

use std::collections::BTreeMap;

use cim_core::{CimError, Instance, Value};
use cimi_model::classes::{
    cimi_address as address, cimi_address_template as address_template,
    cimi_component_descriptor as component_descriptor, cimi_credential as credential,
    cimi_credential_template as credential_template, cimi_disk as disk,
    cimi_disk_configuration as disk_configuration, cimi_machine as machine,
    cimi_machine_configuration as machine_configuration, cimi_machine_disk as machine_disk,
    cimi_machine_image as image, cimi_machine_template as machine_template,
    cimi_network as network, cimi_network_configuration as network_configuration,
    cimi_network_template as network_template, cimi_system_template as system_template,
    cimi_template_network_interface as template_interface, cimi_template_volume as template_volume,
    cimi_volume as volume, cimi_volume_configuration as volume_configuration,
    cimi_volume_template as volume_template,
};

use super::core::{Core, store_error};
use super::keys;
use super::lifecycle::{AVAILABLE, STARTED, STOPPED, image_type};
use super::model::names;
use super::row::{Owner, Row};
use super::unit::{Retries, Unit};

/// The fact that the store has had the demonstration cloud.
const FACT: &str = "demo";

const GIB_IN_KIB: u64 = 1 << 20;
/// Disk and volume capacity is in kilobytes (DSP0263 5.6).
const GB: u64 = 1_000_000;

pub(crate) async fn seed(core: &Core) -> Result<(), CimError> {
    let fact = keys::fact(FACT);
    let mut retries = Retries::default();
    loop {
        let mut unit = Unit::new(core);
        let stored = core
            .store
            .get(&fact)
            .await
            .map_err(|error| store_error(&error))?;
        if stored.is_some() {
            return Ok(());
        }
        unit.expect(fact.clone(), None);
        unit.put(fact.clone(), Vec::new());
        Seeds {
            unit: &mut unit,
            ids: BTreeMap::new(),
        }
        .all();
        if retries.commit(&mut unit).await?.is_some() {
            return Ok(());
        }
    }
}

struct Seeds<'s, 'c> {
    unit: &'s mut Unit<'c>,
    /// InstanceIDs by the short names below.
    ids: BTreeMap<&'static str, String>,
}

impl Seeds<'_, '_> {
    /// Adds a resource of the entry point's collections, with the id `<collection>/demo-<name>`.
    fn add(&mut self, instance: Instance, name: &'static str, title: &str, description: &str) {
        let class = instance.class();
        let collection = self.unit.core.model.collection(class).unwrap_or(class.name);
        let id = format!("{collection}/demo-{name}");
        let instance = instance
            .with(names::NAME, title)
            .with(names::DESCRIPTION, description);
        self.insert(&id, None, instance);
        self.ids.insert(name, id);
    }

    fn insert(&mut self, id: &str, owner: Option<Owner>, instance: Instance) {
        self.unit.insert(
            id,
            Row {
                tenant: None,
                owner,
                instance,
            },
        );
    }

    fn reference(&self, name: &str) -> Value {
        self.ids
            .get(name)
            .map_or(Value::Null, |id| Value::from(id.as_str()))
    }

    fn all(&mut self) {
        for (name, title, cpu, gib, gb) in [
            ("small", "small", 1_u64, 2, 20),
            ("large", "large", 4, 16, 100),
        ] {
            let mut disk = Instance::new(&disk_configuration::CLASS);
            disk.set_at(disk_configuration::at::CAPACITY, Value::from(gb * GB));
            disk.set_at(disk_configuration::at::FORMAT, Value::from("ext4"));
            disk.set_at(
                disk_configuration::at::INITIAL_LOCATION,
                Value::from("/dev/sda"),
            );
            let mut config = Instance::new(&machine_configuration::CLASS);
            config.set_at(machine_configuration::at::CPU, Value::from(cpu));
            config.set_at(
                machine_configuration::at::MEMORY,
                Value::from(gib * GIB_IN_KIB),
            );
            config.set_at(
                machine_configuration::at::DISKS,
                Value::Array(vec![Value::from(disk)]),
            );
            config.set_at(machine_configuration::at::CPU_ARCH, Value::from("x86_64"));
            config.set_at(machine_configuration::at::CPU_SPEED, Value::from(2_400_u64));
            let text = format!("{cpu} processors, {gib} GiB of memory, a disk of {gb} GB");
            self.add(config, name, title, &text);
        }
        for (name, title, location) in [
            (
                "debian",
                "Debian 12",
                "https://images.example/debian-12.qcow2",
            ),
            (
                "alpine",
                "Alpine 3.22",
                "https://images.example/alpine-3.22.qcow2",
            ),
        ] {
            let mut image = Instance::new(&image::CLASS);
            image.set_at(image::at::STATE, Value::from(AVAILABLE));
            image.set_at(image::at::TYPE, Value::from(image_type::IMAGE));
            image.set_at(image::at::IMAGE_LOCATION, Value::from(location));
            self.add(image, name, title, "Boots and has a serial console");
        }

        let mut login = Instance::new(&credential_template::CLASS);
        login.set_at(credential_template::at::USER_NAME, Value::from("admin"));
        self.add(
            login,
            "login",
            "login",
            "A user name; give the password or the key yourself",
        );
        let mut operator = Instance::new(&credential::CLASS);
        operator.set_at(credential::at::USER_NAME, Value::from("operator"));
        // The public half of a key that nobody has.
        operator.set_at(credential::at::KEY, Value::from("00"));
        self.add(
            operator,
            "operator",
            "operator",
            "The login of new machines",
        );

        for (name, title, config, image) in [
            ("web", "web server", "small", "debian"),
            ("database", "database server", "large", "alpine"),
        ] {
            let mut template = Instance::new(&machine_template::CLASS);
            template.set_at(machine_template::at::INITIAL_STATE, Value::from(STOPPED));
            template.set_at(machine_template::at::MACHINE_CONFIG, self.reference(config));
            template.set_at(machine_template::at::MACHINE_IMAGE, self.reference(image));
            template.set_at(machine_template::at::CREDENTIAL, self.reference("operator"));
            let text = format!("A machine of configuration {config} with image {image}");
            self.add(template, name, title, &text);
        }

        let mut config = Instance::new(&volume_configuration::CLASS);
        config.set_at(volume_configuration::at::CAPACITY, Value::from(10 * GB));
        config.set_at(volume_configuration::at::FORMAT, Value::from("ext4"));
        self.add(config, "data-10", "10 GB", "A small volume for data");
        let mut template = Instance::new(&volume_template::CLASS);
        template.set_at(
            volume_template::at::VOLUME_CONFIG,
            self.reference("data-10"),
        );
        self.add(template, "data", "data volume", "A volume of 10 GB");
        let mut volume = Instance::new(&volume::CLASS);
        volume.set_at(volume::at::STATE, Value::from(AVAILABLE));
        volume.set_at(volume::at::CAPACITY, Value::from(10 * GB));
        self.add(
            volume,
            "archive",
            "archive",
            "A volume that no machine uses yet",
        );

        self.networks();
        self.system();

        for (name, title, state, cpu, gib, gb) in [
            ("frontend", "frontend", STARTED, 1_u64, 2, 20),
            ("backend", "backend", STOPPED, 4, 16, 100),
        ] {
            let mut machine = Instance::new(&machine::CLASS);
            machine.set_at(machine::at::STATE, Value::from(state));
            machine.set_at(machine::at::CPU, Value::from(cpu));
            machine.set_at(machine::at::MEMORY, Value::from(gib * GIB_IN_KIB));
            machine.set_at(machine::at::CPU_ARCH, Value::from("x86_64"));
            machine.set_at(machine::at::CPU_SPEED, Value::from(2_400_u64));
            self.add(machine, name, title, "A machine of the demonstration cloud");
            self.disk(name, gb * GB);
        }
    }

    /// A network with a range of addresses, and what others are made from.
    fn networks(&mut self) {
        let mut config = Instance::new(&network_configuration::CLASS);
        config.set_at(
            network_configuration::at::NETWORK_TYPE,
            Value::from("PRIVATE"),
        );
        config.set_at(network_configuration::at::MTU, Value::from(1_500_u64));
        self.add(
            config,
            "private",
            "private",
            "A network that nobody outside reaches",
        );
        let mut template = Instance::new(&network_template::CLASS);
        template.set_at(network_template::at::INITIAL_STATE, Value::from(STARTED));
        template.set_at(
            network_template::at::NETWORK_CONFIG,
            self.reference("private"),
        );
        self.add(
            template,
            "lan-template",
            "network",
            "A private network, started",
        );
        let mut lan = Instance::new(&network::CLASS);
        lan.set_at(network::at::STATE, Value::from(STARTED));
        lan.set_at(network::at::NETWORK_TYPE, Value::from("PRIVATE"));
        lan.set_at(network::at::MTU, Value::from(1_500_u64));
        self.add(lan, "lan", "lan", "The network of the demonstration cloud");
        let mut range = Instance::new(&address_template::CLASS);
        range.set_at(address_template::at::IP, Value::from("10.20.0.0"));
        range.set_at(address_template::at::MASK, Value::from("255.255.255.0"));
        range.set_at(
            address_template::at::DEFAULT_GATEWAY,
            Value::from("10.20.0.1"),
        );
        let dns = Value::Array(vec![Value::from("10.20.0.1")]);
        range.set_at(address_template::at::DNS, dns);
        range.set_at(address_template::at::NETWORK, self.reference("lan"));
        self.add(
            range,
            "lan-range",
            "lan range",
            "The addresses of the network lan",
        );
    }

    /// A shop: two web servers and a database with a volume, on a network of their own.
    fn system(&mut self) {
        let on_network = || {
            let mut address = Instance::new(&address::CLASS);
            address.set_at(address::at::ALLOCATION, Value::from("dynamic"));
            let mut interface = Instance::new(&template_interface::CLASS);
            interface.set_at(template_interface::at::NETWORK, Value::from("#lan"));
            interface.set_at(template_interface::at::STATE, Value::from("Active"));
            interface.set_at(
                template_interface::at::ADDRESSES,
                Value::Array(vec![Value::from(address)]),
            );
            Value::Array(vec![Value::from(interface)])
        };
        let machine = |seeds: &Self, template: &'static str| {
            let mut machine = Instance::new(&machine_template::CLASS);
            machine.set(names::ID, seeds.reference(template));
            machine.set_at(machine_template::at::NETWORK_INTERFACES, on_network());
            machine
        };
        let web = machine(self, "web");
        let mut database = machine(self, "database");
        let mut data = Instance::new(&template_volume::CLASS);
        data.set_at(template_volume::at::HREF, Value::from("#data"));
        data.set_at(
            template_volume::at::INITIAL_LOCATION,
            Value::from("/dev/sdb"),
        );
        database.set_at(
            machine_template::at::VOLUMES,
            Value::Array(vec![Value::from(data)]),
        );
        let component =
            |name: &str, class: &'static cim_core::ClassDescriptor, at, template, number: u64| {
                let mut component = Instance::new(&component_descriptor::CLASS);
                component.set_at(component_descriptor::at::NAME, Value::from(name));
                let uri = super::model::type_uri(class).unwrap_or_default();
                component.set_at(component_descriptor::at::TYPE, Value::from(uri));
                component.set_at(at, Some(template));
                if number > 1 {
                    component.set_at(component_descriptor::at::QUANTITY, Value::from(number));
                }
                Value::from(component)
            };
        let components = vec![
            component(
                "lan",
                &network::CLASS,
                component_descriptor::at::NETWORK_TEMPLATE,
                self.reference("lan-template"),
                1,
            ),
            component(
                "data",
                &volume::CLASS,
                component_descriptor::at::VOLUME_TEMPLATE,
                self.reference("data"),
                1,
            ),
            component(
                "web",
                &machine::CLASS,
                component_descriptor::at::MACHINE_TEMPLATE,
                Value::from(web),
                2,
            ),
            component(
                "database",
                &machine::CLASS,
                component_descriptor::at::MACHINE_TEMPLATE,
                Value::from(database),
                1,
            ),
        ];
        let mut template = Instance::new(&system_template::CLASS);
        template.set_at(
            system_template::at::COMPONENT_DESCRIPTORS,
            Value::Array(components),
        );
        self.add(
            template,
            "shop",
            "shop",
            "Two web servers and a database with a volume, on a network of their own",
        );
    }

    fn disk(&mut self, machine: &'static str, capacity: u64) {
        let (Some(machine), Some(association)) = (
            self.ids.get(machine).cloned(),
            self.unit
                .core
                .model
                .association(machine_disk::CLASS.name)
                .copied(),
        ) else {
            return;
        };
        let collection = association.collection.unwrap_or("disks");
        let mut disk = Instance::new(&disk::CLASS);
        disk.set_at(disk::at::CAPACITY, Value::from(capacity));
        disk.set_at(disk::at::INITIAL_LOCATION, Value::from("/dev/sda"));
        let owner = Owner {
            association: association.class.name.to_owned(),
            id: machine.clone(),
        };
        self.insert(&format!("{machine}/{collection}/1"), Some(owner), disk);
        self.unit
            .put(keys::last_number(&machine), 1_u64.to_be_bytes().to_vec());
    }
}
