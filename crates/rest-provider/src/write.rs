//! Changes: create, modify, delete and actions. Each is one request that is never sent twice.

use bytes::Bytes;
use cim_core::{CimError, ErrorKind, Etag, Instance, MethodDescriptor, ObjectPath, Value};
use cimi_rest::client::{Action, ActionValue};
use cimi_rest::{Member, MemberKind, OperationModel, RestModel};
use http::{Method, Response, StatusCode, header};
use provider::associations::{Access, Kind, access, from_states};
use provider::{
    Change, Container, Created, IfMatch, Invoked, OperationContext, Outcome, Parameters, Resource,
    Role,
};

use crate::capability::Target;
use crate::cloud::{Cloud, Found, ID, Sending, collection_name, text_of};
use crate::site::Site;

/// What a method returns that a job goes on with (CIM convention).
const JOB_STARTED: u64 = 4096;

const SELECT: &str = "$select";

impl Cloud {
    /// Refuses changes of callers who may only read, whatever the login at the cloud may.
    fn may_write(&self, context: &OperationContext) -> Result<(), CimError> {
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
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        self.may_write(context)?;
        judge_types(&self.model, &instance, "")?;
        let site = self.site(context).await?;
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
        };
        let answer = self.send(context, sending).await?;
        let mut outcome = self.outcome(site, &answer)?;
        let made = self.made_by(class);
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
                resource.instance.class()
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
        Ok(Created {
            path: ObjectPath::new(class.name, ID, &id),
            outcome,
        })
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

    /// The new resource that a job tells of; some clouds name it nowhere else.
    async fn affected(
        &self,
        context: &OperationContext,
        job: Option<&ObjectPath>,
    ) -> Result<Option<String>, CimError> {
        let Some(id) = job.and_then(ObjectPath::instance_id) else {
            return Ok(None);
        };
        let job = self.fetch(context, self.model.job().class, id).await?;
        let job = job.resource.instance;
        let target = job.text("TargetResource");
        let affected = job.value("AffectedResources").elements().iter();
        let new = affected
            .rev()
            .filter_map(Value::as_str)
            .find(|id| Some(*id) != target);
        Ok(new.or(target).map(str::to_owned))
    }

