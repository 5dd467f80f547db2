//! Where the candidates of a query lie: which collections of the cloud, and what follows from their items.

use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, KeyValue, ObjectPath, Value};
use cim_query::{Association, Query, Source as From_};
use cimi_rest::ENTRY_POINT_ID;
use provider::associations::{AssociationClass, Kind, referred};
use provider::{OperationContext, Resource};

use crate::cloud::{Cloud, Document, Found, ID, collection_name, owner_in};
use crate::etag::etag;
use crate::site::Site;

/// A part of the candidates.
#[derive(Debug, Clone)]
pub(crate) struct Stage {
    pub(crate) source: Source,
    /// The class of the items.
    pub(crate) class: &'static ClassDescriptor,
    pub(crate) derive: Derive,
    /// A filter that the cloud may apply; what it lets through is judged here all the same.
    pub(crate) hint: Option<String>,
}

/// Where items come from.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// One collection, by its identifier, and whose it is.
    Collection { id: String, owner: Option<String> },
    /// The collections that this association is, of all owners.
    Parts(AssociationClass),
    /// These.
    Fixed(Vec<Item>),
}

/// A resource, and the owner of the collection that it was in.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) resource: Resource,
    pub(crate) document: Option<Document>,
    pub(crate) owner: Option<String>,
}

/// What an item gives to a query.
#[derive(Debug, Clone)]
pub(crate) enum Derive {
    Itself,
    /// Instances of an association that follow from it; only those that lead there.
    Association(AssociationClass, Option<String>),
}

impl Item {
    pub(crate) fn id(&self) -> &str {
        self.resource.instance.text(ID).unwrap_or_default()
    }

    pub(crate) fn of(found: Found, owner: Option<&str>) -> Self {
        Self {
            resource: found.resource,
            document: Some(found.document),
            owner: owner.map(str::to_owned),
        }
    }
}

impl Derive {
    /// The results that an item gives.
    pub(crate) fn results(&self, item: &Item) -> Vec<Resource> {
        let Self::Association(association, only) = self else {
            return vec![item.resource.clone()];
        };
        let mut targets: Vec<String> = match association.kind {
            Kind::Hosted => vec![ENTRY_POINT_ID.to_owned()],
            Kind::Containment => item.owner.iter().cloned().collect(),
            Kind::Reference(source) => {
                let mut seen: Vec<String> = Vec::new();
                for target in referred(&item.resource.instance, source) {
                    if !seen.iter().any(|s| s == target) {
                        seen.push(target.to_owned());
                    }
                }
                seen
            }
            Kind::Membership => Vec::new(),
        };
        targets.retain(|target| only.as_ref().is_none_or(|only| only == target));
        let class = item.resource.instance.class().name;
        targets
            .iter()
            .map(|target| resource(instance_of(association, target, class, item.id())))
            .collect()
    }
}

pub(crate) fn resource(instance: Instance) -> Resource {
    Resource {
        etag: etag(&instance),
        instance,
    }
}

