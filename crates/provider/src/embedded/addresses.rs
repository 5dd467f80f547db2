//! IP addresses, really allocated: each is taken once in its network, out of a range, and free again when
//! its resource goes.
//!
//! The ranges of a network are the address templates that refer to it: `Ip` and `Mask` say from where to
//! where. A network without one has the range of the configuration. That an address is taken is an index row
//! that follows from its resource (`index`), so that nobody has to give anything back.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use cim_core::{CimError, ErrorKind, Instance, Value};
use cimi_model::classes::{cimi_address as address, cimi_address_template as address_template};

use super::cloud::property;
use super::core::{Core, sees};
use super::create::Making;
use super::keys;
use super::unit::Unit;

const STATIC: &str = "static";
const DYNAMIC: &str = "dynamic";
const IPV4: &str = "IPv4";
const IPV6: &str = "IPv6";

/// Addresses of one network that can be told apart when one is looked for.
const MAX_RANGE: u128 = 1 << 24;

/// A range of addresses of one family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressRange {
    /// The first address of the subnet, or the first to be given out.
    pub first: IpAddr,
    /// The length of the network prefix in bits.
    pub prefix: u8,
}

impl std::str::FromStr for AddressRange {
    type Err = String;

    /// Reads `10.0.0.0/16`.
    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}` is no range of addresses, such as 10.0.0.0/16");
        let (first, prefix) = text.split_once('/').ok_or_else(expected)?;
        let first: IpAddr = first.parse().map_err(|_| expected())?;
        let prefix: u8 = prefix.parse().map_err(|_| expected())?;
        if prefix > bits(first) {
            return Err(expected());
        }
        Ok(Self { first, prefix })
    }
}

impl std::fmt::Display for AddressRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix)
    }
}

fn bits(ip: IpAddr) -> u8 {
    match ip {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

fn number(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => u128::from(u32::from(ip)),
        IpAddr::V6(ip) => u128::from(ip),
    }
}

fn ip_of(number: u128, like: IpAddr) -> IpAddr {
    match like {
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::from(u32::try_from(number).unwrap_or(u32::MAX))),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::from(number)),
    }
}

impl AddressRange {
    fn host_mask(self) -> u128 {
        let host_bits = u32::from(bits(self.first) - self.prefix);
        1_u128.checked_shl(host_bits).map_or(u128::MAX, |n| n - 1)
    }

    /// The first and the last address that a host may have.
    fn hosts(self) -> (u128, u128) {
        let hosts = self.host_mask();
        let (start, end) = (number(self.first) & !hosts, number(self.first) | hosts);
        let first = number(self.first);
        if hosts < 3 {
            return (first, end);
        }
        // The first one names the subnet; the last one of IPv4 is for all hosts.
        let last = if self.first.is_ipv4() { end - 1 } else { end };
        (first.max(start + 1), last)
    }

    fn mask(self) -> String {
        match self.first {
            IpAddr::V4(_) => {
                let mask = !u32::try_from(self.host_mask()).unwrap_or(u32::MAX);
                Ipv4Addr::from(mask).to_string()
            }
            IpAddr::V6(_) => self.prefix.to_string(),
        }
    }
}

/// The text under which an address is known in its network: it sorts as the addresses do.
fn sortable(ip: IpAddr) -> String {
    let family = if ip.is_ipv4() { '4' } else { '6' };
    format!("{family}{:032x}", number(ip))
}

/// The row that says that an address is taken, of an address resource.
pub(crate) fn taken_by(instance: &Instance) -> Option<Vec<u8>> {
    if !instance.class().is_a(address::CLASS.name) {
        return None;
    }
    let text = |at| instance.at(at).and_then(Value::as_str);
    let ip: IpAddr = text(address::at::IP)?.parse().ok()?;
    let network = text(address::at::NETWORK).unwrap_or_default();
    Some(keys::taken(network, &sortable(ip)))
}

fn wrong(at: usize, why: &str) -> CimError {
    let name = property(&address::CLASS, at).name;
    CimError::new(ErrorKind::InvalidParameter, format!("{name}: {why}")).with_subject(name)
}

fn parse_ip(text: &str) -> Result<IpAddr, CimError> {
    text.parse()
        .map_err(|_| wrong(address::at::IP, &format!("`{text}` is no IP address.")))
}

/// The length of the prefix that a mask stands for: `255.255.255.0`, or the number itself.
fn parse_mask(text: &str, ip: IpAddr) -> Result<u8, CimError> {
    let refused = || {
        wrong(
            address::at::MASK,
            &format!("`{text}` is no mask for {ip}: such as 255.255.255.0, or 24."),
        )
    };
    if let Ok(prefix) = text.parse::<u8>() {
        return (prefix <= bits(ip)).then_some(prefix).ok_or_else(refused);
    }
    let mask: IpAddr = text.parse().map_err(|_| refused())?;
    if mask.is_ipv4() != ip.is_ipv4() {
        return Err(refused());
    }
    let number = number(mask) << (128 - u32::from(bits(mask)));
    let prefix = number.leading_ones();
    if prefix < 128 && number << prefix != 0 {
        return Err(refused());
    }
    u8::try_from(prefix).map_err(|_| refused())
}

/// A range, and what its template says about the addresses in it.
struct Source {
    range: AddressRange,
    gateway: Option<IpAddr>,
    template: Option<Instance>,
}

fn source_of(template: &Instance) -> Result<Option<Source>, CimError> {
    let text = |at| template.at(at).and_then(Value::as_str);
    let Some(ip) = text(address_template::at::IP) else {
        return Ok(None);
    };
    let first = parse_ip(ip)?;
    let prefix = match text(address_template::at::MASK) {
        Some(mask) => parse_mask(mask, first)?,
        None => bits(first),
    };
    Ok(Some(Source {
        range: AddressRange { first, prefix },
        gateway: text(address_template::at::DEFAULT_GATEWAY).and_then(|ip| ip.parse().ok()),
        template: Some(template.clone()),
    }))
}

/// The ranges of a network.
async fn ranges_of(
    making: &Making<'_, '_>,
    network: &str,
    protocol: Option<&str>,
) -> Result<Vec<Source>, CimError> {
    let mut sources = Vec::new();
    let prefix = keys::references_to(network);
    for key in making.unit.keys(&prefix).await? {
        if let Some([class, _, source]) = keys::parts(&key, &prefix)
            && class == address_template::CLASS.name
            && let Some(row) = making.unit.peek(source).await?
            && sees(&making.context.principal, row.tenant.as_deref())
        {
            sources.extend(source_of(&row.instance)?);
        }
    }
    if sources.is_empty() {
        let config = &making.unit.core.config;
        sources.extend(config.address_ranges.iter().map(|range| {
            let (first, _) = range.hosts();
            Source {
                range: *range,
                gateway: Some(ip_of(first, range.first)),
                template: None,
            }
        }));
    }
    if let Some(protocol) = protocol {
        sources.retain(|source| source.range.first.is_ipv4() == (protocol != IPV6));
    }
    Ok(sources)
}

/// The lowest address of a range that is free in a network; `None` if all are taken.
async fn lowest_free(
    unit: &Unit<'_>,
    network: &str,
    source: &Source,
) -> Result<Option<IpAddr>, CimError> {
    let (first, last) = source.range.hosts();
    let last = last.min(first.saturating_add(MAX_RANGE));
    let (low, high) = (
        keys::taken(network, &sortable(ip_of(first, source.range.first))),
        keys::taken(network, &sortable(ip_of(last, source.range.first))),
    );
    let mut taken: BTreeSet<Vec<u8>> = BTreeSet::new();
    for key in unit.keys(&keys::taken(network, "")).await? {
        if key >= low && key <= high {
            taken.insert(key);
        }
    }
    for entry in unit.changes().filter(|entry| entry.before.is_none()) {
        taken.extend(entry.after.as_ref().and_then(|row| taken_by(&row.instance)));
    }
    let gateway = source.gateway.map(number);
    let mut at = first;
    while at <= last {
        let ip = ip_of(at, source.range.first);
        if Some(at) != gateway && !taken.contains(&keys::taken(network, &sortable(ip))) {
            return Ok(Some(ip));
        }
        at += 1;
    }
    Ok(None)
}

/// Refuses an address that is taken; the unit expects it to be free.
async fn expect_free(unit: &mut Unit<'_>, network: &str, ip: IpAddr) -> Result<(), CimError> {
    let key = keys::taken(network, &sortable(ip));
    let holder = match stored_text(unit.core, &key).await? {
        Some(holder) => Some(holder),
        None => unit
            .changes()
            .filter(|entry| entry.before.is_none())
            .find(|entry| {
                entry.after.as_ref().and_then(|row| taken_by(&row.instance)) == Some(key.clone())
            })
            .map(|entry| entry.id.clone()),
    };
    if let Some(holder) = holder {
        let place = if network.is_empty() {
            "outside of networks"
        } else {
            network
        };
        return Err(CimError::new(
            ErrorKind::AlreadyExists,
            format!("{ip} of {place} is taken by {holder}."),
        )
        .with_subject(property(&address::CLASS, address::at::IP).name));
    }
    unit.expect(key, None);
    Ok(())
}

async fn stored_text(core: &Core, key: &[u8]) -> Result<Option<String>, CimError> {
    let stored = core.store.get(key).await;
    let stored = stored.map_err(|error| super::core::store_error(&error))?;
    Ok(stored.and_then(|(_, value)| String::from_utf8(value).ok()))
}

/// Gives a new address resource its address: the one that it asks for, or the lowest free one of its ranges.
///
/// # Errors
/// The address is wrong or taken, or all addresses are (`QuotaExceeded`).
pub(crate) async fn assign(
    making: &mut Making<'_, '_>,
    new: &mut Instance,
) -> Result<(), CimError> {
    let text = |new: &Instance, at: usize| new.at(at).and_then(Value::as_str).map(str::to_owned);
    let given = match text(new, address::at::IP) {
        Some(ip) => Some(parse_ip(&ip)?),
        None => None,
    };
    let prefix = match (given, text(new, address::at::MASK)) {
        (Some(ip), Some(mask)) => Some(parse_mask(&mask, ip)?),
        _ => None,
    };
    let network_id = text(new, address::at::NETWORK).unwrap_or_default();
    let protocol = text(new, address::at::PROTOCOL);
    if let (Some(ip), Some(protocol)) = (given, &protocol)
        && [IPV4, IPV6].contains(&protocol.as_str())
        && ip.is_ipv4() != (protocol == IPV4)
    {
        return Err(wrong(
            address::at::PROTOCOL,
            &format!("{ip} is no address of {protocol}."),
        ));
    }
    let is_subnet = given.zip(prefix).is_some_and(|(ip, prefix)| {
        let range = AddressRange { first: ip, prefix };
        range.host_mask() > 1 && number(ip) & range.host_mask() == 0
    });
    let allocation = text(new, address::at::ALLOCATION);
    let is_static = match allocation.as_deref() {
        Some(STATIC) => true,
        Some(DYNAMIC) => false,
        _ => given.is_some() && !is_subnet,
    };
    let (ip, source) = if is_static {
        let ip = given.ok_or_else(|| {
            let name = property(&address::CLASS, address::at::IP).name;
            super::validate::missing(address::CLASS.name, name)
        })?;
        expect_free(making.unit, &network_id, ip).await?;
        let range = prefix.map(|prefix| AddressRange { first: ip, prefix });
        (ip, range.map(|range| (range, None)))
    } else {
        let sources = match given {
            Some(first) => vec![Source {
                range: AddressRange {
                    first,
                    prefix: prefix.unwrap_or_else(|| bits(first)),
                },
                gateway: text(new, address::at::DEFAULT_GATEWAY).and_then(|ip| ip.parse().ok()),
                template: None,
            }],
            None => ranges_of(making, &network_id, protocol.as_deref()).await?,
        };
        let mut found = None;
        for source in sources.iter() {
            if let Some(ip) = lowest_free(making.unit, &network_id, source).await? {
                found = Some((ip, source));
                break;
            }
        }
        let Some((ip, source)) = found else {
            return Err(exhausted(&network_id, &sources));
        };
        expect_free(making.unit, &network_id, ip).await?;
        if let Some(gateway) = source
            .gateway
            .filter(|_| new.at(address::at::DEFAULT_GATEWAY).is_none())
        {
            new.set_at(
                address::at::DEFAULT_GATEWAY,
                Value::from(gateway.to_string()),
            );
        }
        (ip, Some((source.range, source.template.clone())))
    };
    new.set_at(address::at::IP, Value::from(ip.to_string()));
    let is_absent = |new: &Instance, at: usize| new.at(at).is_none_or(Value::is_null);
    if is_absent(new, address::at::PROTOCOL) {
        let protocol = if ip.is_ipv4() { IPV4 } else { IPV6 };
        new.set_at(address::at::PROTOCOL, Value::from(protocol));
    }
    if is_absent(new, address::at::ALLOCATION) {
        let allocation = if is_static { STATIC } else { DYNAMIC };
        new.set_at(address::at::ALLOCATION, Value::from(allocation));
    }
    if let Some((range, template)) = source {
        if is_absent(new, address::at::MASK) {
            new.set_at(address::at::MASK, Value::from(range.mask()));
        }
        if let Some(template) = template
            && is_absent(new, address::at::DNS)
        {
            new.set_at(
                address::at::DNS,
                template.at(address_template::at::DNS).cloned(),
            );
        }
    }
    Ok(())
}

fn exhausted(network_id: &str, sources: &[Source]) -> CimError {
    let place = if network_id.is_empty() {
        "no network"
    } else {
        network_id
    };
    if sources.is_empty() {
        return CimError::new(
            ErrorKind::InvalidParameter,
            format!(
                "{place} has no range of addresses of this protocol. Give the address itself, or make an \
                 {} with Ip and Mask that refers to the network.",
                address_template::CLASS.name
            ),
        )
        .with_subject(property(&address::CLASS, address::at::IP).name);
    }
    let ranges: Vec<String> = sources
        .iter()
        .map(|source| {
            let (first, last) = source.range.hosts();
            let like = source.range.first;
            format!("{} to {}", ip_of(first, like), ip_of(last, like))
        })
        .collect();
    CimError::new(
        ErrorKind::QuotaExceeded,
        format!(
            "All addresses of {place} are taken ({}): 0 are left. Delete one first.",
            ranges.join(", ")
        ),
    )
}

/// Whether a network gives addresses to interfaces by itself: somebody made a range for it.
pub(crate) async fn has_range(making: &Making<'_, '_>, network: &str) -> Result<bool, CimError> {
    let sources = ranges_of(making, network, None).await?;
    Ok(sources.iter().any(|source| source.template.is_some()))
}

/// Refuses an address template that no address could be made from.
pub(crate) fn check_template(template: &Instance) -> Result<(), CimError> {
    if template.class().is_a(address_template::CLASS.name) {
        source_of(template)?;
    }
    Ok(())
}

/// Refuses a change of an address to one that is taken or no address at all.
pub(crate) async fn check_change(
    unit: &mut Unit<'_>,
    id: &str,
    changed: &Instance,
) -> Result<(), CimError> {
    if !changed.class().is_a(address::CLASS.name) {
        return Ok(());
    }
    let Some(ip) = changed.at(address::at::IP).and_then(Value::as_str) else {
        return Ok(());
    };
    let ip = parse_ip(ip)?;
    let Some(row) = unit.row(id) else {
        return Ok(());
    };
    let text = |at: usize| row.instance.at(at).and_then(Value::as_str);
    if text(address::at::IP).and_then(|ip| ip.parse().ok()) == Some(ip) {
        return Ok(());
    }
    let network = text(address::at::NETWORK).unwrap_or_default().to_owned();
    expect_free(unit, &network, ip).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_hosts_and_masks() {
        for (range, first, last, mask) in [
            ("10.0.0.0/24", "10.0.0.1", "10.0.0.254", "255.255.255.0"),
            ("10.0.0.10/24", "10.0.0.10", "10.0.0.254", "255.255.255.0"),
            ("192.0.2.4/30", "192.0.2.5", "192.0.2.6", "255.255.255.252"),
            ("192.0.2.4/31", "192.0.2.4", "192.0.2.5", "255.255.255.254"),
            ("192.0.2.4/32", "192.0.2.4", "192.0.2.4", "255.255.255.255"),
            ("0.0.0.0/0", "0.0.0.1", "255.255.255.254", "0.0.0.0"),
            ("2001:db8::/126", "2001:db8::1", "2001:db8::3", "126"),
        ] {
            let range: AddressRange = range.parse().unwrap();
            let (low, high) = range.hosts();
            assert_eq!(ip_of(low, range.first).to_string(), first, "{range}");
            assert_eq!(ip_of(high, range.first).to_string(), last, "{range}");
            assert_eq!(range.mask(), mask, "{range}");
        }
        for wrong in [
            "",
            "10.0.0.0",
            "10.0.0.0/33",
            "x/8",
            "10.0.0.0/-1",
            "::/129",
        ] {
            assert!(wrong.parse::<AddressRange>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn masks_are_read_and_refused() {
        let four: IpAddr = "10.0.0.0".parse().unwrap();
        let six: IpAddr = "2001:db8::".parse().unwrap();
        assert_eq!(parse_mask("255.255.240.0", four).unwrap(), 20);
        assert_eq!(parse_mask("0.0.0.0", four).unwrap(), 0);
        assert_eq!(parse_mask("255.255.255.255", four).unwrap(), 32);
        assert_eq!(parse_mask("24", four).unwrap(), 24);
        assert_eq!(parse_mask("64", six).unwrap(), 64);
        assert_eq!(parse_mask("ffff:ffff::", six).unwrap(), 32);
        for wrong in ["255.0.255.0", "33", "ffff::", "", "-1", "255.255.255"] {
            assert!(parse_mask(wrong, four).is_err(), "{wrong}");
        }
    }
}
