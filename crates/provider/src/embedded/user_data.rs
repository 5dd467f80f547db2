//! What a machine template gives a new machine to read when it boots (`userData`).
//!
//! It comes in the way that DSP0263 5.14.3 calls `disk`: on one disk more, in ISO 9660, as the file `cimi/user-data`. The
//! disk stays with the machine, as its others do. A simulated machine has no inside, so that nobody reads
//! the file; clients see the disk.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cim_core::{CimError, ErrorKind, Instance, PropertyDescriptor, Value};
use cimi_model::classes::{cimi_disk as disk, cimi_machine_disk as machine_disk};

use super::create::{Made, Making};
use super::model::names;

/// The value of the capability `Machine/UserData`.
pub(crate) const METHOD: &str = "disk";

/// Where a machine finds its first disk of this kind.
const LOCATION: &str = "/dev/sr0";
const NAME: &str = "user-data";
const DESCRIPTION: &str =
    "ISO 9660, with the user data of the machine's template as cimi/user-data.";

/// Bytes of a sector (ECMA-119 6.1.2), and how many of them a medium has beside its one file: the system
/// area, two descriptors, path tables and two directories.
const SECTOR: usize = 2048;
const FIXED_SECTORS: usize = 24;

/// The bytes that a template gives.
///
/// # Errors
/// The text is no base64 (RFC 4648 4; line ends may stand in it).
pub(crate) fn decode(property: &PropertyDescriptor, given: &Value) -> Result<Vec<u8>, CimError> {
    let text = given.as_str().unwrap_or_default();
    let compact: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(compact).map_err(|wrong| {
        CimError::new(
            ErrorKind::InvalidParameter,
            format!("{}: it is no text in base64: {wrong}.", property.name),
        )
        .with_subject(property.name)
    })
}

/// Gives the machine the disk with these bytes.
pub(crate) async fn inject(
    making: &mut Making<'_, '_>,
    machine: &str,
    data: &[u8],
    made: &mut Made,
) -> Result<(), CimError> {
    let association = making.unit.core.association(machine_disk::CLASS.name)?;
    let number = making.unit.next_number(machine).await?;
    let bytes = (FIXED_SECTORS + data.len().div_ceil(SECTOR)) * SECTOR;
    let mut medium = Instance::new(association.other.class);
    medium.set(names::NAME, Value::from(NAME));
    medium.set_at(disk::at::DESCRIPTION, Value::from(DESCRIPTION));
    medium.set_at(
        disk::at::CAPACITY,
        Value::Unsigned(bytes.div_ceil(1000) as u64),
    );
    medium.set_at(disk::at::INITIAL_LOCATION, Value::from(LOCATION));
    let id = making.insert_part(machine, &association, number, medium)?;
    made.affected.push(id);
    Ok(())
}
