//! A cloud as its service shows it: from the entry point through every collection.

use std::collections::VecDeque;

use cimi_rest::client::{Items, links};
use cimi_rest::{
    ClassModel, CollectionModel, MemberKind, ReadContext, RestModel, Unknown, collection_id,
    read_resource,
};

use super::{Cloud, Collection, id_of, links_of};
use crate::{Client, Error, Query};

/// Collections inside items of collections inside items: more than any model has.
const MAX_DEPTH: usize = 8;

/// A collection that is still to be read.
struct Ahead<'m> {
    collection: &'m CollectionModel,
    id: String,
    uri: String,
    depth: usize,
}

/// Reads everything that the caller sees. Secrets are never answered, hence never in it; a collection that
/// the caller may not read is left out.
///
/// # Errors
/// The service cannot be read, or has resources that the model does not know.
pub async fn export(client: &Client, model: &RestModel) -> Result<Cloud, Error> {
    let entry = client.entry_point();
    let Some(base) = &entry.value.base_uri else {
        return Err(Error::File("the entry point has no baseURI".to_owned()));
    };
    let base_links = links_of(base)?;
    let mut cloud = Cloud {
        base: base.clone(),
        collections: Vec::new(),
    };
    let document = client.document(&entry.id, &Query::new()).await?;
    let mut ahead = VecDeque::new();
    add_collections(
        &mut ahead,
        model.entry_point(),
        None,
        (document.format, &document.text),
        0,
    )?;
    while let Some(next) = ahead.pop_front() {
        let class = model.class(next.collection.item);
        let mut items = Vec::new();
        let mut uri = Some(next.uri);
        while let Some(at) = uri.take() {
            let page = match client.document(&at, &Query::new()).await {
                Ok(page) => page,
                Err(error) if matches!(error.status(), Some(403 | 404)) => break,
                Err(error) => return Err(error),
            };
            for text in Items::read(page.format, &page.text)?.documents {
                let context = ReadContext {
                    model,
                    links: &base_links,
                    unknown: Unknown::Keep,
                    content_type: None,
                };
                let item = read_resource(&context, page.format, &[class], text.as_bytes())
                    .map_err(|error| Error::File(format!("{}: {error}", next.id)))?;
                if let Some(id) = id_of(model, &item)
                    && next.depth < MAX_DEPTH
                {
                    add_collections(
                        &mut ahead,
                        class,
                        Some(id),
                        (page.format, &text),
                        next.depth + 1,
                    )?;
                }
                items.push(item);
            }
            uri = page.next.filter(|next| *next != at);
        }
        if !items.is_empty() {
            cloud.collections.push(Collection { id: next.id, items });
        }
    }
    Ok(cloud)
}

/// Notes the collections that a document leads to.
fn add_collections<'m>(
    ahead: &mut VecDeque<Ahead<'m>>,
    class: &'m ClassModel,
    owner: Option<&str>,
    (format, text): (cimi_rest::Format, &str),
    depth: usize,
) -> Result<(), Error> {
    let mut hrefs = None;
    for member in &class.shape.members {
        let MemberKind::Collection(collection) = &member.kind else {
            continue;
        };
        if collection.is_extent != owner.is_none() {
            continue;
        }
        if hrefs.is_none() {
            hrefs = Some(links(format, text)?);
        }
        if let Some(uri) = hrefs.as_ref().and_then(|links| links.get(member.name)) {
            ahead.push_back(Ahead {
                collection,
                id: collection_id(owner, collection.name),
                uri: uri.clone(),
                depth,
            });
        }
    }
    Ok(())
}
