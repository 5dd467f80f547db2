//! Network interfaces of machines, with their addresses.

use cim_core::{CimError, ErrorKind, Instance, Value};
use cimi_model::classes::{
    cimi_address as address, cimi_machine_machine_network_interface as machine_interface,
    cimi_machine_network_interface as interface,
    cimi_machine_network_interface_address as interface_address,
    cimi_machine_template as machine_template, cimi_network as network, cimi_network_port as port,
    cimi_template_network_interface as template_interface,
};

use super::addresses;
use super::cloud::property;
use super::create::{Made, Making};
use super::keys;
use super::model::names;
use super::row::Row;
use super::simple;
use super::unit::Unit;
use super::validate::missing;

/// The hardware address of a new interface: locally administered, and as good as unique.
fn mac_address() -> String {
    let random = uuid::Uuid::new_v4();
    let [a, b, c, d, e, ..] = random.as_bytes();
    format!("02:{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}")
}

/// What the cloud gives a new interface that a client did not: its hardware address, and the largest
/// packet of its network.
///
/// # Errors
/// The interface is on one network, and its port on another.
pub(crate) fn complete(unit: &Unit<'_>, new: &mut Instance) -> Result<(), CimError> {
    if !new.class().is_a(interface::CLASS.name) {
        return Ok(());
    }
    new.set_at(interface::at::MAC_ADDRESS, Value::from(mac_address()));
    let text = |new: &Instance, at: usize| new.at(at).and_then(Value::as_str).map(str::to_owned);
    let port_id = text(new, interface::at::NETWORK_PORT);
    if let Some(port_id) = &port_id
        && let Some(of_port) = unit
            .row(port_id)
            .and_then(|row| row.instance.at(port::at::NETWORK))
            .and_then(Value::as_str)
    {
        match text(new, interface::at::NETWORK) {
            None => new.set_at(interface::at::NETWORK, Value::from(of_port)),
            Some(network) if network == of_port => {}
            Some(network) => {
                let name = property(&interface::CLASS, interface::at::NETWORK_PORT).name;
                return Err(CimError::new(
                    ErrorKind::InvalidParameter,
                    format!("{name}: {port_id} is on {of_port}, not on {network}."),
                )
                .with_subject(name));
            }
        }
    }
    if new.at(interface::at::MTU).is_none()
        && let Some(network) = text(new, interface::at::NETWORK)
        && let Some(row) = unit.row(&network)
    {
        new.set_at(
            interface::at::MTU,
            row.instance.at(network::at::MTU).cloned(),
        );
    }
    Ok(())
}

/// Makes the interfaces that a machine template describes, with their addresses: those that it names, those
/// that it describes, or one of the network, if that has a range.
pub(crate) async fn make(
    making: &mut Making<'_, '_>,
    machine: &str,
    template: &Instance,
    made: &mut Made,
) -> Result<(), CimError> {
    let association = making
        .unit
        .core
        .association(machine_interface::CLASS.name)?;
    let entries: Vec<Instance> = template
        .at(machine_template::at::NETWORK_INTERFACES)
        .map_or(&[][..], Value::elements)
        .iter()
        .filter_map(Value::as_instance)
        .cloned()
        .collect();
    for entry in entries {
        let mut new = Instance::new(&interface::CLASS);
        let of = |at: usize| property(&template_interface::CLASS, at);
        for (from, to, class) in [
            (
                template_interface::at::NETWORK,
                interface::at::NETWORK,
                Some(&network::CLASS),
            ),
            (
                template_interface::at::NETWORK_PORT,
                interface::at::NETWORK_PORT,
                Some(&port::CLASS),
            ),
            (template_interface::at::STATE, interface::at::STATE, None),
            (template_interface::at::MTU, interface::at::MTU, None),
        ] {
            let Some(value) = entry.at(from).filter(|value| !value.is_null()) else {
                if of(from).flags.required {
                    return Err(missing(template_interface::CLASS.name, of(from).name));
                }
                continue;
            };
            if let Some(class) = class {
                making.resolve(of(from), class, value).await?;
            }
            new.set_at(to, value.clone());
        }
        complete(making.unit, &mut new)?;
        let network = new
            .at(interface::at::NETWORK)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let number = making.unit.next_number(machine).await?;
        let id = making.insert_part(machine, &association, number, new)?;
        made.affected.push(id.clone());
        let wanted: Vec<Value> = entry
            .at(template_interface::at::ADDRESSES)
            .map_or(&[][..], Value::elements)
            .to_vec();
        for value in &wanted {
            let existing = match value {
                Value::Instance(given) => given.text(names::ID).map(str::to_owned),
                other => other.as_str().map(str::to_owned),
            };
            let address = match (existing, value) {
                (Some(address), _) => {
                    let of_entry = of(template_interface::at::ADDRESSES);
                    let value = Value::from(address.as_str());
                    making.resolve(of_entry, &address::CLASS, &value).await?;
                    check_free(making.unit, &address)?;
                    address
                }
                (None, Value::Instance(given)) => {
                    new_address(making, &id, &network, (**given).clone()).await?
                }
                (None, _) => continue,
            };
            bind(making, &id, &address, made).await?;
        }
        if wanted.is_empty()
            && !network.is_empty()
            && addresses::has_range(making, &network).await?
        {
            let blank = Instance::new(&address::CLASS);
            let address = new_address(making, &id, &network, blank).await?;
            bind(making, &id, &address, made).await?;
        }
    }
    Ok(())
}

