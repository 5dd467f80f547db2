// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///A network interface that is made together with a machine.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "TemplateNetworkInterface",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct TemplateNetworkInterface {
    ///The addresses of the interface.
    #[serde(rename = "addresses", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "address", prefix = "cimi"))]
    pub addresses: Vec<Address>,
    ///The network that the interface is on.
    #[serde(rename = "network", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "network", prefix = "cimi"))]
    pub network: Option<Link>,
    ///The port that the interface is plugged into.
    #[serde(rename = "networkPort", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "networkPort", prefix = "cimi"))]
    pub network_port: Option<Link>,
    ///Whether the interface is in use.
    #[serde(rename = "state", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "state", prefix = "cimi"))]
    pub state: Option<MachineNetworkInterfaceState>,
    ///Largest packet that the interface sends.
    #[serde(rename = "mtu", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "mtu", prefix = "cimi"))]
    pub mtu: Option<u64>,
}
