// Generated from MOF by cim-codegen. Change the MOF, not this file.

#[allow(unused_imports, reason = "not every structure needs every word")]
use super::*;
#[allow(unused_imports, reason = "not every structure needs every word")]
use crate::value::*;

///The record of an operation, under way or finished. An error response has the form of a job too.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "xml", derive(yaserde::YaSerialize, yaserde::YaDeserialize))]
#[cfg_attr(
    feature = "xml",
    yaserde(
        rename = "Job",
        prefix = "cimi",
        default_namespace = "cimi",
        namespaces = {"cimi" = "http://schemas.dmtf.org/cimi/1"}
    )
)]
pub struct Job {
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
    ///How far the job is.
    #[serde(rename = "state", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "state", prefix = "cimi"))]
    pub state: Option<JobState>,
    ///The resource that the operation was asked of. For an addition to a collection, the collection.
    #[serde(rename = "targetResource", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "targetResource", prefix = "cimi"))]
    pub target_resource: Option<Link>,
    ///All resources that the operation touched, the target among them; for an addition also the new resource. Deleted ones are left out.
    #[serde(rename = "affectedResources", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "affectedResource", prefix = "cimi"))]
    pub affected_resources: Vec<Link>,
    ///URI of the operation.
    #[serde(rename = "action", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "action", prefix = "cimi"))]
    pub action: Option<String>,
    ///Result of the operation. 0 to 9999 belong to the CIMI specification, other values to the Provider.
    #[serde(rename = "returnCode", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "returnCode", prefix = "cimi"))]
    pub return_code: Option<i64>,
    ///How much is done. 100 as soon as the job runs no longer, however it ended.
    #[serde(rename = "progress", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "progress", prefix = "cimi"))]
    pub progress: Option<u8>,
    ///What happened, for people to read; the cause of a failure for example.
    #[serde(rename = "statusMessage", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "statusMessage", prefix = "cimi"))]
    pub status_message: Option<String>,
    ///When the state last changed.
    #[serde(rename = "timeOfStatusChange", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "timeOfStatusChange", prefix = "cimi"))]
    pub time_of_status_change: Option<DateTime>,
    ///The job that this one is a part of.
    #[serde(rename = "parentJob", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "xml", yaserde(rename = "parentJob", prefix = "cimi"))]
    pub parent_job: Option<Link>,
    ///The jobs that this one consists of. It succeeds only if all of them do.
    #[serde(rename = "nestedJobs", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "nestedJob", prefix = "cimi"))]
    pub nested_jobs: Vec<Link>,
    /// The operations that the caller may ask for at present.
    #[serde(rename = "operations", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "xml", yaserde(rename = "operation", prefix = "cimi"))]
    pub operations: Vec<Operation>,
    /// Attributes beyond the model.
    #[serde(flatten)]
    #[cfg_attr(feature = "xml", yaserde(flatten = true))]
    pub extensions: Extensions,
}

impl Job {
    /// The type URI of these resources.
    pub const TYPE_URI: &'static str = "http://schemas.dmtf.org/cimi/1/Job";
}

#[cfg(feature = "xml")]
impl crate::xml::Document for Job {
    const ROOT: &'static str = "Job";
    const NAMESPACE: &'static str = "http://schemas.dmtf.org/cimi/1";
}
