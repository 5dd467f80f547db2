//! Which rows the store has. The first byte of a key says what the row is; parts are separated by
//! NUL, which no InstanceID and no class name contains.
//!
//! | key | value |
//! | --- | --- |
//! | `r` class, id | the resource: see `row` |
//! | `i` id | the name of its class |
//! | `o` owner, association, id | the name of the class of what the owner contains |
//! | `t` target, class, property, id | empty: that resource refers to the target |
//! | `g` target | empty: its version moves when a reference to the target is made |
//! | `s` system, id | empty: made with the system, and removed with it |
//! | `c` owner | the last number given to something that the owner contains |
//! | `j` job | what is left to do: see `jobs` |
//! | `a` id | the job that works on the resource now |
//! | `f` time, job | empty: when the job ended |
//! | `m` name | facts about the store itself |
//! | `z` snapshot | the state of the machine that it was made of |
//! | `x` time, id | empty: when the resource goes |
//! | `p` network, address | the resource that has the IP address |
//!
//! Counters: `n` tenant, the number of its resources; `u` what, tenant and `U` what, the use of a tenant and
//! of all (`quota`).

const SEPARATOR: u8 = 0;

fn key(kind: u8, parts: &[&str]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.len() + 1).sum::<usize>() + 1;
    let mut key = Vec::with_capacity(length);
    key.push(kind);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            key.push(SEPARATOR);
        }
        key.extend_from_slice(part.as_bytes());
    }
    key
}

/// A resource.
pub(crate) fn resource(class: &str, id: &str) -> Vec<u8> {
    key(b'r', &[class, id])
}

/// The resource at a position in extents, which is its class, NUL and its id.
pub(crate) fn of_position(position: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(1 + position.len());
    key.push(b'r');
    key.extend_from_slice(position);
    key
}

/// All resources of exactly this class.
pub(crate) fn extent(class: &str) -> Vec<u8> {
    key(b'r', &[class, ""])
}

/// The id in the key of a resource that was found in an extent.
pub(crate) fn id_in_extent<'k>(key: &'k [u8], extent: &[u8]) -> Option<&'k str> {
    std::str::from_utf8(key.get(extent.len()..)?).ok()
}

/// The class of a resource.
pub(crate) fn class_of(id: &str) -> Vec<u8> {
    key(b'i', &[id])
}

/// A resource in its owner.
pub(crate) fn contained(owner: &str, association: &str, id: &str) -> Vec<u8> {
    key(b'o', &[owner, association, id])
}

/// All that an owner contains.
pub(crate) fn contained_in(owner: &str) -> Vec<u8> {
    key(b'o', &[owner, ""])
}

/// A reference to a target.
pub(crate) fn reference(target: &str, class: &str, property: &str, id: &str) -> Vec<u8> {
    key(b't', &[target, class, property, id])
}

/// All references to a target.
pub(crate) fn references_to(target: &str) -> Vec<u8> {
    key(b't', &[target, ""])
}

/// References to a target from resources of one class.
pub(crate) fn references_from(target: &str, class: &str) -> Vec<u8> {
    key(b't', &[target, class, ""])
}

/// Something that goes when its time is over.
pub(crate) fn expires(micros: i64, id: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(9 + id.len());
    key.push(b'x');
    key.extend_from_slice(&micros.max(0).to_be_bytes());
    key.extend_from_slice(id.as_bytes());
    key
}

/// All that goes some time, soonest first.
pub(crate) const ALL_EXPIRING: &[u8] = b"x";

/// The parts of a key behind a prefix.
pub(crate) fn parts<'k, const N: usize>(key: &'k [u8], prefix: &[u8]) -> Option<[&'k str; N]> {
    let rest = std::str::from_utf8(key.get(prefix.len()..)?).ok()?;
    let mut parts = rest.split('\0');
    let mut found = [""; N];
    for slot in &mut found {
        *slot = parts.next()?;
    }
    parts.next().is_none().then_some(found)
}

/// A component that was made with a system.
pub(crate) fn made_together(system: &str, id: &str) -> Vec<u8> {
    key(b's', &[system, id])
}

/// All components that were made with a system.
pub(crate) fn made_with(system: &str) -> Vec<u8> {
    key(b's', &[system, ""])
}

