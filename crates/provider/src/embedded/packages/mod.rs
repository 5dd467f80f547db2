//! OVF packages: systems and system templates made of them, and written as them (DSP0263 5.13, Annex A).
//!
//! A virtual system collection is a system, a virtual system a machine, its hardware a machine
//! configuration; a disk is a volume, and a machine image besides if the package has its content; a network
//! is a network. What is made is made as from any system template, with all its checks.

mod export;
mod import;

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cim_core::{CimError, ClassDescriptor, ErrorKind, MethodDescriptor};
use cimi_model::classes::{cimi_system as system, cimi_system_template as system_template};
use ovf::Package;

pub(crate) use export::export;
pub(crate) use import::import;

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

/// A package, and where it is from if that is known.
pub(crate) struct Fetched {
    pub(crate) bytes: Vec<u8>,
    pub(crate) origin: Option<String>,
}

/// The bytes of a package. Whoever fetched it from elsewhere says so in the parameter `source` of the URI.
///
/// # Errors
/// The source is no `data:` URI (RFC 2397): this provider reaches no network.
pub(crate) fn fetch(source: &str) -> Result<Fetched, CimError> {
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
    let origin = kind
        .split(';')
        .find_map(|part| part.strip_prefix("source="));
    let origin = origin.and_then(|uri| {
        let uri = percent_encoding::percent_decode_str(uri).decode_utf8();
        uri.ok().map(std::borrow::Cow::into_owned)
    });
    if kind.trim_end().to_ascii_lowercase().ends_with(";base64") {
        let data: Vec<u8> = percent_encoding::percent_decode_str(data)
            .filter(|byte| !byte.is_ascii_whitespace())
            .collect();
        let bytes = STANDARD
            .decode(data)
            .map_err(|_| wrong("its data is not base64."))?;
        return Ok(Fetched { bytes, origin });
    }
    Ok(Fetched {
        bytes: percent_encoding::percent_decode_str(data).collect(),
        origin,
    })
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
