// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///A part of a new system, or several equal ones.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "ComponentDescriptor",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct ComponentDescriptor {
    ///Name of the part; several parts have it with a number behind it. Other descriptors refer to the part by a number sign and this name.
    #[serde(rename = "name", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "name", prefix = "cimi"))]
    pub name: Option<String>,
    ///What the part is for.
    #[serde(rename = "description", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "description", prefix = "cimi"))]
    pub description: Option<String>,
    ///Name and value pairs for the part.
    #[serde(
        rename = "properties",
        with = "crate::value::map",
        skip_serializing_if = "Vec::is_empty"
    )]
    #[cfg_attr(feature = "xml", yaserde(rename = "property", prefix = "cimi"))]
    pub properties: Vec<Property>,
    ///Type URI of the part.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "type", prefix = "cimi"))]
    pub r#type: Option<String>,
    ///What the part is made from, if it is an address.
    #[serde(rename = "addressTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "addressTemplate", prefix = "cimi"))]
    pub address_template: Option<AddressTemplate>,
    ///What the part is made from, if it is a credential.
    #[serde(rename = "credentialTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "credentialTemplate", prefix = "cimi"))]
    pub credential_template: Option<CredentialTemplate>,
    ///What the part is made from, if it is an event log.
    #[serde(rename = "eventLogTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "eventLogTemplate", prefix = "cimi"))]
    pub event_log_template: Option<EventLogTemplate>,
    ///What the part is made from, if it is a forwarding group.
    #[serde(rename = "forwardingGroupTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "xml",
        yaserde(rename = "forwardingGroupTemplate", prefix = "cimi")
    )]
    pub forwarding_group_template: Option<ForwardingGroupTemplate>,
    ///What the part is made from, if it is a machine.
    #[serde(rename = "machineTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "machineTemplate", prefix = "cimi"))]
    pub machine_template: Option<MachineTemplate>,
    ///What the part is made from, if it is a meter.
    #[serde(rename = "meterTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "meterTemplate", prefix = "cimi"))]
    pub meter_template: Option<MeterTemplate>,
    ///What the part is made from, if it is a network port.
    #[serde(rename = "networkPortTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "xml",
        yaserde(rename = "networkPortTemplate", prefix = "cimi")
    )]
    pub network_port_template: Option<NetworkPortTemplate>,
    ///What the part is made from, if it is a network.
    #[serde(rename = "networkTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "networkTemplate", prefix = "cimi"))]
    pub network_template: Option<NetworkTemplate>,
    ///What the part is made from, if it is a system.
    #[serde(rename = "systemTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "systemTemplate", prefix = "cimi"))]
    pub system_template: Option<SystemTemplate>,
    ///What the part is made from, if it is a volume.
    #[serde(rename = "volumeTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "volumeTemplate", prefix = "cimi"))]
    pub volume_template: Option<VolumeTemplate>,
    ///How many such parts to make. Absent means one.
    #[serde(rename = "quantity", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "quantity", prefix = "cimi"))]
    pub quantity: Option<u64>,
}
