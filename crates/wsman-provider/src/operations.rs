//! Get, create, modify, delete and invoke: one message each.

use std::sync::atomic::Ordering;

use cim_core::{
    CimError, ClassDescriptor, ErrorKind, Etag, Instance, MethodDescriptor, ObjectPath,
    PropertyDescriptor, Value,
};
use cim_query::{CompareOp, Comparison, Literal, Predicate, Query};
use provider::{
    Change, Container, Created, IfMatch, Invoked, OperationContext, Outcome, PageRequest,
    Parameters, Resource, Role,
};
use wsman::Doing;
use wsman::client::{RemoteFault, RemoteJob, Represented, Stored, read};
use wsman::epr::{Epr, Selector, SelectorValue};
use wsman::uris::action;
use xml_wire::wscim::{ReadContext, WriteContext, write_input, write_instance};

use crate::provider_impl::WsmanProvider;
use crate::wire::{Answer, Asked, Expected};
use crate::{address, fault};

/// `ReturnValue` of a method that has started a job (`spec` of every CIMI method).
const JOB_STARTED: u64 = 4096;
const JOB: &str = "Job";
/// The class of jobs, and what says which resource one is about and how far it is.
const JOB_CLASS: &str = "CIMI_Job";
const TARGET: &str = "TargetResource";
const STATE: &str = "State";
/// The state of a resource that is being made.
const CREATING: &str = "CREATING";
/// States of a job that has ended.
const ENDED: [&str; 4] = ["SUCCESS", "FAILED", "STOPPED", "CANCELLED"];

/// The class and the key of the entry point.
const ENTRY_POINT_CLASS: &str = "CIMI_CloudEntryPoint";
const ENTRY_POINT_ID: &str = "cloudEntryPoint";

/// Instances inside instances that are looked at.
const MAX_DEPTH: usize = 16;

impl WsmanProvider {
    pub(crate) async fn get_resource(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        let found = self.read_resource(context, path).await;
        match found {
            Err(error) if is_missing(&error) => self.entry_point(path).ok_or(error),
            found => found,
        }
    }

    /// The entry point of a service that has no such class: CIMI clients begin there.
    fn entry_point(&self, path: &ObjectPath) -> Option<Resource> {
        let class = self.schema.class(ENTRY_POINT_CLASS)?;
        let is_asked_for = path.instance_id() == Some(ENTRY_POINT_ID)
            && self
                .schema
                .class(&path.class)
                .is_some_and(|asked| class.is_a(asked.name));
        let instance = Instance::new(class)
            .with("InstanceID", ENTRY_POINT_ID)
            .with("ElementName", self.wire.name());
        is_asked_for.then(|| Resource {
            etag: provider::fingerprint(&instance),
            instance,
        })
    }

    async fn read_resource(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        let (class, path) = address::instance(&self.schema, path)?;
        let target = address::target(&path, &self.wire.namespace);
        let asked = Asked::read(context, Doing::Addressing);
        let decoder = self.decoder(context);
        let reading = decoder.read_context();
        let found = self
            .wire
            .call(
                asked,
                |requests, id| requests.get(id, &target),
                |bytes, media, id| read::instance(bytes, media, id, &reading),
            )
            .await?;
        let resource = match found {
            Represented::Instance(instance) => decoder.as_resource(instance, class, Some(&path)),
            Represented::Object(Some(object)) => decoder.resource_at(&object, class, Some(&path)),
            Represented::Object(None) => Err("it answers Get with nothing".to_owned()),
        };
        let resource = resource.map_err(|what| self.wire.nonsense(&asked, what))?;
        self.is_the_one(&asked, &path, resource)
    }

    /// Refuses another resource than the one that was asked for.
    fn is_the_one(
        &self,
        asked: &Asked<'_>,
        path: &ObjectPath,
        resource: Resource,
    ) -> Result<Resource, CimError> {
        let found = resource.instance.text("InstanceID");
        match path.instance_id() {
            Some(wanted) if found.is_some_and(|found| found != wanted) => Err(self.wire.nonsense(
                asked,
                format_args!(
                    "it was asked for {wanted} and answers with {}",
                    found.unwrap_or_default()
                ),
            )),
            _ => Ok(resource),
        }
    }

