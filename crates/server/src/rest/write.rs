//! POST, PUT and DELETE: create, update, delete and actions (DSP0263 4.2.1).

use bytes::Bytes;
use cim_core::{CimError, ErrorKind, Etag, Instance, ObjectPath, Value};
use cimi_rest::{
    Access, ActionError, ClassModel, DELETE, EDIT, Links, MakesModel, MemberKind, OperationModel,
    RestError, Route, Selection, Unknown, has_verbatim, is_action, new_extensions, read_action,
    route,
};
use http::{Response, StatusCode, header};
use provider::{Change, Container, IfMatch, Invoked, Outcome, Parameters};

use super::collection::Of;
use super::exchange::{Exchange, Failure};
use super::{conditions, methods, packages};

/// POST to a collection.
pub(super) async fn create(
    x: &Exchange<'_>,
    of: &Of<'_>,
    body: &[u8],
) -> Result<Response<Bytes>, Failure> {
    let item = x.model().class(of.collection.item);
    if let Some(import) = packages::asked_for(x, of.collection, item, body) {
        return packages::act(x, of.collection, import, body).await;
    }
    if !item.crud.create {
        return Err(methods::refused(&x.request.method, methods::READ).of(cimi_rest::ADD));
    }
    conditions::for_addition(x)?;
    let types = x.model().creatable(of.collection);
    let mut instance = x
        .read(&types, Unknown::Refuse, body)
        .or_else(|failure| as_create_request(x, &types, body).ok_or(failure))
        .map_err(|failure| failure.of(cimi_rest::ADD))?;
    name_source(x, &mut instance);
    let container = of.owner.map(|(class, id)| Container {
        owner: class.path(id),
        association: of.collection.association,
    });
    make(x, instance, container, cimi_rest::ADD).await
}

/// What an image is made of, by its identifier where the request has its URI: a cloud behind this service
/// knows nothing of the URIs here.
fn name_source(x: &Exchange<'_>, instance: &mut Instance) {
    let class = instance.class();
    let found = x.model().made_of(class).find_map(|(source, position)| {
        let uri = instance.at(position)?.as_str()?;
        let id = x.links.instance_id(uri);
        if !uri.contains("://") || Links::foreign(&id).is_some() {
            return None;
        }
        let Some(Route::Resource { class: named, id }) = route(x.model(), &id) else {
            return None;
        };
        let is_source = named.class.is_a(source.class.name);
        // An image of an image: only where the data is with another cloud.
        let is_like_it = named.class.is_a(class.name) && x.provider().is_remote(&named.path(&id));
        (is_source || is_like_it).then_some((position, id))
    });
    if let Some((position, id)) = found {
        instance.set_at(position, Value::from(id));
    }
}

/// A create request that calls itself by the type of what it makes, as deployed clients send it: a
/// `Machine` with a `machineTemplate`.
fn as_create_request(x: &Exchange<'_>, types: &[&ClassModel], body: &[u8]) -> Option<Instance> {
    let (_item, requests) = types.split_last()?;
    x.read(requests, Unknown::Refuse, body).ok()
}

/// Makes a resource, and answers with it.
async fn make(
    x: &Exchange<'_>,
    instance: Instance,
    container: Option<Container>,
    action: &str,
) -> Result<Response<Bytes>, Failure> {
    let created = x
        .provider()
        .create(&x.context, instance, container)
        .await
        .map_err(|error| Failure::from(error).of(action))?;
    Ok(made(x, &created.outcome, created.path.instance_id()).await)
}

/// The answer to a request that made, or makes, the resource with that InstanceID.
pub(super) async fn made(x: &Exchange<'_>, outcome: &Outcome, id: Option<&str>) -> Response<Bytes> {
    let status = if outcome.completed {
        StatusCode::CREATED
    } else {
        StatusCode::ACCEPTED
    };
    // Some clients find the new resource in the body, others in Location.
    let resource = outcome.resource.as_ref();
    let mut response = x
        .outcome(status, outcome, resource.map(|r| &r.instance))
        .await;
    if let Some(id) = id {
        x.set(&mut response, header::LOCATION.as_str(), &x.links.uri(id));
    }
    if let (Some(resource), true) = (resource, outcome.completed) {
        x.set_etag(&mut response, &resource.etag);
    }
    response
}

