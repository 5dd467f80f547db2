//! Modify, delete and invoke.

use cim_core::{CimError, ErrorKind, Etag, MethodDescriptor, ObjectPath, Value};

use super::addresses;
use super::core::{Core, check_role, etag};
use super::create::{Making, check_references};
use super::image;
use super::jobs::Plan;
use super::lifecycle::{self, DELETING, Transition};
use super::meters;
use super::model::{self, Access, Crud, access, names};
use super::own_keys;
use super::packages;
use super::rules::{self, wrong_state};
use super::systems;
use super::unit::{Retries, Unit};
use super::validate::{check_value, missing};
use super::work::Effect;
use crate::{Change, IfMatch, Invoked, OperationContext, Outcome, Parameters, Role};

/// The return value that says that all is done.
const COMPLETED: u64 = 0;

/// The return value that says that a job was started; the ValueMap of every method in the MOF has it.
const JOB_STARTED: u64 = 4096;

fn check_etag(unit: &Unit<'_>, id: &str, if_match: IfMatch<'_>) -> Result<(), CimError> {
    let Some(wanted) = if_match else {
        return Ok(());
    };
    let stored: Option<Etag> = unit.version(id).map(etag);
    if stored.as_ref() == Some(wanted) {
        return Ok(());
    }
    Err(CimError::new(
        ErrorKind::PreconditionFailed,
        format!("{id} has been changed since it was read. Read it again."),
    ))
}

