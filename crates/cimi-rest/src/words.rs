//! The words of the protocol itself, each written once (DSP0263 4 and 5.5).

/// The attribute that holds a resource's own URI.
pub(crate) const ID: &str = "id";
/// The attribute that lists the possible operations.
pub(crate) const OPERATIONS: &str = "operations";
/// The XML element and JSON words of one operation.
pub(crate) const REL: &str = "rel";
/// The member that makes an object a link.
pub(crate) const HREF: &str = "href";
/// The member or XML attribute that names the type.
pub(crate) const RESOURCE_URI: &str = "resourceURI";
/// The attribute of the entry point to which relative URIs are relative.
pub(crate) const BASE_URI: &str = "baseURI";
/// The number of all items of a collection.
pub(crate) const COUNT: &str = "count";
/// The XML root of collections, and the end of their type URIs.
pub(crate) const COLLECTION: &str = "Collection";
/// The end of the type names of create requests.
pub(crate) const CREATE: &str = "Create";
/// The type of an action's body.
pub(crate) const ACTION_TYPE: &str = "Action";
/// The member of an action's body that names the operation.
pub(crate) const ACTION: &str = "action";
/// The resource type of the entry point.
pub(crate) const ENTRY_POINT_TYPE: &str = "CloudEntryPoint";
/// The resource type of jobs.
pub(crate) const JOB_TYPE: &str = "Job";
/// The XML attribute of a map entry.
pub(crate) const KEY: &str = "key";
/// The same in DSP8009 1.0.0; accepted, never written.
pub(crate) const KEY_1_0_0: &str = "name";
/// An element that DSP8009 misspells, and its name in DSP0263; the first is accepted and never written.
pub(crate) const MISSPELT: (&str, &str) = ("shapshot", "snapshot");
/// The map that `property[...]` of a filter looks into.
pub(crate) const PROPERTIES: &str = "properties";

/// The CIM key behind `id`, for references whose class is known by name only (`spec/cimi-cim` 2).
pub(crate) const INSTANCE_ID: &str = "InstanceID";
/// The InstanceID of the entry point.
pub const ENTRY_POINT_ID: &str = "cloudEntryPoint";
/// The structure that keeps attributes beyond the model (`mof/cimi/CIMI_Extension.mof`).
pub(crate) const EXTENSION_CLASS: &str = "CIMI_Extension";
/// The namespace of our elements for attributes beyond the model that XML has no form for.
pub(crate) const EXTENSION_NAMESPACE: &str = "urn:x-cimi-bridge:extension";
/// On them, the name of the attribute.
pub(crate) const EXTENSION_NAME: &str = "name";
/// On them, the namespace of the attribute.
pub(crate) const EXTENSION_OF: &str = "namespace";
/// `CIMI_Extension.Format` of a JSON value.
pub(crate) const FORMAT_JSON: &str = "json";
/// `CIMI_Extension.Format` of an XML element.
pub(crate) const FORMAT_XML: &str = "xml";

/// The rel of adding to a collection.
pub const ADD: &str = "add";
/// The rel of PUT.
pub const EDIT: &str = "edit";
/// The rel of DELETE.
pub const DELETE: &str = "delete";
