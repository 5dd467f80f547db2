//! Resources as they are answered: the typed structure, and beside it what every representation has.

use std::collections::BTreeMap;
use std::ops::Deref;

use cimi_model::value::Operation;
use cimi_model::xml::Document;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use xml_wire::{Limits, Reader};
use yaserde::{YaDeserialize, YaSerialize};

use super::ClientError;
use crate::{Format, words};

/// The namespace of the profile, which all documents have.
const NAMESPACE: &str = <cimi_model::types::CloudEntryPoint as Document>::NAMESPACE;

/// A typed structure that is a document in both formats: every resource and create request of
/// `cimi_model::types`.
pub trait Typed: Document + Serialize + DeserializeOwned + YaSerialize + YaDeserialize {}

impl<T: Document + Serialize + DeserializeOwned + YaSerialize + YaDeserialize> Typed for T {}

/// A resource as the service answered it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource<T> {
    /// Its attributes.
    pub value: T,
    /// Its URI; empty where `$select` left it out.
    pub id: String,
    /// What the caller may do with it at present, and where.
    pub operations: Vec<Operation>,
    /// Its version, for conditional requests; items of collections have none.
    pub etag: Option<String>,
}

impl<T> Deref for Resource<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Resource<T> {
    /// The operation with that rel: `edit`, `delete`, `add`, or an action by its URI or last segment.
    ///
    /// # Errors
    /// [`ClientError::NotOffered`] if it is not possible in this state or for this caller.
    pub fn operation(&self, rel: &str) -> Result<&Operation, ClientError> {
        offered(&self.id, &self.operations, rel)
    }
}

pub(super) fn offered<'o>(
    id: &str,
    operations: &'o [Operation],
    rel: &str,
) -> Result<&'o Operation, ClientError> {
    let name = last_segment(rel);
    operations
        .iter()
        .find(|o| o.rel == rel)
        .or_else(|| operations.iter().find(|o| last_segment(&o.rel) == name))
        .ok_or_else(|| {
            let offered: Vec<_> = operations.iter().map(|o| last_segment(&o.rel)).collect();
            ClientError::NotOffered {
                id: id.to_owned(),
                rel: rel.to_owned(),
                offered: match offered.as_slice() {
                    [] => "nothing".to_owned(),
                    some => some.join(", "),
                },
            }
        })
}

pub(super) fn last_segment(uri: &str) -> &str {
    uri.rsplit('/').next().unwrap_or(uri)
}

/// What a request carries. In JSON it says its type, because a collection may take several.
pub(super) fn write<T: Typed>(format: Format, value: &T) -> Result<String, ClientError> {
    match format {
        Format::Json => {
            let text = serde_json::to_string(value)
                .map_err(|error| ClientError::Unwritable(error.to_string()))?;
            // It is the first member of the typed structures.
            let own = format!("{{\"{}\":", words::RESOURCE_URI);
            let members = text.strip_prefix('{');
            match members.filter(|_| !text.starts_with(&own)) {
                None => Ok(text),
                Some(members) => {
                    let comma = if members == "}" { "" } else { "," };
                    let (namespace, name) = (T::NAMESPACE, T::ROOT);
                    Ok(format!("{own}\"{namespace}/{name}\"{comma}{members}"))
                }
            }
        }
        Format::Xml => cimi_model::xml::to_string(value)
            .map_err(|error| ClientError::Unwritable(error.to_string())),
    }
}

/// Reads one resource.
pub(super) fn resource<T: Typed>(format: Format, body: &str) -> Result<Resource<T>, ClientError> {
    match format {
        Format::Json => json::<T>(body),
        Format::Xml => xml::<T>(body),
    }
}

/// The type that a document says it is: the last segment of its type URI.
pub(super) fn type_name(format: Format, body: &str) -> Option<String> {
    match format {
        Format::Json => serde_json::from_str::<Common>(body)
            .ok()?
            .resource_uri
            .map(|uri| last_segment(&uri).to_owned()),
        Format::Xml => {
            let mut reader = Reader::new(body, &limits()).ok()?;
            Some(reader.root().ok()?.local().to_owned())
        }
    }
}