/// An address that is made with an interface, and goes with it.
async fn new_address(
    making: &mut Making<'_, '_>,
    interface: &str,
    network: &str,
    mut given: Instance,
) -> Result<String, CimError> {
    if given.at(address::at::NETWORK).is_none() && !network.is_empty() {
        given.set_at(address::at::NETWORK, Value::from(network));
    }
    addresses::assign(making, &mut given).await?;
    let collection = making.unit.core.model.collection(&address::CLASS);
    let made = simple::settle(making, collection.unwrap_or("addresses"), given, None)?;
    making
        .unit
        .put(keys::made_together(interface, &made.id), Vec::new());
    Ok(made.id)
}

async fn bind(
    making: &mut Making<'_, '_>,
    interface: &str,
    address: &str,
    made: &mut Made,
) -> Result<(), CimError> {
    let association = making
        .unit
        .core
        .association(interface_address::CLASS.name)?;
    let membership = making.join(&association, interface, address).await?;
    made.affected.push(address.to_owned());
    made.affected.push(membership);
    Ok(())
}

/// Refuses an address that another interface has.
pub(crate) fn check_free(unit: &Unit<'_>, address: &str) -> Result<(), CimError> {
    let has = unit
        .row(address)
        .and_then(|row| row.instance.at(address::at::RESOURCE))
        .and_then(Value::as_str);
    match has {
        Some(other) => Err(CimError::new(
            ErrorKind::InUse,
            format!("{address} is bound to {other} already; end that first."),
        )),
        None => Ok(()),
    }
}

impl Unit<'_> {
    /// An address knows the machine whose interface has it.
    pub(crate) async fn bind_addresses(&mut self) -> Result<(), CimError> {
        let mut bound = Vec::new();
        for entry in self.changes() {
            let before = entry.before.as_ref().map(|(_, row)| row);
            let Some(row) = entry.after.as_ref().or(before) else {
                continue;
            };
            if before.is_some() == entry.after.is_some()
                || !row.instance.class().is_a(interface_address::CLASS.name)
            {
                continue;
            }
            let address = row.instance.value(names::PART).as_reference();
            if let (Some(address), Some(owner)) = (
                address.and_then(cim_core::ObjectPath::instance_id),
                &row.owner,
            ) {
                let interface = entry.after.as_ref().map(|_| owner.id.clone());
                bound.push((address.to_owned(), interface));
            }
        }
        for (address, interface) in bound {
            let machine = match interface {
                Some(interface) => self.peek(&interface).await?.and_then(|row: Row| row.owner),
                None => None,
            };
            if self.load(&address).await?
                && let Some(row) = self.row_mut(&address)
            {
                let machine = machine.map(|owner| Value::from(owner.id));
                row.instance.set_at(address::at::RESOURCE, machine);
            }
        }
        Ok(())
    }
}
