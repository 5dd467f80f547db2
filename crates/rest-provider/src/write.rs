//! Changes: create, modify and delete. Each is one request that is never sent twice.

use bytes::Bytes;
use cim_core::{CimError, ErrorKind, Etag, Instance, ObjectPath, Value};
use cimi_rest::{ClassModel, RestModel};
use http::{Method, Response, header};
use provider::associations::{Access, Kind, access};
use provider::{Change, Container, Created, IfMatch, OperationContext, Outcome, Resource, Role};

use crate::capability::Target;
use crate::cloud::{Cloud, Found, ID, Sending, collection_name, text_of};
use crate::site::Site;

const SELECT: &str = "$select";

impl Cloud {
    /// Refuses changes of callers who may only read, whatever the login at the cloud may.
    pub(crate) fn may_write(&self, context: &OperationContext) -> Result<(), CimError> {
        if context.principal.role >= Role::Operator {
            return Ok(());
        }
        Err(CimError::new(
            ErrorKind::AccessDenied,
            "This user may only read.",
        ))
    }

    pub(crate) async fn create(
        &self,
        context: &OperationContext,
        mut instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        self.may_write(context)?;
        judge_types(&self.model, &instance, "")?;
        let site = self.site(context).await?;
        self.name_source(site, &mut instance);
        let collection = self
            .where_to_add(context, site, &instance, container.as_ref())
            .await?;
        let class = instance.class();
        // Where new items go is the collection's to say; most say itself.
        let target = site.target(&collection)?;
        let target = match self.can.action(class.name, cimi_rest::ADD) {
            Some(known) if container.is_none() && known.suffix.is_empty() => target,
            _ => {
                let asked = format!("{target}?{SELECT}=id,operations&$last=1");
                let made = self.made_by(class);
                let listing = self.list(context, made, asked).await?;
                match listing.add {
                    None => target,
                    Some(add) if add == collection => {
                        if container.is_none() {
                            let known = Target {
                                suffix: String::new(),
                                rel: cimi_rest::ADD.to_owned(),
                            };
                            self.can.learn_action(class.name, cimi_rest::ADD, known);
                        }
                        target
                    }
                    Some(add) => site.target(&add).map_err(|_| self.elsewhere())?,
                }
            }
        };
        let sending = Sending {
            method: Method::POST,
            target,
            format: site.format,
            body: self.write(site, &instance),
            if_match: None,
            if_none_match: None,
            accept: None,
        };
        let answer = self.send(context, sending).await?;
        let made = self.made_by(class);
        let mut outcome = self.outcome(context, site, made, &answer)?;
        let location = text_of(&answer, header::LOCATION.as_str())
            .map(|uri| site.links.instance_id(&uri).into_owned());
        let id = match location {
            Some(id) => Some(id),
            None => {
                let resource = outcome.resource.as_ref();
                match resource.and_then(|r| r.instance.text(ID)) {
                    Some(id) => Some(id.to_owned()),
                    None => self.affected(context, outcome.job.as_ref()).await?,
                }
            }
        };
        let Some(id) = id else {
            return Err(self.upstream.error(
                ErrorKind::OutcomeUnknown,
                "it has made a resource, and does not say where it is",
            ));
        };
        let class = match &outcome.resource {
            Some(resource) if resource.instance.text(ID) == Some(id.as_str()) => {
                let class = resource.instance.class();
                if !class.is_a(made.name) {
                    return Err(self.unsure(&self.wrong(format_args!(
                        "it answers with a {} when a {} is made",
                        class.name, made.name
                    ))));
                }
                class
            }
            _ => made,
        };
        if outcome
            .resource
            .as_ref()
            .is_some_and(|r| r.instance.text(ID) != Some(id.as_str()))
        {
            outcome.resource = None;
        }
        self.follow_on(&mut outcome, &answer, cimi_rest::ADD, class, &id);
        Ok(Created {
            path: ObjectPath::new(class.name, ID, &id),
            outcome,
        })
    }

    /// What an image is made of, by its URI, if it is a resource of this cloud: the property is a text in the
    /// model, not a reference.
    fn name_source(&self, site: &Site, instance: &mut Instance) {
        let class = instance.class();
        let found = self.model.made_of(class).find_map(|(_, position)| {
            let id = instance.at(position)?.as_str()?;
            Some((position, site.uri_in_collection(id)?))
        });
        if let Some((position, uri)) = found {
            instance.set_at(position, Value::from(uri));
        }
    }

