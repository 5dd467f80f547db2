// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///The definition of a kind of meter.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "MeterConfiguration",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct MeterConfiguration {
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
    ///Type URIs of the resources that can be measured so.
    #[serde(rename = "associatedTo", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "associatedTo", prefix = "cimi"))]
    pub associated_to: Vec<Uri>,
    ///What is measured. Providers may have others than those listed.
    #[serde(rename = "aspect", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "aspect", prefix = "cimi"))]
    pub aspect: Option<MeterAspect>,
    ///The unit of the values.
    #[serde(rename = "units", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "units", prefix = "cimi"))]
    pub units: Option<String>,
    ///Time from one sample to the next.
    #[serde(rename = "sampleInterval", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "sampleInterval", prefix = "cimi"))]
    pub sample_interval: Option<u64>,
    ///Whether a value stands for a point in time or for an interval.
    #[serde(rename = "timeScope", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "timeScope", prefix = "cimi"))]
    pub time_scope: Option<MeterTimeScope>,
    ///Length of the interval that a value stands for.
    #[serde(rename = "intervalDuration", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "intervalDuration", prefix = "cimi"))]
    pub interval_duration: Option<String>,
    ///Whether the values are continuous.
    #[serde(rename = "isContinuous", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "isContinuous", prefix = "cimi"))]
    pub is_continuous: Option<bool>,
    /// The operations that the caller may ask for at present.
    #[serde(rename = "operations", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "operation", prefix = "cimi"))]
    pub operations: Vec<Operation>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}

impl MeterConfiguration {
    /// The type URI of these resources.
    pub const TYPE_URI: &'static str = "http://schemas.dmtf.org/cimi/1/MeterConfiguration";
}

#[cfg(feature = "xml")]
impl crate::xml::Document for MeterConfiguration {
    const ROOT: &'static str = "MeterConfiguration";
    const NAMESPACE: &'static str = "http://schemas.dmtf.org/cimi/1";
}