/// The resource has no such method.
fn refused(x: &Exchange<'_>, class: &ClassModel) -> Failure {
    methods::refused(&x.request.method, methods::of_resource(class))
}

/// PUT of a resource: all of it, or what `$select` names.
pub(super) async fn update(
    x: &Exchange<'_>,
    class: &ClassModel,
    id: &str,
    body: &[u8],
) -> Result<Response<Bytes>, Failure> {
    let path = class.path(id);
    if let Some((class, if_match, changes)) = unseen(x, class, id, body) {
        return store(x, &class.path(id), changes, if_match.as_ref()).await;
    }
    let present = x.provider().get(&x.context, &path).await?;
    let class = x.model().class(present.instance.class());
    if !class.crud.update {
        return Err(refused(x, class).of(EDIT));
    }
    let if_match = conditions::for_write(x, &present.etag)?;
    let given = x
        .read(&[class], Unknown::Keep, body)
        .or_else(|failure| sent_back(x, class, &present.instance, body).ok_or(failure))
        .map_err(|failure| failure.of(EDIT))?;
    if let Some(name) = new_extensions(x.model(), &given, &present.instance).first() {
        let message = class.shape.unknown(class.type_name, name);
        return Err(Failure::new(400, message).of(EDIT));
    }
    let changes = changes(x, class, &given)?;
    store(x, &path, changes, if_match).await
}

/// A body in which there may be what another service wrote for an attribute, and is more than its value can hold: who
/// sends back what was read has it as well, and nothing else of that kind.
fn sent_back(
    x: &Exchange<'_>,
    class: &ClassModel,
    present: &Instance,
    body: &[u8],
) -> Option<Instance> {
    if !has_verbatim(x.model(), present) {
        return None;
    }
    let given = x.read(&[class], Unknown::KeepUntyped, body).ok()?;
    new_extensions(x.model(), &given, present)
        .is_empty()
        .then_some(given)
}

/// What of an update is clear without a look at the resource, where that is in another service: its class, the
/// version, and the changes. Whatever is not, or is wrong, is left to who looks.
fn unseen<'x>(
    x: &'x Exchange<'_>,
    class: &'x ClassModel,
    id: &str,
    body: &[u8],
) -> Option<(&'x ClassModel, Option<Etag>, Vec<Change>)> {
    let class = class_unseen(x, class, id).filter(|class| class.crud.update)?;
    let if_match = conditions::alone(x)?;
    let given = x.read(&[class], Unknown::Keep, body).ok()?;
    let extensions = class.shape.extensions.and_then(|at| given.at(at));
    // Those that the resource does not have are refused.
    if extensions.is_some_and(|value| !value.elements().is_empty()) {
        let known = x.provider().read_lately(&x.context, &class.path(id))?;
        if !new_extensions(x.model(), &given, &known.instance).is_empty() {
            return None;
        }
    }
    Some((class, if_match, changes(x, class, &given).ok()?))
}

/// The class of a resource of another service, if there can be no doubt: the URI names it and it has none below it,
/// or the resource was read a moment ago.
fn class_unseen<'x>(
    x: &'x Exchange<'_>,
    class: &'x ClassModel,
    id: &str,
) -> Option<&'x ClassModel> {
    let provider = x.provider();
    if !provider.is_remote(&class.path(id)) {
        return None;
    }
    if !class.class.flags.is_abstract && x.model().schema().closure(class.class.name).len() == 1 {
        return Some(class);
    }
    let known = provider.read_lately(&x.context, &class.path(id))?;
    Some(x.model().class(known.instance.class()))
}

fn changes(x: &Exchange<'_>, class: &ClassModel, given: &Instance) -> Result<Vec<Change>, Failure> {
    match &x.parameters.select {
        Selection::All => Ok(whole(class, given)),
        select => part(class, given, select),
    }
}

/// Makes the changes, and answers with the resource as it is then.
async fn store(
    x: &Exchange<'_>,
    path: &ObjectPath,
    changes: Vec<Change>,
    if_match: IfMatch<'_>,
) -> Result<Response<Bytes>, Failure> {
    let outcome = x
        .provider()
        .modify(&x.context, path, changes, if_match)
        .await
        .map_err(|error| Failure::from(error).of(EDIT))?;
    let resource = outcome.resource.as_ref();
    let mut response = x
        .outcome(status(&outcome), &outcome, resource.map(|r| &r.instance))
        .await;
    if let (Some(resource), true) = (resource, outcome.completed) {
        x.set_etag(&mut response, &resource.etag);
    }
    Ok(response)
}

