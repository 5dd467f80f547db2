// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///A volume that is attached to a new machine.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "TemplateVolume",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct TemplateVolume {
    ///The volume. Its URI, if it is given by reference.
    #[serde(rename = "href", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "href", attribute = true))]
    pub href: Option<String>,
    ///Where the machine first shows it, such as /dev/sdb.
    #[serde(rename = "initialLocation", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "initialLocation", attribute = true))]
    pub initial_location: Option<String>,
}
