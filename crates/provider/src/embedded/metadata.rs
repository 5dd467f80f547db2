//! ResourceMetadata: what this cloud says about each resource type (DSP0263 5.11): what its attributes must
//! be, which operations it has, what it can do, and which limits it has.
//!
//! Attributes and operations are read from the descriptors. Capabilities are the one thing that no
//! descriptor knows: they stand here as a table, because they are promises of this cloud and of the
//! bindings before it. A type without anything to say is left out.
//!
//! The resources are ordinary ones, so that every binding shows them and administrators may change
//! them. They are written again only when this program has something else to say than last time.

use std::fmt::Write as _;
use std::hash::Hasher as _;

use cim_core::{
    CimError, CimType, ClassDescriptor, Embedded, Instance, MethodDescriptor, PropertyDescriptor,
    Qualifier, Value,
};
use cimi_model::classes::{
    cimi_action_metadata as action_metadata, cimi_attribute_metadata as attribute_metadata,
    cimi_capability_metadata as capability_metadata, cimi_extension as extension,
    cimi_resource_metadata as metadata,
};

use super::codec::{Keep, write_instance};
use super::config::EmbeddedConfig;
use super::core::{Core, store_error};
use super::keys;
use super::lifecycle::{self, STOPPED};
use super::model::{Access, access, short_name};
use super::packages;
use super::row::Row;
use super::unit::{Retries, Unit};
use super::user_data;

/// The fact of what the store was told last.
const FACT: &str = "metadata";

/// What the URIs of the types of the standard begin with.
const STANDARD: &str = "http://schemas.dmtf.org/cimi/1/";

/// The first part of the URIs of capabilities (spec/cimi-rest 9).
const CAPABILITY: &str = "http://schemas.dmtf.org/cimi/1/capability";

/// The media type of what an operation is asked with and answered with; XML goes as well.
const MEDIA_TYPE: &str = "application/json";

/// `CIMI_Extension.Format` of the values of capabilities and constraints.
const JSON: &str = "json";

