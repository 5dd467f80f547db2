//! Instances that whoever starts the service declares, in MOF: they are there when it serves.
//!
//! They are the service's own, of no tenant. All of them are made in one transaction, or none; an instance
//! that is there already stays as it is, because clients may have changed it since.

use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, ObjectPath};
use cimi_model::classes::{
    cimi_machine as machine, cimi_machine_image as image, cimi_volume as volume,
};

use super::associations::instance_of;
use super::core::Core;
use super::create::check_references_of;
use super::lifecycle::{self, AVAILABLE, STOPPED};
use super::model::{AssociationClass, ENTRY_POINT_ID, Kind, names, referred};
use super::own_keys;
use super::row::{Owner, Row};
use super::systems;
use super::unit::{Retries, Unit};
use super::validate::{check_value, complete, missing};

/// Why nothing was made.
#[derive(Debug)]
pub struct DeclareError {
    /// Which of the instances; `None` if the store failed.
    pub at: Option<usize>,
    /// What is wrong with it.
    pub error: CimError,
}

/// Where a declared instance lives.
enum Home {
    /// By its keys.
    Own,
    /// In a collection of the entry point.
    Collection,
    /// In another resource.
    Part(AssociationClass, String),
}

/// Makes the instances that are not there; returns how many.
pub(crate) async fn declare(core: &Core, instances: &[Instance]) -> Result<usize, DeclareError> {
    let mut retries = Retries::default();
    loop {
        let mut unit = Unit::new(core);
        let mut made: Vec<(usize, String)> = Vec::new();
        for (at, instance) in instances.iter().enumerate() {
            let inserted = insert(&mut unit, instance).await;
            let id = inserted.map_err(|error| DeclareError {
                at: Some(at),
                error,
            })?;
            made.extend(id.map(|id| (at, id)));
        }
        // They may refer to each other in any order.
        for (at, id) in &made {
            let checked = check(&mut unit, id).await;
            checked.map_err(|error| DeclareError {
                at: Some(*at),
                error,
            })?;
        }
        for (at, instance) in instances.iter().enumerate() {
            let checked = follows(&mut unit, instance).await;
            checked.map_err(|error| DeclareError {
                at: Some(at),
                error,
            })?;
        }
        if made.is_empty() {
            return Ok(0);
        }
        let committed = retries.commit(&mut unit).await;
        if committed
            .map_err(|error| DeclareError { at: None, error })?
            .is_some()
        {
            return Ok(made.len());
        }
    }
}

/// The association that an instance of this class follows from, rather than being stored.
fn computed<'c>(core: &'c Core, class: &ClassDescriptor) -> Option<&'c AssociationClass> {
    core.model
        .association(class.name)
        .filter(|association| !matches!(association.kind, Kind::Membership))
}

/// Puts an instance into the unit; `None` if it is there already, or follows from others.
async fn insert(unit: &mut Unit<'_>, declared: &Instance) -> Result<Option<String>, CimError> {
    let class = declared.class();
    if computed(unit.core, class).is_some() {
        return Ok(None);
    }
    if class.is_a(unit.core.model.job.name) || unit.core.model.creates(class).is_some() {
        return Err(CimError::new(
            ErrorKind::NotSupported,
            format!(
                "A {} says what is being done; it cannot be declared.",
                class.name
            ),
        ));
    }
    let mut instance = declared.clone();
    let (id, home) = if own_keys::has(class) {
        complete(&mut instance)?;
        for key in class.key_properties() {
            if instance.value(key.name).is_null() {
                return Err(missing(class.name, key.name));
            }
        }
        (
            own_keys::id(&unit.core.model.schema, class, &instance.path())?,
            Home::Own,
        )
    } else {
        let id = instance
            .text(names::ID)
            .ok_or_else(|| missing(class.name, names::ID))?
            .to_owned();
        let home = home(unit.core, &instance, &id)?;
        (id, home)
    };
    if unit.load(&id).await? {
        return there_already(unit, class, &id).map(|()| None);
    }
    for (property, value) in instance.present() {
        check_value(property, value)?;
    }
    systems::check_template(unit, &instance)?;
    if instance.value(names::STATE).is_null()
        && let Some(state) = rest(class)
    {
        instance.set(names::STATE, state);
    }
    complete(&mut instance)?;
    let owner = match home {
        Home::Own | Home::Collection => None,
        Home::Part(association, owner) => {
            if let Some(number) = id
                .rsplit('/')
                .next()
                .and_then(|last| last.parse::<u32>().ok())
            {
                unit.number_is_given(&owner, number.into()).await?;
            }
            Some(Owner {
                association: association.class.name.to_owned(),
                id: owner,
            })
        }
    };
    unit.insert(
        &id,
        Row {
            tenant: None,
            owner,
            instance,
        },
    );
    Ok(Some(id))
}