/// Answers come from a service that the user chose and are bounded by the transport; depth, names and
/// attributes are bounded here as for requests.
fn limits() -> Limits {
    Limits {
        document_bytes: 64 * 1024 * 1024,
        ..Limits::default()
    }
}

fn unreadable(error: impl std::fmt::Display) -> ClientError {
    ClientError::Answer(error.to_string())
}

fn wrong_type(expected: &str, found: &str) -> ClientError {
    ClientError::Answer(format!("a {expected} was expected, and a {found} came"))
}

/// What every JSON representation has.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Common {
    #[serde(rename = "resourceURI")]
    resource_uri: Option<String>,
    id: Option<String>,
    operations: Vec<Operation>,
}

fn json<T: Typed>(body: &str) -> Result<Resource<T>, ClientError> {
    let common: Common = serde_json::from_str(body).map_err(unreadable)?;
    if let Some(uri) = &common.resource_uri
        && last_segment(uri) != T::ROOT
    {
        return Err(wrong_type(T::ROOT, last_segment(uri)));
    }
    Ok(Resource {
        value: serde_json::from_str(body).map_err(unreadable)?,
        id: common.id.unwrap_or_default(),
        operations: common.operations,
        etag: None,
    })
}

/// Walks the whole document with the hardened reader before yaserde sees it.
fn xml<T: Typed>(body: &str) -> Result<Resource<T>, ClientError> {
    let mut reader = Reader::new(body, &limits()).map_err(unreadable)?;
    let root = reader.root().map_err(unreadable)?;
    if !root.is(T::NAMESPACE, T::ROOT) {
        return Err(wrong_type(T::ROOT, root.local()));
    }
    let found = Own::all(&mut reader, T::NAMESPACE)?;
    Ok(Resource {
        value: cimi_model::xml::from_str(body).map_err(unreadable)?,
        id: found.id,
        operations: found.operations,
        etag: None,
    })
}

/// What every XML representation has.
#[derive(Default)]
struct Own {
    id: String,
    operations: Vec<Operation>,
    count: Option<u64>,
}

impl Own {
    /// Walks the rest of the document.
    fn all(reader: &mut Reader<'_>, namespace: &str) -> Result<Self, ClientError> {
        let mut found = Self::default();
        while let Some(child) = reader.child().map_err(unreadable)? {
            if !found.take(reader, &child, namespace)? {
                reader.skip().map_err(unreadable)?;
            }
        }
        reader.finish().map_err(unreadable)?;
        Ok(found)
    }

