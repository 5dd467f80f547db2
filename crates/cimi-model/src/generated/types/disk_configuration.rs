// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///A disk that is made together with a machine.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "DiskConfiguration",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct DiskConfiguration {
    ///Size of the disk.
    #[serde(rename = "capacity", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "capacity", prefix = "cimi"))]
    pub capacity: Option<u64>,
    ///File system to put on it, such as ext4.
    #[serde(rename = "format", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "format", prefix = "cimi"))]
    pub format: Option<String>,
    ///Where the machine first shows it, such as /dev/sda.
    #[serde(rename = "initialLocation", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "initialLocation", prefix = "cimi"))]
    pub initial_location: Option<String>,
}