/// The instance of an association between these two.
pub(crate) fn instance_of(
    association: &AssociationClass,
    one: &str,
    other_class: &str,
    other: &str,
) -> Instance {
    let path = |class: &str, id: &str| Value::from(ObjectPath::new(class, ID, id));
    let mut instance = Instance::new(association.class);
    instance.set(association.one.role, path(association.one.class.name, one));
    instance.set(association.other.role, path(other_class, other));
    instance
}

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
    /// The class of that name.
    pub(crate) fn class(&self, name: &str) -> Result<&'static ClassDescriptor, CimError> {
        self.schema.class(name).ok_or_else(|| {
            let hint = match self.schema.nearest_class(name) {
                Some(near) => format!(" Did you mean {near}?"),
                None => String::new(),
            };
            CimError::new(
                ErrorKind::InvalidClass,
                format!("There is no class {name}.{hint}"),
            )
        })
    }

    /// The InstanceID in a path of a resource of this class.
    pub(crate) fn key<'p>(
        &self,
        class: &ClassDescriptor,
        path: &'p ObjectPath,
    ) -> Result<&'p str, CimError> {
        let wrong = |message: String| CimError::new(ErrorKind::InvalidParameter, message);
        let mut id = None;
        for (name, value) in &path.keys {
            match value {
                KeyValue::String(text) if name.eq_ignore_ascii_case(ID) && id.is_none() => {
                    id = Some(text.as_str());
                }
                _ => {
                    return Err(wrong(format!(
                        "{} has one key, the string {ID}; `{name}` is not it.",
                        class.name
                    ))
                    .with_subject(name));
                }
            }
        }
        id.ok_or_else(|| {
            wrong(format!("The path has no {ID}, the key of {}.", class.name)).with_subject(ID)
        })
    }

    /// The InstanceID in a path of what can be changed.
    pub(crate) fn resource_key<'p>(
        &self,
        class: &ClassDescriptor,
        path: &'p ObjectPath,
    ) -> Result<&'p str, CimError> {
        match self.associations.association(class.name) {
            Some(a) if !matches!(a.kind, Kind::Membership) => Err(CimError::new(
                ErrorKind::NotSupported,
                format!(
                    "A {} follows from what it associates; it cannot be changed itself.",
                    class.name
                ),
            )),
            _ => self.key(class, path),
        }
    }

    /// The instance at a path, that of a computed association included.
    pub(crate) async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        let class = self.class(&path.class)?;
        match self.associations.association(class.name) {
            Some(association) if !matches!(association.kind, Kind::Membership) => {
                let association = *association;
                self.get_association(context, &association, path).await
            }
            _ => {
                let id = self.key(class, path)?;
                Ok(self.fetch(context, class, id).await?.resource)
            }
        }
    }

    async fn get_association(
        &self,
        context: &OperationContext,
        association: &AssociationClass,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
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
        let missing = || CimError::not_found(path);
        let found = self
            .fetch(context, association.other.class, other)
            .await
            .map_err(|error| match error.kind() {
                ErrorKind::NotFound => missing(),
                _ => error,
            })?;
        let instance = &found.resource.instance;
        let holds = match association.kind {
            Kind::Hosted => one == ENTRY_POINT_ID && !self.is_part(instance),
            Kind::Containment => {
                self.owner(context, association, other).await?.as_deref() == Some(one)
            }
            Kind::Reference(source) => referred(instance, source).any(|id| id == one),
            Kind::Membership => false,
        };
        if !holds {
            return Err(missing());
        }
        let class = instance.class().name;
        Ok(resource(instance_of(association, one, class, other)))
    }

    /// Whether an identifier says that the resource is part of another.
    fn is_part(&self, instance: &Instance) -> bool {
        let id = instance.text(ID).unwrap_or_default();
        self.associations.associations.iter().any(|a| {
            matches!(a.kind, Kind::Containment)
                && instance.class().is_a(a.other.class.name)
                && owner_in(id, a).is_some()
        })
    }

    /// The owner of a part.
    async fn owner(
        &self,
        context: &OperationContext,
        association: &AssociationClass,
        id: &str,
    ) -> Result<Option<String>, CimError> {
        if let Some(owner) = owner_in(id, association) {
            return Ok(Some(owner.to_owned()));
        }
        let is_own_layout =
            self.associations.associations.iter().any(|other| {
                matches!(other.kind, Kind::Containment) && owner_in(id, other).is_some()
            });
        if is_own_layout {
            return Ok(None);
        }
        // Whoever lays out URIs otherwise is asked.
        let parts = Box::pin(self.parts(context, association)).await?;
        let found = parts.into_iter().find(|item| item.id() == id);
        Ok(found.and_then(|item| item.owner))
    }

    /// The stages of an extent.
    pub(crate) fn extent(
        &self,
        site: &Site,
        class: &'static ClassDescriptor,
        exact: bool,
    ) -> Vec<Stage> {
        let classes = if exact {
            vec![class]
        } else {
            self.schema.closure(class.name)
        };
        let mut stages = Vec::new();
        for class in classes {
            if class.flags.is_abstract || class.flags.is_structure || class.flags.is_indication {
                continue;
            }
            match self.associations.association(class.name) {
                None => self.resources(site, class, &Derive::Itself, &mut stages),
                Some(a) => match a.kind {
                    Kind::Membership => stages.push(Stage::parts(*a, a.class, Derive::Itself)),
                    Kind::Containment => {
                        let derive = Derive::Association(*a, None);
                        stages.push(Stage::parts(*a, a.other.class, derive));
                    }
                    Kind::Hosted => {
                        if let Some(id) = a.collection.and_then(|name| site.collection(name)) {
                            let derive = Derive::Association(*a, None);
                            stages.push(Stage::collection(id, None, a.other.class, derive));
                        }
                    }
                    Kind::Reference(_) => {
                        let derive = Derive::Association(*a, None);
                        for class in self.schema.closure(a.other.class.name) {
                            if !class.flags.is_abstract && !class.flags.is_structure {
                                self.resources(site, class, &derive, &mut stages);
                            }
                        }
                    }
                },
            }
        }
        stages
    }

    /// Where the resources of one class are.
    fn resources(
        &self,
        site: &Site,
        class: &'static ClassDescriptor,
        derive: &Derive,
        stages: &mut Vec<Stage>,
    ) {
        let is_known = |stages: &[Stage], id: &str| {
            stages
                .iter()
                .any(|stage| match (&stage.source, &stage.derive, derive) {
                    (Source::Collection { id: known, .. }, Derive::Itself, Derive::Itself) => {
                        known == id
                    }
                    _ => false,
                })
        };
        if let Some(association) = self.associations.association(class.name) {
            if matches!(association.kind, Kind::Membership) {
                stages.push(Stage::parts(*association, class, derive.clone()));
            }
            return;
        }
        if std::ptr::eq(class, self.model.entry_point().class) {
            stages.push(Stage::collection(
                ENTRY_POINT_ID,
                None,
                class,
                derive.clone(),
            ));
            return;
        }
        for a in &self.associations.associations {
            if !class.is_a(a.other.class.name) {
                continue;
            }
            match a.kind {
                Kind::Hosted => {
                    if let Some(id) = a.collection.and_then(|name| site.collection(name))
                        && !is_known(stages, id)
                    {
                        stages.push(Stage::collection(id, None, class, derive.clone()));
                        return;
                    }
                }
                Kind::Containment => stages.push(Stage::parts(*a, class, derive.clone())),
                Kind::Reference(_) | Kind::Membership => {}
            }
        }
    }

    /// The stages of a query.
    pub(crate) async fn plan(
        &self,
        context: &OperationContext,
        query: &Query,
    ) -> Result<Vec<Stage>, CimError> {
        let site = self.site(context).await?;
        match &query.source {
            From_::Extent => Ok(self.extent(site, query.class, query.exact_class)),
            From_::Associators(walk) => {
                let start = self.start(context, walk).await?;
                self.associators(context, site, query, walk, start).await
            }
            From_::References(walk) => {
                let start = self.start(context, walk).await?;
                self.references(context, site, query, walk, start).await
            }
        }
    }

    /// The object that a walk starts from.
    async fn start(
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

    async fn associators(
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

    async fn references(
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

    /// The items of the collections that an association is, of all owners.
    pub(crate) async fn parts(
        &self,
        context: &OperationContext,
        a: &AssociationClass,
    ) -> Result<Vec<Item>, CimError> {
        let site = self.site(context).await?;
        let mut stages = Vec::new();
        for class in self.schema.closure(a.one.class.name) {
            if !class.flags.is_abstract && collection_name(&self.model, class, a.class).is_some() {
                self.resources(site, class, &Derive::Itself, &mut stages);
            }
        }
        let class = match a.kind {
            Kind::Membership => a.class,
            _ => a.other.class,
        };
        let mut items = Vec::new();
        for stage in &stages {
            for owner in Box::pin(self.gather(context, stage)).await? {
                let (Some(document), id) = (&owner.document, owner.id()) else {
                    continue;
                };
                let owner_class = owner.resource.instance.class();
                let Some(name) = collection_name(&self.model, owner_class, a.class) else {
                    continue;
                };
                let Some(collection) = self.collections_of(site, document)?.remove(name) else {
                    continue;
                };
                let stage = Stage::collection(&collection, Some(id), class, Derive::Itself);
                match Box::pin(self.gather(context, &stage)).await {
                    Ok(found) => items.extend(found),
                    // The owner has gone meanwhile.
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
                if items.len() > self.scan {
                    return Err(self.too_many());
                }
            }
        }
        Ok(items)
    }

    pub(crate) fn too_many(&self) -> CimError {
        self.upstream.error(
            ErrorKind::TooLarge,
            format_args!(
                "more than {} resources have to be looked at for this answer, which is the most that may be; \
                 ask for less",
                self.scan
            ),
        )
    }
}

/// Whether results of a query may be of this class.
fn may_be(query: &Query, class: &ClassDescriptor) -> bool {
    query.class.name.is_empty() || query.class.is_a(class.name) || class.is_a(query.class.name)
}

impl Stage {
    fn collection(
        id: &str,
        owner: Option<&str>,
        class: &'static ClassDescriptor,
        derive: Derive,
    ) -> Self {
        Self {
            source: Source::Collection {
                id: id.to_owned(),
                owner: owner.map(str::to_owned),
            },
            class,
            derive,
            hint: None,
        }
    }

    fn parts(a: AssociationClass, class: &'static ClassDescriptor, derive: Derive) -> Self {
        Self {
            source: Source::Parts(a),
            class,
            derive,
            hint: None,
        }
    }

    fn fixed(items: Vec<Item>, class: &'static ClassDescriptor) -> Self {
        Self {
            source: Source::Fixed(items),
            class,
            derive: Derive::Itself,
            hint: None,
        }
    }
}