    fn elsewhere(&self) -> CimError {
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
        let answer = match partial {
            Some(names) if self.selects(context, site, class, id).await? => {
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
                };
                self.send(context, sending).await?
            }
            _ => {
                self.replace(context, site, class, id, &changes, if_match)
                    .await?
            }
        };
        let outcome = self.outcome(site, &answer)?;
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
        let sending = Sending {
            method: Method::PUT,
            target: site.target(id)?,
            format: site.format,
            body: self.write(site, &instance),
            if_match: tag.as_deref(),
        };
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
        };
        let answer = self.send(context, sending).await?;
        let mut outcome = self.outcome(site, &answer)?;
        outcome.resource = None;
        Ok(outcome)
    }

    pub(crate) async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        self.may_write(context)?;
        let class = self.class(&path.class)?;
        let id = self.resource_key(class, path)?;
        let site = self.site(context).await?;
        let mut shape = self.model.class(class);
        let mut operation = operation_of(&shape.operations, method);
        let mut target = operation.and_then(|o| self.can.action(class.name, o.name));
        let mut is_fresh = false;
        let mut uri = site.target(id)?;
        let answer = loop {
            if target.is_none() || operation.is_none() {
                is_fresh = true;
                let found = self.fetch(context, class, id).await?;
                shape = self.model.class(found.resource.instance.class());
                operation = operation_of(&shape.operations, method);
                let Some(operation) = operation else {
                    return Err(CimError::new(
                        ErrorKind::MethodNotFound,
                        format!("{} has no method {}.", shape.class.name, method.name),
                    ));
                };
                let offered = offers(&found, operation).map_err(|error| self.wrong(error))?;
                let Some((rel, href)) = offered else {
                    return Err(not_now(&found.resource.instance, operation));
                };
                let at = site.links.instance_id(&href).into_owned();
                uri = site.target(&at).map_err(|_| self.elsewhere())?;
                if let Some(suffix) = at.strip_prefix(id) {
                    let known = Target {
                        suffix: suffix.to_owned(),
                        rel: rel.clone(),
                    };
                    self.can
                        .learn_action(shape.class.name, operation.name, known);
                }
                target = Some(Target {
                    suffix: String::new(),
                    rel,
                });
            }
            let (Some(operation), Some(at)) = (operation, &target) else {
                return Err(self.wrong("it offers no such action"));
            };
            let body = self.action_body(site, operation, &at.rel, &parameters)?;
            let to = format!("{uri}{}", at.suffix);
            let sending = Sending {
                method: Method::POST,
                target: to,
                format: site.format,
                body,
                if_match: None,
            };
            match self.send(context, sending).await {
                Ok(answer) => break answer,
                // What was learned from another resource is not so here: it has done nothing, and is asked.
                Err(error)
                    if !is_fresh
                        && matches!(
                            error.kind(),
                            ErrorKind::NotFound | ErrorKind::NotSupported
                        ) =>
                {
                    target = None;
                }
                Err(error) => return Err(error),
            }
        };
        let outcome = self.outcome(site, &answer)?;
        let job = outcome.job.clone();
        let outputs = match (method.parameter("Job"), &job) {
            (Some(parameter), Some(job)) => {
                vec![(parameter.value.name.to_owned(), Value::from(job.clone()))]
            }
            _ => Vec::new(),
        };
        Ok(Invoked {
            return_value: Value::from(if job.is_some() { JOB_STARTED } else { 0 }),
            outputs,
            outcome,
        })
    }

    /// The body of an action. The words are those of the client of CIMI REST.
    fn action_body(
        &self,
        site: &Site,
        operation: &OperationModel,
        rel: &str,
        parameters: &Parameters,
    ) -> Result<String, CimError> {
        // A bare name is short for the URI of the standard.
        let uri = if rel.contains("://") {
            rel
        } else {
            operation.uri
        };
        let mut action = Action::new(uri);
        for (name, value) in parameters {
            let mut members = operation.parameters.members.iter();
            let member = members.find(|member| {
                let parameter = operation.method.parameters.get(member.position);
                parameter.is_some_and(|p| p.value.name.eq_ignore_ascii_case(name))
            });
            let Some(member) = member else {
                return Err(CimError::new(
                    ErrorKind::InvalidParameter,
                    format!("{} has no parameter {name}.", operation.method.name),
                )
                .with_subject(name));
            };
            if !value.is_null() {
                action = self.parameter(site, action, member, name, value)?;
            }
        }
        Ok(action.document(site.format, self.model.namespace()))
    }

    fn parameter(
        &self,
        site: &Site,
        mut action: Action,
        member: &Member,
        name: &str,
        value: &Value,
    ) -> Result<Action, CimError> {
        let wrong = || {
            CimError::new(
                ErrorKind::TypeMismatch,
                format!("The parameter {name} has a value of another type."),
            )
            .with_subject(name)
        };
        let value = match (&member.kind, value) {
            (MemberKind::Map(_), Value::Array(entries)) => {
                for entry in entries.iter().filter_map(Value::as_instance) {
                    let text = |name| entry.text(name).unwrap_or_default();
                    action = action.property(text("Name"), text("Value"));
                }
                return Ok(action);
            }
            (MemberKind::Reference, Value::Reference(path)) => {
                let id = path.instance_id().ok_or_else(wrong)?;
                ActionValue::Link(site.links.uri(id))
            }
            (MemberKind::Reference, Value::String(id)) => ActionValue::Link(site.links.uri(id)),
            (_, Value::Boolean(value)) => ActionValue::Boolean(*value),
            (_, Value::String(text)) => ActionValue::Text(text.to_string()),
            (_, Value::Unsigned(n)) => ActionValue::Text(n.to_string()),
            (_, Value::Signed(n)) => ActionValue::Text(n.to_string()),
            (_, Value::DateTime(time)) => ActionValue::Text(time.to_string()),
            _ => return Err(wrong()),
        };
        Ok(action.with(member.name, value))
    }

    /// How a change went.
    fn outcome(&self, site: &Site, answer: &Response<Bytes>) -> Result<Outcome, CimError> {
        let mut job = self.job(site, answer);
        let mut resource = None;
        // Some answer with a text or an empty page; what is there is only looked at.
        if !answer.body().is_empty()
            && let Ok(document) = self.document(answer)
            && let Ok(found) = self.read(site, self.model.job().class, document)
            && let Ok(found) = self.owned(found, None)
            && found
                .resource
                .instance
                .text(ID)
                .is_some_and(|id| !id.is_empty())
        {
            let instance = &found.resource.instance;
            let is_job = std::ptr::eq(instance.class(), self.model.job().class);
            if is_job && job.is_none() {
                job = Some(instance.path());
            }
            if !is_job {
                resource = Some(found.resource);
            }
        }
        Ok(Outcome {
            completed: answer.status() != StatusCode::ACCEPTED || job.is_none(),
            job,
            resource,
        })
    }
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

fn operation_of<'o>(
    operations: &'o [OperationModel],
    method: &MethodDescriptor,
) -> Option<&'o OperationModel> {
    operations
        .iter()
        .find(|operation| operation.method.name.eq_ignore_ascii_case(method.name))
}

/// The `rel` and the URI with which a resource offers an operation.
fn offers(
    found: &Found,
    operation: &OperationModel,
) -> Result<Option<(String, String)>, cimi_rest::client::ClientError> {
    let common = cimi_rest::client::common(found.document.format, &found.document.text)?;
    Ok(common
        .operations
        .into_iter()
        .find(|offered| {
            let last = offered.rel.rsplit('/').next().unwrap_or_default();
            last.eq_ignore_ascii_case(operation.name)
        })
        .map(|offered| (offered.rel, offered.href)))
}

fn not_now(instance: &Instance, operation: &OperationModel) -> CimError {
    let offered: Vec<_> = instance
        .value(crate::cloud::OPERATIONS)
        .elements()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let offered = if offered.is_empty() {
        "nothing".to_owned()
    } else {
        offered.join(", ")
    };
    let state = instance.text("State");
    let possible = from_states(operation.method).map(|states| states.join(", "));
    CimError::new(
        ErrorKind::WrongState,
        format!(
            "{} is not possible{}{}; this is: {offered}.",
            operation.method.name,
            state.map(|s| format!(" in state {s}")).unwrap_or_default(),
            possible
                .map(|p| format!(", but in {p}"))
                .unwrap_or_default()
        ),
    )
}

pub(crate) fn with_query(target: &str, query: &str) -> String {
    let separator = if target.contains('?') { '&' } else { '?' };
    format!("{target}{separator}{query}")
}
