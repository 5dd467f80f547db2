// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///What a machine is made from.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "MachineTemplate",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct MachineTemplate {
    /// The type URI, in JSON only.
    #[serde(rename = "resourceURI", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "xml",
        yaserde(rename = "resourceURI", skip_serializing = true)
    )]
    pub resource_uri: Option<String>,
    /// Where this stands in place of a reference: the URI of the resource that is referred to.
    #[serde(rename = "href", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "href", attribute = true))]
    pub href: Option<String>,
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
    ///The state that the machine is brought to once it is made. Only a state of rest can be reached.
    #[serde(rename = "initialState", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "initialState", prefix = "cimi"))]
    pub initial_state: Option<MachineState>,
    ///Hardware of the machine.
    #[serde(rename = "machineConfig", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "machineConfig", prefix = "cimi"))]
    pub machine_config: Option<MachineConfiguration>,
    ///Image that the machine boots from or is installed from.
    #[serde(rename = "machineImage", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "machineImage", prefix = "cimi"))]
    pub machine_image: Option<MachineImage>,
    ///Login of the first administrator of the machine.
    #[serde(rename = "credential", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "credential", prefix = "cimi"))]
    pub credential: Option<Credential>,
    ///Existing volumes to attach.
    #[serde(rename = "volumes", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "volume", prefix = "cimi"))]
    pub volumes: Vec<TemplateVolume>,
    ///Volumes to make and attach. They have the credential of the machine.
    #[serde(rename = "volumeTemplates", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "volumeTemplate", prefix = "cimi"))]
    pub volume_templates: Vec<TemplateVolumeTemplate>,
    ///Network interfaces to make.
    #[serde(rename = "networkInterfaces", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "networkInterface", prefix = "cimi"))]
    pub network_interfaces: Vec<TemplateNetworkInterface>,
    ///Data for the machine, in base64. The machine finds it at every start.
    #[serde(rename = "userData", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "userData", prefix = "cimi"))]
    pub user_data: Option<String>,
    ///Meters to make for the new machine.
    #[serde(rename = "meterTemplates", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "meterTemplate", prefix = "cimi"))]
    pub meter_templates: Vec<MeterTemplate>,
    ///Event log to make for the new machine.
    #[serde(rename = "eventLogTemplate", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "eventLogTemplate", prefix = "cimi"))]
    pub event_log_template: Option<EventLogTemplate>,
    /// The operations that the caller may ask for at present.
    #[serde(rename = "operations", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "operation", prefix = "cimi"))]
    pub operations: Vec<Operation>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}

impl MachineTemplate {
    /// The type URI of these resources.
    pub const TYPE_URI: &'static str = "http://schemas.dmtf.org/cimi/1/MachineTemplate";
}

#[cfg(feature = "xml")]
impl crate::xml::Document for MachineTemplate {
    const ROOT: &'static str = "MachineTemplate";
    const NAMESPACE: &'static str = "http://schemas.dmtf.org/cimi/1";
}