/// All that an owner has in the collection of one association.
pub(crate) fn contained_by(owner: &str, association: &str) -> Vec<u8> {
    key(b'o', &[owner, association, ""])
}

/// The guard of a target.
pub(crate) fn guard(target: &str) -> Vec<u8> {
    key(b'g', &[target])
}

/// The last number given in an owner.
pub(crate) fn last_number(owner: &str) -> Vec<u8> {
    key(b'c', &[owner])
}

/// The work that a job has left.
pub(crate) fn work(job: &str) -> Vec<u8> {
    key(b'j', &[job])
}

/// The job in the key of its work.
pub(crate) fn job_of_work(key: &[u8]) -> Option<&str> {
    std::str::from_utf8(key.get(1..)?).ok()
}

/// All work.
pub(crate) const ALL_WORK: &[u8] = b"j";

/// The job that works on a resource.
pub(crate) fn active(id: &str) -> Vec<u8> {
    key(b'a', &[id])
}

/// A finished job.
pub(crate) fn finished(micros: i64, job: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(9 + job.len());
    key.push(b'f');
    key.extend_from_slice(&micros.max(0).to_be_bytes());
    key.extend_from_slice(job.as_bytes());
    key
}

/// All finished jobs, oldest first.
pub(crate) const ALL_FINISHED: &[u8] = b"f";

/// When which job ended.
pub(crate) fn finished_parts(key: &[u8]) -> Option<(i64, &str)> {
    let (micros, job) = key.get(1..)?.split_first_chunk()?;
    Some((i64::from_be_bytes(*micros), std::str::from_utf8(job).ok()?))
}

/// The state that a machine was in when a snapshot was made of it.
pub(crate) fn state_in(snapshot: &str) -> Vec<u8> {
    key(b'z', &[snapshot])
}

/// A fact about the store.
pub(crate) fn fact(name: &str) -> Vec<u8> {
    key(b'm', &[name])
}

/// An IP address of a network that is taken; all of them, if the address is empty.
pub(crate) fn taken(network: &str, address: &str) -> Vec<u8> {
    key(b'p', &[network, address])
}

/// How much of something a tenant uses.
pub(crate) fn used(what: usize, tenant: Option<&str>) -> Vec<u8> {
    match tenant {
        None => key(b'u', &[&what.to_string()]),
        Some(tenant) => key(b'u', &[&what.to_string(), tenant]),
    }
}

/// How much of something all use together.
pub(crate) fn used_in_all(what: usize) -> Vec<u8> {
    key(b'U', &[&what.to_string()])
}

/// What is used, and the tenant if it is the use of one.
pub(crate) fn used_parts(key: &[u8]) -> Option<(usize, Option<&str>)> {
    let rest = std::str::from_utf8(key.get(1..)?).ok()?;
    let (what, tenant) = match rest.split_once('\0') {
        Some((what, tenant)) => (what, Some(tenant)),
        None => (rest, None),
    };
    Some((what.parse().ok()?, tenant))
}

/// The number of resources of a tenant.
pub(crate) fn resources_of(tenant: Option<&str>) -> Vec<u8> {
    match tenant {
        None => vec![b'n'],
        Some(tenant) => key(b'n', &["", tenant]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_apart_again() {
        let key = reference("machines/1", "CIMI_Job", "TargetResource", "jobs/2");
        let prefix = references_to("machines/1");
        assert_eq!(
            parts(&key, &prefix),
            Some(["CIMI_Job", "TargetResource", "jobs/2"])
        );
        assert!(!key.starts_with(&references_to("machines")));
        let key = finished(7, "jobs/2");
        assert_eq!(finished_parts(&key), Some((7, "jobs/2")));
        let all = extent("CIMI_Disk");
        let key = resource("CIMI_Disk", "machines/1/disks/1");
        assert_eq!(id_in_extent(&key, &all), Some("machines/1/disks/1"));
        assert!(!resource("CIMI_DiskConfiguration", "x").starts_with(&all));
        assert_eq!(of_position(b"CIMI_Disk\0machines/1/disks/1"), key);
        assert_ne!(resources_of(None), resources_of(Some("")));
    }
}
