//! The typed structs of `cimi-model` (serde, yaserde) and the table-driven codecs agree: what one writes the
//! other reads, and nothing is lost on the way.

use cim_core::Instance;
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

            // The typed XML has no place for attributes beyond the model.
            start.unset("Extensions");
            let xml = written(Format::Xml, &start, true);
            let typed: T = cimi_model::xml::from_str(&xml)
                .map_err(|e| TestCaseError::fail(format!("{e}: {xml}")))?;
            let again = cimi_model::xml::to_string(&typed).unwrap();
            same(&again, Format::Xml, &start)
        })
        .unwrap();
}

#[test]
fn typed_structs_and_tables_agree() {
    agrees::<types::Credential>();
    agrees::<types::CredentialCreate>();
    agrees::<types::CredentialTemplate>();
    agrees::<types::CloudEntryPoint>();
    agrees::<types::Disk>();
    agrees::<types::Job>();
    agrees::<types::Machine>();
    agrees::<types::MachineConfiguration>();
    agrees::<types::MachineCreate>();
    agrees::<types::MachineImage>();
    agrees::<types::MachineTemplate>();
    agrees::<types::MachineVolume>();
    agrees::<types::Volume>();
    agrees::<types::VolumeConfiguration>();
    agrees::<types::VolumeCreate>();
    agrees::<types::VolumeTemplate>();
}
