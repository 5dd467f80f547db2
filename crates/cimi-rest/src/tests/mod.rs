//! The model of the project and a few resources of it.

mod differential;
mod documents;
mod oracle;
mod round_trip;
mod routes;
mod typed;
mod untouched;

use std::sync::LazyLock;

use crate::{
    Context, DocumentError, Format, Links, ReadContext, ResourceView, RestModel, Unknown,
    read_resource, write_json, write_xml,
};
use cim_core::{DateTime, Instance, Value};

pub(crate) static MODEL: LazyLock<RestModel> =
    LazyLock::new(|| RestModel::new(cimi_model::schema().clone()).unwrap());

pub(crate) static LINKS: LazyLock<Links> =
    LazyLock::new(|| Links::new("http", "cloud.example", "/cimi/"));

/// An instance of the class behind a REST type.
pub(crate) fn new(class: &str) -> Instance {
    Instance::new(MODEL.resource_type(class).unwrap().class)
}

pub(crate) fn structure(class: &str) -> Instance {
    Instance::new(MODEL.schema().class(class).unwrap())
}

pub(crate) fn property(name: &str, value: &str) -> Value {
    structure("CIMI_Property")
        .with("Name", name)
        .with("Value", value)
        .into()
}

pub(crate) fn extension(namespace: Option<&str>, name: &str, format: &str, value: &str) -> Value {
    let extension = structure("CIMI_Extension")
        .with("Name", name)
        .with("Format", format)
        .with("Value", value);
    match namespace {
        Some(namespace) => extension.with("Namespace", namespace),
        None => extension,
    }
    .into()
}

pub(crate) fn machine() -> Instance {
    new("Machine")
        .with("InstanceID", "machines/42")
        .with("ElementName", "web \"1\"")
        .with("Description", "front & <end>")
        .with(
            "Created",
            DateTime::parse_xs_datetime("2026-03-01T10:00:00+01:00").unwrap(),
        )
        .with(
            "Updated",
            DateTime::parse_xs_datetime("2026-03-02T11:15:00.5Z").unwrap(),
        )
        .with(
            "Properties",
            Value::Array(vec![property("owner", "team-a"), property("empty", "")]),
        )
        .with("State", "STARTED")
        .with("Cpu", 4u64)
        .with("Memory", 8_388_608u64)
        .with("CpuArch", "x86_64")
        .with("LatestSnapshot", "machineImages/9")
        .with(
            "AvailableOperations",
            Value::Array(vec![
                "edit".into(),
                "delete".into(),
                "stop".into(),
                "http://x/up".into(),
            ]),
        )
        .with(
            "Extensions",
            Value::Array(vec![
                extension(None, "rack", "json", r#"{"row":7}"#),
                extension(
                    Some("urn:r"),
                    "rack",
                    "xml",
                    r#"<r:rack xmlns:r="urn:r">7</r:rack>"#,
                ),
            ]),
        )
}

pub(crate) fn template() -> Instance {
    let disk = structure("CIMI_DiskConfiguration")
        .with("Capacity", 20_000_000u64)
        .with("Format", "ext4");
    let config = new("MachineConfiguration")
        .with("Cpu", 2u64)
        .with("Disks", Value::Array(vec![disk.into()]));
    let image = new("MachineImage")
        .with("InstanceID", "machineImages/1")
        .with("ElementName", "other");
    let volume = structure("CIMI_TemplateVolume")
        .with("Href", "volumes/7")
        .with("InitialLocation", "/dev/vdb");
    let by_value = structure("CIMI_TemplateVolumeTemplate")
        .with("InitialLocation", "/dev/vdc")
        .with(
            "Href",
            new("VolumeTemplate").with("VolumeConfig", "volumeConfigs/1"),
        );
    new("MachineTemplate")
        .with("InstanceID", "machineTemplates/web")
        .with("InitialState", "STARTED")
        .with("MachineConfig", config)
        .with("MachineImage", image)
        .with("Credential", "credentials/admin")
        .with("Volumes", Value::Array(vec![volume.into()]))
        .with("VolumeTemplates", Value::Array(vec![by_value.into()]))
}

pub(crate) fn json(instance: &Instance) -> String {
    written(Format::Json, instance, false)
}

pub(crate) fn xml(instance: &Instance) -> String {
    written(Format::Xml, instance, false)
}

/// The document of an answer, or of a request.
pub(crate) fn written(format: Format, instance: &Instance, request: bool) -> String {
    let mut out = String::new();
    let view = ResourceView::whole(instance);
    match format {
        Format::Json => write_json(&mut out, &context(request), &view),
        Format::Xml => write_xml(&mut out, &context(request), &view),
    }
    out
}

pub(crate) fn context(request: bool) -> Context<'static> {
    Context {
        model: &MODEL,
        links: &LINKS,
        request,
    }
}

pub(crate) fn read(
    format: Format,
    unknown: Unknown,
    types: &[&str],
    body: &str,
) -> Result<Instance, DocumentError> {
    let types: Vec<_> = types
        .iter()
        .map(|t| MODEL.resource_type(t).unwrap())
        .collect();
    let context = ReadContext {
        model: &MODEL,
        links: &LINKS,
        unknown,
        content_type: None,
    };
    read_resource(&context, format, &types, body.as_bytes())
}

/// JSON as people read it; also proves that it is JSON.
pub(crate) fn pretty(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}
