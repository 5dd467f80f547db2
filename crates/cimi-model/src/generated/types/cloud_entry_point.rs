// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///The one resource whose address a client must know. It leads to every collection that the caller may see.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "CloudEntryPoint",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct CloudEntryPoint {
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
    ///The absolute URI to which all relative URIs of the service are relative. It ends with a slash.
    #[serde(rename = "baseURI", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "baseURI", prefix = "cimi"))]
    pub base_uri: Option<String>,
    /// The collection `resourceMetadata`.
    #[serde(rename = "resourceMetadata", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "resourceMetadata", prefix = "cimi"))]
    pub resource_metadata: Option<Link>,
    /// The collection `systems`.
    #[serde(rename = "systems", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "systems", prefix = "cimi"))]
    pub systems: Option<Link>,
    /// The collection `systemTemplates`.
    #[serde(rename = "systemTemplates", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "systemTemplates", prefix = "cimi"))]
    pub system_templates: Option<Link>,
    /// The collection `machines`.
    #[serde(rename = "machines", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "machines", prefix = "cimi"))]
    pub machines: Option<Link>,
    /// The collection `machineTemplates`.
    #[serde(rename = "machineTemplates", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "machineTemplates", prefix = "cimi"))]
    pub machine_templates: Option<Link>,
    /// The collection `machineConfigs`.
    #[serde(rename = "machineConfigs", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "machineConfigs", prefix = "cimi"))]
    pub machine_configs: Option<Link>,
    /// The collection `machineImages`.
    #[serde(rename = "machineImages", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "machineImages", prefix = "cimi"))]
    pub machine_images: Option<Link>,
    /// The collection `credentials`.
    #[serde(rename = "credentials", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "credentials", prefix = "cimi"))]
    pub credentials: Option<Link>,
    /// The collection `credentialTemplates`.
    #[serde(rename = "credentialTemplates", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "xml",
        yaserde(rename = "credentialTemplates", prefix = "cimi")
    )]
    pub credential_templates: Option<Link>,
    /// The collection `volumes`.
    #[serde(rename = "volumes", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "volumes", prefix = "cimi"))]
    pub volumes: Option<Link>,
    /// The collection `volumeTemplates`.
    #[serde(rename = "volumeTemplates", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "volumeTemplates", prefix = "cimi"))]
    pub volume_templates: Option<Link>,
    /// The collection `volumeConfigs`.
    #[serde(rename = "volumeConfigs", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "volumeConfigs", prefix = "cimi"))]
    pub volume_configs: Option<Link>,
    /// The collection `volumeImages`.
    #[serde(rename = "volumeImages", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "volumeImages", prefix = "cimi"))]
    pub volume_images: Option<Link>,
    /// The collection `networks`.
    #[serde(rename = "networks", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "networks", prefix = "cimi"))]
    pub networks: Option<Link>,
    /// The collection `networkTemplates`.
    #[serde(rename = "networkTemplates", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "networkTemplates", prefix = "cimi"))]
    pub network_templates: Option<Link>,
    /// The collection `networkConfigs`.
    #[serde(rename = "networkConfigs", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "networkConfigs", prefix = "cimi"))]
    pub network_configs: Option<Link>,
    /// The collection `networkPorts`.
    #[serde(rename = "networkPorts", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "networkPorts", prefix = "cimi"))]
    pub network_ports: Option<Link>,
    /// The collection `networkPortTemplates`.
    #[serde(rename = "networkPortTemplates", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "xml",
        yaserde(rename = "networkPortTemplates", prefix = "cimi")
    )]
    pub network_port_templates: Option<Link>,
    /// The collection `networkPortConfigs`.
    #[serde(rename = "networkPortConfigs", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "networkPortConfigs", prefix = "cimi"))]
    pub network_port_configs: Option<Link>,
    /// The collection `addresses`.
    #[serde(rename = "addresses", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "addresses", prefix = "cimi"))]
    pub addresses: Option<Link>,
    /// The collection `addressTemplates`.
    #[serde(rename = "addressTemplates", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "addressTemplates", prefix = "cimi"))]
    pub address_templates: Option<Link>,
    /// The collection `forwardingGroups`.
    #[serde(rename = "forwardingGroups", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "forwardingGroups", prefix = "cimi"))]
    pub forwarding_groups: Option<Link>,
    /// The collection `forwardingGroupTemplates`.
    #[serde(
        rename = "forwardingGroupTemplates",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(
        feature = "xml",
        yaserde(rename = "forwardingGroupTemplates", prefix = "cimi")
    )]
    pub forwarding_group_templates: Option<Link>,
    /// The collection `jobs`.
    #[serde(rename = "jobs", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "jobs", prefix = "cimi"))]
    pub jobs: Option<Link>,
    /// The collection `meters`.
    #[serde(rename = "meters", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "meters", prefix = "cimi"))]
    pub meters: Option<Link>,
    /// The collection `meterTemplates`.
    #[serde(rename = "meterTemplates", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "meterTemplates", prefix = "cimi"))]
    pub meter_templates: Option<Link>,
    /// The collection `meterConfigs`.
    #[serde(rename = "meterConfigs", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "meterConfigs", prefix = "cimi"))]
    pub meter_configs: Option<Link>,
    /// The collection `eventLogs`.
    #[serde(rename = "eventLogs", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "eventLogs", prefix = "cimi"))]
    pub event_logs: Option<Link>,
    /// The collection `eventLogTemplates`.
    #[serde(rename = "eventLogTemplates", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "eventLogTemplates", prefix = "cimi"))]
    pub event_log_templates: Option<Link>,
    /// The operations that the caller may ask for at present.
    #[serde(rename = "operations", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "operation", prefix = "cimi"))]
    pub operations: Vec<Operation>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}

impl CloudEntryPoint {
    /// The type URI of these resources.
    pub const TYPE_URI: &'static str = "http://schemas.dmtf.org/cimi/1/CloudEntryPoint";
}

#[cfg(feature = "xml")]
impl crate::xml::Document for CloudEntryPoint {
    const ROOT: &'static str = "CloudEntryPoint";
    const NAMESPACE: &'static str = "http://schemas.dmtf.org/cimi/1";
}
