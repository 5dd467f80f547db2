//! The model as REST sees it: resource types, attributes, collections, operations.
//!
//! Everything is read once, when the service starts, from the qualifiers of the class descriptors
//! (`MappingStrings`, `CIMI_Order` ...). No resource type or attribute is named in this crate beyond the
//! words that the protocol itself has (`id`, `operations`, `baseURI`).

use std::sync::Arc;

use cim_core::{
    CimType, ClassDescriptor, Embedded, MethodDescriptor, ObjectPath, PropertyDescriptor,
    Qualifier, Schema,
};
use rustc_hash::FxHashMap;

use crate::words;

/// The descriptors of a schema, arranged for the REST binding.
#[derive(Debug)]
pub struct RestModel {
    schema: Arc<Schema>,
    classes: Vec<ClassModel>,
    by_class: FxHashMap<&'static str, usize>,
    by_type: FxHashMap<&'static str, usize>,
    entry_point: usize,
    root: usize,
    job: usize,
    namespace: &'static str,
}

/// Why a schema cannot be served over CIMI REST.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// A resource type without which the protocol cannot work is missing.
    #[error("the schema has no class that maps to the CIMI resource type `{0}` (MappingStrings)")]
    NoType(&'static str),
    /// An association names a collection of a type that the schema does not have.
    #[error("{association}: the MappingStrings name `{owner}`, which no class maps to")]
    NoOwner {
        /// The association.
        association: &'static str,
        /// The resource type that it names.
        owner: &'static str,
    },
    /// An association stands for a collection but does not join the owner with something.
    #[error(
        "{association}: a collection of `{owner}` needs one reference to it and one to its items"
    )]
    NoEnds {
        /// The association.
        association: &'static str,
        /// The owner's class.
        owner: &'static str,
    },
}

/// A class as REST sees it.
#[derive(Debug)]
pub struct ClassModel {
    /// The class.
    pub class: &'static ClassDescriptor,
    /// The type URI, `http://schemas.dmtf.org/cimi/1/Machine`; `None` for structures.
    pub type_uri: Option<&'static str>,
    /// The last part of the type URI, which is the XML root element too; the class name for structures.
    pub type_name: &'static str,
    /// The attributes.
    pub shape: Shape,
    /// The actions beyond create, edit and delete.
    pub operations: Vec<OperationModel>,
    /// What CIMI lets clients do with instances.
    pub crud: Crud,
    /// The member of a JSON collection that holds instances of this class.
    pub json_group: Option<&'static str>,
    /// The class of requests that make instances of it from a template.
    pub created_by: Option<&'static ClassDescriptor>,
    /// For an array of this structure that is a map: where name and value stand.
    pub map: Option<MapModel>,
    /// Whether this is the structure of attributes that the model does not know.
    pub extension: Option<ExtensionModel>,
}

/// Which of the four CRUD operations a type has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Crud {
    /// A POST to a collection makes one.
    pub create: bool,
    /// PUT changes it.
    pub update: bool,
    /// DELETE ends it.
    pub delete: bool,
}

/// The two positions of a map entry.
#[derive(Debug, Clone, Copy)]
pub struct MapModel {
    /// Position of the name.
    pub name: usize,
    /// Position of the value.
    pub value: usize,
}

/// The positions of an extension structure.
#[derive(Debug, Clone, Copy)]
pub struct ExtensionModel {
    /// Position of the XML namespace.
    pub namespace: usize,
    /// Position of the name.
    pub name: usize,
    /// Position of the format.
    pub format: usize,
    /// Position of the text.
    pub value: usize,
}

/// Named members in their order: the attributes of a class, or the parameters of an action.
#[derive(Debug, Default)]
pub struct Shape {
    /// The members in the order of DSP8009.
    pub members: Vec<Member>,
    by_name: FxHashMap<&'static str, usize>,
    by_element: FxHashMap<&'static str, usize>,
    /// Position of the array that keeps attributes beyond the model.
    pub extensions: Option<usize>,
    /// The member whose own attributes stand in this structure (`CIMI_Inline`).
    pub inline: Option<usize>,
}

/// An attribute or parameter.
#[derive(Debug)]
pub struct Member {
    /// Its REST name.
    pub name: &'static str,
    /// The XML element that holds it, or one item of it.
    pub element: &'static str,
    /// How it is written.
    pub kind: MemberKind,
    /// Its position in an instance; that of a parameter in its method. Meaningless for a collection.
    pub position: usize,
    /// The property or parameter; `None` for a collection.
    pub property: Option<&'static PropertyDescriptor>,
    /// Who may read and write it.
    pub access: Access,
    /// In XML it is an attribute of its structure's element.
    pub xml_attribute: bool,
    order: u64,
}

