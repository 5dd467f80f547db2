//! Documents and structures of CIMI REST as their members: what typed structs and the XML Schema are both
//! made of.

use cim_core::{CimType, ClassDescriptor, Embedded, PropertyDescriptor};

use super::{
    access, attribute, flag, is_extension, order, type_name, type_uri, xml_item, xml_value,
};
use crate::doc::doc;

/// The namespace of structures, which have no type URI of their own.
pub(crate) const NAMESPACE: &str = "http://schemas.dmtf.org/cimi/1";
/// The attribute that REST writes as objects with a relation and an address (DSP0263 4.2); CIM has the
/// short names only.
pub(crate) const OPERATIONS: &str = "operations";

/// A member of a document: an attribute or a collection.
pub(crate) struct Member {
    /// Its position in XML.
    pub(crate) order: u64,
    /// Its name in JSON.
    pub(crate) json: &'static str,
    /// Its element in XML, or that of one item.
    pub(crate) xml: &'static str,
    pub(crate) in_xml: InXml,
    pub(crate) is_array: bool,
    pub(crate) kind: Kind,
    pub(crate) doc: Vec<String>,
}

/// What a member holds.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// A scalar, or the values of one if the property is an array.
    Scalar(&'static PropertyDescriptor),
    /// A string with listed values.
    Listed(&'static PropertyDescriptor),
    /// A text that is never answered.
    Secret,
    /// A URI that is text in JSON and an XML attribute.
    Uri,
    /// The address of what stands here.
    Href,
    /// A link to a resource of the class.
    Link(&'static str),
    /// A link, the attributes of the target, or both.
    ByValue(&'static str),
    /// A structure of the class.
    Structure(&'static str),
    /// An entry of a map.
    Entry,
    /// A value for which the model has no type.
    Anything,
    /// That as text.
    Text,
    /// An operation.
    Operation,
    /// A link to the collection of the class.
    Collection(&'static ClassDescriptor),
}

/// Where a member stands in XML.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum InXml {
    /// In an element of its own.
    Element,
    /// In an attribute of the structure's element.
    Attribute,
    /// It is the text of the structure's element.
    Text,
    /// In an attribute of a child element that it shares with others (`CIMI_XmlValue`).
    Shared(&'static str),
    /// In an element that holds anything.
    Anything,
}

/// Whether REST has documents or structures of that class.
pub(crate) fn is_typed(class: &ClassDescriptor) -> bool {
    let is_structure = || {
        let mut attributes = class.properties.iter().map(|p| attribute(p.qualifiers));
        class.flags.is_structure
            && !flag(class.qualifiers, "CIMI_Map")
            && attributes.any(|attribute| attribute.is_some())
    };
    !class.flags.is_abstract && (type_uri(class).is_some() || is_structure())
}

/// The name of the REST type, or that of the class without its schema.
pub(crate) fn rest_name(class: &ClassDescriptor) -> &'static str {
    let without_schema = || class.name.split_once('_').map(|(_, name)| name);
    type_name(class)
        .or_else(without_schema)
        .unwrap_or(class.name)
}

/// Whether the values of an attribute are an enumeration.
pub(crate) fn is_listed(property: &PropertyDescriptor, attribute: &str) -> bool {
    property.ty == CimType::String && property.value_map.is_some() && attribute != OPERATIONS
}

/// Whether instances may keep attributes beyond the model.
pub(crate) fn has_extensions(class: &ClassDescriptor) -> bool {
    class.properties.iter().any(|p| {
        matches!(p.embedded, Embedded::Instance(_))
            && attribute(p.qualifiers).is_none()
            && p.is_array
    })
}

/// The member `href` of a structure.
pub(crate) fn href(about: &str) -> Member {
    Member {
        order: 0,
        json: "href",
        xml: "href",
        in_xml: InXml::Attribute,
        is_array: false,
        kind: Kind::Href,
        doc: vec![about.to_owned()],
    }
}

/// The classes of a schema, asked for members.
#[derive(Clone, Copy)]
pub(crate) struct Shapes<'c> {
    pub(crate) classes: &'c [&'static ClassDescriptor],
}

impl Shapes<'_> {
    pub(crate) fn class(&self, name: &str) -> Option<&'static ClassDescriptor> {
        self.classes.iter().copied().find(|c| c.name == name)
    }

    /// The attributes of the class, and the collections that associations make of it.
    pub(crate) fn members(&self, class: &'static ClassDescriptor) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        // A structure may be any of its kinds: it has the members of all.
        let kinds = self
            .classes
            .iter()
            .filter(|c| class.flags.is_structure && c.is_a(class.name) && c.name != class.name);
        let properties = kinds.flat_map(|c| c.properties);
        for property in class.properties.iter().chain(properties) {
            let Some((_, json)) = attribute(property.qualifiers) else {
                continue;
            };
            if members.iter().any(|m| m.json == json) {
                continue;
            }
            if flag(property.qualifiers, "CIMI_Inline") {
                self.inline(property, &mut members);
            } else {
                members.push(self.member(property, json));
            }
        }
        let type_name = type_name(class);
        for association in self.classes.iter().filter(|c| c.flags.is_association) {
            if let Some((owner, json)) = attribute(association.qualifiers)
                && Some(owner) == type_name
                && let Some(item) = self.item(association, class)
            {
                members.push(Member {
                    order: order(association.qualifiers),
                    json,
                    xml: json,
                    in_xml: InXml::Element,
                    is_array: false,
                    kind: Kind::Collection(item),
                    doc: vec![format!(" The collection `{json}`.")],
                });
            }
        }
        members
    }

    /// The class of what is in a collection: the association itself where memberships are resources.
    fn item(
        &self,
        association: &'static ClassDescriptor,
        owner: &ClassDescriptor,
    ) -> Option<&'static ClassDescriptor> {
        if type_uri(association).is_some() {
            return Some(association);
        }
        let is_owner = |p: &PropertyDescriptor| {
            flag(p.qualifiers, "Aggregate") || p.reference_class.is_some_and(|c| owner.is_a(c))
        };
        let owner_end = association.references().find(|p| is_owner(p))?;
        let mut ends = association.references();
        let item = ends.find(|p| p.name != owner_end.name)?.reference_class?;
        self.class(item)
    }

    /// A reference whose members stand beside those of the structure that holds it.
    fn inline(&self, property: &PropertyDescriptor, members: &mut Vec<Member>) {
        let about = doc(property.qualifiers).join("");
        members.push(href(&format!(
            "{about} Its URI, if it is given by reference."
        )));
        let Embedded::Instance(target) = property.embedded else {
            return;
        };
        if let Some(target) = self.class(target) {
            // Its own name and place come after those of the structure.
            members.extend(self.members(target).into_iter().map(|m| Member {
                order: m.order + 10,
                ..m
            }));
        }
    }

    fn member(&self, property: &'static PropertyDescriptor, json: &'static str) -> Member {
        let qualifiers = property.qualifiers;
        let embedded = match property.embedded {
            Embedded::Instance(name) => Some((name, self.class(name))),
            Embedded::No | Embedded::Object => None,
        };
        let class = embedded.and_then(|(_, class)| class);
        let is_map = class.is_some_and(|c| flag(c.qualifiers, "CIMI_Map"));
        let any = class.is_some_and(is_extension);
        let value_in = xml_value(qualifiers);
        let is_text = flag(qualifiers, "CIMI_XmlText");
        let kind = match (embedded, property.reference_class) {
            _ if any && is_text => Kind::Text,
            _ if any => Kind::Anything,
            _ if value_in.is_some() && property.is_array => Kind::Uri,
            _ if json == OPERATIONS => Kind::Operation,
            _ if is_map => Kind::Entry,
            (Some((class, _)), Some(_)) => Kind::ByValue(class),
            (Some((class, _)), None) => Kind::Structure(class),
            (None, Some(class)) => Kind::Link(class),
            _ if property.ty == CimType::String && access(qualifiers) == Some("WO") => Kind::Secret,
            _ if is_listed(property, json) => Kind::Listed(property),
            _ => Kind::Scalar(property),
        };
        Member {
            order: order(qualifiers),
            json,
            xml: xml_item(qualifiers).unwrap_or(json),
            in_xml: match value_in {
                _ if is_text => InXml::Text,
                _ if any => InXml::Anything,
                Some(attribute) if !property.is_array => InXml::Shared(attribute),
                _ if flag(qualifiers, "CIMI_XmlAttribute") => InXml::Attribute,
                _ => InXml::Element,
            },
            is_array: property.is_array,
            kind,
            // The CIM text speaks of short names; here are objects.
            doc: if json == OPERATIONS {
                vec![" The operations that the caller may ask for at present.".to_owned()]
            } else {
                doc(qualifiers)
            },
        }
    }

    /// Whether a document has resources of this class in place of references to them.
    pub(crate) fn is_given_by_value(&self, class: &ClassDescriptor) -> bool {
        self.classes.iter().flat_map(|c| c.properties).any(|p| {
            p.reference_class.is_some()
                && matches!(p.embedded, Embedded::Instance(name) if class.is_a(name))
        })
    }
}
