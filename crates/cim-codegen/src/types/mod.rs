//! Typed structures in the spelling of CIMI REST: a struct for each resource type, create request and
//! structure, an enum for each ValueMap.
//!
//! They are for people: clients, tests, business logic. All fields are optional, because answers may be
//! partial. The generated crate has a module `value` with the field types that are named here
//! (`crates/cimi-model`).

mod field;
mod values;

use std::collections::BTreeMap;

use cim_core::ClassDescriptor;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use self::values::{Enum, enums, values};
use crate::doc::doc;
use crate::file::File;
use crate::name::{camel, distinct, snake};
use crate::rest;
use crate::rest::shape::{
    InXml, Member, NAMESPACE, Shapes, has_extensions, href, is_typed, rest_name,
};

/// `mod.rs`, `values.rs` with the enums, and a file for each struct.
pub(crate) fn types(classes: &[&'static ClassDescriptor]) -> Vec<File> {
    let typed: Vec<&'static ClassDescriptor> =
        classes.iter().copied().filter(|c| is_typed(c)).collect();
    let names = distinct(typed.iter().map(|c| rest_name(c)), camel);
    let modules = distinct(typed.iter().map(|c| rest_name(c)), snake);
    let generator = Types {
        shapes: Shapes { classes },
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
        File::rust("values.rs", &values(&generator.enums)),
    ];
    for ((class, name), module) in typed.iter().zip(&names).zip(&modules) {
        let module = module.to_string();
        let path = format!("{}.rs", module.trim_start_matches("r#"));
        files.push(File::rust(path, &generator.structure(class, name)));
    }
    files
}

struct Types<'c> {
    shapes: Shapes<'c>,
    name_of: BTreeMap<&'static str, Ident>,
    enums: Vec<Enum>,
}

impl Types<'_> {
    fn structure(&self, class: &'static ClassDescriptor, name: &Ident) -> TokenStream {
        let mut members = self.shapes.members(class);
        let type_uri = rest::type_uri(class);
        if self.shapes.is_given_by_value(class) {
            members.push(href(
                " Where this stands in place of a reference: the URI of the resource that is referred to.",
            ));
        }
        members.sort_by_key(|m| m.order);
        let (shared, members): (Vec<Member>, Vec<Member>) = members
            .into_iter()
            .partition(|m| matches!(m.in_xml, InXml::Shared(_)));
        let (shared_field, shared_type) = self.shared_element(name, &shared);
        // The names of the fields that are written here.
        let own = ["resourceURI", "extensions"].into_iter();
        let fields = distinct(own.chain(members.iter().map(|m| m.json)), snake).split_off(2);
        let fields = members
            .iter()
            .zip(&fields)
            .map(|(m, name)| self.field(m, name));
        let docs = doc(class.qualifiers);
        let root = rest_name(class);
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
                /// Attributes beyond the model.
                #[serde(flatten)]
                #[cfg_attr(feature = "xml", yaserde(flatten = true))]
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
}
