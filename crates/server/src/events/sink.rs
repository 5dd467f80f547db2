//! Where events may be sent: a subscriber names an address, and the service connects to it. Without rules
//! that would be a way to reach what only the service can reach (server-side request forgery).

use std::net::IpAddr;

/// Whether a sink may have this address at all: nothing that is only on this link (cloud metadata
/// services live there), nothing that is many machines or none.
pub(crate) fn may_reach(address: IpAddr) -> bool {
    match meant(address) {
        IpAddr::V4(v4) => {
            !(v4.is_link_local() || v4.is_multicast() || v4.is_broadcast() || v4.octets()[0] == 0)
        }
        IpAddr::V6(v6) => !(v6.is_unicast_link_local() || v6.is_multicast() || v6.is_unspecified()),
    }
}

/// The address that packets get to in the end: an IPv4 address can be written in an IPv6 address as mapped or
/// compatible (RFC 4291 2.5.5), translated (RFC 6052 2.1) or tunnelled (RFC 3056 2).
fn meant(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address.to_canonical() else {
        return address.to_canonical();
    };
    let v4 = |high: u16, low: u16| IpAddr::V4(((u32::from(high) << 16) | u32::from(low)).into());
    match v6.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => IpAddr::V6(v6),
        [0, 0, 0, 0, 0, 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        [0x2002, high, low, ..] => v4(high, low),
        _ => IpAddr::V6(v6),
    }
}

/// [`may_reach`] for a service that others than this machine reach.
pub(crate) fn may_reach_outside(address: IpAddr) -> bool {
    may_reach(address) && !meant(address).is_loopback()
}

/// The rule of a service.
pub(crate) const fn rule(loopback: bool) -> fn(IpAddr) -> bool {
    if loopback {
        may_reach
    } else {
        may_reach_outside
    }
}

/// Checks an address before anything is connected to; names are looked up when they are.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check(address: &str, loopback: bool) -> Result<(), String> {
    let url: http::Uri = address.parse().map_err(|_| "it is no URL".to_owned())?;
    if !matches!(url.scheme_str(), Some("http" | "https")) {
        return Err("events are sent to http:// and https:// only".to_owned());
    }
    let Some(authority) = url.authority().filter(|a| !a.as_str().contains('@')) else {
        return Err("it needs a host, and no login".to_owned());
    };
    let is_literal = authority.host().starts_with('[');
    // The dot of a name that is complete means nothing after an address.
    let host = authority.host().trim_matches(['[', ']']);
    let host = host.strip_suffix('.').unwrap_or(host);
    if host.is_empty() {
        return Err("it needs a host".to_owned());
    }
    let is_local_name =
        host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost");
    let allowed = match host.parse::<IpAddr>() {
        Ok(ip) => rule(loopback)(ip),
        // In brackets also with a zone: that is an address of one link (RFC 6874).
        Err(_) => !is_literal && (loopback || !is_local_name),
    };
    if allowed {
        Ok(())
    } else {
        Err("this service does not connect to that address".to_owned())
    }
}