    pub(crate) async fn create_resource(
        &self,
        context: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        may_write(context)?;
        let class = instance.class();
        for (property, value) in instance.present() {
            check_value(property, value, property.name, 0)?;
        }
        let (target, instance) = self.place(instance, container)?;
        let writing = WriteContext::request(&self.wire.namespace);
        let asked = Asked::write(context, Doing::Storing);
        self.pages.clear();
        let created = self
            .wire
            .call(
                asked,
                |requests, id| {
                    requests.with_body(id, action::CREATE, &target, |w| {
                        write_instance(w, &instance, &writing);
                    })
                },
                read::created,
            )
            .await;
        self.pages.clear();
        let created = created?;
        let nonsense = |what: String| self.wire.nonsense(&asked, what);
        let decoder = self.decoder(context);
        let path = match (&created.reference, &created.object) {
            (Some(reference), _) => decoder.path(reference),
            (None, Some(object)) => {
                let expected = creates(class)
                    .and_then(|name| self.schema.class(name))
                    .unwrap_or(class);
                let resource = decoder.resource(object, expected);
                resource.map(|resource| resource.instance.path())
            }
            (None, None) => Err("it does not say what it has created".to_owned()),
        };
        let path = path.map_err(nonsense)?;
        // It has been created: that it cannot be read (any more) does not undo that.
        let resource = self.get_resource(context, &path).await.ok();
        let path = resource
            .as_ref()
            .map_or(path, |resource| resource.instance.path());
        let mut outcome = self.outcome(&asked, created.job.as_ref(), resource)?;
        if outcome.job.is_none()
            && let Some(resource) = &outcome.resource
            && resource.instance.text(STATE) == Some(CREATING)
        {
            outcome.job = self.job_about(context, &path).await;
            outcome.completed = outcome.job.is_none();
        }
        Ok(Created { path, outcome })
    }

    /// Where an instance is created, and as what: through the class, or through the association that contains
    /// it.
    fn place(
        &self,
        mut instance: Instance,
        container: Option<Container>,
    ) -> Result<(Epr, Instance), CimError> {
        let namespace = &self.wire.namespace;
        let class = instance.class();
        let Some(Container { owner, association }) = container else {
            let class = creates(class).unwrap_or(class.name);
            return Ok((address::class_target(class, namespace), instance));
        };
        let (_, owner) = address::instance(&self.schema, &owner)?;
        let Some(end) = self.owner_end(association, &owner) else {
            // As an instance of the class that contains such things there is none.
            let wanted = association.references().find_map(|end| end.reference_class);
            return Err(CimError::not_found(format_args!(
                "{} {}",
                wanted.unwrap_or(association.name),
                owner.instance_id().unwrap_or_default()
            )));
        };
        if class.flags.is_association {
            // The membership is the resource: it names both ends itself.
            instance.set(end.name, owner);
            return Ok((address::class_target(class.name, namespace), instance));
        }
        let mut target = address::class_target(association.name, namespace);
        target.selectors.push(Selector {
            name: end.name.to_owned(),
            value: SelectorValue::Reference(Box::new(address::target(&owner, namespace))),
        });
        Ok((target, instance))
    }