/// How an attribute is written (DSP0263 5.5).
#[derive(Debug)]
pub enum MemberKind {
    /// The resource's own URI.
    Identity,
    /// A string, number, boolean or date.
    Scalar,
    /// An array of those.
    Scalars,
    /// A link.
    Reference,
    /// An array of links.
    References,
    /// A link, or the target's attributes, or both.
    ByValue(&'static ClassDescriptor),
    /// A structure.
    Structure(&'static ClassDescriptor),
    /// An array of structures.
    Structures(&'static ClassDescriptor),
    /// An array of name and value pairs.
    Map(&'static ClassDescriptor),
    /// The operations that are possible now.
    Operations,
    /// A link to a collection.
    Collection(Box<CollectionModel>),
}

/// Who may read and write an attribute (`CIMI_Access`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Clients read it; what they write is ignored.
    ReadOnly,
    /// Clients read and write it.
    ReadWrite,
    /// Clients write it when the resource is made, and read it.
    CreateOnly,
    /// A secret: clients write it, nobody reads it.
    WriteOnly,
}

/// A collection of some resource type.
#[derive(Debug, Clone)]
pub struct CollectionModel {
    /// The attribute of the owner, and the last segment of the collection's URI.
    pub name: &'static str,
    /// The association that it stands for.
    pub association: &'static ClassDescriptor,
    /// The association's reference to the owner.
    pub owner_role: &'static PropertyDescriptor,
    /// The association's reference to the items; to the member, if the association is the item.
    pub item_role: &'static PropertyDescriptor,
    /// The class of the items: the association itself if memberships are resources.
    pub item: &'static ClassDescriptor,
    /// Whether the items are the association.
    pub is_membership: bool,
    /// Whether the owner is the entry point, so that the collection holds every resource of the type.
    pub is_extent: bool,
    /// The type URI, `http://schemas.dmtf.org/cimi/1/DiskCollection`.
    pub type_uri: String,
}

/// An action.
#[derive(Debug)]
pub struct OperationModel {
    /// The last part of its URI, which is also its name in `AvailableOperations`.
    pub name: &'static str,
    /// Its URI, the `rel` of the operation.
    pub uri: &'static str,
    /// The method.
    pub method: &'static MethodDescriptor,
    /// Its input parameters.
    pub parameters: Shape,
}

impl RestModel {
    /// Arranges a schema.
    ///
    /// # Errors
    /// When the schema lacks what the protocol cannot do without, or an association names a
    /// collection that cannot be.
    pub fn new(schema: Arc<Schema>) -> Result<Self, ModelError> {
        let mut classes: Vec<ClassModel> =
            schema.classes().iter().map(|c| class(c, &schema)).collect();
        let by_class: FxHashMap<_, _> = index(&classes, |c| Some(c.class.name));
        let by_type: FxHashMap<_, _> = index(&classes, |c| c.type_uri.map(|_| c.type_name));
        let find = |name| by_type.get(name).copied().ok_or(ModelError::NoType(name));
        let entry_point = find(words::ENTRY_POINT_TYPE)?;
        let job = find(words::JOB_TYPE)?;
        let namespace = classes[entry_point]
            .type_uri
            .and_then(|uri| uri.rsplit_once('/'))
            .map_or("", |(namespace, _)| namespace);
        let root = classes[entry_point]
            .shape
            .member(words::ID)
            .and_then(|m| m.property)
            .and_then(|p| by_class.get(p.class_origin).copied())
            .unwrap_or(entry_point);
        for association in schema.classes() {
            if !association.flags.is_association || association.flags.is_abstract {
                continue;
            }
            for (owner, name) in attribute_names(association.qualifiers) {
                let Some(owner_at) = by_type.get(owner).copied() else {
                    return Err(ModelError::NoOwner {
                        association: association.name,
                        owner,
                    });
                };
                let owner_class = classes[owner_at].class;
                let member = collection(
                    association,
                    owner_class,
                    name,
                    owner_at == entry_point,
                    |class| by_class.get(class).map(|at| &classes[*at]),
                )?;
                // A subclass has the collections of its superclass.
                for heir in &mut classes {
                    if heir.class.is_a(owner_class.name) {
                        heir.shape.members.push(member.clone_collection());
                    }
                }
            }
        }
        for class in &mut classes {
            class.shape.sort();
        }
        Ok(Self {
            schema,
            classes,
            by_class,
            by_type,
            entry_point,
            root,
            job,
            namespace,
        })
    }

    /// The schema.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// The XML namespace of the profile.
    pub fn namespace(&self) -> &'static str {
        self.namespace
    }

    /// A class.
    ///
    /// Instances of classes that the schema does not have are written as what they have in common
    /// with every resource.
    pub fn class(&self, class: &ClassDescriptor) -> &ClassModel {
        let known = self.by_class.get(class.name).or_else(|| {
            let mut ancestors = class.ancestors.iter();
            ancestors.find_map(|name| self.by_class.get(name))
        });
        &self.classes[known.copied().unwrap_or(self.root)]
    }

    /// The classes that the body of an addition to a collection may have; the usual one first.
    pub fn creatable(&self, collection: &CollectionModel) -> Vec<&ClassModel> {
        let item = self.class(collection.item);
        item.created_by
            .map(|class| self.class(class))
            .into_iter()
            .chain([item])
            .collect()
    }

    /// The class of a REST resource type.
    pub fn resource_type(&self, name: &str) -> Option<&ClassModel> {
        self.by_type.get(name).map(|at| &self.classes[*at])
    }

    /// The entry point.
    pub fn entry_point(&self) -> &ClassModel {
        &self.classes[self.entry_point]
    }

    /// What all resources have in common.
    pub fn root(&self) -> &ClassModel {
        &self.classes[self.root]
    }

    /// Jobs, the form of errors.
    pub fn job(&self) -> &ClassModel {
        &self.classes[self.job]
    }
}

impl ClassModel {
    /// The path of an instance.
    pub fn path(&self, id: &str) -> ObjectPath {
        ObjectPath::new(self.class.name, words::INSTANCE_ID, id)
    }

    /// The operation with that short name or URI; deployed clients vary the URI, so its last
    /// segment counts (cimi-interop, section 3).
    pub fn operation(&self, rel: &str) -> Option<&OperationModel> {
        let name = rel.rsplit('/').next().unwrap_or(rel);
        self.operations
            .iter()
            .find(|o| o.name.eq_ignore_ascii_case(name))
    }
}

impl Shape {
    /// The member of that REST name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.by_name.get(name).map(|at| &self.members[*at])
    }

    /// The member that an XML element of that name belongs to.
    pub fn element(&self, name: &str) -> Option<&Member> {
        self.by_element
            .get(name)
            .map(|at| &self.members[*at])
            .or_else(|| self.member(name))
    }

    /// The member whose own attributes stand here.
    pub fn inline(&self) -> Option<&Member> {
        self.inline.map(|at| &self.members[at])
    }

    /// The collection of that name.
    pub fn collection(&self, name: &str) -> Option<&CollectionModel> {
        match &self.member(name)?.kind {
            MemberKind::Collection(collection) => Some(collection),
            _ => None,
        }
    }

    /// The member name that is most like an unknown one.
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        cim_core::nearest(name, self.members.iter().map(|m| m.name))
    }

