//! Walks along associations: from a resource to those that it refers to, that it has as parts, and that refer to it.

use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, ObjectPath};
use cim_query::{Association, Query};
use cimi_rest::ENTRY_POINT_ID;
use provider::OperationContext;
use provider::associations::{AssociationClass, Kind, referred};

use crate::cloud::{Cloud, Found, ID, collection_name};
use crate::plan::{Derive, Item, Stage, instance_of, resource};
use crate::site::Site;

/// A way from an object along an association.
struct Link {
    /// The association instance.
    instance: Option<Instance>,
    /// The far end, if it is there already.
    far: Far,
}

enum Far {
    Here(Box<Item>),
    At(&'static ClassDescriptor, String),
}

impl Cloud {
    /// The object that a walk starts from.
    pub(crate) async fn start(
        &self,
        context: &OperationContext,
        walk: &Association,
    ) -> Result<Found, CimError> {
        if let Some(class) = &walk.association_class {
            self.class(class)?;
        }
        let class = self.class(&walk.object.class)?;
        let id = self.resource_key(class, &walk.object)?;
        self.fetch(context, class, id).await
    }

    pub(crate) async fn associators(
        &self,
        context: &OperationContext,
        site: &Site,
        query: &Query,
        walk: &Association,
        start: Found,
    ) -> Result<Vec<Stage>, CimError> {
        let is = |wanted: &Option<String>, role: &str| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(role))
        };
        let wanted = |a: &AssociationClass, near: &str, far: &str, class: &ClassDescriptor| {
            walk.association_class
                .as_ref()
                .is_none_or(|name| a.class.is_a(name))
                && is(&walk.role, near)
                && is(&walk.result_role, far)
                && may_be(query, class)
        };
        if self.is_entry_point(&start) {
            let mut stages: Vec<Stage> = Vec::new();
            for a in &self.associations.associations {
                if matches!(a.kind, Kind::Hosted)
                    && wanted(a, a.one.role, a.other.role, a.other.class)
                    && let Some(id) = a.collection.and_then(|name| site.collection(name))
                {
                    stages.push(Stage::collection(id, None, a.other.class, Derive::Itself));
                }
            }
            return Ok(stages);
        }
        let ways = |a: &AssociationClass, near_is_one: bool| {
            if near_is_one {
                wanted(a, a.one.role, a.other.role, a.other.class)
            } else {
                wanted(a, a.other.role, a.one.role, a.one.class)
            }
        };
        if let Some(stage) = self.one_collection(site, &start, &ways, false)? {
            return Ok(vec![stage]);
        }
        let links = self.links(context, site, &start, &ways).await?;
        let mut items: Vec<Item> = Vec::new();
        for link in links {
            let item = match link.far {
                Far::Here(item) => *item,
                Far::At(class, id) => {
                    if items.iter().any(|item| item.id() == id) {
                        continue;
                    }
                    match self.fetch(context, class, &id).await {
                        Ok(found) => Item::of(found, None),
                        Err(error) if error.kind() == ErrorKind::NotFound => continue,
                        Err(error) => return Err(error),
                    }
                }
            };
            if !items.iter().any(|other| other.id() == item.id()) {
                items.push(item);
            }
        }
        Ok(vec![Stage::fixed(items, start.resource.instance.class())])
    }

    pub(crate) async fn references(
        &self,
        context: &OperationContext,
        site: &Site,
        query: &Query,
        walk: &Association,
        start: Found,
    ) -> Result<Vec<Stage>, CimError> {
        let wanted = |a: &AssociationClass, near: &str| {
            query.accepts(a.class)
                && walk
                    .association_class
                    .as_ref()
                    .is_none_or(|name| a.class.is_a(name))
                && walk
                    .role
                    .as_ref()
                    .is_none_or(|role| role.eq_ignore_ascii_case(near))
        };
        if self.is_entry_point(&start) {
            let mut stages = Vec::new();
            for a in &self.associations.associations {
                if matches!(a.kind, Kind::Hosted) && wanted(a, a.one.role) {
                    stages.extend(self.extent(site, a.class, true));
                }
            }
            return Ok(stages);
        }
        let ways = |a: &AssociationClass, near_is_one: bool| {
            wanted(
                a,
                if near_is_one {
                    a.one.role
                } else {
                    a.other.role
                },
            )
        };
        if let Some(mut stage) = self.one_collection(site, &start, &ways, true)?
            && let Some(only) = self.only(&start, &ways)
        {
            if !matches!(only.kind, Kind::Membership) {
                let id = start.resource.instance.text(ID).unwrap_or_default();
                stage.derive = Derive::Association(only, Some(id.to_owned()));
            } else {
                stage.class = only.class;
            }
            return Ok(vec![stage]);
        }
        let links = self.links(context, site, &start, &ways).await?;
        let mut items: Vec<Item> = Vec::new();
        for link in links {
            if let Some(instance) = link.instance {
                let is_known = items.iter().any(|item| item.resource.instance == instance);
                if !is_known {
                    items.push(Item {
                        resource: resource(instance),
                        document: None,
                        owner: None,
                    });
                }
            }
        }
        Ok(vec![Stage::fixed(items, start.resource.instance.class())])
    }

    fn is_entry_point(&self, found: &Found) -> bool {
        std::ptr::eq(
            found.resource.instance.class(),
            self.model.entry_point().class,
        )
    }

    /// The one association that a walk from an object can follow, if it is only one, and to its parts.
    fn only(
        &self,
        start: &Found,
        ways: &(dyn Fn(&AssociationClass, bool) -> bool + Sync),
    ) -> Option<AssociationClass> {
        let class = start.resource.instance.class();
        let mut found = None;
        for a in &self.associations.associations {
            let as_one = class.is_a(a.one.class.name) && ways(a, true);
            let as_other = class.is_a(a.other.class.name) && ways(a, false);
            if as_other && !matches!(a.kind, Kind::Membership) {
                return None;
            }
            if matches!(a.kind, Kind::Membership)
                && class.is_a(a.other.class.name)
                && ways(a, false)
            {
                return None;
            }
            if as_one {
                if found.is_some() {
                    return None;
                }
                found = Some(*a);
            }
        }
        found
    }

    /// The collection that a walk means, if it is just one.
    fn one_collection(
        &self,
        site: &Site,
        start: &Found,
        ways: &(dyn Fn(&AssociationClass, bool) -> bool + Sync),
        memberships: bool,
    ) -> Result<Option<Stage>, CimError> {
        let Some(only) = self.only(start, ways) else {
            return Ok(None);
        };
        let instance = &start.resource.instance;
        let Some(name) = collection_name(&self.model, instance.class(), only.class) else {
            return Ok(None);
        };
        // Of a membership the other end is meant, where it is not the association itself.
        if matches!(only.kind, Kind::Membership) && !memberships {
            return Ok(None);
        }
        let collections = self.collections_of(site, &start.document)?;
        let owner = instance.text(ID).unwrap_or_default();
        let class = match only.kind {
            Kind::Membership => only.class,
            _ => only.other.class,
        };
        Ok(Some(match collections.get(name) {
            Some(id) => Stage::collection(id, Some(owner), class, Derive::Itself),
            None => Stage::fixed(Vec::new(), class),
        }))
    }

    /// All ways from an object, the entry point excepted.
    async fn links(
        &self,
        context: &OperationContext,
        site: &Site,
        start: &Found,
        ways: &(dyn Fn(&AssociationClass, bool) -> bool + Sync),
    ) -> Result<Vec<Link>, CimError> {
        let instance = &start.resource.instance;
        let class = instance.class();
        let id = instance.text(ID).unwrap_or_default();
        let mut links = Vec::new();
        for a in &self.associations.associations {
            let to_one = |target: &str| Link {
                instance: Some(instance_of(a, target, class.name, id)),
                far: Far::At(a.one.class, target.to_owned()),
            };
            if class.is_a(a.other.class.name) && ways(a, false) {
                match a.kind {
                    Kind::Hosted => {
                        let has = a.collection.and_then(|name| site.collection(name));
                        if has.is_some() && !self.is_part(instance) {
                            links.push(to_one(ENTRY_POINT_ID));
                        }
                    }
                    Kind::Containment => {
                        if let Some(owner) = self.owner(context, a, id).await? {
                            links.push(to_one(&owner));
                        }
                    }
                    Kind::Reference(source) => {
                        links.extend(referred(instance, source).map(to_one));
                    }
                    Kind::Membership => self.groups(context, a, id, &mut links).await?,
                }
            }
            if class.is_a(a.one.class.name) && ways(a, true) {
                self.links_to_parts(context, site, start, a, &mut links)
                    .await?;
            }
            if links.len() > self.scan {
                return Err(self.too_many());
            }
        }
        Ok(links)
    }

    /// From a group, owner or target to its members, parts and those that refer to it.
    async fn links_to_parts(
        &self,
        context: &OperationContext,
        site: &Site,
        start: &Found,
        a: &AssociationClass,
        links: &mut Vec<Link>,
    ) -> Result<(), CimError> {
        let instance = &start.resource.instance;
        let id = instance.text(ID).unwrap_or_default();
        let name = collection_name(&self.model, instance.class(), a.class);
        let collection = match name {
            Some(name) => self.collections_of(site, &start.document)?.remove(name),
            None => None,
        };
        let class = match a.kind {
            Kind::Membership => a.class,
            _ => a.other.class,
        };
        let stages = match (collection, a.kind) {
            (Some(collection), _) => {
                vec![Stage::collection(
                    &collection,
                    Some(id),
                    class,
                    Derive::Itself,
                )]
            }
            (None, Kind::Reference(source)) => {
                let mut stages = Vec::new();
                for class in self.schema.closure(a.other.class.name) {
                    if !class.flags.is_abstract && !class.flags.is_structure {
                        self.resources(site, class, &Derive::Itself, &mut stages);
                    }
                }
                for stage in &mut stages {
                    let shape = self.model.class(stage.class);
                    let mut members = shape.shape.members.iter();
                    let member = members.find(|m| {
                        m.property.is_some_and(|p| p.name == source.property.name)
                            && matches!(m.kind, cimi_rest::MemberKind::Reference)
                    });
                    stage.hint = member.map(|m| format!("{}='{}'", m.name, site.links.uri(id)));
                }
                stages
            }
            (None, _) => Vec::new(),
        };
        for stage in &stages {
            for item in Box::pin(self.gather(context, stage)).await? {
                match a.kind {
                    Kind::Membership => {
                        let other = item.resource.instance.value(a.other.role).as_reference();
                        if let Some(target) = other.and_then(ObjectPath::instance_id) {
                            links.push(Link {
                                instance: Some(item.resource.instance.clone()),
                                far: Far::At(a.other.class, target.to_owned()),
                            });
                        }
                    }
                    Kind::Reference(source)
                        if !referred(&item.resource.instance, source)
                            .any(|target| target == id) => {}
                    _ => {
                        let class = item.resource.instance.class().name;
                        links.push(Link {
                            instance: Some(instance_of(a, id, class, item.id())),
                            far: Far::Here(Box::new(item)),
                        });
                    }
                }
            }
        }
        Ok(())
    }

    /// From a member to the groups that it is in: the memberships of all groups are looked at.
    async fn groups(
        &self,
        context: &OperationContext,
        a: &AssociationClass,
        id: &str,
        links: &mut Vec<Link>,
    ) -> Result<(), CimError> {
        for item in Box::pin(self.parts(context, a)).await? {
            let end = |role: &str| {
                let path = item.resource.instance.value(role).as_reference();
                path.and_then(ObjectPath::instance_id).map(str::to_owned)
            };
            if end(a.other.role).as_deref() == Some(id)
                && let Some(group) = end(a.one.role)
            {
                links.push(Link {
                    instance: Some(item.resource.instance.clone()),
                    far: Far::At(a.one.class, group),
                });
            }
        }
        Ok(())
    }
}

/// Whether results of a query may be of this class.
fn may_be(query: &Query, class: &ClassDescriptor) -> bool {
    query.class.name.is_empty() || query.class.is_a(class.name) || class.is_a(query.class.name)
}