    /// The class of what a create request makes.
    fn made_by(
        &self,
        class: &'static cim_core::ClassDescriptor,
    ) -> &'static cim_core::ClassDescriptor {
        self.associations
            .creates(class)
            .map_or(class, |creates| creates.class)
    }

    pub(crate) fn elsewhere(&self) -> CimError {
        self.wrong("it sends changes to another host, which is not followed")
    }

    /// The collection that a new resource goes to.
    async fn where_to_add(
        &self,
        context: &OperationContext,
        site: &Site,
        instance: &Instance,
        container: Option<&Container>,
    ) -> Result<String, CimError> {
        let class = self.made_by(instance.class());
        let association = self.associations.association(class.name);
        let (owner, association) = match (container, association) {
            (Some(container), _) => (container.owner.clone(), container.association),
            (None, Some(association)) if matches!(association.kind, Kind::Membership) => {
                let role = association.one.role;
                let owner = instance.value(role).as_reference().cloned();
                let owner = owner.ok_or_else(|| {
                    CimError::new(
                        ErrorKind::MissingValue,
                        format!(
                            "A {} needs {role}, the resource that it belongs to.",
                            class.name
                        ),
                    )
                    .with_subject(role)
                })?;
                (owner, association.class)
            }
            (None, Some(_)) => return Err(computed(class.name)),
            (None, None) => {
                let hosted = self
                    .associations
                    .associations
                    .iter()
                    .find(|a| matches!(a.kind, Kind::Hosted) && class.is_a(a.other.class.name));
                return match hosted.and_then(|a| a.collection) {
                    Some(name) => site
                        .collection(name)
                        .map(str::to_owned)
                        .ok_or_else(|| self.has_none(class.name)),
                    None => Err(self.needs_owner(class)),
                };
            }
        };
        let owner_class = self.class(&owner.class)?;
        let id = self.key(owner_class, &owner)?;
        let found = self.fetch(context, owner_class, id).await;
        let found = match found {
            // What a membership refers to is a value like others.
            Err(error) if error.kind() == ErrorKind::NotFound && container.is_none() => {
                return Err(CimError::new(ErrorKind::InvalidParameter, error.message())
                    .with_subject("GroupComponent"));
            }
            other => other?,
        };
        let owner_class = found.resource.instance.class();
        let name = collection_name(&self.model, owner_class, association);
        let collections = self.collections_of(site, &found.document)?;
        name.and_then(|name| collections.get(name).cloned())
            .ok_or_else(|| self.has_none(class.name))
    }

    /// What a part lacks that nobody says the owner of.
    fn needs_owner(&self, class: &cim_core::ClassDescriptor) -> CimError {
        let mut containments = self.associations.associations.iter();
        let of = containments
            .find(|a| matches!(a.kind, Kind::Containment) && class.is_a(a.other.class.name));
        match of {
            Some(a) => CimError::new(
                ErrorKind::MissingValue,
                format!(
                    "A {} is part of a {}: create it through {}.",
                    class.name, a.one.class.name, a.class.name
                ),
            ),
            None => CimError::new(
                ErrorKind::NotSupported,
                format!("A {} cannot be created.", class.name),
            ),
        }
    }

    fn has_none(&self, class: &str) -> CimError {
        self.upstream.error(
            ErrorKind::NotSupported,
            format_args!("it has no collection for {class}"),
        )
    }

    pub(crate) async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.may_write(context)?;
        let class = self.class(&path.class)?;
        let id = self.resource_key(class, path)?;
        for change in &changes {
            judge(change)?;
        }
        let site = self.site(context).await?;
        let shape = self.model.class(class);
        // Without a class, or to attributes beyond the model, a change is one of the whole resource.
        let names: Option<Vec<&str>> = changes
            .iter()
            .map(|change| {
                let mut members = shape.shape.members.iter();
                members
                    .find(|m| m.property.is_some_and(|p| p.name == change.property.name))
                    .map(|member| member.name)
            })
            .collect();
        let partial = names.filter(|_| !class.flags.is_abstract);
        let answer = match (whole(shape, &changes), partial) {
            (Some(mut instance), _) if self.schema.closure(class.name).len() == 1 => {
                instance.set(ID, id);
                let tag = self.tag(context, class, id, if_match).await?;
                self.put(context, site, id, &instance, tag.as_deref())
                    .await?
            }
            (_, Some(names)) if self.selects(context, site, class, id).await? => {
                let tag = self.tag(context, class, id, if_match).await?;
                let mut instance = Instance::new(class);
                for change in &changes {
                    instance.set(change.property.name, change.value.clone());
                }
                let select = match names.as_slice() {
                    [] => "id".to_owned(),
                    names => names.join(","),
                };
                let target = site.target(id)?;
                let sending = Sending {
                    method: Method::PUT,
                    target: with_query(&target, &format!("{SELECT}={select}")),
                    format: site.format,
                    body: self.write(site, &instance),
                    if_match: tag.as_deref(),
                    if_none_match: None,
                    accept: None,
                };
                self.memory.forget(&context.principal.name, id);
                self.send(context, sending).await?
            }
            _ => {
                self.replace(context, site, class, id, &changes, if_match)
                    .await?
            }
        };
        let mut outcome = self.outcome(context, site, class, &answer)?;
        let other = outcome.resource.as_ref().and_then(|r| r.instance.text(ID));
        if let Some(other) = other.filter(|other| *other != id) {
            return Err(self.unsure(&self.wrong(format_args!(
                "it answers with the resource `{other}` when `{id}` is changed"
            ))));
        }
        self.follow_on(&mut outcome, &answer, cimi_rest::EDIT, class, id);
        if let (Some(resource), Some(tag)) =
            (&outcome.resource, text_of(&answer, header::ETAG.as_str()))
        {
            self.versions.remember(id, &resource.etag, &tag);
        }
        Ok(outcome)
    }

    /// Whether the cloud does what `$select` says, on which a PUT of some attributes rests. Who ignores it
    /// there would take what is absent for erased.
    async fn selects(
        &self,
        context: &OperationContext,
        site: &Site,
        class: &'static cim_core::ClassDescriptor,
        id: &str,
    ) -> Result<bool, CimError> {
        if let Some(known) = self.can.select.known() {
            return Ok(known);
        }
        let target = with_query(&site.target(id)?, &format!("{SELECT}=id"));
        let answer = self
            .send(context, Sending::get(target, site.format))
            .await?;
        let part = self.read(site, class, self.document(&answer)?)?;
        let others = part
            .resource
            .instance
            .present()
            .filter(|(property, value)| {
                !matches!(property.name, ID | crate::cloud::OPERATIONS) && !value.is_null()
            });
        let selects = others.count() == 0;
        self.can.select.learn(selects);
        Ok(selects)
    }

    /// What the cloud calls a version; `None` for no condition.
    async fn tag(
        &self,
        context: &OperationContext,
        class: &'static cim_core::ClassDescriptor,
        id: &str,
        if_match: IfMatch<'_>,
    ) -> Result<Option<String>, CimError> {
        let Some(etag) = if_match else {
            return Ok(None);
        };
        if let Some(tag) = self.versions.tag(id, etag) {
            return Ok(Some(tag));
        }
        let present = self.fetch(context, class, id).await?;
        self.same(&present, etag)?;
        Ok(self.versions.tag(id, etag))
    }

    fn same(&self, present: &Found, etag: &Etag) -> Result<(), CimError> {
        if present.resource.etag == *etag {
            return Ok(());
        }
        Err(CimError::new(
            ErrorKind::PreconditionFailed,
            "The resource has been changed since it was read. Read it again.",
        ))
    }

    /// Reads the whole resource, changes it, and writes it back if nobody was faster.
    async fn replace(
        &self,
        context: &OperationContext,
        site: &Site,
        class: &'static cim_core::ClassDescriptor,
        id: &str,
        changes: &[Change],
        if_match: IfMatch<'_>,
    ) -> Result<Response<Bytes>, CimError> {
        let present = self.fetch(context, class, id).await?;
        if let Some(etag) = if_match {
            self.same(&present, etag)?;
        }
        let Resource { mut instance, etag } = present.resource;
        let shape = self.model.class(instance.class());
        let secret = shape.shape.members.iter().find(|member| {
            let changed = changes
                .iter()
                .any(|c| member.property.is_some_and(|p| p.name == c.property.name));
            !member.is_readable() && !changed
        });
        if let Some(property) = secret.and_then(|member| member.property) {
            return Err(self.upstream.error(
                ErrorKind::NotSupported,
                format_args!(
                    "it changes whole resources only, which would erase {}; set that as well",
                    property.name
                ),
            ));
        }
        for change in changes {
            instance.set(change.property.name, change.value.clone());
        }
        instance.unset(crate::cloud::OPERATIONS);
        let tag = self.versions.tag(id, &etag);
        self.put(context, site, id, &instance, tag.as_deref()).await
    }

    /// Sends a whole resource.
    async fn put(
        &self,
        context: &OperationContext,
        site: &Site,
        id: &str,
        instance: &Instance,
        if_match: Option<&str>,
    ) -> Result<Response<Bytes>, CimError> {
        let sending = Sending {
            method: Method::PUT,
            target: site.target(id)?,
            format: site.format,
            body: self.write(site, instance),
            if_match,
            if_none_match: None,
            accept: None,
        };
        self.memory.forget(&context.principal.name, id);
        self.send(context, sending).await
    }

    pub(crate) async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.may_write(context)?;
        let class = self.class(&path.class)?;
        let id = self.resource_key(class, path)?;
        let site = self.site(context).await?;
        let missing = || CimError::not_found(format_args!("{} {id}", class.name));
        let tag = self.tag(context, class, id, if_match).await?;
        let sending = Sending {
            method: Method::DELETE,
            target: site.target(id).map_err(|_| missing())?,
            format: site.format,
            body: String::new(),
            if_match: tag.as_deref(),
            if_none_match: None,
            accept: None,
        };
        self.memory.forget(&context.principal.name, id);
        let answer = self.send(context, sending).await?;
        let mut outcome = self.outcome(context, site, class, &answer)?;
        outcome.resource = None;
        self.follow_on(&mut outcome, &answer, cimi_rest::DELETE, class, id);
        Ok(outcome)
    }
}