    /// The message for an attribute that a type does not have.
    pub fn unknown(&self, type_name: &str, name: &str) -> String {
        let short: String = name.chars().take(60).collect();
        match self.nearest(name) {
            Some(other) => {
                format!("{type_name} has no attribute `{short}`; did you mean `{other}`?")
            }
            None => format!("{type_name} has no attribute `{short}`"),
        }
    }

    fn sort(&mut self) {
        self.members.sort_by_key(|m| m.order);
        self.by_name = self
            .members
            .iter()
            .enumerate()
            .map(|(at, m)| (m.name, at))
            .collect();
        self.by_element = self
            .members
            .iter()
            .enumerate()
            .map(|(at, m)| (m.element, at))
            .collect();
        self.inline = self.members.iter().position(|m| {
            m.property
                .is_some_and(|p| is_set(p.qualifier("CIMI_Inline")))
        });
    }
}

impl Member {
    /// Whether an answer may have it.
    pub fn is_readable(&self) -> bool {
        self.access != Access::WriteOnly
    }

    /// The class that a reference leads to, as declared.
    pub fn target(&self) -> Option<&'static str> {
        self.property.and_then(|p| p.reference_class)
    }

    fn clone_collection(&self) -> Self {
        let kind = match &self.kind {
            MemberKind::Collection(collection) => MemberKind::Collection(collection.clone()),
            _ => MemberKind::Scalar,
        };
        Self { kind, ..*self }
    }
}

