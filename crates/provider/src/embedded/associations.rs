//! Associations, computed: containment from owners, references from properties, the entry point's
//! collections from what is there. Memberships alone are stored.
//!
//! A [`Plan`] says where the candidates of a query lie. What a single object is associated with is
//! gathered from the indexes, keys only, and bounded; what the entry point leads to, and extents, are
//! walked where they lie.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, KeyValue, ObjectPath, Value};
use cim_query::{Association, Query};
use store::Scan;

use super::codec::Keep;
use super::core::{Core, Seen, store_error};
use super::keys;
use super::model::{AssociationClass, ENTRY_POINT_ID, Kind, names, referred};
use super::row::RawRow;
use crate::OperationContext;

/// Where the candidates of a query lie.
pub(crate) enum Plan {
    /// In these extents, one after the other, by label.
    Extents(Vec<Extent>),
    /// In these rows, by position.
    Keyed(BTreeMap<Vec<u8>, Keyed>),
}

impl Plan {
    /// Whether each candidate is a row, and its position tells which (see [`keys::of_position`]).
    pub(crate) fn is_of_rows(&self) -> bool {
        match self {
            Self::Extents(extents) => extents
                .iter()
                .all(|e| matches!(e.derive, Derived::Itself) && e.label == e.class.name),
            Self::Keyed(_) => false,
        }
    }
}

/// All rows of one class.
pub(crate) struct Extent {
    /// What positions in it start with; unique in its plan.
    pub(crate) label: String,
    /// The class of the rows.
    pub(crate) class: &'static ClassDescriptor,
    /// What each row gives.
    pub(crate) derive: Derived,
}

/// One row.
pub(crate) struct Keyed {
    /// Its InstanceID.
    pub(crate) row: String,
    /// What it gives.
    pub(crate) derive: Derived,
}

/// What a row gives to a query.
#[derive(Clone)]
pub(crate) enum Derived {
    /// Itself.
    Itself,
    /// Instances of an association that follow from it.
    Association(AssociationClass),
    /// The one instance of an association that leads to this target.
    AssociationTo(AssociationClass, String),
}

/// [`Derived`], with the InstanceID of the row.
#[derive(Clone, Copy)]
pub(crate) enum Derive<'a> {
    /// See [`Derived::Itself`].
    Itself,
    /// See [`Derived::Association`] and [`Derived::AssociationTo`].
    Association(&'a AssociationClass, &'a str, Option<&'a str>),
}

impl Derived {
    pub(crate) fn of<'a>(&'a self, id: &'a str) -> Derive<'a> {
        match self {
            Self::Itself => Derive::Itself,
            Self::Association(association) => Derive::Association(association, id, None),
            Self::AssociationTo(association, target) => {
                Derive::Association(association, id, Some(target))
            }
        }
    }
}

impl Derive<'_> {
    /// The instances that a row gives.
    pub(crate) fn instances(
        self,
        core: &Core,
        row: &RawRow<'_>,
    ) -> Result<Vec<Instance>, CimError> {
        let schema = &core.model.schema;
        let (association, id, only) = match self {
            Self::Itself => return Ok(vec![row.instance(schema, Keep::Readable)?]),
            Self::Association(association, id, only) => (association, id, only),
        };
        let targets: Vec<String> = match association.kind {
            Kind::Hosted if row.owner.is_none() => vec![ENTRY_POINT_ID.to_owned()],
            Kind::Containment => row
                .owner
                .filter(|(class, _)| *class == association.class.name)
                .map(|(_, owner)| owner.to_owned())
                .into_iter()
                .collect(),
            Kind::Reference(source) => {
                let instance = row.instance(schema, Keep::Readable)?;
                let mut targets: Vec<String> = Vec::new();
                for target in referred(&instance, source) {
                    if !targets.iter().any(|seen| seen == target) {
                        targets.push(target.to_owned());
                    }
                }
                targets
            }
            Kind::Hosted | Kind::Membership => Vec::new(),
        };
        let other = core.real_class(row, association.other.class);
        Ok(targets
            .iter()
            .filter(|target| only.is_none_or(|only| only == target.as_str()))
            .map(|target| instance_of(association, target, other, id))
            .collect())
    }
}