/// The value of a capability. One that is absent means no, or no restriction.
enum Says {
    Yes,
    No,
    Text(&'static str),
    Number(fn(&EmbeddedConfig) -> u64),
}

/// Type, capability, value. The names are those of the 1.0.x table and, for what is beyond it, of 2.0.0
/// (DSP0263 5.11.1, Table 7).
const CAPABILITIES: &[(&str, &str, Says)] = &[
    ("CloudEntryPoint", "ExpandParameter", Says::Yes),
    ("CloudEntryPoint", "FilterParameter", Says::Yes),
    ("CloudEntryPoint", "FirstParameter", Says::Yes),
    ("CloudEntryPoint", "SelectParameter", Says::Yes),
    ("CloudEntryPoint", "FormatParameter", Says::Yes),
    ("CloudEntryPoint", "OrderByParameter", Says::Yes),
    ("CloudEntryPoint", "QueryPathNotation", Says::Yes),
    ("System", "SystemComponentTemplateByValue", Says::Yes),
    ("Machine", "DefaultInitialState", Says::Text(STOPPED)),
    // One string with commas, as services of this version write it.
    ("Machine", "InitialStates", Says::Text("STARTED,STOPPED")),
    ("Machine", "MachineConfigByValue", Says::Yes),
    ("Machine", "MachineCredentialByValue", Says::Yes),
    ("Machine", "MachineImageByValue", Says::Yes),
    ("Machine", "MachineVolumeTemplatesByValue", Says::Yes),
    ("Machine", "MachineTemplateByValue", Says::Yes),
    ("Machine", "MachineStopForce", Says::Yes),
    ("Machine", "MachineStopForceDefault", Says::No),
    ("Machine", "RestoreFromImage", Says::No),
    ("Machine", "UserData", Says::Text(user_data::METHOD)),
    ("Credential", "CredentialTemplateByValue", Says::Yes),
    ("Volume", "SharedVolumeSupport", Says::No),
    ("Volume", "VolumeConfigByValue", Says::Yes),
    ("Volume", "VolumeImageByValue", Says::Yes),
    ("Volume", "VolumeTemplateByValue", Says::Yes),
    ("Volume", "VolumeSnapshot", Says::Yes),
    ("Network", "NetworkConfigByValue", Says::Yes),
    ("Network", "NetworkTemplateByValue", Says::Yes),
    ("Network", "DefaultInitialState", Says::Text(STOPPED)),
    ("Network", "InitialStates", Says::Text("STARTED,STOPPED")),
    ("NetworkPort", "NetworkPortConfigByValue", Says::Yes),
    ("NetworkPort", "NetworkPortTemplateByValue", Says::Yes),
    ("ForwardingGroup", "MixedNetwork", Says::Yes),
    ("Meter", "MeterConfigByValue", Says::Yes),
    ("Meter", "MeterTemplateByValue", Says::Yes),
    (
        "Job",
        "JobRetention",
        Says::Number(|config| config.job_retention.as_secs() / 60),
    ),
    ("EventLog", "Linked", Says::Yes),
];

/// Capabilities beyond the standard, which have URIs of our own (DSP0263 4.2.3).
const OWN_CAPABILITY: &str = "urn:x-cimi-bridge:capability";
const OWN_CAPABILITIES: &[(&str, &str, Says)] = &[
    // GET with `Accept: text/event-stream` follows an event log.
    ("EventLog", "ServerSentEvents", Says::Yes),
];

/// Writes what there is to say into the store, if it is something else than last time.
pub(crate) async fn publish(core: &Core) -> Result<(), CimError> {
    let collection = core.model.collection(&metadata::CLASS);
    let collection = collection.unwrap_or(metadata::CLASS.name);
    let described: Vec<(String, Instance)> = core
        .model
        .schema
        .classes()
        .iter()
        .filter_map(|class| Some((class, described(core, class)?)))
        .map(|(class, instance)| (format!("{collection}/{}", type_name(class)), instance))
        .collect();
    let digest = digest(&described);
    let fact = keys::fact(FACT);
    let mut retries = Retries::default();
    loop {
        let stored = core
            .store
            .get(&fact)
            .await
            .map_err(|error| store_error(&error))?;
        if stored.as_ref().is_some_and(|(_, known)| *known == digest) {
            return Ok(());
        }
        let mut unit = Unit::new(core);
        unit.expect(fact.clone(), stored.map(|(version, _)| version));
        unit.put(fact.clone(), digest.clone());
        for (id, instance) in &described {
            if unit.load(id).await? {
                if let Some(row) = unit.row_mut(id) {
                    for at in [
                        metadata::at::ATTRIBUTES,
                        metadata::at::CAPABILITIES,
                        metadata::at::ACTIONS,
                    ] {
                        row.instance.set_at(at, instance.at(at).cloned());
                    }
                }
            } else {
                unit.insert(
                    id,
                    Row {
                        tenant: None,
                        owner: None,
                        instance: instance.clone(),
                    },
                );
            }
        }
        if retries.commit(&mut unit).await?.is_some() {
            return Ok(());
        }
    }
}

fn digest(described: &[(String, Instance)]) -> Vec<u8> {
    let mut hasher = rustc_hash::FxHasher::default();
    for (id, instance) in described {
        let mut bytes = Vec::new();
        write_instance(&mut bytes, instance, Keep::All);
        hasher.write(id.as_bytes());
        hasher.write(&bytes);
    }
    hasher.finish().to_be_bytes().to_vec()
}

/// A class without a URI of its own is no resource type, nor is the body of a create request.
fn type_uri(core: &Core, class: &'static ClassDescriptor) -> Option<&'static str> {
    if class.flags.is_abstract
        || class.flags.is_structure
        || core.model.creates(class).is_some()
        || class.qualifier("CIMI_Crud").is_none()
    {
        return None;
    }
    mapped(
        class.qualifier("MappingStrings").filter(|q| !q.propagated),
        "URI.",
    )
}

fn type_name(class: &'static ClassDescriptor) -> &'static str {
    let uri = mapped(class.qualifier("MappingStrings"), "URI.");
    uri.and_then(|uri| uri.rsplit('/').next())
        .unwrap_or(class.name)
}

/// What a mapping string of that kind says, whoever defined it.
fn mapped(qualifier: Option<&'static Qualifier>, kind: &str) -> Option<&'static str> {
    let mut strings = qualifier?.value.strings().iter();
    strings.find_map(|text| text.strip_prefix(kind)?.splitn(3, '|').nth(2))
}

/// What there is to say about a type.
fn described(core: &Core, class: &'static ClassDescriptor) -> Option<Instance> {
    let uri = type_uri(core, class)?;
    let name = type_name(class);
    // What a standard attribute is, the standard says (DSP0263 5.8).
    let typed = !uri.starts_with(STANDARD);
    let attributes = class.properties.iter();
    let attributes: Vec<Value> = attributes.filter_map(|p| attribute(p, typed)).collect();
    let standard = CAPABILITIES.iter().map(|row| (CAPABILITY, row));
    let own = OWN_CAPABILITIES.iter().map(|row| (OWN_CAPABILITY, row));
    let of_type = standard.chain(own).filter(|(_, (of, ..))| *of == name);
    let capabilities: Vec<Value> = of_type
        .map(|(base, (of, name, says))| capability(base, of, name, says, &core.config))
        .collect();
    let actions: Vec<Value> = class
        .methods
        .iter()
        .filter(|method| lifecycle::implements(class, method) || packages::imports(class, method))
        .filter_map(action)
        .collect();
    if attributes.is_empty() && capabilities.is_empty() && actions.is_empty() {
        return None;
    }
    let mut described = Instance::new(&metadata::CLASS);
    described.set_at(metadata::at::TYPE_URI, Value::from(uri));
    described.set_at(metadata::at::ELEMENT_NAME, Value::from(name));
    for (at, list) in [
        (metadata::at::ATTRIBUTES, attributes),
        (metadata::at::CAPABILITIES, capabilities),
        (metadata::at::ACTIONS, actions),
    ] {
        if !list.is_empty() {
            described.set_at(at, Value::Array(list));
        }
    }
    Some(described)
}

/// What an attribute must be that clients may set; what it is, too, if that is to be said.
fn attribute(property: &'static PropertyDescriptor, typed: bool) -> Option<Value> {
    let path = mapped(property.qualifier("MappingStrings"), "ATTR.")?;
    let (_, name) = path.rsplit_once('.')?;
    if access(property) == Access::ReadOnly || property.flags.key {
        return None;
    }
    let required = property.flags.required;
    let constraints = constraints(property);
    let mut described = Instance::new(&attribute_metadata::CLASS);
    described.set_at(attribute_metadata::at::NAME, Value::from(name));
    if typed {
        let name = type_of(property);
        described.set_at(attribute_metadata::at::TYPE, Value::from(name));
    }
    described.set_at(attribute_metadata::at::REQUIRED, Value::Boolean(required));
    if !constraints.is_empty() {
        described.set_at(
            attribute_metadata::at::CONSTRAINTS,
            Value::Array(constraints),
        );
    }
    Some(described.into())
}

/// The type of an attribute in the words of DSP0263 5.5.
fn type_of(property: &PropertyDescriptor) -> String {
    let name = match (&property.embedded, property.ty) {
        _ if property.reference_class.is_some() => "ref",
        (Embedded::Instance(_) | Embedded::Object, _) => "structure",
        (Embedded::No, CimType::Boolean) => "boolean",
        (Embedded::No, CimType::DateTime) => "dateTime",
        (Embedded::No, CimType::Real32 | CimType::Real64) => "double",
        (Embedded::No, CimType::String | CimType::Char16) => "string",
        (Embedded::No, CimType::Reference) => "ref",
        (Embedded::No, _) => "integer",
    };
    let array = if property.is_array { "[]" } else { "" };
    format!("{name}{array}")
}

/// The limits of an attribute's values, in words of our own: DSP0263 has none in this version.
fn constraints(property: &PropertyDescriptor) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some(most) = property.max_len {
        found.push(json("maxLength", &format!("{{\"maxLength\":{most}}}")));
    }
    if let Some(least) = property.min_value {
        found.push(json("minimum", &format!("{{\"minimum\":{least}}}")));
    }
    if let Some(most) = property.max_value {
        found.push(json("maximum", &format!("{{\"maximum\":{most}}}")));
    }
    if let Some(map) = property.value_map.filter(|map| !map.is_open()) {
        let mut text = String::from("{\"values\":[");
        for (at, value) in map.values.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            let _ = write!(text, "{comma}\"{value}\"");
        }
        text.push_str("]}");
        found.push(json("values", &text));
    }
    found
}

fn capability(base: &str, of: &str, name: &str, says: &Says, config: &EmbeddedConfig) -> Value {
    let mut described = Instance::new(&capability_metadata::CLASS);
    described.set_at(capability_metadata::at::NAME, Value::from(name));
    let uri = format!("{base}/{of}/{name}");
    described.set_at(capability_metadata::at::URI, Value::from(uri));
    let value = match says {
        Says::Yes => "true".to_owned(),
        Says::No => "false".to_owned(),
        Says::Text(text) => format!("\"{text}\""),
        Says::Number(of) => of(config).to_string(),
    };
    described.set_at(capability_metadata::at::VALUE, json(name, &value));
    described.into()
}

fn action(method: &'static MethodDescriptor) -> Option<Value> {
    let uri = mapped(method.qualifier("MappingStrings"), "URI.")?;
    let mut described = Instance::new(&action_metadata::CLASS);
    for (at, text) in [
        (action_metadata::at::NAME, short_name(method)),
        (action_metadata::at::URI, uri),
        (action_metadata::at::METHOD, "POST"),
        (action_metadata::at::INPUT_MESSAGE, MEDIA_TYPE),
        (action_metadata::at::OUTPUT_MESSAGE, MEDIA_TYPE),
    ] {
        described.set_at(at, Value::from(text));
    }
    if let Some(text) = method
        .qualifier("Description")
        .and_then(|q| q.value.as_str())
    {
        described.set_at(action_metadata::at::DESCRIPTION, Value::from(text));
    }
    Some(described.into())
}

/// A value for which the model has no type.
fn json(name: &str, text: &str) -> Value {
    let mut value = Instance::new(&extension::CLASS);
    value.set_at(extension::at::NAME, Value::from(name));
    value.set_at(extension::at::FORMAT, Value::from(JSON));
    value.set_at(extension::at::VALUE, Value::from(text));
    value.into()
}