/// The resource that changes make, if they are all that may be said of one, secrets and attributes beyond the model
/// included: then nothing of what is there can be lost, and it need not be read before it is replaced.
fn whole(class: &ClassModel, changes: &[Change]) -> Option<Instance> {
    let has = |position: usize| {
        let property = class.class.properties.get(position);
        property.is_some_and(|p| changes.iter().any(|c| c.property.name == p.name))
    };
    let mut members = class.shape.members.iter();
    let is_whole = class.shape.extensions.is_none_or(has)
        && members.all(|member| match member.access {
            cimi_rest::Access::ReadWrite | cimi_rest::Access::WriteOnly => {
                member.property.is_none() || has(member.position)
            }
            _ => true,
        });
    is_whole.then(|| {
        let mut instance = Instance::new(class.class);
        for change in changes {
            instance.set(change.property.name, change.value.clone());
        }
        instance
    })
}

/// What may not be changed, and what has another type.
fn judge(change: &Change) -> Result<(), CimError> {
    let property = change.property;
    if access(property) != Access::Write && property.name != "Extensions" {
        return Err(CimError::new(
            ErrorKind::ReadOnly,
            format!("The property {} cannot be changed.", property.name),
        )
        .with_subject(property.name));
    }
    if !change.value.is_null() && !property.accepts(&change.value) {
        return Err(CimError::new(
            ErrorKind::TypeMismatch,
            format!("The value of {} has another type.", property.name),
        )
        .with_subject(property.name));
    }
    Ok(())
}

