//! Members as fields, with what serde and yaserde have to know.

use cim_core::CimType;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Types;
use crate::name::{camel, distinct, ident, snake};
use crate::rest::shape::{InXml, Kind, Member};

impl Types<'_> {
    /// The type of one value of a member.
    fn ty(&self, kind: Kind) -> TokenStream {
        match kind {
            Kind::Text | Kind::Href => quote!(String),
            Kind::Anything => quote!(Anything),
            Kind::Uri => quote!(Uri),
            Kind::Operation => quote!(Operation),
            Kind::Entry => quote!(Property),
            Kind::Secret => quote!(Secret),
            Kind::Link(_) | Kind::Collection(_) => quote!(Link),
            Kind::ByValue(class) | Kind::Structure(class) => match self.name_of.get(class) {
                Some(name) => quote!(#name),
                None => quote!(String),
            },
            Kind::Listed(property) => self
                .enums
                .iter()
                .find(|e| Some(e.map.values) == property.value_map.map(|m| m.values))
                .map(|e| ident(&e.name))
                .map_or_else(|| quote!(String), |name| quote!(#name)),
            Kind::Scalar(property) => match property.ty {
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
                CimType::String | CimType::Char16 | CimType::Reference => quote!(String),
            },
        }
    }

    /// The members that share a child element in XML, while JSON has them beside the others: a field of a
    /// structure of their own.
    pub(super) fn shared_element(
        &self,
        owner: &Ident,
        members: &[Member],
    ) -> (TokenStream, TokenStream) {
        let Some(element) = members.first().map(|m| m.xml) else {
            return (quote!(), quote!());
        };
        let field_name = ident(&snake(element));
        let name = ident(&format!("{owner}{}", camel(element)));
        let names = distinct(members.iter().map(|m| m.json), snake);
        let fields = members
            .iter()
            .zip(&names)
            .map(|(m, name)| self.field(m, name));
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

    /// A field.
    pub(super) fn field(&self, member: &Member, name: &Ident) -> TokenStream {
        let (json, xml, docs) = (member.json, member.xml, &member.doc);
        let ty = self.ty(member.kind);
        let serde = if matches!(member.kind, Kind::Entry) {
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
            InXml::Anything => {
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
}
