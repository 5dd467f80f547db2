// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///A network in a forwarding group. Creating it adds the network, deleting it removes it.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "ForwardingGroupNetwork",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct ForwardingGroupNetwork {
    /// The type URI, in JSON only.
    #[serde(rename = "resourceURI", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "xml",
        yaserde(rename = "resourceURI", skip_serializing = true)
    )]
    pub resource_uri: Option<String>,
    ///The resource's identifier, the part of its URI below the base URI. The service makes it.
    #[serde(rename = "id", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "id", prefix = "cimi"))]
    pub id: Option<String>,
    ///A name for people to read. It need not be unique.
    #[serde(rename = "name", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "name", prefix = "cimi"))]
    pub name: Option<String>,
    ///What the resource is for, in the words of its owner.
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "description", prefix = "cimi"))]
    pub description: Option<String>,
    ///When the resource was made.
    #[serde(rename = "created", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "created", prefix = "cimi"))]
    pub created: Option<DateTime>,
    ///When an attribute was last changed by a client. Operations such as stop do not move it.
    #[serde(rename = "updated", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "updated", prefix = "cimi"))]
    pub updated: Option<DateTime>,
    ///Name and value pairs of the client's own. The service keeps them and gives them no meaning.
    #[serde(
        rename = "properties",
        with = "crate::value::map",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[cfg_attr(feature = "xml", yaserde(rename = "property", prefix = "cimi"))]
    pub properties: Vec<Property>,
    ///The network.
    #[serde(rename = "network", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "network", prefix = "cimi"))]
    pub network: Option<Link>,
    /// The operations that the caller may ask for at present.
    #[serde(rename = "operations", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "operation", prefix = "cimi"))]
    pub operations: Vec<Operation>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}

impl ForwardingGroupNetwork {
    /// The type URI of these resources.
    pub const TYPE_URI: &'static str = "http://schemas.dmtf.org/cimi/1/ForwardingGroupNetwork";
}

#[cfg(feature = "xml")]
impl crate::xml::Document for ForwardingGroupNetwork {
    const ROOT: &'static str = "ForwardingGroupNetwork";
    const NAMESPACE: &'static str = "http://schemas.dmtf.org/cimi/1";
}