impl Core {
    /// Changes properties of a resource.
    pub(crate) async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: &[Change],
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        check_role(context, Role::Operator)?;
        let (class, id) = self.target(path)?;
        let id = &*id;
        let mut retries = Retries::default();
        loop {
            let mut unit = Unit::for_caller(self, context);
            let row = unit.load_to_write(context, class.name, id).await?;
            let (real, tenant) = (row.instance.class(), row.tenant.clone());
            check_role(context, self.role_for(real.name))?;
            if !model::allows(real, Crud::Update) {
                return Err(CimError::new(
                    ErrorKind::NotSupported,
                    format!("A {} cannot be changed.", real.name),
                ));
            }
            if row.instance.text(names::STATE) == Some(DELETING) {
                return Err(CimError::new(
                    ErrorKind::WrongState,
                    format!("{id} is being deleted and cannot be changed."),
                ));
            }
            check_etag(&unit, id, if_match)?;
            let mut changed = cim_core::Instance::new(real);
            for change in changes {
                let name = change.property.name;
                let (at, property) = real.property(name).ok_or_else(|| {
                    CimError::new(
                        ErrorKind::NoSuchProperty,
                        format!("{} has no property {name}.", real.name),
                    )
                    .with_subject(name)
                })?;
                if access(property) != Access::Write {
                    return Err(CimError::new(
                        ErrorKind::ReadOnly,
                        format!("{} of {id} cannot be changed.", property.name),
                    )
                    .with_subject(property.name));
                }
                if property.flags.required && change.value.is_null() {
                    return Err(missing(real.name, property.name));
                }
                check_value(property, &change.value)?;
                if let Some(row) = unit.row(id) {
                    rules::check_change(row, property, &change.value)?;
                }
                changed.set_at(at, change.value.clone());
            }
            check_references(&mut unit, context, &changed).await?;
            systems::check_template(&unit, &changed)?;
            addresses::check_change(&mut unit, id, &changed).await?;
            let time = unit.time();
            if let Some(row) = unit.row_mut(id) {
                for (property, value) in changed.present() {
                    row.instance.set(property.name, value.clone());
                }
                if !own_keys::has(real) {
                    row.instance.set(names::UPDATED, time);
                }
            }
            // Jobs are about resources.
            let job = (!own_keys::has(real)).then(|| {
                unit.start_job(Plan {
                    action: "edit".to_owned(),
                    target: id.to_owned(),
                    tenant,
                    ..Plan::default()
                })
            });
            if let Some(committed) = retries.commit(&mut unit).await? {
                return Ok(Outcome {
                    job: job.map(|job| self.job_path(&job)),
                    completed: true,
                    resource: unit
                        .seen(context, id, committed)
                        .map(|seen| self.present(seen)),
                });
            }
        }
    }

    /// Deletes a resource.
    pub(crate) async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        check_role(context, Role::Operator)?;
        let (class, id) = self.target(path)?;
        let id = &*id;
        let mut retries = Retries::default();
        loop {
            let mut unit = Unit::for_caller(self, context);
            let row = unit.load_to_write(context, class.name, id).await?;
            let (real, tenant) = (row.instance.class(), row.tenant.clone());
            let state = row.instance.text(names::STATE).map(str::to_owned);
            if !model::allows(real, Crud::Delete) {
                return Err(CimError::new(
                    ErrorKind::NotSupported,
                    format!("A {} cannot be deleted.", real.name),
                ));
            }
            check_etag(&unit, id, if_match)?;
            if state.as_deref() == Some(DELETING) {
                return Err(CimError::new(
                    ErrorKind::WrongState,
                    format!("{id} is being deleted already."),
                ));
            }
            rules::check_may_go(&mut unit, id).await?;
            let is_job = real.is_a(self.model.job.name);
            // DSP0263 5.17.1: deleting a running job stops it first, and fails if it cannot be stopped.
            if is_job && !unit.stop_job_now(id).await? {
                return Err(CimError::new(
                    ErrorKind::WrongState,
                    format!("{id} cannot be stopped; it can be deleted when it has ended."),
                ));
            }
            let mut plan = Plan {
                action: "delete".to_owned(),
                target: id.to_owned(),
                tenant,
                ..Plan::default()
            };
            let by_job = lifecycle::is_deleted_by_job(real);
            if by_job {
                unit.supersede(id, None).await?;
                if let Some(row) = unit.row_mut(id) {
                    row.instance.set(names::STATE, DELETING);
                }
                let going = systems::let_components_go(&mut unit, id).await?;
                let remove = vec![Effect::Remove { id: id.to_owned() }];
                plan.steps.push(unit.step(DELETING, remove));
                plan.works_on.push(id.to_owned());
                plan.works_on.extend(going);
            } else {
                unit.remove_tree(id, None).await?;
            }
            // A job about the deletion of a job would never let them become fewer.
            let job = (!is_job && !own_keys::has(real)).then(|| unit.start_job(plan));
            if !by_job && let Some(job) = &job {
                unit.forget_affected(job, id);
            }
            if let Some(committed) = retries.commit(&mut unit).await? {
                return Ok(Outcome {
                    job: job.map(|job| self.job_path(&job)),
                    completed: !by_job,
                    resource: unit
                        .seen(context, id, committed)
                        .map(|seen| self.present(seen)),
                });
            }
        }
    }

    /// Invokes a method of a resource.
    pub(crate) async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: &Parameters,
    ) -> Result<Invoked, CimError> {
        check_role(context, Role::Operator)?;
        check_parameters(method, parameters)?;
        if path.keys.is_empty() {
            return self
                .invoke_static(context, self.class(&path.class)?, method, parameters)
                .await;
        }
        let (class, id) = self.target(path)?;
        let id = &*id;
        let mut retries = Retries::default();
        loop {
            let mut unit = Unit::for_caller(self, context);
            let row = unit.load_to_write(context, class.name, id).await?;
            let (real, tenant) = (row.instance.class(), row.tenant.clone());
            let state = row
                .instance
                .text(names::STATE)
                .unwrap_or_default()
                .to_owned();
            let method = real.method(method.name).ok_or_else(|| {
                CimError::new(
                    ErrorKind::MethodNotFound,
                    format!("{} has no method {}.", real.name, method.name),
                )
            })?;
            if !lifecycle::implements(real, method) {
                return Err(CimError::new(
                    ErrorKind::NotSupported,
                    format!("This cloud has no {} for a {}.", method.name, real.name),
                ));
            }
            if let Some(states) = model::from_states(method)
                && !states.contains(&state.as_str())
            {
                return Err(wrong_state(
                    &format!("{} of {id}", method.name),
                    &state,
                    states,
                ));
            }
            let mut outputs = Vec::new();
            let job = if packages::exports(real, method) {
                check_export(parameters)?;
                let mut making = Making::new(context, &mut unit, tenant.clone());
                let package = packages::export(&mut making, id).await?;
                outputs.push((PACKAGE.to_owned(), Value::from(package)));
                unit.start_job(Plan {
                    action: model::action_uri(method).unwrap_or(method.name).to_owned(),
                    target: id.to_owned(),
                    tenant,
                    ..Plan::default()
                })
            } else if lifecycle::stops_job(real, method) {
                if !unit.stop_job(id).await? {
                    return Err(CimError::new(
                        ErrorKind::WrongState,
                        format!("{id} cannot be stopped: what it does cannot be undone."),
                    ));
                }
                id.to_owned()
            } else if let Some(kind) = lifecycle::captures(real, method) {
                let made = Making::new(context, &mut unit, tenant.clone())
                    .image_of(id, kind)
                    .await?;
                let action = model::action_uri(method).unwrap_or(method.name);
                unit.start_job(made.plan(action, id, tenant))
            } else if let Some(switch) = meters::switches(real, method) {
                meters::switch(&mut unit, id, switch);
                unit.start_job(Plan {
                    action: model::action_uri(method).unwrap_or(method.name).to_owned(),
                    target: id.to_owned(),
                    tenant,
                    ..Plan::default()
                })
            } else if systems::is_for_machines(real, method) {
                let force = parameter(parameters, "Force").and_then(Value::as_bool) == Some(true);
                let plan =
                    systems::plan_for_machines(&mut unit, context, id, method, force).await?;
                unit.start_job(plan)
            } else {
                let image = match method.name {
                    lifecycle::RESTORE => {
                        Some(snapshot_given(&mut unit, context, parameters).await?)
                    }
                    _ => None,
                };
                let transition = lifecycle::transition(real, method, &state)
                    .ok_or_else(|| wrong_state(method.name, &state, lifecycle::AT_REST))?;
                let force = parameter(parameters, "Force").and_then(Value::as_bool) == Some(true);
                let plan = transition_plan(&mut unit, id, method, transition, force, image).await?;
                unit.start_job(plan)
            };
            if let Some(committed) = retries.commit(&mut unit).await? {
                // There was nothing to wait for.
                let completed = unit
                    .row(&job)
                    .and_then(|row| row.instance.text(names::STATE))
                    == Some(lifecycle::job_state::SUCCESS);
                let job = self.job_path(&job);
                return Ok(Invoked {
                    return_value: Value::from(if completed { COMPLETED } else { JOB_STARTED }),
                    outputs: {
                        let of_job = method.parameter("Job").map(|parameter| {
                            (parameter.value.name.to_owned(), Value::from(job.clone()))
                        });
                        outputs.extend(of_job);
                        outputs
                    },
                    outcome: Outcome {
                        job: Some(job),
                        completed,
                        resource: unit
                            .seen(context, id, committed)
                            .map(|seen| self.present(seen)),
                    },
                });
            }
        }
    }
}

