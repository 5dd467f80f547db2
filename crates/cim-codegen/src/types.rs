//! Typed structures in the spelling of CIMI REST: a struct for each resource type, create request and
//! structure, an enum for each ValueMap.
//!
//! They are for people: clients, tests, business logic. All fields are optional, because answers may be
//! partial. The generated crate has a module `value` with the field types that are named here
//! (`crates/cimi-model`).

use std::collections::BTreeMap;

use cim_core::{CimType, ClassDescriptor, Embedded, PropertyDescriptor, Qualifier, ValueMap};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::doc::doc;
use crate::file::File;
use crate::name::{camel, distinct, ident, snake};
use crate::rest;

/// The namespace of structures, which have no type URI of their own.
const NAMESPACE: &str = "http://schemas.dmtf.org/cimi/1";
/// The attribute that REST writes as objects with a relation and an address (DSP0263 4.2); CIM has the
/// short names only.
const OPERATIONS: &str = "operations";

/// `mod.rs`, `values.rs` with the enums, and a file for each struct.
pub(crate) fn types(classes: &[&'static ClassDescriptor]) -> Vec<File> {
    let typed: Vec<&'static ClassDescriptor> = classes
        .iter()
        .copied()
        .filter(|c| !c.flags.is_abstract && is_typed(c))
        .collect();
    let names = distinct(typed.iter().map(|c| rust_name(c)), camel);
    let modules = distinct(typed.iter().map(|c| rust_name(c)), snake);
    let generator = Types {
        classes,
        name_of: typed
            .iter()
            .map(|c| c.name)
            .zip(names.iter().cloned())
            .collect(),
        enums: enums(&typed),
    };
    let mut files = vec![
        File::rust(
            "mod.rs",
            &quote! {
                //! The resources, requests and structures of the model as Rust structs, in the spelling
                //! of CIMI REST.

                mod values;
                #( mod #modules; )*

                pub use values::*;
                #( pub use #modules::#names; )*
            },
        ),
        File::rust("values.rs", &generator.values()),
    ];
    for ((class, name), module) in typed.iter().zip(&names).zip(&modules) {
        let module = module.to_string();
        let path = format!("{}.rs", module.trim_start_matches("r#"));
        files.push(File::rust(path, &generator.structure(class, name)));
    }
    files
}

/// Whether REST has documents or structures of that class.
fn is_typed(class: &ClassDescriptor) -> bool {
    let has_attributes = || {
        class
            .properties
            .iter()
            .any(|p| rest::attribute(p.qualifiers).is_some())
    };
    rest::type_uri(class).is_some()
        || class.flags.is_structure && !rest::flag(class.qualifiers, "CIMI_Map") && has_attributes()
}

/// The name of the REST type, or that of the class without its schema.
fn rust_name(class: &ClassDescriptor) -> &'static str {
    rest::type_name(class).unwrap_or_else(|| {
        class
            .name
            .split_once('_')
            .map_or(class.name, |(_, name)| name)
    })
}

/// Every ValueMap of a string with its type name: the shortest of class and attribute where several
/// attributes share it.
struct Enum {
    map: ValueMap,
    name: String,
    doc: Vec<String>,
}

fn enums(typed: &[&'static ClassDescriptor]) -> Vec<Enum> {
    let mut found: Vec<Enum> = Vec::new();
    for class in typed {
        for property in class.properties {
            let Some((_, attribute)) = rest::attribute(property.qualifiers) else {
                continue;
            };
            if !has_enum(property, attribute) {
                continue;
            }
            let Some(map) = property.value_map else {
                continue;
            };
            let name = format!("{}{}", camel(rust_name(class)), camel(attribute));
            match found.iter_mut().find(|e| e.map.values == map.values) {
                Some(known) if known.name.len() <= name.len() => {}
                Some(known) => {
                    known.name = name;
                    known.doc = doc(property.qualifiers);
                }
                None => found.push(Enum {
                    map,
                    name,
                    doc: doc(property.qualifiers),
                }),
            }
        }
    }
    found
}

fn has_enum(property: &PropertyDescriptor, attribute: &str) -> bool {
    property.ty == CimType::String && property.value_map.is_some() && attribute != OPERATIONS
}

struct Types<'c> {
    classes: &'c [&'static ClassDescriptor],
    name_of: BTreeMap<&'static str, Ident>,
    enums: Vec<Enum>,
}

