//! CIMI REST in front of a provider: what `cimi_rest` reads becomes calls of [`Provider`], and what those
//! answer becomes documents.

mod collection;
mod conditions;
mod exchange;
mod follow;
mod methods;
mod packages;
mod pieces;
mod read;
mod write;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use bytes::Bytes;
use cim_query::Seal;
use cimi_rest::{ModelError, RestModel, Route, route};
use http::{Method, Request, Response, StatusCode, request};
use provider::{Principal, Provider};

use self::exchange::{Exchange, Failure};
use crate::{Binding, Operation, Refusal, Subscriptions};

/// What can be set for the binding.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The path below which everything is, with both slashes.
    pub path: String,
    /// Items of one answer; a longer collection goes on behind its `Link: rel="next"`.
    pub page_items: usize,
    /// Resources of one answer that are written in the place of links to them (`$expand`); the others
    /// stay links.
    pub expansions: usize,
    /// Bytes of a request's path and query (414).
    pub uri_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            path: "/cimi/".to_owned(),
            page_items: 1000,
            expansions: 2000,
            uri_bytes: 16 * 1024,
        }
    }
}

/// CIMI REST in front of a provider.
#[derive(Clone)]
pub struct RestBinding {
    provider: Arc<dyn Provider>,
    seal: Arc<dyn Seal>,
    model: Arc<RestModel>,
    settings: Settings,
    /// Who listens to events, and the name of the stream of this provider.
    subscriptions: Option<(Arc<Subscriptions>, String)>,
}

impl RestBinding {
    /// The binding in front of `provider`; `seal` protects the positions in its paging links.
    ///
    /// # Errors
    /// When the provider's schema cannot be served over CIMI REST.
    pub fn new(
        provider: Arc<dyn Provider>,
        seal: Arc<dyn Seal>,
        settings: Settings,
    ) -> Result<Self, ModelError> {
        Ok(Self {
            model: Arc::new(RestModel::new(Arc::clone(provider.schema()))?),
            provider,
            seal,
            settings,
            subscriptions: None,
        })
    }

    /// The same with event logs that can be followed; `stream` names the events of this provider.
    #[must_use]
    pub fn with_subscriptions(mut self, subscriptions: Arc<Subscriptions>, stream: &str) -> Self {
        self.subscriptions = Some((subscriptions, stream.to_owned()));
        self
    }

    /// What can be said of a request before its path is looked at.
    fn read_head(&self, x: &mut Exchange<'_>, request: &request::Parts) -> Result<(), Failure> {
        if follow::is_wanted(request) {
            x.follow();
        }
        let negotiated = x.negotiate();
        let most = self.settings.uri_bytes;
        let target = request.uri.path_and_query();
        if target.is_some_and(|target| target.as_str().len() > most) {
            return Err(Failure::new(
                414,
                format!("Path and query of the URI are longer than {most} bytes."),
            ));
        }
        negotiated
    }

