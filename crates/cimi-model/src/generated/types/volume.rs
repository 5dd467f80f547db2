// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///Storage that can be attached to machines.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "Volume",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct Volume {
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
    ///State of the volume.
    #[serde(rename = "state", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "state", prefix = "cimi"))]
    pub state: Option<VolumeState>,
    ///Kind of the volume. Providers may have others than those listed.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "type", prefix = "cimi"))]
    pub r#type: Option<VolumeType>,
    ///Size of the volume. It may grow; a Provider may refuse to let it shrink.
    #[serde(rename = "capacity", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "capacity", prefix = "cimi"))]
    pub capacity: Option<u64>,
    ///Whether a machine can boot from it.
    #[serde(rename = "bootable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "bootable", prefix = "cimi"))]
    pub bootable: Option<bool>,
    /// The collection `images`.
    #[serde(rename = "images", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "images", prefix = "cimi"))]
    pub images: Option<Link>,
    /// The collection `meters`.
    #[serde(rename = "meters", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "meters", prefix = "cimi"))]
    pub meters: Option<Link>,
    ///Events of the volume.
    #[serde(rename = "eventLog", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "eventLog", prefix = "cimi"))]
    pub event_log: Option<Link>,
    /// The operations that the caller may ask for at present.
    #[serde(rename = "operations", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "operation", prefix = "cimi"))]
    pub operations: Vec<Operation>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}

impl Volume {
    /// The type URI of these resources.
    pub const TYPE_URI: &'static str = "http://schemas.dmtf.org/cimi/1/Volume";
}

#[cfg(feature = "xml")]
impl crate::xml::Document for Volume {
    const ROOT: &'static str = "Volume";
    const NAMESPACE: &'static str = "http://schemas.dmtf.org/cimi/1";
}