/// All of a resource: what is left out is removed, but for secrets, which no client can send back. Writes
/// to read-only attributes are ignored.
fn whole(class: &ClassModel, given: &Instance) -> Vec<Change> {
    let mut changes: Vec<Change> = class
        .shape
        .members
        .iter()
        .filter_map(|member| {
            let property = member.property?;
            let value = given.at(member.position).cloned().unwrap_or(Value::Null);
            match member.access {
                Access::ReadWrite => {}
                Access::WriteOnly if !value.is_null() => {}
                _ => return None,
            }
            Some(Change { property, value })
        })
        .collect();
    changes.extend(extensions(class, given));
    changes
}

fn extensions(class: &ClassModel, given: &Instance) -> Option<Change> {
    let position = class.shape.extensions?;
    Some(Change {
        property: class.class.properties.get(position)?,
        value: given.at(position).cloned().unwrap_or(Value::Null),
    })
}

/// Some attributes: a selected one that is left out is removed, one that is not selected is an error.
fn part(class: &ClassModel, given: &Instance, select: &Selection) -> Result<Vec<Change>, Failure> {
    let extensions = class.shape.extensions.and_then(|at| given.at(at));
    if extensions.is_some_and(|value| !value.elements().is_empty()) {
        return Err(Failure::new(
            400,
            "$select names attributes of the model; attributes beyond it are updated with the whole \
             resource.",
        )
        .of(EDIT));
    }
    if let Selection::Only(names) = select
        && let Some(path) = names.iter().find(|name| name.contains('/'))
    {
        let short: String = path.chars().take(60).collect();
        return Err(Failure::new(
            400,
            format!(
                "$select: `{short}` is a part of an attribute; an update selects whole attributes."
            ),
        )
        .of(EDIT));
    }
    let mut changes = Vec::new();
    for member in &class.shape.members {
        let (Some(property), selected) = (member.property, select.has(member.name)) else {
            continue;
        };
        let value = given.at(member.position);
        if value.is_some() && !selected && !matches!(member.kind, MemberKind::Identity) {
            return Err(Failure::new(
                400,
                format!(
                    "attribute {}: it is in the body and not in $select; select it or leave it out.",
                    member.name
                ),
            )
            .of(EDIT));
        }
        if selected && matches!(member.access, Access::ReadWrite | Access::WriteOnly) {
            changes.push(Change {
                property,
                value: value.cloned().unwrap_or(Value::Null),
            });
        }
    }
    Ok(changes)
}

/// DELETE of a resource; of a membership it ends the association only.
pub(super) async fn delete(
    x: &Exchange<'_>,
    class: &ClassModel,
    id: &str,
) -> Result<Response<Bytes>, Failure> {
    let path = class.path(id);
    // A route that does not know the class leaves the question to the provider.
    if !class.crud.delete && !class.class.flags.is_abstract {
        return Err(refused(x, class).of(DELETE));
    }
    let if_match = match conditions::alone(x) {
        Some(version) if version.is_none() || x.provider().is_remote(&path) => version,
        _ => {
            let present = x.provider().get(&x.context, &path).await?;
            conditions::for_write(x, &present.etag)?.cloned()
        }
    };
    let outcome = x
        .provider()
        .delete(&x.context, &path, if_match.as_ref())
        .await
        .map_err(|error| Failure::from(error).of(DELETE))?;
    Ok(x.outcome(status(&outcome), &outcome, None).await)
}

