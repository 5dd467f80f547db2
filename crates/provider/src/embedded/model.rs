//! What the provider must know about the classes, read once from the descriptors when it opens: which
//! associations are computed from what, what collections are called, what creates what.

use std::collections::HashMap;
use std::sync::Arc;

use cim_core::{
    CimError, ClassDescriptor, Embedded, Instance, MethodDescriptor, PropertyDescriptor, Qualifier,
    Schema, Value,
};
use rustc_hash::FxHashMap;

use super::lifecycle;

/// The names that the mapping of CIMI to CIM itself is made of (base classes, common properties, own
/// qualifiers): the provider's logic rests on them whatever classes derive from them.
pub(crate) mod names {
    pub(crate) const RESOURCE: &str = "CIMI_Resource";
    pub(crate) const MEMBERSHIP: &str = "CIMI_ResourceMembership";
    pub(crate) const HOSTED: &str = "CIMI_HostedResource";
    pub(crate) const CONTAINMENT: &str = "CIMI_ResourceContainment";
    pub(crate) const REFERENCE: &str = "CIMI_ResourceReference";
    pub(crate) const ENTRY_POINT: &str = "CIMI_CloudEntryPoint";
    pub(crate) const JOB: &str = "CIMI_Job";

    pub(crate) const ID: &str = "InstanceID";
    pub(crate) const NAME: &str = "ElementName";
    pub(crate) const DESCRIPTION: &str = "Description";
    pub(crate) const PROPERTIES: &str = "Properties";
    pub(crate) const EXTENSIONS: &str = "Extensions";
    pub(crate) const CREATED: &str = "Created";
    pub(crate) const UPDATED: &str = "Updated";
    pub(crate) const OPERATIONS: &str = "AvailableOperations";
    pub(crate) const STATE: &str = "State";

    pub(crate) const GROUP: &str = "GroupComponent";
    pub(crate) const PART: &str = "PartComponent";
    pub(crate) const ANTECEDENT: &str = "Antecedent";
    pub(crate) const DEPENDENT: &str = "Dependent";
}

/// The InstanceID of the entry point.
pub(crate) const ENTRY_POINT_ID: &str = "cloudEntryPoint";

/// How an association comes about.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// The entry point and a resource in one of its collections.
    Hosted,
    /// An owner and its part.
    Containment,
    /// A resource that refers to another by a property.
    Reference(Source),
    /// A resource of its own.
    Membership,
}

/// Where the references stand from which an association is computed.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// The property of the resource.
    pub property: &'static PropertyDescriptor,
    /// The property of the structures in it, if they stand there.
    inner: Option<&'static PropertyDescriptor>,
    /// The collection that the targets are in, where the property may refer to others too.
    within: Option<&'static str>,
}

impl Source {
    /// Whether a resource is one that the association leads to.
    pub fn leads_to(&self, id: &str) -> bool {
        self.within.is_none_or(|collection| {
            id.strip_prefix(collection)
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|last| !last.contains('/'))
        })
    }
}

/// An association class that has instances.
#[derive(Debug, Clone, Copy)]
pub struct AssociationClass {
    /// The class.
    pub class: &'static ClassDescriptor,
    /// How its instances come about.
    pub kind: Kind,
    /// The role and class of the one: entry point, owner, target of the reference, group.
    pub one: End,
    /// The role and class of the other: hosted resource, part, source of the reference, member.
    pub other: End,
    /// What the collection is called, where the association is one.
    pub collection: Option<&'static str>,
}

/// One end of an association.
#[derive(Debug, Clone, Copy)]
pub struct End {
    /// The reference property.
    pub role: &'static str,
    /// The class that it refers to.
    pub class: &'static ClassDescriptor,
}

/// What a `CIMI_XxxCreate` makes.
#[derive(Debug, Clone, Copy)]
pub struct Creates {
    /// The class of the new resource.
    pub class: &'static ClassDescriptor,
    /// The property with the template.
    pub template: &'static PropertyDescriptor,
    /// The class of the template.
    pub template_class: &'static ClassDescriptor,
}

/// Something that may be done to a resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    /// Its short name.
    pub(crate) name: &'static str,
    states: Option<&'static [&'static str]>,
}