/// The instance of an association between these two.
pub(crate) fn instance_of(
    association: &AssociationClass,
    one: &str,
    other_class: &str,
    other: &str,
) -> Instance {
    let path = |class: &str, id: &str| Value::from(ObjectPath::new(class, names::ID, id));
    let mut instance = Instance::new(association.class);
    instance.set(association.one.role, path(association.one.class.name, one));
    instance.set(association.other.role, path(other_class, other));
    instance
}

/// A way from an object along an association.
struct Link {
    association: AssociationClass,
    /// The role of the object.
    near: &'static str,
    /// The role of the far end.
    far: &'static str,
    /// The far end; empty for a membership, whose row says it.
    target: String,
    /// The row that the association is computed from, or the membership.
    row: String,
}

impl Core {
    /// The class of a row, as far as it can be told from its front: the stored class name.
    fn real_class(&self, row: &RawRow<'_>, declared: &'static ClassDescriptor) -> &'static str {
        row.class_name()
            .and_then(|name| self.model.schema.class(name))
            .map_or(declared.name, |class| class.name)
    }

    /// The extent of a class and its subclasses.
    pub(crate) fn extents(&self, query: &Query) -> Plan {
        let classes = if query.exact_class {
            vec![query.class]
        } else {
            self.model.schema.closure(query.class.name)
        };
        let mut extents = Vec::new();
        for class in classes {
            if class.flags.is_abstract || class.flags.is_structure || class.flags.is_indication {
                continue;
            }
            match self.model.association(class.name) {
                Some(association) => self.association_extents(association, &mut extents),
                None => extents.push(Extent {
                    label: class.name.to_owned(),
                    class,
                    derive: Derived::Itself,
                }),
            }
        }
        extents.sort_by(|a, b| a.label.cmp(&b.label));
        Plan::Extents(extents)
    }

    fn association_extents(&self, association: &AssociationClass, extents: &mut Vec<Extent>) {
        if matches!(association.kind, Kind::Membership) {
            extents.push(Extent {
                label: association.class.name.to_owned(),
                class: association.class,
                derive: Derived::Itself,
            });
            return;
        }
        for class in self.model.schema.closure(association.other.class.name) {
            if !class.flags.is_abstract && !class.flags.is_structure {
                extents.push(Extent {
                    label: format!("{}/{}", association.class.name, class.name),
                    class,
                    derive: Derived::Association(*association),
                });
            }
        }
    }

    /// The object that a walk starts from.
    async fn start(
        &self,
        context: &OperationContext,
        walk: &Association,
    ) -> Result<(String, Seen), CimError> {
        if let Some(class) = &walk.association_class {
            self.class(class)?;
        }
        let (class, id) = self.target(&walk.object)?;
        let seen = self
            .see(context, class, &id)
            .await?
            .ok_or_else(|| CimError::not_found(format_args!("{} {id}", class.name)))?;
        Ok((id.into_owned(), seen))
    }

    /// What is at the other end of the associations of an object (DSP0223 Associators).
    pub(crate) async fn associators(
        &self,
        context: &OperationContext,
        query: &Query,
        walk: &Association,
    ) -> Result<Plan, CimError> {
        let (id, seen) = self.start(context, walk).await?;
        let fits = |association: &AssociationClass, near: &str, far: &str| {
            let is = |wanted: &Option<String>, role: &str| {
                wanted
                    .as_ref()
                    .is_none_or(|wanted| wanted.eq_ignore_ascii_case(role))
            };
            walk.association_class
                .as_ref()
                .is_none_or(|class| association.class.is_a(class))
                && is(&walk.role, near)
                && is(&walk.result_role, far)
        };
        if seen.instance.class().is_a(self.model.entry_point.name) {
            let mut extents = Vec::new();
            for association in &self.model.associations {
                if matches!(association.kind, Kind::Hosted)
                    && fits(association, association.one.role, association.other.role)
                {
                    for class in self.model.schema.closure(association.other.class.name) {
                        if query.accepts(class) && !class.flags.is_abstract {
                            extents.push(Extent {
                                label: class.name.to_owned(),
                                class,
                                derive: Derived::Itself,
                            });
                        }
                    }
                }
            }
            extents.sort_by(|a, b| a.label.cmp(&b.label));
            extents.dedup_by(|a, b| a.label == b.label);
            return Ok(Plan::Extents(extents));
        }
        let mut links = self.links(&id, &seen).await?;
        links.retain(|link| fits(&link.association, link.near, link.far));
        self.find_far_ends(&mut links).await?;
        Ok(Plan::Keyed(
            links
                .into_iter()
                .map(|link| {
                    let keyed = Keyed {
                        row: link.target.clone(),
                        derive: Derived::Itself,
                    };
                    (link.target.into_bytes(), keyed)
                })
                .collect(),
        ))
    }

    /// The associations of an object (DSP0223 References).
    pub(crate) async fn references(
        &self,
        context: &OperationContext,
        query: &Query,
        walk: &Association,
    ) -> Result<Plan, CimError> {
        let (id, seen) = self.start(context, walk).await?;
        let fits = |association: &AssociationClass, near: &str| {
            query.accepts(association.class)
                && walk
                    .association_class
                    .as_ref()
                    .is_none_or(|class| association.class.is_a(class))
                && walk
                    .role
                    .as_ref()
                    .is_none_or(|wanted| wanted.eq_ignore_ascii_case(near))
        };
        if seen.instance.class().is_a(self.model.entry_point.name) {
            let mut extents = Vec::new();
            for association in &self.model.associations {
                if matches!(association.kind, Kind::Hosted)
                    && fits(association, association.one.role)
                {
                    self.association_extents(association, &mut extents);
                }
            }
            extents.sort_by(|a, b| a.label.cmp(&b.label));
            return Ok(Plan::Extents(extents));
        }
        let mut links = self.links(&id, &seen).await?;
        links.retain(|link| fits(&link.association, link.near));
        let keyed = links.into_iter().map(|link| {
            let position = [
                link.association.class.name,
                &link.row,
                link.near,
                &link.target,
            ]
            .join("\0")
            .into_bytes();
            let derive = match link.association.kind {
                Kind::Membership => Derived::Itself,
                // The row is the other end; the one end is the object or the far end.
                _ => {
                    let one = if link.near == link.association.one.role {
                        id.clone()
                    } else {
                        link.target.clone()
                    };
                    Derived::AssociationTo(link.association, one)
                }
            };
            let row = link.row;
            (position, Keyed { row, derive })
        });
        Ok(Plan::Keyed(keyed.collect()))
    }

    /// All ways from an object, the entry point excepted.
    async fn links(&self, id: &str, seen: &Seen) -> Result<Vec<Link>, CimError> {
        let class = seen.instance.class();
        let mut links = Vec::new();
        for association in &self.model.associations {
            let AssociationClass { one, other, .. } = association;
            let to_one = |target: &str| Link {
                association: *association,
                near: other.role,
                far: one.role,
                target: target.to_owned(),
                row: id.to_owned(),
            };
            match association.kind {
                Kind::Hosted if class.is_a(other.class.name) && seen.owner.is_none() => {
                    links.push(to_one(ENTRY_POINT_ID));
                }
                Kind::Containment => {
                    if let Some((_, owner)) = seen
                        .owner
                        .as_ref()
                        .filter(|(name, _)| name == association.class.name)
                    {
                        links.push(to_one(owner));
                    }
                }
                Kind::Reference(source) if class.is_a(other.class.name) => {
                    links.extend(referred(&seen.instance, source).map(to_one));
                }
                _ => {}
            }
        }
        let prefix = keys::contained_in(id);
        self.gather(&prefix, &mut |key| {
            if let Some([name, part]) = keys::parts(key, &prefix)
                && let Some(association) = self.model.association(name)
                && matches!(association.kind, Kind::Containment)
            {
                links.push(Link {
                    association: *association,
                    near: association.one.role,
                    far: association.other.role,
                    target: part.to_owned(),
                    row: part.to_owned(),
                });
            }
        })
        .await?;
        let prefix = keys::references_to(id);
        self.gather(&prefix, &mut |key| {
            if let Some([source_class, property, source]) = keys::parts(key, &prefix) {
                self.links_from(id, [source_class, property, source], &mut links);
            }
        })
        .await?;
        Ok(links)
    }

    /// The ways to a resource that refers to the object by a property.
    fn links_from(
        &self,
        id: &str,
        [source_class, property, source]: [&str; 3],
        links: &mut Vec<Link>,
    ) {
        for association in &self.model.associations {
            let AssociationClass {
                class,
                kind,
                one,
                other,
                ..
            } = association;
            match kind {
                Kind::Membership if class.name == source_class => {
                    let (near, far) = if property == one.role {
                        (one.role, other.role)
                    } else {
                        (other.role, one.role)
                    };
                    links.push(Link {
                        association: *association,
                        near,
                        far,
                        target: String::new(),
                        row: source.to_owned(),
                    });
                }
                Kind::Reference(by)
                    if by.property.name == property
                        && by.leads_to(id)
                        && self
                            .model
                            .schema
                            .class(source_class)
                            .is_some_and(|source| source.is_a(other.class.name)) =>
                {
                    links.push(Link {
                        association: *association,
                        near: one.role,
                        far: other.role,
                        target: source.to_owned(),
                        row: source.to_owned(),
                    });
                }
                _ => {}
            }
        }
    }

    /// Walks the keys of an index, up to the bound of an association walk.
    async fn gather(
        &self,
        prefix: &[u8],
        each: &mut (dyn FnMut(&[u8]) + Send),
    ) -> Result<(), CimError> {
        let limit = self.config.max_sorted;
        let mut found = 0;
        self.store
            .scan(Scan::prefix(prefix), &mut |key, _, _| {
                found += 1;
                if found > limit {
                    return ControlFlow::Break(());
                }
                each(key);
                ControlFlow::Continue(())
            })
            .await
            .map_err(|error| store_error(&error))?;
        if found > limit {
            return Err(CimError::new(
                ErrorKind::TooLarge,
                format!(
                    "More than {limit} associations lead away from this object. Name an \
                     association class."
                ),
            ));
        }
        Ok(())
    }

    /// Reads the far ends of memberships from their rows.
    async fn find_far_ends(&self, links: &mut Vec<Link>) -> Result<(), CimError> {
        let wanted: Vec<(usize, Vec<u8>)> = links
            .iter()
            .enumerate()
            .filter(|(_, link)| matches!(link.association.kind, Kind::Membership))
            .map(|(at, link)| (at, keys::resource(link.association.class.name, &link.row)))
            .collect();
        let keys: Vec<&[u8]> = wanted.iter().map(|(_, key)| key.as_slice()).collect();
        let mut ends: Vec<(usize, String)> = Vec::new();
        let mut wrong = None;
        let schema = &self.model.schema;
        self.store
            .read(&keys, &mut |at, _, bytes| {
                let Some((link, _)) = wanted.get(at) else {
                    return;
                };
                match RawRow::read(bytes).and_then(|row| row.instance(schema, Keep::Readable)) {
                    Ok(instance) => {
                        let end = links
                            .get(*link)
                            .and_then(|link| instance.value(link.far).as_reference())
                            .and_then(ObjectPath::instance_id);
                        ends.extend(end.map(|end| (*link, end.to_owned())));
                    }
                    Err(corrupt) => wrong = Some(corrupt),
                }
            })
            .await
            .map_err(|error| store_error(&error))?;
        if let Some(corrupt) = wrong {
            return Err(corrupt.into());
        }
        for (at, end) in ends {
            if let Some(link) = links.get_mut(at) {
                link.target = end;
            }
        }
        links.retain(|link| !link.target.is_empty());
        Ok(())
    }

    /// The instance of a computed association at a path with the keys of both ends.
    pub(crate) async fn see_association(
        &self,
        context: &OperationContext,
        association: &AssociationClass,
        path: &ObjectPath,
    ) -> Result<Option<Seen>, CimError> {
        let end = |role: &str| {
            path.key(role)
                .and_then(|key| match key {
                    KeyValue::Reference(target) => target.instance_id(),
                    KeyValue::String(id) => Some(id.as_str()),
                    _ => None,
                })
                .ok_or_else(|| {
                    CimError::new(
                        ErrorKind::InvalidParameter,
                        format!(
                            "{} has the keys {} and {}, both references.",
                            association.class.name, association.one.role, association.other.role
                        ),
                    )
                    .with_subject(role)
                })
        };
        let (one, other) = (end(association.one.role)?, end(association.other.role)?);
        let Some(seen) = self.see(context, association.other.class, other).await? else {
            return Ok(None);
        };
        let holds = match association.kind {
            Kind::Hosted => one == ENTRY_POINT_ID && seen.owner.is_none(),
            Kind::Containment => seen
                .owner
                .as_ref()
                .is_some_and(|(class, owner)| class == association.class.name && owner == one),
            Kind::Reference(source) => referred(&seen.instance, source).any(|id| id == one),
            Kind::Membership => false,
        };
        Ok(holds.then(|| Seen {
            instance: instance_of(association, one, seen.instance.class().name, other),
            ..seen
        }))
    }
}
