// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///What an event tells. Events of a type that this model does not know have all of it in Extensions.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "EventContent",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct EventContent {
    ///Name of the resource.
    #[serde(rename = "resName", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "resName", prefix = "cimi"))]
    pub res_name: Option<String>,
    ///The operation, or the HTTP method.
    #[serde(rename = "operation", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "operation", prefix = "cimi"))]
    pub operation: Option<String>,
    ///The resource. It may be gone by now.
    #[serde(rename = "resource", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "resource", prefix = "cimi"))]
    pub resource: Option<Link>,
    ///Type URI of the resource.
    #[serde(rename = "resType", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "resType", prefix = "cimi"))]
    pub res_type: Option<String>,
    ///The new state.
    #[serde(rename = "state", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "state", prefix = "cimi"))]
    pub state: Option<String>,
    ///Code of the alarm, in the words of the Provider.
    #[serde(rename = "code", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "code", prefix = "cimi"))]
    pub code: Option<String>,
    ///What was done to the resource.
    #[serde(rename = "change", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "change", prefix = "cimi"))]
    pub change: Option<String>,
    ///The state before.
    #[serde(rename = "previous", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "previous", prefix = "cimi"))]
    pub previous: Option<String>,
    ///More about the alarm.
    #[serde(rename = "detail", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "detail", prefix = "cimi"))]
    pub detail: Option<String>,
    ///Who asked.
    #[serde(rename = "initiator", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "initiator", prefix = "cimi"))]
    pub initiator: Option<String>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}