    fn owner_end(
        &self,
        association: &'static ClassDescriptor,
        owner: &ObjectPath,
    ) -> Option<&'static PropertyDescriptor> {
        let owner = self.schema.class(&owner.class)?;
        // The whole stands first in every association that contains.
        association.references().next().filter(|end| {
            let class = end.reference_class.and_then(|name| self.schema.class(name));
            class.is_some_and(|class| owner.is_a(class.name) || class.is_a(owner.name))
        })
    }

    fn outcome(
        &self,
        asked: &Asked<'_>,
        job: Option<&RemoteJob>,
        resource: Option<Resource>,
    ) -> Result<Outcome, CimError> {
        let path = job
            .map(|job| self.decoder(asked.context).path(&job.reference))
            .transpose()
            .map_err(|what| self.wire.nonsense(asked, what))?;
        Ok(Outcome {
            completed: job.is_none_or(|job| job.completed),
            job: path,
            resource,
        })
    }

    /// The job that works on a resource, of a service that does not tell.
    async fn job_about(&self, context: &OperationContext, path: &ObjectPath) -> Option<ObjectPath> {
        let mut query = Query::all(self.schema.class(JOB_CLASS)?);
        query.predicate = Some(Predicate::Compare(Comparison {
            path: vec![TARGET.to_owned()],
            op: CompareOp::Eq,
            value: Literal::String(path.instance_id()?.to_owned()),
        }));
        let page = PageRequest {
            after: None,
            skip: 0,
            max_items: 16,
            max_examined: 1000,
            count: false,
        };
        let found = self.page(context, &query, page).await.ok()?;
        let running = found.items.into_iter().find(|item| {
            let state = item.resource.instance.text(STATE).unwrap_or_default();
            !ENDED.contains(&state)
        })?;
        Some(running.resource.instance.path())
    }

    pub(crate) async fn modify_resource(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        may_write(context)?;
        let (mut class, mut path) = address::instance(&self.schema, path)?;
        if let Err(refused) = changes.iter().try_for_each(check_change) {
            // That it is not there goes before what is wrong with the change.
            self.get_resource(context, &path).await?;
            return Err(refused);
        }
        let lacks = |class: &ClassDescriptor| {
            changes
                .iter()
                .find(|change| class.property(change.property.name).is_none())
                .map(|change| change.property.name)
        };
        if changes.is_empty() || lacks(class).is_some() {
            // Nothing to write, or the class of the path is only a superclass.
            let now = self.get_resource(context, &path).await?;
            if let Some(given) = if_match
                && *given != now.etag
            {
                return Err(changed_meanwhile());
            }
            class = now.instance.class();
            path = now.instance.path();
            if let Some(name) = lacks(class) {
                return Err(CimError::new(
                    ErrorKind::NoSuchProperty,
                    format!("{} has no property {name}.", class.name),
                )
                .with_subject(name));
            }
            if changes.is_empty() {
                return Ok(Outcome {
                    job: None,
                    completed: true,
                    resource: Some(now),
                });
            }
        }
        // A secret is never shown, so a nil in Put leaves it: only a fragment Delete clears it.
        let (cleared, set): (Vec<Change>, Vec<Change>) = changes
            .into_iter()
            .partition(|change| !change.property.flags.read && change.value.is_null());
        self.pages.clear();
        let result = self
            .write_changes(context, class, &path, &set, &cleared, if_match)
            .await;
        self.pages.clear();
        result
    }

    async fn write_changes(
        &self,
        context: &OperationContext,
        class: &'static ClassDescriptor,
        path: &ObjectPath,
        set: &[Change],
        cleared: &[Change],
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        let target = address::target(path, &self.wire.namespace);
        let asked = Asked::write(context, Doing::Storing);
        let mut precondition = if_match;
        let mut outcome = Outcome {
            job: None,
            completed: true,
            resource: None,
        };
        if !set.is_empty() {
            let mut body = Instance::new(class);
            for (name, key) in &path.keys {
                if let Some((at, property)) = class.property(name) {
                    body.set_at(at, key.to_value(property.ty));
                }
            }
            for change in set {
                body.set(change.property.name, nil_if_empty(&change.value));
            }
            let writing = WriteContext::request(&self.wire.namespace);
            let written = self
                .conditionally(asked, path, precondition, |requests, id| {
                    requests.with_body(id, action::PUT, &target, |w| {
                        write_instance(w, &body, &writing);
                    })
                })
                .await?;
            let decoder = self.decoder(context);
            let resource = match written.now {
                Represented::Instance(now) => Some(decoder.as_resource(now, class, None)),
                Represented::Object(object) => {
                    object.map(|object| decoder.resource(&object, class))
                }
            };
            let resource = resource
                .transpose()
                .map_err(|what| self.wire.nonsense(&asked, what))?
                .map(|resource| self.is_the_one(&asked, path, resource))
                .transpose()?;
            outcome = self.outcome(&asked, written.job.as_ref(), resource)?;
            precondition = None;
        }
        for change in cleared {
            self.conditionally(asked, path, precondition, |requests, id| {
                requests.delete_fragment(id, &target, change.property.name)
            })
            .await?;
            precondition = None;
            outcome.resource = None;
        }
        Ok(outcome)
    }

    /// A write that is made only if the resource still has a version. Where the service knows our header, it
    /// sees to that itself; elsewhere the resource is read just before, so that somebody who writes in between
    /// is not noticed.
    async fn conditionally(
        &self,
        asked: Asked<'_>,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
        build: impl Fn(&wsman::client::Requests, &str) -> String,
    ) -> Result<Stored, CimError> {
        let expected: Expected = |fault: &RemoteFault| {
            fault::is_not_understood(fault) || fault::is_unreportable_success(fault)
        };
        let nothing = Stored {
            now: Represented::Object(None),
            job: None,
        };
        let decoder = self.decoder(asked.context);
        let reading = decoder.read_context();
        let read =
            |bytes: &[u8], media: Option<&str>, id: &str| read::stored(bytes, media, id, &reading);
        if let Some(Etag(version)) = if_match
            && !self.abilities.no_if_match.load(Ordering::Relaxed)
        {
            let answer = self
                .wire
                .try_call(
                    asked,
                    expected,
                    |requests, id| {
                        let mut requests = requests.clone();
                        requests.if_match = Some(version.clone());
                        build(&requests, id)
                    },
                    read,
                )
                .await?;
            match answer {
                Answer::Done(written) => return Ok(written),
                Answer::Expected(fault) if fault::is_unreportable_success(&fault) => {
                    return Ok(nothing);
                }
                Answer::Expected(_) => self.abilities.no_if_match.store(true, Ordering::Relaxed),
            }
        }
        if let Some(given) = if_match {
            let now = self.get_resource(asked.context, path).await?;
            if now.etag != *given {
                return Err(changed_meanwhile());
            }
        }
        match self.wire.try_call(asked, expected, build, read).await? {
            Answer::Done(written) => Ok(written),
            Answer::Expected(fault) if fault::is_unreportable_success(&fault) => Ok(nothing),
            Answer::Expected(fault) => {
                Err(CimError::new(ErrorKind::NotSupported, fault.to_string()))
            }
        }
    }

    pub(crate) async fn delete_resource(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        may_write(context)?;
        let (_, path) = address::instance(&self.schema, path)?;
        let target = address::target(&path, &self.wire.namespace);
        let asked = Asked::write(context, Doing::Addressing);
        self.pages.clear();
        let written = self
            .conditionally(asked, &path, if_match, |requests, id| {
                requests.delete(id, &target)
            })
            .await;
        self.pages.clear();
        self.outcome(&asked, written?.job.as_ref(), None)
    }

    pub(crate) async fn invoke_method(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: &Parameters,
    ) -> Result<Invoked, CimError> {
        may_write(context)?;
        let (class, path) = if method.is_static && path.keys.is_empty() {
            let class = address::class(&self.schema, &path.class)?;
            (class, ObjectPath::of_class(class.name))
        } else {
            address::instance(&self.schema, path)?
        };
        for (name, value) in parameters {
            let parameter = method
                .parameter(name)
                .filter(|parameter| parameter.input)
                .ok_or_else(|| {
                    CimError::new(
                        ErrorKind::InvalidParameter,
                        format!("{} takes no parameter {name}.", method.name),
                    )
                    .with_subject(name.as_str())
                })?;
            check_value(&parameter.value, value, parameter.value.name, 0)?;
        }
        let target = address::target(&path, &self.wire.namespace);
        let called = format!("{}/{}", target.resource_uri, method.name);
        let writing = WriteContext::request(&self.wire.namespace);
        let asked = Asked::write(context, Doing::Invoking);
        self.pages.clear();
        let output = self
            .wire
            .call(
                asked,
                |requests, id| {
                    requests.with_body(id, &called, &target, |w| {
                        write_input(w, class, method, parameters, &writing);
                    })
                },
                read::object,
            )
            .await;
        self.pages.clear();
        let (outputs, return_value) = match output? {
            None => (Vec::new(), Value::Null),
            Some(object) => {
                let reading = ReadContext {
                    schema: &self.schema,
                    namespace: &self.wire.namespace,
                    rest_base: None,
                };
                object.output(method, &reading).map_err(|error| {
                    self.wire.nonsense(
                        &asked,
                        format_args!("its answer to {} cannot be read: {error}", method.name),
                    )
                })?
            }
        };
        failed(method, &return_value)?;
        let job = outputs
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(JOB))
            .and_then(|(_, value)| value.as_reference())
            .cloned();
        let started = return_value.as_u64() == Some(JOB_STARTED);
        if started && job.is_none() {
            return Err(self
                .wire
                .nonsense(&asked, "it says that a job was started, and not which"));
        }
        Ok(Invoked {
            return_value,
            outputs,
            outcome: Outcome {
                job,
                completed: !started,
                resource: None,
            },
        })
    }
}