impl Operation {
    /// Whether it may be done in this state.
    pub(crate) fn is_possible(&self, state: Option<&str>) -> bool {
        self.states
            .is_none_or(|states| state.is_some_and(|state| states.contains(&state)))
    }
}

/// The facts.
#[derive(Debug)]
pub struct Model {
    pub(crate) schema: Arc<Schema>,
    pub(crate) entry_point: &'static ClassDescriptor,
    pub(crate) job: &'static ClassDescriptor,
    /// All association classes that have instances, by name.
    pub associations: Vec<AssociationClass>,
    creates: HashMap<&'static str, Creates>,
    operations: FxHashMap<&'static str, Vec<Operation>>,
}

impl Model {
    /// Reads the facts.
    pub fn of(schema: &Arc<Schema>) -> Result<Self, CimError> {
        let need = |name: &str| {
            schema
                .class(name)
                .ok_or_else(|| CimError::internal(format!("the schema has no class {name}")))
        };
        let mut associations = Vec::new();
        let mut creates = HashMap::new();
        for class in schema.classes() {
            if let Some(association) = association(schema, class)? {
                associations.push(association);
            }
            if let Some(made) = text(class.qualifier("CIMI_Creates")) {
                creates.insert(class.name, creation(schema, class, made)?);
            }
        }
        associations.sort_by_key(|association| association.class.name);
        need(names::RESOURCE)?;
        Ok(Self {
            schema: Arc::clone(schema),
            entry_point: need(names::ENTRY_POINT)?,
            job: need(names::JOB)?,
            associations,
            creates,
            operations: schema
                .classes()
                .iter()
                .map(|class| (class.name, operations(class)))
                .collect(),
        })
    }

    /// The association class of that name, if it has instances.
    pub fn association(&self, name: &str) -> Option<&AssociationClass> {
        self.associations
            .binary_search_by_key(&name, |association| association.class.name)
            .ok()
            .and_then(|at| self.associations.get(at))
    }

    /// What may be done to resources of the class, in some state at least.
    pub(crate) fn operations(&self, class: &ClassDescriptor) -> &[Operation] {
        self.operations.get(class.name).map_or(&[], Vec::as_slice)
    }

    /// What the class makes, if it is a `CIMI_XxxCreate`.
    pub fn creates(&self, class: &ClassDescriptor) -> Option<&Creates> {
        self.creates.get(class.name)
    }

    /// What is made from templates of this class.
    pub(crate) fn created_from(&self, template: &str) -> Option<Creates> {
        let mut all = self.creates.values();
        all.find(|creates| creates.template_class.name == template)
            .copied()
    }

    /// The `CIMI_XxxCreate` that makes this class.
    pub(crate) fn created_by(&self, class: &ClassDescriptor) -> Option<&'static str> {
        self.creates
            .iter()
            .find(|(_, creates)| creates.class.name == class.name)
            .map(|(name, _)| *name)
    }

    /// The collection of the entry point that resources of this class are in.
    pub(crate) fn collection(&self, class: &ClassDescriptor) -> Option<&'static str> {
        self.associations
            .iter()
            .find(|a| matches!(a.kind, Kind::Hosted) && class.is_a(a.other.class.name))
            .and_then(|a| a.collection)
    }
}

fn operations(class: &ClassDescriptor) -> Vec<Operation> {
    let crud = [(Crud::Update, "edit"), (Crud::Delete, "delete")];
    let crud = crud
        .into_iter()
        .filter(|(crud, _)| allows(class, *crud))
        .map(|(_, name)| Operation { name, states: None });
    let methods = class
        .methods
        .iter()
        // A static one is offered by a collection, not by what is in it.
        .filter(|method| !method.is_static && lifecycle::implements(class, method))
        .map(|method| Operation {
            name: short_name(method),
            states: from_states(method),
        });
    crud.chain(methods).collect()
}

