// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///Something that the Provider can do, or a limit that it has.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "CapabilityMetadata",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct CapabilityMetadata {
    ///Short name of the capability, such as InitialStates.
    #[serde(rename = "name", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "name", attribute = true))]
    pub name: Option<String>,
    ///URI of the capability.
    #[serde(rename = "uri", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "uri", attribute = true))]
    pub uri: Option<String>,
    ///What the capability means, for people to read.
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "description", attribute = true))]
    pub description: Option<String>,
    ///Its value, of whatever type the capability has. Absent means true.
    #[serde(
        rename = "value",
        with = "crate::value::json_text",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "xml", yaserde(text = true))]
    pub value: Option<String>,
}
