// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///The request to make a machine.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "MachineCreate",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct MachineCreate {
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
    #[serde(rename = "machineTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "machineTemplate", prefix = "cimi"))]
    pub machine_template: Option<MachineTemplate>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}

impl MachineCreate {
    /// The type URI of these resources.
    pub const TYPE_URI: &'static str = "http://schemas.dmtf.org/cimi/1/MachineCreate";
}

#[cfg(feature = "xml")]
impl crate::xml::Document for MachineCreate {
    const ROOT: &'static str = "MachineCreate";
    const NAMESPACE: &'static str = "http://schemas.dmtf.org/cimi/1";
}
