//! What every operation shares: the store, the facts of the model, who may see what, and how stored
//! resources become answers.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use cim_core::{
    CimError, ClassDescriptor, ErrorKind, Etag, Instance, KeyValue, ObjectPath, Text, Value,
};
use store::{Store, StoreError};
use tokio::sync::mpsc;

use super::codec::{Corrupt, Keep};
use super::config::EmbeddedConfig;
use super::jobs::Notice;
use super::keys;
use super::model::{AssociationClass, Kind, Model, names};
use super::own_keys;
use super::row::{Owner, RawRow, Row};
use super::simulation::Drawn;
use crate::{OperationContext, Principal, Resource, Role};

/// See the module.
pub(crate) struct Core {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) model: Arc<Model>,
    pub(crate) config: Arc<EmbeddedConfig>,
    /// Where the runner is told of jobs. There are never more than the resources that they work on.
    pub(crate) runner: mpsc::UnboundedSender<Notice>,
    /// Who holds the leases of this process.
    pub(crate) holder: Arc<str>,
    /// What the simulation has drawn so far.
    pub(crate) drawn: Drawn,
}

/// A stored resource as a client may see it.
#[derive(Debug)]
pub(crate) struct Seen {
    /// The resource without its secrets.
    pub(crate) instance: Instance,
    /// The association and the InstanceID of what contains it.
    pub(crate) owner: Option<(String, String)>,
    /// Whether the caller may change it.
    pub(crate) writable: bool,
    /// Its version.
    pub(crate) version: u64,
}

impl From<Corrupt> for CimError {
    fn from(corrupt: Corrupt) -> Self {
        Self::internal(format!("a stored row cannot be read: {}", corrupt.0))
    }
}

/// The error of an operation for an error of the store that no retry cures.
pub(crate) fn store_error(error: &StoreError) -> CimError {
    match error {
        StoreError::Limit { .. } => CimError::new(
            ErrorKind::QuotaExceeded,
            "The number of resources of this tenant is at its limit. Delete some first.",
        ),
        StoreError::Conflict(_) | StoreError::Failed(_) => CimError::internal(error),
    }
}

/// Microseconds since the epoch.
pub(crate) fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| {
            i64::try_from(elapsed.as_micros()).unwrap_or(i64::MAX)
        })
}

/// The etag of a version.
pub(crate) fn etag(version: u64) -> Etag {
    Etag(format!("{version:x}"))
}

/// The last segment of a new InstanceID. It sorts by time, so that collections list oldest first and
/// the store appends.
pub(crate) fn new_segment() -> String {
    /// 2020-01-01
    const START_MILLIS: i64 = 1_577_836_800_000;
    const RANDOM_BITS: u32 = 15;
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let millis = (now() / 1000 - START_MILLIS).max(0) as u64;
    let random = uuid::Uuid::new_v4().as_u128() as u64;
    let bits = (millis << RANDOM_BITS) | (random & ((1 << RANDOM_BITS) - 1));
    (0..12)
        .rev()
        .map(|digit| char::from(DIGITS[(bits >> (digit * 5)) as usize & 31]))
        .collect()
}

/// A new resource in a collection of another one, and its InstanceID.
pub(crate) fn new_part(
    owner: &str,
    association: &AssociationClass,
    number: u64,
    tenant: Option<Arc<str>>,
    instance: Instance,
) -> (String, Row) {
    let collection = association.collection.unwrap_or(association.class.name);
    let owned_by = Owner {
        association: association.class.name.to_owned(),
        id: owner.to_owned(),
    };
    let row = Row {
        tenant,
        owner: Some(owned_by),
        instance,
    };
    (format!("{owner}/{collection}/{number}"), row)
}

/// Whether the caller sees resources of this tenant.
pub(crate) fn sees(principal: &Principal, tenant: Option<&str>) -> bool {
    match (&principal.tenant, tenant) {
        (None, _) | (_, None) => true,
        (Some(own), Some(tenant)) => own == tenant,
    }
}

