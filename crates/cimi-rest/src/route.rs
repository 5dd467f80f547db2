//! URIs to what they name: the binding's own URI space, read off the model.
//!
//! The last segment of a collection's URI is an attribute of the resource before it; an item adds its
//! identifier; an action adds its short name to its resource, or to the collection that it is done to.

use percent_encoding::percent_decode_str;

use crate::model::{ClassModel, CollectionModel, OperationModel, RestModel};
use crate::words;

/// What a path below the base URI names.
#[derive(Debug)]
pub enum Route<'m> {
    /// The base URI itself, which leads to the entry point.
    Base,
    /// A resource.
    Resource {
        /// Its class, or a superclass of it.
        class: &'m ClassModel,
        /// Its InstanceID.
        id: String,
    },
    /// A collection.
    Collection {
        /// The collection.
        collection: &'m CollectionModel,
        /// The owner; `None` for the entry point, whose collections hold everything of a type.
        owner: Option<(&'m ClassModel, String)>,
        /// Its path below the base URI.
        id: String,
    },
    /// Where an action of a resource is sent.
    Action {
        /// The class of the resource.
        class: &'m ClassModel,
        /// The InstanceID of the resource.
        id: String,
        /// The action.
        operation: &'m OperationModel,
    },
    /// Where an action of a whole collection is sent: the import of a package.
    CollectionAction {
        /// The collection.
        collection: &'m CollectionModel,
        /// Its path below the base URI.
        id: String,
        /// The action.
        operation: &'m OperationModel,
    },
}

/// What a path below the base URI names; `None` for a path that nothing can have.
///
/// A path of another layout (a resource of a back end with a URI space of its own) is taken as the
/// InstanceID of a resource of any class.
pub fn route<'m>(model: &'m RestModel, path: &str) -> Option<Route<'m>> {
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let path = path.strip_suffix('/').unwrap_or(&path);
    if path.is_empty() {
        return Some(Route::Base);
    }
    // In the merged view the cloud's name stands before its own identifiers.
    if let Some((name, below)) = path
        .strip_prefix("c/")
        .and_then(|rest| rest.split_once('/'))
        && !name.is_empty()
    {
        let here = |id: String| format!("c/{name}/{id}");
        return Some(match below_base(model, below)? {
            Route::Resource { class, id } => Route::Resource {
                class,
                id: here(id),
            },
            Route::Collection {
                collection,
                owner: Some((class, owner)),
                id,
            } => Route::Collection {
                collection,
                owner: Some((class, here(owner))),
                id: here(id),
            },
            Route::Action {
                class,
                id,
                operation,
            } => Route::Action {
                class,
                id: here(id),
                operation,
            },
            Route::Base
            | Route::Collection { owner: None, .. }
            | Route::CollectionAction { .. } => return None,
        });
    }
    below_base(model, path)
}

fn below_base<'m>(model: &'m RestModel, path: &str) -> Option<Route<'m>> {
    let segments: Vec<&str> = path.split('/').collect();
    if segments.iter().any(|s| matches!(*s, "" | "." | "..")) {
        return None;
    }
    let entry_point = model.entry_point();
    if path == words::ENTRY_POINT_ID {
        return Some(Route::Resource {
            class: entry_point,
            id: path.to_owned(),
        });
    }
    let mut owner = entry_point;
    let mut taken = 0;
    loop {
        let name = segments.get(taken).copied()?;
        let parent = segments.get(..taken)?.join("/");
        let Some(collection) = owner.shape.collection(name) else {
            let is_last = taken + 1 == segments.len();
            return Some(match owner.operation(name) {
                Some(operation) if is_last && taken > 0 && !operation.is_static() => {
                    Route::Action {
                        class: owner,
                        id: parent,
                        operation,
                    }
                }
                _ => Route::Resource {
                    class: model.root(),
                    id: path.to_owned(),
                },
            });
        };
        let item = model.class(collection.item);
        match segments.len() - taken {
            1 => {
                return Some(Route::Collection {
                    collection,
                    owner: (taken > 0).then_some((owner, parent)),
                    id: path.to_owned(),
                });
            }
            2 => {
                let last = segments.last().copied().unwrap_or_default();
                return Some(match collection.action(item, last) {
                    Some(operation) => Route::CollectionAction {
                        collection,
                        id: parent_of(path).to_owned(),
                        operation,
                    },
                    None => Route::Resource {
                        class: item,
                        id: path.to_owned(),
                    },
                });
            }
            _ => {
                owner = item;
                taken += 2;
            }
        }
    }
}

fn parent_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}
