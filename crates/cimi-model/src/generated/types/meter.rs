// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///Measurements of one thing about one resource. It ends with that resource.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "Meter",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct Meter {
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
    ///The resource that is measured.
    #[serde(rename = "targetResource", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "targetResource", prefix = "cimi"))]
    pub target_resource: Option<Link>,
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
    /// The collection `samples`.
    #[serde(rename = "samples", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "samples", prefix = "cimi"))]
    pub samples: Option<Link>,
    ///Lowest value to be expected.
    #[serde(rename = "minValue", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "minValue", prefix = "cimi"))]
    pub min_value: Option<String>,
    ///Highest value to be expected.
    #[serde(rename = "maxValue", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "maxValue", prefix = "cimi"))]
    pub max_value: Option<String>,
    ///When sampling ends.
    #[serde(rename = "stopTime", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "stopTime", prefix = "cimi"))]
    pub stop_time: Option<DateTime>,
    ///When the meter is removed.
    #[serde(rename = "expiresTime", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "expiresTime", prefix = "cimi"))]
    pub expires_time: Option<DateTime>,
    /// The operations that the caller may ask for at present.
    #[serde(rename = "operations", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "operation", prefix = "cimi"))]
    pub operations: Vec<Operation>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}

impl Meter {
    /// The type URI of these resources.
    pub const TYPE_URI: &'static str = "http://schemas.dmtf.org/cimi/1/Meter";
}

#[cfg(feature = "xml")]
impl crate::xml::Document for Meter {
    const ROOT: &'static str = "Meter";
    const NAMESPACE: &'static str = "http://schemas.dmtf.org/cimi/1";
}