/// The state of a declared resource that has none: as if it had been made, and nothing done with it.
fn rest(class: &ClassDescriptor) -> Option<&'static str> {
    let made_by_hand = [
        (&machine::CLASS, STOPPED),
        (&image::CLASS, AVAILABLE),
        (&volume::CLASS, AVAILABLE),
    ];
    let known = made_by_hand.iter().find(|(made, _)| class.is_a(made.name));
    lifecycle::first_rest(class).or_else(|| known.map(|(_, state)| *state))
}

/// Whether what has the name of a declared instance may be it.
fn there_already(unit: &Unit<'_>, class: &ClassDescriptor, id: &str) -> Result<(), CimError> {
    let known = unit.row(id).map(|row| row.instance.class().name);
    let why = match known {
        Some(known) if unit.is_new(id) => {
            format!("A {known} of the same keys ({id}) is declared before it.")
        }
        Some(known) if known != class.name => {
            format!("{id} is there already, and is a {known}.")
        }
        _ => return Ok(()),
    };
    Err(CimError::new(ErrorKind::AlreadyExists, why))
}

/// Where a resource with this InstanceID lives. Its InstanceID is its URI below the base URI: what it says of
/// the collection must be true.
fn home(core: &Core, instance: &Instance, id: &str) -> Result<Home, CimError> {
    let class = instance.class();
    if id == ENTRY_POINT_ID && class.is_a(core.model.entry_point.name) {
        return Ok(Home::Collection);
    }
    let is_segment = |segment: &str| {
        let may_stand = |b: u8| b.is_ascii_alphanumeric() || b"-._~:@".contains(&b);
        !segment.is_empty() && segment.bytes().all(may_stand) && segment.bytes().any(|b| b != b'.')
    };
    let mut ways = Vec::new();
    if let Some(collection) = core.model.collection(class) {
        if id
            .strip_prefix(collection)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(is_segment)
        {
            return Ok(Home::Collection);
        }
        ways.push(format!("{collection}/NAME"));
    }
    for association in &core.model.associations {
        let is_part = match association.kind {
            Kind::Containment => class.is_a(association.other.class.name),
            Kind::Membership => class.name == association.class.name,
            Kind::Hosted | Kind::Reference(_) => false,
        };
        if !is_part {
            continue;
        }
        let collection = association.collection.unwrap_or(association.class.name);
        let owner = id.rsplit_once('/').and_then(|(front, segment)| {
            let owner = front.strip_suffix(collection)?.strip_suffix('/')?;
            (is_segment(segment) && !owner.is_empty()).then_some(owner)
        });
        if let Some(owner) = owner {
            return Ok(Home::Part(*association, owner.to_owned()));
        }
        let owner = core.model.collection(association.one.class);
        let owner = owner.map_or_else(|| "OWNER".to_owned(), |owner| format!("{owner}/NAME"));
        ways.push(format!("{owner}/{collection}/NAME"));
    }
    Err(if ways.is_empty() {
        CimError::new(
            ErrorKind::NotSupported,
            format!("No collection holds a {}.", class.name),
        )
    } else {
        CimError::new(
            ErrorKind::InvalidParameter,
            format!(
                "The {} of a {} is {}, where NAME has letters, digits and -._~:@ only; `{id}` is not.",
                names::ID,
                class.name,
                ways.join(" or ")
            ),
        )
        .with_subject(names::ID)
    })
}