/// What may be done to a resource of the class in a state, as far as the model knows: for back ends that do not say.
/// Without a state, everything that is possible in one.
pub fn possible_operations(
    class: &ClassDescriptor,
    state: Option<&str>,
) -> impl Iterator<Item = &'static str> {
    let crud = [(Crud::Update, "edit"), (Crud::Delete, "delete")];
    let crud = crud
        .into_iter()
        .filter(|(crud, _)| allows(class, *crud))
        .map(|(_, name)| name);
    // A static one is offered by a collection, not by what is in it.
    let methods = class.methods.iter().filter(move |method| {
        let states = from_states(method);
        let is_possible = states.zip(state).is_none_or(|(states, state)| {
            states
                .iter()
                .any(|possible| possible.eq_ignore_ascii_case(state))
        });
        !method.is_static && action_uri(method).is_some() && is_possible
    });
    crud.chain(methods.map(short_name))
}

fn text(qualifier: Option<&'static Qualifier>) -> Option<&'static str> {
    qualifier.and_then(|q| q.value.as_str())
}

/// The mapping string of this kind (`URI` or `ATTR`), without its prefix.
fn mapping(qualifier: Option<&'static Qualifier>, kind: &str) -> Option<&'static str> {
    qualifier?.value.strings().iter().find_map(|text| {
        let mut parts = text.splitn(3, '|');
        let format = parts.next()?;
        format
            .strip_suffix(".DMTF")
            .is_some_and(|f| f == kind)
            .then(|| parts.nth(1))
            .flatten()
    })
}

fn association(
    schema: &Schema,
    class: &'static ClassDescriptor,
) -> Result<Option<AssociationClass>, CimError> {
    if !class.flags.is_association || class.flags.is_abstract {
        return Ok(None);
    }
    let wrong = |what: &str| CimError::internal(format!("association {}: {what}", class.name));
    let (kind, one, other) = if class.is_a(names::MEMBERSHIP) {
        (Kind::Membership, names::GROUP, names::PART)
    } else if class.is_a(names::CONTAINMENT) {
        let kind = match text(class.qualifier("CIMI_ReferenceProperty")) {
            Some(path) => Kind::Reference(source(schema, class, path, names::GROUP, names::PART)?),
            None => Kind::Containment,
        };
        (kind, names::GROUP, names::PART)
    } else if class.is_a(names::HOSTED) {
        (Kind::Hosted, names::ANTECEDENT, names::DEPENDENT)
    } else if class.is_a(names::REFERENCE) {
        let path = text(class.qualifier("CIMI_ReferenceProperty"))
            .ok_or_else(|| wrong("no CIMI_ReferenceProperty"))?;
        let (one, other) = (names::ANTECEDENT, names::DEPENDENT);
        (
            Kind::Reference(source(schema, class, path, one, other)?),
            one,
            other,
        )
    } else {
        return Ok(None);
    };
    Ok(Some(AssociationClass {
        class,
        kind,
        one: end(schema, class, one).ok_or_else(|| wrong("an end is missing"))?,
        other: end(schema, class, other).ok_or_else(|| wrong("an end is missing"))?,
        collection: mapping(class.qualifier("MappingStrings"), "ATTR")
            .and_then(|attribute| attribute.rsplit('.').next()),
    }))
}

/// Where the references of an association stand: `Volumes.Href` in the structures of a property.
fn source(
    schema: &Schema,
    class: &'static ClassDescriptor,
    path: &'static str,
    one: &str,
    other: &str,
) -> Result<Source, CimError> {
    let wrong = || {
        CimError::internal(format!(
            "association {}: no references are in {path}",
            class.name
        ))
    };
    let target = end(schema, class, one).ok_or_else(wrong)?;
    let holder = end(schema, class, other).ok_or_else(wrong)?;
    let (outer, inner) = match path.split_once('.') {
        Some((outer, inner)) => (outer, Some(inner)),
        None => (path, None),
    };
    let (_, property) = holder.class.property(outer).ok_or_else(wrong)?;
    let inner = match inner {
        None => None,
        Some(inner) => {
            let Embedded::Instance(structure) = property.embedded else {
                return Err(wrong());
            };
            let structure = schema.class(structure).ok_or_else(wrong)?;
            Some(structure.property(inner).ok_or_else(wrong)?.1)
        }
    };
    let declared = inner.unwrap_or(property).reference_class;
    let is_narrower = declared.is_none_or(|declared| declared != target.class.name);
    Ok(Source {
        property,
        inner,
        within: is_narrower
            .then(|| hosted_in(schema, target.class))
            .flatten(),
    })
}

/// The collection of the entry point that holds resources of this class.
fn hosted_in(schema: &Schema, class: &ClassDescriptor) -> Option<&'static str> {
    let hosts = |a: &&&'static ClassDescriptor| {
        a.is_a(names::HOSTED)
            && a.property(names::DEPENDENT)
                .and_then(|(_, end)| end.reference_class)
                .is_some_and(|hosted| class.is_a(hosted))
            && !a.flags.is_abstract
    };
    let association = schema.classes().iter().find(hosts)?;
    let attribute = mapping(association.qualifier("MappingStrings"), "ATTR")?;
    attribute.rsplit('.').next()
}

