//! The methods that a URI has: `Allow`, OPTIONS, and the refusal of all others (RFC 9110 9.1, 9.3.7,
//! 15.5.6 and 15.6.2).

use bytes::Bytes;
use cimi_rest::{ClassModel, Route};
use http::{Method, Response, StatusCode, header};

use super::exchange::{Exchange, Failure};
use super::packages;

/// Everywhere where something can only be read.
pub(super) const READ: &str = "GET, HEAD, OPTIONS";
/// A collection to which resources can be added.
pub(super) const ADD: &str = "GET, HEAD, POST, OPTIONS";
/// The URI of an action.
pub(super) const ACT: &str = "POST, OPTIONS";

/// The methods of a resource.
pub(super) fn of_resource(class: &ClassModel) -> &'static str {
    let actions = !class.operations.is_empty();
    match (class.crud.update, class.crud.delete, actions) {
        (true, true, true) => "GET, HEAD, PUT, DELETE, POST, OPTIONS",
        (true, true, false) => "GET, HEAD, PUT, DELETE, OPTIONS",
        (true, false, true) => "GET, HEAD, PUT, POST, OPTIONS",
        (true, false, false) => "GET, HEAD, PUT, OPTIONS",
        (false, true, true) => "GET, HEAD, DELETE, POST, OPTIONS",
        (false, true, false) => "GET, HEAD, DELETE, OPTIONS",
        (false, false, true) => "GET, HEAD, POST, OPTIONS",
        (false, false, false) => READ,
    }
}

/// The methods of a collection.
pub(super) const fn of_collection(item: &ClassModel) -> &'static str {
    if item.crud.create { ADD } else { READ }
}

/// OPTIONS: the methods of a URI where there is something.
pub(super) async fn options(
    x: &Exchange<'_>,
    route: &Route<'_>,
) -> Result<Response<Bytes>, Failure> {
    let there = |class: &ClassModel, id: &str| {
        let path = class.path(id);
        async move { x.provider().get(&x.context, &path).await }
    };
    let allow = match route {
        Route::Base => READ,
        Route::Resource { class, id } => {
            let present = there(class, id).await?;
            of_resource(x.model().class(present.instance.class()))
        }
        Route::Collection {
            collection, owner, ..
        } => {
            if let Some((class, id)) = owner {
                there(class, id).await?;
            }
            of_collection(x.model().class(collection.item))
        }
        Route::Action {
            class,
            id,
            operation,
        } => {
            there(class, id).await?;
            packages::methods_of(operation)
        }
        Route::CollectionAction { .. } => ACT,
    };
    let mut response = x.empty(StatusCode::NO_CONTENT);
    x.set(&mut response, header::ALLOW.as_str(), allow);
    Ok(response)
}

/// The refusal of a method: 405 where HTTP has it, 501 where it does not.
pub(super) fn refused(method: &Method, allow: &'static str) -> Failure {
    let known = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::OPTIONS,
        Method::PATCH,
        Method::TRACE,
        Method::CONNECT,
    ];
    let short: String = method.as_str().chars().take(40).collect();
    if known.contains(method) {
        Failure::method(
            format!("{short} is not possible at this URI; it has {allow}."),
            allow,
        )
    } else {
        Failure::new(
            501,
            format!("{short} is no method of CIMI. This URI has {allow}."),
        )
    }
}
