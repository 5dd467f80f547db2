// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///A resource was made, changed or deleted.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "ModelEventContent",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct ModelEventContent {
    ///Name of the resource.
    #[serde(rename = "resName", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "resName", prefix = "cimi"))]
    pub res_name: Option<String>,
    ///The resource. It may be gone by now.
    #[serde(rename = "resource", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "resource", prefix = "cimi"))]
    pub resource: Option<Link>,
    ///Type URI of the resource.
    #[serde(rename = "resType", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "resType", prefix = "cimi"))]
    pub res_type: Option<String>,
    ///What was done to the resource.
    #[serde(rename = "change", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "change", prefix = "cimi"))]
    pub change: Option<String>,
    ///More about the change.
    #[serde(rename = "detail", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "detail", prefix = "cimi"))]
    pub detail: Option<String>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}