/// The error for a return value that means failure (the ValueMap of every CIMI method). Methods with values of
/// their own return them.
fn failed(method: &MethodDescriptor, value: &Value) -> Result<(), CimError> {
    let conventional = method
        .value_map
        .is_some_and(|map| map.values.contains(&"4096"));
    let (kind, what) = match value.as_u64() {
        Some(1) => (ErrorKind::NotSupported, "is not supported"),
        Some(2 | 4) => (ErrorKind::Failed, "failed"),
        Some(3) => (ErrorKind::TimedOut, "ran out of time"),
        Some(5) => (ErrorKind::InvalidParameter, "was given a wrong parameter"),
        Some(6) => (ErrorKind::InUse, "found the resource in use"),
        _ => return Ok(()),
    };
    if !conventional {
        return Ok(());
    }
    Err(CimError::new(
        kind,
        format!("{} {what}, says the cloud.", method.name),
    ))
}

/// Whether the service has no such class or instance.
fn is_missing(error: &CimError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::InvalidClass | ErrorKind::NotFound | ErrorKind::NotSupported
    )
}

/// Readers change nothing, whoever the service takes them for.
fn may_write(context: &OperationContext) -> Result<(), CimError> {
    if context.principal.role >= Role::Operator {
        return Ok(());
    }
    Err(CimError::new(
        ErrorKind::AccessDenied,
        format!("{} may only read.", context.principal.name),
    ))
}

