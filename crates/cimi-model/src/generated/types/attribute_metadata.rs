// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///What is to be known of one attribute of a resource type.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "AttributeMetadata",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct AttributeMetadata {
    ///Name of the attribute.
    #[serde(rename = "name", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "name", attribute = true))]
    pub name: Option<String>,
    ///XML namespace of an attribute beyond the model.
    #[serde(rename = "namespace", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "namespace", attribute = true))]
    pub namespace: Option<String>,
    ///Type of an attribute beyond the model, such as string.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "type", attribute = true))]
    pub r#type: Option<String>,
    ///Whether the attribute must be given.
    #[serde(rename = "required", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "required", attribute = true))]
    pub required: Option<bool>,
    ///Limits of the values of the attribute, in the words of the Provider.
    #[serde(rename = "constraints", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "constraint", skip_serializing = true))]
    pub constraints: Vec<Anything>,
}
