//! The schema of CIMI REST's XML form: an element for each resource type and request, and the collection.
//!
//! It is the shape of DSP8009 1.0.2, made from the qualifiers that the codec of the service reads, so that
//! the two cannot drift apart. Every member is optional, because answers may be partial (`$select`) and
//! updates too; attributes beyond the model stand in other namespaces, behind the members.

use cim_core::{CimType, ClassDescriptor};

use super::facets::{Facets, facets};
use super::{HEADER, Schema, xml_type};
use crate::rest::flag;
use crate::rest::shape::{
    InXml, Kind, Member, NAMESPACE, OPERATIONS, Shapes, has_extensions, is_typed, rest_name,
};
use crate::rest::{namespace, type_uri};

const MANY: &str = " minOccurs=\"0\" maxOccurs=\"unbounded\"";
const OTHERS: &str = "<xs:any namespace=\"##other\" processContents=\"lax\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>";
const OTHER_ATTRIBUTES: &str = "<xs:anyAttribute namespace=\"##other\" processContents=\"lax\"/>";
const HREF: &str = "<xs:attribute name=\"href\" type=\"xs:anyURI\"/>";

/// The schema document; `None` if REST knows none of the classes.
pub(super) fn rest(classes: &[&'static ClassDescriptor]) -> Option<String> {
    let typed: Vec<&'static ClassDescriptor> =
        classes.iter().copied().filter(|c| is_typed(c)).collect();
    let uri = typed.iter().find_map(|c| type_uri(c))?;
    let target = namespace(uri);
    let mut out = Schema {
        text: HEADER.to_owned(),
        depth: 0,
    };
    out.open(&format!(
        "xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:cimi=\"{target}\" \
         targetNamespace=\"{target}\" elementFormDefault=\"qualified\""
    ));
    let shapes = Shapes { classes };
    // What is in the namespace of somebody else has its own schema.
    let own = |class: &ClassDescriptor| type_uri(class).map_or(NAMESPACE, namespace) == target;
    let typed: Vec<_> = typed.into_iter().filter(|c| own(c)).collect();
    words(&mut out);
    let mut items = Vec::new();
    for class in &typed {
        let members = sorted(shapes, class);
        items.extend(members.iter().filter_map(|m| match m.kind {
            Kind::Collection(item) => Some(item.name),
            _ => None,
        }));
        Rest {
            shapes,
            out: &mut out,
        }
        .class(class, &members);
    }
    let items: Vec<_> = typed.iter().filter(|c| items.contains(&c.name)).collect();
    for item in &items {
        collection(&mut out, rest_name(item));
    }
    whole_collection(&mut out, &items);
    action(&mut out);
    out.close("xs:schema");
    Some(out.text)
}

/// The types that are words of the protocol and not of the model.
fn words(out: &mut Schema) {
    out.line("<!-- xs:dateTime or xs:duration -->");
    out.open("xs:simpleType name=\"time\"");
    out.line("<xs:union memberTypes=\"xs:dateTime xs:duration\"/>");
    out.close("xs:simpleType");
    out.line("<!-- An operation that the client may ask for -->");
    out.open("xs:complexType name=\"operation\"");
    out.line("<xs:attribute name=\"rel\" type=\"xs:anyURI\" use=\"required\"/>");
    out.line("<xs:attribute name=\"href\" type=\"xs:anyURI\" use=\"required\"/>");
    out.line(OTHER_ATTRIBUTES);
    out.close("xs:complexType");
    out.line("<!-- An entry of a map -->");
    out.open("xs:complexType name=\"entry\"");
    out.open("xs:simpleContent");
    out.open("xs:extension base=\"xs:string\"");
    out.line("<xs:attribute name=\"key\" type=\"xs:string\" use=\"required\"/>");
    out.close("xs:extension");
    out.close("xs:simpleContent");
    out.close("xs:complexType");
    out.line("<!-- A URI in an attribute -->");
    out.open("xs:complexType name=\"uri\"");
    out.line("<xs:attribute name=\"href\" type=\"xs:anyURI\" use=\"required\"/>");
    out.close("xs:complexType");
    out.line("<!-- A link to a resource of any type, which may be expanded -->");
    out.open("xs:complexType name=\"anyLink\"");
    out.open("xs:sequence");
    out.line(&OTHERS.replace("##other", "##any"));
    out.close("xs:sequence");
    out.line(HREF);
    out.line(OTHER_ATTRIBUTES);
    out.close("xs:complexType");
}

/// What a link to a collection holds: nothing, or, expanded, what the collection has.
fn collection(out: &mut Schema, item: &str) {
    out.open(&format!("xs:complexType name=\"{item}CollectionLink\""));
    out.open("xs:sequence");
    out.line("<xs:element name=\"id\" type=\"xs:anyURI\" minOccurs=\"0\"/>");
    out.line("<xs:element name=\"count\" type=\"xs:unsignedLong\" minOccurs=\"0\"/>");
    out.line(&format!("<xs:element ref=\"cimi:{item}\"{MANY}/>"));
    out.line(&format!(
        "<xs:element name=\"operation\" type=\"cimi:operation\"{MANY}/>"
    ));
    out.line(OTHERS);
    out.close("xs:sequence");
    out.line(HREF);
    out.line(OTHER_ATTRIBUTES);
    out.close("xs:complexType");
}

/// A collection as a document: its root has one name whatever the items are (DSP0263 5.5.12).
fn whole_collection(out: &mut Schema, items: &[&&'static ClassDescriptor]) {
    out.open("xs:element name=\"Collection\"");
    out.open("xs:complexType");
    out.open("xs:sequence");
    out.line("<xs:element name=\"id\" type=\"xs:anyURI\" minOccurs=\"0\"/>");
    out.line("<xs:element name=\"count\" type=\"xs:unsignedLong\" minOccurs=\"0\"/>");
    if !items.is_empty() {
        out.open("xs:choice minOccurs=\"0\"");
        for item in items {
            let name = rest_name(item);
            out.line(&format!(
                "<xs:element ref=\"cimi:{name}\" maxOccurs=\"unbounded\"/>"
            ));
        }
        out.close("xs:choice");
    }
    out.line(&format!(
        "<xs:element name=\"operation\" type=\"cimi:operation\"{MANY}/>"
    ));
    out.line(OTHERS);
    out.close("xs:sequence");
    out.line("<xs:attribute name=\"resourceURI\" type=\"xs:anyURI\" use=\"required\"/>");
    out.line(OTHER_ATTRIBUTES);
    out.close("xs:complexType");
    out.close("xs:element");
}

/// The request of an operation: which one, and its parameters.
fn action(out: &mut Schema) {
    out.open("xs:element name=\"Action\"");
    out.open("xs:complexType");
    out.open("xs:sequence");
    out.line("<xs:element name=\"action\" type=\"xs:anyURI\"/>");
    out.line(&OTHERS.replace("##other", "##any"));
    out.close("xs:sequence");
    out.line(OTHER_ATTRIBUTES);
    out.close("xs:complexType");
    out.close("xs:element");
}

/// The members in the order of XML.
fn sorted(shapes: Shapes<'_>, class: &'static ClassDescriptor) -> Vec<Member> {
    let mut members = shapes.members(class);
    members.sort_by_key(|m| m.order);
    // What is inlined may have a member of the same name: it is the one that comes first.
    let mut names = Vec::new();
    members.retain(|m| {
        let is_new = !names.contains(&m.json);
        names.push(m.json);
        is_new
    });
    members
}

struct Rest<'s, 'c> {
    shapes: Shapes<'c>,
    out: &'s mut Schema,
}

impl Rest<'_, '_> {
    fn class(&mut self, class: &'static ClassDescriptor, members: &[Member]) {
        let name = rest_name(class);
        let text = members.iter().any(|m| m.in_xml == InXml::Text);
        let attributes: Vec<&Member> = members
            .iter()
            .filter(|m| m.in_xml == InXml::Attribute)
            .collect();
        if text {
            self.text(name, &attributes);
            return;
        }
        self.out.open(&format!("xs:group name=\"{name}Members\""));
        self.out.open("xs:sequence");
        for member in members {
            self.element(members, member);
        }
        self.out.close("xs:sequence");
        self.out.close("xs:group");
        let open = class
            .properties
            .iter()
            .any(|p| flag(p.qualifiers, "CIMI_Inline"))
            || has_extensions(class)
            || self.has_kinds(class);
        self.out.open(&format!("xs:complexType name=\"{name}\""));
        self.content(name, open);
        for member in &attributes {
            self.attribute(member);
        }
        self.out.line(OTHER_ATTRIBUTES);
        self.out.close("xs:complexType");
        if type_uri(class).is_none() {
            return;
        }
        self.out.line(&format!(
            "<xs:element name=\"{name}\" type=\"cimi:{name}\"/>"
        ));
        // Where a link to it stands: nothing but its address, or, expanded or given by value, the
        // members too.
        self.out
            .open(&format!("xs:complexType name=\"{name}Link\""));
        self.content(name, true);
        self.out.line(HREF);
        self.out.line(OTHER_ATTRIBUTES);
        self.out.close("xs:complexType");
    }

    fn content(&mut self, name: &str, open: bool) {
        self.out.open("xs:sequence");
        self.out
            .line(&format!("<xs:group ref=\"cimi:{name}Members\"/>"));
        if open {
            self.out.line(OTHERS);
        }
        self.out.close("xs:sequence");
    }

    /// A structure that is a text with attributes.
    fn text(&mut self, name: &str, attributes: &[&Member]) {
        self.out.open(&format!("xs:complexType name=\"{name}\""));
        self.out.open("xs:simpleContent");
        self.out.open("xs:extension base=\"xs:string\"");
        for member in attributes {
            self.attribute(member);
        }
        self.out.close("xs:extension");
        self.out.close("xs:simpleContent");
        self.out.close("xs:complexType");
    }

    fn attribute(&mut self, member: &Member) {
        let ty = match member.kind {
            Kind::Href => "xs:anyURI".to_owned(),
            Kind::Scalar(property) => scalar(property.ty),
            _ => "xs:string".to_owned(),
        };
        self.out.line(&format!(
            "<xs:attribute name=\"{}\" type=\"{ty}\"/>",
            member.xml
        ));
    }

    fn element(&mut self, members: &[Member], member: &Member) {
        let name = member.xml;
        let occurs = if member.is_array {
            MANY
        } else {
            " minOccurs=\"0\""
        };
        let mut line = |ty: &str| {
            self.out.line(&format!(
                "<xs:element name=\"{name}\" type=\"{ty}\"{occurs}/>"
            ));
        };
        match (member.in_xml, member.kind) {
            (InXml::Attribute | InXml::Text, _) => {}
            (InXml::Shared(_), _) => self.shared(members, member),
            (InXml::Anything, _) => line("xs:anyType"),
            (_, Kind::Secret) => line("xs:string"),
            (_, Kind::Href) => line("xs:anyURI"),
            (_, Kind::Uri) => line("cimi:uri"),
            (_, Kind::Entry) => line("cimi:entry"),
            (_, Kind::Operation) => line("cimi:operation"),
            (_, Kind::Anything | Kind::Text) => line("xs:anyType"),
            (_, Kind::Link(class) | Kind::ByValue(class)) => {
                let ty = self
                    .shapes
                    .class(class)
                    .filter(|c| is_typed(c) && type_uri(c).is_some());
                line(&ty.map_or("cimi:anyLink".to_owned(), |c| {
                    format!("cimi:{}Link", rest_name(c))
                }));
            }
            (_, Kind::Structure(class)) => {
                let class = self.shapes.class(class).map_or(class, |c| rest_name(c));
                line(&format!("cimi:{class}"));
            }
            (_, Kind::Collection(item)) => line(&format!("cimi:{}CollectionLink", rest_name(item))),
            (_, Kind::Scalar(property) | Kind::Listed(property)) => {
                let ty = match member.json {
                    "id" => "xs:anyURI".to_owned(),
                    _ => scalar(property.ty),
                };
                match facets(property) {
                    Facets::Restriction(facets) if member.json != OPERATIONS => {
                        self.out
                            .open(&format!("xs:element name=\"{name}\"{occurs}"));
                        self.out.open("xs:simpleType");
                        self.out.open(&format!("xs:restriction base=\"{ty}\""));
                        for facet in facets {
                            self.out.line(&facet);
                        }
                        self.out.close("xs:restriction");
                        self.out.close("xs:simpleType");
                        self.out.close("xs:element");
                    }
                    _ => line(&ty),
                }
            }
        }
    }

    /// The element whose attributes hold several members, where this is the first of them.
    fn shared(&mut self, members: &[Member], member: &Member) {
        let mut sharing = members
            .iter()
            .filter(|m| m.xml == member.xml && matches!(m.in_xml, InXml::Shared(_)));
        if sharing.next().is_none_or(|first| first.json != member.json) {
            return;
        }
        self.out.open(&format!(
            "xs:element name=\"{}\" minOccurs=\"0\"",
            member.xml
        ));
        self.out.open("xs:complexType");
        for member in members.iter().filter(|m| m.xml == member.xml) {
            if let (InXml::Shared(attribute), Kind::Scalar(property)) = (member.in_xml, member.kind)
            {
                self.out.line(&format!(
                    "<xs:attribute name=\"{attribute}\" type=\"{}\"/>",
                    scalar(property.ty)
                ));
            }
        }
        self.out.close("xs:complexType");
        self.out.close("xs:element");
    }

    fn has_kinds(&self, class: &ClassDescriptor) -> bool {
        let mut classes = self.shapes.classes.iter();
        class.flags.is_structure && classes.any(|c| c.is_a(class.name) && c.name != class.name)
    }
}

fn scalar(ty: CimType) -> String {
    match ty {
        CimType::Boolean => "xs:boolean".to_owned(),
        CimType::Real32 => "xs:float".to_owned(),
        CimType::Real64 => "xs:double".to_owned(),
        CimType::DateTime => "cimi:time".to_owned(),
        ty => format!("xs:{}", xml_type(ty)),
    }
}
