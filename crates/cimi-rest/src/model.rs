//! The model as REST sees it: resource types, attributes, collections, operations.
//!
//! Everything is read once, when the service starts, from the qualifiers of the class descriptors
//! (`MappingStrings`, `CIMI_Order` ...). No resource type or attribute is named in this crate beyond the
//! words that the protocol itself has (`id`, `operations`, `baseURI`).

mod build;

use std::sync::Arc;

use cim_core::{
    CimType, ClassDescriptor, MethodDescriptor, ObjectPath, PropertyDescriptor, Schema,
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
    /// The subclasses of a structure: what stands in its place may be one of them.
    pub kinds: Vec<&'static ClassDescriptor>,
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
    /// The member that is the text of the structure's element (`CIMI_XmlText`).
    pub text: Option<usize>,
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
    /// In XML it is the text of its structure's element.
    pub xml_text: bool,
    /// In XML the value stands in this attribute of its element (`CIMI_XmlValue`).
    pub xml_value: Option<&'static str>,
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
    /// A value, or an array of values, for which the model has no type.
    Any(&'static ClassDescriptor),
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
    /// What it makes, if it may be asked for with that as the body.
    pub makes: Option<MakesModel>,
}

/// The resource that an action makes (`CIMI_Makes`): an image of a machine.
#[derive(Debug, Clone, Copy)]
pub struct MakesModel {
    /// Its class.
    pub class: &'static ClassDescriptor,
    /// The position of the property that holds what it is made of.
    pub source: usize,
    /// The position of a property, and the value that it has unless the body says otherwise.
    pub usual: (usize, &'static str),
}

impl RestModel {
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

    /// What instances of a class may be made of (`CIMI_Makes`): the class of the source, and the position of the
    /// property that names it.
    pub fn made_of(
        &self,
        class: &'static ClassDescriptor,
    ) -> impl Iterator<Item = (&ClassModel, usize)> {
        self.classes.iter().flat_map(move |source| {
            let makes = source.operations.iter().filter_map(|o| o.makes.as_ref());
            makes
                .filter(|makes| class.is_a(makes.class.name))
                .map(move |makes| (source, makes.source))
        })
    }

    /// The class of a REST resource type.
    pub fn resource_type(&self, name: &str) -> Option<&ClassModel> {
        self.by_type.get(name).map(|at| &self.classes[*at])
    }

    /// The REST spelling of a path of properties or method parameters, such as `MachineConfig.Cpu`, that
    /// starts at one of these classes or in a structure of theirs. A part that REST has no attribute for
    /// stays as it is.
    pub fn attribute_path(&self, starts: &[&ClassModel], path: &str) -> String {
        let mut at: Vec<&ClassModel> = starts.to_vec();
        at.extend(starts.iter().flat_map(|class| self.inside(class)));
        let mut names = Vec::new();
        for part in path.split('.') {
            let member = at.iter().find_map(|class| class.named(part));
            names.push(member.map_or(part, |member| member.name));
            at = member
                .and_then(|m| self.class_inside(m))
                .into_iter()
                .collect();
        }
        names.join(".")
    }

    fn inside(&self, class: &ClassModel) -> Vec<&ClassModel> {
        let members = class.shape.members.iter();
        members
            .filter_map(|member| self.class_inside(member))
            .collect()
    }

    fn class_inside(&self, member: &Member) -> Option<&ClassModel> {
        match member.kind {
            MemberKind::ByValue(class)
            | MemberKind::Structure(class)
            | MemberKind::Structures(class)
            | MemberKind::Map(class) => Some(self.class(class)),
            _ => None,
        }
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

    /// The attribute or parameter of an action that stands for a property of that name.
    fn named(&self, property: &str) -> Option<&Member> {
        let parameters = self.operations.iter().flat_map(|o| &o.parameters.members);
        let mut members = self.shape.members.iter().chain(parameters);
        members.find(|member| member.property.is_some_and(|p| p.name == property))
    }

    /// The operation with that short name or URI, be it of a resource or of a collection; deployed clients vary the URI, so its last
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

    /// The member that is the text of the structure's element.
    pub fn text(&self) -> Option<&Member> {
        self.text.map(|at| &self.members[at])
    }

    /// The members that stand in attributes of a child element of that name.
    pub fn sharing<'m>(&'m self, element: &'m str) -> impl Iterator<Item = &'m Member> {
        self.members
            .iter()
            .filter(move |m| m.element == element && m.shared_value().is_some())
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
}

impl Member {
    /// The CIM type, or that of the items.
    pub fn ty(&self) -> CimType {
        self.property.map_or(CimType::String, |p| p.ty)
    }

    /// Whether an answer may have it.
    pub fn is_readable(&self) -> bool {
        self.access != Access::WriteOnly
    }

    /// The attribute of a shared child element in which the value stands; an item of an array has an
    /// element of its own.
    pub fn shared_value(&self) -> Option<&'static str> {
        self.xml_value
            .filter(|_| self.property.is_some_and(|p| !p.is_array))
    }

    /// The name of the XML element that holds it, or one item of it, where it is no text.
    pub fn xml_element(&self) -> Option<&'static str> {
        (!self.xml_text).then_some(self.element)
    }

    /// The class that a reference leads to, as declared.
    pub fn target(&self) -> Option<&'static str> {
        self.property.and_then(|p| p.reference_class)
    }
}

impl OperationModel {
    /// Whether it is done to a collection as a whole, and not to one resource (`Static`): an import.
    pub const fn is_static(&self) -> bool {
        self.method.is_static
    }
}

impl CollectionModel {
    /// The actions of the collection itself, if all resources of the type are in it.
    pub fn actions<'m>(&self, item: &'m ClassModel) -> impl Iterator<Item = &'m OperationModel> {
        let is_extent = self.is_extent;
        let all = item.operations.iter();
        all.filter(move |operation| is_extent && operation.is_static())
    }

    /// The action of that short name or URI.
    pub fn action<'m>(&self, item: &'m ClassModel, rel: &str) -> Option<&'m OperationModel> {
        let name = rel.rsplit('/').next().unwrap_or(rel);
        self.actions(item)
            .find(|operation| operation.name.eq_ignore_ascii_case(name))
    }

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
