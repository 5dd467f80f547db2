// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///An operation that a resource type has in this cloud.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "ActionMetadata",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct ActionMetadata {
    ///Short name of the operation.
    #[serde(rename = "name", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "name", attribute = true))]
    pub name: Option<String>,
    ///URI of the operation.
    #[serde(rename = "uri", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "uri", attribute = true))]
    pub uri: Option<String>,
    ///What the operation does, for people to read.
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "description", attribute = true))]
    pub description: Option<String>,
    ///HTTP method with which it is asked for.
    #[serde(rename = "method", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "method", attribute = true))]
    pub method: Option<String>,
    ///Media type of the request.
    #[serde(rename = "inputMessage", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "inputMessage", attribute = true))]
    pub input_message: Option<String>,
    ///Media type of the answer.
    #[serde(rename = "outputMessage", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "outputMessage", attribute = true))]
    pub output_message: Option<String>,
}