/// Whether the caller may change resources of this tenant.
pub(crate) fn writes(principal: &Principal, tenant: Option<&str>) -> bool {
    principal.role >= Role::Operator
        && match (&principal.tenant, tenant) {
            (None, _) => true,
            (Some(own), Some(tenant)) => own == tenant,
            (Some(_), None) => false,
        }
}

/// Refuses callers that may only read.
pub(crate) fn check_role(context: &OperationContext, needed: Role) -> Result<(), CimError> {
    let principal = &context.principal;
    if principal.role >= needed {
        return Ok(());
    }
    Err(CimError::new(
        ErrorKind::AccessDenied,
        format!(
            "The role of {} is {}; this needs {}.",
            principal.name,
            principal.role.name(),
            needed.name()
        ),
    ))
}

/// Takes the secrets out of an instance, at every depth.
pub(crate) fn without_secrets(mut instance: Instance) -> Instance {
    strip(&mut instance);
    instance
}

fn strip(instance: &mut Instance) {
    for (at, property) in instance.class().properties.iter().enumerate() {
        if !property.flags.read {
            instance.set_at(at, None);
            continue;
        }
        let nested = match instance.at(at) {
            Some(Value::Instance(inner)) => {
                let mut inner = inner.clone();
                strip(&mut inner);
                Value::Instance(inner)
            }
            Some(Value::Array(items)) if items.iter().any(|i| i.as_instance().is_some()) => {
                let mut items = items.clone();
                for item in &mut items {
                    if let Value::Instance(inner) = item {
                        strip(inner);
                    }
                }
                Value::Array(items)
            }
            _ => continue,
        };
        instance.set_at(at, nested);
    }
}

impl Core {
    /// The association of that name, which the cloud cannot do without.
    pub(crate) fn association(&self, name: &str) -> Result<AssociationClass, CimError> {
        let known = self.model.association(name).copied();
        known.ok_or_else(|| CimError::internal(format!("the schema has no association {name}")))
    }

