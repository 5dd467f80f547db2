//! What is written: a resource or a collection with what the request selected and expanded.

use std::borrow::Cow;

use cim_core::{Instance, Value};

use crate::model::{ClassModel, CollectionModel, Member};
use crate::{Links, RestModel, words};

/// The two formats that every CIMI service speaks (DSP0263 4.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `application/json`
    Json,
    /// `application/xml`
    Xml,
}

/// What all documents of an answer have in common.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The names.
    pub model: &'a RestModel,
    /// The base URI.
    pub links: &'a Links,
    /// Whether a request is written: it has secrets, and NULL where something is to be erased; no
    /// answer has either.
    pub request: bool,
}

/// Which attributes are wanted (`$select`): top-level ones, or parts of them by a path such as
/// `disks/capacity` (capability QueryPathNotation).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Selection {
    /// All of them.
    #[default]
    All,
    /// These.
    Only(Vec<String>),
}

/// The name of all attributes, and of all links.
pub(crate) const EVERYTHING: &str = "*";

impl Selection {
    /// Whether an attribute is wanted, or a part of it.
    pub fn has(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => names.iter().any(|n| {
                n.strip_prefix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }),
        }
    }

    /// What is wanted of what stands in an attribute.
    pub fn inside(&self, name: &str) -> Cow<'_, Self> {
        let Self::Only(names) = self else {
            return Cow::Borrowed(&Self::All);
        };
        let mut parts = Vec::new();
        for part in names.iter().filter_map(|n| n.strip_prefix(name)) {
            match part.strip_prefix('/') {
                Some(EVERYTHING) => return Cow::Borrowed(&Self::All),
                Some(part) => parts.push(part.to_owned()),
                None if part.is_empty() => return Cow::Borrowed(&Self::All),
                None => {}
            }
        }
        Cow::Owned(Self::Only(parts))
    }
}

/// What `$select` says of a collection: which of its own members are shown, and which attributes of its
/// items, if they are shown at all (DSP0263 4.1.6.3). A name that the collection does not have is one of
/// the items; the name of the items before a slash says so.
pub fn selections(
    collection: &CollectionModel,
    item: &ClassModel,
    select: &Selection,
) -> (Selection, Option<Selection>) {
    let Selection::Only(names) = select else {
        return (Selection::All, Some(Selection::All));
    };
    let group = collection.json_group(item);
    let mut own = Selection::All;
    let mut items: Option<Selection> = None;
    for name in names {
        if collection.own_members().contains(&name.as_str()) {
            own = select.clone();
            continue;
        }
        let in_group = name.strip_prefix(group);
        let attribute = match in_group.map(|rest| (rest, rest.strip_prefix('/'))) {
            Some(("", _) | (_, Some(EVERYTHING))) => {
                items = Some(Selection::All);
                continue;
            }
            Some((_, Some(attribute))) => attribute,
            _ => name,
        };
        match items.get_or_insert_with(|| Selection::Only(Vec::new())) {
            Selection::All => {}
            Selection::Only(attributes) => attributes.push(attribute.to_owned()),
        }
    }
    (own, items)
}

/// A resource to write.
#[derive(Debug, Clone, Copy)]
pub struct ResourceView<'a> {
    /// Its representation.
    pub instance: &'a Instance,
    /// The wanted attributes.
    pub select: &'a Selection,
    /// Targets to be written in the place of links.
    pub expanded: &'a [Expanded],
}

/// The target of an expanded link (`$expand`).
#[derive(Debug, Clone)]
pub struct Expanded {
    /// The attribute.
    pub name: &'static str,
    /// What it leads to.
    pub target: Target,
}

/// The target of an expanded link, with what is expanded in it.
#[derive(Debug, Clone)]
pub struct Inlined {
    /// Its representation.
    pub instance: Instance,
    /// Targets to be written in the place of its links.
    pub expanded: Vec<Expanded>,
}

impl From<Instance> for Inlined {
    fn from(instance: Instance) -> Self {
        Self {
            instance,
            expanded: Vec::new(),
        }
    }
}

