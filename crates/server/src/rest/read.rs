//! GET of a resource, and links whose targets are written in their place.

use bytes::Bytes;
use cim_core::{Instance, Value};
use cimi_rest::{
    ClassModel, Expanded, Member, MemberKind, ResourceView, Selection, Target, collection_id,
};
use http::{Response, StatusCode};

use super::exchange::{Exchange, Failure};
use super::{collection, conditions};

/// GET or HEAD of a resource.
pub(super) async fn resource(
    x: &Exchange<'_>,
    class: &ClassModel,
    id: &str,
) -> Result<Response<Bytes>, Failure> {
    let resource = x.provider().get(&x.context, &class.path(id)).await?;
    let mut budget = x.settings().expansions;
    let expanded = match &x.parameters.expand {
        Some(names) => expand(x, &resource.instance, names, &mut budget).await,
        None => Vec::new(),
    };
    let view = ResourceView {
        instance: &resource.instance,
        select: &x.parameters.select,
        expanded: &expanded,
    };
    let mut response = x.resource(StatusCode::OK, &view);
    // What is expanded changes without this resource.
    if expanded.is_empty() {
        x.set_etag(&mut response, &resource.etag);
        let tag = response.headers().get(http::header::ETAG);
        let tag = tag.and_then(|tag| tag.to_str().ok());
        if tag.is_some_and(|tag| conditions::is_known(x, tag)) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.body_mut() = Bytes::new();
            response.headers_mut().remove(http::header::CONTENT_TYPE);
        }
    }
    Ok(response)
}

/// The targets of the links that are to be expanded, one level deep, as far as the budget goes. What
/// cannot be read stays a link.
pub(super) async fn expand(
    x: &Exchange<'_>,
    instance: &Instance,
    names: &Selection,
    budget: &mut usize,
) -> Vec<Expanded> {
    let class = x.model().class(instance.class());
    let mut expanded = Vec::new();
    for member in &class.shape.members {
        if !names.has(member.name) {
            continue;
        }
        let target = match &member.kind {
            MemberKind::Collection(inner) if *budget > 0 => {
                let Some(owner) = instance_id(instance) else {
                    continue;
                };
                let id = collection_id((!inner.is_extent).then_some(owner), inner.name);
                let of = collection::Of {
                    collection: inner,
                    owner: (!inner.is_extent).then_some((class, owner)),
                    id: &id,
                };
                *budget -= 1;
                collection::target(x, &of, budget).await
            }
            MemberKind::Reference | MemberKind::References | MemberKind::ByValue(_) => {
                targets(x, member, instance, budget).await
            }
            _ => None,
        };
        if let Some(target) = target {
            expanded.push(Expanded {
                name: member.name,
                target,
            });
        }
    }
    expanded
}

async fn targets(
    x: &Exchange<'_>,
    member: &Member,
    instance: &Instance,
    budget: &mut usize,
) -> Option<Target> {
    let class = x.model().schema().class(member.target()?)?;
    let class = x.model().class(class);
    let mut found = Vec::new();
    for link in instance.at(member.position)?.elements() {
        let path = match link {
            Value::String(id) => class.path(id),
            Value::Reference(path) => (**path).clone(),
            _ => continue,
        };
        if *budget == 0 {
            break;
        }
        *budget -= 1;
        if let Ok(resource) = x.provider().get(&x.context, &path).await {
            found.push(resource.instance);
        }
    }
    (!found.is_empty()).then_some(Target::Resources(found))
}

/// The identity of an instance with a single key.
fn instance_id(instance: &Instance) -> Option<&str> {
    let key = instance.class().keys.first()?;
    instance.at(usize::from(*key))?.as_str()
}