/// Lets a resource begin a transition; returns the job that carries it on.
pub(crate) async fn transition_plan(
    unit: &mut Unit<'_>,
    id: &str,
    method: &MethodDescriptor,
    transition: &Transition,
    force: bool,
    image: Option<String>,
) -> Result<Plan, CimError> {
    // Stop may come in the middle of another operation: that one ends first.
    unit.supersede(id, None).await?;
    let rest = unit
        .row(id)
        .and_then(|row| row.instance.text(names::STATE))
        .unwrap_or_default()
        .to_owned();
    let mut steps = Vec::new();
    let end = match &image {
        Some(image) => image::state_in(unit, image).await?,
        None => transition.to,
    };
    for (at, via) in transition.via.iter().enumerate() {
        let then = transition.via.get(at + 1).unwrap_or(&end);
        let mut step = unit.step(via, vec![Effect::state(id, then)]);
        // Force cuts the power: nothing is waited for.
        if force && *via == lifecycle::STOPPING {
            step.wait = std::time::Duration::ZERO;
        }
        steps.push(step);
    }
    if let (Some(image), Some(last)) = (image, steps.last_mut()) {
        last.effects.push(image::restored(id, &image));
    }
    if let (Some(row), Some(first)) = (unit.row_mut(id), transition.via.first()) {
        row.instance.set(names::STATE, *first);
    }
    Ok(Plan {
        action: model::action_uri(method).unwrap_or(method.name).to_owned(),
        target: id.to_owned(),
        tenant: unit.row(id).and_then(|row| row.tenant.clone()),
        steps,
        undo: Some(vec![Effect::state(id, &rest)]),
        works_on: vec![id.to_owned()],
        ..Plan::default()
    })
}

