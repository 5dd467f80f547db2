//! The table-driven codec beside the typed structures of the model: the same bytes say the same.

use cimi_model::types;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::round_trip::instance;
use super::{MODEL, written};
use crate::Format;

/// JSON without what only one side knows: the type is the root element in XML,
/// and the XML derives trim text.
fn common(mut value: Value) -> Value {
    fn trim(value: &mut Value) {
        match value {
            Value::String(text) => *text = text.trim().to_owned(),
            Value::Array(items) => items.iter_mut().for_each(trim),
            Value::Object(members) => {
                let old = std::mem::take(members);
                members.extend(old.into_iter().map(|(name, mut value)| {
                    trim(&mut value);
                    (name.trim().to_owned(), value)
                }));
            }
            _ => {}
        }
    }
    trim(&mut value);
    if let Value::Object(members) = &mut value {
        members.remove("resourceURI");
    }
    value
}

fn agree<T>(name: &str)
where
    T: Serialize
        + DeserializeOwned
        + cimi_model::xml::Document
        + yaserde::YaDeserialize
        + yaserde::YaSerialize,
{
    let class = MODEL.resource_type(name).unwrap().class;
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(24)
    });
    runner
        .run(&instance(class, 0, 0.6), |instance| {
            let json = written(Format::Json, &instance, true);
            let ours: Value = serde_json::from_str(&json).unwrap();
            let typed: T = serde_json::from_str(&json)
                .map_err(|e| TestCaseError::fail(format!("{e}: {json}")))?;
            prop_assert_eq!(
                serde_json::to_value(&typed).unwrap(),
                ours.clone(),
                "{}",
                json
            );

            let xml = written(Format::Xml, &instance, true);
            let typed: T = cimi_model::xml::from_str(&xml)
                .map_err(|e| TestCaseError::fail(format!("{e}: {xml}")))?;
            let theirs = serde_json::to_value(&typed).unwrap();
            prop_assert_eq!(common(theirs), common(ours), "{}", xml);
            Ok(())
        })
        .unwrap();
}

macro_rules! agree {
    ($($test:ident: $type:ident,)*) => { $(
        #[test]
        fn $test() {
            agree::<types::$type>(stringify!($type));
        }
    )* };
}

agree! {
    cloud_entry_point: CloudEntryPoint,
    machine: Machine,
    machine_create: MachineCreate,
    machine_template: MachineTemplate,
    machine_configuration: MachineConfiguration,
    machine_image: MachineImage,
    machine_volume: MachineVolume,
    disk: Disk,
    credential: Credential,
    credential_create: CredentialCreate,
    credential_template: CredentialTemplate,
    volume: Volume,
    volume_create: VolumeCreate,
    volume_template: VolumeTemplate,
    volume_configuration: VolumeConfiguration,
    job: Job,
}