/// What a link leads to.
#[derive(Debug, Clone)]
pub enum Target {
    /// Resources, found by their InstanceID.
    Resources(Vec<Inlined>),
    /// A collection with its items.
    Collection {
        /// The number of all items.
        count: u64,
        /// The items.
        items: Vec<Inlined>,
        /// Whether the caller may add to it.
        add: bool,
    },
}

/// A collection to write.
#[derive(Debug, Clone, Copy)]
pub struct CollectionView<'a> {
    /// The collection.
    pub collection: &'a CollectionModel,
    /// Its path below the base URI.
    pub id: &'a str,
    /// The number of all items, selected by a filter or all.
    pub count: u64,
    /// The items.
    pub items: &'a [ResourceView<'a>],
    /// The wanted members of the collection itself.
    pub select: &'a Selection,
    /// Whether the caller may add to it.
    pub add: bool,
}

impl<'a> ResourceView<'a> {
    /// All attributes of a resource, nothing expanded.
    pub const fn whole(instance: &'a Instance) -> Self {
        const ALL: &Selection = &Selection::All;
        Self {
            instance,
            select: ALL,
            expanded: &[],
        }
    }

    /// What is wanted of the target of an expanded link.
    pub(crate) fn inlined(target: &'a Inlined, select: &'a Selection) -> Self {
        Self {
            instance: &target.instance,
            select,
            expanded: &target.expanded,
        }
    }

    /// What is wanted of a structure, or of a target that is given by value.
    pub(crate) const fn part(instance: &'a Instance, select: &'a Selection) -> Self {
        Self {
            instance,
            select,
            expanded: &[],
        }
    }

    /// The expansion of an attribute.
    pub(crate) fn expansion(&self, name: &str) -> Option<&Target> {
        self.expanded
            .iter()
            .find(|e| e.name == name)
            .map(|e| &e.target)
    }
}

impl Target {
    /// Of several targets, the one with that InstanceID.
    pub(crate) fn resource(&self, context: &Context<'_>, id: Option<&str>) -> Option<&Inlined> {
        match self {
            Self::Resources(targets) => targets
                .iter()
                .find(|target| id_of(context, &target.instance) == id),
            Self::Collection { .. } => None,
        }
    }
}

/// The InstanceID of a resource; empty for one that has none, such as an error report.
pub(crate) fn id_of<'a>(context: &Context<'_>, instance: &'a Instance) -> Option<&'a str> {
    let identity = context
        .model
        .class(instance.class())
        .shape
        .member(words::ID)?;
    instance.at(identity.position)?.as_str()
}

/// The InstanceID that a link leads to, whether it is a path, a bare InstanceID, or beside the
/// attributes of a target given by value.
pub(crate) fn target_id<'v>(context: &Context<'_>, value: &'v Value) -> Option<&'v str> {
    match value {
        Value::Instance(instance) => id_of(context, instance),
        Value::Reference(path) => path.instance_id(),
        other => other.as_str(),
    }
}

/// The path of a collection below the base URI: the entry point's stand directly below it.
pub fn collection_id(owner: Option<&str>, name: &str) -> String {
    match owner {
        None => name.to_owned(),
        Some(owner) => format!("{owner}/{name}"),
    }
}

/// The rel and the path below the base URI of an operation of a resource.
///
/// `add`, `edit` and `delete` go to the resource itself, actions to a URI of their own (DSP0263 4.2).
pub(crate) fn operation_link<'a>(
    context: &Context<'a>,
    instance: &Instance,
    operation: &'a str,
) -> (&'a str, Option<&'a str>) {
    match operation {
        words::ADD | words::EDIT | words::DELETE => (operation, None),
        _ => match context.model.class(instance.class()).operation(operation) {
            Some(known) => (known.uri, Some(known.name)),
            None => (operation, None),
        },
    }
}

/// Whether an attribute of a view is written at all.
pub(crate) fn is_written(context: &Context<'_>, member: &Member) -> bool {
    context.request || member.is_readable()
}

/// Whether an attribute is the base URI of the entry point, which follows the origin of each request and
/// is in no store.
pub(crate) fn is_base_uri(context: &Context<'_>, class: &ClassModel, member: &Member) -> bool {
    !context.request
        && member.name == words::BASE_URI
        && std::ptr::eq(class, context.model.entry_point())
}
