//! Actions: where they are sent, which is the cloud's to say, and in which words.

use cim_core::{CimError, ErrorKind, Instance, MethodDescriptor, ObjectPath, Value};
use cimi_rest::client::{Action, ActionValue};
use cimi_rest::{Member, MemberKind, OperationModel};
use http::Method;
use provider::associations::from_states;
use provider::{Invoked, OperationContext, Outcome, Parameters};

use crate::capability::Target;
use crate::cloud::{Cloud, Found, Sending};
use crate::packages;
use crate::site::Site;

/// What a method returns that a job goes on with (CIM convention).
const JOB_STARTED: u64 = 4096;

impl Cloud {
    pub(crate) async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        self.may_write(context)?;
        let class = self.class(&path.class)?;
        if method.is_static && path.keys.is_empty() {
            return self
                .invoke_on_class(context, class, method, parameters)
                .await;
        }
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
                if let Some(makes) = &operation.makes
                    && !at.starts_with(id)
                {
                    // The new image itself is sent to the images (DSP0263 5.14.7.1).
                    let (position, usual) = makes.usual;
                    let mut made = Instance::new(makes.class);
                    made.set_at(makes.source, Value::from(id));
                    made.set_at(position, Value::from(usual));
                    let created = self.create(context, made, None).await?;
                    self.memory.forget(&context.principal.name, id);
                    return Ok(invoked(method, created.outcome));
                }
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
                if_none_match: None,
                accept: None,
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
        self.memory.forget(&context.principal.name, id);
        let mut outcome = self.outcome(context, site, class, &answer)?;
        let action = operation.map_or(method.name, |operation| operation.name);
        self.follow_on(&mut outcome, &answer, action, shape.class, id);
        let mut invoked = invoked(method, outcome);
        let elsewhere = packages::has_destination(&parameters);
        let package = self.package(context, site, method, elsewhere, &answer);
        invoked.outputs.extend(package.await?);
        Ok(invoked)
    }

    /// The body of an action. The words are those of the client of CIMI REST.
    pub(crate) fn action_body(
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
}

/// What a method gives back.
pub(crate) fn invoked(method: &MethodDescriptor, outcome: Outcome) -> Invoked {
    let job = outcome.job.clone();
    let outputs = match (method.parameter("Job"), &job) {
        (Some(parameter), Some(job)) => {
            vec![(parameter.value.name.to_owned(), Value::from(job.clone()))]
        }
        _ => Vec::new(),
    };
    Invoked {
        return_value: Value::from(if job.is_some() { JOB_STARTED } else { 0 }),
        outputs,
        outcome,
    }
}

/// Whether a `rel` means an operation, whatever the cloud has before the last segment.
pub(crate) fn is_operation(rel: &str, operation: &OperationModel) -> bool {
    let last = rel.rsplit('/').next().unwrap_or_default();
    last.eq_ignore_ascii_case(operation.name)
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
        .find(|offered| is_operation(&offered.rel, operation))
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