/// A member of a document: an attribute or a collection.
struct Member {
    order: u64,
    json: &'static str,
    xml: &'static str,
    in_xml: InXml,
    is_array: bool,
    ty: TokenStream,
    is_map: bool,
    doc: Vec<String>,
}

/// Where a member stands in XML.
#[derive(Clone, Copy, PartialEq, Eq)]
enum InXml {
    /// In an element of its own.
    Element,
    /// In an attribute of the structure's element.
    Attribute,
    /// It is the text of the structure's element.
    Text,
    /// In an attribute of a child element that it shares with others (`CIMI_XmlValue`).
    Shared(&'static str),
    /// Nowhere: what XML carries there has no type.
    Nowhere,
}

impl Types<'_> {
    fn values(&self) -> TokenStream {
        let enums = self.enums.iter().map(|e| {
            let name = ident(&e.name);
            let docs = &e.doc;
            let known: Vec<(&str, &str)> = e
                .map
                .values
                .iter()
                .enumerate()
                .filter(|(_, value)| **value != "..")
                .map(|(at, value)| (*value, e.map.names.get(at).copied().unwrap_or(value)))
                .collect();
            let values: Vec<&str> = known.iter().map(|(value, _)| *value).collect();
            // `Unknown` and `Other` are values of CIMI: what is in no list has a name of its own.
            let names = std::iter::once("Unlisted").chain(known.iter().map(|(_, name)| *name));
            let variants = distinct(names, camel).split_off(1);
            let variant_docs = values.iter().map(|value| format!(" `{value}`"));
            quote! {
                #( #[doc = #docs] )*
                #[derive(Debug, Clone, PartialEq, Eq, Hash)]
                #[non_exhaustive]
                pub enum #name {
                    #( #[doc = #variant_docs] #variants, )*
                    /// A value that this model does not know; it is kept as it is.
                    Unlisted(String),
                }

                impl #name {
                    /// The value as it is sent.
                    pub fn as_str(&self) -> &str {
                        match self {
                            #( Self::#variants => #values, )*
                            Self::Unlisted(value) => value,
                        }
                    }
                }

                impl From<&str> for #name {
                    fn from(value: &str) -> Self {
                        match value {
                            #( #values => Self::#variants, )*
                            other => Self::Unlisted(other.to_owned()),
                        }
                    }
                }

                crate::value::enumeration!(#name);
            }
        });
        quote! {
            //! The enumerated values of the model.

            #( #enums )*
        }
    }

    fn structure(&self, class: &'static ClassDescriptor, name: &Ident) -> TokenStream {
        let mut members = self.members(class);
        let type_uri = rest::type_uri(class);
        if self.is_given_by_value(class) {
            members.push(href(
                " Where this stands in place of a reference: the URI of the resource that is referred to.",
            ));
        }
        members.sort_by_key(|m| m.order);
        let (shared, members): (Vec<Member>, Vec<Member>) = members
            .into_iter()
            .partition(|m| matches!(m.in_xml, InXml::Shared(_)));
        let (shared_field, shared_type) = shared_element(name, &shared);
        let fields = distinct(members.iter().map(|m| m.json), snake);
        let fields = members.iter().zip(&fields).map(|(m, name)| field(m, name));
        let docs = doc(class.qualifiers);
        let root = rust_name(class);
        let namespace = type_uri.map_or(NAMESPACE, rest::namespace);
        let (uri_field, uri_impl) = match type_uri {
            None => (quote!(), quote!()),
            Some(uri) => (
                quote! {
                    /// The type URI, in JSON only.
                    #[serde(rename = "resourceURI", skip_serializing_if = "Option::is_none")]
                    #[cfg_attr(
                        feature = "xml",
                        yaserde(rename = "resourceURI", skip_serializing = true)
                    )]
                    pub resource_uri: Option<String>,
                },
                quote! {
                    impl #name {
                        /// The type URI of these resources.
                        pub const TYPE_URI: &'static str = #uri;
                    }

                    #[cfg(feature = "xml")]
                    impl crate::xml::Document for #name {
                        const ROOT: &'static str = #root;
                        const NAMESPACE: &'static str = #namespace;
                    }
                },
            ),
        };
        let extensions = has_extensions(class).then(|| {
            quote! {
                /// Attributes beyond the model, in JSON only.
                #[serde(flatten)]
                #[cfg_attr(feature = "xml", yaserde(skip_serializing = true, default = "no_extensions"))]
                pub extensions: Extensions,
            }
        });
        quote! {
            #[allow(unused_imports, reason = "not every structure needs every word")]
            use super::*;
            #[allow(unused_imports, reason = "not every structure needs every word")]
            use crate::value::*;

            #( #[doc = #docs] )*
            #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
            #[serde(default)]
            #[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
            #[cfg_attr(
                feature = "xml",
                yaserde(
                    rename = #root,
                    prefix = "cimi",
                    default_namespace = "cimi",
                    namespaces = { "cimi" = #namespace }
                )
            )]
            pub struct #name {
                #uri_field
                #( #fields )*
                #shared_field
                #extensions
            }

            #shared_type

            #uri_impl
        }
    }

    /// The attributes of the class, and the collections that associations make of it.
    fn members(&self, class: &'static ClassDescriptor) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        // A structure may be any of its kinds: it has the members of all.
        let kinds = self
            .classes
            .iter()
            .filter(|c| class.flags.is_structure && c.is_a(class.name) && c.name != class.name);
        let properties = kinds.flat_map(|c| c.properties);
        for property in class.properties.iter().chain(properties) {
            let Some((_, json)) = rest::attribute(property.qualifiers) else {
                continue;
            };
            if members.iter().any(|m| m.json == json) {
                continue;
            }
            if rest::flag(property.qualifiers, "CIMI_Inline") {
                self.inline(property, &mut members);
            } else {
                members.push(self.member(property, json));
            }
        }
        let type_name = rest::type_name(class);
        for association in self.classes.iter().filter(|c| c.flags.is_association) {
            if let Some((owner, json)) = rest::attribute(association.qualifiers)
                && Some(owner) == type_name
            {
                members.push(Member {
                    order: rest::order(association.qualifiers),
                    json,
                    xml: json,
                    in_xml: InXml::Element,
                    is_array: false,
                    ty: quote!(Link),
                    is_map: false,
                    doc: vec![format!(" The collection `{json}`.")],
                });
            }
        }
        members
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
        if let Some(target) = self.classes.iter().find(|c| c.name == target) {
            // Its own name and place come after those of the structure.
            members.extend(self.members(target).into_iter().map(|m| Member {
                order: m.order + 10,
                ..m
            }));
        }
    }

    fn member(&self, property: &PropertyDescriptor, json: &'static str) -> Member {
        let qualifiers: &[Qualifier] = property.qualifiers;
        let is_map = matches!(property.embedded, Embedded::Instance(class)
            if self.classes.iter().any(|c| c.name == class && rest::flag(c.qualifiers, "CIMI_Map")));
        let any = matches!(property.embedded, Embedded::Instance(class)
            if self.classes.iter().any(|c| c.name == class && rest::is_extension(c)));
        let xml_value = rest::xml_value(qualifiers);
        let is_text = rest::flag(qualifiers, "CIMI_XmlText");
        let ty = match (property.embedded, property.reference_class) {
            _ if any && is_text => quote!(String),
            _ if any => quote!(Anything),
            _ if xml_value.is_some() && property.is_array => quote!(Uri),
            _ if json == OPERATIONS => quote!(Operation),
            _ if is_map => quote!(Property),
            (Embedded::Instance(class), _) => match self.name_of.get(class) {
                Some(name) => quote!(#name),
                None => quote!(String),
            },
            (Embedded::No, Some(_)) => quote!(Link),
            _ => match property.ty {
                CimType::Boolean => quote!(bool),
                CimType::Uint8 => quote!(u8),
                CimType::Uint16 => quote!(u16),
                CimType::Uint32 => quote!(u32),
                CimType::Uint64 => quote!(u64),
                CimType::Sint8 => quote!(i8),
                CimType::Sint16 => quote!(i16),
                CimType::Sint32 => quote!(i32),
                CimType::Sint64 => quote!(i64),
                CimType::Real32 => quote!(f32),
                CimType::Real64 => quote!(f64),
                CimType::DateTime => quote!(DateTime),
                CimType::String if rest::access(qualifiers) == Some("WO") => quote!(Secret),
                CimType::String if has_enum(property, json) => self
                    .enums
                    .iter()
                    .find(|e| Some(e.map.values) == property.value_map.map(|m| m.values))
                    .map(|e| ident(&e.name))
                    .map_or_else(|| quote!(String), |name| quote!(#name)),
                _ => quote!(String),
            },
        };
        Member {
            order: rest::order(qualifiers),
            json,
            xml: rest::xml_item(qualifiers).unwrap_or(json),
            in_xml: match xml_value {
                _ if is_text => InXml::Text,
                _ if any => InXml::Nowhere,
                Some(attribute) if !property.is_array => InXml::Shared(attribute),
                _ if rest::flag(qualifiers, "CIMI_XmlAttribute") => InXml::Attribute,
                _ => InXml::Element,
            },
            is_array: property.is_array,
            ty,
            is_map,
            // The CIM text speaks of short names; here are objects.
            doc: if json == OPERATIONS {
                vec![" The operations that the caller may ask for at present.".to_owned()]
            } else {
                doc(qualifiers)
            },
        }
    }

    /// Whether a document has resources of this class in place of references to them.
    fn is_given_by_value(&self, class: &ClassDescriptor) -> bool {
        self.classes.iter().flat_map(|c| c.properties).any(|p| {
            p.reference_class.is_some()
                && matches!(p.embedded, Embedded::Instance(name) if class.is_a(name))
        })
    }
}

/// The members that share a child element in XML, while JSON has them beside the others: a field of a
/// structure of their own.
fn shared_element(owner: &Ident, members: &[Member]) -> (TokenStream, TokenStream) {
    let Some(element) = members.first().map(|m| m.xml) else {
        return (quote!(), quote!());
    };
    let field_name = ident(&snake(element));
    let name = ident(&format!("{owner}{}", camel(element)));
    let names = distinct(members.iter().map(|m| m.json), snake);
    let fields = members.iter().zip(&names).map(|(m, name)| field(m, name));
    let docs = format!(" The attributes of the XML element `{element}`.");
    let shared_field = quote! {
        #[doc = #docs]
        #[serde(flatten)]
        #[cfg_attr(
            feature = "xml",
            yaserde(rename = #element, prefix = "cimi", default = "nothing")
        )]
        pub #field_name: #name,
    };
    let shared_type = quote! {
        #[doc = #docs]
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        #[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
        pub struct #name {
            #( #fields )*
        }
    };
    (shared_field, shared_type)
}

