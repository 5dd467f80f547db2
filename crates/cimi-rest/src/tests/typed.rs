//! The typed structs of `cimi-model` (serde, yaserde) and the table-driven codecs agree: what one writes the
//! other reads, and nothing is lost on the way.

use cim_core::{Instance, Value};
use cimi_model::types;
use cimi_model::xml::Document;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde::Serialize;
use serde::de::DeserializeOwned;
use yaserde::{YaDeserialize, YaSerialize};

use super::round_trip::instance;
use super::{MODEL, read, written};
use crate::{Format, Unknown};

trait Typed: Document + Serialize + DeserializeOwned + YaSerialize + YaDeserialize {}
impl<T: Document + Serialize + DeserializeOwned + YaSerialize + YaDeserialize> Typed for T {}

/// Table -> struct -> table in both formats, for any resource of the type.
fn agrees<T: Typed>() {
    let name = T::ROOT;
    let class = MODEL.resource_type(name).unwrap().class;
    let same = |text: &str, format, expected: &Instance| {
        let back = read(format, Unknown::Keep, &[name], text)
            .map_err(|e| TestCaseError::fail(format!("{e}: {text}")))?;
        prop_assert_eq!(&back, expected, "{}", text);
        Ok(())
    };
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(32)
    });
    runner
        .run(&instance(class, 0, 0.6), |mut start| {
            let json = written(Format::Json, &start, true);
            let typed: T = serde_json::from_str(&json)
                .map_err(|e| TestCaseError::fail(format!("{e}: {json}")))?;
            let again = serde_json::to_string(&typed).unwrap();
            same(&again, Format::Json, &start)?;

            // The typed XML has no place for what has no type.
            without(&mut start, "Attributes", "Constraints");
            let xml = written(Format::Xml, &start, true);
            let typed: T = cimi_model::xml::from_str(&xml)
                .map_err(|e| TestCaseError::fail(format!("{e}: {xml}")))?;
            let again = cimi_model::xml::to_string(&typed).unwrap();
            same(&again, Format::Xml, &start)
        })
        .unwrap();
}

/// Takes a property out of the structures in another one.
fn without(instance: &mut Instance, property: &str, inner: &str) {
    let Some(value) = instance.get(property).cloned() else {
        return;
    };
    let strip = |value: &Value| match value {
        Value::Instance(structure) => {
            let mut structure = structure.clone();
            structure.unset(inner);
            Value::Instance(structure)
        }
        other => other.clone(),
    };
    let stripped = match &value {
        Value::Array(items) => Value::Array(items.iter().map(strip).collect()),
        one => strip(one),
    };
    instance.set(property, stripped);
}

#[test]
fn typed_structs_and_tables_agree() {
    agrees::<types::Address>();
    agrees::<types::AddressCreate>();
    agrees::<types::AddressTemplate>();
    agrees::<types::CloudEntryPoint>();
    agrees::<types::Credential>();
    agrees::<types::CredentialCreate>();
    agrees::<types::CredentialTemplate>();
    agrees::<types::Disk>();
    agrees::<types::Event>();
    agrees::<types::EventLog>();
    agrees::<types::EventLogCreate>();
    agrees::<types::EventLogTemplate>();
    agrees::<types::ForwardingGroup>();
    agrees::<types::ForwardingGroupCreate>();
    agrees::<types::ForwardingGroupNetwork>();
    agrees::<types::ForwardingGroupTemplate>();
    agrees::<types::Job>();
    agrees::<types::Machine>();
    agrees::<types::MachineConfiguration>();
    agrees::<types::MachineCreate>();
    agrees::<types::MachineImage>();
    agrees::<types::MachineNetworkInterface>();
    agrees::<types::MachineNetworkInterfaceAddress>();
    agrees::<types::MachineSnapshot>();
    agrees::<types::MachineTemplate>();
    agrees::<types::MachineVolume>();
    agrees::<types::Meter>();
    agrees::<types::MeterConfiguration>();
    agrees::<types::MeterCreate>();
    agrees::<types::MeterTemplate>();
    agrees::<types::Network>();
    agrees::<types::NetworkConfiguration>();
    agrees::<types::NetworkCreate>();
    agrees::<types::NetworkNetworkPort>();
    agrees::<types::NetworkPort>();
    agrees::<types::NetworkPortConfiguration>();
    agrees::<types::NetworkPortCreate>();
    agrees::<types::NetworkPortTemplate>();
    agrees::<types::NetworkTemplate>();
    agrees::<types::ResourceMetadata>();
    agrees::<types::Sample>();
    agrees::<types::System>();
    agrees::<types::SystemAddress>();
    agrees::<types::SystemCreate>();
    agrees::<types::SystemCredential>();
    agrees::<types::SystemForwardingGroup>();
    agrees::<types::SystemMachine>();
    agrees::<types::SystemNetwork>();
    agrees::<types::SystemNetworkPort>();
    agrees::<types::SystemSystem>();
    agrees::<types::SystemTemplate>();
    agrees::<types::SystemVolume>();
    agrees::<types::Volume>();
    agrees::<types::VolumeConfiguration>();
    agrees::<types::VolumeCreate>();
    agrees::<types::VolumeImage>();
    agrees::<types::VolumeTemplate>();
    agrees::<types::VolumeVolumeImage>();
}