    async fn dispatch(
        &self,
        x: &Exchange<'_>,
        request: &request::Parts,
        body: &[u8],
    ) -> Result<Response<Bytes>, Failure> {
        let path = request.uri.path();
        let below = path
            .strip_prefix(self.settings.path.as_str())
            .or_else(|| (path == self.settings.path.trim_end_matches('/')).then_some(""));
        let found = below.and_then(|path| route(&self.model, path));
        let Some(route) = found else {
            return Err(Failure::new(404, "There is nothing at this URI."));
        };
        let method = &request.method;
        if *method == Method::OPTIONS {
            return methods::options(x, &route).await;
        }
        if x.is_followed() {
            return follow::follow(x, &route).await;
        }
        let is_read = matches!(*method, Method::GET | Method::HEAD);
        match &route {
            Route::Base if is_read => Ok(x.redirect_to_entry_point()),
            Route::Resource { class, id } => match *method {
                Method::GET | Method::HEAD => read::resource(x, class, id).await,
                Method::PUT => write::update(x, class, id, body).await,
                Method::DELETE => write::delete(x, class, id).await,
                Method::POST => write::act(x, class, id, None, body).await,
                _ => Err(methods::refused(method, methods::of_resource(class))),
            },
            Route::Collection {
                collection,
                owner,
                id,
            } => {
                let of = collection::Of {
                    collection,
                    owner: owner.as_ref().map(|(class, id)| (*class, id.as_str())),
                    id,
                };
                match *method {
                    Method::GET | Method::HEAD => collection::read(x, &of).await,
                    Method::POST => write::create(x, &of, body).await,
                    _ => {
                        let item = self.model.class(collection.item);
                        Err(methods::refused(method, methods::of_collection(item)))
                    }
                }
            }
            Route::Action {
                class,
                id,
                operation,
            } => match *method {
                Method::POST => write::act(x, class, id, Some(operation), body).await,
                Method::GET | Method::HEAD if packages::is_export(operation) => {
                    packages::read(x, class, id, operation).await
                }
                _ => Err(methods::refused(method, packages::methods_of(operation))),
            },
            Route::CollectionAction {
                collection,
                operation,
                ..
            } => match *method {
                Method::POST => packages::act(x, collection, operation, body).await,
                _ => Err(methods::refused(method, methods::ACT)),
            },
            Route::Base => Err(methods::refused(method, methods::READ)),
        }
    }
}

#[async_trait]
impl Binding for RestBinding {
    async fn call(
        &self,
        principal: Arc<Principal>,
        request: Request<Bytes>,
        deadline: Instant,
    ) -> Response<Bytes> {
        let (parts, body) = request.into_parts();
        let name = operation_name(&parts.method);
        let mut x = Exchange::new(self, principal, &parts, deadline);
        let result = match self.read_head(&mut x, &parts) {
            Err(failure) => Err(failure),
            Ok(()) => {
                let dispatched = self.dispatch(&x, &parts, &body);
                match tokio::time::timeout_at(deadline.into(), dispatched).await {
                    Ok(result) => result,
                    Err(_) => Err(Failure::new(
                        503,
                        "The time that was allowed is over; a change that was asked for may still be \
                         carried out.",
                    )),
                }
            }
        };
        let mut response = result.unwrap_or_else(|failure| x.fail(&failure));
        response.extensions_mut().insert(Operation(name));
        response
    }

    fn refuse(&self, request: &request::Parts, refusal: Refusal) -> Response<Bytes> {
        let (status, message) = match refusal {
            Refusal::Unauthenticated => (
                StatusCode::UNAUTHORIZED,
                "Log in with a name and a password (HTTP Basic).".to_owned(),
            ),
            Refusal::Forbidden => (
                StatusCode::FORBIDDEN,
                "This user may not come in this way.".to_owned(),
            ),
            Refusal::TargetTooLong(limit) => (
                StatusCode::URI_TOO_LONG,
                format!("Path and query of the URI are longer than {limit} bytes."),
            ),
            Refusal::BodyTooLarge(limit) => (
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("The body is larger than {limit} bytes."),
            ),
            Refusal::BodyTimeout => (
                StatusCode::REQUEST_TIMEOUT,
                "The body did not arrive in time.".to_owned(),
            ),
            Refusal::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many requests are in flight; try again in a moment.".to_owned(),
            ),
            Refusal::ShuttingDown => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The service is shutting down; try again in a moment.".to_owned(),
            ),
        };
        let mut failure = Failure::new(status.as_u16(), message);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            failure.error.retry_after = Some(1);
        }
        let nobody = Arc::new(crate::anonymous());
        let mut x = Exchange::new(self, nobody, request, Instant::now());
        // The refusal matters more than a header that cannot be met.
        let _ = x.negotiate();
        let mut response = x.fail(&failure);
        response
            .extensions_mut()
            .insert(Operation(operation_name(&request.method)));
        response
    }
}

fn operation_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::PUT => "PUT",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "Other",
    }
}