/// POST of an action, to the resource or to the action's own URI. What the body names is done: deployed
/// clients look for `start` among the operations and take the URI of `restart`.
pub(super) async fn act(
    x: &Exchange<'_>,
    class: &ClassModel,
    id: &str,
    at: Option<&OperationModel>,
    body: &[u8],
) -> Result<Response<Bytes>, Failure> {
    let path = class.path(id);
    let unseen = class_unseen(x, class, id)
        .filter(|class| !conditions::has_any(x) && !class.operations.is_empty());
    let class = match unseen {
        Some(class) => class,
        None => {
            let present = x.provider().get(&x.context, &path).await?;
            conditions::for_write(x, &present.etag)?;
            x.model().class(present.instance.class())
        }
    };
    if class.operations.is_empty() {
        return Err(refused(x, class));
    }
    let format = x.body_format(body)?;
    if let Some(at) = at
        && let Some(makes) = &at.makes
        && !is_action(&x.reading(Unknown::Refuse), format, body)
    {
        return capture(x, id, at, makes, body).await;
    }
    let action = read_action(&x.reading(Unknown::Refuse), format, class, body)
        .map_err(|error| unknown_action(class, error))?;
    let operation = action.operation;
    if operation.is_static() {
        return Err(Failure::new(
            400,
            format!(
                "{} is an action of the collection, and not of one {}.",
                operation.uri, class.type_name
            ),
        )
        .of(operation.uri));
    }
    let invoked = invoke(x, &path, operation, action.parameters).await?;
    let outcome = &invoked.outcome;
    let mut response = x.outcome(status(outcome), outcome, None).await;
    packages::offer(x, id, operation, &invoked, &mut response);
    Ok(response)
}

/// The body of an action asks for another one than the URI.
pub(super) fn other_action(asked: &OperationModel, at: &OperationModel) -> Failure {
    Failure::new(
        400,
        format!(
            "The body asks for {}, and this is the URI of {}.",
            asked.uri, at.uri
        ),
    )
    .of(asked.uri)
}

/// Has an action done.
pub(super) async fn invoke(
    x: &Exchange<'_>,
    path: &ObjectPath,
    operation: &OperationModel,
    parameters: Parameters,
) -> Result<Invoked, Failure> {
    let invoked = x
        .provider()
        .invoke(&x.context, path, operation.method, parameters)
        .await
        .map_err(|error| not_implemented(error).of(operation.uri))?;
    check_return(&invoked).map_err(|failure| failure.of(operation.uri))?;
    Ok(invoked)
}

/// An action that is asked for with what it makes as the body: capture and snapshot of a machine
/// (DSP0263 5.14.7.1). An Action is right as well.
async fn capture(
    x: &Exchange<'_>,
    id: &str,
    at: &OperationModel,
    makes: &MakesModel,
    body: &[u8],
) -> Result<Response<Bytes>, Failure> {
    let class = x.model().class(makes.class);
    let mut instance = x
        .read(&[class], Unknown::Refuse, body)
        .map_err(|failure| failure.of(at.uri))?;
    if let Some(source) = instance.at(makes.source).and_then(Value::as_str)
        && x.links.instance_id(source) != id
    {
        let member = class.shape.members.iter();
        let mut names = member.filter(|m| m.position == makes.source && m.property.is_some());
        return Err(Failure::new(
            400,
            format!(
                "attribute {}: at this URI it is {}, or left out.",
                names.next().map_or("", |member| member.name),
                x.links.uri(id)
            ),
        )
        .of(at.uri));
    }
    instance.set_at(makes.source, Value::from(id));
    let (position, usual) = makes.usual;
    if instance.at(position).is_none() {
        instance.set_at(position, Value::from(usual));
    }
    make(x, instance, None, at.uri).await
}

pub(super) fn unknown_action(class: &ClassModel, error: ActionError) -> Failure {
    match error {
        ActionError::Unknown(name) => {
            let known: Vec<_> = class.operations.iter().map(|o| o.uri).collect();
            let short: String = name.chars().take(120).collect();
            Failure::new(
                400,
                format!(
                    "`{short}` is no action of a {}; it has {}.",
                    class.type_name,
                    known.join(", ")
                ),
            )
            .of(&short)
        }
        ActionError::Document(error) => error.into(),
    }
}

/// The status of an action that the back end does not have is 501: the URI has the method all the same.
fn not_implemented(error: CimError) -> Failure {
    if error.kind() == ErrorKind::NotSupported {
        Failure::new(501, error.message())
    } else {
        error.into()
    }
}

/// A return value other than success of a back end that has no faults (CIM convention of
/// `spec/cimi-cim`, section 5).
fn check_return(invoked: &Invoked) -> Result<(), Failure> {
    let status = match invoked.return_value.as_u64() {
        None | Some(0 | 4096) => return Ok(()),
        Some(1) => 501,
        Some(3) => 504,
        Some(5) => 400,
        Some(6) => 409,
        Some(_) => 500,
    };
    Err(RestError::new(status, "The operation failed.").into())
}

const fn status(outcome: &Outcome) -> StatusCode {
    if outcome.completed {
        StatusCode::OK
    } else {
        StatusCode::ACCEPTED
    }
}
