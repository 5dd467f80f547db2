//! The enums: one for every distinct ValueMap of a string.

use cim_core::{ClassDescriptor, ValueMap};
use proc_macro2::TokenStream;
use quote::quote;

use crate::doc::doc;
use crate::name::{camel, distinct, ident};
use crate::rest;
use crate::rest::shape::{is_listed, rest_name};

/// Every ValueMap of a string with its type name: the shortest of class and attribute where several
/// attributes share it.
pub(super) struct Enum {
    pub(super) map: ValueMap,
    pub(super) name: String,
    doc: Vec<String>,
}

pub(super) fn enums(typed: &[&'static ClassDescriptor]) -> Vec<Enum> {
    let mut found: Vec<Enum> = Vec::new();
    for class in typed {
        for property in class.properties {
            let Some((_, attribute)) = rest::attribute(property.qualifiers) else {
                continue;
            };
            if !is_listed(property, attribute) {
                continue;
            }
            let Some(map) = property.value_map else {
                continue;
            };
            let name = format!("{}{}", camel(rest_name(class)), camel(attribute));
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

/// `values.rs`
pub(super) fn values(enums: &[Enum]) -> TokenStream {
    let enums = enums.iter().map(|e| {
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
