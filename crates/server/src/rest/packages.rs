//! OVF packages over REST: a system or template made of one, and the package that one is exported as
//! (DSP0263 4.3, 5.13).
//!
//! An import is an action of the collection, whose `source` says where the package is. A package may also be
//! the body itself. What was exported without a destination is offered at the URI of the action: a GET there
//! writes it from the resource as it is then, so that nothing has to be kept.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cim_core::{ObjectPath, Value};
use cimi_rest::{ClassModel, CollectionModel, OperationModel, Unknown, is_action, read_action};
use http::{HeaderValue, Response, StatusCode, header};
use provider::{Invoked, Parameters};

use super::exchange::{Exchange, Failure};
use super::{conditions, methods, write};

/// The parameter of an import that says where the package is.
const SOURCE: &str = "Source";
/// What an export gives back.
const PACKAGE: &str = "Package";

/// Media types of packages besides the one of DSP0263: what tools send for a descriptor, and for an archive.
const OTHER_MEDIA_TYPES: [&str; 6] = [
    "application/ovf+xml",
    "application/x-ovf",
    "application/ova",
    "application/x-ova",
    "application/x-virtualbox-ova",
    "application/x-tar",
];

/// Whether an action writes a package.
pub(super) fn is_export(operation: &OperationModel) -> bool {
    operation
        .method
        .parameter(PACKAGE)
        .is_some_and(|p| p.output)
}

/// Whether the body of the request is a package.
fn is_package(x: &Exchange<'_>) -> bool {
    x.header(header::CONTENT_TYPE.as_str())
        .and_then(|found| found.split(';').next())
        .map(str::trim)
        .is_some_and(|found| {
            let mut known = [ovf::MEDIA_TYPE].into_iter().chain(OTHER_MEDIA_TYPES);
            known.any(|known| known.eq_ignore_ascii_case(found))
        })
}

/// The action of a collection that a POST to the collection itself asks for: with a package as the body, or
/// with an Action.
pub(super) fn asked_for<'m>(
    x: &Exchange<'_>,
    collection: &CollectionModel,
    item: &'m ClassModel,
    body: &[u8],
) -> Option<&'m OperationModel> {
    let import = collection.actions(item).next()?;
    let asked = is_package(x)
        || x.body_format(body)
            .is_ok_and(|format| is_action(&x.reading(Unknown::Refuse), format, body));
    asked.then_some(import)
}

/// POST of an action of a collection; `at` is the one whose URI it was sent to.
pub(super) async fn act(
    x: &Exchange<'_>,
    collection: &CollectionModel,
    at: &OperationModel,
    body: &[u8],
) -> Result<Response<Bytes>, Failure> {
    let item = x.model().class(collection.item);
    conditions::for_addition(x)?;
    let (operation, parameters) = if is_package(x) {
        let source = format!("data:{};base64,{}", ovf::MEDIA_TYPE, STANDARD.encode(body));
        (at, vec![(SOURCE.to_owned(), Value::from(source))])
    } else {
        let format = x.body_format(body)?;
        let action = read_action(&x.reading(Unknown::Refuse), format, item, body)
            .map_err(|error| write::unknown_action(item, error))?;
        if action.operation.uri != at.uri {
            return Err(write::other_action(action.operation, at));
        }
        (action.operation, action.parameters)
    };
    let class = ObjectPath {
        namespace: None,
        class: item.class.name.into(),
        keys: Vec::new(),
    };
    let invoked = write::invoke(x, &class, operation, parameters).await?;
    let outcome = &invoked.outcome;
    let made = outcome.resource.as_ref();
    let id = made.and_then(|made| made.instance.path().instance_id().map(str::to_owned));
    Ok(write::made(x, outcome, id.as_deref()).await)
}

/// The answer to an export: where the package is.
pub(super) fn offer(
    x: &Exchange<'_>,
    id: &str,
    operation: &OperationModel,
    invoked: &Invoked,
    response: &mut Response<Bytes>,
) {
    if package(invoked).is_some() {
        let uri = x.links.uri(&format!("{id}/{}", operation.name));
        x.set(response, header::LOCATION.as_str(), &uri);
    }
}

fn package(invoked: &Invoked) -> Option<&str> {
    let mut outputs = invoked.outputs.iter();
    let (_, package) = outputs.find(|(name, _)| name == PACKAGE)?;
    package.as_str()
}

/// GET of the package that a resource is exported as.
pub(super) async fn read(
    x: &Exchange<'_>,
    class: &ClassModel,
    id: &str,
    operation: &OperationModel,
) -> Result<Response<Bytes>, Failure> {
    let path = class.path(id);
    let invoked = write::invoke(x, &path, operation, Parameters::new()).await?;
    let Some(package) = package(&invoked) else {
        return Err(methods::refused(&x.request.method, methods::ACT).of(operation.uri));
    };
    let mut response = x.empty(StatusCode::OK);
    *response.body_mut() = Bytes::copy_from_slice(package.as_bytes());
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(ovf::MEDIA_TYPE),
    );
    let name = id.rsplit('/').next().unwrap_or_default();
    let file: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        .collect();
    let disposition = format!("attachment; filename=\"{file}.ovf\"");
    x.set(
        &mut response,
        header::CONTENT_DISPOSITION.as_str(),
        &disposition,
    );
    x.set_content_tag(&mut response);
    x.unless_known(response)
}

/// The methods of the URI of an action of a resource.
pub(super) fn methods_of(operation: &OperationModel) -> &'static str {
    if is_export(operation) {
        methods::ADD
    } else {
        methods::ACT
    }
}
