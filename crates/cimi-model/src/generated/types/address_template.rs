// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///What an address is made from.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "AddressTemplate",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct AddressTemplate {
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
    ///The address itself, such as 192.0.2.1.
    #[serde(rename = "ip", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "ip", prefix = "cimi"))]
    pub ip: Option<String>,
    ///Name of the host that has it.
    #[serde(rename = "hostname", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "hostname", prefix = "cimi"))]
    pub hostname: Option<String>,
    ///How the address is found.
    #[serde(rename = "allocation", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "allocation", prefix = "cimi"))]
    pub allocation: Option<AddressAllocation>,
    ///Address of the router.
    #[serde(rename = "defaultGateway", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "defaultGateway", prefix = "cimi"))]
    pub default_gateway: Option<String>,
    ///Addresses of name servers.
    #[serde(rename = "dns", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "dns", prefix = "cimi"))]
    pub dns: Vec<String>,
    ///Version of IP.
    #[serde(rename = "protocol", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "protocol", prefix = "cimi"))]
    pub protocol: Option<AddressProtocol>,
    ///Network mask.
    #[serde(rename = "mask", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "mask", prefix = "cimi"))]
    pub mask: Option<String>,
    ///The network that the address belongs to.
    #[serde(rename = "network", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "network", prefix = "cimi"))]
    pub network: Option<Link>,
    /// The operations that the caller may ask for at present.
    #[serde(rename = "operations", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "operation", prefix = "cimi"))]
    pub operations: Vec<Operation>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}

impl AddressTemplate {
    /// The type URI of these resources.
    pub const TYPE_URI: &'static str = "http://schemas.dmtf.org/cimi/1/AddressTemplate";
}

#[cfg(feature = "xml")]
impl crate::xml::Document for AddressTemplate {
    const ROOT: &'static str = "AddressTemplate";
    const NAMESPACE: &'static str = "http://schemas.dmtf.org/cimi/1";
}
