// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///The request to make a network port.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "NetworkPortCreate",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct NetworkPortCreate {
    /// The type URI, in JSON only.
    #[serde(rename = "resourceURI", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "xml",
        yaserde(rename = "resourceURI", skip_serializing = true)
    )]
    pub resource_uri: Option<String>,
    ///A name for people to read. It need not be unique.
    #[serde(rename = "name", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "name", prefix = "cimi"))]
    pub name: Option<String>,
    ///What the resource is for, in the words of its owner.
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "description", prefix = "cimi"))]
    pub description: Option<String>,
    ///Name and value pairs of the client's own. The service keeps them and gives them no meaning.
    #[serde(
        rename = "properties",
        with = "crate::value::map",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[cfg_attr(feature = "xml", yaserde(rename = "property", prefix = "cimi"))]
    pub properties: Vec<Property>,
    ///The template, by reference, by value, or by reference with some attributes replaced.
    #[serde(rename = "networkPortTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "xml",
        yaserde(rename = "networkPortTemplate", prefix = "cimi")
    )]
    pub network_port_template: Option<NetworkPortTemplate>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}

impl NetworkPortCreate {
    /// The type URI of these resources.
    pub const TYPE_URI: &'static str = "http://schemas.dmtf.org/cimi/1/NetworkPortCreate";
}

#[cfg(feature = "xml")]
impl crate::xml::Document for NetworkPortCreate {
    const ROOT: &'static str = "NetworkPortCreate";
    const NAMESPACE: &'static str = "http://schemas.dmtf.org/cimi/1";
}