/// The output parameter with an exported package.
const PACKAGE: &str = "Package";

/// Refuses an export that this provider cannot do.
fn check_export(parameters: &Parameters) -> Result<(), CimError> {
    let text = |name| parameter(parameters, name).and_then(Value::as_str);
    if let Some(format) = text("Format").filter(|format| *format != ovf::MEDIA_TYPE) {
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            format!("Format: `{format}` is not offered; {} is.", ovf::MEDIA_TYPE),
        )
        .with_subject("Format"));
    }
    if text("Destination").is_some() {
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            "Destination: this cloud sends packages nowhere; leave it out, and take the package from the answer.",
        )
        .with_subject("Destination"));
    }
    Ok(())
}

impl Core {
    /// Invokes a method of a class: makes something of a package.
    async fn invoke_static(
        &self,
        context: &OperationContext,
        class: &'static cim_core::ClassDescriptor,
        method: &'static MethodDescriptor,
        parameters: &Parameters,
    ) -> Result<Invoked, CimError> {
        if !method.is_static || !packages::imports(class, method) {
            return Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!(
                    "{} is a method of one {}: name it by its {}.",
                    method.name,
                    class.name,
                    names::ID
                ),
            ));
        }
        const SOURCE: &str = "Source";
        let source = parameter(parameters, SOURCE)
            .and_then(Value::as_str)
            .ok_or_else(|| missing(method.name, SOURCE))?;
        let fetched = packages::fetch(source)?;
        let package = packages::read(&fetched.bytes)?;
        let mut retries = Retries::default();
        loop {
            let mut unit = Unit::for_caller(self, context);
            let tenant: Option<std::sync::Arc<str>> = context
                .principal
                .tenant
                .as_deref()
                .map(std::sync::Arc::from);
            let mut making = Making::new(context, &mut unit, tenant.clone());
            let (made, collection) =
                packages::import(&mut making, class, &package, fetched.origin.as_deref()).await?;
            let (id, completed) = (made.id.clone(), made.steps.is_empty());
            let action = model::action_uri(method).unwrap_or(method.name);
            let job = unit.start_job(made.plan(action, &collection, tenant));
            if let Some(committed) = retries.commit(&mut unit).await? {
                let job = self.job_path(&job);
                return Ok(Invoked {
                    return_value: Value::from(if completed { COMPLETED } else { JOB_STARTED }),
                    outputs: vec![("Job".to_owned(), Value::from(job.clone()))],
                    outcome: Outcome {
                        job: Some(job),
                        completed,
                        resource: unit
                            .seen(context, &id, committed)
                            .map(|seen| self.present(seen)),
                    },
                });
            }
        }
    }
}

fn parameter<'p>(parameters: &'p Parameters, name: &str) -> Option<&'p Value> {
    parameters
        .iter()
        .find(|(given, _)| given.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// The snapshot to which a machine is to be set back.
async fn snapshot_given(
    unit: &mut Unit<'_>,
    context: &OperationContext,
    parameters: &Parameters,
) -> Result<String, CimError> {
    const IMAGE: &str = "Image";
    let given = parameter(parameters, IMAGE).and_then(Value::as_reference);
    let id = given
        .and_then(ObjectPath::instance_id)
        .ok_or_else(|| missing(lifecycle::RESTORE, IMAGE))?;
    if !image::is_snapshot(unit, context, id).await? {
        return Err(CimError::new(
            ErrorKind::InvalidParameter,
            format!("{IMAGE}: there is no snapshot {id} that is available."),
        )
        .with_subject(IMAGE));
    }
    Ok(id.to_owned())
}

/// Refuses parameters that the method does not take.
fn check_parameters(method: &MethodDescriptor, parameters: &Parameters) -> Result<(), CimError> {
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
        check_value(&parameter.value, value)?;
    }
    Ok(())
}