    /// The class that a path or a query names.
    pub(crate) fn class(&self, name: &str) -> Result<&'static ClassDescriptor, CimError> {
        self.model.schema.class(name).ok_or_else(|| {
            let hint = match self.model.schema.nearest_class(name) {
                Some(near) => format!(" Did you mean {near}?"),
                None => String::new(),
            };
            CimError::new(
                ErrorKind::InvalidClass,
                format!("There is no class {name}.{hint}"),
            )
        })
    }

    /// The class in a path, and the InstanceID of the resource; the name that the store knows it by,
    /// where the class has keys of its own.
    pub(crate) fn target<'p>(
        &self,
        path: &'p ObjectPath,
    ) -> Result<(&'static ClassDescriptor, Cow<'p, str>), CimError> {
        let class = self.class(&path.class)?;
        if own_keys::has(class) {
            return Ok((
                class,
                Cow::Owned(own_keys::id(&self.model.schema, class, path)?),
            ));
        }
        if let Some(association) = self.model.association(class.name)
            && !matches!(association.kind, Kind::Membership)
        {
            return Err(CimError::new(
                ErrorKind::NotSupported,
                format!(
                    "A {} follows from what it associates; it cannot be changed itself.",
                    class.name
                ),
            ));
        }
        let mut id = None;
        for (name, value) in &path.keys {
            match value {
                KeyValue::String(text) if name.eq_ignore_ascii_case(names::ID) && id.is_none() => {
                    id = Some(text.as_str());
                }
                _ => {
                    return Err(CimError::new(
                        ErrorKind::InvalidParameter,
                        format!(
                            "{} has one key, the string {}; `{name}` is not it.",
                            class.name,
                            names::ID
                        ),
                    )
                    .with_subject(name));
                }
            }
        }
        let id = id.ok_or_else(|| {
            CimError::new(
                ErrorKind::InvalidParameter,
                format!("The path has no {}, the key of {}.", names::ID, class.name),
            )
            .with_subject(names::ID)
        })?;
        if id.contains('\0') {
            return Err(CimError::not_found(class.name));
        }
        Ok((class, Cow::Borrowed(id)))
    }

    /// The resource of that InstanceID, if its class is `class` or derives from it and the caller sees
    /// it.
    pub(crate) async fn see(
        &self,
        context: &OperationContext,
        class: &'static ClassDescriptor,
        id: &str,
    ) -> Result<Option<Seen>, CimError> {
        if !class.flags.is_abstract
            && let Some(seen) = self.see_exactly(context, class.name, id).await?
        {
            return Ok(seen);
        }
        match self.class_of(id).await? {
            Some(real) if real.is_a(class.name) && real.name != class.name => {
                Ok(self.see_exactly(context, real.name, id).await?.flatten())
            }
            _ => Ok(None),
        }
    }

    /// `None` if there is no such row, `Some(None)` if the caller does not see it.
    async fn see_exactly(
        &self,
        context: &OperationContext,
        class: &str,
        id: &str,
    ) -> Result<Option<Option<Seen>>, CimError> {
        let mut seen = None;
        self.store
            .read(&[&keys::resource(class, id)], &mut |_, version, bytes| {
                seen = Some(self.look(context, version, bytes));
            })
            .await
            .map_err(|error| store_error(&error))?;
        Ok(seen.transpose()?)
    }

    /// A stored row as the caller sees it; `None` if not at all.
    pub(crate) fn look(
        &self,
        context: &OperationContext,
        version: u64,
        bytes: &[u8],
    ) -> Result<Option<Seen>, Corrupt> {
        let raw = RawRow::read(bytes)?;
        if !sees(&context.principal, raw.tenant) {
            return Ok(None);
        }
        Ok(Some(Seen {
            instance: raw.instance(&self.model.schema, Keep::Readable)?,
            owner: raw
                .owner
                .map(|(association, id)| (association.to_owned(), id.to_owned())),
            writable: self.may_change(context, raw.tenant, raw.class_name().unwrap_or_default()),
            version,
        }))
    }

    /// The role that changes of resources of a class need: the service itself is the administrator's.
    pub(crate) fn role_for(&self, class: &str) -> Role {
        if class == self.model.entry_point.name {
            Role::Administrator
        } else {
            Role::Operator
        }
    }

    /// Whether the caller may change a resource of this tenant and class.
    pub(crate) fn may_change(
        &self,
        context: &OperationContext,
        tenant: Option<&str>,
        class: &str,
    ) -> bool {
        writes(&context.principal, tenant) && context.principal.role >= self.role_for(class)
    }

    /// The class of the resource of that InstanceID.
    pub(crate) async fn class_of(
        &self,
        id: &str,
    ) -> Result<Option<&'static ClassDescriptor>, CimError> {
        let mut class = None;
        self.store
            .read(&[&keys::class_of(id)], &mut |_, _, name| {
                class = std::str::from_utf8(name)
                    .ok()
                    .and_then(|name| self.model.schema.class(name));
            })
            .await
            .map_err(|error| store_error(&error))?;
        Ok(class)
    }

    /// The instance at a path.
    pub(crate) async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        let class = self.class(&path.class)?;
        let found = match self
            .model
            .association(class.name)
            .filter(|association| !matches!(association.kind, Kind::Membership))
        {
            Some(association) => self.see_association(context, association, path).await?,
            None => {
                let (class, id) = self.target(path)?;
                self.see(context, class, &id).await?
            }
        };
        match found {
            Some(seen) => Ok(self.present(seen)),
            None => Err(CimError::not_found(path)),
        }
    }

    /// A stored resource as an answer.
    pub(crate) fn present(&self, seen: Seen) -> Resource {
        let Seen {
            mut instance,
            writable,
            version,
            ..
        } = seen;
        let state = instance.text(names::STATE);
        if writable && state != Some(super::lifecycle::DELETING) {
            let known = self.model.operations(instance.class());
            let mut operations = Vec::with_capacity(known.len());
            operations.extend(
                known
                    .iter()
                    .filter(|operation| operation.is_possible(state))
                    .map(|operation| Value::String(Text::const_new(operation.name))),
            );
            if !operations.is_empty() {
                instance.set(names::OPERATIONS, Value::Array(operations));
            }
        }
        Resource {
            instance,
            etag: etag(version),
        }
    }
}