    /// Takes a child element if it is one of those.
    fn take<'t>(
        &mut self,
        reader: &mut Reader<'t>,
        child: &xml_wire::Element<'t>,
        namespace: &str,
    ) -> Result<bool, ClientError> {
        if child.ns() != namespace {
            return Ok(false);
        }
        match child.local() {
            words::ID => self.id = reader.trimmed_text().map_err(unreadable)?.into_owned(),
            words::COUNT => {
                let text = reader.trimmed_text().map_err(unreadable)?;
                self.count = text.parse().ok();
            }
            "operation" => {
                let attribute = |name| child.attribute("", name).unwrap_or_default().to_owned();
                self.operations.push(Operation {
                    rel: attribute(words::REL),
                    href: attribute(words::HREF),
                });
                reader.skip().map_err(unreadable)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// A collection whose items are still text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Items {
    /// The URI of the collection.
    pub id: String,
    /// How many items there are in all pages together.
    pub count: Option<u64>,
    /// What the caller may do with the collection.
    pub operations: Vec<Operation>,
    /// A document for each item.
    pub documents: Vec<String>,
}

impl Items {
    /// Takes a collection apart, whatever its items are.
    ///
    /// # Errors
    /// The text is no collection.
    pub fn read(format: Format, body: &str) -> Result<Self, ClientError> {
        match format {
            Format::Json => Self::json(body),
            Format::Xml => Self::xml(body),
        }
    }

    /// The member with the items has many names in deployed services (`machineConfigs`,
    /// `machineConfigurations`): it is the array that is not the operations.
    fn json(body: &str) -> Result<Self, ClientError> {
        let members: BTreeMap<String, Box<RawValue>> =
            serde_json::from_str(body).map_err(unreadable)?;
        let common: Common = serde_json::from_str(body).map_err(unreadable)?;
        if let Some(uri) = &common.resource_uri
            && !uri.ends_with(words::COLLECTION)
        {
            return Err(wrong_type(words::COLLECTION, last_segment(uri)));
        }
        let items = members
            .iter()
            .find(|(name, value)| value.get().starts_with('[') && *name != words::OPERATIONS);
        let items: Vec<Box<RawValue>> = match items {
            Some((_, items)) => serde_json::from_str(items.get()).map_err(unreadable)?,
            None => Vec::new(),
        };
        Ok(Self {
            id: common.id.unwrap_or_default(),
            count: members.get(words::COUNT).and_then(|n| n.get().parse().ok()),
            operations: common.operations,
            documents: items.iter().map(|item| item.get().to_owned()).collect(),
        })
    }

    fn xml(body: &str) -> Result<Self, ClientError> {
        let mut reader = Reader::new(body, &limits()).map_err(unreadable)?;
        let root = reader.root().map_err(unreadable)?;
        if !root.is(NAMESPACE, words::COLLECTION) {
            return Err(wrong_type(words::COLLECTION, root.local()));
        }
        let mut found = Own::default();
        let mut documents = Vec::new();
        while let Some(child) = reader.child().map_err(unreadable)? {
            if found.take(&mut reader, &child, NAMESPACE)? {
                continue;
            }
            if child.ns() == NAMESPACE {
                let item = reader.raw(&child).map_err(unreadable)?;
                documents.push(item.to_standalone());
            } else {
                reader.skip().map_err(unreadable)?;
            }
        }
        reader.finish().map_err(unreadable)?;
        Ok(Self {
            id: found.id,
            count: found.count,
            operations: found.operations,
            documents,
        })
    }
}

/// The links of a document, by attribute.
///
/// # Errors
/// The text is not of the format.
pub fn links(format: Format, body: &str) -> Result<BTreeMap<String, String>, ClientError> {
    #[derive(Deserialize)]
    struct Link {
        href: String,
    }
    let mut links = BTreeMap::new();
    match format {
        Format::Json => {
            let members: BTreeMap<String, Box<RawValue>> =
                serde_json::from_str(body).map_err(unreadable)?;
            for (name, value) in members {
                if let Ok(link) = serde_json::from_str::<Link>(value.get()) {
                    links.insert(name, link.href);
                }
            }
        }
        Format::Xml => {
            let mut reader = Reader::new(body, &limits()).map_err(unreadable)?;
            reader.root().map_err(unreadable)?;
            while let Some(child) = reader.child().map_err(unreadable)? {
                let href = child.attribute("", words::HREF);
                if let Some(href) = href.filter(|_| child.ns() == NAMESPACE) {
                    links.insert(child.local().to_owned(), href.to_owned());
                }
                reader.skip().map_err(unreadable)?;
            }
            reader.finish().map_err(unreadable)?;
        }
    }
    Ok(links)
}

/// What every representation has: its URI and operations, whatever its type is.
///
/// # Errors
/// The text is not of the format.
pub fn common(format: Format, body: &str) -> Result<Resource<()>, ClientError> {
    let (id, operations) = match format {
        Format::Json => {
            let common: Common = serde_json::from_str(body).map_err(unreadable)?;
            (common.id.unwrap_or_default(), common.operations)
        }
        Format::Xml => {
            let mut reader = Reader::new(body, &limits()).map_err(unreadable)?;
            reader.root().map_err(unreadable)?;
            let own = Own::all(&mut reader, NAMESPACE)?;
            (own.id, own.operations)
        }
    };
    Ok(Resource {
        value: (),
        id,
        operations,
        etag: None,
    })
}