fn has_extensions(class: &ClassDescriptor) -> bool {
    class.properties.iter().any(|p| {
        matches!(p.embedded, Embedded::Instance(_))
            && rest::attribute(p.qualifiers).is_none()
            && p.is_array
    })
}

fn href(about: &str) -> Member {
    Member {
        order: 0,
        json: "href",
        xml: "href",
        in_xml: InXml::Attribute,
        is_array: false,
        ty: quote!(String),
        is_map: false,
        doc: vec![about.to_owned()],
    }
}

fn field(member: &Member, name: &Ident) -> TokenStream {
    let (json, xml, ty, docs) = (member.json, member.xml, &member.ty, &member.doc);
    let serde = if member.is_map {
        quote!(#[serde(
            rename = #json,
            with = "crate::value::map",
            skip_serializing_if = "Vec::is_empty"
        )])
    } else if member.is_array {
        quote!(#[serde(rename = #json, skip_serializing_if = "Vec::is_empty")])
    } else if member.in_xml == InXml::Text {
        quote!(#[serde(
            rename = #json,
            with = "crate::value::json_text",
            skip_serializing_if = "Option::is_none"
        )])
    } else {
        quote!(#[serde(rename = #json, skip_serializing_if = "Option::is_none")])
    };
    let yaserde = match member.in_xml {
        InXml::Element => {
            quote!(#[cfg_attr(feature = "xml", yaserde(rename = #xml, prefix = "cimi"))])
        }
        InXml::Attribute => {
            quote!(#[cfg_attr(feature = "xml", yaserde(rename = #xml, attribute = true))])
        }
        InXml::Shared(attribute) => {
            quote!(#[cfg_attr(feature = "xml", yaserde(rename = #attribute, attribute = true))])
        }
        InXml::Text => quote!(#[cfg_attr(feature = "xml", yaserde(text = true))]),
        InXml::Nowhere => {
            quote!(#[cfg_attr(feature = "xml", yaserde(rename = #xml, skip_serializing = true))])
        }
    };
    let ty = if member.is_array {
        quote!(Vec<#ty>)
    } else {
        quote!(Option<#ty>)
    };
    quote! {
        #( #[doc = #docs] )*
        #serde
        #yaserde
        pub #name: #ty,
    }
}
