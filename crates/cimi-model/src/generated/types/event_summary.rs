// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///Numbers of events by severity.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "EventSummary",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct EventSummary {
    ///Number of events of low severity.
    #[serde(rename = "low", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "low", prefix = "cimi"))]
    pub low: Option<u64>,
    ///Number of events of medium severity.
    #[serde(rename = "medium", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "medium", prefix = "cimi"))]
    pub medium: Option<u64>,
    ///Number of events of high severity.
    #[serde(rename = "high", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "high", prefix = "cimi"))]
    pub high: Option<u64>,
    ///Number of events of critical severity.
    #[serde(rename = "critical", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "critical", prefix = "cimi"))]
    pub critical: Option<u64>,
}
