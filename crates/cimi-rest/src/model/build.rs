//! How the tables come out of the descriptors: every qualifier that REST needs is read here.

use std::sync::Arc;

use cim_core::{
    ClassDescriptor, Embedded, MethodDescriptor, PropertyDescriptor, Qualifier, QualifierValue,
    Schema,
};
use rustc_hash::FxHashMap;

use super::{
    Access, ClassModel, CollectionModel, Crud, ExtensionModel, MakesModel, MapModel, Member,
    MemberKind, ModelError, OperationModel, RestModel, Shape,
};
use crate::words;

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
}

impl Shape {
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
        let (misspelt, element) = words::MISSPELT;
        if let Some(at) = self.by_element.get(element) {
            self.by_element.insert(misspelt, *at);
        }
        let marked = |name| {
            let is_marked = |m: &Member| m.property.is_some_and(|p| is_set(p.qualifier(name)));
            self.members.iter().position(is_marked)
        };
        self.inline = marked("CIMI_Inline");
        self.text = marked("CIMI_XmlText");
    }
}

impl Member {
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
    qualifier.is_some_and(|q| matches!(q.value, QualifierValue::Boolean(true)))
}

fn text(qualifier: Option<&'static Qualifier>) -> Option<&'static str> {
    qualifier.and_then(|q| q.value.as_str())
}

fn class(class: &'static ClassDescriptor, schema: &Schema) -> ClassModel {
    let type_uri = mapped_uri(class.qualifier("MappingStrings").filter(|q| !q.propagated));
    let mut shape = Shape::default();
    for (position, property) in class.properties.iter().enumerate() {
        match embedded_class(property, schema) {
            Some(extension)
                if is_extension(extension)
                    && attribute_names(property.qualifiers).next().is_none() =>
            {
                shape.extensions = Some(position);
            }
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
        kinds: schema
            .classes()
            .iter()
            .copied()
            .filter(|c| class.flags.is_structure && c.is_a(class.name) && c.name != class.name)
            .collect(),
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
        (Some(class), _) if is_extension(class) => MemberKind::Any(class),
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
        xml_value: text(property.qualifier("CIMI_XmlValue")),
        xml_text: is_set(property.qualifier("CIMI_XmlText")),
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
        makes: makes(method, schema),
    })
}

fn makes(method: &'static MethodDescriptor, schema: &Schema) -> Option<MakesModel> {
    let [class, source, property, value] = method.qualifier("CIMI_Makes")?.value.strings() else {
        return None;
    };
    let class = schema.class(class)?;
    let (source, _) = class.property(source)?;
    let (property, _) = class.property(property)?;
    Some(MakesModel {
        class,
        source,
        usual: (property, value),
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
        xml_value: None,
        xml_text: false,
        order: order(association.qualifier("CIMI_Order")),
    })
}