fn changed_meanwhile() -> CimError {
    CimError::new(
        ErrorKind::PreconditionFailed,
        "The resource has been changed since it was read. Read it again.",
    )
}

/// On the wire an array without entries is nothing at all, which would leave the property.
fn nil_if_empty(value: &Value) -> Value {
    match value {
        Value::Array(items) if items.is_empty() => Value::Null,
        value => value.clone(),
    }
}

/// The class whose instances a create request makes.
fn creates(class: &ClassDescriptor) -> Option<&'static str> {
    class.qualifier("CIMI_Creates")?.value.as_str()
}

/// Refuses a change of what may not be changed: Put would leave it out without a word.
fn check_change(change: &Change) -> Result<(), CimError> {
    let Change { property, value } = change;
    if !property.flags.write {
        return Err(CimError::new(
            ErrorKind::ReadOnly,
            format!("{} cannot be changed.", property.name),
        )
        .with_subject(property.name));
    }
    check_value(property, value, property.name, 0)
}

/// Refuses a value that cannot be written as what the property is.
fn check_value(
    property: &PropertyDescriptor,
    value: &Value,
    path: &str,
    depth: usize,
) -> Result<(), CimError> {
    if !property.accepts(value) {
        let array = if property.is_array { "[]" } else { "" };
        return Err(CimError::new(
            ErrorKind::TypeMismatch,
            format!(
                "{path} is {}{array}; {} cannot stand there.",
                property.ty,
                value.kind()
            ),
        )
        .with_subject(path));
    }
    if depth >= MAX_DEPTH {
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            format!("{path}: instances are nested deeper than {MAX_DEPTH}."),
        )
        .with_subject(path));
    }
    for inner in value.elements().iter().filter_map(Value::as_instance) {
        for (property, value) in inner.present() {
            let path = format!("{path}.{}", property.name);
            check_value(property, value, &path, depth + 1)?;
        }
    }
    Ok(())
}