/// What has another type than the model says; on the wire it would be another value.
fn judge_types(model: &RestModel, instance: &Instance, within: &str) -> Result<(), CimError> {
    for (property, value) in instance.present() {
        let name = format!("{within}{}", property.name);
        if !value.is_null() && !property.accepts(value) {
            return Err(CimError::new(
                ErrorKind::TypeMismatch,
                format!("The value of {name} has another type."),
            )
            .with_subject(name));
        }
        for inner in value.elements().iter().filter_map(Value::as_instance) {
            judge_types(model, inner, &format!("{name}."))?;
        }
        let mut seen: Vec<&Value> = Vec::new();
        for entry in value.elements().iter().filter_map(Value::as_instance) {
            let key = model
                .class(entry.class())
                .map
                .and_then(|map| entry.at(map.name));
            if let Some(key) = key {
                // A map has no two of a name: on the wire one would take the place of the other.
                if seen.contains(&key) {
                    return Err(CimError::new(
                        ErrorKind::InvalidParameter,
                        format!("A name in {name} is given twice."),
                    )
                    .with_subject(name));
                }
                seen.push(key);
            }
        }
    }
    Ok(())
}

fn computed(class: &str) -> CimError {
    CimError::new(
        ErrorKind::NotSupported,
        format!("A {class} follows from what it associates; it cannot be changed itself."),
    )
}

pub(crate) fn with_query(target: &str, query: &str) -> String {
    let separator = if target.contains('?') { '&' } else { '?' };
    format!("{target}{separator}{query}")
}
