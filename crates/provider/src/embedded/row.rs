//! What a stored resource is: an instance, whose it is, and what contains it.

use std::sync::Arc;

use cim_core::{DateTime, Instance, Schema};

use super::codec::{Corrupt, Keep, Reader, write_instance, write_number, write_text};
use crate::{Bookmark, Event, EventKind};

/// The form of rows and events that this program writes. It reads this form only; another one comes
/// with a migration.
const FORM: u8 = 1;

/// A stored resource.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Whose it is; `None` for what belongs to the service.
    pub(crate) tenant: Option<Arc<str>>,
    /// What contains it.
    pub(crate) owner: Option<Owner>,
    /// The resource, secrets included.
    pub(crate) instance: Instance,
}

/// What contains a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    /// The containment association, or the class of a membership.
    pub(crate) association: String,
    /// The InstanceID of the owner.
    pub(crate) id: String,
}

/// A stored resource that is not decoded yet: enough to say who may see it.
#[derive(Debug, Clone)]
pub(crate) struct RawRow<'a> {
    /// See [`Row::tenant`].
    pub(crate) tenant: Option<&'a str>,
    /// The association and the InstanceID of the owner.
    pub(crate) owner: Option<(&'a str, &'a str)>,
    instance: &'a [u8],
}

fn write_tenant(out: &mut Vec<u8>, tenant: Option<&str>) {
    match tenant {
        None => out.push(0),
        Some(tenant) => {
            out.push(1);
            write_text(out, tenant);
        }
    }
}

fn read_tenant<'a>(reader: &mut Reader<'a>) -> Result<Option<&'a str>, Corrupt> {
    match reader.byte()? {
        0 => Ok(None),
        _ => reader.text().map(Some),
    }
}

impl Row {
    /// The stored form.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(512);
        out.push(FORM);
        write_tenant(&mut out, self.tenant.as_deref());
        match &self.owner {
            None => out.push(0),
            Some(owner) => {
                out.push(1);
                write_text(&mut out, &owner.association);
                write_text(&mut out, &owner.id);
            }
        }
        write_instance(&mut out, &self.instance, Keep::All);
        out
    }

    /// Reads the stored form.
    pub(crate) fn decode(bytes: &[u8], schema: &Schema) -> Result<Self, Corrupt> {
        let raw = RawRow::read(bytes)?;
        Ok(Self {
            tenant: raw.tenant.map(Arc::from),
            owner: raw.owner.map(|(association, id)| Owner {
                association: association.to_owned(),
                id: id.to_owned(),
            }),
            instance: raw.instance(schema, Keep::All)?,
        })
    }
}

impl<'a> RawRow<'a> {
    /// Reads the front of the stored form.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Corrupt> {
        let mut reader = Reader::new(bytes);
        if reader.byte()? != FORM {
            return Err(Corrupt("a row of another form"));
        }
        let tenant = read_tenant(&mut reader)?;
        let owner = match reader.byte()? {
            0 => None,
            _ => Some((reader.text()?, reader.text()?)),
        };
        Ok(Self {
            tenant,
            owner,
            instance: reader.rest(),
        })
    }

    /// The name of its class.
    pub(crate) fn class_name(&self) -> Option<&'a str> {
        Reader::new(self.instance).text().ok()
    }

    /// Reads the instance.
    pub(crate) fn instance(&self, schema: &Schema, keep: Keep) -> Result<Instance, Corrupt> {
        Reader::new(self.instance).instance(schema, keep)
    }
}

const CREATION: u8 = 1;
const MODIFICATION: u8 = 2;
const DELETION: u8 = 3;

/// The stored form of an event. Secrets are not in it.
pub(crate) fn encode_event(
    tenant: Option<&str>,
    micros: i64,
    before: Option<&Instance>,
    after: Option<&Instance>,
) -> Option<Vec<u8>> {
    let (kind, instances) = match (before, after) {
        (None, Some(after)) => (CREATION, [Some(after), None]),
        (Some(before), Some(after)) => (MODIFICATION, [Some(after), Some(before)]),
        (Some(before), None) => (DELETION, [Some(before), None]),
        (None, None) => return None,
    };
    let mut out = Vec::with_capacity(1024);
    out.push(FORM);
    write_tenant(&mut out, tenant);
    write_number(&mut out, micros.max(0) as u64);
    out.push(kind);
    for instance in instances.into_iter().flatten() {
        write_instance(&mut out, instance, Keep::Readable);
    }
    Some(out)
}

/// The tenant of a stored event.
pub(crate) fn tenant_of_event(bytes: &[u8]) -> Result<Option<&str>, Corrupt> {
    let mut reader = Reader::new(bytes);
    reader.byte()?;
    read_tenant(&mut reader)
}

/// The class of the instance that a stored event is about.
pub(crate) fn class_of_event(bytes: &[u8]) -> Result<&str, Corrupt> {
    let mut reader = Reader::new(bytes);
    reader.byte()?;
    read_tenant(&mut reader)?;
    reader.number()?;
    reader.byte()?;
    reader.text()
}

/// Reads the stored form of an event.
pub(crate) fn decode_event(sequence: u64, bytes: &[u8], schema: &Schema) -> Result<Event, Corrupt> {
    let mut reader = Reader::new(bytes);
    if reader.byte()? != FORM {
        return Err(Corrupt("an event of another form"));
    }
    read_tenant(&mut reader)?;
    let micros = i64::try_from(reader.number()?).map_err(|_| Corrupt("an event's time"))?;
    let kind = reader.byte()?;
    let instance = reader.instance(schema, Keep::Readable)?;
    let kind = match kind {
        CREATION => EventKind::Creation,
        MODIFICATION => EventKind::Modification {
            previous: Box::new(reader.instance(schema, Keep::Readable)?),
        },
        DELETION => EventKind::Deletion,
        _ => return Err(Corrupt("no such kind of event")),
    };
    Ok(Event {
        bookmark: Bookmark(sequence),
        time: DateTime::utc(micros),
        kind,
        instance,
    })
}
