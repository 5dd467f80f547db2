//! Where the candidates of a query lie: which collections of the cloud, and what follows from their items.

use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, KeyValue, ObjectPath, Value};
use cim_query::{Query, Source as From_};
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
    pub(crate) fn is_part(&self, instance: &Instance) -> bool {
        let id = instance.text(ID).unwrap_or_default();
        self.associations.associations.iter().any(|a| {
            matches!(a.kind, Kind::Containment)
                && instance.class().is_a(a.other.class.name)
                && owner_in(id, a).is_some()
        })
    }

    /// The owner of a part.
    pub(crate) async fn owner(
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
    pub(crate) fn resources(
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

impl Stage {
    pub(crate) fn collection(
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

    pub(crate) fn parts(
        a: AssociationClass,
        class: &'static ClassDescriptor,
        derive: Derive,
    ) -> Self {
        Self {
            source: Source::Parts(a),
            class,
            derive,
            hint: None,
        }
    }

    pub(crate) fn fixed(items: Vec<Item>, class: &'static ClassDescriptor) -> Self {
        Self {
            source: Source::Fixed(items),
            class,
            derive: Derive::Itself,
            hint: None,
        }
    }
}
