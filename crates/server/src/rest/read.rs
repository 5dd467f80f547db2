//! GET of a resource, and links whose targets are written in their place.

use bytes::Bytes;
use cim_core::{Instance, Value};
use cimi_rest::{
    ClassModel, Expanded, Expansion, Inlined, Member, MemberKind, ResourceView, Selection, Target,
    collection_id,
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
    conditions::if_match(x, &resource.etag)?;
    let mut budget = x.settings().expansions;
    let (wanted, select) = (&x.parameters.expand, &x.parameters.select);
    let expanded = expand(x, &resource.instance, wanted, select, &mut budget).await;
    let view = ResourceView {
        instance: &resource.instance,
        select,
        expanded: &expanded,
    };
    let mut response = x.resource(StatusCode::OK, &view);
    if expanded.is_empty() {
        x.set_etag(&mut response, &resource.etag);
    } else {
        // What is expanded changes without this resource.
        x.set_content_tag(&mut response);
    }
    x.unless_known(response)
}

/// The targets of the links that are to be expanded and are shown at all, as far as the budget goes. What cannot be read stays a
/// link.
pub(super) async fn expand(
    x: &Exchange<'_>,
    instance: &Instance,
    wanted: &Expansion,
    select: &Selection,
    budget: &mut usize,
) -> Vec<Expanded> {
    let mut expanded = Vec::new();
    if wanted.is_empty() {
        return expanded;
    }
    let class = x.model().class(instance.class());
    for member in &class.shape.members {
        let Some(inside) = wanted.of(member.name).filter(|_| select.has(member.name)) else {
            continue;
        };
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
                collection::target(x, &of, &inside, budget).await
            }
            MemberKind::Reference | MemberKind::References | MemberKind::ByValue(_) => {
                targets(x, member, instance, &inside, budget).await
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

/// A resource in the place of a link to it, with what is to be expanded in it.
pub(super) async fn inline(
    x: &Exchange<'_>,
    instance: Instance,
    wanted: &Expansion,
    budget: &mut usize,
) -> Inlined {
    // Boxed, because resources are in resources as deep as the request says, which is bounded.
    let expanded = Box::pin(expand(x, &instance, wanted, &Selection::All, budget)).await;
    Inlined { instance, expanded }
}

async fn targets(
    x: &Exchange<'_>,
    member: &Member,
    instance: &Instance,
    inside: &Expansion,
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
            found.push(inline(x, resource.instance, inside, budget).await);
        }
    }
    (!found.is_empty()).then_some(Target::Resources(found))
}

/// The identity of an instance with a single key.
fn instance_id(instance: &Instance) -> Option<&str> {
    let key = instance.class().keys.first()?;
    instance.at(usize::from(*key))?.as_str()
}