/// What a new instance refers to must be there.
async fn check(unit: &mut Unit<'_>, id: &str) -> Result<(), CimError> {
    let Some(row) = unit.row(id) else {
        return Ok(());
    };
    let (instance, owner) = (row.instance.clone(), row.owner.clone());
    check_references_of(unit, &instance).await?;
    let Some(owner) = owner else {
        return Ok(());
    };
    let association = unit.core.association(&owner.association)?;
    let holds = unit.load(&owner.id).await?
        && unit
            .row(&owner.id)
            .is_some_and(|row| row.instance.class().is_a(association.one.class.name));
    if !holds {
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            format!(
                "{}: there is no {} {} that it is a part of.",
                names::ID,
                association.one.class.name,
                owner.id
            ),
        )
        .with_subject(names::ID));
    }
    if !matches!(association.kind, Kind::Membership) {
        return Ok(());
    }
    let group = instance.value(association.one.role).as_reference();
    if group.and_then(ObjectPath::instance_id) != Some(owner.id.as_str()) {
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            format!(
                "{} is {}, the resource that its {} begins with.",
                association.one.role,
                owner.id,
                names::ID
            ),
        )
        .with_subject(association.one.role));
    }
    // The real classes of both ends.
    for end in [association.one, association.other] {
        let target = instance.value(end.role).as_reference();
        let target = target
            .and_then(ObjectPath::instance_id)
            .ok_or_else(|| missing(association.class.name, end.role))?;
        let path = unit.row(target).map(|row| row.instance.path());
        if let (Some(path), Some(row)) = (path, unit.row_mut(id)) {
            row.instance.set(end.role, path);
        }
    }
    Ok(())
}

/// A declared association that is computed must be one that follows.
async fn follows(unit: &mut Unit<'_>, declared: &Instance) -> Result<(), CimError> {
    let class = declared.class();
    let Some(association) = computed(unit.core, class).copied() else {
        return Ok(());
    };
    check_references_of(unit, declared).await?;
    let end = |role: &str| -> Result<String, CimError> {
        let path = declared.value(role).as_reference();
        let id = path.and_then(ObjectPath::instance_id);
        id.map(str::to_owned)
            .ok_or_else(|| missing(class.name, role))
    };
    let (one, other) = (end(association.one.role)?, end(association.other.role)?);
    let follows = unit.load(&other).await?
        && unit.row(&other).is_some_and(|row| match association.kind {
            Kind::Hosted => one == ENTRY_POINT_ID && row.owner.is_none(),
            Kind::Containment => row
                .owner
                .as_ref()
                .is_some_and(|owner| owner.association == class.name && owner.id == one),
            Kind::Reference(source) => referred(&row.instance, source).any(|id| id == one),
            Kind::Membership => false,
        });
    let is_whole = || {
        let known = instance_of(&association, &one, association.other.class.name, &other);
        declared
            .present()
            .all(|(property, value)| value.is_null() || known.get(property.name).is_some())
    };
    let why = if !follows {
        match association.kind {
            Kind::Reference(source) => {
                format!(
                    "{other} does not refer to {one} in {}",
                    source.property.name
                )
            }
            Kind::Hosted => format!("{other} is in no collection of the entry point"),
            Kind::Containment | Kind::Membership => format!(
                "the {} of a part is {one}/{}/NAME, and this one's is {other}",
                names::ID,
                association.collection.unwrap_or(class.name)
            ),
        }
    } else if !is_whole() {
        "it has no properties of its own".to_owned()
    } else {
        return Ok(());
    };
    Err(CimError::new(
        ErrorKind::InvalidParameter,
        format!(
            "A {} follows from what it associates, and this one does not: {why}.",
            class.name
        ),
    ))
}