fn end(schema: &Schema, class: &'static ClassDescriptor, role: &str) -> Option<End> {
    let (_, property) = class.property(role)?;
    Some(End {
        role: property.name,
        class: schema.class(property.reference_class?)?,
    })
}

fn creation(
    schema: &Schema,
    class: &'static ClassDescriptor,
    made: &'static str,
) -> Result<Creates, CimError> {
    let wrong = |what: &str| CimError::internal(format!("class {}: {what}", class.name));
    let template = class
        .properties
        .iter()
        .find(|p| p.flags.required && p.reference_class.is_some())
        .ok_or_else(|| wrong("no template"))?;
    let of = |name: Option<&str>| name.and_then(|name| schema.class(name));
    Ok(Creates {
        class: of(Some(made)).ok_or_else(|| wrong("creates a class that is not there"))?,
        template,
        template_class: of(template.reference_class)
            .ok_or_else(|| wrong("its template is of a class that is not there"))?,
    })
}

/// What clients may do with resources of a class (`CIMI_Crud`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Crud {
    Create,
    Update,
    Delete,
}

impl Crud {
    const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// Whether clients may do this with resources of the class.
pub(crate) fn allows(class: &ClassDescriptor, crud: Crud) -> bool {
    class
        .qualifier("CIMI_Crud")
        .is_some_and(|q| q.value.strings().contains(&crud.name()))
}

/// The states in which a method may be called; `None` if in any.
pub fn from_states(method: &MethodDescriptor) -> Option<&'static [&'static str]> {
    method
        .qualifier("CIMI_FromStates")
        .map(|q| q.value.strings())
}

/// The URI of the type that a class is.
pub(crate) fn type_uri(class: &ClassDescriptor) -> Option<&'static str> {
    mapping(class.qualifier("MappingStrings"), "URI")
}

/// The URI of the operation that a method is.
pub fn action_uri(method: &MethodDescriptor) -> Option<&'static str> {
    mapping(method.qualifier("MappingStrings"), "URI")
}

/// The short name of the operation that a method is: the last segment of its URI.
pub(crate) fn short_name(method: &MethodDescriptor) -> &'static str {
    action_uri(method)
        .and_then(|uri| uri.rsplit('/').next())
        .unwrap_or(method.name)
}

/// Who may set a property (`CIMI_Access`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The service only.
    ReadOnly,
    /// The client, when the resource is made.
    CreateOnly,
    /// The client, at any time.
    Write,
}

/// Who may set the property.
pub fn access(property: &PropertyDescriptor) -> Access {
    match text(property.qualifier("CIMI_Access")) {
        Some("CO") => Access::CreateOnly,
        Some("RO") => Access::ReadOnly,
        _ if property.flags.write => Access::Write,
        _ => Access::ReadOnly,
    }
}

/// The InstanceIDs that a resource refers to at a place, those by value with an InstanceID too.
pub fn referred<'i>(
    instance: &'i Instance,
    source: Source,
) -> impl Iterator<Item = &'i str> + use<'i> {
    fn id_of(value: &Value) -> Option<&str> {
        match value {
            Value::String(id) => Some(id),
            Value::Reference(path) => path.instance_id(),
            Value::Instance(inner) => inner.text(names::ID),
            _ => None,
        }
    }
    let outer = instance.value(source.property.name).elements().iter();
    let ids: Vec<&str> = match source.inner {
        None => outer.filter_map(id_of).collect(),
        Some(inner) => outer
            .filter_map(Value::as_instance)
            .flat_map(|structure| structure.value(inner.name).elements())
            .filter_map(id_of)
            .collect(),
    };
    ids.into_iter().filter(move |id| source.leads_to(id))
}