fn index(
    classes: &[ClassModel],
    key: impl Fn(&ClassModel) -> Option<&'static str>,
) -> FxHashMap<&'static str, usize> {
    classes
        .iter()
        .enumerate()
        .filter_map(|(at, class)| key(class).map(|key| (key, at)))
        .collect()
}

/// The URI in `MappingStrings { "URI.DMTF|CIMI.1|..." }`.
fn mapped_uri(mapping: Option<&'static Qualifier>) -> Option<&'static str> {
    let strings = mapping?.value.strings();
    strings.iter().find_map(|s| {
        let rest = s.strip_prefix("URI.")?;
        rest.splitn(3, '|').nth(2)
    })
}

/// Type and attribute in `MappingStrings { "ATTR.DMTF|CIMI.1|Machine.disks" }`.
fn attribute_names(
    qualifiers: &'static [Qualifier],
) -> impl Iterator<Item = (&'static str, &'static str)> {
    qualifiers
        .iter()
        .find(|q| q.name.eq_ignore_ascii_case("MappingStrings"))
        .map_or(&[][..], |q| q.value.strings())
        .iter()
        .filter_map(|s| {
            let rest = s.strip_prefix("ATTR.")?;
            rest.splitn(3, '|').nth(2)?.rsplit_once('.')
        })
}

fn is_set(qualifier: Option<&'static Qualifier>) -> bool {
    qualifier.is_some_and(|q| matches!(q.value, cim_core::QualifierValue::Boolean(true)))
}

fn text(qualifier: Option<&'static Qualifier>) -> Option<&'static str> {
    qualifier.and_then(|q| q.value.as_str())
}

fn class(class: &'static ClassDescriptor, schema: &Schema) -> ClassModel {
    let type_uri = mapped_uri(class.qualifier("MappingStrings").filter(|q| !q.propagated));
    let mut shape = Shape::default();
    for (position, property) in class.properties.iter().enumerate() {
        match embedded_class(property, schema) {
            Some(extension) if is_extension(extension) => shape.extensions = Some(position),
            _ => shape.members.extend(member(position, property, schema)),
        }
    }
    shape.sort();
    let crud = class
        .qualifier("CIMI_Crud")
        .map_or(&[][..], |q| q.value.strings());
    ClassModel {
        class,
        type_uri,
        type_name: type_uri
            .and_then(|uri| uri.rsplit('/').next())
            .unwrap_or(class.name),
        shape,
        operations: class
            .methods
            .iter()
            .filter_map(|m| operation(m, schema))
            .collect(),
        crud: Crud {
            create: crud.contains(&"create"),
            update: crud.contains(&"update"),
            delete: crud.contains(&"delete"),
        },
        json_group: text(class.qualifier("CIMI_JsonGroup")),
        created_by: schema.classes().iter().copied().find(|c| {
            text(c.qualifier("CIMI_Creates")).is_some_and(|t| t.eq_ignore_ascii_case(class.name))
        }),
        map: map(class),
        extension: is_extension(class).then(|| extension(class)).flatten(),
    }
}

fn embedded_class(
    property: &PropertyDescriptor,
    schema: &Schema,
) -> Option<&'static ClassDescriptor> {
    match property.embedded {
        Embedded::Instance(name) => schema.class(name),
        Embedded::No | Embedded::Object => None,
    }
}

fn member(
    position: usize,
    property: &'static PropertyDescriptor,
    schema: &Schema,
) -> Option<Member> {
    let (_, name) = attribute_names(property.qualifiers).next()?;
    let embedded = embedded_class(property, schema);
    let is_reference = property.reference_class.is_some();
    let kind = match (embedded, property.is_array) {
        _ if name == words::ID && property.flags.key => MemberKind::Identity,
        _ if name == words::OPERATIONS => MemberKind::Operations,
        (Some(class), _) if is_reference => MemberKind::ByValue(class),
        (Some(class), true) if map(class).is_some() => MemberKind::Map(class),
        (Some(class), true) => MemberKind::Structures(class),
        (Some(class), false) => MemberKind::Structure(class),
        (None, true) if is_reference => MemberKind::References,
        (None, false) if is_reference => MemberKind::Reference,
        (None, true) => MemberKind::Scalars,
        (None, false) => MemberKind::Scalar,
    };
    Some(Member {
        name,
        element: text(property.qualifier("CIMI_XmlItem")).unwrap_or(name),
        kind,
        position,
        property: Some(property),
        access: access(property),
        xml_attribute: is_set(property.qualifier("CIMI_XmlAttribute")),
        order: order(property.qualifier("CIMI_Order")),
    })
}

/// Without the qualifier an element comes last.
fn order(qualifier: Option<&'static Qualifier>) -> u64 {
    qualifier.and_then(|q| q.value.as_u64()).unwrap_or(u64::MAX)
}

fn access(property: &PropertyDescriptor) -> Access {
    match text(property.qualifier("CIMI_Access")) {
        Some("RO") => Access::ReadOnly,
        Some("RW") => Access::ReadWrite,
        Some("CO") => Access::CreateOnly,
        Some("WO") => Access::WriteOnly,
        _ => match (property.flags.read, property.flags.write) {
            (false, _) => Access::WriteOnly,
            (true, true) => Access::ReadWrite,
            (true, false) => Access::ReadOnly,
        },
    }
}

fn map(class: &'static ClassDescriptor) -> Option<MapModel> {
    if !is_set(class.qualifier("CIMI_Map")) {
        return None;
    }
    let name = class.properties.iter().position(|p| p.flags.key)?;
    let value = class.properties.iter().position(|p| !p.flags.key)?;
    Some(MapModel { name, value })
}

fn is_extension(class: &ClassDescriptor) -> bool {
    class.name == words::EXTENSION_CLASS
}

fn extension(class: &'static ClassDescriptor) -> Option<ExtensionModel> {
    let at = |name| class.property(name).map(|(at, _)| at);
    Some(ExtensionModel {
        namespace: at("Namespace")?,
        name: at("Name")?,
        format: at("Format")?,
        value: at("Value")?,
    })
}

fn operation(method: &'static MethodDescriptor, schema: &Schema) -> Option<OperationModel> {
    let uri = mapped_uri(method.qualifier("MappingStrings"))?;
    let mut parameters = Shape::default();
    for (position, parameter) in method.parameters.iter().enumerate() {
        if parameter.input {
            parameters
                .members
                .extend(member(position, &parameter.value, schema));
        }
    }
    parameters.sort();
    Some(OperationModel {
        name: uri.rsplit('/').next().unwrap_or(uri),
        uri,
        method,
        parameters,
    })
}

fn collection<'a>(
    association: &'static ClassDescriptor,
    owner: &'static ClassDescriptor,
    name: &'static str,
    is_extent: bool,
    find: impl Fn(&str) -> Option<&'a ClassModel>,
) -> Result<Member, ModelError> {
    let no_ends = || ModelError::NoEnds {
        association: association.name,
        owner: owner.name,
    };
    let leads_to_owner =
        |p: &&'static PropertyDescriptor| p.reference_class.is_some_and(|class| owner.is_a(class));
    let owner_role = association
        .references()
        .find(|p| is_set(p.qualifier("Aggregate")))
        .or_else(|| association.references().find(leads_to_owner))
        .ok_or_else(no_ends)?;
    let item_role = association
        .references()
        .find(|p| p.name != owner_role.name)
        .ok_or_else(no_ends)?;
    let is_membership = mapped_uri(association.qualifier("MappingStrings")).is_some();
    let item_class = if is_membership {
        Some(association.name)
    } else {
        item_role.reference_class
    };
    let item = item_class.and_then(find).ok_or_else(no_ends)?;
    let type_uri = format!(
        "{}{}",
        item.type_uri.ok_or_else(no_ends)?,
        words::COLLECTION
    );
    Ok(Member {
        name,
        element: name,
        kind: MemberKind::Collection(Box::new(CollectionModel {
            name,
            association,
            owner_role,
            item_role,
            item: item.class,
            is_membership,
            is_extent,
            type_uri,
        })),
        position: usize::MAX,
        property: None,
        access: Access::ReadOnly,
        xml_attribute: false,
        order: order(association.qualifier("CIMI_Order")),
    })
}

impl CollectionModel {
    /// The members of a collection itself, which `$select` may name.
    pub fn own_members(&self) -> [&'static str; 4] {
        [
            words::ID,
            words::COUNT,
            words::OPERATIONS,
            words::RESOURCE_URI,
        ]
    }

    /// The JSON member that holds the items: the plural of their type.
    pub fn json_group(&self, item: &ClassModel) -> &'static str {
        item.json_group.unwrap_or(self.name)
    }
}

impl Member {
    /// The CIM type, or that of the items.
    pub fn ty(&self) -> CimType {
        self.property.map_or(CimType::String, |p| p.ty)
    }
}
